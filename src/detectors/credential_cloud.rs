//! Keys of cloud providers.

use std::ops::Range;

use crate::detectors::frames::{
    Frame, Part, base32, base64, base64url, framed, literals, secret, secret_of, varied,
};
use crate::detectors::{Anchor, Detector, Edges, Form, Letters, Proof, Scores, Value};
use crate::finding::Category;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] =
    &[&ACCESS_KEY_ID, &API_KEY, &OAUTH, &SERVICE_ACCOUNT, &STORAGE_KEY];

/// Access key ids of Amazon Web Services.
///
/// The four letters say what it is a key of; the sixteen behind them are random.
pub(crate) static ACCESS_KEY_ID: Detector = Detector {
    id: "cred.aws.access-key-id",
    name: "AWS access key id",
    category: Category::Credential,
    country: None,
    format: "Four letters of kind (AKIA long-term, ASIA temporary, others for principals) and sixteen \
             characters of base 32.",
    forms: &[Form::Anchored(&ACCESS_KEY_ANCHOR)],
    edges: Edges::Alnum,
    check: |value| {
        // Keys in the provider's documentation end so.
        let test = value.text.ends_with(b"EXAMPLE");
        secret(value, &ACCESS_KEYS).map(|proof| proof.marked_test(test))
    },
    scores: Scores::STRONG,
    keywords: &["aws access key id", "access key id", "access key", "aws key", "aws"],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.556,
    sources: &["AWS IAM user guide: IAM identifiers (unique id prefixes)"],
    valid: &["AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE"],
    invalid: &[
        ("AKIAIOSFODNN1EXAMPLE", "1 is not base 32"),
        ("AKIAIOSFODNN7EXAMPL", "short"),
        ("AKIAXXXXXXXXXXXXXXXX", "a placeholder"),
    ],
};

const ACCESS_KEY: &[Part] = &[Part::Run(base32, 16, 16)];
const ACCESS_KEYS: [Frame; 11] = [
    Frame::prefix("AKIA", ACCESS_KEY),
    Frame::prefix("ASIA", ACCESS_KEY),
    Frame::prefix("ABIA", ACCESS_KEY),
    Frame::prefix("ACCA", ACCESS_KEY),
    Frame::prefix("AGPA", ACCESS_KEY),
    Frame::prefix("AIDA", ACCESS_KEY),
    Frame::prefix("AIPA", ACCESS_KEY),
    Frame::prefix("ANPA", ACCESS_KEY),
    Frame::prefix("ANVA", ACCESS_KEY),
    Frame::prefix("APKA", ACCESS_KEY),
    Frame::prefix("AROA", ACCESS_KEY),
];
static ACCESS_KEY_ANCHOR: Anchor = Anchor {
    literals: &literals(&ACCESS_KEYS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&ACCESS_KEYS, haystack, literal),
};

