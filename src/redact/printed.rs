//! Credentials that a command or an expression printed: the line below `$ pass show shop`, `>>> token`, `(gdb) p password`; and
//! what a validator refused.

use super::between::without_stamp;
use super::hidden::Hidden;
use super::names::{self, Telling};
use super::value::{self, Firmness, ValueAt};
use crate::text::offset_in;

/// What a shell, an interpreter or a console begins its lines with.
const PROMPTS: &[&str] =
    &["$ ", ">>> ", "> ", "# ", "% ", "PS> ", "(gdb) ", "irb> ", "In [", "pry> ", "php > ", "iex> "];

/// Commands that print a credential without its name.
const COMMANDS: &[&str] = &[
    "pass show ",
    "vault kv get ",
    "vault read ",
    "op read ",
    "base64 -d",
    "base64 --decode",
    "base64 -D",
    "auth token",
    "get-login-password",
    "op item get ",
    "gcloud secrets versions access ",
    "gopass show ",
    "bw get password ",
    "lpass show ",
    "secret-tool lookup ",
    "conjur variable get ",
    "config:get ",
    "secrets get ",
    "whoami -t",
    "vault print token",
    "ssm get-parameter ",
];

/// Commands that print the variable, the file or the entry of a name, whatever other words they have.
const OF_NAMES: &[&str] = &["printenv ", "find-generic-password "];

/// What is in front of the value: of an interpreter, a console, a debugger.
const MARKS: &[&str] = &["=> ", "< ", "<· ", "$1 = ", "-> ", "[1] "];

/// A longer line is no command that prints a value.
const LONGEST: usize = 300;

pub(super) fn all(text: &str) -> Vec<Hidden> {
    let mut found = Vec::new();
    let (mut at, mut is_due, mut field, mut is_jar) = (0, None, None, None);
    for line in text.split_inclusive('\n') {
        let from = at;
        at += line.len();
        if let Some(told) = is_due.take()
            && let Some(value) = only_value(text, from, line)
        {
            found.extend(value::judge(text, value, told, Firmness::Said));
        }
        if let Some(told) = field.take() {
            found.extend(refused(text, from, line, told));
        }
        if is_jar.replace(line.trim_end().ends_with("document.cookie")) == Some(true) {
            found.extend(cookies(text, from, line));
        }
        if line.len() <= LONGEST {
            is_due = asked_by(without_stamp(line).trim());
            // The field is a line of its own: `body.password`.
            let name = without_stamp(line).trim().trim_start_matches(['>', '-', '*', '•', ' ']);
            field = (!name.contains([' ', ':', '='])).then(|| names::telling(name)).flatten();
        }
    }
    found
}

/// `… [type=string_too_long, input_value='…', input_type=str]`: the value that a validator refused, in the line below its field.
fn refused(text: &str, from: usize, line: &str, told: Telling) -> Vec<Hidden> {
    const INPUT: &str = "input_value=";
    let Some(at) = line.find(INPUT) else { return Vec::new() };
    let value = value::quoted(text, from + at + INPUT.len());
    value.map(|value| value::judge(text, value, told, Firmness::Assigned)).unwrap_or_default()
}

/// The command behind a prompt: `$ `, `kim@host:~$ `, `irb(main):001:0> `.
fn after_prompt(line: &str) -> Option<&str> {
    const FAR: usize = 60;
    if let Some(command) = PROMPTS.iter().find_map(|prompt| line.strip_prefix(prompt)) {
        return Some(command);
    }
    let near = &line[..line.floor_char_boundary(FAR)];
    let (lead, mark) = ["$ ", "# ", "> "].into_iter().find_map(|mark| Some((&near[..near.find(mark)?], mark)))?;
    let is_prompt = if mark == "> " {
        lead.ends_with([')', '0']) && lead.contains('(') && !lead.contains(' ')
    } else {
        lead.contains('@') && lead.split(' ').count() <= 2
    };
    is_prompt.then(|| &line[lead.len() + mark.len()..])
}

