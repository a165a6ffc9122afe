//! Postman's console, and the saved requests of Postman, Insomnia and Bruno.
//!
//! The console shows what went over the wire. A saved request is what will be sent: the tool adds fields of its own
//! and makes a field of the credentials, which is done here too, so that the request reads as it is sent.
//! Scripts are not run: where one may set fields, the head counts as shown in part.

use std::cell::Cell;
use std::collections::HashMap;

use base64::Engine as _;

use crate::capture::json::Json;
use crate::capture::json::members::{self, Members, fields, is_enabled, normal};
use crate::capture::model::{Body, DecodedJwt, Exchange, Extent, Field, Format, Print, Request, Response};
use crate::text::{Text, TextBuilder};

/// Whether this is what the console of Postman shows of one request.
pub(crate) fn is_console(json: &Json) -> bool {
    let view = Members::of(json);
    let sides = ["responseheaders", "responsebody", "responsestatus"].iter().any(|key| view.has(key));
    let own_line = !["method", "url", "uri", "requesturl", "requesturi"].iter().any(|key| view.has(key));
    own_line && view.has("requestheaders") && (view.has("network") || sides)
}

/// The exchange that the console shows. The line before the object (`GET https://…: {`) has the method and the URL.
pub(crate) fn console(json: &Json, preceding: &Text) -> Option<Exchange> {
    if !is_console(json) {
        return None;
    }
    let view = Members::of(json);
    let request_fields = view.find(&["requestheaders"]).map(fields).unwrap_or_default();
    let (method, url, at_line) = console_line(preceding);
    let request = Request {
        method,
        url,
        extent: wire_extent(view.find(&["requestheaders"]), &request_fields),
        body: view.find(&["requestbody"]).map_or(Body::Unseen, |body| members::body(body, &request_fields)),
        fields: request_fields,
    };
    let head = view.find(&["responseheaders"]);
    let response_fields = head.map(fields).unwrap_or_default();
    let status =
        view.find(&["responsestatus", "responsecode", "status", "statuscode", "code"]).and_then(members::status);
    let body = view.find(&["responsebody"]).map_or(Body::Unseen, |body| members::body(body, &response_fields));
    let answered = status.is_some() || !response_fields.is_empty() || !body.is_unseen();
    let (status, reason) = status.map_or((None, None), |(status, reason)| (Some(status), reason));
    let extent = wire_extent(head, &response_fields);
    let at = at_line.map_or(json.span(), |line| line.to(json.span()));
    Some(Exchange {
        format: Format::Json,
        request,
        response: answered.then_some(Response { status, reason, fields: response_fields, body, extent }),
        sent_at: None,
        expanded: Vec::new(),
        secrets: Vec::new(),
        decoded_jwt: DecodedJwt::default(),
        print: Print::default(),
        at,
    })
}

fn wire_extent(head: Option<&Json>, fields: &[Field]) -> Extent {
    let whole = matches!(head, Some(Json::Object(_, source) | Json::Array(_, source)) if source.is_whole());
    if whole && !fields.is_empty() { Extent::Whole } else { Extent::Part }
}

/// The method and the URL of the line before the object, and their places.
fn console_line(line: &Text) -> (Option<Text>, Option<Text>, Option<crate::text::Span>) {
    let mut words = Vec::new();
    let mut start = None;
    let s = line.as_str();
    for (i, c) in s.char_indices().chain([(s.len(), ' ')]) {
        match start {
            Some(from) if c.is_whitespace() => {
                words.push(from..i);
                start = None;
            }
            None if !c.is_whitespace() => start = Some(i),
            _ => {}
        }
    }
    let is_method = |word: &str| word.len() >= 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let found =
        words.windows(2).find(|pair| is_method(&s[pair[0].clone()]) && s[pair[1].clone()].contains(['/', '{', '.']));
    let Some([method, url]) = found else { return (None, None, None) };
    let end = url.start + s[url.clone()].trim_end_matches('{').trim_end_matches(':').len();
    let (method, url) = (line.slice(method.clone()), line.slice(url.start..end));
    let at = method.span().to(url.span());
    (Some(method), Some(url), Some(at))
}

