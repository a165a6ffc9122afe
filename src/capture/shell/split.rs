//! Splits a command into words, whichever shell it was written for.

use super::cmd;
use super::lexer::{Continues, Lexer, Shell, ShellCommand};
use crate::text::Text;

/// Splits the command that begins at `from`.
pub(crate) fn split(shell: Shell, text: &Text, from: usize, continues: Continues<'_>) -> ShellCommand {
    let mut lexer = Lexer::new(shell, text, from, continues);
    match shell {
        Shell::Posix => lexer.posix(),
        Shell::Power => lexer.powershell(),
        Shell::Cmd => return cmd::split(lexer),
    }
    lexer.finish()
}
