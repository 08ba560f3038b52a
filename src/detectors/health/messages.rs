//! Messages and documents of hospitals, payers and pharmacies, told by their frames.
//!
//! A frame has no check digit. What carries it is a literal that nothing else holds, the structure
//! around that literal, and, where the format has one, the place of the patient in it.

use super::frames::{count, fields, is_framed, is_text};
use crate::detectors::frames::{opens, run};
use crate::detectors::{Anchor, Detector, Edges, Form, Letters, Proof, Scores, Value};
use crate::finding::Category;

/// HL7 version 2: the header of a message about a patient, and the segment that identifies the patient.
pub(crate) static HL7V2: Detector = Detector {
    id: "health.hl7v2",
    name: "HL7 version 2 message",
    category: Category::Health,
    country: None,
    format: "MSH|^~\\&| and the header's fields up to the version, the message being of a kind that holds \
             a patient; or PID, identifiers, a name with ^ in it, and the date of birth.",
    forms: &[Form::Anchored(&MSH), Form::Anchored(&PID)],
    edges: Edges::Alnum,
    check: is_hl7v2,
    scores: Scores::STRONG,
    keywords: &["hl7", "hl7 message", "adt", "oru", "mllp"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 1.0,
    sources: &["HL7 Version 2.9, chapters 2 (control) and 3 (patient administration)"],
    valid: &[
        "MSH|^~\\&|HIS|HOSP|LAB|LAB|20240101120000||ADT^A01|1|P|2.5",
        "MSH|^~\\&|SENDER|FAC|RECV|FAC|20240101||ORU^R01|42|T|2.3",
        "PID|1||12345^^^HOSP^MR||DOE^JOHN^Q||19800101|M",
        "PID|||998877||ROE^JANE||19751224",
    ],
    invalid: &[
        ("MSH,^~\\&,HIS,HOSP,LAB,LAB,20240101120000,,ADT^A01,1,P,2.5", "other separators"),
        ("MSH|^~\\&|HIS|HOSP|LAB|LAB|20240101120000||ACK|1|P|2.5", "an acknowledgement"),
        ("PID|1||12345", "neither name nor date"),
    ],
};

/// The second is the first as JSON escapes it.
static MSH: Anchor = Anchor {
    literals: &["MSH|^~\\&|", "MSH|^~\\\\&|"],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        opens(haystack, literal.start).then_some(())?;
        let version = fields(haystack, literal.end, b'|', 9)?;
        let end = run(haystack, version, |byte| byte.is_ascii_digit() || *byte == b'.', 1..=6)?;
        Some(literal.start..end)
    },
};

static PID: Anchor = Anchor {
    literals: &["PID|"],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        opens(haystack, literal.start).then_some(())?;
        let birth = fields(haystack, literal.end, b'|', 6)?;
        let end = run(haystack, birth, u8::is_ascii_digit, 8..=14)?;
        let sex =
            matches!(haystack.get(end..end + 2), Some([b'|', b'A' | b'F' | b'M'..=b'O' | b'U']));
        let single = sex && !haystack.get(end + 2).is_some_and(u8::is_ascii_alphanumeric);
        Some(literal.start..end + if single { 2 } else { 0 })
    },
};

/// Kinds of messages whose subject is a patient, HL7 table 0076.
const KINDS: &[&[u8]] = &[
    b"ADT", b"BAR", b"CCR", b"CSU", b"DFT", b"EHC", b"MDM", b"OMD", b"OMG", b"OMI", b"OML", b"OMP",
    b"OPL", b"ORM", b"ORU", b"OUL", b"PEX", b"PGL", b"PPR", b"RAS", b"RDE", b"RDS", b"REF", b"RGV",
    b"SIU", b"VXU",
];

