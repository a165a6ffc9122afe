//! The tools of an agent: the Model Context Protocol over lines of JSON.
//!
//! `protocol` has the messages, `tools` what the tools are called and take, `call` what they answer, and `serve` reads and
//! writes. A file is read by the caller, through [`InputFiles`]. Every answer is made of a diagnosis, which holds nothing
//! raw, or has been through the redactor.

mod call;
mod protocol;
pub(crate) mod serve;
mod short;
mod tools;

/// What a file is expected to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileWanted {
    /// A captured request.
    Capture,
    /// A product set, which may be a spreadsheet.
    ProductSet,
}

/// Reads the file of a path that a tool was given; the text says why it cannot.
pub(crate) type InputFiles<'a> = dyn Fn(&str, FileWanted) -> Result<Vec<u8>, String> + Sync + 'a;
