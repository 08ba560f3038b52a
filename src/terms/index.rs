//! Which stems of entries may begin at a word, told from its first letters.

use super::entry::next_word;
use super::filter::Filter;
use super::fold::{Inverse, Latin, letter};
use super::head::{Folded, Head, Key};
use super::stems::{Asking, Stem, Stems};
use crate::engine::classes::{TEXT_REACH, bits};
use crate::engine::kernel::Kernel;
use crate::engine::sieve::{GOLDEN, NEXT, OTHER_BITS, Sieve, TABLE_BITS, TOLD_BY, WITH_NEXT};
use crate::engine::{BLOCK, is_control};

/// The stems of entries by what a text with one of these begins with.
#[derive(Debug)]
pub(crate) struct Index {
    /// A bit for each hash of a key that stems are known by; most words end here.
    table: Filter,
    /// The highest bit for each byte of ASCII that something begins with, all letters among these.
    leads: [u8; 128],
    stems: Stems,
    buckets: Buckets,
    others: Others,
    latin: Latin,
    threes: Threes,
}

/// The first three letters that keys have, a bit for each: nothing where there are fewer.
#[derive(Debug)]
struct Threes(Vec<u64>);

impl Threes {
    fn add(&mut self, Key(key): Key) {
        let index = codes_index([key as u8, (key >> 8) as u8, (key >> 16) as u8]);
        self.0.get_mut(index / 64).into_iter().for_each(|bits| *bits |= 1 << (index % 64));
    }

    /// Returns whether a word may begin something of which these are the first letters, or that ends before a
    /// capital among them.
    fn may_begin(&self, ([first, second, third], capitals): ([u8; 3], [bool; 3])) -> bool {
        let has = |codes| {
            let index = codes_index(codes);
            self.0.get(index / 64).is_some_and(|bits| bits >> (index % 64) & 1 != 0)
        };
        let [_, before, last] = capitals;
        has([first, second, third])
            || last && has([first, second, 0])
            || before && has([first, 0, 0])
    }
}

/// Returns which bit stands for three letters, each by its number in the alphabet, 0 for none.
fn codes_index([first, second, third]: [u8; 3]) -> usize {
    usize::from(first) << 10 | usize::from(second) << 5 | usize::from(third)
}

/// What begins with no letter of ASCII.
#[derive(Debug)]
struct Others {
    /// A bit for each byte of ASCII that something begins with.
    leads: u128,
    /// A bit for each hash of the first bytes in which something is written.
    table: Filter,
}

/// What a text that holds an entry begins with, folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beginning {
    /// The letters of the first word and of what is run together with it, as many as a key has; fewer stand
    /// before something else.
    Word(Key),
    /// A whole short word, and what the next begins with.
    Words(Key, [u8; 2]),
    /// A whole short word, and something that is neither a letter nor a blank.
    Marked(Key),
    /// The first two characters, where the first is no letter of ASCII.
    Other([Option<char>; 2]),
}

impl Index {
    /// Makes the index of stems by the beginnings of their entries, each with the index of its stem.
    pub(super) fn new(
        beginnings: impl IntoIterator<Item = (Beginning, u16)>,
        stems: Stems,
    ) -> Index {
        let mut table = Filter::of_bits(TABLE_BITS);
        let mut others = Others { leads: 0, table: Filter::of_bits(OTHER_BITS) };
        let unfolded = Inverse::new();
        let mut threes = Threes(vec![0; 1 << 9]);
        let mut all = Vec::new();
        for (beginning, stem) in beginnings {
            let hash = beginning.hash();
            if let Beginning::Word(key) | Beginning::Words(key, _) | Beginning::Marked(key) =
                beginning
            {
                threes.add(key);
            }
            match beginning {
                Beginning::Other(first) => others.add(first, &unfolded),
                Beginning::Word(_) => table.insert(hash),
                Beginning::Marked(key) => table.insert(hash_of(key.opening())),
                Beginning::Words(key, _) => {
                    table.insert(hash_of(key.opening()));
                    table.insert(hash);
                }
            }
            all.push((hash, stem));
        }
        all.sort_unstable();
        all.dedup();
        let leads = others.leads();
        let buckets = Buckets::new(&all);
        Index { table, leads, stems, buckets, others, latin: Latin::new(), threes }
    }

