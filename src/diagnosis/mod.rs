//! Findings in, a ranked diagnosis out: what the response says about every cause, what would be refused next, which
//! facts to find out, and what the request should have been.

pub(crate) mod compare;
mod correction;
mod elimination;
mod known;
pub(crate) mod model;
mod nearly;
mod product_set;
mod questions;
mod render;
mod scope;
pub(crate) mod seen;
mod support;
mod system;
mod thread;
mod verdict;
mod worded;

use std::cell::OnceCell;
use std::ops::Range;

use model::{
    AnswerView, CheckpointState, CheckpointView, Diagnosis, EndpointView, ExchangeDiagnosis, FieldView, MentionList,
    MentionView, Outcome, PathwayView, Question, RequestView, ResponseView, SharedMentions, Undecided, Verdict,
};

use crate::capture::model::{Capture, Exchange, Field, Mention, Note, Thread};
use crate::engine::evaluate::{evaluate, is_met};
use crate::engine::judge;
use crate::engine::truth::Truth;
use crate::evidence::{self, ExchangeFacts};
use crate::facts::endpoint::HostFacts;
use crate::facts::response::{RefusalFacts, StatusFacts};
use crate::facts::{Fact, FactRef, Facts, Observed};
use crate::options::Options;
use crate::pack::model::{Answer, Condition, Pack, Pathway};
use crate::product_set::ticket::Statement;
use crate::redact::Redactor;
use crate::sensitive;
use crate::text::{self, Decoded, Lines, Span, Text};
use elimination::GatewayTrace;
use known::KnownLists;
use nearly::KnownWordings;
use scope::Scope;

/// What is asked of a diagnosis.
#[derive(Clone, Debug, PartialEq, Eq)]
enum DiagnosisDepth {
    Everything,
    /// Verdicts and what a table of many exchanges shows, of those that begin in this part of the input. Why, what comes next
    /// and how the request should have been are left out.
    Verdicts(Range<usize>),
}

/// Reads a paste and says why its requests were refused. Any bytes are answered.
#[must_use]
pub fn diagnose(bytes: &[u8], pack: &Pack, options: &Options) -> Diagnosis {
    diagnose_as(bytes, pack, options, &DiagnosisDepth::Everything)
}

/// The verdicts on the exchanges that begin in this part of a text, without their reasons. The others are only read, for what
/// they tell of these.
#[cfg(feature = "cli")]
pub(crate) fn verdicts(text: &str, part: &Range<usize>, pack: &Pack, options: &Options) -> Diagnosis {
    diagnose_as(text.as_bytes(), pack, options, &DiagnosisDepth::Verdicts(part.clone()))
}

fn diagnose_as(bytes: &[u8], pack: &Pack, options: &Options, depth: &DiagnosisDepth) -> Diagnosis {
    let decoded = crate::carrier::open(text::decode(bytes));
    let paste = Text::paste(&decoded.text);
    let capture = evidence::capture(&paste, pack, options);
    let redactor =
        sensitive::by_any_reader(&capture, &paste, pack, options.from).redactor(paste.as_str(), &options.mask);
    // What was opened before it could be read has other places.
    let is_asked = |exchange: &Exchange| match depth {
        DiagnosisDepth::Everything => true,
        DiagnosisDepth::Verdicts(part) => paste.len() != bytes.len() || part.contains(&exchange.at.start),
    };
    let is_brief = *depth != DiagnosisDepth::Everything;
    let said = match is_brief {
        true => SharedMentions::default(),
        false => SharedMentions::of(capture.mentions.iter().map(|m| mention(m, pack, &redactor)).collect()),
    };
    let (stated, wordings) = (OnceCell::new(), OnceCell::new());
    let (undecided, questions) = (KnownLists::default(), KnownLists::default());
    // Where the gateway is documented, no system counts; only the user's own rules may ask about one.
    let asks_for_systems =
        |facts: &Facts| pack.has_own_rules || pathway(pack, facts).is_none_or(|pathway| !pathway.is_documented);
    let context = SharedContext {
        paste: &paste,
        said: &said,
        stated: &stated,
        undecided: &undecided,
        questions: &questions,
        wordings: &wordings,
        pack,
        options,
        redactor: &redactor,
        is_brief,
    };
    let mut exchanges: Vec<ExchangeDiagnosis> = evidence::gather_for(&capture, &paste, pack, options, asks_for_systems)
        .into_iter()
        .zip(&capture.exchanges)
        .map(|(mut evidence, exchange)| match is_asked(exchange) {
            true => one(exchange, &mut evidence, context),
            false => unjudged(exchange, outcome(exchange, &evidence.facts), context),
        })
        .collect();
    if let Some(thread) = &capture.thread {
        thread::supersede(thread, &mut exchanges);
    }
    let lines = Lines::of(paste.as_str());
    if is_brief {
        return Diagnosis { lines, exchanges, first: None, notes: Vec::new(), thread: None, paste: redactor };
    }
    let first = first(&exchanges, capture.thread.as_ref());
    let thread = capture.thread.as_ref().map(|t| thread::view(t, &capture, &exchanges, first, pack, &redactor));
    let mut notes = notes(&capture, &decoded);
    let refused = exchanges.iter().any(|e| e.outcome != Outcome::Accepted);
    if options.product_set.is_some() && refused && exchanges.iter().all(|e| e.product_set.is_none()) {
        let says =
            "the product set was not used: none of the refused requests is to an API with product sets".to_owned();
        notes.push(Note { says, span: Span::new(0, 0) });
    }
    if options.draft && exchanges.iter().all(|e| e.draft.is_none()) {
        let says = "no email was drafted: none of the refused requests is to an API with product sets".to_owned();
        notes.push(Note { says, span: Span::new(0, 0) });
    }
    Diagnosis { lines, exchanges, first, notes, thread, paste: redactor }
}

