//! A customer's own values, known by their keyed digests only.
//!
//! A token of the payload is worth an HMAC only if a short keyed hash of it, which is kept beside the
//! digests, is in the table; and worth that hash only if the table holds values of its length and
//! kind of characters.

use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::sip::SipKey;
use crate::error::{BuildError, BuildErrorKind};
use crate::fingerprint::Fingerprint;
use crate::terms::filter::Filter;

/// Characters of the longest value, without those that are dropped.
pub(super) const LONGEST_VALUE: usize = 64;
/// Characters of the shortest value: shorter ones stand everywhere, and are guessed in no time.
pub(super) const SHORTEST_VALUE: usize = 5;
/// What is dropped where nothing else is said.
const MARKS: &str = " -./";
/// Characters that may be dropped at the most.
const MOST_DROPPED: usize = 16;
/// Rows of a table at the most.
const MOST_ROWS: usize = 50_000_000;
/// Values for each entry of the index over the sorted hashes.
const EACH_BUCKET: usize = 4;

/// The first bytes of a table.
const MAGIC: &[u8; 24] = b"portcullis exact table 1";
/// Bytes that tell whether a key is the table's.
const PROOF: usize = 16;
/// What the key is asked for, so that no answer can be taken for a value's digest.
const PROOF_TEXT: &[u8] = b"\0portcullis exact table: which key";
const FILTER_TEXT: &[u8] = b"\0portcullis exact table: short hashes";

/// How values and tokens are brought into one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Normal {
    /// Characters that count for nothing between two others: marks of ASCII.
    pub(super) dropped: Vec<u8>,
    pub(super) ignore_case: bool,
}

impl Default for Normal {
    fn default() -> Normal {
        Normal { dropped: MARKS.as_bytes().to_vec(), ignore_case: true }
    }
}

impl Normal {
    /// Drops these characters instead.
    pub(super) fn with_dropped(self, dropped: &str) -> Result<Normal, String> {
        let is_mark = |byte: &u8| byte.is_ascii_punctuation() || *byte == b' ';
        if dropped.len() > MOST_DROPPED || !dropped.bytes().all(|byte| is_mark(&byte)) {
            return Err(format!(
                "what is dropped must be up to {MOST_DROPPED} marks or blanks of ASCII"
            ));
        }
        Ok(Normal { dropped: dropped.as_bytes().to_vec(), ..self })
    }

    fn value(&self, byte: u8) -> u8 {
        if self.ignore_case { byte.to_ascii_uppercase() } else { byte }
    }
}

/// Characters of a token: letters, digits, bytes outside of ASCII.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

/// Returns which characters a value consists of, as one bit: digits, others, both.
fn kind(value: &[u8]) -> u8 {
    let digits = value.iter().any(u8::is_ascii_digit);
    let others = value.iter().any(|byte| !byte.is_ascii_digit());
    kind_of(digits, others)
}

pub(super) const fn kind_of(digits: bool, others: bool) -> u8 {
    match (digits, others) {
        (true, false) => 1,
        (false, true) => 2,
        _ => 4,
    }
}

/// For each length the kinds of values that the table holds.
pub(super) type Kinds = [u8; LONGEST_VALUE + 1];

/// A table of values as HMAC-SHA-256 digests under the customer's key.
///
/// It is made by [`ExactTable::builder`] or `portcullis exact build`, and searched by a scanner that is
/// built with the same key.
#[derive(Clone)]
pub struct ExactTable {
    normal: Normal,
    kinds: Kinds,
    /// Tells the key; `None` for a plain list of digests.
    proof: Option<[u8; PROOF]>,
    /// Sorted: the short hashes, or the first bytes of the digests where there are none.
    hashes: Vec<u64>,
    /// In the order of the hashes.
    digests: Vec<[u8; 32]>,
}

impl fmt::Debug for ExactTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExactTable").field("rows", &self.digests.len()).finish_non_exhaustive()
    }
}

impl ExactTable {
    /// Returns a builder for a table of values under a key.
    pub fn builder(key: &[u8]) -> ExactTableBuilder {
        ExactTableBuilder { hasher: Hasher::new(key), normal: Normal::default(), rows: Vec::new() }
    }

