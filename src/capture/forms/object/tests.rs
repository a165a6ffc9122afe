use super::*;

fn json(source: &str) -> Json {
    json::parse(&Text::paste(source), 0).unwrap_or_else(|| panic!("no JSON: {source}")).json
}

fn read(source: &str) -> Vec<Exchange> {
    exchanges(&json(source)).unwrap_or_else(|| panic!("no exchange: {source}"))
}

/// An exchange on one line: method, URL, fields, body -> status, reason, fields, body.
fn shown(exchange: &Exchange) -> String {
    let text = |t: &Option<Text>| t.as_ref().map_or("-", Text::as_str).to_owned();
    let head = |f: &[Field]| {
        f.iter().map(|f| format!("{}={}", f.name.as_str(), f.value.as_str())).collect::<Vec<_>>().join(" ")
    };
    let body = |b: &Body| match b {
        Body::Unseen | Body::ErrorMembers(_) => "?".to_owned(),
        Body::Empty(_) => "empty".to_owned(),
        Body::Text(t) => t.as_str().to_owned(),
        Body::Form(pairs) => {
            pairs.iter().map(|(k, v)| format!("{}={}", k.as_str(), v.as_str())).collect::<Vec<_>>().join("&")
        }
    };
    let request = &exchange.request;
    let sent =
        format!("{} {} [{}] {}", text(&request.method), text(&request.url), head(&request.fields), body(&request.body));
    match &exchange.response {
        None => sent,
        Some(r) => {
            let code = r.status.map_or("-".to_owned(), |s| s.code.to_string());
            format!("{sent} -> {code} {} [{}] {}", text(&r.reason), head(&r.fields), body(&r.body))
        }
    }
}

fn all(source: &str) -> String {
    read(source).iter().map(shown).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_axios_error() {
    let source = r#"{"message": "Request failed with status code 401", "name": "AxiosError", "status": 401,
        "config": {"method": "get", "baseURL": "https://a.example/v1/", "url": "x", "timeout": 30,
          "headers": {"Accept": "a/b", "Authorization": "Bearer undefined", "User-Agent": "axios/1.7.9"}, "params": {"q": "a b"}},
        "response": {"status": 401, "statusText": "Unauthorized", "data": ""}}"#;
    assert_eq!(
        all(source),
        "get https://a.example/v1/x [Accept=a/b Authorization=Bearer undefined User-Agent=axios/1.7.9] ? \
         -> 401 Unauthorized [] empty"
    );
    let exchange = &read(source)[0];
    let cut = source
        .replace(r#""User-Agent": "axios/1.7.9""#, r#""User-Agent": "axios/1.7.9", ... "#)
        .replace(" ... \"", " ... ");
    assert_eq!(read(&cut)[0].request.extent, Extent::Part, "a part was left out");
    assert!(matches!(&exchange.request.extent, Extent::Withheld(names) if names[0] == "host"));
    assert_eq!(exchange.response.as_ref().map(|r| &r.extent), Some(&Extent::Part));
    let printed = "{\n  config: {\n    url: 'https://a.example/x',\n    method: 'post',\n    data: '{\"a\":1}',\n    \
        headers: AxiosHeaders {\n      Accept: '*/*',\n      'Content-Type': 'application/json'\n    }\n  },\n  \
        request: <ref *1> ClientRequest {\n    _header: 'POST /x HTTP/1.1\\r\\n' +\n      'Accept: */*\\r\\n' +\n      \
        'Host: a.example\\r\\n' +\n      'Content-Type: application/json\\r\\n' +\n      '\\r\\n',\n    res: [Object]\n  },\n  \
        response: {\n    status: 401,\n    statusText: 'Unauthorized',\n    headers: Object [AxiosHeaders] {\n      \
        date: 'Wed, 04 Mar 2026 10:25:40 GMT'\n    },\n    data: { error: 'x' }\n  }\n}";
    assert_eq!(
        all(printed),
        "post https://a.example/x [Accept=*/* Host=a.example Content-Type=application/json] {\"a\":1} \
         -> 401 Unauthorized [date=Wed, 04 Mar 2026 10:25:40 GMT] { error: 'x' }"
    );
}

#[test]
fn a_head_as_it_was_sent_is_whole() {
    let source = r#"{"config": {"headers": {"Accept": "*/*"}}, "request": {"_header": "GET /x HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\n"}}"#;
    let found = read(source);
    assert_eq!((shown(&found[0]).as_str(), &found[0].request.extent), ("GET /x [Host=h Accept=*/*] ?", &Extent::Whole));
}

#[test]
fn fields_that_node_keeps_with_their_names() {
    let source = "request: <ref *1> ClientRequest {\n  _events: [Object: null prototype] {},\n  _header: null,\n  \
        path: '/x',\n  method: 'GET',\n  host: 'a.example',\n  \
        [Symbol(kOutHeaders)]: [Object: null prototype] {\n    accept: [ 'Accept', '*/*' ],\n    \
        cookie: [ 'Cookie', [ 'a=1', 'b=2' ] ],\n    authorization: [ 'Authorization', 'Bearer x' ]\n  }\n}";
    assert_eq!(
        all(&format!("{{ {source}, statusCode: 401 }}")),
        "GET a.example/x [Accept=*/* Cookie=a=1 Cookie=b=2 Authorization=Bearer x] ? -> 401 - [] ?"
    );
}

#[test]
fn request_and_response() {
    assert_eq!(
        all(r#"{"request": {"method": "POST", "url": "https://a.example/t", "headers": {"Content-Type": "x"},
            "form": {"grant_type": "client_credentials"}}, "response": {"status": 400, "body": {"error": "invalid_request"}}}"#),
        "POST https://a.example/t [Content-Type=x] grant_type=client_credentials -> 400 - [] {\"error\": \"invalid_request\"}"
    );
    assert_eq!(
        all(r#"{"req": {"verb": "GET", "uri": "/x", "headers": ["Host", "a.example", "Accept", "*/*"]},
            "res": {"statusCode": "401", "headers": "Date: d\r\nServer: s", "text": "no"}}"#),
        "GET /x [Host=a.example Accept=*/*] ? -> 401 - [Date=d Server=s] no"
    );
    assert_eq!(
        all(
            r#"{"request": "GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n", "response": "HTTP/1.1 401 Unauthorized\r\nDate: d\r\n\r\nno"}"#
        ),
        "GET /x [Host=a.example] ? -> 401 Unauthorized [Date=d] no"
    );
    assert_eq!(
        all(
            r#"{"url": "https://a.example/x", "method": "GET", "response": {"fault": {"faultstring": "x"}}, "status": 401}"#
        ),
        "GET https://a.example/x [] ? -> 401 - [] {\"fault\": {\"faultstring\": \"x\"}}"
    );
}

