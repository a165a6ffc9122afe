//! Which files a call has read, so that nothing is said about entries of the settings and the baseline that others may need.

use std::collections::BTreeSet;

/// The folders and files that were read, as the settings see their paths.
#[derive(Debug, Default)]
pub(crate) struct Coverage {
    folders: Vec<String>,
    files: BTreeSet<String>,
    /// Whether all files were read that the settings name.
    is_whole: bool,
}

impl Coverage {
    /// Folders that are read as a whole.
    pub(crate) const fn new(folders: Vec<String>, is_whole: bool) -> Self {
        Self { folders, files: BTreeSet::new(), is_whole }
    }

    /// Notes a file that was read.
    pub(super) fn note(&mut self, file: &str) {
        self.files.insert(file.to_owned());
    }

    /// Whether this file was read, or would have been if it were there.
    pub(crate) fn has(&self, file: &str) -> bool {
        self.is_whole || self.files.contains(file) || self.folders.iter().any(|folder| is_in(file, folder))
    }

    /// Whether all files were read that may match a pattern: it begins with a folder that was read.
    pub(super) fn has_all(&self, pattern: &str) -> bool {
        match pattern.find(['*', '?', '[']) {
            None => self.has(pattern),
            Some(at) => {
                let begin = pattern[..at].rsplit_once('/').map_or("", |(folder, _)| folder);
                self.is_whole
                    || self.folders.iter().any(|folder| folder.is_empty() || begin == folder || is_in(begin, folder))
            }
        }
    }
}

fn is_in(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_read_is_not_judged() {
        let mut read = Coverage::new(vec!["captures/a".to_owned()], false);
        read.note("other.har");
        for (pattern, is_read) in [
            ("captures/a/*.har", true),
            ("captures/a/b/**", true),
            ("captures/a/one.har", true),
            ("other.har", true),
            ("captures/ab/*.har", false),
            ("captures/*.har", false),
            ("**/*.har", false),
            ("captures/a*/x.har", false),
            ("more.har", false),
        ] {
            assert_eq!(read.has_all(pattern), is_read, "{pattern}");
        }
        assert!(Coverage::new(vec![String::new()], false).has_all("**/*.har"), "all that is below");
        assert!(Coverage::new(Vec::new(), true).has_all("more.har"));
    }
}
