//! The closed lists of words that facts choose from.

use super::model::Word;
use crate::shape::{Basic, PlaceholderKind, Shape};

words! {
    /// Whether a field, a parameter or a claim was sent.
    Presence { Present = "present", Blank = "blank", Absent = "absent", }

    /// What a print of a request without the field tells: only that it does not have it, or that code beside it sets it.
    PrintWithout { NotListed = "not-listed", OnlyInCode = "only-in-code", }

    /// The kind of fault that a refusal names: nothing came that the server could use; something came that it could not
    /// read; it read it, and one check failed; it does not know it; the caller may not do this; it is about something
    /// else.
    RefusalFamily {
        NothingUsable = "nothing-usable",
        Unreadable = "unreadable",
        FailedCheck = "failed-check",
        NotRecognised = "not-recognised",
        NotPermitted = "not-permitted",
        Elsewhere = "elsewhere",
    }

    /// Where, with whom or when a request is said to work or to fail: on the machine of the developer; where it was
    /// deployed; through something that is between client and server, or past it; with another client, another
    /// credential, another request, for another user; in another environment; the first time; once something was
    /// renewed; with an older or a newer version; at another service.
    ToldPlace {
        Locally = "locally",
        Deployed = "deployed",
        ThroughProxy = "through-proxy",
        Directly = "directly",
        OtherClient = "other-client",
        InCode = "in-code",
        OtherRequest = "other-request",
        OtherUser = "other-user",
        OtherMachine = "other-machine",
        Sandbox = "sandbox",
        Production = "production",
        FirstTime = "first-time",
        OnceRenewed = "once-renewed",
        OldVersion = "old-version",
        NewVersion = "new-version",
        OtherService = "other-service",
    }

    /// What is said to have happened before a request began to fail, or how it fails.
    ToldEvent {
        Upgrade = "upgrade",
        Deployment = "deployment",
        Rotation = "rotation",
        Move = "move",
        AfterAWhile = "after-a-while",
        ForEveryone = "for-everyone",
        NoChange = "no-change",
        OldCredentials = "old-credentials",
        ClockOff = "clock-off",
        SchemeLeftOut = "scheme-left-out",
        ColonLeftOut = "colon-left-out",
        ScopesDropped = "scopes-dropped",
        FillerIssuer = "filler-issuer",
        SeveralInstances = "several-instances",
    }

    /// The credentials that a text says are used, without showing them.
    ToldCredentials {
        Token = "token",
        Password = "password",
        ApiKey = "api-key",
        Cookie = "cookie",
        Certificate = "certificate",
        JobToken = "job-token",
        OpaqueToken = "opaque-token",
        RefreshToken = "refresh-token",
        IdToken = "id-token",
    }

    /// What a system is known to do with credentials, where servers differ: it takes `Bearer` and not `bearer`, or either;
    /// it takes one blank after the scheme, or several; it reads the first of several Authorization fields and passes over
    /// the others; it takes only credentials that were made from its challenge; its refusals have no challenge.
    SystemTrait {
        ComparesSchemeExactly = "compares-scheme-exactly",
        AnySchemeCase = "any-scheme-case",
        OneSpaceOnly = "one-space-only",
        AnySpaces = "any-spaces",
        FirstOfTwoFields = "first-of-two-fields",
        ChallengeRequired = "challenge-required",
        SendsNoChallenge = "sends-no-challenge",
    }

    /// Whether Digest credentials answer a challenge (RFC 7616, section 3.4).
    DigestForm { Complete = "complete", Incomplete = "incomplete", }

    /// How many of the scopes that an answer asks for are in the token.
    ScopesHeld { None = "none", Some = "some", All = "all", }

    /// For whom a call is made.
    AccessMode { UserRestricted = "user-restricted", ApplicationRestricted = "application-restricted", }

    /// How `exp` of a JWT is written.
    ExpForm {
        Seconds = "seconds",
        Milliseconds = "milliseconds",
        String = "string",
        Missing = "missing",
        Other = "other",
    }

    /// How far a token can be decoded as a JWT: wholly, up to where it breaks off, not at all, or not because the
    /// poster has taken it out.
    JwtForm { Jwt = "jwt", Cut = "cut", NotJwt = "not-jwt", Redacted = "redacted", }

    /// What the keys that were given say about a signature.
    SignatureCheck { Verified = "verified", WrongKey = "wrong-key", KidUnknown = "kid-unknown", }

    /// What is wrong with the credentials, as the client's own code, configuration, shell or fields show it.
    SetupFault {
        NotExpanded = "not-expanded",
        ExpandedByShell = "expanded-by-shell",
        QuotesKept = "quotes-kept",
        LineEndKept = "line-end-kept",
        FileNotTrimmed = "file-not-trimmed",
        NameForValue = "name-for-value",
        PathForValue = "path-for-value",
        SampleValue = "sample-value",
        BlankValue = "blank-value",
        BlankPassword = "blank-password",
        BlankBesideOther = "blank-beside-other",
        SameAsIdentifier = "same-as-identifier",
        StraySign = "stray-sign",
        OtherSource = "other-source",
        UnderscoreInName = "underscore-in-name",
        VariableAlone = "variable-alone",
        NotFilledIn = "not-filled-in",
        OtherTokenSent = "other-token-sent",
        OptionsInWrongPlace = "options-in-wrong-place",
    }

    /// A kind of credentials that a client's set-up has.
    CredentialsSource { UserAndPassword = "user-and-password", Token = "token", ApiKey = "api-key", }

    /// What is wrong inside or around a token.
    Damage {
        Quotes = "quotes",
        Brackets = "brackets",
        WhiteSpace = "white-space",
        LineBreak = "line-break",
        Invisible = "invisible",
        NotAscii = "not-ascii",
        TrailingText = "trailing-text",
        PercentEncoded = "percent-encoded",
        Truncated = "truncated",
        Gap = "gap",
        Control = "control",
    }

    /// What a token is for.
    TokenKind {
        AccessToken = "access-token",
        IdToken = "id-token",
        RefreshToken = "refresh-token",
        ClientAssertion = "client-assertion",
        ApiKey = "api-key",
    }

    /// Where in a request a token is sent outside Authorization.
    TokenPlace { Field = "field", Query = "query", Body = "body", }

    /// The kinds of credentials that an API takes.
    CredentialsKind { Bearer = "bearer", ApiKey = "api-key", Basic = "basic", None = "none", }

    /// Whether a product set lists an endpoint.
    Listing {
        Listed = "listed",
        NotListed = "not-listed",
        LikelyListed = "likely-listed",
        LikelyNotListed = "likely-not-listed",
    }

    /// Whether a product set is of the environment that was called.
    SetEnvironment { Same = "same", Other = "other", Unstated = "unstated", }

    /// What became of the credentials when a redirect was followed.
    RedirectedCredentials { Dropped = "dropped", Forwarded = "forwarded", FromUrl = "from-url", None = "none", }

    /// What kind of body a request has.
    RequestBodyKind { None = "none", Form = "form", Json = "json", Xml = "xml", Text = "text", }

    /// How much of a request's head is shown.
    HeadExtent { Whole = "whole", Part = "part", Withheld = "withheld", }

    /// The scheme of a URL.
    UrlScheme { Http = "http", Https = "https", }

    /// What kind of body a response has.
    ResponseBodyKind {
        Empty = "empty",
        OperationOutcome = "operation-outcome",
        Fault = "fault",
        OauthError = "oauth-error",
        Json = "json",
        Html = "html",
        Xml = "xml",
        Text = "text",
    }
}

