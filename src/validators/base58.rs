//! Base58Check of Bitcoin: 58 letters and digits without 0, O, I and l, the last four bytes a digest.

use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// Characters of the longest text, an extended key of 82 bytes.
const LONGEST: usize = 112;
/// Bytes of the digest at the end.
const CHECK: usize = 4;

/// Returns whether a byte belongs to the alphabet.
pub(crate) fn is_character(byte: &u8) -> bool {
    ALPHABET.contains(byte)
}

/// Returns the bytes that a text stands for, where its last four are the first four of the SHA-256 of the
/// SHA-256 of the rest; the rest is returned. One random text in 2³² passes.
///
/// # Complexity
///
/// Quadratic in the text, which has 112 characters at the most.
pub(crate) fn payload(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = decode(text)?;
    let (payload, check) = bytes.split_last_chunk::<CHECK>()?;
    let digest = Sha256::digest(Sha256::digest(payload));
    digest.starts_with(check).then_some(())?;
    bytes.truncate(bytes.len() - CHECK);
    Some(bytes)
}

/// Returns the number that a text writes in base 58, big endian, with a zero byte for each leading 1.
fn decode(text: &[u8]) -> Option<Vec<u8>> {
    (!text.is_empty() && text.len() <= LONGEST).then_some(())?;
    let mut reversed: Vec<u8> = Vec::with_capacity(text.len());
    for byte in text {
        let mut carry = ALPHABET.iter().position(|known| known == byte)?;
        for digit in &mut reversed {
            carry += usize::from(*digit) * ALPHABET.len();
            *digit = (carry & 0xff) as u8;
            carry >>= 8;
        }
        while carry > 0 {
            reversed.push((carry & 0xff) as u8);
            carry >>= 8;
        }
    }
    let zeros = text.iter().take_while(|byte| **byte == b'1').count();
    reversed.resize(reversed.len() + zeros, 0);
    reversed.reverse();
    Some(reversed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_texts() {
        // The first block's address, and a key of the Bitcoin wiki's page on the import format.
        let address = payload(b"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa").unwrap();
        assert_eq!((address.len(), address[0]), (21, 0));
        let key = payload(b"5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ").unwrap();
        assert_eq!((key.len(), key[0]), (33, 0x80));
    }

    #[test]
    fn refuses_other_digests_alphabets_and_lengths() {
        for text in [&b""[..], b"1", b"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", b"0A1zP1eP5Q", b"l1"] {
            assert_eq!(payload(text), None, "{text:?}");
        }
        assert_eq!(payload(&[b'z'; LONGEST + 1]), None);
    }
}
