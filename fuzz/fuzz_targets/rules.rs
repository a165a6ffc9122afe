#![no_main]
//! A rule file of any text: no panic, and a message without control characters.

use libfuzzer_sys::fuzz_target;
use why401::Pack;

fuzz_target!(|text: &str| {
    let folder = std::env::temp_dir().join(format!("why401-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("own.toml"), text).expect("a file");
    if let Err(error) = Pack::builtin_and(&[folder]) {
        let message = error.to_string();
        assert!(!message.chars().any(|c| c.is_control() && c != '\n'), "a control character");
    }
});
