//! Labelled sets: findings against spans that somebody else marked.
//!
//! One JSON object a line: `id`, `text`, `spans` of `start`, `end` (code points, end excluded),
//! `entity` and, where it is known, `valid`; further fields do not matter.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use portcullis::Scanner;
use serde::Deserialize;

use super::scan;
use super::scoring::{self, SAME, Tally, overlap};

/// A labelled document.
#[derive(Debug, Deserialize)]
pub struct Labelled {
    text: String,
    spans: Vec<Label>,
    #[serde(default)]
    set: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Label {
    start: usize,
    end: usize,
    entity: String,
    /// A span whose check digit fails is a decoy.
    valid: Option<bool>,
}

/// Which entity of a labelled set a detector's findings are; a pattern may end in `*`.
#[derive(Clone, Debug)]
pub struct Mapping(Vec<(String, String)>);

impl Mapping {
    /// Returns the mapping that is built in with further pairs, `ENTITY=PATTERN`, before it.
    ///
    /// # Errors
    ///
    /// Names the pair without `=`.
    pub fn new(pairs: &[&str]) -> Result<Mapping, String> {
        let own = pairs.iter().map(|pair| {
            let (entity, pattern) = pair.split_once('=').ok_or(format!("{pair:?} has no `=`"))?;
            Ok((entity.to_owned(), pattern.to_owned()))
        });
        let built_in = BUILT_IN.iter().map(|(e, p)| Ok(((*e).to_owned(), (*p).to_owned())));
        own.chain(built_in).collect::<Result<_, String>>().map(Mapping)
    }

    /// Returns the entity that a detector's findings are.
    fn entity(&self, detector: &str) -> Option<&str> {
        let names = |pattern: &str| match pattern.strip_suffix('*') {
            Some(prefix) => detector.starts_with(prefix),
            None => detector == pattern,
        };
        self.0.iter().find(|(_, pattern)| names(pattern)).map(|(entity, _)| entity.as_str())
    }

    fn holds(&self, entity: &str) -> bool {
        self.0.iter().any(|(known, _)| known == entity)
    }
}

/// The entities' names in Presidio and in the sets that follow it.
const BUILT_IN: &[(&str, &str)] = &[
    ("CREDIT_CARD", "card.pan"),
    ("IBAN_CODE", "bank.iban"),
    // Polish sets label it so without its country too.
    ("IBAN_CODE", "bank.pl.nrb"),
    ("US_SSN", "gov.us.ssn"),
    ("US_ITIN", "gov.us.itin"),
    ("US_BANK_NUMBER", "bank.us.account"),
    ("US_DRIVER_LICENSE", "gov.us.dl*"),
    ("US_DRIVER_LICENSE", "gov.us.driver*"),
    ("US_PASSPORT", "gov.us.passport*"),
    ("US_MBI", "health.us.mbi"),
    ("US_NPI", "health.us.npi"),
    ("ABA_ROUTING_NUMBER", "bank.us.aba"),
    ("MEDICAL_LICENSE", "health.us.dea"),
    ("PL_PESEL", "gov.pl.pesel"),
    ("PL_NIP", "gov.pl.nip"),
    ("PL_REGON", "gov.pl.regon"),
    ("PL_ID_CARD", "gov.pl.id-card"),
    ("PL_ID_CARD", "gov.pl.identity-card"),
    ("PL_ID_CARD", "gov.pl.dowod*"),
    ("UK_NHS", "health.gb.nhs"),
    ("UK_NINO", "gov.gb.nino"),
    ("ES_NIF", "gov.es.dni"),
    ("ES_NIE", "gov.es.nie"),
    ("IT_FISCAL_CODE", "gov.it.codice-fiscale"),
    ("IT_VAT_CODE", "gov.it.piva"),
    ("SG_NRIC_FIN", "gov.sg.nric"),
    ("AU_TFN", "gov.au.tfn"),
    ("AU_ABN", "gov.au.abn"),
    ("AU_MEDICARE", "health.au.medicare"),
    ("IN_PAN", "gov.in.pan"),
    ("IN_AADHAAR", "gov.in.aadhaar"),
    ("KR_RRN", "gov.kr.rrn"),
    ("FI_PERSONAL_IDENTITY_CODE", "gov.fi.hetu"),
    ("CRYPTO", "financial.bitcoin*"),
    ("VEHICLE_IDENTIFICATION_NUMBER", "contact.vehicle.vin"),
    ("LICENSE_PLATE", "contact.vehicle.plate*"),
];

/// What was counted of one entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entity {
    /// Findings against spans that hold.
    pub tally: Tally,
    /// Decoys found, and decoys.
    pub decoys: (u64, u64),
}

