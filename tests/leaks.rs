//! No piece of a credential leaves the program: whatever the shape of the ticket, no six characters in a row of a
//! token, password, key or cookie stand in a report or in what `Debug` prints.

use proptest::prelude::*;
use why401::internals::Text;
use why401::{JsonReport, MessageMarkup, Options, Reader, ReportForm, TextStyle};

/// Tickets with a credential at `@`.
const SHAPES: &[&str] = &[
    "GET /referrals/FHIR/R4/Binary/4 HTTP/1.1\nHost: int.api.service.nhs.uk\nAuthorization: Bearer @\n\nHTTP/1.1 401 Unauthorized\n\n",
    "GET https://int.api.service.nhs.uk/referrals/FHIR/R4/Binary/4\nAuthorization: @\nresponse: 401\n",
    "curl -H 'Authorization: Bearer @' https://int.api.service.nhs.uk/referrals/FHIR/R4/Binary/4\nHTTP/1.1 401 Unauthorized\n",
    "curl -u portal:@ https://int.api.service.nhs.uk/referrals/FHIR/R4/Binary/4\n401 Unauthorized\n",
    "> GET /referrals/FHIR/R4/Binary/4 HTTP/2\n> Host: int.api.service.nhs.uk\n> authorization: Bearer Bearer @\n>\n< HTTP/2 401\n<\n",
    "{\"log\":{\"entries\":[{\"request\":{\"method\":\"GET\",\"url\":\"https://int.api.service.nhs.uk/a\",\"headers\":[{\"name\":\"apikey\",\"value\":\"@\"}]},\"response\":{\"status\":401,\"headers\":[{\"name\":\"Set-Cookie\",\"value\":\"sid=@; Path=/\"}]}}]}}",
    "POST https://int.api.service.nhs.uk/oauth2/token\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=authorization_code&client_id=abc&client_secret=@&code=@\n\n401 {\"error\":\"invalid_client\"}\n",
    "POST https://int.api.service.nhs.uk/oauth2/token\nclient_secret: @\npassword: @\n\nHTTP/1.1 401 Unauthorized\n",
    "headers = {'Authorization': 'Bearer @', 'Cookie': 'sid=@'}\nr = requests.get(\"https://int.api.service.nhs.uk/a/b\", headers=headers)\n# 401\n",
    "| Header | Value |\n|---|---|\n| Authorization | `@` |\n| x-api-key | @ |\n\nGET https://int.api.service.nhs.uk/a 401\n",
    "send: b'GET /a/b HTTP/1.1\\r\\nHost: int.api.service.nhs.uk\\r\\nAuthorization: @\\r\\n\\r\\n'\nreply: 'HTTP/1.1 401 Unauthorized\\r\\n'\n",
    "http-outgoing-0 >> \"GET /a/b HTTP/1.1[\\r][\\n]\"\nhttp-outgoing-0 >> \"Authorization: Bearer @[\\r][\\n]\"\nhttp-outgoing-0 << \"HTTP/1.1 401 Unauthorized[\\r][\\n]\"\n",
    "@token = @\n\n###\nGET https://int.api.service.nhs.uk/a/b\nAuthorization: Bearer {{token}}\n\nHTTP/1.1 401 Unauthorized\n",
    "get {\n  url: https://int.api.service.nhs.uk/a/b\n}\n\nauth:bearer {\n  token: @\n}\n\nStatus: 401\n",
    "Request URL:\nhttps://int.api.service.nhs.uk/a/b\nStatus Code:\n401 Unauthorized\nauthorization:\nBearer @\ncookie:\na=@; b=2\n",
    "We call https://int.api.service.nhs.uk/a/b?access_token=@&x=1 and get 401. Authorization=Bearer @\n",
    "200 OK {\"access_token\":\"@\",\"refresh_token\":\"@\",\"token_type\":\"Bearer\"}\nGET https://int.api.service.nhs.uk/a/b\nAuthorization: @\n401 Unauthorized\n",
    "Method: GET, RequestUri: 'https://int.api.service.nhs.uk/a/b', Version: 1.1, Content: <null>, Headers:\n{\n  Authorization: @\n}\nStatusCode: 401, ReasonPhrase: 'Unauthorized'\n",
    "<p>GET https://int.api.service.nhs.uk/a/b<br>Authorization:&nbsp;Bearer&nbsp;@<br>401 Unauthorized</p>",
    "GET https://int.api.service.nhs.uk/a/b Authorization: Bearer @ Accept: */* HTTP/1.1 401 Unauthorized",
    "Authorization: Bearer\n@\nGET https://int.api.service.nhs.uk/a/b\n401 Unauthorized\n",
    "GET https://int.api.service.nhs.uk/a/b#access_token=@\nReferer: https://app.example/?token=@\nX-Client-Secret: @\n\n401 Unauthorized\n",
    "We open https://int.api.service.nhs.uk/a/b?redirect=https%3A%2F%2Fapp.example%2F%3Faccess_token%3D@ and get 401\n",
    "curl -U svc:@ --cert a.pem:@ --pass @ https://int.api.service.nhs.uk/a/b\n401 Unauthorized\n",
    "GET /a/b HTTP/1.1\nHost: int.api.service.nhs.uk\nCookie: @\nX-Session-Id: @\nx-functions-key: @\n\nHTTP/1.1 401 Unauthorized\n\n",
    "GET /a/b HTTP/1.1\nHost: int.api.service.nhs.uk\nX-Key: -----BEGIN PRIVATE KEY----- @ -----END PRIVATE KEY-----\n\nHTTP/1.1 401 Unauthorized\n\n",
    "GET /a/b HTTP/1.1\nHost: int.api.service.nhs.uk\nAuthorization: Digest username=\"u\", realm=\"r\", uri=\"/a/b\", response=\"@\"\n\nHTTP/1.1 401 Unauthorized\n\n",
    "{\"log\":{\"entries\":[{\"request\":{\"method\":\"GET\",\"url\":\"https://int.api.service.nhs.uk/a\",\"headers\":[],\"cookies\":[{\"name\":\"sid\",\"value\":\"@\"}]},\"response\":{\"status\":401,\"cookies\":[{\"name\":\"sid\",\"value\":\"@\"}]}}]}}",
    "wget --proxy-password=@ --user=svc --password=@ https://int.api.service.nhs.uk/a/b\n401 Unauthorized\n",
    "http --cert-key-pass=@ https://int.api.service.nhs.uk/a/b\n401 Unauthorized\n",
    "curl --proxy-pass '@' --proxy-user svc:@ --tlspassword \"@\" https://int.api.service.nhs.uk/a/b\n401 Unauthorized\n",
    "Authorization: Bearer @xxxxxxxx\nGET https://int.api.service.nhs.uk/a/b\n401 Unauthorized\n",
    "the password is @ and the user portal; https://int.api.service.nhs.uk/a/b answers 401\n",
];

