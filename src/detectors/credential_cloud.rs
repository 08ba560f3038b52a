//! Keys of cloud providers.

use std::ops::Range;

use crate::detectors::frames::{is_base32, is_base64, is_base64url, run, tailed, varied};
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
    check: access_key_id,
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

static ACCESS_KEY_ANCHOR: Anchor = Anchor {
    literals: &[
        "AKIA", "ASIA", "ABIA", "ACCA", "AGPA", "AIDA", "AIPA", "ANPA", "ANVA", "APKA", "AROA",
    ],
    letters: Letters::Exact,
    extent: |haystack, literal| tailed(haystack, literal, is_base32, 16..=16),
};

fn access_key_id(value: &Value<'_>) -> Option<Proof> {
    let tail = secret_of(value, 4, 16..17, is_base32)?;
    // Keys in the provider's documentation end so.
    Some(Proof::whole(value, &["prefix"]).marked_test(tail.ends_with(b"EXAMPLE")))
}

/// API keys of Google's services.
pub(crate) static API_KEY: Detector = Detector {
    id: "cred.google.api-key",
    name: "Google API key",
    category: Category::Credential,
    country: None,
    format: "AIza and 35 characters of base64url.",
    forms: &[Form::Anchored(&API_KEY_ANCHOR)],
    edges: Edges::Alnum,
    check: |value| {
        secret_of(value, 4, 35..36, is_base64url).map(|_| Proof::whole(value, &["prefix"]))
    },
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

static API_KEY_ANCHOR: Anchor = Anchor {
    literals: &["AIza"],
    letters: Letters::Exact,
    extent: |haystack, literal| tailed(haystack, literal, is_base64url, 35..=35),
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
    check: oauth,
    scores: Scores::STRONG,
    keywords: &[
        "google oauth",
        "google",
        "oauth",
        "client secret",
        "refresh token",
        "access token",
        "oauth token",
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

static OAUTH_ANCHOR: Anchor =
    Anchor { literals: &["GOCSPX-", "ya29.", "1//0"], letters: Letters::Exact, extent: oauth_span };

/// Lengths of the parts behind `GOCSPX-`, `ya29.` and `1//0`.
const CLIENT_SECRET: usize = 28;
const ACCESS_TOKEN: usize = 20;
const REFRESH_TOKEN: Range<usize> = 40..121;

fn oauth_span(haystack: &[u8], literal: Range<usize>) -> Option<Range<usize>> {
    let counts = match haystack.get(literal.clone())? {
        b"GOCSPX-" => CLIENT_SECRET..=CLIENT_SECRET,
        b"ya29." => ACCESS_TOKEN..=LONGEST_TOKEN,
        _ => REFRESH_TOKEN.start..=REFRESH_TOKEN.end,
    };
    tailed(haystack, literal, is_base64url, counts)
}

/// Bytes of a token of no fixed length that are looked at.
const LONGEST_TOKEN: usize = 360;

fn oauth(value: &Value<'_>) -> Option<Proof> {
    let prefixes: [(&[u8], Range<usize>); 3] = [
        (b"GOCSPX-", CLIENT_SECRET..CLIENT_SECRET + 1),
        (b"ya29.", ACCESS_TOKEN..LONGEST_TOKEN),
        (b"1//0", REFRESH_TOKEN),
    ];
    let (prefix, counts) =
        prefixes.into_iter().find(|(prefix, _)| value.text.starts_with(prefix))?;
    secret_of(value, prefix.len(), counts, is_base64url)?;
    Some(Proof::whole(value, &["prefix"]))
}

/// Key files of Google Cloud's service accounts, which hold a private key.
pub(crate) static SERVICE_ACCOUNT: Detector = Detector {
    id: "cred.gcp.service-account",
    name: "Google Cloud service account key file",
    category: Category::Credential,
    country: None,
    format: "JSON with type service_account and private_key.",
    forms: &[Form::Anchored(&SERVICE_ACCOUNT_ANCHOR)],
    edges: Edges::Digit,
    check: |value| {
        let mut parts = value.text.split(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
        let mut words = parts.by_ref().filter(|part| !part.is_empty());
        let named = words.next() == Some(b"type") && words.next() == Some(b"service_account");
        (named && words.next().is_none()).then(|| Proof::whole(value, &["frame"]))
    },
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
    let mark: &[_] = &[b'"', b'\\'];
    let between: &[_] = &[b'"', b'\\', b':', b' ', b'\t'];
    let back = |end: usize, set: &[u8], most: usize| {
        let head = haystack.get(..end).unwrap_or_default();
        end - head.iter().rev().take(most).take_while(|byte| set.contains(byte)).count()
    };
    let value = back(literal.start, between, MOST_BETWEEN);
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
/// Characters of 64 bytes in base64, padding left out.
const STORAGE_KEY_LEN: usize = 86;

static STORAGE_KEY_ANCHOR: Anchor = Anchor {
    literals: &["AccountKey="],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        let start = literal.start;
        let end = run(haystack, literal.end, is_base64, STORAGE_KEY_LEN..=STORAGE_KEY_LEN)?;
        haystack.get(end..)?.starts_with(b"==").then_some(start..end + 2)
    },
};

fn storage_key(value: &Value<'_>) -> Option<Proof> {
    let key = value.text.strip_prefix(b"AccountKey=")?;
    let (tail, padding) = key.split_at_checked(STORAGE_KEY_LEN)?;
    let whole = padding == b"==" && tail.iter().all(is_base64) && varied(tail);
    whole.then(|| Proof::whole(value, &["prefix"]).marked_test(key == AZURITE))
}

/// Returns what stands behind a prefix of `head` bytes, where it has one of the lengths, is of the class
/// and no placeholder.
fn secret_of<'v>(
    value: &Value<'v>,
    head: usize,
    lengths: Range<usize>,
    class: fn(&u8) -> bool,
) -> Option<&'v [u8]> {
    let tail = value.text.get(head..)?;
    (lengths.contains(&tail.len()) && tail.iter().all(class) && varied(tail)).then_some(tail)
}
