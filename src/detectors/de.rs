//! Germany.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, iso7064};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&IDNR];

/// Tax identification number of every resident, given at birth and for life.
pub(crate) static IDNR: Detector = Detector {
    id: "gov.de.idnr",
    name: "German tax identification number (Steuer-Identifikationsnummer)",
    category: Category::GovernmentId,
    country: Some("DE"),
    format: "Eleven digits, printed NN NNN NNN NNN; the first not 0, which marks test numbers.",
    forms: &[Form::Layout("9{2} 9{3} 9{3} 9{3}"), Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_idnr,
    scores: Scores::MEDIUM,
    keywords: &[
        "steuer-id",
        "steuer-identifikationsnummer",
        "steueridentifikationsnummer",
        "identifikationsnummer",
        "idnr",
        "steuer-idnr",
        "tin",
        "german tax id",
        "tax identification number",
    ],
    window: (60, 40),
    pass_rate: 0.0034,
    wrong_digit_rate: 0.0,
    sources: &[
        "BZSt: Informationen zur steuerlichen Identifikationsnummer",
        "Abgabenordnung § 139b",
    ],
    valid: &["36 574 261 809", "86095742719", "65929970489"],
    invalid: &[
        ("36574261890", "check digit"),
        ("36554266806", "two digits occur twice"),
        ("01234567812", "first digit 0"),
    ],
};

/// MOD 11,10, and the repetition rule over the first ten digits.
fn is_idnr(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let (_, body) = text.split_last()?;
    let holds = text.first() != Some(&b'0') && repeats_once(body) && iso7064::is_mod11_10(text);
    holds.then(|| Proof::whole(value, &["structure", "mod11-10"]))
}

/// Returns whether exactly one digit occurs more than once, and that two times, or three but not
/// in a row (three since 2016).
fn repeats_once(body: &[u8]) -> bool {
    let occurrences = |digit: u8| body.iter().filter(|&&byte| byte == digit).count();
    let mut repeated = (b'0'..=b'9').map(occurrences).filter(|&count| count > 1);
    let one = matches!((repeated.next(), repeated.next()), (Some(2 | 3), None));
    one && !body.windows(3).any(digits::is_repeated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_digit_twice_or_three_times_but_not_in_a_row() {
        assert!(repeats_once(b"1234567891"));
        assert!(repeats_once(b"1123456781"));
        assert!(!repeats_once(b"1234567890"));
        assert!(!repeats_once(b"1112345678"));
        assert!(!repeats_once(b"1121345678"[..].repeat(2).as_slice()));
        assert!(!repeats_once(b"1234561234"));
    }
}