fn check(ticket: &str, secrets: &[&str], pack: &why401::Pack) {
    for reader in Reader::ALL {
        check_read_by(reader, ticket, secrets, pack);
    }
}

fn check_read_by(from: Reader, ticket: &str, secrets: &[&str], pack: &why401::Pack) {
    let diagnosis = why401::diagnose(ticket.as_bytes(), pack, &Options::default().from(from));
    let capture = why401::internals::read_as(&Text::paste(ticket), &pack.vocabulary, from);
    let mut text = Vec::new();
    why401::write_text(&mut text, &diagnosis, &TextStyle::default()).expect("a vector takes it");
    let style = TextStyle::default();
    let mut short = Vec::new();
    for plain in [false, true] {
        let style = TextStyle { plain, ..TextStyle::default() };
        why401::write_screen(&mut short, &diagnosis, &style).expect("a vector takes it");
    }
    for markup in MessageMarkup::ALL {
        why401::write_ticket(&mut short, &diagnosis, pack, markup).expect("a vector takes it");
        why401::write_reply(&mut short, &diagnosis, markup).expect("a vector takes it");
    }
    for form in ReportForm::ALL {
        form.write(&mut short, &[("ticket.txt", &diagnosis)]).expect("a vector takes it");
    }
    why401::write_causes(&mut short, &diagnosis, &style).expect("a vector takes it");
    why401::write_summary(&mut short, &diagnosis, &style).expect("a vector takes it");
    let mut compared = Vec::new();
    let ok = ticket.replace("401 Unauthorized", "200 OK");
    let options = Options::default();
    if let Some(comparison) = why401::compare(ok.as_bytes(), ticket.as_bytes(), pack, &options) {
        why401::write_comparison(&mut compared, &comparison, ("ok", "no"), &style).expect("a vector takes it");
        why401::write_comparison_json(&mut compared, &comparison, ("ok", "no")).expect("a vector takes it");
    }
    let mut json = Vec::new();
    JsonReport::new([("ticket.txt", &diagnosis)]).write(&mut json).expect("a vector takes it");
    let seen = why401::seen(ticket.as_bytes(), pack, &Options::default().from(from));
    let (mut facts, mut facts_json) = (Vec::new(), Vec::new());
    why401::write_facts(&mut facts, &seen, &style).expect("a vector takes it");
    why401::write_facts_json(&mut facts_json, &seen, "ticket.txt").expect("a vector takes it");
    let outputs = [
        ("facts", String::from_utf8(facts).expect("UTF-8")),
        ("facts as JSON", String::from_utf8(facts_json).expect("UTF-8")),
        ("Debug of the facts", format!("{seen:?}")),
        ("short reports, tickets, and formats for tools", String::from_utf8(short).expect("UTF-8")),
        ("text", String::from_utf8(text).expect("UTF-8")),
        ("JSON", String::from_utf8(json).expect("UTF-8")),
        ("comparison", String::from_utf8(compared).expect("UTF-8")),
        ("Debug of the capture", format!("{capture:?}")),
        ("Debug of the diagnosis", format!("{diagnosis:?}")),
    ];
    for secret in secrets {
        for window in secret.as_bytes().windows(6) {
            let window = std::str::from_utf8(window).expect("made of ASCII");
            for (name, output) in &outputs {
                assert!(
                    !output.contains(window),
                    "{window:?} of a credential stands in the {name}:\n{ticket}\n{output}"
                );
            }
        }
    }
}

