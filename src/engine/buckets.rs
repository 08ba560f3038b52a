//! By which bytes each literal is looked for, and which bucket they go to.
//!
//! A bucket takes every mixture of its grams' bytes: with `ghp` and `sk_` it also takes `gk_`. So grams that
//! are alike go together, and of a literal's grams the one that adds least to what a bucket takes. How much
//! that is, is reckoned by how often bytes stand in texts, as if each stood there by itself.

use super::grams::{GRAM, Precision, Sought};

/// Bytes that are told apart.
pub(crate) const TAKEN: usize = 128;
/// Kinds of texts by which is reckoned: prose, source code, and tables and logs.
const TEXTS: usize = 3;
/// How often each literal is given a place: once in turn, once more when it is known who else is there.
/// A third time changes little.
const ROUNDS: usize = 2;
/// Shorter grams get up to this part of the buckets for each length, since they do not go with others.
const SHORTER: usize = 4;

/// Bytes that a bucket takes at one place of a gram, and how often they stand in each kind of text.
#[derive(Clone, Copy, Debug, Default)]
struct Class {
    bytes: u128,
    share: [f32; TEXTS],
}

/// The classes of the bytes of a gram.
type Bucket = [Class; GRAM];

/// Literals that are told by equally many bytes.
struct Group<'t> {
    len: usize,
    texts: Vec<(usize, &'t Sought)>,
    /// For each text its bucket and where in it its gram begins.
    places: Vec<Option<(usize, usize)>>,
    buckets: Vec<Bucket>,
    precision: Precision,
    shares: [[f32; TEXTS]; TAKEN],
}

/// Returns for each of at most `count` buckets the bytes that it takes, and for each text where in it its
/// gram begins.
///
/// # Complexity
///
/// Linear in the texts' bytes times buckets and texts.
pub(super) fn arrange(
    texts: &[Sought],
    count: usize,
    precision: Precision,
) -> (Vec<[u128; GRAM]>, Vec<usize>) {
    let mut buckets = Vec::new();
    let mut offsets = vec![0; texts.len()];
    for len in 1..=GRAM {
        let most = if len < GRAM { count / SHORTER } else { count - buckets.len() };
        let mut group = Group::new(len, texts, most, precision);
        (0..ROUNDS).for_each(|_| group.place_all());
        for ((index, _), place) in group.texts.iter().zip(&group.places) {
            let offset = offsets.get_mut(*index).zip(*place);
            offset.into_iter().for_each(|(offset, (_, at))| *offset = at);
        }
        let used = group.buckets.iter().filter(|bucket| bucket.iter().all(|c| c.bytes != 0));
        buckets.extend(used.map(|bucket| bucket.map(|class| class.bytes)));
    }
    (buckets, offsets)
}

