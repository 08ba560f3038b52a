//! Where a person lives or is: coordinates, postcodes, streets.

use std::ops::Range;

use crate::detectors::frames::{digit, opens};
use crate::detectors::{Anchor, Detector, Edges, Form, Letters, Proof, Scores, Value};
use crate::finding::Category;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&GEO, &GB, &US_ADDRESS];

/// Coordinates that tell a house from the next.
pub(crate) static GEO: Detector = Detector {
    id: "contact.geo",
    name: "Geographic coordinates",
    category: Category::Contact,
    country: None,
    format: "Latitude and longitude in decimal degrees with at least four places, or degrees, minutes, \
             seconds with N S E W.",
    forms: &[Form::Anchored(&COMMA), Form::Anchored(&DEGREE)],
    edges: Edges::Digit,
    check: geo,
    scores: Scores { bare: 60, separated: 60, keyword: 85, field: 92 },
    keywords: &[
        "gps",
        "latitude",
        "lat",
        "longitude",
        "lon",
        "lng",
        "coordinates",
        "location",
        "coordonnées",
        "koordinaten",
        "breitengrad",
        "coordenadas",
    ],
    window: (60, 40),
    pass_rate: 0.5,
    wrong_digit_rate: 0.931,
    sources: &["ISO 6709", "Cal. Civ. Code 1798.140(w): precise geolocation"],
    valid: &["48.858370, 2.294481", "-33.8567844,151.2152967", "48°51′29.6″N 2°17′40.2″E"],
    invalid: &[
        ("98.858370, 2.294481", "latitude"),
        ("48.8, 2.2", "one decimal"),
        ("0.000000, 0.000000", "nowhere"),
        ("98°51′29.6″N 2°17′40.2″E", "latitude in degrees"),
    ],
};

static COMMA: Anchor = Anchor { literals: &[","], letters: Letters::Exact, extent: decimal_span };
static DEGREE: Anchor = Anchor { literals: &["°"], letters: Letters::Exact, extent: degrees_span };

/// Decimal places of coordinates that are precise to some metres, and the most that are written.
const PLACES: std::ops::RangeInclusive<usize> = 4..=14;

fn decimal_span(haystack: &[u8], literal: Range<usize>) -> Option<Range<usize>> {
    let back = |end: usize| {
        let head = haystack.get(..end).unwrap_or_default();
        head.iter().rev().take(*PLACES.end()).take_while(|byte| digit(byte)).count()
    };
    let places = back(literal.start);
    let point = literal.start.checked_sub(places + 1).filter(|_| PLACES.contains(&places))?;
    (haystack.get(point) == Some(&b'.')).then_some(())?;
    let whole = point - back(point);
    let sign = whole.checked_sub(1).filter(|at| matches!(haystack.get(*at), Some(b'-' | b'+')));
    let tail = haystack.get(literal.end..)?;
    let blanks = tail.iter().take(3).take_while(|byte| **byte == b' ').count();
    let minus = tail.get(blanks..)?.iter().take(1).take_while(|b| matches!(b, b'-' | b'+')).count();
    let number = tail.get(blanks + minus..)?.iter().take(*PLACES.end() + 4);
    let count = number.take_while(|byte| digit(byte) || **byte == b'.').count();
    Some(sign.unwrap_or(whole)..literal.end + blanks + minus + count)
}

/// Bytes of two angles in degrees, minutes and seconds.
const LONGEST_ANGLES: usize = 60;

/// Two angles, the first of which ends in N or S and the second in E or W.
fn degrees_span(haystack: &[u8], literal: Range<usize>) -> Option<Range<usize>> {
    let head = haystack.get(..literal.start)?.iter().rev().take(3);
    let start = literal.start - head.take_while(|byte| digit(byte)).count();
    let tail = haystack.get(literal.end..)?;
    let inner = |b: &&u8| digit(b) || **b >= 0x80 || b" ,.'\"\\NS".contains(b);
    let count = tail.iter().take(LONGEST_ANGLES).take_while(inner).count();
    let east = matches!(tail.get(count), Some(b'E' | b'W'));
    (east && start < literal.start).then_some(start..literal.end + count + 1)
}

