#![no_main]
//! Product sets, tables of interactions and keys of any bytes.

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use why401::{InteractionMap, Pack, PublicKeys};

static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::builtin().expect("the built-in packs load"));

fuzz_target!(|data: &[u8]| {
    let _ = why401::read_product_set(data, &PACK);
    let _ = InteractionMap::read(data, &PACK);
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = PublicKeys::parse(text);
    }
});