    /// Reads a table that [`write_to`](ExactTable::write_to) wrote.
    ///
    /// # Complexity
    ///
    /// Linear; keeps 40 bytes for each row, and ten more once a scanner is built with it.
    ///
    /// # Errors
    ///
    /// Bytes that are no such table, or not a whole one.
    pub fn read(bytes: &[u8]) -> Result<ExactTable, BuildError> {
        let broken = || conflict("this is no table of digests, or not a whole one; make it again");
        let table = ExactTable::parse(bytes).ok_or_else(broken)?;
        let sorted = table.hashes.is_sorted();
        if sorted { Ok(table) } else { Err(broken()) }
    }

    /// Writes the table, and returns the number of its rows.
    ///
    /// # Errors
    ///
    /// Those of `out`, and a table that was read from a plain list of digests.
    pub fn write_to(&self, mut out: impl io::Write) -> io::Result<usize> {
        let proof = self.proof.ok_or(io::ErrorKind::Unsupported)?;
        let Normal { dropped, ignore_case } = &self.normal;
        out.write_all(MAGIC)?;
        out.write_all(&[u8::from(*ignore_case), dropped.len() as u8])?;
        let marks = dropped.iter().copied().chain([0; MOST_DROPPED]).take(MOST_DROPPED);
        out.write_all(&marks.collect::<Vec<u8>>())?;
        out.write_all(&proof)?;
        out.write_all(&self.kinds)?;
        out.write_all(&(self.digests.len() as u64).to_le_bytes())?;
        self.hashes.iter().try_for_each(|hash| out.write_all(&hash.to_le_bytes()))?;
        self.digests.iter().try_for_each(|digest| out.write_all(digest))?;
        Ok(self.digests.len())
    }

    pub(super) fn fingerprint(&self, print: &mut Fingerprint) {
        let Normal { dropped, ignore_case } = &self.normal;
        print.texts(&[b"exact".as_slice(), dropped, &self.kinds]);
        print.number((*ignore_case).into());
        print.texts(&self.digests);
    }

    /// Returns how many values the table knows.
    pub fn rows(&self) -> usize {
        self.digests.len()
    }

    /// Returns whether bytes begin as a table does.
    pub(super) fn is_table(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Makes a table of digests that were computed elsewhere, of values of the lengths and kinds given.
    pub(super) fn of_digests(mut digests: Vec<[u8; 32]>, normal: Normal, kinds: Kinds) -> Self {
        digests.sort_unstable();
        digests.dedup();
        let hashes = digests.iter().map(first_bytes).collect();
        ExactTable { normal, kinds, proof: None, hashes, digests }
    }

    fn parse(bytes: &[u8]) -> Option<ExactTable> {
        let mut rest = Bytes(bytes.strip_prefix(MAGIC)?);
        let [ignore_case, dropped] = rest.take::<2>()?;
        let marks = rest.take::<MOST_DROPPED>()?;
        let dropped = marks.get(..usize::from(dropped))?;
        let normal = Normal { dropped: Vec::new(), ignore_case: ignore_case == 1 };
        let normal = normal.with_dropped(std::str::from_utf8(dropped).ok()?).ok()?;
        let proof = Some(rest.take::<PROOF>()?);
        let kinds = rest.take()?;
        let rows = usize::try_from(u64::from_le_bytes(rest.take()?)).ok()?;
        let whole = rows.checked_mul(8 + 32) == Some(rest.0.len()) && rows > 0;
        let (hashes, digests) = rest.0.split_at_checked(rows * 8).filter(|_| whole)?;
        let hashes = hashes.as_chunks::<8>().0.iter().map(|hash| u64::from_le_bytes(*hash));
        let digests = digests.as_chunks::<32>().0.to_vec();
        Some(ExactTable { normal, kinds, proof, hashes: hashes.collect(), digests })
    }
}

/// Bytes that are read from the front.
struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }
}

fn conflict(message: impl Into<String>) -> BuildError {
    BuildError::new(BuildErrorKind::Conflict, message)
}

