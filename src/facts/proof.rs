//! Facts about the DPoP proof of a request.

use super::siblings::SiblingFacts;

facts! {
    /// What a DPoP proof states, against the request that it came with.
    group ProofFacts after SiblingFacts {
        /// whether `htm` of the DPoP proof is another method than that of the request
        "proof.method-differs" => method_differs: bool, "decode the DPoP field, and compare `htm` with the method";
        /// whether `htu` of the DPoP proof is another address than that of the request, without query and fragment
        "proof.address-differs" => address_differs: bool, "decode the DPoP field, and compare `htu` with the URL";
        /// seconds from `iat` of the DPoP proof to the Date of the response; negative when the proof is from the future
        "proof.age" => age: i64, "decode the DPoP field, and compare `iat` with the Date of the response";
    }
}
