//! The text of an HTML document, as a reader of a mail sees it.
//!
//! Tags are enough here: a mail's markup is generated, and its tree does not matter. A browser's parser (`html5ever`
//! and what builds on it) would bring some thirty crates for it.

/// Tags that begin a new line, at their beginning and at their end.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "section",
    "article",
    "header",
    "footer",
    "hr",
    "dt",
    "dd",
    "tbody",
    "thead",
];

/// Elements whose content is not shown.
const HIDDEN: &[&str] = &["style", "script", "head", "title", "template"];

/// The longest tag. Outlook writes long styles.
const LONGEST_TAG: usize = 8 << 10;

/// What a `<` in a page may begin.
pub(crate) enum AngleMark {
    /// A comment of this length.
    Comment(usize),
    /// A tag, if its name is that of one, with its `>` at this offset.
    Tag(usize),
    /// Neither: the character itself.
    Bracket,
}

impl AngleMark {
    /// `rest` begins with the `<`.
    pub(crate) fn of(rest: &str) -> Self {
        if rest.starts_with("<!--") {
            return Self::Comment(rest.find("-->").map_or(rest.len(), |i| i + 3));
        }
        rest.bytes().take(LONGEST_TAG).position(|b| b == b'>').map_or(Self::Bracket, Self::Tag)
    }
}

/// The text of a page: line ends where blocks begin and end, white space as HTML shows it, entities decoded.
pub(crate) fn text(page: &str) -> String {
    let mut out = Out { text: String::with_capacity(page.len() / 2), preserved: 0, is_blank_due: false };
    let mut at = 0;
    while at < page.len() {
        let open = page[at..].find('<').map_or(page.len(), |i| at + i);
        out.words(&page[at..open]);
        if open == page.len() {
            break;
        }
        let rest = &page[open..];
        let begins_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let end = match AngleMark::of(rest) {
            AngleMark::Comment(length) => {
                at = open + length;
                continue;
            }
            AngleMark::Tag(end) if begins_tag => end,
            AngleMark::Tag(_) | AngleMark::Bracket => {
                out.words("<");
                at = open + 1;
                continue;
            }
        };
        at = open + end + 1;
        let inner = rest[1..end].trim_end_matches('/');
        let closes = inner.starts_with('/');
        let name = inner
            .trim_start_matches('/')
            .split(|c: char| c.is_whitespace())
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if HIDDEN.contains(&name.as_str()) && !closes {
            let end = format!("</{name}");
            let lower = page[at..].to_ascii_lowercase();
            at = lower.find(&end).map_or(page.len(), |i| at + i);
            continue;
        }
        match name.as_str() {
            "br" => out.text.push('\n'),
            "td" | "th" if closes => out.text.push('\t'),
            "pre" => {
                out.line();
                out.preserved = if closes { out.preserved.saturating_sub(1) } else { out.preserved + 1 };
            }
            name if BLOCKS.contains(&name) => out.line(),
            _ => {}
        }
    }
    out.text
}

struct Out {
    text: String,
    /// How many elements are open in which white space is shown as it is.
    preserved: usize,
    /// Whether white space came since the last word.
    is_blank_due: bool,
}

impl Out {
    /// Ends the line, if something is on it.
    fn line(&mut self) {
        self.is_blank_due = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn words(&mut self, source: &str) {
        if self.preserved > 0 {
            let source = super::line_ends::with_plain_line_ends(source);
            self.text.push_str(&html_escape::decode_html_entities(&source));
            return;
        }
        for (i, word) in source.split([' ', '\t', '\r', '\n']).enumerate() {
            self.is_blank_due |= i > 0;
            if word.is_empty() {
                continue;
            }
            let begins_line = self.text.is_empty() || self.text.ends_with(['\n', '\t']);
            if std::mem::take(&mut self.is_blank_due) && !begins_line {
                self.text.push(' ');
            }
            // `&nbsp;` holds the place of a blank.
            self.text.push_str(&html_escape::decode_html_entities(word).replace('\u{a0}', " "));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_page_is_read_as_it_is_shown() {
        assert_eq!(
            text("<html><head><style>p {}</style></head><body><p class=x>a\r\n b&lt;</p><p>&nbsp;</p><p>c</p>"),
            "a b<\n \nc\n"
        );
        assert_eq!(text("<pre>a\n  b &amp; c</pre>d<br>e"), "a\n  b & c\nd\ne");
        assert_eq!(text("<table><tr><td>a</td><td>b</td></tr></table>"), "a\tb\t\n");
        assert_eq!(text("a < b <notclosed"), "a < b <notclosed");
        assert_eq!(text("Bear<b>er</b> x<!-- y -->"), "Bearer x");
    }
}
