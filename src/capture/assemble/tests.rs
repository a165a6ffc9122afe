//! The rules of assembling, one by one: text in, one line per exchange out.

use super::assemble;
use crate::capture::Reader;
use crate::capture::model::{Body, Exchange, Extent, Field};
use crate::capture::view::View;
use crate::capture::{embedded, lines};
use crate::pack::model::Vocabulary;
use crate::text::Text;

fn exchanges(paste: &str) -> Vec<Exchange> {
    let view = View::of(&Text::paste(paste));
    let vocabulary = Vocabulary::default();
    let embedded = embedded::find(&view.text, Reader::AUTO, &mut Vec::new());
    assemble(lines::read(&view, &vocabulary, embedded), &view, &vocabulary)
}

fn message(fields: &[Field], body: &Body) -> String {
    let mut out = String::new();
    for field in fields {
        out += &format!(" [{}: {}]", field.name.as_str(), field.value.as_str());
    }
    out + &match body {
        Body::Unseen => String::new(),
        Body::Empty(_) => " empty".to_owned(),
        Body::Text(text) => format!(" <{}>", text.as_str()),
        Body::ErrorMembers(members) => members.iter().map(|(n, v)| format!(" <{n}={}>", v.as_str())).collect(),
        Body::Form(pairs) => pairs.iter().map(|(n, v)| format!(" ({}={})", n.as_str(), v.as_str())).collect(),
    }
}

fn line(exchange: &Exchange) -> String {
    let request = &exchange.request;
    let shown = |text: &Option<Text>| text.as_ref().map_or("-", |t| t.as_str()).to_owned();
    let mut out = format!("{} {}", shown(&request.method), shown(&request.url));
    out += &message(&request.fields, &request.body);
    if let Some(response) = &exchange.response {
        out += &format!(" => {}", response.status.map_or("-".to_owned(), |s| s.code.to_string()));
        out += &message(&response.fields, &response.body);
    }
    out
}

#[track_caller]
fn says(paste: &str, expected: &[&str]) {
    let lines: Vec<String> = exchanges(paste).iter().map(line).collect();
    assert_eq!(lines, expected, "{paste}");
}

#[test]
fn fields_belong_to_the_message_above_them() {
    says(
        "GET /a/b HTTP/1.1\nX-One: 1\n\nHTTP/1.1 401 Unauthorized\nX-Two: 2",
        &["GET /a/b [X-One: 1] => 401 [X-Two: 2]"],
    );
}

#[test]
fn some_fields_belong_to_one_message_wherever_they_are() {
    says(
        "GET /a/b HTTP/1.1\nWWW-Authenticate: Basic\nStatus: 401\nAuthorization: Bearer abc",
        &["GET /a/b [Authorization: Bearer abc] => 401 [WWW-Authenticate: Basic]"],
    );
}

#[test]
fn an_answer_may_come_before_its_request() {
    says("We get 401 Unauthorized for\nGET /a/b HTTP/1.1\nHost: a.example", &["GET /a/b [Host: a.example] => 401"]);
}

#[test]
fn another_target_begins_another_exchange() {
    says("GET /a/b HTTP/1.1\nX-One: 1\nGET /c/d HTTP/1.1\nX-Two: 2", &["GET /a/b [X-One: 1]", "GET /c/d [X-Two: 2]"]);
    says(
        "URL: https://a.example/b\nStatus: 401\nURL: https://a.example/c\nStatus: 200",
        &["- https://a.example/b => 401", "- https://a.example/c => 200"],
    );
}

#[test]
fn the_same_request_line_in_a_sentence_adds_nothing() {
    says(
        "GET https://a.example/b\nX-One: 1\nStatus: 401\nWe sent GET https://a.example/b as above.",
        &["GET https://a.example/b [X-One: 1] => 401"],
    );
}

#[test]
fn a_field_again_after_the_answer_begins_another_exchange() {
    says(
        "Authorization: Bearer a\nStatus: 401\nAuthorization: Bearer b\nStatus: 200",
        &["- - [Authorization: Bearer a] => 401", "- - [Authorization: Bearer b] => 200"],
    );
}

