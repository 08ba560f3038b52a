//! Card numbers that touch other digits: found where the place speaks for them, and nowhere else.

use std::sync::LazyLock;

use portcullis::{Confidence, Report, Scanner};

/// Published test numbers of sixteen and fifteen digits.
const VISA: &str = "4111111111111111";
const MASTERCARD: &str = "5555555555554444";
const AMEX: &str = "378282246310005";

/// The cards that a default scanner reports.
fn cards(text: &str) -> Vec<String> {
    static MEDIUM: LazyLock<Scanner> = LazyLock::new(|| Scanner::builder().build().unwrap());
    found(&MEDIUM, text)
}

/// The cards that are found down to low confidence.
fn any_cards(text: &str) -> Vec<String> {
    static LOW: LazyLock<Scanner> =
        LazyLock::new(|| Scanner::builder().min_confidence(Confidence::Low).build().unwrap());
    found(&LOW, text)
}

fn found(scanner: &Scanner, text: &str) -> Vec<String> {
    let report = scanner.scan(text.as_bytes()).unwrap();
    let cards = report.findings().iter().filter(|finding| finding.detector() == "card.pan");
    let spans = cards.map(|card| card.span().start as usize..card.span().end as usize);
    spans.map(|span| text[span].to_owned()).collect()
}

/// Random digits, the same in every run.
struct Random(u64);

impl Random {
    fn digits(&mut self, count: usize) -> String {
        // Knuth's MMIX generator; the upper bits are the random ones.
        let digit = |_| {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            char::from(b'0' + ((self.0 >> 33) % 10) as u8)
        };
        (0..count).map(digit).collect()
    }
}

#[test]
fn a_card_beside_other_numbers_is_found() {
    let pan = "4111 1111 1111 1111";
    for text in [
        format!("2026 {pan}"),
        format!("{pan} 12/27"),
        format!("{pan} 123"),
        format!("{pan} 1227 123"),
        format!("17 {pan} 123"),
        format!("2026-11-21 10:30 {pan} 12/27 123"),
        format!("10:30 {pan} 99.50"),
    ] {
        assert_eq!(cards(&text), [pan], "{text}");
    }
    assert_eq!(cards(&format!("2026 {VISA} 1227 123")), [VISA]);
}

#[test]
fn a_table_of_numbers_holds_no_card() {
    for text in ["1009 4111 1111 1111 1111 2044 1733", "1009 2203 4111 1111 1111 1111 2044"] {
        assert!(cards(text).is_empty(), "{text}");
    }
}

#[test]
fn cards_back_to_back_are_found_one_by_one() {
    assert_eq!(cards(&format!("{VISA}{MASTERCARD}")), [VISA, MASTERCARD]);
    assert_eq!(cards(&format!("x {VISA}{AMEX}\n")), [VISA, AMEX]);
    assert_eq!(cards(&format!("{AMEX}{VISA}{MASTERCARD}00017")).len(), 3);
    assert_eq!(cards(&format!("{VISA}{MASTERCARD}").repeat(200)).len(), 400);
    assert_eq!(cards(&format!("93{}7", format!("{VISA}{MASTERCARD}").repeat(3))).len(), 6);
}

#[test]
fn two_cards_within_more_digits_are_chance() {
    assert!(cards(&format!("17{VISA}{MASTERCARD}93")).is_empty());
    assert!(cards(&format!("a{VISA}{MASTERCARD}")).is_empty());
    assert!(cards(&format!("0.{VISA}{MASTERCARD}")).is_empty());
}

/// Records of one width, the card behind so many bytes.
fn records(count: usize, before: usize, after: &str) -> (Vec<String>, String) {
    let mut random = Random(7);
    let pans: Vec<String> = (0..count)
        .map(|_| {
            let head = format!("4{}", random.digits(14));
            let ends = (0..10).map(|digit| format!("{head}{digit}"));
            let whole = |pan: &String| luhn::valid(pan);
            ends.into_iter().find(whole).expect("one of ten digits completes it")
        })
        .collect();
    let line = |pan: &String, random: &mut Random| {
        let head = random.digits(before);
        format!("{head}{pan}{after}\n")
    };
    let text = pans.iter().map(|pan| line(pan, &mut random)).collect();
    (pans, text)
}

