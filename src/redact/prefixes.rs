//! Keys that are known by their first characters: `ghp_…`, `sk_live_…`. What follows may look like words. The first characters
//! stay: they say what kind of key it is, and of which account (`sk_test_`).

use super::hidden::Hidden;
use super::searchable::Searchable;

/// The characters of the rest of a key.
#[derive(Clone, Copy)]
enum Alphabet {
    Letters,
    /// Also `-` and `_`.
    Words,
    /// Also `.`.
    Dotted,
}

/// First characters that only keys have, the fewest characters that follow them, and which. Most are made for this: the
/// services publish them so that keys are found.
const PREFIXES: &[(&str, usize, Alphabet)] = &[
    ("ghp_", 10, Alphabet::Letters),
    ("gho_", 10, Alphabet::Letters),
    ("ghu_", 10, Alphabet::Letters),
    ("ghs_", 10, Alphabet::Letters),
    ("ghr_", 10, Alphabet::Letters),
    ("github_pat_", 10, Alphabet::Words),
    ("glpat-", 10, Alphabet::Words),
    ("gldt-", 10, Alphabet::Words),
    ("glrt-", 10, Alphabet::Words),
    ("glptt-", 10, Alphabet::Words),
    ("sk_live_", 8, Alphabet::Words),
    ("sk_test_", 8, Alphabet::Words),
    ("rk_live_", 8, Alphabet::Words),
    ("rk_test_", 8, Alphabet::Words),
    ("whsec_", 10, Alphabet::Words),
    ("xoxb-", 10, Alphabet::Words),
    ("xoxp-", 10, Alphabet::Words),
    ("xoxa-", 10, Alphabet::Words),
    ("xoxr-", 10, Alphabet::Words),
    ("xoxs-", 10, Alphabet::Words),
    ("xoxe-", 10, Alphabet::Words),
    ("xoxc-", 10, Alphabet::Words),
    ("xoxd-", 10, Alphabet::Words),
    ("xapp-", 10, Alphabet::Words),
    ("sk-proj-", 10, Alphabet::Words),
    ("sk-ant-", 10, Alphabet::Words),
    ("sk-or-", 10, Alphabet::Words),
    ("sk-", 24, Alphabet::Letters),
    ("gsk_", 20, Alphabet::Letters),
    ("hf_", 20, Alphabet::Letters),
    ("npm_", 36, Alphabet::Letters),
    ("pypi-AgE", 10, Alphabet::Words),
    ("dckr_pat_", 10, Alphabet::Words),
    ("dop_v1_", 10, Alphabet::Letters),
    ("shpat_", 10, Alphabet::Letters),
    ("shpss_", 10, Alphabet::Letters),
    ("shpca_", 10, Alphabet::Letters),
    ("lin_api_", 10, Alphabet::Letters),
    ("figd_", 10, Alphabet::Words),
    ("sntrys_", 10, Alphabet::Words),
    ("nvapi-", 10, Alphabet::Words),
    ("PMAK-", 10, Alphabet::Words),
    ("NRAK-", 10, Alphabet::Letters),
    ("ATATT3", 20, Alphabet::Words),
    ("AIza", 30, Alphabet::Words),
    ("ya29.", 10, Alphabet::Words),
    ("hvs.", 10, Alphabet::Words),
    ("hvb.", 10, Alphabet::Words),
    ("SG.", 30, Alphabet::Dotted),
    ("sha256~", 20, Alphabet::Words),
    ("AGE-SECRET-KEY-1", 20, Alphabet::Letters),
];

/// The first characters of the id of a key pair of AWS.
const IDS: [&str; 2] = ["AKIA", "ASIA"];

/// How far the secret of a key pair is from its id.
const NEAR: usize = 80;

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for (prefix, least, of_rest) in PREFIXES {
        for at in searchable.places(prefix) {
            let is_inside = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '‹'));
            let rest = at + prefix.len();
            let is_of_rest = |b: &u8| match of_rest {
                Alphabet::Letters => b.is_ascii_alphanumeric(),
                Alphabet::Words => b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'),
                Alphabet::Dotted => b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'),
            };
            let len = text.as_bytes()[rest..].iter().take_while(|b| is_of_rest(b)).count();
            let is_filled_in = text[rest..rest + len].bytes().all(|b| b.eq_ignore_ascii_case(&b'x'));
            if !is_inside && len >= *least && !is_filled_in {
                found.push(Hidden { range: rest..rest + len, anywhere: true });
            }
        }
    }
    for id in IDS {
        for at in searchable.places(id) {
            found.extend(secret_of_id(text, at));
        }
    }
    found
}

/// The secret behind the id of a key pair that begins here: forty characters of base64, on its line or the next.
fn secret_of_id(text: &str, at: usize) -> Option<Hidden> {
    let is_of_id = |b: &&u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    let id = text.as_bytes()[at..].iter().take(24).take_while(is_of_id).count();
    if id != 20 {
        return None;
    }
    let from = at + id;
    let near = &text[from..text.floor_char_boundary(from + NEAR)];
    let is_of_secret = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
    let mut start = 0;
    while start < near.len() {
        let lead = near[start..].find(is_of_secret)?;
        let word = from + start + lead;
        let bytes = &text.as_bytes()[word..];
        let len = bytes.iter().take(64).take_while(|b| is_of_secret(char::from(**b))).count();
        if (30..=60).contains(&len) {
            return Some(Hidden { range: word..word + len, anywhere: true });
        }
        start += lead + len;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::searchable::masked;
    use super::*;

    #[test]
    fn keys_are_known_by_their_beginning() {
        assert_eq!(
            masked("export GH=ghp_correcthorsebatterystapleabcdefghijkl", all),
            ["correcthorsebatterystapleabcdefghijkl"]
        );
        assert_eq!(masked("\"sk_live_mynicesecretword\"", all), ["mynicesecretword"]);
        assert_eq!(
            masked("npm_config_registry, npm_lifecycle_event, hf_transfer, sk-SK, xoxb-", all),
            Vec::<&str>::new()
        );
        assert_eq!(masked("ghp_xxxxxxxxxxxxxxxx and sk_live_… are placeholders", all), Vec::<&str>::new());
    }

    #[test]
    fn the_secret_of_a_key_pair_stands_near_its_id() {
        let secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzkey1";
        for lead in ["AKIAIOSFODNN7EXAMPL2 / ", "AKIAIOSFODNN7EXAMPL2 (secret ", "AKIAIOSFODNN7EXAMPL2\n"] {
            assert_eq!(masked(&format!("{lead}{secret}"), all), [secret]);
        }
        assert_eq!(masked("AKIAIOSFODNN7EXAMPL2 is the key that the policy names", all), Vec::<&str>::new());
    }
}
