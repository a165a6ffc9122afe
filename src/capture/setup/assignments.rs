//! Settings of a client: `NAME=value` of a shell, an environment file or a container, `name: value` of YAML and its like,
//! arguments and members in code.

use std::ops::Range;

use super::value::{fault, keeps_line_end, names_a_place};
use crate::facts::{CredentialsSource, SetupFault};
use crate::redact::names::telling;
use crate::shape;
use crate::text::offset_in;

/// How many separators of a line are read.
const MOST: usize = 40;

/// Where a setting is, which decides what its quotes mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A line of a shell, in which quotes are syntax: `export NAME=value`.
    Shell,
    /// `set NAME=value` of the Windows command prompt, in which quotes are part of the value.
    CommandPrompt,
    /// `- NAME=value` in a list of YAML, in which quotes are part of the value.
    ListItem,
    /// `NAME=value` alone on a line: a shell or an environment file.
    Environment,
    /// `name = value` with a dotted name in lower case.
    Dotted,
    /// `name: value` or `"name": value`.
    Mapping,
    /// Anything else: `name = value`, an argument of a call.
    Code,
}

/// What a program reads its environment from, as far as the text says it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SetupContext {
    /// A tool that keeps quotes reads the environment file.
    pub(super) keeps_quotes: bool,
    /// There is a `.properties` file.
    pub(super) has_properties: bool,
}

/// A setting whose name says that the value is a credential or a part of one.
#[derive(Debug)]
pub(super) struct Setting<'t> {
    pub(super) name: &'t str,
    pub(super) place: Place,
    /// The value without quotes.
    pub(super) value: &'t str,
    /// The quote around it.
    pub(super) quote: Option<char>,
    /// The range of the value in the line, with its quotes; of the name where it is blank.
    pub(super) at: Range<usize>,
    /// Whether the value is a literal: not a call, a variable, a number.
    pub(super) is_literal: bool,
    /// Whether the line ends after it.
    pub(super) ends_line: bool,
}

/// The settings of a line that are about credentials.
pub(super) fn of_line(line: &str) -> Vec<Setting<'_>> {
    let marks = line.char_indices().filter(|(_, c)| matches!(c, '=' | ':'));
    marks.take(MOST).filter_map(|(at, mark)| setting(line, at, mark)).collect()
}

fn setting(line: &str, at: usize, mark: char) -> Option<Setting<'_>> {
    let before = line[..at].trim_end();
    let quoted_name = before.ends_with(['"', '\'']);
    let head = before.trim_end_matches(['"', '\'', ']']);
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let from = head.rfind(|c: char| !is_word(c)).map_or(0, |i| i + head[i..].chars().next().map_or(1, char::len_utf8));
    let name = head[from..].trim_start_matches('-');
    if name.is_empty() || !is_about_credentials(name) {
        return None;
    }
    let rest = &line[at + 1..];
    // `==`, `://`, `::` and their like are not assignments.
    if rest.starts_with(['=', ':', '/', '~']) || before.ends_with(['=', '!', '<', '>', ':', '?']) {
        return None;
    }
    let rest = rest.strip_prefix('>').unwrap_or(rest);
    let lead = rest.len() - rest.trim_start().len();
    let value_at = line.len() - rest.len() + lead;
    let place = place(line, from, name, mark, lead > 0, quoted_name);
    let rest = &line[value_at..];
    let prefix = rest.len() - rest.trim_start_matches(['f', 'F', 'b', 'r', 'u', '$', '@']).len();
    let open = rest[prefix..].chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
    let Some(open) = open else { return unquoted(line, name, place, value_at) };
    if prefix > 2 || open == '`' || rest[..prefix].contains(['f', 'F', '$', '@']) {
        return None;
    }
    let content_at = value_at + prefix + 1;
    let mut escaped = false;
    let len = line[content_at..].find(|c: char| {
        let ends = c == open && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    let end = content_at + len + 1;
    let after = line[end..].trim_start();
    // `"a" + b`, `"a %s" % b`, `"a".format(b)`: an expression.
    let is_expression = after.starts_with(['+', '%', '.']) && !after.starts_with("...");
    Some(Setting {
        name,
        place,
        value: &line[content_at..content_at + len],
        quote: Some(open),
        at: if len == 0 { from..from + name.len() } else { value_at..end },
        is_literal: !is_expression,
        ends_line: after.trim_end_matches([',', ';', ')', '}']).is_empty(),
    })
}

fn unquoted<'t>(line: &'t str, name: &'t str, place: Place, value_at: usize) -> Option<Setting<'t>> {
    let rest = &line[value_at..];
    let stop = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')' | '"' | '\'');
    let len = if place == Place::Mapping && rest.starts_with("$${{") {
        rest.find("}}").map_or(rest.len(), |i| i + 2)
    } else {
        rest.find(stop).unwrap_or(rest.len())
    };
    let from = offset_in(line, name);
    Some(Setting {
        name,
        place,
        value: &rest[..len],
        quote: None,
        at: if len == 0 { from..from + name.len() } else { value_at..value_at + len },
        is_literal: !matches!(place, Place::Code) && !rest[..len].contains(['(', '[']),
        ends_line: rest[len..].trim().is_empty(),
    })
}

