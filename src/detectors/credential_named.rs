//! Secrets that nothing shows but the word beside them.

use crate::detectors::frames::{base64, digit, letter, varied};
use crate::detectors::placeholder::{is_path, is_placeholder};
use crate::detectors::{Detector, Edges, Form, Named, Proof, Scores, Tie, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&AWS_SECRET, &PASSWORD, &SECURITY_ANSWER];

/// Secret access keys of Amazon Web Services.
pub(crate) static AWS_SECRET: Detector = Detector {
    id: "cred.aws.secret",
    name: "AWS secret access key",
    category: Category::Credential,
    country: None,
    format: "Forty characters of base64, beside its name.",
    forms: &[Form::Named(&AWS_SECRET_VALUE)],
    edges: Edges::Alnum,
    check: aws_secret,
    scores: Scores { bare: 0, separated: 0, keyword: 75, field: 92 },
    keywords: &[
        "aws secret access key",
        "secret access key",
        "aws secret",
        "aws secret key",
        "secret key",
    ],
    window: (60, 40),
    pass_rate: 0.99,
    wrong_digit_rate: 1.0,
    sources: &["AWS general reference: security credentials"],
    valid: &[
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
    ],
    invalid: &[
        ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE", "39 characters"),
        ("wJalrXUtnFEMI_K7MDENG/bPxRfiCYEXAMPLEKEY", "underscore"),
        ("5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8", "a hash"),
    ],
};

static AWS_SECRET_VALUE: Named = Named {
    extent: |text, _| {
        let count = text.iter().take(AWS_SECRET_LEN + 1).take_while(|byte| base64(byte)).count();
        (count == AWS_SECRET_LEN).then_some(count)
    },
};

const AWS_SECRET_LEN: usize = 40;
/// Bits for each character of the least varied key; hexadecimal texts have 4 at the most.
const LEAST_ENTROPY: f64 = 4.2;

fn aws_secret(value: &Value<'_>) -> Option<Proof> {
    let text = value.text;
    let mixed = text.iter().any(u8::is_ascii_digit)
        && text.iter().any(u8::is_ascii_uppercase)
        && text.iter().any(u8::is_ascii_lowercase);
    let whole = text.len() == AWS_SECRET_LEN && text.iter().all(base64) && mixed;
    // Keys in the provider's documentation end so.
    let test = text.ends_with(b"EXAMPLEKEY");
    (whole && entropy(text) > LEAST_ENTROPY)
        .then(|| Proof::whole(value, &["entropy"]).marked_test(test))
}

/// Returns Shannon's entropy of the characters, in bits for each.
fn entropy(text: &[u8]) -> f64 {
    let mut sorted = text.to_vec();
    sorted.sort_unstable();
    let shares = sorted.chunk_by(|left, right| left == right);
    shares
        .map(|same| same.len() as f64 / text.len() as f64)
        .map(|share| -share * share.log2())
        .sum()
}

/// Passwords and other secrets beside their name.
///
/// Only what looks like a secret counts: letters with digits, or with marks that no code and no sentence
/// has in a word. Passwords that are plain words or numbers are not found.
pub(crate) static PASSWORD: Detector = Detector {
    id: "cred.password",
    name: "Password beside its name",
    category: Category::Credential,
    country: None,
    format: "A value of six or more characters, letters with digits or marks, beside password, passwd, \
             pwd, secret, token.",
    forms: &[Form::Named(&PASSWORD_VALUE)],
    edges: Edges::Digit,
    check: password,
    scores: Scores::NAMED,
    keywords: &[
        "password",
        "passwd",
        "pwd",
        "passphrase",
        "api key",
        "apikey",
        "secret",
        "client secret",
        "auth token",
        "access token",
        "mot de passe",
        "mdp",
        "passwort",
        "kennwort",
        "contraseña",
        "parola d'ordine",
        "senha",
        "palavra-passe",
        "wachtwoord",
        "hasło",
        "пароль",
        "密码",
        "パスワード",
        "şifre",
        "parola",
    ],
    window: (48, 0),
    pass_rate: 0.9,
    wrong_digit_rate: 1.0,
    sources: &["CWE-312, CWE-798"],
    valid: &["correct-horse-9", "Schnee2024!"],
    invalid: &[
        ("short", "five characters"),
        ("two words", "blank"),
        ("os.environ[1]", "code"),
        ("${PASSWORD_1}", "a variable"),
        ("changeme1", "a placeholder"),
        ("00000000", "one character"),
        ("settings.DB_2.value", "a setting"),
        ("ACCESS_TOKEN_1", "a constant"),
        ("_secret_ty_3", "a name in a program"),
        ("6d92078a-8246-4ba4-ae5b-76104861e7dc", "a UUID"),
    ],
};

static PASSWORD_VALUE: Named = Named {
    extent: |text, tie| {
        // `That is a secret indeed!`: a word of a sentence has no digit.
        let len = password_len(text)?;
        let told = tie != Tie::Gap || text.get(..len)?.iter().any(u8::is_ascii_digit);
        told.then_some(len)
    },
};

/// Characters of the shortest and the longest password.
const SHORTEST: usize = 6;
const LONGEST: usize = 128;

