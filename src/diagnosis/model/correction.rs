//! The request with the fixes applied.

/// The corrected request, line by line.
#[derive(Clone, Debug)]
pub struct Correction {
    /// Its lines; removed lines are among them.
    pub lines: Vec<CorrectionLine>,
}

/// A line of the corrected request.
#[derive(Clone, Debug)]
pub struct CorrectionLine {
    /// Whether the line stays, goes or is new.
    pub mark: CorrectionMark,
    /// The line, with credentials masked.
    pub text: String,
}

impl CorrectionLine {
    /// The line with its mark in front, as in a diff.
    pub(crate) fn marked(&self) -> String {
        let mark = match self.mark {
            CorrectionMark::Keep => "  ",
            CorrectionMark::Remove => "- ",
            CorrectionMark::Add => "+ ",
        };
        format!("{mark}{}", self.text)
    }
}

/// What happens to a line of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectionMark {
    /// The line stays as it is.
    Keep,
    /// The line is removed.
    Remove,
    /// The line is added.
    Add,
}