    /// Clears the bits of `starts`, one for each byte of a text, at which no entry begins that is written
    /// plainly: most words do not get further.
    ///
    /// # Complexity
    ///
    /// Constant for each start, whatever the number of entries.
    pub(crate) fn sift(&self, kernel: Kernel, text: &[u8], starts: &mut [u64]) {
        let tables = self.table.words().first_chunk().zip(self.others.table.words().first_chunk());
        let sieve = tables.map(|(table, others)| Sieve { table, others, leads: &self.leads });
        if sieve.is_some_and(|sieve| kernel.sift(sieve, text, starts)) {
            return;
        }
        for (mask, block) in starts.iter_mut().zip((0..).step_by(BLOCK)) {
            // Put together whatever comes of each, so that nothing has to be foretold.
            let kept = bits(*mask).map(|bit| u64::from(self.may_begin(text, block + bit)) << bit);
            *mask = kept.fold(0, |kept, bit| kept | bit);
        }
    }

    /// Returns whether an entry may begin at a word; what is odd is not looked at any further.
    #[inline]
    fn may_begin(&self, text: &[u8], start: usize) -> bool {
        let head = Head::at(text, start);
        let key = head.key();
        if key == Key::default() {
            let [lead, ..] = head.bytes();
            let may_lead = self.leads.get(usize::from(lead)).is_none_or(|is_lead| *is_lead != 0);
            return may_lead && (is_latin(head) || self.others.may_begin(head.bytes()));
        }
        head.is_odd() || self.table.has(hash_of(key)) || key.is_short() && self.may_open(key, head)
    }

    /// Returns whether a short word may begin something that goes on behind it.
    #[inline]
    fn may_open(&self, key: Key, head: Head) -> bool {
        let opening = || Beginning::Word(key.opening());
        let opening = head.next(key).map_or_else(opening, |next| Beginning::Words(key, next));
        self.table.has(opening.hash())
    }

    fn may_begin_oddly(&self, haystack: &[u8], start: usize, head: Head) -> bool {
        let is_letter = head.key() != Key::default();
        if !is_letter && !is_latin(head) {
            return self.others.may_begin(head.bytes());
        }
        if head.is_single() && !is_text(haystack, start) {
            return false;
        }
        let codes = self.latin.codes(head.bytes());
        codes.is_none_or(|codes| self.threes.may_begin(codes))
            && self.keys(haystack, start, head).any(|(key, width)| {
                let opens = || self.may_open_at(haystack, start + width, key);
                self.table.has(hash_of(key)) || key.is_short() && opens()
            })
    }

    /// Returns whether a short word that ends at `at` may begin something that goes on behind it.
    fn may_open_at(&self, haystack: &[u8], at: usize, key: Key) -> bool {
        let is_marked = haystack.get(at).is_some_and(|b| b.is_ascii_punctuation() || !b.is_ascii());
        let is_next = || {
            let (next, _) = next_word(haystack, at);
            self.table.has(Beginning::Words(key, next).hash())
        };
        self.table.has(hash_of(key.opening())) && (is_marked || is_next())
    }

    /// Iterates over the keys that a word may have which is not plain, and the bytes that each takes.
    fn keys(
        &self,
        haystack: &[u8],
        start: usize,
        head: Head,
    ) -> impl Iterator<Item = (Key, usize)> + use<> {
        let is_plain = head.key() != Key::default() && !head.goes_on_outside();
        let own = is_plain.then(|| head.keys().map(|key| (key, key.len())));
        let folded = (!is_plain).then(|| Folded::at(haystack, start, &self.latin).keys());
        own.into_iter().flatten().chain(folded.into_iter().flatten())
    }

