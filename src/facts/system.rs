//! Facts of the systems that an exchange went through.

use super::how::ANSWER;
use super::setup::SetupFacts;
use super::words::SystemTrait;

facts! {
    /// Which of the systems that packs know take part.
    group SystemFacts after SetupFacts {
        /// the systems that the text mentions, by the ids of the packs: weaker than what a message shows
        "system.named" => named: Vec<String>, "name the product or the service that answered";
        /// the systems that the URL, a field or the body of the exchange shows, by the ids of the packs
        "system.shown" => shown: Vec<String>, ANSWER;
        /// what the systems that the exchange shows are known to do with credentials (where that is nothing: the systems
        /// that the text mentions); absent where the packs know nothing of it
        "system.traits" => traits: Vec<SystemTrait>, ANSWER;
    }
}
