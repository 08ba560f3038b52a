//! The table of IBAN countries.

use std::fmt::Write as _;

use serde::Deserialize;

/// `data/iban_countries.toml`.
#[derive(Debug, Deserialize)]
pub struct Facts {
    country: Vec<Country>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Country {
    code: String,
    name: String,
    length: usize,
    bban: String,
    example: String,
    #[serde(default = "yes")]
    registered: bool,
    #[serde(default = "yes")]
    strict: bool,
    #[serde(default)]
    national: Vec<National>,
}

/// A country's own check, as the head of the data file explains the kinds.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
enum National {
    Weighted {
        at: (usize, usize),
        weights: Vec<u32>,
        modulus: u32,
    },
    ControlDigit {
        at: (usize, usize),
        weights: Vec<u32>,
        digit: usize,
    },
    #[serde(rename = "mod97-10")]
    Mod97,
    #[serde(rename = "mod11-10")]
    Mod11 {
        at: (usize, usize),
    },
    Multiple97,
    Remainder97,
    Luhn,
    RibKey,
    Cin,
}

fn yes() -> bool {
    true
}

/// Returns the table's text, countries in rising order of their codes.
///
/// # Errors
///
/// Names the country whose structure is malformed or does not add up to its length.
pub fn table(facts: &Facts) -> Result<String, String> {
    let mut countries: Vec<&Country> = facts.country.iter().collect();
    countries.sort_unstable_by_key(|country| &country.code);
    let mut text = String::from(
        "use super::{Characters::*, IbanCountry, National, Piece};\n\n\
         pub(crate) static COUNTRIES: &[IbanCountry] = &[\n",
    );
    for country in &countries {
        text.push_str(&row(country)?);
    }
    text.push_str("];\n\n#[cfg(test)]\npub(crate) static EXAMPLES: &[&str] = &[\n");
    for country in &countries {
        let _ = writeln!(text, "    {:?},", country.example);
    }
    text.push_str("];\n");
    Ok(text)
}

fn row(country: &Country) -> Result<String, String> {
    let Country { code, name, length, registered, .. } = country;
    let pieces = pieces(&country.bban).ok_or(format!("{code}: malformed {:?}", country.bban))?;
    if pieces.iter().map(|(count, _)| count).sum::<usize>() + 4 != *length {
        return Err(format!("{code}: {:?} does not add up to {length}", country.bban));
    }
    if !country.example.starts_with(code.as_str()) || country.example.len() != *length {
        return Err(format!("{code}: {:?} is no example", country.example));
    }
    let bban: String =
        pieces.iter().map(|(count, characters)| format!("Piece({count}, {characters}),")).collect();
    let checks = country.national.iter().filter(|_| country.strict);
    let national: String = checks.map(|check| format!("{},", expression(check))).collect();
    Ok(format!(
        "    // {name}\n    IbanCountry {{ code: {code:?}, length: {length}, bban: &[{bban}], \
         registered: {registered}, national: &[{national}] }},\n"
    ))
}

/// Parses the registry's notation, such as `4!a6!n8!n`; neighbours of one class become one piece.
fn pieces(bban: &str) -> Option<Vec<(usize, &'static str)>> {
    let mut pieces: Vec<(usize, &str)> = Vec::new();
    let mut rest = bban;
    while let Some((count, tail)) = rest.split_once('!') {
        let characters = match tail.as_bytes().first()? {
            b'n' => "Digits",
            b'a' => "Capitals",
            b'c' => "Either",
            _ => return None,
        };
        let count: usize = count.parse().ok()?;
        match pieces.last_mut() {
            Some((before, same)) if *same == characters => *before += count,
            _ => pieces.push((count, characters)),
        }
        rest = tail.get(1..)?;
    }
    rest.is_empty().then_some(pieces)
}

fn expression(check: &National) -> String {
    match check {
        National::Weighted { at: (start, end), weights, modulus } => format!(
            "National::Weighted {{ at: {start}..{end}, weights: &{weights:?}, modulus: {modulus} }}"
        ),
        National::ControlDigit { at: (start, end), weights, digit } => format!(
            "National::ControlDigit {{ at: {start}..{end}, weights: &{weights:?}, digit: {digit} }}"
        ),
        National::Mod97 => "National::Mod97".to_owned(),
        National::Mod11 { at: (start, end) } => format!("National::Mod11 {{ at: {start}..{end} }}"),
        National::Multiple97 => "National::Multiple97".to_owned(),
        National::Remainder97 => "National::Remainder97".to_owned(),
        National::Luhn => "National::Luhn".to_owned(),
        National::RibKey => "National::RibKey".to_owned(),
        National::Cin => "National::Cin".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_notation_is_read_whole_or_not_at_all() {
        assert_eq!(pieces("4!a6!n8!n"), Some(vec![(4, "Capitals"), (14, "Digits")]));
        assert_eq!(pieces("12!c"), Some(vec![(12, "Either")]));
        for malformed in ["4!x", "4!a6", "!n", "4a"] {
            assert_eq!(pieces(malformed), None, "{malformed}");
        }
    }

    #[test]
    fn a_length_that_does_not_add_up_is_refused() {
        let text = "[[country]]\ncode = \"NO\"\nname = \"Norway\"\nlength = 16\n\
                    bban = \"4!n6!n1!n\"\nexample = \"NO9386011117947\"\n";
        let facts: Facts = toml::from_str(text).unwrap();
        assert!(table(&facts).unwrap_err().contains("does not add up to 16"));
    }
}