/// The exchange to read first: the refused one with the strongest cause. In a thread, the one of the latest post. A refusal
/// of which no cause is known comes after a request with a defect that would be refused.
fn first(exchanges: &[ExchangeDiagnosis], thread: Option<&Thread>) -> Option<usize> {
    let rank = |exchange: &ExchangeDiagnosis| {
        let verdict = exchange.causes.first().map_or(Verdict::Silent, |c| c.verdict);
        let outcome = match exchange.outcome {
            Outcome::Refused if verdict <= Verdict::Possible => 0,
            Outcome::Unclear if verdict <= Verdict::Possible => 1,
            Outcome::NoAnswer if verdict <= Verdict::Likely => 2,
            Outcome::Refused => 3,
            Outcome::Unclear => 4,
            Outcome::NoAnswer => 5,
            Outcome::Accepted => 6,
        };
        let post = thread.and_then(|t| t.post_of(exchange.at.start));
        let is_of_others = thread.is_some_and(|t| t.is_of_others(exchange.at.start));
        (exchange.superseded_by.is_some(), outcome, is_of_others, std::cmp::Reverse(post), verdict)
    };
    (0..exchanges.len()).min_by_key(|&i| (rank(&exchanges[i]), i))
}

fn notes(capture: &Capture, decoded: &Decoded) -> Vec<Note> {
    let mut notes = capture.notes.clone();
    if let Some(&at) = decoded.replaced.first() {
        let count = decoded.replaced.len();
        let says = format!(
            "{count} invalid {} {} replaced, the first here",
            decoded.encoding,
            if count == 1 { "sequence was" } else { "sequences were" }
        );
        notes.push(Note { says, span: Span::new(at, at + '\u{FFFD}'.len_utf8()) });
    }
    if !decoded.opened.is_empty() {
        let says =
            format!("this is {}; lines and columns count in the text inside it", decoded.opened.join(", and in it "));
        notes.push(Note { says, span: Span::new(0, 0) });
    }
    notes.sort_by_key(|n| n.span);
    notes.dedup_by(|a, b| a.says == b.says && a.span == b.span);
    notes
}

/// The pathway of an exchange: by where the request went, or else by words that only one gateway is known to use.
fn pathway<'p>(pack: &'p Pack, facts: &Facts) -> Option<&'p Pathway> {
    // Only a proxy in front of the server answers with 407 (RFC 9110, section 15.5.8).
    if facts.number(StatusFacts::status()) == Some(407) {
        return pack.pathways.iter().find(|p| p.when.is_none());
    }
    let chosen = pack.pathways.iter().find(|p| p.when.as_ref().is_none_or(|when| leads_to(when, facts)));
    if chosen.is_some_and(|p| p.when.is_some()) || !facts.list("endpoint.credentials").is_empty() {
        return chosen;
    }
    let by_words = pack.answers.iter().find_map(|answer| {
        let only = answer.pathways.first().filter(|_| answer.pathways.len() == 1 && answer.names)?;
        let is_of_words = |fact: &FactRef| fact.name.starts_with("refusal.");
        (is_met(&answer.when, facts) && answer.when.uses(&is_of_words)).then_some(only)
    });
    by_words.and_then(|id| pack.pathways.iter().find(|p| p.id == *id)).or(chosen)
}

