//! What pipelines write about secrets: commands that hide a value, and what a debug log prints when it evaluates one.

use super::hidden::{Hidden, line_end};
use super::searchable::Searchable;
use super::value;

/// What is in front of a value that the rest of the line is, and what the text between may have: `;issecret=true`.
const COMMANDS: &[(&str, &str, &str)] = &[
    ("::add-mask::", "", ""),
    ("##vso[task.setvariable", "issecret=true", "]"),
    ("##vso[task.setsecret", "", "]"),
    ("##[add-mask]", "", ""),
];

/// So many lines follow the one that names a secret, at most.
const MOST_LINES: usize = 8;

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let mut found = commands(searchable);
    found.extend(evaluated(searchable));
    found
}

fn commands(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for (command, needed, end) in COMMANDS {
        for at in searchable.places(command) {
            let mut from = at + command.len();
            let line = line_end(text, at);
            let rest = &text[from..line];
            if !end.is_empty() {
                let Some(len) = rest.find(end) else { continue };
                if !rest[..len].to_ascii_lowercase().contains(needed) {
                    continue;
                }
                from += len + end.len();
            }
            let shown = text[from..line].trim_end_matches(['"', '\'', ' ']);
            found.extend(value::sure(text, from..from + shown.len()));
        }
    }
    found
}

/// The results below `##[debug]Evaluating: secrets.NAME`.
fn evaluated(searchable: &Searchable<'_>) -> Vec<Hidden> {
    const EVALUATES: &str = "Evaluating: ";
    let text = searchable.text;
    let mut found = Vec::new();
    for at in searchable.places(EVALUATES) {
        let end = line_end(text, at);
        if !text[at..end].contains("secrets.") {
            continue;
        }
        let mut from = end;
        for _ in 0..MOST_LINES {
            from += text[from..].bytes().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
            let line = from..line_end(text, from);
            let shown = &text[line.clone()];
            if line.is_empty() || shown.contains(EVALUATES) {
                break;
            }
            let mark = ["=> '", "Result: '"].iter().find_map(|mark| shown.find(mark).map(|i| i + mark.len()));
            // A value of two lines goes on below.
            let string = mark.and_then(|mark| value::quoted(text, line.start + mark - 1));
            if let Some(string) = string {
                let len = text[string.range.clone()].trim_end_matches('\'').len();
                found.extend(value::sure(text, string.range.start..string.range.start + len));
            }
            from = line.end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::searchable::masked;
    use super::*;

    #[test]
    fn secrets_of_pipelines() {
        for text in [
            "::add-mask::rokamulitane\n",
            "##vso[task.setvariable variable=ers;isSecret=true]rokamulitane\n",
            "##[debug]Evaluating: secrets.ERS\n##[debug]..=> 'rokamulitane'\n##[debug]Evaluating: github.ref\n##[debug]=> 'refs/heads/main'\n",
        ] {
            assert_eq!(masked(text, all), ["rokamulitane"], "{text}");
        }
        for text in [
            "##vso[task.setvariable variable=region]rokamulitane\n",
            "##[debug]Evaluating: env.REGION\n##[debug]=> 'rokamulitane'\n",
            "::add-mask::***\n",
        ] {
            assert_eq!(masked(text, all), Vec::<&str>::new(), "{text}");
        }
    }
}
