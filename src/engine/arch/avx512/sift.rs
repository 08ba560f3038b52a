//! Words by eights: the first bytes of each in a lane of its own, then its hash, then what the table has there.

use std::arch::x86_64::*;

use super::{load, table};
use crate::engine::BLOCK;
use crate::engine::sieve::{
    CASELESS, GOLDEN, LETTERS, NEXT, OPENING, OTHER_BITS, OTHER_WORDS, PUNCTUATION, SHORT, SPAN,
    STEP, Sieve, TABLE_BITS, TOLD_BY, WIDTH, WITH_NEXT, WORDS,
};

/// Words in a register.
const LANES: usize = BLOCK / WIDTH;
/// Blocks whose words are looked at together, and the most words that these can have.
const BLOCKS: usize = 16;
const MOST: usize = BLOCKS * BLOCK;
/// The first byte of each lane in a mask, and the lowest bit of each byte in a lane.
const FIRST: u64 = 0x0101_0101_0101_0101;
/// The highest bits of the bytes that a word is told by.
const TOLD: u64 = (FIRST << 7) >> (8 * (WIDTH - LETTERS));
/// The bits of the letters that a word is told by.
const KEY: u64 = u64::from_le_bytes([CASELESS; WIDTH]) >> (8 * (WIDTH - LETTERS));
/// The bit that small letters have and capitals have not.
const SMALL: u8 = 0x20;
/// How far the last letter is from the first.
const LAST: u8 = b'z' - b'a';
/// The bit of small letters behind a blank, what is subtracted from that and two letters, and what may be left.
const SMALL_BEHIND: u64 = u64::from_le_bytes([0, SMALL, SMALL, 0, 0, 0, 0, 0]);
const LEAST: u64 = u64::from_le_bytes([b' ', b'a', b'a', 0, 0, 0, 0, 0]);
const WIDEST: u64 = u64::from_le_bytes([0, LAST, LAST, 255, 255, 255, 255, 255]);
/// Where the bytes of a key come from that have the next word's letters: those behind a blank.
const SHOWN: u64 = {
    let mut bytes = [0x80; WIDTH];
    let [first, second] = NEXT;
    (bytes[first], bytes[second]) = (1, 2);
    u64::from_le_bytes(bytes)
};

/// The first bytes of eight words, and what is told by them.
struct Words {
    text: __m512i,
    /// All bits of the bytes before the first that is none.
    before: __m512i,
    key: __m512i,
}

/// First bytes of words in a row, with room behind the last for those of a whole register.
#[repr(align(64))]
struct Row {
    texts: [u64; MOST + LANES],
    count: usize,
}

/// A bit for each word of a row, with room for what is read at once behind the last.
type Answers = [u64; MOST / 64 + 1];

/// The words of some blocks are put in a row first, and of these the short ones that need a second look in another,
/// so that hardly a lane goes empty.
#[target_feature(
    enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
)]
pub(super) fn sift(sieve: Sieve<'_>, bytes: &[u8], starts: &mut [u64]) {
    let [mut words, mut short] = [const { Row { texts: [0; MOST + LANES], count: 0 } }; 2];
    let leads = table(sieve.leads);
    let mut spans = bytes.windows(SPAN).step_by(BLOCK);
    for starts in starts.chunks_mut(BLOCKS) {
        (words.count, short.count) = (0, 0);
        for (mask, span) in starts.iter_mut().zip(spans.by_ref()) {
            let (blocks, _) = span.as_chunks::<BLOCK>();
            let [block, next] = blocks else { continue };
            words.take(leads, [load(block), load(next)], mask);
        }
        let passing = words.passing(sieve, &mut short);
        deal(&passing, starts);
    }
}

