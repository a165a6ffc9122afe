//! Facts about where a request went.

use super::how::{HEAD, METHOD_AND_URL, NAMED, PAGE, URL};
use super::query::QueryParameter;
use super::words::{CredentialsKind, UrlScheme};

facts! {
    /// The parts of the URL.
    group UrlFacts after QueryParameter {
        /// the path of the URL
        "request.path" => path: String, URL;
        /// the scheme of the URL
        "request.scheme" => scheme: UrlScheme, URL;
    }
}

facts! {
    /// The host, and the environment that it belongs to.
    group HostFacts after UrlFacts {
        /// the environment that was called
        "endpoint.environment" => environment: String, URL;
        /// the known host that the host of the URL nearly is
        "endpoint.host-like" => like: String, URL;
        /// the host that was called, in lower case
        "request.host" => host: String, URL;
    }
}

facts! {
    /// The API, by host and base path.
    group ApiFacts after HostFacts {
        /// the API that was called, by host and base path
        "endpoint.api" => api: String, URL;
        /// whether the URL lacks the API's base path, without which it would fit an endpoint
        "endpoint.base-path-missing" => base_path_missing: bool, URL;
        /// the kinds of credentials that the API takes
        "endpoint.credentials" => credentials: Vec<CredentialsKind>, "look up in the API's documentation which credentials it takes";
    }
}

facts! {
    /// The operation, by method and path.
    group OperationFacts after ApiFacts {
        /// the business functions that the endpoint allows
        "endpoint.business-functions" => business_functions: Vec<String>, PAGE;
        /// whether the endpoint is deprecated
        "endpoint.deprecated" => deprecated: bool, PAGE;
        /// the FHIR version of the endpoint (`STU3`, `R4`)
        "endpoint.fhir" => fhir: String, URL;
        /// the id of the endpoint in the catalogue, by method and path
        "endpoint.id" => id: String, METHOD_AND_URL;
        /// whether method and path fit an endpoint of the catalogue
        "endpoint.known" => known: bool, METHOD_AND_URL;
        /// the methods that the catalogue has for this path
        "endpoint.methods" => methods: Vec<String>, URL;
        /// whether the path fits an endpoint of the catalogue under any method
        "endpoint.path-known" => path_known: bool, URL;
        /// the endpoint that replaces a deprecated one
        "endpoint.superseded-by" => superseded_by: String, PAGE;
    }
}

facts! {
    /// For whom the endpoint may be called.
    group AccessFacts after OperationFacts {
        /// the access modes that the endpoint allows
        "endpoint.access-modes" => modes: Vec<String>, PAGE;
    }
}

facts! {
    /// The fields of the request beside those that the endpoint wants.
    group FieldCheck after AccessFacts {
        /// fields that the endpoint requires and the request sends blank
        "endpoint.blank-fields" => blank: Vec<String>, HEAD;
        /// fields that the endpoint requires and the request is known to lack
        "endpoint.missing-fields" => missing: Vec<String>, HEAD;
        /// fields that the endpoint's access mode must not send and the request sends
        "endpoint.unwanted-fields" => unwanted: Vec<String>, HEAD;
    }
}

facts! {
    /// The endpoints that the text names.
    group NamedFacts after FieldCheck {
        /// the endpoints that the text names
        "endpoint.named" => named: Vec<String>, NAMED;
        /// whether the text names one endpoint and the request goes to another
        "endpoint.named-differs" => differs: bool, NAMED;
    }
}
