//! One paste with a made-up credential in it.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::random::Random;
use super::secrets::{self, Kind, NAMES, PHRASES, SHORT_NAMES};
use super::shapes::{CUTS, Named, SHAPES};

/// A paste, and what of it must not be shown.
#[derive(Debug)]
pub(super) struct Case {
    /// What kind of place the credential has: `option-3 cut:whole kind:uuid in:ticket`.
    pub(super) shape: String,
    /// How it is cut.
    pub(super) cut: &'static str,
    /// Its look.
    pub(super) look: &'static str,
    /// Where the shape is in the paste.
    pub(super) place: &'static str,
    /// The paste.
    pub(super) paste: String,
    /// The line of the paste with the credential.
    pub(super) line: String,
    /// The texts that must not be shown, in the plain.
    pub(super) planted: Vec<String>,
    /// What the paste has besides: a piece that is in it by chance is not a leak (`orized` of `Unauthorized`).
    pub(super) around: String,
}

/// Where in a paste the shape is: `¤` is the shape.
const PLACES: &[(&str, &str)] = &[
    (
        "ticket",
        "GET https://int.api.service.nhs.uk/referrals/FHIR/R4/Binary/4\nAccept: */*\n\nHTTP/1.1 401 Unauthorized\n\n¤\n",
    ),
    ("first", "¤\nGET https://int.api.service.nhs.uk/a/b\nHTTP/1.1 401 Unauthorized\n"),
    ("alone", "¤\n"),
    (
        "sentence",
        "We call https://int.api.service.nhs.uk/a/b and get 401. Some details follow.\n\n¤\n\nThank you, Kim\n",
    ),
    ("fence", "GET https://api.example/orders gives 401\n\n```\n¤\n```\n"),
    (
        "answer",
        "> GET /orders HTTP/1.1\n> Host: api.example\n> Authorization: Bearer x\n>\n< HTTP/1.1 401 Unauthorized\n<\n¤\n",
    ),
    (
        "request",
        "POST /oauth2/token HTTP/1.1\nHost: int.api.service.nhs.uk\n¤\n\nHTTP/1.1 401 Unauthorized\nDate: Mon, 01 Jun 2026 09:30:00 GMT\n\n",
    ),
    (
        "log",
        "2026-06-01T09:30:00Z INFO start\n2026-06-01T09:30:01Z DEBUG ¤\n2026-06-01T09:30:02Z ERROR 401 Unauthorized\n",
    ),
    ("bullet", "What we sent to api.example (it answers 401):\n\n- one\n- ¤\n- three\n"),
    ("mail", "From: Kim <kim@shop.example>\nSubject: 401\n\nHello,\n\n> ¤\n>\n> it says 401 Unauthorized\n\nKim\n"),
];

fn percent(value: &str) -> String {
    value.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() || b"-_.~".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}

fn each(value: &str, format: impl Fn(u8) -> String) -> String {
    value.bytes().map(format).collect()
}

fn pick<T: Copy>(of: &[T], random: &mut Random) -> T {
    of[random.below(of.len())]
}

/// A way to cut a value. A line end in the middle of plain words cannot be seen; in quotes it can.
fn cut_of(kind: Kind, quotes: bool, random: &mut Random) -> (&'static str, &'static str) {
    loop {
        let cut = pick(CUTS, random);
        let is_line_end = matches!(cut.0, "wrapped" | "wrapped-indented" | "quoted" | "br" | "br-line");
        if quotes || !is_line_end || !matches!(kind, Kind::Words) {
            return cut;
        }
    }
}

