//! Addresses of networks and their devices.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use crate::detectors::frames::{Part, end_of, hex, opens};
use crate::detectors::{Anchor, Detector, Edges, Form, Letters, Proof, Scores, Value};
use crate::finding::Category;

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] = &[&V4, &V6, &MAC];

/// Addresses of the internet's first protocol that are routed, and those kept for documentation.
pub(crate) static V4: Detector = Detector {
    id: "contact.ip.v4",
    name: "IPv4 address",
    category: Category::Contact,
    country: None,
    format: "Four numbers 0-255 with dots.",
    forms: &[Form::Verbatim("9{1,3}.9{1,3}.9{1,3}.9{1,3}")],
    edges: Edges::Alnum,
    check: v4,
    scores: Scores::MEDIUM,
    keywords: &["ip", "ip address", "remote addr", "client ip", "x-forwarded-for", "ipv4"],
    window: (60, 40),
    pass_rate: 0.019,
    wrong_digit_rate: 0.714,
    sources: &["RFC 791", "RFC 6890", "RFC 5737", "CJEU C-582/14 (Breyer)"],
    valid: &["203.0.113.7", "192.0.2.255", "198.51.100.14"],
    invalid: &[
        ("256.1.1.1", "256"),
        ("1.2.3", "three numbers"),
        ("192.168.1.1", "private"),
        ("203.0.113.07", "a leading zero"),
    ],
};

/// Routed anywhere, or documentation's, which is marked as a test.
fn v4(value: &Value<'_>) -> Option<Proof> {
    let address: Ipv4Addr = std::str::from_utf8(value.text).ok()?.parse().ok()?;
    let [first, second, ..] = address.octets();
    let local = first == 0
        || first >= 224
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || first == 100 && (64..128).contains(&second);
    let documentation = address.is_documentation();
    (!local).then(|| Proof::whole(value, &["structure"]).marked_test(documentation))
}

/// Addresses of the internet's second protocol.
pub(crate) static V6: Detector = Detector {
    id: "contact.ip.v6",
    name: "IPv6 address",
    category: Category::Contact,
    country: None,
    format: "Eight groups of hexadecimal digits with colons, one run of zeros as ::.",
    forms: &[Form::Anchored(&COLON)],
    edges: Edges::Alnum,
    check: v6,
    scores: Scores::MEDIUM,
    keywords: &["ipv6", "ipv6 address", "ip address", "client ip", "ip"],
    window: (60, 40),
    pass_rate: 1e-3,
    wrong_digit_rate: 0.957,
    sources: &["RFC 4291", "RFC 5952", "RFC 3849"],
    valid: &["2001:db8::8a2e:370:7334", "2001:0db8:85a3:0000:0000:8a2e:0370:7334"],
    invalid: &[
        ("2001:db8:1", "three groups"),
        ("12:30", "a time"),
        ("fe80::1ff:fe23:4567:890a", "local to a link"),
        ("a::b", "two groups"),
    ],
};

static COLON: Anchor = Anchor { literals: &[":"], letters: Letters::Exact, extent: v6_span };

/// Characters of the longest address.
const LONGEST_V6: usize = 39;

/// The run of hexadecimal digits and colons whose first colon is the literal.
fn v6_span(haystack: &[u8], literal: Range<usize>) -> Option<Range<usize>> {
    let head = haystack.get(..literal.start)?.iter().rev().take(5);
    let start = literal.start - head.take_while(|byte| hex(byte)).count();
    let is_first = haystack.get(..start)?.last() != Some(&b':');
    (is_first && opens(haystack, start)).then_some(())?;
    let tail = haystack.get(start..)?.iter().take(LONGEST_V6 + 1);
    let end = start + tail.take_while(|byte| hex(byte) || **byte == b':').count();
    let text = haystack.get(start..end)?;
    let colon = text.ends_with(b":") && !text.ends_with(b"::");
    Some(start..end - usize::from(colon))
}

