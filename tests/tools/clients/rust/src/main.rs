//! One call with the library that `HOW` names, at its most talkative.

use std::collections::BTreeMap;

fn main() {
    env_logger::builder().filter_level(log_level()).format_target(true).init();
    let url = std::env::var("URL_").unwrap_or_default();
    let fields: BTreeMap<String, String> = serde_json::from_str(&std::env::var("FIELDS").unwrap_or_default()).unwrap_or_default();
    match std::env::var("HOW").unwrap_or_default().as_str() {
        "ureq" => {
            let mut call = ureq::get(&url);
            for (n, v) in &fields {
                call = call.header(n, v);
            }
            println!("{:?}", call.call());
        }
        _ => {
            let client = reqwest::blocking::Client::builder().connection_verbose(true).build().expect("a client");
            let mut call = client.get(&url);
            for (n, v) in &fields {
                call = call.header(n, v);
            }
            println!("{call:?}");
            let response = call.send();
            println!("{response:?}");
            println!("{:?}", response.and_then(|r| r.error_for_status()));
        }
    }
}

fn log_level() -> log::LevelFilter {
    log::LevelFilter::Trace
}
