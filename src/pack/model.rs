//! Packs as typed data. Evaluation is in `engine`.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

pub(crate) use super::expression::RuleValue;
pub use super::expression::{Condition, Matcher, Part, Template};
use super::late::Late;
use super::pattern::Pattern;
use super::rule_text::RuleText;
use super::system_model::SystemData;
use crate::facts::FactRef;
use crate::text::Span;
use crate::words::table::WordTable;

/// All packs, merged.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Pack {
    /// The causes, sorted by id.
    pub causes: Vec<Cause>,
    /// The known answers, by which refusals are recognised.
    pub answers: Vec<Answer>,
    /// The words by which known answers are recognised in a sentence, too, and whether their letters must be as written.
    pub(crate) telling_words: Late<Vec<(RuleText, bool)>>,
    /// The pathways; those with a condition first.
    pub pathways: Vec<Pathway>,
    /// The APIs.
    pub apis: Vec<Api>,
    /// The operations of the APIs.
    pub operations: Late<Vec<Operation>>,
    /// The environments.
    pub environments: Vec<Environment>,
    /// Words needed to read tickets: labels, fields, topics.
    pub vocabulary: Vocabulary,
    /// What is known about product sets; `api` is empty if no pack describes any.
    pub product_set: ProductSetRules,
    /// The scopes of packs that do not apply to every exchange.
    pub scopes: Vec<PackScope>,
    /// The table of the words of refusals (`words::table`).
    #[serde(skip)]
    pub(crate) words: WordData,
    /// What is known of systems: the answers of products, services and libraries.
    #[serde(skip)]
    pub(crate) systems: SystemData,
    /// Whether files of the user were added.
    #[serde(skip)]
    pub(crate) has_own_rules: bool,
    /// Forms that mean two things.
    #[serde(skip)]
    pub(crate) broken_words: Vec<String>,
}

/// The table of words: the one that the build made, or one with words of the user's packs.
pub(crate) struct WordData(pub(crate) Cow<'static, [u8]>);

impl WordData {
    /// The table.
    pub(crate) fn table(&self) -> WordTable<'_> {
        WordTable::of(&self.0)
    }
}

impl Default for WordData {
    fn default() -> Self {
        Self(Cow::Borrowed(crate::words::BUILT_IN))
    }
}

impl std::fmt::Debug for WordData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WordData({} bytes)", self.0.len())
    }
}

impl Pack {
    /// The cause with this id.
    #[must_use]
    pub fn cause(&self, id: &str) -> Option<&Cause> {
        self.causes.iter().find(|c| c.id == id)
    }

    /// Whom to ask about an exchange on a pathway of this pack. One who is named for the cause comes first, then those of
    /// the pack itself.
    pub(crate) fn contact(&self, pack: &str, cause: Option<&str>) -> Option<&Contact> {
        let own = self.scopes.iter().find(|s| s.pack == pack)?;
        let whole = own.part_of.as_deref().and_then(|name| self.scopes.iter().find(|s| s.pack == name));
        let all = || [Some(own), whole].into_iter().flatten().flat_map(|s| &s.contacts);
        let of_cause = all().find(|c| cause.is_some_and(|cause| c.causes.iter().any(|id| *id == cause)));
        of_cause.or_else(|| all().find(|c| c.causes.is_empty()))
    }

    /// The API with this id.
    #[must_use]
    pub fn api(&self, id: &str) -> Option<&Api> {
        self.apis.iter().find(|a| a.id == id)
    }
}

