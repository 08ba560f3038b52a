//! The number of a card.

use super::run;
use crate::detectors::tables::{self, Luhn, Network};
use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::{Category, Evidence};
use crate::validators::luhn;

/// Primary account numbers.
///
/// Sixteen random digits pass in five of a hundred cases (the rate below; other lengths pass less
/// often), so that a bare number is of medium confidence; print groups or a keyword make it high.
pub(crate) static PAN: Detector = Detector {
    id: "card.pan",
    name: "Payment card number (PAN)",
    category: Category::PaymentCard,
    country: None,
    format: "12 to 19 digits: a network's prefix, a length that network issues, a Luhn digit at \
             the end. In one run, in the groups printed on cards with blanks, dashes or dots between \
             them, or as six digits and the rest. In a run of more than 19 digits where numbers \
             follow each other, records repeat, or a word for a card and the place agree.",
    // Where two forms begin alike the longer comes first; groups of two take no dot, because that
    // is a decimal fraction.
    forms: &[
        Form::Layout("9{12,19}"),
        Form::Layout("9{4}~9{4}~9{4}~9{4}~9{1,3}"),
        Form::Layout("9{4}~9{4}~9{4}~9{4}"),
        Form::Layout("9{4}~9{6}~9{4,5}"),
        Form::Layout("9{4}~9{5}~9{6}"),
        Form::Layout("9{4}~9{7}~9{4}"),
        Form::Layout("9{4}~9{3}~9{3}~9{3}"),
        Form::Layout("9{4}~9{4}~9{5}"),
        // Fifteen and fourteen digits are printed otherwise, and typed so.
        Form::Layout("9{4}~9{4}~9{4}~9{2,3}"),
        Form::Layout("9{6} 9{10,13}"),
        Form::Layout("9{6}-9{10,13}"),
        Form::Layout("9{8} 9{5}"),
        Form::Layout("9{8}-9{5}"),
        Form::InRun,
    ],
    edges: Edges::Digit,
    check: pan,
    scores: Scores { bare: 62, separated: 85, keyword: 95, field: 98 },
    keywords: &[
        "card",
        "card number",
        "cc",
        "ccn",
        "cardnum",
        "creditcard",
        "debitcard",
        "credit card",
        "debit card",
        "card no",
        "cc num",
        "cc number",
        "pan",
        "primary account number",
        "visa",
        "mastercard",
        "amex",
        "american express",
        "discover",
        "maestro",
        "unionpay",
        "jcb",
        "diners",
        "numéro de carte",
        "carte bancaire",
        "carte de crédit",
        "carte bleue",
        "kartennummer",
        "kreditkarte",
        "kreditkartennummer",
        "debitkarte",
        "número de tarjeta",
        "tarjeta de crédito",
        "tarjeta de débito",
        "numero di carta",
        "carta di credito",
        "número do cartão",
        "cartão de crédito",
        "kaartnummer",
        "kart numarası",
        "kredi kartı",
        "номер карты",
        "卡号",
        "信用卡",
        "カード番号",
    ],
    window: (60, 40),
    pass_rate: 0.049,
    wrong_digit_rate: 0.091,
    sources: &[
        "ISO/IEC 7812-1:2017, annex B for the check digit",
        "prefix tables published by card processors",
        "test cards in the documentation of payment gateways",
    ],
    valid: &[
        "4111111111111111",
        "3782 822463 10005",
        "3782 8224 6310 005",
        "5555-5555-5555-4444",
        "2223003122003222",
        "6011.1111.1111.1117",
        "3530111333300000",
        "3056 930902 5904",
        "6205 5000 0000 0000 004",
        "2200000000000004",
        "5066991111111118",
        "9792030000000000",
    ],
    invalid: &[
        ("4111111111111112", "the Luhn digit is wrong"),
        ("4111 1111-1111 1111", "the separators are mixed"),
        ("9999999999999995", "no network has this prefix"),
        ("411111111111116", "Visa issues no fifteen digits"),
        ("0000000000000000", "one digit repeated"),
    ],
};

/// A card number that stands on its own or in a track.
pub(super) struct Card {
    pub(super) network: &'static Network,
    /// Whether the last digit is the Luhn digit; networks that insist on it have no other cards.
    pub(super) luhn: bool,
    pub(super) test: bool,
}

impl Card {
    /// Returns the card that `digits` number, if a network issues such a number.
    pub(super) fn parse(digits: &[u8]) -> Option<Card> {
        let network = tables::network(digits)?;
        let luhn = luhn::is_valid(digits);
        let repeated = digits.windows(2).all(|pair| pair.first() == pair.last());
        let issued = (luhn || network.luhn == Luhn::Usual) && !repeated;
        issued.then(|| Card { network, luhn, test: network.tests_with(digits) })
    }

    pub(super) fn evidence(&self) -> Vec<Evidence> {
        let luhn = self.luhn.then(|| Evidence::Check("luhn".into()));
        luhn.into_iter().chain([Evidence::Issuer(self.network.id.into())]).collect()
    }

    /// Returns what to take off a number of `length` digits that no keyword explains.
    pub(super) fn adjust(&self, length: usize, separated: bool) -> i8 {
        if self.network.id == tables::NO_NETWORK {
            return -50;
        }
        let printed = separated && self.network.prints(length);
        let luhn = match (self.luhn, printed) {
            (true, _) => 0,
            (false, true) => -25,
            (false, false) => -45,
        };
        let confidence = match (self.network.low_confidence, printed) {
            (false, _) => 0,
            (true, true) => -10,
            (true, false) => -30,
        };
        luhn + confidence + if printed { 0 } else { rarity(self.network, length) }
    }
}

