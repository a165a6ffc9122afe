//! Packs as typed data. Nothing here evaluates anything.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock};

use regex::Regex;

use crate::facts::FactRef;
use crate::text::Span;

/// All knowledge of a run: every pack, merged.
#[derive(Debug, Default)]
pub struct Pack {
    /// The causes, sorted by id.
    pub causes: Vec<Cause>,
    /// The known answers.
    pub answers: Vec<Answer>,
    /// The pathways; those with a condition first.
    pub pathways: Vec<Pathway>,
    /// The APIs.
    pub apis: Vec<Api>,
    /// The operations of the APIs.
    pub operations: Vec<Operation>,
    /// The environments.
    pub environments: Vec<Environment>,
    /// The words that a reader of tickets must know.
    pub vocabulary: Vocabulary,
    /// What is known of the product sets of an API's callers.
    pub product_set: ProductSetRules,
    /// When the packs apply that do not apply to every exchange.
    pub scopes: Vec<PackScope>,
}

impl Pack {
    /// The cause of this id.
    #[must_use]
    pub fn cause(&self, id: &str) -> Option<&Cause> {
        self.causes.iter().find(|c| c.id == id)
    }

    /// The API of this id.
    #[must_use]
    pub fn api(&self, id: &str) -> Option<&Api> {
        self.apis.iter().find(|a| a.id == id)
    }
}

/// A cause of a refusal: one rule file.
#[derive(Debug)]
pub struct Cause {
    /// Its id: the name of the file.
    pub id: String,
    /// The pack that it is from.
    pub pack: String,
    /// The file, as shown to the user.
    pub file: String,
    /// What is wrong.
    pub title: String,
    /// The checkpoints that refuse it.
    pub checkpoints: Vec<String>,
    /// How common it is.
    pub prevalence: Prevalence,
    /// How sure the knowledge is.
    pub certainty: Certainty,
    /// What the server does with it.
    pub about: String,
    /// What to do.
    pub fix: Template,
    /// Where the knowledge comes from.
    pub references: Vec<String>,
    /// Answers that name this very fault.
    pub named_by: Vec<String>,
    /// Answers that this fault gets, among others.
    pub answered_by: Vec<String>,
    /// What to change in the request.
    pub correction: Option<CorrectionRule>,
    /// The signs for and against it.
    pub signs: Vec<Sign>,
    /// Its examples. Empty unless they were asked for: a diagnosis has no use for them.
    pub examples: Vec<Example>,
    /// What other packs add to it, in the order of the packs.
    pub refinements: Vec<Refinement>,
}

impl Cause {
    /// Every sign of the cause with its file, those of the refinements last.
    pub fn all_signs(&self) -> impl Iterator<Item = (&str, &Sign)> {
        let added = self.refinements.iter().flat_map(|r| r.signs.iter().map(|s| (r.file.as_str(), s)));
        self.signs.iter().map(|s| (self.file.as_str(), s)).chain(added)
    }

    /// Every example of the cause with its file, those of the refinements last.
    pub fn all_examples(&self) -> impl Iterator<Item = (&str, &Example)> {
        let added = self.refinements.iter().flat_map(|r| r.examples.iter().map(|e| (r.file.as_str(), e)));
        self.examples.iter().map(|e| (self.file.as_str(), e)).chain(added)
    }
}

/// What a pack adds to a cause of another pack. It counts only for exchanges to which its own pack applies.
#[derive(Debug)]
pub struct Refinement {
    /// The pack that adds it.
    pub pack: String,
    /// Its file, as shown to the user.
    pub file: String,
    /// The id of the refined cause.
    pub cause: String,
    /// The pathways on which it counts; empty: all.
    pub pathways: Vec<String>,
    /// Sentences after `about` of the cause; may be empty.
    pub about: String,
    /// What to do instead of the `fix` of the cause.
    pub fix: Option<Template>,
    /// Where the added knowledge comes from.
    pub references: Vec<String>,
    /// Further answers that name the cause. An answer has its own pathways, so these count wherever it is recognised.
    pub named_by: Vec<String>,
    /// Further answers that the cause gets, among others.
    pub answered_by: Vec<String>,
    /// Further signs.
    pub signs: Vec<Sign>,
    /// Further examples; empty unless they were asked for.
    pub examples: Vec<Example>,
}

/// When a pack applies to an exchange: `_pack.toml`. A pack without one applies to every exchange.
#[derive(Debug)]
pub struct PackScope {
    /// The pack.
    pub pack: String,
    /// The pack whose scope it shares.
    pub part_of: Option<String>,
    /// What shows that an exchange belongs to it. An exchange on one of its pathways does so anyway.
    pub when: Option<Condition>,
}

