//! Rule files fit `rules/schema.json`, and reports fit `schema/report.v1.schema.json`.

use std::fs;

use serde_json::{Map, Value, json};
use toml::de::{DeTable, DeValue};
use why401::{JsonReport, Options, Pack, ReportForm, diagnose};
use xtask::root;
use xtask::schema::of_rule_files;

/// The schema as a validator, for one kind of file.
fn validator(file_name: &str) -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_str(&of_rule_files()).expect("the schema is JSON");
    if let Some(kind) = file_name.strip_prefix('_').and_then(|n| n.strip_suffix(".toml")) {
        schema = json!({
            "$schema": schema["$schema"],
            // `_words-de.toml` is of the kind `_words.toml`.
            "$ref": format!("#/definitions/{}-file", kind.split('-').next().unwrap_or(kind)),
            "definitions": schema["definitions"],
        });
    }
    jsonschema::validator_for(&schema).expect("the schema is one")
}

fn to_json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => json!(text),
        DeValue::Integer(n) => json!(i64::from_str_radix(n.as_str(), n.radix()).expect("a whole number")),
        DeValue::Float(f) => json!(f.as_str().parse::<f64>().expect("a number")),
        DeValue::Boolean(flag) => json!(flag),
        DeValue::Datetime(date) => json!({ "a date": date.to_string() }),
        DeValue::Array(items) => items.iter().map(|item| to_json(item.get_ref())).collect(),
        DeValue::Table(table) => table_to_json(table),
    }
}

fn table_to_json(table: &DeTable<'_>) -> Value {
    let members: Map<String, Value> =
        table.iter().map(|(key, value)| (key.get_ref().to_string(), to_json(value.get_ref()))).collect();
    Value::Object(members)
}

fn instance(text: &str) -> Value {
    table_to_json(DeTable::parse(text).unwrap_or_else(|e| panic!("{e}")).get_ref())
}

#[test]
fn every_rule_file_fits_the_schema() {
    let mut misfits = Vec::new();
    for folder in
        fs::read_dir(root().join("rules")).expect("rules").map(|e| e.expect("entry").path()).filter(|p| p.is_dir())
    {
        for path in fs::read_dir(folder).expect("a pack").map(|e| e.expect("entry").path()) {
            if path.extension().is_none_or(|e| e != "toml") {
                continue;
            }
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect("readable");
            for error in validator(&name).iter_errors(&instance(&text)) {
                misfits.push(format!("{}: {}: {error}", path.display(), error.instance_path()));
            }
        }
    }
    assert!(misfits.is_empty(), "{}", misfits.join("\n"));
}

/// The examples of the description of rule files are rule files.
#[test]
fn the_description_of_rule_files_fits_the_schema() {
    let text = fs::read_to_string(root().join("docs/rule-files.md")).expect("docs/rule-files.md").replace("\r\n", "\n");
    let (mut kind, mut blocks) = ("cause.toml", 0);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## `") {
            kind = heading.split('`').next().unwrap_or_default();
        }
        if line != "```toml" {
            continue;
        }
        let block: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
        let misfits: Vec<String> = validator(kind)
            .iter_errors(&instance(&block.join("\n")))
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(misfits.is_empty(), "{kind}: {}", misfits.join("\n"));
        blocks += 1;
    }
    assert_eq!(blocks, 11, "a block for each kind of file");
}

/// What the loader refuses in a file by itself, the schema refuses too.
#[test]
fn the_schema_refuses_what_the_loader_refuses() {
    let head = "title = \"t\"\ncheckpoint = \"c\"\nabout = \"a\"\nfix = \"f\"\n";
    let sign = |effect: &str, when: &str| {
        format!("{head}[[sign]]\neffect = \"{effect}\"\nbecause = \"b\"\n[sign.when]\n{when}\n")
    };
    let validator = validator("cause.toml");
    let good = [
        head.to_owned(),
        sign("confirms", "authorization.scheme = \"none\""),
        sign("shows", "request.field-state.X-Any = [\"blank\", \"absent\"]"),
        sign("excludes", "not = { any = [{ response.status = 401 }, { mention.asid = { present = false } }] }"),
        sign("suggests", "token.age = { above = 5, below = 9 }"),
        sign("suggests", "mention.topics = { contains = \"product set\" }"),
    ];
    for text in good {
        assert!(validator.is_valid(&instance(&text)), "{text}");
    }
    let bad = [
        "title = \"t\"\n".to_owned(),
        format!("{head}chekpoint = \"x\"\n"),
        sign("confirm", "response.status = 401"),
        sign("confirms", "authorisation.scheme = \"none\""),
        sign("confirms", "authorization.shape = \"opague\""),
        sign("confirms", "response.status = \"401\""),
        sign("confirms", "response.status = { abov = 3 }"),
        sign("confirms", "authorization.scheme = { matches = \"a\", contains = \"b\" }"),
        sign("confirms", "authorization.scheme = { above = 3 }"),
        sign("confirms", "request.method = []"),
        sign("confirms", ""),
        format!("{head}[[sign]]\neffect = \"shows\"\nweight = 0.3\nbecause = \"b\"\nwhen.response.status = 401\n"),
        format!("{head}[[sign]]\neffect = \"suggests\"\nweight = 1.5\nbecause = \"b\"\nwhen.response.status = 401\n"),
    ];
    for text in bad {
        assert!(!validator.is_valid(&instance(&text)), "{text}");
    }
}

/// The schema of reports.
fn report_schema() -> jsonschema::Validator {
    let text = fs::read_to_string(root().join("schema/report.v1.schema.json")).expect("the schema");
    jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema")
}

