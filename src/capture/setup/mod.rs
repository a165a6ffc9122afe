//! What the text shows of the client's own set-up: the code, the configuration, the environment and the shell that decide
//! which credentials are sent. It finds values that cannot be meant, such as a blank key or the name of a variable, and
//! quotes, dollar signs and line ends that change a value on its way.
//!
//! It says what is wrong with a value and where. Which cause that means is left to the rules. It does not run anything:
//! an expression is not a value.

mod arguments;
mod assignments;
mod source;
pub(crate) mod value;

use assignments::{Setting, SetupContext};

use super::model::Setup;
use crate::facts::{CredentialsSource, SetupFault};
use crate::text::{Span, Text};

/// Longer lines are records of machines.
const LONGEST: usize = 2_000;

/// How many faults are kept. Their first ones say enough.
const MOST: usize = 20;

/// Reads what a text shows of the set-up.
pub(crate) fn read(text: &Text) -> Setup {
    let whole = text.as_str();
    let context = context(whole);
    let mut setup = Setup::default();
    // Real values of settings, to find one that is used as identifier and as credential.
    let mut values: Vec<(&str, bool, Span)> = Vec::new();
    let mut at = 0;
    for line in whole.split('\n') {
        let span = |range: std::ops::Range<usize>| text.span_of(at + range.start..at + range.end);
        if line.len() <= LONGEST && setup.faults.len() < MOST {
            if line.contains(['=', ':']) {
                for setting in assignments::of_line(line) {
                    let place = span(setting.at.clone());
                    setup.faults.extend(setting.fault(context).map(|fault| (fault, place)));
                    note(
                        &mut setup.kinds,
                        setting.kind().filter(|_| setting.is_literal || setting.quote.is_none()),
                        place,
                    );
                    same(&mut setup.faults, &mut values, &setting, place);
                }
            }
            setup.faults.extend(source::faults(line).into_iter().map(|(fault, range)| (fault, span(range))));
        }
        at += line.len() + 1;
    }
    setup.faults.extend(echoed(whole, text));
    setup.faults.extend(netrc(whole, text));
    setup.faults.extend(not_filled_in(whole, text));
    setup.faults.extend(secure_string(whole, text));
    setup.faults.extend(arguments::in_wrong_place(whole).map(|at| (SetupFault::OptionsInWrongPlace, text.span_of(at))));
    setup
}

/// What decides how an environment file is read.
fn context(text: &str) -> SetupContext {
    let keeps_quotes = ["docker run", "podman run", "docker create", "kubectl"].iter().any(|tool| {
        text.match_indices(tool).take(8).any(|(at, _)| {
            let rest = &text[at..];
            let command = &rest[..rest.find("\n\n").unwrap_or(rest.len()).min(rest.floor_char_boundary(600))];
            command.contains("--env-file") || command.contains("--from-env-file")
        })
    });
    SetupContext { keeps_quotes, has_properties: text.contains(".properties") }
}

fn note(kinds: &mut Vec<(CredentialsSource, Span)>, kind: Option<CredentialsSource>, at: Span) {
    if let Some(kind) = kind.filter(|kind| kinds.iter().all(|(known, _)| known != kind)) {
        kinds.push((kind, at));
    }
}

/// The same value as identifier and as credential.
fn same<'t>(
    faults: &mut Vec<(SetupFault, Span)>,
    values: &mut Vec<(&'t str, bool, Span)>,
    setting: &Setting<'t>,
    at: Span,
) {
    if !setting.is_real() || values.len() >= MOST {
        return;
    }
    let is_identifier = setting.is_identifier();
    if values.iter().any(|(value, other, _)| *value == setting.value && *other != is_identifier) {
        faults.push((SetupFault::SameAsIdentifier, at));
    }
    values.push((setting.value, is_identifier, at));
}