/// The values of cookies as a browser shows them below `document.cookie`.
fn cookies(text: &str, from: usize, line: &str) -> Vec<Hidden> {
    let mut found = Vec::new();
    for (_, value) in line.trim().split(';').filter_map(|cookie| cookie.split_once('=')) {
        let value = value.trim_matches(['"', '\'', ' ']);
        let start = from + offset_in(line, value);
        if value.len() >= 6 {
            found.extend(value::sure(text, start..start + value.len()));
        }
    }
    found
}

/// What the command or the expression of a line prints, if that is a credential.
fn asked_by(line: &str) -> Option<Telling> {
    // Lines of data, as most are.
    if line.starts_with(['"', '{', '}', ']', '<']) {
        return None;
    }
    let is_logged = line.starts_with("console.log(") || line.starts_with("print(") || line.starts_with("puts ");
    let is_bare = COMMANDS.iter().any(|command| command.ends_with(' ') && line.starts_with(command));
    // `$password`: an element of a list of R.
    if let Some(name) = line.strip_prefix('$').filter(|name| !name.contains([' ', '=', '(', '-', ';'])) {
        return names::telling(name);
    }
    let command = if is_logged || is_bare { line } else { after_prompt(line)? };
    // What assigns or sends prints something else.
    if command.contains([':', '|']) && !COMMANDS.iter().any(|c| command.contains(c)) || command.contains(" = ") {
        return None;
    }
    if COMMANDS.iter().any(|c| command.contains(c)) {
        return Some(Telling::Password);
    }
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let mut words = command.split(|c| !is_of_name(c)).filter(|word| !word.is_empty());
    let is_short = words.clone().count() <= 4 || OF_NAMES.iter().any(|c| command.contains(c));
    is_short.then(|| words.find_map(names::telling)).flatten()
}

/// The only word of a line, or the string that it is.
fn only_value(text: &str, from: usize, line: &str) -> Option<ValueAt> {
    let shown = line.trim();
    let shown = MARKS.iter().find_map(|mark| shown.strip_prefix(mark)).unwrap_or(shown);
    let inner = shown.trim_matches(['"', '\'']);
    let start = from + offset_in(line, inner);
    let is_one = inner.len() >= 6 && !inner.contains(char::is_whitespace) && !inner.contains(['(', '{', '[', '<']);
    let place = start..start + inner.len();
    let is_label = inner.ends_with(':') || names::is_name(inner);
    (is_one && !is_label && text.get(place.clone()).is_some())
        .then_some(ValueAt { range: place, quoted: inner.len() < shown.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_below_a_command() {
        for text in [
            "$ kubectl get secret shop -o jsonpath='{.data.password}' | base64 -d\nrokamulitane\n",
            "$ pass show shop/db\nrokamulitane\n",
            ">>> os.environ[\"API_KEY\"]\n'rokamulitane'\n",
            "irb> ENV['API_KEY']\n=> \"rokamulitane\"\n",
            "console.log(token)\nrokamulitane\n",
            "> localStorage.token\n< \"rokamulitane\"\n",
            "(gdb) p password\n$1 = \"rokamulitane\"\n",
            "$ kubectl exec shop-0 -- printenv DB_PASSWORD\nrokamulitane\n",
            "body.password\n  Too long [type=string_too_long, input_value='rokamulitane', input_type=str]\n",
        ] {
            let found = all(text);
            assert_eq!(found.first().map(|hidden| &text[hidden.range.clone()]), Some("rokamulitane"), "{text}");
        }
        for text in [
            "$ curl -H \"Authorization: $TOKEN\" https://a.example/\nrokamulitane\n",
            "> our token is refused\nrokamulitane and more\n",
            "$ ls\nrokamulitane\n",
            "> token\nunauthorized\n",
        ] {
            assert_eq!(all(text), [], "{text}");
        }
    }
}
