//! Records in structured data: the FHIR answers of the Spine Directory Service, directory entries as programs hold them,
//! and the records of the Connecting Party Manager.

use super::entry::{self, LdapEntry};
use super::ldap_result;
use super::literal::Literals;
use super::model::{GapKind, ProductSetFile, Reason, Record, SetGap, merged, merged_entries};
use super::node::{Datum, Group};
use super::words;
use crate::facts::SetForm;

/// Where records may be, in data that holds more than records.
const CONTAINERS: [&str; 11] =
    ["entries", "entry", "results", "items", "data", "resource", "body", "searchentries", "response", "json", "result"];

/// Reads structured data; `None` if it has nothing to do with product sets.
pub(super) fn read(literals: &Literals, is_xml: bool) -> Option<ProductSetFile> {
    let mut found = Records { is_xml, ..Records::default() };
    for node in &literals.nodes {
        found.walk(node, 0);
        if !node.is_whole() {
            found.note_gaps(node);
        }
    }
    found.finish(literals.is_broken)
}

/// The longer strings of structured data, in which another text may be: the body of an exchange, a description.
pub(super) fn inner_texts(literals: &Literals) -> Vec<String> {
    const SHORTEST: usize = 40;
    const MOST: usize = 64;
    let mut texts = Vec::new();
    for node in &literals.nodes {
        node.leaves(&mut |leaf| {
            let text = &leaf.text;
            let holds = text.len() >= SHORTEST
                && (text.contains('\n') || text.contains("{\"") || text.trim_start().starts_with(['{', '[', '<']))
                && ["urn:", "nhsAs", "nhsSpineASID", "ASID", "dn:", "ndpoint"].iter().any(|w| text.contains(w));
            if holds && texts.len() < MOST {
                texts.push(text.clone());
            }
        });
    }
    texts
}

#[derive(Default)]
struct Records {
    is_xml: bool,
    devices: Vec<Record>,
    entries: Vec<Record>,
    endpoints: usize,
    references: usize,
    bundles: usize,
    /// The number of hits that a Bundle reports, and of those that it contains.
    total: u64,
    matches: u64,
    outcome: bool,
    codes: Vec<String>,
    additional: Option<Record>,
    cpm: Vec<Record>,
    environment: Option<String>,
    gaps: Vec<SetGap>,
    differ: bool,
    /// Whether the entries are those of a response that hides its result.
    is_open: bool,
    names: usize,
}

impl Records {
    fn walk(&mut self, node: &Datum, depth: usize) {
        const DEEPEST: usize = 40;
        let Some(group) = node.group() else { return };
        if depth > DEEPEST {
            return;
        }
        if group.has("$ref") {
            self.references += 1;
            return;
        }
        match group.text("resourcetype") {
            Some("Bundle") => return self.bundle(group, depth),
            Some("Device") => return self.device(group),
            Some("Endpoint") => return self.endpoints += 1,
            Some("OperationOutcome") => return self.operation_outcome(group),
            _ => {}
        }
        if group.has("fault") && group.items.len() <= 2 || group.has("error_description") {
            self.outcome = true;
            return;
        }
        self.ldap_result(group);
        if let Some(responses) = group.get("questionnaire_responses") {
            return self.connecting_party(group, responses);
        }
        if self.directory(group) {
            return;
        }
        let keyed: Vec<&Datum> = group
            .items
            .iter()
            .filter(|i| i.key.as_deref().is_some_and(|k| CONTAINERS.contains(&k)))
            .flat_map(|i| &i.values)
            .collect();
        self.is_open |= group.has("entries");
        if !keyed.is_empty() {
            keyed.into_iter().for_each(|n| self.walk(n, depth + 1));
            return;
        }
        group.values().for_each(|n| self.walk(n, depth + 1));
    }

