//! Documents that are generated from the code and the rules: the lists of facts and causes, the coverage of the known
//! answers and endpoints, and the JSON Schema of rule files.
//!
//! Each function gives the whole text of a file of the repository; writing and comparing are left to the tests
//! (`tests/generated.rs`, which rewrites the files when `UPDATE_DOCS=1` is set).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::diagnosis::model::Verdict;
use crate::facts::{FACTS, FactInfo, Type};
use crate::pack::model::{Answer, Cause, Operation, Pack};

const GENERATED: &str = "<!-- Generated; do not edit. UPDATE_DOCS=1 cargo test --test generated rewrites it. -->\n";

/// `docs/facts.md`: the table of facts.
#[must_use]
pub fn facts() -> String {
    let mut text = format!("# Facts\n\n{GENERATED}\n");
    let _ = writeln!(
        text,
        "Everything that a rule may ask about: {} facts. A `*` stands for a name of the capture: a header field, a form\n\
         parameter, a claim. A fact is known, absent (known not to be there) or unseen; the last column says how to get\n\
         one that is unseen. `why401 facts` prints the same list.\n",
        FACTS.len()
    );
    let mut table = Table::new(&["fact", "type", "what it is", "how to get it"]);
    for fact in FACTS {
        table.row([code(fact.name), kind(fact.kind), fact.says.to_owned(), fact.how.to_owned()]);
    }
    text + &table.0
}

fn kind(kind: Type) -> String {
    let words = |words: &[&str]| words.iter().map(|w| code(w)).collect::<Vec<_>>().join(", ");
    match kind {
        Type::Text => "text".to_owned(),
        Type::Number => "whole number".to_owned(),
        Type::Flag => "true or false".to_owned(),
        Type::List => "several texts".to_owned(),
        Type::OneOf(list) => format!("one of {}", words(list)),
        Type::ListOf(list) => format!("some of {}", words(list)),
    }
}

/// `docs/causes.md`: all causes, pack by pack. The pack must have been loaded with its examples.
#[must_use]
pub fn causes(pack: &Pack) -> String {
    let mut text = format!("# Causes\n\n{GENERATED}\n");
    let _ = writeln!(
        text,
        "{} causes. `why401 explain <id>` shows the signs, the answers and the fix of one; its file is\n\
         `rules/<pack>/<id>.toml`.",
        pack.causes.len()
    );
    let mut packs: BTreeMap<&str, Vec<&Cause>> = BTreeMap::new();
    for cause in &pack.causes {
        packs.entry(&cause.pack).or_default().push(cause);
    }
    for (name, causes) in packs {
        let _ = writeln!(text, "\n## {name}\n");
        let mut table =
            Table::new(&["cause", "what is wrong", "checkpoint", "prevalence", "certainty", "signs", "examples"]);
        for cause in causes {
            table.row([
                code(&cause.id),
                cause.title.clone(),
                cause.checkpoints.join(", "),
                cause.prevalence.name().to_owned(),
                cause.certainty.name().to_owned(),
                cause.signs.len().to_string(),
                cause.examples.len().to_string(),
            ]);
        }
        text.push_str(&table.0);
    }
    text
}

/// `docs/coverage.md`: what the rules say about the known answers, the endpoints and the listed cause ids.
///
/// `listed` holds one cause id a line; blank lines and lines that begin with `#` are skipped.
#[must_use]
pub fn coverage(pack: &Pack, listed: &str) -> String {
    let mut text = format!("# Coverage\n\n{GENERATED}\n");
    text.push_str("What the rules know, and where they have gaps.\n");
    answers(&mut text, pack);
    named_causes(&mut text, pack);
    endpoints(&mut text, pack);
    ids(&mut text, pack, listed);
    text
}