/// A cause of a refusal: one rule file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Cause {
    /// Its id (`missing-bearer-prefix`): the file name without extension.
    pub id: RuleText,
    /// The pack that defines it (`http`).
    pub pack: RuleText,
    /// The path of its file, as shown to the user.
    pub file: RuleText,
    /// The title: what is wrong, in one line without a full stop.
    pub title: RuleText,
    /// The ids of the checkpoints that can refuse it; the first is the default of its own answers.
    pub checkpoints: Vec<RuleText>,
    /// How common it is; breaks ties.
    pub prevalence: Prevalence,
    /// How sure the knowledge is.
    pub certainty: Certainty,
    /// Two or three sentences: what the server does with such a request.
    pub about: Late<RuleText>,
    /// What to do about it.
    pub fix: Late<Template>,
    /// What to do about it in certain clients or situations; the first one that holds replaces `fix`.
    pub fixes: Late<Vec<SpecialFix>>,
    /// Sources of the knowledge.
    pub references: Late<Vec<RuleText>>,
    /// Ids of answers that name this fault.
    pub named_by: Vec<RuleText>,
    /// Ids of answers that this and other faults get.
    pub answered_by: Vec<RuleText>,
    /// Changes to the request that fix the fault.
    pub correction: Late<Option<CorrectionRule>>,
    /// The signs for and against it, in file order.
    pub signs: Late<Vec<Sign>>,
    /// Its examples; empty unless loaded with examples, since a diagnosis does not need them.
    #[serde(skip)]
    pub examples: Vec<Example>,
    /// Refinements by other packs, in pack order.
    pub refinements: Vec<Refinement>,
    /// How many of its checkpoints, of the answers that name it and of those that it shares are its own. The others come
    /// from refinements, and from answers that are like its own.
    pub own: (usize, usize, usize),
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
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Refinement {
    /// The pack that adds it.
    pub pack: RuleText,
    /// Its file, as shown to the user.
    pub file: RuleText,
    /// The id of the refined cause.
    pub cause: RuleText,
    /// The pathways on which it counts; empty: all.
    pub pathways: Vec<RuleText>,
    /// Replaces the cause's title.
    pub title: Option<RuleText>,
    /// Further checkpoints that refuse it.
    pub checkpoints: Vec<RuleText>,
    /// Sentences that follow the cause's `about`; may be empty.
    pub about: Late<RuleText>,
    /// Replaces the cause's `fix`.
    pub fix: Late<Option<Template>>,
    /// Sources of the added knowledge.
    pub references: Late<Vec<RuleText>>,
    /// Further answers that name the cause. An answer has its own pathways, so these count wherever it is recognised.
    pub named_by: Vec<RuleText>,
    /// Further answers that this and other causes get.
    pub answered_by: Vec<RuleText>,
    /// Further signs.
    pub signs: Late<Vec<Sign>>,
    /// Further examples; empty unless they were asked for.
    #[serde(skip)]
    pub examples: Vec<Example>,
}

/// When a pack applies to an exchange: `_pack.toml`. A pack without one applies to every exchange.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct PackScope {
    /// The pack.
    pub pack: RuleText,
    /// The pack whose scope it shares.
    pub part_of: Option<RuleText>,
    /// The condition for an exchange to belong to it. Exchanges on one of its pathways belong to it anyway.
    pub when: Option<Condition>,
    /// Whom to ask about its exchanges.
    pub contacts: Vec<Contact>,
}

/// Whom to ask about a refusal, and what.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Contact {
    /// Its name, with its article ("the support of the platform").
    pub name: RuleText,
    /// How to reach it; may be empty.
    pub reach: RuleText,
    /// The causes about which it is asked. Empty: all that no other contact has.
    pub causes: Vec<RuleText>,
    /// What to ask, in whole sentences.
    pub question: RuleText,
}

/// How common a cause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prevalence {
    /// Frequent.
    Common,
    /// Seen occasionally.
    Occasional,
    /// Seldom seen.
    Rare,
}

impl Prevalence {
    /// The weight that a cause of this prevalence gets from an answer that fits it.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Certainty {
    /// Stated or tested in a public source.
    Documented,
    /// Not stated by any source, but follows from them: at most `likely`.
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

/// How certain a cause is, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Verdict {
    /// The gateway named it, or the request cannot work as it was sent.
    Confirmed,
    /// Strong signs.
    Likely,
    /// Some signs.
    Possible,
    /// A defect at a checkpoint that the request has not reached.
    Next,
    /// A missing fact would decide.
    Undecided,
    /// Excluded, with a reason.
    RuledOut,
    /// Nothing supports it, and no missing fact would.
    Silent,
}

impl Verdict {
    /// Its name in JSON, in rule files and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Likely => "likely",
            Self::Possible => "possible",
            Self::Next => "next",
            Self::Undecided => "undecided",
            Self::RuledOut => "ruled-out",
            Self::Silent => "silent",
        }
    }

    /// Every verdict, best first.
    pub const ALL: [Self; 7] =
        [Self::Confirmed, Self::Likely, Self::Possible, Self::Next, Self::Undecided, Self::RuledOut, Self::Silent];
}

