use proptest::prelude::*;

use super::*;

/// Decodes escapes (here `^c` is an upper-case c) twice, as nested formats do.
fn unescape(source: &Text) -> Text {
    let mut out = TextBuilder::new(source.span());
    let value = source.as_str();
    let mut chars = value.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if c == '^'
            && let Some(&(j, next)) = chars.peek()
        {
            chars.next();
            out.replace(source, i..j + next.len_utf8(), &next.to_uppercase().to_string());
        } else {
            out.copy(source, i..i + c.len_utf8());
        }
    }
    out.finish()
}

#[test]
fn a_decoded_value_knows_the_characters_it_came_from() {
    let paste = Text::paste("x=^bearer tok");
    let value = unescape(&paste.slice(2..13));
    assert_eq!(value.as_str(), "Bearer tok");
    assert_eq!(value.span_of(0..6), Span::new(2, 9), "the escape belongs to the word");
    assert_eq!(value.slice(7..10).span(), Span::new(10, 13));
    assert!(!value.is_verbatim());
}

#[test]
fn an_empty_value_has_a_place() {
    let paste = Text::paste("Name:   \r\nNext: x");
    let lines = paste.lines();
    assert_eq!(lines.len(), 2);
    let blank = lines[0].slice(5..8).trim();
    assert!(blank.is_empty());
    assert_eq!(blank.span(), Span::new(8, 8));
}

#[test]
fn every_encoding_is_read() {
    assert_eq!(decode(b"\xEF\xBB\xBFab").text, "ab");
    assert_eq!(decode(b"\xFF\xFEa\0\xE9\0").text, "aé");
    assert_eq!(decode(b"a\0b\0").encoding, "UTF-16LE");
    assert_eq!(decode(b"\0a\0b").text, "ab");
    for text in ["GET /a", "“GET” /a\nAuthorization: é"] {
        let units = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let wide = |bytes: fn(u32) -> [u8; 4]| text.chars().flat_map(|c| bytes(u32::from(c))).collect::<Vec<u8>>();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            units(u16::to_le_bytes),
            units(u16::to_be_bytes),
            marked(b"\xFF\xFE", &units(u16::to_le_bytes)),
            wide(u32::to_le_bytes),
            wide(u32::to_be_bytes),
            marked(b"\xFF\xFE\0\0", &wide(u32::to_le_bytes)),
            marked(b"\0\0\xFE\xFF", &wide(u32::to_be_bytes)),
        ] {
            assert_eq!(decode(&bytes).text, text, "{bytes:?}");
        }
    }
    assert_eq!(decode(b"a\0\0\0b\0").text, "a\u{FFFD}");
    let broken = decode(b"a\xFFb");
    assert_eq!((broken.text.as_str(), broken.replaced.as_slice()), ("a\u{FFFD}b", &[1_usize][..]));
}

#[test]
fn columns_count_characters() {
    let text = "é€x\nyz";
    let lines = Lines::of(text);
    assert_eq!(lines.position(text, 5), (1, 3));
    assert_eq!(lines.position(text, 8), (2, 2));
}

proptest! {
    #[test]
    fn spans_stand_on_character_boundaries(source in "[a-zé€^ \r\n\u{1F600}]{0,40}", cut in 0usize..40, len in 0usize..40) {
        let paste = Text::paste(&source);
        let once = unescape(&paste);
        let twice = unescape(&once);
        for text in [&once, &twice] {
            let bounds: Vec<usize> = text.as_str().char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            let start = bounds[cut % bounds.len()];
            let end = bounds[(cut + len) % bounds.len()].max(start);
            let part = text.slice(start..end);
            prop_assert_eq!(part.as_str(), &text.as_str()[start..end]);
            for span in [part.span(), text.span_of(start..end)] {
                prop_assert!(source.is_char_boundary(span.start) && source.is_char_boundary(span.end));
                prop_assert!(span.start <= span.end && span.end <= source.len());
            }
            if part.is_verbatim() {
                let span = part.span();
                prop_assert_eq!(&source[span.start..span.end], part.as_str());
            }
        }
        // Decoding the characters of a span gives the value back.
        let span = once.span();
        if !once.is_empty() {
            let again = unescape(&Text::verbatim(&source[span.start..span.end], span.start));
            prop_assert_eq!(again.as_str(), once.as_str());
        }
    }

    #[test]
    fn any_bytes_become_text(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        let decoded = decode(&bytes);
        for at in decoded.replaced {
            prop_assert!(decoded.text[at..].starts_with(char::REPLACEMENT_CHARACTER));
        }
    }

    #[test]
    fn lines_cover_the_text(source in "[ab\r\n]{0,30}") {
        let text = Text::paste(&source);
        let joined: String = text.lines().iter().map(|l| l.as_str().to_owned()).collect();
        prop_assert_eq!(joined, source.replace(['\r', '\n'], ""));
    }
}
