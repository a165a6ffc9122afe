//! The facts that rules may ask about: their names, types and numbers, and the table that holds those of one exchange.
//!
//! This room is below both `pack` and `evidence`. A rule file names facts, so `pack` needs their names and types; the
//! readers of `evidence` set them, and need what `pack` knows. If the declarations were in `evidence`, the two rooms
//! would import each other. So each reader `evidence/NAME.rs` has its declarations here, in `facts/NAME.rs`.
//!
//! A fact is declared once, in a group (`facts!`): name, type, closed list of words, what it is, how to get it. The
//! macro makes a struct of the group, and a reader hands in the whole struct. A fact that one of its exits forgets
//! does not compile, so a rule cannot wait forever for a fact that was meant to be *absent*.
//!
//! Each fact has a number. A condition of a rule looks its name up when the rule is loaded, and evaluation only
//! indexes an array.

#[macro_use]
mod macros;
mod how;
mod model;
mod name;
mod store;
mod table;
mod words;

pub(crate) mod authorization;
pub(crate) mod challenge;
pub(crate) mod claims;
pub(crate) mod endpoint;
pub(crate) mod history;
pub(crate) mod mentions;
pub(crate) mod product_set;
pub(crate) mod proof;
pub(crate) mod query;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod setup;
pub(crate) mod siblings;
pub(crate) mod system;
pub(crate) mod token_request;
pub(crate) mod told;

pub(crate) use how::{how_to_get, is_of_proxy, rest_of_answer};
pub(crate) use model::{Fact, Family, ListItem, Observed, Value, Word};
pub use model::{FactInfo, Type};
pub(crate) use name::FactRef;
pub(crate) use store::{Address, Facts};
pub use table::FACTS;
pub(crate) use table::{find, is_prefix};
pub(crate) use words::*;
pub use words::{SetForm, SetReason, SetVerdict};
