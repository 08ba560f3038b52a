//! United Arab Emirates.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, luhn};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&EID];

/// United Arab Emirates identity number (Emirates ID).
pub(crate) static EID: Detector = Detector {
    id: "gov.ae.eid",
    name: "United Arab Emirates identity number (Emirates ID)",
    category: Category::GovernmentId,
    country: Some("AE"),
    format: "Fifteen digits 784-YYYY-NNNNNNN-C: country, year of birth, serial, a digit by Luhn.",
    forms: &[
        Form::Layout("9{3}-9{4}-9{7}-9"),
        Form::Layout("9{3} 9{4} 9{7} 9"),
        Form::Layout("9{3}-9{11}-9"),
        Form::Layout("9{15}"),
    ],
    edges: Edges::Digit,
    check: is_eid,
    scores: Scores::STRONG,
    keywords: &[
        "emirates id",
        "eid",
        "uae id",
        "رقم الهوية",
        "الهوية الإماراتية",
        "بطاقة الهوية",
        "emirates id number",
        "emirates identity",
    ],
    window: (60, 40),
    pass_rate: 2e-6,
    wrong_digit_rate: 0.0,
    sources: &[
        "Emirates Identity Authority, statement to WAM of 17 January 2016: fifteen digits in four \
         parts, the last one for verification",
        "Federal Authority for Identity, Citizenship, Customs and Port Security: Emirates ID",
        "ISO 3166-1: numeric code 784",
    ],
    valid: &["784-1968-6570305-0", "784 1968 6570305 0", "784-19686570305-0", "784198512345004"],
    invalid: &[
        ("784-1968-6570305-1", "Luhn"),
        ("785-1968-6570305-0", "does not begin with 784"),
        ("784-1868-6570305-1", "year 1868"),
    ],
};

/// 784, a year of birth of 1900 to 2099 and Luhn, which the authority never published and every
/// card follows.
fn is_eid(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<15>(value.text)?;
    let holds = text.starts_with(b"784")
        && matches!(text.get(3..5)?, b"19" | b"20")
        && luhn::is_valid(text);
    holds.then(|| Proof::whole(value, &["structure", "luhn"]))
}
