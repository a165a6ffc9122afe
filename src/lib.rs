//! Why was this request answered 401?
//!
//! A request passes the rooms of this crate once and never goes back:
//!
//! ```text
//! paste ─capture─▶ Capture ─evidence─▶ Facts ─engine─▶ [Finding] ─diagnosis─▶ Diagnosis ─report─▶ bytes
//!                     ▲ words    ▲ catalogue     ▲ causes            ▲ pathways, answers
//!                     └────────── Pack: read-only data, loaded once ──────────┘
//! ```
//!
//! Everything that is known of HTTP authentication, of the NHS API platform and of e-RS stands in `rules/`, as data.
//!
//! ```
//! let pack = why401::pack::load(&[], false).expect("the built-in packs load");
//! let ticket = "GET https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole\n\
//!               Authorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\nHTTP/1.1 401 Unauthorized\n";
//! let diagnosis = why401::diagnose(ticket.as_bytes(), &pack, &why401::Options::default());
//! assert_eq!(diagnosis.exchanges[0].causes[0].id, "missing-bearer-prefix");
//! ```

pub mod capture;
pub mod cli;
pub mod diagnosis;
pub mod engine;
pub mod evidence;
pub mod examples;
pub mod facts;
pub mod pack;
pub mod product_set;
pub mod redact;
pub mod report;
pub mod secret;
mod shape;
pub mod text;

use std::sync::Arc;

use diagnosis::model::Diagnosis;
use evidence::keys::PublicKeys;
use pack::model::Pack;
use text::Text;

/// What the caller knows beside the paste.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Who reads the paste.
    pub from: capture::Reader,
    /// The moment of the ticket, for expiry checks. Without it the ticket's own dates are used.
    pub now: Option<jiff::Timestamp>,
    /// Today's clock, the last resort for a ticket without a date. It never calls a token expired: the ticket may be old.
    pub clock: Option<jiff::Timestamp>,
    /// The ASID of the application.
    pub asid: Option<String>,
    /// The status of the answer, where the paste does not show it.
    pub status: Option<u16>,
    /// Public keys to verify client assertions with.
    pub keys: Option<Arc<PublicKeys>>,
    /// The product set of the application's ASID.
    pub product_set: Option<product_set::model::ProductSetFile>,
    /// Which interactions belong to which endpoint, as far as the caller knows.
    pub interaction_map: Option<product_set::InteractionMap>,
    /// Whether a mail to those who keep the product sets is wanted.
    pub draft: bool,
}

/// Reads a paste and says why its requests were refused. Any bytes are answered.
#[must_use]
pub fn diagnose(bytes: &[u8], pack: &Pack, options: &Options) -> Diagnosis {
    let decoded = text::decode(bytes);
    let paste = Text::paste(&decoded.text);
    let capture = capture::read_as(&paste, &pack.vocabulary, options.from);
    diagnosis::diagnose(&capture, &decoded, &paste, pack, options)
}