/// Whether a request went to the gateway of a condition. A client takes its own fields along when it follows a redirect, so
/// they do not show a gateway where the host is one that no pack knows.
fn leads_to(when: &Condition, facts: &Facts) -> bool {
    if !is_met(when, facts) {
        return false;
    }
    if !matches!(facts.get(HostFacts::environment()), Fact::Absent(_)) {
        return true;
    }
    let Truth::Holds(by) = evaluate(when, facts) else { return false };
    let of_fields: Vec<Span> = when
        .facts()
        .iter()
        .filter(|fact| fact.name.starts_with("request.field"))
        .flat_map(|fact| facts.spans(*fact).iter().copied())
        .collect();
    by.is_empty() || !by.iter().all(|span| of_fields.contains(span))
}

/// What the known answers of a pathway say to an exchange.
pub(crate) struct Recognition<'p> {
    /// Whether causes are looked for: the request was not accepted.
    pub(crate) is_judged: bool,
    /// The answers that the pathway may have given. Empty where none is shown.
    pub(crate) known: Vec<&'p Answer>,
    /// Those that were recognised.
    pub(crate) recognised: Vec<&'p Answer>,
    /// Whether one of them names a fault, so that its words need not be read.
    pub(crate) names_a_cause: bool,
}

/// Recognises the answer of an exchange and does nothing else.
pub(crate) fn recognition<'p>(exchange: &Exchange, facts: &Facts, pack: &'p Pack) -> Recognition<'p> {
    let outcome = outcome(exchange, facts);
    let trace = GatewayTrace::of(pack, pathway(pack, facts), facts, outcome);
    let recognised = trace.recognised();
    let names_a_cause = trace.names_a_cause();
    let is_shown = matches!(outcome, Outcome::Refused | Outcome::Unclear);
    let known = if is_shown { trace.known().collect() } else { Vec::new() };
    Recognition { is_judged: outcome != Outcome::Accepted, known, recognised, names_a_cause }
}

fn outcome(exchange: &Exchange, facts: &Facts) -> Outcome {
    match facts.number("response.status") {
        Some(status) if status >= 400 => return Outcome::Refused,
        Some(_) => return Outcome::Accepted,
        None => {}
    }
    let body = exchange.response.as_ref().and_then(|r| r.body.text());
    match body {
        // The body of a token response shows success even without its status.
        Some(body) if body.as_str().contains("access_token") && facts.text("response.error").is_none() => {
            Outcome::Accepted
        }
        _ if exchange.response.is_some() => Outcome::Unclear,
        _ => Outcome::NoAnswer,
    }
}

/// What the diagnoses of all exchanges of a paste share.
#[derive(Clone, Copy)]
struct SharedContext<'a> {
    paste: &'a Text,
    said: &'a SharedMentions,
    /// What the text says about the product set, once it is asked for.
    stated: &'a OnceCell<Option<Statement>>,
    undecided: &'a KnownLists<Undecided>,
    questions: &'a KnownLists<Question>,
    /// The wordings of known answers, once a message is not one of them.
    wordings: &'a OnceCell<KnownWordings<'a>>,
    pack: &'a Pack,
    options: &'a Options,
    redactor: &'a Redactor,
    /// Whether only verdicts are asked for.
    is_brief: bool,
}

/// An exchange about which nothing is said.
fn unjudged(exchange: &Exchange, outcome: Outcome, context: SharedContext<'_>) -> ExchangeDiagnosis {
    ExchangeDiagnosis {
        mentions: MentionList::new(Vec::new(), context.said),
        ..ExchangeDiagnosis::unjudged(exchange.at, exchange.format, outcome, exchange.request.extent.clone())
    }
}