/// Whether a name is that of a credential, a password or a user.
fn is_about_credentials(name: &str) -> bool {
    telling(name).is_some() || name.ends_with("_PAT") || name.ends_with("_pat") || is_user(name) || is_identifier(name)
}

fn is_user(name: &str) -> bool {
    ends_with(name, &["user", "username", "login", "user_name"])
}

fn is_identifier(name: &str) -> bool {
    ends_with(name, &["client_id", "client-id", "clientid", "app_id", "account_id"])
}

/// Whether a name ends with one of these, in letters of either case.
fn ends_with(name: &str, ends: &[&str]) -> bool {
    let last = |len: usize| name.len().checked_sub(len).and_then(|from| name.as_bytes().get(from..));
    ends.iter().any(|end| last(end.len()).is_some_and(|last| last.eq_ignore_ascii_case(end.as_bytes())))
}

fn place(line: &str, from: usize, name: &str, mark: char, is_spaced: bool, quoted_name: bool) -> Place {
    let before = line[..from].trim_start();
    let behind_prompt = ["$ ", "> ", "# "].iter().filter_map(|p| before.rfind(p).map(|i| i + p.len())).max();
    let lead = before[behind_prompt.unwrap_or(0)..].trim_start();
    let is_upper = name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    let is_tight = mark == '=' && !is_spaced && !line[from + name.len()..].starts_with(' ');
    if is_tight && (lead == "set " || lead.ends_with(">set ")) {
        return Place::CommandPrompt;
    }
    if is_tight
        && (lead.starts_with("export ")
            || lead.starts_with("declare ")
            || lead.starts_with("ENV ")
            || lead.ends_with("-e "))
    {
        return Place::Shell;
    }
    if is_tight && is_upper && before == "- " {
        return Place::ListItem;
    }
    if is_tight && is_upper && lead.is_empty() && !quoted_name {
        return if behind_prompt.is_some() { Place::Shell } else { Place::Environment };
    }
    if mark == '=' && before.is_empty() && name.contains('.') && name == name.to_ascii_lowercase() {
        return Place::Dotted;
    }
    if mark == ':' && (quoted_name || lead.trim_start_matches(['-', '{', '(', ' ']).is_empty()) {
        return Place::Mapping;
    }
    Place::Code
}

