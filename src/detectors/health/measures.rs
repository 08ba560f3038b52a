//! What is measured of a person: blood group, vital signs, laboratory values.

use super::dosage::Amount;
use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;

/// Blood group with its rhesus factor.
pub(crate) static BLOOD_TYPE: Detector = Detector {
    id: "health.blood-type",
    name: "Blood group of a person",
    category: Category::Health,
    country: None,
    format: "A, B, AB or O (0 in German), perhaps Rh or RhD, and + or - or positive or negative in full \
             or short, behind its name.",
    forms: &[
        Form::Layout("A{1,2}+"),
        Form::Layout("A{1,2}-"),
        Form::Layout("A{1,2} A{2,3}+"),
        Form::Layout("A{1,2} A{2,3}-"),
        Form::Layout("A{1,2} A{2,3} A{3,8}"),
        Form::Layout("A{1,2} A{3,8}"),
        Form::Layout("9+"),
        Form::Layout("9-"),
        Form::Layout("9 A{2,3}+"),
        Form::Layout("9 A{2,3}-"),
        Form::Layout("9 A{2,3} A{3,8}"),
        Form::Layout("9 A{3,8}"),
    ],
    edges: Edges::Alnum,
    check: is_blood_type,
    scores: Scores::NAMED,
    keywords: &[
        "blood type",
        "blood group",
        "abo",
        "abo/rh",
        "groupe sanguin",
        "rhésus",
        "blutgruppe",
        "grupo sanguíneo",
        "tipo de sangre",
        "gruppo sanguigno",
        "tipo sanguíneo",
        "bloedgroep",
    ],
    window: (24, 0),
    pass_rate: 0.00077,
    wrong_digit_rate: 0.0,
    sources: &["ISBT 001 (ABO) and 004 (RH), International Society of Blood Transfusion"],
    valid: &[
        "AB+",
        "O-",
        "A Rh+",
        "B RhD-",
        "O Rh neg",
        "A RhD positive",
        "O neg",
        "AB positiv",
        "0+",
        "0-",
        "0 Rh+",
        "0 Rh-",
        "0 Rh pos",
        "0 negativ",
    ],
    invalid: &[
        ("C+", "C is no group"),
        ("BA-", "BA is no group"),
        ("A Rx+", "Rx is no rhesus factor"),
        ("O negro", "another word"),
        ("1+", "1 is no group"),
    ],
};

/// Units in which clinics and laboratories write values, in capitals as a check sees them. Both micro
/// signs are in use.
const UNITS: &[&str] = &[
    "MG/DL",
    "MMOL/L",
    "MMOL/MOL",
    "G/DL",
    "G/L",
    "MIU/L",
    "MIU/ML",
    "IU/L",
    "U/L",
    "NG/ML",
    "NG/DL",
    "PG/ML",
    "UG/L",
    "\u{b5}G/L",
    "\u{b5}MOL/L",
    "\u{3bc}MOL/L",
    "UMOL/L",
    "BPM",
    "KG/M2",
    "KG/M\u{b2}",
    "CELLS/\u{b5}L",
    "CELLS/\u{3bc}L",
    "CELLS/UL",
    "CELLS/MM3",
    "COPIES/ML",
    "MMHG",
    "MM HG",
];

/// Vital signs and laboratory values.
pub(crate) static VITALS: Detector = Detector {
    id: "health.vitals",
    name: "Measured vital sign or laboratory value of a person",
    category: Category::Health,
    country: None,
    format: "A number with a clinical unit, or two numbers with / and mmHg, behind the name of what was \
             measured.",
    forms: &[Form::Amount],
    edges: Edges::Alnum,
    check: is_vitals,
    scores: Scores::NAMED,
    keywords: &[
        "blood pressure",
        "bp",
        "glucose",
        "hba1c",
        "cholesterol",
        "ldl",
        "hdl",
        "triglycerides",
        "creatinine",
        "hemoglobin",
        "haemoglobin",
        "tsh",
        "psa",
        "cd4",
        "cd4 count",
        "viral load",
        "heart rate",
        "bmi",
        "hcg",
        "alt",
        "ast",
        "tension artérielle",
        "glycémie",
        "cholestérol",
        "créatinine",
        "charge virale",
        "blutdruck",
        "blutzucker",
        "cholesterin",
        "kreatinin",
        "viruslast",
        "presión arterial",
        "glucosa",
        "colesterol",
        "carga viral",
        "pressione arteriosa",
        "glicemia",
        "colesterolo",
        "pressão arterial",
        "glicose",
        "bloeddruk",
    ],
    window: (48, 0),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.933,
    sources: &["Regenstrief Institute: Unified Code for Units of Measure (UCUM)"],
    valid: &[
        "142/91 mmHg",
        "53 mmol/mol",
        "5.4 mmol/L",
        "120mg/dL",
        "31,6 kg/m2",
        "40 copies/mL",
        "72 bpm",
    ],
    invalid: &[
        ("142", "no unit"),
        ("5 km/h", "no clinical unit"),
        ("0 mg/dL", "zero"),
        ("120/80 mg/dL", "no pressure"),
    ],
};

/// Group, rhesus factor, and a sign: the form has seen to one where no word stands for it.
fn is_blood_type(value: &Value<'_>) -> Option<Proof> {
    let group = [&b"AB"[..], b"A", b"B", b"O", b"0"].into_iter();
    let rest = group.filter_map(|group| value.text.strip_prefix(group)).next()?;
    let sign = [&b"RHD"[..], b"RH"].into_iter().find_map(|rhesus| rest.strip_prefix(rhesus));
    let holds = match sign.unwrap_or(rest) {
        [] => value.separator.is_some(),
        b"POS" | b"POSITIVE" | b"POSITIV" | b"NEG" | b"NEGATIVE" | b"NEGATIV" => true,
        _ => false,
    };
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// A number and a unit of the list, or a pressure.
fn is_vitals(value: &Value<'_>) -> Option<Proof> {
    let pressure = || Amount::pressure(value.text)?.unit(&["MMHG", "MM HG"]);
    let rest = pressure().or_else(|| Amount::number(value.text)?.unit(UNITS))?;
    let len = value.text.len() - rest.len();
    Some(Proof { len, ..Proof::whole(value, &["structure"]) })
}
