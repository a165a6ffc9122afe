//! The generated documents: the lists of facts and causes, and the coverage of the known answers and endpoints.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use why401::internals::{Answer, Cause, Operation, RuleText};
use why401::{FACTS, FactType as Type, Pack};

const GENERATED: &str = "<!-- Generated; do not edit. `cargo xtask docs` rewrites it. -->\n";

/// `docs/facts.md`: the table of facts.
#[must_use]
pub fn facts() -> String {
    let mut text = format!("# Facts\n\n{GENERATED}\n");
    let _ = writeln!(
        text,
        "Everything that a rule may ask about: {} facts. A `*` is a name from the capture: a header field, a form\n\
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
    text.push_str(
        "All causes. `why401 explain <id>` shows the signs, the answers and the fix of one; its file is\n\
         `rules/<pack>/<id>.toml`.\n",
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
                cause.title.to_string(),
                cause.checkpoints.join(", "),
                cause.prevalence.name().to_owned(),
                cause.certainty.name().to_owned(),
                cause.all_signs().count().to_string(),
                cause.all_examples().count().to_string(),
            ]);
        }
        text.push_str(&table.0);
    }
    text
}

/// `docs/words.md`: the text above the marker as it is, the table of readings below it.
#[must_use]
pub fn words(pack: &Pack, found: &str) -> String {
    const MARKER: &str = "<!-- Generated from here on; do not edit. `cargo xtask docs` rewrites it. -->\n";
    let above = found.split_once(MARKER).map_or(found, |(above, _)| above);
    format!("{above}{MARKER}{}", pack.words_document())
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
        table.row([
            code(&answer.id),
            answer.checkpoint.to_string(),
            pathways,
            certainty,
            naming(answer),
            fitting(answer),
        ]);
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
        table.row([code(&api.id), api.title.to_string(), bases.join(", "), api.credentials.join(", "), count]);
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
                operation.fhir.clone().unwrap_or_default().into(),
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
fn counts(by_mode: &[(RuleText, Vec<RuleText>)]) -> String {
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
