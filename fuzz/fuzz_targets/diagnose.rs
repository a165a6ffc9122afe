#![no_main]
//! Any bytes, by any reader, in every form of report: no panic, and no control character in the text.

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use why401::{Options, Pack, Reader, ReportForm, TextStyle};

static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::builtin().expect("the built-in packs load"));

fuzz_target!(|data: &[u8]| {
    let Some((first, paste)) = data.split_first() else { return };
    let from = Reader::ALL[usize::from(*first) % Reader::ALL.len()];
    let diagnosis = why401::diagnose(paste, &PACK, &Options::default().from(from));
    let mut text = Vec::new();
    why401::write_text(&mut text, &diagnosis, &TextStyle::default()).expect("a vector takes it");
    why401::write_screen(&mut text, &diagnosis, &TextStyle::default()).expect("a vector takes it");
    let text = String::from_utf8(text).expect("UTF-8");
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "a control character");
    for form in ReportForm::ALL {
        form.write(&mut std::io::sink(), &[("paste", &diagnosis)]).expect("a sink takes it");
    }
});
