//! The options of curl: which there are, and which take an argument.

/// Long options without an argument.
#[rustfmt::skip]
const FLAGS: &[&str] = &[
    "alpn", "anyauth", "append", "basic", "buffer", "ca-native", "cert-status", "clobber", "compressed",
    "compressed-ssh", "create-dirs", "crlf", "digest", "disable", "disable-eprt", "disable-epsv",
    "disallow-username-in-url", "doh-cert-status", "doh-insecure", "dump-ca-embed", "environment", "eprt", "epsv",
    "fail", "fail-early", "fail-with-body", "false-start", "follow", "form-escape", "ftp-create-dirs", "ftp-pasv",
    "ftp-pret", "ftp-skip-pasv-ip", "ftp-ssl", "ftp-ssl-ccc", "ftp-ssl-control", "ftp-ssl-reqd", "get", "globoff",
    "haproxy-protocol", "head", "help", "http0.9", "http1.0", "http1.1", "http2", "http2-prior-knowledge", "http3",
    "http3-only", "ignore-content-length", "include", "insecure", "ipv4", "ipv6", "junk-session-cookies",
    "keepalive", "list-only", "location", "location-trusted", "mail-rcpt-allowfails", "manual", "metalink", "mptcp",
    "negotiate", "netrc", "netrc-optional", "next", "npn", "ntlm", "ntlm-wb", "out-null", "parallel",
    "parallel-immediate", "path-as-is", "post301", "post302", "post303", "progress-bar", "progress-meter",
    "proxy-anyauth", "proxy-basic", "proxy-ca-native", "proxy-digest", "proxy-http2", "proxy-insecure",
    "proxy-negotiate", "proxy-ntlm", "proxy-ssl-allow-beast", "proxy-ssl-auto-client-cert", "proxy-tlsv1",
    "proxytunnel", "quic", "raw", "remote-header-name", "remote-name", "remote-name-all", "remote-time",
    "remove-on-error", "retry-all-errors", "retry-connrefused", "sasl-ir", "sessionid", "show-error", "silent",
    "skip-existing", "socks5-basic", "socks5-gssapi", "socks5-gssapi-nec", "ssl", "ssl-allow-beast",
    "ssl-auto-client-cert", "ssl-no-revoke", "ssl-reqd", "ssl-revoke-best-effort", "sslv2", "sslv3",
    "styled-output", "suppress-connect-headers", "tcp-fastopen", "tcp-nodelay", "test-event", "tftp-no-options",
    "tls-earlydata", "tlsv1", "tlsv1.0", "tlsv1.1", "tlsv1.2", "tlsv1.3", "tr-encoding", "trace-ids", "trace-time",
    "use-ascii", "verbose", "version", "xattr",
];

/// Long options that take an argument.
#[rustfmt::skip]
const WITH_ARGUMENT: &[&str] = &[
    "abstract-unix-socket", "alt-svc", "aws-sigv4", "cacert", "capath", "cert", "cert-type", "ciphers", "config",
    "connect-timeout", "connect-to", "continue-at", "cookie", "cookie-jar", "create-file-mode", "crlfile", "curves",
    "data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "delegation", "dns-interface",
    "dns-ipv4-addr", "dns-ipv6-addr", "dns-servers", "doh-url", "dump-header", "ech", "egd-file", "engine",
    "etag-compare", "etag-save", "expect100-timeout", "form", "form-string", "ftp-account",
    "ftp-alternative-to-user", "ftp-method", "ftp-port", "ftp-ssl-ccc-mode", "happy-eyeballs-timeout-ms",
    "haproxy-clientip", "header", "hostpubmd5", "hostpubsha256", "hsts", "interface", "ip-tos", "json",
    "keepalive-cnt", "keepalive-time", "key", "key-type", "knownhosts", "krb", "krb4", "libcurl", "limit-rate",
    "local-port", "login-options", "mail-auth", "mail-from", "mail-rcpt", "max-filesize", "max-redirs", "max-time",
    "netrc-file", "noproxy", "oauth2-bearer", "output", "output-dir", "parallel-max", "parallel-max-host", "pass",
    "pinnedpubkey", "preproxy", "proto", "proto-default", "proto-redir", "proxy", "proxy-cacert", "proxy-capath",
    "proxy-cert", "proxy-cert-type", "proxy-ciphers", "proxy-crlfile", "proxy-header", "proxy-key",
    "proxy-key-type", "proxy-pass", "proxy-pinnedpubkey", "proxy-service-name", "proxy-tls13-ciphers",
    "proxy-tlsauthtype", "proxy-tlspassword", "proxy-tlsuser", "proxy-user", "proxy1.0", "pubkey", "quote",
    "random-file", "range", "rate", "referer", "request", "request-target", "resolve", "retry", "retry-delay",
    "retry-max-time", "sasl-authzid", "service-name", "sigalgs", "socks4", "socks4a", "socks5",
    "socks5-gssapi-service", "socks5-hostname", "speed-limit", "speed-time", "stderr", "telnet-option",
    "tftp-blksize", "time-cond", "tls-max", "tls13-ciphers", "tlsauthtype", "tlspassword", "tlsuser", "trace",
    "trace-ascii", "trace-config", "unix-socket", "upload-file", "upload-flags", "url", "url-query", "user",
    "user-agent", "variable", "vlan-priority", "write-out",
];

