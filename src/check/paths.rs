//! Paths and patterns of `why401.toml`, which are relative to its folder.

use std::path::{Component, Path, PathBuf};

/// The path of a file as patterns and baselines see it: relative to the folder of the settings where it is below it, with `/`,
/// and without `.`.
pub(super) fn relative(file: &str, folder: &Path) -> String {
    let file = plain(Path::new(file));
    let below = file.strip_prefix(plain(folder)).unwrap_or(&file);
    below.to_string_lossy().replace('\\', "/")
}

fn plain(path: &Path) -> PathBuf {
    path.components().filter(|c| !matches!(c, Component::CurDir)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_seen_from_the_folder_of_the_settings() {
        for (file, folder, seen) in [
            ("./captures/a.har", "", "captures/a.har"),
            ("shop/captures/a.har", "shop", "captures/a.har"),
            ("shop/captures/a.har", "./shop/", "captures/a.har"),
            ("other/a.har", "shop", "other/a.har"),
        ] {
            assert_eq!(relative(file, Path::new(folder)), seen, "{file} from {folder}");
        }
    }
}
