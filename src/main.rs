//! The `why401` program: the command line on the process's own streams.

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use why401::cli::{self, Streams};

fn main() -> ExitCode {
    let (stdin, stdout, stderr) = (io::stdin(), io::stdout(), io::stderr());
    let mut streams = Streams {
        stdin_is_terminal: stdin.is_terminal(),
        stdout_is_terminal: stdout.is_terminal(),
        no_color: std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()),
        stdin: &mut stdin.lock(),
        stdout: &mut io::BufWriter::new(stdout.lock()),
        stderr: &mut stderr.lock(),
    };
    cli::run(std::env::args_os(), &mut streams).into()
}
