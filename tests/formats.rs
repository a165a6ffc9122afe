//! docs/formats.md says what is read of each form of capture; the samples in tests/captures show that it is so.
//! `UPDATE_DOCS=1` writes the table.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::{env, fs};

use why401::capture::model::{Body, Exchange, Extent};
use why401::pack::model::Pack;
use why401::text::Text;

/// A form of capture.
struct Form {
    name: &'static str,
    /// The name of the reader that `--from` takes for it.
    from: &'static str,
    /// Samples, in tests/captures.
    samples: &'static [&'static str],
    /// The parts that must be found in at least one sample; no sample may show others.
    parts: &'static str,
    /// How much of a request is known in the samples: `whole`, `withheld`, `part`.
    extents: &'static str,
    /// What that means for a field that is not shown.
    unseen: &'static str,
}

const PART: &str = "always unseen: people leave lines out";
const CODE: &str = "always unseen: a library adds fields by itself";
const COMMAND: &str = "absent; unseen where the tool adds it by itself (Host, User-Agent, Accept, Content-Length)";
const WIRE: &str = "absent, if the head has its Host or `:authority` and no mark of a cut; else unseen";

const FORMS: &[Form] = &[
    Form {
        name: "Labels, header lines and prose of a ticket",
        from: "ticket",
        samples: &["redacted-stars", "bullets-bold", "prose-status", "jira-table"],
        parts: "method, URL, fields, answer",
        extents: "part",
        unseen: PART,
    },
    Form {
        name: "A mail thread, quoted",
        from: "ticket",
        samples: &["mail-thread", "mail-quoted-request"],
        parts: "method, URL, fields, answer, answer fields, answer body",
        extents: "part, whole",
        unseen: "as for a raw HTTP message where one is quoted; else unseen",
    },
    Form {
        name: "A thread of comments, and a post with `EDIT:`",
        from: "ticket",
        samples: &["thread-comments", "thread-edited"],
        parts: "method, URL, fields, answer, answer body",
        extents: "part",
        unseen: PART,
    },
    Form {
        name: "A raw HTTP message",
        from: "raw",
        samples: &["go-dump", "burp", "httpie-v", "two-requests-raw", "token-request-raw"],
        parts: "method, URL, fields, body, answer, answer fields, answer body",
        extents: "whole",
        unseen: WIRE,
    },
    Form {
        name: "A raw head with lines left out",
        from: "raw",
        samples: &["elided-head"],
        parts: "method, URL, fields, answer, answer fields, answer body",
        extents: "part",
        unseen: "unseen",
    },
    Form {
        name: "curl, wget, HTTPie and PowerShell commands",
        from: "command",
        samples: &["curl-i", "curl-cmd", "curl-powershell", "invoke-restmethod"],
        parts: "method, URL, fields, body, answer, answer fields, answer body",
        extents: "withheld",
        unseen: COMMAND,
    },
    Form {
        name: "`curl -v`",
        from: "curl-v",
        samples: &["curl-v-redirect", "curl-v-http2-lines"],
        parts: "method, URL, fields, answer, answer fields, answer body",
        extents: "whole",
        unseen: WIRE,
    },
    Form {
        name: "`curl --trace` and `--trace-ascii`",
        from: "curl-v",
        samples: &["curl-trace-ascii", "curl-trace-hex"],
        parts: "method, URL, fields, answer, answer fields, answer body",
        extents: "whole",
        unseen: WIRE,
    },
    Form {
        name: "HAR with credentials",
        from: "har",
        samples: &["har-chrome-unsanitised", "har-charles"],
        parts: "method, URL, fields, body, answer, answer body, time",
        extents: "whole",
        unseen: "absent",
    },
    Form {
        name: "HAR that a browser cleaned",
        from: "har",
        samples: &["har-chrome-sanitised"],
        parts: "method, URL, fields, body, answer, answer fields, answer body, time",
        extents: "withheld",
        unseen: "absent; Authorization and cookies are unseen: the browser withholds them",
    },
    Form {
        name: "The console of Postman",
        from: "raw",
        samples: &["postman-console-raw"],
        parts: "method, URL, fields, answer, answer fields, answer body",
        extents: "whole",
        unseen: WIRE,
    },
    Form {
        name: "JSON of a library's error or a log",
        from: "json",
        samples: &["js-axios", "axios-inspect"],
        parts: "method, URL, fields, body, answer, answer fields, answer body",
        extents: "part, withheld",
        unseen: "unseen unless the log is known to show the whole head",
    },
    Form {
        name: "Source code",
        from: "auto",
        samples: &["py-requests", "java-okhttp", "swift", "cs-restsharp"],
        parts: "method, URL, fields, answer, answer body",
        extents: "part",
        unseen: CODE,
    },
];

