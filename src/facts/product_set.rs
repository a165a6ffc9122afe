//! Facts of the product set that was given beside the paste.

use super::how::{METHOD_AND_URL, PRODUCT_SET};
use super::proof::ProofFacts;
use super::words::{Listing, SetEnvironment, SetForm, SetReason, SetVerdict};

facts! {
    /// The product set, as far as it bears on the exchange.
    group ProductSetFacts after ProofFacts {
        /// the ASID whose product set was given
        "product-set.asid" => asid: String, PRODUCT_SET;
        /// the endpoint that was looked for in the product set
        "product-set.checked" => checked: String, METHOD_AND_URL;
        /// whether the product set of the ASID lists the endpoint
        "product-set.endpoint" => listing: Listing, "ask for the list of endpoints (interactions) on the ASID";
        /// whether the product set is of the environment that was called, as far as the file says so
        "product-set.environment" => environment: SetEnvironment, PRODUCT_SET;
        /// the form of the file with the product set
        "product-set.form" => form: SetForm, PRODUCT_SET;
        /// why the product set cannot tell
        "product-set.reason" => reason: SetReason, PRODUCT_SET;
        /// what the product set says of the endpoint, in a sentence
        "product-set.says" => says: String, PRODUCT_SET;
        /// what comes of the product set: the value of `product-set.endpoint`, or why there is none
        "product-set.verdict" => verdict: SetVerdict, PRODUCT_SET;
    }
}