/// What does not fit in a report.
fn misfits(schema: &jsonschema::Validator, report: &Value) -> Vec<String> {
    schema.iter_errors(report).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

fn report(input: &[u8], pack: &Pack, options: &Options) -> Value {
    let mut out = Vec::new();
    JsonReport::new([("t", &diagnose(input, pack, options))]).write(&mut out).expect("written");
    serde_json::from_slice(&out).expect("JSON")
}

fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root().join(folder)).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            files.push((path.display().to_string(), fs::read(&path).expect("a file")));
        }
    }
    files
}

#[test]
fn every_report_fits_its_schema() {
    let pack = Pack::builtin().unwrap_or_else(|error| panic!("{error}"));
    let schema = report_schema();
    let mut threads = 0;
    for (path, input) in files("tests/tickets").into_iter().chain(files("tests/captures")) {
        let report = report(&input, &pack, &Options::default());
        threads += report["threads"].as_array().map_or(0, Vec::len);
        assert_eq!(misfits(&schema, &report), Vec::<String>::new(), "{path}");
    }
    assert!(threads >= 4, "{threads} of the samples are threads");
}

#[test]
fn every_report_with_a_product_set_fits_its_schema() {
    let pack = Pack::builtin().unwrap_or_else(|error| panic!("{error}"));
    let schema = report_schema();
    let ticket = fs::read(root().join("examples/ticket.txt")).expect("the ticket");
    for (path, set) in files("tests/product-sets") {
        let options = Options::default().product_set(why401::read_product_set(&set, &pack));
        let report = report(&ticket, &pack, &options);
        assert!(report["exchanges"][0]["product_set"].is_object(), "{path}");
        assert_eq!(misfits(&schema, &report), Vec::<String>::new(), "{path}");
    }
}

/// What `why401 product-set --format json` prints of a file, and of two.
#[test]
fn what_is_printed_of_a_product_set_fits_its_schema() {
    let text = fs::read_to_string(root().join("schema/product-set.v1.schema.json")).expect("the schema");
    let schema = jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema");
    let printed = |arguments: &[&str]| -> Value {
        let text = xtask::leaks::outputs::run(&[&["product-set", "--format", "json"], arguments].concat());
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{arguments:?}: {e}: {text}"))
    };
    let before = root().join("tests/product-sets/product-set.full.list.txt").display().to_string();
    let mut systems = 0;
    for (path, _) in files("tests/product-sets").into_iter().chain(files("tests/product-set-forms")) {
        let file = printed(&[&path]);
        systems += file["asids"].as_array().map_or(0, Vec::len);
        assert_eq!(misfits(&schema, &file), Vec::<String>::new(), "{path}");
        let difference = printed(&["--diff", &before, &path]);
        assert_eq!(misfits(&schema, &difference), Vec::<String>::new(), "{path}");
    }
    assert!(systems > 40, "{systems} systems");
    let mut more = printed(&[&before]);
    more["asids"][0]["extra"] = Value::Null;
    assert!(!schema.is_valid(&more));
}

/// The snapshots of reports that unit tests make by hand, with parts that no capture has.
#[test]
fn the_snapshots_of_reports_fit_their_schema() {
    let path = root().join("src/report/snapshots/why401__report__json__tests__the_story.snap");
    let text = fs::read_to_string(path).expect("the snapshot");
    let body = text.splitn(3, "---\n").nth(2).expect("a snapshot has a head");
    assert_eq!(misfits(&report_schema(), &serde_json::from_str(body).expect("JSON")), Vec::<String>::new());
}

#[test]
fn a_report_with_more_or_less_does_not_fit() {
    let pack = Pack::builtin().unwrap_or_else(|error| panic!("{error}"));
    let schema = report_schema();
    let ticket = fs::read(root().join("examples/ticket.txt")).expect("the ticket");
    let report = report(&ticket, &pack, &Options::default());
    assert!(schema.is_valid(&report));
    let mut more = report.clone();
    more["exchanges"][0]["causes"][0]["extra"] = Value::Null;
    assert!(!schema.is_valid(&more));
    let mut less = report;
    less["exchanges"][0].as_object_mut().expect("an object").remove("answer");
    assert!(!schema.is_valid(&less));
}

#[test]
fn a_report_of_nothing_fits() {
    let mut out = Vec::new();
    JsonReport::new([]).write(&mut out).expect("written");
    let empty: Value = serde_json::from_slice(&out).expect("JSON");
    assert_eq!(misfits(&report_schema(), &empty), Vec::<String>::new());
}

/// SARIF's own schema, as OASIS publishes it.
#[test]
fn sarif_logs_fit_the_schema_of_sarif() {
    let text = fs::read_to_string(root().join("schema/sarif-2.1.0.schema.json")).expect("the schema");
    // One of its patterns, for a member that we do not write, has a bracket too many.
    let text = text.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$");
    let schema = jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema");
    let pack = Pack::builtin().expect("the built-in packs load");
    let mut results = 0;
    for folder in ["tests/tickets", "tests/screens", "tests/good"] {
        for path in fs::read_dir(root().join(folder)).expect("a folder").map(|e| e.expect("entry").path()) {
            let paste = fs::read(&path).expect("a paste");
            let diagnosis = diagnose(&paste, &pack, &Options::default());
            let mut log = Vec::new();
            ReportForm::Sarif.write(&mut log, &[("a ticket.txt", &diagnosis)]).expect("a vector takes it");
            let log: Value = serde_json::from_slice(&log).expect("JSON");
            let found = misfits(&schema, &log);
            assert!(found.is_empty(), "{}: {}", path.display(), found.join("\n"));
            results += log["runs"][0]["results"].as_array().map_or(0, Vec::len);
        }
    }
    assert!(results > 20, "{results} results");
}
