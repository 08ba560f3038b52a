//! Corpora that the benchmark makes itself: deterministic, and nobody's text.
//!
//! Each is the same for every run and machine, so that a count of findings belongs to it.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

/// A payload to scan.
pub struct Corpus {
    /// What reports call it.
    pub name: String,
    /// The payload.
    pub bytes: Vec<u8>,
    /// Findings of medium confidence that it holds, where that is known.
    pub findings: Option<u64>,
}

/// Returns every corpus that is made here, each of about `bytes` bytes.
pub fn made(bytes: usize) -> Vec<Corpus> {
    vec![
        clean("prose", "", bytes, paragraph),
        clean("access-log", "", bytes, log_line),
        clean("orders-csv", ORDERS_HEADER, bytes, order),
        clean("telemetry-json", "", bytes, measurement),
        clean("source", "", bytes, function),
        random_bytes(bytes),
        dense(bytes),
    ]
}

/// Returns the files of a folder, by name.
///
/// # Errors
///
/// The folder or one of its files cannot be read.
pub fn files_of(folder: &Path) -> io::Result<Vec<Corpus>> {
    let mut corpora = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            corpora.push(Corpus { name, bytes: fs::read(&path)?, findings: None });
        }
    }
    corpora.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(corpora)
}

/// Numbers without a pattern, the same in every run: SplitMix64
/// (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len() as u64) as usize]
    }
}

/// A text of such pieces, in which nothing is to be found.
fn clean(name: &str, head: &str, bytes: usize, piece: fn(&mut Random) -> String) -> Corpus {
    let mut random = Random(1);
    let mut text = head.to_owned();
    while text.len() < bytes {
        text.push_str(&piece(&mut random));
    }
    Corpus { name: name.into(), bytes: text.into_bytes(), findings: Some(0) }
}

fn paragraph(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..3 + random.below(5) {
        let _ = write!(
            text,
            "The {} {} {} the {} {} {} the {}, and {} {} {}. ",
            random.pick(ADJECTIVES),
            random.pick(NOUNS),
            random.pick(VERBS),
            random.pick(ADJECTIVES),
            random.pick(NOUNS),
            random.pick(PREPOSITIONS),
            random.pick(NOUNS),
            2 + random.below(90),
            random.pick(ADJECTIVES),
            random.pick(PLURALS),
        );
    }
    text.pop();
    text.push_str("\n\n");
    text
}

fn log_line(random: &mut Random) -> String {
    format!(
        "192.0.2.{} - - [{:02}/Nov/2026:{:02}:{:02}:{:02} +0000] \"GET /{}/{}?t={} HTTP/1.1\" {} {} \
         \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:140.0)\" {:016x}{:016x} 0.{:03}\n",
        1 + random.below(254),
        1 + random.below(28),
        random.below(24),
        random.below(60),
        random.below(60),
        random.pick(NOUNS),
        random.pick(PLURALS),
        1_795_000_000_000 + random.below(1_000_000_000),
        random.pick(&["200", "200", "200", "304", "404"]),
        random.below(90_000),
        random.next(),
        random.next(),
        random.below(1000),
    )
}

const ORDERS_HEADER: &str = "order_id,placed_at,sku,description,quantity,unit_price,tracking\n";

fn order(random: &mut Random) -> String {
    format!(
        "{:012},2026-11-{:02}T{:02}:{:02}:{:02}Z,{}-{:05},{} {},{},{}.{:02},1Z{:016}\n",
        random.below(1_000_000_000_000),
        1 + random.below(28),
        random.below(24),
        random.below(60),
        random.below(60),
        random.pick(&["AX", "BR", "CT", "DW"]),
        random.below(100_000),
        random.pick(ADJECTIVES),
        random.pick(NOUNS),
        1 + random.below(20),
        random.below(900),
        random.below(100),
        random.below(10_000_000_000_000_000),
    )
}