/// `… key provided: "abc***xyz"`: a server that prints the key that it got, with most of it masked.
fn echoed(whole: &str, text: &Text) -> Option<(SetupFault, Span)> {
    let is_about = |before: &str, word: &str| before.trim_end().to_ascii_lowercase().ends_with(word);
    let provided = whole
        .match_indices(" provided: ")
        .find(|(at, _)| is_about(&whole[..*at], "key") || is_about(&whole[..*at], "token"));
    let (at, marks) = provided.or_else(|| {
        let invalid = ["invalid token: ", "invalid api key: ", "invalid key: ", "unknown token: "];
        invalid.iter().find_map(|words| whole.match_indices(words).next())
    })?;
    let from = at + marks.len();
    let rest = &whole[from..];
    let len = rest.find([' ', '\n', ',']).unwrap_or(rest.len()).min(200);
    let shown = rest.get(..len)?.trim_end_matches(['.', ';', ')', '}']);
    let quote = shown.chars().next().filter(|c| matches!(c, '"' | '\''));
    let place = text.span_of(from..from + shown.len());
    match quote {
        Some(quote) if shown.len() > 2 && shown.ends_with(quote) && shown.contains("**") => {
            // A message may put quotes around whatever it shows, but the setting has the same ones.
            let is_set_so = whole.lines().filter(|line| line.len() <= LONGEST).any(|line| {
                assignments::of_line(line).iter().any(|s| {
                    s.quote == Some(quote) && shown[1..].chars().next().is_some_and(|c| s.value.starts_with(c))
                })
            });
            is_set_so.then_some((SetupFault::QuotesKept, place))
        }
        _ => value::fault("key", shown.trim_matches(['"', '\'', ')'])).map(|fault| (fault, place)),
    }
}

/// `Bearer undefined`: the word that a language prints for a value that is not there, in the place of a token.
fn not_filled_in(whole: &str, text: &Text) -> Option<(SetupFault, Span)> {
    const MARK: &str = "Bearer ";
    const WORDS: [&str; 8] =
        ["undefined", "null", "None", "nil", "NaN", "[object Object]", "[object Promise]", "<nil>"];
    /// The beginnings of what a language prints for an object: its type.
    const TYPES: [&str; 7] = [
        "System.Security.SecureString",
        "System.Collections.",
        "System.Object",
        "System.Threading.Tasks.Task",
        "<coroutine object",
        "<function ",
        "<bound method",
    ];
    /// Words that deny or forbid it: the sentence then does not say what was sent.
    const DENIED: [&str; 6] = ["not ", "n't ", "never ", "instead of ", "avoid ", "without "];
    whole.match_indices(MARK).find_map(|(at, _)| {
        let from = at + MARK.len();
        let word = WORDS.iter().chain(&TYPES).find(|word| whole[from..].starts_with(**word))?;
        let to = from + word.len();
        let goes_on = WORDS.contains(word)
            && whole[to..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '('));
        let line = whole[..at].rfind('\n').map_or(0, |i| i + 1);
        let before = &whole[whole.ceil_char_boundary(line.max(at.saturating_sub(40)))..at];
        let is_denied = DENIED.iter().any(|word| before.to_ascii_lowercase().contains(word));
        (!goes_on && !is_denied).then(|| (SetupFault::NotFilledIn, text.span_of(from..to)))
    })
}

/// `"Bearer $token"` in PowerShell, where the variable is a `SecureString`: in a string that is the name of the type.
fn secure_string(whole: &str, text: &Text) -> Option<(SetupFault, Span)> {
    const MAKERS: [&str; 2] = ["ConvertTo-SecureString", "-AsSecureString"];
    /// The most variables that are looked for.
    const MOST_VARIABLES: usize = 10;
    let made = MAKERS.iter().flat_map(|maker| whole.match_indices(maker)).take(MOST_VARIABLES);
    made.filter_map(|(at, _)| {
        let line = &whole[whole[..at].rfind('\n').map_or(0, |i| i + 1)..at];
        let name = line.split_once('=')?.0.trim();
        let is_name = name.len() > 1
            && name.starts_with('$')
            && name[1..].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        is_name.then_some(name)
    })
    .find_map(|name| {
        let mark = format!("Bearer {name}");
        let from = whole
            .match_indices(&mark)
            .map(|(at, _)| at + "Bearer ".len())
            .find(|from| !whole[from + name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))?;
        Some((SetupFault::NotFilledIn, text.span_of(from..from + name.len())))
    })
}

