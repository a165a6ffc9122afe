//! The first screen: the answer of a report in 24 lines of 80 columns.
//!
//! It shows what was called and what came back, the cause, the characters that show it, the fix, and what is next in
//! line. The last line is the conclusion, because that is where the eye is when a program ends. Everything else is in
//! the full report (`text`).
//!
//! The same content is laid out at several levels of detail, and the first level that fits is printed.

use std::io;

use super::groups::{AlikeExchanges, groups, is_strong};
use super::headline::{self, endpoint, named};
use super::line_index::LineIndex;
use super::snippet::{self, Mark, QuotedFile};
use super::style::{PageWriter, TextStyle, clipped, columns};
use super::{changes, conclusion};
use crate::diagnosis::model::{CauseView, Diagnosis, Evidence, ExchangeDiagnosis, Outcome, ThreadView, Verdict};

/// The height in lines of a report about one exchange.
const HEIGHT: usize = 24;

/// The height in lines of a report about several exchanges.
const TALLEST: usize = 40;

/// The line on which the first fix begins, at the latest.
const FIX_BY: usize = 15;

/// How many exchanges are shown.
const SHOWN: usize = 3;

const INDENT: usize = 3;

/// How much of each part is printed, in lines unless it says otherwise.
struct Limits {
    /// Which endpoint that is.
    endpoint: usize,
    /// The message of the response.
    message: usize,
    /// What the response means.
    meaning: usize,
    /// Whether the characters are shown, with the lines around them.
    quote: Quote,
    /// Further evidence, in items of one line.
    evidence: usize,
    fix: usize,
    /// Lines of the request that the fix changes.
    changes: usize,
    /// Other causes with a fix of their own, and possible ones by name.
    others: usize,
    /// Defects that are next in line.
    next: usize,
    /// The question that would decide.
    question: usize,
    /// Whether empty lines separate the parts.
    airy: bool,
}

/// How the characters that show a cause are quoted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    Drawn,
    /// Only their place is given.
    Place,
}

#[rustfmt::skip]
const LEVELS: &[Limits] = &[
    Limits { endpoint: 2, message: 2, meaning: 3, quote: Quote::Drawn, evidence: 2, fix: 5, changes: 6, others: 3, next: 2, question: 3, airy: true },
    Limits { endpoint: 1, message: 2, meaning: 2, quote: Quote::Drawn, evidence: 1, fix: 4, changes: 4, others: 2, next: 2, question: 2, airy: true },
    Limits { endpoint: 1, message: 2, meaning: 1, quote: Quote::Drawn, evidence: 0, fix: 4, changes: 4, others: 2, next: 1, question: 2, airy: true },
    Limits { endpoint: 1, message: 1, meaning: 1, quote: Quote::Drawn, evidence: 0, fix: 3, changes: 2, others: 1, next: 1, question: 2, airy: true },
    Limits { endpoint: 1, message: 1, meaning: 0, quote: Quote::Drawn, evidence: 0, fix: 3, changes: 2, others: 0, next: 1, question: 1, airy: true },
    Limits { endpoint: 1, message: 1, meaning: 0, quote: Quote::Drawn, evidence: 0, fix: 3, changes: 2, others: 1, next: 1, question: 1, airy: false },
    Limits { endpoint: 0, message: 1, meaning: 0, quote: Quote::Drawn, evidence: 0, fix: 2, changes: 2, others: 0, next: 1, question: 1, airy: false },
    Limits { endpoint: 0, message: 1, meaning: 0, quote: Quote::Place, evidence: 0, fix: 2, changes: 2, others: 0, next: 0, question: 1, airy: false },
    Limits { endpoint: 0, message: 1, meaning: 0, quote: Quote::Place, evidence: 0, fix: 1, changes: 0, others: 0, next: 0, question: 1, airy: false },
];

/// Writes the first screen of a diagnosis.
///
/// # Errors
/// Whatever the writer fails with.
pub fn write(out: &mut impl io::Write, diagnosis: &Diagnosis, style: &TextStyle) -> io::Result<()> {
    let places = LineIndex::new(&diagnosis.paste, &diagnosis.lines);
    let source = QuotedFile { file: &style.file, places: &places };
    let mut page = PageWriter::new(style);
    above(&mut page, source, diagnosis);
    let groups = groups(diagnosis);
    let mut end = PageWriter::new(style);
    below(&mut end, source, diagnosis, &groups);
    let shown = &groups[..groups.len().min(SHOWN)];
    let height = if groups.len() > 1 { TALLEST } else { HEIGHT };
    // Every part has an empty line above it.
    let above = page.height() + usize::from(page.height() > 0);
    let mut room = height.saturating_sub(above + end.height() + shown.len());
    for (i, group) in shown.iter().enumerate() {
        // A group that needs less leaves more to those after it.
        let own = room / (shown.len() - i);
        let fix_by = if i == 0 { FIX_BY.saturating_sub(above) } else { own };
        let part = fitting(source, group, style, own, fix_by);
        room = room.saturating_sub(part.height());
        page.gap();
        page.append(part);
    }
    page.gap();
    page.append(end);
    out.write_all(page.finish().as_bytes())
}

