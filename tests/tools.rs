//! Captures that were recorded with real programs (`tools/record.py`), each with the whole report on it.

use std::fs;

use why401::{Options, Pack, TextStyle, diagnose, write_text};

/// A moment after the recordings.
const NOW: &str = "2026-11-29T10:05:00Z";

#[test]
fn reports_on_what_programs_print() {
    let pack = Pack::builtin().unwrap_or_else(|error| panic!("{error}"));
    let options = Options::default().now(NOW).expect("a time");
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("tools/reports");
    settings.bind(|| {
        insta::glob!("tools/captures/*.txt", |path| {
            let capture = fs::read(path).expect("a capture");
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let mut report = Vec::new();
            let style = TextStyle { file: name, ..TextStyle::default() };
            write_text(&mut report, &diagnose(&capture, &pack, &options), &style).expect("written");
            insta::assert_snapshot!(String::from_utf8(report).expect("UTF-8"));
        });
    });
}
