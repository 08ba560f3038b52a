//! United Kingdom.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NINO, &SORT_CODE_ACCOUNT];

/// National Insurance number: no check digit, but two thirds of all prefixes were never used.
pub(crate) static NINO: Detector = Detector {
    id: "gov.gb.nino",
    name: "United Kingdom National Insurance number",
    category: Category::GovernmentId,
    country: Some("GB"),
    format: "Two letters, six digits, suffix A to D: AB 12 34 56 C, blanks optional.",
    forms: &[
        Form::Layout("A{2} 9{2} 9{2} 9{2} A"),
        Form::Layout("A{2} 9{6} A"),
        Form::Layout("A{2} 9{6}A"),
        Form::Layout("A{2}9{6} A"),
        Form::Layout("A{2}9{6}A"),
    ],
    edges: Edges::Alnum,
    check: is_nino,
    scores: Scores { bare: 45, separated: 62, keyword: 75, field: 85 },
    keywords: &[
        "national insurance",
        "national insurance number",
        "ni number",
        "nino",
        "ni no",
        "nin",
        "paye",
        "p45",
        "p60",
    ],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 1.0,
    sources: &["HMRC NIM39110: format of a National Insurance number"],
    valid: &[
        "AB123456C",
        "JG 10 37 59 A",
        "zy 29 38 66 b",
        "JG 103759 A",
        "JG 103759A",
        "JG103759 A",
    ],
    invalid: &[
        ("QQ 12 34 56 C", "Q is not used in the prefix"),
        ("AO123456C", "O is not used in the second place"),
        ("BG123456A", "prefix never allocated"),
        ("AB123456E", "suffix"),
    ],
};

/// Sort code and account number as they stand together on cheques and in payment details.
pub(crate) static SORT_CODE_ACCOUNT: Detector = Detector {
    id: "bank.gb.sort-code-account",
    name: "UK sort code and account number",
    category: Category::BankAccount,
    country: Some("GB"),
    format: "Sort code of six digits, NN-NN-NN or NN NN NN, then an account number of eight \
             digits.",
    forms: &[
        Form::Layout("9{2}-9{2}-9{2} 9{8}"),
        Form::Layout("9{2}-9{2}-9{2}, 9{8}"),
        Form::Layout("9{2}-9{2}-9{2},9{8}"),
        Form::Layout("9{2}-9{2}-9{2}/9{8}"),
        Form::Layout("9{2}-9{2}-9{2} / 9{8}"),
        Form::Layout("9{2}-9{2}-9{2}: 9{8}"),
        Form::Layout("9{2}-9{2}-9{2}:9{8}"),
        Form::Layout("9{2}-9{2}-9{2}; 9{8}"),
        Form::Layout("9{2}-9{2}-9{2};9{8}"),
        Form::Layout("9{2} 9{2} 9{2} 9{8}"),
        Form::Layout("9{6} 9{8}"),
        Form::Layout("9{6}/9{8}"),
        Form::Layout("9{6}-9{8}"),
    ],
    edges: Edges::Digit,
    check: is_sort_code_account,
    scores: Scores { bare: 20, separated: 45, keyword: 80, field: 90 },
    keywords: &[
        "sort code",
        "sortcode",
        "account number",
        "account no",
        "bacs",
        "bank details",
        "faster payments",
        "direct debit",
    ],
    window: (60, 40),
    pass_rate: 0.98,
    wrong_digit_rate: 0.992,
    sources: &["Pay.UK / Vocalink: Validating account numbers, UK modulus checking"],
    valid: &[
        "60-16-13 31926819",
        "20 00 00 55779911",
        "60-16-13, 31926819",
        "60-16-13,31926819",
        "60-16-13/31926819",
        "60-16-13 / 31926819",
        "60-16-13: 31926819",
        "60-16-13:31926819",
        "60-16-13; 31926819",
        "60-16-13;31926819",
        "601613 31926819",
        "601613/31926819",
        "601613-31926819",
    ],
    invalid: &[
        ("60-16-1 31926819", "sort code too short"),
        ("60-16-13 3192681", "seven digits"),
        ("00-16-13 31926819", "sort codes beginning 00 are no clearing member's"),
        ("99-16-13 31926819", "sort codes beginning 99 are no clearing member's"),
        ("60-16-13 00000000", "account zero"),
    ],
};

/// D F I Q U V are in neither place of the prefix, O not in the second, and seven prefixes are
/// kept back. Administrative prefixes (OO, CR, FY, MW, NC, PP, PY, PZ) are taken: people hold them.
fn is_nino(value: &Value<'_>) -> Option<Proof> {
    let (prefix, rest) = value.text.split_first_chunk::<2>()?;
    let (suffix, number) = rest.split_last()?;
    let [first, second] = prefix;
    let used = b"ABCEGHJKLMNOPRSTWXYZ".contains(first) && b"ABCEGHJKLMNPRSTWXYZ".contains(second);
    let kept_back = matches!(prefix, b"BG" | b"GB" | b"KN" | b"NK" | b"NT" | b"TN" | b"ZZ");
    let numbered = number.len() == 6 && number.iter().all(u8::is_ascii_digit);
    let holds = used && !kept_back && numbered && matches!(suffix, b'A'..=b'D');
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// The banks' own modulus checks need their table, which changes and is not part of the project.
fn is_sort_code_account(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<14>(value.text)?;
    let member = !matches!(text.get(..2)?, b"00" | b"99");
    (member && digits::is_number(text.get(6..)?)).then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn nino_prefixes() {
        let letters = || b'A'..=b'Z';
        let prefixes = letters().flat_map(|first| letters().map(move |second| [first, second]));
        let used = prefixes.filter(|&[first, second]| {
            let text = format!("{}{}123456C", char::from(first), char::from(second));
            proof(&NINO, &text).is_some()
        });
        assert_eq!(used.count(), 20 * 19 - 7);
    }

    #[test]
    fn a_nino_claims_no_check_digit() {
        let proof = proof(&NINO, "AB123456C").expect("a valid sample");
        assert_eq!(proof.evidence, [crate::finding::Evidence::Check("structure")]);
    }
}