impl Row {
    /// Clears the bits of the starts whose first bytes begin nothing, and takes the words at the others: the starts
    /// are pressed together, and each gets its bytes out of the block and the one behind it.
    #[inline]
    #[target_feature(
        enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
    )]
    fn take(&mut self, leads: [__m512i; 2], text: [__m512i; 2], mask: &mut u64) {
        let ([low, high], [block, next]) = (leads, text);
        let leading = _mm512_permutex2var_epi8(low, block, high);
        *mask &= _mm512_movepi8_mask(_mm512_or_si512(leading, block));
        let within = each(0x0706_0504_0302_0100);
        let [a, b, c, d, e, f, g, h] = std::array::from_fn(|lane| (lane as u64 * FIRST) as i64);
        let lanes = _mm512_set_epi64(h, g, f, e, d, c, b, a);
        let places = _mm512_add_epi8(within, _mm512_slli_epi64::<3>(lanes));
        let places = _mm512_maskz_compress_epi8(*mask, places);
        let count = mask.count_ones() as usize;
        let taken = self.count;
        // Nearly all blocks have a word and less than 17: two rounds, which can be foretold.
        for first in (0..count.max(2 * LANES)).step_by(LANES) {
            let own = _mm512_add_epi8(lanes, every(first as u8));
            let own = _mm512_add_epi8(_mm512_permutexvar_epi8(own, places), within);
            self.put(taken + first, _mm512_permutex2var_epi8(block, own, next));
        }
        self.count = taken + count;
    }

    /// Returns which words may begin something; `short` takes those that are looked at twice.
    #[inline]
    #[target_feature(
        enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
    )]
    fn passing(&self, sieve: Sieve<'_>, short: &mut Row) -> Answers {
        let [mut passing, mut asked, mut more] = [[0; MOST / 64 + 1]; 3];
        let mut count = 0;
        for (rows, (passing, asked)) in self.rows().zip(passing.iter_mut().zip(&mut asked)) {
            for (words, shift) in rows.iter().zip((0..).step_by(LANES)) {
                let words = Words::new(load_words(words));
                let first = words.odd() | words.others(sieve) | words.held(sieve);
                let second = words.short() & !first;
                short.put(count, _mm512_maskz_compress_epi64(second, words.text));
                count += second.count_ones() as usize;
                *passing |= u64::from(first) << shift;
                *asked |= u64::from(second) << shift;
            }
        }
        short.count = count;
        for (rows, more) in short.rows().zip(&mut more) {
            for (words, shift) in rows.iter().zip((0..).step_by(LANES)) {
                let words = Words::new(load_words(words));
                let held = held::<TABLE_BITS, WORDS>(sieve.table, words.opening());
                *more |= u64::from(held) << shift;
            }
        }
        deal(&more, &mut asked);
        passing.iter_mut().zip(asked).for_each(|(passing, more)| *passing |= more);
        passing
    }

    /// Returns the words by eights, and these by eights; the last few may be none.
    #[inline]
    fn rows(&self) -> impl Iterator<Item = &[[u64; LANES]]> {
        let (eights, _) = self.texts.as_chunks();
        eights.get(..self.count.div_ceil(LANES)).unwrap_or_default().chunks(8)
    }

    /// Writes the words of a register from an index on.
    #[inline]
    #[target_feature(
        enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
    )]
    fn put(&mut self, at: usize, words: __m512i) {
        if let Some(texts) = self.texts.get_mut(at..).and_then(|rest| rest.first_chunk_mut()) {
            store(texts, words);
        }
    }
}

/// Leaves of the bits of each mask those that are answered by yes, in order.
#[inline]
#[target_feature(
    enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
)]
fn deal(answers: &Answers, masks: &mut [u64]) {
    let mut at = 0;
    for mask in masks {
        let (word, shift) = (at / 64, at % 64);
        let [low, high] = [word, word + 1].map(|word| answers.get(word).copied().unwrap_or(0));
        at += mask.count_ones() as usize;
        *mask = _pdep_u64(low >> shift | high << 1 << (63 - shift), *mask);
    }
}

