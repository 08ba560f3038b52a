//! How a person is reached and told from others: mail addresses, dates of birth, names.

use std::ops::Range;

use crate::detectors::{Anchor, Detector, Edges, Form, Letters, Named, Proof, Scores, Value};
use crate::engine::is_escape;
use crate::finding::Category;
use crate::validators::{date, digits};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&EMAIL, &DOB, &NAME];

/// Addresses of electronic mail.
///
/// Marks that RFC 5322 allows in a local part and nobody uses there (`=`, `&`, `/`, `?`) end one here: they
/// part fields of forms and addresses of pages. Top-level domains are not looked up.
pub(crate) static EMAIL: Detector = Detector {
    id: "contact.email",
    name: "Electronic mail address",
    category: Category::Contact,
    country: None,
    format: "local@domain: local part of 1 to 64 letters, digits and . _ % + - ', domain labels of 1 to 63 \
             with letters, digits, hyphens, the last one of letters.",
    forms: &[Form::Anchored(&AT_SIGN)],
    edges: Edges::Alnum,
    check: email,
    scores: Scores::STRONG,
    keywords: &["email", "e-mail", "mail", "email address", "courriel", "correo"],
    window: (60, 40),
    pass_rate: 0.5,
    wrong_digit_rate: 0.0,
    sources: &["RFC 5321 section 4.1.2", "RFC 5322", "RFC 2606"],
    valid: &["jane.doe@example.com", "j+tag@mail.example.co.uk"],
    invalid: &[
        ("jane.doe@example", "no top-level domain"),
        (".jane@example.com", "dot first"),
        ("jane..doe@example.com", "two dots"),
        ("icon@2x.png", "a file"),
    ],
};

static AT_SIGN: Anchor = Anchor { literals: &["@"], letters: Letters::Exact, extent: email_span };

/// Characters of the longest local part, of the longest domain that is read, and of the longest last label.
const LOCAL: usize = 64;
const DOMAIN: usize = 190;
const TOP: Range<usize> = 2..25;

fn in_local(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._%+-'".contains(byte)
}

fn in_domain(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
}

fn email_span(haystack: &[u8], literal: Range<usize>) -> Option<Range<usize>> {
    let head = haystack.get(..literal.start)?.iter().rev().take(LOCAL);
    let start = literal.start - head.take_while(|byte| in_local(byte)).count();
    let start = if is_escape(haystack, start + 1) { start + 1 } else { start };
    let quoted = usize::from(haystack.get(start) == Some(&b'\''));
    let tail = haystack.get(literal.end..)?.iter().take(DOMAIN);
    let end = literal.end + tail.take_while(|byte| in_domain(byte)).count();
    let domain = haystack.get(literal.end..end)?;
    let marks = domain.iter().rev().take_while(|byte| !byte.is_ascii_alphanumeric()).count();
    let start = start + quoted;
    let is_login = in_address(haystack.get(..start)?);
    (start < literal.start && marks < domain.len() && !is_login).then_some(start..end - marks)
}

/// Whether a text ends where an address has its user or password: behind `//`, or `//user:`.
fn in_address(head: &[u8]) -> bool {
    let user = head.strip_suffix(b":").map(|head| {
        let name = head.iter().rev().take(LOCAL).take_while(|byte| in_local(byte)).count();
        head.get(..head.len() - name).unwrap_or_default()
    });
    user.unwrap_or(head).ends_with(b"//")
}

/// Endings of files, which stand behind an `@` in names such as `icon@2x.png`.
const FILES: [&[u8]; 12] = [
    b"png", b"jpg", b"jpeg", b"gif", b"svg", b"webp", b"js", b"ts", b"css", b"html", b"json", b"py",
];
/// Domains of nobody, RFC 2606 and RFC 6761.
const RESERVED: [&[u8]; 6] =
    [b"example.com", b"example.org", b"example.net", b".test", b".invalid", b".example"];