/// MSH-9 names the kind of message; PID-3 and PID-5 hold an identifier and a name.
fn is_hl7v2(value: &Value<'_>) -> Option<Proof> {
    is_framed(value, &[&MSH, &PID]).then_some(())?;
    let field = |number: usize| value.text.split(|byte| *byte == b'|').nth(number);
    let holds = match field(0)? {
        b"MSH" => KINDS.iter().any(|kind| field(8).is_some_and(|text| text.starts_with(kind))),
        _ => {
            let named = field(5)?.contains(&b'^') && field(5)?.iter().any(u8::is_ascii_alphabetic);
            named && field(3)?.iter().any(u8::is_ascii_alphanumeric)
        }
    };
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// HL7 FHIR: the member of JSON, or the element of XML, that says what a resource is.
pub(crate) static FHIR: Detector = Detector {
    id: "health.fhir",
    name: "HL7 FHIR resource of a patient",
    category: Category::Health,
    country: None,
    format: "The member resourceType with the name of a resource about a patient, or that element with \
             the namespace http://hl7.org/fhir. A Bundle may hold anything and is of low confidence.",
    forms: &[Form::Anchored(&MEMBER), Form::Anchored(&ELEMENT)],
    edges: Edges::Alnum,
    check: is_fhir,
    scores: Scores::STRONG,
    keywords: &["fhir", "fhir resource", "hl7 fhir"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.0,
    sources: &["HL7 FHIR R5: resource list; JSON and XML formats"],
    valid: &[
        "\"resourceType\": \"Patient\"",
        "\"resourceType\":\"Bundle\"",
        "<Patient xmlns=\"http://hl7.org/fhir\"",
    ],
    invalid: &[
        ("\"resourceType\": \"CapabilityStatement\"", "no person"),
        ("\"resource\": \"Patient\"", "another member"),
        ("<Patient xmlns=\"http://example.org/fhir\"", "another namespace"),
    ],
};

/// Resources that are about one patient.
const RESOURCES: &[&str] = &[
    "AllergyIntolerance",
    "Bundle",
    "CarePlan",
    "Claim",
    "ClinicalImpression",
    "Condition",
    "Coverage",
    "DiagnosticReport",
    "Encounter",
    "ExplanationOfBenefit",
    "FamilyMemberHistory",
    "Immunization",
    "MedicationAdministration",
    "MedicationRequest",
    "MedicationStatement",
    "MolecularSequence",
    "Observation",
    "Patient",
    "Procedure",
    "QuestionnaireResponse",
    "RelatedPerson",
    "ServiceRequest",
    "Specimen",
];

/// Quotation marks may be escaped, where JSON stands in JSON.
static MEMBER: Anchor = Anchor {
    literals: &["resourceType"],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        let head = haystack.get(..literal.start)?;
        let quote: &[u8] = if head.ends_with(b"\\\"") { b"\\\"" } else { b"\"" };
        let start = head.strip_suffix(quote)?.len();
        let colon = behind(haystack, literal.end, quote)?;
        let colon = colon + count(haystack, colon, 4, u8::is_ascii_whitespace);
        let value = behind(haystack, colon, b":")?;
        let value = value + count(haystack, value, 4, u8::is_ascii_whitespace);
        let name = behind(haystack, value, quote)?;
        let end = name + count(haystack, name, 40, u8::is_ascii_alphabetic);
        is_resource(haystack.get(name..end)?).then_some(start..behind(haystack, end, quote)?)
    },
};

static ELEMENT: Anchor = Anchor {
    literals: &["http://hl7.org/fhir"],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        let head = haystack.get(..literal.start)?;
        let quote: &[u8] = if head.ends_with(b"\\\"") { b"\\\"" } else { b"\"" };
        let head = head.strip_suffix(quote)?.strip_suffix(b" xmlns=")?;
        let start = head.iter().rposition(|byte| *byte == b'<')?;
        let end = behind(haystack, literal.end, quote)?;
        is_resource(head.get(start + 1..)?).then_some(start..end)
    },
};

