//! The table of ISO 3166 codes.

use serde::Deserialize;

/// `data/countries.toml`.
#[derive(Debug, Deserialize)]
pub struct Facts {
    codes: Vec<String>,
}

/// Returns the table's text, codes in rising order so that it can be searched.
pub fn table(facts: &Facts) -> String {
    let mut codes: Vec<&str> = facts.codes.iter().map(String::as_str).collect();
    codes.sort_unstable();
    codes.dedup();
    format!("pub(crate) static CODES: &[&str] = &{codes:?};\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_rise_and_stand_once() {
        let facts = Facts { codes: ["XK", "DE", "AD", "DE"].map(str::to_owned).to_vec() };
        assert!(table(&facts).contains(r#"["AD", "DE", "XK"]"#));
    }
}
