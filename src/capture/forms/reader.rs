//! The forms that `--from` can name.

/// Which forms a paste is read as. The words are those of `--from`; `FORMS` says which word covers which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The word of `--from`.
    pub(crate) word: &'static str,
    /// What it covers, for the help text.
    pub(crate) help: &'static str,
    /// What a paste is not, and what it lacks, when this reader finds nothing in it.
    pub(crate) lacks: &'static str,
}

impl Default for Reader {
    fn default() -> Self {
        Self::AUTO
    }
}

impl Reader {
    /// Each part of the paste is read as whichever form fits it.
    pub const AUTO: Self = Self { word: "auto", help: "Detect the format", lacks: "" };
    /// Labels, header lines and prose. Commands and documents are text like any other.
    pub const TICKET: Self = Self {
        word: "ticket",
        help: "Labels, header lines and prose",
        lacks: "there is nothing to read as a ticket: no request, no answer and no labelled value",
    };
    /// HTTP messages as sent over the wire.
    pub const RAW: Self = Self {
        word: "raw",
        help: "HTTP messages as sent over the wire",
        lacks: "this is not raw HTTP: there is no request line that ends in `HTTP/…`, and no status line",
    };
    /// Command lines of curl, wget, HTTPie and PowerShell.
    pub const COMMAND: Self = Self {
        word: "command",
        help: "A curl, wget, HTTPie or PowerShell command",
        lacks: "this is not a command: there is no call of curl, wget, HTTPie or PowerShell",
    };
    /// The output of `curl -v`.
    pub const VERBOSE: Self = Self {
        word: "curl-v",
        help: "The output of `curl -v`",
        lacks: "this is not the output of `curl -v`: no line begins with `> ` and ends in `HTTP/…`, and none with `< HTTP/…`",
    };
    /// An HTTP Archive.
    pub const HAR: Self =
        Self { word: "har", help: "An HTTP Archive", lacks: "this is not a HAR: there is no `log.entries`" };
    /// Saved requests of Postman and similar tools, and records of its console.
    pub const POSTMAN: Self = Self {
        word: "postman",
        help: "A Postman collection or console record",
        lacks: "this is not a Postman export: there are no saved requests (`item`) and no console record",
    };
    /// Any JSON document.
    pub const JSON: Self = Self {
        word: "json",
        help: "Any JSON document",
        lacks: "this is not a JSON document of a request or a response",
    };

    /// All of them, in the order of the help text.
    pub const ALL: [Self; 8] =
        [Self::AUTO, Self::TICKET, Self::RAW, Self::COMMAND, Self::VERBOSE, Self::HAR, Self::POSTMAN, Self::JSON];

    /// The reader with this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reader| reader.word == word)
    }

    /// The word of `--from`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.word
    }

    /// One line for a help text.
    #[must_use]
    pub const fn help(self) -> &'static str {
        self.help
    }

    /// Whether this reader looks for command lines. `curl -v` prints below the command that was run.
    pub(crate) fn reads_commands(self) -> bool {
        [Self::AUTO, Self::COMMAND, Self::VERBOSE].contains(&self)
    }

    /// Whether a document whose form belongs to this word of `--from` is a record of exchanges to this reader.
    pub(crate) fn takes_documents_of(self, from: &str) -> bool {
        self == Self::AUTO || self == Self::JSON || self.word == from
    }
}