/// Whether this holds saved requests.
pub(crate) fn is_collection(json: &Json) -> bool {
    kind(json).is_some()
}

/// The tools whose exports are read.
enum Tool<'a> {
    /// A collection of Postman 2.0 or 2.1.
    Postman(&'a Json),
    /// What Newman reports of a run: each request with all its fields, and its answer.
    Newman(&'a Json),
    Insomnia(&'a Json),
    Bruno,
}

fn kind(json: &Json) -> Option<Tool<'_>> {
    let runs = json.path(&["run", "executions"]).or_else(|| json.get("executions"));
    if let Some(runs) = runs.filter(|r| r.elements().iter().any(|e| e.path(&["request", "header"]).is_some())) {
        return Some(Tool::Newman(runs));
    }
    let root = json.get("collection").filter(|c| c.get("item").is_some()).unwrap_or(json);
    let items = root.get("item").is_some_and(|i| matches!(i, Json::Array(..)));
    if items && (root.get("info").is_some() || root.get("item").is_some_and(|i| i.elements().iter().any(is_item))) {
        return Some(Tool::Postman(root));
    }
    if is_item(json)
        && json.path(&["request", "header"]).is_some()
        && json.get("response").is_none_or(|r| !r.is_object())
    {
        return Some(Tool::Postman(json));
    }
    let resources = json.get("resources").filter(|r| r.elements().iter().any(|r| r.get("_type").is_some()));
    if let Some(resources) = resources {
        return Some(Tool::Insomnia(resources));
    }
    let bruno = json.get("items").is_some_and(|items| {
        items
            .elements()
            .iter()
            .any(|i| i.get("type").is_some() && (i.get("request").is_some() || i.get("items").is_some()))
    });
    bruno.then_some(Tool::Bruno)
}

fn is_item(json: &Json) -> bool {
    json.get("name").is_some() && json.get("request").is_some()
}

/// The saved requests, each with its saved answers. `None` for any other document.
pub(crate) fn exchanges(json: &Json) -> Option<Vec<Exchange>> {
    let mut found = Vec::new();
    match kind(json)? {
        Tool::Postman(root) => {
            let variables = Variables::of(root.get("variable"));
            let context = Context { auth: root.get("auth"), scripted: sets_fields(root), variables: &variables };
            if is_item(root) {
                postman_item(root, context, &mut found);
            } else {
                postman_items(root, context, &mut found);
            }
        }
        Tool::Newman(runs) => found.extend(runs.elements().iter().filter_map(execution)),
        Tool::Insomnia(resources) => {
            let requests = resources.elements().iter().filter(|r| is_word(r.get("_type"), "request"));
            found.extend(requests.map(insomnia_request));
        }
        Tool::Bruno => bruno_items(json, json.path(&["root", "request", "auth"]), &mut found),
    }
    Some(found)
}

/// A request that Newman sent. Fields that it adds itself are marked `system`: where they are, all are.
fn execution(json: &Json) -> Option<Exchange> {
    let variables = Variables::of(None);
    let saved = json.get("request")?;
    let mut request = postman_request(saved, Context { auth: None, scripted: false, variables: &variables });
    request.extent = wire_extent(saved.get("header"), &request.fields);
    let response = json.get("response").filter(|r| r.is_object()).and_then(postman_response).map(|mut response| {
        if let Some(bytes) = json.path(&["response", "stream"]).and_then(bytes) {
            response.body = members::body(&Json::String(bytes), &response.fields);
        }
        response
    });
    Some(Exchange { request, response, ..Exchange::unseen(Format::Json, json.span()) })
}

/// A buffer as Node writes it to JSON.
fn bytes(stream: &Json) -> Option<Text> {
    let byte = |n: &Json| n.as_text().and_then(|t| t.as_str().parse().ok());
    let bytes: Option<Vec<u8>> = stream.get("data")?.elements().iter().map(byte).collect();
    let text = String::from_utf8(bytes?).ok().filter(|t| !t.is_empty())?;
    Some(Text::implied(&text, stream.span()))
}

fn is_word(json: Option<&Json>, word: &str) -> bool {
    json.and_then(Json::as_text).is_some_and(|text| text.as_str() == word)
}

fn text(json: &Json, key: &str) -> Option<Text> {
    json.get(key)?.as_text().filter(|text| !text.as_str().trim().is_empty()).map(Text::trim)
}

/// What a request inherits from the folders it lies in.
#[derive(Clone, Copy)]
struct Context<'a> {
    auth: Option<&'a Json>,
    /// Whether a script that runs before it may set fields.
    scripted: bool,
    variables: &'a Variables,
}

