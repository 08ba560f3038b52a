//! Payloads in which nothing is to be found, and what is found in them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use measure::Random;
use portcullis::{Category, Scanner};

use super::encode;
use super::grammar::{FIRST, NOUNS, sentence};
use super::scan;

/// A payload in which nothing is to be found.
pub struct Corpus {
    /// What the tables call it.
    pub name: String,
    /// The payload.
    pub bytes: Vec<u8>,
}

/// What was found in a corpus.
#[derive(Debug)]
pub struct Cleanness {
    /// What the tables call the corpus.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Findings by detector.
    pub findings: BTreeMap<String, u64>,
}

impl Cleanness {
    /// Returns the findings in ten megabytes of such payload.
    pub fn per_ten_megabytes(&self) -> f64 {
        let findings: u64 = self.findings.values().sum();
        if self.bytes == 0 { 0.0 } else { findings as f64 * 1e7 / self.bytes as f64 }
    }
}

/// Scans every corpus and counts what is found.
///
/// # Errors
///
/// What a scan says.
pub fn count(scanner: &Scanner, corpora: &[Corpus]) -> Result<Vec<Cleanness>, String> {
    scan::over(corpora, |corpus| {
        let mut findings = BTreeMap::new();
        // Names and addresses of the corpora's people are no errors, and their detectors off by default.
        let found = scan::findings(scanner, &corpus.bytes)?.into_iter();
        for finding in found.filter(|finding| finding.category() != Category::Contact) {
            *findings.entry(finding.detector().to_owned()).or_default() += 1;
        }
        Ok(Cleanness { name: corpus.name.clone(), bytes: corpus.bytes.len() as u64, findings })
    })
}

/// Returns the corpora that are made here, each of about `bytes` bytes.
pub fn made(bytes: usize, seed: u64) -> Vec<Corpus> {
    let make = |(name, head, piece): &(&str, &str, Piece)| {
        let mut random = Random::of(seed, &["clean", name]);
        let mut text = (*head).to_owned();
        while text.len() < bytes {
            piece(&mut text, &mut random);
        }
        Corpus { name: (*name).to_owned(), bytes: text.into_bytes() }
    };
    PIECES.iter().map(make).collect()
}

/// Appends a piece of a corpus.
type Piece = fn(&mut String, &mut Random);

const PIECES: &[(&str, &str, Piece)] = &[
    ("prose", "", prose),
    ("access log", "", access),
    ("application log", "", application),
    ("telemetry in JSON", "", telemetry),
    ("orders in CSV", ORDERS, order),
    ("contacts in CSV", CONTACTS, contact),
    ("stock in CSV", STOCK, article),
    ("business letters", "", letter),
    ("source code", "", source),
    ("random digits", "", digits),
    ("random letters and digits", "", letters),
    ("random base64", "", base64),
    ("random hexadecimal", "", hexadecimal),
];

const ORDERS: &str = "order,placed,sku,description,quantity,price,tracking\n";

fn prose(text: &mut String, random: &mut Random) {
    for _ in 0..3 + random.below(5) {
        let _ = write!(text, "{} ", sentence(random));
    }
    let [first, noun] = [random.word(FIRST), random.word(NOUNS)];
    let (year, page) = (1900 + random.below(130), random.below(900));
    let _ = write!(text, "In {year} {first} wrote {page} pages about the {noun}.\n\n");
}

fn access(text: &mut String, random: &mut Random) {
    let _ = writeln!(
        text,
        "192.0.2.{} - - [{:02}/Nov/2026:{} +0000] \"GET /{}/{}?t={}&v={} HTTP/1.1\" {} {} \"-\" \
         \"Mozilla/5.0 (X11; Linux x86_64; rv:140.0)\" {} 0.{:03}",
        1 + random.below(254),
        1 + random.below(28),
        clock(random),
        random.word(NOUNS),
        random.below(100_000_000),
        1_795_000_000_000 + random.below(1_000_000_000),
        random.below(1_000_000),
        random.word(&["200", "200", "304", "404"]),
        random.below(90_000),
        hex(random, 32),
        random.below(1000),
    );
}

fn application(text: &mut String, random: &mut Random) {
    let _ = writeln!(
        text,
        "2026-11-{:02}T{}.{:06}Z {} [{}-{}] request={} trace={} commit={} offset={} bytes={} ms={}.{:03} {}",
        1 + random.below(28),
        clock(random),
        random.below(1_000_000),
        random.word(&["INFO", "DEBUG", "WARN"]),
        random.word(NOUNS),
        random.below(64),
        uuid(random),
        hex(random, 16),
        hex(random, 40),
        random.below(10_000_000_000),
        random.below(1_000_000_000),
        random.below(900),
        random.below(1000),
        sentence(random),
    );
}

