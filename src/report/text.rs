//! The report for people: what is wrong, the characters that show it, what to do.
//!
//! People in a hurry read it from the top. So the response and its causes come first, then what is open or ruled out, and
//! the notes last. An empty section is not printed.

use std::io;

use super::headline::{endpoint, headline, is_quiet, named};
use super::line_index::LineIndex;
use super::product_set;
use super::snippet::{self, Mark, QuotedFile};
use super::style::{PageWriter, TextStyle, columns};
use crate::diagnosis::model::{
    CauseView, CheckpointState, CorrectionMark, Diagnosis, ExchangeDiagnosis, Outcome, PathwayView, Verdict,
};
use crate::pack::model::Certainty;

/// How many accepted exchanges are listed one by one.
const ACCEPTED_LISTED: usize = 20;

/// How many pieces of evidence of one cause are underlined.
const MARKED: usize = 6;

/// How many ruled-out causes of one reason get a line each; more share a paragraph.
const LISTED: usize = 6;

/// How many causes a question names.
const DECIDED_NAMED: usize = 4;

const INDENT: usize = 3;

/// Writes the report of a diagnosis.
///
/// # Errors
/// Whatever the writer fails with.
pub fn write(out: &mut impl io::Write, diagnosis: &Diagnosis, style: &TextStyle) -> io::Result<()> {
    let mut page = PageWriter::new(style);
    let places = LineIndex::new(&diagnosis.paste, &diagnosis.lines);
    let source = QuotedFile { file: &style.file, places: &places };
    if diagnosis.exchanges.is_empty() {
        nothing_found(&mut page);
    } else {
        exchanges(&mut page, source, diagnosis);
    }
    notes(&mut page, source, diagnosis);
    out.write_all(page.finish().as_bytes())
}

/// A heading above the report of one of several files.
#[must_use]
pub(crate) fn file_heading(style: &TextStyle) -> String {
    format!("{}\n\n", style.heading(&format!("== {} ==", super::style::file_name(&style.file))))
}

fn nothing_found(page: &mut PageWriter<'_>) {
    page.prose(0, "No request was found in this text.");
    page.gap();
    page.item(0, "To do: ", WHAT_TO_SEND);
}

/// What a text without a request lacks.
pub(super) const WHAT_TO_SEND: &str = "paste the whole exchange: the request line and all header fields as they were sent, then \
                            the status line, header fields and body of the response. `curl -v` prints all of it. Tokens \
                            are never shown in the report.";

fn exchanges(page: &mut PageWriter<'_>, source: QuotedFile<'_>, diagnosis: &Diagnosis) {
    let all = &diagnosis.exchanges;
    if let Some(thread) = &diagnosis.thread {
        super::thread::section(page, source.places, thread, all);
    }
    let accepted: Vec<&ExchangeDiagnosis> = all.iter().filter(|e| is_quiet(e)).collect();
    let first = diagnosis.first.and_then(|i| all.get(i)).filter(|e| !is_quiet(e));
    let counts = |e: &ExchangeDiagnosis| !is_quiet(e) && e.superseded_by.is_none();
    let rest = all.iter().filter(|e| counts(e) && !first.is_some_and(|f| std::ptr::eq(f, *e)));
    let several = all.len() > 1;
    for (i, exchange) in first.into_iter().chain(rest).enumerate() {
        if i > 0 {
            page.gap();
            let rule = "-".repeat(page.style.columns());
            page.line(&rule);
            page.gap();
        }
        in_full(page, source, exchange, several);
    }
    if accepted.is_empty() {
        return;
    }
    if accepted.len() < all.len() {
        page.heading("ACCEPTED");
    }
    for exchange in accepted.iter().take(ACCEPTED_LISTED) {
        let line = source.places.line(exchange.at.start);
        let lead = if several { format!("line {line}: ") } else { String::new() };
        let width = page.style.columns().saturating_sub(columns(&lead) + columns(QUIET));
        page.item(0, &lead, &format!("{}{QUIET}", headline(exchange, width, page.style.plain)));
    }
    if accepted.len() > ACCEPTED_LISTED {
        page.prose(0, &format!("and {} more", accepted.len() - ACCEPTED_LISTED));
    }
}

