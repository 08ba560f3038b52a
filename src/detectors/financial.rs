//! Financial identifiers that name no account.

use crate::detectors::tables;
use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::{Category, Evidence};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&BIC];

/// Business identifier codes, known as SWIFT codes.
///
/// A third of all words of eight letters would do, so that nothing is reported without a keyword.
pub(crate) static BIC: Detector = Detector {
    id: "financial.bic",
    name: "Business identifier code (SWIFT)",
    category: Category::Financial,
    country: None,
    format: "Four letters for the institution, two for its country, two letters or digits for the \
             place, and three more for a branch. No check character.",
    forms: &[Form::Layout("A{6}X{2}"), Form::Layout("A{6}X{5}")],
    edges: Edges::Alnum,
    check: bic,
    scores: Scores { bare: 0, separated: 0, keyword: 60, field: 80 },
    keywords: &[
        "bic",
        "swift",
        "swift code",
        "bic code",
        "swift/bic",
        "code bic",
        "code swift",
        "código swift",
        "código bic",
    ],
    window: (60, 40),
    pass_rate: 0.37,
    wrong_digit_rate: 1.0,
    sources: &["ISO 9362:2022", "ISO 3166-1"],
    valid: &["DEUTDEFF500", "AGRIFRPP"],
    invalid: &[("DEUTQQFF", "QQ is no country"), ("DEUTDEFF5", "neither eight nor eleven long")],
};

fn bic(value: &Value<'_>) -> Option<Proof> {
    let country = tables::country(value.text.get(4..6)?)?;
    let len = value.text.len();
    let whole = len == 8 || len == 11;
    whole.then(|| Proof { evidence: vec![Evidence::Country(country)], len, adjust: 0, test: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Option<Proof> {
        bic(&Value {
            text: text.as_bytes(),
            capitals: true,
            separated: false,
            separator: None,
            place: None,
        })
    }

    #[test]
    fn samples_pass_and_near_misses_do_not() {
        for valid in BIC.valid {
            assert_eq!(check(valid).unwrap().len, valid.len());
        }
        for (invalid, why) in BIC.invalid {
            assert_eq!(check(invalid), None, "{why}");
        }
        assert_eq!(check(""), None);
    }

    #[test]
    fn the_country_is_named() {
        assert_eq!(check("NLPRXKPR").unwrap().evidence, [Evidence::Country("XK")]);
    }
}
