//! The search for literals by three successive bytes of each, all at once.
//!
//! Each literal is told by a *gram* of up to three bytes within it. Grams share buckets, and for each of the
//! three bytes a table says which buckets take it. A place may hold a gram of a bucket that takes all three:
//!
//! ```text
//! text        g  h  p  _  x        bucket 0: ghp ghs     bucket 1: hp_ sk_
//! first byte  0  1  .  .  .
//! second      0  1  .  .  .        the table's answer to the byte behind the place
//! third       0  1  .  .  .        to the one behind that
//! all three   0  1  .  .  .        the mask: a bit for each place of a block
//! ```
//!
//! Most places end there. The others are looked up by their grams, and what is found is compared with the
//! text.

use std::ops::Range;

use super::BLOCK;
use super::buckets::{self, TAKEN};
use super::classes::bits;
use super::kernel::Kernel;

/// Bytes of a text by which a literal is told; shorter literals are told by all of theirs.
pub(crate) const GRAM: usize = 3;
/// Bytes that decide on the places of a block.
pub(crate) const SPAN: usize = BLOCK + GRAM - 1;
/// Blocks whose masks are made at a time: 4 KiB of text, so that a short one does not pay for a long list.
const STRETCH: usize = 64;
/// Places of a table as a power of two. With some 150 grams one in seven is taken.
const SLOTS: u32 = 10;

/// A text that is looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sought {
    pub(crate) text: &'static [u8],
    /// Whether its letters of ASCII stand for capitals and small ones.
    pub(crate) folded: bool,
}

impl Sought {
    /// Returns the bytes that a byte of it stands for; twice the same where it has no cases.
    pub(super) fn cases(&self, byte: u8) -> [u8; 2] {
        match self.folded {
            true => [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()],
            false => [byte, byte],
        }
    }

    /// Returns whether it stands at `at`.
    pub(crate) fn stands(&self, haystack: &[u8], at: usize) -> bool {
        let there = haystack.get(at..at + self.text.len());
        there.is_some_and(|there| match self.folded {
            true => there.eq_ignore_ascii_case(self.text),
            false => there == self.text,
        })
    }

    /// Returns how many bytes tell it.
    pub(super) fn gram_len(&self) -> usize {
        self.text.len().min(GRAM)
    }
}

/// How well a kernel tells the bytes of a class from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Precision {
    /// Seven bits of a byte decide.
    Exact,
    /// Its last four bits and the three before decide apart from each other, so that a class is every pair
    /// of what its bytes have of either.
    Products,
}

/// The tables of eight buckets. The highest bit of a byte is left out: what it would tell apart is told
/// when the text is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// For each byte of a gram the buckets that take a byte.
    pub(crate) takes: [[u8; TAKEN]; GRAM],
    /// The same by the last four bits alone: a class that is a product is what both this and
    /// [`high`](Sheet::high) take.
    pub(crate) low: [[u8; 16]; GRAM],
    /// By the first four bits; the highest does not count.
    pub(crate) high: [[u8; 16]; GRAM],
}

impl Sheet {
    /// Makes the tables of up to eight buckets, each the classes of its three bytes.
    pub(super) fn new(buckets: &[[u128; GRAM]]) -> Sheet {
        let mut sheet =
            Sheet { takes: [[0; TAKEN]; GRAM], low: [[0; 16]; GRAM], high: [[0; 16]; GRAM] };
        for (bit, bucket) in buckets.iter().enumerate() {
            let tables = sheet.takes.iter_mut().zip(&mut sheet.low).zip(&mut sheet.high);
            for (((takes, low), high), class) in tables.zip(bucket) {
                for (byte, takes) in takes.iter_mut().enumerate().filter(|b| class >> b.0 & 1 == 1)
                {
                    *takes |= 1 << bit;
                    let rows = [byte >> 4, byte >> 4 | 8];
                    low.get_mut(byte & 15).into_iter().for_each(|low| *low |= 1 << bit);
                    rows.iter().for_each(|row| {
                        high.get_mut(*row).into_iter().for_each(|high| *high |= 1 << bit);
                    });
                }
            }
        }
        sheet
    }

    /// Returns whether some bucket takes the three bytes that a text begins with.
    pub(crate) fn takes(&self, text: &[u8]) -> bool {
        let buckets = |(takes, byte): (&[u8; TAKEN], &u8)| takes[usize::from(byte & 0x7f)];
        self.takes.iter().zip(text).map(buckets).fold(0xff, |all, some| all & some) != 0
    }
}

/// Returns a block three times: as it is, from its second byte on, and from its third.
#[inline]
pub(crate) fn shifted(bytes: &[u8]) -> Option<[&[u8; BLOCK]; GRAM]> {
    Some([bytes.first_chunk()?, bytes.get(1..)?.first_chunk()?, bytes.get(2..)?.first_chunk()?])
}

/// Texts that are looked for at once, by grams in `8 * N` buckets.
#[derive(Debug)]
pub(crate) struct Grams<const N: usize> {
    kernel: Kernel,
    sheets: [Sheet; N],
    /// For each length that grams have.
    tables: Vec<Table>,
    /// The most bytes of a text before its gram.
    farthest: usize,
}

