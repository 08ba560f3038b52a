//! Codes of drugs.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// National Drug Code of the United States; part numbers are written alike.
pub(crate) static NDC: Detector = Detector {
    id: "health.us.ndc",
    name: "US National Drug Code",
    category: Category::Health,
    country: Some("US"),
    format: "Labeler, product and package: ten digits 4-4-2, 5-3-2 or 5-4-1 with dashes, eleven 5-4-2 \
             on bills.",
    forms: &[
        Form::Layout("9{4}-9{4}-9{2}"),
        Form::Layout("9{5}-9{3}-9{2}"),
        Form::Layout("9{5}-9{4}-9{1,2}"),
    ],
    edges: Edges::Digit,
    check: is_ndc,
    scores: Scores { bare: 0, separated: 30, keyword: 70, field: 88 },
    keywords: &[
        "ndc",
        "ndc code",
        "ndc number",
        "national drug code",
        "drug code",
        "prescription",
        "pharmacy",
        "dispensed",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["21 CFR 207.33", "45 CFR 162.1002"],
    valid: &["0777-3105-02", "50242-040-62", "00777-3105-02", "50242-0040-6"],
    invalid: &[
        ("0777-3105-2", "package of one digit"),
        ("077-3105-02", "labeler of three digits"),
        ("0000-0000-00", "zero"),
    ],
};

/// Anatomical Therapeutic Chemical classification, a substance.
pub(crate) static ATC: Detector = Detector {
    id: "health.atc",
    name: "ATC drug classification code",
    category: Category::Health,
    country: None,
    format: "Group A B C D G H J L M N P R S or V, two digits, two letters, two digits.",
    forms: &[Form::Layout("A99AA99")],
    edges: Edges::Alnum,
    check: is_atc,
    scores: Scores::NAMED,
    keywords: &[
        "atc",
        "atc code",
        "code atc",
        "atc-code",
        "código atc",
        "atc-kod",
        "drug",
        "medication",
        "active substance",
        "wirkstoff",
    ],
    window: (60, 40),
    pass_rate: 0.0012,
    wrong_digit_rate: 0.944,
    sources: &[
        "WHO Collaborating Centre for Drug Statistics Methodology: ATC, structure and principles",
    ],
    valid: &["N06AB03", "A10BA02"],
    invalid: &[
        ("E06AB03", "there is no group E"),
        ("N00AB00", "zero"),
        ("n06ab03", "small letters"),
    ],
};

/// Ten or eleven digits; the form has told where the dashes stand.
fn is_ndc(value: &Value<'_>) -> Option<Proof> {
    let fits = matches!(value.text.len(), 10 | 11) && value.separator == Some(b'-');
    let holds = fits && digits::is_number(value.text);
    holds.then(|| Proof::whole(value, &["structure"]))
}

fn is_atc(value: &Value<'_>) -> Option<Proof> {
    let [group, tens, ones, first, second, number @ ..] = <&[u8; 7]>::try_from(value.text).ok()?;
    let holds = b"ABCDGHJLMNPRSV".contains(group)
        && digits::is_number(&[*tens, *ones])
        && first.is_ascii_uppercase()
        && second.is_ascii_uppercase()
        && digits::is_number(number);
    (holds && value.capitals).then(|| Proof::whole(value, &["structure"]))
}