    /// Calls `found` with every stem whose entries may begin at `start`, and few others.
    ///
    /// # Complexity
    ///
    /// Linear in the stems that begin alike.
    pub(super) fn find(
        &self,
        haystack: &[u8],
        start: usize,
        mut found: impl FnMut(&Stem, &[u8], &[Asking]),
    ) {
        let head = Head::at(haystack, start);
        let key = head.key();
        let is_odd = key == Key::default() || head.is_odd();
        let lower = head.lower().filter(|_| !is_odd);
        let mut look = |index: u16| {
            let stem = self.stems.get(index);
            let stands =
                |stem: &&Stem| lower.is_none_or(|lower| stem.may_stand(haystack, start, lower));
            if let Some(stem) = stem.filter(stands) {
                let (letters, entries) = self.stems.of(stem);
                found(stem, letters, entries);
            }
        };
        if !is_odd {
            self.look_up(haystack, start, (key, key.len()), &mut look);
        } else if self.may_begin_oddly(haystack, start, head) {
            self.find_odd(haystack, start, head, &mut look);
        }
    }

    /// Looks up a word that may be another than its first letters show.
    fn find_odd(&self, haystack: &[u8], start: usize, head: Head, found: &mut impl FnMut(u16)) {
        let mut any = false;
        for (key, width) in self.keys(haystack, start, head) {
            any = true;
            self.look_up(haystack, start, (key, width), found);
        }
        if !any {
            let [first, second] = characters(haystack, start);
            for known in [[first, second], [first, None]] {
                self.buckets.find(Beginning::Other(known).hash(), &mut *found);
            }
        }
    }

    /// Looks up a word by a key, which takes `width` bytes where it is short.
    fn look_up(
        &self,
        haystack: &[u8],
        start: usize,
        (key, width): (Key, usize),
        found: &mut impl FnMut(u16),
    ) {
        self.buckets.find(hash_of(key), &mut *found);
        if key.is_short() {
            let (next, _) = next_word(haystack, start + width);
            self.buckets.find(Beginning::Words(key, next).hash(), found);
        }
    }
}

/// Returns whether a word may begin with a letter of Latin script outside of ASCII: U+00C0 to U+017F in UTF-8, or
/// one byte of ISO 8859-1.
fn is_latin(head: Head) -> bool {
    let [lead, second, ..] = head.bytes();
    matches!((lead, second), (0xc3..0xc6, _) | (0xc0.., 0..0x80 | 0xc0..))
}

/// Returns whether no control characters, but blanks and zeros, stand within [`TEXT_REACH`] bytes: elsewhere a byte
/// that is no UTF-8 is no letter of ISO 8859-1.
fn is_text(haystack: &[u8], at: usize) -> bool {
    let around = at.saturating_sub(TEXT_REACH)..haystack.len().min(at + TEXT_REACH);
    let around = haystack.get(around).unwrap_or_default();
    // Told of all bytes at once.
    !around.iter().fold(false, |any, byte| any | is_control(*byte))
}

impl Beginning {
    /// Returns a hash. The bits of the kinds do not overlap, so different things differ before it.
    fn hash(self) -> u64 {
        let code = |character: Option<char>| character.map_or(0, u64::from);
        let bits = match self {
            Beginning::Word(key) | Beginning::Marked(key) => return hash_of(key),
            Beginning::Words(Key(key), [first, second]) => {
                let [one, two] = NEXT.map(|byte| 8 * byte);
                key | WITH_NEXT | u64::from(first) << one | u64::from(second) << two
            }
            Beginning::Other([first, second]) => 1 << 62 | code(first) << 32 | code(second),
        };
        bits.wrapping_mul(GOLDEN)
    }
}

#[inline]
fn hash_of(key: Key) -> u64 {
    key.0.wrapping_mul(GOLDEN)
}

/// Returns what a hash is known by at its place, from bits that all bits before them went into; never 0.
fn tag(hash: u64) -> u16 {
    (hash >> 20) as u16 | 1
}

/// Lists of stems by hashes: open addressing.
#[derive(Debug)]
struct Buckets {
    /// For each place what the hash there is known by, 0 where there is none: most that is asked for ends here.
    tags: Vec<u16>,
    /// For each place where its stems begin, and how many they are; of a single one its index.
    slots: Vec<(u32, u16)>,
    shift: u32,
    /// Where they are several.
    lists: Vec<u16>,
}

