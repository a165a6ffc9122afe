//! A URL as people paste it, in parts that keep their places. It accepts what `http::Uri` refuses (no scheme, blanks,
//! templates), since those are the very defects to show.

use crate::text::{Text, TextBuilder};

/// The parts of a URL or request target.
#[derive(Clone, Debug)]
pub(crate) struct Url {
    pub(crate) scheme: Option<Text>,
    /// The host in the characters of the paste, without port and user information.
    pub(crate) host: Option<Text>,
    pub(crate) path: Text,
    pub(crate) query: Vec<(Text, Text)>,
}

impl Url {
    /// Splits a URL. A target that begins with a slash has no host.
    pub(crate) fn of(text: &Text) -> Self {
        let value = text.as_str();
        let (scheme, rest) = match value.find("://") {
            Some(at) if value[..at].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+') => {
                (Some(text.slice(0..at)), at + 3)
            }
            _ => (None, 0),
        };
        let has_host =
            scheme.is_some() || !value.starts_with('/') && value.split('/').next().is_some_and(|h| h.contains('.'));
        let after_host =
            if has_host { value[rest..].find(['/', '?', '#']).map_or(value.len(), |i| rest + i) } else { rest };
        let host = has_host.then(|| {
            let from = value[rest..after_host].rfind('@').map_or(rest, |i| rest + i + 1);
            let till = value[from..after_host].find(':').map_or(after_host, |i| from + i);
            text.slice(from..till)
        });
        let path_end = value[after_host..].find(['?', '#']).map_or(value.len(), |i| after_host + i);
        let query = match value[path_end..].strip_prefix('?') {
            Some(query) => {
                let end = query.find('#').unwrap_or(query.len());
                parameters(&text.slice(path_end + 1..path_end + 1 + end))
            }
            None => Vec::new(),
        };
        Self { scheme, host, path: text.slice(after_host..path_end), query }
    }
}

/// Whether a path is that of a token endpoint: `/oauth2/token`, with or without a slash at its end.
pub(crate) fn is_of_token_endpoint(path: &str) -> bool {
    path.trim_end_matches('/').ends_with("/token")
}

/// The parameters of a query or of a form body (`application/x-www-form-urlencoded`), decoded.
pub(crate) fn parameters(text: &Text) -> Vec<(Text, Text)> {
    let value = text.as_str();
    let mut found = Vec::new();
    let mut start = 0;
    for end in value.match_indices('&').map(|(i, _)| i).chain([value.len()]) {
        let part = &value[start..end];
        if !part.is_empty() {
            let split = part.find('=').map_or(end, |i| start + i);
            let name = decoded(&text.slice(start..split));
            let from = (split + 1).min(end);
            found.push((name, decoded(&text.slice(from..end))));
        }
        start = end + 1;
    }
    found
}

/// Undoes percent-encoding and `+`. Sequences that are not UTF-8 stay as they are.
fn decoded(text: &Text) -> Text {
    let value = text.as_str();
    if !value.contains(['%', '+']) {
        return text.clone();
    }
    let bytes = value.as_bytes();
    let hex = |i: usize| -> Option<u8> {
        let pair = value.get(i + 1..i + 3)?;
        pair.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u8::from_str_radix(pair, 16).ok()).flatten()
    };
    let mut out = TextBuilder::new(text.span());
    let (mut at, mut i) = (0, 0);
    while i < bytes.len() {
        if bytes[i] == b'+' {
            out.copy(text, at..i);
            out.replace(text, i..i + 1, " ");
            i += 1;
            at = i;
            continue;
        }
        if bytes[i] != b'%' || hex(i).is_none() {
            i += 1;
            continue;
        }
        let start = i;
        let mut run = Vec::new();
        while bytes.get(i) == Some(&b'%')
            && let Some(byte) = hex(i)
        {
            run.push(byte);
            i += 3;
        }
        if let Ok(means) = std::str::from_utf8(&run) {
            out.copy(text, at..start);
            out.replace(text, start..i, means);
            at = i;
        }
    }
    out.copy(text, at..value.len());
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_urls() {
        let url = Url::of(&Text::paste("https://int.example.nhs.uk:443/a/b?x=1%202&y#z"));
        assert_eq!(url.host.as_ref().map(Text::as_str), Some("int.example.nhs.uk"));
        assert_eq!(url.path.as_str(), "/a/b");
        assert_eq!(url.query[0].1.as_str(), "1 2");
        let bare = Url::of(&Text::paste("int.example.nhs.uk/referrals"));
        assert_eq!(
            (bare.host.as_ref().map(Text::as_str), bare.path.as_str()),
            (Some("int.example.nhs.uk"), "/referrals")
        );
        let target = Url::of(&Text::paste("/a?b=c"));
        assert!(target.host.is_none());
        assert_eq!(target.query.len(), 1);
    }
}
