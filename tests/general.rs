//! The pack `http` is about any server: its files name nothing of the NHS, and a report on a request to another server
//! says nothing of it.

use std::fs;

use why401::{JsonReport, Options, Pack, TextStyle, diagnose, write_text};

/// Words of the NHS platform, which no text of `rules/http` and no report of a shop may contain.
const NHS_WORDS: &str = r"(?i)\b(nhs\w*|stu3|r4|asids?|product sets?|e-?rs|e-referral|spine|ods|ten minutes|business function|on-behalf-of|smartcard|developer portal|BaRS|PDS|X-Correlation-ID)\b";

fn nhs_words() -> regex::Regex {
    regex::Regex::new(NHS_WORDS).expect("an expression")
}

#[test]
fn the_files_of_the_general_pack_say_nothing_of_the_nhs() {
    let words = nhs_words();
    let mut found = Vec::new();
    for path in files("rules/http") {
        for (number, line) in fs::read_to_string(&path).expect("readable").lines().enumerate() {
            // What people write in their tickets is no text of ours.
            let is_phrase = path.ends_with("_vocabulary.toml") && line.trim_start().starts_with('"');
            found.extend(
                words.find(line).filter(|_| !is_phrase).map(|m| format!("{path}:{}: {}", number + 1, m.as_str())),
            );
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What a pack defines for others to name: the ids of its answers, pathways and causes, and its checkpoints.
#[test]
fn the_general_pack_names_nothing_that_only_the_nhs_packs_define() {
    let ids = |folder: &str| -> Vec<String> {
        let id = regex::Regex::new(r#"(?m)^id +?= "([^"]+)""#).expect("an expression");
        files(folder)
            .into_iter()
            .flat_map(|path| {
                let text = fs::read_to_string(&path).expect("readable");
                let text = &text[..text.find("\n[[example]]").unwrap_or(text.len())];
                id.captures_iter(text).map(|c| c[1].to_owned()).collect::<Vec<_>>()
            })
            .collect()
    };
    let own = ids("rules/http");
    let foreign: Vec<String> = ["rules/nhs", "rules/nhs-ers", "rules/nhs-oauth2"]
        .into_iter()
        .flat_map(ids)
        // The names of two checkpoints are also those of kinds of credentials.
        .filter(|id| !own.contains(id) && !["api-key", "refresh-token"].contains(&id.as_str()))
        .collect();
    assert!(foreign.len() > 100, "the answers of the NHS packs are found");
    let mut named = Vec::new();
    for path in files("rules/http").into_iter().filter(|p| !p.ends_with("_vocabulary.toml")) {
        let text = fs::read_to_string(&path).expect("readable");
        named.extend(foreign.iter().filter(|id| text.contains(&format!("\"{id}\""))).map(|id| format!("{path}: {id}")));
    }
    assert!(named.is_empty(), "{}", named.join("\n"));
}

fn files(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path());
    let mut paths: Vec<String> = entries
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .map(|p| p.to_string_lossy().replace('\\', "/"))
        .collect();
    paths.sort();
    paths
}

const SHOP: &[(&str, &str)] = &[
    (
        "invalid token",
        "GET /v1/orders HTTP/1.1\nHost: api.shop.example\nAuthorization: Bearer w3LnQ8xRr2TbVd7KcYp4MzSj9FgE\n\n\
         HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer error=\"invalid_token\"\nContent-Length: 0\n",
    ),
    (
        "basic challenge",
        "GET /reports HTTP/1.1\nHost: intranet.example\n\n\
         HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Basic realm=\"reports\"\nContent-Length: 0\n",
    ),
    ("bare 401", "HTTP/1.1 401 Unauthorized\n"),
    (
        "bare 403",
        "GET /v1/orders HTTP/1.1\nHost: api.shop.example\nAuthorization: Bearer w3LnQ8xRr2TbVd7KcYp4MzSj9FgE\n\n\
         HTTP/1.1 403 Forbidden\nContent-Length: 0\n",
    ),
    (
        "insufficient scope",
        "GET /v1/orders HTTP/1.1\nHost: api.shop.example\nAuthorization: Bearer w3LnQ8xRr2TbVd7KcYp4MzSj9FgE\n\n\
         HTTP/1.1 403 Forbidden\nWWW-Authenticate: Bearer error=\"insufficient_scope\", scope=\"orders.read\"\n",
    ),
    (
        "api key",
        "GET /v1/orders HTTP/1.1\nHost: api.shop.example\nX-API-Key: Zp4Qw8Er2Ty6Ui0Op3As\n\n\
         HTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{\"message\":\"Invalid API key\"}\n",
    ),
    (
        "expired token",
        "GET /v1/orders HTTP/1.1\nHost: api.shop.example\nAuthorization: Bearer \
         eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ0ZXN0LXVzZXIiLCJleHAiOjE3NzI2MjU2MDB9.c2lnbmF0dXJl\n\n\
         HTTP/1.1 401 Unauthorized\nDate: Thu, 05 Mar 2026 10:00:00 GMT\nContent-Type: application/json\n\n\
         {\"message\":\"jwt expired\"}\n",
    ),
    (
        "bare token",
        "GET /v1/orders HTTP/1.1\nHost: api.shop.example\nAuthorization: w3LnQ8xRr2TbVd7KcYp4MzSj9FgE\n\n\
         HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer realm=\"shop\"\nContent-Length: 0\n",
    ),
    (
        "prose",
        "Since this morning every call to https://api.shop.example/v1/orders gives 401, now and then also 500. It is a \
         new application in production, and we use a reverse proxy.\n",
    ),
    (
        "missing header",
        "GET /v1/orders HTTP/1.1\nHost: api.shop.example\n\n\
         HTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{\"message\":\"Missing Authorization header\"}\n",
    ),
    (
        "not found",
        "GET https://api.shop.example/v1/ordres HTTP/1.1\nAuthorization: Bearer w3LnQ8xRr2TbVd7KcYp4MzSj9FgE\n\nHTTP/1.1 404 Not Found\n",
    ),
    ("too many", "GET https://api.shop.example/v1/orders HTTP/1.1\n\nHTTP/1.1 429 Too Many Requests\n"),
    (
        "not sent yet",
        "curl -H 'Authorization: Bearer w3LnQ8xRr2TbVd7KcYp4MzSj9FgE' https://api.shop.example/v1/orders\n",
    ),
];

/// The whole report in both forms.
fn reports(capture: &str) -> (String, String) {
    let pack = Pack::builtin().unwrap_or_else(|error| panic!("{error}"));
    let diagnosis = diagnose(capture.as_bytes(), &pack, &Options::default());
    let mut page = Vec::new();
    let style = TextStyle { file: "capture.txt".to_owned(), ..TextStyle::default() };
    write_text(&mut page, &diagnosis, &style).expect("a vector takes everything");
    let mut json = Vec::new();
    JsonReport::new([("capture.txt", &diagnosis)]).write(&mut json).expect("a vector takes everything");
    (String::from_utf8(page).expect("UTF-8"), String::from_utf8(json).expect("UTF-8"))
}

#[test]
fn a_shop_is_told_nothing_of_the_nhs() {
    let words = nhs_words();
    let mut found = Vec::new();
    for (name, capture) in SHOP {
        let (page, json) = reports(capture);
        for (form, report) in [("text", page), ("JSON", json)] {
            found.extend(words.find_iter(&report).map(|m| format!("{name}, {form}: {}", m.as_str())));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn whole_reports_of_a_shop() {
    for (name, capture) in
        SHOP.iter().filter(|(n, _)| ["invalid token", "basic challenge", "bare 401", "api key"].contains(n))
    {
        insta::assert_snapshot!(name.replace(' ', "_"), reports(capture).0);
    }
}
