//! An editor's language server: findings where they are, the page of a cause, and edits that write the correction.
//!
//! `document` holds what the editor has open and follows its edits, `edits` knows where places have moved to since a version
//! was diagnosed, `spans` finds findings by place, `place` converts places, `findings` and `fixes` turn a diagnosis into what an
//! editor shows, and `serve` reads and writes. Findings and pages are made of a diagnosis, which holds
//! nothing raw; an edit inserts or removes characters around a credential and never repeats one.

mod document;
mod edits;
mod findings;
mod fixes;
mod place;
pub(crate) mod serve;
mod spans;