    fn bundle(&mut self, bundle: &Group, depth: usize) {
        self.bundles += 1;
        let total = bundle.text("total").and_then(|t| t.parse().ok());
        self.total += total.unwrap_or(0);
        let mut links = Vec::new();
        for link in bundle.all("link") {
            each_group(link, &mut |g| {
                links.push((
                    g.text("relation").unwrap_or_default().to_owned(),
                    g.text("url").unwrap_or_default().to_owned(),
                    g.line,
                ))
            });
        }
        let host =
            links.iter().find_map(|(_, url, _)| url.split("://").nth(1)?.split('/').next().and_then(words::short));
        self.environment = self.environment.take().or(host);
        if let Some((_, _, line)) = links.iter().find(|(relation, ..)| relation == "next") {
            self.gaps.push(SetGap::new(GapKind::Cut, "the Bundle has a next page, which is not in the file", *line));
        }
        let before = self.devices.len() + self.endpoints + self.references;
        for entry in bundle.all("entry") {
            each_entry(entry, &mut |e| match e.group().and_then(|g| g.get("resource")) {
                // XML has the resource in an element of its own.
                Some(resource) if self.is_xml && !resource.group().is_some_and(|g| g.has("resourcetype")) => {
                    resource.group().into_iter().flat_map(Group::values).for_each(|r| self.walk(r, depth + 1))
                }
                Some(resource) => self.walk(resource, depth + 1),
                None => self.walk(e, depth + 1),
            });
        }
        let matches = (self.devices.len() + self.endpoints + self.references - before) as u64;
        self.matches += matches;
        if let Some(total) = total.filter(|t| *t > matches) {
            self.gaps.push(SetGap::new(
                GapKind::LeftOut,
                format!("the Bundle reports {total} matches and contains {matches}"),
                bundle.line,
            ));
        }
    }

    fn operation_outcome(&mut self, outcome: &Group) {
        self.outcome = true;
        for issue in outcome.all("issue") {
            identifiers(issue, "code", &mut |g| {
                self.codes.extend(g.text("code").and_then(code));
            });
        }
    }

    fn device(&mut self, device: &Group) {
        let mut record = Record { environment: self.environment.clone(), ..Record::default() };
        for item in &device.items {
            let key = item.key.as_deref().unwrap_or_default();
            for value in &item.values {
                identifiers(value, "system", &mut |group| {
                    let (Some(system), Some(value)) = (group.text("system"), group.text("value")) else { return };
                    let is = |name: &str| system.rsplit('/').next().is_some_and(|s| s.eq_ignore_ascii_case(name));
                    if is("nhsSpineASID") {
                        record.asid = record.asid.take().or_else(|| words::asid(value));
                    } else if is("nhsMhsPartyKey") {
                        record.party_key = record.party_key.take().or_else(|| words::party_key(value));
                    } else if is("nhsServiceInteractionId") || is("nhsEndpointServiceId") {
                        match words::interaction(value) {
                            Some(id) => record.interactions.push(id),
                            None => record.gaps.push(SetGap::new(
                                GapKind::Value,
                                "a value is not an interaction id",
                                group.line,
                            )),
                        }
                    } else if is("ods-organization-code") {
                        let place = if key == "owner" { &mut record.ods } else { &mut record.manufacturer };
                        *place = place.take().or_else(|| words::ods(value));
                    }
                });
            }
        }
        if !device.is_closed {
            record.gaps.push(SetGap::new(GapKind::Cut, "the record has no end", device.line));
        } else if !device.values().all(Datum::is_whole) {
            record.gaps.push(SetGap::new(
                GapKind::LeftOut,
                "the program that printed the record left values out",
                device.line,
            ));
        }
        self.devices.push(record);
    }

    /// A result of LDAP among the data: `{'result': 4, 'description': 'sizeLimitExceeded'}`, `code: 32`.
    fn ldap_result(&mut self, group: &Group) {
        let is_result =
            group.has("description") || group.has("desc") || group.has("lde_message") || group.has("errormessage");
        let number = ["result", "code", "resultcode", "status"].iter().find_map(|k| group.text(k)?.parse::<i32>().ok());
        if is_result && let Some(code) = number.filter(|c| *c > 0 && *c < 124) {
            self.gaps.push(SetGap::new(GapKind::Ldap(code), ldap_result::advice(code).0, group.line));
        }
    }