fn first_bytes(digest: &[u8; 32]) -> u64 {
    digest.first_chunk::<8>().map_or(0, |first| u64::from_be_bytes(*first))
}

/// What a key computes, with the key's own work done once.
#[derive(Clone)]
struct Hasher {
    mac: Option<Hmac<Sha256>>,
    short: SipKey,
    proof: [u8; PROOF],
}

impl Hasher {
    fn new(key: &[u8]) -> Hasher {
        let mac = <Hmac<Sha256> as Mac>::new_from_slice(key).ok();
        let mut hasher = Hasher { mac, short: SipKey::new([0; 16]), proof: [0; PROOF] };
        let half = |digest: [u8; 32]| digest.first_chunk::<16>().copied().unwrap_or_default();
        hasher.proof = half(hasher.digest(PROOF_TEXT));
        hasher.short = SipKey::new(half(hasher.digest(FILTER_TEXT)));
        hasher
    }

    fn digest(&self, value: &[u8]) -> [u8; 32] {
        let mac = self.mac.clone().map(|mac| mac.chain_update(value).finalize().into_bytes());
        mac.map_or([0; 32], Into::into)
    }
}

/// Makes an [`ExactTable`] of values, which it does not keep.
pub struct ExactTableBuilder {
    hasher: Hasher,
    normal: Normal,
    rows: Vec<(u64, [u8; 32], u8, u8)>,
}

impl fmt::Debug for ExactTableBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExactTableBuilder").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}

impl ExactTableBuilder {
    /// Sets the marks and blanks that count for nothing between two other characters. Default: blank,
    /// `-`, `.` and `/`. To be set before the first value.
    ///
    /// # Errors
    ///
    /// Anything but up to 16 marks and blanks of ASCII.
    pub fn drop_marks(&mut self, marks: &str) -> Result<&mut ExactTableBuilder, BuildError> {
        self.normal = self.normal.clone().with_dropped(marks).map_err(conflict)?;
        Ok(self)
    }

    /// Sets whether `a` and `A` are different characters. Default: they are not.
    pub fn keep_case(&mut self, keep: bool) -> &mut ExactTableBuilder {
        self.normal.ignore_case = !keep;
        self
    }

    /// Adds the digest of a value.
    ///
    /// # Errors
    ///
    /// A value of fewer than 5 or more than 64 characters, or with one that is no letter or digit
    /// and is not dropped; the message does not show it.
    pub fn add(&mut self, value: &[u8]) -> Result<(), BuildError> {
        let kept = value.iter().filter(|byte| !self.normal.dropped.contains(byte));
        let text: Vec<u8> = kept.map(|byte| self.normal.value(*byte)).collect();
        if !text.iter().all(|byte| is_token(*byte)) {
            return Err(conflict(
                "a value has a character that is no letter or digit and is not dropped",
            ));
        }
        if !(SHORTEST_VALUE..=LONGEST_VALUE).contains(&text.len()) {
            return Err(conflict(format!(
                "a value has {} characters; {SHORTEST_VALUE} to {LONGEST_VALUE} are allowed",
                text.len()
            )));
        }
        if self.rows.len() >= MOST_ROWS {
            return Err(conflict(format!("a table holds {MOST_ROWS} values at the most")));
        }
        let digest = self.hasher.digest(&text);
        self.rows.push((self.hasher.short.hash(&text), digest, text.len() as u8, kind(&text)));
        Ok(())
    }

    /// Returns the table of the values that were added.
    ///
    /// # Errors
    ///
    /// No values.
    pub fn build(&self) -> Result<ExactTable, BuildError> {
        if self.rows.is_empty() {
            return Err(conflict("a table needs a value"));
        }
        let mut rows = self.rows.clone();
        rows.sort_unstable();
        rows.dedup();
        let mut kinds = [0; LONGEST_VALUE + 1];
        for (_, _, length, kind) in &rows {
            kinds.get_mut(usize::from(*length)).into_iter().for_each(|kinds| *kinds |= kind);
        }
        Ok(ExactTable {
            normal: self.normal.clone(),
            kinds,
            proof: Some(self.hasher.proof),
            hashes: rows.iter().map(|row| row.0).collect(),
            digests: rows.iter().map(|row| row.1).collect(),
        })
    }
}

