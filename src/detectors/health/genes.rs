//! Variants of genes.

use crate::detectors::proof::NEVER_ALONE;
use crate::detectors::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;

/// Sequence variants in the notation of the Human Genome Variation Society.
pub(crate) static HGVS: Detector = Detector {
    id: "health.genetic.hgvs",
    name: "Sequence variant in HGVS notation",
    category: Category::Health,
    country: None,
    format: "Perhaps a reference sequence and :, then kind (c g m n r p), dot, position and change: \
             NM_007294.4:c.68_69del, c.76A>T, p.Gly12Asp.",
    forms: &[
        Form::Layout("AA_9{6,9}.9{1,2}:A.9{1,9}_9{1,9}A{3,43}"),
        Form::Layout("AA_9{6,9}.9{1,2}:A.9{1,9}+9{1,4}A>A"),
        Form::Layout("AA_9{6,9}.9{1,2}:A.9{1,9}-9{1,4}A>A"),
        Form::Layout("AA_9{6,9}.9{1,2}:A.9{1,9}A>A"),
        Form::Layout("AA_9{6,9}.9{1,2}:A.9{1,9}A{3,43}"),
        Form::Layout("AA_9{6,9}.9{1,2}:A.A{3}9{1,5}A{3}"),
        Form::Layout("A.9{1,9}_9{1,9}A{3,43}"),
        Form::Layout("A.9{1,9}+9{1,4}A>A"),
        Form::Layout("A.9{1,9}-9{1,4}A>A"),
        Form::Layout("A.9{1,9}A>A"),
        Form::Layout("A.9{1,9}A{3,43}"),
        Form::Layout("A.A{3}9{1,5}A{8}9{1,4}"),
        Form::Layout("A.A{3}9{1,5}A{3,5}"),
        Form::Layout("A.A9{1,5}A"),
    ],
    edges: Edges::Alnum,
    check: is_hgvs,
    scores: Scores { bare: 30, separated: 45, keyword: 78, field: 90 },
    keywords: &[
        "variant",
        "hgvs",
        "mutation",
        "heterozygous",
        "homozygous",
        "carrier",
        "brca1",
        "brca2",
        "pathogenic",
        "genetic test",
        "genotype",
        "germline",
    ],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.989,
    sources: &["HGVS nomenclature 21.1, Human Genome Variation Society and HUGO"],
    valid: &[
        "NM_007294.4:c.68_69del",
        "NM_000492.4:c.2988+1G>A",
        "NM_000518.5:c.93-21G>A",
        "NM_000518.5:c.20A>T",
        "NM_007294.4:c.5266dup",
        "NP_004976.2:p.Gly12Asp",
        "c.1521_1523delCTT",
        "c.88+2T>G",
        "c.93-21G>A",
        "g.32315474G>A",
        "c.35del",
        "p.Arg97ProfsTer23",
        "p.Gly12Asp",
        "p.Arg97Profs",
        "p.G12D",
    ],
    invalid: &[
        ("c.A68G", "the change stands before the position"),
        ("p.12Asp", "no residue"),
        ("x.76A>T", "there is no kind x"),
        ("c.76A>Z", "Z is no base"),
        ("p.Foo12Bar", "no residues"),
    ],
};

/// Amino acids and the stop, three letters each, in capitals.
const RESIDUES: &[u8] = b"ALAARGASNASPCYSGLNGLUGLYHISILELEULYSMETPHEPROSERTHRTRPTYRVALTERSECXAA";

/// Kind, position, change; without the marks that the forms have seen to.
fn is_hgvs(value: &Value<'_>) -> Option<Proof> {
    let variant = behind_reference(value.text).unwrap_or(value.text);
    let (kind, change) = variant.split_first()?;
    let doubt = match kind {
        b'P' => protein(change)?,
        b'C' | b'G' | b'M' | b'N' | b'R' => nucleotides(change).then_some(0)?,
        _ => return None,
    };
    Some(Proof::whole(value, &["structure"]).adjusted(doubt))
}

/// Returns what stands behind the accession number of a reference sequence.
fn behind_reference(text: &[u8]) -> Option<&[u8]> {
    let accession = [b"NM", b"NC", b"NG", b"NP", b"NR"].into_iter();
    let rest = accession.filter_map(|kind| text.strip_prefix(kind)).next()?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (digits >= 7).then(|| rest.get(digits..))?
}

/// Residue, position, residue: returns the doubt. Single letters are names in programs as well.
fn protein(change: &[u8]) -> Option<i8> {
    let (from, rest) = letters_of(change);
    let (position, rest) = digits_of(rest);
    let (to, rest) = letters_of(rest);
    let (_, rest) = digits_of(rest);
    (matches!(position.len(), 1..=5) && rest.is_empty()).then_some(())?;
    let residue = |text: &[u8]| RESIDUES.chunks(3).any(|known| known == text);
    match (from.len(), to.split_at_checked(3)) {
        (1, None) => (is_residue(from) && is_residue(to)).then_some(NEVER_ALONE),
        (3, Some((to, b"" | b"FS" | b"FSTER"))) => (residue(from) && residue(to)).then_some(0),
        _ => None,
    }
}

/// Returns whether the text is the single letter of an amino acid.
fn is_residue(text: &[u8]) -> bool {
    matches!(text, [letter] if letter.is_ascii_uppercase() && !b"BJOUXZ".contains(letter))
}

/// Position and change: two bases, or what is deleted, doubled, inserted or turned round.
fn nucleotides(change: &[u8]) -> bool {
    let (position, rest) = digits_of(change);
    let bases = |text: &[u8]| text.iter().all(|base| b"ACGTU".contains(base));
    let holds = match rest {
        [b'D', b'E', b'L', b'I', b'N', b'S', inserted @ ..] | [b'I', b'N', b'S', inserted @ ..] => {
            !inserted.is_empty() && bases(inserted)
        }
        [b'D', b'E', b'L', rest @ ..] | [b'D', b'U', b'P', rest @ ..] => bases(rest),
        b"INV" => true,
        [from, to] => from != to && bases(rest),
        _ => false,
    };
    let fits = (1..=18).contains(&position.len()) && position.first() != Some(&b'0');
    fits && rest.len() <= 43 && holds
}

fn letters_of(text: &[u8]) -> (&[u8], &[u8]) {
    split(text, u8::is_ascii_uppercase)
}

fn digits_of(text: &[u8]) -> (&[u8], &[u8]) {
    split(text, u8::is_ascii_digit)
}

/// Splits off the characters of a class that the text begins with.
fn split(text: &[u8], class: fn(&u8) -> bool) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| !class(byte)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, &[]))
}
