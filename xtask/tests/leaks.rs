//! A thousand made-up credentials, and none of them in any output. `cargo xtask leaks` makes a hundred thousand.

use xtask::leaks::{self, Depth};

/// The number of shapes in `tests/leaks/accepted.txt`. It only goes down.
const MOST_ACCEPTED: usize = 71;

#[test]
fn nothing_that_was_planted_is_shown() {
    let pack = why401::Pack::builtin().expect("the built-in packs load");
    let accepted = leaks::accepted().expect("the list is there");
    assert!(accepted.len() <= MOST_ACCEPTED, "the list of accepted leaks only gets shorter");
    let found = leaks::look(0..1_000, &pack, Depth::Reports);
    let fresh: Vec<_> = found.shapes.iter().filter(|(shape, _)| !accepted.contains(*shape)).collect();
    assert!(fresh.is_empty(), "{fresh:#?}");
}
