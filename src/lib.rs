//! Why was this request answered 401?
//!
//! A request passes through the rooms of this crate once and never goes back:
//!
//! ```text
//! paste ─capture─▶ Capture ─evidence─▶ Facts ─engine─▶ [Finding] ─diagnosis─▶ Diagnosis ─report─▶ bytes
//!                     ▲ words    ▲ catalogue     ▲ causes            ▲ pathways, answers
//!                     └────────── Pack: read-only data, loaded once ──────────┘
//! ```
//!
//! Everything that is known about HTTP authentication, the NHS API platform and e-RS is data, in `rules/`.
//!
//! Load a [`Pack`] of rules once, then [`diagnose`] any number of texts with it:
//!
//! ```
//! use why401::{Options, Pack, Verdict, diagnose};
//!
//! let pack = Pack::builtin()?;
//! let ticket = "GET https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole\n\
//!               Authorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\nHTTP/1.1 401 Unauthorized\n";
//! let diagnosis = diagnose(ticket.as_bytes(), &pack, &Options::default());
//! let cause = &diagnosis.exchanges[0].causes[0];
//! assert_eq!((cause.id.as_str(), cause.verdict), ("missing-bearer-prefix", Verdict::Confirmed));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Rules of your own are a folder of packs. A mistake in one is shown with its line:
//!
//! ```
//! use why401::Pack;
//!
//! # let folder = std::env::temp_dir().join(format!("why401-doc-{}", std::process::id()));
//! # std::fs::create_dir_all(folder.join("shop"))?;
//! std::fs::write(folder.join("shop/empty-basket.toml"), "titel = \"The basket is empty\"\n")?;
//! let error = Pack::builtin_and(&[folder.clone()]).unwrap_err().to_string();
//! assert!(error.contains("Did you mean `title`?"), "{error}");
//! # std::fs::remove_dir_all(folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A report is for people ([`write_text`]) or for programs ([`JsonReport`], whose schema is `schema/report.v1.schema.json`):
//!
//! ```
//! use why401::{JsonReport, Options, Pack, diagnose};
//!
//! let pack = Pack::builtin()?;
//! let options = Options::default().status(401);
//! let diagnosis = diagnose(b"curl https://api.example/orders", &pack, &options);
//! let mut json = Vec::new();
//! JsonReport::new([("ticket.txt", &diagnosis)]).write(&mut json)?;
//! assert!(String::from_utf8(json)?.contains("\"missing-authorization\""));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The [`Redactor`] masks credentials and NHS numbers in any text:
//!
//! ```
//! use why401::Redactor;
//!
//! let log = "retrying with Authorization: Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ";
//! let safe = Redactor::new(log, &[]).clean(log);
//! assert!(!safe.contains("4kQeTz8h"), "{safe}");
//! ```

#![cfg_attr(not(feature = "cli"), allow(dead_code, reason = "the program uses more than the interface has"))]

#[cfg(feature = "cli")]
mod bulk;
mod capture;
mod carrier;
#[cfg(feature = "cli")]
mod check;
// What the program calls; no part of the interface.
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod diagnosis;
mod engine;
mod evidence;
mod examples;
mod facts;
mod keys;
#[cfg(feature = "lsp")]
mod lsp;
mod masking;
#[cfg(feature = "cli")]
mod mcp;
mod nearest;
mod options;
mod pack;
mod product_set;
mod redact;
mod report;
mod secret;
mod sensitive;
mod shape;
mod systems;
mod text;
mod url;
mod visible;
mod words;

#[doc(inline)]
pub use capture::Reader;
#[doc(inline)]
pub use diagnosis::compare::compare;
#[doc(inline)]
pub use diagnosis::diagnose;
#[doc(inline)]
pub use diagnosis::model::{
    Advice, AnswerView, CauseView, CheckpointState, CheckpointView, ComparedRequest, Comparison, Correction,
    CorrectionLine, CorrectionMark, Diagnosis, Difference, EarlierView, EndpointListing, EndpointView, Evidence,
    ExchangeDiagnosis, FieldView, MailDraft, MentionList, MentionView, Need, Outcome, PathwayView, PostView,
    ProductSetView, Question, RequestView, ResponseView, RuledOut, SetOf, SharedFact, Support, SuspicionView,
    ThreadView, Undecided, Verdict,
};
#[doc(inline)]
pub use diagnosis::seen::{Seen, SeenExchange, SeenFact, seen};
#[doc(inline)]
pub use facts::{FACTS, FactInfo, SetForm, SetReason, SetVerdict, Type as FactType};
#[doc(inline)]
pub use keys::{KeyError, PublicKeys};
#[doc(inline)]
pub use masking::{Also, MaskedStretch, MaskedText, Masker};
pub use options::{NotATime, Options};
#[doc(inline)]
pub use pack::LoadError;
#[doc(inline)]
pub use pack::model::Pack;
#[doc(inline)]
pub use product_set::model::ProductSetFile;
#[doc(inline)]
pub use product_set::{InteractionMap, MapError, read as read_product_set};
#[doc(inline)]
pub use redact::Redactor;
#[doc(inline)]
pub use report::brief::{causes as write_causes, summary as write_summary};
#[doc(inline)]
pub use report::compare::{write as write_comparison, write_json as write_comparison_json};
#[doc(inline)]
pub use report::explain_json::write_by_id as explain_cause;
#[doc(inline)]
pub use report::facts::{write as write_facts, write_json as write_facts_json};
#[doc(inline)]
pub use report::forms::ReportForm;
#[doc(inline)]
pub use report::json::Report as JsonReport;
#[doc(inline)]
pub use report::message::MessageMarkup;
#[doc(inline)]
pub use report::screen::write as write_screen;
#[doc(inline)]
pub use report::style::TextStyle;
#[doc(inline)]
pub use report::text::write as write_text;
#[doc(inline)]
pub use report::ticket::{write_reply, write_ticket};
#[doc(inline)]
pub use report::view::write as write_view;
#[doc(inline)]
pub use text::{Lines, Span};

/// What `xtask` and the tests use besides the interface. It may change in any version.
#[doc(hidden)]
pub mod internals {
    #[cfg(feature = "cli")]
    pub use crate::bulk::judge as judge_in_bulk;
    pub use crate::capture::model::{Body, Capture, Exchange, Extent, Field};
    pub use crate::capture::{formats_document, read, read_as, read_commands};
    pub use crate::examples::{diagnose as diagnose_example, test as test_examples, verdict_of};
    pub use crate::pack::model::{Answer, Cause, Condition, Effect, Matcher, Operation, Part, Template};
    pub use crate::pack::rule_text::RuleText;
    pub use crate::text::{Text, decode};
}
