//! Directory entries as tools print them line by line: LDIF, curl's `ldap://`, ldap3's `str(entry)`, Net::LDAP's dump, and
//! their kin. They differ in indentation, in the case of `dn`, and in how further values and long values continue.
//!
//! The values of an attribute come together. So a list of interactions is known to be whole when another attribute or an
//! end mark follows it; otherwise it may have been cut.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::entry::{self, LdapEntry};
use super::ldap_result;
use super::model::{GapKind, ProductSetFile, Reason, SetGap, merged_entries};
use super::source::{SetSource, SourceLine};
use super::words;
use crate::facts::SetForm;

/// A line of at least this length may have been folded; an editor may have removed the blank that begins the next one.
const FOLDED: usize = 70;

/// A rule has at least as many dashes.
const SHORTEST_RULE: usize = 8;

/// Reads a text that contains directory entries; `None` if it has none.
pub(super) fn read(source: &SetSource) -> Option<ProductSetFile> {
    let has_dn = has_names(source);
    if !has_dn && !has_interactions(source) {
        return is_search_output(source).then(|| {
            let mut signs = Signs::default();
            source.lines.iter().for_each(|l| signs.read(l));
            match signs.errors.first() {
                Some((code, _)) => ProductSetFile::without(SetForm::Ldif, Reason::LdapError(*code)),
                None => ProductSetFile::without(SetForm::Ldif, Reason::EmptyResult),
            }
        });
    }
    let mut reader = DirectoryReader { has_dn, ..DirectoryReader::default() };
    for line in &source.lines {
        reader.line(line);
    }
    Some(reader.finish(source))
}

/// Whether entries are printed line by line, each with its name.
pub(super) fn has_names(source: &SetSource) -> bool {
    source.lines.iter().any(|l| dn_line(&l.text).is_some())
}

/// Whether a line gives the attribute for interactions.
fn has_interactions(source: &SetSource) -> bool {
    source.lines.iter().any(|l| attribute(&l.text).is_some_and(|a| entry::is_interactions(&a.name)))
}

/// Whether it is the output of a search without results.
fn is_search_output(source: &SetSource) -> bool {
    let any = |test: &dyn Fn(&str) -> bool| source.lines.iter().any(|l| test(l.text.trim()));
    any(&|l| l.starts_with("# extended LDIF") || l.starts_with("# LDAPv3"))
        || any(&|l| l.starts_with("search: ")) && any(&|l| l.starts_with("result: "))
        || source.lines.len() <= 12
            && any(&|l| l.to_ascii_lowercase().contains("ldap") && ldap_result::code_in(l).is_some())
}

/// The name and the value of a line, as they are written.
struct Attribute<'l> {
    /// In lower case, without options.
    name: String,
    options: &'l str,
    /// What is between the name and the value: `:`, `::`, `:<` or `=`.
    mark: &'static str,
    value: &'l str,
}

/// Reads `name: value`, `name:: base64`, `name:< file`, and `name=value` for a name of the schema.
fn attribute(line: &str) -> Option<Attribute<'_>> {
    let line = line.trim();
    // Microsoft's ldp counts the values: `2> objectClass: top; nhsAs;`.
    let counted = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let line = counted.strip_prefix("> ").filter(|_| counted.len() < line.len()).unwrap_or(line);
    let line = line.strip_prefix("- ").unwrap_or(line);
    let end = line.bytes().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_')))?;
    let (name, rest) = line.split_at(end);
    // `;binary`, `;range=0-1499`
    let (options, rest) = match rest.strip_prefix(';') {
        Some(rest) => rest.split_at(rest.find(':').filter(|end| !rest[..*end].contains(' '))?),
        None => counted_values(rest),
    };
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let gap = rest;
    let rest = rest.trim_start();
    let marked = |mark: &'static str| rest.strip_prefix(mark).map(|value| (mark, value));
    // `nhsAsSvcIA   urn:…`, with a tab or blanks in between.
    let spaced = || {
        let is_gap = rest.len() < gap.len() && (gap.starts_with('\t') || gap.starts_with("  "));
        let is_value = words::interactions(rest).first().is_some_and(|(_, r)| r.start == 0)
            || name == "uniqueidentifier" && words::asid(rest).is_some();
        (is_gap && is_value && entry::is_known(&name)).then_some((":", rest))
    };
    let (mark, value) = marked("::")
        .or_else(|| marked(":<"))
        .or_else(|| marked(":"))
        .or_else(|| marked("=").filter(|_| entry::is_known(&name)))
        .or_else(spaced)?;
    // `urn:nhs:names:…` has no attribute; a value of another language is quoted.
    let is_value =
        value.is_empty() || value.starts_with([' ', '\t', '\u{A0}']) || mark != ":" || entry::is_known(&name);
    // The value of a member in JavaScript: a string, or the beginning of a list.
    let is_member = value.trim_start().starts_with(['\'', '"']) || value.trim_end().ends_with(['[', '{', '(']);
    (is_value && name != "urn" && !is_member).then_some(Attribute { name, options, mark, value: value.trim() })
}

