//! The table of forms. A new form is one file beside this one, and one row here.

use super::model::{Form, ReadBy, SampleRow};
use super::reader::Reader;
#[cfg(test)]
use super::toy::TOY;
use super::{curl, har, httpie, object, postman, powershell, tshark, wget, xml};
use crate::capture::model::{Exchange, Format};

const PART: &str = "always unseen: people leave lines out";
const CODE: &str = "always unseen: a library adds fields by itself";
const COMMAND: &str = "absent; unseen where the tool adds it by itself (Host, User-Agent, Accept, Content-Length)";
const WIRE: &str = "absent, if the head has its Host or `:authority` and no mark of a cut; else unseen";

/// All forms. Of two rows that recognise the same document or program the earlier one has it, so a row for one tool
/// comes before the row for any tool.
pub(crate) static FORMS: &[Form] = &[
    Form {
        from: Reader::TICKET,
        read_by: ReadBy::Lines(any),
        shown: &[
            SampleRow {
                name: "Labels, header lines and prose of a ticket",
                parts: "method, URL, fields, answer",
                extents: "part",
                unseen: PART,
                samples: &["redacted-stars", "bullets-bold", "prose-status", "jira-table"],
            },
            SampleRow {
                name: "A mail thread, quoted",
                parts: "method, URL, fields, answer, answer fields, answer body",
                extents: "part, whole",
                unseen: "as for a raw HTTP message where one is quoted; else unseen",
                samples: &["mail-thread", "mail-quoted-request"],
            },
            SampleRow {
                name: "A thread of comments, and a post with `EDIT:`",
                parts: "method, URL, fields, answer, answer body",
                extents: "part",
                unseen: PART,
                samples: &["thread-comments", "thread-edited"],
            },
        ],
    },
    Form {
        from: Reader::RAW,
        read_by: ReadBy::Lines(is_raw),
        shown: &[
            SampleRow {
                name: "A raw HTTP message",
                parts: "method, URL, fields, body, answer, answer fields, answer body",
                extents: "whole",
                unseen: WIRE,
                samples: &["go-dump", "burp", "httpie-v", "two-requests-raw", "token-request-raw"],
            },
            SampleRow {
                name: "A raw head with lines left out",
                parts: "method, URL, fields, answer, answer fields, answer body",
                extents: "part",
                unseen: "unseen",
                samples: &["elided-head"],
            },
            SampleRow {
                name: "The console of Postman, as raw text",
                parts: "method, URL, fields, answer, answer fields, answer body",
                extents: "whole",
                unseen: WIRE,
                samples: &["postman-console-raw"],
            },
        ],
    },
    Form {
        from: Reader::COMMAND,
        read_by: ReadBy::Program { names: &["curl"], exact_case: false, read: curl::read },
        shown: &[SampleRow {
            name: "curl commands (bash, command prompt, PowerShell)",
            parts: "method, URL, fields, body, answer, answer fields, answer body",
            extents: "withheld",
            unseen: COMMAND,
            samples: &["curl-i", "curl-cmd", "curl-powershell"],
        }],
    },
    Form {
        from: Reader::COMMAND,
        read_by: ReadBy::Program { names: &["wget"], exact_case: false, read: wget::read },
        shown: &[SampleRow {
            name: "wget commands",
            parts: "method, URL, fields, answer",
            extents: "withheld",
            unseen: COMMAND,
            samples: &["wget-command"],
        }],
    },
    Form {
        from: Reader::COMMAND,
        // `HTTP GET https://…` is what loggers write; HTTPie is called in lower case.
        read_by: ReadBy::Program { names: &["http", "https", "xh"], exact_case: true, read: httpie::read },
        shown: &[SampleRow {
            name: "HTTPie and xh commands",
            parts: "method, URL, fields, body, answer, answer fields, answer body",
            extents: "withheld",
            unseen: COMMAND,
            samples: &["httpie-command"],
        }],
    },
    Form {
        from: Reader::COMMAND,
        // PowerShell calls its own command by the names of curl and wget, too: so it comes after them.
        read_by: ReadBy::Program { names: &powershell::NAMES, exact_case: false, read: powershell::read },
        shown: &[SampleRow {
            name: "PowerShell web requests",
            parts: "method, URL, fields, answer",
            extents: "withheld",
            unseen: COMMAND,
            samples: &["invoke-restmethod"],
        }],
    },
    Form {
        from: Reader::VERBOSE,
        read_by: ReadBy::Lines(is_verbose),
        shown: &[
            SampleRow {
                name: "`curl -v`",
                parts: "method, URL, fields, answer, answer fields, answer body",
                extents: "whole",
                unseen: WIRE,
                samples: &["curl-v-redirect", "curl-v-http2-lines"],
            },
            SampleRow {
                name: "`curl --trace` and `--trace-ascii`",
                parts: "method, URL, fields, answer, answer fields, answer body",
                extents: "whole",
                unseen: WIRE,
                samples: &["curl-trace-ascii", "curl-trace-hex"],
            },
        ],
    },
    Form {
        from: Reader::HAR,
        read_by: ReadBy::Json { recognise: har::is_har, read: |json, _| har::exchanges(json) },
        shown: &[
            SampleRow {
                name: "HAR with credentials",
                parts: "method, URL, fields, body, answer, answer body, time",
                extents: "whole",
                unseen: "absent",
                samples: &["har-chrome-unsanitised", "har-charles"],
            },
            SampleRow {
                name: "HAR that a browser cleaned",
                parts: "method, URL, fields, body, answer, answer fields, answer body, time",
                extents: "withheld",
                unseen: "absent; Authorization and cookies are unseen: the browser withholds them",
                samples: &["har-chrome-sanitised"],
            },
        ],
    },
    Form {
        from: Reader::POSTMAN,
        // The method and the URL are in the line before the document.
        read_by: ReadBy::Json {
            recognise: postman::is_console,
            read: |json, before| postman::console(json, before).map(|exchange| vec![exchange]),
        },
        shown: &[SampleRow {
            name: "The console of Postman, as an object",
            parts: "method, URL, fields, answer fields, answer body",
            extents: "whole",
            unseen: "absent",
            samples: &["postman-console-object"],
        }],
    },
    Form {
        from: Reader::POSTMAN,
        read_by: ReadBy::Json { recognise: postman::is_collection, read: |json, _| postman::exchanges(json) },
        shown: &[SampleRow {
            name: "Saved requests of Postman, Insomnia and Bruno",
            parts: "method, URL, fields",
            extents: "withheld",
            unseen: "absent; unseen where the tool adds it by itself",
            samples: &["postman-collection"],
        }],
    },
    Form {
        from: Reader::JSON,
        // Its packets hold members by the names that the last row looks for: so it comes before that.
        read_by: ReadBy::Json { recognise: tshark::is_packets, read: |json, _| tshark::exchanges(json) },
        shown: &[SampleRow {
            name: "Packets of HTTP/1, as `tshark -T json` prints them",
            parts: "method, URL, fields, answer, answer fields, answer body",
            extents: "whole",
            unseen: WIRE,
            samples: &["tshark-json"],
        }],
    },
    Form {
        from: Reader::JSON,
        read_by: ReadBy::Json { recognise: xml::is_record, read: |json, _| xml::exchanges(json) },
        shown: &[SampleRow {
            name: "XML of `tshark -T pdml`, Burp and JMeter",
            parts: "method, URL, fields, answer, answer fields, answer body",
            extents: "whole",
            unseen: WIRE,
            samples: &["tshark-pdml", "burp-xml", "jmeter-xml"],
        }],
    },
    Form {
        from: Reader::JSON,
        // Any other document that records an exchange: so it comes last of all documents.
        read_by: ReadBy::Json { recognise: object::is_record, read: |json, _| object::exchanges(json) },
        shown: &[SampleRow {
            name: "JSON of a library's error or a log",
            parts: "method, URL, fields, body, answer, answer fields, answer body",
            extents: "part, withheld",
            unseen: "unseen unless the log is known to show the whole head",
            samples: &["js-axios", "axios-inspect", "vcr-cassette"],
        }],
    },
    Form {
        from: Reader::AUTO,
        read_by: ReadBy::Lines(any),
        shown: &[SampleRow {
            name: "Source code",
            parts: "method, URL, fields, answer, answer body",
            extents: "part",
            unseen: CODE,
            samples: &["py-requests", "java-okhttp", "swift", "cs-restsharp"],
        }],
    },
    #[cfg(test)]
    TOY,
];

const fn any(_: &Exchange) -> bool {
    true
}

fn is_raw(exchange: &Exchange) -> bool {
    let is_response_alone = exchange.request.method.is_none()
        && exchange.request.fields.is_empty()
        && exchange.response.as_ref().is_some_and(|r| r.status.is_some() && !r.fields.is_empty());
    exchange.format == Format::Raw || is_response_alone
}

fn is_verbose(exchange: &Exchange) -> bool {
    exchange.format == Format::Verbose
}
