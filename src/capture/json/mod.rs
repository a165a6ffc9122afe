//! JSON as people paste it, and as programs print it: the parser, and what its objects say about messages.

pub(crate) mod content;
pub(crate) mod heads;
pub(crate) mod members;
mod reader;

pub(crate) use reader::{Json, parse};
