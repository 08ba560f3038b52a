//! Cyprus.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&TIC];

/// Tax identification code.
pub(crate) static TIC: Detector = Detector {
    id: "gov.cy.tic",
    name: "Cypriot tax identification code",
    category: Category::GovernmentId,
    country: Some("CY"),
    format: "Eight digits and a check letter; persons begin with 0.",
    forms: &[Form::Layout("9{8}A")],
    edges: Edges::Alnum,
    check: is_tic,
    scores: Scores::CHECKED,
    keywords: &[
        "αφτ",
        "αριθμός φορολογικής ταυτότητας",
        "αριθμοσ φορολογικησ ταυτοτητασ",
        "tic",
        "tax identification code",
        "cyprus tin",
        "cyprus tax",
    ],
    window: (60, 40),
    pass_rate: 0.00001,
    wrong_digit_rate: 0.0,
    sources: &["European Commission, TIN portal: Cyprus"],
    valid: &["10259033P", "00999997L"],
    invalid: &[
        ("10259033Z", "check letter"),
        ("12000000N", "12 is not used"),
        ("00000000E", "zero"),
    ],
};

/// The first, third, … digit counts as in a table, the others their own value; the sum by 26 is the
/// letter.
fn is_tic(value: &Value<'_>) -> Option<Proof> {
    let (letter, number) = value.text.split_last()?;
    let number = digits::exactly::<8>(number)?;
    let sum = (0..).zip(number).try_fold(0, |sum, (place, &byte)| {
        let digit = digits::digit(byte)?;
        let odd = usize::try_from(digit).ok().and_then(|digit| ODD.get(digit).copied());
        Some(sum + if place % 2 == 0 { odd? } else { digit })
    })?;
    let holds = !number.starts_with(b"12") && u32::from(letter.checked_sub(b'A')?) == sum % 26;
    holds.then(|| Proof::whole(value, &["mod26"]))
}

/// What a digit in an odd place counts, for 0 to 9.
const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
