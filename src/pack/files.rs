//! The files of a pack, one function for each kind.

use std::ops::Range;
use std::sync::OnceLock;

use super::condition::{condition, fact_ref, template};
use super::loaded::{Link, Loaded};
use super::lower::{File, Table};
use super::model::{
    Answer, AnswerExample, Api, Cause, Certainty, Checkpoint, Contact, CorrectionRule, DraftRule, Effect, Environment,
    Example, KnownInteraction, MentionKind, Numbering, Operation, PackScope, Pathway, Prevalence, Refinement, Say,
    SayPart, Sign, SpecialFix, Template, TopicWords, Verbs, Verdict, Vocabulary,
};
use super::rule_text::RuleText;
use crate::nearest::nearest;

pub(super) fn plain(texts: Vec<(RuleText, Range<usize>)>) -> Vec<RuleText> {
    texts.into_iter().map(|t| t.0).collect()
}

pub(super) fn owned(texts: Vec<(RuleText, Range<usize>)>) -> Vec<String> {
    texts.into_iter().map(|t| t.0.into()).collect()
}

/// One of a closed list of words.
pub(super) fn word<T: Copy>(
    file: &mut File<'_>,
    found: Option<(RuleText, Range<usize>)>,
    words: &[(&'static str, T)],
    or: T,
) -> T {
    let Some((text, span)) = found else { return or };
    if let Some((_, value)) = words.iter().find(|(w, _)| text == *w) {
        return *value;
    }
    let names: Vec<&str> = words.iter().map(|w| w.0).collect();
    let expected = nearest(&text, names.iter().copied())
        .map_or_else(|| format!("It is one of {}.", names.join(", ")), |near| format!("Did you mean \"{near}\"?"));
    file.mistake(span, format!("\"{text}\" is not known here"), expected);
    or
}

const CERTAINTY: [(&str, Certainty); 2] = [("documented", Certainty::Documented), ("inferred", Certainty::Inferred)];

/// A cause file.
pub(super) fn cause(file: &mut File<'_>, pack: &str, id: &str, with_examples: bool, loaded: &mut Loaded) {
    let mut table = file.table();
    if let Some(refined) = table.text(file, "refines") {
        refinement(file, table, pack, refined, with_examples, loaded);
        return;
    }
    let title = table.required(file, "title").0;
    let checkpoints = table.texts(file, "checkpoint");
    if checkpoints.is_empty() {
        file.mistake(0..0, "`checkpoint` is missing here", "Add `checkpoint = \"…\"`: where a gateway refuses it.");
    }
    link(file, loaded, Link::CHECKPOINT, &checkpoints);
    let prevalence = table.text(file, "prevalence");
    let words = [("common", Prevalence::Common), ("occasional", Prevalence::Occasional), ("rare", Prevalence::Rare)];
    let prevalence = word(file, prevalence, &words, Prevalence::Occasional);
    let certainty = table.text(file, "certainty");
    let certainty = word(file, certainty, &CERTAINTY, Certainty::Documented);
    let about = table.required(file, "about").0.trim().to_owned();
    let fix = table.required(file, "fix");
    let fix = template(file, fix);
    let fixes: Vec<SpecialFix> = table.tables(file, "fix-where").into_iter().map(|t| special_fix(file, t)).collect();
    let references = plain(table.texts(file, "references"));
    let named_by = table.texts(file, "named-by");
    let answered_by = table.texts(file, "answered-by");
    link(file, loaded, Link::ANSWER, &named_by);
    link(file, loaded, Link::ANSWER, &answered_by);
    for answer in table.tables(file, "answer") {
        let read = read_answer(file, answer, checkpoints.first(), loaded);
        loaded.pack.answers.push(read);
    }
    let correction = table.table(file, "correction").map(|t| correction(file, t));
    let signs: Vec<Sign> = table.tables(file, "sign").into_iter().map(|t| sign(file, t)).collect();
    let examples = table.tables(file, "example");
    let examples = if with_examples { examples.into_iter().map(|t| example(file, t)).collect() } else { Vec::new() };
    table.finish(file);
    loaded.pack.causes.push(Cause {
        id: id.to_owned().into(),
        pack: pack.to_owned().into(),
        file: file.name.to_owned().into(),
        title,
        checkpoints: plain(checkpoints),
        prevalence,
        certainty,
        about: RuleText::from(about).into(),
        fix: fix.into(),
        fixes: fixes.into(),
        references: references.into(),
        named_by: plain(named_by),
        answered_by: plain(answered_by),
        correction: correction.into(),
        signs: signs.into(),
        examples,
        refinements: Vec::new(),
        own: (0, 0, 0),
    });
}

/// What a pack adds to a cause of another pack.
fn refinement<'s>(
    file: &mut File<'s>,
    mut table: Table<'s>,
    pack: &str,
    refined: (RuleText, Range<usize>),
    with_examples: bool,
    loaded: &mut Loaded,
) {
    link(file, loaded, Link::CAUSE, std::slice::from_ref(&refined));
    let pathways = table.texts(file, "pathway");
    link(file, loaded, Link::PATHWAY, &pathways);
    let title = table.text(file, "title").map(|t| t.0);
    let checkpoints = table.texts(file, "checkpoint");
    link(file, loaded, Link::CHECKPOINT, &checkpoints);
    let about = table.text(file, "about").map(|t| t.0.trim().to_owned()).unwrap_or_default();
    let fix = table.text(file, "fix").map(|t| template(file, t));
    let references = plain(table.texts(file, "references"));
    let named_by = table.texts(file, "named-by");
    let answered_by = table.texts(file, "answered-by");
    link(file, loaded, Link::ANSWER, &named_by);
    link(file, loaded, Link::ANSWER, &answered_by);
    let signs: Vec<Sign> = table.tables(file, "sign").into_iter().map(|t| sign(file, t)).collect();
    let examples = table.tables(file, "example");
    let examples = if with_examples { examples.into_iter().map(|t| example(file, t)).collect() } else { Vec::new() };
    table.finish(file);
    loaded.refinements.push(Refinement {
        pack: pack.to_owned().into(),
        file: file.name.to_owned().into(),
        cause: refined.0,
        pathways: plain(pathways),
        title,
        checkpoints: plain(checkpoints),
        about: RuleText::from(about).into(),
        fix: fix.into(),
        references: references.into(),
        named_by: plain(named_by),
        answered_by: plain(answered_by),
        signs: signs.into(),
        examples,
    });
}

/// `_pack.toml`.
pub(super) fn scope(file: &mut File<'_>, pack: &str, loaded: &mut Loaded) {
    let mut table = file.table();
    let part_of = table.text(file, "part-of");
    link(file, loaded, Link::PACK, part_of.as_slice());
    let when = table.table(file, "when").map(|t| condition(file, t));
    match (&part_of, &when) {
        (None, None) => file.mistake(
            0..0,
            "neither `when` nor `part-of` is here",
            "Add `[when]` with what shows that an exchange belongs to this pack.",
        ),
        (Some((_, span)), Some(_)) => {
            file.mistake(span.clone(), "`part-of` and `when` are both here", "Remove one of them.")
        }
        _ => {}
    }
    let mut contacts = Vec::new();
    for mut contact in table.tables(file, "contact") {
        let name = contact.required(file, "name").0;
        let reach = contact.text(file, "reach").map(|t| t.0).unwrap_or_default();
        let causes = contact.texts(file, "causes");
        link(file, loaded, Link::CAUSE, &causes);
        let question = contact.required(file, "question").0;
        contact.finish(file);
        contacts.push(Contact { name, reach, causes: plain(causes), question });
    }
    table.finish(file);
    let part_of = part_of.map(|t| t.0);
    loaded.pack.scopes.push(PackScope { pack: pack.to_owned().into(), part_of, when, contacts });
}

/// Records a name that must exist once everything is loaded.
pub(super) fn link(file: &File<'_>, loaded: &mut Loaded, what: &'static str, names: &[(RuleText, Range<usize>)]) {
    for (name, span) in names.iter().filter(|_| loaded.checks_links) {
        let (name, file, span) = (name.to_string(), file.name.to_owned(), span.clone());
        loaded.links.push(Link { what, of: String::new(), name, file, span });
    }
}

fn sign<'s>(file: &mut File<'s>, mut table: Table<'s>) -> Sign {
    let line = file.line(table.span.start);
    let effect = table.required(file, "effect");
    let weight = table.number(file, "weight");
    let known = [
        ("confirms", Effect::Confirms),
        ("suggests", Effect::Suggests(0.5)),
        ("shows", Effect::Shows),
        ("excludes", Effect::Excludes),
    ];
    let mut effect = word(file, Some(effect), &known, Effect::Shows);
    if let Some((weight, span)) = weight {
        match &mut effect {
            Effect::Suggests(w) if weight > 0.0 && weight < 1.0 => *w = weight,
            Effect::Suggests(_) => file.mistake(span, "this weight is out of range", "It lies between 0 and 1."),
            _ => file.mistake(span, "only `suggests` has a weight", "Remove it."),
        }
    }
    let because = table.required(file, "because");
    let because = template(file, because);
    let points_at = table.text(file, "points-at").and_then(|(name, span)| fact_ref(file, &name, span));
    let when = when(file, &mut table);
    table.finish(file);
    Sign { effect, because: because.into(), points_at, when, line }
}

