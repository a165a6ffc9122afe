//! why401
pub mod capture;
pub mod secret;
pub mod text;
