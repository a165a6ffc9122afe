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

/// A table in which these bytes are marked.
pub(super) const fn only(marked: &[u8]) -> [bool; 256] {
    let (mut table, mut at) = ([false; 256], 0);
    while at < marked.len() {
        table[marked[at] as usize] = true;
        at += 1;
    }
    table
}
