//! Numbers of the insured, of physicians and of medicines.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Number of an insured person, for life and across insurers.
pub(super) static KVNR: Detector = Detector {
    id: "health.de.kvnr",
    name: "German health insurance number (Krankenversichertennummer)",
    category: Category::HealthId,
    country: Some("DE"),
    format: "Letter, eight digits, check digit: A123456780, perhaps in threes; on the card the \
             insurer's nine digits and another check digit follow.",
    forms: &[
        Form::Layout("A 9{3} 9{3} 9{3}"),
        Form::Layout("A 9{3} 9{6}"),
        Form::Layout("A 9{6} 9{3}"),
        Form::Layout("A 9{9}"),
        Form::Layout("A9{3} 9{3} 9{3}"),
        Form::Layout("A9{3} 9{6}"),
        Form::Layout("A9{6} 9{3}"),
        Form::Layout("A9{9}"),
    ],
    edges: Edges::Alnum,
    check: is_kvnr,
    // One letter and nine digits are many an article number, and one in ten of those passes.
    scores: Scores { bare: 35, separated: 40, keyword: 85, field: 92 },
    keywords: &[
        "kvnr",
        "kv-nr",
        "krankenversichertennummer",
        "krankenversichertennr",
        "krankenversicherungsnummer",
        "versichertennummer",
        "versicherten-nr",
        "krankenversicherung",
        "krankenkasse",
        "egk",
        "german health insurance number",
        "health insurance number",
    ],
    window: (60, 40),
    pass_rate: 0.00001,
    wrong_digit_rate: 0.0,
    sources: &[
        "SGB V § 290",
        "GKV-Spitzenverband: Richtlinien zum Aufbau und zur Vergabe der Krankenversichertennummer",
    ],
    valid: &[
        "A123456780",
        "X110411675",
        "K220635158",
        "A 123 456 780",
        "A 123 456780",
        "A 123456 780",
        "A 123456780",
        "A123 456 780",
        "A123 456780",
        "A123456 780",
    ],
    invalid: &[
        ("A123456781", "check digit"),
        ("A 123 456 789", "check digit"),
        ("A000000000", "zero"),
    ],
};

/// Number of a physician, for life.
pub(super) static LANR: Detector = Detector {
    id: "health.de.lanr",
    name: "German physician number (LANR)",
    category: Category::HealthId,
    country: Some("DE"),
    format: "Nine digits: number 6, check digit, speciality 2.",
    forms: &[Form::Layout("9{9}")],
    edges: Edges::Digit,
    check: is_lanr,
    scores: Scores::CHECKED,
    keywords: &[
        "lanr",
        "lebenslange arztnummer",
        "arztnummer",
        "arzt-nr",
        "german physician number",
        "physician number",
    ],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.259,
    sources: &["KBV: Richtlinie nach § 75 Abs. 7 SGB V zur Vergabe der Arztnummern"],
    valid: &["123456601", "838382201"],
    invalid: &[
        ("123456501", "check digit"),
        ("999999901", "stands for one who has none"),
        ("000000001", "zero"),
    ],
};

/// Number of a medicine: on a prescription it tells what somebody suffers from.
pub(super) static PZN: Detector = Detector {
    id: "health.de.pzn",
    name: "German central pharmaceutical number (PZN)",
    category: Category::Health,
    country: Some("DE"),
    format: "Eight digits since 2013, the last a check digit; PZN, a dash or a blank perhaps before \
             them. Older numbers have a leading zero less.",
    forms: &[
        Form::Layout("A{3}-9{8}"),
        Form::Layout("A{3} 9{8}"),
        Form::Layout("A{3}9{8}"),
        Form::Layout("9{8}"),
    ],
    edges: Edges::Alnum,
    check: is_pzn,
    scores: Scores::CHECKED,
    keywords: &["pzn", "pzn-nr", "pharmazentralnummer", "pharmazentralnr"],
    window: (60, 40),
    pass_rate: 0.09,
    wrong_digit_rate: 0.0,
    sources: &["IFA GmbH: Technische Hinweise zur PZN-Codierung, Prüfziffernberechnung"],
    valid: &["27580899", "PZN-27580899", "01234562", "PZN 27580899", "PZN27580899"],
    invalid: &[
        ("PZN-27580898", "check digit"),
        ("PZM-27580899", "another prefix"),
        ("00000000", "zero"),
    ],
};

/// The letter as two digits, 01 to 26, and eight digits with weights 1 and 2 in turn; the sum of the
/// products' digits by ten is the last digit (Luhn would have what is missing to ten).
fn is_kvnr(value: &Value<'_>) -> Option<Proof> {
    let (letter, number) = value.text.split_first()?;
    let (check, body) = digits::exactly::<9>(number)?.split_last()?;
    let ordinal = u32::from(letter.checked_sub(b'A').filter(|ordinal| *ordinal < 26)?) + 1;
    let spelled = [format!("{ordinal:02}").as_bytes(), body].concat();
    let holds = digits::digit(*check)? == weighted::cross_sum(&spelled, &[1, 2]) % 10;
    holds.then(|| Proof::whole(value, &["mod10"]))
}

/// Weights 4 and 9 over six digits; the seventh completes the sum to a multiple of ten. Two digits of
/// the speciality go unchecked.
fn is_lanr(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<9>(value.text)?;
    let (checked, _) = text.split_at_checked(7)?;
    let (check, number) = checked.split_last()?;
    let sum = weighted::sum(number, &[4, 9]) + digits::digit(*check)?;
    let holds = !digits::is_repeated(number) && sum.is_multiple_of(10);
    holds.then(|| Proof::whole(value, &["mod10"]))
}

/// Weights 1 to 7, the sum by eleven; numbers for which it would be ten are not given out.
fn is_pzn(value: &Value<'_>) -> Option<Proof> {
    let number = value.text.strip_prefix(b"PZN").unwrap_or(value.text);
    let (check, body) = digits::exactly::<8>(number)?.split_last()?;
    let sum = weighted::sum(body, &[1, 2, 3, 4, 5, 6, 7]);
    (digits::digit(*check)? == sum % 11).then(|| Proof::whole(value, &["mod11"]))
}