fn special_fix<'s>(file: &mut File<'s>, mut table: Table<'s>) -> SpecialFix {
    let line = file.line(table.span.start);
    let fix = table.required(file, "fix");
    let fix = template(file, fix);
    let when = when(file, &mut table);
    table.finish(file);
    SpecialFix { when, fix, line }
}

fn when<'s>(file: &mut File<'s>, table: &mut Table<'s>) -> super::model::Condition {
    match table.table(file, "when") {
        Some(inner) => condition(file, inner),
        None => {
            let span = table.span.clone();
            file.mistake(span, "`when` is missing here", "Add `[….when]` with the facts that must hold.");
            super::model::Condition::All(Vec::new())
        }
    }
}

fn correction<'s>(file: &mut File<'s>, mut table: Table<'s>) -> CorrectionRule {
    let pairs = |file: &mut File<'s>, table: Option<Table<'s>>| -> Vec<(RuleText, Template)> {
        let mut pairs = Vec::new();
        for entry in table.into_iter().flat_map(Table::into_entries) {
            let texts = super::lower::texts(file, &entry.key, entry.node);
            pairs.extend(texts.into_iter().next().map(|t| (entry.key.into_owned().into(), template(file, t))));
        }
        pairs
    };
    let set = table.table(file, "set-field");
    let set_fields = pairs(file, set);
    let form = table.table(file, "set-form");
    let set_form = pairs(file, form);
    let remove_fields = plain(table.texts(file, "remove-field"));
    let set_url = table.text(file, "set-url").map(|t| template(file, t));
    let set_method = table.text(file, "set-method").map(|t| template(file, t));
    let when = table.table(file, "when").map(|inner| condition(file, inner));
    let standard_form = table.flag(file, "standard-form").unwrap_or(false);
    let otherwise = table.table(file, "otherwise").map(|inner| Box::new(correction(file, inner)));
    table.finish(file);
    CorrectionRule { when, standard_form, otherwise, set_fields, remove_fields, set_form, set_url, set_method }
}

