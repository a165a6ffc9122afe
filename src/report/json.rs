//! The report for programs, version 1.
//!
//! These structs are the contract and are frozen: they are made from a diagnosis, not derived from it, so that the
//! model may change without a reader noticing. What is not known is `null`, never left out. Spans count bytes of the
//! paste as decoded to UTF-8, lines and columns count from 1, columns in characters. The schema is
//! `schema/report.v1.schema.json`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{BufWriter, Write as _};

use serde::Serialize;
use serde::ser::SerializeSeq as _;

use super::line_index::LineIndex;
use super::set_owner::SetOwnerJson;
use crate::capture::model::Extent;
use crate::diagnosis::model as view;
use crate::diagnosis::model::{CheckpointState, CorrectionMark, Diagnosis, Outcome, Verdict};
use crate::pack::model::Certainty;
use crate::text::Span as ByteSpan;

/// The version of the contract.
pub(crate) const VERSION: u32 = 1;

/// So many bytes are handed to the writer at once.
const GATHERED: usize = 1 << 14;

/// The whole report. What is written of an exchange is made when it is written: a log has thousands of them.
#[derive(Debug)]
pub struct Report<'d> {
    files: Vec<(&'d str, &'d Diagnosis)>,
}

#[derive(Serialize)]
struct ReportJson<E> {
    version: u32,
    exchanges: E,
    notes: Vec<NoteJson>,
    threads: Vec<ThreadJson>,
}

#[derive(Debug, Serialize)]
struct ThreadJson {
    file: String,
    order_is_known: bool,
    solved: Option<SpanJson>,
    posts: Vec<PostJson>,
    superseded: Vec<SupersededJson>,
    suspected: Vec<SuspectedJson>,
}

#[derive(Debug, Serialize)]
struct PostJson {
    role: &'static str,
    span: SpanJson,
}

#[derive(Debug, Serialize)]
struct SupersededJson {
    title: String,
    value: String,
    span: SpanJson,
    now: String,
    now_span: SpanJson,
}

#[derive(Debug, Serialize)]
struct SuspectedJson {
    words: String,
    span: SpanJson,
    causes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ExchangeJson {
    source: SourceJson,
    superseded_by: Option<usize>,
    request: RequestJson,
    response: Option<ResponseJson>,
    mentions: BTreeMap<String, String>,
    endpoint: EndpointJson,
    outcome: &'static str,
    answer: Option<AnswerJson>,
    pathway: Vec<CheckpointJson>,
    causes: Vec<CauseJson>,
    next: Vec<CauseJson>,
    ruled_out: Vec<RuledOutJson>,
    undecided: Vec<UndecidedJson>,
    questions: Vec<QuestionJson>,
    correction: Option<CorrectionJson>,
    support: SupportJson,
    product_set: Option<ProductSetJson>,
}

#[derive(Debug, Serialize)]
struct ExchangeLineJson<'r> {
    version: u32,
    #[serde(flatten)]
    exchange: &'r ExchangeJson,
}

#[derive(Debug, Serialize)]
struct SourceJson {
    file: String,
    line: usize,
}

#[derive(Debug, Serialize)]
struct SpanJson {
    start: usize,
    end: usize,
    line: usize,
    column: usize,
}

#[derive(Debug, Serialize)]
struct RequestJson {
    method: Option<String>,
    url: Option<String>,
    extent: &'static str,
    headers: Vec<HeaderJson>,
}

#[derive(Debug, Serialize)]
struct HeaderJson {
    name: String,
    value: String,
    span: SpanJson,
}

#[derive(Debug, Serialize)]
struct ResponseJson {
    status: Option<u16>,
    reason: Option<String>,
    headers: Vec<HeaderJson>,
    message: Option<String>,
}

#[derive(Debug, Serialize)]
struct EndpointJson {
    api: Option<String>,
    id: Option<String>,
    name: Option<String>,
    fhir: Option<String>,
    environment: Option<String>,
    said_in_text: bool,
}

#[derive(Debug, Serialize)]
struct AnswerJson {
    id: String,
    checkpoint: String,
    says: String,
    certainty: &'static str,
}

#[derive(Debug, Serialize)]
struct CheckpointJson {
    id: String,
    title: String,
    state: &'static str,
}

