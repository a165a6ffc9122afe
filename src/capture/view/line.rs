//! A line of the view, and which way it went over the wire.

use crate::text::Text;

/// Which way a line of a wire dump went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Sent by the client (`> `).
    Out,
    /// Sent by the server (`< `).
    In,
}

impl Direction {
    pub(super) fn other(self) -> Self {
        match self {
            Self::Out => Self::In,
            Self::In => Self::Out,
        }
    }
}

/// A line of the view while it is cleaned.
#[derive(Clone, Debug)]
pub(super) struct ViewLine {
    pub(super) direction: Option<Direction>,
    pub(super) text: Text,
    /// The text between this line and the next one, if it is not a line end.
    pub(super) joined: Option<&'static str>,
}

impl ViewLine {
    pub(super) fn new(direction: Option<Direction>, text: Text) -> Self {
        Self { direction, text, joined: None }
    }

    pub(super) fn as_str(&self) -> &str {
        self.text.as_str()
    }

    pub(super) fn cut(&self, from: usize) -> Self {
        Self::new(self.direction, self.text.slice(from..self.text.len()))
    }

    pub(super) fn blank(&self) -> Self {
        Self::new(self.direction, self.text.slice(0..0))
    }
}
