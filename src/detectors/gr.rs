//! Greece.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, luhn, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&AMKA, &AFM, &ID_CARD];

/// Social security number.
pub(crate) static AMKA: Detector = Detector {
    id: "gov.gr.amka",
    name: "Greek social security number (AMKA)",
    category: Category::GovernmentId,
    country: Some("GR"),
    format: "Eleven digits DDMMYY NNNN C, the last by Luhn.",
    forms: &[Form::Layout("9{6} 9{5}"), Form::Layout("9{6}-9{5}"), Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_amka,
    // One in 300 numbers of that layout passes, and others use it too.
    scores: Scores { bare: 35, separated: 45, keyword: 85, field: 92 },
    keywords: &[
        "αμκα",
        "α.μ.κ.α.",
        "αριθμός μητρώου κοινωνικής ασφάλισης",
        "αριθμοσ μητρωου κοινωνικησ ασφαλισησ",
        "amka",
        "greek social security number",
    ],
    window: (60, 40),
    pass_rate: 0.0036,
    wrong_digit_rate: 0.0,
    sources: &["Ν. 3655/2008, άρθρο 153", "ΗΔΙΚΑ: ΑΜΚΑ"],
    valid: &["01013099997", "01039601230", "010130 99997", "010130-99997"],
    invalid: &[("01013099999", "Luhn"), ("01133099994", "month 13"), ("00000000000", "zero")],
};

/// Tax number.
pub(crate) static AFM: Detector = Detector {
    id: "gov.gr.afm",
    name: "Greek tax number (AFM)",
    category: Category::GovernmentId,
    country: Some("GR"),
    format: "Nine digits, EL or GR before them where it serves for value added tax.",
    forms: &[Form::Layout("A{2} 9{9}"), Form::Layout("A{2}9{9}"), Form::Layout("9{9}")],
    edges: Edges::Alnum,
    check: is_afm,
    scores: Scores::CHECKED,
    keywords: &[
        "αφμ",
        "α.φ.μ.",
        "αριθμός φορολογικού μητρώου",
        "αριθμοσ φορολογικου μητρωου",
        "δου",
        "afm",
        "greek tax number",
        "greek tin",
    ],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.029,
    sources: &["European Commission, TIN portal: Greece", "ΑΑΔΕ: Αριθμός Φορολογικού Μητρώου"],
    valid: &["094259216", "EL 023456780", "EL094259216"],
    invalid: &[
        ("123456781", "check digit"),
        ("IT 023456780", "neither EL nor GR"),
        ("000000000", "zero"),
    ],
};

/// Number of an identity card.
pub(crate) static ID_CARD: Detector = Detector {
    id: "gov.gr.id-card",
    name: "Greek identity card number",
    category: Category::GovernmentId,
    country: Some("GR"),
    format: "One or two letters and six digits: AB 123456, the letters those that Greek and Latin \
             share. Where they are Greek letters, the digits alone are what is found.",
    forms: &[
        Form::Layout("A{1,2} 9{6}"),
        Form::Layout("A{1,2}-9{6}"),
        Form::Layout("A{1,2}9{6}"),
        Form::Layout("9{6}"),
    ],
    edges: Edges::Alnum,
    check: is_id_card,
    scores: Scores::NAMED,
    keywords: &[
        "αριθμός ταυτότητας",
        "αριθμός δελτίου ταυτότητας",
        "αριθμοσ ταυτοτητασ",
        "αδτ",
        "α.δ.τ.",
        "δελτίο ταυτότητας",
        "δελτιο ταυτοτητασ",
        "ταυτότητα",
        "ταυτοτητα",
        "greek identity card",
        "greek id card",
    ],
    window: (60, 40),
    pass_rate: 0.00001,
    wrong_digit_rate: 1.0,
    sources: &["Ελληνική Αστυνομία: δελτία ταυτότητας", "ΥΑ 3021/19/53/2005"],
    valid: &["AB 123456", "X-654321", "AZ654321", "654321"],
    invalid: &[
        ("QD123456", "letters that Greek has not"),
        ("AB 000000", "zero"),
        ("A-000000", "zero"),
    ],
};

/// Date of birth, and Luhn over all eleven digits.
fn is_amka(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let [day, month, year] = digits::pairs(text.get(..6)?)?;
    let holds = date::is_short_date(year, month, day) && luhn::is_valid(text);
    holds.then(|| Proof::whole(value, &["date", "luhn"]))
}

/// Weights 256 to 2, halved from digit to digit; the sum by eleven, ten written 0.
fn is_afm(value: &Value<'_>) -> Option<Proof> {
    let prefix = [&b"EL"[..], b"GR"].into_iter().find(|prefix| value.text.starts_with(prefix));
    let number = digits::exactly::<9>(value.text.get(prefix.map_or(0, <[u8]>::len)..)?)?;
    let (check, body) = number.split_last()?;
    let sum = weighted::sum(body, &[256, 128, 64, 32, 16, 8, 4, 2]);
    (digits::digit(*check)? == sum % 11 % 10).then(|| Proof::whole(value, &["mod11"]))
}

/// There is no check digit.
fn is_id_card(value: &Value<'_>) -> Option<Proof> {
    let (series, number) = value.text.split_at_checked(value.text.len().checked_sub(6)?)?;
    let shared = |letter: &u8| b"ABEZHIKMNOPTYX".contains(letter);
    let holds = series.len() <= 2 && series.iter().all(shared) && digits::is_number(number);
    holds.then(|| Proof::whole(value, &["structure"]))
}