/// A trace in hexadecimal, with the characters at the end of each line.
fn hex_dump(message: &str) -> String {
    let mut out = format!("=> Send header, {} bytes\n", message.len());
    for (i, row) in message.as_bytes().chunks(16).enumerate() {
        let pairs: Vec<String> = row.iter().map(|b| format!("{b:02x}")).collect();
        let shown: String =
            row.iter().map(|b| if b.is_ascii_graphic() || *b == b' ' { char::from(*b) } else { '.' }).collect();
        out += &format!("{:04x}: {:<47} {shown}\n", i * 16, pairs.join(" "));
    }
    out
}

fn secret() -> impl Strategy<Value = String> {
    let jwt = "[A-Za-z0-9]{20,40}"
        .prop_map(|tail| format!("eyJhbGciOiJSUzUxMiJ9.eyJpc3MiOiJ{tail}.{}", tail.chars().rev().collect::<String>()));
    let uuid_like = "[0-9][A-Z0-9]{7}[a-f0-9]{24}";
    prop_oneof![
        "[0-9][a-z][A-Z][A-Za-z0-9]{25}",
        "[a-z]{3}[0-9]{3}[A-Za-z0-9]{10}",
        "[a-z][0-9][A-Za-z0-9_-]{40,60}[A-Z]",
        uuid_like,
        jwt
    ]
}