fn answers(text: &mut String, pack: &Pack) {
    let naming = |a: &Answer| causes_with(pack, |c| c.named_by.contains(&a.id));
    let fitting = |a: &Answer| causes_with(pack, |c| c.answered_by.contains(&a.id));
    let mut sorted: Vec<&Answer> = pack.answers.iter().collect();
    sorted.sort_by_key(|a| (&a.checkpoint, &a.id));
    let _ = writeln!(
        text,
        "\n## Known answers\n\n\
         {} answers are recognised by their words. One that *names* a cause confirms it (if both are documented); one\n\
         that *fits* it is a fault's answer among others. An answer that no cause refers to still says at which\n\
         checkpoint the request stopped, and so rules out the causes of every other.\n",
        sorted.len()
    );
    let mut table = Table::new(&["answer", "checkpoint", "pathways", "certainty", "names", "fits"]);
    for answer in &sorted {
        let pathways = if answer.pathways.is_empty() { "all".to_owned() } else { answer.pathways.join(", ") };
        let certainty = answer.certainty.name().to_owned();
        table.row([code(&answer.id), answer.checkpoint.clone(), pathways, certainty, naming(answer), fitting(answer)]);
    }
    text.push_str(&table.0);
    let lone: Vec<String> =
        sorted.iter().filter(|a| naming(a).is_empty() && fitting(a).is_empty()).map(|a| code(&a.id)).collect();
    let _ = writeln!(text, "\nAnswers that no cause refers to ({}): {}", lone.len(), sentence(&lone));
}

fn causes_with(pack: &Pack, fits: impl Fn(&Cause) -> bool) -> String {
    pack.causes.iter().filter(|c| fits(c)).map(|c| code(&c.id)).collect::<Vec<_>>().join(", ")
}

fn named_causes(text: &mut String, pack: &Pack) {
    let all =
        |fits: fn(&&Cause) -> bool| -> Vec<String> { pack.causes.iter().filter(fits).map(|c| code(&c.id)).collect() };
    let named = all(|c| !c.named_by.is_empty());
    let fitted = all(|c| c.named_by.is_empty() && !c.answered_by.is_empty());
    let bare = all(|c| c.named_by.is_empty() && c.answered_by.is_empty());
    let _ = writeln!(
        text,
        "\n## Causes by the answers that they have\n\n\
         - Named by an answer ({}): {}\n- Only fitting answers that other causes get too ({}): {}\n\
         - Without a known answer, resting on their signs alone ({}): {}",
        named.len(),
        sentence(&named),
        fitted.len(),
        sentence(&fitted),
        bare.len(),
        sentence(&bare)
    );
}

fn endpoints(text: &mut String, pack: &Pack) {
    let _ = writeln!(
        text,
        "\n## APIs and endpoints\n\n\
         {} APIs, {} endpoints. Of every endpoint the method, the path and the deprecation are checked; the columns say\n\
         what else: the access modes, how many fields each mode requires or must not send, and the business functions.\n",
        pack.apis.len(),
        pack.operations.len()
    );
    let mut table = Table::new(&["API", "title", "base paths", "credentials", "endpoints"]);
    let mut apis: Vec<_> = pack.apis.iter().collect();
    apis.sort_by_key(|a| &a.id);
    for api in &apis {
        let bases: Vec<String> = api.bases.iter().map(|b| code(b)).collect();
        let count = pack.operations.iter().filter(|o| o.api == api.id).count().to_string();
        table.row([code(&api.id), api.title.clone(), bases.join(", "), api.credentials.join(", "), count]);
    }
    text.push_str(&table.0);
    for api in apis {
        let mut operations: Vec<&Operation> = pack.operations.iter().filter(|o| o.api == api.id).collect();
        if operations.is_empty() {
            continue;
        }
        operations.sort_by_key(|o| (&o.id, &o.path, &o.method));
        let _ = writeln!(text, "\n### {}\n", api.title);
        let head = [
            "endpoint",
            "request",
            "FHIR",
            "access modes",
            "required",
            "forbidden",
            "business functions",
            "deprecated",
        ];
        let mut table = Table::new(&head);
        for operation in operations {
            let modes = if operation.access_modes.is_empty() { &api.access_modes } else { &operation.access_modes };
            table.row([
                format!("{} {}", operation.id, operation.name),
                code(&format!("{} {}", operation.method, operation.path)),
                operation.fhir.clone().unwrap_or_default(),
                modes.join(", "),
                counts(&operation.required),
                counts(&operation.forbidden),
                functions(operation),
                deprecation(operation),
            ]);
        }
        text.push_str(&table.0);
    }
}

/// How many fields each access mode has.
fn counts(by_mode: &[(String, Vec<String>)]) -> String {
    by_mode.iter().map(|(mode, fields)| format!("{mode} {}", fields.len())).collect::<Vec<_>>().join(", ")
}

fn functions(operation: &Operation) -> String {
    match operation.business_functions.len() {
        0 => "not checked".to_owned(),
        count => count.to_string(),
    }
}

