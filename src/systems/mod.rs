//! The patterns of the systems that packs know, as one table that is searched as it is: how a system is recognised, and the
//! words in which it refuses. The meaning of the words is in `pack::system`.

pub(crate) mod table;

/// The table of the built-in packs.
pub(crate) static BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/systems.table"));

#[cfg(test)]
mod tests {
    use super::table::{PatternKind, SystemPattern, SystemTable, is_system, pattern_words, write};

    fn table(patterns: &[&str]) -> Vec<u8> {
        let patterns: Vec<SystemPattern> = patterns
            .iter()
            .enumerate()
            .map(|(answer, text)| SystemPattern { text: (*text).to_owned(), kind: PatternKind::Words, file: 3, answer })
            .collect();
        write(&patterns).expect("the patterns fit a table")
    }

    fn found(patterns: &[&str], text: &str) -> Vec<(usize, String)> {
        let table = table(patterns);
        let hits = SystemTable::of(&table).find(text);
        hits.into_iter().map(|hit| (hit.answer, text[hit.range].to_owned())).collect()
    }

    #[test]
    fn names_of_files() {
        assert!(is_system("_system.toml") && is_system("_system-kong.toml"));
        assert!(!is_system("_systems.toml") && !is_system("system.toml") && !is_system("_system-kong.txt"));
    }

    #[test]
    fn case_space_and_punctuation_do_not_count() {
        let text = "log: {\\\"message\\\":\\\"no  credentials\\nfound for 'ISS'\\\"}";
        assert_eq!(found(&["No credentials nfound for iss"], text).len(), 1);
        assert_eq!(found(&["credentials, found"], "credentials found"), [(0, "credentials found".to_owned())]);
    }

    #[test]
    fn a_gap_is_a_few_words_wide() {
        let pattern = ["audience {} is not allowed"];
        assert_eq!(found(&pattern, "The audience https://a.example/x is not allowed.").len(), 1);
        assert_eq!(found(&pattern, "The audience is not allowed.").len(), 1);
        assert_eq!(found(&pattern, "audience:\nit is not allowed").len(), 0);
        assert_eq!(found(&pattern, &format!("The audience {} is not allowed", "word ".repeat(13))).len(), 0);
    }

    #[test]
    fn a_pattern_is_whole_words() {
        assert_eq!(found(&["token key"], "a token keyring, a broken key").len(), 0);
        assert_eq!(found(&["token key", "key"], "this token key").len(), 2);
    }

    #[test]
    fn words_of_patterns() {
        assert_eq!(pattern_words("{x} The {} 'kid' {}"), ["the", "*", "kid"]);
        assert!(pattern_words("{} …").iter().all(|word| word != "*"));
    }

    #[test]
    fn a_long_text_is_searched_at_both_ends() {
        let text = format!("odd words {} odd words", "é ".repeat(300_000));
        assert_eq!(found(&["odd words"], &text).len(), 2);
    }
}
