//! Reads product sets: what an ASID is registered for, in the formats in which it can be obtained.
//!
//! A product set is read once, apart from the paste. A file becomes records, one for each ASID: `source` takes the
//! wrapping off, `directory` reads entries line by line, `literal` and `xml` read structured data in which `sds` finds
//! records, `grid` and `table` read tables, `list` reads the rest. `check` answers from the records. Nothing is guessed: ids
//! belong to an ASID only by a structure that was understood, nothing is missing unless the file is known to be whole,
//! and if a file does not decide, that is a [`Reason`](model::Reason).

mod answer;
mod by_endpoint;
mod cells;
mod check;
mod columns;
mod config;
mod directory;
mod entry;
#[cfg(test)]
mod form_tests;
mod grid;
mod html_table;
mod keyed;
pub(crate) mod ldap_result;
mod list;
mod literal;
mod map;
pub(crate) mod model;
mod more;
mod names;
mod nested;
mod node;
mod objects;
mod paths;
mod reader;
mod rows;
mod sds;
#[cfg(feature = "sheets")]
mod sheet;
mod source;
mod sql;
mod stacked;
mod table;
#[cfg(test)]
mod tests;
pub(crate) mod ticket;
mod wiki;
pub(crate) mod words;
mod xml;
mod yaml;

pub(crate) use check::{Asked, Choice, check, choose};
pub use map::{InteractionMap, MapError};
#[cfg(feature = "cli")]
pub(crate) use reader::is_spreadsheet;
pub use reader::read;
