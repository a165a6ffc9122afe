#![no_main]
//! A credential in an Authorization field, and any text around it: no piece of six characters is in a report.

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use why401::{Masker, Options, Pack, ReportForm, TextStyle};

static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::builtin().expect("the built-in packs load"));

const SECRET: &str = "4kQeTz8hWq2LrVn0XyPs7BdUcGfJ";

fuzz_target!(|parts: (&str, &str)| {
    let (before, behind) = parts;
    // A text that has pieces of it already says nothing about the program.
    let is_piece = |text: &str| SECRET.as_bytes().windows(6).any(|w| text.as_bytes().windows(6).any(|t| t == w));
    if is_piece(before) || is_piece(behind) {
        return;
    }
    let paste = format!("{before}\nGET /a HTTP/1.1\nHost: api.example\nAuthorization: Bearer {SECRET}\n\nHTTP/1.1 401 Unauthorized\n\n{behind}");
    let diagnosis = why401::diagnose(paste.as_bytes(), &PACK, &Options::default());
    let mut out = Vec::new();
    why401::write_text(&mut out, &diagnosis, &TextStyle::default()).expect("a vector takes it");
    for form in ReportForm::ALL {
        form.write(&mut out, &[("paste", &diagnosis)]).expect("a vector takes it");
    }
    out.extend(Masker::new(&[], &[]).mask(paste.as_bytes(), &PACK).bytes);
    assert!(!is_piece(&String::from_utf8_lossy(&out)), "a piece of the credential is shown");
});
