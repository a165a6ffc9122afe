//! Which values of a capture are credentials. In doubt a value is one: masking a harmless word costs nothing.

use memchr::memmem;

use crate::capture::json::{self, Json};
use crate::capture::model::{Body, Capture, Exchange, Field};
use crate::capture::{self, Reader, body};
use crate::pack::model::{Pack, Vocabulary};
use crate::redact::{Mask, Redactor, is_plain, names, private_keys};
use crate::secret::Secret;
use crate::shape::{self, Shape};
use crate::text::{Span, Text, offset_in};
use crate::url::Url;

/// What must not be shown of a paste.
#[derive(Debug)]
pub(crate) struct Sensitive {
    pub(crate) secrets: Vec<(Mask, Secret)>,
    pub(crate) spans: Vec<Span>,
}

impl Sensitive {
    /// The paste as it may be shown, with these words masked as well.
    pub(crate) fn redactor(&self, paste: &str, words: &[String]) -> Redactor {
        Redactor::masking(paste, &self.secrets, &self.spans).with_words(words)
    }
}

/// Collects what must not be shown. A reader that the user chose may not recognise a credential that another reader
/// would find.
pub(crate) fn by_any_reader(capture: &Capture, paste: &Text, pack: &Pack, from: Reader) -> Sensitive {
    let mut found = sensitive(capture, paste.as_str(), pack);
    if from != Reader::AUTO {
        let auto = capture::read(paste, &pack.vocabulary);
        let more = sensitive(&auto, paste.as_str(), pack);
        found.secrets.extend(more.secrets);
        found.spans.extend(more.spans);
    }
    found
}

/// Collects what must not be shown.
fn sensitive(capture: &Capture, paste: &str, pack: &Pack) -> Sensitive {
    let (mut found, places) = collect(capture, &pack.vocabulary);
    found.extend(options(paste));
    // A key in a field is shown again by its value: there it is known by its words.
    let keys = private_keys(paste);
    for key in &keys {
        let words = paste[key.clone()].split_whitespace().filter(|w| w.len() >= 8);
        found.extend(words.map(|w| (Mask::Key, Secret::new(w))));
    }
    let mut spans: Vec<Span> = keys.into_iter().map(|r| Span::new(r.start, r.end)).collect();
    spans.extend(places.into_iter().map(|place| {
        // A pair of digits of a hex dump: the dump shows the characters again at the end of the line.
        let is_pair =
            paste.get(place.start..place.end).is_some_and(|p| p.len() == 2 && p.bytes().all(|b| b.is_ascii_hexdigit()));
        let line_end = if is_pair { paste[place.end..].bytes().take(80).position(|b| b == b'\n') } else { None };
        Span::new(place.start, place.end + line_end.unwrap_or(0))
    }));
    Sensitive { secrets: found, spans }
}

/// Whether this cannot be a credential, by its grammar; also `<b>required</b>`, a plain word that is only shown in bold.
fn is_no_value(value: &str) -> bool {
    let word_in_tags = || {
        let (tag, inner) = value.trim().strip_prefix('<')?.split_once('>')?;
        inner.strip_suffix('>')?.strip_suffix(tag)?.strip_suffix("</")
    };
    shape::is_no_value(value) || word_in_tags().is_some_and(is_plain)
}

/// Whether a word is meant as a scheme, misspelt as it may be.
fn is_nearly_scheme(word: &str) -> bool {
    shape::is_scheme(word)
        || ["bearer", "basic", "token", "digest", "apikey", "negotiate"]
            .iter()
            .any(|s| strsim::osa_distance(&word.to_ascii_lowercase(), s) <= 2)
}

/// A value without the schemes that it begins with.
fn without_schemes(value: &str) -> &str {
    let mut rest = value;
    while let Some((word, after)) = rest.split_once(char::is_whitespace)
        && shape::is_scheme(word)
    {
        rest = after.trim_start();
    }
    rest
}