fn geo(value: &Value<'_>) -> Option<Proof> {
    let text = std::str::from_utf8(value.text).ok()?;
    let (latitude, longitude) = match text.contains('°') {
        true => angles(text)?,
        false => decimals(text)?,
    };
    let somewhere = latitude != 0.0 || longitude != 0.0;
    let holds = latitude.abs() <= 90.0 && longitude.abs() <= 180.0 && somewhere;
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// Two decimal fractions with places enough.
fn decimals(text: &str) -> Option<(f64, f64)> {
    let (latitude, longitude) = text.split_once(',')?;
    let number = |text: &str| {
        let (_, places) = text.split_once('.')?;
        let precise = PLACES.contains(&places.len()) && places.bytes().all(|b| b.is_ascii_digit());
        text.parse::<f64>().ok().filter(|_| precise)
    };
    Some((number(latitude)?, number(longitude.trim_start_matches(' '))?))
}

/// Degrees, minutes and seconds of both angles.
fn angles(text: &str) -> Option<(f64, f64)> {
    let (latitude, longitude) = text.split_once(['N', 'S'])?;
    let angle = |text: &str| {
        let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.');
        let parts: Vec<f64> = parts.filter_map(|part| part.parse().ok()).collect();
        match *parts.as_slice() {
            [degrees, minutes, seconds] if minutes < 60.0 && seconds < 60.0 => {
                Some(degrees + minutes / 60.0 + seconds / 3600.0)
            }
            _ => None,
        }
    };
    Some((angle(latitude)?, angle(longitude.strip_suffix(['E', 'W'])?)?))
}

/// Postcodes of the United Kingdom.
pub(crate) static GB: Detector = Detector {
    id: "contact.postal.gb",
    name: "United Kingdom postcode",
    category: Category::Contact,
    country: Some("GB"),
    format: "Outward code A9, A99, AA9, AA99, A9A, AA9A; inward 9AA without C I K M O V.",
    forms: &[
        Form::Layout("A{1,2}9X{0,1} 9A{2}"),
        Form::Layout("A{3} 9A{2}"),
        Form::Layout("A{1,2}9A9A{2}"),
        Form::Layout("A{1,2}9{2,3}A{2}"),
        Form::Layout("A{3}9A{2}"),
    ],
    edges: Edges::Alnum,
    check: postcode,
    scores: Scores { bare: 35, separated: 60, keyword: 80, field: 90 },
    keywords: &["uk postcode", "postcode", "post code", "address", "postal code", "zip"],
    window: (60, 40),
    pass_rate: 0.0065,
    wrong_digit_rate: 0.8,
    sources: &["Royal Mail PAF digest; BS 7666"],
    valid: &["SW1A 1AA", "GIR 0AA", "EC1A1BB", "M11AE", "GIR0AA", "M1 1AE"],
    invalid: &[("SW1A 1CA", "C in the inward code"), ("QA1 1AA", "Q first")],
};

/// The letters that Royal Mail uses at each place; GIR 0AA was a bank's.
fn postcode(value: &Value<'_>) -> Option<Proof> {
    value.capitals.then_some(())?;
    let (outward, inward) = value.text.split_at_checked(value.text.len().checked_sub(3)?)?;
    let in_inward = |byte: &u8| byte.is_ascii_uppercase() && !b"CIKMOV".contains(byte);
    let inner = matches!(inward, [b'0'..=b'9', letters @ ..] if letters.iter().all(in_inward));
    let area = |byte: u8| byte.is_ascii_uppercase() && !b"QVX".contains(&byte);
    let second = |byte: u8| byte.is_ascii_uppercase() && !b"IJZ".contains(&byte);
    let outer = match *outward {
        [a, b'0'..=b'9'] => area(a),
        [a, b'0'..=b'9', c] => area(a) && (c.is_ascii_digit() || b"ABCDEFGHJKPSTUW".contains(&c)),
        [a, b, b'0'..=b'9'] => area(a) && second(b),
        [a, b, b'0'..=b'9', c] => {
            area(a) && second(b) && (c.is_ascii_digit() || b"ABEHMNPRVWXY".contains(&c))
        }
        _ => value.text == b"GIR0AA",
    };
    (outer && inner).then(|| Proof::whole(value, &["structure"]))
}

/// Addresses of streets in the United States.
pub(crate) static US_ADDRESS: Detector = Detector {
    id: "contact.postal.us-address",
    name: "United States street address",
    category: Category::Contact,
    country: Some("US"),
    format: "House number, street name, street kind, optionally unit, city, state, ZIP or ZIP+4.",
    forms: &[Form::Anchored(&STREET)],
    edges: Edges::Alnum,
    check: address,
    scores: Scores { bare: 60, separated: 60, keyword: 80, field: 88 },
    keywords: &[
        "street address",
        "address",
        "mailing address",
        "street",
        "residence",
        "ship to",
        "bill to",
        "home address",
    ],
    window: (60, 40),
    pass_rate: 0.5,
    wrong_digit_rate: 1.0,
    sources: &["USPS Publication 28"],
    valid: &[
        "1600 Amphitheatre Pkwy, Mountain View, CA 94043",
        "221 Baker St",
        "12 N. Oak Ave. Apt 4",
    ],
    invalid: &[("Baker Street", "no house number"), ("221 baker", "no street kind")],
};

static STREET: Anchor = Anchor {
    literals: &[
        " Street",
        " St",
        " Avenue",
        " Ave",
        " Road",
        " Rd",
        " Boulevard",
        " Blvd",
        " Lane",
        " Ln",
        " Drive",
        " Dr",
        " Court",
        " Ct",
        " Place",
        " Pl",
        " Way",
        " Terrace",
        " Ter",
        " Circle",
        " Cir",
        " Parkway",
        " Pkwy",
        " Highway",
        " Hwy",
    ],
    letters: Letters::Exact,
    extent: address_span,
};

/// Words of a street's name, and bytes of the longest.
const STREET_WORDS: usize = 6;
const LONGEST_WORD: usize = 26;

fn address_span(haystack: &[u8], literal: Range<usize>) -> Option<Range<usize>> {
    let ends = haystack.get(literal.end).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let start = house_number(haystack, literal.start).filter(|_| ends)?;
    let end = literal.end + usize::from(haystack.get(literal.end) == Some(&b'.'));
    let end = unit_end(haystack, end).unwrap_or(end);
    Some(start..city_end(haystack, end).unwrap_or(end))
}

/// Returns where the house number begins, some capitalised words before `end`.
fn house_number(haystack: &[u8], end: usize) -> Option<usize> {
    let mut end = end;
    for words in 0..=STREET_WORDS {
        let head = haystack.get(..end)?.iter().rev().take(LONGEST_WORD);
        let in_word = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'\'' | b'-');
        let start = end - head.take_while(in_word).count();
        let word = haystack.get(start..end)?;
        if words > 0 && (1..=6).contains(&word.len()) && word.iter().all(digit) {
            return opens(haystack, start).then_some(start);
        }
        let named = word.first().is_some_and(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        let blank = start.checked_sub(1).filter(|at| haystack.get(*at) == Some(&b' '));
        end = blank.filter(|_| named)?;
    }
    None
}

/// Returns the end of a unit: `Apt 4`, `, Suite 200`, `# 12`.
fn unit_end(haystack: &[u8], at: usize) -> Option<usize> {
    let tail = haystack.get(at..)?;
    let comma = usize::from(tail.first() == Some(&b','));
    let tail = tail.get(comma..)?.strip_prefix(b" ")?;
    let kinds = [&b"Apt"[..], b"Unit", b"Suite", b"Ste", b"#"];
    let kind = kinds.iter().find(|kind| tail.starts_with(kind))?.len();
    let blank = usize::from(tail.get(kind) == Some(&b' '));
    let number = tail.get(kind + blank..)?.iter().take(6);
    let count = number.take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    (count > 0).then_some(at + comma + 1 + kind + blank + count)
}

/// Returns the end of `, city, ST 12345` or `12345-6789`.
fn city_end(haystack: &[u8], at: usize) -> Option<usize> {
    let tail = haystack.get(at..)?.strip_prefix(b",")?;
    let in_city = |b: &&u8| b.is_ascii_alphabetic() || b" .'-".contains(b);
    let city = tail.iter().take(LONGEST_WORD + 6).take_while(in_city).count();
    let capital = tail.iter().find(|byte| **byte != b' ').is_some_and(u8::is_ascii_uppercase);
    let state = tail.get(city..)?.strip_prefix(b",").filter(|_| capital)?;
    let blank = usize::from(state.first() == Some(&b' '));
    let [a, b, rest @ ..] = state.get(blank..)? else { return None };
    (a.is_ascii_uppercase() && b.is_ascii_uppercase()).then_some(())?;
    let comma = usize::from(rest.first() == Some(&b','));
    let zip = rest.get(comma..)?.strip_prefix(b" ")?;
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (digits(zip) == 5).then_some(())?;
    let more = zip.get(5..)?.strip_prefix(b"-").is_some_and(|more| digits(more) == 4);
    Some(at + 1 + city + 1 + blank + 2 + comma + 1 + 5 + if more { 5 } else { 0 })
}

fn address(value: &Value<'_>) -> Option<Proof> {
    let kinds = STREET.literals.iter().filter_map(|kind| {
        let at = value.text.windows(kind.len()).position(|window| window == kind.as_bytes())?;
        address_span(value.text, at..at + kind.len())
    });
    let whole = kinds.into_iter().any(|span| span == (0..value.text.len()));
    let zero = value.text.iter().all(|byte| !byte.is_ascii_digit() || *byte == b'0');
    (whole && !zero).then(|| Proof::whole(value, &["structure"]))
}