#[derive(Debug, Serialize)]
struct CauseJson {
    id: String,
    verdict: &'static str,
    score: f64,
    title: String,
    checkpoint: String,
    certainty: &'static str,
    evidence: Vec<EvidenceJson>,
    fix: String,
    references: Vec<String>,
}

#[derive(Debug, Serialize)]
struct EvidenceJson {
    says: String,
    span: Option<SpanJson>,
}

#[derive(Debug, Serialize)]
struct RuledOutJson {
    id: String,
    title: String,
    because: String,
    span: Option<SpanJson>,
}

#[derive(Debug, Serialize)]
struct UndecidedJson {
    id: String,
    title: String,
    needs: Vec<NeedJson>,
}

#[derive(Debug, Serialize)]
struct NeedJson {
    fact: Cow<'static, str>,
    says: &'static str,
    how: &'static str,
}

#[derive(Debug, Serialize)]
struct QuestionJson {
    how: &'static str,
    facts: Vec<Cow<'static, str>>,
    decides: Vec<String>,
}

#[derive(Debug, Serialize)]
struct CorrectionJson {
    lines: Vec<CorrectionLineJson>,
}

#[derive(Debug, Serialize)]
struct CorrectionLineJson {
    mark: &'static str,
    text: String,
}

#[derive(Debug, Serialize)]
struct SupportJson {
    has: Vec<HasJson>,
    lacks: Vec<LacksJson>,
}

#[derive(Debug, Serialize)]
struct HasJson {
    title: String,
    value: String,
}

#[derive(Debug, Serialize)]
struct LacksJson {
    title: String,
    how: String,
}

#[derive(Debug, Serialize)]
struct ProductSetJson {
    verdict: &'static str,
    reason: Option<&'static str>,
    form: Option<&'static str>,
    endpoint: Option<String>,
    says: Option<String>,
    #[serde(flatten)]
    owner: SetOwnerJson,
    listed: Vec<String>,
    interactions: Vec<String>,
    endpoints: Vec<ListingJson>,
    asids: Vec<AsidListingJson>,
    notes: Vec<String>,
    ask: Vec<AdviceJson>,
    get: Vec<AdviceJson>,
    cautions: Vec<AdviceJson>,
}

#[derive(Debug, Serialize)]
struct AdviceJson {
    says: String,
    command: Option<String>,
}

#[derive(Debug, Serialize)]
struct ListingJson {
    id: String,
    verdict: &'static str,
}

#[derive(Debug, Serialize)]
struct AsidListingJson {
    asid: String,
    verdict: &'static str,
}

#[derive(Debug, Serialize)]
struct NoteJson {
    file: String,
    says: String,
    span: SpanJson,
}

impl<'d> Report<'d> {
    /// The report of one or more pastes, each with the name of its file.
    pub fn new(pastes: impl IntoIterator<Item = (&'d str, &'d Diagnosis)>) -> Self {
        Self { files: pastes.into_iter().collect() }
    }

    /// Gives each exchange to a function, until one fails.
    fn each<E>(&self, mut give: impl FnMut(&ExchangeJson) -> Result<(), E>) -> Result<(), E> {
        let mut before = 0;
        for (file, diagnosis) in &self.files {
            let paste = Paste { file, places: &LineIndex::new(&diagnosis.paste, &diagnosis.lines) };
            diagnosis.exchanges.iter().try_for_each(|e| give(&paste.exchange(e, before)))?;
            before += diagnosis.exchanges.len();
        }
        Ok(())
    }

    fn json(&self) -> ReportJson<&Self> {
        let mut json = ReportJson { version: VERSION, exchanges: self, notes: Vec::new(), threads: Vec::new() };
        for (file, diagnosis) in &self.files {
            let paste = Paste { file, places: &LineIndex::new(&diagnosis.paste, &diagnosis.lines) };
            json.threads.extend(diagnosis.thread.as_ref().map(|t| paste.thread(t)));
            json.notes.extend(diagnosis.notes.iter().map(|n| NoteJson {
                file: (*file).to_owned(),
                says: n.says.clone(),
                span: paste.span(n.span),
            }));
            // That a file is of no use is said where a program that reads only the notes sees it.
            let sets = diagnosis.exchanges.iter().filter_map(|e| Some((e.at, e.product_set.as_ref()?)));
            let unusable = sets.filter_map(|(at, set)| Some((at, super::product_set::unusable(set)?)));
            json.notes.extend(unusable.map(|(at, says)| NoteJson {
                file: (*file).to_owned(),
                says,
                span: paste.span(at),
            }));
        }
        json
    }