fn postman_items(folder: &Json, context: Context<'_>, found: &mut Vec<Exchange>) {
    for item in folder.get("item").map_or(&[][..], Json::elements) {
        let auth = item.get("auth").filter(|a| !a.is_null()).or(context.auth);
        let inner = Context { auth, scripted: context.scripted || sets_fields(item), ..context };
        if item.get("item").is_some() {
            postman_items(item, inner, found);
        } else {
            postman_item(item, inner, found);
        }
    }
}

/// Whether a script before the request touches header fields.
fn sets_fields(json: &Json) -> bool {
    let events = json.get("event").map_or(&[][..], Json::elements);
    events.iter().filter(|e| is_word(e.get("listen"), "prerequest")).any(|event| {
        let lines = event.path(&["script", "exec"]);
        let touches = |line: &Json| line.as_text().is_some_and(|t| t.as_str().contains("eader"));
        lines.is_some_and(|lines| touches(lines) || lines.elements().iter().any(touches))
    })
}

fn postman_item(item: &Json, context: Context<'_>, found: &mut Vec<Exchange>) {
    let Some(saved) = item.get("request") else { return };
    let request = postman_request(saved, context);
    let exchange = |request: Request, response: Option<Response>, at| Exchange {
        format: Format::Json,
        request,
        response,
        sent_at: None,
        expanded: Vec::new(),
        secrets: api_key(saved.get("auth").or(context.auth), &context).into_iter().collect(),
        decoded_jwt: DecodedJwt::default(),
        print: Print::default(),
        at,
    };
    let answers = item.get("response").map_or(&[][..], Json::elements);
    if answers.is_empty() {
        found.push(exchange(request, None, item.span()));
        return;
    }
    for answer in answers {
        let asked = answer.get("originalRequest").filter(|r| r.is_object());
        let request = asked.map_or_else(|| request.clone(), |asked| postman_request(asked, context));
        found.push(exchange(request, postman_response(answer), answer.span()));
    }
}

fn postman_response(answer: &Json) -> Option<Response> {
    let status =
        answer.get("code").and_then(members::status).or_else(|| answer.get("status").and_then(members::status));
    let fields = answer.get("header").map(fields).unwrap_or_default();
    if status.is_none() && fields.is_empty() {
        return None;
    }
    let (status, reason) = status.map_or((None, None), |(status, reason)| (Some(status), reason));
    Some(Response {
        status,
        reason: reason.or_else(|| text(answer, "status")),
        body: answer.get("body").map_or(Body::Unseen, |body| members::body(body, &fields)),
        extent: wire_extent(answer.get("header"), &fields),
        fields,
    })
}