fn parts(exchange: &Exchange) -> Vec<&'static str> {
    let request = &exchange.request;
    let answer = exchange.response.as_ref();
    let shown = |body: &Body| !body.is_unseen();
    [
        ("method", request.method.is_some()),
        ("URL", request.url.is_some()),
        ("fields", !request.fields.is_empty()),
        ("body", shown(&request.body)),
        ("answer", answer.is_some_and(|a| a.status.is_some())),
        ("answer fields", answer.is_some_and(|a| !a.fields.is_empty())),
        ("answer body", answer.is_some_and(|a| shown(&a.body))),
        ("time", exchange.sent_at.is_some()),
    ]
    .into_iter()
    .filter_map(|(name, is_shown)| is_shown.then_some(name))
    .collect()
}

const ORDER: [&str; 8] = ["method", "URL", "fields", "body", "answer", "answer fields", "answer body", "time"];

fn found(form: &Form, pack: &Pack) -> (String, String) {
    let (mut all, mut extents) = (BTreeSet::new(), BTreeSet::new());
    for sample in form.samples {
        let bytes = fs::read(format!("tests/captures/{sample}.txt")).unwrap_or_else(|e| panic!("{sample}: {e}"));
        let decoded = why401::text::decode(&bytes);
        let capture = why401::capture::read(&Text::paste(&decoded.text), &pack.vocabulary);
        assert!(!capture.exchanges.is_empty(), "{sample} shows nothing");
        for exchange in &capture.exchanges {
            all.extend(parts(exchange));
            extents.insert(match exchange.request.extent {
                Extent::Whole => "whole",
                Extent::Part => "part",
                Extent::Withheld(_) => "withheld",
            });
        }
    }
    let parts: Vec<&str> = ORDER.into_iter().filter(|p| all.contains(p)).collect();
    (parts.join(", "), extents.into_iter().collect::<Vec<_>>().join(", "))
}

fn document() -> String {
    let mut out = "# What is read of which form\n\n\
        This table is made and checked by `tests/formats.rs` from the samples in `tests/captures/`.\n\n\
        A field that is *absent* was not sent, and the capture shows that. A field that is *unseen* may have been\n\
        sent: nothing is concluded from it.\n\n\
        The extent is `whole` where the capture shows the whole head of the request, `withheld` where the tool\n\
        leaves certain fields out, and `part` where only some lines are known. `--from` names the reader to force;\n\
        without it the form is recognised.\n\n\
        | Form | `--from` | Read | Extent | A field that is not shown | Samples |\n\
        | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for form in FORMS {
        let samples: Vec<String> = form.samples.iter().map(|s| format!("`{s}`")).collect();
        let _ = writeln!(
            out,
            "| {} | `{}` | {} | {} | {} | {} |",
            form.name,
            form.from,
            form.parts,
            form.extents,
            form.unseen,
            samples.join(", ")
        );
    }
    out
}

#[test]
fn the_samples_show_what_the_table_says() {
    let pack = why401::pack::load(&[], false).expect("the built-in packs load");
    let wrong: Vec<String> = FORMS
        .iter()
        .filter_map(|form| {
            let (parts, extents) = found(form, &pack);
            (parts != form.parts || extents != form.extents)
                .then(|| format!("{}: the samples show {parts}; {extents}", form.name))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_document_is_up_to_date() {
    const PATH: &str = "docs/formats.md";
    if env::var_os("UPDATE_DOCS").is_some_and(|v| v == "1") {
        fs::write(PATH, document()).expect("docs/formats.md can be written");
        return;
    }
    let written = fs::read_to_string(PATH).expect("docs/formats.md").replace("\r\n", "\n");
    assert!(written == document(), "docs/formats.md is out of date. Run: UPDATE_DOCS=1 cargo test --test formats");
}