/// What is between a name and its mark: the number of values (`nhsAsSvcIA (2): …; …`), or that of this one (`nhsAsSvcIA[1]: …`).
fn counted_values(rest: &str) -> (&str, &str) {
    let trimmed = rest.trim_start();
    let Some(close) = trimmed.find([')', ']']) else { return ("", rest) };
    let is_count = trimmed.starts_with(['(', '['])
        && (2..=6).contains(&close)
        && trimmed[1..close].bytes().all(|b| b.is_ascii_digit())
        && trimmed[close + 1..].starts_with(':');
    if is_count { trimmed.split_at(close + 1) } else { ("", rest) }
}

/// The name of an entry, if the line begins one.
fn dn_line(line: &str) -> Option<Attribute<'_>> {
    let line = line.trim_start_matches(['[', ',', ' ', '\t', '\u{A0}']);
    let alone = line.trim_end();
    if entry::asid_of_dn(alone).is_some()
        && entry::is_dn_text(alone)
        && words::interactions(alone).is_empty()
        && !is_of_person(alone)
        && alone.split(',').all(|part| part.contains('=') && !part.contains(['[', '(', '"', '\'']))
    {
        return Some(Attribute { name: "dn".to_owned(), options: "", mark: ":", value: alone });
    }
    // `Entry: uniqueIdentifier=…`, `found uniqueIdentifier=…`, ldapvi's `0 uniqueIdentifier=…`
    let (word, rest) = line.split_once([' ', '\t']).unwrap_or_default();
    let label = word.trim_end_matches([':', '=']);
    let is_label = label.bytes().all(|b| b.is_ascii_digit()) || label.bytes().all(|b| b.is_ascii_alphabetic());
    if !label.is_empty() && is_label && !entry::is_dn(&label.to_ascii_lowercase()) && entry::asid_of_dn(rest).is_some()
    {
        let is_name = !rest.trim().split(", ").any(|part| part.contains(char::is_whitespace));
        return dn_line(rest).filter(|_| is_name && rest.trim_start().starts_with(['u', 'U']));
    }
    let found = attribute(line).filter(|a| entry::is_dn(&a.name))?;
    (found.mark == "::" || entry::is_dn_text(found.value)).then_some(found)
}

/// Whether a name is that of a person: `nhsApproverURP` has such values.
fn is_of_person(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.contains("uid=") || lower.contains("ou=people") || lower.matches("uniqueidentifier=").count() > 1
}

/// The attribute whose values are being read.
#[derive(Default)]
struct Current {
    name: String,
    mark: &'static str,
    value: String,
    line: usize,
}

#[derive(Default)]
struct DirectoryReader {
    has_dn: bool,
    entries: Vec<LdapEntry>,
    current: Option<Current>,
    /// The attribute of the last value, for values on lines of their own.
    last: String,
    /// Whether the last entry's list of interactions may go on.
    is_list_open: bool,
    /// The width of the line above, with its indentation.
    width: usize,
    after_blank: bool,
    signs: Signs,
    differ: bool,
    /// Whether all interactions of the last entry were in one value, as a list.
    is_one_value: bool,
    /// Whether the line above is the name of an entry.
    after_name: bool,
    /// Whether the borders of entries were lost.
    is_mixed: bool,
    /// Whether interactions come before the first name, so that names may follow what they name.
    names_follow: bool,
    /// Whether a name was read.
    is_named: bool,
}

