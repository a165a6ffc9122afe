//! A mail with its MIME head (RFC 5322, RFC 2045): an `.eml` file, or what a mail program shows as the source of a
//! message.

use std::borrow::Cow;

use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};

use super::line_ends::with_plain_line_ends;
use super::{html, rtf};

/// Attached messages are read to this depth.
const DEEPEST: usize = 4;

/// Who wrote it, when and about what, then its text; attached texts and messages follow.
pub(super) fn open(text: &str) -> Option<String> {
    if !is_mail(text) {
        return None;
    }
    let message = MessageParser::default().parse(text.trim_start().as_bytes())?;
    let mut out = String::new();
    write(&mut out, &message, 0);
    Some(out)
}

/// Whether the text begins with the head of a mail. A field that only mails have and one about the encoding are asked for:
/// answers of HTTP have `Content-Type` and `Date` too, and a mail that was copied as it is shown needs no decoding.
fn is_mail(text: &str) -> bool {
    let (mut is_sent, mut is_encoded) = (false, false);
    for line in text.trim_start().lines().take(400) {
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) || line.starts_with("From ") {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) {
            return false;
        }
        match name.to_ascii_lowercase().as_str() {
            "from" | "received" | "return-path" | "message-id" | "subject" | "delivered-to" => is_sent = true,
            "mime-version" | "content-transfer-encoding" => is_encoded = true,
            _ => {}
        }
    }
    is_sent && is_encoded
}

fn write(out: &mut String, message: &Message<'_>, depth: usize) {
    use std::fmt::Write as _;
    let from = message.from().and_then(|a| a.first());
    // Names and addresses are a person's; the name alone says who speaks in a thread.
    if let Some(name) = from.and_then(|a| a.name().or(a.address())) {
        let _ = writeln!(out, "From: {name}");
    }
    if let Some(date) = message.date() {
        let _ = writeln!(out, "Sent: {}", date.to_rfc3339());
    }
    if let Some(subject) = message.subject() {
        let _ = writeln!(out, "Subject: {subject}");
    }
    out.push('\n');
    // Of a text in two forms the plain one is the better, where there is one.
    let shown: &[u32] = if message.text_body.is_empty() { &message.html_body } else { &message.text_body };
    for part in shown.iter().chain(&message.attachments).filter_map(|i| message.part(*i)) {
        match &part.body {
            PartType::Text(text) => {
                let is_flowed = part
                    .content_type()
                    .and_then(|c| c.attribute("format"))
                    .is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
                let text = rtf::open(text).map_or_else(|| with_plain_line_ends(text), Cow::Owned);
                if is_flowed { push_flowed(out, &text) } else { out.push_str(&text) }
            }
            PartType::Html(page) => out.push_str(&html::text(page)),
            PartType::Message(inner) if depth < DEEPEST => write(out, inner, depth + 1),
            // JSON, HAR and XML are attached as bytes.
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
                let Some(text) = std::str::from_utf8(bytes).ok().filter(|t| !t.contains('\0')) else { continue };
                out.push_str(&with_plain_line_ends(text));
            }
            _ => continue,
        }
        if !out.ends_with('\n') {
            out.push('\n');
        }
        out.push('\n');
    }
}

/// Joins the lines of a paragraph that its sender broke (RFC 3676: a blank at the end of a line goes on).
fn push_flowed(out: &mut String, text: &str) {
    for line in text.split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        // `-- ` begins the signature.
        let goes_on = content.ends_with(' ') && content != "-- " && !content.trim().is_empty();
        // A space at the beginning was put there so that the line is not taken for a quote.
        out.push_str(content.strip_prefix(' ').unwrap_or(content));
        if !goes_on && line.len() > content.len() {
            out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::open;

    const HEAD: &str = "Received: from a by b;\r\n Tue, 3 Mar 2026 10:15:00 +0000\r\nFrom: Jo Doe <jo@client.example>\r\n\
                        Subject: =?utf-8?q?401_again?=\r\nMIME-Version: 1.0\r\n";

    #[test]
    fn every_encoding_of_a_text_is_read() {
        for (how, body) in [
            ("Content-Transfer-Encoding: quoted-printable", "Authorization:=20Bearer=20a=\r\nb\r\n"),
            ("Content-Transfer-Encoding: base64", "QXV0aG9yaXphdGlvbjogQmVhcmVyIGFiCg==\r\n"),
            ("Content-Type: text/plain; format=flowed", "Authorization: \r\nBearer ab\r\n"),
            ("Content-Type: text/html", "<p>Authorization:\r\n Bearer&nbsp;ab</p>"),
        ] {
            let opened = open(&format!("{HEAD}{how}\r\n\r\n{body}")).expect(how);
            assert!(opened.starts_with("From: Jo Doe\n"), "{opened}");
            assert!(opened.contains("Subject: 401 again\n"), "{opened}");
            assert!(opened.replace('\u{a0}', " ").contains("Authorization: Bearer ab\n"), "{how}: {opened}");
        }
    }

    #[test]
    fn the_parts_of_a_mail_are_read_in_order() {
        let mail = format!(
            "{HEAD}Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n\
             --y\r\nContent-Type: text/plain\r\n\r\nplain\r\n--y\r\nContent-Type: text/html\r\n\r\n<p>rich</p>\r\n--y--\r\n\
             --x\r\nContent-Type: application/json\r\nContent-Disposition: attachment; filename=a.har\r\n\r\n{{\"log\":{{}}}}\r\n--x--\r\n"
        );
        let opened = open(&mail).expect("a mail");
        assert!(opened.contains("plain") && !opened.contains("rich") && opened.contains("{\"log\":{}}"), "{opened}");
    }
}
