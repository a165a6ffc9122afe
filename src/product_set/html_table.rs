//! Tables in HTML: each becomes lines with tabs, so that the cells of a row stay together. Programs that write mail put
//! paragraphs into cells, and then the text of the page has each cell on a line of its own.

use crate::carrier::html::AngleMark;

/// A cell is in at most as many rows.
const MOST_ROWS: usize = 1000;

/// A page whose tables are preformatted text, and whether a table has no end.
pub(super) fn with_plain_tables(page: &str) -> (String, bool) {
    let mut out = String::with_capacity(page.len());
    // Where the innermost table begins in `out`, with the rows so far; outer tables only lay out the page.
    let mut tables: Vec<OpenTable> = Vec::new();
    let mut at = 0;
    while at < page.len() {
        let open = page[at..].find('<').map_or(page.len(), |i| at + i);
        if let Some(table) = tables.last_mut() {
            table.words(&page[at..open]);
        }
        out.push_str(&page[at..open]);
        if open == page.len() {
            break;
        }
        let rest = &page[open..];
        let end = match AngleMark::of(rest) {
            AngleMark::Comment(length) => {
                at = open + length;
                continue;
            }
            AngleMark::Tag(end) => end,
            AngleMark::Bracket => {
                out.push('<');
                at = open + 1;
                continue;
            }
        };
        at = open + end + 1;
        let closes = rest[1..end].starts_with('/');
        let name: String =
            rest[1..end].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        match (name.to_ascii_lowercase().as_str(), closes) {
            ("table", false) => {
                if let Some(outer) = tables.last_mut() {
                    outer.has_inner = true;
                }
                tables.push(OpenTable { start: out.len(), ..OpenTable::default() });
            }
            ("table", true) => {
                out.push_str(&rest[..=end]);
                if let Some(table) = tables.pop()
                    && let Some(plain) = table.plain()
                {
                    out.truncate(table.start);
                    out.push_str(&plain);
                }
                continue;
            }
            (name, closes) => {
                if let Some(table) = tables.last_mut() {
                    table.tag(name, closes, &rest[1..end]);
                }
            }
        }
        out.push_str(&rest[..=end]);
    }
    let is_cut = !tables.is_empty();
    if let Some(table) = tables.pop()
        && let Some(plain) = table.plain()
    {
        out.truncate(table.start);
        out.push_str(&plain);
    }
    (out, is_cut)
}

#[derive(Clone, Default)]
struct HtmlCell {
    text: String,
    /// How many rows it is in.
    over: usize,
}

#[derive(Default)]
struct OpenTable {
    start: usize,
    rows: Vec<Vec<HtmlCell>>,
    is_in_cell: bool,
    has_inner: bool,
}

impl OpenTable {
    fn words(&mut self, source: &str) {
        if !self.is_in_cell {
            return;
        }
        let Some(cell) = self.rows.last_mut().and_then(|r| r.last_mut()).map(|c| &mut c.text) else { return };
        for word in source.split_whitespace() {
            if !cell.is_empty() && !cell.ends_with('\n') && !cell.ends_with(' ') {
                cell.push(' ');
            }
            cell.push_str(word);
        }
    }

    fn tag(&mut self, name: &str, closes: bool, tag: &str) {
        match (name, closes) {
            ("tr", false) => {
                self.is_in_cell = false;
                self.rows.push(Vec::new());
            }
            ("td" | "th", false) => {
                if self.rows.is_empty() {
                    self.rows.push(Vec::new());
                }
                if let Some(row) = self.rows.last_mut() {
                    // A cell over several columns has its text in the last, and blank cells in front.
                    let over = attribute(tag, "colspan").unwrap_or(1).clamp(1, 50);
                    let rows =
                        attribute(tag, "rowspan").map_or(1, |n| if n == 0 { MOST_ROWS } else { n.min(MOST_ROWS) });
                    row.extend((0..over).map(|_| HtmlCell { text: String::new(), over: rows }));
                    self.is_in_cell = true;
                }
            }
            ("td" | "th" | "tr", true) => self.is_in_cell = false,
            ("br" | "p" | "div" | "li", _) => {
                if let Some(cell) = self.rows.last_mut().and_then(|r| r.last_mut()).filter(|_| self.is_in_cell)
                    && !cell.text.is_empty()
                    && !cell.text.ends_with('\n')
                {
                    cell.text.push('\n');
                }
            }
            (_, false) => {
                if let Some(word) = picture(name, tag) {
                    self.words(&word);
                }
            }
            _ => {}
        }
    }

    /// The rows, with the text of a cell in every row that it is in.
    fn filled(&self) -> Vec<Vec<&str>> {
        // What may be repeated in all: a small page must not become a huge table.
        const MOST_REPEATED: usize = 1 << 20;
        let mut left = MOST_REPEATED;
        let mut rows = Vec::new();
        // The cells that go on in the next row, by column, with the number of rows.
        let mut above: Vec<Option<(&str, usize)>> = Vec::new();
        for row in self.rows.iter().filter(|r| !r.is_empty()) {
            let mut cells = Vec::new();
            let mut own = row.iter().peekable();
            let last = above.iter().rposition(Option::is_some).map_or(0, |at| at + 1);
            while own.peek().is_some() || cells.len() < last {
                let at = cells.len();
                if above.len() <= at {
                    above.resize(at + 1, None);
                }
                let (text, over) = match above[at] {
                    Some((text, over)) => {
                        left = left.saturating_sub(text.len() + 1);
                        (if left > 0 { text } else { "" }, over)
                    }
                    None => own.next().map_or(("", 1), |c| (c.text.as_str(), c.over)),
                };
                above[at] = (over > 1 && left > 0).then_some((text, over - 1));
                cells.push(text);
            }
            rows.push(cells);
        }
        rows
    }