/// Local parts that belong to a role and not to a person, RFC 2142 among them.
const ROLES: [&[u8]; 14] = [
    b"info",
    b"noreply",
    b"no-reply",
    b"donotreply",
    b"support",
    b"sales",
    b"contact",
    b"admin",
    b"postmaster",
    b"webmaster",
    b"abuse",
    b"security",
    b"hostmaster",
    b"git",
];
/// Points taken from the score of a role's address.
const ROLE: i8 = -40;

fn email(value: &Value<'_>) -> Option<Proof> {
    let small = value.text.to_ascii_lowercase();
    let at = small.iter().position(|byte| *byte == b'@')?;
    let (local, domain) = (small.get(..at)?, small.get(at + 1..)?);
    let dots = |text: &[u8]| text.windows(2).any(|pair| pair == b"..");
    let local_holds = (1..=LOCAL).contains(&local.len())
        && local.iter().all(in_local)
        && local.first() != Some(&b'.')
        && local.last() != Some(&b'.')
        && !dots(local)
        && local.iter().any(u8::is_ascii_alphanumeric);
    let labels: Vec<&[u8]> = domain.split(|byte| *byte == b'.').collect();
    let is_label = |label: &&[u8]| {
        let inner = label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        let edges = label.first() != Some(&b'-') && label.last() != Some(&b'-');
        (1..=63).contains(&label.len()) && inner && edges
    };
    let top = labels.last()?;
    let named = TOP.contains(&top.len()) && top.iter().all(u8::is_ascii_alphabetic);
    let holds = local_holds && labels.len() > 1 && labels.iter().all(is_label) && named;
    (holds && !FILES.contains(top)).then_some(())?;
    let role = if ROLES.contains(&local) { ROLE } else { 0 };
    let reserved = RESERVED.iter().any(|end| domain.ends_with(end));
    Some(Proof::whole(value, &["structure"]).adjusted(role).marked_test(reserved))
}

/// Dates beside a word for birth.
pub(crate) static DOB: Detector = Detector {
    id: "contact.dob",
    name: "Date of birth",
    category: Category::Contact,
    country: None,
    format: "A date beside its name: DD/MM/YYYY, MM/DD/YYYY, YYYY-MM-DD, DD.MM.YYYY, with English month \
             names; two-digit years.",
    forms: &[
        Form::Verbatim("9{4}~9{1,2}~9{1,2}"),
        Form::Verbatim("9{1,2}~9{1,2}~9{4}"),
        Form::Verbatim("9{1,2}~9{1,2}~9{2}"),
        Form::Verbatim("9{1,2} A{3,9} 9{4}"),
        Form::Verbatim("9{1,2} A{3,9}, 9{4}"),
        Form::Verbatim("9{1,2}A{2} A{3,9} 9{4}"),
        Form::Verbatim("9{1,2}A{2} A{3,9}, 9{4}"),
        Form::Verbatim("A{3,9} 9{1,2}, 9{4}"),
        Form::Verbatim("A{3,9} 9{1,2} 9{4}"),
        Form::Verbatim("A{3,9} 9{1,2}A{2}, 9{4}"),
        Form::Verbatim("A{3,9} 9{1,2}A{2} 9{4}"),
    ],
    edges: Edges::Digit,
    check: dob,
    scores: Scores { bare: 0, separated: 0, keyword: 72, field: 86 },
    keywords: &[
        "date of birth",
        "dob",
        "d.o.b.",
        "birth date",
        "birthdate",
        "born",
        "birthday",
        "date de naissance",
        "né le",
        "née le",
        "ddn",
        "geburtsdatum",
        "geb.",
        "geboren am",
        "geb. am",
        "fecha de nacimiento",
        "nacido el",
        "nacida el",
        "f. nac.",
        "data di nascita",
        "nato il",
        "nata il",
        "data de nascimento",
        "nascido em",
        "nascida em",
        "geboortedatum",
        "geboren op",
        "data urodzenia",
        "födelsedatum",
        "fødselsdato",
        "syntymäaika",
        "datum narození",
        "data nașterii",
        "doğum tarihi",
        "дата рождения",
        "дата народження",
        "ημερομηνία γέννησης",
        "تاريخ الميلاد",
        "תאריך לידה",
        "出生日期",
        "生日",
        "生年月日",
        "생년월일",
    ],
    window: (24, 0),
    pass_rate: 0.03,
    wrong_digit_rate: 0.558,
    sources: &["45 CFR 164.514(b)(2)(i)(C): dates"],
    valid: &[
        "12/08/1964",
        "1964-08-12",
        "12.08.64",
        "12 August 1964",
        "12th August 1964",
        "August 12, 1964",
        "Aug 12th, 1964",
    ],
    invalid: &[
        ("32/08/1964", "day 32"),
        ("1964-13-12", "month 13"),
        ("12 Augustus9 1964", "no month"),
        ("12_08_1964", "a name of a file"),
    ],
};

