//! Telephone numbers.

use crate::detectors::frames::{Part, digit, end_of, opens};
use crate::detectors::{Anchor, Detector, Edges, Form, Letters, Named, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&E164, &NANP, &GB, &NATIONAL];

/// Words for telephones, which every detector of this file heeds.
const TELEPHONE: &[&str] = &[
    "phone",
    "phone number",
    "tel",
    "telephone",
    "telephone number",
    "mobile",
    "mobile number",
    "cell",
    "cell phone",
    "fax",
    "call",
    "contact number",
    "whatsapp",
    "téléphone",
    "tél",
    "portable",
    "telefon",
    "telefonnummer",
    "handy",
    "handynummer",
    "mobil",
    "durchwahl",
    "teléfono",
    "móvil",
    "celular",
    "telefono",
    "cellulare",
    "telefone",
    "telemóvel",
    "telefoon",
    "telefoonnummer",
    "mobiel",
    "gsm",
    "telepon",
    "電話",
    "電話番号",
    "携帯",
    "电话",
    "手机",
    "전화",
    "휴대폰",
];

/// International numbers.
pub(crate) static E164: Detector = Detector {
    id: "contact.phone.e164",
    name: "International telephone number",
    category: Category::Contact,
    country: None,
    format: "+, country code, number; eight to fifteen digits with blanks, hyphens, dots, brackets.",
    forms: &[Form::Anchored(&PLUS)],
    edges: Edges::Digit,
    check: e164,
    scores: Scores { bare: 60, separated: 60, keyword: 85, field: 92 },
    keywords: TELEPHONE,
    window: (60, 40),
    pass_rate: 0.8,
    wrong_digit_rate: 0.988,
    sources: &["ITU-T E.164 (11/2010)", "ITU-T E.164 list of assigned country codes"],
    valid: &["+44 20 7946 0958", "+1 202-555-0143", "+49 30 23125 123", "+44 (0)20 7946 0958"],
    invalid: &[("+0 20 7946 0958", "country code 0"), ("+44 20", "short")],
};

static PLUS: Anchor = Anchor {
    literals: &["+"],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        let at = haystack.get(literal.end).filter(|digit| digit.is_ascii_digit());
        at.filter(|_| opens(haystack, literal.start))?;
        Some(literal.start..dialled_end(haystack, literal.end, LONGEST))
    },
};

/// Digits of the shortest and the longest international number.
const SHORTEST: usize = 8;
const LONGEST: usize = 15;

/// Returns the end of the digits from `at` on, at most so many, with one mark or a bracket and a blank
/// between them.
fn dialled_end(haystack: &[u8], at: usize, most: usize) -> usize {
    let (mut end, mut count, mut marks) = (at, 0, 0);
    for (index, byte) in (at..).zip(haystack.get(at..).unwrap_or_default()) {
        match byte {
            b'0'..=b'9' if count < most => {
                (end, count, marks) = (index + 1, count + 1, 0);
            }
            b' ' | b'.' | b'-' | b'/' | b'(' | b')' if marks < 2 => marks += 1,
            _ => break,
        }
    }
    end
}

/// Returns whether a number begins with a country code: every pair of digits but these is one or opens one.
fn has_country(number: &[u8]) -> bool {
    let pair = number.get(..2);
    pair.is_some_and(|pair| !matches!(pair, [b'0', _] | b"28" | b"83" | b"89"))
}

fn dialled(text: &[u8]) -> Vec<u8> {
    text.iter().filter(|byte| byte.is_ascii_digit()).copied().collect()
}

/// A known country code, and as many digits as numbers have; numbers reserved for drama are marked.
fn e164(value: &Value<'_>) -> Option<Proof> {
    let number = dialled(value.text.strip_prefix(b"+")?);
    let length = (SHORTEST..=LONGEST).contains(&number.len());
    let holds = length && has_country(&number) && !is_filled(&number);
    let drama = is_fictional(&number);
    holds.then(|| Proof::whole(value, &["structure"]).marked_test(drama))
}

/// One digit repeated behind a country code of up to three digits.
fn is_filled(number: &[u8]) -> bool {
    number.get(3..).is_some_and(digits::is_repeated)
}

/// Numbers that Ofcom and the NANP keep for drama: 020 7946 0, 07700 900, and 555-01.
fn is_fictional(number: &[u8]) -> bool {
    let national = number.strip_prefix(b"44").or(number.strip_prefix(b"0")).unwrap_or(number);
    let national = national.strip_prefix(b"0").unwrap_or(national);
    let british = national.starts_with(b"2079460") || national.starts_with(b"7700900");
    let american = number.strip_prefix(b"1").unwrap_or(number);
    british || american.len() == 10 && american.get(3..8) == Some(b"55501")
}

/// Numbers of the United States, Canada and eighteen other countries.
pub(crate) static NANP: Detector = Detector {
    id: "contact.phone.nanp",
    name: "North American telephone number",
    category: Category::Contact,
    country: None,
    format: "Area NXX, exchange NXX, four digits: (202) 555-0143, 202-555-0143, 202.555.0143, +1 ...",
    forms: &[
        Form::Anchored(&BRACKET),
        Form::Verbatim("9{3}~9{3}~9{4}"),
        Form::Verbatim("9~9{3}~9{3}~9{4}"),
        Form::Verbatim("9{3}~9{7}"),
    ],
    edges: Edges::Digit,
    check: nanp,
    scores: Scores::MEDIUM,
    keywords: TELEPHONE,
    window: (60, 40),
    pass_rate: 0.57,
    wrong_digit_rate: 0.914,
    sources: &["ATIS-0300051 NANP numbering"],
    valid: &["202-555-0143", "(202) 555-0143", "1.415.555.0132"],
    invalid: &[("(102) 555-0143", "area begins with 1"), ("202-911-0143", "service code")],
};