/// Collects the credentials of a capture, and the places of those that are not in the paste as written.
fn collect(capture: &Capture, vocabulary: &Vocabulary) -> (Vec<(Mask, Secret)>, Vec<Span>) {
    let mut secrets = Secrets { vocabulary, found: Vec::new(), places: Vec::new() };
    for exchange in &capture.exchanges {
        secrets.exchange(exchange);
    }
    (secrets.found, secrets.places)
}

struct Secrets<'a> {
    vocabulary: &'a Vocabulary,
    found: Vec<(Mask, Secret)>,
    places: Vec<Span>,
}

impl Secrets<'_> {
    fn is_secret_name(&self, name: &str) -> bool {
        names::telling(name).is_some()
            || self
                .vocabulary
                .secret_fields
                .iter()
                .chain(&self.vocabulary.token_fields)
                .any(|f| f.eq_ignore_ascii_case(name))
    }

    /// A credential that was decoded or put together: the paste has it in pieces, or in other characters.
    fn place(&mut self, text: &Text, part: &str) {
        let shown = part.trim().trim_matches(|c: char| "\"'“”‘’<>[](){},;".contains(c));
        if shown.len() < 4 || shown.contains('‹') || matches!(shape::of(shown), Shape::Redacted | Shape::Placeholder)
        {
            return;
        }
        // The part is a slice of the text's own string.
        let start = offset_in(text.as_str(), part);
        if start + part.len() > text.len() {
            return;
        }
        let slice = text.slice(start..start + part.len());
        if !slice.is_verbatim() {
            self.places.extend(slice.places());
        }
    }

    fn add_text(&mut self, text: &Text) {
        if is_no_value(text.as_str()) {
            return;
        }
        self.place(text, text.as_str());
        self.add(text.as_str());
    }

    fn add_part(&mut self, text: &Text, part: &str) {
        self.place(text, part);
        self.add(part);
    }

    fn add(&mut self, value: &str) {
        let value = value.trim().trim_matches(|c: char| "\"'“”‘’<>[](){},;".contains(c));
        // `Optional("…`, `…</string`: what a program printed around it is none of it.
        let typed = value.split_once("(\"").filter(|(name, _)| is_type(name));
        let value = typed.map_or(value, |(_, inner)| inner.split('"').next().unwrap_or(inner));
        let value = value.split_once("</").map_or(value, |(inner, _)| inner);
        if value.is_empty() {
            return;
        }
        let mask = match shape::of(value) {
            Shape::Placeholder => return,
            Shape::Redacted => {
                // Half of it was cut out: what was left is still a part that helps.
                let parts = shape::left_over(value).into_iter();
                self.found.extend(parts.map(|part| (Mask::Secret, Secret::new(part))));
                return;
            }
            Shape::Jwt => Mask::Jwt,
            Shape::ApiKey => Mask::Key,
            Shape::Opaque => Mask::Token,
            _ => Mask::Secret,
        };
        self.found.push((mask, Secret::new(value)));
    }

    /// A field value: every word of it but the scheme may be a credential.
    fn field(&mut self, field: &Field) {
        let value = field.value.as_str();
        if field.is("cookie") || field.is("set-cookie") {
            for part in value.split(';') {
                match part.split_once('=') {
                    Some((_, secret)) => self.add_part(&field.value, secret),
                    None if field.is("cookie") => self.add_part(&field.value, part),
                    None => {}
                }
            }
            return;
        }
        if is_no_value(value) {
            return;
        }
        let words: Vec<&str> = value.split_whitespace().collect();
        match words.as_slice() {
            [] => {}
            [one] if shape::is_scheme(one) => {}
            [one] => self.add_part(&field.value, one),
            [first, rest @ ..] => {
                let joined = value.trim_start()[first.len()..].trim();
                // A scheme that nobody registered is still one if it looks like a name in front of credentials.
                let is_scheme = first.len() >= 3
                    && first.bytes().all(|b| b.is_ascii_uppercase())
                    && rest.len() == 1
                    && (joined.len() >= 16 && joined.contains([':', '=']) || joined.contains('‹'));
                if !is_scheme && !is_nearly_scheme(first.trim_end_matches(':')) {
                    self.add_part(&field.value, first);
                }
                // A challenge that was copied into a field of another name holds no credentials.
                if field_of_challenge(joined) && !field.is("authorization") && !field.is("proxy-authorization") {
                    return;
                }
                if shape::placeholder(joined).is_some() || shape::is_wholly_redacted(joined) {
                    return;
                }
                // Digest and its like are a list of quoted values.
                let parts: Vec<&str> = value.split('"').collect();
                for pair in parts.chunks_exact(2) {
                    let (name, quoted) = (pair[0].trim_end_matches([' ', '=']), pair[1]);
                    let name = name.rsplit([' ', ',']).next().unwrap_or_default();
                    if quoted.len() >= 8 && !quoted.contains(' ') && !is_of_challenge(name) {
                        self.add_part(&field.value, quoted);
                    }
                }
                // What follows a scheme is the credentials, even if it is several words.
                // A placeholder in a sentence is not followed by any.
                let is_placeholder = |word: &str| shape::placeholder(word).is_some();
                let is_named = rest.first().is_some_and(|word| {
                    is_placeholder(word) || is_placeholder(word.trim_end_matches([')', ',', '.', ';']))
                });
                let is_digest = first.eq_ignore_ascii_case("digest") && joined.contains("=\"");
                if rest.len() > 1 && !is_named && !is_digest && field.is("authorization") && shape::is_scheme(first) {
                    // A scheme that is sent twice stays readable: it is the fault.
                    self.add_part(&field.value, without_schemes(joined));
                }
                // Of several words those are credentials that look like one; a single one is, whatever it looks like.
                let telling = |w: &str| {
                    let has_digit = w.len() >= 8 && w.bytes().any(|b| b.is_ascii_digit());
                    shape::of(w).is_credential() || has_digit && shape::placeholder(w).is_none()
                };
                let is_list = |w: &str| w.contains("=\"") && w.contains(',');
                let telling = |w: &str| {
                    if rest.len() == 1 { !is_list(w) } else { telling(w) && !(is_digest && w.contains("=\"")) }
                };
                for word in rest.iter().filter(|w| !shape::is_scheme(w) && telling(w)) {
                    self.add_part(&field.value, word);
                    self.basic(word);
                }
            }
        }
    }

    /// The password in Basic credentials is a credential by itself.
    fn basic(&mut self, word: &str) {
        use base64::Engine as _;
        // Servers are forgiving about the alphabet and the padding, so what is sent in another one counts too.
        let standard = word.replace('-', "+").replace('_', "/");
        if shape::basic(&standard) != shape::Basic::WellFormed {
            return;
        }
        let padded = standard.trim_end_matches('=');
        if let Ok(bytes) = base64::engine::general_purpose::STANDARD_NO_PAD.decode(padded)
            && let Some((user, password)) = String::from_utf8_lossy(&bytes).split_once(':')
        {
            // A key is sent as the name of a user without a password.
            self.add(if password.is_empty() { user } else { password });
        }
    }

    fn exchange(&mut self, exchange: &Exchange) {
        let answer_fields = exchange.response.iter().flat_map(|r| &r.fields);
        for field in exchange.request.fields.iter().chain(answer_fields) {
            let bearer = field.value.as_str().to_ascii_lowercase().starts_with("bearer ");
            let is_challenge = field.is("www-authenticate") || field.is("proxy-authenticate");
            if (self.is_secret_name(field.name.as_str()) || bearer) && !is_challenge {
                self.field(field);
            }
        }
        if let Some(url) = &exchange.request.url {
            for (name, value) in Url::of(url).query {
                if self.is_secret_name(name.as_str()) || names::is_secret_parameter(name.as_str()) {
                    self.add_text(&value);
                }
            }
            if let Some(password) = password_in_url(url.as_str()) {
                self.add(password);
            }
        }
        for (name, value) in body::parameters(&exchange.request) {
            if self.is_secret_name(name.as_str()) || names::is_secret_parameter(name.as_str()) {
                self.add_text(&value);
            }
        }
        for secret in &exchange.secrets {
            self.add_text(secret);
        }
        for body in [Some(&exchange.request.body), exchange.response.as_ref().map(|r| &r.body)].into_iter().flatten() {
            if let Body::Text(text) = body {
                self.body(text);
            }
        }
    }

    fn body(&mut self, text: &Text) {
        let value = text.as_str();
        let Some(at) = value.find('{') else { return };
        if let Some(parsed) = json::parse(text, at) {
            self.members(&parsed.json, 0);
        }
    }

    fn members(&mut self, json: &Json, depth: usize) {
        if depth > 16 {
            return;
        }
        for (name, value) in json.members() {
            match value {
                Json::String(text) if self.is_secret_name(name.as_str()) => self.add_text(text),
                other => self.members(other, depth + 1),
            }
        }
        for element in json.elements() {
            self.members(element, depth + 1);
        }
    }
}