impl DirectoryReader {
    fn line(&mut self, line: &SourceLine) {
        self.signs.read(line);
        let text = line.text.trim_end();
        let trimmed = text.trim();
        if trimmed.is_empty() {
            self.flush();
            self.is_list_open = false;
            self.after_blank = true;
            self.width = 0;
            return;
        }
        self.value_line(line, text, trimmed);
        self.after_blank = false;
        self.width = text.chars().count();
    }

    fn value_line(&mut self, line: &SourceLine, text: &str, trimmed: &str) {
        // A comment, or a line below the last entry (`-----------`).
        if trimmed.starts_with('#')
            || trimmed.len() >= SHORTEST_RULE && trimmed.bytes().all(|b| matches!(b, b'-' | b'=' | b'*'))
        {
            self.flush();
            self.is_list_open = false;
            return;
        }
        if let Some(dn) = dn_line(text) {
            self.flush();
            if self.is_own_name(&dn) {
                self.is_list_open = false;
                self.last.clear();
                self.current = Some(Current { mark: ":", line: line.number, name: dn.name, ..Current::default() });
                return;
            }
            // Two names in a row: the lines were sorted, or what was between them was taken out.
            self.is_mixed |= std::mem::replace(&mut self.after_name, true) && !self.after_blank;
            self.is_named = true;
            self.is_list_open = false;
            self.begin();
            let value = dn.value.split(" - STATUS:").next().unwrap_or(dn.value);
            self.last.clear();
            self.current = Some(Current {
                name: "dn".to_owned(),
                mark: dn.mark,
                value: value.trim().to_owned(),
                line: line.number,
            });
            return;
        }
        let is_below_name = std::mem::take(&mut self.after_name);
        let indent = text.chars().take_while(|c| c.is_whitespace()).count();
        let found = attribute(text);
        // A name that is given twice: below a title, or in the attribute `dn`.
        self.after_name = is_below_name && found.as_ref().is_some_and(|a| a.name == "dn" && a.value.is_empty());
        let is_known = found.as_ref().is_some_and(|a| entry::is_known(&a.name));
        if indent > 0 && !is_known && self.is_continued(line, text, trimmed, indent) {
            return;
        }
        if let Some(found) = found {
            return self.attribute(found, line);
        }
        if !words::interactions(trimmed).is_empty() && self.last_is_interactions() {
            // A value on a line of its own.
            self.flush();
            let name = self.last.clone();
            return self.start(name, ":", trimmed, line.number);
        }
        if indent == 0
            && self.width >= FOLDED
            && trimmed.bytes().all(|b| words::is_urn_byte(b) || matches!(b, b'+' | b'/' | b'='))
            && let Some(current) = &mut self.current
        {
            // The blank that marks a folded line was lost.
            current.value.push_str(trimmed);
            return;
        }
        let is_list = self.current.as_ref().is_some_and(|c| entry::is_interactions(&c.name));
        if let Some(current) = self.current.as_mut().filter(|c| is_list && c.value.is_empty() && c.mark == "::") {
            // A mail program broke the line after the mark.
            current.value.push_str(trimmed);
            return;
        }
        self.flush();
        // A single word may be the rest of an id. With -d, OpenLDAP prints the names of its functions in between.
        let is_word =
            !trimmed.contains(char::is_whitespace) && !trimmed.starts_with("ldap_") && !trimmed.starts_with("ber_");
        if is_list
            && indent == 0
            && is_word
            && let Some(entry) = self.entries.last_mut()
        {
            entry.gap(GapKind::Value, "a line among the interactions was not understood", line.number);
        }
    }

    /// Whether it is the name of the entry that is being read, given once more: Samba's `distinguishedName`. It may be folded.
    fn is_own_name(&self, dn: &Attribute<'_>) -> bool {
        let is_again = dn.name != "dn" && dn.mark == ":" && !self.after_blank && !dn.value.is_empty();
        is_again && self.entries.last().is_some_and(|e| e.is_named(dn.value))
    }

    fn last_is_interactions(&self) -> bool {
        entry::is_interactions(&self.last) && !self.after_blank
    }

