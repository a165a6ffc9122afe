//! JSON: the FHIR answers of the Spine Directory Service, the records of the ldap3 library, and those of the
//! Connecting Party Manager.

use serde_json::{Map, Value};

use super::model::{Kind, ProductSetFile, Reason, Record};
use super::{merged, words};

/// Reads a text that contains JSON; `None` if it has none.
pub(super) fn read(text: &str) -> Option<ProductSetFile> {
    let start = json_start(text)?;
    let mut found = Found::default();
    let mut whole = true;
    let mut any = false;
    for value in serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>() {
        match value {
            Ok(value) => {
                any |= value.is_object() || value.is_array();
                found.walk(&value, 0);
            }
            Err(error) => {
                // Text after the last bracket (a prompt, a signature) is not damage.
                whole = any && !error.is_eof();
                break;
            }
        }
    }
    let begun = text[start..].starts_with('{') && text.contains('"');
    if !any && !begun {
        return None;
    }
    Some(found.finish(whole))
}

/// The first line that begins with a bracket; this skips what `curl -i` prints before the body.
fn json_start(text: &str) -> Option<usize> {
    let first = text.len() - text.trim_start().len();
    if text[first..].starts_with(['{', '[']) {
        return Some(first);
    }
    let at = text.find("\n{").or_else(|| text.find("\r{"))?;
    Some(at + 1)
}

#[derive(Default)]
struct Found {
    devices: Vec<Record>,
    endpoints: usize,
    references: usize,
    bundles: usize,
    /// The number of hits that a Bundle reports.
    total: u64,
    outcome: bool,
    codes: Vec<String>,
    additional: Option<Record>,
    cpm_device: bool,
    environment: Option<String>,
}

impl Found {
    fn walk(&mut self, value: &Value, depth: usize) {
        if let Value::Array(items) = value {
            return items.iter().for_each(|item| self.walk(item, depth + 1));
        }
        let Value::Object(object) = value else { return };
        if object.contains_key("$ref") {
            self.references += 1;
            return;
        }
        match text(object, "resourceType") {
            Some("Bundle") => return self.bundle(object, depth),
            Some("Device") => return self.device(object),
            Some("Endpoint") => return self.endpoints += 1,
            Some("OperationOutcome") => {
                self.outcome = true;
                let issues = object.get("issue").and_then(Value::as_array).into_iter().flatten();
                let codings = issues.filter_map(|i| i.get("details")?.get("coding")?.as_array()).flatten();
                self.codes.extend(codings.filter_map(|c| c.get("code")?.as_str()).filter_map(code));
                return;
            }
            _ => {}
        }
        if object.contains_key("fault") && object.len() <= 2 || object.contains_key("error_description") {
            self.outcome = true;
            return;
        }
        if let Some(attributes) = object.get("attributes").and_then(Value::as_object) {
            return self.ldap(attributes);
        }
        if let Some(responses) = object.get("questionnaire_responses") {
            return self.cpm(object, responses);
        }
        for key in ["entries", "entry", "results", "items", "data", "resource", "body"] {
            if let Some(inner) = object.get(key) {
                self.walk(inner, depth + 1);
            }
        }
    }

    fn bundle(&mut self, bundle: &Map<String, Value>, depth: usize) {
        self.bundles += 1;
        self.total += bundle.get("total").and_then(Value::as_u64).unwrap_or(0);
        let links = bundle.get("link").and_then(Value::as_array).into_iter().flatten();
        let host = links.filter_map(|l| l.get("url")?.as_str()?.split("://").nth(1)?.split('/').next()).next();
        self.environment = self.environment.take().or_else(|| host.and_then(words::short));
        for entry in bundle.get("entry").and_then(Value::as_array).into_iter().flatten() {
            self.walk(entry.get("resource").unwrap_or(entry), depth + 1);
        }
    }

    fn device(&mut self, device: &Map<String, Value>) {
        let mut record = Record { environment: self.environment.clone(), ..Record::default() };
        for (key, value) in device {
            identifiers(value, &mut |system, value| {
                let is = |name: &str| system.rsplit('/').next().is_some_and(|s| s.eq_ignore_ascii_case(name));
                if is("nhsSpineASID") {
                    record.asid = record.asid.take().or_else(|| words::asid(value));
                } else if is("nhsMhsPartyKey") {
                    record.party_key = record.party_key.take().or_else(|| words::party_key(value));
                } else if is("nhsServiceInteractionId") || is("nhsEndpointServiceId") {
                    record.interactions.extend(words::interaction(value));
                } else if is("ods-organization-code") {
                    let place = if key == "owner" { &mut record.ods } else { &mut record.manufacturer };
                    *place = place.take().or_else(|| words::ods(value));
                }
            });
        }
        self.devices.push(record);
    }

    /// An entry of ldap3: attributes with one value or several.
    fn ldap(&mut self, attributes: &Map<String, Value>) {
        let mut entry = super::ldif::Entry::default();
        for (name, value) in attributes {
            match value {
                Value::String(value) => entry.take(name, value),
                Value::Array(values) => values.iter().filter_map(Value::as_str).for_each(|v| entry.take(name, v)),
                Value::Number(number) => entry.take(name, &number.to_string()),
                _ => {}
            }
        }
        if entry.is_mhs() {
            self.endpoints += 1;
        } else {
            self.devices.push(entry.record);
        }
    }

