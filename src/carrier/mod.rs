//! Opens what carried a text: a mail, RTF, the colours of a terminal, the JSON record of an issue tracker.
//!
//! These forms are not readable in the paste itself (base64, `=3D`, `\u8217?`), so nothing of them could be underlined.
//! They are opened before anything is read, and every later place counts in the text that was inside. Wrapping that
//! leaves the text readable (quote marks, code fences, escapes within a line) is taken off in `capture/view`, which
//! keeps the places of the paste.

pub(crate) mod html;
mod line_ends;
mod mail;
mod quoted;
pub(crate) mod rtf;
mod terminal;
mod tracker;

use crate::text::Decoded;

/// A carrier in a carrier is usual (RTF in a mail, a mail in a tracker's record); more than this is not.
const MOST_CARRIERS: usize = 6;

/// Gives the text inside, or `None` for a text that is not of its form.
type Opener = fn(&str) -> Option<String>;

/// The openers, each with a name for the note in the report.
const OPENERS: &[(&str, Opener)] = &[
    ("colour codes of a terminal", terminal::open),
    ("a mail", mail::open),
    ("an RTF document", rtf::open),
    ("the record of an issue tracker", tracker::open),
    ("quoted-printable text", quoted::open),
];

/// The text inside all carriers. [`Decoded::opened`] says what they were.
#[must_use]
pub(crate) fn open(mut decoded: Decoded) -> Decoded {
    for _ in 0..MOST_CARRIERS {
        let Some((name, text)) = OPENERS.iter().find_map(|(name, open)| Some((*name, open(&decoded.text)?))) else {
            break;
        };
        // The places of invalid bytes are those of the carrier.
        decoded.replaced.clear();
        decoded.opened.push(name);
        decoded.text = text;
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::decode;

    #[test]
    fn what_is_no_carrier_stays_as_it_is() {
        for text in [
            "GET /a?b=3D HTTP/1.1\nHost: a\n",
            "HTTP/1.1 401 Unauthorized\nContent-Type: text/plain\nMIME-Version: 1.0\n\nno",
            "{\"log\":{\"entries\":[]}}",
            "{\"message\":\"a\\nb\"}",
            "From: a\nSubject: b\n\nGET /a",
        ] {
            let opened = open(decode(text.as_bytes()));
            assert_eq!((opened.text.as_str(), opened.opened.len()), (text, 0));
        }
    }

    #[test]
    fn carriers_in_carriers_are_opened() {
        let mail = "From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\
                    Content-Transfer-Encoding: base64\n\n";
        use base64::Engine as _;
        let inner = base64::engine::general_purpose::STANDARD.encode("{\\rtf1\\ansi GET /a\\par Host: b\\par}");
        let opened = open(decode(format!("{mail}{inner}\n").as_bytes()));
        assert!(opened.text.contains("GET /a\nHost: b"), "{}", opened.text);
    }
}