/// How common a cause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prevalence {
    /// Seen all the time.
    Common,
    /// Seen now and then.
    Occasional,
    /// Seldom seen.
    Rare,
}

impl Prevalence {
    /// The weight that a fitting answer gives to a cause of this prevalence.
    #[must_use]
    pub const fn weight(self) -> f64 {
        match self {
            Self::Common => 0.4,
            Self::Occasional => 0.25,
            Self::Rare => 0.15,
        }
    }

    /// Its name in rule files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Common => "common",
            Self::Occasional => "occasional",
            Self::Rare => "rare",
        }
    }
}

/// How sure the knowledge behind a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Stated or tested in a public source.
    Documented,
    /// Read between the lines: never more than `likely`.
    Inferred,
}

impl Certainty {
    /// Its name in rule files and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Inferred => "inferred",
        }
    }
}

/// A sign for or against a cause.
#[derive(Debug)]
pub struct Sign {
    /// What it does to the cause.
    pub effect: Effect,
    /// The reason, in words.
    pub because: Template,
    /// The fact whose characters are underlined.
    pub points_at: Option<FactRef>,
    /// When it holds.
    pub when: Condition,
    /// Its line in the file.
    pub line: usize,
}

/// What a sign does to its cause when it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    /// The request cannot work as it stands.
    Confirms,
    /// Adds this weight.
    Suggests(f64),
    /// A defect that need not be fatal.
    Shows,
    /// Rules the cause out.
    Excludes,
}

/// A condition over facts.
#[derive(Debug)]
pub enum Condition {
    /// All of them hold.
    All(Vec<Condition>),
    /// One of them holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A fact fits a matcher.
    Test(FactRef, Matcher),
}

impl Condition {
    /// The facts that it asks about, in the order of the file.
    pub fn facts(&self) -> Vec<&FactRef> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::facts).collect(),
            Self::Not(part) => part.facts(),
            Self::Test(fact, Matcher::SameAs(other)) => vec![fact, other],
            Self::Test(fact, _) => vec![fact],
        }
    }
}

/// What a fact is compared with.
#[derive(Debug)]
pub enum Matcher {
    /// One of these values.
    Is(Vec<Literal>),
    /// It matches.
    Matches(Pattern),
    /// It begins with one of these.
    StartsWith(Vec<String>),
    /// It holds one of these words, without regard to case.
    Contains(Vec<String>),
    /// It lies between these bounds, both exclusive.
    Between(Option<i64>, Option<i64>),
    /// It is known and there; or known to be absent.
    Present(bool),
    /// It equals another fact, or is a member of it.
    SameAs(FactRef),
}

/// A value written in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
}

/// A regular expression that is compiled when it is first needed.
pub struct Pattern {
    source: String,
    /// Whether it is looked for at the beginning of a text only, which takes half the time to compile.
    at_start: bool,
    compiled: OnceLock<Option<Regex>>,
}

impl std::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Pattern").field(&self.source).finish()
    }
}

impl Pattern {
    /// Takes an expression; whether it compiles is asked by [`Pattern::check`].
    #[must_use]
    pub fn new(source: &str) -> Self {
        Self { source: source.to_owned(), at_start: false, compiled: OnceLock::new() }
    }

    /// The same expression, looked for at the beginning of a text only.
    #[must_use]
    pub fn at_start(self) -> Self {
        Self { at_start: true, compiled: OnceLock::new(), ..self }
    }

    /// The expression as written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Compiles it and says what is wrong with it.
    ///
    /// # Errors
    /// The message of the regular expression compiler.
    pub fn check(&self) -> Result<(), String> {
        compile(&self.source).map(|_| ()).map_err(|e| e.to_string())
    }

    /// The compiled expression; `None` where it does not compile.
    pub fn regex(&self) -> Option<&Regex> {
        let compiled = || if self.at_start { compile(&format!("^(?:{})", self.source)) } else { compile(&self.source) };
        self.compiled.get_or_init(|| compiled().ok()).as_ref()
    }
}

/// Compiles with ASCII classes, which takes a tenth of the time; an expression that needs Unicode (`.`, a negated
/// class) gets it. Several rules ask the same: what was compiled once is shared.
fn compile(source: &str) -> Result<Regex, regex::Error> {
    static COMPILED: Mutex<BTreeMap<String, Regex>> = Mutex::new(BTreeMap::new());
    let known = COMPILED.lock().ok().and_then(|compiled| compiled.get(source).cloned());
    if let Some(regex) = known {
        return Ok(regex);
    }
    let regex = regex::RegexBuilder::new(source).unicode(false).build().or_else(|_| Regex::new(source))?;
    if let Ok(mut compiled) = COMPILED.lock() {
        compiled.insert(source.to_owned(), regex.clone());
    }
    Ok(regex)
}

