//! An entry of the directory while it is being read, whatever form it was printed in.

use std::ops::Range;

use super::model::{GapKind, Record, SetGap};
use super::words;

/// The attribute that lists the interactions of an accredited system; the second name is a published misspelling.
const INTERACTIONS: [&str; 2] = ["nhsassvcia", "nhsaasvcia"];

/// Attributes of the directory's schema, and those that every server has. A line that begins with one of them is never
/// the rest of a folded value.
const KNOWN: [&str; 12] = [
    "objectclass",
    "uniqueidentifier",
    "description",
    "dn",
    "distinguishedname",
    "cn",
    "ou",
    "o",
    "ufn",
    "entryuuid",
    "entrydn",
    "structuralobjectclass",
];

/// Whether this is the name of an attribute that occurs in the directory.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.contains(&name) || name.starts_with("nhs")
}

/// Whether only entries of this directory have an attribute of this name. `description` may be of anything.
pub(super) fn is_own(name: &str) -> bool {
    name == "uniqueidentifier" || name.starts_with("nhs")
}

/// Whether this attribute lists interactions.
pub(super) fn is_interactions(name: &str) -> bool {
    INTERACTIONS.contains(&name)
}

/// Whether this attribute is the name of the entry.
pub(super) fn is_dn(name: &str) -> bool {
    matches!(name, "dn" | "distinguishedname" | "objectname" | "entrydn" | "entry_dn")
}

/// The ASID in the name of an entry: `uniqueIdentifier=200000100000,ou=Services,o=nhs`.
pub(super) fn asid_of_dn(dn: &str) -> Option<String> {
    let (name, value) = dn.trim().split(',').next()?.split_once('=')?;
    name.trim().eq_ignore_ascii_case("uniqueidentifier").then(|| words::asid(value)).flatten()
}

/// Whether a text is the name of an entry: parts with an equals sign, separated by commas.
pub(super) fn is_dn_text(text: &str) -> bool {
    let Some((name, value)) = text.split_once('=') else { return false };
    let is_name = (1..=30).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
    is_name && value.contains(',') && value.contains('=') && text.len() < 300
}

/// Whether a word beside the ids looks like the rest of one that was broken.
fn has_rest(value: &str, found: &[(String, Range<usize>)]) -> bool {
    let mut at = 0;
    let mut rest = String::new();
    for (_, range) in found {
        rest.push_str(&value[at..range.start]);
        rest.push(' ');
        at = range.end;
    }
    rest.push_str(&value[at..]);
    !found.is_empty()
        && rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).any(|w| {
            w.len() > 1
                && w.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
                && w.bytes().any(|b| b.is_ascii_uppercase())
        })
}

/// An entry.
#[derive(Default)]
pub(super) struct LdapEntry {
    pub(super) record: Record,
    classes: Vec<String>,
    dn: String,
    dn_asid: Option<String>,
    /// The ASID of its attribute, and whether the attribute has several.
    own_asid: Option<String>,
    is_mixed: bool,
    has_as: bool,
    has_mhs: bool,
    /// Whether any attribute was seen.
    pub(super) has_attributes: bool,
    /// Whether the entry has the attribute for interactions, with or without values.
    pub(super) names_interactions: bool,
}

impl LdapEntry {
    /// Takes the name of the entry.
    pub(super) fn name(&mut self, dn: &str) {
        let asid = asid_of_dn(dn);
        dn.clone_into(&mut self.dn);
        self.dn_asid.clone_from(&asid);
        self.record.asid = self.record.asid.take().or(asid);
    }

    /// Whether its name begins like this.
    pub(super) fn is_named(&self, start: &str) -> bool {
        self.dn.starts_with(start)
    }

    /// Takes one value of an attribute, whose name is in lower case and without options.
    pub(super) fn take(&mut self, name: &str, value: &str, line: usize) {
        self.has_attributes = true;
        if is_interactions(name) {
            return self.interaction(value, line);
        }
        let record = &mut self.record;
        match name {
            "objectclass" => self.classes.extend(value.split([' ', ',', ';']).map(|c| c.trim().to_ascii_lowercase())),
            "uniqueidentifier" => {
                let asid = words::asid(value);
                self.is_mixed |= asid.is_some() && self.own_asid.is_some() && asid != self.own_asid;
                self.own_asid = asid.clone().or(self.own_asid.take());
                record.asid = asid.or(record.asid.take());
            }
            "nhsmhssvcia" | "nhsmhsendpoint" | "nhsmhscpaid" => self.has_mhs = true,
            "nhsmhspartykey" => record.party_key = words::party_key(value),
            "nhsasclient" | "nhsidcode" => record.ods = record.ods.take().or_else(|| words::ods(value)),
            "nhsmhsmanufacturerorg" => record.manufacturer = words::ods(value),
            "nhsproductname" => record.product = words::short(value),
            "nhsproductversion" => record.version = words::short(value),
            _ => {}
        }
    }

    /// Takes the values of the attribute for interactions: one, or several in one text.
    fn interaction(&mut self, value: &str, line: usize) {
        self.has_as = true;
        self.names_interactions = true;
        let found = words::interactions(value);
        if value.contains("...") || value.contains('…') {
            self.gap(GapKind::LeftOut, "the list of interactions is shortened (…)", line);
        }
        if found.iter().any(|(id, _)| !words::is_full(id)) {
            self.gap(GapKind::Value, "an interaction id is cut short", line);
        }
        if has_rest(value, &found) {
            self.gap(GapKind::Value, "a value of nhsAsSvcIA has a part that was not understood", line);
        }
        if found.is_empty() {
            let word = value.trim_matches(|c: char| matches!(c, '[' | ']' | '{' | '}' | '"' | '\'' | ',' | ';' | ' '));
            let is_other = word.chars().all(|c| c.is_ascii_graphic()) && !word.to_ascii_lowercase().starts_with("urn");
            // PHP prints how long each string is.
            let is_count = word.bytes().all(|b| b.is_ascii_digit());
            if !is_count && (!is_other || word.len() < 3) {
                self.gap(GapKind::Value, "a value of nhsAsSvcIA is not an interaction id", line);
            }
        }
        self.record.interactions.extend(found.into_iter().map(|(id, _)| id));
    }

    /// Notes that something of the entry is missing.
    pub(super) fn gap(&mut self, kind: GapKind, says: &str, line: usize) {
        self.record.gaps.push(SetGap::new(kind, says, line));
    }

    /// Whether it is a message-handling record, which says nothing about a calling system.
    pub(super) fn is_mhs(&self) -> bool {
        let class = |name: &str| self.classes.iter().any(|c| c == name);
        !self.has_as && !class("nhsas") && (class("nhsmhs") || self.has_mhs)
    }

    /// Whether it is neither kind of record.
    pub(super) fn is_other(&self) -> bool {
        let has_class = self.classes.iter().any(|c| !c.is_empty());
        !self.has_as && has_class && !self.classes.iter().any(|c| c == "nhsas")
    }

    /// Whether it has the attributes of several entries, so that their borders were lost.
    pub(super) fn is_mixed(&self) -> bool {
        self.is_mixed
    }

    /// Whether its name and its attribute give different ASIDs.
    pub(super) fn differs(&self) -> bool {
        matches!((&self.dn_asid, &self.record.asid), (Some(a), Some(b)) if a != b)
    }
}
