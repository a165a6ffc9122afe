//! The room that prints: a [`Diagnosis`](crate::diagnosis::model::Diagnosis) goes in, bytes come out.
//!
//! One file for each form. Nothing is decided here: what is shown, and in which order, stands in the diagnosis. The
//! paste is quoted through its redactor only.

pub mod compare;
pub mod explain;
pub mod facts;
pub mod json;
mod line_index;
mod product_set;
#[cfg(test)]
mod samples;
pub mod snippet;
pub mod style;
pub mod text;
mod thread;