impl Case {
    /// The case that a seed makes. It is the same in every run.
    #[must_use]
    pub(super) fn of(seed: u64) -> Self {
        // All shapes in turn, so that a short run sees each of them.
        let number = usize::try_from(seed).unwrap_or(0);
        let mut random = Random(seed.wrapping_mul(0xA24B_AED4_963E_E407));
        let shape = &SHAPES[number % SHAPES.len()];
        let id = {
            let of_group = SHAPES[..number % SHAPES.len()].iter().filter(|s| s.group == shape.group).count();
            format!("{}-{}", shape.group, of_group + 1)
        };
        let (place, frame) = pick(PLACES, &mut random);
        let name = match shape.named {
            Named::Never => "",
            Named::Plain => pick(NAMES, &mut random),
            Named::OneWord => loop {
                let name = pick(NAMES, &mut random);
                if name.is_ascii() && !name.contains(' ') {
                    break name;
                }
            },
            Named::Structured if random.below(4) == 0 => pick(SHORT_NAMES, &mut random),
            Named::Structured => pick(NAMES, &mut random),
            Named::Phrase if random.below(3) == 0 => pick(PHRASES, &mut random),
            Named::Phrase => pick(NAMES, &mut random),
        };
        // `key` is a name of anything; a value that looks drawn at random makes it one of a credential.
        let is_any = name == "key" || name == "ticket";
        if shape.group == "nhs" {
            return Self::of_number(id, shape.template, (place, frame), &mut random);
        }
        let kind = loop {
            let kind = pick(&Kind::ALL, &mut random);
            // A digit of a URL's path, and a word of it, name nothing.
            let is_plain = matches!(kind, Kind::Letters | Kind::Words | Kind::Digits);
            let in_path = shape.template.contains("/{v}");
            if (shape.quotes || !kind.needs_quotes()) && !((in_path || is_any) && (is_plain || kind == Kind::Mixed)) {
                break kind;
            }
        };
        let (value, telling) = secrets::value(kind, &mut random);
        let is_raw = shape.template.contains("{v}") && !shape.template.contains('\r');
        let (cut, joint) = if is_raw && value.len() >= 16 && random.below(3) == 0 {
            cut_of(kind, shape.quotes, &mut random)
        } else {
            ("whole", "")
        };
        let mut planted = vec![telling];
        let mut shown = value.clone();
        if !joint.is_empty() {
            let at = value.len() / 2;
            let (head, tail) = match cut {
                // Half of it was taken out: both ends stay.
                "ellipsis" | "dots" | "stars" | "cut" => (&value[..8], &value[value.len() - 8..]),
                _ => value.split_at(at),
            };
            shown = match cut {
                "em" | "mark" => format!("{head}<{cut}>{}</{cut}>{}", &tail[..3], &tail[3..]),
                _ => format!("{head}{joint}{tail}"),
            };
        }
        let user = pick(&["svc-shop", "portal", "kim", "admin"], &mut random);
        let pair = format!("{user}:{value}");
        let basic = STANDARD.encode(&pair);
        let named = format!("{name}={value}&x=1");
        let around = format!("{frame}{}{name}{user}", shape.template);
        if shape.template.contains("{basic}") {
            planted.push(basic.clone());
        }
        let text = shape
            .template
            .replace("{pct}", &percent(&value))
            .replace("{json}", &shown.replace('\\', "\\\\").replace('"', "\\\""))
            .replace("{u16}", &each(&value, |b| format!("\\u{b:04x}")))
            .replace("{qp}", &value.replace('=', "=3D"))
            .replace(
                "{b64named}",
                &STANDARD.encode(if name.is_empty() { format!("password={value}\n") } else { named.clone() }),
            )
            .replace("{hexnamed}", &each(&named, |b| format!("{b:02x}")))
            .replace("{basic}", &basic)
            .replace("{len}", &shown.len().to_string())
            .replace("{u}", user)
            .replace("{n}", name)
            .replace("{v}", &shown);
        Self { around, ..Self::placed(id, cut, kind.word(), (place, frame), text, planted) }
    }

    fn of_number(id: String, template: &str, place: (&'static str, &'static str), random: &mut Random) -> Self {
        let number = secrets::nhs_number(random);
        let joined = |joint: &str| format!("{}{joint}{}{joint}{}", &number[..3], &number[3..6], &number[6..]);
        let text = match template {
            "{vpct}" => each(&number, |b| format!("%{b:02X}")),
            "{vspaced}" => each(&number, |b| format!("{} ", char::from(b))),
            "{vcut}" => format!("{}\n{}", &number[..5], &number[5..]),
            "{vsoft}" => format!("{}=\n{}", &number[..4], &number[4..]),
            "{vbase64}" => STANDARD.encode(format!("nhs number: {number};")),
            "{vwide}" => number.bytes().filter_map(|b| char::from_u32(0xFF10 + u32::from(b - b'0'))).collect(),
            _ => match template.strip_prefix("{v3").and_then(|t| t.strip_suffix('}')) {
                Some(joint) => {
                    let joint = match joint {
                        "nbsp" => "\u{a0}",
                        "thin" => "\u{2009}",
                        "nnbsp" => "\u{202f}",
                        "zwsp" => "\u{200b}",
                        "shy" => "\u{ad}",
                        other => other,
                    };
                    format!("patient {}, again", joined(joint))
                }
                None => template.replace("{v}", &number),
            },
        };
        Self::placed(id, "whole", "nhs", place, text, vec![number])
    }

    fn placed(
        shape: String,
        cut: &'static str,
        look: &'static str,
        (place, frame): (&'static str, &'static str),
        text: String,
        planted: Vec<String>,
    ) -> Self {
        let shown = match place {
            "mail" => text.replace('\n', "\n> "),
            "bullet" => text.replace('\n', "\n  "),
            _ => text.clone(),
        };
        let paste = frame.replacen('¤', &shown, 1);
        Self { shape, cut, look, place, paste, line: text, planted, around: frame.to_owned() }
    }
}
