//! Facts of the client's own set-up: what its code, configuration, environment and shell show about the credentials.

use super::how::SETUP;
use super::product_set::ProductSetFacts;
use super::words::{CredentialsSource, SetupFault};

facts! {
    /// What the set-up shows.
    group SetupFacts after ProductSetFacts {
        /// what the client's own code, configuration, shell or fields show to be wrong with the credentials
        "credentials.setup-faults" => faults: Vec<SetupFault>, SETUP;
        /// which kinds of credentials the client's own code or configuration sets
        "credentials.set-up" => kinds: Vec<CredentialsSource>, SETUP;
    }
}