/// Long options whose argument holds a password that is not part of the message.
pub(super) const CREDENTIALS: &[&str] =
    &["cert", "pass", "proxy-cert", "proxy-pass", "proxy-tlspassword", "proxy-user", "tlspassword"];

/// Letters, and the long option that each is short for.
#[rustfmt::skip]
const LETTERS: &[(char, &str)] = &[
    ('#', "progress-bar"), ('0', "http1.0"), ('1', "tlsv1"), ('2', "sslv2"), ('3', "sslv3"), ('4', "ipv4"),
    ('6', "ipv6"), (':', "next"), ('A', "user-agent"), ('B', "use-ascii"), ('C', "continue-at"),
    ('D', "dump-header"), ('E', "cert"), ('F', "form"), ('G', "get"), ('H', "header"), ('I', "head"),
    ('J', "remote-header-name"), ('K', "config"), ('L', "location"), ('M', "manual"), ('N', "buffer"),
    ('O', "remote-name"), ('P', "ftp-port"), ('Q', "quote"), ('R', "remote-time"), ('S', "show-error"),
    ('T', "upload-file"), ('U', "proxy-user"), ('V', "version"), ('X', "request"), ('Y', "speed-limit"),
    ('Z', "parallel"), ('a', "append"), ('b', "cookie"), ('c', "cookie-jar"), ('d', "data"), ('e', "referer"),
    ('f', "fail"), ('g', "globoff"), ('h', "help"), ('i', "include"), ('j', "junk-session-cookies"),
    ('k', "insecure"), ('l', "list-only"), ('m', "max-time"), ('n', "netrc"), ('o', "output"), ('p', "proxytunnel"),
    ('q', "disable"), ('r', "range"), ('s', "silent"), ('t', "telnet-option"), ('u', "user"), ('v', "verbose"),
    ('w', "write-out"), ('x', "proxy"), ('y', "speed-time"), ('z', "time-cond"),
];

/// The full name of a long option: itself, an unambiguous beginning of one, or one after `no-`.
pub(super) fn long_option(name: &str) -> Option<(&'static str, bool, bool)> {
    let exact = |name: &str| {
        let flag = FLAGS.iter().find(|f| **f == name).map(|f| (*f, false));
        flag.or_else(|| WITH_ARGUMENT.iter().find(|f| **f == name).map(|f| (*f, true)))
    };
    if let Some((full, takes)) = exact(name) {
        return Some((full, takes, true));
    }
    if let Some((full, false)) = name.strip_prefix("no-").and_then(exact) {
        return Some((full, false, false));
    }
    if name.len() < 3 {
        return None;
    }
    let flags = FLAGS.iter().map(|f| (*f, false));
    let mut fitting = flags.chain(WITH_ARGUMENT.iter().map(|f| (*f, true))).filter(|(f, _)| f.starts_with(name));
    match (fitting.next(), fitting.next()) {
        (Some((full, takes)), None) => Some((full, takes, true)),
        _ => None,
    }
}

/// The long name of a letter, and whether it takes an argument.
pub(super) fn letter(c: char) -> Option<(&'static str, bool)> {
    let (_, name) = LETTERS.iter().find(|(l, _)| *l == c)?;
    Some((name, WITH_ARGUMENT.contains(name)))
}

/// Whether a token is surely an option of curl: the beginning of a line that goes on with a command.
pub(super) fn is_option(token: &str) -> bool {
    if let Some(name) = token.strip_prefix("--") {
        return long_option(name).is_some_and(|(full, _, on)| !on || full == name);
    }
    let Some(letters) = token.strip_prefix('-') else {
        return false;
    };
    if letters.starts_with(['H', 'X', 'd', 'u'])
        && letters[1..].starts_with(|c: char| c.is_ascii_uppercase() || "'\"".contains(c))
    {
        return true;
    }
    let count = letters.chars().count();
    (1..=5).contains(&count)
        && letters.chars().enumerate().all(|(i, c)| letter(c).is_some_and(|(_, takes)| !takes || i + 1 == count))
}