static BRACKET: Anchor = Anchor {
    literals: &["("],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        let closed = haystack.get(literal.end + 3) == Some(&b')');
        let end = dialled_end(haystack, literal.end, 10);
        closed.then_some(literal.start..end)
    },
};

/// Area and exchange begin with 2 to 9; the area's second digit is not 9, and an exchange of N11 is a
/// service.
fn nanp(value: &Value<'_>) -> Option<Proof> {
    let number = dialled(value.text);
    let known = |separator: u8| matches!(separator, b' ' | b'-' | b'.' | b'(' | b')');
    value.separator.is_none_or(known).then_some(())?;
    let national = match number.as_slice() {
        [b'1', rest @ ..] if rest.len() == 10 => rest,
        whole => whole,
    };
    let [b'2'..=b'9', b'0'..=b'8', _, b'2'..=b'9', second, third, last @ ..] = national else {
        return None;
    };
    let service = *second == b'1' && *third == b'1';
    let holds = last.len() == 4 && !service && !digits::is_repeated(national);
    let drama = is_fictional(national);
    holds.then(|| Proof::whole(value, &["structure"]).marked_test(drama))
}

/// Numbers of the United Kingdom as they are dialled there.
pub(crate) static GB: Detector = Detector {
    id: "contact.phone.gb",
    name: "United Kingdom telephone number",
    category: Category::Contact,
    country: Some("GB"),
    format: "0 and nine or ten digits: 020 7946 0958, 07700 900123; those with +44 are international.",
    forms: &[Form::Named(&NATIONAL_VALUE)],
    edges: Edges::Digit,
    check: gb,
    scores: Scores { bare: 0, separated: 0, keyword: 60, field: 84 },
    keywords: TELEPHONE,
    window: (48, 0),
    pass_rate: 0.01,
    wrong_digit_rate: 0.823,
    sources: &["Ofcom National Telephone Numbering Plan"],
    valid: &["020 7946 0958", "07700 900123"],
    invalid: &[("020 7946 095", "short"), ("0500 900123", "05 is not geographic")],
};

/// A blank or dash, or none.
const GAP: Part = Part::Run(|byte| matches!(byte, b' ' | b'-'), 0, 1);
/// The groups of each kind of number behind its 0, in which people write them.
const KINDS: [&[Part]; 7] = [
    &[Part::Text("2"), digits_of(1), GAP, digits_of(4), GAP, digits_of(4)],
    &[Part::Text("1"), digits_of(3), GAP, digits_of(3), GAP, Part::Run(digit, 3, 4)],
    &[Part::Text("1"), digits_of(2), GAP, digits_of(3), GAP, Part::Run(digit, 3, 4)],
    &[Part::Text("7"), digits_of(3), GAP, digits_of(3), GAP, digits_of(3)],
    &[Part::Text("3"), digits_of(2), GAP, digits_of(3), GAP, Part::Run(digit, 3, 4)],
    &[Part::Text("8"), digits_of(2), GAP, digits_of(3), GAP, Part::Run(digit, 3, 4)],
    &[Part::Text("9"), digits_of(2), GAP, digits_of(3), GAP, Part::Run(digit, 3, 4)],
];

const fn digits_of(count: usize) -> Part {
    Part::Run(digit, count, count)
}

/// The digits of a kind of number, in its groups.
fn gb(value: &Value<'_>) -> Option<Proof> {
    let national = value.text.strip_prefix(b"0")?;
    let number = dialled(value.text);
    let fits = |kind: &&[Part]| end_of(kind, national, 0) == Some(national.len());
    let holds = KINDS.iter().any(fits) && number.len() >= 10 && !is_filled(&number);
    let drama = is_fictional(&number);
    holds.then(|| Proof::whole(value, &["structure"]).marked_test(drama))
}

/// Numbers as they are dialled within a country.
pub(crate) static NATIONAL: Detector = Detector {
    id: "contact.phone.national",
    name: "National telephone number beside its name",
    category: Category::Contact,
    country: None,
    format: "0 and seven to eleven digits with blanks, dots, slashes, hyphens, brackets.",
    forms: &[Form::Named(&NATIONAL_VALUE)],
    edges: Edges::Digit,
    check: national,
    scores: Scores::NAMED,
    keywords: TELEPHONE,
    window: (48, 0),
    pass_rate: 0.091,
    wrong_digit_rate: 0.894,
    sources: &["ITU-T E.123"],
    valid: &["030 23125-123", "06 12 34 56 78"],
    invalid: &[("00 12 34", "00 is international"), ("030 231", "short")],
};

static NATIONAL_VALUE: Named = Named { extent: |text, _| national_len(text) };

/// A number that begins with 0, in brackets or not.
fn national_len(text: &[u8]) -> Option<usize> {
    let digits = usize::from(text.first() == Some(&b'('));
    (text.get(digits) == Some(&b'0')).then(|| dialled_end(text, digits, 12))
}

/// A 0, no second one, and seven to eleven digits behind it.
fn national(value: &Value<'_>) -> Option<Proof> {
    let number = dialled(value.text);
    let whole = national_len(value.text) == Some(value.text.len());
    let [b'0', b'1'..=b'9', rest @ ..] = number.as_slice() else { return None };
    let holds = whole && (6..=10).contains(&rest.len()) && !is_filled(&number);
    holds.then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn country_codes() {
        for number in ["1202", "4420", "35312", "99555", "21021"] {
            assert!(has_country(number.as_bytes()), "{number}");
        }
        for number in ["0044", "2855", "8312", "1"] {
            assert!(!has_country(number.as_bytes()), "{number}");
        }
    }
}
