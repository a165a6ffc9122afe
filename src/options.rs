//! What the caller of the library knows besides the captured text.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use jiff::Timestamp;

use crate::capture::Reader;
use crate::keys::PublicKeys;
use crate::product_set::InteractionMap;
use crate::product_set::model::ProductSetFile;
use crate::product_set::words::ASID_DIGITS;

/// What the caller knows besides the captured text. Everything is optional:
///
/// ```
/// let options = why401::Options::default().status(401).now("2026-03-04T10:11:12Z")?;
/// # Ok::<(), why401::NotATime>(())
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    pub(crate) from: Reader,
    pub(crate) now: Option<Timestamp>,
    pub(crate) clock: Option<Timestamp>,
    pub(crate) asid: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) keys: Option<Arc<PublicKeys>>,
    pub(crate) product_set: Option<ProductSetFile>,
    pub(crate) interaction_map: Option<InteractionMap>,
    pub(crate) draft: bool,
    pub(crate) mask: Vec<String>,
}

/// A text is not a time with date and zone, as RFC 3339 writes it. The source says where it stops being one.
#[derive(Clone, Debug)]
pub struct NotATime(jiff::Error);

impl fmt::Display for NotATime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a time with date and zone, such as 2026-03-04T10:11:12Z")
    }
}

impl Error for NotATime {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

impl Options {
    /// Whether a text has the form of an ASID: 12 digits.
    #[must_use]
    pub fn is_asid(text: &str) -> bool {
        text.len() == ASID_DIGITS && text.bytes().all(|b| b.is_ascii_digit())
    }

    /// What the text is. By default every form is looked for.
    #[must_use]
    pub fn from(mut self, reader: Reader) -> Self {
        self.from = reader;
        self
    }

    /// When the request was sent (RFC 3339), for checks of expiry. Without it the dates in the text are used.
    ///
    /// # Errors
    /// The text is not such a time.
    pub fn now(mut self, time: &str) -> Result<Self, NotATime> {
        self.now = Some(time.parse().map_err(NotATime)?);
        Ok(self)
    }

    /// Today's clock, for a text without a date. It never makes a token count as expired, because the text may be old.
    /// A time that RFC 3339 cannot write, thousands of years away, is ignored.
    #[must_use]
    pub fn clock(mut self, time: SystemTime) -> Self {
        self.clock = Timestamp::try_from(time).ok();
        self
    }

    /// The ASID of the calling system, where the text does not give it.
    #[must_use]
    pub fn asid(mut self, asid: impl Into<String>) -> Self {
        self.asid = Some(asid.into());
        self
    }

    /// The status of the response, where the text does not give it.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// The registered public keys, to verify client assertions with.
    #[must_use]
    pub fn keys(mut self, keys: PublicKeys) -> Self {
        self.keys = Some(Arc::new(keys));
        self
    }

    /// The product set of the calling system's ASID.
    #[must_use]
    pub fn product_set(mut self, file: ProductSetFile) -> Self {
        self.product_set = Some(file);
        self
    }

    /// Which interactions belong to which endpoint.
    #[must_use]
    pub fn interaction_map(mut self, map: InteractionMap) -> Self {
        self.interaction_map = Some(map);
        self
    }

    /// Words that no report may show, in upper or lower case: names of people, projects or organisations.
    #[must_use]
    pub fn mask(mut self, words: impl IntoIterator<Item = String>) -> Self {
        self.mask.extend(words);
        self
    }

    /// Whether to draft a mail to the team that maintains the product sets. By default none is drafted.
    #[must_use]
    pub fn draft(mut self, wanted: bool) -> Self {
        self.draft = wanted;
        self
    }
}