impl Buckets {
    /// Makes the lists of hashes and stems in order.
    fn new(pairs: &[(u64, u16)]) -> Buckets {
        let distinct = pairs.chunk_by(|one, next| one.0 == next.0).count();
        let bits = (distinct + distinct / 2).next_power_of_two().max(2).trailing_zeros();
        let (tags, slots) = (vec![0; 1 << bits], vec![(0, 0); 1 << bits]);
        let mut buckets = Buckets { tags, slots, shift: 64 - bits, lists: Vec::new() };
        for alike in pairs.chunk_by(|one, next| one.0 == next.0) {
            let hash = alike.first().map_or(0, |(hash, _)| *hash);
            let free = buckets.places(hash).find(|(_, known)| *known == 0).map_or(0, |(at, _)| at);
            buckets.tags.get_mut(free).into_iter().for_each(|known| *known = tag(hash));
            let first = match alike {
                [(_, stem)] => u32::from(*stem),
                _ => buckets.lists.len() as u32,
            };
            let several = alike.iter().map(|(_, stem)| *stem).filter(|_| alike.len() > 1);
            buckets.lists.extend(several);
            let slot = buckets.slots.get_mut(free).into_iter();
            slot.for_each(|slot| *slot = (first, alike.len() as u16));
        }
        buckets
    }

    /// Iterates over the places where a hash may stand, with what is known there.
    #[inline]
    fn places(&self, hash: u64) -> impl Iterator<Item = (usize, u16)> {
        let first = (hash >> self.shift) as usize;
        let places = (first..).map(|at| at & (self.tags.len() - 1));
        places.map(|at| (at, self.tags.get(at).copied().unwrap_or(0)))
    }

    /// Calls `found` with the stems of a hash, and with those of few others.
    #[inline]
    fn find(&self, hash: u64, mut found: impl FnMut(u16)) {
        let own = tag(hash);
        for (at, known) in self.places(hash).take_while(|(_, known)| *known != 0) {
            if known == own {
                match self.slots.get(at) {
                    Some((stem, 1)) => found(*stem as u16),
                    _ => self.several(at).iter().for_each(|stem| found(*stem)),
                }
            }
        }
    }

    /// Returns the stems at a place that are several.
    fn several(&self, place: usize) -> &[u16] {
        let stems = self.slots.get(place).and_then(|(from, count)| {
            let from = *from as usize;
            self.lists.get(from..from + usize::from(*count))
        });
        stems.unwrap_or_default()
    }
}

impl Others {
    /// Enters the ways in which the first two characters of something are written.
    fn add(&mut self, [first, second]: [Option<char>; 2], unfolded: &Inverse) {
        for first in first.into_iter().flat_map(|folded| unfolded.of(folded)) {
            let seconds = second.into_iter().flat_map(|folded| unfolded.of(folded));
            let pair = |second: char| Written::of(first, Some(second));
            let alone = seconds.clone().next().is_none().then_some(Written::of(first, None));
            for written in seconds.map(pair).chain(alone) {
                self.table.insert(written.hash());
                let [lead, ..] = written.bytes.to_le_bytes();
                self.leads |= 1u128.checked_shl(lead.into()).unwrap_or_default();
            }
        }
    }

    /// Returns the highest bit for each byte of ASCII that something begins with, and for each letter.
    fn leads(&self) -> [u8; 128] {
        std::array::from_fn(|byte| {
            let is_lead = self.leads >> byte & 1 != 0 || (byte as u8).is_ascii_alphabetic();
            u8::from(is_lead) << 7
        })
    }

    /// Returns whether something may begin with these bytes, the first of which is no letter of ASCII.
    fn may_begin(&self, bytes: [u8; 8]) -> bool {
        let [lead, second, third, ..] = bytes;
        let width = width_of(lead);
        let is_marked = matches!(if width == 1 { second } else { third }, 0xcc | 0xcd);
        let known = |width| self.table.has(Written::at(bytes, width).hash());
        is_marked || known(width) || known(2 * width)
    }
}

/// The bytes that something begins with as it is written: two characters of the same width, or one.
#[derive(Clone, Copy)]
struct Written {
    bytes: u32,
    width: usize,
}