/// What was counted over a labelled set.
#[derive(Debug, Default)]
pub struct Score {
    /// Documents.
    pub documents: usize,
    /// Their length.
    pub bytes: usize,
    /// By entity that a detector stands for or that is labelled.
    pub entities: BTreeMap<String, Entity>,
    /// The surroundings of every span that was missed, and of every finding that is none.
    pub examples: Vec<String>,
}

/// Reads a labelled set; only documents of `set`, if one is named.
///
/// # Errors
///
/// Names the file that cannot be read, or the line that is not understood.
pub fn read(file: &Path, set: Option<&str>) -> Result<Vec<Labelled>, String> {
    let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let documents = lines.map(|(number, line)| {
        serde_json::from_str(line)
            .map_err(|error| format!("{}, line {}: {error}", file.display(), number + 1))
    });
    let documents: Vec<Labelled> = documents.collect::<Result<_, String>>()?;
    let is_asked = |d: &Labelled| set.is_none() || d.set.as_deref() == set;
    Ok(documents.into_iter().filter(is_asked).collect())
}

/// Scans every document and counts by entity.
///
/// # Errors
///
/// What a scan says.
pub fn score(
    scanner: &Scanner,
    documents: &[Labelled],
    mapping: &Mapping,
) -> Result<Score, String> {
    let found = scan::over(documents, |document| by_entity(scanner, document, mapping))?;
    let bytes = documents.iter().map(|document| document.text.len()).sum();
    let mut score = Score { documents: documents.len(), bytes, ..Score::default() };
    for (document, found) in documents.iter().zip(found) {
        for (entity, spans) in found {
            let labels: Vec<&Label> =
                document.spans.iter().filter(|label| label.entity == entity).collect();
            score.examples.extend(document.examples(&entity, &labels, &spans));
            score.entities.entry(entity).or_default().count(&labels, &spans);
        }
    }
    Ok(score)
}

/// Returns where each entity is found in a document, in code points; every entity that is labelled
/// and that a detector stands for is there, found or not.
fn by_entity(
    scanner: &Scanner,
    document: &Labelled,
    mapping: &Mapping,
) -> Result<BTreeMap<String, Vec<Range<usize>>>, String> {
    let labelled = document.spans.iter().map(|label| &label.entity);
    let mapped = labelled.filter(|entity| mapping.holds(entity));
    let mut spans: BTreeMap<_, Vec<_>> =
        mapped.map(|entity| (entity.clone(), Vec::new())).collect();
    for finding in &scan::findings(scanner, document.text.as_bytes())? {
        if let Some(entity) = mapping.entity(finding.detector()) {
            let span = code_points(&document.text, &scoring::span(finding));
            spans.entry(entity.to_owned()).or_default().push(span);
        }
    }
    Ok(spans)
}

impl Labelled {
    /// Returns what was missed and what is none, with the text around.
    fn examples(&self, entity: &str, labels: &[&Label], found: &[Range<usize>]) -> Vec<String> {
        let pairs = pairs(labels, found);
        let is_missed = |(at, label): &(usize, &&Label)| {
            label.valid != Some(false) && pairs.iter().all(|(label, _)| label != at)
        };
        let missed = labels.iter().enumerate().filter(is_missed);
        let missed = missed.map(|(_, label)| ("missed", label.start..label.end));
        let is_false = |(at, _): &(usize, &Range<usize>)| pairs.iter().all(|(_, span)| span != at);
        let wrong = found.iter().enumerate().filter(is_false);
        let all = missed.chain(wrong.map(|(_, span)| ("false", span.clone())));
        all.map(|(what, span)| format!("{what}: {entity}: {:?}", self.around(&span))).collect()
    }

    /// Returns the text from a bit before a span to a bit behind it.
    fn around(&self, span: &Range<usize>) -> String {
        let start = span.start.saturating_sub(AROUND);
        self.text.chars().skip(start).take(span.end - start + AROUND / 2).collect()
    }
}

