//! Opens a compressed file with one text in it, and names files that are not text.

use std::io::{Cursor, Read};

/// The most bytes of an input, also of one that was unpacked. The log of a day is read in parts.
pub(super) const MOST_BYTES: usize = 64 << 20;

/// The most lines of an input: each costs some hundred bytes, however short it is.
pub(super) const MOST_LINES: usize = 1_000_000;

/// The first bytes of a gzip file.
pub(super) const GZIP: &[u8] = b"\x1F\x8B";

/// What an input turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unpacked {
    /// It is not compressed, or is a kind that is not opened.
    AsItIs,
    /// The text that was in it.
    Text(Vec<u8>),
    /// It has more than so many bytes when it is unpacked.
    TooLarge,
    /// A ZIP archive with so many files; only one with a single file is opened.
    Several(usize),
    /// It cannot be unpacked: damaged, or with a password.
    Damaged,
}

/// Unpacks a gzip file, or a ZIP archive with a single file in it.
pub(super) fn unpack(bytes: &[u8], most: usize) -> Unpacked {
    if bytes.starts_with(GZIP) {
        // A log that was rotated may be several streams, one after the other.
        return read(flate2::read::MultiGzDecoder::new(bytes), most);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Unpacked::AsItIs;
    }
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Unpacked::Damaged };
    // A Mac adds a file about each file.
    let names: Vec<String> = archive.file_names().flatten().map(std::borrow::Cow::into_owned).collect();
    let is_file = |name: &String| !name.ends_with('/') && !name.starts_with("__MACOSX/");
    match names.iter().filter(|name| is_file(name)).collect::<Vec<_>>().as_slice() {
        [one] => archive.by_name(one).map_or(Unpacked::Damaged, |file| read(file, most)),
        files => Unpacked::Several(files.len()),
    }
}

fn read(source: impl Read, most: usize) -> Unpacked {
    let mut bytes = Vec::new();
    match source.take(most as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() > most => Unpacked::TooLarge,
        Ok(_) => Unpacked::Text(bytes),
        Err(_) => Unpacked::Damaged,
    }
}

/// Whether a text has more lines than this.
pub(super) fn has_more_lines(bytes: &[u8], most: usize) -> bool {
    bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).take(most + 1).count() > most
}

/// The beginnings of files that people attach to tickets, and that need other words than their kind.
const MAGIC: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"%PDF-", "a PDF"),
    (GZIP, "a gzip archive"),
    (b"\xD0\xCF\x11\xE0", "an old Office document or an Outlook message"),
    (b"ElfFile\0", "a Windows event log (EVTX)"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"\x0A\x0D\x0D\x0A", "a packet capture (pcapng)"),
    (b"\xD4\xC3\xB2\xA1", "a packet capture (pcap)"),
    (b"bplist00", "a binary property list"),
    (b"\xFE\xED\xFE\xED", "a key store of Java (JKS)"),
    (b"\xCE\xCE\xCE\xCE", "a key store of Java (JCEKS)"),
];

/// What a file that is not text seems to be.
pub(super) fn binary(bytes: &[u8]) -> Option<String> {
    // The name of its main part is in UTF-16.
    const WORKBOOK: &[u8] = b"W\0o\0r\0k\0b\0o\0o\0k\0";
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") && bytes.windows(WORKBOOK.len()).any(|w| w == WORKBOOK) {
        return Some("an old Excel workbook (xls)".to_owned());
    }
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some((*kind).to_owned());
    }
    if let Some(kind) = in_der(bytes) {
        return Some(kind.to_owned());
    }
    let head = &bytes[..bytes.len().min(8 << 10)];
    if crate::text::decode(&head[..head.len() & !3]).encoding != "UTF-8" {
        return None;
    }
    // Some marks are letters (`BM` of a bitmap): a text is not asked for them.
    let is_text = |head: &[u8]| head.utf8_chunks().take(2).count() < 2 && !head.contains(&0);
    if let Some(kind) = infer::get(head).filter(|_| !is_text(&head[..head.len().min(64)])) {
        let name = kind.extension().to_ascii_uppercase();
        return match kind.matcher_type() {
            infer::MatcherType::Image => Some(format!("an image ({name})")),
            infer::MatcherType::Archive => Some(format!("an archive ({name})")),
            infer::MatcherType::App => Some(format!("a program ({name})")),
            infer::MatcherType::Audio | infer::MatcherType::Video => Some(format!("a recording ({name})")),
            infer::MatcherType::Book | infer::MatcherType::Doc => Some(format!("a document ({name})")),
            infer::MatcherType::Font => Some(format!("a font ({name})")),
            _ => None,
        };
    }
    // One stray NUL in a token is a finding, not a reason to refuse the paste.
    let zeros = head.iter().filter(|b| **b == 0).count();
    (zeros >= 4 && zeros * 20 > head.len()).then(|| "not text (it contains many NUL bytes)".to_owned())
}