fn example<'s>(file: &mut File<'s>, mut table: Table<'s>) -> Example {
    let line = file.line(table.span.start);
    let name = table.required(file, "name").0.into();
    let verdict = table.required(file, "verdict");
    let verdicts: Vec<(&'static str, Verdict)> = Verdict::ALL.iter().map(|v| (v.name(), *v)).collect();
    let verdict = word(file, Some(verdict), &verdicts, Verdict::Silent);
    let underlines = owned(table.texts(file, "underlines"));
    let needs = owned(table.texts(file, "needs"));
    let now = table.text(file, "now").map(|t| t.0.into());
    let jwks = table.text(file, "jwks").map(|t| t.0.into());
    let product_set = table.text(file, "product-set").map(|t| t.0.into());
    let capture = table.required(file, "capture").0.into();
    table.finish(file);
    Example { name, verdict: verdict.name().to_owned(), underlines, needs, now, jwks, product_set, capture, line }
}

fn read_answer<'s>(
    file: &mut File<'s>,
    mut table: Table<'s>,
    checkpoint: Option<&(RuleText, Range<usize>)>,
    loaded: &mut Loaded,
) -> Answer {
    let place = (file.name.to_owned().into(), file.line(table.span.start));
    let id = table.required(file, "id");
    link(file, loaded, Link::NEW_ANSWER, std::slice::from_ref(&id));
    let like = table.texts(file, "like");
    let links = loaded.links.len();
    link(file, loaded, Link::LIKE, &like);
    loaded.links[links..].iter_mut().for_each(|l| l.of = id.0.to_string());
    let pathways = table.texts(file, "pathway");
    link(file, loaded, Link::PATHWAY, &pathways);
    let own = table.text(file, "checkpoint");
    if own.is_none() && checkpoint.is_none() {
        let span = table.span.clone();
        file.mistake(span, "`checkpoint` is missing here", "Add the checkpoint that gives this answer.");
    }
    if let Some(own) = &own {
        link(file, loaded, Link::CHECKPOINT, std::slice::from_ref(own));
    }
    let checkpoint = own.or_else(|| checkpoint.cloned()).map(|c| c.0).unwrap_or_default();
    let says = table.required(file, "says");
    let says = template(file, says);
    let certainty = table.text(file, "certainty");
    let certainty = word(file, certainty, &CERTAINTY, Certainty::Documented);
    let is_vague = table.flag(file, "vague").unwrap_or(false);
    let is_fallback = table.flag(file, "fallback").unwrap_or(false);
    let references = plain(table.texts(file, "references"));
    let when = when(file, &mut table);
    table.finish(file);
    Answer {
        id: id.0,
        like: plain(like),
        pathways: plain(pathways),
        checkpoint,
        says: says.into(),
        certainty,
        is_vague,
        is_fallback,
        names: false,
        fits: false,
        references: references.into(),
        when: when.into(),
        place,
        examples: Vec::new(),
    }
}