/// A sentence with facts in braces.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// Its parts.
    pub parts: Vec<Part>,
}

/// A part of a sentence.
#[derive(Clone, Debug)]
pub enum Part {
    /// Words.
    Words(String),
    /// The value of a fact.
    Fact(FactRef),
}

impl Template {
    /// The sentence with the names of the facts still in braces, as written.
    #[must_use]
    pub fn source(&self) -> String {
        self.parts
            .iter()
            .map(|p| match p {
                Part::Words(words) => words.clone(),
                Part::Fact(fact) => format!("{{{}}}", fact.name),
            })
            .collect()
    }
}

/// What to change in the request.
#[derive(Debug, Default)]
pub struct CorrectionRule {
    /// Fields to set, in order.
    pub set_fields: Vec<(String, Template)>,
    /// Fields to leave out.
    pub remove_fields: Vec<String>,
    /// Form parameters to set, in order.
    pub set_form: Vec<(String, Template)>,
    /// The URL to call instead.
    pub set_url: Option<Template>,
    /// The method to use instead.
    pub set_method: Option<Template>,
}

/// An example of a cause: a test.
#[derive(Debug)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// The verdict that the cause gets.
    pub verdict: String,
    /// What the evidence underlines.
    pub underlines: Vec<String>,
    /// The facts asked for.
    pub needs: Vec<String>,
    /// The moment of the ticket.
    pub now: Option<String>,
    /// The public keys given, as `--jwks` would.
    pub jwks: Option<String>,
    /// The product set given, as `--product-set` would.
    pub product_set: Option<String>,
    /// The paste.
    pub capture: String,
    /// Its line in the file.
    pub line: usize,
}

/// A known answer.
#[derive(Debug)]
pub struct Answer {
    /// Its id.
    pub id: String,
    /// The more general answers that it is like: a cause that names one of them names this one too.
    pub like: Vec<String>,
    /// The pathways that give it; empty: all.
    pub pathways: Vec<String>,
    /// The checkpoint that gives it.
    pub checkpoint: String,
    /// What it means.
    pub says: Template,
    /// How sure that is.
    pub certainty: Certainty,
    /// Where the knowledge comes from.
    pub references: Vec<String>,
    /// By what it is recognised.
    pub when: Condition,
    /// The file and line, as shown to the user.
    pub place: (String, usize),
    /// Its examples. Those of an answer in a cause file are the examples of the cause. Empty unless they were asked for.
    pub examples: Vec<AnswerExample>,
}

/// An example of a known answer: a test.
#[derive(Debug)]
pub struct AnswerExample {
    /// What it shows.
    pub name: String,
    /// Whether the answer must be recognised, or must not be.
    pub is_recognised: bool,
    /// The paste.
    pub capture: String,
    /// Its line in the file, counted from 1.
    pub line: usize,
}

/// A gateway as a row of checkpoints.
#[derive(Debug)]
pub struct Pathway {
    /// Its id.
    pub id: String,
    /// The pack that defines it.
    pub pack: String,
    /// "the e-RS gateway".
    pub title: String,
    /// Which exchanges take it.
    pub when: Option<Condition>,
    /// Its checkpoints in order.
    pub checkpoints: Vec<Checkpoint>,
}

impl Pathway {
    /// The place of a checkpoint in the row.
    #[must_use]
    pub fn position(&self, checkpoint: &str) -> Option<usize> {
        self.checkpoints.iter().position(|c| c.id == checkpoint)
    }
}

/// A checkpoint of a gateway.
#[derive(Debug)]
pub struct Checkpoint {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it checks, as a question.
    pub checks: String,
    /// The statuses that it can answer with; empty: unknown.
    pub statuses: Vec<u16>,
    /// Whether it is known to answer with nothing else.
    pub certain: bool,
}

/// An API.
#[derive(Debug)]
pub struct Api {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its base paths.
    pub bases: Vec<String>,
    /// The kinds of credentials that it takes.
    pub credentials: Vec<String>,
    /// The same for environments that differ.
    pub credentials_in: Vec<(String, Vec<String>)>,
    /// The access modes that it has.
    pub access_modes: Vec<String>,
    /// Fields that every operation requires.
    pub required: Vec<String>,
}

/// An operation of an API.
#[derive(Debug)]
pub struct Operation {
    /// The API's id.
    pub api: String,
    /// Its id (`A042`).
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its FHIR version.
    pub fhir: Option<String>,
    /// Its method.
    pub method: String,
    /// Its path below the base path; `{x}` is one segment.
    pub path: String,
    /// The access modes that it allows; empty: those of the API.
    pub access_modes: Vec<String>,
    /// The business functions that it allows in user-restricted access.
    pub business_functions: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// What replaces it.
    pub superseded_by: Option<String>,
    /// Required fields by access mode.
    pub required: Vec<(String, Vec<String>)>,
    /// Fields that must not be sent, by access mode.
    pub forbidden: Vec<(String, Vec<String>)>,
}

