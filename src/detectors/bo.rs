//! Bolivia.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::digits;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&CI];

/// Identity card.
pub(crate) static CI: Detector = Detector {
    id: "gov.bo.ci",
    name: "Bolivian identity card (cédula de identidad)",
    category: Category::GovernmentId,
    country: Some("BO"),
    format: "Five to eight digits, perhaps a complement of one or two characters behind a dash, \
             and the department: LP CB SC OR PT CH TJ BE PD PA BN. No check digit.",
    forms: &[
        Form::Layout("9{5,8}-X{1,2} -A{2}"),
        Form::Layout("9{5,8}-X{1,2} A{2}"),
        Form::Layout("9{5,8}-X{1,2}-A{2}"),
        Form::Layout("9{5,8}-X{2}A{2}"),
        Form::Layout("9{5,8}-XA{2}"),
        Form::Layout("9{5,8} -A{2}"),
        Form::Layout("9{5,8} A{2}"),
        Form::Layout("9{5,8}-A{2}"),
        Form::Layout("9{5,8}A{2}"),
    ],
    edges: Edges::Alnum,
    check: is_ci,
    scores: Scores::NAMED,
    keywords: &[
        "carnet de identidad",
        "cédula de identidad",
        "bolivian id",
        "cédula",
        "cedula",
        "c.i.",
        "segip",
    ],
    window: (60, 40),
    pass_rate: 5e-6,
    wrong_digit_rate: 1.0,
    sources: &["SEGIP (Bolivia): cédula de identidad, Ley 145"],
    valid: &[
        "1234567-LP",
        "7654321-1A SC",
        "7654321-1A -SC",
        "7654321-1A-SC",
        "7654321-1ASC",
        "7654321-1SC",
        "654321 -OR",
        "654321 OR",
        "54321PT",
    ],
    invalid: &[("1234-LP", "four digits"), ("1234567-XX", "no department"), ("0000000-LP", "zero")],
};

/// Digits, up to two characters of a complement, a department.
fn is_ci(value: &Value<'_>) -> Option<Proof> {
    let (body, department) = value.text.split_last_chunk::<2>()?;
    let count = body.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (number, complement) = body.split_at_checked(count)?;
    // A complement of digits cannot be told from the number without its dash.
    let holds = (5..=10).contains(&count)
        && body.len() <= 10
        && complement.len() <= 2
        && complement.iter().all(u8::is_ascii_alphanumeric)
        && digits::is_number(number)
        && DEPARTMENTS.contains(&department);
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// La Paz, Cochabamba, Santa Cruz, Oruro, Potosí, Chuquisaca, Tarija, Beni (twice), Pando (twice).
const DEPARTMENTS: [&[u8; 2]; 11] =
    [b"LP", b"CB", b"SC", b"OR", b"PT", b"CH", b"TJ", b"BE", b"PD", b"PA", b"BN"];