fn postman_request(saved: &Json, context: Context<'_>) -> Request {
    let filled = |text: Text| context.variables.fill(&text);
    if let Some(url) = saved.as_text() {
        let mut request = Request { url: Some(filled(url.trim())), ..Request::default() };
        add_credentials(&mut request, context.auth, &context);
        request.extent = extent(&request, context.scripted, context.auth);
        return request;
    }
    let url = saved.get("url").and_then(|url| url.as_text().cloned().or_else(|| members::composed_url(url)));
    let mut sent = saved.get("header").map(fields).unwrap_or_default();
    for field in &mut sent {
        *field = Field { name: filled(field.name.clone()), value: filled(field.value.clone()) };
    }
    let mut request = Request {
        method: text(saved, "method"),
        url: url.map(|url| filled(url.trim())).filter(|url| !url.is_empty()),
        fields: sent,
        body: postman_body(saved, &context),
        extent: Extent::Part,
    };
    let auth = saved.get("auth").filter(|a| !a.is_null()).or(context.auth);
    add_credentials(&mut request, auth, &context);
    request.extent = extent(&request, context.scripted, auth);
    let cut = |key| matches!(saved.get(key), Some(Json::Array(_, source)) if !source.is_whole());
    if cut("header") || !is_complete(saved) {
        request.extent = Extent::Part;
    }
    request
}

fn is_complete(json: &Json) -> bool {
    matches!(json, Json::Object(_, source) if source.is_whole())
}

fn postman_body(saved: &Json, context: &Context<'_>) -> Body {
    let Some(body) = saved.get("body").filter(|b| !b.is_null()) else {
        // What is not saved is not sent; a document that breaks off may have had it.
        return if is_complete(saved) { Body::Empty(saved.span()) } else { Body::Unseen };
    };
    let fill = |text: &Text| context.variables.fill(text);
    let mode = text(body, "mode");
    match mode.as_ref().map(Text::as_str) {
        Some("urlencoded" | "formdata") => {
            let list = ["urlencoded", "formdata"].iter().find_map(|key| body.get(key));
            match list.map(members::form) {
                Some(Body::Form(pairs)) => Body::Form(pairs.iter().map(|(k, v)| (fill(k), fill(v))).collect()),
                Some(Body::Text(text)) => Body::Text(fill(&text)),
                _ => Body::Empty(body.span()),
            }
        }
        Some("raw") => match body.get("raw").and_then(Json::as_text) {
            Some(raw) if raw.is_empty() => Body::Empty(raw.span()),
            Some(raw) => Body::Text(fill(raw)),
            None => Body::Unseen,
        },
        Some("graphql") => body.get("graphql").and_then(Json::to_text).map_or(Body::Unseen, Body::Text),
        _ => Body::Unseen,
    }
}

/// A setting of a kind of credentials: a member of an object, or a pair in a list.
fn setting<'a>(auth: &'a Json, kind: &str, name: &str) -> Option<&'a Text> {
    let settings = auth.get(kind)?;
    let listed =
        settings.elements().iter().find(|pair| is_word(pair.get("key"), name)).and_then(|pair| pair.get("value"));
    listed.or_else(|| settings.get(name))?.as_text()
}

/// Makes the field that the tool makes of the credentials. It replaces one that was set by hand.
fn add_credentials(request: &mut Request, auth: Option<&Json>, context: &Context<'_>) {
    let Some(auth) = auth else { return };
    let Some(kind) = auth.get("type").and_then(Json::as_text) else { return };
    let get = |name: &str| setting(auth, kind.as_str(), name).map(|text| context.variables.fill(text));
    let in_header = |place: &str| get(place).is_none_or(|p| p.as_str() == "header");
    match kind.as_str() {
        "bearer" => {
            if let Some(token) = get("token").filter(|t| !t.is_empty()) {
                set_field(request, scheme_field("Bearer", &token, auth));
            }
        }
        "oauth2" if in_header("addTokenTo") => {
            if let Some(token) = get("accessToken").filter(|t| !t.is_empty()) {
                let prefix = get("headerPrefix").map(|p| p.trim().as_str().to_owned());
                set_field(request, scheme_field(prefix.as_deref().unwrap_or("Bearer"), &token, auth));
            }
        }
        "basic" => {
            if let (Some(user), Some(password)) = (get("username"), get("password")) {
                let joined = format!("{}:{}", user.as_str(), password.as_str());
                let value = format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(joined));
                let value = Text::implied(&value, user.span().to(password.span()));
                set_field(request, members::implied_field("Authorization", value, auth.span()));
            }
        }
        "apikey" if in_header("in") => {
            if let (Some(name), Some(value)) = (get("key"), get("value")) {
                set_field(request, Field { name, value });
            }
        }
        _ => {}
    }
}