fn telemetry(text: &mut String, random: &mut Random) {
    let _ = writeln!(
        text,
        "{{\"event\":\"{}\",\"ts\":{},\"device\":\"{}-{}\",\"celsius\":{}.{:06},\"volts\":3.{:09},\
         \"lat\":{}.{:06},\"lon\":{}.{:06},\"seq\":{},\"ok\":{}}}",
        uuid(random),
        1_795_000_000_000 + random.below(1_000_000_000),
        random.word(NOUNS),
        random.below(400),
        random.below(40),
        random.below(1_000_000),
        random.below(1_000_000_000),
        random.below(90),
        random.below(1_000_000),
        random.below(180),
        random.below(1_000_000),
        random.below(100_000_000_000),
        random.word(&["true", "false"]),
    );
}

fn order(text: &mut String, random: &mut Random) {
    let _ = writeln!(
        text,
        "{:012},2026-11-{:02}T{}Z,{}-{:05},{} for {},{},{}.{:02},1Z{:016}",
        random.below(1_000_000_000_000),
        1 + random.below(28),
        clock(random),
        random.word(&["AX", "BR", "CT", "DW"]),
        random.below(100_000),
        random.word(NOUNS),
        random.word(NOUNS),
        1 + random.below(20),
        random.below(900),
        random.below(100),
        random.below(10_000_000_000_000_000),
    );
}

const CONTACTS: &str = "name,phone,mobile,postcode,town,born,mail\n";

/// Telephone numbers are those that Ofcom and the NANPA keep for fiction.
fn contact(text: &mut String, random: &mut Random) {
    let first = random.word(FIRST);
    let _ = writeln!(
        text,
        "{first} {},+44 20 7946 0{:03},(212) 555-01{:02},{:05},{}town,19{}-{:02}-{:02},{}@example.org",
        random.word(NOUNS),
        random.below(1000),
        random.below(100),
        random.below(100_000),
        random.word(NOUNS),
        30 + random.below(70),
        1 + random.below(12),
        1 + random.below(28),
        first.to_lowercase(),
    );
}

const STOCK: &str = "article,ean,isbn,part,lot,weight,price\n";

fn article(text: &mut String, random: &mut Random) {
    let ean =
        |random: &mut Random, first: u64| with_ean_digit(first + random.below(1 << 30) as u64);
    let _ = writeln!(
        text,
        "{},{},{},{}-{:05}-{},L{:08},{}.{:03},{}.{:02}",
        random.word(NOUNS),
        ean(random, 400_000_000_000),
        ean(random, 978_000_000_000),
        random.word(&["AB", "KX", "QT"]),
        random.below(100_000),
        random.word(&["A", "B", "C"]),
        random.below(100_000_000),
        random.below(90),
        random.below(1000),
        random.below(900),
        random.below(100),
    );
}