fn deprecation(operation: &Operation) -> String {
    match (operation.deprecated, &operation.superseded_by) {
        (false, _) => "no".to_owned(),
        (true, None) => "yes".to_owned(),
        (true, Some(by)) => format!("yes, use {by}"),
    }
}

fn ids(text: &mut String, pack: &Pack, listed: &str) {
    let listed: Vec<&str> = listed.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    let known: BTreeSet<&str> = listed.iter().copied().collect();
    let (there, missing): (Vec<&str>, Vec<&str>) = listed.iter().partition(|id| pack.cause(id).is_some());
    let further: Vec<String> =
        pack.causes.iter().filter(|c| !known.contains(c.id.as_str())).map(|c| code(&c.id)).collect();
    let coded = |ids: &[&str]| ids.iter().map(|id| code(id)).collect::<Vec<_>>();
    let _ = writeln!(
        text,
        "\n## Cause ids\n\n\
         `tests/cause-ids.txt` lists the {} ids that labelled tickets use.\n\n\
         - With a rule file ({}): {}\n- Without one ({}): {}\n- Rule files that are not on the list ({}): {}",
        listed.len(),
        there.len(),
        sentence(&coded(&there)),
        missing.len(),
        sentence(&coded(&missing)),
        further.len(),
        sentence(&further)
    );
}

fn sentence(items: &[String]) -> String {
    if items.is_empty() { "none.".to_owned() } else { format!("{}.", items.join(", ")) }
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// A Markdown table.
struct Table(String);

impl Table {
    fn new(head: &[&str]) -> Self {
        let mut table = Self(String::new());
        table.line(head.iter().map(|h| (*h).to_owned()));
        table.line(head.iter().map(|_| "---".to_owned()));
        table
    }

    fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.line(cells.into_iter());
    }

    fn line(&mut self, cells: impl Iterator<Item = String>) {
        self.0.push('|');
        for cell in cells {
            // A bar inside a cell would end it; a line end would end the table.
            let cell = cell.replace('|', "\\|").replace(['\n', '\r'], " ");
            let _ = write!(self.0, " {cell} |");
        }
        self.0.push('\n');
    }
}