impl Setting<'_> {
    /// What is wrong with it by itself.
    pub(super) fn fault(&self, context: SetupContext) -> Option<SetupFault> {
        if is_user(self.name) || is_identifier(self.name) || names_a_place(self.name) {
            return None;
        }
        if self.value.is_empty() {
            let fault = if self.is_password() { SetupFault::BlankPassword } else { SetupFault::BlankValue };
            return self.is_blank().then_some(fault);
        }
        if !self.is_literal {
            return None;
        }
        if self.value.starts_with("$${{") {
            return Some(SetupFault::StraySign);
        }
        let keeps_quotes = match self.place {
            Place::CommandPrompt | Place::ListItem => true,
            Place::Environment => context.keeps_quotes,
            Place::Dotted => context.has_properties,
            Place::Shell | Place::Mapping | Place::Code => false,
        };
        if keeps_quotes && self.quote.is_some() {
            return Some(SetupFault::QuotesKept);
        }
        if keeps_line_end(self.value) {
            return Some(SetupFault::LineEndKept);
        }
        if self.value.eq_ignore_ascii_case(self.name) && self.value.len() >= 6 && self.value.contains(['_', '-']) {
            return Some(SetupFault::NameForValue);
        }
        fault(self.name, self.value)
    }

    /// Whether a value is not only unseen but blank.
    fn is_blank(&self) -> bool {
        match (self.quote, self.place) {
            (Some(_), _) => true,
            (None, Place::Environment | Place::Shell | Place::CommandPrompt | Place::Dotted) => self.ends_line,
            (None, _) => false,
        }
    }

    fn is_password(&self) -> bool {
        let lower = self.name.to_ascii_lowercase();
        ["password", "passwd", "pwd", "pass"].iter().any(|end| lower.ends_with(end))
    }

    /// The kind of credentials that it sets.
    pub(super) fn kind(&self) -> Option<CredentialsSource> {
        if self.value.is_empty() || names_a_place(self.name) || is_identifier(self.name) {
            return None;
        }
        let lower = self.name.to_ascii_lowercase();
        if self.is_password() {
            return Some(CredentialsSource::UserAndPassword);
        }
        if lower.ends_with("key") {
            return Some(CredentialsSource::ApiKey);
        }
        (lower.ends_with("token") || lower.ends_with("jwt")).then_some(CredentialsSource::Token)
    }

    /// Whether it names a user or a client, and so is not secret.
    pub(super) fn is_identifier(&self) -> bool {
        is_identifier(self.name) || is_user(self.name)
    }

    /// Whether the value may be a real credential, long enough that two that are alike are the same.
    pub(super) fn is_real(&self) -> bool {
        self.value.len() >= 12 && shape::of(self.value).is_credential()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(line: &str) -> Vec<&'static str> {
        let context = SetupContext { keeps_quotes: true, has_properties: true };
        of_line(line).iter().filter_map(|s| s.fault(context)).map(crate::facts::Word::word).collect()
    }

    #[test]
    fn quotes_by_place() {
        for line in [
            "MAIL_TOKEN=\"n4XqQ9xLr6Tb\"",
            "      - MAIL_TOKEN='n4XqQ9xLr6Tb'",
            "set MAIL_TOKEN=\"n4XqQ9xLr6Tb\"",
            "C:\\work>set MAIL_TOKEN=\"n4XqQ9xLr6Tb\"",
            "mail.api.token=\"n4XqQ9xLr6Tb\"",
        ] {
            assert_eq!(faults(line), ["quotes-kept"], "{line}");
        }
        for line in [
            "export MAIL_TOKEN=\"n4XqQ9xLr6Tb\"",
            "$ MAIL_TOKEN=\"n4XqQ9xLr6Tb\"",
            "MAIL_TOKEN: \"n4XqQ9xLr6Tb\"",
            "mail_token = \"n4XqQ9xLr6Tb\"",
            "client = Mail(token=\"n4XqQ9xLr6Tb\")",
            "MAIL_TOKEN=n4XqQ9xLr6Tb",
        ] {
            assert_eq!(faults(line), [""; 0], "{line}");
        }
    }

    #[test]
    fn values_that_were_not_meant() {
        for (line, fault) in [
            ("MAIL_API_KEY=", "blank-value"),
            ("'mail_password': \"\",", "blank-password"),
            ("client = Mail(user=\"a\", password='')", "blank-password"),
            ("export MAIL_API_KEY=MAIL_API_KEY", "name-for-value"),
            ("mail = Mail(api_key=\"MAIL_API_KEY\")", "name-for-value"),
            ("  api_token: /run/secrets/mail", "path-for-value"),
            ("          MAIL_TOKEN: $${{ secrets.MAIL_TOKEN }}", "stray-sign"),
            ("  mail-token: bjRYcVE5eExyNlRiCg==", "line-end-kept"),
            ("\"api_key\": \"n4XqQ9xLr6Tb\\n\"", "line-end-kept"),
        ] {
            assert_eq!(faults(line), [fault], "{line}");
        }
    }

    #[test]
    fn what_says_nothing() {
        for line in [
            "token = get_token()",
            "api_key=os.environ[\"MAIL_API_KEY\"]",
            "token: ",
            "  MAIL_TOKEN: ${{ secrets.MAIL_TOKEN }}",
            "token_file: /run/secrets/mail",
            "password = \"%s\" % secret",
            "if token == \"\":",
            "https://a.example/?token:8080",
            "tokenEnv: MAIL_API_KEY",
        ] {
            assert_eq!(faults(line), [""; 0], "{line}");
        }
    }
}