fn set_field(request: &mut Request, field: Field) {
    request.fields.retain(|f| !f.is(field.name.as_str()));
    request.fields.push(field);
}

/// The API key of a saved request, under whatever name it is sent.
fn api_key(auth: Option<&Json>, context: &Context<'_>) -> Option<Text> {
    auth.and_then(|auth| setting(auth, "apikey", "value")).map(|text| context.variables.fill(text))
}

/// `Authorization: <scheme> <token>`, as the tool composes it.
fn scheme_field(scheme: &str, token: &Text, auth: &Json) -> Field {
    let mut value = TextBuilder::new(token.span());
    if !scheme.is_empty() {
        value.replace(token, 0..0, &format!("{scheme} "));
    }
    value.copy(token, 0..token.len());
    members::implied_field("Authorization", value.finish(), auth.span())
}

/// The names that the tools add by themselves, so that a saved request cannot show them.
fn extent(request: &Request, scripted: bool, auth: Option<&Json>) -> Extent {
    if scripted {
        return Extent::Part;
    }
    let mut names = vec![
        "host",
        "user-agent",
        "accept",
        "accept-encoding",
        "connection",
        "content-length",
        "cookie",
        "postman-token",
    ];
    if !matches!(request.body, Body::Empty(_)) {
        names.push("content-type");
    }
    let kind = auth.and_then(|a| ["type", "mode"].iter().find_map(|k| a.get(k))).and_then(Json::as_text);
    let none = kind.is_none_or(|k| matches!(k.as_str(), "noauth" | "none"));
    // Credentials that the export keeps to itself, or that are signed when they are sent.
    if !none && !request.fields.iter().any(|f| f.is("authorization")) && !is_blank_token(auth) {
        names.push("authorization");
    }
    members::withheld(&names)
}

/// Whether credentials are chosen but left blank: then nothing is sent, and the export shows it.
fn is_blank_token(auth: Option<&Json>) -> bool {
    let Some(auth) = auth else { return false };
    let token = setting(auth, "bearer", "token").or_else(|| auth.get("token").and_then(Json::as_text));
    token.is_some_and(|token| token.as_str().trim().is_empty())
}

/// The variables that a collection defines.
struct Variables {
    values: HashMap<String, Text>,
    /// How many bytes may still be put in: a small file must not become a large one.
    left: Cell<usize>,
}

impl Variables {
    fn of(list: Option<&Json>) -> Self {
        let defined = list.map_or(&[][..], Json::elements).iter().filter(|v| is_enabled(v)).filter_map(|variable| {
            let name = variable.get("key").or_else(|| variable.get("id"))?.as_text()?;
            let value = variable.get("value")?.as_text()?;
            Some((name.as_str().to_owned(), value.clone()))
        });
        Self { values: defined.collect(), left: Cell::new(1 << 20) }
    }

    /// The text with the variables put in that the collection defines. A value may hold variables once more.
    fn fill(&self, text: &Text) -> Text {
        let mut text = text.clone();
        for _ in 0..3 {
            match self.fill_once(&text) {
                Some(filled) => text = filled,
                None => break,
            }
        }
        text
    }

    fn fill_once(&self, text: &Text) -> Option<Text> {
        if self.values.is_empty() {
            return None;
        }
        let s = text.as_str();
        let mut out = TextBuilder::new(text.span());
        let (mut run, mut i) = (0, 0);
        while let Some(open) = s[i..].find("{{").map(|at| i + at) {
            let Some(close) = s[open..].find("}}").map(|at| open + at) else { break };
            i = close + 2;
            let Some(value) = self.values.get(s[open + 2..close].trim()) else { continue };
            let Some(left) = self.left.get().checked_sub(value.len()) else { continue };
            self.left.set(left);
            out.copy(text, run..open);
            out.replace(text, open..i, value.as_str());
            run = i;
        }
        if run == 0 {
            return None;
        }
        out.copy(text, run..s.len());
        Some(out.finish())
    }
}