    /// Takes directory entries that this group is or holds. Whether it did.
    fn directory(&mut self, group: &Group) -> bool {
        // ldap3 prints each entry twice: decoded, and raw.
        let attributes = ["attributes", "attrs", "_attributes", "raw_attributes", "raw", "attr"].iter().find_map(|k| {
            let all: Vec<&Datum> = group.all(k).collect();
            (!all.is_empty()).then_some(all)
        });
        let name = || {
            group
                .items
                .iter()
                .find(|i| i.key.as_deref().is_some_and(entry::is_dn))
                .and_then(|i| i.values.first())
                .and_then(Datum::text)
        };
        let asn = group.get("asn").and_then(Datum::group);
        if let Some(asn) = asn.filter(|a| a.has("attributes")) {
            return self.directory(asn);
        }
        if let Some(attributes) =
            attributes.filter(|a| a.iter().any(|n| n.group().is_some() || matches!(n, Datum::Elided(_))))
        {
            let mut entry = LdapEntry::default();
            if let Some(name) = name() {
                entry.name(name);
            }
            attributes.iter().for_each(|a| take_attributes(&mut entry, a));
            if name().is_some() || entry.has_attributes {
                self.push(entry, group);
                return true;
            }
            return false;
        }
        // A list of attributes without the entry around it.
        let is_attribute_map = |n: &Datum| {
            n.group().is_some_and(|g| {
                g.text("type").or_else(|| g.text("name")).is_some_and(|t| entry::is_own(&t.to_ascii_lowercase()))
            })
        };
        if group.items.iter().all(|i| i.key.is_none()) && group.values().any(is_attribute_map) {
            let mut entry = LdapEntry::default();
            take_attributes(&mut entry, &Datum::Group(group.clone()));
            self.push(entry, group);
            return true;
        }
        if self.by_asid(group) {
            return true;
        }
        // The attributes are members of the entry itself.
        if group.items.iter().any(|i| i.key.as_deref().is_some_and(|k| entry::is_own(base_name(k)))) {
            let mut entry = LdapEntry::default();
            if let Some(name) = name() {
                entry.name(name);
            }
            take_members(&mut entry, group);
            if entry.record.asid.is_none() {
                entry.record.asid =
                    ["asid", "spine_asid", "nhsspineasid"].iter().find_map(|k| words::asid(group.text(k)?));
            }
            self.push(entry, group);
            return true;
        }
        // Python's `(dn, {attributes})`, and a map from names of entries to attributes.
        let mut took = false;
        let mut name: Option<&str> = None;
        for item in &group.items {
            for value in &item.values {
                if let Some(text) = value.text().filter(|t| entry::is_dn_text(t)) {
                    name = Some(text);
                    continue;
                }
                let named = item.key.as_deref().filter(|k| entry::is_dn_text(k)).or(name);
                if let (Some(dn), Some(inner)) = (named, value.group()) {
                    let mut entry = LdapEntry::default();
                    entry.name(dn);
                    // A list of interactions alone is that of the entry.
                    let is_plain = |v: &Datum| {
                        matches!(v, Datum::Elided(_)) || v.text().is_some_and(|t| words::interaction(t).is_some())
                    };
                    let has_keys = inner.items.iter().any(|i| i.key.is_some());
                    if !has_keys && inner.values().next().is_some() && inner.values().all(is_plain) {
                        take_values(&mut entry, "nhsassvcia", &inner.values().collect::<Vec<_>>(), inner);
                    } else {
                        take_members(&mut entry, inner);
                    }
                    self.push(entry, inner);
                    took = true;
                    name = None;
                }
            }
        }
        took
    }