/// `rules/schema.json`: the JSON Schema (draft 7) of cause files and refinements, for editors. Those of the other files
/// of a pack are among its definitions (`answers-file`, `catalogue-file`, `environments-file`, `pack-file`,
/// `pathway-file`, `vocabulary-file`).
///
/// The loader remains the judge: it also checks names across files, regular expressions and ranges.
#[must_use]
pub fn schema() -> String {
    let mut schema = json!({
        "if": { "required": ["refines"] },
        "then": reference("refinement-file"),
        "else": reference("cause-file"),
    });
    let mut definitions = definitions();
    definitions.insert("cause-file".to_owned(), cause_file());
    definitions.insert("refinement-file".to_owned(), refinement_file());
    definitions.extend(pack_files());
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["$comment"] =
        json!("Generated from the table of facts; UPDATE_DOCS=1 cargo test --test generated rewrites it.");
    schema["title"] = json!("why401 rule file: one cause, or what a pack adds to a cause of another");
    schema["definitions"] = Value::Object(definitions);
    // A map of JSON values has no key that could fail to serialise.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// A schema with a description beside what it already says. Draft 7 ignores what stands beside `$ref`.
fn described(schema: Value, says: &str) -> Value {
    match schema {
        Value::Object(mut map) if !map.contains_key("$ref") => {
            map.insert("description".to_owned(), json!(says));
            Value::Object(map)
        }
        other => json!({ "allOf": [other], "description": says }),
    }
}

/// A closed table: its keys with their schema and what they mean.
fn table(required: &[&str], keys: &[(&str, Value, &str)]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|(key, schema, says)| ((*key).to_owned(), described(schema.clone(), says))).collect();
    let mut object = json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

fn list_of(schema: Value) -> Value {
    json!({ "type": "array", "items": schema })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn flag() -> Value {
    json!({ "type": "boolean" })
}

fn texts() -> Value {
    reference("texts")
}

fn words(words: &[&str]) -> Value {
    json!({ "enum": words })
}

fn cause_file() -> Value {
    table(
        &["title", "checkpoint", "about", "fix"],
        &[
            ("title", text(), "What is wrong, in one line and without a full stop."),
            ("checkpoint", texts(), "Where a gateway refuses it; a list where there are several."),
            (
                "prevalence",
                words(&["common", "occasional", "rare"]),
                "How common it is: breaks ties. Default: occasional.",
            ),
            ("certainty", reference("certainty"), "An inferred cause is never more than likely. Default: documented."),
            ("about", text(), "What the server does with it, and how sure that is."),
            ("fix", reference("sentence"), "What to do."),
            ("references", texts(), "Where the knowledge comes from."),
            ("named-by", texts(), "Known answers whose words name this very fault."),
            ("answered-by", texts(), "Known answers that this fault gets, among others."),
            ("answer", list_of(reference("own-answer")), "Known answers that only this cause needs."),
            ("correction", reference("correction"), "What to change in the request."),
            ("sign", list_of(reference("sign")), "What speaks for the cause, or against it."),
            ("example", list_of(reference("example")), "Examples: the tests of the rule. They stand last in the file."),
        ],
    )
}

fn refinement_file() -> Value {
    table(
        &["refines"],
        &[
            ("refines", text(), "The id of a cause of another pack."),
            ("pathway", texts(), "The pathways on which it counts; none: all to which this pack applies."),
            ("about", text(), "Sentences to add to those of the cause."),
            ("fix", reference("sentence"), "What to do, instead of the fix of the cause."),
            ("references", texts(), "Where the added knowledge comes from."),
            ("named-by", texts(), "Further answers whose words name the cause."),
            ("answered-by", texts(), "Further answers that the cause gets, among others."),
            ("sign", list_of(reference("sign")), "What else speaks for the cause, or against it."),
            (
                "example",
                list_of(reference("example")),
                "Examples: the tests of what is added. They stand last in the file.",
            ),
        ],
    )
}

fn definitions() -> Map<String, Value> {
    let mut all = Map::new();
    let mut add = |name: &str, schema: Value| all.insert(name.to_owned(), schema);
    add("texts", json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] }));
    add(
        "sentence",
        json!({ "type": "string", "description": "May name facts in braces: {request.host}; {{ stands for a brace." }),
    );
    add("certainty", words(&["documented", "inferred"]));
    add("fact-name", fact_name());
    add("sign", sign());
    let verdicts: Vec<&str> = Verdict::ALL.iter().map(|v| v.name()).collect();
    add(
        "example",
        table(
            &["name", "verdict", "capture"],
            &[
                ("name", text(), "What it shows."),
                ("verdict", words(&verdicts), "The verdict that the cause gets."),
                ("underlines", texts(), "What the evidence points at, letter for letter as in the capture."),
                ("needs", list_of(reference("fact-name")), "For undecided: the facts that are asked for."),
                ("now", text(), "The moment of the ticket (RFC 3339)."),
                ("jwks", text(), "The public keys given, as --jwks would."),
                ("product-set", text(), "The product set given, as --product-set would."),
                ("capture", text(), "The paste."),
            ],
        ),
    );
    let sentences = json!({ "type": "object", "additionalProperties": reference("sentence") });
    add(
        "correction",
        table(
            &[],
            &[
                ("set-field", sentences.clone(), "Header fields to set."),
                ("remove-field", texts(), "Header fields to leave out."),
                ("set-form", sentences, "Form parameters to set."),
                ("set-url", reference("sentence"), "The URL to call instead."),
                ("set-method", reference("sentence"), "The method to use instead."),
            ],
        ),
    );
    // An answer in a cause file is given by the first checkpoint of the cause, unless it names another.
    add("own-answer", answer(&["id", "says", "when"]));
    add("answer", answer(&["id", "checkpoint", "says", "when"]));
    add("condition", condition());
    for (name, kind) in [("text", Type::Text), ("number", Type::Number), ("flag", Type::Flag)] {
        add(&format!("match-{name}"), matcher(kind));
    }
    add("state", matcher_of_words(&["present", "blank", "absent"]));
    add("matcher", matcher_table(&["matches", "starts-with", "contains", "present", "same-as"]));
    add("number-matcher", matcher_table(&["matches", "below", "above", "present", "same-as"]));
    all
}