#[test]
fn a_second_status_line_is_the_answer_to_another_request() {
    says(
        "GET /a/b HTTP/1.1\nHost: a\n\nHTTP/1.1 302 Found\nX-One: 1\n\nHTTP/1.1 401 Unauthorized\nX-Two: 2",
        &["GET /a/b [Host: a] => 302 [X-One: 1]", "- - => 401 [X-Two: 2]"],
    );
}

#[test]
fn a_status_line_counts_more_than_a_label_and_a_label_more_than_a_sentence() {
    says("GET /a/b HTTP/1.1\nHost: a\nIt gives a 403.\nStatus: 401", &["GET /a/b [Host: a] => 401"]);
}

#[test]
fn of_statuses_in_sentences_a_refusal_counts() {
    says(
        "It was 200 OK before, now we get 401 Unauthorized.\n\nAuthorization: Bearer a",
        &["- - [Authorization: Bearer a] => 401"],
    );
    says("Since today we get a 401.", &["- - => 401"]);
    says("Since today we get a 200 OK.", &[]);
}

#[test]
fn a_host_and_a_path_are_one_url() {
    says("Hostname: a.example\nPath: /b/c\nMethod: GET", &["GET a.example/b/c"]);
    says("Base URL: a.example\nPath: /b/c", &["- a.example/b/c"]);
}

#[test]
fn the_answer_to_a_command_follows_it() {
    let found = exchanges("curl https://a.example/b -H 'X-One: 1'\n\nHTTP/1.1 401 Unauthorized\nX-Two: 2");
    assert_eq!(found.iter().map(line).collect::<Vec<_>>(), ["GET https://a.example/b [X-One: 1] => 401 [X-Two: 2]"]);
    assert_eq!(found[0].format.name(), "command line");
    assert!(matches!(&found[0].request.extent, Extent::Withheld(names) if names.iter().any(|n| n == "host")));
}

#[test]
fn the_wire_counts_more_than_the_command_but_repeats_no_body() {
    says(
        "$ curl -v https://a.example/b -d x=1 -H 'X-One: 1'\n> POST /b HTTP/1.1\n> Host: a.example\n> X-One: 1\n>\n< HTTP/1.1 401 Unauthorized",
        &["POST https://a.example/b [Host: a.example] [X-One: 1] <x=1> => 401"],
    );
}

#[test]
fn the_wire_is_whole_unless_it_says_that_lines_were_left_out() {
    let extent = |paste: &str| exchanges(paste)[0].request.extent.clone();
    assert_eq!(extent("GET /a/b HTTP/1.1\nHost: a\nX-One: 1\n\n"), Extent::Whole);
    assert_eq!(extent("GET /a/b HTTP/1.1\nX-One: 1\n\n"), Extent::Part);
    assert_eq!(extent("GET /a/b HTTP/1.1\nHost: a\n[other headers removed]\nX-One: 1\n\n"), Extent::Part);
}

#[test]
fn a_body_is_the_first_line_after_the_head_of_an_answer() {
    let head = "GET /a/b HTTP/1.1\nHost: a\n\nHTTP/1.1 401 Unauthorized\nX-One: 1\n\n";
    says(&format!("{head}Invalid token"), &["GET /a/b [Host: a] => 401 [X-One: 1] <Invalid token>"]);
    says(&format!("{head}We do not know what that means."), &["GET /a/b [Host: a] => 401 [X-One: 1]"]);
}

#[test]
fn a_length_of_zero_is_an_empty_body() {
    says("HTTP/1.1 401 Unauthorized\nContent-Length: 0", &["- - => 401 [Content-Length: 0] empty"]);
}

#[test]
fn an_error_document_is_the_body_of_the_answer_and_the_first_one_counts() {
    says(
        "GET https://a.example/b\n{\"error\":\"invalid_token\"}\n\n{\"error\":\"other\"}",
        &["GET https://a.example/b => - <{\"error\":\"invalid_token\"}>"],
    );
}