/// A table with its key, ready to be searched.
pub(super) struct Lookup {
    table: Arc<ExactTable>,
    hasher: Hasher,
    filter: Filter,
    /// Where the hashes begin that share their first bits.
    buckets: Vec<u32>,
    shift: u32,
    /// The kinds of beginnings that may come to a value.
    hopeful: u8,
    /// What each byte is.
    characters: [Character; 256],
    /// Whether every value has a digit in it.
    needs_digit: bool,
    longest: usize,
}

impl fmt::Debug for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lookup").field("table", &self.table).finish_non_exhaustive()
    }
}

impl Lookup {
    pub(super) fn new(table: Arc<ExactTable>, key: Option<&[u8]>) -> Result<Lookup, String> {
        let key = key.ok_or("a table of digests needs the key that it was made with")?;
        let hasher = Hasher::new(key);
        if table.proof.is_some_and(|proof| proof != hasher.proof) {
            return Err("the table was made with another key".to_owned());
        }
        let (buckets, shift) = buckets(&table.hashes);
        let kinds = table.kinds.iter().fold(0, |all, kinds| all | kinds);
        let longest = table.kinds.iter().rposition(|kinds| *kinds != 0).unwrap_or(0);
        let filter = Filter::new(table.hashes.iter().copied());
        let hopeful = hopeful(kinds);
        let characters = characters(&table.normal, hopeful);
        let needs_digit = kinds & kind_of(false, true) == 0;
        Ok(Lookup {
            hopeful,
            characters,
            needs_digit,
            table,
            hasher,
            filter,
            buckets,
            shift,
            longest,
        })
    }

    /// Calls `found` with the span and the normalised value of the longest token from each place within
    /// `range` on that is in the table.
    ///
    /// # Complexity
    ///
    /// Linear in the range: from each beginning of a word at most 64 characters are read, and each
    /// run of them that may be a value costs one short hash. It does not grow with the table.
    pub(super) fn find(
        &self,
        haystack: &[u8],
        range: &Range<usize>,
        found: &mut impl FnMut(Range<usize>, &[u8]),
    ) {
        let before = range.start.checked_sub(1).and_then(|i| haystack.get(i));
        let mut goes_on = before.is_some_and(|before| is_token(*before));
        let bytes = haystack.get(range.clone()).unwrap_or_default();
        let mut digit = range.start;
        for (byte, at) in bytes.iter().zip(range.clone()) {
            let character = self.character(*byte);
            if character.begins && !goes_on && self.has_digit(haystack, at, &mut digit) {
                self.at(haystack, at, found);
            }
            goes_on = character.is_token();
        }
    }

    /// Returns whether a token from `at` on may have a digit, where one is needed. `digit` is the next
    /// one, or how far there is none; it only ever moves on.
    fn has_digit(&self, haystack: &[u8], at: usize, digit: &mut usize) -> bool {
        let reach = at + 2 * self.longest;
        if !self.needs_digit {
            return true;
        }
        *digit = (*digit).max(at);
        let ahead = haystack.get(*digit..haystack.len().min(reach)).unwrap_or_default();
        let next = ahead.iter().position(u8::is_ascii_digit);
        *digit += next.unwrap_or(ahead.len());
        next.is_some()
    }

    fn at(&self, haystack: &[u8], start: usize, found: &mut impl FnMut(Range<usize>, &[u8])) {
        let mut value = [0; LONGEST_VALUE];
        let (mut length, mut kinds, mut longest) = (0, 0, None);
        let bytes = haystack.get(start..).unwrap_or_default();
        for (index, byte) in bytes.iter().enumerate() {
            let Character { kind, value: character, .. } = self.character(*byte);
            let next = bytes.get(index + 1);
            let joins = next.is_some_and(|next| self.character(*next).is_token());
            if kind == DROPPED && joins {
                continue;
            }
            kinds |= kind;
            let room = value.get_mut(length).filter(|_| length < self.longest);
            let Some(place) = room.filter(|_| self.may_go_on(kinds)) else { break };
            *place = character;
            length += 1;
            let text = value.get(..length).unwrap_or_default();
            if !joins && self.knows(text, kinds) {
                longest = Some((start + index + 1, length));
            }
        }
        if let Some((end, length)) = longest {
            found(start..end, value.get(..length).unwrap_or_default());
        }
    }

