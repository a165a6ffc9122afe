//! The product set of the ASID, and the email about it.

use crate::facts::{SetForm, SetReason, SetVerdict};
use crate::product_set::model::Record;

/// What the product set of the ASID says about the endpoint.
#[derive(Clone, Debug)]
pub struct ProductSetView {
    /// Whether it lists the endpoint.
    pub verdict: SetVerdict,
    /// Why the file cannot decide.
    pub reason: Option<SetReason>,
    /// The format of the file. `None` without a file.
    pub form: Option<SetForm>,
    /// The id of the endpoint that was looked up.
    pub endpoint: Option<String>,
    /// The result in a sentence without its full stop; empty without a file.
    pub says: String,
    /// Which system the product set belongs to.
    pub of: SetOf,
    /// The endpoints that the file lists, as "id name".
    pub listed: Vec<String>,
    /// The interactions of this API that the file lists.
    pub interactions: Vec<String>,
    /// The result for each endpoint that was called or is named in the text.
    pub endpoints: Vec<EndpointListing>,
    /// Where the file has several ASIDs and none was chosen: each ASID with its result.
    pub others: Vec<(String, SetVerdict)>,
    /// Doubts about the file.
    pub notes: Vec<String>,
    /// Whom to ask for what.
    pub ask: Vec<Advice>,
    /// How to get a product set.
    pub get: Vec<Advice>,
    /// What to bear in mind.
    pub cautions: Vec<Advice>,
}

/// A sentence of advice, and the command that goes with it.
#[derive(Clone, Debug)]
pub struct Advice {
    /// The sentence.
    pub says: String,
    /// The command, in one line.
    pub command: Option<String>,
}

/// Which system a product set belongs to.
#[derive(Clone, Debug, Default)]
pub struct SetOf {
    /// The ASID of the system.
    pub asid: Option<String>,
    /// The party key.
    pub party_key: Option<String>,
    /// The ODS code of the organisation.
    pub ods: Option<String>,
    /// The environment, as the file names it.
    pub environment: Option<String>,
    /// The ODS code of the manufacturer.
    pub manufacturer: Option<String>,
    /// The name of the product.
    pub product: Option<String>,
    /// The version of the product.
    pub version: Option<String>,
    /// The access mode, as the file names it.
    pub access_mode: Option<String>,
}

impl SetOf {
    /// The system of a record, in texts that `clean` has made fit to show.
    pub(crate) fn of(record: &Record, clean: impl Fn(&str) -> String) -> Self {
        let shown = |field: &Option<String>| field.as_deref().map(&clean);
        Self {
            asid: shown(&record.asid),
            party_key: shown(&record.party_key),
            ods: shown(&record.ods),
            environment: shown(&record.environment),
            manufacturer: shown(&record.manufacturer),
            product: shown(&record.product),
            version: shown(&record.version),
            access_mode: shown(&record.access_mode),
        }
    }

    /// The product, its version and its manufacturer in one phrase.
    fn product_words(&self) -> Option<String> {
        let product = match (&self.product, &self.version) {
            (Some(name), Some(version)) => Some(format!("{name}, version {version}")),
            (name, version) => name.clone().or_else(|| version.clone()),
        };
        product.map(|product| match &self.manufacturer {
            Some(manufacturer) => format!("{product}, manufacturer {manufacturer}"),
            None => product,
        })
    }

    /// Everything that is known of it, with a title.
    pub(crate) fn titled(&self) -> Vec<(&'static str, String)> {
        let product = self.product_words();
        // The product names its manufacturer.
        let manufacturer = self.manufacturer.clone().filter(|_| product.is_none());
        let all = [
            ("ASID", self.asid.clone()),
            ("party key", self.party_key.clone()),
            ("ODS", self.ods.clone()),
            ("environment", self.environment.clone()),
            ("access mode", self.access_mode.clone()),
            ("product", product),
            ("manufacturer", manufacturer),
        ];
        all.into_iter().filter_map(|(title, value)| value.map(|v| (title, v))).collect()
    }
}

/// Whether the product set lists one endpoint.
#[derive(Clone, Debug)]
pub struct EndpointListing {
    /// The id of the endpoint (`A042`).
    pub id: String,
    /// The name of the endpoint; `None` when the catalogue does not have it.
    pub name: Option<String>,
    /// Whether it is listed.
    pub verdict: SetVerdict,
}

/// An email for the sender to complete.
#[derive(Clone, Debug)]
pub struct MailDraft {
    /// The address it goes to.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The first paragraph.
    pub opening: String,
    /// Title and value of each detail; `[…]` where the input does not have it.
    pub lines: Vec<(String, String)>,
    /// The last paragraph.
    pub closing: String,
}