#[inline]
#[target_feature(
    enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
)]
fn load_words(texts: &[u64; LANES]) -> __m512i {
    // SAFETY: the reference is to as many bytes as are read, and the load asks for no alignment.
    unsafe { _mm512_loadu_si512(texts.as_ptr().cast()) }
}

#[inline]
#[target_feature(
    enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
)]
fn store(texts: &mut [u64; LANES], words: __m512i) {
    // SAFETY: the reference is to as many bytes as are written, and the store asks for no alignment.
    unsafe { _mm512_storeu_si512(texts.as_mut_ptr().cast(), words) }
}

impl Words {
    #[inline]
    #[target_feature(
        enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
    )]
    fn new(text: __m512i) -> Words {
        let lower = _mm512_or_si512(text, every(SMALL));
        let above = _mm512_sub_epi8(lower, every(b'a'));
        let others = _mm512_movm_epi8(_mm512_cmpgt_epu8_mask(above, every(LAST)));
        // Less one: all bits below the lowest of these change.
        let before = _mm512_andnot_si512(others, _mm512_add_epi64(others, each(u64::MAX)));
        let key = _mm512_and_si512(_mm512_and_si512(text, each(KEY)), before);
        Words { text, before, key }
    }

    /// Returns the lanes of the words whose keys are in the table.
    #[inline]
    #[target_feature(
        enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
    )]
    fn held(&self, sieve: Sieve<'_>) -> __mmask8 {
        held::<TABLE_BITS, WORDS>(sieve.table, self.key) & self.letters()
    }

    /// Returns the lanes of the words that begin with a letter of ASCII.
    #[inline]
    #[target_feature(
        enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
    )]
    fn letters(&self) -> __mmask8 {
        _mm512_test_epi64_mask(self.key, self.key)
    }

    /// Returns the lanes of the words of a few letters.
    #[inline]
    #[target_feature(
        enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
    )]
    fn short(&self) -> __mmask8 {
        _mm512_cmplt_epu64_mask(self.key, each(1 << (8 * SHORT))) & self.letters()
    }

    /// Returns the lanes of what begins with no letter of ASCII and may begin something: letters of Latin script,
    /// what has a combining mark, and what is in the table by its first character or two.
    #[inline]
    #[target_feature(
        enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
    )]
    fn others(&self, sieve: Sieve<'_>) -> __mmask8 {
        let own = !self.letters();
        if own == 0 {
            return 0;
        }
        let text = self.text;
        let lead = _mm512_and_si512(text, each(0xff));
        let plain = _mm512_cmplt_epu64_mask(lead, each(0x80));
        let three = _mm512_cmpge_epu64_mask(lead, each(0xe0));
        let next = _mm512_and_si512(_mm512_srli_epi64::<8>(text), each(0xff));
        let third = _mm512_and_si512(_mm512_srli_epi64::<16>(text), each(0xff));
        let mark = _mm512_mask_blend_epi64(plain, third, next);
        let marked = _mm512_cmpeq_epi64_mask(_mm512_and_si512(mark, each(0xfe)), each(0xcc));
        let above = |byte: u64| _mm512_cmpge_epu64_mask(lead, each(byte));
        let goes_on = _mm512_cmpeq_epi64_mask(_mm512_and_si512(next, each(0xc0)), each(0x80));
        let latin = above(0xc3) & !above(0xc6) | above(0xc0) & !goes_on;
        let told = |[one, two, three_bytes]: [u64; 3]| {
            let bits = |width: u64| each(width << 32 | u64::MAX >> (64 - 8 * width));
            let told = _mm512_mask_blend_epi64(plain, bits(two), bits(one));
            let told = _mm512_mask_blend_epi64(three, told, bits(three_bytes));
            let width = _mm512_andnot_si512(each(u32::MAX.into()), told);
            _mm512_or_si512(_mm512_and_si512(_mm512_xor_si512(told, width), text), width)
        };
        let known = |widths| held::<OTHER_BITS, OTHER_WORDS>(sieve.others, told(widths));
        own & (marked | latin | known([1, 2, 3]) | known([2, TOLD_BY as u64, 3]))
    }

    /// Returns the lanes of the words that go on in letters outside of ASCII, or have an edge among the letters that
    /// they are told by.
    #[inline]
    #[target_feature(
        enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
    )]
    fn odd(&self) -> __mmask8 {
        // Moved to the highest bits: of small letters, and of what stands behind one.
        let small = _mm512_slli_epi64::<2>(self.text);
        let behind = _mm512_slli_epi64::<8>(small);
        let edges = _mm512_and_si512(_mm512_andnot_si512(small, behind), self.before);
        if _mm512_test_epi64_mask(_mm512_or_si512(edges, self.text), each(TOLD)) == 0 {
            return 0;
        }
        // One more than all bits before the end is the lowest bit there.
        let end = _mm512_slli_epi64::<7>(_mm512_add_epi64(self.before, each(1)));
        let mark = _mm512_movm_epi8(_mm512_cmpeq_epi8_mask(self.text, every(PUNCTUATION)));
        let marks = _mm512_and_si512(mark, _mm512_srli_epi64::<8>(self.text));
        let outside = _mm512_andnot_si512(marks, _mm512_and_si512(self.text, end));
        _mm512_test_epi64_mask(_mm512_or_si512(edges, outside), each(TOLD)) & self.letters()
    }

    /// Returns the keys of short words with the letters that the next word begins with behind one blank, or as
    /// those of words that something else goes on behind.
    #[inline]
    #[target_feature(
        enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
    )]
    fn opening(&self) -> __m512i {
        let behind = _mm512_rolv_epi64(self.text, _mm512_lzcnt_epi64(self.before));
        let lower = _mm512_or_si512(behind, each(SMALL_BEHIND));
        let above = _mm512_sub_epi8(lower, each(LEAST));
        let other = _mm512_movm_epi8(_mm512_cmpgt_epu8_mask(above, each(WIDEST)));
        let follow = _mm512_testn_epi64_mask(other, other);
        let shown = _mm_set_epi64x((SHOWN + 8 * FIRST) as i64, SHOWN as i64);
        let next = _mm512_shuffle_epi8(lower, _mm512_broadcast_i64x2(shown));
        let next = _mm512_or_si512(next, each(WITH_NEXT));
        _mm512_or_si512(self.key, _mm512_mask_blend_epi64(follow, each(OPENING), next))
    }
}

