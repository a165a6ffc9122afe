//! XML and HTML as servers answer with it, read into the same tree as JSON: an element is an object, its attributes and
//! children are the members. Damage is tolerated, because pages are sloppy and pastes are cut.
//!
//! What is ignored: namespaces, processing instructions, comments, scripts and styles.

use super::json::Json;
use crate::text::{Span, Text, TextBuilder};

/// How deep elements may nest; deeper ones are read as if they were siblings.
const DEPTH: usize = 64;
/// How many elements are read.
const ELEMENTS: usize = 4000;
/// Elements of HTML that only style the words in them.
const INLINE: &[&str] =
    &["a", "abbr", "b", "big", "center", "code", "em", "font", "i", "small", "span", "strong", "tt", "u"];
/// Elements of HTML without an end tag.
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// An XML document or an HTML page.
pub(crate) struct Markup {
    /// The root element: its name without prefix, in lower case.
    pub(crate) root: String,
    /// The root element as an object.
    pub(crate) json: Json,
    /// The stretches of text in it, in order, but for scripts and styles: the element's name, the words.
    pub(crate) words: Vec<(String, Text)>,
    /// Where it ended, as an offset of the text that was read.
    pub(crate) end: usize,
}

impl Markup {
    /// Whether it is a page, not data.
    pub(crate) fn is_page(&self) -> bool {
        is_of_page(&self.root)
    }
}

/// Whether a root element is one of HTML.
fn is_of_page(root: &str) -> bool {
    ["html", "head", "body", "title", "h1", "h2", "p", "div", "pre"].iter().any(|name| root.eq_ignore_ascii_case(name))
}

struct OpenElement {
    name: String,
    at: usize,
    members: Vec<(Text, Json)>,
    words: TextBuilder,
}

/// Reads the document that begins at the first `<` of a text. `None` where no element begins there.
pub(crate) fn parse(text: &Text) -> Option<Markup> {
    let s = text.as_str();
    let mut reader = ElementReader { text, stack: Vec::new(), words: Vec::new(), root: None };
    let mut at = s.find('<')?;
    let mut elements = 0;
    while at < s.len() && reader.root.is_none() {
        let rest = &s[at..];
        if let Some(inner) = rest.strip_prefix("<![CDATA[") {
            let end = inner.find("]]>").unwrap_or(inner.len());
            let from = at + "<![CDATA[".len();
            reader.copy(from..from + end);
            at = (from + end + "]]>".len()).min(s.len());
        } else if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(s.len(), |end| at + end + 3);
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            at = rest.find('>').map_or(s.len(), |end| at + end + 1);
        } else if let Some(inner) = rest.strip_prefix("</") {
            let end = inner.find('>').unwrap_or(inner.len());
            reader.close(&name(&inner[..end]), at);
            at = (at + 2 + end + 1).min(s.len());
        } else if rest.strip_prefix('<').is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
            elements += 1;
            if elements > ELEMENTS {
                break;
            }
            at = reader.open(at);
        } else {
            // Text, or a `<` that begins nothing.
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[first..].find('<').map_or(s.len(), |end| at + first + end);
            reader.copy(at..end);
            at = end;
        }
    }
    while reader.root.is_none() && !reader.stack.is_empty() {
        reader.pop(s.len());
    }
    let (root, json) = reader.root?;
    Some(Markup { root, json, words: reader.words, end: at.min(s.len()) })
}

/// The name of an element without its prefix.
fn name(tag: &str) -> String {
    let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(tag.len());
    let tag = &tag[..end];
    tag[tag.find(':').map_or(0, |i| i + 1)..].to_owned()
}

struct ElementReader<'t> {
    text: &'t Text,
    stack: Vec<OpenElement>,
    words: Vec<(String, Text)>,
    root: Option<(String, Json)>,
}

