//! Secrets that stand in a frame of their own: tokens of three parts, armoured keys, addresses and headers
//! with a password in them, stored hashes.

use std::ops::Range;

use crate::detectors::frames::{
    Frame, Part, alnum, base64, base64url, crypt, digit, framed, letter, literals, opens, secret,
    varied,
};
use crate::detectors::placeholder::is_placeholder;
use crate::detectors::{Anchor, Detector, Edges, Form, Letters, Proof, Scores, Value};
use crate::engine::anchors::{LONGEST_SPAN, REACH_BEHIND};
use crate::engine::base64::decode;
use crate::finding::Category;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] =
    &[&JWT, &PEM, &URL_PASSWORD, &PASSWORD_HASH, &BEARER_HEADER, &OTPAUTH];

/// JSON web tokens.
///
/// Whether one has expired is not asked: a scan reads no clock.
pub(crate) static JWT: Detector = Detector {
    id: "cred.jwt",
    name: "JSON web token",
    category: Category::Credential,
    country: None,
    format: "Three parts of base64url with dots; header and payload are JSON objects, so both begin \
             eyJ. Long tokens are reported by their first 256 bytes.",
    forms: &[Form::Anchored(&JWT_ANCHOR)],
    edges: Edges::Alnum,
    check: jwt,
    scores: Scores::STRONG,
    keywords: &["jwt", "bearer", "authorization", "id token", "access token", "token"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 1.0,
    sources: &["RFC 7519", "RFC 7515"],
    valid: &[
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwi\
         aWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
        "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLCJleHAiOjEzMDA4MTkzODB9.AAAAAAAAAAAAAA",
    ],
    invalid: &[
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0", "two parts"),
        ("abc.def.ghi", "no JSON"),
        ("eyJ0eXAiOiJKV1QifQ.eyJzdWIiOiIxMjM0NTY3ODkwIn0.AAAAAAAAAAAAAA", "no algorithm"),
    ],
};

static JWT_ANCHOR: Anchor =
    Anchor { literals: &["eyJ"], letters: Letters::Exact, extent: jwt_span };

/// Characters of the shortest part of a token.
const SHORTEST_PART: usize = 10;
/// Points taken from the score of a token that says of itself that nobody signed it: low when alone.
const UNSIGNED: i8 = -45;

/// Header, payload and signature; what goes on behind the bytes that are read is not asked for.
fn jwt_span(haystack: &[u8], literal: Range<usize>) -> Option<Range<usize>> {
    opens(haystack, literal.start).then_some(())?;
    let is_whole = haystack.len() < literal.end + REACH_BEHIND;
    let part = |at: usize| {
        let count = haystack.get(at..)?.iter().take_while(|byte| base64url(byte)).count();
        let runs_out = !is_whole && at + count == haystack.len();
        (count >= SHORTEST_PART || runs_out).then_some((at + count, runs_out))
    };
    let (header, runs_out) = part(literal.end)?;
    if runs_out {
        return Some(literal.start..header);
    }
    haystack.get(header..)?.starts_with(b".eyJ").then_some(())?;
    let (payload, runs_out) = part(header + 1)?;
    if runs_out {
        return Some(literal.start..payload);
    }
    (haystack.get(payload) == Some(&b'.')).then_some(())?;
    Some(literal.start..part(payload + 1)?.0)
}

fn jwt(value: &Value<'_>) -> Option<Proof> {
    let mut parts = value.text.split(|byte| *byte == b'.');
    let header = parts.next().filter(|header| header.starts_with(b"eyJ"))?;
    let rest: Vec<&[u8]> = parts.collect();
    let long = |part: &&[u8]| part.len() >= SHORTEST_PART && part.iter().all(base64url);
    let is_cut = value.text.len() == LONGEST_SPAN;
    let is_whole = rest.len() == 2 && rest.iter().all(long) && rest.first()?.starts_with(b"eyJ");
    (is_cut || is_whole).then_some(())?;
    // What a cut leaves over of the last group is no byte.
    let groups = if header.len() % 4 == 1 { header.len() - 1 } else { header.len() };
    let json = decode(header.get(..groups)?)?;
    let holds = |text: &[u8]| json.windows(text.len()).any(|window| window == text);
    holds(b"\"alg\"").then_some(())?;
    let unsigned = if holds(b"\"none\"") { UNSIGNED } else { 0 };
    let sample = value.text.ends_with(b".SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c");
    Some(Proof::whole(value, &["structure"]).adjusted(unsigned).marked_test(sample))
}

/// Private keys in an armour of text.
///
/// The header alone is no finding: documentation is full of it.
pub(crate) static PEM: Detector = Detector {
    id: "cred.private-key.pem",
    name: "Private key in PEM or OpenSSH form",
    category: Category::Credential,
    country: None,
    format: "-----BEGIN, kind, PRIVATE KEY-----, or PGP PRIVATE KEY BLOCK, and 64 characters of base64 or \
             more; PuTTY-User-Key-File. Reported by its first 256 bytes.",
    forms: &[Form::Anchored(&PEM_ANCHOR), Form::Anchored(&PUTTY_ANCHOR)],
    edges: Edges::Digit,
    check: pem,
    scores: Scores::STRONG,
    keywords: &["private key", "ssh key", "tls key", "key file"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.944,
    sources: &[
        "RFC 7468",
        "RFC 4716",
        "RFC 8410 section 10.3 (sample key)",
        "OpenSSH PROTOCOL.key",
    ],
    valid: &[
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC",
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nExampleExampleExampleExampleExampleExa\
         mpleExampleExampleExampleExample\nExampleExampleExampl",
        "PuTTY-User-Key-File-3: ssh-ed25519",
    ],
    invalid: &[
        ("-----BEGIN PRIVATE KEY-----", "a header alone"),
        ("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK", "no whole key"),
        (
            "-----BEGIN PUBLIC KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC",
            "public",
        ),
        (
            "-----BEGIN CERTIFICATE-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC",
            "certificate",
        ),
    ],
};

static PEM_ANCHOR: Anchor = Anchor {
    literals: &[
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----",
        "-----BEGIN DSA PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----",
        "-----BEGIN ED25519 PRIVATE KEY-----",
        "-----BEGIN ANY PRIVATE KEY-----",
        "-----BEGIN PGP PRIVATE KEY BLOCK-----",
        "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----",
    ],
    letters: Letters::Exact,
    extent: |haystack, literal| Some(literal.start..body_end(haystack, literal.end)?),
};

const PUTTY_FILES: [Frame; 2] = [
    Frame::prefix("PuTTY-User-Key-File-2: ", KEY_KIND),
    Frame::prefix("PuTTY-User-Key-File-3: ", KEY_KIND),
];
const KEY_KIND: &[Part] = &[Part::Run(letter, 3, 5), Part::Text("-"), Part::Run(alnum, 3, 8)];
static PUTTY_ANCHOR: Anchor = Anchor {
    literals: &literals(&PUTTY_FILES),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&PUTTY_FILES, haystack, literal),
};

/// Characters of base64 from which on an armour holds a key: those of Curve25519 have 64.
const LEAST_BODY: usize = 64;
/// Characters of a line of base64 that is not the last.
const LEAST_LINE: usize = 16;

/// Returns the end of the lines of base64 behind an armour's header, where they are long enough. Lines of
/// attributes (`Proc-Type: 4,ENCRYPTED`) may stand before.
fn body_end(haystack: &[u8], header: usize) -> Option<usize> {
    let (mut at, mut end, mut count) = (header, header, 0);
    loop {
        at += line_break(haystack, at);
        let line = haystack.get(at..)?;
        let attribute = if count == 0 { attribute(line) } else { 0 };
        if attribute > 0 {
            at += attribute;
            continue;
        }
        let run = line.iter().take_while(|byte| base64(byte) || **byte == b'=').count();
        // A short line is the last one, and a word of a sentence is none.
        let sentence = matches!(line.get(run), Some(b' ' | b',' | b'.' | b':'));
        if run < LEAST_LINE && (count < LEAST_BODY || run == 0 || sentence) {
            break;
        }
        (at, end, count) = (at + run, at + run, count + run);
    }
    (count >= LEAST_BODY).then_some(end)
}

/// Returns how long a line is that begins with a name and a colon, 0 for any other.
fn attribute(line: &[u8]) -> usize {
    let name = line.iter().take_while(|byte| letter(byte) || **byte == b'-').count();
    let is_named = name > 0 && line.get(name) == Some(&b':');
    let rest = line.iter().take_while(|byte| !matches!(byte, b'\n' | b'\\')).count();
    if is_named { rest } else { 0 }
}

/// Returns how many bytes end a line at `at` and indent the next: blanks, line ends, and the escapes that
/// JSON writes for them.
fn line_break(haystack: &[u8], at: usize) -> usize {
    let mut tail = haystack.get(at..).unwrap_or_default();
    let whole = tail.len();
    loop {
        tail = match tail {
            [b' ' | b'\t' | b'\r' | b'\n', rest @ ..] => rest,
            [b'\\', b'n' | b'r' | b't', rest @ ..] => rest,
            _ => return whole - tail.len(),
        };
    }
}

fn pem(value: &Value<'_>) -> Option<Proof> {
    if value.text.starts_with(b"PuTTY") {
        return secret(value, &PUTTY_FILES);
    }
    let literal =
        PEM_ANCHOR.literals.iter().find(|text| value.text.starts_with(text.as_bytes()))?;
    let body = value.text.get(literal.len()..body_end(value.text, literal.len())?)?;
    varied(body).then(|| Proof::whole(value, &["structure"]))
}

/// Users and passwords in addresses.
pub(crate) static URL_PASSWORD: Detector = Detector {
    id: "cred.url-password",
    name: "User and password in a URL or connection string",
    category: Category::Credential,
    country: None,
    format: "scheme://user:password@host.",
    forms: &[Form::Anchored(&URL_ANCHOR)],
    edges: Edges::Alnum,
    check: url_password,
    scores: Scores::STRONG,
    keywords: &["database url", "connection string", "dsn", "url"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 1.0,
    sources: &["RFC 3986 section 3.2.1"],
    valid: &["postgres://app:Tr0ub4dor@db.example.com", "https://user:s3cr3tpw@example.org"],
    invalid: &[
        ("https://example.org/path", "no user"),
        ("https://user@example.org", "no password"),
        ("postgres://app:password@db.example.com", "a placeholder"),
        ("postgres://app:${DB_PASS}@db.example.com", "a variable"),
    ],
};

static URL_ANCHOR: Anchor =
    Anchor { literals: &["://"], letters: Letters::Exact, extent: url_span };

/// Characters of the longest scheme, user, password and host that are looked at.
const SCHEME: usize = 20;
const USER: usize = 100;
const PASSWORD: usize = 128;
const HOST: usize = 100;

fn url_span(haystack: &[u8], literal: Range<usize>) -> Option<Range<usize>> {
    let in_scheme = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-');
    let head = haystack.get(..literal.start)?.iter().rev().take(SCHEME);
    let start = literal.start - head.take_while(|byte| in_scheme(byte)).count();
    let letters =
        haystack.get(start..literal.start)?.iter().take_while(|b| !b.is_ascii_alphabetic());
    let start = start + letters.count();
    let run = |at: usize, most: usize, class: fn(&u8) -> bool| {
        let count = haystack.get(at..)?.iter().take(most).take_while(|byte| class(byte)).count();
        (count > 0).then_some(at + count)
    };
    let user = run(literal.end, USER, |byte| in_user_part(byte) && *byte != b':')?;
    (haystack.get(user) == Some(&b':')).then_some(())?;
    let password = run(user + 1, PASSWORD, in_user_part)?;
    (haystack.get(password) == Some(&b'@')).then_some(())?;
    let in_host =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b':' | b'[' | b']' | b'-' | b'_');
    let host = run(password + 1, HOST, in_host)?;
    let marks =
        haystack.get(..host)?.iter().rev().take_while(|byte| !alnum(byte) && **byte != b']');
    Some(start..host - marks.count())
}

fn in_user_part(byte: &u8) -> bool {
    *byte > b' ' && !matches!(byte, b'/' | b'@' | b'"' | b'<' | b'>' | b'\\')
}

fn url_password(value: &Value<'_>) -> Option<Proof> {
    let at = value.text.windows(3).position(|window| window == b"://").filter(|at| *at > 1)?;
    let rest = value.text.get(at + 3..)?;
    let mut parts = rest.splitn(2, |byte| *byte == b'@');
    let (user, host) = (parts.next()?, parts.next()?);
    let colon = user.iter().position(|byte| *byte == b':').filter(|colon| *colon > 0)?;
    let password = user.get(colon + 1..)?;
    let holds = password.len() >= 3 && !host.is_empty() && user.iter().all(in_user_part);
    let fills = password.iter().all(|byte| password.first() == Some(byte));
    (holds && !fills && !is_placeholder(password)).then(|| Proof::whole(value, &["structure"]))
}

/// Passwords as systems store them. They can be guessed by whoever has them.
pub(crate) static PASSWORD_HASH: Detector = Detector {
    id: "cred.password-hash",
    name: "Stored password hash",
    category: Category::Credential,
    country: None,
    format: "Modular crypt forms: $2b$ cost $ 53, $6$ salt $ 86, $5$ 43, $1$ 22, $y$, \
             $argon2id$v=19$..., pbkdf2_sha256$; LDAP {SSHA}.",
    forms: &[Form::Anchored(&HASH_ANCHOR)],
    edges: Edges::Alnum,
    check: |value| secret(value, &HASHES),
    scores: Scores::STRONG,
    keywords: &["password hash", "password", "hash", "shadow", "htpasswd"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.9,
    sources: &["crypt(5)", "PHC string format", "RFC 9106", "RFC 2307"],
    valid: &[
        "$2b$12$EXRkfkdmXn2gzds2SSitu.MW9.gAVqa9eLS1//RYtYCmB1eLHg.9q",
        "$1$etNnh7FA$OlM7eljE/B7F1J4XYNnk81",
        "{SSHA}DkMTwBl+a/3DQTxCYEApdUtNXGgdUac3",
    ],
    invalid: &[
        ("$2b$12$short", "short"),
        ("$9$etNnh7FA$OlM7eljE/B7F1J4XYNnk81", "scheme"),
        ("$1$aaaaaaaa$aaaaaaaaaaaaaaaaaaaaaa", "a placeholder"),
    ],
};

const BCRYPT: &[Part] = &[Part::Run(digit, 2, 2), Part::Text("$"), Part::Run(crypt, 53, 53)];
const ROUNDS: Part = Part::Maybe(&[Part::Text("rounds="), Part::Run(digit, 4, 9), Part::Text("$")]);
const ARGON: &[Part] = &[
    Part::Maybe(&[Part::Text("v="), Part::Run(digit, 1, 3), Part::Text("$")]),
    Part::Text("m="),
    Part::Run(digit, 1, 10),
    Part::Text(",t="),
    Part::Run(digit, 1, 5),
    Part::Text(",p="),
    Part::Run(digit, 1, 5),
    Part::Text("$"),
    Part::Run(base64, 8, 90),
    Part::Text("$"),
    Part::Run(base64, 16, 90),
];
const PBKDF2: &[Part] = &[
    Part::Run(digit, 3, 8),
    Part::Text("$"),
    Part::Run(base64, 4, 64),
    Part::Text("$"),
    Part::Run(base64, 20, 100),
    PADDING,
];
const SSHA: &[Part] = &[Part::Run(base64, 28, 140), PADDING];
const PADDING: Part = Part::Maybe(&[Part::Text("="), Part::Maybe(&[Part::Text("=")])]);
const HASHES: [Frame; 17] = [
    Frame::prefix("$2a$", BCRYPT),
    Frame::prefix("$2b$", BCRYPT),
    Frame::prefix("$2x$", BCRYPT),
    Frame::prefix("$2y$", BCRYPT),
    Frame::prefix(
        "$6$",
        &[ROUNDS, Part::Run(crypt, 1, 16), Part::Text("$"), Part::Run(crypt, 86, 86)],
    ),
    Frame::prefix(
        "$5$",
        &[ROUNDS, Part::Run(crypt, 1, 16), Part::Text("$"), Part::Run(crypt, 43, 43)],
    ),
    Frame::prefix("$1$", &[Part::Run(crypt, 1, 8), Part::Text("$"), Part::Run(crypt, 22, 22)]),
    Frame::prefix(
        "$y$",
        &[
            Part::Run(crypt, 1, 16),
            Part::Text("$"),
            Part::Run(crypt, 1, 86),
            Part::Text("$"),
            Part::Run(crypt, 43, 43),
        ],
    ),
    Frame::prefix("$argon2id$", ARGON),
    Frame::prefix("$argon2i$", ARGON),
    Frame::prefix("$argon2d$", ARGON),
    Frame::prefix("pbkdf2_sha1$", PBKDF2),
    Frame::prefix("pbkdf2_sha256$", PBKDF2),
    Frame::prefix("pbkdf2_sha512$", PBKDF2),
    Frame::prefix("{SSHA}", SSHA),
    Frame::prefix("{SSHA256}", SSHA),
    Frame::prefix("{SSHA512}", SSHA),
];
static HASH_ANCHOR: Anchor = Anchor {
    literals: &literals(&HASHES),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&HASHES, haystack, literal),
};

/// Authorization headers of HTTP.
pub(crate) static BEARER_HEADER: Detector = Detector {
    id: "cred.bearer-header",
    name: "HTTP authorization header",
    category: Category::Credential,
    country: None,
    format: "Authorization or Proxy-Authorization: Basic and base64 of user:password, Bearer, Token or \
             ApiKey and a token.",
    forms: &[Form::Anchored(&HEADER_ANCHOR)],
    edges: Edges::Alnum,
    check: header,
    scores: Scores::STRONG,
    keywords: &["http header", "authorization", "bearer", "headers"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 1.0,
    sources: &["RFC 9110 section 11.6.2", "RFC 7617", "RFC 6750"],
    valid: &[
        "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "authorization: Bearer mF_9.B5f-4.1JqMmF_9.B5f-4.1JqM",
        "Proxy-Authorization: Bearer mF_9.B5f-4.1JqMmF_9.B5f-4.1JqM",
    ],
    invalid: &[
        ("Authorization: Bearer x", "short"),
        ("Authorization: none", "scheme"),
        ("Authorization: Basic information", "no user and password"),
        ("Authorization: Bearer YOUR-ACCESS-TOKEN-1", "a placeholder"),
    ],
};

static HEADER_ANCHOR: Anchor = Anchor {
    literals: &["Authorization", "authorization", "AUTHORIZATION"],
    letters: Letters::Exact,
    extent: header_span,
};

/// Characters of the longest token in a header that are looked at.
const LONGEST_TOKEN: usize = 300;

fn header_span(haystack: &[u8], literal: Range<usize>) -> Option<Range<usize>> {
    let head = haystack.get(..literal.start)?;
    let proxy = ["Proxy-", "proxy-", "PROXY-"].iter().find(|word| head.ends_with(word.as_bytes()));
    let start = literal.start - proxy.map_or(0, |word| word.len());
    opens(haystack, start).then_some(())?;
    let skip = |at: usize, set: &[u8], most: usize| {
        let tail = haystack.get(at..).unwrap_or_default();
        at + tail.iter().take(most).take_while(|byte| set.contains(byte)).count()
    };
    let mark = skip(literal.end, b"\"'\\ \t", 6);
    let scheme = skip(skip(mark, b":=", 1), b"\"'\\ \t", 6);
    let token = skip(
        scheme + haystack.get(scheme..)?.iter().take(8).take_while(|b| letter(b)).count(),
        b" ",
        2,
    );
    let count =
        haystack.get(token..)?.iter().take(LONGEST_TOKEN).take_while(|b| in_token(b)).count();
    (scheme > mark && token > scheme && count > 0).then_some(start..token + count)
}

/// What a token68 of RFC 9110 consists of.
fn in_token(byte: &u8) -> bool {
    base64url(byte) || matches!(byte, b'.' | b'~' | b'+' | b'/' | b'=')
}

/// Characters of the shortest token.
const SHORTEST_TOKEN: usize = 16;

fn header(value: &Value<'_>) -> Option<Proof> {
    let mut words = value.text.rsplitn(3, |byte| *byte == b' ').filter(|word| !word.is_empty());
    let (token, scheme) = (words.next()?, words.next()?);
    let scheme = scheme.rsplit(|byte| !byte.is_ascii_alphabetic()).next()?;
    let bare = token
        .iter()
        .rposition(|byte| *byte != b'=')
        .map_or(&[][..], |last| token.get(..=last).unwrap_or_default());
    let is_named = value.text.to_ascii_lowercase().windows(13).any(|w| w == b"authorization");
    let holds = match scheme.to_ascii_lowercase().as_slice() {
        b"basic" => decode(bare).is_some_and(|pair| pair.contains(&b':')),
        b"bearer" | b"token" | b"apikey" => {
            let digits = token.iter().any(u8::is_ascii_digit);
            digits && token.len() >= SHORTEST_TOKEN && varied(token) && token.iter().all(in_token)
        }
        _ => false,
    };
    (is_named && holds && !is_placeholder(token)).then(|| Proof::whole(value, &["structure"]))
}

/// Secrets of one-time passwords, as authenticators read them off a picture.
pub(crate) static OTPAUTH: Detector = Detector {
    id: "cred.otpauth",
    name: "One-time password secret (otpauth URI)",
    category: Category::Credential,
    country: None,
    format: "otpauth://totp/ or hotp/ label ? secret=BASE32; otpauth-migration://offline?data=.",
    forms: &[Form::Anchored(&OTPAUTH_ANCHOR)],
    edges: Edges::Alnum,
    check: otpauth,
    scores: Scores::STRONG,
    keywords: &["totp", "2fa", "authenticator", "otp secret"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 1.0,
    sources: &["Google Authenticator wiki: key URI format", "RFC 6238"],
    valid: &[
        "otpauth://totp/Example:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Example",
        "otpauth://hotp/A?secret=JBSWY3DPEHPK3PXP",
    ],
    invalid: &[
        ("otpauth://totp/Example", "no secret"),
        ("otp://totp/x?secret=JBSWY3DPEHPK3PXP", "scheme"),
        ("otpauth://totp/x?secret=AAAAAAAAAAAAAAAA", "a placeholder"),
    ],
};

static OTPAUTH_ANCHOR: Anchor = Anchor {
    literals: &["otpauth://totp/", "otpauth://hotp/", "otpauth-migration://offline?"],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        let in_address = |byte: &&u8| **byte > b' ' && !b"\"'<>\\,".contains(byte);
        let count = haystack.get(literal.end..)?.iter().take_while(in_address).count();
        Some(literal.start..literal.end + count)
    },
};

/// Characters of the shortest secret.
const SHORTEST_SECRET: usize = 8;

fn otpauth(value: &Value<'_>) -> Option<Proof> {
    value.text.starts_with(b"otpauth").then_some(())?;
    let mut fields = value.text.split(|byte| matches!(byte, b'?' | b'&')).skip(1);
    let value_of = |field: &'_ [u8]| -> Option<Vec<u8>> {
        let names = [&b"secret="[..], b"data="];
        names.iter().find_map(|name| field.strip_prefix(*name)).map(<[u8]>::to_vec)
    };
    let secret = fields.find_map(value_of)?;
    let in_secret =
        |byte: &u8| alnum(byte) || matches!(byte, b'%' | b'+' | b'/' | b'=' | b'-' | b'_');
    let holds = secret.len() >= SHORTEST_SECRET && secret.iter().all(in_secret) && varied(&secret);
    holds.then(|| Proof::whole(value, &["structure"]))
}
