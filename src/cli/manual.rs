//! What a shell and `man` need to know about the command line. Both are made from the clap types.

use clap::builder::PossibleValue;
use clap::{Command, CommandFactory as _};
use clap_complete::Shell;

use super::args::Cli;
use super::problem::{self, Problem};

const NAME: &str = "why401";

/// The script that makes a shell complete commands and options.
pub(super) fn completions(shell: Shell) -> Vec<u8> {
    match shell {
        Shell::Zsh => zsh(),
        Shell::Fish => fish(),
        _ => script(shell, &mut Cli::command(), NAME),
    }
}

fn script(shell: Shell, command: &mut Command, name: &str) -> Vec<u8> {
    let mut script = Vec::new();
    // It panics where its writer fails; a vector never does.
    clap_complete::generate(shell, command, name, &mut script);
    script
}

/// The name of the function for a call whose first word is no command.
const FILES: &str = "why401-files";

/// The script for zsh.
///
/// `clap_complete` takes the first word for the file, and only the second for a command, where a program takes files or a command;
/// then nothing is completed after a command. So the place of the file is taken out of the script for commands, and that calls
/// another function where the first word is none of them.
fn zsh() -> Vec<u8> {
    let mut whole = Cli::command();
    let mut files = Command::new(FILES).version(env!("CARGO_PKG_VERSION")).args(whole.get_arguments().cloned());
    let commands = String::from_utf8_lossy(&script(Shell::Zsh, &mut whole, NAME)).into_owned();
    let files = String::from_utf8_lossy(&script(Shell::Zsh, &mut files, FILES)).into_owned();
    joined(&commands, &files).unwrap_or(commands).into_bytes()
}

/// Puts the function for files into the script for commands. `None` if the scripts have another form.
fn joined(commands: &str, files: &str) -> Option<String> {
    const LIST: &str = "'why401 commands' commands \"$@\"";
    let function = &files[files.find(&format!("_{FILES}() {{"))?..];
    let function = &function[..function.find("\n}\n")? + "\n}\n".len()];
    let begin = commands.find("_why401() {")?;
    let lists = commands.find("(( $+functions[_why401_commands] ))")?;
    // The last case of the first word.
    let end = commands[..lists].rfind("        esac\n    ;;\nesac")?;
    let (head, body, rest) = (&commands[..begin], &commands[begin..end], &commands[end..]);
    let (options, cases) = body.split_once("'::files -- ")?;
    let (_, cases) = cases.split_once('\n')?;
    let cases = cases.replace("$line[2]", "$line[1]");
    let rest = rest.contains(LIST).then(|| rest.replacen(LIST, &format!("{LIST}\n    _files"), 1))?;
    Some(format!("{head}{function}\n{options}{cases}(*)\n_{FILES} && ret=0\n;;\n{rest}"))
}

/// The script for fish, with the values of the words that commands take, which `clap_complete` leaves out.
fn fish() -> Vec<u8> {
    let mut whole = Cli::command();
    let mut script = script(Shell::Fish, &mut whole, NAME);
    for command in whole.get_subcommands() {
        for word in command.get_positionals() {
            let values = word.get_possible_values();
            let values: Vec<&str> = values.iter().filter(|v| !v.is_hide_set()).map(PossibleValue::get_name).collect();
            if !values.is_empty() {
                let condition = format!("__fish_why401_using_subcommand {}", command.get_name());
                let line = format!("complete -c {NAME} -n \"{condition}\" -f -a \"{}\"\n", values.join(" "));
                script.extend(line.bytes());
            }
        }
    }
    script
}

/// The manual page of the program, or of one of its commands, in the language of `man`.
///
/// # Errors
/// There is no command of that name.
pub(super) fn page(command: Option<&str>) -> Result<Vec<u8>, Problem> {
    let mut whole = Cli::command();
    whole.build();
    let described = match command {
        None => whole,
        Some(name) => whole.find_subcommand(name).cloned().ok_or_else(|| unknown(name, &whole))?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(described)
        .render(&mut page)
        .map_err(|error| Problem::new("the manual page", error.to_string()))?;
    Ok(page)
}

fn unknown(name: &str, whole: &Command) -> Problem {
    let names: Vec<&str> = whole.get_subcommands().map(Command::get_name).collect();
    Problem::new("man", problem::echoed(name))
        .expected(format!("a command: {}", names.join(", ")))
        .todo("name one of them, or leave the name out".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// tests/shells/run.sh completes with it; here, that the scripts still have the form that is joined.
    #[test]
    fn zsh_knows_commands_and_files() {
        let script = String::from_utf8(zsh()).expect("text");
        assert_eq!(script.matches("_why401-files").count(), 2, "it is defined and called");
        assert!(script.contains("case $line[1] in\n            (compare)"));
        assert!(script.contains("commands \"$@\"\n    _files"));
    }

    /// What is mended for the program itself would be needed there, too.
    #[test]
    fn no_command_takes_words_or_commands() {
        fn look(command: &Command) {
            for command in command.get_subcommands() {
                assert!(!command.has_subcommands() || command.get_positionals().count() == 0, "{}", command.get_name());
                look(command);
            }
        }
        look(&Cli::command());
    }
}