/// What to do where something certain is known of the request, such as its client: `[[fix-where]]`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct SpecialFix {
    /// When it is the fix.
    pub when: Condition,
    /// What to do.
    pub fix: Template,
    /// Its line in the file.
    pub line: usize,
}

/// A sign for or against a cause.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Sign {
    /// Its effect on the cause.
    pub effect: Effect,
    /// The reason shown in the report, with facts filled in.
    pub because: Late<Template>,
    /// The fact whose characters are underlined.
    pub points_at: Option<FactRef>,
    /// The condition under which the sign holds.
    pub when: Condition,
    /// Its line in the file.
    pub line: usize,
}

/// The effect of a sign on its cause.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Effect {
    /// The request cannot work as it is.
    Confirms,
    /// Adds this weight, between 0 and 1.
    Suggests(f64),
    /// A defect that is not necessarily fatal.
    Shows,
    /// Rules the cause out.
    Excludes,
}

/// Changes to the request that fix the fault.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct CorrectionRule {
    /// When they are made; `None`: whenever the cause is found.
    pub when: Option<Condition>,
    /// Whether the changes only write the request as the standard has it, so that they are right even where the cause is
    /// no more than possible.
    pub standard_form: bool,
    /// The changes where `when` does not hold.
    pub otherwise: Option<Box<CorrectionRule>>,
    /// Fields to set, in order.
    pub set_fields: Vec<(RuleText, Template)>,
    /// Fields to remove.
    pub remove_fields: Vec<RuleText>,
    /// Form parameters to set, in order.
    pub set_form: Vec<(RuleText, Template)>,
    /// The URL to call instead.
    pub set_url: Option<Template>,
    /// The method to use instead.
    pub set_method: Option<Template>,
}

/// An example of a cause; also a test.
#[derive(Debug)]
pub struct Example {
    /// Its name: what it shows.
    pub name: String,
    /// The verdict that the cause must get.
    pub verdict: String,
    /// The texts that the evidence must underline.
    pub underlines: Vec<String>,
    /// The facts that the report must ask for.
    pub needs: Vec<String>,
    /// The time of the request, as `--now` would set it.
    pub now: Option<String>,
    /// The public keys given, as `--jwks` would.
    pub jwks: Option<String>,
    /// The product set given, as `--product-set` would.
    pub product_set: Option<String>,
    /// The captured request, as pasted.
    pub capture: String,
    /// Its line in the file.
    pub line: usize,
}

/// A known answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Answer {
    /// Its id.
    pub id: RuleText,
    /// The more general answers that it is like: a cause that names one of them names this one too.
    pub like: Vec<RuleText>,
    /// The pathways that give it; empty: all.
    pub pathways: Vec<RuleText>,
    /// The checkpoint that gives it.
    pub checkpoint: RuleText,
    /// What the answer means, as shown in the report.
    pub says: Late<Template>,
    /// How sure that meaning is.
    pub certainty: Certainty,
    /// Whether servers also give it to other faults than those that refer to it. A vague answer rules out nothing, and
    /// a defect that the request shows comes before the cause that it names.
    pub is_vague: bool,
    /// Whether it counts only where no other answer of its pathway is recognised.
    pub is_fallback: bool,
    /// Whether it names a cause.
    pub names: bool,
    /// Whether causes share it.
    pub fits: bool,
    /// Sources of the knowledge.
    pub references: Late<Vec<RuleText>>,
    /// The condition by which it is recognised.
    pub when: Late<Condition>,
    /// The file and line, as shown to the user.
    pub place: (RuleText, usize),
    /// Its examples. Those of an answer in a cause file are the examples of the cause. Empty unless they were asked for.
    #[serde(skip)]
    pub examples: Vec<AnswerExample>,
}

/// An example of a known answer: a test.
#[derive(Debug)]
pub struct AnswerExample {
    /// Its name: what it shows.
    pub name: String,
    /// Whether the answer must be recognised, or must not be.
    pub is_recognised: bool,
    /// The captured request, as pasted.
    pub capture: String,
    /// Its line in the file, counted from 1.
    pub line: usize,
}