fn one(exchange: &Exchange, evidence: &mut ExchangeFacts<'_>, context: SharedContext<'_>) -> ExchangeDiagnosis {
    let SharedContext { paste, pack, options, redactor, .. } = context;
    let mut outcome = outcome(exchange, &evidence.facts);
    let pathway = pathway(pack, &evidence.facts);
    // What is known of any system has nothing to say where the gateway itself is documented.
    let of_system = match pathway {
        Some(pathway) if pathway.is_documented => None,
        _ => system::recognise(evidence, pack, paste.as_str()),
    };
    // Some systems refuse with a page, or with an error in an answer of 200.
    if outcome == Outcome::Accepted
        && evidence.facts.number("response.status").is_some_and(|s| of_system.as_ref().is_some_and(|r| r.refuses(s)))
    {
        outcome = Outcome::Refused;
    }
    let mut trace = GatewayTrace::of(pack, pathway, &evidence.facts, outcome);
    if of_system.is_none()
        && let Some(near) = near(context, &trace, &mut evidence.facts)
    {
        trace = near;
    }
    if !evidence.in_other_case.is_empty() {
        let mut facts = evidence.facts.clone();
        facts.set(RefusalFacts::message(), Observed::list(evidence.in_other_case.clone()));
        let other = GatewayTrace::of(pack, trace.pathway, &facts, outcome);
        trace = trace.beside(&other);
    }
    let pathway = trace.pathway;
    if let Some(recognised) = of_system.filter(|_| outcome != Outcome::Accepted) {
        let worded = system::worded(&recognised, evidence, redactor);
        if recognised.comes_first() {
            trace.give_way(pack, &worded.causes);
        }
        evidence.worded = Some(worded);
    }
    // A known answer is surer than any reading of words.
    else if outcome != Outcome::Accepted && !trace.names_a_cause() {
        evidence::reading::read(evidence, pack.words.table(), paste.as_str());
    }
    let evidence = &*evidence;
    let facts = &evidence.facts;
    let scope = Scope::of(pack, pathway, facts);
    let mut diagnosis = ExchangeDiagnosis {
        request: request(exchange, facts, redactor, context.is_brief),
        response: response(exchange, evidence, context),
        endpoint: endpoint(evidence),
        ..unjudged(exchange, outcome, context)
    };
    if context.is_brief {
        diagnosis.support = support::time(evidence, pack, redactor);
    } else {
        let own = evidence.own_mentions.iter().map(|m| mention(m, pack, redactor));
        diagnosis.mentions = MentionList::new(own.collect(), context.said);
        diagnosis.pathway = pathway.map(|p| pathway_view(p, &trace));
        diagnosis.answer = trace.primary().map(|(answer, spans)| AnswerView {
            id: answer.id.to_string(),
            checkpoint: answer.checkpoint.to_string(),
            says: trace.says(answer, facts, redactor),
            certainty: trace.certainty,
            spans: spans.to_vec(),
        });
        diagnosis.support = support::list(exchange, evidence, pack, &scope, redactor);
    }
    if outcome == Outcome::Accepted {
        return diagnosis;
    }
    let worded = evidence.worded.as_ref();
    let in_question = pack.causes.iter().filter(|c| verdict::is_in_question(c, &trace, &scope, worded));
    let mut findings = judge(in_question, facts, |r| scope.refines(r));
    if let Some(worded) = worded {
        worded::add(&mut findings, worded, &trace, &scope);
    }
    if context.is_brief {
        let decided = verdict::brief(findings, &trace, facts, redactor);
        diagnosis.causes = verdict::views(decided, &trace);
        return diagnosis;
    }
    let verdicts = verdict::all(&findings, &trace, facts, redactor);
    let topics = [facts.list("mention.topics"), facts.list("mention.suspected")].concat();
    let undecided = verdict::sort_into(&mut diagnosis, verdicts, &trace, &topics);
    diagnosis.undecided = context.undecided.shared(undecided);
    diagnosis.questions = context.questions.shared(questions::ask(&diagnosis, pack));
    // The rules correct the field of a server.
    if !crate::facts::is_of_proxy(facts) {
        diagnosis.correction = correction::build(exchange, &diagnosis, pack, facts, redactor);
    }
    predict(&mut diagnosis);
    diagnosis.product_set = product_set::view(&diagnosis, evidence, pack, options, redactor, context.stated);
    diagnosis.draft = product_set::draft(&diagnosis, evidence, pack, options, redactor);
    diagnosis
}

/// How far a request came if a message that is nearly a known answer is that answer. `None`, and no fact changed, where the
/// answer is known as it is, or none is near.
fn near<'p>(context: SharedContext<'p>, trace: &GatewayTrace<'p>, facts: &mut Facts) -> Option<GatewayTrace<'p>> {
    let SharedContext { pack, wordings, .. } = context;
    let messages = facts.items(RefusalFacts::message()).to_vec();
    let is_shown = matches!(trace.outcome, Outcome::Refused | Outcome::Unclear);
    if !is_shown || trace.names_a_cause() || messages.is_empty() {
        return None;
    }
    // Of a gateway that is not known, only words that one pathway alone uses show which it is.
    let is_asked = |answer: &Answer| match trace.is_documented() {
        true => trace.knows(std::slice::from_ref(&answer.id)),
        false => answer.names && answer.pathways.len() == 1,
    };
    let near = wordings.get_or_init(|| KnownWordings::of(pack)).add(is_asked, facts)?;
    let found = GatewayTrace::of(pack, pathway(pack, facts), facts, trace.outcome);
    if found.names_a_cause() || trace.primary().is_none() && found.primary().is_some() {
        return Some(found.nearly(near));
    }
    facts.set(RefusalFacts::message(), Observed::list(messages));
    None
}