#[test]
fn logs() {
    assert_eq!(
        all(
            r#"{"@t": "2026-03-04T10:00:00Z", "Properties": {"HttpMethod": "GET", "RequestUri": "https://a.example/x", "StatusCode": 401,
            "RequestHeaders": {"Authorization": ["Bearer x"]}, "ResponseHeaders": {"Server": ["s"]}}}"#
        ),
        "GET https://a.example/x [Authorization=Bearer x] ? -> 401 - [Server=s] ?"
    );
    assert_eq!(
        all(
            "{ Method: GET, RequestUri: 'https://a.example/x', Headers: { Authorization: Bearer x }, StatusCode: Unauthorized }"
        ),
        "GET https://a.example/x [Authorization=Bearer x] ? -> 401 Unauthorized [] ?"
    );
    assert_eq!(
        all(r#"{"name": "GET /x", "url": "https://a.example/x", "resultCode": "401", "duration": 3}"#),
        "GET https://a.example/x [] ? -> 401 - [] ?"
    );
    assert_eq!(
        all(r#"{"http.request.method": "GET", "url.full": "https://a.example/x", "http.response.status_code": 401}"#),
        "GET https://a.example/x [] ? -> 401 - [] ?"
    );
    assert_eq!(
        all(
            r#"{"httpMethod": "GET", "path": "/x", "headers": {"Host": "a.example"}, "multiValueHeaders": {"Host": ["a.example"]}, "body": null}"#
        ),
        "GET /x [Host=a.example] ?"
    );
    assert_eq!(
        all(r#"{"log": "{\"request\": {\"method\": \"GET\", \"url\": \"https://a.example/x\"}, \"status\": 401}"}"#),
        "GET https://a.example/x [] ? -> 401 - [] ?"
    );
    assert_eq!(
        all(r#"[{"msg": "out", "verb": "GET", "uRI": "/x", "headers": [{"name": "Host", "value": "h"}]},
            {"msg": "in", "statusCode": "401", "reasonPhrase": "Unauthorized", "headers": [{"name": "Date", "value": "d"}]}]"#),
        "GET /x [Host=h] ? -> 401 Unauthorized [Date=d] ?"
    );
}

#[test]
fn what_other_clients_print() {
    assert_eq!(
        all(
            r#"{"time": "2026-03-04", "operationName": "GET /x", "properties": {"method": "GET", "url": "https://a.example/x", "responseCode": 401, "requestHeaders": {"Accept": "a"}}}"#
        ),
        "GET https://a.example/x [Accept=a] ? -> 401 - [] ?"
    );
    assert_eq!(
        all(
            r#"{"RequestMessage": {"Method": {"Method": "GET"}, "RequestUri": "https://a.example/x", "Headers": [{"Key": "Authorization", "Value": ["Bearer x"]}]}, "StatusCode": 401, "ReasonPhrase": "Unauthorized", "Headers": [{"Key": "Date", "Value": ["d"]}]}"#
        ),
        "GET https://a.example/x [Authorization=Bearer x] ? -> 401 Unauthorized [Date=d] ?"
    );
    assert_eq!(
        all("{ hostname: 'a.example', path: '/x', method: 'GET', headers: { Authorization: `Bearer ${t}` } }"),
        "GET a.example/x [Authorization=Bearer ${t}] ?"
    );
    assert_eq!(
        all(r#"{"status": 401, "url": "https://a.example/x", "body": {"a": 1}, "headers": {"content-type": "a/b"}}"#),
        "- https://a.example/x [] ? -> 401 - [content-type=a/b] {\"a\": 1}"
    );
    assert_eq!(
        all(
            r#"{"uri": {"href": "https://a.example/x"}, "method": "GET", "auth": {"bearer": "t"}, "statusCode": 401, "body": "no"}"#
        ),
        "GET https://a.example/x [Authorization=Bearer t] ? -> 401 - [] no"
    );
    assert_eq!(all(r#"[["Accept", "a"], ["Authorization", "x"]]"#), "- - [Accept=a Authorization=x] ?");
}

#[test]
fn dumps_of_test_tools() {
    assert_eq!(
        all(
            r#"{"interactions": [{"request": {"body": "a=b", "headers": {"Accept": ["*/*"]}, "method": "POST", "uri": "https://a.example/x"},
            "response": {"body": {"string": "no"}, "headers": {"Date": ["d"]}, "status": {"code": 401, "message": "Unauthorized"}}}], "version": 1}"#
        ),
        "POST https://a.example/x [Accept=*/*] a=b -> 401 Unauthorized [Date=d] no"
    );
    assert_eq!(
        all(
            r#"{"run": {"executions": [{"request": {"url": {"protocol": "https", "host": ["a", "example"], "path": ["v1", "x"]}, "method": "GET",
            "header": [{"key": "Accept", "value": "*/*"}]}, "response": {"status": "Unauthorized", "code": 401, "header": [{"key": "Date", "value": "d"}]}}]}}"#
        ),
        "GET https://a.example/v1/x [Accept=*/*] ? -> 401 Unauthorized [Date=d] ?"
    );
    assert_eq!(
        all(
            r#"{"status": 401, "statusText": "Unauthorized", "headers": {"date": "d"}, "requestHeaders": {"accept": "*/*"}, "body": "no", "url": "https://a.example/x", "method": "GET"}"#
        ),
        "GET https://a.example/x [accept=*/*] ? -> 401 Unauthorized [date=d] no"
    );
    assert_eq!(
        all("{ method: 'POST', headers: { Authorization: 'Bearer ' + token }, body: data }"),
        "POST - [Authorization=Bearer ${token}] data"
    );
    assert_eq!(
        all(r#"{"url": "https://a.example/x", "status": 401, "headers": [["server", "s"]]}"#),
        "- https://a.example/x [] ? -> 401 - [server=s] ?"
    );
}

#[test]
fn headers_alone() {
    assert_eq!(
        all("{'User-Agent': 'python-requests/2.32.3', 'Authorization': 'x', 'X-Correlation-ID': 'y'}"),
        "- - [User-Agent=python-requests/2.32.3 Authorization=x X-Correlation-ID=y] ?"
    );
    assert_eq!(
        all(r#"{"www-authenticate": "Bearer", "content-type": "x"}"#),
        "- - [] ? -> - - [www-authenticate=Bearer content-type=x] ?"
    );
}