/// A gateway as an ordered list of checkpoints.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Pathway {
    /// Its id.
    pub id: RuleText,
    /// The pack that defines it.
    pub pack: RuleText,
    /// "the e-RS gateway".
    pub title: RuleText,
    /// The pathway whose answers are given here, too.
    pub like: Option<RuleText>,
    /// The exchanges that take it; `None` for the last resort.
    pub when: Option<Condition>,
    /// Whether the order and the statuses of its checkpoints are known. If not, a status is only a hint, and an answer
    /// rules out other causes only if it names one.
    pub is_documented: bool,
    /// Its checkpoints, in the order in which the gateway checks.
    pub checkpoints: Vec<Checkpoint>,
    /// The answers that it gives, once they were asked for.
    #[serde(skip)]
    pub(crate) answers: OnceLock<KnownAnswers>,
}

/// The answers that a pathway gives, by their numbers among those of the pack.
#[derive(Debug, Default)]
pub(crate) struct KnownAnswers {
    /// In the order of the pack.
    pub(crate) numbers: Vec<usize>,
    /// The same, in the order of their ids.
    pub(crate) by_id: Vec<usize>,
}

impl Pathway {
    /// The index of a checkpoint.
    #[must_use]
    pub fn position(&self, checkpoint: &str) -> Option<usize> {
        self.checkpoints.iter().position(|c| c.id == checkpoint)
    }
}

/// A checkpoint of a gateway.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Checkpoint {
    /// Its id.
    pub id: RuleText,
    /// Its title.
    pub title: RuleText,
    /// What it checks, as a question.
    pub checks: RuleText,
    /// The statuses that it can answer with; empty: unknown.
    pub statuses: Vec<u16>,
    /// Statuses that it has been seen to answer with, though they belong to other checks.
    pub rare_statuses: Vec<u16>,
    /// Whether it is known to answer with no other status.
    pub certain: bool,
}

/// An API.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Api {
    /// Its id.
    pub id: RuleText,
    /// Its title.
    pub title: RuleText,
    /// Its base paths (`/referrals`).
    pub bases: Vec<RuleText>,
    /// The kinds of credentials that it accepts.
    pub credentials: Vec<RuleText>,
    /// The same, for environments that differ.
    pub credentials_in: Vec<(RuleText, Vec<RuleText>)>,
    /// The access modes that it has.
    pub access_modes: Vec<RuleText>,
    /// Header fields that every operation requires.
    pub required: Vec<RuleText>,
    /// How its endpoints are numbered, where people name them by number in a text.
    pub numbering: Option<Numbering>,
}

/// How endpoints are numbered: `A042` has the prefix `A` and three digits.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Numbering {
    /// What is before the number.
    pub prefix: RuleText,
    /// How many digits the number has; people leave out leading zeros or add some.
    pub digits: usize,
}

/// An operation of an API.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Operation {
    /// The API's id.
    pub api: RuleText,
    /// Its id (`A042`).
    pub id: RuleText,
    /// Its name.
    pub name: RuleText,
    /// Its FHIR version.
    pub fhir: Option<RuleText>,
    /// Its method.
    pub method: RuleText,
    /// Its path after the base path; `{x}` is one segment.
    pub path: RuleText,
    /// The access modes that it allows; empty: those of the API.
    pub access_modes: Vec<RuleText>,
    /// The business functions that it allows in user-restricted access.
    pub business_functions: Vec<RuleText>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The operation that replaces it.
    pub superseded_by: Option<RuleText>,
    /// Required header fields, by access mode.
    pub required: Vec<(RuleText, Vec<RuleText>)>,
    /// Header fields that must not be sent, by access mode.
    pub forbidden: Vec<(RuleText, Vec<RuleText>)>,
}

/// An environment.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Environment {
    /// Its name (`int`).
    pub name: RuleText,
    /// Its title.
    pub title: RuleText,
    /// Its hosts.
    pub hosts: Vec<RuleText>,
    /// Base paths that belong to it, if a host serves several environments.
    pub bases: Vec<RuleText>,
    /// Its names in prose.
    pub words: Vec<RuleText>,
}