    /// Takes an indented line as the rest of a value, or as one more value. Whether it was one.
    fn is_continued(&mut self, line: &SourceLine, text: &str, trimmed: &str, indent: usize) -> bool {
        // `- urn:…` in YAML, `--->urn:…` in the example of Ruby's library.
        let bullet = trimmed.trim_start_matches(|c: char| !c.is_alphanumeric());
        let is_urn = bullet.len() >= 4 && bullet.is_char_boundary(4) && bullet[..4].eq_ignore_ascii_case("urn:");
        if is_urn && entry::is_interactions(&self.last) {
            self.flush();
            let name = self.last.clone();
            self.start(name, ":", bullet, line.number);
            return true;
        }
        let Some(current) = &mut self.current else { return false };
        if self.after_blank {
            return false;
        }
        let is_list = entry::is_interactions(&current.name);
        // PHP's `ldap_get_attributes` prints how many values follow. An ASID is not folded.
        let is_count = (1..=4).contains(&current.value.len()) && current.value.bytes().all(|b| b.is_ascii_digit());
        // Unless lines are very short, which all of its digits together show.
        let folded = || format!("{}{trimmed}", current.value);
        if current.name == "uniqueidentifier"
            && indent == 1
            && text.starts_with(' ')
            && current.value.len() < words::ASID_DIGITS
            && words::whole_asid(&folded()).is_some()
        {
            current.value.push_str(trimmed);
            return true;
        }
        if current.name == "uniqueidentifier" || is_count && text.starts_with('\t') {
            let name = current.name.clone();
            if is_count {
                self.current = None;
            }
            self.flush();
            self.start(name, ":", trimmed, line.number);
            return true;
        }
        let is_next = text.starts_with('\t') && self.width < FOLDED && !is_list && current.mark != "::";
        if (indent == 1 || is_list || current.mark == "::") && !is_next {
            let rest = if is_list || current.mark == "::" {
                trimmed
            } else {
                &text[text.chars().next().map_or(0, char::len_utf8)..]
            };
            let is_tail = rest.bytes().all(|b| words::is_urn_byte(b) || matches!(b, b'+' | b'/' | b'='));
            if is_list && !is_tail {
                let line = line.number;
                self.flush();
                if let Some(entry) = self.entries.last_mut() {
                    entry.gap(GapKind::Value, "a line among the interactions was not understood", line);
                }
                return true;
            }
            current.value.push_str(rest);
            return true;
        }
        // Aligned below the first value: one more value.
        let name = current.name.clone();
        self.flush();
        if !entry::is_dn(&name) {
            self.start(name, ":", trimmed.trim_start_matches("--->"), line.number);
        }
        true
    }

    fn begin(&mut self) {
        self.entries.push(LdapEntry::default());
    }

    fn attribute(&mut self, found: Attribute<'_>, line: &SourceLine) {
        self.flush();
        let is_interactions = entry::is_interactions(&found.name);
        if !is_interactions {
            self.is_list_open = false;
        }
        self.names_follow |= is_interactions && self.has_dn && !self.is_named;
        let is_known = entry::is_known(&found.name);
        if !is_known {
            // A word and a colon may be prose. It can only end a value.
            self.last.clear();
            self.current = (!self.after_blank).then(|| Current {
                name: found.name,
                mark: found.mark,
                value: String::new(),
                line: line.number,
            });
            return;
        }
        let asid = || words::asid(found.value);
        let is_next = !self.has_dn
            && (self.after_blank && self.entries.last().is_some_and(|e| e.has_attributes && self.is_border(e, &found)));
        let is_other = found.name == "uniqueidentifier"
            && found.mark != "::"
            && !self.has_dn
            && self
                .entries
                .last()
                .is_some_and(|e| e.record.asid.is_some() && asid().is_some() && e.record.asid != asid());
        if self.entries.is_empty() || is_next || is_other {
            self.begin();
        }
        if let Some(entry) = self.entries.last_mut()
            && is_interactions
        {
            entry.names_interactions = true;
            let count = found.options.strip_prefix('(').and_then(|o| o.trim_end_matches(')').parse::<usize>().ok());
            if count.is_some_and(|count| count > words::interactions(found.value).len()) {
                entry.gap(GapKind::LeftOut, "the tool counts more interactions than it shows", line.number);
            }
            // Active Directory returns long lists in parts.
            if found.options.to_ascii_lowercase().split(';').any(|o| o.starts_with("range=") && !o.ends_with("-*")) {
                entry.gap(GapKind::LeftOut, "the server returned only a part of the interactions (range)", line.number);
            }
        }
        self.start(found.name, found.mark, found.value, line.number);
    }