    /// Takes a map from ASIDs to lists of interactions. Whether it was one.
    fn by_asid(&mut self, group: &Group) -> bool {
        let mut took = false;
        for item in &group.items {
            let asid = item.key.as_deref().and_then(words::whole_asid);
            let Some(asid) = asid else { continue };
            let mut record = Record { asid: Some(asid), ..Record::default() };
            for value in &item.values {
                value.leaves(&mut |leaf| {
                    record.interactions.extend(words::interactions(&leaf.text).into_iter().map(|(id, _)| id))
                });
            }
            if record.interactions.is_empty() {
                continue;
            }
            if !group.is_closed && !item.values.iter().all(Datum::is_whole) {
                record.gaps.push(SetGap::new(GapKind::Cut, "the list of interactions has no end", group.line));
            } else if !item.values.iter().all(Datum::is_whole) {
                record.gaps.push(SetGap::new(
                    GapKind::LeftOut,
                    "the program that printed the list left interactions out",
                    group.line,
                ));
            }
            self.entries.push(record);
            took = true;
        }
        took
    }

    fn push(&mut self, entry: LdapEntry, group: &Group) {
        self.names += 1;
        self.differ |= entry.differs();
        if entry.is_mhs() {
            self.endpoints += 1;
        } else if !entry.is_other() {
            let mut record = entry.record;
            if !group.is_closed && record.interactions.is_empty() {
                record.gaps.push(SetGap::new(GapKind::Cut, "the record has no end", group.line));
            }
            self.entries.push(record);
        }
    }

    fn connecting_party(&mut self, object: &Group, responses: &Datum) {
        let mut record = Record {
            ods: object.text("ods_code").and_then(words::ods),
            environment: object.text("environment").and_then(words::short),
            ..Record::default()
        };
        let names: Vec<&str> =
            responses.group().into_iter().flat_map(|g| &g.items).filter_map(|i| i.key.as_deref()).collect();
        members(responses, &mut |name, value| match name.replace(['_', ' '], "").as_str() {
            "interactionid" | "nhsassvcia" => record.interactions.extend(words::interaction(value)),
            "asid" | "uniqueidentifier" => record.asid = record.asid.take().or_else(|| words::asid(value)),
            "mhspartykey" | "nhsmhspartykey" => record.party_key = words::party_key(value),
            "productname" | "nhsproductname" => record.product = words::short(value),
            "productversion" | "nhsproductversion" => record.version = words::short(value),
            "mhsmanufacturerorganisation" | "nhsmhsmanufacturerorg" => record.manufacturer = words::ods(value),
            _ => {}
        });
        // Reference data is incomplete: an ASID's set consists of message sets and additional interactions.
        record.partial = !names.iter().any(|n| n.starts_with("spine_device"));
        if names.iter().any(|n| n.starts_with("spine_as/") || n.starts_with("spine_device")) {
            self.cpm.push(record);
            return;
        }
        let whole = self.additional.get_or_insert_with(|| Record { partial: true, ..Record::default() });
        whole.ods = whole.ods.take().or(record.ods);
        whole.environment = whole.environment.take().or(record.environment);
        whole.interactions.append(&mut record.interactions);
    }

    /// A structure without its end: more entries may have followed.
    fn note_gaps(&mut self, node: &Datum) {
        let Some(group) = node.group() else { return };
        if !group.is_closed {
            self.gaps.push(SetGap::new(
                GapKind::Cut,
                "the data ends early: a bracket or a quote is not closed",
                group.line,
            ));
        }
    }