/// What has to be known before the exchanges are read.
fn above(page: &mut PageWriter<'_>, source: QuotedFile<'_>, diagnosis: &Diagnosis) {
    if let Some(thread) = &diagnosis.thread {
        page.led_at_most(0, "Thread: ", &of_thread(thread, source, &diagnosis.exchanges), 2);
    }
    for set in diagnosis.exchanges.iter().filter_map(|e| e.product_set.as_ref()).filter(|s| s.form.is_some()).take(1) {
        let says = super::product_set::unusable(set).unwrap_or_else(|| set.says.clone());
        if !says.is_empty() {
            page.led_at_most(0, "Product set: ", &format!("{says}."), 2);
        }
    }
}

fn of_thread(thread: &ThreadView, source: QuotedFile<'_>, exchanges: &[ExchangeDiagnosis]) -> String {
    let mut says = match thread.solved {
        Some(span) => {
            let line = source.places.line(span.start);
            format!("line {line} says that it works now; what follows is about the request that failed.")
        }
        None => format!("{} posts; a later post overrides an earlier one.", thread.posts.len()),
    };
    let old = exchanges.iter().filter(|e| e.superseded_by.is_some()).count() + thread.earlier.len();
    if old > 0 {
        says += &format!(" {old} superseded.");
    }
    says
}

/// What comes after the exchanges, down to the conclusion.
fn below(page: &mut PageWriter<'_>, source: QuotedFile<'_>, diagnosis: &Diagnosis, groups: &[AlikeExchanges<'_>]) {
    if groups.len() > SHOWN {
        let more = groups[SHOWN..].iter().map(|g| {
            let what = g.shown.causes.first().map_or("no cause found", |c| c.id.as_str());
            format!("{what} (line {})", source.places.line(g.shown.at.start))
        });
        let lead = format!("{} more: ", groups.len() - SHOWN);
        page.led_at_most(0, &lead, &more.collect::<Vec<_>>().join(", "), 2);
    }
    // Where nothing was found, the notes say why.
    let most = if diagnosis.exchanges.is_empty() { 3 } else { 1 };
    for note in diagnosis.notes.iter().take(most) {
        page.led_at_most(0, "Note: ", &format!("{}: {}", source.place(note.span.start), note.says), 2);
    }
    if diagnosis.notes.len() > most {
        page.prose(0, &format!("and {} more notes", diagnosis.notes.len() - most));
    }
    page.gap();
    conclusion::write(page, diagnosis, groups);
}

/// A group at the first level of detail that fits into this height.
fn fitting<'s>(
    source: QuotedFile<'_>,
    group: &AlikeExchanges<'_>,
    style: &'s TextStyle,
    height: usize,
    fix_by: usize,
) -> PageWriter<'s> {
    let mut last = PageWriter::new(style);
    for limits in LEVELS {
        let mut page = PageWriter::new(style);
        let mut screen = ExchangeScreen { page: &mut page, source, limits, fix_at: 0 };
        screen.write(group);
        let fix_at = screen.fix_at;
        let fits = page.height() <= height && fix_at <= fix_by;
        last = page;
        if fits {
            break;
        }
    }
    last
}

/// One exchange being written.
struct ExchangeScreen<'a, 's, 'q> {
    page: &'a mut PageWriter<'s>,
    source: QuotedFile<'q>,
    limits: &'static Limits,
    /// The line on which the first fix begins, from 1; 0 without one.
    fix_at: usize,
}

