//! The texts of the built-in rules, as `build.rs` put them together.

pub(super) static TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.texts"));

/// Where each of them ends, four bytes each.
pub(super) static ENDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.ends"));