    /// Writes it, indented, with a line end.
    ///
    /// # Errors
    /// Whatever the writer fails with.
    pub fn write(&self, out: impl std::io::Write) -> std::io::Result<()> {
        // Each name and each indentation is written by itself: gathered here, a writer behind a pointer is called seldom.
        let mut out = BufWriter::with_capacity(GATHERED, out);
        serde_json::to_writer_pretty(&mut out, &self.json())?;
        out.write_all(b"\n")?;
        out.flush()
    }

    /// Writes one line for each exchange: its object with the version of the contract.
    ///
    /// # Errors
    /// Whatever the writer fails with.
    pub fn write_lines(&self, out: impl std::io::Write) -> std::io::Result<()> {
        let mut out = BufWriter::with_capacity(GATHERED, out);
        self.each(|exchange| {
            serde_json::to_writer(&mut out, &ExchangeLineJson { version: VERSION, exchange })?;
            out.write_all(b"\n")
        })?;
        out.flush()
    }
}

/// The exchanges as a list.
impl Serialize for &Report<'_> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut list = to.serialize_seq(None)?;
        self.each(|exchange| list.serialize_element(exchange))?;
        list.end()
    }
}

/// What the parts of a diagnosis need to become the report's.
#[derive(Clone, Copy)]
struct Paste<'a> {
    file: &'a str,
    places: &'a LineIndex<'a>,
}

impl Paste<'_> {
    fn span(self, span: ByteSpan) -> SpanJson {
        let (line, column) = self.places.position(span.start);
        SpanJson { start: span.start, end: span.end, line, column }
    }

    fn thread(self, thread: &view::ThreadView) -> ThreadJson {
        let posts = thread.posts.iter().map(|p| PostJson { role: p.role.name(), span: self.span(p.span) });
        let superseded = thread.earlier.iter().map(|e| SupersededJson {
            title: e.title.clone(),
            value: e.value.clone(),
            span: self.span(e.span),
            now: e.now.clone(),
            now_span: self.span(e.now_span),
        });
        let suspected = thread.suspected.iter().map(|s| SuspectedJson {
            words: s.words.clone(),
            span: self.span(s.span),
            causes: s.causes.iter().map(|(id, ..)| id.clone()).collect(),
        });
        ThreadJson {
            file: self.file.to_owned(),
            order_is_known: thread.order_is_known,
            solved: thread.solved.map(|span| self.span(span)),
            posts: posts.collect(),
            superseded: superseded.collect(),
            suspected: suspected.collect(),
        }
    }

    /// An exchange; `before` counts those of the files before this one.
    fn exchange(self, exchange: &view::ExchangeDiagnosis, before: usize) -> ExchangeJson {
        let mut mentions = BTreeMap::new();
        for mention in exchange.mentions.first_of_kinds() {
            mentions.entry(mention.kind.replace('-', "_")).or_insert_with(|| mention.value.clone());
        }
        let endpoint = &exchange.endpoint;
        ExchangeJson {
            source: SourceJson { file: self.file.to_owned(), line: self.places.line(exchange.at.start) },
            superseded_by: exchange.superseded_by.map(|by| before + by),
            request: self.request(&exchange.request),
            response: exchange.response.as_ref().map(|r| ResponseJson {
                status: r.status,
                reason: r.reason.clone(),
                headers: self.headers(&r.fields),
                message: r.message.clone(),
            }),
            mentions,
            endpoint: EndpointJson {
                api: endpoint.api.clone(),
                id: endpoint.id.clone(),
                name: endpoint.name.clone(),
                fhir: endpoint.fhir.clone(),
                environment: endpoint.environment.clone(),
                said_in_text: endpoint.said_in_text,
            },
            outcome: outcome(exchange.outcome),
            answer: exchange.answer.as_ref().map(|a| AnswerJson {
                id: a.id.clone(),
                checkpoint: a.checkpoint.clone(),
                says: a.says.clone(),
                certainty: certainty(a.certainty),
            }),
            pathway: exchange.pathway.iter().flat_map(|p| &p.checkpoints).map(checkpoint).collect(),
            causes: exchange.causes.iter().map(|c| self.cause(c)).collect(),
            next: exchange.next.iter().map(|c| self.cause(c)).collect(),
            ruled_out: exchange.ruled_out.iter().map(|r| self.ruled_out(r)).collect(),
            undecided: exchange.undecided.iter().map(undecided).collect(),
            questions: exchange.questions.iter().map(question).collect(),
            correction: exchange.correction.as_ref().map(correction),
            support: support(&exchange.support),
            product_set: exchange.product_set.as_ref().map(product_set),
        }
    }

    fn request(self, request: &view::RequestView) -> RequestJson {
        RequestJson {
            method: request.method.clone(),
            url: request.url.clone(),
            extent: match request.extent {
                Extent::Whole => "whole",
                Extent::Part => "part",
                Extent::Withheld(_) => "withheld",
            },
            headers: self.headers(&request.fields),
        }
    }

    fn headers(self, fields: &[view::FieldView]) -> Vec<HeaderJson> {
        let header =
            |f: &view::FieldView| HeaderJson { name: f.name.clone(), value: f.value.clone(), span: self.span(f.span) };
        fields.iter().map(header).collect()
    }

    fn cause(self, cause: &view::CauseView) -> CauseJson {
        CauseJson {
            id: cause.id.clone(),
            verdict: verdict(cause.verdict),
            score: (cause.score * 100.0).round() / 100.0,
            title: cause.title.clone(),
            checkpoint: cause.checkpoint.clone(),
            certainty: certainty(cause.certainty),
            evidence: cause
                .evidence
                .iter()
                .map(|e| EvidenceJson { says: e.says.clone(), span: e.span.map(|s| self.span(s)) })
                .collect(),
            fix: cause.fix.clone(),
            references: cause.references.clone(),
        }
    }

    fn ruled_out(self, cause: &view::RuledOut) -> RuledOutJson {
        RuledOutJson {
            id: cause.id.clone(),
            title: cause.title.clone(),
            because: cause.because.clone(),
            span: cause.span.map(|s| self.span(s)),
        }
    }
}

