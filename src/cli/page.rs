//! `why401 page`: the page for browsers, a part of the program where it was built with the feature `page`.

use super::problem::Problem;
use super::unpack::{self, MOST_BYTES, Unpacked};

/// The page as gzip; empty where the program was built without it.
#[cfg(feature = "page")]
static PAGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/page.gz"));
#[cfg(not(feature = "page"))]
static PAGE: &[u8] = &[];

/// The page.
///
/// # Errors
/// The program was built without it, or it would be printed on a terminal.
pub(super) fn page(is_terminal: bool) -> Result<Vec<u8>, Problem> {
    if PAGE.is_empty() {
        return Err(Problem::new("page", "this program was built without the page")
            .expected("a program that was built with the feature `page`")
            .todo("cargo xtask page && cargo install --path . --features page (docs/browser.md)"));
    }
    if is_terminal {
        return Err(Problem::new("page", "the page would be printed on the terminal")
            .expected("a file to write it to")
            .todo("why401 page > why401.html"));
    }
    match unpack::unpack(PAGE, MOST_BYTES) {
        Unpacked::Text(page) => Ok(page),
        _ => Err(Problem::new("page", "the page in this program is damaged").todo("build the program again")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_there_or_is_said_to_be_missing() {
        match page(false) {
            Ok(page) => assert!(page.starts_with(b"<!DOCTYPE html>")),
            Err(problem) => assert!(problem.to_string().contains("cargo xtask page"), "{problem}"),
        }
        assert!(page(true).is_err());
    }
}
