//! Scanners as the measurements need them, run over many payloads.

use std::collections::BTreeMap;
use std::ops::Range;

use portcullis::catalogue::Definition;
use portcullis::finding::Evidence;
use portcullis::{Category, Confidence, Finding, Limits, Scanner};
use rayon::prelude::*;

/// Returns a scanner of every definition.
///
/// # Errors
///
/// What building it says.
pub fn everything(least: Confidence) -> Result<Scanner, String> {
    let mut builder = Scanner::builder();
    builder.categories(Category::ALL.iter().copied()).min_confidence(least).limits(limits());
    builder.build().map_err(|error| error.to_string())
}

/// Returns a scanner of one definition, down to low confidence.
///
/// # Errors
///
/// What building it says.
pub fn only(id: &str) -> Result<Scanner, String> {
    let mut builder = Scanner::builder();
    builder.detectors([id]).min_confidence(Confidence::Low).limits(limits());
    builder.build().map_err(|error| error.to_string())
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.findings = usize::MAX;
    limits
}

/// Returns what a scanner finds in a payload.
///
/// # Errors
///
/// What the scan says.
pub fn findings(scanner: &Scanner, payload: &[u8]) -> Result<Vec<Finding>, String> {
    let report = scanner.scan(payload).map_err(|error| error.to_string())?;
    Ok(report.findings().to_vec())
}

/// Applies `work` to every item on all cores; the results are in the items' order.
///
/// # Errors
///
/// The first error that `work` returns.
pub fn over<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<R, String> + Sync + Send,
) -> Result<Vec<R>, String> {
    items.par_iter().map(work).collect()
}

/// Whether a definition is a list of terms, whose samples are sentences.
pub fn is_dictionary(definition: &Definition) -> bool {
    definition.pass_rate().is_none()
}

/// Returns for each candidate, written behind the definition's first keyword, whether `scanner`
/// finds the definition's number in the whole of it, as it is written: what is read as a number in disguise
/// is none to be disguised.
///
/// # Errors
///
/// What the scan says.
pub fn accepted(
    scanner: &Scanner,
    definition: &Definition,
    candidates: &[String],
) -> Result<Vec<bool>, String> {
    let taken = taken(scanner, definition, candidates)?;
    Ok(taken.iter().zip(candidates).map(|(taken, candidate)| taken == candidate).collect())
}

/// Returns the most of each candidate, written behind the definition's first keyword, in which `scanner`
/// finds the definition's number; nothing where it finds none.
///
/// # Errors
///
/// What the scan says.
pub fn taken(
    scanner: &Scanner,
    definition: &Definition,
    candidates: &[String],
) -> Result<Vec<String>, String> {
    let keyword = definition.keywords().next().unwrap_or_default();
    let mut payload = String::from("numbers\n\n");
    let mut spans = Vec::new();
    for candidate in candidates {
        payload.push_str(&keyword);
        payload.push_str(": ");
        spans.push(payload.len() as u64..(payload.len() + candidate.len()) as u64);
        payload.push_str(candidate);
        payload.push_str("\n\n");
    }
    let findings = findings(scanner, payload.as_bytes())?;
    let is_plain =
        |finding: &&Finding| !finding.evidence().iter().any(|e| matches!(e, Evidence::Written(_)));
    let own = findings.iter().filter(|finding| finding.detector() == definition.id());
    let own = own.filter(is_plain);
    let found: BTreeMap<u64, u64> = own.map(|f| (f.span().start, f.span().end)).collect();
    let most = |span: &Range<u64>| {
        let inside = found.range(span.clone()).filter(|(_, end)| **end <= span.end);
        let longest = inside.max_by_key(|(start, end)| **end - **start);
        let range = longest.map_or(0..0, |(start, end)| *start as usize..*end as usize);
        payload.get(range).unwrap_or_default().to_owned()
    };
    Ok(spans.iter().map(most).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_accepted_as_a_whole_only() {
        let scanner = only("card.pan").unwrap();
        let definition = &scanner.detectors()[0];
        let candidates = ["4111 1111 1111 1111", "4111 1111 1111 1112", "4111 1111 1111 1111 x"]
            .map(str::to_owned);
        let accepted = accepted(&scanner, definition, &candidates).unwrap();
        assert_eq!(accepted, [true, false, false]);
        let candidates = ["x 4111 1111 1111 1111".to_owned()];
        let taken = taken(&scanner, definition, &candidates).unwrap();
        assert_eq!(taken, ["4111 1111 1111 1111"]);
    }

    #[test]
    fn results_keep_the_order_and_errors_come_through() {
        let doubled = over(&[1, 2, 3], |number| Ok(number * 2));
        assert_eq!(doubled, Ok(vec![2, 4, 6]));
        assert_eq!(over(&[1, 2], |_| Err::<(), _>("no".to_owned())), Err("no".to_owned()));
    }
}