    /// Without names of entries, a blank line separates them, unless one entry has blank lines between its attributes.
    fn is_border(&self, entry: &LdapEntry, next: &Attribute<'_>) -> bool {
        let is_again = |name: &str| next.name == name;
        entry.record.asid.is_some() && is_again("uniqueidentifier")
            || entry.names_interactions && entry::is_interactions(&next.name)
            || entry.record.asid.is_some() && entry.names_interactions
            || is_again("objectclass")
    }

    fn start(&mut self, name: String, mark: &'static str, value: &str, line: usize) {
        self.is_list_open |= entry::is_interactions(&name);
        self.last.clone_from(&name);
        self.current = Some(Current { name, mark, value: value.to_owned(), line });
    }

    /// Takes the value that was read.
    fn flush(&mut self) {
        let Some(current) = self.current.take() else { return };
        let Some(entry) = self.entries.last_mut() else { return };
        let is_list = entry::is_interactions(&current.name);
        let value = match current.mark {
            "::" => {
                let bytes = STANDARD.decode(current.value.split_whitespace().collect::<String>());
                match bytes {
                    Ok(bytes) if bytes.is_empty() && is_list => {
                        return entry.gap(GapKind::Value, "a base64 value of nhsAsSvcIA is empty", current.line);
                    }
                    Ok(bytes) => crate::text::decode(&bytes).text.trim().to_owned(),
                    Err(_) if is_list => {
                        return entry.gap(GapKind::Value, "a base64 value of nhsAsSvcIA does not decode", current.line);
                    }
                    Err(_) => return,
                }
            }
            ":<" if is_list => {
                return entry.gap(GapKind::LeftOut, "a value of nhsAsSvcIA is in another file", current.line);
            }
            ":<" => return,
            _ => current.value,
        };
        if is_list {
            self.is_one_value = entry.record.interactions.is_empty() && words::interactions(&value).len() > 1;
        }
        if current.name == "dn" {
            entry.name(&value);
        } else if !value.is_empty() {
            entry.take(&current.name, &value, current.line);
        }
    }

    fn finish(mut self, source: &SetSource) -> ProductSetFile {
        self.flush();
        if self.names_follow || self.is_mixed || self.entries.iter().any(LdapEntry::is_mixed) {
            return ProductSetFile::without(SetForm::Ldif, Reason::OwnerUnclear);
        }
        let last_line = source.lines.last().map_or(0, |l| l.number);
        let no_end = Ending::of(source);
        let mut is_taken = false;
        if self.is_list_open
            && let Some(entry) = self.entries.last_mut()
        {
            // No further values follow a list of them.
            if (no_end == Ending::NeverMarked || self.is_one_value) && source.ends_with_break {
                is_taken = true;
            } else {
                entry.gap(
                    GapKind::Cut,
                    "the last entry has no end: neither another attribute nor a blank line follows its interactions",
                    last_line,
                );
            }
        }
        let names = self.entries.len();
        let (mut mhs, mut records) = (0, Vec::new());
        for entry in std::mem::take(&mut self.entries) {
            self.differ |= entry.differs();
            if entry.is_mhs() {
                mhs += 1;
            } else if !entry.is_other() {
                records.push(entry.record);
            }
        }
        let gaps = self.signs.gaps(names, last_line);
        let error = gaps.iter().find_map(|g| if let GapKind::Ldap(code) = g.kind { Some(code) } else { None });
        let records = merged_entries(records);
        let mut file = if records.is_empty() {
            match (mhs, error) {
                (0, Some(code)) => ProductSetFile::without(SetForm::Ldif, Reason::LdapError(code)),
                (0, None) => ProductSetFile::without(SetForm::Ldif, Reason::EmptyResult)
                    .note(format!("none of its {names} entries is an accredited system (nhsAs)")),
                _ => ProductSetFile::of(SetForm::SdsEndpoint, Vec::new()),
            }
        } else {
            ProductSetFile::of(SetForm::Ldif, records)
        };
        file.taken_as_whole = is_taken;
        file.gaps = gaps;
        if mhs > 0 && file.kind == SetForm::Ldif {
            file = file.note("message-handling records (nhsMhs) in it were left out");
        }
        if self.differ {
            file = file.note("an entry has different ASIDs in its dn and in uniqueIdentifier: the attribute was used");
        }
        file
    }
}

