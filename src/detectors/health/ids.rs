//! Numbers of patients and providers.

use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, luhn, weighted};

/// NHS number; North American telephone numbers look alike, so a keyword is needed.
pub(crate) static NHS: Detector = Detector {
    id: "health.gb.nhs",
    name: "NHS number (England, Wales, Isle of Man)",
    category: Category::HealthId,
    country: Some("GB"),
    format: "Ten digits NNN NNN NNNN, with dashes or in one run, the last a check digit.",
    forms: &[Form::Layout("9{3} 9{3} 9{4}"), Form::Layout("9{3}-9{3}-9{4}"), Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_nhs_number,
    scores: Scores::CHECKED,
    keywords: &["nhs", "nhs number", "nhs no", "patient", "hospital number", "gp"],
    window: (60, 40),
    pass_rate: 0.037,
    wrong_digit_rate: 0.0,
    sources: &["NHS Data Model and Dictionary: NHS NUMBER"],
    valid: &["943 476 5919", "4010232137", "999 000 0018", "943-476-5919"],
    invalid: &[
        ("943 476 5918", "check digit"),
        ("500 000 0000", "range never allocated"),
        ("500 000 0005", "range never allocated, with a fitting check digit"),
        ("000 000 0000", "zero"),
    ],
};

/// Number of a provider in the United States.
pub(crate) static NPI: Detector = Detector {
    id: "health.us.npi",
    name: "US national provider identifier",
    category: Category::HealthId,
    country: Some("US"),
    format: "Ten digits beginning with 1 or 2, the last by Luhn over 80840 and the number; on \
             cards 80840 is printed before it.",
    forms: &[Form::Layout("9{5} 9{10}"), Form::Layout("9{15}"), Form::Layout("9{10}")],
    edges: Edges::Digit,
    check: is_npi,
    scores: Scores::CHECKED,
    keywords: &[
        "npi",
        "national provider identifier",
        "provider id",
        "nppes",
        "rendering provider",
    ],
    window: (60, 40),
    pass_rate: 0.02,
    wrong_digit_rate: 0.0,
    sources: &["45 CFR 162.406", "CMS: NPI check digit"],
    valid: &["1234567893", "80840 1245319599", "808401234567893"],
    invalid: &[
        ("1234567890", "Luhn with 80840"),
        ("3234567899", "first digit"),
        ("80841 1245319599", "prefix"),
    ],
};

/// Number of a Medicare beneficiary.
pub(crate) static MBI: Detector = Detector {
    id: "health.us.mbi",
    name: "US Medicare beneficiary identifier",
    category: Category::HealthId,
    country: Some("US"),
    format: "Eleven characters, 4-3-4 with dashes on the card: 1EG4-TE5-MK73; places 2, 5, 8, 9 \
             letters, 3 and 6 either, never S L O I B Z.",
    forms: &[
        Form::Layout("9AX9-AX9-A{2}9{2}"),
        Form::Layout("9AX9 AX9 A{2}9{2}"),
        Form::Layout("9AX9AX9A{2}9{2}"),
    ],
    edges: Edges::Alnum,
    check: is_mbi,
    scores: Scores { bare: 60, separated: 65, keyword: 88, field: 95 },
    keywords: &["mbi", "medicare", "medicare number", "medicare beneficiary", "beneficiary id"],
    window: (60, 40),
    pass_rate: 0.00012,
    wrong_digit_rate: 0.978,
    sources: &["CMS: Understanding the MBI format"],
    valid: &["1EG4-TE5-MK73", "9AA9AA9AA99", "1EG4 TE5 MK73", "1eg4te5mk73"],
    invalid: &[
        ("1EG4-TS5-MK73", "S is not used"),
        ("0EG4-TE5-MK73", "first digit 0"),
        ("1E_4-TE5-MK73", "third place"),
    ],
};

/// Registration of who may prescribe controlled substances.
pub(crate) static DEA: Detector = Detector {
    id: "health.us.dea",
    name: "US DEA registration number",
    category: Category::HealthId,
    country: Some("US"),
    format: "Type letter, initial of the surname or 9, seven digits, the last a check digit.",
    forms: &[Form::Layout("AX9{7}")],
    edges: Edges::Alnum,
    check: is_dea,
    scores: Scores { bare: 45, separated: 45, keyword: 92, field: 96 },
    keywords: &["dea", "dea number", "dea no", "dea #", "prescriber", "controlled substance"],
    window: (60, 40),
    pass_rate: 2e-5,
    wrong_digit_rate: 0.046,
    sources: &["DEA Diversion Control Division: registration number"],
    valid: &["AP5836727", "BB1388568", "F91234563", "ap5836727"],
    invalid: &[
        ("AP5836728", "check digit"),
        ("IP5836727", "type letter"),
        ("A85836727", "8 is no initial"),
        ("AP0000000", "zero"),
    ],
};

/// Number of a patient or an encounter at any hospital: its name is everything.
pub(crate) static MRN: Detector = Detector {
    id: "health.mrn",
    name: "Medical record number",
    category: Category::HealthId,
    country: None,
    format: "Up to three letters and four to twelve digits, as the provider pleases, after its \
             name.",
    forms: &[
        Form::Layout("A{1,3}-9{4,12}"),
        Form::Layout("A{1,3}9{4,12}"),
        Form::Layout("9{3,12}-9{1,4}"),
        Form::Layout("9{4,12}"),
    ],
    edges: Edges::Alnum,
    check: is_mrn,
    scores: Scores::NAMED,
    keywords: &[
        "mrn",
        "medical record number",
        "medical record no",
        "patient id",
        "patient number",
        "hospital number",
        "chart number",
        "chart no",
        "encounter number",
        "accession number",
        "unit number",
        "ipp",
        "numéro de dossier",
        "numéro de patient",
        "identifiant patient",
        "patientennummer",
        "fallnummer",
        "patienten-id",
        "aufnahmenummer",
        "historia clínica",
        "número de historia",
        "nhc",
        "número de paciente",
        "cartella clinica",
        "numero paziente",
        "nosologico",
        "prontuário",
        "número do processo",
        "número do utente",
        "patiëntnummer",
        "zis-nummer",
        "patientnummer",
    ],
    window: (20, 10),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["45 CFR 164.514(b)(2)(i)(H): medical record numbers"],
    valid: &["00123456", "HC-123456", "HC123456", "4711-2"],
    invalid: &[
        ("123", "short"),
        ("ABCD1234", "four letters"),
        ("00000000", "zero"),
        ("HC-0000", "zero"),
    ],
};

/// Allocated are 400 to 499, 600 to 799 and 900 to 999; eleven less the remainder by eleven, and
/// no number where that is ten. 999 is the range for tests.
fn is_nhs_number(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<10>(value.text)?;
    let range = digits::number(text.get(..3)?)?;
    // The check digit completes the sum: its weight is 1.
    let sum = weighted::sum(text, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    let holds = matches!(range, 400..=499 | 600..=799 | 900..=999) && sum.is_multiple_of(11);
    let test = range == 999 || text == b"9434765919";
    holds.then(|| Proof::whole(value, &["structure", "mod11"]).marked_test(test))
}

/// Luhn over 80840, the issuer of health cards in the United States, and the number.
fn is_npi(value: &Value<'_>) -> Option<Proof> {
    let number = value.text.strip_prefix(b"80840").filter(|rest| rest.len() == 10);
    let number = digits::exactly::<10>(number.unwrap_or(value.text))?;
    let whole = [&b"80840"[..], number].concat();
    let holds = matches!(number.first()?, b'1' | b'2') && luhn::is_valid(&whole);
    let test = number == b"1234567893";
    holds.then(|| Proof::whole(value, &["structure", "luhn"]).marked_test(test))
}

/// Each place has its own alphabet; there is no check digit.
fn is_mbi(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 11]>::try_from(value.text).ok()?;
    let letter = |byte: u8| byte.is_ascii_uppercase() && !b"SLOIBZ".contains(&byte);
    let fits = |(&byte, place): (&u8, &u8)| match place {
        b'C' => matches!(byte, b'1'..=b'9'),
        b'A' => letter(byte),
        b'N' => byte.is_ascii_digit(),
        _ => letter(byte) || byte.is_ascii_digit(),
    };
    // C 1 to 9, A letter, N digit, X either: the notation of the format's own description.
    let holds = text.iter().zip(b"CAXNAXNAANN").all(fits);
    let test = matches!(text, b"1EG4TE5MK73" | b"1EG4TE5MK72");
    holds.then(|| Proof::whole(value, &["structure"]).marked_test(test))
}

/// First, third and fifth digit, and twice the others; the last digit of the sum is the seventh.
fn is_dea(value: &Value<'_>) -> Option<Proof> {
    let ([kind, initial], number) = value.text.split_first_chunk::<2>()?;
    let (check, body) = digits::exactly::<7>(number)?.split_last()?;
    let lettered = b"ABCDEFGHJKLMPRSTUX".contains(kind) && matches!(initial, b'A'..=b'Z' | b'9');
    let holds = lettered && weighted::sum(body, &[1, 2]) % 10 == digits::digit(*check)?;
    holds.then(|| Proof::whole(value, &["structure", "mod10"]))
}

/// Up to three letters, four to sixteen digits, not all of them zero.
fn is_mrn(value: &Value<'_>) -> Option<Proof> {
    let letters = value.text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let number = value.text.get(letters..)?;
    let holds = letters <= 3 && (4..=16).contains(&number.len()) && digits::is_number(number);
    holds.then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detectors::samples::{bare, proof, wrong_digits};

    #[test]
    fn published_test_numbers_are_marked() {
        for (detector, text, test) in [
            (&NHS, "943 476 5919", true),
            (&NHS, "999 000 0018", true),
            (&NHS, "4010232137", false),
            (&NPI, "1234567893", true),
            (&NPI, "80840 1234567893", true),
            (&NPI, "1245319599", false),
            (&MBI, "1EG4-TE5-MK73", true),
            (&MBI, "1eg4te5mk72", true),
            (&MBI, "9AA9AA9AA99", false),
        ] {
            assert_eq!(proof(detector, text).map(|proof| proof.test), Some(test), "{text}");
        }
    }

    #[test]
    fn nhs_ranges() {
        let allocated = |range: &u32| {
            (0..10).any(|check| {
                proof(&NHS, &format!("{range:03}000001{check}")).is_some()
                    || proof(&NHS, &format!("{range:03}000002{check}")).is_some()
            })
        };
        let ranges: Vec<u32> = (0..1000).filter(allocated).collect();
        let expected: Vec<u32> = (400..500).chain(600..800).chain(900..1000).collect();
        assert_eq!(ranges, expected);
    }

    #[test]
    fn a_dea_digit_wrong_by_five_hides_in_even_places_only() {
        let hidden: Vec<String> =
            wrong_digits("AP5836727").filter(|wrong| proof(&DEA, wrong).is_some()).collect();
        assert_eq!(hidden, ["AP5336727", "AP5831727", "AP5836777"]);
    }

    #[test]
    fn dea_types() {
        let types = ('A'..='Z').filter(|kind| proof(&DEA, &format!("{kind}P5836727")).is_some());
        assert_eq!(types.collect::<String>(), "ABCDEFGHJKLMPRSTUX");
    }

    #[test]
    fn mrn_lengths() {
        for text in ["ABC1234", "1234567890123456"] {
            assert!(bare(&MRN, text).is_some(), "{text}");
        }
        for text in ["ABCD1234", "ABC123", "12345678901234567"] {
            assert!(bare(&MRN, text).is_none(), "{text}");
        }
    }

    #[test]
    fn mbi_letters() {
        let letters =
            ('A'..='Z').filter(|letter| proof(&MBI, &format!("1{letter}G4TE5MK73")).is_some());
        assert_eq!(letters.collect::<String>(), "ACDEFGHJKMNPQRTUVWXY");
    }
}
