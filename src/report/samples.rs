//! Diagnoses made by hand, for the tests of the reports.

use std::sync::Arc;

use crate::capture::model::{Extent, Format, Note};
use crate::diagnosis::model::*;
use crate::pack::model::Certainty;
use crate::redact::Redactor;
use crate::text::{Lines, Span};

/// The ticket of the story: a bare token, a blank field, and a suspicion about the product set.
pub(crate) const TICKET: &str = "\
Hello team,

we get a 401 from A042 although our product set has it, we think. ASID 200000009999.

GET https://int.api.service.nhs.uk/referrals/FHIR/R4/Binary/9a1c5f60-1111-4222-8333-944455556666 HTTP/1.1
Authorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ
NHSD-End-User-Organisation-ODS: ZZ9
NHSD-eRS-Business-Function: SERVICE_PROVIDER_CLINICIAN
NHSD-eRS-On-Behalf-Of-User-ID:
X-Correlation-ID: 5b0cfb8a-9a55-4d8f-8f7b-222233334444

HTTP/1.1 401 Unauthorized
Content-Type: application/fhir+json
WWW-Authenticate: Bearer realm=\"null\",error=\"invalid_token\"

{\"issue\":[{\"code\":\"login\",\"diagnostics\":\"Invalid access token\"}]}
";

/// The span of a text's first place in a paste.
pub(crate) fn span_of(paste: &str, text: &str) -> Span {
    let start = paste.find(text).expect("the text stands in the paste");
    Span::new(start, start + text.len())
}

pub(crate) fn evidence(says: &str, span: Option<Span>) -> Evidence {
    Evidence { says: says.to_owned(), span, also: Vec::new() }
}

pub(crate) fn cause(id: &str, verdict: Verdict, title: &str, evidence: Vec<Evidence>) -> CauseView {
    CauseView {
        id: id.to_owned(),
        verdict,
        score: 0.666_666,
        title: title.to_owned(),
        checkpoint: "access-token".to_owned(),
        evidence,
        about: String::new(),
        fix: String::new(),
        references: Vec::new(),
        certainty: Certainty::Documented,
    }
}

/// An exchange of which nothing is known but how it ended.
pub(crate) fn exchange(paste: &str, outcome: Outcome) -> ExchangeDiagnosis {
    ExchangeDiagnosis::unjudged(Span::new(0, paste.len()), Format::Ticket, outcome, Extent::Part)
}

pub(crate) fn diagnosis(paste: &str, exchanges: Vec<ExchangeDiagnosis>) -> Diagnosis {
    let first = exchanges.iter().position(|e| e.outcome == Outcome::Refused);
    Diagnosis {
        paste: Redactor::new(paste, &[]),
        lines: Lines::of(paste),
        exchanges,
        first,
        notes: Vec::new(),
        thread: None,
    }
}

/// A refused exchange with one confirmed cause that rests on these characters.
pub(crate) fn one_cause(paste: &str, spans: &[(Span, &str)]) -> Diagnosis {
    let mut refused = exchange(paste, Outcome::Refused);
    refused.response = Some(response(401, "Unauthorized"));
    let items = spans.iter().map(|(span, says)| evidence(says, Some(*span))).collect();
    refused.causes = vec![cause("damaged-token", Verdict::Confirmed, "The token is damaged", items)];
    diagnosis(paste, vec![refused])
}

pub(crate) fn response(status: u16, reason: &str) -> ResponseView {
    ResponseView {
        status: Some(status),
        reason: Some(reason.to_owned()),
        fields: Vec::new(),
        message: None,
        span: None,
    }
}

fn pathway(states: &[CheckpointState]) -> PathwayView {
    let rows = [
        ("environment", "Environment"),
        ("access-token", "Access token"),
        ("scope", "Scope"),
        ("asid", "ASID and product set"),
        ("business-function", "Business function"),
    ];
    PathwayView {
        title: "the e-RS gateway".to_owned(),
        checkpoints: rows
            .iter()
            .zip(states)
            .map(|((id, title), state)| CheckpointView {
                id: (*id).to_owned(),
                title: (*title).to_owned(),
                state: *state,
            })
            .collect(),
    }
}

fn line(mark: CorrectionMark, text: &str) -> CorrectionLine {
    CorrectionLine { mark, text: text.to_owned() }
}

/// The diagnosis of [`TICKET`].
pub(crate) fn story() -> Diagnosis {
    let clean = Redactor::new(TICKET, &[]);
    let token = span_of(TICKET, "4kQeTz8hWq2LrVn0XyPs7BdUcGfJ");
    let field = "NHSD-eRS-On-Behalf-Of-User-ID:";
    let blank = Span::new(span_of(TICKET, field).end, span_of(TICKET, field).end);
    let url = "https://int.api.service.nhs.uk/referrals/FHIR/R4/Binary/9a1c5f60-1111-4222-8333-944455556666";
    let mut refused = exchange(TICKET, Outcome::Refused);
    refused.at = Span::new(span_of(TICKET, "GET ").start, TICKET.len());
    refused.request = RequestView {
        method: Some("GET".to_owned()),
        url: Some(url.to_owned()),
        fields: vec![
            FieldView {
                name: "Authorization".to_owned(),
                value: clean.clean("4kQeTz8hWq2LrVn0XyPs7BdUcGfJ"),
                span: token,
            },
            FieldView { name: "NHSD-eRS-On-Behalf-Of-User-ID".to_owned(), value: String::new(), span: blank },
        ],
        extent: Extent::Whole,
    };
    refused.response = Some(ResponseView {
        fields: Vec::new(),
        message: Some("Invalid access token".to_owned()),
        span: Some(span_of(TICKET, "401 Unauthorized")),
        ..response(401, "Unauthorized")
    });
    refused.mentions.own = vec![
        MentionView {
            kind: "asid".to_owned(),
            title: "ASID".to_owned(),
            value: "200000009999".to_owned(),
            span: span_of(TICKET, "200000009999"),
        },
        MentionView {
            kind: "correlation-id".to_owned(),
            title: "Correlation ID".to_owned(),
            value: "5b0cfb8a-9a55-4d8f-8f7b-222233334444".to_owned(),
            span: span_of(TICKET, "5b0cfb8a-9a55-4d8f-8f7b-222233334444"),
        },
    ];
    refused.endpoint = EndpointView {
        api: Some("e-referral-service".to_owned()),
        api_title: Some("e-Referral Service FHIR API".to_owned()),
        id: Some("A042".to_owned()),
        name: Some("Retrieve attachment".to_owned()),
        fhir: Some("R4".to_owned()),
        environment: Some("int".to_owned()),
        environment_title: Some("Integration".to_owned()),
        said_in_text: false,
    };
    refused.pathway = Some(pathway(&[
        CheckpointState::Passed,
        CheckpointState::Stopped,
        CheckpointState::NotReached,
        CheckpointState::NotReached,
        CheckpointState::NotReached,
    ]));
    refused.answer = Some(AnswerView {
        id: "no-bearer-token".to_owned(),
        checkpoint: "access-token".to_owned(),
        says: "the gateway found no Bearer token in the Authorization field".to_owned(),
        certainty: Certainty::Inferred,
        spans: vec![span_of(TICKET, "Invalid access token")],
    });
    refused.causes = vec![
        CauseView {
            about: "The gateway takes the word before the first space for the scheme. A bare token has none, so it is \
                    refused before anybody looks at the token itself."
                .to_owned(),
            fix: "Send `Authorization: Bearer <access token>`: the word Bearer, one space, the token.".to_owned(),
            references: vec!["RFC 6750, section 2.1".to_owned()],
            ..cause(
                "missing-bearer-prefix",
                Verdict::Confirmed,
                "The access token is sent without the Bearer scheme",
                vec![
                    Evidence {
                        also: vec![span_of(TICKET, "error=\"invalid_token\"")],
                        ..evidence("a bare token: no scheme", Some(token))
                    },
                    evidence(
                        "the gateway answers \"Invalid access token\", which it says when it finds no Bearer token",
                        Some(span_of(TICKET, "Invalid access token")),
                    ),
                    evidence("the whole head of the request is shown, and it has one Authorization field", None),
                ],
            )
        },
        CauseView {
            fix: "Ask the API team to add A042 (R4) to the product set of the ASID.".to_owned(),
            about: "Not printed: a possible cause is short beside a confirmed one.".to_owned(),
            certainty: Certainty::Inferred,
            checkpoint: "asid".to_owned(),
            ..cause(
                "endpoint-not-in-product-set",
                Verdict::Possible,
                "The product set of the ASID does not list the endpoint",
                vec![evidence("the ticket speaks of the product set", Some(span_of(TICKET, "product set")))],
            )
        },
    ];
    refused.next = vec![CauseView {
        fix: "Leave the field out, or send the UUID of the user.".to_owned(),
        checkpoint: "business-function".to_owned(),
        ..cause(
            "blank-on-behalf-of",
            Verdict::Next,
            "NHSD-eRS-On-Behalf-Of-User-ID is sent blank",
            vec![evidence("nothing stands after the colon", Some(blank))],
        )
    }];
    let ruled_out = |id: &str, title: &str, because: &str| RuledOut {
        id: id.to_owned(),
        title: title.to_owned(),
        because: because.to_owned(),
        span: None,
    };
    let stopped = "the gateway stopped at the access token; this is checked later";
    refused.ruled_out = vec![
        ruled_out("insufficient-scope", "The token lacks a scope", stopped),
        RuledOut {
            span: Some(span_of(TICKET, "Invalid access token")),
            ..ruled_out(
                "token-expired",
                "The access token has expired",
                "the gateway says so in other words: \"Access Token expired\"",
            )
        },
        ruled_out("asid-not-configured", "The ASID is not configured", stopped),
        ruled_out("wrong-business-function", "The business function is not allowed", stopped),
    ];
    refused.undecided = vec![Undecided {
        id: "token-from-other-environment".to_owned(),
        title: "The token was issued by another environment".to_owned(),
        needs: vec![Need {
            fact: "token.issuer-environment".into(),
            says: "the environment whose token endpoint issued this token",
            how: "see which token endpoint issued the token",
        }],
    }]
    .into();
    refused.questions = vec![Question {
        how: "see which token endpoint issued the token",
        facts: vec!["token.issuer-environment".into()],
        decides: vec![(
            "token-from-other-environment".to_owned(),
            "The token was issued by another environment".to_owned(),
        )],
    }]
    .into();
    refused.correction = Some(Correction {
        lines: vec![
            line(CorrectionMark::Keep, &format!("GET {url} HTTP/1.1")),
            line(CorrectionMark::Remove, "Authorization: ‹token A, 28 characters›"),
            line(CorrectionMark::Add, "Authorization: Bearer ‹token A, 28 characters›"),
            line(CorrectionMark::Keep, "NHSD-End-User-Organisation-ODS: ZZ9"),
            line(CorrectionMark::Remove, "NHSD-eRS-On-Behalf-Of-User-ID:"),
        ],
    });
    refused.support = Support {
        has: vec![
            ("ASID".to_owned(), "200000009999".to_owned()),
            ("Correlation ID".to_owned(), "5b0cfb8a-9a55-4d8f-8f7b-222233334444".to_owned()),
        ],
        lacks: vec![("Application ID".to_owned(), "look it up in the developer portal".to_owned())],
    };
    let mut story = diagnosis(TICKET, vec![refused]);
    story.notes = vec![Note {
        says: "the body of the answer ends early".to_owned(),
        span: Span::new(TICKET.len() - 1, TICKET.len()),
    }];
    story
}

/// A request without an answer: what the gateway would do with it.
pub(crate) fn unanswered() -> Diagnosis {
    let mut diagnosis = story();
    let exchange = &mut diagnosis.exchanges[0];
    exchange.outcome = Outcome::NoAnswer;
    exchange.response = None;
    exchange.answer = None;
    exchange.causes.truncate(1);
    exchange.questions = Arc::default();
    exchange.ruled_out.clear();
    exchange.support = Support::default();
    exchange.correction = None;
    exchange.pathway = Some(pathway(&[CheckpointState::Unknown; 5]));
    diagnosis
}