/// `_answers.toml`.
pub(super) fn answers(file: &mut File<'_>, with_examples: bool, loaded: &mut Loaded) {
    let mut table = file.table();
    for answer in table.tables(file, "answer") {
        let read = read_answer(file, answer, None, loaded);
        loaded.pack.answers.push(read);
    }
    for example in table.tables(file, "example") {
        if with_examples {
            answer_example(file, example, &mut loaded.pack.answers);
        }
    }
    table.finish(file);
}

/// Reads an example and gives it to its answer, which is in the same file.
fn answer_example<'s>(file: &mut File<'s>, mut table: Table<'s>, answers: &mut [Answer]) {
    let line = file.line(table.span.start);
    let (id, span) = table.required(file, "answer");
    let name = table.required(file, "name").0;
    let is_recognised = table.flag(file, "recognised").unwrap_or(true);
    let capture = table.required(file, "capture").0;
    table.finish(file);
    if let Some(answer) = answers.iter_mut().find(|a| a.id == id) {
        let (name, capture) = (name.into(), capture.into());
        answer.examples.push(AnswerExample { name, is_recognised, capture, line });
    } else if !id.is_empty() {
        let expected = nearest(&id, answers.iter().map(|a| a.id.as_str()))
            .map_or_else(|| "Name an answer of this file.".to_owned(), |near| format!("Did you mean `{near}`?"));
        file.mistake(span, format!("there is no answer `{id}` in this file"), expected);
    }
}

/// `_pathway.toml`.
pub(super) fn pathways(file: &mut File<'_>, pack: &str, loaded: &mut Loaded) {
    let mut table = file.table();
    for mut pathway in table.tables(file, "pathway") {
        let id = pathway.required(file, "id").0;
        let title = pathway.required(file, "title").0;
        let like = pathway.text(file, "like");
        link(file, loaded, Link::PATHWAY, like.as_slice());
        let like = like.map(|t| t.0);
        let when = pathway.table(file, "when").map(|t| condition(file, t));
        let is_documented = pathway.flag(file, "documented").unwrap_or(true);
        let checkpoints = pathway.tables(file, "checkpoint").into_iter().map(|t| checkpoint(file, t)).collect();
        pathway.finish(file);
        loaded.pack.pathways.push(Pathway {
            answers: OnceLock::new(),
            id,
            pack: pack.to_owned().into(),
            title,
            like,
            when,
            is_documented,
            checkpoints,
        });
    }
    table.finish(file);
}

fn checkpoint<'s>(file: &mut File<'s>, mut table: Table<'s>) -> Checkpoint {
    let id = table.required(file, "id").0;
    let title = table.required(file, "title").0;
    let checks = table.text(file, "checks").map(|t| t.0).unwrap_or_default();
    let statuses = statuses(file, &mut table, "statuses");
    let rare_statuses = self::statuses(file, &mut table, "rare-statuses");
    let certain = table.flag(file, "certain").unwrap_or(false);
    table.finish(file);
    Checkpoint { id, title, checks, statuses, rare_statuses, certain }
}

pub(super) fn statuses<'s>(file: &mut File<'s>, table: &mut Table<'s>, key: &'static str) -> Vec<u16> {
    let mut statuses = Vec::new();
    for (number, span) in table.numbers(file, key) {
        match u16::try_from(number) {
            Ok(status @ 100..=599) => statuses.push(status),
            _ => file.mistake(span, format!("{number} is not a status code"), "It lies between 100 and 599."),
        }
    }
    statuses
}