const QUIET: &str = ": nothing to explain";

fn in_full(page: &mut PageWriter<'_>, source: QuotedFile<'_>, exchange: &ExchangeDiagnosis, several: bool) {
    let place = if several { format!(" (line {})", source.places.line(exchange.at.start)) } else { String::new() };
    let width = page.style.columns().saturating_sub(columns(&place));
    page.prose(0, &format!("{}{place}", headline(exchange, width, page.style.plain)));
    if let Some(endpoint) = endpoint(&exchange.endpoint) {
        page.prose(0, &endpoint);
    }
    if let Some(says) = exchange.product_set.as_ref().and_then(product_set::unusable) {
        page.item(0, "Note: ", &format!("{says}."));
    }
    page.gap();
    said(page, exchange);
    causes(page, source, exchange);
    correction(page, exchange);
    next(page, source, exchange);
    if exchange.outcome == Outcome::NoAnswer {
        checkpoints(page, exchange);
    }
    open(page, exchange);
    ruled_out(page, exchange);
    product_set::section(page, exchange);
    support(page, exchange);
    product_set::draft(page, exchange);
}

/// What the response says, what it means and how far the request came.
fn said(page: &mut PageWriter<'_>, exchange: &ExchangeDiagnosis) {
    let style = page.style;
    if let Some(message) = exchange.response.as_ref().and_then(|r| r.message.as_deref()) {
        page.led(0, "The response says: ", |t| style.lead(t), &format!("\"{message}\""));
    }
    if let Some(answer) = &exchange.answer {
        let sure = if answer.certainty == Certainty::Inferred { " (inferred, not documented)" } else { "" };
        page.led(0, "That means: ", |t| style.lead(t), &format!("{}{sure}", answer.says));
    }
    if exchange.outcome == Outcome::NoAnswer {
        page.prose(0, "The text shows no response, so the request alone was checked.");
        return;
    }
    if let Some(pathway) = &exchange.pathway {
        how_far(page, pathway);
    }
}

fn how_far(page: &mut PageWriter<'_>, pathway: &PathwayView) {
    let titles = |state: CheckpointState| -> Vec<&str> {
        pathway.checkpoints.iter().filter(|c| c.state == state).map(|c| c.title.as_str()).collect()
    };
    let (passed, stopped) = (titles(CheckpointState::Passed), titles(CheckpointState::Stopped));
    let (possible, later) = (titles(CheckpointState::Possible), titles(CheckpointState::NotReached));
    let mut parts = Vec::new();
    if !passed.is_empty() {
        parts.push(format!("passed {}", passed.join(", ")));
    }
    if !stopped.is_empty() {
        parts.push(format!("stopped at {}", stopped.join(", ")));
    } else if !possible.is_empty() {
        parts.push(format!("may have stopped at {}", possible.join(", ")));
    }
    if parts.is_empty() {
        return;
    }
    if !later.is_empty() {
        parts.push(format!("not reached: {}", later.join(", ")));
    }
    let style = page.style;
    page.led(0, &format!("At {}: ", pathway.title), |t| style.lead(t), &parts.join("; "));
}