fn insomnia_request(saved: &Json) -> Exchange {
    let fields = saved.get("headers").map(fields).unwrap_or_default();
    let body = match saved.get("body").filter(|b| b.is_object()) {
        None => Body::Unseen,
        Some(body) if body.members().is_empty() => Body::Empty(body.span()),
        Some(body) => match body.get("params").map(members::form) {
            Some(form @ Body::Form(_)) => form,
            _ => body.get("text").map_or(Body::Unseen, |text| members::body(text, &fields)),
        },
    };
    let auth = saved.get("authentication").filter(|a| is_enabled(a));
    saved_exchange(saved, saved, Request { fields, body, ..Request::default() }, auth, |auth, key| auth.get(key))
}

fn bruno_items(folder: &Json, inherited: Option<&Json>, found: &mut Vec<Exchange>) {
    for item in folder.get("items").map_or(&[][..], Json::elements) {
        if item.get("items").is_some() {
            let own = item.path(&["root", "request", "auth"]).filter(|a| !is_word(a.get("mode"), "inherit"));
            bruno_items(item, own.or(inherited), found);
            continue;
        }
        let Some(saved) = item.get("request").filter(|r| r.is_object()) else { continue };
        let fields = saved.get("headers").map(fields).unwrap_or_default();
        let own = saved.get("auth").filter(|a| !is_word(a.get("mode"), "inherit"));
        let auth = if saved.get("auth").is_some() { own.or(inherited) } else { inherited };
        let request = Request { body: bruno_body(saved.get("body")), fields, ..Request::default() };
        found.push(saved_exchange(item, saved, request, auth, |auth, key| {
            let mode = auth.get("mode").and_then(Json::as_text)?;
            auth.get(mode.as_str())?.get(key)
        }));
    }
}

fn bruno_body(body: Option<&Json>) -> Body {
    let Some((body, mode)) = body.and_then(|b| Some((b, b.get("mode")?.as_text()?))) else { return Body::Unseen };
    if mode.as_str() == "none" {
        return Body::Empty(mode.span());
    }
    let content = body.members().iter().find(|(name, _)| normal(name.as_str()) == normal(mode.as_str()));
    match content {
        Some((_, list @ Json::Array(..))) => members::form(list),
        Some((_, content)) => members::body(content, &[]),
        None => Body::Unseen,
    }
}

