//! Facts of what people tell in sentences: where a request works, where it fails, what has happened.

use super::mentions::SuspectedFacts;
use super::words::{ToldCredentials, ToldEvent, ToldPlace};

const CONTRAST: &str = "say where the same request works and where it fails, and since when";

facts! {
    /// What the asker tells.
    group ToldFacts after SuspectedFacts {
        /// what is said to have happened, or how the request is said to fail
        "told.events" => events: Vec<ToldEvent>, CONTRAST;
        /// where, with whom or when the request is said to fail
        "told.fails" => fails: Vec<ToldPlace>, CONTRAST;
        /// the credentials that the text says are used
        "told.uses" => uses: Vec<ToldCredentials>, CONTRAST;
        /// where, with whom or when the request is said to work
        "told.works" => works: Vec<ToldPlace>, CONTRAST;
    }
}
