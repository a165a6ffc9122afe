//! The exchanges of a paste by what is wrong with them, so that ten requests with one fault are explained once.

use std::collections::BTreeMap;

use super::headline::is_quiet;
use crate::diagnosis::model::{Diagnosis, ExchangeDiagnosis, Outcome, Verdict};

/// Exchanges with the same outcome and the same causes.
pub(crate) struct AlikeExchanges<'d> {
    /// The first of them, which is shown.
    pub(crate) shown: &'d ExchangeDiagnosis,
    /// Where the others are.
    pub(crate) others: Vec<&'d ExchangeDiagnosis>,
    /// Whether there is another exchange in the paste.
    pub(super) is_one_of_several: bool,
}

/// What exchanges of one group have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Likeness<'d> {
    status: Option<u16>,
    is_answered: bool,
    causes: Vec<(Verdict, &'d str)>,
}

/// The exchanges to be explained, the most important first: the one to read first, then those with the surest causes.
pub(crate) fn groups(diagnosis: &Diagnosis) -> Vec<AlikeExchanges<'_>> {
    let all = &diagnosis.exchanges;
    let counts = |e: &&ExchangeDiagnosis| !is_quiet(e) && e.superseded_by.is_none();
    let first = diagnosis.first.and_then(|i| all.get(i)).filter(counts);
    let rest = all.iter().filter(counts).filter(|e| !first.is_some_and(|f| std::ptr::eq(f, *e)));
    let mut groups: Vec<AlikeExchanges<'_>> = Vec::new();
    let mut place: BTreeMap<Likeness<'_>, usize> = BTreeMap::new();
    for exchange in first.into_iter().chain(rest) {
        let is_weak = !is_strong(exchange);
        let causes = exchange.causes.iter().filter(|c| is_weak || c.verdict <= Verdict::Likely);
        let key = Likeness {
            status: exchange.response.as_ref().and_then(|r| r.status),
            is_answered: exchange.outcome != Outcome::NoAnswer,
            causes: causes.map(|c| (c.verdict, c.id.as_str())).collect(),
        };
        match place.get(&key) {
            Some(at) => groups[*at].others.push(exchange),
            None => {
                place.insert(key, groups.len());
                groups.push(AlikeExchanges { shown: exchange, others: Vec::new(), is_one_of_several: all.len() > 1 });
            }
        }
    }
    if let Some((_, rest)) = groups.split_first_mut() {
        rest.sort_by_key(|g| g.shown.causes.first().map_or(Verdict::Silent, |c| c.verdict));
    }
    groups
}

/// Whether a cause is confirmed or likely.
pub(crate) fn is_strong(exchange: &ExchangeDiagnosis) -> bool {
    exchange.causes.first().is_some_and(|c| c.verdict <= Verdict::Likely)
}