fn is_resource(name: &[u8]) -> bool {
    RESOURCES.iter().any(|resource| resource.as_bytes() == name)
}

fn is_fhir(value: &Value<'_>) -> Option<Proof> {
    let bundle = value.text.windows(6).any(|name| name == b"Bundle");
    let proof = is_framed(value, &[&MEMBER, &ELEMENT]).then(|| Proof::whole(value, &["structure"]));
    proof.map(|proof| proof.adjusted(if bundle { -45 } else { 0 }))
}

/// HL7 clinical documents.
pub(crate) static CCDA: Detector = Detector {
    id: "health.ccda",
    name: "HL7 clinical document (CDA, C-CDA)",
    category: Category::Health,
    country: None,
    format: "The element ClinicalDocument up to the namespace urn:hl7-org:v3, or one of recordTarget \
             and patientRole, perhaps with a prefix.",
    forms: &[Form::Anchored(&DOCUMENT), Form::Anchored(&ROLE)],
    edges: Edges::Alnum,
    check: |value| {
        is_framed(value, &[&DOCUMENT, &ROLE]).then(|| Proof::whole(value, &["structure"]))
    },
    scores: Scores::STRONG,
    keywords: &["ccda", "c-cda", "cda", "clinical document", "ccd"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.0,
    sources: &["HL7 CDA Release 2; ISO/HL7 27932:2009"],
    valid: &["<ClinicalDocument xmlns=\"urn:hl7-org:v3", "<patientRole>", "<cda:recordTarget>"],
    invalid: &[
        ("<Document xmlns='urn:hl7-org:v3", "another element"),
        ("<patient>", "another element"),
        ("</patientRole>", "the end of an element"),
    ],
};

static DOCUMENT: Anchor = Anchor {
    literals: &["ClinicalDocument"],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        let start = element(haystack, literal.start)?;
        let tag = haystack.get(literal.end..)?.split(|byte| *byte == b'>').next()?;
        let namespace = b"urn:hl7-org:v3";
        let at = tag.windows(namespace.len()).position(|text| text == namespace)?;
        let end = literal.end + at + namespace.len();
        (end - start <= 250).then_some(start..end)
    },
};

static ROLE: Anchor = Anchor {
    literals: &["recordTarget", "patientRole"],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        let start = element(haystack, literal.start)?;
        match haystack.get(literal.end)? {
            b'>' => Some(start..literal.end + 1),
            b' ' => Some(start..literal.end),
            _ => None,
        }
    },
};

/// Returns where the tag begins whose name, behind a prefix of up to eight characters, stands at `name`.
fn element(haystack: &[u8], name: usize) -> Option<usize> {
    let head = haystack.get(..name)?;
    let prefixed = head.strip_suffix(b":").map(|head| {
        let prefix = head.iter().rev().take(8).take_while(|byte| byte.is_ascii_alphanumeric());
        head.len() - prefix.count()
    });
    let open = prefixed.unwrap_or(name).checked_sub(1)?;
    (haystack.get(open) == Some(&b'<')).then_some(open)
}

