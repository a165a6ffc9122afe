//! The generated documents are those that the code and the rules make. `UPDATE_DOCS=1` rewrites them:
//! `UPDATE_DOCS=1 cargo test --test generated --test readme`.

use std::{env, fs};

use serde_json::{Map, Value, json};
use toml::de::{DeTable, DeValue};
use why401::{docs, pack};

/// Compares a file of the repository with what it should hold, or rewrites it.
fn holds(path: &str, wanted: &str) {
    if env::var_os("UPDATE_DOCS").is_some_and(|v| v == "1") {
        fs::write(path, wanted).unwrap_or_else(|e| panic!("{path}: {e}"));
        return;
    }
    let found = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    if found == wanted {
        return;
    }
    let line = found.lines().zip(wanted.lines()).take_while(|(a, b)| a == b).count();
    panic!(
        "{path} is out of date from line {} on:\n  is        {:?}\n  should be {:?}\nRun: UPDATE_DOCS=1 cargo test --test generated",
        line + 1,
        found.lines().nth(line).unwrap_or_default(),
        wanted.lines().nth(line).unwrap_or_default()
    );
}

fn pack() -> pack::model::Pack {
    pack::load(&[], true).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn facts() {
    holds("docs/facts.md", &docs::facts());
}

#[test]
fn causes() {
    holds("docs/causes.md", &docs::causes(&pack()));
}

#[test]
fn coverage() {
    holds("docs/coverage.md", &docs::coverage(&pack(), include_str!("cause-ids.txt")));
}

#[test]
fn schema() {
    holds("rules/schema.json", &docs::schema());
}

/// The schema as a validator, for one kind of file.
fn validator(file_name: &str) -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_str(&docs::schema()).expect("the schema is JSON");
    if let Some(kind) = file_name.strip_prefix('_').and_then(|n| n.strip_suffix(".toml")) {
        schema = json!({
            "$schema": schema["$schema"],
            "$ref": format!("#/definitions/{kind}-file"),
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
    for folder in fs::read_dir("rules").expect("rules").map(|e| e.expect("entry").path()).filter(|p| p.is_dir()) {
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
    let text = fs::read_to_string("docs/rule-files.md").expect("docs/rule-files.md").replace("\r\n", "\n");
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
    assert_eq!(blocks, 10, "a block for each kind of file");
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
