//! Numbers that are no card, whatever their digits sum to; each with the twin that is one.

use std::sync::LazyLock;

use portcullis::{Category, Confidence, Scanner};

const VISA: &str = "4111111111111111";
const MASTERCARD: &str = "5555555555554444";
const AMEX: &str = "378282246310005";
/// Twelve digits, as the last group of a UUID has; passes Luhn.
const MAESTRO: &str = "501800000009";

/// Whether a card is found down to low confidence.
fn has_card(text: &str) -> bool {
    static LOW: LazyLock<Scanner> = LazyLock::new(|| down_to(Confidence::Low));
    finds_card(&LOW, text)
}

/// Whether a card is found that a default scanner reports.
fn has_likely_card(text: &str) -> bool {
    static MEDIUM: LazyLock<Scanner> = LazyLock::new(|| down_to(Confidence::Medium));
    finds_card(&MEDIUM, text)
}

fn down_to(least: Confidence) -> Scanner {
    Scanner::builder().min_confidence(least).build().unwrap()
}

fn finds_card(scanner: &Scanner, text: &str) -> bool {
    let report = scanner.scan(text.as_bytes()).unwrap();
    report.findings().iter().any(|finding| finding.category() == Category::PaymentCard)
}

/// Why a number is no card, what stands before and behind it, and what stands there in the twin.
type Row = (&'static str, [&'static str; 2], [&'static str; 2]);

const AROUND: &[Row] = &[
    ("a longer run of digits", ["7", ""], ["7,", ""]),
    ("a longer run of digits", ["", "7"], ["", ",7"]),
    ("a longer run of digits", ["00000000", "00000000"], ["0 - ", " - 0"]),
    ("a decimal fraction", ["0.", ""], ["no. ", ""]),
    ("a decimal fraction", ["-122.", ""], [". ", ""]),
    ("a number with decimals", ["", ".25"], ["", ". 25 of them"]),
    ("hexadecimal with a prefix", ["0x", ""], ["x=", ""]),
    ("a hexadecimal digest", ["da39a3ee5e6b", "4b0d3255bfef"], ["da39a3ee5e6b ", " 4b0d3255bfef"]),
    ("a hexadecimal digest", ["", "abcdefabcdefabcd"], ["", " abcdefabcdefabcd"]),
    ("an encoded string", ["QmFzZVNpeHR5Rm91ckVuY29k", "ZGF0YQ"], ["Base64: ", " ZGF0YQ"]),
];

#[test]
fn a_number_within_something_else_is_no_card() {
    for (reason, [before, after], [twin_before, twin_after]) in AROUND {
        for pan in [VISA, MASTERCARD, AMEX] {
            for keyword in ["", "card number: "] {
                let text = format!("{keyword}{before}{pan}{after}");
                assert!(!has_card(&text), "{reason}: {text}");
            }
            let twin = format!("card number: {twin_before}{pan}{twin_after}");
            assert!(has_card(&twin), "twin of {reason}: {twin}");
        }
    }
}

#[test]
fn a_uuid_holds_no_card() {
    for uuid in [
        format!("9f1c2d3e-5b6a-4c7d-8e9f-{MAESTRO}"),
        format!("12345678-1234-1234-1234-{MAESTRO}"),
        "41111111-1111-4111-8111-111111111111".to_owned(),
        "00000000-4111-1111-1111-1111ffffffff".to_owned(),
        "ab015018-0000-0009-8000-0123456789ab".to_owned(),
    ] {
        for keyword in ["", "card number: "] {
            assert!(!has_card(&format!("{keyword}{uuid}")), "{keyword}{uuid}");
        }
    }
    assert!(has_card(&format!("card number: {MAESTRO}")));
    assert!(has_card(&format!("card number: 4c7d 8e9f {MAESTRO}")));
}

#[test]
fn one_digit_repeated_is_no_card() {
    for digit in '0'..='9' {
        for count in 12..=19 {
            let number = digit.to_string().repeat(count);
            assert!(!has_card(&format!("card number: {number}")), "{number}");
        }
        let group = digit.to_string().repeat(4);
        let grouped = [group.as_str(); 4].join("-");
        assert!(!has_card(&format!("card number: {grouped}")), "{grouped}");
    }
    assert!(has_card("card number: 4444444444444448"));
}

/// Every time of a stretch, so that each check digit comes ten times.
#[test]
fn times_are_no_cards() {
    let (second, nanosecond) = (1_714_723_200_u64, 123_456_789_u64);
    for step in 0..100 {
        let at =
            |digits: u32| second * 10u64.pow(digits) + nanosecond / 10u64.pow(9 - digits) + step;
        for digits in [3, 6, 9] {
            for text in [at(digits).to_string(), format!("time={} ok", at(digits))] {
                assert!(!has_likely_card(&text), "{text}");
            }
        }
        let fraction = nanosecond + step;
        for text in [
            format!("2024-05-03T08:00:00.{fraction}Z"),
            format!("2024-05-03 08:00:00,{fraction}"),
            format!("20240503080000{}", fraction % 100_000),
            format!("2024-05-03-08-00-00-{fraction}"),
            format!("20240503T080000.{fraction}"),
        ] {
            assert!(!has_likely_card(&text), "{text}");
        }
    }
    assert!(has_likely_card(&format!("2024-05-03T08:00:00Z {VISA}")));
}

#[test]
fn addresses_of_machines_are_no_cards() {
    for text in [
        "192.168.100.200",
        "411.111.111.111",
        "10.0.0.1:4111",
        "2001:0db8:4111:1111:1111:1111:0000:0001",
        "4111:1111:1111:1111:4111:1111:1111:1111",
        "41-11-11-11-11-11-11-11",
        "4111.1111.1111.1111.4111",
    ] {
        assert!(!has_likely_card(text), "{text}");
    }
    assert!(has_likely_card("4111.1111.1111.1111"));
}

#[test]
fn a_wrong_check_digit_or_network_is_no_card() {
    for text in ["4111111111111112", "9999999999999995", "1234567812345670", "411111111111116"] {
        assert!(!has_card(&format!("card number: {text}")), "{text}");
    }
}

/// Lines of code and documents that speak of secrets and hold none.
const NO_SECRETS: &[&str] = &[
    "password = os.environ[\"DB_PASSWORD\"]",
    "password: ${PASSWORD_1}",
    "password: <password1>",
    "api_key: your-api-key-1",
    "secret: xxxxxxxxxxx1",
    "token: ****************",
    "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "commit 5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8",
    "id 6d92078a-8246-4ba4-ae5b-76104861e7dc",
    "<img src=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk\">",
    "const password = getPassword(user1);",
    "if (password.length < 8) return \"Password must be at least 8 characters\";",
    "password = settings.DB_PASS1",
    "PASSWORD_MIN_LENGTH=8",
    "password_reset_url: https://example.com/reset?u=1",
    "--password=$(cat /run/secrets/db1)",
    "secretName: my-tls-cert-2024",
    "access_token=ACCESS_TOKEN_1",
    "That is a secret indeed!",
    "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
    "Authorization: Bearer <token>",
    "postgres://user:password@localhost/db",
];

#[test]
fn no_secret_is_found_where_code_only_speaks_of_one() {
    let mut builder = Scanner::builder();
    let credentials = [Category::Credential];
    let scanner = builder.categories(credentials).min_confidence(Confidence::Low).build().unwrap();
    for line in NO_SECRETS {
        let report = scanner.scan(line.as_bytes()).unwrap();
        assert!(report.findings().is_empty(), "{line}: {:?}", report.findings());
    }
}
