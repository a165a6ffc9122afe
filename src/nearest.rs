//! The name that was probably meant.

/// Longer words are not compared: the cost of an edit distance is the product of both lengths.
const LONGEST: usize = 64;

/// The name nearest to a word, if at most a third of it differs. Case does not count, and `_` and a space are as good as
/// `-`. `None` where no name is that near.
pub(crate) fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let word = written.to_lowercase().replace(['_', ' '], "-");
    within(&word, names, |name| name.chars().count().max(3) / 3)
}

/// The name nearest to a word, as written, among those that differ in at most `most` characters. Two characters in the
/// wrong order are one difference.
pub(crate) fn within<'n>(
    word: &str,
    names: impl IntoIterator<Item = &'n str>,
    most: impl Fn(&str) -> usize,
) -> Option<&'n str> {
    if word.chars().count() > LONGEST {
        return None;
    }
    names
        .into_iter()
        .map(|name| (strsim::osa_distance(word, name), name))
        .filter(|(distance, name)| *distance <= most(name))
        .min_by_key(|(distance, name)| (*distance, *name))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let names = || ["missing-bearer-prefix", "token-expired", "clock-skew"].into_iter();
        assert_eq!(nearest("mising-bearer-prefix", names()), Some("missing-bearer-prefix"));
        assert_eq!(nearest("Token_Expired", names()), Some("token-expired"));
        assert_eq!(nearest("bearer", names()), None);
        assert_eq!(nearest(&"x".repeat(100_000), names()), None);
    }
}
