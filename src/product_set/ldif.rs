//! LDIF and `ldapsearch` output: folded lines, base64, comments, and the other lines around the entries.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::model::{Kind, ProductSetFile, Reason, Record};
use super::{merged, words};

/// Reads a text that contains LDAP entries; `None` if it has none.
pub(super) fn read(text: &str) -> Option<ProductSetFile> {
    let lines = unfolded(text);
    let is_entry = |l: &String| starts_with(l, "dn:");
    if !lines.iter().any(is_entry) {
        return is_search_output(&lines).then(|| ProductSetFile::without(Kind::Ldif, Reason::EmptyResult));
    }
    let mut records = Vec::new();
    let (mut mhs, mut entries, mut differ) = (0, 0, false);
    let mut at = lines.iter().position(is_entry).unwrap_or(0);
    while at < lines.len() {
        let end = lines[at + 1..].iter().position(is_entry).map_or(lines.len(), |i| at + 1 + i);
        let mut entry = Entry::default();
        for line in &lines[at..end] {
            // `search:` and `result:` follow the last entry.
            if starts_with(line, "search:") || starts_with(line, "result:") {
                break;
            }
            let Some((name, value)) = attribute(line) else { continue };
            entry.take(&name, &value);
        }
        entries += 1;
        differ |= entry.differs();
        if entry.is_mhs() {
            mhs += 1;
        } else if !entry.is_other() {
            records.push(entry.record);
        }
        at = end;
    }
    let records = merged(records);
    if records.is_empty() {
        return Some(match mhs {
            0 => ProductSetFile::without(Kind::Ldif, Reason::EmptyResult)
                .note(format!("none of its {entries} entries is an accredited system (nhsAs)")),
            _ => ProductSetFile::of(Kind::SdsEndpoint, Vec::new()),
        });
    }
    let mut file = ProductSetFile::of(Kind::Ldif, records);
    if mhs > 0 {
        file = file.note("message-handling records (nhsMhs) in it were left out");
    }
    if differ {
        file = file.note("an entry has different ASIDs in its dn and in uniqueIdentifier: the attribute was used");
    }
    Some(file)
}

fn starts_with(line: &str, prefix: &str) -> bool {
    line.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

/// Whether it is the output of a search without results.
fn is_search_output(lines: &[String]) -> bool {
    lines.iter().any(|l| l.starts_with("# extended LDIF") || l.starts_with("# LDAPv3"))
        || lines.iter().any(|l| starts_with(l, "search: ")) && lines.iter().any(|l| starts_with(l, "result: "))
}

/// The lines, with folded ones joined and comments kept separate.
fn unfolded(text: &str) -> Vec<String> {
    /// A folded line has this length; an editor may have removed the space that begins the next one.
    const FOLDED: usize = 76;
    let mut lines: Vec<String> = Vec::new();
    let mut width = 0;
    for range in crate::text::line_ranges(text) {
        let line = &text[range];
        let lost = width >= FOLDED
            && !line.is_empty()
            && !line.starts_with('#')
            && !line.contains(": ")
            && !line.contains("::")
            && lines.last().is_some_and(|l| l.contains(':') && !l.starts_with('#'));
        width = line.len();
        match (line.strip_prefix(' '), lines.last_mut()) {
            (Some(rest), Some(last)) if !last.is_empty() => last.push_str(rest.trim_end()),
            (None, Some(last)) if lost => last.push_str(line.trim_end()),
            _ => lines.push(line.trim_end().to_owned()),
        }
    }
    lines
}

/// The name and the value of a line; a base64 value is decoded.
fn attribute(line: &str) -> Option<(String, String)> {
    if line.starts_with('#') {
        return None;
    }
    let (name, rest) = line.split_once(':')?;
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b';' | b'.')) {
        return None;
    }
    // Options (`;binary`) do not change which attribute it is.
    let name = name.split(';').next().unwrap_or(name).to_owned();
    let Some(encoded) = rest.strip_prefix(':') else { return Some((name, rest.trim().to_owned())) };
    let bytes = STANDARD.decode(encoded.split_whitespace().collect::<String>()).ok()?;
    Some((name, crate::text::decode(&bytes).text))
}

/// An LDAP entry while it is being read.
#[derive(Default)]
pub(super) struct Entry {
    pub(super) record: Record,
    classes: Vec<String>,
    dn: Option<String>,
    has_as: bool,
    has_mhs: bool,
}

impl Entry {
    pub(super) fn take(&mut self, name: &str, value: &str) {
        let record = &mut self.record;
        match name.to_ascii_lowercase().as_str() {
            "dn" => {
                let asid =
                    value.split(',').next().and_then(|part| part.split_once('=')).and_then(|(_, v)| words::asid(v));
                self.dn = asid.clone();
                record.asid = record.asid.take().or(asid);
            }
            "objectclass" => self.classes.push(value.trim().to_ascii_lowercase()),
            "uniqueidentifier" => record.asid = words::asid(value).or(record.asid.take()),
            "nhsassvcia" | "nhsaasvcia" => {
                self.has_as = true;
                record.interactions.extend(words::interaction(value));
            }
            "nhsmhssvcia" | "nhsmhsendpoint" | "nhsmhscpaid" => self.has_mhs = true,
            "nhsmhspartykey" => record.party_key = words::party_key(value),
            "nhsasclient" => record.ods = record.ods.take().or_else(|| words::ods(value)),
            "nhsidcode" => record.ods = record.ods.take().or_else(|| words::ods(value)),
            "nhsmhsmanufacturerorg" => record.manufacturer = words::ods(value),
            "nhsproductname" => record.product = words::short(value),
            "nhsproductversion" => record.version = words::short(value),
            _ => {}
        }
    }

    /// Whether it is a message-handling record, which says nothing about a calling system.
    pub(super) fn is_mhs(&self) -> bool {
        let class = |name: &str| self.classes.iter().any(|c| c == name);
        !self.has_as && !class("nhsas") && (class("nhsmhs") || self.has_mhs)
    }

    /// Whether it is neither kind of record.
    fn is_other(&self) -> bool {
        !self.has_as && !self.classes.is_empty() && !self.classes.iter().any(|c| c == "nhsas")
    }

    fn differs(&self) -> bool {
        matches!((&self.dn, &self.record.asid), (Some(a), Some(b)) if a != b)
    }
}
