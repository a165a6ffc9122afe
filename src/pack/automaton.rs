//! A regular expression as a table that the build makes: nothing is compiled at start, and a search is one look for each byte.

use serde::{Deserialize, Deserializer};

/// The table of an expression; empty if it has none. Nothing in it is read before it is needed.
///
/// First the class of each byte, then the number of classes, one of which is the end of the text. Then for each state the next
/// one by class, two bytes each.
#[derive(Clone, Copy, Default)]
pub(super) struct Automaton(&'static [u8]);

/// From this state nothing matches any more.
pub(super) const DEAD: u16 = 0;

/// The state in which a search begins.
pub(super) const START: u16 = 1;

/// The bit of a next state that says that a match ended in front of the byte.
pub(super) const MATCHED: u16 = 1 << 15;

/// How many bytes a table begins with.
const HEAD: usize = 257;

impl<'de: 'static> Deserialize<'de> for Automaton {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        <&'static [u8]>::deserialize(from).map(Self)
    }
}

impl Automaton {
    /// Whether the expression has none.
    pub(super) const fn is_empty(self) -> bool {
        self.0.len() <= HEAD
    }

    /// Whether the expression matches somewhere in a text.
    pub(super) fn is_match(self, text: &str) -> bool {
        self.search(text, true).is_some()
    }

    /// The end of the first match in a text.
    pub(super) fn end(self, text: &str) -> Option<usize> {
        self.search(text, false)
    }

    fn search(self, text: &str, is_first_enough: bool) -> Option<usize> {
        let (mut state, mut end) = (START, None);
        for (at, byte) in text.bytes().enumerate() {
            let next = self.next(state, self.0[usize::from(byte)]);
            state = next & !MATCHED;
            if next & MATCHED != 0 {
                end = Some(at);
            }
            if state == DEAD || is_first_enough && end.is_some() {
                return end;
            }
        }
        let last = self.next(state, self.0[HEAD - 1] - 1);
        if last & MATCHED != 0 { Some(text.len()) } else { end }
    }

    /// The next state. A table that is cut off, which the build does not write, has none.
    fn next(self, state: u16, class: u8) -> u16 {
        let classes = usize::from(self.0[HEAD - 1]);
        let at = HEAD + 2 * (usize::from(state) * classes + usize::from(class));
        self.0.get(at..at + 2).map_or(DEAD, |next| u16::from_le_bytes([next[0], next[1]]))
    }
}
