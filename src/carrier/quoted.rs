//! Text in quoted-printable (RFC 2045, section 6.7) whose mail head was not copied.

/// The longest line that quoted-printable allows, with its `=`.
const LONGEST: usize = 76;

/// The least length at which an encoder breaks a line: what follows would not fit.
const SHORTEST: usize = 70;

/// The decoded text, if all of it is valid quoted-printable and something shows that it is meant so.
pub(super) fn open(text: &str) -> Option<String> {
    if !text.contains('=') {
        return None;
    }
    let (mut is_broken, mut escapes) = (false, 0_usize);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let bytes = line.as_bytes();
        let mut at = 0;
        while let Some(i) = bytes[at..].iter().position(|b| *b == b'=') {
            let mark = at + i;
            match bytes.get(mark + 1..) {
                // A soft line break is at the end of a line that was too long, or of one that ends in white space. A
                // shorter line may end with the padding of base64: `Authorization: Basic …=`.
                Some([]) => {
                    // The marks of a quoted mail would be in the middle of the text.
                    if line.starts_with('>') && lines.peek().is_some_and(|next| next.starts_with('>')) {
                        return None;
                    }
                    let is_full = mark >= SHORTEST || mark >= LONGEST / 2 && bytes[mark - 1] == b' ';
                    is_broken |= is_full && lines.peek().is_some();
                }
                // But for the `F` of a line that begins with `From`.
                Some([a, b, ..]) if is_left_alone(*a, *b) && !line[mark..].starts_with("=46rom ") => return None,
                Some([a, b, ..]) if is_hex(*a) && is_hex(*b) => {
                    escapes +=
                        usize::from(matches!((*a, *b), (b'3', b'D') | (b'2', b'0') | (b'C', b'2') | (b'E', b'2')));
                }
                _ => return None,
            }
            at = mark + 1;
        }
        if bytes.len() > LONGEST {
            return None;
        }
    }
    // One `=3D` may be the value of a query.
    if !is_broken && escapes < 2 {
        return None;
    }
    let decoded = quoted_printable::decode(text, quoted_printable::ParseMode::Robust).ok()?;
    match String::from_utf8(decoded) {
        Ok(text) => Some(text),
        // In another character set, or no quoted-printable at all.
        Err(error) => (escapes > 0).then(|| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

/// Whether two hexadecimal digits mean a character that every encoder leaves as it is.
fn is_left_alone(a: u8, b: u8) -> bool {
    let digits = [a, b];
    let code = std::str::from_utf8(&digits).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
    code.is_some_and(|code| code.is_ascii_alphanumeric() || b"'()*+,-/:;?%&<>_".contains(&code))
}

fn is_hex(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::open;

    #[test]
    fn soft_line_breaks_and_escapes_are_undone() {
        let text =
            "Authorization: Bearer eyJhbGciOiJSUzUxMiJ9.eyJpc3MiOiJhYmMiLCJhdWQiOiJkZWY=\niLCJleHAiOjF9.sig=3D=3D\n";
        let opened = open(text).expect("it is quoted-printable");
        assert_eq!(
            opened.trim_end(),
            "Authorization: Bearer eyJhbGciOiJSUzUxMiJ9.eyJpc3MiOiJhYmMiLCJhdWQiOiJkZWYiLCJleHAiOjF9.sig=="
        );
    }

    #[test]
    fn other_equals_signs_are_left_alone() {
        assert_eq!(open("GET /a?b=c HTTP/1.1\n"), None);
        assert_eq!(open("grant_type=3Dx&y=z\n"), None);
        assert_eq!(open("token: YWJj=\nnext\n"), None, "base64 padding");
        assert_eq!(open("> Authorization: Basic am86d3JvbmctaG9yc2U=\n>\n"), None, "base64 padding");
        let name = "x".repeat(60);
        assert_eq!(open(&format!("{name}_token=6B9oPLCjSnBL=\n- two\n")), None, "`=6B` is in a value by chance");
        assert_eq!(open(&format!("{name}_token=FDVRCykEeG8N=\n- two\n")), None, "no UTF-8");
        assert_eq!(open(&format!("{name}_token=3DVRCykEeG8N=\n")), None, "nothing follows");
        assert_eq!(open(&format!("> {name}6B9oPLCjSnBL=\n> two\n")), None, "a quoted mail");
        assert_eq!(open(&format!("a=20{}\n", "x".repeat(90))), None, "a line that is too long");
    }
}
