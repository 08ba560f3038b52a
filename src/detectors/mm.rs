//! Myanmar.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NRC];

/// Myanmar national registration card.
pub(crate) static NRC: Detector = Detector {
    id: "gov.mm.nrc",
    name: "Myanmar national registration card",
    category: Category::GovernmentId,
    country: Some("MM"),
    format: "State 1-14, township letters, class (N) (P) (E) and others, six digits: \
             12/OUKAMA(N)123456.",
    forms: &[
        Form::Layout("9{1,2}/A{3,12}(A{1,5})9{6}"),
        Form::Layout("9{1,2}/A{3,12}(A{1,5}) 9{6}"),
        Form::Layout("9{1,2}/A{3,12} (A{1,5}) 9{6}"),
    ],
    edges: Edges::Digit,
    check: is_nrc,
    scores: Scores { bare: 70, separated: 75, keyword: 90, field: 95 },
    keywords: &[
        "nrc",
        "nrc no",
        "national registration card",
        "မှတ်ပုံတင်",
        "နိုင်ငံသားစိစစ်ရေး",
        "nrc number",
        "မှတ်ပုံတင်အမှတ်",
    ],
    window: (60, 40),
    pass_rate: 1e-6,
    wrong_digit_rate: 0.871,
    sources: &[
        "Ministry of Immigration and Population (Myanmar): Citizenship Law 1982 and Procedures 1983",
    ],
    valid: &[
        "12/OUKAMA(N)123456",
        "9/MAKANA(N)654321",
        "12/OUKAMA(NAING)123456",
        "7/PAMANA(N) 123456",
        "14/MAAPA (E) 012345",
    ],
    invalid: &[
        ("15/OUKAMA(N)123456", "state"),
        ("0/OUKAMA(N)123456", "state"),
        ("12/OUKAMA(X)123456", "class"),
        ("12/OUKAMA(N)000000", "serial zero"),
    ],
};

/// State 1 to 14, township in Latin letters, class of citizenship, serial; there is no check digit,
/// the written form carries it. Townships and classes in letters of Myanmar are not covered.
fn is_nrc(value: &Value<'_>) -> Option<Proof> {
    let (head, serial) = value.text.split_last_chunk::<6>()?;
    let count = head.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (state, letters) = head.split_at_checked(count)?;
    let classes: [&[u8]; 9] = [b"N", b"P", b"E", b"F", b"T", b"S", b"Y", b"C", b"NAING"];
    let holds = state.first() != Some(&b'0')
        && matches!(digits::number(state)?, 1..=14)
        && (4..=17).contains(&letters.len())
        && letters.iter().all(u8::is_ascii_uppercase)
        && classes.iter().any(|class| letters.ends_with(class))
        && digits::is_number(serial);
    holds.then(|| Proof::whole(value, &["structure"]))
}
