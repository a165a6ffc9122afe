//! Printing: a [`Diagnosis`](crate::diagnosis::model::Diagnosis) goes in, bytes come out.
//!
//! One file per format. Nothing is decided here: the diagnosis holds what is shown and in which order. The input is
//! quoted only through its redactor.

pub(crate) mod brief;
mod changes;
pub(crate) mod compare;
mod conclusion;
pub(crate) mod explain;
pub(crate) mod facts;
mod groups;
mod headline;
pub(crate) mod json;
mod line_index;
pub(crate) mod message;
pub(crate) mod packs;
mod product_set;
#[cfg(test)]
mod samples;
pub(crate) mod screen;
#[cfg(feature = "cli")]
pub(crate) mod set_file;
pub(crate) mod snippet;
pub(crate) mod style;
pub(crate) mod text;
mod thread;
pub(crate) mod ticket;
pub(crate) mod words;
