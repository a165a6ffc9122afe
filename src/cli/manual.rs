//! What a shell and `man` need to know about the command line. Both are made from the clap types.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::args::Cli;
use super::problem::{self, Problem};

const NAME: &str = "why401";

/// The script that makes a shell complete commands and options.
pub(super) fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    // It panics where its writer fails; a vector never does.
    clap_complete::generate(shell, &mut Cli::command(), NAME, &mut script);
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

fn unknown(name: &str, whole: &clap::Command) -> Problem {
    let names: Vec<&str> = whole.get_subcommands().map(clap::Command::get_name).collect();
    Problem::new("man", problem::echoed(name))
        .expected(format!("a command: {}", names.join(", ")))
        .todo("name one of them, or leave the name out".to_owned())
}