/// Pieces of the fixed words of a report or of another secret are no leak.
fn is_telling(secret: &str) -> bool {
    !secret.contains("Bearer") && !secret.contains("GET")
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_piece_of_a_credential_leaves(secret in secret().prop_filter("telling", |s| is_telling(s)), shape in 0..SHAPES.len()) {
        let pack = why401::Pack::builtin().expect("the built-in packs load");
        let ticket = SHAPES[shape].replace("@token", "@@token").replace('@', &secret).replace(&format!("{secret}{secret}token"), "@token");
        // The header of a JWT is the same for all and says nothing.
        let telling = secret.strip_prefix("eyJhbGciOiJSUzUxMiJ9.eyJpc3MiOiJ").unwrap_or(&secret);
        check(&ticket, &[telling], &pack);
    }
}

/// What names a credential where no reader takes it for a field: `¤` is one that looks drawn at random, `#` a UUID, `~` a
/// password of letters; `§` is the URL.
const NAMED: &[&str] = &[
    "We call it and get 401, password: ~, client secret = #\n",
    "{\"url\":\"§\",\"method\":\"GET\",\"status\":401,\"message\":\"Invalid Access Token\",\"client_secret\":\"#\"}",
    "GET § 401\n{\"error\":\"invalid_client\",\"error_description\":\"Invalid client_secret: #\"}\n",
    "GET § 401\n{\"fault\":{\"faultstring\":\"Invalid ApiKey for given resource: ¤\"}}\n",
    "curl -x http://me:~@proxy.example:8080 §\n401 Unauthorized\n",
    "curl -H \"Authorization: Basic $(echo -n svc:~ | base64)\" §\n401 Unauthorized\n",
    "GET §?auth[token]=¤&user[password]=~&key=#\n401 Unauthorized\n",
    "GET §\nX-Auth: ¤\nX-Pass: ~\nX-Session: #\n\n401 Unauthorized\n",
    "DB_PASS=~ nhs.api.key=¤ CLIENT_SECRET=# java -jar x.jar\nGET § 401\n",
    "{\"message\":\"no\",\"dump\":\"GET § HTTP/1.1\\r\\nAuthorization: Basic ¤\\r\\n\\r\\n\",\"status\":401}",
    "our API key is ¤, the secret is '~'; we call § and get 401\n",
    "{\"info\":{\"name\":\"x\"},\"item\":[{\"name\":\"a\",\"request\":{\"method\":\"GET\",\"url\":\"§\",\"auth\":{\"type\":\"apikey\",\"apikey\":[{\"key\":\"value\",\"value\":\"¤\"},{\"key\":\"key\",\"value\":\"Authenticate-Me\"},{\"key\":\"in\",\"value\":\"header\"}]}}}]}",
    "GET §\nAuthorization:\u{A0}Bearer=¤\n401 Unauthorized\n",
];

#[test]
fn what_a_name_gives_away_is_covered() {
    let pack = why401::Pack::builtin().expect("the built-in packs load");
    let url = "https://int.api.service.nhs.uk/referrals/FHIR/R4/ServiceRequest";
    let secrets = [('¤', "ab12cdXY9kQ"), ('#', "2f0d2c1b-8d55-4f6e-9a3a-1c0b7f3e2d90"), ('~', "hunterpassx")];
    for shape in NAMED {
        let mut ticket = shape.replace('§', url);
        let told: Vec<&str> = secrets.iter().filter(|(mark, _)| shape.contains(*mark)).map(|(_, s)| *s).collect();
        for (mark, secret) in secrets {
            ticket = ticket.replace(mark, secret);
        }
        check(&ticket, &told, &pack);
    }
}

