#![no_main]
//! A text is masked once: masking it again changes nothing. What is not masked stays byte for byte.

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use why401::{Masker, Pack};

static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::builtin().expect("the built-in packs load"));

fuzz_target!(|data: &[u8]| {
    let once = Masker::new(&[], &[]).mask(data, &PACK);
    if once.stretches.is_empty() && std::str::from_utf8(data).is_ok() {
        assert_eq!(once.bytes, data, "nothing is masked, and something changed");
    }
    let twice = Masker::new(&[], &[]).mask(&once.bytes, &PACK);
    assert_eq!(once.bytes, twice.bytes, "masking is not idempotent");
});