impl Written {
    fn of(first: char, second: Option<char>) -> Written {
        let mut bytes = [0; 8];
        let width = first.encode_utf8(&mut bytes).len();
        let second = second.filter(|second| width < 3 && second.len_utf8() == width);
        let tail = bytes.get_mut(width..).unwrap_or_default();
        let both = second.map_or(0, |second| second.encode_utf8(tail).len());
        Written::at(bytes, width + both)
    }

    /// Returns the first bytes of a text; of those of one character of three or more, three.
    #[inline]
    fn at(bytes: [u8; 8], width: usize) -> Written {
        let width = width.min(TOLD_BY);
        let bytes = u64::from_le_bytes(bytes) as u32;
        let width = if width_of(bytes as u8) == 3 { 3 } else { width };
        Written { bytes: bytes & u32::MAX >> (8 * (TOLD_BY - width)), width }
    }

    #[inline]
    fn hash(self) -> u64 {
        (u64::from(self.bytes) | (self.width as u64) << 32).wrapping_mul(GOLDEN)
    }
}

/// Returns the bytes of a character that begins with this one, those beyond three aside.
#[inline]
fn width_of(lead: u8) -> usize {
    match lead {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0.. => 3,
    }
}

/// Returns the first two characters of what begins at `start`, folded.
fn characters(haystack: &[u8], start: usize) -> [Option<char>; 2] {
    let first = letter(haystack, start);
    let second = first.and_then(|first| letter(haystack, start + first.width));
    [first, second].map(|letter| {
        let letter = letter?;
        std::str::from_utf8(letter.folded()).ok()?.chars().next()
    })
}

/// Returns the first two characters of a folded stem that begins with no letter of ASCII, as a beginning.
pub(super) fn other(stem: &[u8]) -> Beginning {
    Beginning::Other(characters(stem, 0))
}

#[cfg(test)]
mod tests {
    use super::super::head::SHORT;
    use super::*;
    use crate::engine::Backend;

    #[test]
    fn passes_what_begins_an_entry_and_little_else() {
        let texts =
            ["diabet", "ssn", "ssns", "no", "nokp", "d", "in", "номер", "身份证", "20", "α.φ."];
        let stems = Stems::of_texts(&texts);
        let (words, others) = texts.split_at(6);
        let words = words.iter().map(|word| Beginning::Word(Key::of(word.as_bytes())));
        let phrases = [Beginning::Words(Key::of(b"in"), *b"th")];
        let others = others.iter().skip(1).map(|stem| other(stem.as_bytes()));
        let index = Index::new(words.chain(phrases).chain(others).zip(0..), stems);
        let may_begin = |text: &[u8]| {
            let mut any = false;
            index.find(text, 0, |_, _, _| any = true);
            assert!(!any || index.may_begin(text, 0));
            any
        };
        for text in [
            "Diabetes",
            "DIABETE",
            "DIABE\u{301}TE",
            "diábete",
            "ssn:",
            "SSNs: 5",
            "no. 5",
            "noX",
            "D66 ",
            "NoKp",
            "in therapy",
            "inTherapy",
            "in  \n therapy",
            "in thé",
            "Номер",
            "НОМЕР 5",
            "身份证号",
            "20",
            "Α.Φ.Μ.",
            "ά.φ.μ.",
        ] {
            assert!(may_begin(text.as_bytes()), "{text}");
        }
        assert!(may_begin(b"di\xe1bete") && may_begin(b"di\xe1bete\0\t"));
        assert!(!may_begin(b"di\xe1bete \x02") && may_begin("diábete \x02".as_bytes()));
        for text in [
            "the diabetes",
            "ssh: x = 5",
            "nob5 to be",
            "\u{301}abcdefg",
            "été du jour",
            "diabolical",
            "in time",
            "inner time",
            "сера",
            "身体",
            "21",
            "beta",
            "",
        ] {
            assert!(!may_begin(text.as_bytes()), "{text}");
        }
    }