/// For a request without a response: how far it would get.
fn predict(diagnosis: &mut ExchangeDiagnosis) {
    if diagnosis.outcome != Outcome::NoAnswer {
        return;
    }
    let Some(cause) = diagnosis.causes.first().filter(|c| c.verdict <= Verdict::Likely) else { return };
    let Some(pathway) = &mut diagnosis.pathway else { return };
    let Some(at) = pathway.checkpoints.iter().position(|c| c.id == cause.checkpoint) else { return };
    for (i, checkpoint) in pathway.checkpoints.iter_mut().enumerate() {
        if i == at {
            checkpoint.state = CheckpointState::Possible;
        } else if i > at {
            checkpoint.state = CheckpointState::NotReached;
        }
    }
}

fn request(exchange: &Exchange, facts: &Facts, redactor: &Redactor, is_brief: bool) -> RequestView {
    let request = &exchange.request;
    let url = request.url.as_ref().map(|url| {
        let target = url.as_str();
        match facts.text("request.host") {
            Some(host) if target.starts_with('/') => redactor.clean(&format!("https://{host}{target}")),
            _ => redactor.clean(target),
        }
    });
    let fields = if is_brief { Vec::new() } else { fields(&request.fields, redactor) };
    let method = request.method.as_ref().map(|m| redactor.clean(m.as_str()));
    RequestView { method, url, fields, extent: request.extent.clone() }
}

fn fields(fields: &[Field], redactor: &Redactor) -> Vec<FieldView> {
    let shown = |f: &Field| FieldView {
        name: redactor.clean(f.name.as_str()),
        value: redactor.clean(f.value.as_str()),
        span: f.value.span(),
    };
    fields.iter().map(shown).collect()
}

fn response(exchange: &Exchange, evidence: &ExchangeFacts<'_>, context: SharedContext<'_>) -> Option<ResponseView> {
    let SharedContext { redactor, is_brief, .. } = context;
    let facts = &evidence.facts;
    let line = facts.number("response.status-line").or_else(|| facts.number("response.status"));
    let status = line.and_then(|s| u16::try_from(s).ok());
    // What the asker says in a sentence of his own are not the words of the response.
    let messages = facts.list("refusal.message");
    let message = messages.first().filter(|_| !is_brief && !evidence.is_told_in_sentence).map(|m| redactor.clean(m));
    let response = exchange.response.as_ref();
    if response.is_none() && status.is_none() {
        return None;
    }
    Some(ResponseView {
        status,
        reason: response.filter(|_| !is_brief).and_then(|r| r.reason.as_ref()).map(|r| redactor.clean(r.as_str())),
        fields: response.filter(|_| !is_brief).map(|r| fields(&r.fields, redactor)).unwrap_or_default(),
        message,
        span: response.and_then(|r| r.status).map(|s| s.span),
    })
}

fn mention(mention: &Mention, pack: &Pack, redactor: &Redactor) -> MentionView {
    let kind = &mention.kind;
    let known = pack.vocabulary.mentions.iter().find(|m| m.kind == *kind);
    MentionView {
        kind: kind.clone(),
        title: known.map_or_else(|| kind.clone(), |m| m.title.to_string()),
        value: redactor.clean(mention.value.as_str()),
        span: mention.value.span(),
    }
}

fn endpoint(evidence: &ExchangeFacts<'_>) -> EndpointView {
    let place = &evidence.place;
    let operation = place.operation.or(place.said.operation);
    let environment = place.environment.or(place.said.environment);
    EndpointView {
        api: place.api.map(|a| a.id.to_string()),
        api_title: place.api.map(|a| a.title.to_string()),
        id: operation.map(|o| o.id.to_string()),
        name: operation.map(|o| o.name.to_string()),
        fhir: evidence.facts.text("endpoint.fhir").map(str::to_owned),
        environment: environment.map(|e| e.name.to_string()),
        environment_title: environment.map(|e| e.title.to_string()),
        said_in_text: place.said.operation.is_some() || place.said.environment.is_some(),
    }
}

fn pathway_view(pathway: &Pathway, trace: &GatewayTrace<'_>) -> PathwayView {
    let checkpoints = pathway
        .checkpoints
        .iter()
        .enumerate()
        .map(|(i, c)| CheckpointView { id: c.id.to_string(), title: c.title.to_string(), state: trace.state(i) })
        .collect();
    PathwayView { title: pathway.title.to_string(), checkpoints }
}