/// Years in which somebody alive may be born.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2099;
const MONTHS: [&[u8]; 12] = [
    b"january",
    b"february",
    b"march",
    b"april",
    b"may",
    b"june",
    b"july",
    b"august",
    b"september",
    b"october",
    b"november",
    b"december",
];

/// A day that exists, read day first or month first where both may be.
fn dob(value: &Value<'_>) -> Option<Proof> {
    (value.text.len() <= 24 && !value.text.contains(&b'_')).then_some(())?;
    let parts = value.text.split(|byte| !byte.is_ascii_alphanumeric());
    let parts: Vec<&[u8]> = parts.filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let holds = match (first.len(), month(first), month(second)) {
        (4, None, None) => day(first, digits::number(second)?, third),
        (_, None, None) => {
            let (one, two) = (digits::number(first)?, digits::number(second)?);
            day(third, two, first) || day(third, one, second)
        }
        (_, None, Some(month)) => day(third, month, first),
        (_, Some(month), _) => day(third, month, second),
    };
    holds.then(|| Proof::whole(value, &["date"]))
}

/// Returns the number of the month that a word names, whole or by its first letters.
fn month(word: &[u8]) -> Option<u32> {
    let small = word.to_ascii_lowercase();
    let named = |name: &&[u8]| small.len() >= 3 && name.starts_with(&small) || small == b"sept";
    let at = MONTHS.iter().position(named)?;
    if small == b"sept" { Some(9) } else { u32::try_from(at + 1).ok() }
}

/// Returns whether a day, its ordinal's letters left out, exists in a month of a year of two or four digits.
fn day(year: &[u8], month: u32, day: &[u8]) -> bool {
    let ordinal = [&b"st"[..], b"nd", b"rd", b"th"].iter().find_map(|end| day.strip_suffix(*end));
    let day = digits::number(ordinal.unwrap_or(day));
    match (digits::number(year), day, year.len()) {
        (Some(year), Some(day), 4) => YEARS.contains(&year) && date::is_date(year, month, day),
        (Some(year), Some(day), 2) => date::is_short_date(year, month, day),
        _ => false,
    }
}

