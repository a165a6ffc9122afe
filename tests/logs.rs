//! Logs in which one request of many was refused: whatever their form, there is one refusal to explain.

use std::fmt::Write as _;

use why401::{Options, Outcome, Pack, TextStyle, diagnose, write_text};

/// Writes the lines of one call: its number, its status and the reason phrase.
type Line = fn(usize, u16, &str) -> String;

/// How logs write the answer to a call.
const FORMS: [(&str, Line); 20] = [
    ("an arrow", |i, s, _| {
        format!("2026-03-01T10:00:00Z INFO id={i:08x} GET https://api.shop.example/v1/orders/{i} -> {s}")
    }),
    ("a long arrow", |i, s, r| format!("2026-03-01T10:00:00Z GET /v1/orders/{i} → {s} {r} (12 ms)")),
    ("a pair", |i, s, _| format!("2026-03-01T10:00:00Z INFO method=GET path=/v1/orders/{i} status={s} duration=12ms")),
    ("a pair after the target", |i, s, _| {
        format!("level=info method=GET url=https://api.shop.example/v1/orders/{i} code={s}")
    }),
    ("a router", |i, s, _| {
        format!(
            "heroku[router]: at=info method=GET path=\"/v1/orders/{i}\" host=shop.example dyno=web.1 status={s} bytes=512"
        )
    }),
    ("words", |i, s, r| format!("2026-03-01T10:00:00Z INFO [{i:08x}] GET /v1/orders/{i} {s} {r} in 12ms")),
    ("two lines of words", |i, s, r| {
        format!("Started GET \"/v1/orders/{i}\" for 10.0.0.1 at 2026-03-01 10:00:00 +0000\nCompleted {s} {r} in 12ms")
    }),
    ("combined", |i, s, _| {
        format!(
            "10.0.0.1 - - [01/Mar/2026:10:00:00 +0000] \"GET /v1/orders/{i} HTTP/1.1\" {s} {} \"-\" \"okhttp/4.9\"",
            500 + i
        )
    }),
    ("a server", |i, s, r| format!("INFO:     10.0.0.1:{} - \"GET /v1/orders/{i} HTTP/1.1\" {s} {r}", 50000 + i)),
    ("a short line", |i, s, _| format!("GET /v1/orders/{i} {s} 12.345 ms - 512")),
    ("a client", |i, s, r| {
        format!(
            "2026-03-01 10:00:00,123 INFO httpx HTTP Request: GET https://api.shop.example/v1/orders/{i} \"HTTP/1.1 {s} {r}\""
        )
    }),
    ("a pool", |i, s, _| {
        format!("DEBUG urllib3.connectionpool https://api.shop.example:443 \"GET /v1/orders/{i} HTTP/1.1\" {s} 512")
    }),
    ("JSON", |i, s, _| {
        format!("{{\"level\":\"info\",\"method\":\"GET\",\"path\":\"/v1/orders/{i}\",\"status\":{s},\"ms\":12}}")
    }),
    ("nested JSON", |i, s, _| {
        format!(
            "{{\"msg\":\"done\",\"req\":{{\"method\":\"GET\",\"url\":\"/v1/orders/{i}\"}},\"res\":{{\"statusCode\":{s}}}}}"
        )
    }),
    ("arrows both ways", |i, s, r| {
        let url = format!("https://api.shop.example/v1/orders/{i}");
        format!("--> GET {url}\n<-- {s} {r} {url} (12ms, 512-byte body)")
    }),
    ("a sentence", |i, s, _| {
        format!("2026-03-01T10:00:00Z DEBUG GET https://api.shop.example/v1/orders/{i} returned {s} in 12 ms")
    }),
    ("a client in two lines", |i, s, _| {
        format!(
            "info: System.Net.Http.HttpClient.shop.ClientHandler[100]\n      Sending HTTP request GET \
             https://api.shop.example/v1/orders/{i}\ninfo: System.Net.Http.HttpClient.shop.ClientHandler[101]\n      Received \
             HTTP response headers after 12.3ms - {s}"
        )
    }),
    ("a proxy", |i, s, _| {
        format!(
            "Mar  1 10:00:00 lb haproxy[14389]: 10.0.1.2:33317 [01/Mar/2026:10:00:00.655] http-in shop/srv1 10/0/30/69/109 {s} \
             2750 - - ---- 1/1/1/1/0 0/0 \"GET /v1/orders/{i} HTTP/1.1\""
        )
    }),
    ("a load balancer", |i, s, _| {
        format!(
            "https 2026-03-01T10:00:00.186641Z app/lb/50dc6c495c0c9188 10.0.0.1:2817 10.0.0.2:80 0.086 0.048 0.037 {s} {s} 0 57 \
             \"GET https://api.shop.example:443/v1/orders/{i} HTTP/1.1\" \"curl/8.5.0\" - TLSv1.2"
        )
    }),
    ("columns", |i, s, _| {
        format!("2026-03-01 10:00:00 10.0.0.2 GET /v1/orders/{i} - 443 - 10.0.0.1 okhttp/4.9 - {s} 0 0 12")
    }),
];

#[test]
fn one_refusal_of_many_calls_has_one_report() {
    const CALLS: usize = 60;
    const REFUSED: usize = 41;
    let pack = Pack::builtin().expect("the built-in packs are right");
    for (form, line) in FORMS {
        let mut log = String::new();
        for i in 0..CALLS {
            let (status, reason) = if i == REFUSED { (401, "Unauthorized") } else { (200, "OK") };
            let _ = writeln!(log, "{}", line(i, status, reason));
        }
        let diagnosis = diagnose(log.as_bytes(), &pack, &Options::default());
        let unquiet: Vec<_> = diagnosis.exchanges.iter().filter(|e| e.outcome != Outcome::Accepted).collect();
        let [refused] = unquiet.as_slice() else { panic!("{form}: {} calls are to be explained", unquiet.len()) };
        assert_eq!(refused.response.as_ref().and_then(|r| r.status), Some(401), "{form}");
        let target = refused.request.url.as_deref().unwrap_or_default();
        assert!(target.ends_with(&format!("/v1/orders/{REFUSED}")), "{form}: {target}");
        assert_eq!(diagnosis.exchanges.len(), CALLS, "{form}");
        assert_eq!(diagnosis.first, Some(REFUSED), "{form}");
        let mut report = Vec::new();
        write_text(&mut report, &diagnosis, &TextStyle::default()).expect("it can be written");
        let report = String::from_utf8(report).expect("UTF-8");
        assert_eq!(report.matches("FOR SUPPORT").count(), 1, "{form}: {report}");
        assert!(report.lines().count() < 120, "{form}: {} lines", report.lines().count());
    }
}