impl ExchangeScreen<'_, '_, '_> {
    fn gap(&mut self) {
        if self.limits.airy {
            self.page.gap();
        }
    }

    fn write(&mut self, group: &AlikeExchanges<'_>) {
        let exchange = group.shown;
        let place = self.place_of(group);
        let width = self.page.style.columns().saturating_sub(columns(&place));
        let headline = headline::headline(exchange, width, self.page.style.plain);
        self.page.prose(0, &format!("{headline}{place}"));
        if let Some(endpoint) = endpoint(&exchange.endpoint).filter(|_| self.limits.endpoint > 0) {
            self.page.led_at_most(0, "", &endpoint, self.limits.endpoint);
        }
        let is_strong = is_strong(exchange);
        self.said(exchange, is_strong);
        self.gap();
        if exchange.causes.is_empty() {
            self.no_cause(exchange);
        } else if is_strong {
            self.strong(exchange);
        } else {
            self.weak(exchange);
        }
    }

    fn place_of(&self, group: &AlikeExchanges<'_>) -> String {
        const LISTED: usize = 4;
        if !group.is_one_of_several {
            return String::new();
        }
        let line = |e: &ExchangeDiagnosis| self.source.places.line(e.at.start).to_string();
        let own = line(group.shown);
        if group.others.is_empty() {
            return format!(" (line {own})");
        }
        let lines: Vec<String> = group.others.iter().take(LISTED).map(|e| line(e)).collect();
        let more = match group.others.len().saturating_sub(LISTED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!(" (line {own}; the same on {}{more})", lines.join(", "))
    }

    /// The words of the response, and what they mean where no cause says so.
    fn said(&mut self, exchange: &ExchangeDiagnosis, is_strong: bool) {
        if let Some(message) = exchange.response.as_ref().and_then(|r| r.message.as_deref()) {
            let most = self.limits.message;
            self.page.led_at_most(0, "The response says: ", &format!("\"{message}\""), most);
        }
        if let Some(answer) = exchange.answer.as_ref().filter(|_| !is_strong && self.limits.meaning > 0) {
            self.page.led_at_most(0, "That means: ", &answer.says, self.limits.meaning);
        }
        if exchange.outcome == Outcome::NoAnswer {
            self.page.prose(0, "The text shows no response, so the request alone was checked.");
        }
    }

    /// The surest cause with all that is known of it, and the others in a line or two.
    fn strong(&mut self, exchange: &ExchangeDiagnosis) {
        let Some((first, rest)) = exchange.causes.split_first() else { return };
        self.page.verdict("", first.verdict, &named(&first.title, &first.id));
        self.evidence(first);
        self.fix(first, self.limits.fix);
        let room = self.page.style.columns();
        for line in changes::lines(exchange, self.limits.changes, room.saturating_sub(INDENT), self.page.style) {
            self.page.line(&format!("{}{line}", " ".repeat(INDENT)));
        }
        let (sure, possible): (Vec<&CauseView>, Vec<&CauseView>) =
            rest.iter().partition(|c| c.verdict <= Verdict::Likely);
        for cause in sure.iter().take(self.limits.others) {
            self.gap();
            self.page.verdict("", cause.verdict, &named(&cause.title, &cause.id));
            self.fix(cause, 2);
        }
        if sure.len() > self.limits.others {
            let ids = sure[self.limits.others..].iter().map(|c| format!("{} [{}]", c.verdict.name(), c.id));
            self.page.led_at_most(0, "Also ", &ids.collect::<Vec<_>>().join(", "), 1);
        }
        self.gap();
        self.next(exchange);
        if first.verdict == Verdict::Likely
            && let Some(question) = exchange.questions.first()
        {
            self.lead("To be sure: ", question.how, self.limits.question);
        }
        if !possible.is_empty() && self.limits.others > 0 {
            self.possible(&possible);
        }
    }

    /// Possible causes by name: as many as two lines hold, and how many more there are.
    fn possible(&mut self, causes: &[&CauseView]) {
        const LEAD: &str = "Also possible: ";
        let width = self.page.style.columns().saturating_sub(columns(LEAD));
        let names: Vec<String> = causes.iter().map(|c| named(&c.title, &c.id)).collect();
        let says = |shown: usize| match names.len() - shown {
            0 => names.join("; "),
            more => format!("{}; and {more} more", names[..shown].join("; ")),
        };
        let shown = (1..=names.len()).rev().find(|n| !clipped(&says(*n), width, 2).1).unwrap_or(1);
        self.lead(LEAD, &says(shown), 2);
    }

    /// Causes of which none stands out: the question that decides comes first.
    fn weak(&mut self, exchange: &ExchangeDiagnosis) {
        if exchange.outcome != Outcome::NoAnswer {
            self.page.verdict("", Verdict::Undecided, "the text does not show which cause it is");
            self.question(exchange);
            self.gap();
        }
        let most = self.limits.others.max(1);
        for (i, cause) in exchange.causes.iter().take(most).enumerate() {
            self.page.verdict("", cause.verdict, &named(&cause.title, &cause.id));
            if i == 0 && exchange.outcome == Outcome::NoAnswer {
                self.evidence(cause);
            } else if let Some(first) = cause.evidence.first() {
                self.item(first);
            }
            self.fix(cause, if i == 0 { self.limits.fix } else { 2 });
        }
        let more: Vec<&CauseView> = exchange.causes.iter().skip(most).collect();
        if !more.is_empty() {
            self.possible(&more);
        }
        self.gap();
        self.next(exchange);
    }

    fn no_cause(&mut self, exchange: &ExchangeDiagnosis) {
        if exchange.outcome == Outcome::NoAnswer {
            self.page.prose(0, "Nothing shown in this request would be refused.");
            self.next(exchange);
            return;
        }
        self.page.verdict("", Verdict::Undecided, "nothing in this text shows why the request was refused");
        if exchange.questions.is_empty() {
            self.fix_at = self.page.height() + 1;
            self.lead("Find out: ", super::text::WHAT_TO_SEND, 4);
            return;
        }
        self.question(exchange);
    }

    /// What to find out, and what that decides.
    fn question(&mut self, exchange: &ExchangeDiagnosis) {
        let most = self.limits.question;
        if exchange.causes.is_empty() {
            self.fix_at = self.page.height() + 1;
        }
        for (i, question) in exchange.questions.iter().take(if most > 1 { 2 } else { 1 }).enumerate() {
            self.lead(if i == 0 { "Find out: " } else { "And: " }, question.how, most);
            let decides: Vec<&str> = question.decides.iter().map(|(_, title)| title.as_str()).collect();
            if !decides.is_empty() && most > 1 && i == 0 {
                self.page.led_at_most(INDENT, "It decides about: ", &decides.join("; "), most);
            }
        }
    }

    fn next(&mut self, exchange: &ExchangeDiagnosis) {
        let shown = exchange.next.iter().take(self.limits.next);
        if exchange.next.is_empty() || self.limits.next == 0 {
            return;
        }
        for cause in shown {
            let place = cause.evidence.iter().find_map(|e| e.span).map(|s| format!(", {}", self.place(s.start)));
            let says = format!("{}{}", named(&cause.title, &cause.id), place.unwrap_or_default());
            self.lead("Next in line: ", &says, 2);
        }
        if exchange.next.len() > self.limits.next {
            let ids: Vec<String> = exchange.next[self.limits.next..].iter().map(|c| format!("[{}]", c.id)).collect();
            self.page.led_at_most(INDENT, "then ", &ids.join(", "), 1);
        }
    }

    fn place(&self, offset: usize) -> String {
        format!("line {}", self.source.places.line(offset))
    }

    fn lead(&mut self, lead: &str, text: &str, most: usize) {
        self.page.led_at_most(0, lead, text, most);
    }

    fn fix(&mut self, cause: &CauseView, most: usize) {
        if cause.fix.trim().is_empty() {
            return;
        }
        if self.fix_at == 0 {
            self.fix_at = self.page.height() + 1;
        }
        let width = self.page.style.columns().saturating_sub("Fix: ".len());
        let (fix, is_cut) = clipped(&cause.fix, width, most);
        let more = if is_cut { format!(" why401 explain {} has the rest.", cause.id) } else { String::new() };
        // The pointer to the rest is worth a line only where there is room for it.
        let (with, is_cut_again) = clipped(&format!("{fix}{more}"), width, most);
        self.lead("Fix: ", if is_cut_again || fix.ends_with('…') { &fix } else { &with }, most);
    }

    /// The characters that show a cause, then further evidence.
    fn evidence(&mut self, cause: &CauseView) {
        let Some(first) = cause.evidence.first() else { return };
        let quoted = first.span.filter(|_| self.limits.quote == Quote::Drawn);
        let Some(span) = quoted else {
            self.item(first);
            return;
        };
        let marks = [Mark { span, label: first.says.clone() }];
        let style = self.page.style;
        let width = style.columns() - INDENT;
        let drawn = if style.plain {
            snippet::in_words(self.source, &marks)
        } else {
            snippet::draw(self.source, &marks, cause.verdict, width, style.colour).compact()
        };
        self.gap();
        for line in &drawn.lines {
            self.page.line(&format!("{}{line}", " ".repeat(INDENT)));
        }
        for index in drawn.unsaid {
            self.page.led_at_most(INDENT, "- ", &marks[index].label, 2);
        }
        for item in cause.evidence.iter().skip(1).take(self.limits.evidence) {
            self.item(item);
        }
        self.gap();
    }

    /// Evidence in words, with its place.
    fn item(&mut self, evidence: &Evidence) {
        let place = evidence.span.map(|s| format!("{}: ", self.place(s.start))).unwrap_or_default();
        self.page.led_at_most(INDENT, "- ", &format!("{place}{}", evidence.says), 1);
    }
}