/// Groups of the shortest address that is no name in a program (`a::b`).
const LEAST_GROUPS: usize = 3;

fn v6(value: &Value<'_>) -> Option<Proof> {
    let address: Ipv6Addr = std::str::from_utf8(value.text).ok()?.parse().ok()?;
    let groups = value.text.split(|byte| *byte == b':').filter(|group| !group.is_empty()).count();
    let [first, second, ..] = address.segments();
    // Global unicast, RFC 4291 section 2.4: local, mapped and multicast addresses begin otherwise.
    let global = first >> 13 == 1;
    let documentation = first == 0x2001 && second == 0xdb8 || first == 0x3fff && second < 0x1000;
    let holds = global && groups >= LEAST_GROUPS;
    holds.then(|| Proof::whole(value, &["structure"]).marked_test(documentation))
}

/// Addresses that devices carry from the factory.
pub(crate) static MAC: Detector = Detector {
    id: "contact.device.mac",
    name: "MAC address",
    category: Category::Contact,
    country: None,
    format: "Six bytes in hexadecimal with : or -; Cisco form with dots.",
    forms: &[Form::Anchored(&MAC_MARK)],
    edges: Edges::Alnum,
    check: mac,
    scores: Scores::MEDIUM,
    keywords: &["mac address", "mac", "ethernet", "wifi", "bssid", "bluetooth"],
    window: (60, 40),
    pass_rate: 0.012,
    wrong_digit_rate: 0.903,
    sources: &["IEEE 802-2014", "RFC 7042: documentation range 00-53"],
    valid: &["D0-50-99-84-A2-A0", "00:53:ab:cd:ef:01", "d050.9984.a2a0"],
    invalid: &[
        ("D0-50:99-84-A2-A0", "mixed separators"),
        ("D0-50-99-84-A2", "five bytes"),
        ("D2-50-99-84-A2-A0", "locally administered: often random"),
        ("00:00:00:00:00:00", "zeros"),
    ],
};

static MAC_MARK: Anchor =
    Anchor { literals: &[":", "-", "."], letters: Letters::Exact, extent: mac_span };

/// Six pairs with one mark or three fours with dots, of which the literal is the first mark.
fn mac_span(haystack: &[u8], literal: Range<usize>) -> Option<Range<usize>> {
    let mark = *haystack.get(literal.start)?;
    let (width, groups) = if mark == b'.' { (4, 3) } else { (2, 6) };
    let start = literal.start.checked_sub(width)?;
    let head = haystack.get(start..literal.start)?.iter().all(hex);
    let before = start.checked_sub(1).and_then(|before| haystack.get(before));
    (head && before != Some(&mark) && opens(haystack, start)).then_some(())?;
    let end = (1..groups).try_fold(literal.start, |at, _| {
        let marked = haystack.get(at) == Some(&mark);
        end_of(&[Part::Run(hex, width, width)], haystack, at + 1).filter(|_| marked)
    })?;
    (haystack.get(end) != Some(&mark)).then_some(start..end)
}

/// Universally administered, of one device, and not all zeros.
fn mac(value: &Value<'_>) -> Option<Proof> {
    let marks = value.text.iter().filter(|byte| !byte.is_ascii_hexdigit());
    let marks: Vec<&u8> = marks.collect();
    let mut same = marks.iter().all(|mark| Some(mark) == marks.first());
    let digits: Vec<u8> = value.text.iter().filter(|byte| hex(byte)).copied().collect();
    same &= digits.len() == 12 && matches!(marks.as_slice(), [b'.', _] | [b':' | b'-', _, _, _, _]);
    let first = std::str::from_utf8(digits.get(..2)?).ok()?;
    let first = u8::from_str_radix(first, 16).ok()?;
    let zeros = digits.iter().all(|digit| *digit == b'0');
    let documentation = digits.starts_with(b"0053") || digits.starts_with(b"00005E0053");
    let holds = same && first & 0b11 == 0 && !zeros;
    holds.then(|| Proof::whole(value, &["structure"]).marked_test(documentation))
}
