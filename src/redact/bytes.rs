//! Tables of bytes: every byte of a text is looked up in several of them.

/// A table in which letters, digits and these bytes are marked.
pub(super) const fn word_and(more: &[u8]) -> [bool; 256] {
    let (mut table, mut byte) = (only(more), 0_u8);
    while byte < 128 {
        table[byte as usize] |= byte.is_ascii_alphanumeric();
        byte += 1;
    }
    table
}

/// For each first byte of these words, the lengths that they have, a bit for each: most words of a text are out at once.
pub(super) const fn lengths<const N: usize>(lists: [&[&str]; N]) -> [u32; 256] {
    let (mut lengths, mut list) = ([0; 256], 0);
    while list < N {
        add_lengths(&mut lengths, lists[list]);
        list += 1;
    }
    lengths
}

/// Adds more words to such a table.
pub(super) const fn add_lengths(lengths: &mut [u32; 256], words: &[&str]) {
    let mut at = 0;
    while at < words.len() {
        let word = words[at].as_bytes();
        lengths[word[0] as usize] |= 1 << word.len();
        at += 1;
    }
}

/// Whether the table has a word of this length that begins like this one, in small letters.
pub(super) fn has_length(lengths: &[u32; 256], word: &str) -> bool {
    let first = word.bytes().next().map_or(0, |first| lengths[usize::from(first.to_ascii_lowercase())]);
    u32::try_from(word.len()).is_ok_and(|len| first.checked_shr(len).is_some_and(|rest| rest & 1 != 0))
}

/// A table in which these bytes are marked.
pub(super) const fn only(marked: &[u8]) -> [bool; 256] {
    let (mut table, mut at) = ([false; 256], 0);
    while at < marked.len() {
        table[marked[at] as usize] = true;
        at += 1;
    }
    table
}
