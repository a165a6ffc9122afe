use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn read(source: &str) -> Parsed {
    parse(&Text::paste(source), 0).expect("it is JSON")
}

/// The value as serde_json would hold it.
fn value(json: &Json) -> Value {
    match json {
        Json::Null(_) => Value::Null,
        Json::Bool(value, _) => Value::Bool(*value),
        Json::Number(text) => serde_json::from_str(text.as_str()).unwrap_or_else(|_| text.as_str().into()),
        Json::String(text) => text.as_str().into(),
        Json::Array(elements, _) => elements.iter().map(value).collect(),
        Json::Object(members, _) => {
            Value::Object(members.iter().map(|(k, v)| (k.as_str().to_owned(), value(v))).collect())
        }
    }
}

/// What is read, as strict JSON.
fn shown(source: &str) -> String {
    value(&read(source).json).to_string()
}

fn broke_off(parsed: &Parsed) -> bool {
    parsed.notes.iter().any(|n| n.says == "the JSON breaks off here")
}

#[test]
fn what_is_no_json_is_none() {
    for source in [
        "{{token}}",
        "[INFO] started",
        "{id}",
        "[200]",
        "[401] Unauthorized",
        "[tls-error] x",
        "{",
        "[",
        "",
        "x",
        "{ return 1; }",
        "[[INFO]]",
        "{https://a.example/}",
        "[1]",
        "{\"a\"}",
        "{\"a\" b",
        "[\"a\" b]",
        "[it's]",
        "{ }}x",
    ] {
        let read = parse(&Text::paste(source), 0);
        assert!(read.is_none() || source.starts_with("{ }"), "{source}");
    }
    for source in ["{}", "[]", "[1, 2]", "[{\"a\":1}]", "[null, 1]", "[\"a\"]", "[[\"a\",\"b\"]]", "{a: 1}"] {
        assert!(parse(&Text::paste(source), 0).is_some(), "{source}");
    }
    assert!(parse(&Text::paste("é{"), 1).is_none(), "not a character boundary");
}