    fn finish(mut self, is_broken: bool) -> Option<ProductSetFile> {
        let fhir = if self.is_xml { SetForm::SdsXml } else { SetForm::SdsJson };
        let error = self.gaps.iter().find_map(|g| if let GapKind::Ldap(code) = g.kind { Some(code) } else { None });
        let mut file = if !self.devices.is_empty() {
            ProductSetFile::of(fhir, merged_entries(self.devices))
        } else if !self.entries.is_empty() {
            let kind = if self.is_xml { SetForm::SdsXml } else { SetForm::LdapPrint };
            ProductSetFile::of(kind, merged_entries(self.entries))
        } else if !self.cpm.is_empty() {
            ProductSetFile::of(SetForm::CpmDevice, merged_entries(self.cpm))
        } else if let Some(additional) = self.additional {
            ProductSetFile::of(SetForm::CpmAdditionalInteractions, merged(vec![additional]))
        } else if self.endpoints > 0 {
            ProductSetFile::of(SetForm::SdsEndpoint, Vec::new())
        } else if self.outcome {
            let file = ProductSetFile::without(SetForm::OperationOutcome, Reason::OperationOutcome);
            match self.codes.first() {
                Some(code) => file.note(format!("its code is {code}")),
                None => file,
            }
        } else if let Some(code) = error {
            ProductSetFile::without(SetForm::LdapPrint, Reason::LdapError(code))
        } else if self.references > 0 {
            ProductSetFile::without(fhir, Reason::Reference)
        } else if self.bundles > 0 && self.total == 0 && !is_broken {
            ProductSetFile::without(fhir, Reason::EmptyResult)
        } else if self.bundles > 0 {
            ProductSetFile::without(fhir, Reason::Broken).note("the Bundle reports matches but contains none of them")
        } else {
            return None;
        };
        if self.endpoints > 0 && !file.records.is_empty() {
            file = file.note("message-handling records (Endpoint) in it were left out");
        }
        if self.differ {
            file = file.note("an entry has different ASIDs in its dn and in uniqueIdentifier: the attribute was used");
        }
        if self.references > 0 {
            // The part that is not there may contain the interaction.
            file.records.iter_mut().for_each(|r| r.partial = true);
            file = file.note("references ($ref) in it lead nowhere");
        }
        if is_broken && self.gaps.is_empty() {
            self.gaps.push(SetGap::new(GapKind::Cut, "the data is damaged: its brackets or quotes do not match", None));
        }
        file.gaps = self.gaps;
        file.is_search_open = self.is_open;
        Some(file)
    }
}

/// The name of an attribute without its options (`nhsAsSvcIA;range=0-1499`).
fn base_name(key: &str) -> &str {
    key.split(';').next().unwrap_or(key)
}

/// Takes the attributes of an entry: a map from names to values, or a list of names with values.
fn take_attributes(entry: &mut LdapEntry, node: &Datum) {
    let group = match node {
        Datum::Group(group) => group,
        Datum::Elided(line) => {
            return entry.gap(GapKind::LeftOut, "the program that printed the entry left its attributes out", *line);
        }
        Datum::Text(_) => return,
    };
    let is_list = group.values().filter_map(Datum::group).any(|g| g.has("type") || g.has("name") || g.has("_name"));
    if !is_list && !group.has("type") && !group.has("name") {
        return take_members(entry, group);
    }
    let one = |entry: &mut LdapEntry, attribute: &Group| {
        let name = ["type", "name", "_name", "key"].iter().find_map(|k| attribute.text(k));
        let Some(name) = name.map(str::to_ascii_lowercase) else { return };
        for key in ["values", "vals", "value", "_vals", "_values", "val", "buffers"] {
            let values: Vec<&Datum> = attribute.all(key).collect();
            if !values.is_empty() {
                return take_values(entry, &name, &values, attribute);
            }
        }
    };
    if is_list {
        group.values().filter_map(Datum::group).for_each(|a| one(entry, a));
    } else {
        one(entry, group);
    }
}

/// Takes the members of a map as attributes.
fn take_members(entry: &mut LdapEntry, group: &Group) {
    let mut last = "";
    for (i, item) in group.items.iter().enumerate() {
        let Some(key) = item.key.as_deref() else {
            // Java prints the values of an attribute without brackets: `nhsAsSvcIA: urn:…, urn:…`.
            if let [Datum::Text(leaf)] = item.values.as_slice()
                && entry::is_interactions(base_name(last))
                && words::interaction(&leaf.text).is_some()
            {
                entry.take(base_name(last), &leaf.text, leaf.line);
            }
            // Something is missing from the map, perhaps the attribute for interactions.
            if let Some(Datum::Elided(line)) = item.values.iter().find(|v| matches!(v, Datum::Elided(_))) {
                entry.gap(GapKind::LeftOut, "the program that printed the entry left attributes out", *line);
            }
            continue;
        };
        last = key;
        if entry::is_known(base_name(key)) && !entry::is_dn(key) {
            // Java prints the name twice: `nhsassvcia=nhsAsSvcIA: …`.
            let is_again = group.items.get(i + 1).is_some_and(|n| n.key.as_deref() == Some(key));
            if item.values.is_empty() && is_again {
                continue;
            }
            let values: Vec<&Datum> = item.values.iter().collect();
            take_values(entry, key, &values, group);
        }
    }
}

