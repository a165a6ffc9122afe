//! The readings of a table, listed: for the documents, and for the page of a cause.

use super::table::{ListedReading, WordTable};

impl ListedReading<'_> {
    /// What such a message says: "the audience is not valid, does not match".
    pub(crate) fn says(&self, table: WordTable<'_>) -> String {
        let title = |id: &str, any: &str, none: &str| match id {
            "*" => any.to_owned(),
            "-" => none.to_owned(),
            id => table.concept(id).map(|c| table.title(c)).filter(|t| !t.is_empty()).unwrap_or(id).to_owned(),
        };
        let about: Vec<String> = self.about.iter().map(|id| title(id, "anything", "nothing named")).collect();
        let complaint: Vec<String> = self.complaint.iter().map(|id| title(id, "any complaint", "only named")).collect();
        let context = self.context.map(|id| format!(", in a message about {}", title(id, "", ""))).unwrap_or_default();
        format!("{}{context}: {}", about.join(" or "), complaint.join(", "))
    }
}

/// All readings, in the order in which they are looked up.
pub(crate) fn readings(table: WordTable<'_>) -> Vec<ListedReading<'_>> {
    (0..table.rule_count()).map(|place| table.rule(place)).collect()
}

/// `docs/words.md` from its marker on: what a message is about, what it complains of, and the causes.
pub(crate) fn document(table: WordTable<'_>) -> String {
    let mut text = String::from(
        "\n## What is about × complaint → cause\n\nThe first row that fits counts; rows with a context come first where the message names it.\n\n\
         | context | about | complaint | weight | family | causes |\n|---|---|---|---|---|---|\n",
    );
    let code = |ids: &[&str]| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    for reading in readings(table) {
        let context = reading.context.map(|id| format!("`{id}`")).unwrap_or_default();
        text.push_str(&format!(
            "| {context} | {} | {} | {:.2} | {} | {} |\n",
            code(&reading.about),
            code(&reading.complaint),
            f64::from(reading.weight) / 100.0,
            reading.family,
            code(&reading.causes),
        ));
    }
    text
}
