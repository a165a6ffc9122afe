//! Forms that a tool recorded or wrote whole: documents and commands. One file for each, and one row in the table.

mod command;
mod curl;
mod document;
mod har;
mod httpie;
mod model;
mod object;
mod postman;
mod powershell;
pub(crate) mod reader;
mod recognise;
mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod toy;
mod tshark;
mod wget;
mod xml;

pub(crate) use command::next as next_command;
pub use command::read_commands;
pub use document::document;
pub(crate) use model::ReadBy;
pub(crate) use recognise::{Document, recognise};
pub(crate) use table::FORMS;