fn causes(page: &mut PageWriter<'_>, source: QuotedFile<'_>, exchange: &ExchangeDiagnosis) {
    if exchange.causes.is_empty() {
        no_cause(page, exchange);
        return;
    }
    let strong = exchange.causes.iter().any(|c| matches!(c.verdict, Verdict::Confirmed | Verdict::Likely));
    page.heading(match exchange.outcome {
        Outcome::NoAnswer => "WHAT IS WRONG",
        _ if strong => "LIKELY CAUSES",
        _ => "POSSIBLE CAUSES",
    });
    for (i, cause) in exchange.causes.iter().enumerate() {
        page.gap();
        page.verdict(&format!("{}. ", i + 1), cause.verdict, &named(&cause.title, &cause.id));
        let short = cause.verdict == Verdict::Possible && strong;
        evidence(page, source, cause, if short { 1 } else { MARKED });
        if !short && !cause.about.trim().is_empty() {
            paragraph(page, "Why: ", &cause.about);
        }
        if !cause.fix.trim().is_empty() {
            paragraph(page, "Fix: ", &cause.fix);
        }
        if !short && cause.certainty == Certainty::Inferred {
            page.prose(INDENT, "(This rule is inferred, not documented.)");
        }
    }
}

fn no_cause(page: &mut PageWriter<'_>, exchange: &ExchangeDiagnosis) {
    if exchange.outcome == Outcome::NoAnswer {
        page.gap();
        page.prose(0, "Nothing shown in this request would be refused.");
        return;
    }
    page.heading("NO CAUSE FOUND");
    page.prose(0, "Nothing in this text shows why the request was refused.");
    if exchange.questions.is_empty() {
        page.item(0, "To find out: ", WHAT_TO_SEND);
    } else {
        page.prose(0, "See STILL OPEN for what to send.");
    }
}

fn paragraph(page: &mut PageWriter<'_>, lead: &str, text: &str) {
    let style = page.style;
    page.led(INDENT, lead, |t| style.lead(t), text);
}

/// A snippet of the characters that show a cause, then the evidence that no characters show.
fn evidence(page: &mut PageWriter<'_>, source: QuotedFile<'_>, cause: &CauseView, most: usize) {
    let shown = &cause.evidence[..cause.evidence.len().min(most)];
    let mut marks: Vec<Mark> = Vec::new();
    let mut without: Vec<&str> = Vec::new();
    for item in shown {
        match item.span {
            Some(span) => marks.push(Mark { span, label: item.says.clone() }),
            None => without.push(&item.says),
        }
    }
    for span in shown.iter().flat_map(|e| e.also.iter().copied()).take(MARKED) {
        if !marks.iter().any(|m| m.span == span) {
            marks.push(Mark { span, label: String::new() });
        }
    }
    let width = page.style.columns() - INDENT;
    let drawn = if page.style.plain {
        snippet::in_words(source, &marks)
    } else {
        snippet::draw(source, &marks, cause.verdict, width, page.style.colour)
    };
    if !drawn.lines.is_empty() {
        page.gap();
        for line in &drawn.lines {
            page.line(&format!("{}{line}", " ".repeat(INDENT)));
        }
        page.gap();
    }
    let one = marks.len() == 1;
    for index in drawn.unsaid {
        // A label that did not fit into a snippet with several marks says which one it belongs to.
        let place = if one { String::new() } else { line_column(source, marks[index].span.start) };
        page.item(INDENT, "- ", &format!("{place}{}", marks[index].label));
    }
    for says in without {
        page.item(INDENT, "- ", says);
    }
}

fn line_column(source: QuotedFile<'_>, offset: usize) -> String {
    let (line, column) = source.places.position(offset);
    format!("{line}:{column}: ")
}

fn correction(page: &mut PageWriter<'_>, exchange: &ExchangeDiagnosis) {
    let Some(correction) = exchange.correction.as_ref().filter(|c| !c.lines.is_empty()) else { return };
    page.heading("THE REQUEST AS IT SHOULD BE");
    let style = page.style;
    for line in &correction.lines {
        match line.mark {
            CorrectionMark::Keep => page.line(&line.marked()),
            CorrectionMark::Remove => page.line(&style.bad(line.marked().trim_end())),
            CorrectionMark::Add => page.line(&style.good(line.marked().trim_end())),
        }
    }
}