    /// The rows as preformatted lines; `None` if they only lay out the page.
    fn plain(&self) -> Option<String> {
        let rows = self.filled();
        if self.has_inner || rows.iter().all(|r| r.len() < 2) {
            return None;
        }
        let mut plain = String::from("<pre>\n");
        for row in rows {
            for (i, cell) in row.iter().enumerate() {
                if i > 0 {
                    plain.push('\t');
                }
                let cell = html_escape::decode_html_entities(cell).replace('\u{A0}', " ");
                let cell = cell.trim();
                let quoted = if cell.contains(['\n', '\t', '"']) {
                    format!("\"{}\"", cell.replace('"', "\"\""))
                } else {
                    cell.to_owned()
                };
                plain.push_str(&html_escape::encode_text(&quoted));
            }
            plain.push('\n');
        }
        plain.push_str("</pre>\n");
        Some(plain)
    }
}

/// The number in an attribute.
fn attribute(tag: &str, name: &str) -> Option<usize> {
    let value = text_attribute(tag, name)?;
    value[..value.bytes().take_while(u8::is_ascii_digit).count()].parse().ok()
}

/// The text of an attribute, in lower case.
fn text_attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let value = &lower[lower.find(&format!(" {name}="))? + name.len() + 2..];
    let end = match value.chars().next()? {
        mark @ ('"' | '\'') => return value[1..].split(mark).next().map(str::to_owned),
        _ => value.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(value.len()),
    };
    Some(value[..end].to_owned())
}

/// What a picture in a cell stands for: a tick of Confluence, a box of a form. One that is not known is not nothing.
fn picture(name: &str, tag: &str) -> Option<String> {
    const TEXTS: [&str; 6] = ["ac:name", "ac:emoji-shortname", "alt", "aria-label", "title", "data-emoji-short-name"];
    /// Elements that only format or group words.
    const OF_TEXT: [&str; 53] = [
        "a",
        "abbr",
        "address",
        "article",
        "b",
        "big",
        "blockquote",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "dl",
        "dt",
        "em",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "o",
        "ol",
        "pre",
        "q",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tbody",
        "tfoot",
        "thead",
        "time",
        "tt",
        "u",
        "ul",
        "var",
        "wbr",
    ];
    let said = || TEXTS.iter().find_map(|key| text_attribute(tag, key)).filter(|text| !text.trim().is_empty());
    match name {
        "input" if text_attribute(tag, "type").is_some_and(|kind| kind == "checkbox") => {
            let is_ticked = tag.to_ascii_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| w == "checked");
            return Some(if is_ticked { "☑" } else { "☐" }.to_owned());
        }
        // An element of text with a label that is read out; the words in it are taken anyway.
        "span" if text_attribute(tag, "role").is_some_and(|role| role == "img") => {}
        // Confluence's macros have their words inside.
        "ac" if ["ac:structured", "ac:param", "ac:rich", "ac:plain", "ac:link", "ac:task", "ac:layout"]
            .iter()
            .any(|t| tag.starts_with(t)) =>
        {
            return None;
        }
        "i" => {}
        name if OF_TEXT.contains(&name) => return None,
        _ => {}
    }
    let Some(said) = said() else {
        const ICONS: [&str; 4] = ["fa-", "icon", "glyph", "emoji"];
        let class = text_attribute(tag, "class").unwrap_or_default();
        let is_icon = name != "i" || ICONS.iter().any(|icon| class.contains(icon));
        return is_icon.then(|| "[picture]".to_owned());
    };
    let word = said.trim_matches(|c: char| matches!(c, ':' | '(' | ')') || c.is_whitespace());
    Some(match word {
        "tick" | "check" | "check mark" | "checked" | "white_check_mark" | "plus" => "✓".to_owned(),
        "cross" | "cross mark" | "error" | "x" | "minus" => "✗".to_owned(),
        "question" | "warning" | "information" => "?".to_owned(),
        _ => said,
    })
}

#[cfg(test)]
mod tests {
    use super::with_plain_tables;

    #[test]
    fn a_table_is_lines_with_tabs() {
        let row = "<tr><td><p class=x>A005</p></td><td><p>Yes<br>no</p></td></tr>";
        let (page, is_cut) = with_plain_tables(&format!("<p>a</p><table>{row}</table>b"));
        assert_eq!((page.as_str(), is_cut), ("<p>a</p><pre>\nA005\t\"Yes\nno\"\n</pre>\nb", false));
        assert!(with_plain_tables("<table><tr><td>a").1, "the table has no end");
        for (cell, word) in [
            ("<ac:emoticon ac:name=\"tick\" />", "✓"),
            ("<ac:emoticon ac:name='cross' ac:emoji-shortname=':cross_mark:'/>", "✗"),
            ("<img src=a.png alt=\"Yes\">", "yes"),
            ("<img src=a.png>", "[picture]"),
            ("<i class=\"fa fa-check\"></i>", "[picture]"),
            ("<input type=checkbox checked disabled>", "☑"),
            ("<input disabled=\"\" type=\"checkbox\">", "☐"),
        ] {
            let page = with_plain_tables(&format!("<table><tr><td>A005</td><td>{cell}</td></tr></table>")).0;
            assert_eq!(page, format!("<pre>\nA005\t{word}\n</pre>\n"), "{cell}");
        }
        let outer = format!("<table><tr><td>x</td><td><table>{row}</table></td></tr></table>");
        assert!(with_plain_tables(&outer).0.starts_with("<table><tr><td>x</td><td><pre>"));
    }
}