/// Whether the tool would have marked the end of the last entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// With a blank line or a comment.
    Marked,
    /// Net::LDAP writes a blank line before an entry, not after it; its dump begins with a rule. YAML has no end, nor has
    /// what Ruby's examples print.
    NeverMarked,
}

impl Ending {
    fn of(source: &SetSource) -> Self {
        let mut lines = source.lines.iter().map(|l| l.text.trim());
        let first = lines.next().unwrap_or_default();
        let second = lines.next().unwrap_or_default();
        let is_rule = first.len() >= 20 && first.bytes().all(|b| b == b'-');
        let is_yaml = || {
            source
                .lines
                .iter()
                .find(|l| dn_line(&l.text).is_some())
                .is_some_and(|l| l.text.trim_start().starts_with("- "))
        };
        // The example of Ruby's library.
        let has_arrows = || source.lines.iter().any(|l| l.text.trim_start().starts_with("--->"));
        let begins = (first.is_empty() || is_rule) && dn_line(second).is_some() || is_yaml() || has_arrows();
        if begins { Self::NeverMarked } else { Self::Marked }
    }
}

/// What lines around the entries say about the search.
#[derive(Default)]
struct Signs {
    heads: usize,
    ends: usize,
    /// The number of entries that the tool reports, and the line that says so.
    counts: Vec<(usize, usize)>,
    errors: Vec<(i32, usize)>,
    /// The last cookie or prompt of a paged search that asks for more.
    more: Option<usize>,
    has_pages: bool,
}

impl Signs {
    fn read(&mut self, line: &SourceLine) {
        let text = line.text.trim();
        let count =
            |mark: &str| text.strip_prefix(mark).and_then(|n| n.split_whitespace().next()?.parse::<usize>().ok());
        if text.starts_with("# extended LDIF") || text == "# record 1" || text == "# LDAPv3" && self.heads == self.ends
        {
            self.heads += 1;
        } else if text.starts_with("# search result") || text.starts_with("# returned ") {
            self.ends += 1;
        } else if let Some(n) =
            count("# numEntries:").or_else(|| count("# total number of entries:")).or_else(|| count("# returned "))
        {
            self.counts.push((n, line.number));
        } else if let Some(cookie) = text.strip_prefix("pagedresults: cookie=") {
            self.has_pages = true;
            self.more = (!cookie.is_empty()).then_some(line.number);
        } else if text.starts_with("Press [size] Enter") {
            self.more = Some(line.number);
        } else if attribute(text).is_none_or(|a| !entry::is_known(&a.name))
            && let Some(code) = ldap_result::code_in(text)
        {
            self.errors.push((code, line.number));
        }
    }

    fn gaps(&self, entries: usize, last_line: usize) -> Vec<SetGap> {
        let mut gaps = Vec::new();
        for (code, line) in &self.errors {
            gaps.push(SetGap::new(GapKind::Ldap(*code), ldap_result::advice(*code).0, *line));
        }
        if self.heads > self.ends {
            gaps.push(SetGap::new(
                GapKind::Cut,
                "the search has no result line (`# search result`), so the file ends early",
                last_line,
            ));
        }
        if let Some(line) = self.more {
            gaps.push(SetGap::new(GapKind::Cut, "the search returned a page, and more pages were not fetched", line));
        }
        if let Some((count, line)) = self.counts.last()
            && (self.counts.len() == 1 || self.has_pages)
            && *count > entries
        {
            gaps.push(SetGap::new(
                GapKind::LeftOut,
                format!("the tool found {count} entries, and {entries} are in the file"),
                *line,
            ));
        }
        gaps
    }
}