fn next(page: &mut PageWriter<'_>, source: QuotedFile<'_>, exchange: &ExchangeDiagnosis) {
    if exchange.next.is_empty() {
        return;
    }
    page.heading("NEXT IN LINE");
    page.prose(
        0,
        match exchange.outcome {
            Outcome::NoAnswer => "A later check would refuse this, once the request gets that far.",
            _ => "Not the reason for this response, but a later check would find it once that is fixed.",
        },
    );
    for cause in &exchange.next {
        page.gap();
        page.item(0, "- ", &named(&cause.title, &cause.id));
        evidence(page, source, cause, 1);
        if !cause.fix.trim().is_empty() {
            paragraph(page, "Fix: ", &cause.fix);
        }
    }
}

/// What the gateway would do with a request whose response is not shown.
fn checkpoints(page: &mut PageWriter<'_>, exchange: &ExchangeDiagnosis) {
    let Some(pathway) = exchange.pathway.as_ref().filter(|p| !p.checkpoints.is_empty()) else { return };
    page.heading("CHECKPOINT BY CHECKPOINT");
    page.prose(0, &format!("What {} would do with the request, check by check:", pathway.title));
    for (i, checkpoint) in pathway.checkpoints.iter().enumerate() {
        let here = |c: &&CauseView| c.checkpoint == checkpoint.id || c.checkpoint == checkpoint.title;
        let defects: Vec<&CauseView> = exchange.causes.iter().chain(&exchange.next).filter(here).collect();
        let sure = defects.iter().any(|c| matches!(c.verdict, Verdict::Confirmed | Verdict::Next));
        let ids = || defects.iter().map(|c| format!("[{}]", c.id)).collect::<Vec<_>>().join(", ");
        let text = match (defects.is_empty(), checkpoint.state) {
            (false, _) if sure => format!("refused: {}", ids()),
            (false, _) => format!("may be refused: {}", ids()),
            (true, CheckpointState::Passed) => "passed".to_owned(),
            (true, CheckpointState::Stopped) => "refused".to_owned(),
            (true, _) => "no defect found".to_owned(),
        };
        page.item(0, &format!("{:>2}. ", i + 1), &format!("{}: {text}", checkpoint.title));
    }
}

fn open(page: &mut PageWriter<'_>, exchange: &ExchangeDiagnosis) {
    if exchange.questions.is_empty() {
        return;
    }
    page.heading("STILL OPEN");
    for (i, question) in exchange.questions.iter().enumerate() {
        let lead = format!("{}. ", i + 1);
        page.item(0, &lead, question.how);
        if question.decides.is_empty() {
            continue;
        }
        let mut causes: Vec<String> =
            question.decides.iter().take(DECIDED_NAMED).map(|(id, title)| named(title, id)).collect();
        if question.decides.len() > DECIDED_NAMED {
            causes.push("and others".to_owned());
        }
        page.item(columns(&lead), "decides: ", &causes.join("; "));
    }
}

/// How many ids of a long row are shown.
const IDS_LISTED: usize = 6;

/// How many causes with their own reason for being ruled out are listed one by one.
const MOST_SINGLES: usize = 5;

