//! Helpers for tests of single facts, which need neither rules nor reports.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{ExchangeFacts, gather};
use crate::facts::{Address, FACTS, Fact, Facts};
use crate::keys::PublicKeys;
use crate::options::Options;
use crate::pack::model::Pack;
use crate::text::Text;

/// The facts of the exchanges of a capture, read with a pack and options.
pub(super) fn facts_with(capture: &str, pack: &Pack, options: &Options) -> Vec<Facts> {
    let paste = Text::paste(capture);
    let read = super::capture(&paste, pack, options);
    let with_words = |mut evidence: ExchangeFacts<'_>| {
        super::reading::read(&mut evidence, pack.words.table(), capture);
        evidence.facts
    };
    gather(&read, &paste, pack, options).into_iter().map(with_words).collect()
}

/// The facts of the only exchange of a capture, read without any pack.
pub(super) fn facts_of(capture: &str) -> Facts {
    let mut all = facts_with(capture, &Pack::default(), &Options::default());
    assert_eq!(all.len(), 1, "one exchange is in {capture}");
    all.remove(0)
}

/// A fact in words: its value, `absent` or `unseen`.
pub(super) fn shown(facts: &Facts, fact: impl Address) -> String {
    match facts.get(fact) {
        Fact::Known(value, _) => value.words().into_owned(),
        Fact::Absent(_) => "absent".to_owned(),
        Fact::Unseen => "unseen".to_owned(),
    }
}

/// Several facts of the only exchange of a capture, in words.
#[track_caller]
pub(super) fn assert_facts(capture: &str, expected: &[(&str, &str)]) {
    let facts = facts_of(capture);
    for (name, value) in expected {
        assert_eq!(shown(&facts, *name), *value, "{name} of {capture}");
    }
}

/// A fact that nothing sets could be asked for ever. So every fact is set by an example of a rule or by a capture of the
/// tests, or is named here.
#[test]
fn every_fact_is_set_somewhere() {
    // Set where a product set cannot tell, which tests/product_sets.rs shows.
    const NEVER_SET: &[&str] = &["product-set.reason"];
    let pack = crate::pack::load(&[], true).expect("the built-in packs load");
    let mut set: BTreeSet<&str> = BTreeSet::new();
    let mut note = |all: Vec<Facts>| {
        for (name, fact) in all.iter().flat_map(Facts::seen) {
            if let (Some((info, _)), Fact::Known(..)) = (crate::facts::find(&name), fact) {
                set.insert(info.name);
            }
        }
    };
    for (_, example) in pack.causes.iter().flat_map(|cause| cause.all_examples()) {
        let options = Options {
            now: example.now.as_ref().and_then(|n| n.parse().ok()),
            keys: example.jwks.as_ref().and_then(|j| PublicKeys::parse(j).ok()).map(Arc::new),
            product_set: example.product_set.as_ref().map(|p| crate::product_set::read(p.as_bytes(), &pack)),
            ..Options::default()
        };
        note(facts_with(&example.capture, &pack, &options));
    }
    for folder in ["tests/captures", "tests/tickets"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in std::fs::read_dir(folder).expect("a folder of captures") {
            let bytes = std::fs::read(entry.expect("an entry").path()).unwrap_or_default();
            note(facts_with(&crate::text::decode(&bytes).text, &pack, &Options::default()));
        }
    }
    let never: Vec<&str> = FACTS.iter().map(|f| f.name).filter(|name| !set.contains(name)).collect();
    assert_eq!(never, NEVER_SET);
}