/// Returns what to take off for a length that other numbers have more often than cards do.
///
/// Sixteen digits are the rule, fifteen that of American Express and fourteen that of Diners Club;
/// twelve and thirteen are above all article numbers and times in milliseconds.
fn rarity(network: &Network, length: usize) -> i8 {
    match (length, network.id) {
        (16, _) => 0,
        (15, "amex") => -8,
        (14, "diners") => -6,
        (18 | 19, _) => -10,
        _ => -25,
    }
}

fn pan(value: &Value<'_>) -> Option<Proof> {
    if let Some(place) = value.place {
        return run::proof(value.text, place);
    }
    let card = Card::parse(value.text)?;
    Some(Proof {
        evidence: card.evidence(),
        len: value.text.len(),
        adjust: card.adjust(value.text.len(), value.separated),
        test: card.test,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(digits: &str) -> Option<Proof> {
        pan(&Value {
            text: digits.as_bytes(),
            capitals: true,
            separated: false,
            separator: None,
            place: None,
        })
    }

    fn separated(digits: &str) -> Option<Proof> {
        pan(&Value {
            text: digits.as_bytes(),
            capitals: true,
            separated: true,
            separator: None,
            place: None,
        })
    }

    /// Every string that differs from `digits` in one digit.
    fn flips(digits: &str) -> impl Iterator<Item = String> {
        (0..digits.len()).flat_map(move |at| {
            (b'0'..=b'9').filter_map(move |digit| {
                let mut flipped = digits.as_bytes().to_vec();
                flipped[at] = digit;
                (digits.as_bytes()[at] != digit).then(|| String::from_utf8(flipped).unwrap())
            })
        })
    }

    #[test]
    fn published_test_numbers_pass_and_are_marked() {
        let mut tested = 0;
        for (network, number) in tables::test_numbers() {
            let proof = bare(number).unwrap_or_else(|| panic!("{number}"));
            assert!(proof.test, "{number}");
            assert_eq!(proof.len, number.len());
            let expected = [Evidence::Check("luhn".into()), Evidence::Issuer(network.into())];
            assert_eq!(proof.evidence, expected, "{number}");
            tested += 1;
        }
        assert!(tested > 60, "{tested}");
    }

    #[test]
    fn one_wrong_digit_is_refused_where_luhn_is_required() {
        for (_, number) in tables::test_numbers() {
            for flipped in flips(number) {
                match bare(&flipped) {
                    None => {}
                    Some(proof) => {
                        assert!(!proof.test, "{flipped}");
                        assert!(
                            !proof.evidence.contains(&Evidence::Check("luhn".into())),
                            "{flipped}"
                        );
                        let network = tables::network(flipped.as_bytes()).unwrap();
                        assert_eq!(network.luhn, Luhn::Usual, "{flipped}");
                    }
                }
            }
        }
    }

    #[test]
    fn repeated_digits_short_runs_and_strangers_are_refused() {
        let refused = ["", "0000000000000000", "4444444444444444", "411111111111116", "41111", "x"];
        for text in refused {
            assert_eq!(bare(text), None, "{text}");
        }
        for (text, why) in PAN.invalid.iter().filter(|(text, _)| text.len() < 19) {
            assert_eq!(bare(text), None, "{why}");
        }
    }

    #[test]
    fn rare_lengths_weigh_less_when_bare() {
        let adjust = |digits: &str| bare(digits).map(|proof| proof.adjust);
        assert_eq!(adjust("4111111111111111"), Some(0));
        assert_eq!(adjust("378282246310005"), Some(-8));
        assert_eq!(adjust("30569309025904"), Some(-6));
        assert_eq!(adjust("4111141011111111116"), Some(-10));
        assert_eq!(adjust("4222222222222"), Some(-25));
        assert_eq!(adjust("135410014004955"), Some(-55));
        assert_eq!(adjust("5000000000000512"), Some(-30));
    }

    #[test]
    fn print_groups_lift_all_but_what_is_doubtful() {
        let adjust = |digits: &str| separated(digits).map(|proof| proof.adjust);
        assert_eq!(adjust("4111111111111111"), Some(0));
        assert_eq!(adjust("4222222222222"), Some(0));
        assert_eq!(adjust("6205500000000000004"), Some(0));
        assert_eq!(adjust("5000000000000512"), Some(-10));
        assert_eq!(adjust("6200000000000006"), Some(-25));
    }

    #[test]
    fn groups_that_the_network_does_not_print_lift_nothing() {
        let eighteen = "411111111111111111";
        let completed = (b'0'..=b'9')
            .map(|digit| format!("{}{}", &eighteen[..17], char::from(digit)))
            .find(|digits| luhn::is_valid(digits.as_bytes()));
        assert_eq!(separated(&completed.unwrap()).unwrap().adjust, -10);
    }

    #[test]
    fn unionpay_without_a_luhn_digit_passes_at_low_confidence() {
        let proof = bare("6200000000000006").unwrap();
        assert_eq!(proof.adjust, -45);
        assert_eq!(proof.evidence, [Evidence::Issuer("unionpay".into())]);
        assert_eq!(bare("6200000000000005").unwrap().adjust, 0);
    }
}
