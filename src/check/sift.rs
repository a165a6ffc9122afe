//! Takes what is expected out of a diagnosis, so that any report of the rest shows only what is new.

use jiff::civil::Date;

use super::baseline::{Baseline, BaselineKey};
use super::config::{CheckConfig, OTHER_ENVIRONMENT};
use super::coverage::Coverage;
use crate::bulk::request_shape;
use crate::diagnosis::model::{CauseView, Diagnosis, ExchangeDiagnosis, Outcome, Verdict};
use crate::pack::model::Certainty;
use crate::report::groups::is_strong;
use crate::report::issues::NO_CAUSE;

/// The settings, the baseline and what was counted so far.
#[derive(Debug)]
pub(crate) struct Sieve {
    pub(crate) config: CheckConfig,
    pub(crate) baseline: Baseline,
    pub(crate) today: Date,
    /// Which files were read.
    pub(crate) read: Coverage,
    /// The findings that are not ignored, for a baseline.
    pub(crate) findings: Vec<BaselineKey>,
    pub(crate) counts: CheckCounts,
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CheckCounts {
    pub(crate) files: usize,
    /// Files without a request.
    pub(crate) empty: usize,
    pub(crate) requests: usize,
    pub(crate) ignored: usize,
    pub(crate) known: usize,
    /// The causes that are shown.
    pub(crate) shown: usize,
    /// Refused requests for which no cause was found.
    pub(crate) unexplained: usize,
    /// The surest verdict that is shown.
    pub(crate) surest: Option<Verdict>,
}

impl Sieve {
    pub(crate) fn new(config: CheckConfig, baseline: Baseline, today: Date, read: Coverage) -> Self {
        Self { config, baseline, today, read, findings: Vec::new(), counts: CheckCounts::default() }
    }

    /// The diagnosis of a file without what is ignored or in the baseline. A request of which nothing is left is left out.
    pub(crate) fn sift(&mut self, file: &str, mut diagnosis: Diagnosis) -> Diagnosis {
        let path = self.config.seen(file);
        self.config.note_file(&path);
        self.read.note(&path);
        self.counts.files += 1;
        diagnosis.exchanges.retain(|exchange| exchange.superseded_by.is_none());
        self.counts.requests += diagnosis.exchanges.len();
        self.counts.empty += usize::from(diagnosis.exchanges.is_empty());
        diagnosis.exchanges.retain_mut(|exchange| {
            let stray = self.stray(&path, exchange);
            let is_kept = self.keeps(&path, exchange);
            if !is_kept {
                exchange.next.clear();
            }
            let Some(stray) = stray else { return is_kept };
            self.counts.shown += 1;
            self.counts.surest = Some(Verdict::Confirmed);
            // In the place of the cause only where that is not open.
            if !is_kept || exchange.outcome == Outcome::Accepted {
                exchange.causes.insert(0, stray);
            } else {
                exchange.next.insert(0, stray);
            }
            true
        });
        // It counted the exchanges that are no longer there.
        diagnosis.first = None;
        diagnosis
    }

    /// A request to another environment than that of the settings is a finding, however it ended.
    fn stray(&mut self, path: &str, exchange: &ExchangeDiagnosis) -> Option<CauseView> {
        let (wanted, _) = self.config.environment.as_ref()?;
        let found = exchange.endpoint.environment.as_ref().filter(|found| *found != wanted)?;
        let title = exchange.endpoint.environment_title.as_deref().unwrap_or(found);
        let cause = CauseView {
            id: OTHER_ENVIRONMENT.to_owned(),
            verdict: Verdict::Confirmed,
            score: 1.0,
            title: format!("The request goes to another environment than `{wanted}`: {title} (`{found}`)"),
            checkpoint: String::new(),
            evidence: Vec::new(),
            about: String::new(),
            fix: "Use the host of the environment that the settings name.".to_owned(),
            references: Vec::new(),
            certainty: Certainty::Documented,
        };
        let request = shape(exchange);
        (!self.is_expected(path, OTHER_ENVIRONMENT, &request)).then_some(cause)
    }

    /// Takes the expected causes out of an exchange. False if it had findings and none is left.
    fn keeps(&mut self, path: &str, exchange: &mut ExchangeDiagnosis) -> bool {
        let is_strong = is_strong(exchange);
        let is_shown = |cause: &CauseView| !is_strong || cause.verdict <= Verdict::Likely;
        let request = shape(exchange);
        let is_unexplained =
            exchange.causes.is_empty() && matches!(exchange.outcome, Outcome::Refused | Outcome::Unclear);
        if is_unexplained {
            let is_expected = self.is_expected(path, NO_CAUSE, &request);
            self.counts.unexplained += usize::from(!is_expected);
            self.counts.shown += usize::from(!is_expected);
            return !is_expected;
        }
        let before = exchange.causes.len();
        let mut causes = std::mem::take(&mut exchange.causes);
        let mut is_explained = false;
        causes.retain(|cause| {
            let is_expected = is_shown(cause) && self.is_expected(path, &cause.id, &request);
            is_explained |= is_expected && cause.verdict <= Verdict::Likely;
            !is_expected
        });
        // What merely fits the answer, too, is not the finding that remains once a sure cause is expected.
        causes.retain(|cause| !is_explained || cause.verdict <= Verdict::Likely);
        exchange.causes = causes;
        if before > 0 && exchange.causes.is_empty() {
            return false;
        }
        exchange.next.retain(|cause| !self.is_expected(path, &cause.id, &request));
        let shown = exchange.causes.iter().filter(|cause| is_shown(cause));
        self.counts.shown += shown.count() + exchange.next.len();
        let surest = exchange.causes.iter().map(|cause| cause.verdict).min();
        self.counts.surest = [self.counts.surest, surest].into_iter().flatten().min();
        true
    }

    fn is_expected(&mut self, path: &str, cause: &str, request: &str) -> bool {
        if let Some(at) = self.config.entry(path, cause, self.today) {
            self.config.ignore[at].is_used = true;
            self.counts.ignored += 1;
            return true;
        }
        let key = BaselineKey { file: path.to_owned(), cause: cause.to_owned(), request: request.to_owned() };
        let is_known = self.baseline.take(&key);
        self.counts.known += usize::from(is_known);
        self.findings.push(key);
        is_known
    }
}

/// The request as a baseline knows it.
fn shape(exchange: &ExchangeDiagnosis) -> String {
    request_shape(exchange.request.method.as_deref(), exchange.request.url.as_deref().unwrap_or_default())
}
