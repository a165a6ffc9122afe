//! `why401 redact`: the same text again, and nothing of a credential in it.

use proptest::prelude::*;
use why401::{Also, Masker, Pack};

fn pack() -> Pack {
    Pack::builtin().expect("the built-in packs load")
}

fn masked(text: &str, also: &[Also], words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let masked = Masker::new(also, &words).mask(text.as_bytes(), &pack());
    String::from_utf8(masked.bytes).expect("UTF-8 in, UTF-8 out")
}

#[test]
fn the_same_value_gets_the_same_mask_and_all_else_stays() {
    let text = "GET /a HTTP/1.1\r\nAuthorization: Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\r\n\r\nretry: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\r\n\
                {\"client_secret\":\"2f0d2c1b-8d55-4f6e-9a3a-1c0b7f3e2d90\",\"nhs\":\"999 012 3438\",\"same\":\"9990123438\"}\r\n";
    assert_eq!(
        masked(text, &[], &[]),
        "GET /a HTTP/1.1\r\nAuthorization: Bearer ‹token-1›\r\n\r\nretry: ‹token-1›\r\n\
         {\"client_secret\":\"‹secret-1›\",\"nhs\":\"‹nhs-number-1›\",\"same\":\"‹nhs-number-1›\"}\r\n"
    );
}

#[test]
fn a_list_of_names_is_no_value_that_was_broken_over_lines() {
    let list = "eRS-FetchWorklist-Parameters-1\neRS-OperationOutcome-1\neRS-Appointment-1\nCareConnect-GPC-Patient-1\n";
    assert_eq!(masked(list, &[], &[]), list);
    assert_eq!(
        masked("[private_key, c7c1ed69-3220-4e31\n-ae36-bec7bdf165eb]\n", &[], &[]),
        "[private_key, ‹secret-1›\n‹secret-2›]\n"
    );
}

#[test]
fn further_kinds_are_masked_on_request() {
    let text = "From: Kim Example <kim@shop.example>\nGET https://int.api.example/a\nUBRN 0000 0007 0123\nODS code: X26\nproject Bluebird\n";
    let also = [Also::Ubrn, Also::Name, Also::Address, Also::Host, Also::Ods];
    assert_eq!(
        masked(text, &also, &["bluebird"]),
        "From: ‹name-1› <‹address-1›>\nGET https://‹host-1›/a\nUBRN ‹ubrn-1›\nODS code: ‹ods-1›\nproject ‹word-1›\n"
    );
    assert_eq!(masked(text, &[], &[]), text);
}

#[test]
fn words_of_ones_own_are_in_no_report() {
    let paste = "Hello, we at Acme Ltd call https://bluebird.example/acme/orders for project Bluebird and get 401.\n\n\
                 GET /acme/orders?project=BLUEBIRD HTTP/1.1\nHost: bluebird.example\nAuthorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\
                 X-Project: %42luebird-7\n\nHTTP/1.1 401 Unauthorized\nServer: Acme\n\n{\"error\":\"acme\"}\n";
    let options = why401::Options::default().mask(["Acme".to_owned(), "bluebird".to_owned()]);
    let (pack, style) = (pack(), why401::TextStyle::default());
    let diagnosis = why401::diagnose(paste.as_bytes(), &pack, &options);
    assert_eq!(diagnosis.exchanges[0].causes[0].id, "missing-bearer-prefix", "the diagnosis is the same");
    let mut out = Vec::new();
    why401::write_text(&mut out, &diagnosis, &style).expect("a vector takes it");
    why401::write_screen(&mut out, &diagnosis, &style).expect("a vector takes it");
    why401::write_summary(&mut out, &diagnosis, &style).expect("a vector takes it");
    why401::write_causes(&mut out, &diagnosis, &style).expect("a vector takes it");
    for markup in why401::MessageMarkup::ALL {
        why401::write_ticket(&mut out, &diagnosis, &pack, markup).expect("a vector takes it");
        why401::write_reply(&mut out, &diagnosis, markup).expect("a vector takes it");
    }
    for form in why401::ReportForm::ALL {
        form.write(&mut out, &[("ticket.txt", &diagnosis)]).expect("a vector takes it");
    }
    why401::write_facts(&mut out, &why401::seen(paste.as_bytes(), &pack, &options), &style).expect("a vector takes it");
    let text = String::from_utf8(out).expect("UTF-8");
    let shown: Vec<&str> =
        text.lines().filter(|line| ["acme", "bluebird"].iter().any(|w| line.to_lowercase().contains(w))).collect();
    assert!(shown.is_empty(), "{shown:#?}");
}

