//! What a pipeline asks: which requests of a folder of captures were refused, apart from those that are expected.
//!
//! `config` reads `why401.toml`, `baseline` the findings that were there before, `coverage` knows which files were read, `sift`
//! takes both out of a diagnosis, and `listing` writes what is left for people. Nothing here reads a file: the caller hands in texts.

pub(crate) mod baseline;
pub(crate) mod config;
pub(crate) mod coverage;
pub(crate) mod listing;
mod paths;
pub(crate) mod sift;
