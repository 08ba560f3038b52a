//! The table of card networks.
//!
//! Ranges of different widths lie within each other. They are cut into disjoint intervals of
//! eight-digit prefixes, each with the networks that own it, so that one binary search answers.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Deserialize;

/// `data/card_networks.toml`.
#[derive(Debug, Deserialize)]
pub struct Facts {
    network: Vec<Network>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Network {
    id: String,
    name: String,
    ranges: Vec<String>,
    lengths: Vec<u32>,
    luhn: Luhn,
    #[serde(default)]
    low_confidence: bool,
    groups: Vec<String>,
    test_numbers: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Luhn {
    Required,
    Usual,
}

/// A range of prefixes of one width, also as eight digits, both ends included.
#[derive(Debug, Clone, Copy)]
struct Range {
    width: u32,
    low: u32,
    high: u32,
    network: usize,
}

impl Range {
    /// Returns the least eight-digit prefix.
    fn first(&self) -> u32 {
        self.low * 10u32.pow(WIDEST - self.width)
    }

    /// Returns the eight-digit prefix behind the greatest one.
    fn end(&self) -> u32 {
        (self.high + 1) * 10u32.pow(WIDEST - self.width)
    }
}

/// Eight-digit prefixes from `first` to `last` with their networks, longest prefix first.
#[derive(Debug, PartialEq)]
struct Interval {
    first: u32,
    last: u32,
    networks: Vec<usize>,
}

/// Returns the table's text.
///
/// # Errors
///
/// Names the network with a malformed range or print group.
pub fn table(facts: &Facts) -> Result<String, String> {
    let mut ranges = Vec::new();
    for (number, network) in facts.network.iter().enumerate() {
        for text in &network.ranges {
            let range = range(text, number);
            ranges.push(range.ok_or(format!("{}: malformed range {text:?}", network.id))?);
        }
    }
    let mut text = String::from("use super::{Luhn, Network, Prefixes};\n\n");
    for network in &facts.network {
        text.push_str(&row(network)?);
    }
    text.push_str("\npub(crate) static PREFIXES: &[Prefixes] = &[\n");
    for Interval { first, last, networks } in intervals(&ranges, &facts.network) {
        let names: String =
            networks.iter().map(|&n| format!("&{},", constant(&facts.network[n]))).collect();
        let _ = writeln!(
            text,
            "    Prefixes {{ first: {first}, last: {last}, networks: &[{names}] }},"
        );
    }
    text.push_str("];\n");
    push_oracle(&mut text, facts, &ranges);
    Ok(text)
}

/// Appends what the library's tests compare the intervals with: the rows and ranges as given.
fn push_oracle(text: &mut String, facts: &Facts, ranges: &[Range]) {
    text.push_str("\n#[cfg(test)]\npub(crate) static NETWORKS: &[&Network] = &[");
    for network in &facts.network {
        let _ = write!(text, "&{},", constant(network));
    }
    text.push_str(
        "];\n\n/// Width, low, high and network of every range as the source gives it.\n",
    );
    text.push_str("#[cfg(test)]\npub(crate) static RANGES: &[(usize, u32, u32, &Network)] = &[\n");
    for Range { width, low, high, network } in ranges {
        let _ = writeln!(
            text,
            "    ({width}, {low}, {high}, &{}),",
            constant(&facts.network[*network])
        );
    }
    text.push_str("];\n");
}

fn range(text: &str, network: usize) -> Option<Range> {
    let (low, high) = text.split_once('-').unwrap_or((text, text));
    let width = u32::try_from(low.len()).ok()?;
    let digits = low.bytes().chain(high.bytes()).all(|byte| byte.is_ascii_digit());
    let fits = low.len() == high.len() && (1..=WIDEST).contains(&width) && low <= high;
    (digits && fits).then_some(())?;
    Some(Range { width, low: low.parse().ok()?, high: high.parse().ok()?, network })
}

/// Cuts the ranges into disjoint intervals, in rising order.
///
/// Of the networks of an interval the one with the longest prefix comes first, among equals the one
/// that stands first in the data. One whose every length belongs to those before it is left out.
fn intervals(ranges: &[Range], networks: &[Network]) -> Vec<Interval> {
    let cuts: BTreeSet<u32> =
        ranges.iter().flat_map(|range| [range.first(), range.end()]).collect();
    let mut intervals: Vec<Interval> = Vec::new();
    for (&first, &end) in cuts.iter().zip(cuts.iter().skip(1)) {
        let mut owners: Vec<&Range> =
            ranges.iter().filter(|range| range.first() <= first && first < range.end()).collect();
        owners.sort_by_key(|range| (WIDEST - range.width, range.network));
        let owners = reachable(&owners, networks);
        match intervals.last_mut() {
            _ if owners.is_empty() => {}
            Some(last) if last.last + 1 == first && last.networks == owners => last.last = end - 1,
            _ => intervals.push(Interval { first, last: end - 1, networks: owners }),
        }
    }
    intervals
}

fn reachable(owners: &[&Range], networks: &[Network]) -> Vec<usize> {
    let mut taken: BTreeSet<u32> = BTreeSet::new();
    let mut reachable = Vec::new();
    for owner in owners {
        let lengths = &networks[owner.network].lengths;
        if lengths.iter().any(|length| !taken.contains(length)) {
            reachable.push(owner.network);
        }
        taken.extend(lengths);
    }
    reachable
}

fn row(network: &Network) -> Result<String, String> {
    let Network { id, name, luhn, low_confidence, test_numbers, .. } = network;
    let mut groups = String::new();
    for text in &network.groups {
        let sizes: Result<Vec<u8>, _> = text.split('-').map(str::parse).collect();
        let sizes = sizes.map_err(|error| format!("{id}: malformed group {text:?}: {error}"))?;
        let _ = write!(groups, "&{sizes:?},");
    }
    let lengths: Vec<String> =
        network.lengths.iter().map(|length| format!("1 << {length}")).collect();
    Ok(format!(
        "/// {name}.\npub(crate) static {}: Network = Network {{ id: {id:?}, lengths: {}, \
         luhn: Luhn::{luhn:?}, low_confidence: {low_confidence}, groups: &[{groups}], \
         test_numbers: &{test_numbers:?} }};\n",
        constant(network),
        lengths.join(" | "),
    ))
}

fn constant(network: &Network) -> String {
    network.id.to_uppercase().replace('-', "_")
}

/// Digits of the longest prefix that networks publish.
const WIDEST: u32 = 8;

#[cfg(test)]
mod tests {
    use super::*;

    fn network(lengths: &[u32]) -> Network {
        Network {
            id: "x".to_owned(),
            name: "X".to_owned(),
            ranges: Vec::new(),
            lengths: lengths.to_vec(),
            luhn: Luhn::Required,
            low_confidence: false,
            groups: Vec::new(),
            test_numbers: Vec::new(),
        }
    }

    #[test]
    fn a_range_within_a_range_comes_first() {
        let networks = [network(&[16, 19]), network(&[16])];
        let ranges = [range("4", 0).unwrap(), range("451416", 1).unwrap()];
        let expected = [
            Interval { first: 40_000_000, last: 45_141_599, networks: vec![0] },
            Interval { first: 45_141_600, last: 45_141_699, networks: vec![1, 0] },
            Interval { first: 45_141_700, last: 49_999_999, networks: vec![0] },
        ];
        assert_eq!(intervals(&ranges, &networks), expected);
    }

    #[test]
    fn among_equals_the_first_row_wins_and_hides_the_second() {
        let networks = [network(&[12, 16]), network(&[16])];
        let ranges = [range("6304", 0).unwrap(), range("6304", 1).unwrap()];
        let expected = [Interval { first: 63_040_000, last: 63_049_999, networks: vec![0] }];
        assert_eq!(intervals(&ranges, &networks), expected);
    }

    #[test]
    fn malformed_ranges_are_refused() {
        for malformed in ["", "4-", "40-5", "5-4", "4x", "123456789", "+4"] {
            assert!(range(malformed, 0).is_none(), "{malformed}");
        }
    }
}
