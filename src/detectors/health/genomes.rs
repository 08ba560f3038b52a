//! Whole genotypes in files.

use std::ops::Range;

use super::frames::is_framed;
use crate::detectors::frames::{opens, run};
use crate::detectors::{Anchor, Detector, Edges, Form, Letters, Proof, Scores, Value};
use crate::finding::Category;

/// Genotype files: variant calls, and the raw data that consumers download.
pub(crate) static VCF: Detector = Detector {
    id: "health.genetic.vcf",
    name: "Genotype file (VCF, 23andMe, AncestryDNA raw data)",
    category: Category::Health,
    country: None,
    format: "##fileformat=VCFv and a version 3 or 4; the header rsid, chromosome, position and genotype \
             or allele1; or a line of them: identifier of the variant, chromosome, position, two bases, \
             tabs between them.",
    forms: &[Form::Anchored(&VERSION), Form::Anchored(&HEADER), Form::Anchored(&LINE)],
    edges: Edges::Alnum,
    check: is_genotype,
    scores: Scores::STRONG,
    keywords: &["vcf", "vcf file", "genotype", "23andme", "ancestrydna", "variant call"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.972,
    sources: &["GA4GH: The Variant Call Format 4.4", "23andMe and AncestryDNA: raw data headers"],
    valid: &[
        "##fileformat=VCFv4.2",
        "rsid\tchromosome\tposition\tgenotype",
        "rs4477212\t1\t82154\tAA",
        "rs3131972\t1\t752721\tA\tG",
        "i6060011\tMT\t4820\tGG",
    ],
    invalid: &[
        ("##fileformat=VCFv1.0", "an early version"),
        ("rs4477212 1 82154 AA", "no tabs"),
        ("rs4477212\t27\t82154\tAA", "there is no chromosome 27"),
    ],
};

static VERSION: Anchor = Anchor {
    literals: &["##fileformat=VCFv3.", "##fileformat=VCFv4."],
    letters: Letters::Exact,
    extent: |haystack, literal| {
        Some(literal.start..run(haystack, literal.end, u8::is_ascii_digit, 1..=2)?)
    },
};

static HEADER: Anchor = Anchor {
    literals: &["rsid\tchromosome\tposition\tgenotype", "rsid\tchromosome\tposition\tallele1"],
    letters: Letters::Exact,
    extent: |_, literal| Some(literal),
};

/// The genotype ends its line, and the rest of the line is read backwards from it.
static LINE: Anchor = Anchor {
    literals: &[
        "\tAA", "\tAC", "\tAG", "\tAT", "\tCA", "\tCC", "\tCG", "\tCT", "\tGA", "\tGC", "\tGG",
        "\tGT", "\tTA", "\tTC", "\tTG", "\tTT", "\tDD", "\tII", "\tDI", "\t--", "\tA\tA", "\tA\tC",
        "\tA\tG", "\tA\tT", "\tC\tA", "\tC\tC", "\tC\tG", "\tC\tT", "\tG\tA", "\tG\tC", "\tG\tG",
        "\tG\tT", "\tT\tA", "\tT\tC", "\tT\tG", "\tT\tT",
    ],
    letters: Letters::Exact,
    extent: line,
};

fn line(haystack: &[u8], literal: Range<usize>) -> Option<Range<usize>> {
    let head = haystack.get(..literal.start)?;
    let (position, head) = cell(head)?;
    let (chromosome, head) = cell(head)?;
    let number = head.iter().rev().take(12).take_while(|byte| byte.is_ascii_digit()).count();
    let kind = head.get(..head.len() - number)?;
    let name = kind.strip_suffix(b"rs").or_else(|| kind.strip_suffix(b"i"))?;
    let positioned = position.iter().all(u8::is_ascii_digit) && (1..=9).contains(&position.len());
    let holds = positioned && is_chromosome(chromosome) && (3..=11).contains(&number);
    (holds && opens(haystack, name.len())).then_some(name.len()..literal.end)
}

/// Takes the last cell of up to nine bytes, and the tab before it.
fn cell(head: &[u8]) -> Option<(&[u8], &[u8])> {
    let from = head.len().saturating_sub(10);
    let tab = from + head.get(from..)?.iter().rposition(|byte| *byte == b'\t')?;
    Some((head.get(tab + 1..)?, head.get(..tab)?))
}

/// 1 to 22, 23 to 26 for the chromosomes of sex and mitochondria, or their letters.
fn is_chromosome(text: &[u8]) -> bool {
    match text {
        b"X" | b"Y" | b"XY" | b"MT" | [b'1'..=b'9'] | [b'1', b'0'..=b'9'] => true,
        [b'2', second] => (b'0'..=b'6').contains(second),
        _ => false,
    }
}

fn is_genotype(value: &Value<'_>) -> Option<Proof> {
    let framed = is_framed(value, &[&VERSION, &HEADER, &LINE]);
    framed.then(|| Proof::whole(value, &["structure"]))
}
