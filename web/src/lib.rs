//! The engine of `why401` for a browser, without any binding generator: one message of bytes in, one out.
//!
//! A message is the length of its head (four bytes, little-endian), the head, which is JSON, and parts: the bytes of
//! pastes and files going in, of reports coming out. The head has their lengths (`parts`). So a text of megabytes is
//! never escaped, and a file arrives as it is, in any encoding.
//!
//! The head of a request names what to do ([`Ask`]). The head of an answer has `error`, or what the task says of its
//! result. Every task calls one function of the library, so that a page and the program cannot differ.

mod exports;
mod message;
mod tasks;

pub use exports::{answer, input, output, panicked};
pub use message::Message;
pub use tasks::{Ask, answer_to};
