//! The JSON Schema of rule files, made from the table of facts.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use why401::{FACTS, FactInfo, FactType as Type, Verdict};

/// `rules/schema.json`: the JSON Schema (draft 7) of cause files and refinements, for editors. Those of the other files
/// of a pack are among its definitions (`answers-file`, `catalogue-file`, `environments-file`, `pack-file`,
/// `pathway-file`, `vocabulary-file`).
///
/// The loader remains the judge: it also checks names across files, regular expressions and ranges.
#[must_use]
pub fn of_rule_files() -> String {
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
    schema["$comment"] = json!("Generated from the table of facts; `cargo xtask docs` rewrites it.");
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
            (
                "fix-where",
                list_of(reference("special-fix")),
                "What to do instead, where a condition holds; the first counts.",
            ),
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
            ("title", text(), "The title, instead of that of the cause."),
            ("checkpoint", texts(), "Further checkpoints that refuse it."),
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
    add(
        "special-fix",
        table(
            &["fix", "when"],
            &[
                ("fix", reference("sentence"), "What to do."),
                ("when", reference("condition"), "When, such as which client was used."),
            ],
        ),
    );
    let sentences = json!({ "type": "object", "additionalProperties": reference("sentence") });
    add(
        "correction",
        table(
            &[],
            &[
                ("when", reference("condition"), "When they are made; without it, whenever the cause is found."),
                (
                    "standard-form",
                    json!({ "type": "boolean" }),
                    "The changes only write the request as the standard has it: they are made where the cause is possible, too.",
                ),
                ("otherwise", reference("correction"), "What to change where `when` does not hold."),
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
    add("matcher", matcher_table(&["matches", "starts-with", "ends-with", "contains", "present", "same-as"]));
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
            (
                "vague",
                flag(),
                "Whether other faults get it too: then it rules out nothing, and a defect that the request shows comes first. Default: false.",
            ),
            ("fallback", flag(), "Whether it counts only where no other answer is recognised. Default: false."),
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
        ("ends-with", texts(), "It ends with this, or with one of these."),
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
/// The lists of `_words.toml`.
fn word_lists() -> [(&'static str, Value, &'static str); 5] {
    let forms = || (texts(), "Runs of words in lower case; a final `*` ends the beginning of a word.");
    let about = table(
        &["id", "level", "forms"],
        &[
            ("id", text(), "Its id; several tables may have the same."),
            ("title", text(), "How it is called in a sentence: \"the audience\"."),
            ("level", json!({ "type": "number", "minimum": 0, "maximum": 10 }), "How much it tells to name it."),
            ("context", flag(), "Whether the rest of a message may be about a part of it."),
            ("forms", forms().0, forms().1),
        ],
    );
    let complaint = table(
        &["id"],
        &[
            ("id", text(), "Its id; several tables may have the same."),
            ("says", text(), "How it is said in a sentence: \"is not valid\"."),
            ("object", flag(), "Whether it is of what follows it: \"lacks a claim\"."),
            ("forms", forms().0, forms().1),
            ("denied", texts(), "Good words whose denial, or demand, is the complaint."),
        ],
    );
    let word = table(
        &["kind", "forms"],
        &[
            (
                "kind",
                words(&["not", "unable", "no", "must", "or", "may", "please", "in", "expected", "got", "nothing"]),
                "What it does in a sentence.",
            ),
            ("complaint", text(), "The complaint that a denial alone makes."),
            ("forms", forms().0, forms().1),
        ],
    );
    let reading = table(
        &["about", "complaint", "weight", "family", "causes"],
        &[
            ("context", text(), "What must be named as well."),
            ("about", texts(), "Ids; `*` is any, `-` is nothing."),
            ("complaint", texts(), "Ids; `*` is any, `-` is none."),
            (
                "weight",
                json!({ "type": "number", "minimum": 0, "maximum": 1 }),
                "How often such words mean the first cause; from 0.9 on it is likely.",
            ),
            (
                "family",
                words(&[
                    "nothing-usable",
                    "unreadable",
                    "failed-check",
                    "not-recognised",
                    "not-permitted",
                    "elsewhere",
                ]),
                "The kind of fault.",
            ),
            ("causes", texts(), "The causes that it may mean, the most likely one first."),
        ],
    );
    let told = table(
        &["kind", "forms"],
        &[
            ("kind", words(&["works", "fails", "not", "but", "where", "event", "uses"]), "What the phrases tell."),
            ("id", text(), "The value of the fact, for `where`, `event` and `uses`."),
            ("forms", texts(), "The phrases."),
        ],
    );
    [
        ("about", list_of(about), "What a refusal can be about."),
        ("complaint", list_of(complaint), "What can be wrong with it."),
        ("word", list_of(word), "Words that hold a sentence together."),
        ("reading", list_of(reading), "What the two mean; the first one that fits counts."),
        ("told", list_of(told), "What people say around a refusal."),
    ]
}

fn pack_files() -> Map<String, Value> {
    let texts_by_key = json!({ "type": "object", "additionalProperties": texts() });
    let mut all = Map::new();
    let mut add = |name: &str, key: &[(&str, Value, &str)]| all.insert(format!("{name}-file"), table(&[], key));
    let contact = table(
        &["name", "question"],
        &[
            ("name", text(), "Its name, with its article."),
            ("reach", text(), "How to reach it."),
            ("causes", texts(), "The causes about which it is asked. Default: all that no other contact has."),
            ("question", text(), "What to ask, in whole sentences."),
        ],
    );
    add(
        "pack",
        &[
            ("part-of", text(), "The pack that this one is a part of: it applies where that one does."),
            ("when", reference("condition"), "What shows that an exchange belongs to this pack."),
            ("contact", list_of(contact), "Whom `why401 ticket` addresses."),
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
    add("words", &word_lists());
    let system_answer = table(
        &["means", "says"],
        &[
            ("words", texts(), "Its wordings, as patterns. None: whatever the system says."),
            ("needs-system", flag(), "Whether they count only where the system is recognised. Default: false."),
            (
                "status",
                json!({ "type": "array", "items": { "type": "integer", "minimum": 100, "maximum": 599 } }),
                "The statuses that it comes with. One below 400 makes such an answer a refusal.",
            ),
            ("when", reference("condition"), "What else must hold."),
            ("beside", text(), "A regular expression that the text must have as well."),
            ("means", texts(), "The causes that it may mean, the most likely one first."),
            (
                "certainty",
                words(&["documented", "inferred", "open"]),
                "How surely it means the first cause. Default: documented.",
            ),
            ("says", reference("sentence"), "What it says, for the report."),
            ("fix", reference("sentence"), "What to do about the first cause, in the words of this system."),
            ("references", texts(), "Where the knowledge comes from."),
        ],
    );
    let system_example = table(
        &["name", "cause", "capture"],
        &[
            ("name", text(), "What it shows."),
            ("cause", text(), "The first cause of the report; `none` where no system may be recognised."),
            ("capture", text(), "The paste."),
        ],
    );
    let known = FACTS.iter().find(|fact| fact.name == "system.traits").map(|fact| fact.kind);
    let Some(Type::ListOf(known)) = known else { panic!("system.traits is a list of words") };
    let known: Vec<(&str, Value, &str)> =
        known.iter().map(|name| (*name, text(), "Where it was seen, and in which version.")).collect();
    let traits = table(&[], &known);
    add(
        "system",
        &[
            ("title", text(), "Its name in a sentence."),
            ("named", texts(), "Patterns: a text that has one speaks of the system."),
            ("shown", texts(), "Patterns: a URL, a field or a body that has one shows the system."),
            ("references", texts(), "Where the knowledge comes from, and of which versions."),
            ("traits", traits, "What it does with credentials, where servers differ; each with where that was seen."),
            ("answer", list_of(system_answer), "Its answers."),
            ("example", list_of(system_example), "Examples, which are tests; last in the file."),
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
            ("endpoint-ids", text(), "How a text names its endpoints: letters, and a `#` for each digit."),
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
            ("statuses", statuses.clone(), "The statuses that it can answer with; none: unknown."),
            (
                "rare-statuses",
                statuses,
                "Statuses that it has been seen to answer with, though they belong to other checks.",
            ),
            ("certain", flag(), "Whether it is known to answer with nothing else."),
        ],
    );
    let pathway = table(
        &["id", "title"],
        &[
            ("id", text(), "Its id."),
            ("title", text(), "Its title, with its article."),
            ("like", text(), "The pathway whose answers are given here, too."),
            ("when", reference("condition"), "Which exchanges take it; without it, it is the last resort."),
            (
                "documented",
                flag(),
                "Whether the order and the statuses of its checkpoints are known. If not, a status is only a hint. Default: true.",
            ),
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
            ("scope-claims", texts(), "Claims of a token that hold its scopes, roles or permissions."),
            ("needed-scopes", texts(), "Members and fields of an answer that name the scopes that it asks for."),
            ("granted-scopes", texts(), "Members and fields of an answer that name the scopes that the token has."),
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