/// Names of persons beside a word for one.
pub(crate) static NAME: Detector = Detector {
    id: "contact.name",
    name: "Name of a person beside its label",
    category: Category::Contact,
    country: None,
    format: "Two to four capitalised words after a label; names themselves are not listed.",
    forms: &[Form::Named(&PERSON)],
    edges: Edges::Alnum,
    check: name,
    scores: Scores::NAMED,
    keywords: &[
        "patient name",
        "full name",
        "customer name",
        "cardholder",
        "cardholder name",
        "account holder",
        "account holder name",
        "surname",
        "first name",
        "last name",
        "applicant",
        "applicant name",
        "employee name",
        "name of insured",
        "next of kin",
        "nom et prénom",
        "nom du patient",
        "titulaire",
        "nom de naissance",
        "vor- und nachname",
        "name des patienten",
        "kontoinhaber",
        "karteninhaber",
        "nachname",
        "vorname",
        "nombre y apellidos",
        "nombre completo",
        "titular",
        "nombre del paciente",
        "nome e cognome",
        "intestatario",
        "nome del paziente",
        "nome completo",
        "nome do paciente",
        "nome do utente",
        "voor- en achternaam",
        "naam patiënt",
        "rekeninghouder",
    ],
    window: (48, 0),
    pass_rate: 0.5,
    wrong_digit_rate: 0.0,
    sources: &["45 CFR 164.514(b)(2)(i)(A): names"],
    valid: &["Erika Mustermann", "Jan van der Berg", "Jane Q. Doe"],
    invalid: &[("erika mustermann", "small letters"), ("Erika", "one word")],
};

static PERSON: Named = Named { extent: |text, _| name_len(text) };

/// Particles between the words of a name.
const PARTICLES: [&[u8]; 14] = [
    b"van", b"von", b"de", b"da", b"del", b"della", b"der", b"den", b"di", b"du", b"la", b"le",
    b"bin", b"al",
];
/// Capitalised words of the longest name.
const MOST_WORDS: usize = 4;
/// Bytes of the longest word.
const LONGEST_WORD: usize = 31;

/// Capitalised words with one blank between them and particles among them, from the first to the last
/// capitalised one.
fn name_len(text: &[u8]) -> Option<usize> {
    let (mut at, mut end, mut words) = (0, 0, 0);
    while words < MOST_WORDS {
        let tail = text.get(at..)?.iter().take(LONGEST_WORD);
        let len = tail
            .take_while(|b| b.is_ascii_alphabetic() || matches!(b, b'\'' | b'-' | 0x80..))
            .count();
        let word = text.get(at..at + len)?;
        let initial = usize::from(len == 1 && text.get(at + len) == Some(&b'.'));
        let capitalised =
            word.first().is_some_and(|first| first.is_ascii_uppercase() || *first >= 0x80);
        match (capitalised, words > 0 && PARTICLES.contains(&word)) {
            (true, _) => (end, words) = (at + len + initial, words + 1),
            (false, true) => {}
            (false, false) => break,
        }
        at += len + initial;
        if text.get(at) != Some(&b' ') {
            break;
        }
        at += 1;
    }
    (words >= 2).then_some(end)
}

fn name(value: &Value<'_>) -> Option<Proof> {
    let whole = name_len(value.text) == Some(value.text.len());
    let letters = value.text.iter().any(u8::is_ascii_alphabetic);
    (whole && letters).then(|| Proof::whole(value, &["structure"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_by_name() {
        let named = |text: &str| month(text.as_bytes());
        assert_eq!((named("Jan"), named("Sept"), named("DECEMBER")), (Some(1), Some(9), Some(12)));
        assert_eq!((named("Ja"), named("Julyx"), named("")), (None, None, None));
    }

    #[test]
    fn a_login_is_no_address_of_a_person() {
        let span = |text: &str| {
            let at = text.find('@').unwrap();
            email_span(text.as_bytes(), at..at + 1).map(|span| text[span].to_owned())
        };
        for login in ["https://jane:opensesame@example.com", "ssh://git@example.com"] {
            assert_eq!(span(login), None, "{login}");
        }
        for mail in ["mailto:jane@example.com", "see //x jane@example.com"] {
            assert_eq!(span(mail).as_deref(), Some("jane@example.com"), "{mail}");
        }
    }

    #[test]
    fn names_end_with_their_last_capitalised_word() {
        assert_eq!(name_len(b"Jan van der Berg and so on"), Some(16));
        assert_eq!(name_len(b"Jan van"), None);
    }
}