/// X12: transactions of payers and providers, and the names of subscribers and patients in them.
pub(crate) static X12: Detector = Detector {
    id: "health.x12",
    name: "X12 health care transaction (837, 835, 834, 820, 270, 271, 276, 277, 278)",
    category: Category::Health,
    country: None,
    format: "ST, the number of a health care transaction, a control number of four to nine digits and \
             perhaps the implementation guide; or NM1 of a subscriber or patient with a name and an \
             identifier.",
    forms: &[Form::Anchored(&TRANSACTION), Form::Anchored(&PERSON)],
    edges: Edges::Alnum,
    check: |value| {
        is_framed(value, &[&TRANSACTION, &PERSON]).then(|| Proof::whole(value, &["structure"]))
    },
    scores: Scores::STRONG,
    keywords: &["x12", "edi", "edi x12", "isa"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.744,
    sources: &["45 CFR 162, subparts K to S", "ASC X12 005010 implementation guides"],
    valid: &[
        "ST*837*0001*005010X222A1",
        "ST*835*112233",
        "ST|270|0001|005010X279A1",
        "NM1*IL*1*DOE*JOHN****MI*123456789",
        "NM1*QC*1*ROE*JANE*Q***MI*W1234567",
    ],
    invalid: &[
        ("ST*850*0001", "a purchase order"),
        ("ST*837", "no control number"),
        ("NM1*85*1*DOE*JOHN****XX*1234567893", "a provider"),
    ],
};

static TRANSACTION: Anchor = Anchor {
    literals: &[
        "ST*837*", "ST*835*", "ST*834*", "ST*820*", "ST*270*", "ST*271*", "ST*276*", "ST*277*",
        "ST*278*", "ST|837|", "ST|835|", "ST|834|", "ST|820|", "ST|270|", "ST|271|", "ST|276|",
        "ST|277|", "ST|278|", "ST^837^", "ST^835^", "ST^834^", "ST^820^", "ST^270^", "ST^271^",
        "ST^276^", "ST^277^", "ST^278^", "ST:837:", "ST:835:", "ST:834:", "ST:820:", "ST:270:",
        "ST:271:", "ST:276:", "ST:277:", "ST:278:",
    ],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        opens(haystack, literal.start).then_some(())?;
        let end = run(haystack, literal.end, u8::is_ascii_digit, 4..=9)?;
        let guide = haystack.get(literal.end - 1).filter(|mark| haystack.get(end) == Some(*mark));
        let guide = guide.and_then(|_| guide_at(haystack, end + 1));
        Some(literal.start..guide.unwrap_or(end))
    },
};

/// Subscriber, patient, and one whose entry is corrected.
static PERSON: Anchor = Anchor {
    literals: &["NM1*IL*1*", "NM1*QC*1*", "NM1*74*1*"],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        opens(haystack, literal.start).then_some(())?;
        let named = haystack.get(literal.end).is_some_and(|byte| is_text(byte) && *byte != b'*');
        let qualifier = named.then(|| fields(haystack, literal.end, b'*', 5))??;
        let id =
            behind(haystack, run(haystack, qualifier, u8::is_ascii_alphanumeric, 1..=2)?, b"*")?;
        let end = run(haystack, id, |byte| byte.is_ascii_alphanumeric() || *byte == b'-', 2..=40)?;
        Some(literal.start..end)
    },
};

/// Returns the end of the name of an implementation guide: `005010X222A1`.
fn guide_at(haystack: &[u8], at: usize) -> Option<usize> {
    let version = behind(haystack, at, b"00")?;
    let mark = behind(haystack, run(haystack, version, u8::is_ascii_digit, 4..=4)?, b"X")?;
    let number = run(haystack, mark, u8::is_ascii_digit, 3..=3)?;
    run(haystack, number, |byte| byte.is_ascii_digit() || byte.is_ascii_uppercase(), 0..=3)
}