#[test]
fn strict_json_and_where_it_ends() {
    let source = r#"see {"a": [1, -2.5e3, true, null, {"b": "\u00e9\ud83d\ude00\n\/"}], "": {}} and so on"#;
    let text = Text::paste(source);
    let parsed = parse(&text, 4).expect("JSON");
    assert_eq!(&source[parsed.end..], " and so on");
    assert!(parsed.notes.is_empty());
    assert_eq!(value(&parsed.json).to_string(), r#"{"":{},"a":[1,-2500.0,true,null,{"b":"é😀\n/"}]}"#);
    assert_eq!(parsed.json.span(), Span::new(4, parsed.end));
    let b = parsed.json.get("A").and_then(|a| a.elements()[4].get("b")).and_then(Json::as_text).expect("b");
    assert_eq!(&source[b.span_of(0..2).start..b.span_of(0..2).end], "\\u00e9");
    assert_eq!(&source[b.span_of(2..6).start..b.span_of(2..6).end], "\\ud83d\\ude00");
    let Json::Object(_, whole) = &parsed.json else { panic!("an object") };
    assert_eq!(whole.text().as_str(), &source[4..parsed.end]);
    assert!(whole.text().is_verbatim());
}

#[test]
fn json_in_a_string_leads_back_to_the_paste() {
    let source = r#"{"body": "{\"error\": \"{\\\"code\\\": \\\"tok\\u00e9n\\\"}\"}"}"#;
    let outer = read(source);
    let body = outer.json.get("body").and_then(Json::as_text).expect("body");
    let inner = parse(body, 0).expect("JSON");
    let error = inner.json.get("error").and_then(Json::as_text).expect("error");
    let code = parse(error, 0).expect("JSON").json.get("code").and_then(|c| c.as_text().cloned()).expect("code");
    assert_eq!(code.as_str(), "tokén");
    assert_eq!(&source[code.span().start..code.span().end], r"tok\\u00e9n");
    let Json::Object(_, whole) = &inner.json else { panic!("an object") };
    assert_eq!(whole.text().as_str(), body.as_str());
}

#[test]
fn a_part_of_a_string_pasted_without_its_quotes() {
    let source = r#"{\n  \"a\": \"b\", \"c\": {\"d\": \"x\\\"y\"}}" tail"#;
    let parsed = read(source);
    assert_eq!(value(&parsed.json).to_string(), r#"{"a":"b","c":{"d":"x\"y"}}"#);
    assert_eq!(&source[parsed.end..], "\" tail");
    let twice = r#"{\\\"a\\\": \\\"b\\\"} x"#;
    let parsed = read(twice);
    assert_eq!(value(&parsed.json).to_string(), r#"{"a":"b"}"#);
    assert_eq!(&twice[parsed.end..], " x");
}

#[test]
fn surrogates_alone_are_replaced() {
    assert_eq!(
        shown(r#"{"a": "\ud83dx", "b": "\ude00", "c": "\ud83d\u0041", "d": "\u12", "e": "\u00zz"}"#),
        r#"{"a":"�x","b":"�","c":"�A","d":"\\u12","e":"\\u00zz"}"#
    );
}

#[test]
fn typographic_quotes() {
    assert_eq!(
        shown("{“error”: “invalid ‘aud‘ claim”, ‘it’: ‘it’s mine’, „a“: „b”, “c”: \"d”}"),
        r#"{"a":"b","c":"d","error":"invalid ‘aud‘ claim","it":"it’s mine"}"#
    );
    assert_eq!(
        shown("{“a”: “say “hi” now”, \"b\": \"a “quoted”, word\"}"),
        r#"{"a":"say “hi” now","b":"a “quoted”, word"}"#
    );
}

#[test]
fn a_quote_without_its_mate() {
    assert_eq!(shown("{\n \"a\": \"b,\n \"c\": \"d\n}"), r#"{"a":"b","c":"d"}"#);
    assert_eq!(shown("{\n \"a: \"b\",\n c\": \"d\",\n \"e\": fg\"\n}"), r#"{"a":"b","c":"d","e":"fg"}"#);
    assert_eq!(shown(r#"{"a": "Missing "aud" claim", "b": "c"}"#), r#"{"a":"Missing \"aud\" claim","b":"c"}"#);
}

#[test]
fn backslashes_that_markdown_editors_add() {
    let source = r#"\{"grant\_type": "client\_credentials", "a": \[1, 2\], client\_id: x\_y, "s": "\$ers \*x\*"\}"#;
    let parsed = read(source);
    assert_eq!(
        value(&parsed.json).to_string(),
        r#"{"a":[1,2],"client_id":"x_y","grant_type":"client_credentials","s":"$ers *x*"}"#
    );
    assert_eq!(parsed.end, source.len());
    let name = &parsed.json.members()[0].0;
    assert_eq!(&source[name.span_of(5..6).start..name.span_of(5..6).end], r"\_");
}

#[test]
fn raw_line_ends_commas_and_comments() {
    assert_eq!(
        shown("{\n // one\n \"a\": \"x\ny\", # two\n \"b\": [1, 2,], /* three */ \"c\": 3 // four\n ,}"),
        r#"{"a":"x\ny","b":[1,2],"c":3}"#
    );
    assert_eq!(shown("{\"a\": 1\n \"b\": 2 \"c\": [\"x\" \"y\"]}"), r#"{"a":1,"b":2,"c":["x","y"]}"#);
}

#[test]
fn python_and_its_bytes() {
    assert_eq!(
        shown(r"{'a': True, 'b': None, b'c': b'x\xc3\xa9', 'd': u'\xa0', 'e': ('p', 'q'), 'f': 'it\'s'}"),
        "{\"a\":true,\"b\":null,\"c\":\"xé\",\"d\":\"\u{A0}\",\"e\":[\"p\",\"q\"],\"f\":\"it's\"}"
    );
    assert_eq!(
        shown("{'headers': CaseInsensitiveDict({'Date': 'x'}), 'r': <Response [401]>, 'n': NaN}"),
        r#"{"headers":{"Date":"x"},"n":"NaN","r":"<Response [401]>"}"#
    );
}

#[test]
fn what_javascript_prints() {
    let source = "{\n  authorization: 'Bearer x',\n  'content-type': 'a/b',\n  url: undefined,\n  \
                  config: [Object],\n  f: [Function: send],\n  headers: AxiosHeaders {\n    Accept: '*/*'\n  },\n  \
                  [Symbol(kHeaders)]: [ 'Host', 'h' ],\n  m: Map(1) { 'k' => 'v' },\n  \
                  r: <ref *1> ClientRequest {\n    a: 1,\n    ... 3 more items\n  }\n}";
    assert_eq!(
        shown(source),
        concat!(
            r#"{"Symbol(kHeaders)":["Host","h"],"authorization":"Bearer x","config":null,"content-type":"a/b","#,
            r#""f":null,"headers":{"Accept":"*/*"},"m":{"k":"v"},"r":{"a":1},"url":null}"#
        )
    );
}

#[test]
fn expressions_keep_what_they_say() {
    assert_eq!(
        shown("{ a: 'Bearer ' + token, b: `Bearer ${t}`, c: \"x\" + \"y\", d: tok.en, e: {{v}}, f: {...rest, g: 1} }"),
        r#"{"a":"Bearer ${token}","b":"Bearer ${t}","c":"xy","d":"tok.en","e":"{{v}}","f":{"g":1}}"#
    );
    assert_eq!(
        shown(
            r#"{"a": "Bearer {}".format(tok, 1), "b": "Bearer %s" % tok, "c": f"Bearer {tok}", d, "e": x, # y
            "f": [...], [...] "g": str(uuid())}"#
        ),
        r#"{"a":"Bearer ${tok}","b":"Bearer ${tok}","c":"Bearer ${tok}","e":"x","f":[],"g":[]}"#
    );
    let printed = r#"{\n  "a": "it\'s",\n "b": "\\"c\\""\n}' x"#;
    assert_eq!(shown(printed), r#"{"a":"it's","b":"\"c\""}"#);
    assert_eq!(&printed[read(printed).end..], "' x");
    assert_eq!(
        shown("{Authorization=[Bearer abc], Accept=[*/*]}"),
        r#"{"Accept":["*/*"],"Authorization":["Bearer abc"]}"#
    );
}

#[test]
fn an_end_anywhere() {
    let parsed = read(r#"{"a": {"b": [1, "Bearer ab"#);
    assert_eq!(value(&parsed.json).to_string(), r#"{"a":{"b":[1,"Bearer ab"]}}"#);
    assert!(broke_off(&parsed));
    assert_eq!(parsed.notes[0].span, Span::new(26, 26));
    assert_eq!(shown(r#"{"a": 1, "status": 40"#), r#"{"a":1}"#, "40 may be the half of 401");
    assert_eq!(shown(r#"{"a": 1, "stat"#), r#"{"a":1}"#);
    let prose = "{\"a\": \"b\", \"c\": [{\n\nWe tried again:\nStatus: 401\n";
    let parsed = read(prose);
    assert_eq!(value(&parsed.json).to_string(), r#"{"a":"b","c":[{}]}"#);
    assert!(broke_off(&parsed) && prose[parsed.end..].trim_start().starts_with("We tried"));
    let prose = "{\"a\": \"Invalid acc...\n\nGET https://x.example/ gives \"no\" to us\n";
    let parsed = read(prose);
    assert_eq!(value(&parsed.json).to_string(), r#"{"a":"Invalid acc..."}"#);
    assert!(prose[parsed.end..].trim_start().starts_with("GET"));
}

#[test]
fn other_languages_and_mail() {
    assert_eq!(shown(r#"{:method=>:get, :headers=>{"A"=>["b"]}}"#), r#"{"headers":{"A":["b"]},"method":"get"}"#);
    assert_eq!(
        shown(r#"{"A":[]string{"b", "c"}, "m": map[string][]string{"D": []string{"e"}}}"#),
        r#"{"A":["b","c"],"m":{"D":["e"]}}"#
    );
    let spring = read(r#"[Authorization:"Bearer x", Accept:"a/b", "c/d"] x"#);
    let names: Vec<&str> = spring.json.members().iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!((names, spring.end), (vec!["Authorization", "Accept", "Accept"], 47));
    assert_eq!(shown("{\n>   \"a\": 1,\n> > \"b\": 2\n> }\n> bye"), r#"{"a":1,"b":2}"#);
    let cell = r#"{""a"": ""b"", ""c"": {""d"": """"}}","next"#;
    assert_eq!(shown(cell), r#"{"a":"b","c":{"d":""}}"#);
    assert_eq!(&cell[read(cell).end..], "\",\"next");
}

#[test]
fn parts_that_were_left_out() {
    let parsed = read("{ ... \"a\": [1, ...], \"b\": {\"c\": \"d\" ... }, … \"e\": 2, ...\n}");
    assert_eq!(value(&parsed.json).to_string(), r#"{"a":[1],"b":{"c":"d"},"e":2}"#);
    let whole = |json: Option<&Json>| match json {
        Some(Json::Object(_, source) | Json::Array(_, source)) => source.is_whole(),
        _ => true,
    };
    assert!(!whole(parsed.json.get("a")) && !whole(parsed.json.get("b")) && !whole(Some(&parsed.json)));
    assert!(whole(read("{\"a\": [1]}").json.get("a")));
}

#[test]
fn depth_is_limited() {
    let parsed = read(&"{\"a\":".repeat(100_000));
    assert!(parsed.notes.iter().any(|n| n.says.contains("too deep")));
    assert!(parse(&Text::paste(&"[".repeat(100_000)), 0).is_none());
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(100), "]".repeat(100));
    assert!(read(&deep).notes.is_empty());
}

#[test]
fn work_is_linear() {
    /// The bytes that reading a text allocates, tried as a caller does that tries each bracket.
    fn cost(source: &str) -> u64 {
        let text = Text::paste(source);
        let read_all = || {
            let (mut at, mut rounds) = (0, 0);
            while let Some(next) = source[at..].find(['{', '[']) {
                at += next;
                rounds += 1;
                at = parse(&text, at).map_or(at + 1, |p| p.end.max(at + 1));
                if rounds > 20_000 {
                    break;
                }
            }
        };
        allocation_counter::measure(read_all).bytes_total
    }
    for unit in [
        "{\"a\":",
        "[",
        "{",
        "\"",
        "{\"a\":\"b\n",
        "{\"a\":\"“",
        "'a'b",
        "{\"a\":\"b\"c\"",
        "\\",
        "{\\\"",
        "{a:",
        "[\"",
        "{/*",
        "{a:b ",
        "“a” b",
        "{“a”:“",
        "{\"a\": x\n",
        "${",
        "[Object",
        "{\"\"a\"\"",
        "[a:\"",
        "\n> ",
        "[]string{",
        "{:a",
        "a\n\n\"",
        "{\"a\":[\"b\",",
    ] {
        for head in ["", "{\"a\": ", "{\"a\": \"", "[\"a\", ", "{a: 'b', "] {
            let of_length = |length: usize| cost(&format!("{head}{}", unit.repeat(length / unit.len())));
            let (one, two) = (of_length(10_000), of_length(20_000));
            assert!(two <= one * 22 / 10 + 100_000, "{head}{unit}: {one} bytes, {two} for twice the length");
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        (-1_000_000i32..1_000_000).prop_map(|n| Value::from(f64::from(n) / 8.0)),
        any::<String>().prop_map(Value::from),
        "[a “”‘’'\"\\\\:,{}\n\\[\\]]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::hash_map("[a-z“'\"\\\\: é]{0,6}", inner, 0..4)
                .prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}

/// Whether what was read of a document that breaks off is a part of the whole.
fn is_part(part: &Value, whole: &Value, cut: bool) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            part.iter().all(|(k, v)| whole.get(k).is_some_and(|w| is_part(v, w, cut)))
        }
        (Value::Array(part), Value::Array(whole)) => {
            part.len() <= whole.len() && part.iter().zip(whole).all(|(p, w)| is_part(p, w, cut))
        }
        // The last string may be cut, also within an escape.
        (Value::String(part), Value::String(whole)) if cut => {
            part == whole || whole.starts_with(part.split(['\\', '\u{FFFD}']).next().unwrap_or(""))
        }
        _ => part == whole,
    }
}

fn check_spans(json: &Json, source: &str) -> Result<(), TestCaseError> {
    let span = json.span();
    prop_assert!(span.start <= span.end && span.end <= source.len());
    prop_assert!(source.is_char_boundary(span.start) && source.is_char_boundary(span.end));
    for (key, value) in json.members() {
        prop_assert!(key.span().end <= source.len() && source.is_char_boundary(key.span().end));
        check_spans(value, source)?;
    }
    json.elements().iter().try_for_each(|e| check_spans(e, source))
}

proptest! {
    #[test]
    fn strict_json_reads_as_serde_json_reads_it(json in any_json(), pretty in any::<bool>(), cut in any::<prop::sample::Index>()) {
        let whole = serde_json::json!({ "k": json });
        let source = if pretty { serde_json::to_string_pretty(&whole) } else { serde_json::to_string(&whole) }.expect("JSON");
        let parsed = read(&source);
        prop_assert_eq!(value(&parsed.json), whole.clone());
        prop_assert_eq!(parsed.end, source.len());
        prop_assert!(parsed.notes.is_empty());
        check_spans(&parsed.json, &source)?;
        // Once more as a string in a string.
        let outer = serde_json::json!({ "s": source }).to_string();
        let outer_read = read(&outer);
        let inner = outer_read.json.get("s").and_then(Json::as_text).expect("s");
        let again = parse(inner, 0).expect("JSON");
        prop_assert_eq!(value(&again.json), whole.clone());
        check_spans(&again.json, &outer)?;
        // And after an end anywhere.
        let part = &source[..floor(&source, cut.index(source.len()))];
        // Without the straight quote that followed, a typographic one in a string may be taken for its end.
        if part.contains(|c| is_double_curly(c) || is_single_curly(c)) {
            return Ok(());
        }
        if let Some(parsed) = parse(&Text::paste(part), 0) {
            let got = value(&parsed.json);
            prop_assert!(is_part(&got, &whole, true), "{} of {}", got, whole);
            prop_assert!(broke_off(&parsed));
            check_spans(&parsed.json, part)?;
        }
    }

    #[test]
    fn any_text_can_be_read(source in "([\\[\\]{}():,;\"'`“”‘’\\\\\n\r #/*<>.=+$a-cntu01é😀-]|\\\\u[0-9ad]{2,4}|\"a\":|'b': |=> ?|Object|\\{\\{a\\}\\}){0,60}") {
        for from in 0..=source.len() {
            if let Some(parsed) = parse(&Text::paste(&source), from) {
                prop_assert!(parsed.end > from && parsed.end <= source.len() && source.is_char_boundary(parsed.end));
                check_spans(&parsed.json, &source)?;
                for note in &parsed.notes {
                    prop_assert!(note.span.end <= source.len() && source.is_char_boundary(note.span.end));
                }
            }
        }
    }

    #[test]
    fn any_string_can_be_read(head in "[{\\[]{1,2}", source in any::<String>()) {
        let source = format!("{head}\"a\":{source}");
        if let Some(parsed) = parse(&Text::paste(&source), 0) {
            check_spans(&parsed.json, &source)?;
        }
    }
}