    fn cpm(&mut self, object: &Map<String, Value>, responses: &Value) {
        let mut record = Record {
            ods: text(object, "ods_code").and_then(words::ods),
            environment: text(object, "environment").and_then(words::short),
            ..Record::default()
        };
        let names: Vec<&str> = responses.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
        members(responses, &mut |name, value| match name.to_ascii_lowercase().replace(['_', ' '], "").as_str() {
            "interactionid" | "nhsassvcia" => record.interactions.extend(words::interaction(value)),
            "asid" | "uniqueidentifier" => record.asid = record.asid.take().or_else(|| words::asid(value)),
            "mhspartykey" | "nhsmhspartykey" => record.party_key = words::party_key(value),
            "productname" | "nhsproductname" => record.product = words::short(value),
            "productversion" | "nhsproductversion" => record.version = words::short(value),
            "mhsmanufacturerorganisation" | "nhsmhsmanufacturerorg" => record.manufacturer = words::ods(value),
            _ => {}
        });
        let device = names.iter().any(|n| n.starts_with("spine_as/") || n.starts_with("spine_device"));
        self.cpm_device |= device;
        // Reference data is incomplete: an ASID's set consists of message sets and additional interactions.
        record.partial = !names.iter().any(|n| n.starts_with("spine_device"));
        if device {
            self.devices.push(record);
            return;
        }
        let whole = self.additional.get_or_insert_with(|| Record { partial: true, ..Record::default() });
        whole.ods = whole.ods.take().or(record.ods);
        whole.environment = whole.environment.take().or(record.environment);
        whole.interactions.append(&mut record.interactions);
    }

    fn finish(self, whole: bool) -> ProductSetFile {
        let kind = if self.cpm_device { Kind::CpmDevice } else { Kind::SdsJson };
        let mut file = if !self.devices.is_empty() {
            ProductSetFile::of(kind, merged(self.devices))
        } else if let Some(additional) = self.additional {
            ProductSetFile::of(Kind::CpmAdditionalInteractions, merged(vec![additional]))
        } else if self.endpoints > 0 {
            return ProductSetFile::of(Kind::SdsEndpoint, Vec::new());
        } else if self.outcome {
            let file = ProductSetFile::without(Kind::OperationOutcome, Reason::OperationOutcome);
            return match self.codes.first() {
                Some(code) => file.note(format!("its code is {code}")),
                None => file,
            };
        } else if self.references > 0 {
            return ProductSetFile::without(Kind::SdsJson, Reason::Reference);
        } else if !whole {
            return ProductSetFile::without(Kind::SdsJson, Reason::Broken);
        } else if self.bundles > 0 && self.total == 0 {
            return ProductSetFile::without(Kind::SdsJson, Reason::EmptyResult);
        } else if self.bundles > 0 {
            return ProductSetFile::without(Kind::SdsJson, Reason::Broken)
                .note("the Bundle reports matches but contains none of them");
        } else {
            return ProductSetFile::without(Kind::Unknown, Reason::UnknownForm);
        };
        if self.endpoints > 0 {
            file = file.note("message-handling records (Endpoint) in it were left out");
        }
        if self.references > 0 || !whole {
            // The part that is not there may contain the interaction.
            file.records.iter_mut().for_each(|r| r.partial = true);
            file = file.note(if whole { "references ($ref) in it lead nowhere" } else { "its JSON ends early" });
        }
        file
    }
}

fn text<'v>(object: &'v Map<String, Value>, key: &str) -> Option<&'v str> {
    object.get(key).and_then(Value::as_str)
}

/// An error code: upper case and underscores.
fn code(text: &str) -> Option<String> {
    let fits = text.len() <= 60 && text.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b'_' | b' '));
    fits.then(|| text.to_owned())
}

/// Every `system` and `value` in the same object.
fn identifiers(value: &Value, tell: &mut impl FnMut(&str, &str)) {
    match value {
        Value::Array(items) => items.iter().for_each(|i| identifiers(i, tell)),
        Value::Object(object) => {
            if let (Some(system), Some(value)) = (text(object, "system"), text(object, "value")) {
                tell(system, value);
            }
            object.values().for_each(|v| identifiers(v, tell));
        }
        _ => {}
    }
}

/// Every member that is a string or a list of strings.
fn members(value: &Value, tell: &mut impl FnMut(&str, &str)) {
    match value {
        Value::Array(items) => items.iter().for_each(|i| members(i, tell)),
        Value::Object(object) => {
            for (name, value) in object {
                match value {
                    Value::String(text) => tell(name, text),
                    Value::Array(items) => items.iter().for_each(|i| match i {
                        Value::String(text) => tell(name, text),
                        other => members(other, tell),
                    }),
                    other => members(other, tell),
                }
            }
        }
        _ => {}
    }
}
