//! The streams of a run, passed in so that a test can run the whole program.

use std::io::{Read, Write};

/// The streams of the process.
pub struct Streams<'a> {
    /// The input when no file is named.
    pub stdin: &'a mut dyn Read,
    /// Whether that input is the text of the clipboard.
    pub is_clipboard: bool,
    /// The report.
    pub stdout: &'a mut (dyn Write + Send),
    /// Error messages.
    pub stderr: &'a mut dyn Write,
    /// Whether stdin is a terminal, so that nothing was piped in.
    pub stdin_is_terminal: bool,
    /// Whether stdout is a terminal.
    pub stdout_is_terminal: bool,
    /// The width of the terminal, where stdout is one.
    pub terminal_width: Option<usize>,
    /// Whether the terminal shows links (OSC 8).
    pub shows_links: bool,
    /// Whether a long run may show how far it is: stderr is a terminal.
    pub shows_progress: bool,
    /// The text in the clipboard, or why there is none.
    pub clipboard: &'a dyn Fn() -> Result<String, String>,
    /// The value of an environment variable.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Streams<'a> {
    /// These streams with nothing around them: no terminal and no environment.
    pub fn alone(stdin: &'a mut dyn Read, stdout: &'a mut (dyn Write + Send), stderr: &'a mut dyn Write) -> Self {
        Self {
            stdin,
            is_clipboard: false,
            stdout,
            stderr,
            stdin_is_terminal: false,
            stdout_is_terminal: false,
            terminal_width: None,
            shows_links: false,
            shows_progress: false,
            clipboard: &|| Err("there is none".to_owned()),
            variable: &|_| None,
        }
    }
}

impl std::fmt::Debug for Streams<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Streams").finish_non_exhaustive()
    }
}
