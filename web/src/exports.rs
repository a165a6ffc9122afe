//! What JavaScript calls: it writes a request where [`input`] says, calls [`answer`], and reads at [`output`].
//!
//! The buffers are owned here, so no pointer is ever followed on this side. A panic ends the instance; before, its place
//! in the source (never its message, which may quote the paste) is put where [`panicked`] finds it.

use std::cell::RefCell;

use crate::message::Message;
use crate::tasks::Engine;

#[derive(Default)]
struct Buffers {
    input: Vec<u8>,
    output: Vec<u8>,
    engine: Engine,
}

thread_local! {
    static BUFFERS: RefCell<Buffers> = RefCell::default();
    static PLACE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for a request of so many bytes, and says where.
#[expect(unsafe_code, reason = "the name is exported")]
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *mut u8 {
    BUFFERS.with_borrow_mut(|buffers| {
        buffers.output = Vec::new();
        buffers.input = vec![0; length];
        buffers.input.as_mut_ptr()
    })
}

/// Does what the request asks, and gives the length of the answer.
#[expect(unsafe_code, reason = "the name is exported")]
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> usize {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()));
        PLACE.with(|kept| {
            if let Ok(mut kept) = kept.try_borrow_mut() {
                *kept = place.into_bytes();
            }
        });
    }));
    BUFFERS.with_borrow_mut(|buffers| {
        let request = Message::read(&std::mem::take(&mut buffers.input));
        let answer = request.map_or_else(
            || Message::error("the request of the page cannot be read"),
            |request| buffers.engine.answer_to(request),
        );
        buffers.output = answer.written();
        buffers.output.len()
    })
}

/// Where the answer is.
#[expect(unsafe_code, reason = "the name is exported")]
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    BUFFERS.with_borrow(|buffers| buffers.output.as_ptr())
}

/// After a panic: where its place in the source is, ended by a zero byte. The instance is not to be used any more.
#[expect(unsafe_code, reason = "the name is exported")]
#[unsafe(no_mangle)]
pub extern "C" fn panicked() -> *const u8 {
    // The buffers may still be borrowed by the call that panicked.
    PLACE.with(|kept| {
        kept.try_borrow_mut().map_or(std::ptr::null(), |mut kept| {
            kept.push(0);
            kept.as_ptr()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_an_error() {
        input(3);
        let length = answer();
        assert!(length > 4 && !output().is_null());
        BUFFERS.with_borrow(|buffers| {
            let read = Message::read(&buffers.output).expect("an answer is a message");
            assert_eq!(read.head["error"], "the request of the page cannot be read");
        });
        assert!(!panicked().is_null());
    }
}