    fn character(&self, byte: u8) -> Character {
        self.characters.get(usize::from(byte)).copied().unwrap_or_default()
    }

    /// Returns whether what consists of these kinds of characters may come to a value.
    fn may_go_on(&self, kinds: u8) -> bool {
        self.hopeful & one_kind(kinds) != 0
    }

    fn knows(&self, text: &[u8], kinds: u8) -> bool {
        let known = self.table.kinds.get(text.len()).copied().unwrap_or(0);
        if known & one_kind(kinds) == 0 {
            return false;
        }
        if self.table.proof.is_none() {
            let digest = self.hasher.digest(text);
            return self.holds(first_bytes(&digest), &digest);
        }
        let hash = self.hasher.short.hash(text);
        let likely = self.filter.has(hash) && !self.rows(hash).is_empty();
        likely && self.holds(hash, &self.hasher.digest(text))
    }

    fn holds(&self, hash: u64, digest: &[u8; 32]) -> bool {
        let rows = self.table.digests.get(self.rows(hash));
        rows.is_some_and(|rows| rows.contains(digest))
    }

    /// Returns the rows with a hash.
    fn rows(&self, hash: u64) -> Range<usize> {
        let bucket = (hash >> self.shift) as usize;
        let bound = |index: usize| self.buckets.get(index).map_or(0, |start| *start as usize);
        let (start, end) = (bound(bucket), bound(bucket + 1));
        let hashes = self.table.hashes.get(start..end).unwrap_or_default();
        let first = hashes.partition_point(|known| *known < hash);
        let count = hashes.iter().skip(first).take_while(|known| **known == hash).count();
        start + first..start + first + count
    }
}

/// Returns where the sorted hashes begin that share their first bits, and how far a hash is shifted to
/// leave those.
fn buckets(hashes: &[u64]) -> (Vec<u32>, u32) {
    let size = (hashes.len() / EACH_BUCKET).next_power_of_two().max(2);
    let shift = 64 - size.trailing_zeros();
    let first = |bucket: u64| hashes.partition_point(|hash| hash >> shift < bucket);
    ((0..=size as u64).map(|bucket| first(bucket) as u32).collect(), shift)
}

/// What a byte is to a table.
#[derive(Clone, Copy, Default)]
struct Character {
    /// [`DIGIT`], [`OTHER`], [`DROPPED`], or [`NONE`].
    kind: u8,
    /// Whether a value may begin with it.
    begins: bool,
    /// As it is compared.
    value: u8,
}

impl Character {
    fn is_token(self) -> bool {
        self.kind & (DIGIT | OTHER) != 0
    }
}

const DIGIT: u8 = 1;
const OTHER: u8 = 2;
const DROPPED: u8 = 4;
/// What ends a token.
const NONE: u8 = 8;

/// Returns the bit of the kind that a table uses for a set of characters; none where something else than
/// digits and others is among them.
fn one_kind(kinds: u8) -> u8 {
    match kinds {
        DIGIT => kind_of(true, false),
        OTHER => kind_of(false, true),
        3 => kind_of(true, true),
        _ => 0,
    }
}

/// Returns what each byte is to a table.
fn characters(normal: &Normal, hopeful: u8) -> [Character; 256] {
    std::array::from_fn(|index| {
        let byte = index as u8;
        let kind = match byte {
            b'0'..=b'9' => DIGIT,
            _ if is_token(byte) => OTHER,
            _ if normal.dropped.contains(&byte) => DROPPED,
            _ => NONE,
        };
        Character { kind, begins: hopeful & one_kind(kind) != 0, value: normal.value(byte) }
    })
}

/// Returns the kinds of beginnings that may come to a value of one of these kinds.
fn hopeful(kinds: u8) -> u8 {
    let both = kinds & kind_of(true, true) != 0;
    if both { 7 } else { kinds }
}
