//! Facts of a response, but for its challenges.

use super::authorization::DigestFacts;
use super::how::{ANSWER, BODY};
use super::words::{Presence, RefusalFamily, ResponseBodyKind};

facts! {
    /// The status line.
    group StatusFacts after DigestFacts {
        /// the reason phrase of the answer
        "response.reason" => reason: String, ANSWER;
        /// whether the capture shows any part of an answer
        "response.seen" => seen: bool, ANSWER;
        /// the status code of the answer; of a refusal inside an answer of success, the one that the error states or means
        "response.status" => status: i64, "give the status code of the response (or use --status)";
        /// the status code of the status line, where the body of an answer of success is a refusal
        "response.status-line" => status_line: i64, ANSWER;
    }
}

facts! {
    /// What single fields of the response show.
    group ResponseFacts after StatusFacts {
        /// the server's clock when it answered, in seconds since 1970
        "response.date" => date: i64, ANSWER;
        /// whether the answer carries an X-Request-ID that the client did not send: made by the back end, so the gateway let the request through
        "response.request-id-from-server" => request_id_from_server: bool, ANSWER;
    }
}

facts! {
    /// A field of the response.
    family ResponseField after ResponseFacts {
        /// the value of a field of the answer
        "response.field.*" => value: String, ANSWER;
        /// whether the answer has this field
        "response.field-state.*" => state: Presence, ANSWER;
    }
}

facts! {
    /// The body, by the members that the known forms have.
    group ResponseBodyFacts after ResponseField {
        /// what kind of body came back
        "response.body" => kind: ResponseBodyKind, BODY;
        /// details.coding.code of the OperationOutcome
        "response.detail-code" => detail_code: Vec<String>, BODY;
        /// details.coding.display of the OperationOutcome
        "response.detail-display" => detail_display: Vec<String>, BODY;
        /// details.coding.system of the OperationOutcome
        "response.detail-system" => detail_system: Vec<String>, BODY;
        /// diagnostics of the OperationOutcome
        "response.diagnostics" => diagnostics: Vec<String>, BODY;
        /// error of the OAuth error body (RFC 6749, section 5.2)
        "response.error" => error: String, BODY;
        /// error_description of the OAuth error body
        "response.error-description" => error_description: String, BODY;
        /// errorcode of the gateway's fault body
        "response.fault-code" => fault_code: String, BODY;
        /// faultstring of the gateway's fault body
        "response.fault-string" => fault_string: String, BODY;
        /// issue.code of the OperationOutcome
        "response.issue-code" => issue_code: Vec<String>, BODY;
    }
}

facts! {
    /// What the response says is wrong, wherever it says it.
    group RefusalFacts after ResponseBodyFacts {
        /// the error codes that the answer carries, in its body or its challenge
        "refusal.code" => code: Vec<String>, BODY;
        /// the words in which the answer says what is wrong: diagnostics, faultstring, error_description, display, challenge or plain text
        "refusal.message" => message: Vec<String>, BODY;
    }
}

facts! {
    /// What the words of a refusal mean, where they are not those of a known answer.
    group ReadingFacts after RefusalFacts {
        /// what the words of the refusal are about: `audience`, `signing-key`; `why401 words` prints it
        "refusal.about" => about: Vec<String>, BODY;
        /// what they say is wrong with it: `missing`, `expired`, `mismatch`
        "refusal.complaint" => complaint: Vec<String>, BODY;
        /// the value that they say was expected
        "refusal.expected" => expected: String, BODY;
        /// the kind of fault that they name: whether credentials were found, could be read, passed a check
        "refusal.family" => family: RefusalFamily, BODY;
        /// the value that they say the server found instead
        "refusal.got" => got: String, BODY;
        /// how often, in a hundred, words that read like this mean the cause that they name
        "refusal.weight" => weight: i64, BODY;
    }
}