/// A word up to what ends a value in text, tables, JSON, tags and forms.
fn password_len(text: &[u8]) -> Option<usize> {
    let in_word = |b: &&u8| **b > b' ' && !b"\"'<>,;{}&\\`".contains(b);
    let count = text.iter().take(LONGEST).take_while(in_word).count();
    // The end of a sentence or of a bracket is none of its own.
    let word = text.get(..count)?;
    let marks = word.iter().rev().take_while(|byte| matches!(byte, b'.' | b':' | b')')).count();
    (count - marks >= SHORTEST).then_some(count - marks)
}

fn password(value: &Value<'_>) -> Option<Proof> {
    let text = value.text;
    let letters = text.iter().any(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80);
    let digits = text.iter().any(u8::is_ascii_digit);
    let marks = text.iter().any(|byte| b"!@#^*+~?".contains(byte));
    let whole =
        (SHORTEST..=LONGEST).contains(&text.len()) && password_len(text) == Some(text.len());
    let secret = whole && letters && (digits || marks) && varied_enough(text);
    (secret && !is_code(text) && !is_placeholder(text)).then(|| Proof::whole(value, &["structure"]))
}

/// Different characters of a password's least.
fn varied_enough(text: &[u8]) -> bool {
    varied(text) && !digits::is_repeated(text)
}

/// Returns whether a text is a call, an index, an address, a path, a UUID or a name in a program.
fn is_code(text: &[u8]) -> bool {
    let marks = text.iter().any(|byte| b"()[]|=$%".contains(byte));
    let holds = |part: &[u8]| text.windows(part.len()).any(|window| window == part);
    let path = matches!(text.first(), Some(b'/' | b'.' | b'~' | b'-' | b'@' | b'#' | b'\\' | b'_'));
    let constant = text.contains(&b'_') && !text.iter().any(u8::is_ascii_lowercase);
    let uuid = text.len() == 36 && text.iter().all(|b| b.is_ascii_hexdigit() || *b == b'-');
    marks
        || path
        || uuid
        || constant
        || holds(b"://")
        || holds(b"->")
        || holds(b"::")
        || is_path(text)
}

/// Answers to questions that stand in for a password.
pub(crate) static SECURITY_ANSWER: Detector = Detector {
    id: "cred.security-answer",
    name: "Answer to a security question",
    category: Category::Credential,
    country: None,
    format: "A capitalised word after the question.",
    forms: &[Form::Named(&ANSWER)],
    edges: Edges::Alnum,
    check: answer,
    // Stories tell of maiden names; forms ask for them.
    scores: Scores { bare: 0, separated: 0, keyword: 45, field: 80 },
    keywords: &[
        "mother's maiden name",
        "mothers maiden name",
        "mother maiden name",
        "maiden name",
        "security answer",
        "secret answer",
        "first pet",
        "name of first pet",
        "city of birth",
        "nom de jeune fille de la mère",
        "réponse secrète",
        "mädchenname der mutter",
        "sicherheitsantwort",
        "respuesta secreta",
        "apellido de soltera de la madre",
    ],
    window: (48, 0),
    pass_rate: 0.9,
    wrong_digit_rate: 0.0,
    sources: &["NIST SP 800-63B (knowledge-based authentication)"],
    valid: &["Lindqvist", "Rover"],
    invalid: &[("7", "digit"), ("x", "short"), ("rover", "no capital"), ("None", "no answer")],
};

static ANSWER: Named = Named { extent: answer_len };

/// Characters of the shortest and the longest answer.
const SHORTEST_ANSWER: usize = 2;
const LONGEST_ANSWER: usize = 41;

/// A word, and further ones that begin with a capital.
fn answer_len(text: &[u8], _: Tie) -> Option<usize> {
    let in_word = |byte: &u8| letter(byte) || matches!(byte, b'\'' | b'-' | 0x80..);
    let word = |at: usize| -> Option<usize> {
        let tail = text.get(at..).filter(|tail| begins_name(tail))?;
        Some(at + tail.iter().take(LONGEST_ANSWER).take_while(|byte| in_word(byte)).count())
    };
    let mut end = word(0)?;
    while let Some(next) = word(end + 1).filter(|_| text.get(end) == Some(&b' ')) {
        end = next;
    }
    let marks = text.get(..end)?.iter().rev().take_while(|byte| matches!(byte, b'\'' | b'-'));
    Some(end - marks.count())
}

/// Returns whether a text begins with a capital, or with a letter of a script that has none.
fn begins_name(text: &[u8]) -> bool {
    let head = text.get(..text.len().min(4)).unwrap_or_default();
    let first = head.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
    first.is_some_and(|first| first.is_alphabetic() && !first.is_lowercase())
}

fn answer(value: &Value<'_>) -> Option<Proof> {
    let text = value.text;
    let length = (SHORTEST_ANSWER..=LONGEST_ANSWER).contains(&text.len());
    let whole = length && begins_name(text) && !text.iter().any(digit);
    let holds = whole && answer_len(text, Tie::Mark) == Some(text.len());
    (holds && !is_placeholder(text)).then(|| Proof::whole(value, &["structure"]))
}