/// `_catalogue.toml`.
pub(super) fn catalogue(file: &mut File<'_>, loaded: &mut Loaded) {
    let mut table = file.table();
    for mut api in table.tables(file, "api") {
        let id = api.required(file, "id").0;
        let read = Api {
            title: api.required(file, "title").0,
            bases: plain(api.texts(file, "bases")),
            credentials: plain(api.texts(file, "credentials")),
            credentials_in: by_key(file, &mut api, "credentials-in"),
            access_modes: plain(api.texts(file, "access-modes")),
            required: plain(api.texts(file, "required")),
            numbering: numbering(file, &mut api),
            id,
        };
        api.finish(file);
        loaded.pack.apis.push(read);
    }
    let mut operations: Vec<Operation> = Vec::new();
    for mut operation in table.tables(file, "operation") {
        let api = operation.required(file, "api");
        link(file, loaded, Link::API, std::slice::from_ref(&api));
        let read = Operation {
            api: api.0,
            id: operation.required(file, "id").0,
            name: operation.required(file, "name").0,
            fhir: operation.text(file, "fhir").map(|t| t.0),
            method: operation.required(file, "method").0,
            path: operation.required(file, "path").0,
            access_modes: plain(operation.texts(file, "access-modes")),
            business_functions: plain(operation.texts(file, "business-functions")),
            deprecated: operation.flag(file, "deprecated").unwrap_or(false),
            superseded_by: operation.text(file, "superseded-by").map(|t| t.0),
            required: by_key(file, &mut operation, "required"),
            forbidden: by_key(file, &mut operation, "forbidden"),
        };
        operation.finish(file);
        operations.push(read);
    }
    loaded.pack.operations = operations.into();
    table.finish(file);
}

/// `endpoint-ids = "A###"`: a prefix, and a `#` for each digit.
fn numbering<'s>(file: &mut File<'s>, api: &mut Table<'s>) -> Option<Numbering> {
    let (pattern, span) = api.text(file, "endpoint-ids")?;
    let prefix = pattern.trim_end_matches('#');
    let digits = pattern.len() - prefix.len();
    if digits == 0 || prefix.is_empty() || !prefix.bytes().all(|b| b.is_ascii_alphanumeric()) {
        let expected = "Write letters and a # for each digit: `A###` for A042.";
        file.mistake(span, format!("\"{pattern}\" does not say how endpoints are numbered"), expected);
        return None;
    }
    Some(Numbering { prefix: prefix.to_owned().into(), digits })
}

fn by_key<'s>(file: &mut File<'s>, table: &mut Table<'s>, key: &'static str) -> Vec<(RuleText, Vec<RuleText>)> {
    let entries = table.table(file, key).into_iter().flat_map(Table::into_entries);
    entries.map(|e| (e.key.to_string().into(), plain(super::lower::texts(file, &e.key, e.node)))).collect()
}

/// `_product_set.toml`.
pub(super) fn product_set(file: &mut File<'_>, loaded: &mut Loaded) {
    let mut table = file.table();
    let head = table.table(file, "product-set").map(|mut head| (head.required(file, "api"), head));
    if let Some((api, _)) = &head {
        link(file, loaded, Link::API, std::slice::from_ref(api));
    }
    let rules = &mut loaded.pack.product_set;
    if let Some((api, mut head)) = head {
        rules.api = api.0;
        rules.cause = head.required(file, "cause").0;
        rules.topic = head.required(file, "topic").0;
        rules.namespace = head.required(file, "namespace").0;
        rules.title = head.required(file, "title").0;
        head.finish(file);
    }
    let mut interactions: Vec<KnownInteraction> = Vec::new();
    let mut kinds: Vec<Verbs> = Vec::new();
    let mut dates: Vec<(RuleText, RuleText)> = Vec::new();
    for mut interaction in table.tables(file, "interaction") {
        let endpoint = interaction.required(file, "endpoint").0;
        let id = interaction.required(file, "id").0;
        let certainty = interaction.text(file, "certainty");
        let certainty = word(file, certainty, &CERTAINTY, Certainty::Documented);
        let references = plain(interaction.texts(file, "references"));
        interaction.finish(file);
        interactions.retain(|i| i.id != id);
        interactions.push(KnownInteraction { endpoint, id, certainty, references });
    }
    for mut verbs in table.tables(file, "verbs") {
        let method = verbs.required(file, "method").0;
        let path = verbs.required(file, "path");
        let instance = word(file, Some(path), &[("instance", true), ("type", false)], false);
        let words = plain(verbs.texts(file, "words"));
        verbs.finish(file);
        kinds.retain(|v| (&v.method, v.instance) != (&method, instance));
        kinds.push(Verbs { method, instance, words });
    }
    for mut since in table.tables(file, "since") {
        let read = (since.required(file, "endpoint").0, since.required(file, "date").0);
        since.finish(file);
        dates.retain(|s| s.0 != read.0);
        dates.push(read);
    }
    (rules.interactions, rules.verbs, rules.since) = (interactions.into(), kinds.into(), dates.into());
    let says: Vec<Say> = table.tables(file, "say").into_iter().map(|t| say(file, t)).collect();
    // Sentences have no ids, so those of a file replace all earlier ones.
    if !says.is_empty() {
        rules.says = says.into();
    }
    if let Some(mut draft) = table.table(file, "draft") {
        let to = draft.required(file, "to").0;
        let mut text = |file: &mut _, key| {
            let text = draft.required(file, key);
            template(file, text)
        };
        let (subject, opening, closing) = (text(file, "subject"), text(file, "opening"), text(file, "closing"));
        let mentions = plain(draft.texts(file, "mentions"));
        draft.finish(file);
        rules.draft = Some(DraftRule { to, subject, opening, closing, mentions }).into();
    }
    table.finish(file);
}

