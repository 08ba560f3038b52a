//! Kazakhstan.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&IIN];

/// Individual identification number. A company's number (BIN) has 4 to 6 for the fifth digit and so
/// no day of a month but by chance.
pub(crate) static IIN: Detector = Detector {
    id: "gov.kz.iin",
    name: "Kazakh individual identification number (IIN)",
    category: Category::GovernmentId,
    country: Some("KZ"),
    format: "Twelve digits YYMMDD, century and sex 1 to 6 (0 for foreigners), serial 4, check digit.",
    forms: &[Form::Layout("9{12}")],
    edges: Edges::Digit,
    check: is_iin,
    scores: Scores { bare: 35, separated: 60, keyword: 85, field: 92 },
    keywords: &[
        "жсн",
        "жеке сәйкестендіру нөмірі",
        "иин",
        "индивидуальный идентификационный номер",
        "iin",
        "individual identification number",
    ],
    window: (60, 40),
    pass_rate: 0.0025,
    wrong_digit_rate: 0.083,
    sources: &[
        "Закон РК от 12 января 2007 года № 223-III о национальных реестрах идентификационных номеров",
    ],
    valid: &["900101350003", "851231450127"],
    invalid: &[
        ("901301350009", "month 13"),
        ("900101350004", "check digit"),
        ("900101750003", "century"),
    ],
};

/// Date with the century behind it; weights 1 to 11 by eleven, and where that gives ten 3 to 11, 1, 2;
/// a number that gives ten again is not issued.
fn is_iin(value: &Value<'_>) -> Option<Proof> {
    const FIRST: &[u32] = &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    const SECOND: &[u32] = &[3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];
    let text = digits::exactly::<12>(value.text)?;
    let (check, body) = text.split_last()?;
    let year = digits::number_at(body, 0..2)?;
    let month = digits::number_at(body, 2..4)?;
    let day = digits::number_at(body, 4..6)?;
    let born = match body.get(6)? {
        b'0' => date::is_short_date(year, month, day),
        digit => date::is_date(date::century(*digit)? + year, month, day),
    };
    let holds = digits::digit(*check) == Some(weighted::in_two_rounds(body, FIRST, SECOND));
    (born && holds).then(|| Proof::whole(value, &["date", "mod11"]))
}