fn ruled_out(page: &mut PageWriter<'_>, exchange: &ExchangeDiagnosis) {
    if exchange.ruled_out.is_empty() {
        return;
    }
    page.heading("RULED OUT");
    // Grouped by reason, in the order in which each reason is first given.
    let mut reasons: Vec<(&str, Vec<usize>)> = Vec::new();
    let mut place: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for (i, cause) in exchange.ruled_out.iter().enumerate() {
        let at = *place.entry(&cause.because).or_insert_with(|| {
            reasons.push((&cause.because, Vec::new()));
            reasons.len() - 1
        });
        reasons[at].1.push(i);
    }
    // What one reason rules out by the dozen says most; of the single ones the first few are enough for a reader.
    reasons.sort_by_key(|(_, members)| members.len() < 2);
    let singles = reasons.iter().filter(|(_, members)| members.len() < 2).count();
    let cut = if singles > MOST_SINGLES + 2 { reasons.len() - singles + MOST_SINGLES } else { reasons.len() };
    let rest = reasons.split_off(cut);
    for (because, members) in reasons {
        let cause = |i: &usize| &exchange.ruled_out[*i];
        if let [only] = members.as_slice() {
            let cause = cause(only);
            page.item(0, "- ", &format!("{}: {because}", named(&cause.title, &cause.id)));
            continue;
        }
        page.item(0, "- ", &format!("{because}:"));
        if members.len() <= LISTED {
            for cause in members.iter().map(cause) {
                page.item(2, "- ", &named(&cause.title, &cause.id));
            }
        } else {
            page.prose(2, &most(members.iter().map(|i| cause(i).id.as_str())));
        }
    }
    if !rest.is_empty() {
        let ids = rest.iter().flat_map(|(_, m)| m).map(|i| exchange.ruled_out[*i].id.as_str());
        page.item(0, "- ", &format!("and, by what the request shows: {}", most(ids)));
    }
}

/// The first ids of a row, which are the most common. The rest are not counted: the number would change in every report
/// whenever a cause is added.
fn most<'i>(ids: impl Iterator<Item = &'i str>) -> String {
    let ids: Vec<&str> = ids.collect();
    if ids.len() <= IDS_LISTED {
        return ids.join(", ");
    }
    format!("{}, and others (--format json lists them all)", ids[..IDS_LISTED].join(", "))
}

fn support(page: &mut PageWriter<'_>, exchange: &ExchangeDiagnosis) {
    let support = &exchange.support;
    if support.has.is_empty() && support.lacks.is_empty() {
        return;
    }
    page.heading("FOR SUPPORT");
    if !support.has.is_empty() {
        page.prose(0, "The text has:");
        for (title, value) in &support.has {
            page.item(2, "- ", &format!("{title}: {value}"));
        }
    }
    if !support.lacks.is_empty() {
        page.prose(0, "Missing:");
        for (title, how) in &support.lacks {
            page.item(2, "- ", &format!("{title}: {how}"));
        }
    }
}