impl<const N: usize> Grams<N> {
    /// Chooses the grams and makes the tables.
    ///
    /// # Complexity
    ///
    /// Linear in the texts' bytes times the texts.
    pub(crate) fn new(kernel: Kernel, precision: Precision, texts: &[Sought]) -> Grams<N> {
        let (buckets, offsets) = buckets::arrange(texts, 8 * N, precision);
        let sheet = |n: usize| Sheet::new(buckets.chunks(8).nth(n).unwrap_or_default());
        let lens = (1..=GRAM).filter(|len| texts.iter().any(|text| text.gram_len() == *len));
        Grams {
            kernel,
            sheets: std::array::from_fn(sheet),
            tables: lens.map(|len| Table::new(len, texts, &offsets)).collect(),
            farthest: offsets.iter().copied().max().unwrap_or(0),
        }
    }

    /// Calls `found` with the index of a text and where it may begin within `range`: with all that do, and
    /// with others that have a gram in common with them.
    ///
    /// # Complexity
    ///
    /// Linear in the range and in the grams in it.
    pub(crate) fn find(
        &self,
        haystack: &[u8],
        range: &Range<usize>,
        mut found: impl FnMut(usize, usize),
    ) {
        let end = haystack.len().min(range.end + self.farthest);
        let mut masks = [0; STRETCH];
        for start in (range.start..end).step_by(STRETCH * BLOCK) {
            let blocks = (end - start).div_ceil(BLOCK).min(STRETCH);
            let masks = masks.get_mut(..blocks).unwrap_or_default();
            let bytes = haystack.get(start..).unwrap_or_default();
            self.kernel.grams(&self.sheets, bytes, masks);
            for (block, mask) in (start..).step_by(BLOCK).zip(masks) {
                for bit in bits(*mask) {
                    self.look_up(haystack, block + bit, range, &mut found);
                }
            }
        }
    }

    /// Hands on the texts whose gram stands at a place.
    fn look_up(
        &self,
        haystack: &[u8],
        place: usize,
        range: &Range<usize>,
        found: &mut impl FnMut(usize, usize),
    ) {
        let there = gram(haystack, place);
        for table in &self.tables {
            for entry in table.entries(there) {
                let at = place.checked_sub(entry.offset).filter(|at| range.contains(at));
                at.into_iter().for_each(|at| found(entry.text, at));
            }
        }
    }
}

/// Texts by their grams, all of one length.
#[derive(Debug)]
struct Table {
    /// The bits of a gram that count.
    mask: u32,
    /// For each slot the index of its first entry, and at the end how many there are.
    starts: Vec<u16>,
    entries: Vec<Entry>,
}

/// A gram of a text.
#[derive(Clone, Copy, Debug)]
struct Entry {
    gram: u32,
    /// Index of the text.
    text: usize,
    /// Bytes of it before the gram.
    offset: usize,
}

impl Table {
    /// Files the texts whose grams have a length.
    fn new(len: usize, texts: &[Sought], offsets: &[usize]) -> Table {
        let alike = texts.iter().zip(offsets).enumerate().filter(|(_, t)| t.0.gram_len() == len);
        let mut entries: Vec<Entry> = alike
            .flat_map(|(text, (sought, offset))| {
                let grams = sought.text.get(*offset..offset + len).unwrap_or_default();
                let grams = written(grams, sought);
                grams.into_iter().map(move |gram| Entry { gram, text, offset: *offset })
            })
            .collect();
        entries.sort_by_key(|entry| slot(entry.gram));
        let before = |bound: usize| entries.partition_point(|entry| slot(entry.gram) < bound);
        let starts = (0..=1 << SLOTS).map(|bound| before(bound) as u16).collect();
        Table { mask: u32::MAX >> (u32::BITS - 8 * len as u32), starts, entries }
    }

    /// Iterates over the entries of a gram.
    fn entries(&self, gram: u32) -> impl Iterator<Item = &Entry> {
        let gram = gram & self.mask;
        let slot = slot(gram);
        let range = match self.starts.get(slot..slot + 2) {
            Some([first, next]) => usize::from(*first)..usize::from(*next),
            _ => 0..0,
        };
        let entries = self.entries.get(range).unwrap_or_default();
        entries.iter().filter(move |entry| entry.gram == gram)
    }
}

/// Returns the slot of a gram: the highest bits of its product with a large odd number, the golden ratio's.
fn slot(gram: u32) -> usize {
    (gram.wrapping_mul(0x9e37_79b1) >> (u32::BITS - SLOTS)) as usize
}

/// Returns the gram at a place; where the text ends before it does, zeros follow.
fn gram(haystack: &[u8], place: usize) -> u32 {
    let four = haystack.get(place..).unwrap_or_default();
    match four.first_chunk() {
        Some(four) => u32::from_le_bytes(*four) & 0x00ff_ffff,
        None => four.iter().rev().fold(0, |gram, byte| gram << 8 | u32::from(*byte)),
    }
}

/// Returns every way to write a gram of a text, in capitals and small letters, once.
fn written(bytes: &[u8], sought: &Sought) -> Vec<u32> {
    let mut grams = vec![0];
    for byte in bytes.iter().rev() {
        let longer = |gram: u32| sought.cases(*byte).map(|byte| gram << 8 | u32::from(byte));
        grams = grams.into_iter().flat_map(longer).collect();
    }
    grams.sort_unstable();
    grams.dedup();
    grams
}
