//! Tokens and keys of vendors, each known by the letters that it begins with.

use crate::detectors::frames::{
    Frame, Part, alnum, base64, base64url, capital, digit, framed, hex, letter, literals, secret,
    secret_of, small, small_hex,
};
use crate::detectors::{Anchor, Detector, Edges, Form, Letters, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::crc32;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[
    &GITHUB,
    &FINE_GRAINED,
    &NPM,
    &GITLAB,
    &SLACK,
    &STRIPE,
    &SENDGRID,
    &TWILIO,
    &MODEL,
    &PYPI,
    &VENDOR,
];

/// A token whose last six characters are the CRC-32 of the 30 before them. One random text in 2³² passes.
fn checked(value: &Value<'_>, frames: &[Frame]) -> Option<Proof> {
    let sum = crc32::ends_in_base62(secret_of(value, frames)?);
    sum.then(|| Proof::whole(value, &["crc32"]))
}

/// A key of Stripe; of its test mode where it says so.
fn stripe(value: &Value<'_>) -> Option<Proof> {
    let test = value.text.get(2..8) == Some(b"_test_");
    secret(value, &STRIPES).map(|proof| proof.marked_test(test))
}

/// Base64 with its padding.
fn padded(byte: &u8) -> bool {
    base64(byte) || *byte == b'='
}

/// Base64 of either alphabet with its padding.
fn padded_url(byte: &u8) -> bool {
    padded(byte) || base64url(byte)
}

/// Base64 for URLs, and dots.
fn dotted(byte: &u8) -> bool {
    base64url(byte) || *byte == b'.'
}

/// Tokens of GitHub. The last six characters are a checksum of the 30 before them.
pub(crate) static GITHUB: Detector = Detector {
    id: "cred.github.token",
    name: "GitHub token",
    category: Category::Credential,
    country: None,
    format: "ghp_ gho_ ghu_ ghs_ ghr_ and 36 characters: 30 random, 6 CRC-32 of those in base 62.",
    forms: &[Form::Anchored(&GITHUB_ANCHOR)],
    edges: Edges::Alnum,
    check: |value| checked(value, &GITHUBS),
    scores: Scores::STRONG,
    keywords: &["github token", "github", "gh token", "access token", "token"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.0,
    sources: &["GitHub Engineering: Behind GitHub's new authentication token formats (2021)"],
    valid: &[
        "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",
        "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",
    ],
    invalid: &[
        ("ghp_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq18", "CRC-32"),
        ("ghx_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17", "prefix"),
        ("ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "a placeholder"),
    ],
};

const GITHUBS: [Frame; 5] = [
    Frame::prefix("ghp_", &[Part::Run(alnum, 36, 36)]),
    Frame::prefix("gho_", &[Part::Run(alnum, 36, 36)]),
    Frame::prefix("ghu_", &[Part::Run(alnum, 36, 36)]),
    Frame::prefix("ghs_", &[Part::Run(alnum, 36, 36)]),
    Frame::prefix("ghr_", &[Part::Run(alnum, 36, 36)]),
];
static GITHUB_ANCHOR: Anchor = Anchor {
    literals: &literals(&GITHUBS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&GITHUBS, haystack, literal),
};

/// Personal access tokens of GitHub with rights of their own.
pub(crate) static FINE_GRAINED: Detector = Detector {
    id: "cred.github.fine-grained",
    name: "GitHub fine-grained token",
    category: Category::Credential,
    country: None,
    format: "github_pat_, 22 characters, _, 59 characters.",
    forms: &[Form::Anchored(&FINE_GRAINED_ANCHOR)],
    edges: Edges::Alnum,
    check: |value| secret(value, &FINE_GRAINEDS),
    scores: Scores::STRONG,
    keywords: &[
        "github fine-grained token",
        "github pat",
        "github token",
        "github",
        "access token",
        "token",
    ],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 1.0,
    sources: &["GitHub Docs: about authentication to GitHub"],
    valid: &[
        "github_pat_11EXAMPLE0EXAMPLE0EXAM_EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXA",
    ],
    invalid: &[
        ("github_pat_11EXAMPLE_EXAMPLE", "short"),
        (
            "github_tok_11EXAMPLE0EXAMPLE0EXAM_EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXA",
            "prefix",
        ),
        (
            "github_pat_0000000000000000000000_00000000000000000000000000000000000000000000000000000000000",
            "a placeholder",
        ),
    ],
};

const FINE_GRAINEDS: [Frame; 1] = [Frame::prefix(
    "github_pat_",
    &[Part::Run(alnum, 22, 22), Part::Text("_"), Part::Run(alnum, 59, 59)],
)];
static FINE_GRAINED_ANCHOR: Anchor = Anchor {
    literals: &literals(&FINE_GRAINEDS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&FINE_GRAINEDS, haystack, literal),
};

/// Access tokens of npm, with the checksum of GitHub's.
pub(crate) static NPM: Detector = Detector {
    id: "cred.npm.token",
    name: "npm access token",
    category: Category::Credential,
    country: None,
    format: "npm_ and 36 characters: 30 random, 6 CRC-32 in base 62.",
    forms: &[Form::Anchored(&NPM_ANCHOR)],
    edges: Edges::Alnum,
    check: |value| checked(value, &NPMS),
    scores: Scores::STRONG,
    keywords: &["npm token", "npm", "_authtoken", "npm registry", "access token", "token"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.0,
    sources: &["GitHub changelog 2021: npm has a new access token format"],
    valid: &[
        "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",
        "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",
    ],
    invalid: &[
        ("npm_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq10", "CRC-32"),
        ("npm_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq1", "short"),
    ],
};

const NPMS: [Frame; 1] = [Frame::prefix("npm_", &[Part::Run(alnum, 36, 36)])];
static NPM_ANCHOR: Anchor = Anchor {
    literals: &literals(&NPMS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&NPMS, haystack, literal),
};

/// Tokens of GitLab.
pub(crate) static GITLAB: Detector = Detector {
    id: "cred.gitlab.token",
    name: "GitLab token",
    category: Category::Credential,
    country: None,
    format: "glpat- (and glptt-, gldt-, glrt-, glcbt-, gloas-, glsoat-, glimt-, glffct-, glagent-) and 20 or more characters.",
    forms: &[Form::Anchored(&GITLAB_ANCHOR)],
    edges: Edges::Alnum,
    check: |value| secret(value, &GITLABS),
    scores: Scores::STRONG,
    keywords: &["gitlab token", "gitlab", "private token", "access token", "token"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 1.0,
    sources: &["GitLab Docs: token prefixes"],
    valid: &["glpat-ExampleExample123456", "gldt-ExampleExample123456"],
    invalid: &[
        ("glpat-short", "short"),
        ("glxxx-ExampleExample123456", "prefix"),
        ("glpat-xxxxxxxxxxxxxxxxxxxx", "a placeholder"),
    ],
};

const GITLABS: [Frame; 10] = [
    Frame::prefix(
        "glpat-",
        &[
            Part::Run(base64url, 20, 64),
            Part::Maybe(&[
                Part::Text("."),
                Part::Run(small, 2, 2),
                Part::Text("."),
                Part::Run(small, 9, 9),
            ]),
        ],
    ),
    Frame::prefix(
        "glptt-",
        &[
            Part::Run(base64url, 20, 64),
            Part::Maybe(&[
                Part::Text("."),
                Part::Run(small, 2, 2),
                Part::Text("."),
                Part::Run(small, 9, 9),
            ]),
        ],
    ),
    Frame::prefix(
        "gldt-",
        &[
            Part::Run(base64url, 20, 64),
            Part::Maybe(&[
                Part::Text("."),
                Part::Run(small, 2, 2),
                Part::Text("."),
                Part::Run(small, 9, 9),
            ]),
        ],
    ),
    Frame::prefix(
        "glrt-",
        &[
            Part::Run(base64url, 20, 64),
            Part::Maybe(&[
                Part::Text("."),
                Part::Run(small, 2, 2),
                Part::Text("."),
                Part::Run(small, 9, 9),
            ]),
        ],
    ),
    Frame::prefix(
        "glcbt-",
        &[
            Part::Run(base64url, 20, 64),
            Part::Maybe(&[
                Part::Text("."),
                Part::Run(small, 2, 2),
                Part::Text("."),
                Part::Run(small, 9, 9),
            ]),
        ],
    ),
    Frame::prefix(
        "gloas-",
        &[
            Part::Run(base64url, 20, 64),
            Part::Maybe(&[
                Part::Text("."),
                Part::Run(small, 2, 2),
                Part::Text("."),
                Part::Run(small, 9, 9),
            ]),
        ],
    ),
    Frame::prefix(
        "glsoat-",
        &[
            Part::Run(base64url, 20, 64),
            Part::Maybe(&[
                Part::Text("."),
                Part::Run(small, 2, 2),
                Part::Text("."),
                Part::Run(small, 9, 9),
            ]),
        ],
    ),
    Frame::prefix(
        "glimt-",
        &[
            Part::Run(base64url, 20, 64),
            Part::Maybe(&[
                Part::Text("."),
                Part::Run(small, 2, 2),
                Part::Text("."),
                Part::Run(small, 9, 9),
            ]),
        ],
    ),
    Frame::prefix(
        "glffct-",
        &[
            Part::Run(base64url, 20, 64),
            Part::Maybe(&[
                Part::Text("."),
                Part::Run(small, 2, 2),
                Part::Text("."),
                Part::Run(small, 9, 9),
            ]),
        ],
    ),
    Frame::prefix(
        "glagent-",
        &[
            Part::Run(base64url, 20, 64),
            Part::Maybe(&[
                Part::Text("."),
                Part::Run(small, 2, 2),
                Part::Text("."),
                Part::Run(small, 9, 9),
            ]),
        ],
    ),
];
static GITLAB_ANCHOR: Anchor = Anchor {
    literals: &literals(&GITLABS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&GITLABS, haystack, literal),
};

/// Tokens of Slack, and addresses that post into a channel without one.
pub(crate) static SLACK: Detector = Detector {
    id: "cred.slack.token",
    name: "Slack token or webhook",
    category: Category::Credential,
    country: None,
    format: "xoxb- xoxa- xoxp- xoxr- xoxs- xoxe- xapp- with parts of digits; https://hooks.slack.com/services/T.../B.../...",
    forms: &[Form::Anchored(&SLACK_ANCHOR)],
    edges: Edges::Alnum,
    check: |value| secret(value, &SLACKS),
    scores: Scores::STRONG,
    keywords: &["slack token", "slack webhook", "slack", "webhook", "bot token", "token"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 1.0,
    sources: &["Slack API: token types, incoming webhooks"],
    valid: &[
        "xoxb-0123456789-ExampleExampleExample",
        "https://hooks.slack.com/services/T01EXAMPLE/B01EXAMPLE/ExampleExampleExample123",
    ],
    invalid: &[
        ("xoxz-0123456789-ExampleExampleExample", "kind"),
        ("https://hooks.slack.com/services/T0/B0/X", "short"),
        (
            "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
            "a placeholder",
        ),
    ],
};

/// Two to six groups of letters and digits, each behind a dash.
const SLACK_GROUPS: &[Part] = &[
    Part::Text("-"),
    Part::Run(alnum, 1, 64),
    Part::Text("-"),
    Part::Run(alnum, 1, 64),
    Part::Maybe(&[Part::Text("-"), Part::Run(alnum, 1, 64)]),
    Part::Maybe(&[Part::Text("-"), Part::Run(alnum, 1, 64)]),
    Part::Maybe(&[Part::Text("-"), Part::Run(alnum, 1, 64)]),
    Part::Maybe(&[Part::Text("-"), Part::Run(alnum, 1, 64)]),
];

const SLACKS: [Frame; 9] = [
    Frame::prefix("xoxa", SLACK_GROUPS),
    Frame::prefix("xoxb", SLACK_GROUPS),
    Frame::prefix("xoxe", SLACK_GROUPS),
    Frame::prefix("xoxp", SLACK_GROUPS),
    Frame::prefix("xoxr", SLACK_GROUPS),
    Frame::prefix("xoxs", SLACK_GROUPS),
    Frame::prefix(
        "xapp-",
        &[
            Part::Run(digit, 1, 1),
            Part::Text("-"),
            Part::Run(capital, 9, 12),
            Part::Text("-"),
            Part::Run(digit, 10, 13),
            Part::Text("-"),
            Part::Run(small_hex, 64, 64),
        ],
    ),
    Frame::prefix(
        "https://hooks.slack.com/services/T",
        &[
            Part::Run(capital, 8, 12),
            Part::Text("/B"),
            Part::Run(capital, 8, 12),
            Part::Text("/"),
            Part::Run(alnum, 20, 26),
        ],
    ),
    Frame::prefix(
        "https://hooks.slack.com/workflows/T",
        &[
            Part::Run(capital, 8, 12),
            Part::Text("/A"),
            Part::Run(capital, 8, 12),
            Part::Text("/"),
            Part::Run(alnum, 20, 26),
        ],
    ),
];
static SLACK_ANCHOR: Anchor = Anchor {
    literals: &literals(&SLACKS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&SLACKS, haystack, literal),
};

/// Secret and restricted keys of Stripe; those of its test mode are marked as such.
pub(crate) static STRIPE: Detector = Detector {
    id: "cred.stripe.key",
    name: "Stripe secret or restricted key",
    category: Category::Credential,
    country: None,
    format: "sk_live_ rk_live_ (sk_test_ rk_test_) and 10 to 247 characters; webhook secrets whsec_.",
    forms: &[Form::Anchored(&STRIPE_ANCHOR)],
    edges: Edges::Alnum,
    check: stripe,
    scores: Scores::STRONG,
    keywords: &["stripe key", "stripe", "stripe secret", "secret key", "webhook secret"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 1.0,
    sources: &["Stripe Docs: API keys"],
    valid: &[
        "sk_test_EXAMPLE0EXAMPLE0EXAMPLE0",
        "rk_live_EXAMPLE0EXAMPLE0EXAMPLE0",
        "whsec_EXAMPLE0EXAMPLE0EXAMPLE0EXAMPLE0",
    ],
    invalid: &[
        ("pk_live_EXAMPLE0EXAMPLE0EXAMPLE0", "publishable keys are public"),
        ("sk_live_", "empty"),
        ("sk_live_xxxxxxxxxxxxxxxxxxxxxxxx", "a placeholder"),
    ],
};

const STRIPES: [Frame; 7] = [
    Frame::prefix("sk_live_", &[Part::Run(alnum, 10, 247)]),
    Frame::prefix("sk_test_", &[Part::Run(alnum, 10, 247)]),
    Frame::prefix("sk_prod_", &[Part::Run(alnum, 10, 247)]),
    Frame::prefix("rk_live_", &[Part::Run(alnum, 10, 247)]),
    Frame::prefix("rk_test_", &[Part::Run(alnum, 10, 247)]),
    Frame::prefix("rk_prod_", &[Part::Run(alnum, 10, 247)]),
    Frame::prefix("whsec_", &[Part::Run(padded, 32, 64)]),
];
static STRIPE_ANCHOR: Anchor = Anchor {
    literals: &literals(&STRIPES),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&STRIPES, haystack, literal),
};

/// API keys of SendGrid.
pub(crate) static SENDGRID: Detector = Detector {
    id: "cred.sendgrid.key",
    name: "SendGrid API key",
    category: Category::Credential,
    country: None,
    format: "SG., 22 characters, ., 43 characters.",
    forms: &[Form::Anchored(&SENDGRID_ANCHOR)],
    edges: Edges::Alnum,
    check: |value| secret(value, &SENDGRIDS),
    scores: Scores::STRONG,
    keywords: &["sendgrid", "sendgrid api key", "api key"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 1.0,
    sources: &["Twilio SendGrid Docs: API keys"],
    valid: &["SG.ExampleExampleExample0.ExampleExampleExampleExampleExampleExample0"],
    invalid: &[
        ("SG.short.short", "short"),
        ("SX.ExampleExampleExample0.ExampleExampleExampleExampleExampleExample0", "prefix"),
        ("SG.aaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "a placeholder"),
    ],
};

const SENDGRIDS: [Frame; 1] = [Frame::prefix(
    "SG.",
    &[Part::Run(base64url, 22, 22), Part::Text("."), Part::Run(base64url, 43, 43)],
)];
static SENDGRID_ANCHOR: Anchor = Anchor {
    literals: &literals(&SENDGRIDS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&SENDGRIDS, haystack, literal),
};

/// Identifiers of Twilio's accounts and API keys.
pub(crate) static TWILIO: Detector = Detector {
    id: "cred.twilio",
    name: "Twilio account and API key",
    category: Category::Credential,
    country: None,
    format: "AC or SK and 32 hexadecimal digits. The auth token, 32 hexadecimal digits, has no form of its own.",
    forms: &[Form::Anchored(&TWILIO_ANCHOR)],
    edges: Edges::Alnum,
    check: |value| secret(value, &TWILIOS),
    scores: Scores { bare: 60, separated: 60, keyword: 85, field: 92 },
    keywords: &["twilio", "account sid", "twilio api key", "auth token"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 1.0,
    sources: &["Twilio Docs: string identifiers (SIDs)"],
    valid: &["AC0123456789abcdef0123456789abcdef", "SK0123456789abcdef0123456789abcdef"],
    invalid: &[
        ("AC0000", "short"),
        ("AX0123456789abcdef0123456789abcdef", "prefix"),
        ("AC00000000000000000000000000000000", "a placeholder"),
    ],
};

const TWILIOS: [Frame; 2] = [
    Frame::prefix("AC", &[Part::Run(small_hex, 32, 32)]),
    Frame::prefix("SK", &[Part::Run(small_hex, 32, 32)]),
];
static TWILIO_ANCHOR: Anchor = Anchor {
    literals: &literals(&TWILIOS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&TWILIOS, haystack, literal),
};

/// Keys of services that run language models.
pub(crate) static MODEL: Detector = Detector {
    id: "cred.llm.api-key",
    name: "API key of a language model service (OpenAI, Anthropic, Hugging Face and others)",
    category: Category::Credential,
    country: None,
    format: "sk-ant-...; sk-proj- sk-svcacct- sk-admin-; sk- 20 T3BlbkFJ 20; hf_ 34; gsk_ 52; r8_ 37.",
    forms: &[Form::Anchored(&MODEL_ANCHOR)],
    edges: Edges::Alnum,
    check: |value| secret(value, &MODELS),
    scores: Scores::STRONG,
    keywords: &[
        "openai api key",
        "openai",
        "anthropic",
        "hugging face",
        "huggingface",
        "api key",
        "token",
    ],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.0,
    sources: &["providers' documentation and public secret-scanning partner lists"],
    valid: &[
        "sk-ExampleExampleExamplT3BlbkFJExampleExampleExampl",
        "hf_ExampleExampleExampleExampleExampl",
        "sk-proj-ExampleExampleExample",
    ],
    invalid: &[
        ("sk-short", "short"),
        ("hf_short", "short"),
        ("sk-proj-xxxxxxxxxxxxxxxxxxxxxxxx", "a placeholder"),
    ],
};

const MODELS: [Frame; 11] = [
    Frame::prefix(
        "sk-ant-api",
        &[Part::Run(digit, 2, 2), Part::Text("-"), Part::Run(base64url, 80, 110)],
    ),
    Frame::prefix(
        "sk-ant-admin",
        &[Part::Run(digit, 2, 2), Part::Text("-"), Part::Run(base64url, 80, 110)],
    ),
    Frame::prefix(
        "sk-ant-sid",
        &[Part::Run(digit, 2, 2), Part::Text("-"), Part::Run(base64url, 80, 110)],
    ),
    Frame::prefix("sk-proj-", &[Part::Run(base64url, 20, 200)]),
    Frame::prefix("sk-svcacct-", &[Part::Run(base64url, 20, 200)]),
    Frame::prefix("sk-admin-", &[Part::Run(base64url, 20, 200)]),
    Frame::prefix("sk-None-", &[Part::Run(base64url, 20, 200)]),
    Frame {
        before: &[Part::Text("sk-"), Part::Run(alnum, 20, 20)],
        literal: "T3BlbkFJ",
        behind: &[Part::Run(alnum, 20, 20)],
    },
    Frame::prefix("hf_", &[Part::Run(letter, 34, 34)]),
    Frame::prefix("gsk_", &[Part::Run(alnum, 52, 52)]),
    Frame::prefix("r8_", &[Part::Run(alnum, 37, 37)]),
];
static MODEL_ANCHOR: Anchor = Anchor {
    literals: &literals(&MODELS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&MODELS, haystack, literal),
};

/// Upload tokens of the Python package index.
pub(crate) static PYPI: Detector = Detector {
    id: "cred.pypi.token",
    name: "PyPI upload token",
    category: Category::Credential,
    country: None,
    format: "pypi- and a macaroon in base64 that begins AgEIcHlwaS5vcmc (production) or AgENdGVzdC5weXBpLm9yZw (test).",
    forms: &[Form::Anchored(&PYPI_ANCHOR)],
    edges: Edges::Alnum,
    check: |value| secret(value, &PYPIS),
    scores: Scores::STRONG,
    keywords: &["pypi token", "pypi", "twine", "token"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.4,
    sources: &["PyPI: API token scanning"],
    valid: &[
        "pypi-AgEIcHlwaS5vcmcExampleExampleExampleExampleExampleExampleExampleExample",
        "pypi-AgENdGVzdC5weXBpLm9yZwExampleExampleExampleExampleExampleExampleExample00",
    ],
    invalid: &[
        ("pypi-AgEIcHlwaS5vcmc", "short"),
        (
            "pypi-ExampleExampleExampleExampleExampleExampleExampleExampleExample",
            "no production macaroon",
        ),
    ],
};

const PYPIS: [Frame; 2] = [
    Frame::prefix("pypi-AgEIcHlwaS5vcmc", &[Part::Run(base64url, 50, 360)]),
    Frame::prefix("pypi-AgENdGVzdC5weXBpLm9yZw", &[Part::Run(base64url, 50, 360)]),
];
static PYPI_ANCHOR: Anchor = Anchor {
    literals: &literals(&PYPIS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&PYPIS, haystack, literal),
};

/// Tokens of vendors that begin with letters of their own.
pub(crate) static VENDOR: Detector = Detector {
    id: "cred.vendor.token",
    name: "Token of other vendors with a fixed prefix",
    category: Category::Credential,
    country: None,
    format: "DigitalOcean dop_v1_ doo_v1_ dor_v1_ 64 hex; Shopify shpat_ shpss_ shpca_ shppa_ 32 hex; Square sq0atp- 22, sq0csp- 43; Telegram digits:AA 33; Mailgun key- 32 hex; Databricks dapi 32 hex; Doppler dp.pt. 40 or more; Linear lin_api_ 40; New Relic NRAK- 27; Notion secret_ 43 and ntn_ 46; Postman PMAK- 24-34 hex; Vault hvs. 90 or more; Terraform .atlasv1.; Grafana glsa_; Sentry sntrys_.",
    forms: &[Form::Anchored(&VENDOR_ANCHOR)],
    edges: Edges::Alnum,
    check: |value| secret(value, &VENDORS),
    scores: Scores::STRONG,
    keywords: &["vendor token", "api token", "access token", "token", "api key", "secret"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.986,
    sources: &["vendors' documentation; GitHub secret scanning patterns list"],
    valid: &[
        "shpat_0123456789abcdef0123456789abcdef",
        "key-0123456789abcdef0123456789abcdef",
        "123456789:AAExampleExampleExampleExampleExamp",
        "ExampleExampl0.atlasv1.ExampleExampleExampleExampleExampleExampleExampleExampleExample",
        "dapi0123456789abcdef0123456789abcdef-2",
    ],
    invalid: &[
        ("shpxx_0123456789abcdef0123456789abcdef", "prefix"),
        ("NRAK-short", "short"),
        ("shpat_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "a placeholder"),
    ],
};

const VENDORS: [Frame; 25] = [
    Frame::prefix("dop_v1_", &[Part::Run(small_hex, 64, 64)]),
    Frame::prefix("doo_v1_", &[Part::Run(small_hex, 64, 64)]),
    Frame::prefix("dor_v1_", &[Part::Run(small_hex, 64, 64)]),
    Frame::prefix("shpat_", &[Part::Run(hex, 32, 32)]),
    Frame::prefix("shpss_", &[Part::Run(hex, 32, 32)]),
    Frame::prefix("shpca_", &[Part::Run(hex, 32, 32)]),
    Frame::prefix("shppa_", &[Part::Run(hex, 32, 32)]),
    Frame::prefix("sq0atp-", &[Part::Run(base64url, 22, 22)]),
    Frame::prefix("sq0csp-", &[Part::Run(base64url, 43, 43)]),
    Frame {
        before: &[Part::Run(digit, 8, 10)],
        literal: ":AA",
        behind: &[Part::Run(base64url, 33, 33)],
    },
    Frame::prefix("key-", &[Part::Run(small_hex, 32, 32)]),
    Frame::prefix(
        "dapi",
        &[Part::Run(small_hex, 32, 32), Part::Maybe(&[Part::Text("-"), Part::Run(digit, 1, 1)])],
    ),
    Frame::prefix("dp.pt.", &[Part::Run(dotted, 40, 60)]),
    Frame::prefix("dp.st.", &[Part::Run(dotted, 40, 60)]),
    Frame::prefix("dp.ct.", &[Part::Run(dotted, 40, 60)]),
    Frame::prefix("lin_api_", &[Part::Run(alnum, 40, 40)]),
    Frame::prefix("NRAK-", &[Part::Run(capital, 27, 27)]),
    Frame::prefix("secret_", &[Part::Run(alnum, 43, 43)]),
    Frame::prefix("ntn_", &[Part::Run(alnum, 46, 46)]),
    Frame::prefix(
        "PMAK-",
        &[Part::Run(small_hex, 24, 24), Part::Text("-"), Part::Run(small_hex, 34, 34)],
    ),
    Frame::prefix("hvs.", &[Part::Run(base64url, 90, 300)]),
    Frame::prefix("hvb.", &[Part::Run(base64url, 90, 300)]),
    Frame::prefix(
        "glsa_",
        &[Part::Run(alnum, 32, 32), Part::Text("_"), Part::Run(small_hex, 8, 8)],
    ),
    Frame::prefix("sntrys_", &[Part::Run(padded_url, 60, 400)]),
    Frame {
        before: &[Part::Run(alnum, 14, 14)],
        literal: ".atlasv1.",
        behind: &[Part::Run(base64url, 60, 70)],
    },
];
static VENDOR_ANCHOR: Anchor = Anchor {
    literals: &literals(&VENDORS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&VENDORS, haystack, literal),
};