#[test]
fn records_that_repeat_show_their_cards() {
    let (pans, text) = records(9, 9, "0000017350");
    assert_eq!(cards(&text), pans, "{text}");
    let (pans, text) = records(5, 9, "20261231");
    assert_eq!(cards(&text), pans);
    let (pans, text) = records(40, 40, "00000173500000017350000001735000000173");
    assert!(cards(&text).len() >= 32 && cards(&text).iter().all(|card| pans.contains(card)));
    let (_, text) = records(7, 9, "0000017350");
    assert!(cards(&text).is_empty(), "seven lines may be chance");
}

#[test]
fn one_record_asks_for_a_word() {
    let dated = format!("000123{VISA}20261231");
    let first = format!("{VISA}1227123000");
    for record in [&dated, &first] {
        assert!(cards(record).is_empty(), "{record}");
        assert_eq!(cards(&format!("card: {record}")), [VISA], "{record}");
        assert_eq!(cards(&format!("id;pan\n7;{record}\n")), [VISA], "{record}");
    }
    let hidden = format!("card: 000123{VISA}999900001111");
    assert!(any_cards(&hidden).is_empty(), "{hidden}");
}

#[test]
fn random_runs_hold_no_card() {
    let mut random = Random(99);
    let mut text = String::new();
    for count in 0..20_000 {
        text.push_str(&random.digits(20 + count % 45));
        text.push('\n');
    }
    text.push_str(&random.digits(200_000));
    // Runs of about 32 digits are two cards in one of 1,500 cases; twenty kinds of length are not.
    assert!(cards(&text).len() <= 8, "{:?}", cards(&text));
}

#[test]
fn times_with_numbers_behind_them_hold_no_card() {
    let mut random = Random(3);
    let mut text = String::new();
    for second in 0..20_000 {
        let time = 1_763_700_000_000_u64 + second * 977;
        text.push_str(&format!("{time}{}\n{time} {}\n", random.digits(9), random.digits(6)));
        text.push_str(&format!("20261121{}\n", random.digits(18)));
    }
    assert_eq!(cards(&text), Vec::<String>::new());
}

#[test]
fn what_is_masked_is_no_card() {
    for text in [
        "card: 411111******1111",
        "card: 4111-11XX-XXXX-1111",
        "card: 4111 11xx xxxx 1111",
        "card: **** **** **** 1111",
        "card: 411111......1111",
        "card: 41111111****1111",
        "card ending 1111",
    ] {
        assert!(any_cards(text).is_empty(), "{text}");
    }
}

#[test]
fn runs_are_one_result_for_every_feed() {
    let scanner = Scanner::builder().min_confidence(Confidence::Low).build().unwrap();
    let (_, fixed) = records(300, 9, "20261231");
    let chained = format!("{VISA}{MASTERCARD}{AMEX}").repeat(300);
    let payload = format!("{fixed}{chained}\n{fixed}").into_bytes();
    let whole = scanner.scan(&payload).unwrap();
    assert!(whole.findings().len() > 900, "{}", whole.findings().len());
    let streamed = |size: usize| -> Report {
        let mut session = scanner.session();
        for chunk in payload.chunks(size) {
            session.push(chunk).unwrap();
        }
        session.finish().unwrap()
    };
    for size in [1, 7, 97, 1000, 4096, 8191, 8192, 20_000] {
        assert_eq!(streamed(size), whole, "chunks of {size}");
    }
    assert_eq!(scanner.scan_sharded(&payload).unwrap(), whole);
}

/// The check digit of cards, by the plainest reading of ISO/IEC 7812-1.
mod luhn {
    pub fn valid(digits: &str) -> bool {
        let doubled = |(at, digit): (usize, u8)| {
            let value = u32::from(digit - b'0') * (1 + at as u32 % 2);
            value / 10 + value % 10
        };
        digits.bytes().rev().enumerate().map(doubled).sum::<u32>() % 10 == 0
    }
}