/// Parameters of Digest credentials that repeat the challenge, or the request.
fn is_of_challenge(name: &str) -> bool {
    const NAMES: [&str; 8] = ["realm", "username", "uri", "nonce", "opaque", "algorithm", "qop", "domain"];
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether this is the name of a type: `Optional`, `ClientSecret`.
fn is_type(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase()) && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Whether the parameters after a scheme are those of a challenge: `realm="…"`.
fn field_of_challenge(parameters: &str) -> bool {
    let name = parameters.split('=').next().unwrap_or_default().trim().to_ascii_lowercase();
    parameters.contains('=') && matches!(name.as_str(), "realm" | "error" | "error_description" | "scope")
}

/// The password in `https://user:password@host/`; a slash in it is read as part of it.
fn password_in_url(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let authority = rest.split('/').next()?;
    if let Some((user, _)) = authority.rsplit_once('@') {
        return Some(user.split_once(':').map_or(user, |(_, password)| password));
    }
    let (_, behind) = authority.split_once(':')?;
    if behind.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let from = authority.len() - behind.len();
    let till = rest.find('@')?;
    rest.get(from..till).filter(|p| !p.contains(['?', '#', ' ']))
}

/// The passwords among the options of curl: `--proxy-user name:password`, `--pass password`, `--cert file:password`.
/// The reader of commands hands them on; this finds them in what is left of a command, too.
fn options(paste: &str) -> Vec<(Mask, Secret)> {
    const OPTIONS: &[(&str, bool)] = &[
        ("--proxy-user", true),
        ("-U", true),
        ("--user", true),
        ("-u", true),
        ("--pass", false),
        ("--cert", true),
        ("-E", true),
        ("--cookie", false),
        ("-b", false),
        ("-storepass", false),
        ("-passin", true),
    ];
    let mut found = Vec::new();
    for (option, behind_colon) in OPTIONS {
        for at in memmem::find_iter(paste.as_bytes(), option) {
            let after = &paste[at + option.len()..];
            if !paste[..at].ends_with([' ', '\t', '\n']) || !after.starts_with([' ', '=', '\t']) {
                continue;
            }
            let word = after[1..].trim_start_matches(['"', '\'', ' ']);
            let len = word.find([' ', '"', '\'', '\n', '\r']).unwrap_or(word.len());
            let value = &word[..len];
            let secret = if *behind_colon { value.rsplit_once(':').map(|(_, password)| password) } else { Some(value) };
            if let Some(secret) = secret.filter(|s| s.len() >= 4 && !s.starts_with(['\\', '/', '$', '%', '<'])) {
                found.push((Mask::Secret, Secret::new(secret)));
            }
        }
    }
    found
}