// The words of the contract are written out here, so that renaming one elsewhere cannot change it unseen.

pub(crate) const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Refused => "refused",
        Outcome::Accepted => "accepted",
        Outcome::NoAnswer => "no-answer",
        Outcome::Unclear => "unclear",
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Confirmed => "confirmed",
        Verdict::Likely => "likely",
        Verdict::Possible => "possible",
        Verdict::Next => "next",
        Verdict::Undecided => "undecided",
        Verdict::RuledOut => "ruled-out",
        Verdict::Silent => "silent",
    }
}

const fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Documented => "documented",
        Certainty::Inferred => "inferred",
    }
}

fn checkpoint(checkpoint: &view::CheckpointView) -> CheckpointJson {
    CheckpointJson {
        id: checkpoint.id.clone(),
        title: checkpoint.title.clone(),
        state: match checkpoint.state {
            CheckpointState::Passed => "passed",
            CheckpointState::Stopped => "stopped",
            CheckpointState::Possible => "possible",
            CheckpointState::NotReached => "not-reached",
            CheckpointState::Unknown => "unknown",
        },
    }
}

fn undecided(cause: &view::Undecided) -> UndecidedJson {
    let need = |n: &view::Need| NeedJson { fact: n.fact.clone(), says: n.says, how: n.how };
    UndecidedJson { id: cause.id.clone(), title: cause.title.clone(), needs: cause.needs.iter().map(need).collect() }
}

fn question(question: &view::Question) -> QuestionJson {
    QuestionJson {
        how: question.how,
        facts: question.facts.clone(),
        decides: question.decides.iter().map(|(id, _)| id.clone()).collect(),
    }
}

fn correction(correction: &view::Correction) -> CorrectionJson {
    let line = |l: &view::CorrectionLine| CorrectionLineJson {
        mark: match l.mark {
            CorrectionMark::Keep => "keep",
            CorrectionMark::Remove => "remove",
            CorrectionMark::Add => "add",
        },
        text: l.text.clone(),
    };
    CorrectionJson { lines: correction.lines.iter().map(line).collect() }
}