/// Returns the thirteen digits of an article number (GS1 General Specifications, 7.9).
fn with_ean_digit(number: u64) -> String {
    let digits = format!("{number:012}");
    let weighted = digits.bytes().zip([1, 3].into_iter().cycle());
    let sum: u64 = weighted.map(|(digit, weight)| u64::from(digit - b'0') * weight).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

fn letter(text: &mut String, random: &mut Random) {
    let _ = write!(
        text,
        "Dear {},\n\nthank you for your order {} of {:02}.{:02}.2026. Invoice 2026-{:05} over {},{:03}.{:02} EUR \
         is due within {} days; please call 020 7946 0{:03} before {}. {}\n{} Room {}, floor {}, {:05} {}.\n\n",
        random.word(FIRST),
        random.below(100_000_000),
        1 + random.below(28),
        1 + random.below(12),
        random.below(100_000),
        1 + random.below(90),
        random.below(1000),
        random.below(100),
        10 + random.below(50),
        random.below(1000),
        clock(random),
        sentence(random),
        sentence(random),
        random.below(900),
        random.below(30),
        random.below(100_000),
        random.word(NOUNS),
    );
}

fn source(text: &mut String, random: &mut Random) {
    let [noun, other, third] = [random.word(NOUNS), random.word(NOUNS), random.word(NOUNS)];
    let _ = write!(
        text,
        "/// The {noun} of a {other}.\npub fn {noun}_{third}({other}: &[u64], limit: u32) -> u64 {{\n    \
         const MASK: u64 = 0x{};\n    const TABLE: [u32; 4] = [{}, {}, {}, {}];\n    \
         if {other}.len() > {} {{\n        return {};\n    }}\n    \
         {other}.iter().map(|{third}| {third} ^ MASK >> {}).sum() // v{}.{}.{}\n}}\n\n",
        hex(random, 16),
        random.below(1 << 32),
        random.below(1 << 32),
        random.below(1 << 32),
        random.below(1 << 32),
        random.below(4096),
        random.below(1_000_000_000),
        random.below(64),
        random.below(20),
        random.below(100),
        random.below(1000),
    );
}

fn digits(text: &mut String, random: &mut Random) {
    let len = 3 + random.below(18);
    text.extend((0..len).map(|_| char::from(b'0' + random.below(10) as u8)));
    text.push(if random.below(6) == 0 { '\n' } else { ' ' });
}

fn letters(text: &mut String, random: &mut Random) {
    let len = 6 + random.below(20);
    let character = |random: &mut Random| *random.pick(CAPITALS).unwrap_or(&b'A');
    text.extend((0..len).map(|_| char::from(character(random))));
    text.push(if random.below(6) == 0 { '\n' } else { ' ' });
}

const CAPITALS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

fn base64(text: &mut String, random: &mut Random) {
    let bytes: Vec<u8> = (0..57).map(|_| random.below(256) as u8).collect();
    text.push_str(&encode::base64(&bytes, encode::STANDARD));
    text.push('\n');
}

fn hexadecimal(text: &mut String, random: &mut Random) {
    let len = *random.pick(&[8, 16, 32, 40, 64]).unwrap_or(&16);
    text.push_str(&hex(random, len));
    text.push('\n');
}

fn clock(random: &mut Random) -> String {
    format!("{:02}:{:02}:{:02}", random.below(24), random.below(60), random.below(60))
}

fn hex(random: &mut Random, len: usize) -> String {
    (0..len).map(|_| char::from(*random.pick(b"0123456789abcdef").unwrap_or(&b'0'))).collect()
}

fn uuid(random: &mut Random) -> String {
    let parts = [8, 4, 4, 4, 12].map(|len| hex(random, len));
    parts.join("-")
}

/// Returns the project's own code without the rooms that hold samples.
///
/// # Errors
///
/// Names the folder or file that cannot be read.
pub fn own_code(root: &Path) -> Result<Corpus, String> {
    let mut bytes = Vec::new();
    for room in ["src/engine", "src/policy", "src/extract", "src/context", "crates/cli/src"] {
        for file in files(&root.join(room))? {
            // Tests hold samples.
            let text = read(&file)?;
            let end = find(&text, b"#[cfg(test)]").unwrap_or(text.len());
            let is_tests = file.ends_with("tests.rs");
            bytes.extend_from_slice(text.get(..end).filter(|_| !is_tests).unwrap_or_default());
        }
    }
    Ok(Corpus { name: OWN_CODE.to_owned(), bytes })
}

/// What tables call the project's own code, which changes with every change.
pub const OWN_CODE: &str = "this project's code";

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|window| window == word)
}

/// Returns every file below a folder as a corpus.
///
/// # Errors
///
/// Names the folder or file that cannot be read.
pub fn folder(folder: &Path) -> Result<Vec<Corpus>, String> {
    let corpus = |file: &PathBuf| {
        let name = file.strip_prefix(folder).unwrap_or(file).display().to_string();
        Ok(Corpus { name, bytes: read(file)? })
    };
    files(folder)?.iter().map(corpus).collect()
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Returns every file below a folder, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error| format!("{}: {error}", folder.display());
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() { folders.push(path) } else { files.push(path) }
    }
    for inner in folders {
        files.extend(self::files(&inner)?);
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corpora_are_as_long_as_asked_and_alike() {
        for (one, other) in made(10_000, 3).into_iter().zip(made(10_000, 3)) {
            assert!((10_000..11_000).contains(&one.bytes.len()), "{}", one.name);
            assert_eq!(one.bytes, other.bytes, "{}", one.name);
        }
    }

    #[test]
    fn article_numbers_have_their_digit() {
        // The example of GS1's page on calculating a check digit by hand.
        assert_eq!(with_ean_digit(629_104_150_021), "6291041500213");
    }

    #[test]
    fn findings_are_counted_by_detector_and_length() {
        let scanner = scan::everything(portcullis::Confidence::Medium).unwrap();
        let bytes = b"card 4111 1111 1111 1111, card 5555 5555 5555 4444\n".repeat(2);
        let corpus = Corpus { name: "cards".into(), bytes };
        let counted = count(&scanner, &[corpus]).unwrap();
        assert_eq!(counted[0].findings["card.pan"], 4);
        assert!((counted[0].per_ten_megabytes() - 4e7 / 102.0).abs() < 1e-6);
    }

    #[test]
    fn the_projects_code_is_read_without_its_tests() {
        let code = own_code(&crate::root()).unwrap();
        assert!(code.bytes.len() > 50_000);
        assert_eq!(find(&code.bytes, b"#[cfg(test)]"), None);
        assert!(folder(Path::new("/no/such/folder")).is_err());
    }
}
