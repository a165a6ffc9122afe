//! Width and colour of a report, from the options, the environment and the terminal. Decided once for the whole run.

use super::args::{ColorWhen, General, PlaceStyle};
use crate::report::style::{DEFAULT_WIDTH, SMALLEST_WIDTH, STDIN, TextStyle};

/// The widest report on a wide terminal: longer lines are hard to read.
const WIDEST: usize = 120;

/// The style of a report on a stream that is a terminal of this width, or none.
pub(super) fn style(
    general: &General,
    is_terminal: bool,
    (terminal_width, shows_links): (Option<usize>, bool),
    variable: &dyn Fn(&str) -> Option<String>,
) -> TextStyle {
    let colour = match general.color {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto => is_coloured(is_terminal, variable),
    };
    let width = general.width.unwrap_or_else(|| width(terminal_width, variable));
    let plain = general.style == PlaceStyle::Plain;
    TextStyle { file: STDIN.to_owned(), width, colour, plain, links: shows_links && colour && !plain }
}

/// Whether the environment and the terminal ask for colour: <https://no-color.org>, <https://force-color.org>,
/// <https://bixense.com/clicolors>.
fn is_coloured(is_terminal: bool, variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let given = |name: &str| variable(name).filter(|value| !value.is_empty());
    let is_on = |name: &str| given(name).is_some_and(|value| value != "0" && value != "false");
    if given("NO_COLOR").is_some() {
        return false;
    }
    if is_on("FORCE_COLOR") || is_on("CLICOLOR_FORCE") {
        return true;
    }
    let is_off = given("CLICOLOR").is_some_and(|value| value == "0") || given("FORCE_COLOR").is_some();
    is_terminal && !is_off && given("TERM").is_none_or(|term| term != "dumb")
}

/// The width in columns: as `COLUMNS` says, otherwise that of the terminal.
fn width(terminal: Option<usize>, variable: &dyn Fn(&str) -> Option<String>) -> usize {
    let told = variable("COLUMNS").and_then(|columns| columns.trim().parse().ok()).filter(|columns| *columns > 0);
    told.or(terminal).map_or(DEFAULT_WIDTH, |columns: usize| columns.clamp(SMALLEST_WIDTH, WIDEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_as_the_environment_says() {
        let coloured = |is_terminal: bool, set: &[(&str, &str)]| {
            let variable = |name: &str| set.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
            is_coloured(is_terminal, &variable)
        };
        assert!(coloured(true, &[("TERM", "xterm-256color"), ("NO_COLOR", "")]));
        assert!(!coloured(false, &[]), "not a terminal");
        assert!(!coloured(true, &[("NO_COLOR", "1"), ("FORCE_COLOR", "1")]), "NO_COLOR is the stronger");
        assert!(coloured(false, &[("FORCE_COLOR", "1")]));
        assert!(coloured(false, &[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")]));
        assert!(!coloured(true, &[("FORCE_COLOR", "0")]));
        assert!(!coloured(true, &[("CLICOLOR", "0")]));
        assert!(!coloured(true, &[("TERM", "dumb")]));
    }

    #[test]
    fn the_width_is_that_of_the_terminal() {
        let of = |columns: Option<&str>, terminal| width(terminal, &|_| columns.map(str::to_owned));
        assert_eq!(of(None, None), 80);
        assert_eq!(of(None, Some(100)), 100);
        assert_eq!(of(None, Some(300)), 120);
        assert_eq!(of(Some("20"), Some(100)), 40);
        assert_eq!(of(Some("60"), None), 60);
        assert_eq!(of(Some("wide"), None), 80);
    }
}
