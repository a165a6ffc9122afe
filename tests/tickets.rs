//! Whole reports on whole tickets: what a user would see. Write the ticket and the report you want first.

use std::fs;

use why401::report::json::Report;
use why401::report::style::TextStyle;
use why401::report::text;
use why401::{Options, diagnose, pack};

#[test]
fn reports() {
    let pack = pack::load(&[], false).unwrap_or_else(|error| panic!("{error}"));
    insta::glob!("tickets/*.txt", |path| {
        let ticket = fs::read(path).expect("a ticket");
        let diagnosis = diagnose(&ticket, &pack, &Options::default());
        let mut report = Vec::new();
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        text::write(&mut report, &diagnosis, &TextStyle { file: name, width: 80, colour: false }).expect("written");
        insta::assert_snapshot!(String::from_utf8(report).expect("UTF-8"));
    });
}

#[test]
fn reports_for_programs_fit_their_schema() {
    let pack = pack::load(&[], false).unwrap_or_else(|error| panic!("{error}"));
    let schema: serde_json::Value =
        serde_json::from_str(&fs::read_to_string("schema/report.v1.schema.json").expect("the schema")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let mut threads = 0;
    for folder in ["tests/tickets", "tests/captures"] {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let Some(ticket) = path.is_file().then(|| fs::read(&path).expect("a file")) else { continue };
            let mut out = Vec::new();
            Report::new([("t", &diagnose(&ticket, &pack, &Options::default()))]).write(&mut out).expect("written");
            let report: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
            threads += report["threads"].as_array().map_or(0, Vec::len);
            let mistakes: Vec<String> =
                validator.iter_errors(&report).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert!(mistakes.is_empty(), "{}: {mistakes:#?}", path.display());
        }
    }
    assert!(threads >= 4, "{threads} of the samples are threads");
}