/// NCPDP: claims of pharmacies and electronic prescriptions.
pub(crate) static NCPDP: Detector = Detector {
    id: "health.ncpdp",
    name: "NCPDP pharmacy claim or SCRIPT prescription",
    category: Category::Health,
    country: None,
    format: "Telecommunication D.0: BIN of six digits, D0, transaction B1 to B3, E1 or S1 to S3, processor \
             of ten characters, count, perhaps the pharmacy; SCRIPT: the element of a message about a \
             prescription.",
    forms: &[Form::Anchored(&CLAIM), Form::Anchored(&SCRIPT)],
    edges: Edges::Alnum,
    check: |value| {
        is_framed(value, &[&CLAIM, &SCRIPT]).then(|| Proof::whole(value, &["structure"]))
    },
    scores: Scores { bare: 70, separated: 70, keyword: 88, field: 94 },
    keywords: &["ncpdp", "ncpdp claim", "pharmacy claim", "ncpdp script"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.852,
    sources: &["NCPDP Telecommunication Standard D.0", "NCPDP SCRIPT 2017071"],
    valid: &["610066D0B1          1", "610066D0B1PCN1234567101012345", "<NewRx>", "<RxFill>"],
    invalid: &[
        ("610066C0B1          1", "another version"),
        ("61006D0B1          1", "five digits"),
        ("<Rx>", "another element"),
    ],
};

static CLAIM: Anchor = Anchor {
    literals: &["D0B1", "D0B2", "D0B3", "D0E1", "D0S1", "D0S2", "D0S3"],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        let start = literal.start.checked_sub(6)?;
        let bin = haystack.get(start..literal.start)?.iter().all(u8::is_ascii_digit);
        (bin && opens(haystack, start)).then_some(())?;
        let capitals = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
        let padded =
            |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_uppercase() || *byte == b' ';
        let count = run(haystack, literal.end, padded, 10..=10)?;
        let end = run(haystack, count, |byte| matches!(byte, b'1'..=b'4'), 1..=1)?;
        Some(start..run(haystack, end, capitals, 0..=17)?)
    },
};

static SCRIPT: Anchor = Anchor {
    literals: &["<NewRx", "<RxRenewalRequest", "<RxChangeRequest", "<CancelRx", "<RxFill"],
    letters: Letters::Exact,
    extent: |haystack, literal| match haystack.get(literal.end)? {
        b'>' => Some(literal.start..literal.end + 1),
        b' ' => Some(literal),
        _ => None,
    },
};

/// DICOM: the head of a file, and the patient's attributes as programs print them.
pub(crate) static DICOM: Detector = Detector {
    id: "health.dicom",
    name: "DICOM file or patient attribute",
    category: Category::Health,
    country: None,
    format: "DICM and the start of group 0002, as at byte 128 of a file; or name, identifier or date of \
             birth of a patient as dumps show them: (0010,0010) PN [DOE^JOHN].",
    forms: &[Form::Anchored(&FILE), Form::Anchored(&ATTRIBUTE)],
    edges: Edges::Alnum,
    check: |value| {
        is_framed(value, &[&FILE, &ATTRIBUTE]).then(|| Proof::whole(value, &["structure"]))
    },
    scores: Scores::STRONG,
    keywords: &["dicom", "dicom file", "pacs"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.333,
    sources: &["DICOM PS3.10, section 7.1", "DICOM PS3.6, patient module"],
    valid: &[
        "DICM\u{2}\0",
        "DICM\u{2}\0\0\0UL",
        "(0010,0010) PN [DOE^JOHN]",
        "(0010,0020) LO [HC-4711]",
        "(0010,0030) DA [19800101]",
    ],
    invalid: &[
        ("DICM", "group 0002 must follow"),
        ("dicm\u{2}\0", "small letters"),
        ("(0008,0016) UI [1.2.840.10008.5.1.4.1.1.2]", "no attribute of a patient"),
    ],
};

static FILE: Anchor = Anchor {
    literals: &["DICM\u{2}\0"],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        let first = behind(haystack, literal.end, b"\0\0UL");
        Some(literal.start..first.unwrap_or(literal.end))
    },
};

static ATTRIBUTE: Anchor = Anchor {
    literals: &["(0010,0010) PN [", "(0010,0020) LO [", "(0010,0030) DA ["],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        let end = run(haystack, literal.end, |byte| is_text(byte) && *byte != b']', 1..=64)?;
        Some(literal.start..behind(haystack, end, b"]")?)
    },
};

/// Returns the place behind a text that stands at `at`.
fn behind(haystack: &[u8], at: usize, text: &[u8]) -> Option<usize> {
    haystack.get(at..)?.starts_with(text).then_some(at + text.len())
}