impl ElementReader<'_> {
    /// Reads a start tag; gives its end.
    fn open(&mut self, at: usize) -> usize {
        let s = self.text.as_str();
        let name = name(&s[at + 1..]);
        let raw_end = s[at + 1..].find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
        let mut here = raw_end.map_or(s.len(), |end| at + 1 + end);
        let mut members = Vec::new();
        let mut closes = false;
        while here < s.len() {
            let rest = &s[here..];
            let c = rest.chars().next().unwrap_or('>');
            if c == '>' {
                here += 1;
                break;
            }
            if c == '<' {
                break;
            }
            closes = c == '/';
            if c.is_whitespace() || c == '/' {
                here += c.len_utf8();
                continue;
            }
            let len =
                rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<')).unwrap_or(rest.len());
            let key = here..here + len.max(c.len_utf8());
            here = key.end;
            let blanks = s[here..].len() - s[here..].trim_start().len();
            if let Some(value) = s[here + blanks..].strip_prefix('=') {
                let from = s.len() - value.trim_start().len();
                let quote = s[from..].chars().next().filter(|q| matches!(q, '"' | '\'' | '“' | '”'));
                let range = match quote {
                    Some(quote) => {
                        let start = from + quote.len_utf8();
                        let ends = |c: char| if quote == '\'' { c == '\'' } else { matches!(c, '"' | '“' | '”') };
                        let end = s[start..].find(ends).map_or(s.len(), |end| start + end);
                        here = s[end..].chars().next().map_or(s.len(), |c| end + c.len_utf8());
                        start..end
                    }
                    None => {
                        let end = s[from..].find(|c: char| c.is_whitespace() || c == '>').unwrap_or(s.len() - from);
                        here = from + end;
                        from..from + end
                    }
                };
                if !s[key.clone()].starts_with("xmlns") {
                    members.push((self.text.slice(key), Json::String(decoded(self.text, range))));
                }
            }
        }
        let lower = name.to_ascii_lowercase();
        if matches!(lower.as_str(), "script" | "style") {
            let end = s[here..].find("</").map_or(s.len(), |end| here + end);
            return s[end..].find('>').map_or(s.len(), |close| end + close + 1);
        }
        // `<Code>` of an error object is not HTML.
        let is_page = self.stack.first().is_some_and(|root| is_of_page(&root.name));
        if lower == "br" {
            self.flush();
        }
        if is_page && VOID.contains(&lower.as_str()) {
            return here;
        }
        let is_inline = is_page && INLINE.contains(&lower.as_str());
        if is_inline || self.stack.len() >= DEPTH {
            return here;
        }
        self.flush();
        let words = TextBuilder::new(self.text.span_of(at..at));
        self.stack.push(OpenElement { name, at, members, words });
        if closes {
            self.pop(here);
        }
        here
    }

    /// Adds text to the element that is open.
    fn copy(&mut self, range: std::ops::Range<usize>) {
        if let Some(frame) = self.stack.last_mut() {
            decode_into(&mut frame.words, self.text, range);
        }
    }

    /// Ends the words collected so far: another element begins, or a line.
    fn flush(&mut self) {
        let Some(frame) = self.stack.last_mut() else { return };
        let words = std::mem::replace(&mut frame.words, TextBuilder::new(Span::new(0, 0))).finish().trim();
        if words.is_empty() {
            return;
        }
        self.words.push((frame.name.to_ascii_lowercase(), words.clone()));
        frame.members.push((Text::implied("#text", words.span()), Json::String(words)));
    }

    fn close(&mut self, name: &str, at: usize) {
        if self.stack.iter().any(|f| f.name.eq_ignore_ascii_case(name)) {
            while let Some(frame) = self.stack.last() {
                let is_it = frame.name.eq_ignore_ascii_case(name);
                self.pop(at);
                if is_it {
                    break;
                }
            }
        }
    }

    /// Closes the innermost element.
    fn pop(&mut self, end: usize) {
        self.flush();
        let Some(frame) = self.stack.pop() else { return };
        let span = self.text.span_of(frame.at..end);
        let key = Text::implied(&frame.name, Span::new(span.start, span.start));
        let json = value(frame.members, span);
        match self.stack.last_mut() {
            Some(parent) => parent.members.push((key, json)),
            None => self.root = Some((frame.name.to_ascii_lowercase(), json)),
        }
    }
}

