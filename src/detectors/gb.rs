//! United Kingdom.

mod documents;
mod health;

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of the United Kingdom but the NHS number.
pub(crate) static ALL: &[&Detector] = &[
    &NINO,
    &UTR,
    &documents::PASSPORT,
    &documents::DRIVING_LICENCE,
    &documents::BRP,
    &UPN,
    &SORT_CODE_ACCOUNT,
    &SORT_CODE,
    &ACCOUNT,
    &health::CHI,
    &health::HCN,
];

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

/// Taxpayer reference of self assessment.
pub(crate) static UTR: Detector = Detector {
    id: "gov.gb.utr",
    name: "United Kingdom unique taxpayer reference",
    category: Category::GovernmentId,
    country: Some("GB"),
    format: "Ten digits (five and five), the first a check digit; a K may follow.",
    forms: &[
        Form::Layout("9{5} 9{5}A"),
        Form::Layout("9{5} 9{5}"),
        Form::Layout("9{10}A"),
        Form::Layout("9{10}"),
    ],
    edges: Edges::Alnum,
    check: is_utr,
    scores: Scores::CHECKED,
    keywords: &[
        "utr",
        "utr number",
        "unique taxpayer reference",
        "self assessment",
        "taxpayer reference",
        "uk tax reference",
    ],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.075,
    sources: &["HMRC: Unique Taxpayer Reference, modulus 11 check (third party validation)"],
    valid: &["1955839661", "99558 39667", "1955839661K", "19558 39661K"],
    invalid: &[
        ("2955839661", "check digit"),
        ("1955839661X", "no K behind"),
        ("2000000000", "all zeros but the check digit"),
    ],
};

/// Number of a pupil in England.
pub(crate) static UPN: Detector = Detector {
    id: "gov.gb.upn",
    name: "England unique pupil number",
    category: Category::GovernmentId,
    country: Some("GB"),
    format: "Check letter, local authority 3, school 4, year 2, serial 3, whose last may be a letter \
             for temporary numbers; I, O and S are not used.",
    forms: &[Form::Layout("A9{11}X")],
    edges: Edges::Alnum,
    check: is_upn,
    scores: Scores::MEDIUM,
    keywords: &["upn", "unique pupil number", "pupil", "pupil number", "school census"],
    window: (60, 40),
    pass_rate: 0.00001,
    wrong_digit_rate: 0.0,
    sources: &["Department for Education: Unique pupil numbers, a guide for schools"],
    valid: &["B801200005001", "L823432104102"],
    invalid: &[
        ("B801200005002", "check letter"),
        ("S801200005001", "S is not used"),
        ("A000000000000", "zero"),
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

/// Sort code by itself: it names a branch, and an account number is not far.
pub(crate) static SORT_CODE: Detector = Detector {
    id: "bank.gb.sort-code",
    name: "UK sort code",
    category: Category::BankAccount,
    country: Some("GB"),
    format: "Six digits, NN-NN-NN, with blanks or in one run.",
    forms: &[Form::Layout("9{2}-9{2}-9{2}"), Form::Layout("9{2} 9{2} 9{2}"), Form::Layout("9{6}")],
    edges: Edges::Digit,
    check: is_sort_code,
    scores: Scores::NAMED,
    keywords: &["sort code", "sortcode", "bank sort code", "branch code"],
    window: (20, 20),
    pass_rate: 0.98,
    wrong_digit_rate: 0.981,
    sources: &["Pay.UK: Extended Industry Sort Code Directory"],
    valid: &["60-16-13", "200000", "20 00 00"],
    invalid: &[
        ("00-16-13", "sort codes beginning 00 are no clearing member's"),
        ("000000", "zero"),
    ],
};

/// Account number by itself.
pub(crate) static ACCOUNT: Detector = Detector {
    id: "bank.gb.account",
    name: "UK bank account number",
    category: Category::BankAccount,
    country: Some("GB"),
    format: "Eight digits in one run (six to ten at some institutions, which pad or cut them).",
    forms: &[Form::Layout("9{8}")],
    edges: Edges::Digit,
    check: is_account,
    scores: Scores::NAMED,
    keywords: &[
        "uk account number",
        "uk bank account",
        "account number",
        "account no",
        "acc no",
        "acc number",
        "bank account",
        "a/c no",
        "a/c number",
    ],
    window: (24, 24),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Pay.UK / Vocalink: Validating account numbers, standard account number"],
    valid: &["31926819", "55779911"],
    invalid: &[("00000000", "zero"), ("99999999", "one digit repeated")],
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
    let holds = is_member(text) && digits::is_number(text.get(6..)?);
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// The first digit stands for the sum of the others by eleven, with weights 6 7 8 9 10 5 4 3 2, as in
/// a table.
fn is_utr(value: &Value<'_>) -> Option<Proof> {
    let number = value.text.strip_suffix(b"K").unwrap_or(value.text);
    let (check, body) = digits::exactly::<10>(number)?.split_first()?;
    let sum = weighted::sum(body, &[6, 7, 8, 9, 10, 5, 4, 3, 2]);
    let expected = usize::try_from(sum % 11).ok().and_then(|rest| b"21987654321".get(rest));
    let holds = digits::is_number(body) && expected == Some(check);
    holds.then(|| Proof::whole(value, &["mod11"]))
}

/// The first letter is the sum of the others by 23, with weights 2 to 13; letters count on from ten
/// without I, O and S. Which local authorities there are is not looked at.
fn is_upn(value: &Value<'_>) -> Option<Proof> {
    let (check, rest) = value.text.split_first()?;
    let (last, number) = rest.split_last()?;
    let number = digits::exactly::<11>(number)?;
    let worth = |byte: &u8| UPN_ALPHABET.iter().position(|known| known == byte);
    let sum = (2..)
        .zip(number.iter().chain([last]))
        .try_fold(0, |sum, (weight, byte)| Some(sum + weight * worth(byte)?))?;
    let holds = UPN_ALPHABET.get(10 + sum % 23) == Some(check);
    holds.then(|| Proof::whole(value, &["mod23"]))
}

fn is_sort_code(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<6>(value.text)?;
    is_member(text).then(|| Proof::whole(value, &["structure"]))
}

fn is_account(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<8>(value.text)?;
    (!digits::is_repeated(text)).then(|| Proof::whole(value, &["structure"]))
}

/// Returns whether a sort code may be a clearing member's.
fn is_member(sort_code: &[u8]) -> bool {
    !matches!(sort_code.get(..2), None | Some(b"00" | b"99"))
}

/// What counts 0 to 32 in a pupil's number; the check letter is one of the letters.
const UPN_ALPHABET: &[u8; 33] = b"0123456789ABCDEFGHJKLMNPQRTUVWXYZ";

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
        assert_eq!(proof.evidence, [crate::finding::Evidence::Check("structure".into())]);
    }
}