fn say<'s>(file: &mut File<'s>, mut table: Table<'s>) -> Say {
    let part = table.required(file, "part");
    let parts = [("ask", SayPart::Ask), ("get", SayPart::Get), ("caution", SayPart::Caution)];
    let part = word(file, Some(part), &parts, SayPart::Caution);
    let text = table.required(file, "text");
    let text = template(file, text);
    let command = table.text(file, "command").map(|t| template(file, t));
    let certainty = table.text(file, "certainty");
    let certainty = word(file, certainty, &CERTAINTY, Certainty::Documented);
    let when = when(file, &mut table);
    table.finish(file);
    Say { part, text, command, certainty, when }
}

/// `_environments.toml`.
pub(super) fn environments(file: &mut File<'_>, loaded: &mut Loaded) {
    let mut table = file.table();
    for mut environment in table.tables(file, "environment") {
        let read = Environment {
            name: environment.required(file, "name").0,
            title: environment.required(file, "title").0,
            hosts: plain(environment.texts(file, "hosts")),
            bases: plain(environment.texts(file, "bases")),
            words: plain(environment.texts(file, "words")),
        };
        environment.finish(file);
        loaded.pack.environments.push(read);
    }
    table.finish(file);
}

/// `_vocabulary.toml`.
pub(super) fn vocabulary(file: &mut File<'_>, pack: &str, loaded: &mut Loaded) {
    let mut table = file.table();
    let mut read = Vocabulary {
        fields: plain(table.texts(file, "fields")),
        token_fields: plain(table.texts(file, "token-fields")),
        secret_fields: plain(table.texts(file, "secret-fields")),
        scope_claims: plain(table.texts(file, "scope-claims")),
        needed_scopes: plain(table.texts(file, "needed-scopes")),
        granted_scopes: plain(table.texts(file, "granted-scopes")),
        pages: plain(table.texts(file, "pages")).into_iter().map(|p| p.to_ascii_lowercase().into()).collect(),
        staff: plain(table.texts(file, "staff")).into_iter().map(|s| s.to_lowercase().into()).collect(),
        ..Vocabulary::default()
    };
    for mut mention in table.tables(file, "mention") {
        let kind = mention.required(file, "kind").0;
        let title = mention.required(file, "title").0;
        let labels = plain(mention.texts(file, "labels"));
        let value = mention.required(file, "value");
        let value = file.pattern(value).at_start();
        let field = mention.text(file, "field").map(|t| t.0);
        let support = mention.flag(file, "support").unwrap_or(false);
        mention.finish(file);
        let pack = pack.to_owned().into();
        read.mentions.push(MentionKind { kind, pack, title, labels, value, field, support });
    }
    for mut topic in table.tables(file, "topic") {
        let id = topic.required(file, "id").0;
        let phrases = plain(topic.texts(file, "phrases")).into_iter().map(|p| p.to_lowercase().into()).collect();
        topic.finish(file);
        read.topics.push(TopicWords { id, phrases });
    }
    table.finish(file);
    loaded.pack.vocabulary = read;
}