#[test]
fn of_several_error_members_the_sentence_comes_first() {
    says(
        "Status: 401\nfault.name=a.b.C fault.string=\"Invalid access token\"",
        &["- - => 401 <faultstring=Invalid access token> <errorcode=a.b.C>"],
    );
    says(
        "https://a.example/callback?error=invalid_scope&error_description=Not+on+the+list&state=x",
        &[
            "- https://a.example/callback?error=invalid_scope&error_description=Not+on+the+list&state=x => - <error_description=Not on the list> <error=invalid_scope>",
        ],
    );
    says("Open https://a.example/log?error=true now", &["- https://a.example/log?error=true"]);
}

#[test]
fn parameters_add_up_to_a_form_and_a_form_in_one_piece_counts_instead() {
    says(
        "grant_type: client_credentials\nclient_id: abc\nStatus: 401",
        &["- - (grant_type=client_credentials) (client_id=abc) => 401"],
    );
    says(
        "grant_type=client_credentials&client_id=abc\nStatus: 401",
        &["- - <grant_type=client_credentials&client_id=abc> => 401"],
    );
}

#[test]
fn a_decoded_token_makes_an_exchange() {
    let found = exchanges(
        "{\"alg\":\"RS512\",\"typ\":\"JWT\"}\n{\"iss\":\"a\",\"sub\":\"a\",\"aud\":\"https://a.example\",\"exp\":1}",
    );
    assert!(found[0].decoded_jwt.header.is_some() && found[0].decoded_jwt.payload.is_some());
}

#[test]
fn quotes_around_all_values_are_the_loggers() {
    says("X-One: \"1\"\nAuthorization: \"Bearer a\"", &["- - [X-One: 1] [Authorization: Bearer a]"]);
    says("X-One: 1\nAuthorization: \"Bearer a\"", &["- - [X-One: 1] [Authorization: \"Bearer a\"]"]);
}

#[test]
fn the_host_in_a_setting_is_no_call_beside_the_call() {
    let found = exchanges(
        "It answers {\"message\": \"Not signed in\"}\n\nAPP_URL=http://a.example:8000\n\nGET http://a.example:8000/me 401 (Unauthorized)",
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].request.url.as_ref().map(Text::as_str), Some("http://a.example:8000/me"));
    assert!(found[0].response.as_ref().is_some_and(|r| r.status.is_some() && r.body.text().is_some()));
}

#[test]
fn a_command_below_the_only_answer_is_what_was_answered() {
    let found = exchanges("{\"message\": \"Not signed in\"}\n\ncurl https://a.example/me -H \"Authorization: abc\"");
    assert_eq!(found.len(), 1);
    assert!(found[0].response.is_some() && found[0].request.fields.len() == 1);
}

#[test]
fn a_time_is_of_the_request_that_follows_it() {
    let found = exchanges("2026-03-06T12:02:10Z GET /a/b HTTP/1.1\nHost: a");
    assert_eq!(found[0].sent_at.as_ref().map(Text::as_str), Some("2026-03-06T12:02:10Z"));
}

#[test]
fn a_page_or_a_picture_is_not_requested() {
    says("See https://a.example/help.html and https://a.example/x.png", &[]);
}

#[test]
fn what_was_printed_twice_was_sent_once() {
    let told = "Setting --header to Authorization: abc\n\n---request begin---\nGET /a/b HTTP/1.1\nHost: a.example\nAuthorization: abc\n---request end---\n";
    assert_eq!(exchanges(told)[0].request.fields.iter().filter(|f| f.is("authorization")).count(), 1);
    let twice = "GET /a/b HTTP/1.1\nHost: a.example\nAuthorization: abc\nAuthorization: abc\n\n";
    assert_eq!(exchanges(twice)[0].request.fields.iter().filter(|f| f.is("authorization")).count(), 2, "on the wire");
}

#[test]
fn fields_that_a_program_leaves_out_are_not_absent() {
    let found = exchanges(
        "{\"method\": \"GET\", \"url\": \"https://a.example/b\", \"headers\": {\"host\": \"a.example\", \"<NOTICE>\": \"2 HEADERS ARE REDACTED\"}}",
    );
    assert_eq!(found[0].request.extent, Extent::Part);
    assert_eq!(found[0].request.fields.len(), 1);
}

