//! Indonesia.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{date, digits, luhn};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&NIK, &NPWP];

/// Indonesian NIK.
pub(crate) static NIK: Detector = Detector {
    id: "gov.id.nik",
    name: "Indonesian NIK",
    category: Category::GovernmentId,
    country: Some("ID"),
    format: "Sixteen digits: province 2, regency 2, district 2, birth date DDMMYY (40 added to \
             the day for women), serial 4.",
    forms: &[
        Form::Layout("9{6} 9{6} 9{4}"),
        Form::Layout("9{6}-9{6}-9{4}"),
        Form::Layout("9{4} 9{4} 9{4} 9{4}"),
        Form::Layout("9{16}"),
    ],
    edges: Edges::Digit,
    check: is_nik,
    scores: Scores { bare: 20, separated: 35, keyword: 80, field: 90 },
    keywords: &[
        "nik",
        "nomor induk kependudukan",
        "ktp",
        "no. ktp",
        "e-ktp",
        "kartu keluarga",
        "indonesian id",
        "nomor ktp",
        "no ktp",
    ],
    window: (60, 40),
    pass_rate: 0.029,
    wrong_digit_rate: 0.853,
    sources: &["Kementerian Dalam Negeri: Dukcapil; Law 23/2006"],
    valid: &[
        "3171011708450001",
        "3204115708900002",
        "317101 170845 0001",
        "317101-170845-0001",
        "3171 0117 0845 0001",
    ],
    invalid: &[
        ("3171011713450001", "month 13"),
        ("3171011708450000", "serial"),
        ("0171011708450001", "province"),
        ("3171013202450001", "day 32"),
    ],
};

/// Indonesian tax number (NPWP).
pub(crate) static NPWP: Detector = Detector {
    id: "gov.id.npwp",
    name: "Indonesian tax number (NPWP)",
    category: Category::GovernmentId,
    country: Some("ID"),
    format: "Fifteen digits NN.NNN.NNN.C-OOO.BBB: number 9, the last by Luhn, office 3, branch 3; \
             since 2024 with a 0 before them. What a person has now is the NIK.",
    forms: &[Form::Layout("9{2}.9{3}.9{3}.9-9{3}.9{3}"), Form::Layout("9{15,16}")],
    edges: Edges::Digit,
    check: is_npwp,
    scores: Scores::CHECKED,
    keywords: &["npwp", "nomor pokok wajib pajak", "nomor npwp", "no npwp", "npwp number"],
    window: (60, 40),
    pass_rate: 0.1,
    wrong_digit_rate: 0.391,
    sources: &["Direktorat Jenderal Pajak: NPWP", "Peraturan Menteri Keuangan 112/PMK.03/2022"],
    valid: &["01.312.166.0-091.000", "013000666091000", "0013000666091000"],
    invalid: &[
        ("01.312.166.1-091.000", "Luhn over the first nine digits"),
        ("1013000666091000", "sixteen digits that do not begin with 0"),
        ("00.000.000.0-091.000", "zero"),
    ],
};

/// Province, day of birth DDMMYY with 40 added to the day for women, serial from 0001 on.
fn is_nik(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<16>(value.text)?;
    let born = digits::number(text.get(6..12)?)?;
    let day = born / 10_000;
    let day = if day > 40 { day - 40 } else { day };
    let holds = is_province(digits::number(text.get(..2)?)?)
        && date::is_short_date(born % 100, born / 100 % 100, day)
        && digits::is_number(text.get(12..)?);
    holds.then(|| Proof::whole(value, &["structure", "date"]))
}

/// Returns whether the interior ministry gives the code to a province; regencies and districts
/// change too often to be listed.
fn is_province(code: u32) -> bool {
    matches!(code, 11..=21 | 31..=36 | 51..=53 | 61..=65 | 71..=76 | 81..=82 | 91..=97)
}

/// Luhn over the first nine digits; sixteen digits are fifteen behind a 0.
fn is_npwp(value: &Value<'_>) -> Option<Proof> {
    let text = if value.text.len() == 16 { value.text.strip_prefix(b"0")? } else { value.text };
    let (number, _) = digits::exactly::<15>(text)?.split_first_chunk::<9>()?;
    let holds = digits::is_number(number) && luhn::is_valid(number);
    holds.then(|| Proof::whole(value, &["luhn"]))
}