fn answer(required: &[&str]) -> Value {
    table(
        required,
        &[
            ("id", text(), "Its id, unique over all packs."),
            ("like", texts(), "More general answers: a cause that names one of them names this one too."),
            ("pathway", texts(), "The pathways that give it; none: all."),
            ("checkpoint", text(), "The checkpoint that gives it."),
            ("says", reference("sentence"), "What it means."),
            ("certainty", reference("certainty"), "How sure that is. Default: documented."),
            ("references", texts(), "Where the knowledge comes from."),
            ("when", reference("condition"), "By what it is recognised."),
        ],
    )
}

fn sign() -> Value {
    let mut sign = table(
        &["effect", "because", "when"],
        &[
            (
                "effect",
                words(&["confirms", "suggests", "shows", "excludes"]),
                "What it does to the cause when it holds.",
            ),
            (
                "weight",
                json!({ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1 }),
                "How strongly it suggests the cause; only for suggests. Default: 0.5.",
            ),
            ("because", reference("sentence"), "The reason, in words."),
            ("points-at", reference("fact-name"), "The fact whose characters are underlined."),
            ("when", reference("condition"), "When it holds."),
        ],
    );
    sign["if"] = json!({ "properties": { "effect": { "const": "suggests" } } });
    sign["else"] = json!({ "not": { "required": ["weight"] } });
    sign
}

/// The names of all facts; families by their prefix.
fn fact_name() -> Value {
    let names: Vec<&str> = FACTS.iter().map(|f| f.name).filter(|n| !n.ends_with('*')).collect();
    let prefixes: Vec<String> =
        FACTS.iter().filter_map(|f| f.name.strip_suffix('*')).map(|p| p.replace('.', "\\.")).collect();
    json!({ "anyOf": [{ "enum": names }, { "type": "string", "pattern": format!("^({}).", prefixes.join("|")) }] })
}

/// The facts as the tree of tables that their dotted names make in TOML.
#[derive(Default)]
struct Branch {
    fact: Option<&'static FactInfo>,
    children: BTreeMap<&'static str, Branch>,
}

fn condition() -> Value {
    let mut root = Branch::default();
    for fact in FACTS {
        let mut at = &mut root;
        for part in fact.name.split('.') {
            at = at.children.entry(part).or_default();
        }
        at.fact = Some(fact);
    }
    let mut condition = branch(&root);
    condition["description"] = json!("All facts named here must fit.");
    condition["minProperties"] = json!(1);
    condition["properties"]["any"] =
        described(list_of(reference("condition")), "At least one of these conditions holds.");
    condition["properties"]["not"] = described(reference("condition"), "This condition does not hold.");
    condition
}

fn branch(branch_of: &Branch) -> Value {
    // A fact is always a leaf, even where another name goes on from it.
    if let Some(fact) = branch_of.fact {
        return described(matcher_reference(fact.kind), &format!("{}. To get it: {}.", fact.says, fact.how));
    }
    let (mut properties, mut patterns) = (Map::new(), Map::new());
    let siblings: Vec<&str> = branch_of.children.keys().copied().filter(|k| *k != "*").collect();
    for (key, child) in &branch_of.children {
        if *key != "*" {
            properties.insert((*key).to_owned(), branch(child));
        } else if siblings.is_empty() {
            patterns.insert("^.".to_owned(), branch(child));
        } else {
            patterns.insert(format!("^(?!({})$).", siblings.join("|")), branch(child));
        }
    }
    let mut object = json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !patterns.is_empty() {
        object["patternProperties"] = Value::Object(patterns);
    }
    object
}

fn matcher_reference(kind: Type) -> Value {
    match kind {
        Type::Text | Type::List => reference("match-text"),
        Type::Number => reference("match-number"),
        Type::Flag => reference("match-flag"),
        Type::OneOf(["present", "blank", "absent"]) => reference("state"),
        Type::OneOf(words) | Type::ListOf(words) => matcher_of_words(words),
    }
}

fn matcher_of_words(words: &[&str]) -> Value {
    value_or_list(json!({ "enum": words }), reference("matcher"))
}

fn matcher(kind: Type) -> Value {
    match kind {
        Type::Number => value_or_list(json!({ "type": "integer" }), reference("number-matcher")),
        Type::Flag => value_or_list(json!({ "type": "boolean" }), reference("matcher")),
        _ => value_or_list(json!({ "type": "string" }), reference("matcher")),
    }
}

fn value_or_list(value: Value, table: Value) -> Value {
    json!({ "anyOf": [value, { "type": "array", "minItems": 1, "items": value }, table] })
}

