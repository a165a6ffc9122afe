//! Whole reports on whole tickets: what a user would see. Write the ticket and the report you want first.

use std::fs;

use why401::{Options, Pack, TextStyle, diagnose, write_text};

#[test]
fn reports() {
    let pack = Pack::builtin().unwrap_or_else(|error| panic!("{error}"));
    insta::glob!("tickets/*.txt", |path| {
        let ticket = fs::read(path).expect("a ticket");
        let diagnosis = diagnose(&ticket, &pack, &Options::default());
        let mut report = Vec::new();
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        write_text(&mut report, &diagnosis, &TextStyle { file: name, ..TextStyle::default() }).expect("written");
        insta::assert_snapshot!(String::from_utf8(report).expect("UTF-8"));
    });
}