fn support(support: &view::Support) -> SupportJson {
    SupportJson {
        has: support.has.iter().map(|(title, value)| HasJson { title: title.clone(), value: value.clone() }).collect(),
        lacks: support.lacks.iter().map(|(title, how)| LacksJson { title: title.clone(), how: how.clone() }).collect(),
    }
}

fn advice(advice: &view::Advice) -> AdviceJson {
    AdviceJson { says: advice.says.clone(), command: advice.command.clone() }
}

fn product_set(set: &view::ProductSetView) -> ProductSetJson {
    ProductSetJson {
        verdict: set.verdict.name(),
        reason: set.reason.map(crate::facts::SetReason::name),
        form: set.form.map(crate::facts::SetForm::name),
        endpoint: set.endpoint.clone(),
        says: (!set.says.is_empty()).then(|| set.says.clone()),
        owner: set.of.clone().into(),
        // The id comes first; the name after it is for people.
        listed: set.listed.iter().map(|e| e.split(' ').next().unwrap_or(e).to_owned()).collect(),
        interactions: set.interactions.clone(),
        endpoints: set.endpoints.iter().map(|e| ListingJson { id: e.id.clone(), verdict: e.verdict.name() }).collect(),
        asids: set
            .others
            .iter()
            .map(|(asid, verdict)| AsidListingJson { asid: asid.clone(), verdict: verdict.name() })
            .collect(),
        notes: set.notes.clone(),
        ask: set.ask.iter().map(advice).collect(),
        get: set.get.iter().map(advice).collect(),
        cautions: set.cautions.iter().map(advice).collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::samples;
    use super::*;

    fn value(report: &Report<'_>) -> Value {
        let mut out = Vec::new();
        report.write(&mut out).expect("a vector takes everything");
        assert!(out.ends_with(b"}\n"));
        serde_json::from_slice(&out).expect("the report is JSON")
    }

    #[test]
    fn the_story() {
        let story = samples::story();
        let report = value(&Report::new([("ticket.txt", &story)]));
        let text = report.to_string();
        assert!(!text.contains("4kQeTz8h"), "the token is covered");
        insta::assert_json_snapshot!(report);
    }

    #[test]
    fn several_files_make_one_report() {
        let bare = samples::exchange("", Outcome::Unclear);
        let (one, two) = (samples::unanswered(), samples::diagnosis("", vec![bare]));
        let report = value(&Report::new([("a.txt", &one), ("b.txt", &two)]));
        assert_eq!(report["exchanges"][0]["outcome"], "no-answer");
        assert_eq!(report["exchanges"][1]["source"]["file"], "b.txt");
        assert!(report["exchanges"][1]["request"]["method"].is_null());
        assert!(report["exchanges"][1]["response"].is_null());
        assert_eq!(report["notes"][0]["file"], "a.txt");
    }

    #[test]
    fn a_long_line_with_many_places_takes_no_time() {
        let paste = "Authorization: Bearer é ".repeat(100_000);
        let mut bare = samples::exchange(&paste, Outcome::Unclear);
        let header = |i: usize| view::FieldView {
            name: String::new(),
            value: String::new(),
            span: ByteSpan::new(i * 25 + 25 * 90_000, i * 25 + 25 * 90_000 + 3),
        };
        bare.request.fields = (0..10_000).map(header).collect();
        let report = value(&Report::new([("a", &samples::diagnosis(&paste, vec![bare]))]));
        assert_eq!(report["exchanges"][0]["request"]["headers"][9_999]["span"]["column"], 24 * 99_999 + 1);
    }

    #[test]
    fn nothing_is_a_report_too() {
        let report = value(&Report::new([]));
        assert_eq!(report["version"], 1);
    }

    #[test]
    fn the_first_mention_of_a_kind_wins_and_scores_are_rounded() {
        let mut story = samples::story();
        let mut again = story.exchanges[0].mentions.own[0].clone();
        again.value = "200000001111".to_owned();
        story.exchanges[0].mentions.own.push(again);
        let report = value(&Report::new([("t", &story)]));
        assert_eq!(report["exchanges"][0]["mentions"]["asid"], "200000009999");
        assert_eq!(report["exchanges"][0]["mentions"]["correlation_id"], "5b0cfb8a-9a55-4d8f-8f7b-222233334444");
        assert_eq!(report["exchanges"][0]["causes"][0]["score"], 0.67);
    }
}