/// Words needed to read tickets: labels, fields, topics.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Vocabulary {
    /// Names of header fields without a hyphen, which would otherwise be read as labels.
    pub fields: Vec<RuleText>,
    /// Fields and parameters in which people put a token by mistake.
    pub token_fields: Vec<RuleText>,
    /// Fields and parameters whose value is a credential.
    pub secret_fields: Vec<RuleText>,
    /// Claims of a token that hold its scopes, roles or permissions.
    pub scope_claims: Vec<RuleText>,
    /// Members and fields of an answer that name the scopes that it asks for.
    pub needed_scopes: Vec<RuleText>,
    /// Members and fields of an answer that name the scopes that the token has.
    pub granted_scopes: Vec<RuleText>,
    /// Hosts of web pages, in lower case: a link to one is not a request.
    pub pages: Vec<RuleText>,
    /// Names of teams that answer tickets, in lower case.
    pub staff: Vec<RuleText>,
    /// Details that the text may give besides the exchange.
    pub mentions: Vec<MentionKind>,
    /// Topics that the text may mention.
    pub topics: Vec<TopicWords>,
}

/// A detail that the text may give besides the exchange.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct MentionKind {
    /// Its kind (`app-id`): the last part of the fact `mention.*`.
    pub kind: RuleText,
    /// The pack that defines it.
    pub pack: RuleText,
    /// Its title.
    pub title: RuleText,
    /// The labels that people write before it; case is ignored.
    pub labels: Vec<RuleText>,
    /// What a value looks like.
    pub value: Pattern,
    /// A header field that also gives it.
    pub field: Option<RuleText>,
    /// Whether support asks for it.
    pub support: bool,
}

/// A topic of a ticket.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct TopicWords {
    /// Its id.
    pub id: RuleText,
    /// The phrases that mention it.
    pub phrases: Vec<RuleText>,
}

/// What is known about the product set of an ASID: the endpoints that a calling system is registered for.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ProductSetRules {
    /// The API whose endpoints need a product set; empty: no API does.
    pub api: RuleText,
    /// The cause that a product set decides.
    pub cause: RuleText,
    /// The topic of tickets that mention it.
    pub topic: RuleText,
    /// Prefix of its interaction ids.
    pub namespace: RuleText,
    /// The name of such interactions in reports ("e-RS FHIR").
    pub title: RuleText,
    /// Interactions that are publicly known to belong to an endpoint.
    pub interactions: Late<Vec<KnownInteraction>>,
    /// Words that interaction names may begin with.
    pub verbs: Late<Vec<Verbs>>,
    /// Endpoints that were introduced late: id and date.
    pub since: Late<Vec<(RuleText, RuleText)>>,
    /// Sentences for the report.
    pub says: Late<Vec<Say>>,
    /// The email that asks for it.
    pub draft: Late<Option<DraftRule>>,
}

/// An interaction that is publicly known to belong to an endpoint.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct KnownInteraction {
    /// The endpoint (`A030`).
    pub endpoint: RuleText,
    /// The id of the interaction.
    pub id: RuleText,
    /// How sure that meaning is.
    pub certainty: Certainty,
    /// Sources of the knowledge.
    pub references: Vec<RuleText>,
}

/// Words that the names of one kind of interaction may begin with.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Verbs {
    /// The method of the operation.
    pub method: RuleText,
    /// Whether the path names one instance, or only a type.
    pub instance: bool,
    /// The words, in upper case.
    pub words: Vec<RuleText>,
}

/// A sentence about a product set.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Say {
    /// Its purpose.
    pub part: SayPart,
    /// The sentence.
    pub text: Template,
    /// A command to print after it.
    pub command: Option<Template>,
    /// How sure it is.
    pub certainty: Certainty,
    /// When it is printed.
    pub when: Condition,
}

/// The purpose of a sentence about a product set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SayPart {
    /// Whom to ask for what.
    Ask,
    /// How to get a product set.
    Get,
    /// A caution.
    Caution,
}

/// The email that asks for a product set.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct DraftRule {
    /// The recipient.
    pub to: RuleText,
    /// Its subject.
    pub subject: Template,
    /// Its first paragraph.
    pub opening: Template,
    /// Its last paragraph.
    pub closing: Template,
    /// The kinds of mentions that it includes.
    pub mentions: Vec<RuleText>,
}

/// A mistake in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The path of its file, as shown to the user.
    pub file: String,
    /// Its text.
    pub source: Arc<str>,
    /// The span of the mistake in `text`.
    pub span: Span,
    /// What was found.
    pub found: String,
    /// What was expected, and what to do.
    pub expected: String,
}
