//! Which packs apply to an exchange. A pack that is about one platform has nothing to say about a request to another:
//! its causes, its refinements and its questions would only confuse there.

use crate::engine::evaluate::is_met;
use crate::facts::Facts;
use crate::pack::model::{Pack, Pathway, Refinement};

/// The packs that apply to one exchange.
pub(super) struct Scope<'p> {
    /// The packs that do not apply.
    away: Vec<&'p str>,
    pathway: Option<&'p Pathway>,
}

impl<'p> Scope<'p> {
    pub(super) fn of(pack: &'p Pack, pathway: Option<&'p Pathway>, facts: &Facts) -> Self {
        let whole = |name: &'p str| -> &'p str {
            let scope = pack.scopes.iter().find(|s| s.pack == name);
            scope.and_then(|s| s.part_of.as_deref()).unwrap_or(name)
        };
        let own = pathway.map(|p| whole(&p.pack));
        let mut applying: Vec<&str> = own.into_iter().collect();
        for scope in &pack.scopes {
            let is_here = || scope.when.as_ref().is_some_and(|when| is_met(when, facts));
            if !applying.contains(&scope.pack.as_str()) && is_here() {
                applying.push(&scope.pack);
            }
        }
        let names = pack.scopes.iter().map(|s| s.pack.as_str());
        Self { away: names.filter(|name| !applying.contains(&whole(name))).collect(), pathway }
    }

    /// Whether a pack applies.
    pub(super) fn holds(&self, pack: &str) -> bool {
        !self.away.contains(&pack)
    }

    /// Whether a refinement counts: its pack applies, and the request takes one of its pathways.
    pub(super) fn refines(&self, refinement: &Refinement) -> bool {
        let here = || self.pathway.is_some_and(|p| refinement.pathways.contains(&p.id));
        self.holds(&refinement.pack) && (refinement.pathways.is_empty() || here())
    }
}