/// Characters of an example before its span.
const AROUND: usize = 40;

impl Entity {
    /// Counts one document.
    fn count(&mut self, labels: &[&Label], found: &[Range<usize>]) {
        let pairs = pairs(labels, found);
        for (at, label) in labels.iter().enumerate() {
            let met = pairs.iter().any(|(label, _)| *label == at);
            match label.valid {
                Some(false) => {
                    self.decoys.0 += u64::from(met);
                    self.decoys.1 += 1;
                }
                _ => {
                    self.tally.hits += u64::from(met);
                    self.tally.misses += u64::from(!met);
                }
            }
        }
        self.tally.false_findings += (found.len() - pairs.len()) as u64;
    }
}

/// Returns which label and which finding are the same thing, by index: best overlap first, each of
/// them once.
fn pairs(labels: &[&Label], found: &[Range<usize>]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        for (index, span) in found.iter().enumerate() {
            all.push((overlap(&(label.start..label.end), span), at, index));
        }
    }
    all.retain(|(shared, ..)| *shared >= SAME);
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (b.1, b.2).cmp(&(a.1, a.2))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, at, index) in all {
        if pairs.iter().all(|(label, finding)| *label != at && *finding != index) {
            pairs.push((at, index));
        }
    }
    pairs
}

/// Returns a stretch of bytes in code points.
fn code_points(text: &str, span: &Range<usize>) -> Range<usize> {
    let before = |end: usize| text.char_indices().take_while(|(at, _)| *at < end).count();
    before(span.start)..before(span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(span: Range<usize>, valid: Option<bool>) -> Label {
        Label { start: span.start, end: span.end, entity: "E".into(), valid }
    }

    #[test]
    fn labels_and_findings_meet_one_to_one_best_first() {
        let labels = [label(0..10, None), label(20..30, Some(true)), label(40..50, Some(false))];
        let labels: Vec<&Label> = labels.iter().collect();
        let mut entity = Entity::default();
        // The second covers the first label better; the first one is left over.
        entity.count(&labels, &[0..6, 0..9, 43..50, 60..70]);
        assert_eq!(entity.tally, Tally { hits: 1, false_findings: 2, misses: 1 });
        assert_eq!(entity.decoys, (1, 1));
    }

    #[test]
    fn offsets_are_code_points() {
        let text = "größe 4111 1111 1111 1111";
        let start = text.find('4').unwrap();
        assert_eq!(code_points(text, &(start..text.len())), 6..25);
        let line = format!(
            "{{\"id\": \"a\", \"text\": \"card {text}\", \"lang\": \"de\", \"spans\": \
             [{{\"start\": 11, \"end\": 30, \"entity\": \"CREDIT_CARD\"}}]}}"
        );
        let document: Labelled = serde_json::from_str(&line).unwrap();
        let scanner = scan::everything(portcullis::Confidence::Medium).unwrap();
        let score = score(&scanner, &[document], &Mapping::new(&[]).unwrap()).unwrap();
        let tally = Tally { hits: 1, false_findings: 0, misses: 0 };
        assert_eq!(score.entities["CREDIT_CARD"], Entity { tally, decoys: (0, 0) });
        assert!(score.examples.is_empty());
        let document: Labelled = serde_json::from_str(&line.replace("1111\"", "1112\"")).unwrap();
        let score = super::score(&scanner, &[document], &Mapping::new(&[]).unwrap()).unwrap();
        assert_eq!(score.examples.len(), 1, "{:?}", score.examples);
        assert!(score.examples[0].starts_with("missed: CREDIT_CARD: \"card größe 4111"));
    }

    #[test]
    fn mappings_take_patterns_and_ones_own_come_first() {
        let mapping = Mapping::new(&["MINE=card.*", "TAX=gov.us.itin"]).unwrap();
        assert_eq!(mapping.entity("card.pan"), Some("MINE"));
        assert_eq!(mapping.entity("gov.us.itin"), Some("TAX"));
        assert_eq!(mapping.entity("gov.us.ssn"), Some("US_SSN"));
        assert_eq!(mapping.entity("no.such"), None);
        assert!(Mapping::new(&["nothing"]).is_err());
    }
}
