//! The room that reads the words of a refusal: what they are about, what they complain of, which causes are called that.
//!
//! The words and their readings are data (`_words.toml` of a pack). This room knows how sentences are put together, not
//! what any word means. `docs/words.md` describes how a sentence is read.

mod clauses;
mod expected;
pub(crate) mod index;
pub(crate) mod parts;
pub(crate) mod reading;
pub(crate) mod source;
pub(crate) mod table;
pub(crate) mod tokens;
pub(crate) mod told;

/// The table of the built-in packs.
pub(crate) static BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.table"));
