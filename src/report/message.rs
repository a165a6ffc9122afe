//! Messages in the markup of the place where they are posted.

use std::fmt::Write as _;

/// The markup of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageMarkup {
    /// GitHub, GitLab and most trackers.
    Markdown,
    /// Mail.
    Plain,
    /// Forums that run on Discourse: Markdown with blocks that can be folded.
    Discourse,
    /// The wiki markup of Jira.
    Jira,
}

impl MessageMarkup {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Markdown, Self::Plain, Self::Discourse, Self::Jira];
}

/// A message that is being written. Texts may contain code in backticks; everything else in them is shown as it is.
pub(super) struct Message {
    markup: MessageMarkup,
    text: String,
}

impl Message {
    pub(super) const fn new(markup: MessageMarkup) -> Self {
        Self { markup, text: String::new() }
    }

    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A heading of the message.
    pub(super) fn heading(&mut self, title: &str) {
        self.gap();
        match self.markup {
            MessageMarkup::Markdown | MessageMarkup::Discourse => self.line(&format!("### {}", self.inline(title))),
            MessageMarkup::Jira => self.line(&format!("h3. {}", self.inline(title))),
            MessageMarkup::Plain => self.line(&title.to_uppercase()),
        }
        self.gap();
    }

    /// The title of the whole message; the subject of a mail.
    pub(super) fn title(&mut self, title: &str) {
        self.gap();
        match self.markup {
            MessageMarkup::Markdown | MessageMarkup::Discourse => self.line(&format!("## {}", self.inline(title))),
            MessageMarkup::Jira => self.line(&format!("h2. {}", self.inline(title))),
            MessageMarkup::Plain => self.line(&format!("Subject: {}", title.replace('`', ""))),
        }
    }

    /// A short paragraph in bold letters.
    pub(super) fn strong(&mut self, text: &str) {
        self.gap();
        match self.markup {
            MessageMarkup::Markdown | MessageMarkup::Discourse => self.line(&format!("**{}**", self.inline(text))),
            MessageMarkup::Jira => self.line(&format!("*{}*", self.inline(text))),
            MessageMarkup::Plain => self.wrapped("", &self.inline(text)),
        }
        self.gap();
    }

    /// A paragraph.
    pub(super) fn prose(&mut self, text: &str) {
        self.gap();
        self.wrapped("", &self.inline(text));
        self.gap();
    }

    /// A list.
    pub(super) fn list(&mut self, items: &[String]) {
        self.gap();
        let bullet = if self.markup == MessageMarkup::Jira { "* " } else { "- " };
        for item in items {
            self.wrapped(bullet, &self.inline(item));
        }
        self.gap();
    }

    /// Titles with their values, which are shown as they are.
    pub(super) fn values(&mut self, rows: &[(String, String)]) {
        self.gap();
        for (title, value) in rows {
            let value = match self.markup {
                MessageMarkup::Plain => value.clone(),
                MessageMarkup::Jira => format!("{{{{{}}}}}", escaped_jira(value)),
                MessageMarkup::Markdown | MessageMarkup::Discourse => code_span(value),
            };
            let line = match self.markup {
                MessageMarkup::Plain => format!("{title}: {value}"),
                MessageMarkup::Jira => format!("* {}: {value}", self.inline(title)),
                MessageMarkup::Markdown | MessageMarkup::Discourse => format!("- {}: {value}", self.inline(title)),
            };
            self.line(&line);
        }
        self.gap();
    }

    /// A block of lines that are shown as they are.
    pub(super) fn code(&mut self, language: &str, lines: &[String]) {
        self.gap();
        match self.markup {
            MessageMarkup::Markdown | MessageMarkup::Discourse => {
                // A fence longer than any in the block.
                let longest = lines.iter().map(|l| longest_run(l, '`')).max().unwrap_or(0);
                let fence = "`".repeat((longest + 1).max(3));
                self.line(&format!("{fence}{language}"));
                lines.iter().for_each(|l| self.line(l));
                self.line(&fence);
            }
            MessageMarkup::Jira => {
                self.line("{noformat}");
                lines.iter().for_each(|l| self.line(&l.replace("{noformat}", "{ noformat }")));
                self.line("{noformat}");
            }
            MessageMarkup::Plain => lines.iter().for_each(|l| self.line(&format!("    {l}"))),
        }
        self.gap();
    }

