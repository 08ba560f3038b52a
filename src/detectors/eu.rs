//! European Union, with the countries that take part in its coordination of social security.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&EHIC];

/// Number of a European health insurance card.
pub(crate) static EHIC: Detector = Detector {
    id: "health.eu.ehic",
    name: "European health insurance card number",
    category: Category::HealthId,
    country: None,
    format: "Twenty digits: 80, country 3 (ISO 3166 numeric), institution 5, serial 10; in fives with \
             blanks or in one run. 80756 is a Swiss insurance card (VeKa).",
    forms: &[Form::Layout("9{5} 9{5} 9{5} 9{5}"), Form::Layout("9{20}")],
    edges: Edges::Digit,
    check: is_card_number,
    scores: Scores::MEDIUM,
    keywords: &[
        "ehic",
        "european health insurance card",
        "ghic",
        "ekvk",
        "kennnummer der karte",
        "veka",
        "versichertenkarte",
        "ceam",
        "carte européenne d'assurance maladie",
        "tessera europea",
        "tarjeta sanitaria europea",
        "europese ziekteverzekeringskaart",
    ],
    window: (60, 40),
    pass_rate: 0.00032,
    wrong_digit_rate: 0.759,
    sources: &[
        "Decision S2 of 12 June 2009 of the Administrative Commission (2010/C 106/09)",
        "EN 1867:1997",
    ],
    valid: &["80276000010123456789", "80756000800012345678", "80756 00080 00123 45678"],
    invalid: &[
        ("80999000010123456789", "country"),
        ("8027600001012345678", "nineteen digits"),
        ("80276000000000000000", "institution and serial zero"),
    ],
};

/// 80 and a country that issues the card; institution and serial not zero.
fn is_card_number(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<20>(value.text)?;
    let (head, rest) = text.split_first_chunk::<5>()?;
    let issuer = digits::number(head)?.checked_sub(80_000)?;
    let holds = ISSUERS.contains(&issuer) && digits::is_number(rest);
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// ISO 3166 numeric codes of the European Union, Iceland, Liechtenstein, Norway, Switzerland and the
/// United Kingdom.
const ISSUERS: [u32; 32] = [
    40, 56, 100, 191, 196, 203, 208, 233, 246, 250, 276, 300, 348, 352, 372, 380, 428, 438, 440,
    442, 470, 528, 578, 616, 620, 642, 703, 705, 724, 752, 756, 826,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuers_are_in_order() {
        assert!(ISSUERS.is_sorted_by(|left, right| left < right));
    }
}
