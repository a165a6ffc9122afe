//! The generated documents are what the code and the rules make now. `cargo xtask docs` rewrites them.

/// `UPDATE_DOCS=1` rewrites them as well.
#[test]
fn generated_documents_are_current() {
    let update = std::env::var_os("UPDATE_DOCS").is_some_and(|v| v == "1");
    let documents = xtask::documents().unwrap_or_else(|e| panic!("{e}"));
    let mut stale = Vec::new();
    for document in &documents {
        if update {
            document.write().unwrap_or_else(|e| panic!("{}: {e}", document.path));
        } else {
            stale.extend(document.difference());
        }
    }
    assert!(stale.is_empty(), "{}", stale.join("\n\n"));
}