#[test]
fn what_is_encoded_is_masked_as_well() {
    use std::fmt::Write as _;
    let secret = "4kQeTz8hWq2LrVn0XyPs7BdUcGfJ";
    let hex = secret.bytes().fold(String::new(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    });
    let percent = secret.bytes().fold(String::new(), |mut out, b| {
        let _ = write!(out, "%{b:02X}");
        out
    });
    let escaped = secret.bytes().fold(String::new(), |mut out, b| {
        let _ = write!(out, "\\u{b:04x}");
        out
    });
    // The base64 of `svc:` and the token.
    let base64 = "c3ZjOjRrUWVUejhoV3EyTHJWbjBYeVBzN0JkVWNHZko=";
    for encoded in [hex.as_str(), &percent, &escaped, base64] {
        let text = format!("Authorization: Bearer {secret}\nagain: {encoded}\n");
        let shown = masked(&text, &[], &[]);
        assert!(!shown.contains(encoded), "{shown}");
    }
}

#[test]
fn bytes_that_are_no_text_stay() {
    let bytes = b"\xEF\xBB\xBFAuthorization: Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\xFF\xFE\x80 end";
    let shown = Masker::default().mask(bytes, &pack());
    assert_eq!(
        shown.bytes,
        "\u{FEFF}Authorization: Bearer ‹token-1›\n".bytes().chain(*b"\xFF\xFE\x80 end").collect::<Vec<_>>()
    );
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain("password: hunterpassx\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let shown = Masker::default().mask(&wide, &pack());
    let wanted: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain("password: ‹secret-1›\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(shown.bytes, wanted);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn masking_twice_is_masking_once(
        secret in "[a-z][0-9][A-Z][A-Za-z0-9]{13,25}",
        shape in 0..SHAPES.len(),
    ) {
        let once = masked(&SHAPES[shape].replace('@', &secret), &[Also::Host, Also::Address], &[]);
        prop_assert!(!once.contains(&secret), "{}", once);
        let twice = masked(&once, &[Also::Host, Also::Address], &[]);
        prop_assert_eq!(once, twice);
    }
}

/// Texts with a credential at `@`.
const SHAPES: &[&str] = &[
    "GET /a HTTP/1.1\nHost: a.example\nAuthorization: Bearer @\nCookie: sid=@\n\nHTTP/1.1 401 Unauthorized\n\n",
    "curl -u svc:@ -H 'x-api-key: @' https://a.example/b\n401\n",
    "{\"key\":\"client_secret\",\"value\":\"@\"}",
    "our password is @ and https://kim:@a.example/ fails\n",
    "grant_type=x&client_secret=@&code=@",
    "- name: API_KEY\n  value: @\n",
    "| Client secret | `@` |\n",
    "auth=('svc', '@')\n",
    "docker login -u svc -p @ registry.example\n",
];

/// Places at which a value of any look is a credential: `@` is a passphrase, an id, or a word with a digit in it.
const PLACES: &[&str] = &[
    "variable \"db_password\" { default = \"@\" }",
    "password = <<END\n@\nEND",
    "vault_password: !vault |\n  @",
    "cat > token <<'END'\n@\nEND",
    "export TOKEN=$(echo @)",
    "user = \"svc:@\"",
    "The secret we were issued (\"@\") does not work.",
    "my password's @ by the way",
    "consumer key / secret: abcdef / @",
    "ssh svc:@@host.example",
    "ssh-keygen -N '@' -f id",
    "[System.Net.NetworkCredential]::new(\"svc\", \"@\")",
    "new ClientSecretCredential(tenant, client, \"@\")",
    "the one-time code is @",
    "<input type=\"password\" value=\"@\">",
    "Client secret\n-------------\n@",
    "| id | client_secret |\n|---|---|\n| abc | @ |",
    "client_secret,client_id\n@,abc",
    "secret ⟶ @",
    "secret ≔ @",
    "the secret is now @",
    "the password was reset to @ on Monday",
    "token[@]",
    "Bearer<@>",
    "with X-API-Key \"@\" it fails",
    "https://@…TFJTiLp=@git.example/a.git",
    "I log in with svc-orders / @ and it worked last week",
    "u: portal-int p: @",
    "echo @ > token.txt",
    "printf '%s' \"@\" | tee ~/.secrets/api_key",
    "headers={\"Authorization\": f\"Bearer {'@'}\"}",
    "\"Bearer {}\".format(\"@\")",
    "const password = process.env.PW || '@';",
    "$token = getenv('TOKEN') ?: '@';",
    "let token = std::env::var(\"TOKEN\").unwrap_or(\"@\".to_string());",
    "ENV['API_KEY'] ||= '@'",
    "-define(SECRET, \"@\").",
    "keyring.set_password(\"orders\", \"kim\", \"@\")",
    "security add-generic-password -a kim -s orders -w @",
    "aws ssm put-parameter --name a --type SecureString --value @",
    "gh secret set API_TOKEN --body \"@\"",
    "pass insert -m orders <<EOF\n@\nEOF",
    "enable secret 0 @",
    "DriverManager.getConnection(url, \"kim\", \"@\")",
    "mysqli_connect(\"localhost\", \"kim\", \"@\", \"db\")",
    "props.put(Context.SECURITY_CREDENTIALS, \"@\");",
    "USER kim\n331 Password required\nPASS @\n530 Login incorrect",
    "AUTH default @\n-WRONGPASS invalid username-password pair",
    "[12:04] kim: what's the pw?\n[12:05] ali: @",
    "Das Passwort lautet @ und es kommt 401",
    "https://login.example/reset?u=kim&t=@",
    "we use sk_live_@ here",
    "key 1: @",
    "DECLARE PASSWORD NVARCHAR(40) = '@'",
    "char token[] = \"@\";",
    "INSERT INTO a (name, token) VALUES ('kim', '@')",
    "const secrets = { stripe: '@' };",
    "$ pass show shop/db\n@",
    "token <- \"@\"",
];

#[test]
fn a_value_is_masked_by_its_place() {
    let secrets = ["bemifo-fafuro-febagefe", "Kiguse4temibi", "d5482a90-a29b-49fa-a5ff-5180bc0dbc0e"];
    for (place, secret) in PLACES.iter().flat_map(|place| secrets.map(|secret| (place, secret))) {
        let text = format!("GET https://api.example/orders gives 401\n\n{}\n", place.replacen('@', secret, 1));
        let shown = masked(&text, &[], &[]);
        let piece = secret.as_bytes().windows(6).find(|piece| shown.as_bytes().windows(6).any(|shown| shown == *piece));
        assert!(piece.is_none(), "{shown}");
    }
}

#[test]
fn a_word_in_such_a_place_stays() {
    for text in [
        "token[expires_in] and tokens[\"access_token\"]",
        "Bearer<token>",
        "mailto:kim.smith@shop.example, From:kim@shop.example",
        "my token's expired",
        "\"token_type\":\"Bearer\",\"issued_at\":\"1773134564000\"}",
        "\"‹secret-2›\":\"1773134564000\"",
        "variable \"password\" { type = string }",
        "http-outgoing-3 >> Authorization: none\nhttp-outgoing-3 >> Accept: */*",
        "error=\"Invalid access token\"....content-type....application/fhir+json",
        "| name | token |\n|---|---|\n| portal | missing |",
        "we log in as admin / user",
        "npm_config_registry and hf_transfer",
        "const password = process.env.PW || readPassword();",
        "NHSD-End-User-Organisation-ODS: ZQ7 / NHSD-eRS-Business-Function: SERVICE_PROVIDER",
        "https://registry.example/v2/token?scope=repository%3Abase%3Apull&service=registry",
        "PASS src/login.test.js",
        "WWW-Authenticate: Bearer realm=\"orders-of-shops\", error=\"Bad HTTP authentication header\"",
        "uri_path=\"/oauth2/token\" host=\"int.api.service.nhs.uk\"",
        "Authorization:\"Bearer \", NHSD-eRS-Business-Function:\"ZQ7\", X-Other: abc",
    ] {
        assert_eq!(masked(text, &[], &[]), text);
    }
}

#[test]
fn the_example_of_the_document_is_true() {
    let document = std::fs::read_to_string("docs/redact.md").expect("the document is there");
    let line = document.lines().find(|line| line.contains("` becomes `")).expect("it has an example");
    let parts: Vec<&str> = line.split('`').collect();
    assert_eq!(masked(parts[1], &[], &[]), parts[3]);
}
