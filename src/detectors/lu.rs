//! Luxembourg.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, luhn, verhoeff};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&MATRICULE];

/// National identification number.
pub(crate) static MATRICULE: Detector = Detector {
    id: "gov.lu.id",
    name: "Luxembourg national identification number (matricule)",
    category: Category::GovernmentId,
    country: Some("LU"),
    format: "Thirteen digits YYYYMMDD NNN and two check digits; blanks between year, day, serial and \
             check digits possible.",
    forms: &[
        Form::Layout("9{4} 9{4} 9{3} 9{2}"),
        Form::Layout("9{4} 9{4} 9{5}"),
        Form::Layout("9{4} 9{7} 9{2}"),
        Form::Layout("9{4} 9{9}"),
        Form::Layout("9{8} 9{3} 9{2}"),
        Form::Layout("9{8} 9{5}"),
        Form::Layout("9{11} 9{2}"),
        Form::Layout("9{13}"),
    ],
    edges: Edges::Digit,
    check: is_matricule,
    scores: Scores::STRONG,
    keywords: &[
        "matricule nationale",
        "matricule",
        "numéro d'identification national",
        "numéro cns",
        "sozialversicherungsnummer",
        "matrikel",
        "luxembourg id",
    ],
    window: (60, 40),
    pass_rate: 0.000005,
    wrong_digit_rate: 0.0,
    sources: &[
        "Loi du 19 juin 2013 relative à l'identification des personnes physiques, art. 2",
        "European Commission TIN portal: Luxembourg",
    ],
    valid: &[
        "1893120105732",
        "1980010112302",
        "1893 1201 057 32",
        "1893 1201 05732",
        "1893 1201057 32",
        "1893 120105732",
        "18931201 057 32",
        "18931201 05732",
        "18931201057 32",
    ],
    invalid: &[
        ("1893120105742", "Luhn digit"),
        ("1893120105733", "Verhoeff digit"),
        ("1793120105732", "born before 1800"),
    ],
};

/// Date of birth, Luhn over the first twelve digits, and Verhoeff over the first eleven and the last.
fn is_matricule(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<13>(value.text)?;
    let (by_luhn, last) = text.split_last_chunk::<1>()?;
    let mut by_verhoeff = [b'0'; 12];
    by_verhoeff.copy_from_slice(by_luhn);
    *by_verhoeff.last_mut()? = *last.first()?;
    let year = digits::number_at(text, 0..4)?;
    let month = digits::number_at(text, 4..6)?;
    let day = digits::number_at(text, 6..8)?;
    let holds = (1800..2100).contains(&year)
        && date::is_date(year, month, day)
        && luhn::is_valid(by_luhn)
        && verhoeff::is_valid(&by_verhoeff);
    holds.then(|| Proof::whole(value, &["date", "luhn", "verhoeff"]))
}
