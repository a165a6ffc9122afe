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
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnosis;
pub mod engine;
pub mod evidence;
pub mod examples;
pub mod facts;
pub mod keys;
mod options;
pub mod pack;
pub mod product_set;
pub mod redact;
pub mod report;
pub mod secret;
mod shape;
pub mod text;
mod url;

pub use options::{NotATime, Options};

use diagnosis::model::Diagnosis;
use pack::model::Pack;
use text::Text;

/// Reads a paste and says why its requests were refused. Any bytes are answered.
#[must_use]
pub fn diagnose(bytes: &[u8], pack: &Pack, options: &Options) -> Diagnosis {
    let decoded = text::decode(bytes);
    let paste = Text::paste(&decoded.text);
    let capture = capture::read_as(&paste, &pack.vocabulary, options.from);
    diagnosis::diagnose(&capture, &decoded, &paste, pack, options)
}
