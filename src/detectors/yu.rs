//! The states of former Yugoslavia, which number people as it did.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&JMBG];

/// Master citizen number.
///
/// Times in milliseconds and article numbers (EAN) have thirteen digits too, and one in a thousand of
/// them passes, in some months of times one in thirty: alone it stays low.
pub(crate) static JMBG: Detector = Detector {
    id: "gov.yu.jmbg",
    name: "Unique master citizen number of the former Yugoslav states (JMBG, EMŠO, EMBG)",
    category: Category::GovernmentId,
    country: None,
    format: "Thirteen digits DDMMYYY RR BBB C: the last three digits of the year, region of birth, \
             serial (men 000 to 499), check digit. In use in Slovenia, Bosnia and Herzegovina, \
             Montenegro, North Macedonia and Serbia, formerly in Croatia and Kosovo.",
    forms: &[Form::Layout("9{13}")],
    edges: Edges::Digit,
    check: is_jmbg,
    scores: Scores { bare: 45, separated: 60, keyword: 90, field: 95 },
    keywords: &[
        "jmbg",
        "јмбг",
        "matični broj",
        "матични број",
        "emšo",
        "matični broj građana",
        "ембг",
        "embg",
        "матичен број",
        "numri personal",
        "nr. personal",
        "master citizen number",
    ],
    window: (60, 40),
    pass_rate: 0.0011,
    wrong_digit_rate: 0.0,
    sources: &[
        "Zakon o uvođenju jedinstvenog matičnog broja građana (Sl. list SFRJ 58/1976)",
        "Zakon o centralnem registru prebivalstva (ZCRP), Slovenia",
    ],
    valid: &["0101006500006", "0101990500003"],
    invalid: &[
        ("0101006500007", "check digit"),
        ("0113006500006", "month 13"),
        ("0101506500006", "year 1506 or 2506"),
        ("0101990970006", "region 97"),
    ],
};

/// Date, a region up to 96, and weights 7 to 2 twice, the check digit completing the sum to a multiple
/// of eleven. Years begin with 8, 9 or 0: nobody alive was born before 1800. Ten is written 0 in most descriptions, while others pass over such serials: it is taken.
///
/// Regions: 00–09 foreigners and naturalised, 10–19 Bosnia and Herzegovina, 21–29 Montenegro, 30–39
/// Croatia, 41–49 Macedonia, 50–59 Slovenia, 71–79 Serbia, 80–89 Vojvodina, 91–96 Kosovo.
fn is_jmbg(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<13>(value.text)?;
    let year = match digits::number_at(text, 4..7)? {
        year @ 800.. => 1000 + year,
        year @ ..100 => 2000 + year,
        _ => return None,
    };
    let born = date::is_date(year, digits::number_at(text, 2..4)?, digits::number_at(text, 0..2)?);
    // 7 to 2 taken from eleven.
    let holds = born
        && digits::number_at(text, 7..9)? <= 96
        && weighted::ends_in_remainder(text, &[4, 5, 6, 7, 8, 9], 11);
    holds.then(|| Proof::whole(value, &["date", "mod11"]))
}
