//! What is typed or pasted at a terminal, line by line and without a limit.
//!
//! A terminal that edits lines for the program cuts each of them: Linux keeps 4,095 characters of a line, macOS 1,023. A
//! token of a smart card is longer. So the lines are edited here, as far as a terminal does it: the last character, the whole
//! line, and the end of the text.

use std::io::{self, Read};

#[cfg(unix)]
pub use self::unix::TerminalInput;

/// What the keys do that a terminal understands while a line is typed.
#[derive(Clone, Copy, Debug)]
struct Keys {
    /// Takes the last character back.
    erase: u8,
    /// Takes the line back.
    kill: u8,
    /// Ends the text, at the beginning of a line.
    end: u8,
}

/// The lines that were typed so far.
#[derive(Debug)]
struct TypedLines {
    keys: Keys,
    line: Vec<u8>,
    ready: Vec<u8>,
    is_ended: bool,
}

impl TypedLines {
    const fn new(keys: Keys) -> Self {
        Self { keys, line: Vec::new(), ready: Vec::new(), is_ended: false }
    }

    /// Takes what the terminal sent. Returns what undoes the echo of the keys that are no part of the text.
    fn take(&mut self, bytes: &[u8]) -> Vec<u8> {
        // The terminal shows such a key as two characters: `^?`.
        const UNSHOW_KEY: &[u8] = b"\x08\x08  \x08\x08";
        const UNSHOW: &[u8] = b"\x08 \x08";
        let mut echo = Vec::new();
        for &byte in bytes {
            if self.is_ended {
                break;
            }
            if byte == self.keys.erase || byte == 0x08 {
                echo.extend_from_slice(UNSHOW_KEY);
                if self.erase() {
                    echo.extend_from_slice(UNSHOW);
                }
            } else if byte == self.keys.kill {
                echo.extend_from_slice(UNSHOW_KEY);
                while self.erase() {
                    echo.extend_from_slice(UNSHOW);
                }
            } else if byte == self.keys.end {
                echo.extend_from_slice(UNSHOW_KEY);
                // In the middle of a line the key only hands the line over, as it does at any terminal.
                self.is_ended = self.line.is_empty();
                self.ready.append(&mut self.line);
            } else {
                self.line.push(byte);
                if byte == b'\n' {
                    self.ready.append(&mut self.line);
                }
            }
        }
        echo
    }

    /// Takes the last character of the line back. Returns whether there was one.
    fn erase(&mut self) -> bool {
        while let Some(byte) = self.line.pop() {
            // The bytes of one character in UTF-8 begin with one that is not a continuation.
            if byte & 0xC0 != 0x80 {
                return true;
            }
        }
        false
    }

    /// Hands out what is ready; 0 if nothing is.
    fn give(&mut self, out: &mut [u8]) -> usize {
        let len = self.ready.len().min(out.len());
        out[..len].copy_from_slice(&self.ready[..len]);
        self.ready.drain(..len);
        len
    }
}

#[cfg(unix)]
mod unix {
    use super::{Keys, Read, TypedLines, io};
    use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

    /// Standard input, where it is a terminal. Its settings are changed while it is read and are as before afterwards.
    #[derive(Debug, Default)]
    pub struct TerminalInput {
        reading: Option<(Termios, TypedLines)>,
    }

    impl TerminalInput {
        /// Begins to edit lines instead of the terminal.
        fn begin() -> io::Result<(Termios, TypedLines)> {
            let before = tcgetattr(io::stdin())?;
            let mut now = before.clone();
            now.local_modes.remove(LocalModes::ICANON);
            now.special_codes[SpecialCodeIndex::VMIN] = 1;
            now.special_codes[SpecialCodeIndex::VTIME] = 0;
            let code = |index: SpecialCodeIndex| before.special_codes[index];
            let keys = Keys {
                erase: code(SpecialCodeIndex::VERASE),
                kill: code(SpecialCodeIndex::VKILL),
                end: code(SpecialCodeIndex::VEOF),
            };
            // Ctrl-C would leave the terminal as it is now. Another handler ends the run by itself.
            let restored = before.clone();
            let _ = ctrlc::set_handler(move || {
                restore(&restored);
                const INTERRUPTED: i32 = 130;
                std::process::exit(INTERRUPTED);
            });
            tcsetattr(io::stdin(), OptionalActions::Now, &now)?;
            Ok((before, TypedLines::new(keys)))
        }
    }

    fn restore(before: &Termios) {
        // Where this fails there is no terminal any more.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, before);
    }

    impl Read for TerminalInput {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            if self.reading.is_none() {
                self.reading = Some(Self::begin()?);
            }
            let Some((_, lines)) = &mut self.reading else { return Ok(0) };
            while lines.ready.is_empty() && !lines.is_ended {
                let mut bytes = [0; 4096];
                let len = match rustix::io::read(io::stdin(), &mut bytes[..]) {
                    Ok(len) => len,
                    Err(rustix::io::Errno::INTR) => continue,
                    Err(error) => return Err(error.into()),
                };
                if len == 0 {
                    lines.is_ended = true;
                    lines.ready.append(&mut lines.line);
                }
                let echo = lines.take(&bytes[..len]);
                if !echo.is_empty() {
                    let _ = rustix::io::write(io::stdin(), &echo);
                }
            }
            Ok(lines.give(out))
        }
    }

    impl Drop for TerminalInput {
        fn drop(&mut self) {
            if let Some((before, _)) = &self.reading {
                restore(before);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(bytes: &[u8]) -> (String, bool) {
        let mut lines = TypedLines::new(Keys { erase: 0x7F, kill: 0x15, end: 0x04 });
        lines.take(bytes);
        let mut out = vec![0; 64];
        let len = lines.give(&mut out);
        (String::from_utf8_lossy(&out[..len]).into_owned(), lines.is_ended)
    }

    #[test]
    fn lines_are_edited_as_a_terminal_does() {
        assert_eq!(typed(b"GET /a\n"), ("GET /a\n".to_owned(), false));
        assert_eq!(typed(b"GEX\x7FT /a\n\x04more"), ("GET /a\n".to_owned(), true));
        assert_eq!(typed("caf\u{e9}\u{7f}e\n".as_bytes()).0, "cafe\n");
        assert_eq!(typed(b"wrong\x15right\n").0, "right\n");
        assert_eq!(typed(b"\x7F\x7Fa\n").0, "a\n");
        // The text may end without a line end.
        assert_eq!(typed(b"last\x04"), ("last".to_owned(), false));
        assert_eq!(typed(b"last\x04\x04"), ("last".to_owned(), true));
        assert_eq!(typed(b"open line"), (String::new(), false));
    }
}