/// Returns the lanes of the keys whose hashes have both their bits in a table.
#[inline]
#[target_feature(
    enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
)]
fn held<const BITS: u32, const WORDS: usize>(table: &[u64; WORDS], keys: __m512i) -> __mmask8 {
    let hashes = _mm512_mullo_epi64(keys, each(GOLDEN));
    let shifted = |steps: u32| {
        let shift = u64::BITS + STEP - BITS - steps * STEP;
        _mm512_srl_epi64(hashes, _mm_cvtsi64_si128(shift.into()))
    };
    // Eight loads take two thirds of the time of a gather (Zen 4).
    let mut places = [0; LANES];
    store(&mut places, shifted(0));
    let [a, b, c, d, e, f, g, h] =
        places.map(|at| table.get(at as usize % WORDS).map_or(0, |word| *word as i64));
    let words = _mm512_set_epi64(h, g, f, e, d, c, b, a);
    // What words are rotated by is counted modulo 64.
    let one = _mm512_rorv_epi64(words, shifted(1));
    let other = _mm512_rorv_epi64(words, shifted(2));
    _mm512_test_epi64_mask(_mm512_and_si512(one, other), each(1))
}

/// Returns eight times a number.
#[inline]
#[target_feature(
    enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
)]
fn each(lane: u64) -> __m512i {
    _mm512_set1_epi64(lane as i64)
}

/// Returns 64 times a byte.
#[inline]
#[target_feature(
    enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi2,popcnt"
)]
fn every(byte: u8) -> __m512i {
    _mm512_set1_epi8(byte as i8)
}
