//! `docs/formats.md`, made from the table of forms.

use std::fmt::Write as _;

use super::model::{Form, SampleRow};
use super::table::FORMS;

/// The text of `docs/formats.md`.
#[must_use]
pub fn document() -> String {
    let mut out = "# What is read of which form\n\n\
        This table is made from the table of forms (`src/capture/forms/table.rs`), and a test checks it against the\n\
        samples in `tests/captures/`.\n\n\
        A field that is *absent* was not sent, and the capture shows that. A field that is *unseen* may have been\n\
        sent: nothing is concluded from it.\n\n\
        The extent is `whole` where the capture shows the whole head of the request, `withheld` where the tool\n\
        leaves certain fields out, and `part` where only some lines are known. `--from` names the form to read the\n\
        paste as; without it the form is recognised.\n\n\
        | Form | `--from` | Read | Extent | A field that is not shown | Samples |\n\
        | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for (form, shown) in rows() {
        let _ = write!(out, "{}", row(form, shown));
    }
    out
}

/// The rows of the document: a form, and one variety of it. A form without a sample in the repository has none.
pub(super) fn rows() -> impl Iterator<Item = (&'static Form, &'static SampleRow)> {
    FORMS.iter().flat_map(|form| form.shown.iter().map(move |shown| (form, shown))).filter(|(_, shown)| {
        // The toy row of the unit tests.
        !shown.samples.is_empty()
    })
}

pub(super) fn row(form: &Form, shown: &SampleRow) -> String {
    let samples: Vec<String> = shown.samples.iter().map(|s| format!("`{s}`")).collect();
    format!(
        "| {} | `{}` | {} | {} | {} | {} |\n",
        shown.name,
        form.from.word(),
        shown.parts,
        shown.extents,
        shown.unseen,
        samples.join(", ")
    )
}
