//! The room that reads: any text in, exchanges out.
pub mod model;
