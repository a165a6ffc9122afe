//! Printing: a [`Diagnosis`](crate::diagnosis::model::Diagnosis) goes in, bytes come out.
//!
//! One file per format. Nothing is decided here: the diagnosis holds what is shown and in which order. The input is
//! quoted only through its redactor.

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
