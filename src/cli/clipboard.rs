//! The clipboard of a desktop. Reading it needs the feature `clipboard`: on Linux it speaks to the display server over a
//! socket of this machine, which the program does in no other case.

/// The text in the clipboard, or why there is none.
#[cfg(feature = "clipboard")]
pub fn text() -> Result<String, String> {
    arboard::Clipboard::new().and_then(|mut clipboard| clipboard.get_text()).map_err(|error| error.to_string())
}

/// The text in the clipboard, or why there is none.
#[cfg(not(feature = "clipboard"))]
pub fn text() -> Result<String, String> {
    Err("this build cannot read it".to_owned())
}
