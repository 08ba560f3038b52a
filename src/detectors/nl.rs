//! Netherlands.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&BSN, &ID_DOCUMENT];

/// Citizen service number.
pub(crate) static BSN: Detector = Detector {
    id: "gov.nl.bsn",
    name: "Dutch citizen service number (BSN)",
    category: Category::GovernmentId,
    country: Some("NL"),
    format: "Nine digits (eight where the leading zero is dropped): NNNN.NN.NNN, in threes or in \
             one run.",
    forms: &[
        Form::Layout("9{4}.9{2}.9{3}"),
        Form::Layout("9{3} 9{3} 9{3}"),
        Form::Layout("9{8,9}"),
    ],
    edges: Edges::Digit,
    check: is_bsn,
    scores: Scores::CHECKED,
    keywords: &[
        "bsn",
        "burgerservicenummer",
        "sofinummer",
        "sofi-nummer",
        "bsn-nummer",
        "citizen service number",
    ],
    window: (60, 40),
    pass_rate: 0.091,
    wrong_digit_rate: 0.0,
    sources: &[
        "Rijksdienst voor Identiteitsgegevens: BSN, elfproef",
        "Wet algemene bepalingen BSN",
    ],
    valid: &["111222333", "1112.22.333", "616081170", "616 081 170", "10000008"],
    invalid: &[("1112.52.333", "eleven test"), ("111222334", "eleven test"), ("000000000", "zero")],
};

/// Identity card or passport: no check digit, so the name beside it is everything.
pub(crate) static ID_DOCUMENT: Detector = Detector {
    id: "gov.nl.id-document",
    name: "Dutch identity card or passport number",
    category: Category::GovernmentId,
    country: Some("NL"),
    format: "Nine characters: two letters, six letters or digits, a digit; O is not used.",
    forms: &[Form::Layout("A{2}X{6}9")],
    edges: Edges::Alnum,
    check: is_id_document,
    scores: Scores::NAMED,
    keywords: &[
        "paspoortnummer",
        "paspoort",
        "identiteitskaart",
        "identiteitskaartnummer",
        "documentnummer",
        "id-kaart",
        "dutch passport",
        "passport",
        "identity card",
    ],
    window: (60, 40),
    pass_rate: 0.11,
    wrong_digit_rate: 1.0,
    sources: &["Rijksdienst voor Identiteitsgegevens: documentnummers", "Paspoortwet"],
    valid: &["EM0000000", "SPECI2014"],
    invalid: &[
        ("EMO000000", "O is not used"),
        ("E00000000", "one letter"),
        ("EM000000A", "last character"),
    ],
};

/// The eleven test: weights 9 to 2 and −1, the sum divisible by eleven.
fn is_bsn(value: &Value<'_>) -> Option<Proof> {
    // −1 is 10 by 11; eight digits lack a leading zero and with it the first weight.
    let weights: &[u32] = match value.text.len() {
        9 => &[9, 8, 7, 6, 5, 4, 3, 2, 10],
        8 => &[8, 7, 6, 5, 4, 3, 2, 10],
        _ => return None,
    };
    let holds =
        digits::is_number(value.text) && weighted::sum(value.text, weights).is_multiple_of(11);
    holds.then(|| Proof::whole(value, &["mod11"]))
}

/// Two letters, six letters or digits, a digit, none of them O.
fn is_id_document(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 9]>::try_from(value.text).ok()?;
    let (letters, rest) = text.split_first_chunk::<2>()?;
    let used = text.iter().all(|&byte| digits::alphanumeric(byte).is_some() && byte != b'O');
    let fits = letters.iter().all(u8::is_ascii_uppercase) && rest.last()?.is_ascii_digit();
    (used && fits).then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn eight_digits_are_nine_with_a_zero() {
        for number in (10_000_000..100_000_000).step_by(98_765) {
            let short = proof(&BSN, &number.to_string()).is_some();
            assert_eq!(short, proof(&BSN, &format!("0{number}")).is_some(), "{number}");
        }
    }
}
