//! The `why401` program: the command line on the process's own streams.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use why401::cli::{self, Streams};

fn main() -> ExitCode {
    // The message of a panic may quote the input, and with it a credential: print the source location only.
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        let message = format!(
            "error: internal error{place}\n  to do: please report this line, and the format of the input \
             (not the input itself)\n"
        );
        let _ = io::stderr().write_all(message.as_bytes());
    }));
    let (stdin, stdout, stderr) = (io::stdin(), io::stdout(), io::stderr());
    let is_typed = stdin.is_terminal();
    #[cfg(unix)]
    let mut typed = cli::typed::TerminalInput::default();
    let mut piped = stdin.lock();
    #[cfg(unix)]
    let input: &mut dyn io::Read = if is_typed { &mut typed } else { &mut piped };
    // A console of Windows hands over whole lines.
    #[cfg(not(unix))]
    let input: &mut dyn io::Read = &mut piped;
    let mut streams = Streams {
        stdin_is_terminal: is_typed,
        stdout_is_terminal: stdout.is_terminal(),
        terminal_width: terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0)),
        variable: &|name| std::env::var(name).ok(),
        shows_links: supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        shows_progress: stderr.is_terminal(),
        clipboard: &cli::clipboard::text,
        stdin: input,
        is_clipboard: false,
        // Not locked: a server writes from another thread.
        stdout: &mut io::BufWriter::new(stdout),
        stderr: &mut stderr.lock(),
    };
    let run = || ExitCode::from(cli::run(std::env::args_os(), &mut streams));
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).unwrap_or(ExitCode::from(2))
}