fn notes(page: &mut PageWriter<'_>, source: QuotedFile<'_>, diagnosis: &Diagnosis) {
    if diagnosis.notes.is_empty() {
        return;
    }
    page.heading("NOTES");
    for note in &diagnosis.notes {
        page.item(0, "- ", &format!("{}: {}", source.place(note.span.start), note.says));
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::super::samples::{self, cause, diagnosis, evidence, exchange, one_cause, response, span_of};
    use super::*;
    use crate::capture::model::Note;
    use crate::diagnosis::model::{Question, RuledOut};
    use crate::text::Span;

    fn styled(diagnosis: &Diagnosis, style: &TextStyle) -> String {
        let mut out = Vec::new();
        write(&mut out, diagnosis, style).expect("a vector takes everything");
        let text = String::from_utf8(out).expect("the report is UTF-8");
        for line in text.lines() {
            assert_eq!(line, line.trim_end(), "trailing blanks");
        }
        text
    }

    fn report(diagnosis: &Diagnosis) -> String {
        let text = styled(diagnosis, &TextStyle { file: "ticket.txt".to_owned(), ..TextStyle::default() });
        let corrected = text.find("THE REQUEST AS IT SHOULD BE").unwrap_or(text.len());
        for line in text[..corrected].lines() {
            assert!(columns(line) <= 80, "{} columns: {line}", columns(line));
        }
        text
    }

    #[test]
    fn the_ticket_of_the_story() {
        let text = report(&samples::story());
        assert!(!text.contains("4kQeTz8h"), "the token is covered");
        assert_snapshot!(text);
    }

    #[test]
    fn the_story_in_forty_columns() {
        let style = TextStyle { file: "ticket.txt".to_owned(), width: 40, ..TextStyle::default() };
        assert_snapshot!(styled(&samples::story(), &style));
    }

    #[test]
    fn the_story_in_colour() {
        let style = TextStyle { file: "ticket.txt".to_owned(), width: 100, colour: true, plain: false, links: false };
        let text = styled(&samples::story(), &style);
        assert_snapshot!(text.replace('\u{1b}', "\\e"));
    }

    #[test]
    fn a_request_without_an_answer() {
        assert_snapshot!(report(&samples::unanswered()));
    }

    #[test]
    fn a_request_without_an_answer_and_without_a_defect() {
        let mut sample = samples::unanswered();
        sample.exchanges[0].causes.clear();
        sample.exchanges[0].next.clear();
        assert_snapshot!(report(&sample));
    }

    #[test]
    fn an_accepted_request() {
        let mut accepted = exchange("", Outcome::Accepted);
        accepted.request.method = Some("GET".to_owned());
        accepted.request.url = Some("https://api.example.org/orders".to_owned());
        accepted.response = Some(response(200, "OK"));
        assert_snapshot!(report(&diagnosis("", vec![accepted])));
    }

    #[test]
    fn several_exchanges() {
        let paste = "GET /a\n200 OK\n\nGET /b\nAuthorization: Token x\n401\n\nGET /c\n401\n";
        let at = |text: &str| span_of(paste, text);
        let mut all = vec![
            exchange(paste, Outcome::Accepted),
            exchange(paste, Outcome::Refused),
            exchange(paste, Outcome::Refused),
        ];
        for (exchange, (line, status, reason)) in
            all.iter_mut().zip([("GET /a", 200, "OK"), ("GET /b", 401, ""), ("GET /c", 401, "")])
        {
            exchange.at = at(line);
            exchange.request.method = Some("GET".to_owned());
            exchange.request.url = Some(line[4..].to_owned());
            exchange.response = Some(response(status, reason));
        }
        all[2].causes = vec![cause(
            "token-expired",
            Verdict::Possible,
            "The access token has expired",
            vec![evidence("the second request gets a 401", Some(at("GET /c")))],
        )];
        let mut sample = diagnosis(paste, all);
        sample.first = Some(2);
        assert_snapshot!(report(&sample));
    }

    #[test]
    fn nothing_to_go_by() {
        assert_snapshot!(report(&diagnosis("hello\n", Vec::new())));
    }

    #[test]
    fn no_cause_and_a_question() {
        let mut refused = exchange("GET /\n401\n", Outcome::Refused);
        refused.response = Some(response(401, "Unauthorized"));
        let bare = report(&diagnosis("GET /\n401\n", vec![refused.clone()]));
        refused.questions = vec![Question {
            how: "copy the body of the answer (and its WWW-Authenticate field)",
            facts: vec!["refusal.message".into()],
            decides: (0..6).map(|i| (format!("cause-{i}"), format!("Cause number {i}"))).collect(),
        }]
        .into();
        let asked = report(&diagnosis("GET /\n401\n", vec![refused]));
        assert_snapshot!(format!("{bare}=====\n{asked}"));
    }

    #[test]
    fn a_reason_that_many_causes_share() {
        let mut refused = exchange("", Outcome::Unclear);
        refused.causes = vec![cause("token-expired", Verdict::Likely, "The access token has expired", Vec::new())];
        refused.causes[0].certainty = Certainty::Inferred;
        refused.ruled_out = (0..9)
            .map(|i| RuledOut {
                id: format!("some-cause-{i}"),
                title: format!("Cause number {i}"),
                because: if i == 4 { "it is not".to_owned() } else { "the gateway passed this checkpoint".to_owned() },
                span: None,
            })
            .collect();
        let mut sample = diagnosis("", vec![refused]);
        sample.first = Some(0);
        assert_snapshot!(report(&sample));
    }

    #[test]
    fn a_long_line_is_cut_around_its_marks() {
        let filler = "lorem ipsum dolor ".repeat(4_000);
        let paste = format!("{filler}Authorization: Token abc {filler}");
        let mark = span_of(&paste, "Token");
        assert_snapshot!(report(&one_cause(
            &paste,
            &[(mark, "the scheme is Token"), (Span::new(0, 5), "a word far off")]
        )));
    }

    #[test]
    fn a_mark_longer_than_the_page() {
        let paste = format!("{{\"x\":\"{}\"}}", "word ".repeat(200));
        assert_snapshot!(report(&one_cause(&paste, &[(Span::new(6, paste.len() - 2), "a long value")])));
    }

    #[test]
    fn control_characters_tabs_and_wide_characters() {
        let paste =
            "\tAuthorization:\tBearer \u{1b}[31mred\u{202e}\r\nX-Name: 日本語 caf\u{e9} e\u{301} \u{1f600}end\r\n";
        assert_snapshot!(report(&one_cause(
            paste,
            &[
                (span_of(paste, "\u{1b}[31m"), "an escape sequence"),
                (span_of(paste, "caf\u{e9}"), "not ASCII"),
                (span_of(paste, "end"), "behind an emoji"),
            ]
        )));
    }

    #[test]
    fn a_blank_value_at_the_end_of_a_text_without_a_line_end() {
        let paste = "GET /\nAuthorization:";
        let end = paste.len();
        assert_snapshot!(report(&one_cause(paste, &[(Span::new(end, end), "nothing stands here")])));
    }

    #[test]
    fn a_mark_over_two_lines_and_one_far_below() {
        let paste = format!("Authorization: Bearer abc\n  def\n{}401 Unauthorized\n", "x\n".repeat(30));
        let token = span_of(&paste, "abc\n  def");
        let status = span_of(&paste, "401");
        assert_snapshot!(report(&one_cause(
            &paste,
            &[(token, "the token is broken over two lines"), (status, "the answer")]
        )));
    }

    #[test]
    fn two_reasons_at_one_place() {
        let paste = "Authorization: Token abc\n";
        let token = span_of(paste, "Token");
        assert_snapshot!(report(&one_cause(
            paste,
            &[
                (token, "not Bearer"),
                (token, "the API takes Bearer only"),
                (
                    span_of(paste, "abc"),
                    "three characters are too few for a token of this issuer, which has at least twenty"
                )
            ]
        )));
    }

    #[test]
    fn places_are_those_of_the_paste() {
        let paste = "a: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\tend\n";
        let text = report(&one_cause(paste, &[(span_of(paste, "end"), "here")]));
        assert!(text.contains("--> ticket.txt:1:33\n"), "{text}");
        assert!(text.contains("a: ‹token A, 28 characters›    end\n"), "{text}");
    }

    #[test]
    fn a_note_beyond_the_end() {
        let mut sample = diagnosis("x", Vec::new());
        sample.notes = vec![Note { says: "ends early".to_owned(), span: Span::new(9, 12) }];
        assert!(report(&sample).contains("ticket.txt:1:2: ends early"));
    }

    proptest! {
        #[test]
        fn any_marks_in_any_text_fit_the_page(
            paste in "[a-z\t\r\n \u{e9}\u{65e5}\u{1b}\u{202e}]{0,200}",
            places in proptest::collection::vec((0usize..220, 0usize..60), 1..5),
            width in 40usize..90,
        ) {
            let bounds: Vec<usize> = paste.char_indices().map(|(i, _)| i).chain([paste.len()]).collect();
            let at = |i: usize| bounds[i % bounds.len()];
            let marks: Vec<(Span, &str)> =
                places.iter().map(|&(s, l)| (Span::new(at(s), at(s + l).max(at(s))), "what it shows")).collect();
            let sample = one_cause(&paste, &marks);
            let text = styled(&sample, &TextStyle { file: "t".to_owned(), width, ..TextStyle::default() });
            for line in text.lines() {
                prop_assert!(columns(line) <= width, "{} columns: {}", columns(line), line);
            }
            prop_assert!(text.contains('^'));
        }
    }
}
