//! Loads packs, and says what is wrong with them.

use std::path::PathBuf;

use super::end::Stop;
use super::problem;
use crate::pack::model::Pack;

/// Loads the packs for the rest of the run. They are never freed: the process ends with the command, and freeing them
/// would take a tenth of its time.
pub(super) fn load(dirs: &[PathBuf], with_examples: bool) -> Result<&'static Pack, Stop> {
    Ok(Box::leak(Box::new(load_packs(dirs, with_examples)?)))
}

pub(super) fn load_packs(dirs: &[PathBuf], with_examples: bool) -> Result<Pack, Stop> {
    crate::pack::load(dirs, with_examples).map_err(|error| {
        let mut message = error.to_string();
        for dir in dirs {
            let name = dir.display().to_string();
            let shown = problem::echoed(&name);
            if shown != name {
                message = message.replace(&name, &shown);
            }
        }
        Stop::Message(with_line_end(message))
    })
}

fn with_line_end(mut text: String) -> String {
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}