/// An element as a value: with nothing but words, or with a single attribute `value` as in FHIR, a string; else an
/// object, in which several children of one name are one array.
fn value(members: Vec<(Text, Json)>, span: Span) -> Json {
    if let [(name, only @ Json::String(_))] = members.as_slice()
        && matches!(name.as_str(), "#text" | "value")
    {
        return only.clone();
    }
    let mut merged: Vec<(Text, Vec<Json>)> = Vec::new();
    for (name, value) in members {
        // Repeated children usually follow each other.
        match merged.iter_mut().rev().take(8).find(|(known, _)| known.as_str() == name.as_str()) {
            Some((_, values)) => values.push(value),
            None => merged.push((name, vec![value])),
        }
    }
    let single = |(name, mut values): (Text, Vec<Json>)| match values.len() {
        1 => values.pop().map(|value| (name, value)),
        _ => Some((name, Json::array(values, span))),
    };
    Json::object(merged.into_iter().filter_map(single).collect(), span)
}

/// A stretch of text with its entities decoded.
fn decoded(text: &Text, range: std::ops::Range<usize>) -> Text {
    let s = text.as_str();
    if !s[range.clone()].contains('&') {
        return text.slice(range);
    }
    let mut builder = TextBuilder::new(text.span_of(range.clone()));
    decode_into(&mut builder, text, range);
    builder.finish()
}

fn decode_into(builder: &mut TextBuilder, text: &Text, range: std::ops::Range<usize>) {
    let s = text.as_str();
    let mut run = range.start;
    for (i, _) in s[range.clone()].match_indices('&') {
        let at = range.start + i;
        let Some((len, c)) = entity(&s[at..range.end]).filter(|_| at >= run) else { continue };
        builder.copy(text, run..at);
        builder.replace(text, at..at + len, c.encode_utf8(&mut [0; 4]));
        run = at + len;
    }
    builder.copy(text, run..range.end);
}

/// The character that an entity at the beginning of a text stands for, and the entity's length.
fn entity(s: &str) -> Option<(usize, char)> {
    let head = &s.as_bytes()[..s.len().min(12)];
    let end = head.iter().position(|b| *b == b';')?;
    let name = s.get(1..end)?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((end + 1, c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::json::outline;

    #[test]
    fn elements_are_objects() {
        for (xml, root, expected) in [
            ("<?xml version=\"1.0\"?>\n<a><b value=\"x\"/></a>", "a", "{b=\"x\"}"),
            ("<s:F xmlns:s='u'><c>1 &lt; 2</c><c>b</c></s:F>", "f", "{c=[\"1 < 2\" \"b\"]}"),
            ("<e><m><![CDATA[no <key>]]></m></e>", "e", "{m=\"no <key>\"}"),
            ("<e><m>é < ü</m></e>", "e", "{m=\"é < ü\"}"),
            ("<e><m>cut in the mid", "e", "{m=\"cut in the mid\"}"),
            ("<p>one<br>two <b>three</b></p>", "p", "{#text=[\"one\" \"two three\"]}"),
            ("<html><style>x</style><h1>401</h1></html>", "html", "{h1=\"401\"}"),
            ("<a b=c d='e f'>g</a>", "a", "{b=\"c\" d=\"e f\" #text=\"g\"}"),
        ] {
            let markup = parse(&Text::paste(xml)).map(|m| (m.root.clone(), outline(&m.json)));
            assert_eq!(markup, Some((root.to_owned(), expected.to_owned())), "{xml}");
        }
        assert!(parse(&Text::paste("1 < 2 and <3")).is_none());
    }
}
