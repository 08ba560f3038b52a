//! Keccak-256 as Ethereum uses it, which is SHA-3 of 2012 with the padding before the standard.

/// Constants of the 24 rounds, Keccak reference 3.0, section 1.2.
const ROUNDS: [u64; 24] = [
    0x0000_0000_0000_0001,
    0x0000_0000_0000_8082,
    0x8000_0000_0000_808a,
    0x8000_0000_8000_8000,
    0x0000_0000_0000_808b,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8009,
    0x0000_0000_0000_008a,
    0x0000_0000_0000_0088,
    0x0000_0000_8000_8009,
    0x0000_0000_8000_000a,
    0x0000_0000_8000_808b,
    0x8000_0000_0000_008b,
    0x8000_0000_0000_8089,
    0x8000_0000_0000_8003,
    0x8000_0000_0000_8002,
    0x8000_0000_0000_0080,
    0x0000_0000_0000_800a,
    0x8000_0000_8000_000a,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8080,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8008,
];
/// The lanes in the order in which a round moves them, each with the bits that it is turned by.
const MOVES: [(usize, u32); 24] = [
    (10, 1),
    (7, 3),
    (11, 6),
    (17, 10),
    (18, 15),
    (3, 21),
    (5, 28),
    (16, 36),
    (8, 45),
    (21, 55),
    (24, 2),
    (4, 14),
    (15, 27),
    (23, 41),
    (19, 56),
    (13, 8),
    (12, 25),
    (2, 43),
    (20, 62),
    (14, 18),
    (22, 39),
    (9, 61),
    (6, 20),
    (1, 44),
];
/// Bytes that are taken in before the state is mixed; a text here is shorter than one such block.
const BLOCK: usize = 136;

/// Five by five lanes of 64 bits.
type State = [u64; 25];

/// Returns the digest of a text shorter than one block of 136 bytes; `None` for longer ones.
///
/// # Complexity
///
/// Constant: one permutation.
pub(crate) fn digest(text: &[u8]) -> Option<[u8; 32]> {
    let mut block = [0; BLOCK];
    block.get_mut(..text.len())?.copy_from_slice(text);
    *block.get_mut(text.len())? ^= 0x01;
    *block.last_mut()? ^= 0x80;
    let mut state: State = [0; 25];
    let (lanes, _) = block.as_chunks::<8>();
    state.iter_mut().zip(lanes).for_each(|(lane, bytes)| *lane = u64::from_le_bytes(*bytes));
    ROUNDS.iter().for_each(|constant| round(&mut state, *constant));
    let mut digest = [0; 32];
    let (words, _) = digest.as_chunks_mut::<8>();
    words.iter_mut().zip(state).for_each(|(bytes, lane)| *bytes = lane.to_le_bytes());
    Some(digest)
}

/// One round: theta, rho with pi, chi, iota.
fn round(state: &mut State, constant: u64) {
    let columns: [u64; 5] =
        std::array::from_fn(|x| state.iter().skip(x).step_by(5).fold(0, |sum, lane| sum ^ lane));
    let column = |x: usize| columns.get(x % 5).copied().unwrap_or(0);
    for (index, lane) in state.iter_mut().enumerate() {
        *lane ^= column(index + 4) ^ column(index + 1).rotate_left(1);
    }
    let mut moved = state.get(1).copied().unwrap_or(0);
    for (to, turn) in MOVES {
        if let Some(lane) = state.get_mut(to) {
            moved = std::mem::replace(lane, moved.rotate_left(turn));
        }
    }
    let (rows, _) = state.as_chunks_mut::<5>();
    for row in rows {
        let [a, b, c, d, e] = *row;
        *row = [a ^ !b & c, b ^ !c & d, c ^ !d & e, d ^ !e & a, e ^ !a & b];
    }
    if let Some(first) = state.first_mut() {
        *first ^= constant;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(digest: [u8; 32]) -> String {
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn published_digests() {
        let empty = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";
        assert_eq!(hex(digest(b"").unwrap()), empty);
        let abc = "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45";
        assert_eq!(hex(digest(b"abc").unwrap()), abc);
    }

    #[test]
    fn takes_one_block_only() {
        assert!(digest(&[b'a'; BLOCK - 1]).is_some());
        assert_eq!(digest(&[b'a'; BLOCK]), None);
    }
}