fn measurement(random: &mut Random) -> String {
    let uuid = (random.next(), random.next());
    format!(
        "{{\"event_id\":\"{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}\",\"ts\":{},\"device\":\"{}-{}\",\
         \"reading\":{{\"celsius\":{}.{:06},\"volts\":3.{:09}}},\"ok\":{}}}\n",
        uuid.0 >> 32,
        uuid.0 & 0xffff,
        uuid.0 >> 16 & 0xfff,
        uuid.1 >> 52,
        uuid.1 & 0xffff_ffff_ffff,
        1_795_000_000_000 + random.below(1_000_000_000),
        random.pick(NOUNS),
        random.below(400),
        random.below(40),
        random.below(1_000_000),
        random.below(1_000_000_000),
        random.pick(&["true", "true", "false"]),
    )
}

fn function(random: &mut Random) -> String {
    let (noun, verb, other) = (random.pick(NOUNS), random.pick(VERBS), random.pick(NOUNS));
    format!(
        "/// The {} {noun} of a {other}.\n\
         pub fn {verb}_{noun}({other}: &mut {}, limit: u32) -> Option<u64> {{\n    \
         const MASK: u64 = 0x{:016x};\n    \
         if {other}.len() > {} {{\n        return None;\n    }}\n    \
         let {noun} = {other}.iter().map(|item| item.{verb}(limit)).sum::<u64>();\n    \
         Some(({noun} ^ MASK) >> {})\n}}\n\n",
        random.pick(ADJECTIVES),
        random.pick(&["Vec<u64>", "Table", "Index"]),
        random.next(),
        random.below(4096),
        random.below(64),
    )
}

/// Bytes of every value. That none of their digits are found is checked, not certain.
fn random_bytes(bytes: usize) -> Corpus {
    let mut random = Random(2);
    let bytes = (0..bytes.div_ceil(8)).flat_map(|_| random.next().to_le_bytes()).collect();
    Corpus { name: "random-bytes".into(), bytes, findings: Some(0) }
}

/// Three findings on every line: what a scan costs where there is nothing but hits.
fn dense(bytes: usize) -> Corpus {
    let mut text = String::new();
    let mut lines = 0;
    while text.len() < bytes {
        let [card, ssn, iban] = [CARDS, SSNS, IBANS].map(|values| values[lines % values.len()]);
        let _ = writeln!(text, "card {card}, ssn {ssn}, iban {iban}");
        lines += 1;
    }
    let findings = Some(3 * lines as u64);
    Corpus { name: "dense".into(), bytes: text.into_bytes(), findings }
}

/// Numbers that payment processors publish for tests.
const CARDS: &[&str] =
    &["4111 1111 1111 1111", "5555555555554444", "3782 822463 10005", "6011-1111-1111-1117"];
/// Samples of the detector `gov.us.ssn`.
const SSNS: &[&str] = &["536-90-4399", "111-22-3333", "001-01-0001"];
/// The examples of the IBAN registry.
const IBANS: &[&str] = &[
    "GB29 NWBK 6016 1331 9268 19",
    "DE89370400440532013000",
    "FR1420041010050500013M02606",
    "NL91ABNA0417164300",
    "NO9386011117947",
];

const ADJECTIVES: &[&str] = &[
    "quiet", "broad", "wooden", "early", "narrow", "bright", "distant", "plain", "heavy", "gentle",
    "round", "steady", "yellow", "hollow", "patient", "rough",
];
const NOUNS: &[&str] = &[
    "river", "lantern", "bridge", "garden", "harbour", "window", "engine", "meadow", "ladder",
    "kettle", "valley", "anchor", "basket", "orchard", "signal", "mirror", "tunnel", "carriage",
];
const PLURALS: &[&str] = &[
    "stones", "letters", "maps", "barrels", "clouds", "ropes", "candles", "wheels", "feathers",
    "bricks", "ships", "drawers",
];
const VERBS: &[&str] =
    &["crosses", "follows", "lights", "keeps", "turns", "meets", "carries", "leaves", "mends"];
const PREPOSITIONS: &[&str] = &["beside", "behind", "above", "below", "near", "beyond"];
