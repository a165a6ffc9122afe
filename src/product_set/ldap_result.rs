//! What directory servers and clients say about how a search ended.

/// LDAP result codes (RFC 4511, appendix A) and client errors, with the words that tools print for them.
const RESULTS: &[(i32, &[&str])] = &[
    (1, &["operations error", "operationserror"]),
    (3, &["time limit exceeded", "timelimitexceeded", "timelimit_exceeded"]),
    (4, &["size limit exceeded", "sizelimitexceeded", "sizelimit_exceeded"]),
    (7, &["authentication method not supported"]),
    (8, &["strong(er) authentication required", "strongerauthrequired", "strong_auth_required", "strongauthrequired"]),
    (10, &["referral (10)"]),
    (11, &["administrative limit exceeded", "adminlimitexceeded", "adminlimit_exceeded"]),
    (13, &["confidentiality required", "confidentialityrequired", "confidentiality_required"]),
    (32, &["no such object", "nosuchobject", "no_such_object"]),
    (34, &["invalid dn syntax", "invaliddnsyntax", "invalid_dn_syntax"]),
    (48, &["inappropriate authentication", "inappropriateauthentication"]),
    (49, &["invalid credentials", "invalidcredentials", "invalid_credentials"]),
    (50, &["insufficient access", "insufficientaccess", "insufficient_access"]),
    (51, &["server is busy", "ldap_busy"]),
    (52, &["server is unavailable", "ldap_unavailable"]),
    (53, &["server is unwilling to perform", "unwillingtoperform", "unwilling_to_perform"]),
    (-1, &["can't contact ldap server", "server_down"]),
    (-5, &["timed out (-5)", "ldap.timeout"]),
    (-7, &["bad search filter", "filter_error", "malformed filter", "unbalanced parens", "invalid filter"]),
];

/// What each code means, and what to do.
const ADVICE: &[(i32, &str, &str)] = &[
    (3, "the search took too long (3)", "search by ASID: (uniqueIdentifier=<ASID>)"),
    (
        4,
        "the server returned only a part of what it found (4, size limit)",
        "search by ASID: (uniqueIdentifier=<ASID>)",
    ),
    (
        11,
        "the server returned only a part of what it found (11, administrative limit)",
        "search by ASID: (uniqueIdentifier=<ASID>)",
    ),
    (32, "the search base does not exist (32)", "search from the base ou=services, o=nhs"),
    (34, "the search base is not written as a name (34)", "search from the base ou=services, o=nhs"),
    (
        49,
        "the server did not accept the user or the password (49)",
        "search anonymously with -x and without -D, or correct the password",
    ),
    (50, "the user of the search may not read this (50)", "ask for access to the directory, or search as another user"),
    (
        -1,
        "the directory server was not reached (-1)",
        "search from within the Health and Social Care Network, and check host, port and certificate",
    ),
    (
        -7,
        "the search filter is not valid (-7)",
        "put the whole filter in parentheses and quotes: '(uniqueIdentifier=<ASID>)'",
    ),
];

/// The code of a failed search, if a line reports one: `result: 4 Size limit exceeded`, `'result': 4`, `No such object (32)`.
pub(super) fn code_in(line: &str) -> Option<i32> {
    const LONGEST: usize = 2_000;
    let line = &line[..line.floor_char_boundary(LONGEST)];
    let lower = line.trim().to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("result:") {
        let code: i32 = rest.trim().split(|c: char| c != '-' && !c.is_ascii_digit()).next()?.parse().ok()?;
        return (code != 0).then_some(code);
    }
    RESULTS.iter().find(|(_, words)| words.iter().any(|w| lower.contains(w))).map(|(code, _)| *code)
}

/// What a code means and what to do about it, in words.
#[must_use]
pub(crate) fn advice(code: i32) -> (String, Option<&'static str>) {
    match ADVICE.iter().find(|(c, ..)| *c == code) {
        Some((_, says, todo)) => ((*says).to_owned(), Some(todo)),
        None => (format!("the directory server reported error {code}"), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_recognised() {
        assert_eq!(code_in("result: 4 Size limit exceeded"), Some(4));
        assert_eq!(code_in("result: 0 Success"), None);
        assert_eq!(code_in("Size limit exceeded (4)"), Some(4));
        assert_eq!(code_in("{'result': 4, 'description': 'sizeLimitExceeded'}"), Some(4));
        assert_eq!(code_in("ldap_search_ext: Bad search filter (-7)"), Some(-7));
        assert_eq!(code_in("nhsAsSvcIA: urn:nhs:names:services:ers:X"), None);
        assert!(RESULTS.iter().all(|(code, _)| !advice(*code).0.is_empty()));
    }
}