/// The content of the sequence in DER (X.690) that begins here, and how many bytes of it there are; `None` if there is none.
fn sequence(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let rest = bytes.strip_prefix(&[0x30])?;
    let (first, rest) = rest.split_first()?;
    match first {
        0..0x80 => Some((rest, usize::from(*first))),
        // The end is marked and not counted.
        0x80 => Some((rest, rest.len())),
        0x81..=0x83 => {
            let (len, rest) = rest.split_at_checked(usize::from(first & 0x0F))?;
            Some((rest, len.iter().fold(0, |len, b| len << 8 | usize::from(*b))))
        }
        _ => None,
    }
}

/// What a file in DER holds: a certificate, a key, or a store of them.
fn in_der(bytes: &[u8]) -> Option<&'static str> {
    // All of the file is one sequence, perhaps with a line end after it.
    let (inside, len) = sequence(bytes)?;
    if len < 16 || inside.len() < len || inside.len() > len + 2 {
        return None;
    }
    // The object identifiers of PKCS #7 and PKCS #5, without their last bytes.
    const SIGNED: &[u8] = b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07";
    const ENCRYPTED: &[u8] = b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x05";
    match inside {
        [0x02, 0x01, 0x03, 0x30, ..] => return Some("a key store (PKCS #12)"),
        // PKCS #1, PKCS #8, and the form of keys on elliptic curves.
        [0x02, 0x01, 0x00, 0x02 | 0x30, ..] | [0x02, 0x01, 0x01, 0x04, ..] => return Some("a private key (DER)"),
        inside if inside.starts_with(SIGNED) => return Some("a list of certificates (PKCS #7)"),
        _ => {}
    }
    match sequence(inside)?.0 {
        // The version of a certificate; of an old one, and of a request, the first number.
        [0xA0, 0x03, 0x02, 0x01, ..] => Some("a certificate (DER)"),
        [0x02, 0x01, 0x00, 0x30, ..] => Some("a request for a certificate (DER)"),
        [0x06, ..] if sequence(inside)?.0.starts_with(ENCRYPTED) => Some("a private key (DER)"),
        [0x06, ..] => Some("a public key (DER)"),
        [0x02, ..] => Some("a certificate or a list of revoked ones (DER)"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        writer.write_all(text).expect("a vector takes it");
        writer.finish().expect("a vector takes it")
    }

    fn archive(names: &[&str], text: &[u8]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a new file");
            writer.write_all(text).expect("a vector takes it");
        }
        writer.finish().expect("a vector takes it").into_inner()
    }

    #[test]
    fn one_text_is_unpacked_within_the_limit() {
        let text = b"GET /a HTTP/1.1\n".repeat(100);
        assert_eq!(unpack(&text, 4_000), Unpacked::AsItIs);
        assert_eq!(unpack(&gzip(&text), 4_000), Unpacked::Text(text.clone()));
        assert_eq!(unpack(&[gzip(b"a"), gzip(b"b")].concat(), 4_000), Unpacked::Text(b"ab".to_vec()));
        assert_eq!(unpack(&gzip(&text), 1_000), Unpacked::TooLarge);
        assert_eq!(unpack(&gzip(&text)[..20], 4_000), Unpacked::Damaged);
        assert_eq!(unpack(&archive(&["a.log"], &text), 4_000), Unpacked::Text(text.clone()));
        assert_eq!(unpack(&archive(&["__MACOSX/._a.log", "a.log"], &text), 4_000), Unpacked::Text(text.clone()));
        assert_eq!(unpack(&archive(&["a.log", "b.log"], &text), 4_000), Unpacked::Several(2));
        assert_eq!(unpack(&archive(&["a.log"], &text), 1_000), Unpacked::TooLarge);
        assert_eq!(unpack(b"PK\x03\x04damaged", 1_000), Unpacked::Damaged);
    }

    #[test]
    fn lines_are_counted() {
        assert!(!has_more_lines(b"a\nb\n", 2));
        assert!(has_more_lines(b"a\nb\n\n", 2));
    }

    #[test]
    fn a_binary_file_is_named() {
        let elf = [b"\x7FELF\x02\x01\x01\0".as_slice(), &[0; 56]].concat();
        for (bytes, kind) in [
            (&b"\x89PNG\r\n\x1a\nxx"[..], "an image (PNG)"),
            (b"\xFF\xD8\xFFxx", "an image (JPG)"),
            (b"GIF89a\x01\0\x01\0", "an image (GIF)"),
            (b"RIFF\x24\0\0\0WEBPVP8 ", "an image (WEBP)"),
            (b"II*\0\x08\0\0\0\0\0", "an image (TIF)"),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "an image (HEIF)"),
            (b"Rar!\x1A\x07\x01\0", "an archive (RAR)"),
            (b"7z\xBC\xAF\x27\x1C\0\x04", "an archive (7Z)"),
            (b"BZh91AY&SY\xFF\xFF", "an archive (BZ2)"),
            (b"\xFD7zXZ\0\0\x04", "an archive (XZ)"),
            (b"\x28\xB5\x2F\xFD\x04", "an archive (ZST)"),
            (&elf, "a program (ELF)"),
            (b"ElfFile\0\0\0", "a Windows event log (EVTX)"),
            (b"PK\x03\x04xx", "a ZIP archive or an Office document"),
            (b"\xFE\xED\xFE\xED\0\0\0\x02\0\0\0\x01", "a key store of Java (JKS)"),
            (b"\xCE\xCE\xCE\xCE\0\0\0\x02\0\0\0\x01", "a key store of Java (JCEKS)"),
            (b"ab\0\0\0\0\0\0cd", "not text (it contains many NUL bytes)"),
        ] {
            assert_eq!(binary(bytes).as_deref(), Some(kind));
        }
    }

    #[test]
    fn certificates_and_keys_are_named() {
        let file = |inside: &[u8]| [b"\x30\x82\x01\x00", inside, &vec![0xAB; 256 - inside.len()]].concat();
        for (inside, kind) in [
            (&b"\x30\x81\xA0\xA0\x03\x02\x01\x02\x02\x14"[..], "a certificate (DER)"),
            (b"\x30\x81\xA0\x02\x14", "a certificate or a list of revoked ones (DER)"),
            (b"\x30\x81\xB5\x02\x01\0\x30\x0C", "a request for a certificate (DER)"),
            (b"\x02\x01\x03\x30\x82\x06\x35", "a key store (PKCS #12)"),
            (b"\x02\x01\0\x30\x0D\x06\x09", "a private key (DER)"),
            (b"\x02\x01\0\x02\x81\x81", "a private key (DER)"),
            (b"\x02\x01\x01\x04\x20", "a private key (DER)"),
            (b"\x30\x57\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x05\x0D", "a private key (DER)"),
            (b"\x30\x0D\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01", "a public key (DER)"),
            (b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", "a list of certificates (PKCS #7)"),
        ] {
            assert_eq!(binary(&file(inside)).as_deref(), Some(kind));
        }
        // A shorter or a longer file is something else.
        assert_eq!(in_der(&file(b"\x02\x01\x03\x30")[..200]), None);
        assert_eq!(in_der(b"0 results, 401 for each of them, and no more in the log of today"), None);
    }

    #[test]
    fn text_is_not_binary() {
        assert_eq!(binary(b"G\0E\0T\0 \0/\0"), None, "UTF-16 without a mark");
        assert_eq!(binary(b"\xFF\xFEG\0E\0T\0"), None);
        assert_eq!(binary(b"G\0\0\0E\0\0\0T\0\0\0"), None, "UTF-32");
        assert_eq!(binary(b"Authorization: Bearer ab\0cd"), None, "a NUL in a token is for the diagnosis");
        assert_eq!(binary(b"caf\xE9"), None, "Latin-1");
        assert_eq!(binary(b"BM25 gives 401, it says"), None, "the mark of a bitmap");
    }
}
