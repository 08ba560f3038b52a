//! Bech32 and Bech32m of BIP 173 and BIP 350: a prefix, `1`, and 32 letters and digits with a BCH code.

const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
/// The generator of the code, BIP 173.
const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
/// What the code of a text comes to: in Bech32, and in Bech32m.
const PLAIN: u32 = 1;
const MODIFIED: u32 = 0x2bc8_30a3;

/// Returns the witness version of a segwit address in small letters, where its code holds: Bech32 for
/// version 0, Bech32m for those above. One random text in 2³⁰ passes.
///
/// # Complexity
///
/// Linear in the text.
pub(crate) fn witness_version(prefix: &[u8], text: &[u8]) -> Option<u8> {
    let data = text.strip_prefix(prefix)?.strip_prefix(b"1")?;
    let value = |byte: &u8| ALPHABET.iter().position(|known| known == byte);
    let values = data.iter().map(value).collect::<Option<Vec<usize>>>()?;
    let version = u8::try_from(*values.first()?).ok()?;
    let high = prefix.iter().map(|byte| usize::from(byte >> 5));
    let low = prefix.iter().map(|byte| usize::from(byte & 31));
    let expected = if version == 0 { PLAIN } else { MODIFIED };
    let code = high.chain([0]).chain(low).chain(values).fold(1, step);
    (version <= 16 && code == expected).then_some(version)
}

fn step(code: u32, value: usize) -> u32 {
    let shifted = (code & 0x01ff_ffff) << 5 ^ value as u32;
    let taps = GENERATOR.iter().enumerate().filter(|(bit, _)| code >> (25 + bit) & 1 == 1);
    taps.fold(shifted, |code, (_, generator)| code ^ generator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_addresses() {
        let version = |text: &str| witness_version(b"bc", text.as_bytes());
        assert_eq!(version("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"), Some(0));
        let taproot = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0";
        assert_eq!(version(taproot), Some(1));
        assert_eq!(version("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"), None);
        for text in ["", "bc1", "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "bc1b"] {
            assert_eq!(version(text), None, "{text}");
        }
    }
}
