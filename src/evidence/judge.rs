//! Which pair of fields an answer is about. A proxy asks with Proxy-Authenticate and reads Proxy-Authorization, a server
//! asks with WWW-Authenticate and reads Authorization (RFC 9110, sections 11.6 and 11.7); everything else is the same.

use crate::capture::model::{Exchange, Format, Response};

/// Who judged the credentials of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judge {
    Server,
    Proxy,
}

impl Judge {
    pub(super) fn of(response: Option<&Response>) -> Self {
        let Some(response) = response else { return Self::Server };
        let has = |name: &str| response.fields.iter().any(|f| f.is(name));
        let asks_for_proxy = has("proxy-authenticate") && !has("www-authenticate");
        let status = response.status.map(|s| s.code);
        if status == Some(407) || asks_for_proxy && status.is_none_or(|s| s >= 400) {
            Self::Proxy
        } else {
            Self::Server
        }
    }

    /// The field of the request that it reads, in lower case.
    pub(super) const fn credentials(self) -> &'static str {
        match self {
            Self::Server => "authorization",
            Self::Proxy => "proxy-authorization",
        }
    }

    /// The same, as it is written.
    pub(super) const fn credentials_as_written(self) -> &'static str {
        match self {
            Self::Server => "Authorization",
            Self::Proxy => "Proxy-Authorization",
        }
    }

    /// The field of the response with its challenges, in lower case.
    pub(super) const fn challenges(self) -> &'static str {
        match self {
            Self::Server => "www-authenticate",
            Self::Proxy => "proxy-authenticate",
        }
    }

    /// Whether a request that does not show the field cannot have had it. Commands and code do not show what the
    /// environment makes the client send to a proxy.
    pub(super) fn is_sure_of(self, exchange: &Exchange) -> bool {
        self == Self::Server || matches!(exchange.format, Format::Raw | Format::Verbose)
    }
}