fn take_values(entry: &mut LdapEntry, key: &str, values: &[&Datum], group: &Group) {
    let name = base_name(key);
    let is_interactions = entry::is_interactions(name);
    if is_interactions {
        entry.names_interactions = true;
        if key.contains("range=") && !key.contains("-*") {
            entry.gap(GapKind::LeftOut, "the server returned only a part of the interactions (range)", group.line);
        }
        if let Some(line) = elided(values) {
            entry.gap(GapKind::LeftOut, "the program that printed the entry left interactions out", line);
        } else if values.iter().any(|v| v.group().is_some_and(|g| !g.is_closed))
            || values.is_empty()
            || !group.is_closed && values.iter().all(|v| v.group().is_none())
        {
            entry.gap(GapKind::Cut, "the list of interactions has no end", group.line);
        }
    }
    for value in values {
        // PHP prints how many values there are as if it were one.
        let is_counted = value.group().is_some_and(|g| g.has("count"));
        match value {
            Datum::Group(inner) if is_counted => {
                let inner = inner.items.iter().filter(|i| i.key.as_deref() != Some("count")).flat_map(|i| &i.values);
                inner.for_each(|v| v.leaves(&mut |leaf| entry.take(name, &leaf.text, leaf.line)));
            }
            _ => value.leaves(&mut |leaf| entry.take(name, &leaf.text, leaf.line)),
        }
    }
    if let Some(stated) = values.iter().find_map(|v| v.group()?.text("count")?.parse::<usize>().ok())
        && is_interactions
        && entry.record.interactions.len() < stated
    {
        entry.gap(GapKind::LeftOut, "the entry has more interactions than are printed", group.line);
    }
}

fn elided(values: &[&Datum]) -> Option<usize> {
    values.iter().find_map(|v| match v {
        Datum::Elided(line) => Some(*line),
        Datum::Group(g) => elided(&g.values().collect::<Vec<_>>()),
        Datum::Text(_) => None,
    })
}

/// Calls back for a group, or for the groups of a list.
fn each_group(node: &Datum, tell: &mut impl FnMut(&Group)) {
    if let Some(group) = node.group() {
        if group.items.iter().any(|i| i.key.is_some()) {
            tell(group);
        } else {
            group.values().filter_map(Datum::group).for_each(tell);
        }
    }
}

/// The entries of a Bundle: members of a list, or in XML repeated elements.
fn each_entry(node: &Datum, tell: &mut impl FnMut(&Datum)) {
    match node.group() {
        Some(group) if group.items.iter().all(|i| i.key.is_none()) => group.values().for_each(tell),
        _ => tell(node),
    }
}

/// Calls back for every group that has a certain member.
fn identifiers(node: &Datum, key: &str, tell: &mut impl FnMut(&Group)) {
    if let Some(group) = node.group() {
        if group.has(key) {
            tell(group);
        }
        group.values().for_each(|v| identifiers(v, key, tell));
    }
}

/// Every member that is a text or a list of texts.
fn members(node: &Datum, tell: &mut impl FnMut(&str, &str)) {
    let Some(group) = node.group() else { return };
    for item in &group.items {
        let Some(key) = item.key.as_deref() else {
            item.values.iter().for_each(|v| members(v, tell));
            continue;
        };
        for value in &item.values {
            match value {
                Datum::Text(leaf) => tell(key, &leaf.text),
                Datum::Group(inner) if inner.items.iter().all(|i| i.key.is_none()) => {
                    inner.values().for_each(|v| match v {
                        Datum::Text(leaf) => tell(key, &leaf.text),
                        other => members(other, tell),
                    });
                }
                other => members(other, tell),
            }
        }
    }
}

/// An error code: upper case and underscores.
fn code(text: &str) -> Option<String> {
    let fits = text.len() <= 60 && text.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b'_' | b' '));
    fits.then(|| text.to_owned())
}
