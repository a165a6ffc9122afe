//! Printing: a [`Diagnosis`](crate::diagnosis::model::Diagnosis) goes in, bytes come out.
//!
//! One file per format. Nothing is decided here: the diagnosis holds what is shown and in which order. The input is
//! quoted only through its redactor.

pub(crate) mod brief;
mod changes;
pub(crate) mod compare;
mod conclusion;
pub(crate) mod explain;
pub(crate) mod explain_json;
pub(crate) mod facts;
pub(crate) mod forms;
pub(crate) mod github;
mod gitlab;
pub(crate) mod groups;
pub(crate) mod headline;
mod html;
pub(crate) mod issues;
pub(crate) mod json;
mod json_brief;
mod junit;
pub(crate) mod line_index;
pub(crate) mod links;
mod markdown;
pub(crate) mod message;
pub(crate) mod packs;
mod product_set;
#[cfg(test)]
mod samples;
mod sarif;
pub(crate) mod screen;
#[cfg(feature = "cli")]
pub(crate) mod set_file;
mod set_owner;
pub(crate) mod snippet;
pub(crate) mod style;
pub(crate) mod text;
mod thread;
pub(crate) mod ticket;
pub(crate) mod view;
pub(crate) mod words;