    /// Masks of all bytes of a text.
    fn every_start(text: &[u8]) -> Vec<u64> {
        let block = |block: &[u8]| u64::MAX >> (BLOCK - block.len());
        text.chunks(BLOCK).map(block).collect()
    }

    /// What each backend passes of a text is what the reference does; returns how much that is.
    fn assert_sifts_alike(index: &Index, text: &[u8]) -> u32 {
        let mut expected = every_start(text);
        index.sift(Kernel::Scalar, text, &mut expected);
        for backend in Backend::available() {
            let mut starts = every_start(text);
            index.sift(Kernel::of(*backend).unwrap(), text, &mut starts);
            assert!(starts == expected, "{backend}: {}", text.escape_ascii());
        }
        expected.iter().map(|mask| mask.count_ones()).sum()
    }

    /// An index of so many beginnings of all kinds that about half of all words pass.
    fn index() -> Index {
        let letter = |at: usize| b"aeinorst"[at % 8];
        let words = (0..20_000usize).map(|at| {
            let word = [1, 8, 64, 512, 4096].map(|step| letter(at / step));
            let key = Key::of(&word[..1 + at % 5]);
            match at % 3 {
                0 => Beginning::Word(key),
                1 if at % 5 < SHORT => Beginning::Words(key, [letter(at / 7), letter(at / 11)]),
                _ => Beginning::Word(Key::of(&[&word[..], b"n"].concat())),
            }
        });
        let marked = [Beginning::Marked(Key::of(b"no")), Beginning::Marked(Key::of(b"s"))];
        let others = ["номер", "20", "3-x", "°"].map(|stem| other(stem.as_bytes()));
        Index::new(words.chain(marked).chain(others).zip(0..), Stems::default())
    }

    #[test]
    fn every_backend_passes_what_the_reference_does() {
        let index = index();
        let pieces = [
            "a", "e", "in", "on", "no", "ten", "Sat", "Rio", "TENSION", "cardNo", "aReA", " ", " ",
            " ", "  ", "-", "_", "\\n", "é", "É", "ß", "н", "’", "—", "“", "身", "\u{301}", "😀",
            "2", "3", "7", "@", "[", "`", "{", "°",
        ];
        let mut seed = 1u64;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(GOLDEN).wrapping_add(1);
            (seed >> 33) as usize % below
        };
        let mixed: Vec<u8> = (0..6_000).flat_map(|_| pieces[next(36)].bytes()).collect();
        let letters: Vec<u8> = (0..20_000).map(|_| b"aAeEnrst  n"[next(11)]).collect();
        let random: Vec<u8> = (0..20_000).map(|_| next(256) as u8).collect();
        for text in [mixed, letters, random] {
            let passed = assert_sifts_alike(&index, &text) as usize;
            assert!(passed > text.len() / 20 && passed < text.len() * 9 / 10, "{passed}");
        }
    }

    #[test]
    fn every_backend_passes_quotes_where_something_begins_with_one() {
        let dagger = [(other("†see".as_bytes()), 0)];
        let text = "“no” – ‘tension’ † †see…".repeat(20);
        let passed = assert_sifts_alike(&Index::new(dagger, Stems::default()), text.as_bytes());
        assert!(passed > assert_sifts_alike(&Index::new([], Stems::default()), text.as_bytes()));
    }

    #[test]
    fn every_backend_tells_each_byte_at_each_place_of_a_word() {
        let index = index();
        for byte in 0..=255 {
            for text in ["tension rest", "TenSiOn", "no rest", "s at", "in", "e’s", "été 2"] {
                for place in 0..text.len().min(10) {
                    let mut text = text.as_bytes().to_vec();
                    text[place] = byte;
                    assert_sifts_alike(&index, &text);
                }
            }
        }
    }

    #[test]
    fn every_backend_reads_no_further_than_the_text_goes() {
        let index = index();
        let text = "no tension in the rest; s, é’s Rio — ten on 20 sat. ".repeat(5);
        for end in 0..=200 {
            for start in [0, 1, 7, 63, 64, 65] {
                let text = text.as_bytes().get(start..end).unwrap_or_default();
                assert_sifts_alike(&index, text);
            }
        }
    }
}
