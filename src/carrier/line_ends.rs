//! Line ends, of which a carrier may use any kind.

use std::borrow::Cow;

/// A text with `\n` as its only line end.
pub(super) fn with_plain_line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}