#[test]
fn the_pieces_of_a_call_are_one_exchange() {
    says(
        "{\"url\": \"https://a.example/b\", \"method\": \"GET\", \"headers\": {\"x-one\": \"1\", \"accept\": \"*/*\"}}\n\
         {\"status\": 401, \"headers\": {\"www-authenticate\": \"Bearer\", \"content-length\": \"0\"}}",
        &["GET https://a.example/b [x-one: 1] [accept: */*] => 401 [www-authenticate: Bearer] [content-length: 0]"],
    );
}

#[test]
fn a_call_that_is_printed_again_is_one_exchange() {
    // Node prints the head once more, a client its own options with a relative path.
    says(
        "GET /a/b HTTP/1.1\nHost: a.example\nX-One: 1\n\nHTTP/1.1 401 No\nDate: d\n\n{\n  'x-one': '1',\n  host: 'a.example'\n}",
        &["GET /a/b [Host: a.example] [X-One: 1] => 401 [Date: d]"],
    );
    says(
        "GET https://a.example/fhir/Binary/1\noptions: { method: 'GET', url: 'Binary/1', headers: { 'X-One': '1' } }\nHTTP/1.1 401 No\nDate: d",
        &["GET https://a.example/fhir/Binary/1 [X-One: 1] => 401 [Date: d]"],
    );
}

#[test]
fn a_list_of_fields_belongs_to_one_message() {
    says(
        "GET /a/b HTTP/1.1\nHost: a.example\n\nRESPONSE:\nconnection: close\ndate: d\nwww-authenticate: Bearer\nStatus: 401",
        &["GET /a/b [Host: a.example] => 401 [connection: close] [date: d] [www-authenticate: Bearer]"],
    );
}

#[test]
fn a_map_that_is_printed_as_a_list_of_pairs_is_a_list_of_fields() {
    says(
        "Call(method='GET', url='https://a.example/b', headers=OrderedDict([('X-One', '1'), ('Accept', 'c/d')]))",
        &["GET https://a.example/b [X-One: 1] [Accept: c/d]"],
    );
}

#[test]
fn the_link_of_a_banner_is_no_base_of_a_request() {
    says(
        "Licensed to the foundation, http://b.example/\nGET /a/b HTTP/1.0\nHost: a.example\n\nHTTP/1.1 401 No",
        &["GET /a/b [Host: a.example] => 401"],
    );
}

#[test]
fn options_that_a_program_prints_before_the_request_are_not_sent() {
    says(
        "name=header value=X-One: 1\nname=header value=X-Two: 2\nname=header value=X-Blank:\nGET /a/b HTTP/1.1\nHost: a.example\nX-One: 1\nX-Two: 2\n\nHTTP/1.1 401 No",
        &["GET /a/b [Host: a.example] [X-One: 1] [X-Two: 2] => 401"],
    );
}

#[test]
fn a_line_of_a_log_is_no_body_and_no_field() {
    says(
        "GET /a/b HTTP/1.1\nHost: a.example\n\nHTTP/1.1 401 No\nDate: d\n\n29.100000.000 closing connection",
        &["GET /a/b [Host: a.example] => 401 [Date: d]"],
    );
    says(
        "INFO auth - identity token: Invalid issuer\nGET https://a.example/b -> 401",
        &["GET https://a.example/b => 401"],
    );
}

#[test]
fn an_expression_is_not_what_was_sent() {
    let expanded = |paste: &str| exchanges(paste)[0].expanded.iter().map(|t| t.as_str().to_owned()).collect::<Vec<_>>();
    let call = |value: &str| format!("requests.get(\"https://a.example/b\", headers={{\"Authorization\": {value}}})");
    assert_eq!(expanded(&call("auth_header")), ["auth_header"]);
    assert_eq!(expanded(&call("f\"Bearer {token}\"")), ["${token}"]);
    assert_eq!(expanded(&call("'Bearer ' + token")), ["${token}"]);
    assert!(expanded(&call("\"Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\"")).is_empty());
}

#[test]
fn a_field_whose_value_is_its_name_is_a_print() {
    let read = exchanges("authorization: Authorization\nhost: api.shop.example\nHTTP/1.1 401 Unauthorized\n");
    let fields = read.iter().flat_map(|e| &e.request.fields);
    assert!(fields.into_iter().all(|f| !f.is("authorization")));
}