/// An environment.
#[derive(Debug)]
pub struct Environment {
    /// Its name (`int`).
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its hosts.
    pub hosts: Vec<String>,
    /// Base paths that belong to it where a host serves several.
    pub bases: Vec<String>,
    /// How people name it.
    pub words: Vec<String>,
}

/// The words that a reader of tickets must know.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Field names without a hyphen.
    pub fields: Vec<String>,
    /// Fields and parameters in which people misplace a token.
    pub token_fields: Vec<String>,
    /// Fields and parameters whose value is a credential.
    pub secret_fields: Vec<String>,
    /// Hosts of pages to read, in lower case: a link there is no request.
    pub pages: Vec<String>,
    /// How the teams that answer tickets are called, in small letters.
    pub staff: Vec<String>,
    /// What the text may say beside the exchange.
    pub mentions: Vec<MentionKind>,
    /// What the text may speak of.
    pub topics: Vec<Topic>,
}

/// Something that the text may say beside the exchange.
#[derive(Debug)]
pub struct MentionKind {
    /// Its kind.
    pub kind: String,
    /// The pack that defines it.
    pub pack: String,
    /// Its title.
    pub title: String,
    /// The labels that people write before it.
    pub labels: Vec<String>,
    /// What a value looks like.
    pub value: Pattern,
    /// A header field that gives it too.
    pub field: Option<String>,
    /// Whether support asks for it.
    pub support: bool,
}

/// A topic of a ticket.
#[derive(Debug)]
pub struct Topic {
    /// Its id.
    pub id: String,
    /// The phrases that touch on it.
    pub phrases: Vec<String>,
}

/// What is known of the product set of an ASID: the endpoints that a calling system is registered for.
#[derive(Debug, Default)]
pub struct ProductSetRules {
    /// The API whose endpoints need one; empty: none does.
    pub api: String,
    /// The cause that a product set decides.
    pub cause: String,
    /// The topic of tickets that speak of it.
    pub topic: String,
    /// How the ids of its interactions begin.
    pub namespace: String,
    /// What such interactions are called ("e-RS FHIR").
    pub title: String,
    /// The interactions that are publicly known to be an endpoint's.
    pub interactions: Vec<KnownInteraction>,
    /// The words with which the names of interactions may begin.
    pub verbs: Vec<Verbs>,
    /// Endpoints that came late: id and date.
    pub since: Vec<(String, String)>,
    /// What to say.
    pub says: Vec<Say>,
    /// The mail that asks for it.
    pub draft: Option<DraftRule>,
}

/// An interaction that is publicly known to be an endpoint's.
#[derive(Debug)]
pub struct KnownInteraction {
    /// The endpoint (`A030`).
    pub endpoint: String,
    /// The id of the interaction.
    pub id: String,
    /// How sure that is.
    pub certainty: Certainty,
    /// Where the knowledge comes from.
    pub references: Vec<String>,
}

/// The words with which the names of a kind of interactions may begin.
#[derive(Debug)]
pub struct Verbs {
    /// The method of the operation.
    pub method: String,
    /// Whether the path names one instance, or only a type.
    pub instance: bool,
    /// The words, in capitals.
    pub words: Vec<String>,
}

/// Something to say of a product set.
#[derive(Debug)]
pub struct Say {
    /// What it is about.
    pub part: SayPart,
    /// The sentence.
    pub text: Template,
    /// A command that goes with it.
    pub command: Option<Template>,
    /// How sure it is.
    pub certainty: Certainty,
    /// When it is said.
    pub when: Condition,
}

/// What a sentence about a product set is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SayPart {
    /// Whom to ask for what.
    Ask,
    /// How to get a product set.
    Get,
    /// What to bear in mind.
    Caution,
}

/// The mail that asks for a product set.
#[derive(Debug)]
pub struct DraftRule {
    /// Its address.
    pub to: String,
    /// Its subject.
    pub subject: Template,
    /// Its first paragraph.
    pub opening: Template,
    /// Its last paragraph.
    pub closing: Template,
    /// The kinds of mentions that it gives.
    pub mentions: Vec<String>,
}

/// A mistake in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file, as shown to the user.
    pub file: String,
    /// Its text.
    pub source: String,
    /// Where.
    pub span: Span,
    /// What is wrong: what was found.
    pub found: String,
    /// What was expected, and what to do.
    pub expected: String,
}