impl<'t> Group<'t> {
    fn new(len: usize, texts: &'t [Sought], count: usize, precision: Precision) -> Group<'t> {
        let alike = texts.iter().enumerate().filter(|(_, text)| text.gram_len() == len);
        let mut texts: Vec<(usize, &Sought)> = alike.collect();
        // Long ones come last: they have many grams to choose from.
        texts.sort_by_key(|(_, text)| text.text.len());
        let places = vec![None; texts.len()];
        let buckets = vec![empty(len); count];
        Group { len, texts, places, buckets, precision, shares: shares() }
    }

    /// Gives each text the bucket and the gram that make least of a difference.
    fn place_all(&mut self) {
        for index in 0..self.texts.len() {
            self.leave(index);
            let Some((bucket, offset, with)) = self.best(index) else { continue };
            self.places.get_mut(index).into_iter().for_each(|at| *at = Some((bucket, offset)));
            self.buckets.get_mut(bucket).into_iter().for_each(|bucket| *bucket = with);
        }
    }

    /// Takes a text out of its bucket, which is filled again with the others.
    fn leave(&mut self, index: usize) {
        let place = self.places.get_mut(index).and_then(Option::take);
        let Some((left, _)) = place else { return };
        let others = self.texts.iter().zip(&self.places).filter_map(|((_, text), place)| {
            place.filter(|(bucket, _)| *bucket == left).map(|(_, offset)| (text, offset))
        });
        let refilled =
            others.fold(empty(self.len), |bucket, (text, at)| self.with(bucket, text, at));
        self.buckets.get_mut(left).into_iter().for_each(|bucket| *bucket = refilled);
    }

    /// Returns the bucket to which a gram of a text adds least, where the gram begins, and the bucket with
    /// it.
    fn best(&self, index: usize) -> Option<(usize, usize, Bucket)> {
        let (_, text) = self.texts.get(index)?;
        let choices = || {
            let buckets = self.buckets.iter().enumerate();
            let offsets = 0..=text.text.len() - self.len;
            buckets.flat_map(move |(at, bucket)| offsets.clone().map(move |o| (at, bucket, o)))
        };
        // Most literals begin as others do, and nothing adds less than nothing.
        if let Some((at, bucket, offset)) = choices().find(|(_, b, o)| self.takes(b, text, *o)) {
            return Some((at, offset, *bucket));
        }
        let choices = choices().map(|(at, bucket, offset)| {
            let with = self.with(*bucket, text, offset);
            (chance(&with) - chance(bucket), (at, offset, with))
        });
        choices.min_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, choice)| choice)
    }

    /// Returns whether a bucket takes a gram as it is.
    fn takes(&self, bucket: &Bucket, text: &Sought, offset: usize) -> bool {
        let gram = text.text.get(offset..offset + self.len).unwrap_or_default();
        let taken = |class: &Class, byte: u8| class.bytes >> (byte & 0x7f) & 1 == 1;
        let mut bytes = bucket.iter().zip(gram);
        bytes.all(|(class, byte)| text.cases(*byte).iter().all(|byte| taken(class, *byte)))
    }

    /// Returns a bucket with a gram more.
    fn with(&self, mut bucket: Bucket, text: &Sought, offset: usize) -> Bucket {
        let gram = text.text.get(offset..offset + self.len).unwrap_or_default();
        for (class, byte) in bucket.iter_mut().zip(gram) {
            text.cases(*byte).iter().for_each(|byte| self.add(class, byte & 0x7f));
        }
        bucket
    }

    /// Adds a byte to a class, and all that the kernel then takes for one of it.
    fn add(&self, class: &mut Class, byte: u8) {
        if class.bytes >> byte & 1 == 1 {
            return;
        }
        let own = class.bytes | 1 << byte;
        let all = if self.precision == Precision::Exact { own } else { product(own) };
        let mut added = all & !class.bytes;
        class.bytes = all;
        while added != 0 {
            let share =
                self.shares.get(added.trailing_zeros() as usize).copied().unwrap_or_default();
            class.share.iter_mut().zip(share).for_each(|(sum, share)| *sum += share);
            added &= added - 1;
        }
    }
}

/// Returns a bucket without grams: of a shorter gram the bytes behind it do not matter.
fn empty(len: usize) -> Bucket {
    let every = Class { bytes: u128::MAX, share: [1.0; TEXTS] };
    std::array::from_fn(|at| if at < len { Class::default() } else { every })
}

/// Returns how much of texts a bucket lets through.
fn chance(bucket: &Bucket) -> f32 {
    let passes =
        |text: usize| -> f32 { bucket.iter().filter_map(|class| class.share.get(text)).product() };
    (0..TEXTS).map(passes).sum()
}

/// Returns every pair of the last four bits of some byte and the first of another: bytes that begin alike
/// are one lane of sixteen bits.
fn product(bytes: u128) -> u128 {
    const LANES: u128 = u128::MAX / 0xffff;
    const HIGHEST: u128 = LANES << 15;
    let halves = bytes | bytes >> 64;
    let quarters = halves | halves >> 32;
    let columns = (quarters | quarters >> 16) & 0xffff;
    let filled = (((bytes & !HIGHEST) + !HIGHEST) | bytes) & HIGHEST;
    (columns * LANES) & (filled << 1).wrapping_sub(filled >> 15)
}

