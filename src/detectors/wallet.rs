//! Keys and addresses of digital currencies.

use sha2::{Digest, Sha256};

use crate::detectors::frames::{Frame, Part, alnum, framed, hex, literals, secret_of, varied};
use crate::detectors::{
    Anchor, Detector, Edges, Form, Letters, Named, Proof, Scores, Tie, Value, tables,
};
use crate::finding::Category;
use crate::validators::{base58, bech32, keccak};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] =
    &[&WIF, &XPRV, &SEED_PHRASE, &BITCOIN_ADDRESS, &BITCOIN_BECH32, &ETHEREUM_ADDRESS];

/// Private keys of Bitcoin in the format in which wallets hand them over.
///
/// Those of 52 characters end in a byte that says so; with the version before them they all begin with one
/// of nine pairs.
pub(crate) static WIF: Detector = Detector {
    id: "cred.crypto.wif",
    name: "Bitcoin private key (WIF)",
    category: Category::Credential,
    country: None,
    format: "Base58check: 5 and 50 characters, or K or L and 51.",
    forms: &[Form::Verbatim("9{1,4}AX{46,49}"), Form::Anchored(&WIF_ANCHOR)],
    edges: Edges::Alnum,
    check: wif,
    scores: Scores::STRONG,
    keywords: &["wif", "private key", "bitcoin", "wallet"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.0,
    sources: &["Bitcoin wiki: wallet import format"],
    valid: &[
        "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ",
        "KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617",
    ],
    invalid: &[
        ("5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTK", "checksum"),
        ("4HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ", "prefix"),
    ],
};

const COMPRESSED: &[Part] = &[Part::Run(base58::is_character, 50, 50)];
const COMPRESSED_KEYS: [Frame; 9] = [
    Frame::prefix("Kw", COMPRESSED),
    Frame::prefix("Kx", COMPRESSED),
    Frame::prefix("Ky", COMPRESSED),
    Frame::prefix("Kz", COMPRESSED),
    Frame::prefix("L1", COMPRESSED),
    Frame::prefix("L2", COMPRESSED),
    Frame::prefix("L3", COMPRESSED),
    Frame::prefix("L4", COMPRESSED),
    Frame::prefix("L5", COMPRESSED),
];
static WIF_ANCHOR: Anchor = Anchor {
    literals: &literals(&COMPRESSED_KEYS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&COMPRESSED_KEYS, haystack, literal),
};

/// Base58Check of 33 bytes behind a 5, or of 34 behind K or L.
fn wif(value: &Value<'_>) -> Option<Proof> {
    let bytes = match (value.text.first()?, value.text.len()) {
        (b'5', 51) => 33,
        (b'K' | b'L', 52) => 34,
        _ => return None,
    };
    let holds = base58::payload(value.text)?.len() == bytes;
    holds.then(|| Proof::whole(value, &["base58check"]))
}

/// Keys from which all others of a wallet follow.
pub(crate) static XPRV: Detector = Detector {
    id: "cred.crypto.xprv",
    name: "Extended private key (BIP 32)",
    category: Category::Credential,
    country: None,
    format: "xprv, yprv, zprv, tprv and base58check of 78 bytes, 111 characters.",
    forms: &[Form::Anchored(&XPRV_ANCHOR)],
    edges: Edges::Alnum,
    check: xprv,
    scores: Scores::STRONG,
    keywords: &["xprv", "extended private key", "wallet", "bip32"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.0,
    sources: &["BIP 32", "SLIP 132"],
    valid: &[
        "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGt\
         RBeJgk33yuGBxrMPHi",
        "xprv9uHRZZhk6KAJC1avXpDAp4MDc3sQKNxDiPvvkX8Br5ngLNv1TxvUxt4cV1rGL5hj6KCesnDYUhd7oWgT11eZG7Xnx\
         HrnYeSvkzY7d2bhkJ7",
    ],
    invalid: &[
        (
            "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNN\
             U3TGtRBeJgk33yuGBxrMPHj",
            "checksum",
        ),
        (
            "xpub9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNN\
             U3TGtRBeJgk33yuGBxrMPHi",
            "public",
        ),
    ],
};

const EXTENDED: &[Part] = &[Part::Run(base58::is_character, 107, 108)];
const XPRVS: [Frame; 6] = [
    Frame::prefix("xprv", EXTENDED),
    Frame::prefix("yprv", EXTENDED),
    Frame::prefix("zprv", EXTENDED),
    Frame::prefix("tprv", EXTENDED),
    Frame::prefix("uprv", EXTENDED),
    Frame::prefix("vprv", EXTENDED),
];
static XPRV_ANCHOR: Anchor = Anchor {
    literals: &literals(&XPRVS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&XPRVS, haystack, literal),
};

/// Base58Check of 78 bytes: version, depth, fingerprint, index, chain code and key.
fn xprv(value: &Value<'_>) -> Option<Proof> {
    secret_of(value, &XPRVS)?;
    let holds = base58::payload(value.text)?.len() == 78;
    holds.then(|| Proof::whole(value, &["base58check"]))
}

/// Words that a wallet is restored from.
pub(crate) static SEED_PHRASE: Detector = Detector {
    id: "cred.crypto.seed-phrase",
    name: "Wallet recovery phrase (BIP 39)",
    category: Category::Credential,
    country: None,
    format: "12, 15, 18, 21 or 24 words of the BIP 39 list; the last bits are a SHA-256 checksum.",
    forms: &[Form::Named(&PHRASE)],
    edges: Edges::Alnum,
    check: seed_phrase,
    scores: Scores { bare: 0, separated: 0, keyword: 92, field: 98 },
    keywords: &[
        "seed phrase",
        "recovery phrase",
        "mnemonic",
        "secret phrase",
        "secret recovery phrase",
        "backup phrase",
        "recovery words",
        "wallet",
        "bip39",
    ],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.0,
    sources: &["BIP 39"],
    valid: &[
        "legal winner thank year wave sausage worth useful legal winner thank yellow",
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
    ],
    invalid: &[
        ("legal winner thank year", "four words"),
        ("legal winner thank year wave sausage worth useful legal winner thank thank", "checksum"),
        ("Legal Winner Thank Year Wave Sausage Worth Useful Legal Winner Thank Yellow", "capitals"),
    ],
};

static PHRASE: Named = Named { extent: phrase_len };

/// Words of the longest phrase.
const MOST_WORDS: usize = 24;

/// Returns how many bytes the words of the list take that a text begins with, if they are as many as some
/// phrase has. Most texts end at the first word.
fn phrase_len(text: &[u8], _: Tie) -> Option<usize> {
    let (mut at, mut count, mut end) = (0, 0, None);
    while count < MOST_WORDS {
        let word = text.get(at..)?.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        let known = tables::seed_word(text.get(at..at + word)?);
        if known.is_none() {
            break;
        }
        count += 1;
        if is_phrase_length(count) {
            end = Some(at + word);
        }
        let gap = text.get(at + word..)?.iter().take(4).take_while(|b| b" ,\t\r\n".contains(b));
        at += word + gap.count();
    }
    end
}

fn is_phrase_length(words: usize) -> bool {
    (12..=MOST_WORDS).contains(&words) && words.is_multiple_of(3)
}

/// Each word is eleven bits by its place in the list; behind the entropy, of 32 bits for every three words,
/// stand as many bits of its SHA-256 as there are such groups. One text of listed words in 16 passes.
fn seed_phrase(value: &Value<'_>) -> Option<Proof> {
    let words = value.text.split(|byte| b" ,\t\r\n".contains(byte)).filter(|word| !word.is_empty());
    let indices = words.map(tables::seed_word).collect::<Option<Vec<usize>>>()?;
    is_phrase_length(indices.len()).then_some(())?;
    let bits: Vec<bool> = indices
        .iter()
        .flat_map(|index| (0..11).rev().map(move |bit| index >> bit & 1 == 1))
        .collect();
    let (entropy, check) = bits.split_at_checked(indices.len() / 3 * 32)?;
    let byte = |bits: &[bool]| bits.iter().fold(0u8, |byte, bit| byte << 1 | u8::from(*bit));
    let entropy: Vec<u8> = entropy.chunks(8).map(byte).collect();
    let digest = Sha256::digest(&entropy);
    let expected = digest.first()? >> (8 - check.len());
    (byte(check) == expected).then(|| Proof::whole(value, &["sha256"]))
}

/// Addresses of Bitcoin, the older kind.
pub(crate) static BITCOIN_ADDRESS: Detector = Detector {
    id: "financial.bitcoin-address",
    name: "Bitcoin address",
    category: Category::Financial,
    country: None,
    format: "Base58check beginning 1 or 3, 26 to 35 characters.",
    forms: &[Form::Verbatim("9{1,4}AX{21,33}")],
    edges: Edges::Alnum,
    check: bitcoin_address,
    scores: Scores::STRONG,
    keywords: &["bitcoin", "btc", "wallet", "bitcoin address", "wallet address"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.0,
    sources: &["BIP 13; Bitcoin wiki: base58check"],
    valid: &["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"],
    invalid: &[
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "checksum"),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf0a", "0 is not base58"),
    ],
};

/// Base58Check of 21 bytes: a version, 0 or 5, and a digest.
fn bitcoin_address(value: &Value<'_>) -> Option<Proof> {
    let shape = matches!(value.text.first(), Some(b'1' | b'3')) && value.text.len() <= 35;
    let payload = base58::payload(value.text).filter(|_| shape)?;
    let holds = payload.len() == 21 && matches!(payload.first(), Some(0 | 5));
    holds.then(|| Proof::whole(value, &["base58check"]))
}

/// Addresses of Bitcoin, the newer kind.
pub(crate) static BITCOIN_BECH32: Detector = Detector {
    id: "financial.bitcoin-bech32",
    name: "Bitcoin segwit address",
    category: Category::Financial,
    country: None,
    format: "bc1 and 39 or 59 characters of the bech32 alphabet, one case.",
    forms: &[Form::Anchored(&BECH32_ANCHOR)],
    edges: Edges::Alnum,
    check: bitcoin_bech32,
    scores: Scores::STRONG,
    keywords: &["bitcoin", "btc", "segwit", "wallet", "bitcoin address", "wallet address"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.0,
    sources: &["BIP 173", "BIP 350"],
    valid: &[
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    ],
    invalid: &[
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "checksum"),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3tb", "b is not in the alphabet"),
    ],
};

const SEGWIT: &[Part] = &[Part::Run(alnum, 39, 59)];
const SEGWITS: [Frame; 2] = [Frame::prefix("bc1", SEGWIT), Frame::prefix("BC1", SEGWIT)];
static BECH32_ANCHOR: Anchor = Anchor {
    literals: &literals(&SEGWITS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&SEGWITS, haystack, literal),
};

/// The BCH code over the prefix and the data, its constant by the version; one case throughout.
fn bitcoin_bech32(value: &Value<'_>) -> Option<Proof> {
    let small = value.text.to_ascii_lowercase();
    let one_case = small == value.text || value.text.to_ascii_uppercase() == value.text;
    let version = bech32::witness_version(b"bc", &small).filter(|_| one_case)?;
    let length = match (small.len(), version) {
        (42 | 62, 0) | (62, 1) => Some(()),
        _ => None,
    };
    length.map(|()| Proof::whole(value, &["bech32"]))
}

/// Addresses of Ethereum.
///
/// Those of one case carry no checksum, and forty hexadecimal digits are other things too.
pub(crate) static ETHEREUM_ADDRESS: Detector = Detector {
    id: "financial.ethereum-address",
    name: "Ethereum address",
    category: Category::Financial,
    country: None,
    format: "0x and forty hexadecimal digits; mixed case carries the EIP-55 checksum.",
    forms: &[Form::Anchored(&ETHEREUM_ANCHOR)],
    edges: Edges::Alnum,
    check: ethereum,
    scores: Scores { bare: 55, separated: 55, keyword: 88, field: 94 },
    keywords: &["ethereum", "eth", "wallet", "eth address", "wallet address", "erc20"],
    window: (60, 40),
    pass_rate: 1e-5,
    wrong_digit_rate: 0.489,
    sources: &["EIP-55"],
    valid: &[
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359",
    ],
    invalid: &[
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", "EIP-55 case"),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe", "39 digits"),
        ("0x0000000000000000000000000000000000000000", "the zero address is nobody's"),
    ],
};

const ETHEREUMS: [Frame; 1] = [Frame::prefix("0x", &[Part::Run(hex, 40, 40)])];
static ETHEREUM_ANCHOR: Anchor = Anchor {
    literals: &literals(&ETHEREUMS),
    letters: Letters::Exact,
    extent: |haystack, literal| framed(&ETHEREUMS, haystack, literal),
};
/// Points added where the case of the letters is the checksum: high.
const CHECKSUMMED: i8 = 30;

/// Where both cases occur, a letter is a capital exactly where the nibble at its place of the Keccak-256 of
/// the address in small letters is 8 or more.
fn ethereum(value: &Value<'_>) -> Option<Proof> {
    let digits = secret_of(value, &ETHEREUMS).filter(|digits| varied(digits))?;
    let one_case =
        !digits.iter().any(u8::is_ascii_uppercase) || !digits.iter().any(u8::is_ascii_lowercase);
    if one_case {
        return Some(Proof::whole(value, &["structure"]));
    }
    let digest = keccak::digest(&digits.to_ascii_lowercase())?;
    let nibbles = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let right = |(digit, nibble): (&u8, u8)| {
        digit.is_ascii_digit() || digit.is_ascii_uppercase() == (nibble >= 8)
    };
    let holds = digits.iter().zip(nibbles).all(right);
    holds.then(|| Proof::whole(value, &["keccak256"]).adjusted(CHECKSUMMED))
}