/// What Insomnia and Bruno have in common.
fn saved_exchange<'a>(
    item: &Json,
    saved: &Json,
    mut request: Request,
    auth: Option<&'a Json>,
    setting: impl Fn(&'a Json, &str) -> Option<&'a Json>,
) -> Exchange {
    request.method = text(saved, "method");
    request.url = text(saved, "url");
    if let Some(auth) = auth {
        let kind = auth.get("type").or_else(|| auth.get("mode")).and_then(Json::as_text).map_or("", Text::as_str);
        let get = |key| setting(auth, key).and_then(Json::as_text).filter(|t| !t.is_empty());
        match kind {
            "bearer" => {
                if let Some(token) = get("token") {
                    let prefix = get("prefix").map_or("Bearer", Text::as_str);
                    set_field(&mut request, scheme_field(prefix, token, auth));
                }
            }
            "basic" => {
                let field = setting(auth, "username").and_then(|_| members::credentials(auth));
                if let Some(field) = field.or_else(|| auth.get("basic").and_then(members::credentials)) {
                    set_field(&mut request, field);
                }
            }
            _ => {}
        }
    }
    request.extent = extent(&request, false, auth);
    if !is_complete(saved) {
        request.extent = Extent::Part;
    }
    Exchange {
        format: Format::Json,
        request,
        response: None,
        sent_at: None,
        expanded: Vec::new(),
        secrets: Vec::new(),
        decoded_jwt: DecodedJwt::default(),
        print: Print::default(),
        at: item.span(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::json::parse;

    fn json(source: &str) -> Json {
        parse(&Text::paste(source), 0).expect("JSON").json
    }

    fn read(source: &str) -> Vec<Exchange> {
        exchanges(&json(source)).expect("saved requests")
    }

    fn field<'a>(exchange: &'a Exchange, name: &str) -> Option<&'a str> {
        exchange.request.fields.iter().find(|f| f.is(name)).map(|f| f.value.as_str())
    }

    fn withholds(exchange: &Exchange, name: &str) -> bool {
        matches!(&exchange.request.extent, Extent::Withheld(names) if names.iter().any(|n| n == name))
    }

    #[test]
    fn the_console_with_the_line_before_it() {
        let source = r#"GET https://int.api.service.nhs.uk/x: {
            "Network": {"tls": {"authorized": true}},
            "Request Headers": {"authorization": "", "host": "int.api.service.nhs.uk"},
            "Response Headers": {"date": "Wed, 04 Mar 2026 10:25:40 GMT"},
            "Response Status": "401 Unauthorized",
            "Response Body": "{\"issue\": []}"
        }"#;
        let paste = Text::paste(source);
        let start = source.find('{').expect("a brace");
        let json = parse(&paste, start).expect("JSON").json;
        let exchange = console(&json, &paste.lines()[0]).expect("the console");
        assert_eq!(exchange.request.method.as_ref().map(Text::as_str), Some("GET"));
        assert_eq!(exchange.request.url.as_ref().map(Text::as_str), Some("https://int.api.service.nhs.uk/x"));
        assert_eq!(exchange.request.extent, Extent::Whole);
        assert_eq!(field(&exchange, "Authorization"), Some(""));
        assert_eq!(exchange.at.start, 0);
        let response = exchange.response.expect("an answer");
        assert_eq!(response.status.map(|s| s.code), Some(401));
        assert_eq!(response.reason.as_ref().map(Text::as_str), Some("Unauthorized"));
        assert_eq!(response.body.text().map(Text::as_str), Some(r#"{"issue": []}"#));
        assert!(console(&json, &Text::paste("")).expect("the console").request.url.is_none());
    }

    #[test]
    fn a_collection_with_inherited_credentials_and_variables() {
        let source = r#"{"info": {"name": "c"}, "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{t}}"}]},
          "variable": [{"key": "base", "value": "https://{{host}}"}, {"key": "host", "value": "a.example"}],
          "item": [{"name": "f", "item": [
            {"name": "one", "request": {"method": "GET", "url": {"raw": "{{base}}/x?y=1"},
              "header": [{"key": "A", "value": "1"}, {"key": "B", "value": "2", "disabled": true}]},
             "response": [{"code": 401, "status": "Unauthorized", "header": [{"key": "Date", "value": "x"}], "body": "no"}]},
            {"name": "two", "request": {"auth": {"type": "noauth"}, "method": "POST", "url": "{{other}}/t",
              "body": {"mode": "urlencoded", "urlencoded": [{"key": "grant_type", "value": "x"}, {"key": "z", "value": "", "disabled": true}]}}},
            {"name": "three", "request": {"auth": {"type": "oauth2", "oauth2": [{"key": "addTokenTo", "value": "header"}]}, "method": "GET", "url": "u/v"}}
          ]}]}"#;
        let found = read(source);
        assert_eq!(found.len(), 3);
        let url = found[0].request.url.as_ref().expect("a URL");
        assert_eq!(url.as_str(), "https://a.example/x?y=1");
        assert_eq!(&source[url.span_of(0..3).start..url.span_of(0..3).end], "{{base}}");
        assert_eq!(field(&found[0], "authorization"), Some("Bearer {{t}}"));
        assert_eq!((field(&found[0], "A"), field(&found[0], "B")), (Some("1"), None));
        assert!(withholds(&found[0], "user-agent") && !withholds(&found[0], "authorization"));
        assert!(matches!(found[0].request.body, Body::Empty(_)));
        assert_eq!(found[0].response.as_ref().and_then(|r| r.status).map(|s| s.code), Some(401));
        assert_eq!(field(&found[1], "authorization"), None);
        assert!(!withholds(&found[1], "authorization") && withholds(&found[1], "content-type"));
        assert!(matches!(&found[1].request.body, Body::Form(pairs) if pairs.len() == 1));
        assert_eq!(found[1].request.url.as_ref().map(Text::as_str), Some("{{other}}/t"));
        assert!(withholds(&found[2], "authorization"), "the export keeps the token to itself");
    }

    #[test]
    fn other_credentials_and_scripts() {
        let source = r#"{"info": {}, "item": [
            {"name": "basic", "request": {"method": "GET", "url": "a/b", "header": [{"key": "authorization", "value": "old"}],
             "auth": {"type": "basic", "basic": {"username": "u", "password": "p"}}}},
            {"name": "key", "request": {"method": "GET", "url": "a/b", "auth": {"type": "apikey",
             "apikey": [{"key": "key", "value": "apikey"}, {"key": "value", "value": "k"}, {"key": "in", "value": "header"}]}}},
            {"name": "script", "event": [{"listen": "prerequest", "script": {"exec": ["pm.request.headers.add(x)"]}}],
             "request": {"method": "GET", "url": "a/b"}}]}"#;
        let found = read(source);
        assert_eq!(field(&found[0], "Authorization"), Some("Basic dTpw"));
        assert_eq!(found[0].request.fields.len(), 1, "credentials replace what was set by hand");
        assert_eq!(field(&found[1], "apikey"), Some("k"));
        assert_eq!(found[2].request.extent, Extent::Part);
    }

    #[test]
    fn insomnia_and_bruno() {
        let insomnia = r#"{"_type": "export", "resources": [{"_type": "workspace"}, {"_type": "request", "url": "https://a.example/x",
            "method": "POST", "headers": [{"name": "A", "value": "1"}], "body": {"mimeType": "x", "params": [{"name": "p", "value": "q"}]},
            "authentication": {"type": "bearer", "token": "tok", "prefix": ""}}]}"#;
        let found = read(insomnia);
        assert_eq!((found.len(), field(&found[0], "authorization")), (1, Some("Bearer tok")));
        assert!(matches!(&found[0].request.body, Body::Form(pairs) if pairs[0].1.as_str() == "q"));
        let bruno = r#"{"name": "c", "version": "1", "root": {"request": {"auth": {"mode": "bearer", "bearer": {"token": "tok"}}}},
            "items": [{"type": "folder", "name": "f", "items": [{"type": "http", "name": "r", "request": {"method": "GET",
            "url": "https://a.example/x", "headers": [{"name": "A", "value": "1", "enabled": false}], "auth": {"mode": "inherit"},
            "body": {"mode": "formUrlEncoded", "formUrlEncoded": [{"name": "p", "value": "q", "enabled": true}]}}}]}]}"#;
        let found = read(bruno);
        assert_eq!(
            (found.len(), field(&found[0], "authorization"), field(&found[0], "A")),
            (1, Some("Bearer tok"), None)
        );
        assert!(matches!(&found[0].request.body, Body::Form(pairs) if pairs[0].0.as_str() == "p"));
    }

    #[test]
    fn variables_do_not_make_a_small_file_large() {
        let value = "v".repeat(10_000);
        let uses = "{{a}}".repeat(10_000);
        let source = format!(
            r#"{{"info": {{}}, "variable": [{{"key": "a", "value": "{value}"}}], "item": [{{"name": "n", "request": {{"url": "{uses}"}}}}]}}"#
        );
        let found = read(&source);
        assert!(found[0].request.url.as_ref().is_some_and(|url| url.len() < 2 << 20));
    }
}