/// API keys of Google's services.
pub(crate) static API_KEY: Detector = Detector {
    id: "cred.google.api-key",
    name: "Google API key",
    category: Category::Credential,
    country: None,
    format: "AIza and 35 characters of base64url.",
    forms: &[Form::Anchored(&API_KEY_ANCHOR)],
    edges: Edges::Alnum,
    check: |value| secret(value, &API_KEYS),
    scores: Scores::STRONG,
    keywords: &["google api key", "google", "api key", "gcp", "firebase", "maps key"],
    window: (60, 40),
    pass_rate: 1.5e-5,
    wrong_digit_rate: 1.0,
    sources: &["Google Cloud: API keys overview"],
    valid: &["AIzaSyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe", "AIzaEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLE"],
    invalid: &[
        ("AIzaSyDaGmWKa4JsXZ-HjGw7ISLn_3namBGew", "short"),
        ("AizaSyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe", "prefix"),
        ("AIzaxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "a placeholder"),
    ],
};

const API_KEYS: [Frame; 1] = [Frame::prefix("AIza", &[Part::Run(base64url, 35, 35)])];
static API_KEY_ANCHOR: Anchor = Anchor {
    literals: &literals(&API_KEYS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&API_KEYS, haystack, literal),
};

/// What an OAuth 2.0 client of Google holds.
pub(crate) static OAUTH: Detector = Detector {
    id: "cred.google.oauth",
    name: "Google OAuth client secret, access and refresh token",
    category: Category::Credential,
    country: None,
    format: "GOCSPX- and 28 characters; ya29. and 20 or more; 1//0 and 40 or more.",
    forms: &[Form::Anchored(&OAUTH_ANCHOR)],
    edges: Edges::Alnum,
    check: |value| secret(value, &OAUTH_SECRETS),
    scores: Scores::STRONG,
    keywords: &[
        "google oauth",
        "google",
        "oauth",
        "client secret",
        "refresh token",
        "access token",
        "oauth token",
        "token",
    ],
    window: (60, 40),
    pass_rate: 1.5e-5,
    wrong_digit_rate: 0.2,
    sources: &["Google Identity: OAuth 2.0"],
    valid: &[
        "GOCSPX-ExampleExampleExampleExample",
        "ya29.A0ExampleExampleExampleExample",
        "1//0ExampleExampleExampleExampleExampleExample",
    ],
    invalid: &[
        ("GOCSPX-short", "short"),
        ("ya30.A0ExampleExampleExampleExample", "prefix"),
        ("1//0Example/Example", "a path"),
    ],
};

/// Access tokens have no fixed length; more than this is not looked at.
const LONGEST_TOKEN: usize = 360;
const OAUTH_SECRETS: [Frame; 3] = [
    Frame::prefix("GOCSPX-", &[Part::Run(base64url, 28, 28)]),
    Frame::prefix("ya29.", &[Part::Run(base64url, 20, LONGEST_TOKEN)]),
    Frame::prefix("1//0", &[Part::Run(base64url, 40, 120)]),
];
static OAUTH_ANCHOR: Anchor = Anchor {
    literals: &literals(&OAUTH_SECRETS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&OAUTH_SECRETS, haystack, literal),
};

/// Key files of Google Cloud's service accounts, which hold a private key.
pub(crate) static SERVICE_ACCOUNT: Detector = Detector {
    id: "cred.gcp.service-account",
    name: "Google Cloud service account key file",
    category: Category::Credential,
    country: None,
    format: "JSON with type service_account and private_key.",
    forms: &[Form::Anchored(&SERVICE_ACCOUNT_ANCHOR)],
    edges: Edges::Digit,
    check: service_account,
    scores: Scores::STRONG,
    keywords: &["service account", "private key id", "client email"],
    window: (60, 80),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.0,
    sources: &["Google Cloud IAM: service account keys"],
    valid: &["\"type\": \"service_account\"", "\"type\":\"service_account\""],
    invalid: &[
        ("\"type\": \"authorized_user\"", "type"),
        ("\"kind\": \"service_account\"", "member"),
    ],
};

static SERVICE_ACCOUNT_ANCHOR: Anchor = Anchor {
    literals: &["service_account"],
    letters: Letters::Exact,
    extent: service_account_span,
};

/// The member `"type": "service_account"`, its quotation marks escaped or not.
fn service_account_span(haystack: &[u8], literal: Range<usize>) -> Option<Range<usize>> {
    let mark: &[_] = b"\"\\";
    let back = |end: usize, set: &[u8], most: usize| {
        let head = haystack.get(..end).unwrap_or_default();
        end - head.iter().rev().take(most).take_while(|byte| set.contains(byte)).count()
    };
    let value = back(literal.start, b"\"\\: \t", MOST_BETWEEN);
    haystack.get(value..literal.start)?.contains(&b':').then_some(())?;
    let name = value.checked_sub(b"type".len())?;
    (haystack.get(name..value)? == b"type").then_some(())?;
    let start = back(name, mark, 2);
    let tail = haystack.get(literal.end..)?;
    let closing = tail.iter().take(2).take_while(|byte| mark.contains(byte)).count();
    (start < name && closing > 0).then_some(start..literal.end + closing)
}

/// Quotation marks, escapes, colon and blanks between the name and the value of a member.
const MOST_BETWEEN: usize = 13;

fn service_account(value: &Value<'_>) -> Option<Proof> {
    let parts = value.text.split(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
    let words: Vec<&[u8]> = parts.filter(|part| !part.is_empty()).take(3).collect();
    (words == [&b"type"[..], b"service_account"]).then(|| Proof::whole(value, &["frame"]))
}

/// Keys of Azure storage accounts, 64 bytes in base64.
pub(crate) static STORAGE_KEY: Detector = Detector {
    id: "cred.azure.storage-key",
    name: "Azure storage account key or connection string",
    category: Category::Credential,
    country: None,
    format: "AccountKey= and 64 bytes in base64 (86 characters and ==).",
    forms: &[Form::Anchored(&STORAGE_KEY_ANCHOR)],
    edges: Edges::Alnum,
    check: storage_key,
    scores: Scores::STRONG,
    keywords: &["azure", "account key", "defaultendpointsprotocol", "accountname", "storage key"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 1.0,
    sources: &[
        "Microsoft Learn: configure Azure Storage connection strings; Azurite well-known account",
    ],
    valid: &["AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/\
         K1SZFPTOtr/KBHBeksoGMGw=="],
    invalid: &[
        ("AccountKey=short==", "short"),
        (
            "Account=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/\
             K1SZFPTOtr/KBHBeksoGMGw==",
            "name",
        ),
        (
            "AccountKey=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
             AAAAAAAAAAAAAAAAAA==",
            "zeros",
        ),
    ],
};

/// The well-known key of Microsoft's emulator.
const AZURITE: &[u8] =
    b"Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/\
                         KBHBeksoGMGw==";
const STORAGE_KEYS: [Frame; 1] =
    [Frame::prefix("AccountKey=", &[Part::Run(base64, 86, 86), Part::Text("==")])];
static STORAGE_KEY_ANCHOR: Anchor = Anchor {
    literals: &literals(&STORAGE_KEYS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&STORAGE_KEYS, haystack, literal),
};

fn storage_key(value: &Value<'_>) -> Option<Proof> {
    let key = secret_of(value, &STORAGE_KEYS)?;
    varied(key).then(|| Proof::whole(value, &["prefix"]).marked_test(key == AZURITE))
}