#[test]
fn an_nhs_number_is_masked_in_escapes_and_between_letters() {
    let pack = why401::Pack::builtin().expect("the built-in packs load");
    for number in [
        "identifier=https%3A%2F%2Ffhir.nhs.uk%2FId%2Fnhs-number%7C9990123438",
        "x=Patient%2F9990123438&y=%229990123438%22",
        "q=999%20012%203438",
        "q=999+012+3438",
        "q=999.012.3438",
        "q=NHS9990123438x",
    ] {
        let ticket = format!("GET https://int.api.service.nhs.uk/a?{number}\nAccept: */*\n\n401 Unauthorized\n");
        check(&ticket, &["9990123438", "0123438", "012%203438", "012+3438", "012.3438"], &pack);
    }
}

#[test]
fn an_answer_that_repeats_a_credential_is_covered() {
    let pack = why401::Pack::builtin().expect("the built-in packs load");
    let secret = "4kQeTz8hWq2LrVn0XyPs7BdUcGfJ";
    for echo in [
        secret.to_owned(),
        secret.to_uppercase(),
        secret.to_lowercase(),
        secret[..9].to_owned(),
        secret[18..].to_owned(),
        secret[7..15].to_owned(),
    ] {
        let ticket = format!(
            "GET /a/b HTTP/1.1\nHost: int.api.service.nhs.uk\nAuthorization: Bearer {secret}\n\nHTTP/1.1 401 Unauthorized\n\
             WWW-Authenticate: Bearer error=\"invalid_token\", error_description=\"{echo} is unknown\"\n\n\
             {{\"fault\":{{\"faultstring\":\"token {echo}… rejected\"}}}}\n"
        );
        check(&ticket, &[secret, &echo], &pack);
    }
}

#[test]
fn a_token_in_a_path_is_covered() {
    let pack = why401::Pack::builtin().expect("the built-in packs load");
    for token in ["kq7RmZt2Lw9XbVn4", "4kQeTz8hWq2LrVn0XyPs7BdUcGfJ"] {
        let ticket =
            format!("GET https://int.api.service.nhs.uk/a/{token}/b\nAccept: */*\n\nHTTP/1.1 401 Unauthorized\n");
        check(&ticket, &[token], &pack);
    }
}

#[test]
fn no_piece_leaves_whatever_the_shape() {
    let pack = why401::Pack::builtin().expect("the built-in packs load");
    let secrets = [
        "4kQeTz8hWq2LrVn0XyPs7BdUcGfJ",
        "zx9cv7bn5ml3kj1h",
        "c0rrect-h0rse_battery7Staple",
        "K4jd83hQp2LmX7vB4nZr9TyW6s3q",
    ];
    for shape in SHAPES {
        for secret in secrets {
            let ticket = shape.replace("@token", "\u{0}").replace('@', secret).replace('\u{0}', "@token");
            check(&ticket, &[secret], &pack);
        }
    }
    let secret = secrets[0];
    check(
        &hex_dump(&format!("GET /a/b HTTP/1.1\r\nHost: a.example\r\nAuthorization: Bearer {secret}\r\n\r\n")),
        &[secret],
        &pack,
    );
    let jwt = format!(
        "eyJhbGciOiJSUzUxMiIsInR5cCI6IkpXVCIsImtpZCI6InRlc3QtMSJ9.eyJpc3MiOiJhYmNkZWYiLCJzdWIiOiJhYmNkZWYi.{secret}{secret}"
    );
    let wrapped: Vec<&str> = jwt.as_bytes().chunks(56).map(|row| std::str::from_utf8(row).expect("ASCII")).collect();
    let ticket = format!(
        "GET https://int.api.service.nhs.uk/a/b\nAuthorization: Bearer {}\nAccept: */*\n\nHTTP/1.1 401 Unauthorized\n",
        wrapped.join("\n")
    );
    check(&ticket, &[secret, "ZGVmIiwic3ViIjoiYWJjZGVmIi"], &pack);
}
