//! Facts of the text around the exchanges.

use super::challenge::ChallengeFacts;
use super::how::SUPPORT;

facts! {
    /// Something that the text says, by a kind of the vocabulary.
    family Mentioned after ChallengeFacts {
        /// what the text says beside the exchange, by the kinds that the packs define
        "mention.*" => value: String, SUPPORT;
    }
}

facts! {
    /// What the text is about.
    group TopicFacts after Mentioned {
        /// the topics that the text touches on, by the phrases that the packs define
        "mention.topics" => topics: Vec<String>, "describe what you tried, and say when the request began to fail";
    }
}

facts! {
    /// What others in a thread speak of.
    group SuspectedFacts after TopicFacts {
        /// what people other than the asker mention in a thread (a topic of a vocabulary): a suspicion, not evidence
        "mention.suspected" => topics: Vec<String>, "paste the whole thread";
    }
}