fn matcher_table(names: &[&str]) -> Value {
    let known = [
        ("matches", text(), "A regular expression that it matches."),
        ("starts-with", texts(), "It begins with this, or with one of these."),
        ("contains", texts(), "It holds this, or one of these, without regard to case."),
        ("below", json!({ "type": "integer" }), "It is less than this."),
        ("above", json!({ "type": "integer" }), "It is more than this."),
        ("present", flag(), "true: it is known and there; false: it is known to be absent."),
        ("same-as", reference("fact-name"), "It equals this fact, or is a member of it."),
    ];
    let keys: Vec<(&str, Value, &str)> = known.into_iter().filter(|(name, ..)| names.contains(name)).collect();
    let mut object = table(&[], &keys);
    object["minProperties"] = json!(1);
    // One matcher, but that a number may have two bounds.
    if names.contains(&"below") {
        object["anyOf"] = json!([{ "maxProperties": 1 }, { "required": ["below", "above"], "maxProperties": 2 }]);
    } else {
        object["maxProperties"] = json!(1);
    }
    object
}

/// The files of a pack whose names begin with an underscore.
fn pack_files() -> Map<String, Value> {
    let texts_by_key = json!({ "type": "object", "additionalProperties": texts() });
    let mut all = Map::new();
    let mut add = |name: &str, key: &[(&str, Value, &str)]| all.insert(format!("{name}-file"), table(&[], key));
    add(
        "pack",
        &[
            ("part-of", text(), "The pack that this one is a part of: it applies where that one does."),
            ("when", reference("condition"), "What shows that an exchange belongs to this pack."),
        ],
    );
    let answer_example = table(
        &["answer", "name", "capture"],
        &[
            ("answer", text(), "The id of an answer of this file."),
            ("name", text(), "What it shows."),
            ("recognised", flag(), "Whether the answer is recognised. Default: true."),
            ("capture", text(), "The paste."),
        ],
    );
    add(
        "answers",
        &[
            ("answer", list_of(reference("answer")), "Known answers, shared by several causes."),
            ("example", list_of(answer_example), "Their examples, which are their tests; last in the file."),
        ],
    );
    let environment = table(
        &["name", "title"],
        &[
            ("name", text(), "Its name in facts and reports."),
            ("title", text(), "Its title."),
            ("hosts", texts(), "Its hosts."),
            (
                "bases",
                texts(),
                "First segments of the path that belong to it, where a host serves several environments.",
            ),
            ("words", texts(), "How people name it in prose."),
        ],
    );
    add("environments", &[("environment", list_of(environment), "The environments.")]);
    let api = table(
        &["id", "title"],
        &[
            ("id", text(), "Its id."),
            ("title", text(), "Its title."),
            ("bases", texts(), "Its base paths; the longest that fits wins."),
            ("credentials", list_of(credentials()), "The kinds of credentials that it takes."),
            (
                "credentials-in",
                json!({ "type": "object", "additionalProperties": list_of(credentials()) }),
                "The same for environments that differ.",
            ),
            ("access-modes", texts(), "The access modes that it has."),
            ("required", texts(), "Fields that every endpoint requires."),
        ],
    );
    let operation = table(
        &["api", "id", "name", "method", "path"],
        &[
            ("api", text(), "The id of the API."),
            ("id", text(), "Its id."),
            ("name", text(), "Its name."),
            ("fhir", text(), "Its FHIR version."),
            ("method", text(), "Its method."),
            ("path", text(), "Its path below the base path; {x} is one segment."),
            ("access-modes", texts(), "The access modes that it allows; none: those of the API."),
            ("business-functions", texts(), "The business functions that it allows in user-restricted access."),
            ("deprecated", flag(), "Whether it is deprecated."),
            ("superseded-by", text(), "What replaces it."),
            ("required", texts_by_key.clone(), "Required fields by access mode."),
            ("forbidden", texts_by_key, "Fields that must not be sent, by access mode."),
        ],
    );
    add("catalogue", &[("api", list_of(api), "The APIs."), ("operation", list_of(operation), "Their endpoints.")]);
    let statuses = json!({ "type": "array", "items": { "type": "integer", "minimum": 100, "maximum": 599 } });
    let checkpoint = table(
        &["id", "title"],
        &[
            ("id", text(), "Its id."),
            ("title", text(), "Its title."),
            ("checks", text(), "What it checks, as a question."),
            ("statuses", statuses, "The statuses that it can answer with; none: unknown."),
            ("certain", flag(), "Whether it is known to answer with nothing else."),
        ],
    );
    let pathway = table(
        &["id", "title"],
        &[
            ("id", text(), "Its id."),
            ("title", text(), "Its title, with its article."),
            ("when", reference("condition"), "Which exchanges take it; without it, it is the last resort."),
            ("checkpoint", list_of(checkpoint), "Its checkpoints in order."),
        ],
    );
    add("pathway", &[("pathway", list_of(pathway), "The pathways; the first that fits wins.")]);
    let mention = table(
        &["kind", "title", "value"],
        &[
            ("kind", text(), "Its name in facts and reports."),
            ("title", text(), "Its title."),
            ("labels", texts(), "The labels that people write before it."),
            ("value", text(), "A regular expression: what a value looks like."),
            ("field", text(), "A header field that gives it too."),
            ("support", flag(), "Whether support asks for it."),
        ],
    );
    let topic = table(&["id"], &[("id", text(), "Its id."), ("phrases", texts(), "The phrases that touch on it.")]);
    add(
        "vocabulary",
        &[
            ("fields", texts(), "Field names without a hyphen."),
            ("token-fields", texts(), "Fields and parameters in which people misplace a token."),
            ("secret-fields", texts(), "Fields and parameters whose value is a credential."),
            ("pages", texts(), "Hosts of documentation: their URLs are no requests."),
            ("staff", texts(), "How the teams that answer tickets are called: what they suspect is no evidence."),
            ("mention", list_of(mention), "What the text may say beside the exchange."),
            ("topic", list_of(topic), "What the text may speak of."),
        ],
    );
    add(
        "product_set",
        &[
            (
                "product-set",
                table(
                    &["api", "cause", "topic", "namespace", "title"],
                    &[
                        ("api", text(), "The API whose endpoints need one."),
                        ("cause", text(), "The cause that it decides."),
                        ("topic", text(), "The topic of tickets that speak of it."),
                        ("namespace", text(), "How the ids of its interactions begin."),
                        ("title", text(), "What they are called."),
                    ],
                ),
                "What it is about.",
            ),
            (
                "interaction",
                list_of(table(
                    &["endpoint", "id"],
                    &[
                        ("endpoint", text(), "The endpoint."),
                        ("id", text(), "The id of the interaction, publicly known."),
                        ("certainty", words(&["documented", "inferred"]), "How sure that is."),
                        ("references", texts(), "Where the knowledge comes from."),
                    ],
                )),
                "Interactions that are publicly known to be an endpoint's.",
            ),
            (
                "verbs",
                list_of(table(
                    &["method", "path"],
                    &[
                        ("method", text(), "The method of the endpoint."),
                        ("path", words(&["instance", "type"]), "Whether its path ends with an id."),
                        ("words", texts(), "With what the name of the interaction may begin."),
                    ],
                )),
                "How the names of interactions may begin.",
            ),
            (
                "since",
                list_of(table(
                    &["endpoint", "date"],
                    &[("endpoint", text(), "The endpoint."), ("date", text(), "Since when there is one.")],
                )),
                "Endpoints that came late.",
            ),
            (
                "say",
                list_of(table(
                    &["part", "text", "when"],
                    &[
                        ("part", words(&["ask", "get", "caution"]), "Where it is said."),
                        ("text", reference("sentence"), "The sentence."),
                        ("command", text(), "A command, printed in a line of its own."),
                        ("certainty", words(&["documented", "inferred"]), "How sure that is."),
                        ("when", reference("condition"), "When it is said."),
                    ],
                )),
                "The sentences; those of a file replace all before.",
            ),
            (
                "draft",
                table(
                    &["to", "subject", "opening", "closing"],
                    &[
                        ("to", text(), "To whom."),
                        ("subject", reference("sentence"), "The subject."),
                        ("opening", reference("sentence"), "How it begins."),
                        ("closing", reference("sentence"), "How it ends."),
                        ("mentions", texts(), "What it gives, by the kinds of the vocabulary."),
                    ],
                ),
                "The mail that --draft prints.",
            ),
        ],
    );
    all
}

fn credentials() -> Value {
    words(&["bearer", "api-key", "basic", "none"])
}
