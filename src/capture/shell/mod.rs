//! Splits a pasted command line into words as its shell would, each word still knowing its place in the paste.
//!
//! Three shells matter: bash and its like, the Windows command prompt, and PowerShell. A paste has been through mail
//! programs, forums and ticket systems on its way here, so some damage that they are known to do is repaired, and
//! noted: typographic quotes, no-break spaces, blanks after a continuation sign, continuation signs lost, quotes
//! that never close.

mod cmd;
mod lexer;
mod posix;
mod power;
pub(crate) mod power_variables;
pub(crate) mod request;
mod split;
pub(crate) mod variables;

pub(crate) use lexer::{Quoted, Shell, ShellWord, line_before};
use lexer::{first_bytes, first_line};
pub(crate) use power::power_value;
pub(crate) use split::split;

use crate::text::Text;

/// Which shell a command was written for: by its continuation signs, then by the prompt before it, then by signs
/// that only one shell has.
pub(crate) fn shell_of(text: &Text, from: usize) -> Shell {
    let s = text.as_str();
    let before = line_before(s, from);
    let line = first_line(s.get(from..).unwrap_or(""));
    let trimmed = line.trim_end();
    let inline = before.ends_with('`');
    if trimmed.ends_with('^') {
        return Shell::Cmd;
    }
    if trimmed.ends_with('`') && !inline {
        return Shell::Power;
    }
    if trimmed.ends_with('\\') {
        return Shell::Posix;
    }
    let prompt = before.trim().trim_start_matches("(").trim_end_matches("& ").trim_end();
    if prompt.ends_with('>') {
        if prompt.starts_with("PS") {
            return Shell::Power;
        }
        let mut signs = prompt.chars();
        if signs.next().is_some_and(|c| c.is_ascii_alphabetic()) && signs.next() == Some(':') {
            return Shell::Cmd;
        }
    }
    if prompt.ends_with('$') {
        return Shell::Posix;
    }
    let line = first_bytes(line, 4096);
    if line.contains("^\"") {
        return Shell::Cmd;
    }
    if line.to_ascii_lowercase().contains("$env:") {
        return Shell::Power;
    }
    if !line.contains('\'') && line.match_indices('%').any(|(i, _)| cmd::percent_name(line, i).is_some()) {
        return Shell::Cmd;
    }
    Shell::Posix
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn never(_: &str, _: &[ShellWord]) -> bool {
        false
    }

    fn words(shell: Shell, source: &str) -> Vec<String> {
        let text = Text::paste(source);
        split(shell, &text, 0, &never).words.iter().map(|w| w.text.as_str().to_owned()).collect()
    }

    fn expanded(shell: Shell, source: &str) -> Vec<String> {
        let text = Text::paste(source);
        let command = split(shell, &text, 0, &never);
        let parts =
            |w: &ShellWord| w.expansions.iter().map(|e| w.text.as_str()[e.clone()].to_owned()).collect::<Vec<_>>();
        command.words.iter().flat_map(parts).collect()
    }

    #[test]
    fn bash_words() {
        let cases: &[(&str, &[&str])] = &[
            ("c a  b", &["c", "a", "b"]),
            ("c 'a b' \"c d\"", &["c", "a b", "c d"]),
            ("c 'it'\\''s'", &["c", "it's"]),
            ("c a\\ b \\'x", &["c", "a b", "'x"]),
            ("c \\\n  -x", &["c", "-x"]),
            ("c \\\r\n  -x", &["c", "-x"]),
            ("c \\  \n  -x", &["c", "-x"]),
            ("c \\\n> -x", &["c", "-x"]),
            ("c \"a\\\nb\"", &["c", "ab"]),
            ("c \"a\\$b\\\"c\\d\"", &["c", "a$b\"c\\d"]),
            ("c $'a\\tb\\u00e9\\xc3\\xa9\\'\\101'", &["c", "a\tb\u{e9}\u{e9}'A"]),
            ("c $\"x\"", &["c", "x"]),
            ("c a; d", &["c", "a"]),
            ("c a | d", &["c", "a"]),
            ("c a && d", &["c", "a"]),
            ("c a > f -x 2>&1 -y", &["c", "a", "-x", "-y"]),
            ("c <access token> <id>", &["c", "<access token>", "<id>"]),
            ("c a # b", &["c", "a"]),
            ("c a#b", &["c", "a#b"]),
            ("c a\nd", &["c", "a"]),
            ("c \u{201c}a b\u{201d} \u{2018}c d\u{2019}", &["c", "a b", "c d"]),
            ("c 'a\u{201c}b'", &["c", "a\u{201c}b"]),
            ("c 'open\nnext", &["c", "open"]),
            ("c \"open \\\n  -x", &["c", "open", "-x"]),
            ("c '' \"\"", &["c", "", ""]),
            ("c \"$(d \"x y\")\" z", &["c", "$(d \"x y\")", "z"]),
        ];
        for (source, expected) in cases {
            let expected: Vec<String> = expected.iter().map(|s| (*s).to_owned()).collect();
            assert_eq!(words(Shell::Posix, source), expected, "{source}");
        }
    }

    #[test]
    fn command_prompt_words() {
        let cases: &[(&str, &[&str])] = &[
            ("c ^\n  -x ^\r\n  -y", &["c", "-x", "-y"]),
            ("c \"a \"\"b\"\" c\"", &["c", "a \"b\" c"]),
            ("c \"a \\\"b\\\" c\" d\\e", &["c", "a \"b\" c", "d\\e"]),
            ("c ^\"^{^\\^\"a^\\^\": 1^}^\" x", &["c", "{\"a\": 1}", "x"]),
            ("c ^\"a^\n\nb^\"", &["c", "a\nb"]),
            ("c \"a^b\" a^&b", &["c", "a^b", "a&b"]),
            ("c \"a&b\" & d", &["c", "a&b"]),
            ("c 'a b'", &["c", "'a", "b'"]),
            ("c \"a\\\\\" b", &["c", "a\\", "b"]),
            ("c a 2>nul b > f d", &["c", "a", "b", "d"]),
        ];
        for (source, expected) in cases {
            let expected: Vec<String> = expected.iter().map(|s| (*s).to_owned()).collect();
            assert_eq!(words(Shell::Cmd, source), expected, "{source}");
        }
    }

    #[test]
    fn powershell_words() {
        let cases: &[(&str, &[&str])] = &[
            ("c `\n  -x `\r\n  -y", &["c", "-x", "-y"]),
            ("c 'it''s' \"say \"\"hi\"\"\"", &["c", "it's", "say \"hi\""]),
            ("c \"a`\"b`n`$x\"", &["c", "a\"b\n$x"]),
            ("c \u{201c}a b\u{201d} \u{2018}c d'", &["c", "a b", "c d"]),
            ("c @{ 'a' = \"}\"; b = 1 } -x", &["c", " 'a' = \"}\"; b = 1 ", "-x"]),
            ("c @'\na 'b'\n$x\n'@ -x", &["c", "a 'b'\n$x", "-x"]),
            ("c (Get-Content x) y", &["c", "(Get-Content x)", "y"]),
        ];
        for (source, expected) in cases {
            let expected: Vec<String> = expected.iter().map(|s| (*s).to_owned()).collect();
            assert_eq!(words(Shell::Power, source), expected, "{source}");
        }
    }

    #[test]
    fn what_the_shell_puts_in() {
        let posix = "c \"Bearer $TOKEN\" '$NO' ${A:-b} \"$(d \"x\")\" \\$e `f g` $1 a$ \"$\"";
        assert_eq!(expanded(Shell::Posix, posix), ["$TOKEN", "${A:-b}", "$(d \"x\")", "`f g`", "$1"]);
        let cmd = "c \"Bearer %TOKEN%\" %A_1% a%20b%20c %C3%A9 100%";
        assert_eq!(expanded(Shell::Cmd, cmd), ["%TOKEN%", "%A_1%"]);
        let power = "c \"Bearer $token.x\" '$no' $env:TOKEN \"$($r.access_token)\" $r.token `$e";
        assert_eq!(expanded(Shell::Power, power), ["$token", "$env:TOKEN", "$($r.access_token)", "$r.token"]);
    }

    #[test]
    fn which_shell() {
        let shell = |source: &str| shell_of(&Text::paste(source), source.find("curl").unwrap_or(0));
        assert_eq!(shell("curl https://a.example/ \\\n -H 'x: y'"), Shell::Posix);
        assert_eq!(shell("curl https://a.example/ ^\r\n -H \"x: y\""), Shell::Cmd);
        assert_eq!(shell("curl.exe https://a.example/ `\n -H 'x: y'"), Shell::Power);
        assert_eq!(shell("C:\\work>curl https://a.example/"), Shell::Cmd);
        assert_eq!(shell("PS C:\\work> curl.exe https://a.example/"), Shell::Power);
        assert_eq!(shell("me@box:~$ curl https://a.example/"), Shell::Posix);
        assert_eq!(shell("run `curl https://a.example/`"), Shell::Posix);
        assert_eq!(shell("curl -H \"x: %TOKEN%\" https://a.example/"), Shell::Cmd);
    }

    #[test]
    fn damage_is_noted() {
        let notes = |source: &str| split(Shell::Posix, &Text::paste(source), 0, &never).notes.len();
        assert_eq!(notes("c a \\\n b"), 0);
        assert_eq!(notes("c a \\ \n b"), 1);
        assert_eq!(notes("c \u{201c}a\u{201d}"), 1);
        assert_eq!(notes("c 'a"), 1);
        assert_eq!(notes("c a?x=1&y=2"), 1);
    }

    /// Writes a word as one that bash reads back, in one of several ways.
    fn quote(word: &str, how: u8) -> String {
        match how % 4 {
            0 => format!("'{}'", word.replace('\'', "'\\''")),
            1 => {
                let escaped = word.chars().flat_map(|c| {
                    let escape = matches!(c, '"' | '\\' | '$' | '`').then_some('\\');
                    escape.into_iter().chain([c])
                });
                format!("\"{}\"", escaped.collect::<String>())
            }
            2 => format!("$'{}'", word.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n")),
            _ if word.is_empty() || word.contains('\n') => quote(word, 0),
            _ => word.chars().flat_map(|c| ['\\', c]).collect(),
        }
    }

    proptest! {
        #[test]
        fn a_quoted_word_is_read_back(list in proptest::collection::vec(("[a-z '\"\\\\$`<>|&;#\n\u{e9}\u{201c}(){}-]{0,12}", any::<u8>()), 0..6)) {
            let line: String = list.iter().map(|(word, how)| format!(" {}", quote(word, *how))).collect();
            let expected: Vec<String> = std::iter::once("c".to_owned()).chain(list.iter().map(|(w, _)| w.clone())).collect();
            prop_assert_eq!(words(Shell::Posix, &format!("c{line}")), expected);
        }

        #[test]
        fn any_text_is_split(source in "(?s)[ac '\"\\\\$`^%<>|&;#@{}()=\r\n\u{e9}\u{201c}\u{2019}\u{a0}-]{0,60}", from in 0usize..70) {
            let text = Text::paste(&source);
            for shell in [Shell::Posix, Shell::Cmd, Shell::Power] {
                let command = split(shell, &text, from, &|line, _| line.starts_with('-'));
                prop_assert!(command.end <= source.len() && source.is_char_boundary(command.end));
                for word in &command.words {
                    let spans = word.expansions.iter().map(|e| word.text.span_of(e.clone())).chain([word.text.span()]);
                    for span in spans {
                        let fits = source.get(span.start..span.end).is_some();
                        prop_assert!(fits, "{:?}", span);
                    }
                    for range in &word.expansions {
                        prop_assert!(word.text.as_str().get(range.clone()).is_some());
                    }
                }
            }
        }
    }
}