words! {
    /// What the file of a product set says about an endpoint.
    pub SetVerdict {
        Listed = "listed",
        NotListed = "not-listed",
        LikelyListed = "likely-listed",
        LikelyNotListed = "likely-not-listed",
        NoErsInteractions = "no-ers-interactions",
        CannotTell = "cannot-tell",
        NotAProductSet = "not-a-product-set",
        NoFile = "no-file",
    }

    /// The form of a product set's file.
    pub SetForm {
        List = "list",
        Csv = "csv",
        Spreadsheet = "spreadsheet",
        SdsJson = "sds-json",
        SdsXml = "sds-xml",
        Ldif = "ldif",
        LdapPrint = "ldap-print",
        Ticket = "ticket",
        SdsEndpoint = "sds-endpoint",
        CpmAdditionalInteractions = "cpm-additional-interactions",
        CpmDevice = "cpm-device",
        OperationOutcome = "operation-outcome",
        Empty = "empty",
        Unknown = "unknown",
    }

    /// Why a product set does not decide.
    pub SetReason {
        EmptyFile = "empty-file",
        EmptyResult = "empty-result",
        OtherAsid = "other-asid",
        SeveralAsids = "several-asids",
        NoAsid = "no-asid",
        OwnerUnclear = "owner-unclear",
        LdapError = "ldap-error",
        NoInteractions = "no-interactions",
        Partial = "partial",
        OperationOutcome = "operation-outcome",
        Reference = "reference",
        Broken = "broken",
        UnknownForm = "unknown-form",
        Doubtful = "doubtful",
        Ambiguous = "ambiguous",
        LetterCase = "letter-case",
        UnknownEndpoint = "unknown-endpoint",
        OtherEnvironment = "other-environment",
    }
}

impl Word for Shape {
    const WORDS: &'static [&'static str] =
        &["opaque", "jwt", "uuid", "api-key", "basic", "placeholder", "redacted", "number", "other"];

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Word for Basic {
    const WORDS: &'static [&'static str] = &["well-formed", "not-base64", "no-colon", "not-text", "line-end"];

    fn word(self) -> &'static str {
        match self {
            Self::WellFormed => "well-formed",
            Self::NotBase64 => "not-base64",
            Self::NoColon => "no-colon",
            Self::NotText => "not-text",
            Self::LineEnd => "line-end",
        }
    }
}

impl Word for PlaceholderKind {
    const WORDS: &'static [&'static str] = &["brackets", "template", "shell-variable", "null", "object", "words"];

    fn word(self) -> &'static str {
        match self {
            Self::Brackets => "brackets",
            Self::Template => "template",
            Self::ShellVariable => "shell-variable",
            Self::Null => "null",
            Self::Object => "object",
            Self::Words => "words",
        }
    }
}
