//! Which verdict makes a run fail.

use clap::ValueEnum;

use crate::diagnosis::model::Verdict;

/// The lowest verdict that makes the exit status 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Only for a confirmed cause
    Confirmed,
    /// For a confirmed or likely cause
    Likely,
    /// For any cause
    Possible,
    /// Not at all
    Never,
}

impl FailOn {
    /// The lowest verdict; `None` for never.
    pub(super) const fn least(self) -> Option<Verdict> {
        match self {
            Self::Confirmed => Some(Verdict::Confirmed),
            Self::Likely => Some(Verdict::Likely),
            Self::Possible => Some(Verdict::Possible),
            Self::Never => None,
        }
    }

    /// Whether a cause with this verdict makes the exit status 1.
    pub(super) fn includes(self, verdict: Verdict) -> bool {
        self.least().is_some_and(|least| verdict <= least)
    }
}