    /// A list that may be folded, under its title.
    pub(super) fn folded(&mut self, title: &str, items: &[String]) {
        if self.markup == MessageMarkup::Discourse {
            self.gap();
            self.line(&format!("[details=\"{title}\"]"));
            self.list(items);
            self.line("[/details]");
            return;
        }
        self.heading(title);
        self.list(items);
    }

    pub(super) fn finish(self) -> String {
        let mut text = self.text.trim_end().to_owned();
        text.push('\n');
        text
    }

    /// A line, broken at words in plain text only: the others are laid out where they are shown.
    fn wrapped(&mut self, bullet: &str, text: &str) {
        if self.markup != MessageMarkup::Plain {
            self.line(&format!("{bullet}{text}"));
            return;
        }
        for (i, line) in super::style::wrap(text, super::style::DEFAULT_WIDTH - bullet.len()).iter().enumerate() {
            let begin = if i == 0 { bullet.to_owned() } else { " ".repeat(bullet.len()) };
            self.line(&format!("{begin}{line}"));
        }
    }

    /// A text whose parts in backticks are code.
    fn inline(&self, text: &str) -> String {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.markup == MessageMarkup::Plain {
            return text;
        }
        let is_balanced = text.matches('`').count().is_multiple_of(2);
        let mut out = String::new();
        for (i, part) in text.split('`').enumerate() {
            match (i % 2 == 1 && is_balanced, self.markup) {
                (true, MessageMarkup::Jira) => {
                    let _ = write!(out, "{{{{{}}}}}", escaped_jira(part));
                }
                (true, _) => out.push_str(&code_span(part)),
                (false, MessageMarkup::Jira) => out.push_str(&escaped_jira(part)),
                (false, _) => out.push_str(&escaped_markdown(part)),
            }
        }
        out
    }
}

/// The length of the longest run of a character.
fn longest_run(text: &str, wanted: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Code within a line. It may contain backticks.
fn code_span(text: &str) -> String {
    let ticks = "`".repeat(longest_run(text, '`') + 1);
    if ticks.len() > 1 { format!("{ticks} {text} {ticks}") } else { format!("`{text}`") }
}

/// Text that Markdown shows as it is. Marks that mean nothing where they are stay readable in the source.
pub(crate) fn escaped_markdown(text: &str) -> String {
    escaped(text, |c, before, after| match c {
        '\\' | '`' | '*' | '<' | '>' | '|' => true,
        '_' => !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)),
        // A name after it would be notified.
        '@' | '#' => !before.is_some_and(char::is_alphanumeric),
        ']' => matches!(after, Some('(' | '[')),
        _ => false,
    })
}

/// Text that Jira shows as it is.
fn escaped_jira(text: &str) -> String {
    escaped(text, |c, before, after| {
        let is_inside = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        match c {
            '\\' | '{' | '}' | '[' | ']' | '|' | '!' => true,
            '*' | '_' | '^' | '~' | '+' => !is_inside,
            _ => false,
        }
    })
}

/// A text with a backslash before each character that is markup there: the character, and those around it.
fn escaped(text: &str, is_markup: impl Fn(char, Option<char>, Option<char>) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if is_markup(c, before, chars.peek().copied()) {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(markup: MessageMarkup) -> String {
        let mut message = Message::new(markup);
        message.heading("Request");
        message.prose("Send `Authorization: Bearer <token>`, not *this* [one].");
        message.values(&[("ASID".to_owned(), "2000`00".to_owned())]);
        message.code("http", &["GET /a".to_owned(), "```".to_owned(), "{noformat}".to_owned()]);
        message.folded("Ruled out", &["one: because_of this".to_owned()]);
        message.finish()
    }

    #[test]
    fn a_message_in_each_markup() {
        insta::assert_snapshot!(message(MessageMarkup::Markdown));
        insta::assert_snapshot!(message(MessageMarkup::Plain));
        insta::assert_snapshot!(message(MessageMarkup::Discourse));
        insta::assert_snapshot!(message(MessageMarkup::Jira));
    }
}