/// `machine a.example login jo password …` of a `.netrc` file: clients take the credentials from it unasked.
fn netrc(whole: &str, text: &Text) -> Option<(SetupFault, Span)> {
    let at = whole.find("netrc")?;
    let is_shown = whole.contains("machine ") && whole.contains("login ");
    is_shown.then(|| (SetupFault::OtherSource, text.span_of(at..at + "netrc".len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<&'static str> {
        read(&Text::paste(text)).faults.into_iter().map(|(fault, _)| crate::facts::Word::word(fault)).collect()
    }

    #[test]
    fn a_server_that_prints_the_key() {
        assert_eq!(
            faults("Incorrect API key provided: \"n4**xR\".\nset MAIL_KEY=\"n4XqQ9xLr6xR\""),
            ["quotes-kept", "quotes-kept"]
        );
        assert_eq!(faults("Incorrect API key provided: 'n4**xR'."), [""; 0]);
        assert_eq!(faults("Incorrect API key provided: n4**xR."), [""; 0]);
        assert_eq!(faults("Incorrect API key provided: MAIL_A**_KEY."), ["name-for-value"]);
    }

    #[test]
    fn a_printed_value_that_is_not_there() {
        assert_eq!(faults("console.log shows: Bearer undefined"), ["not-filled-in"]);
        assert_eq!(faults("the header is \"Bearer null\" in the trace"), ["not-filled-in"]);
        assert_eq!(faults("make sure it does not send Bearer undefined"), [""; 0]);
        assert_eq!(faults("Bearer nullable.token and Bearer None_x"), [""; 0]);
    }

    #[test]
    fn a_printed_type_in_the_place_of_a_value() {
        assert_eq!(faults("header: Bearer <coroutine object token at 0x7f>"), ["not-filled-in"]);
        assert_eq!(faults("Authorization: Bearer System.Security.SecureString"), ["not-filled-in"]);
        let secure = "$t = ConvertTo-SecureString $env:T -AsPlainText -Force\n";
        assert_eq!(faults(&format!("{secure}-Headers @{{ Authorization = \"Bearer $t\" }}")), ["not-filled-in"]);
        assert_eq!(faults(&format!("{secure}-Headers @{{ Authorization = \"Bearer $token\" }}")), [""; 0]);
        assert_eq!(faults(&format!("{secure}-Authentication Bearer -Token $t")), [""; 0]);
    }

    #[test]
    fn one_value_in_two_settings() {
        let text = "client_id = \"n4XqQ9xLr6TbVd2K\"\ntoken = \"n4XqQ9xLr6TbVd2K\"\n";
        assert_eq!(faults(text), ["same-as-identifier"]);
        assert_eq!(faults("client_id = \"n4XqQ9xLr6TbVd2K\"\ntoken = \"mB7cXe1ZrT5yUq0W\"\n"), [""; 0]);
    }

    #[test]
    fn quotes_of_an_environment_file() {
        assert_eq!(faults("MAIL_TOKEN=\"n4XqQ9xLr6Tb\"\n"), [""; 0]);
        assert_eq!(faults("MAIL_TOKEN=\"n4XqQ9xLr6Tb\"\n\ndocker run --env-file a.env mail\n"), ["quotes-kept"]);
        assert_eq!(faults("MAIL_TOKEN=\"n4XqQ9xLr6Tb\"\n\nnode --env-file=a.env mail.js\n"), [""; 0]);
    }
}