/// Returns how often each byte stands in each kind of text, of 1 in all.
fn shares() -> [[f32; TEXTS]; TAKEN] {
    let mut shares: [[f32; TEXTS]; TAKEN] = std::array::from_fn(|byte| often(byte as u8));
    for text in 0..TEXTS {
        let sum: f32 = shares.iter().filter_map(|share| share.get(text)).sum();
        let all = shares.iter_mut().filter_map(|share| share.get_mut(text));
        all.for_each(|share| *share /= sum);
    }
    shares
}

/// Returns how often a byte stands in prose, in source code, and in tables and logs: roughly what was counted
/// in a megabyte of each. It decides on speed alone.
fn often(byte: u8) -> [f32; TEXTS] {
    let among_its_kind = match byte {
        b' ' => 150.0,
        b'e' => 60.0,
        b'a' | b'i' | b'n' | b'o' | b'r' | b's' | b't' => 45.0,
        b'b' | b'f' | b'g' | b'k' | b'v' | b'w' | b'y' => 10.0,
        b'j' | b'q' | b'x' | b'z' => 2.0,
        b'a'..=b'z' => 20.0,
        b'0'..=b'2' => 25.0,
        b'3'..=b'9' | b'\n' | b',' | b'.' | b':' | b'"' => 15.0,
        b'-' | b'/' | b'_' | b'(' | b')' | b'=' | b'\'' => 6.0,
        b'A'..=b'Z' => 4.0,
        b'!'..=b'~' | b'\t' | b'\r' | 0 => 2.0,
        _ => 1.0,
    };
    let kind = match byte {
        b'a'..=b'z' => [1.0, 0.7, 0.4],
        b' ' => [1.0, 1.5, 0.4],
        b'0'..=b'9' => [0.05, 0.5, 2.5],
        b'A'..=b'Z' => [0.5, 1.0, 1.5],
        b'.' | b',' => [1.0, 1.0, 2.0],
        _ => [0.3, 1.5, 1.2],
    };
    kind.map(|kind: f32| among_its_kind * kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_every_pair_of_first_and_last_bits() {
        let of = |bytes: &[u8]| bytes.iter().fold(0, |all, byte| all | 1u128 << byte);
        let texts: [&[u8]; 6] = [b"", b"a", b"a_", b"AZaz09", b"\0\x7f", b"\x0f\x10 P~"];
        for text in texts {
            let pairs = text.iter().flat_map(|a| text.iter().map(move |b| a & 0x70 | b & 0x0f));
            assert_eq!(product(of(text)), of(&pairs.collect::<Vec<_>>()), "{text:?}");
        }
    }

    #[test]
    fn every_text_has_a_bucket_that_takes_its_gram() {
        let literals = ["@", "0x", "ghp_", "sk_live_", "-----BEGIN", "°", "Bearer ", "xoxb"];
        let texts =
            literals.map(|text| Sought { text: text.as_bytes(), folded: text == "Bearer " });
        for precision in [Precision::Exact, Precision::Products] {
            for count in [8, 16] {
                let (buckets, offsets) = arrange(&texts, count, precision);
                assert!(buckets.len() <= count);
                for (text, at) in texts.iter().zip(offsets) {
                    let gram = &text.text[at..at + text.gram_len()];
                    let takes = |bucket: &[u128; GRAM]| {
                        let both = |byte: &u8| text.cases(*byte);
                        let mut classes = gram.iter().zip(bucket);
                        classes
                            .all(|(b, class)| both(b).iter().all(|b| class >> (b & 0x7f) & 1 == 1))
                    };
                    assert!(buckets.iter().any(takes), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn a_rare_gram_is_chosen_where_there_is_one() {
        let text = Sought { text: b"the secret_key", folded: false };
        let (_, offsets) = arrange(&[text], 8, Precision::Exact);
        assert_eq!(offsets, [9], "t_k");
    }
}
