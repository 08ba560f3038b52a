//! What makes a value of each identifier valid, after its issuer's description.
//!
//! Written apart from the library's validators: the peers are to be measured with checks as a user of
//! theirs would write them, and counts that agree say something only if they come from two hands.

/// Tells whether a value is valid. It gets the letters and digits, without what separates them.
pub type Check = fn(&[u8]) -> bool;

/// Returns the check of an identifier, `None` where there is no such identifier.
pub fn check_of(name: &str) -> Option<Check> {
    let found = CHECKS.iter().find(|(known, _)| *known == name);
    found.map(|(_, check)| *check)
}

/// Returns the length of an IBAN of a country (SWIFT, IBAN registry), `None` where it has none.
pub fn iban_length(country: [u8; 2]) -> Option<usize> {
    let letter = |byte: u8| Some(usize::from(byte.wrapping_sub(b'A'))).filter(|at| *at < 26);
    let length = *IBAN_TABLE.get(letter(country[0])?)?.get(letter(country[1])?)?;
    (length > 0).then_some(length.into())
}

/// Whether the digits add up by the formula of Luhn (ISO/IEC 7812-1, annex B).
pub fn luhn(value: &[u8]) -> bool {
    let sum: u32 = digits(value)
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let doubled = digit << (place & 1);
            if doubled > 9 { doubled - 9 } else { doubled }
        })
        .sum();
    sum.is_multiple_of(10)
}

const CHECKS: &[(&str, Check)] = &[
    ("card.visa", |v| v.starts_with(b"4") && luhn(v)),
    ("card.mastercard", |v| matches!(number(v, 0, 4), 5100..=5599 | 2221..=2720) && luhn(v)),
    ("card.amex", |v| matches!(number(v, 0, 2), 34 | 37) && luhn(v)),
    ("card.discover", |v| matches!(number(v, 0, 4), 6011 | 6440..=6599) && luhn(v)),
    ("card.diners", |v| matches!(number(v, 0, 3), 300..=305 | 360..=369 | 380..=389) && luhn(v)),
    ("card.jcb", |v| matches!(number(v, 0, 4), 3528..=3589) && luhn(v)),
    ("card.unionpay", |v| v.starts_with(b"62") && luhn(v)),
    ("us.ssn", ssn),
    ("us.itin", itin),
    ("us.ein", |v| EIN_PREFIXES.contains(&number(v, 0, 2))),
    ("us.ssn-bare", ssn),
    ("us.aba", aba),
    ("ca.sin", |v| !v.starts_with(b"0") && !v.starts_with(b"8") && luhn(v)),
    ("gb.nhs", |v| weighted(v, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)),
    ("gb.nino", |v| !NINO_UNUSED.iter().any(|prefix| v.starts_with(prefix))),
    ("iban", |v| v.first_chunk().is_some_and(|c| iban_length(*c) == Some(v.len())) && mod_97(v)),
    ("de.tax", |v| !v.starts_with(b"0") && mod_11_10(v)),
    ("fr.nir", nir),
    ("it.cf", codice_fiscale),
    ("es.dni", |v| dni_letter(number(v, 0, 8)) == v.get(8).copied()),
    ("es.nie", nie),
    ("br.cpf", |v| varied(v) && brazilian(v, 11)),
    ("br.cnpj", |v| varied(v) && brazilian(v, 9)),
    ("in.aadhaar", |v| v.first() >= Some(&b'2') && verhoeff(v)),
    ("email", |_| true),
    ("mrz.td3", |v| mrz_field(v, 44, 9) && mrz_field(v, 57, 6) && mrz_field(v, 65, 6)),
    ("mrz.td1", |v| mrz_field(v, 5, 9) && mrz_field(v, 30, 6) && mrz_field(v, 38, 6)),
];

/// Prefixes of campuses and of the internet (IRS, "How EINs are assigned and valid EIN prefixes").
const EIN_PREFIXES: &[u64] = &[
    1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16, 20, 21, 22, 23, 24, 25, 26, 27, 30, 31, 32, 33,
    34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 50, 51, 52, 53, 54, 55, 56, 57, 58,
    59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 71, 72, 73, 74, 75, 76, 77, 80, 81, 82, 83, 84, 85, 86,
    87, 88, 90, 91, 92, 93, 94, 95, 98, 99,
];
/// Prefixes that are not given out (HMRC, NIM39110).
const NINO_UNUSED: &[&[u8]] = &[b"BG", b"GB", b"NK", b"KN", b"TN", b"NT", b"ZZ"];
/// Lengths of IBANs and the countries that have them (SWIFT, IBAN registry).
const IBAN_LENGTHS: &[(u8, &[u8])] = &[
    (15, b"NO"),
    (16, b"BE"),
    (18, b"DKFIFKFOGLNLSD"),
    (19, b"MKSI"),
    (20, b"ATBAEEKZLTLUMNXK"),
    (21, b"CHHRLILV"),
    (22, b"BGBHCRDEGBGEIEMERSVA"),
    (23, b"AEGIILIQOMSOTL"),
    (24, b"ADCZESMDPKROSASESKTNVG"),
    (25, b"LYPTST"),
    (26, b"ISTR"),
    (27, b"BIDJFRGRITMCMRSM"),
    (28, b"ALAZBYCYDOGTHULBNIPLSV"),
    (29, b"BREGPSQAUA"),
    (30, b"JOKWMUYE"),
    (31, b"MTSC"),
    (32, b"LC"),
    (33, b"RU"),
];
/// The same by the letters of the country; 0 where there is none.
static IBAN_TABLE: [[u8; 26]; 26] = {
    let mut table = [[0; 26]; 26];
    let mut row = 0;
    while row < IBAN_LENGTHS.len() {
        let (length, countries) = IBAN_LENGTHS[row];
        let mut at = 0;
        while at < countries.len() {
            table[(countries[at] - b'A') as usize][(countries[at + 1] - b'A') as usize] = length;
            at += 2;
        }
        row += 1;
    }
    table
};
/// Control letters of the Spanish DNI and NIE, by the number modulo 23.
const DNI_LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
/// Values of what stands at odd places of an Italian tax code: digits, then letters
/// (Decreto ministeriale 12 marzo 1974).
const ODD_VALUES: &[u32; 26] =
    &[1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
/// Multiplication in the dihedral group D5 as ten rows of ten (Verhoeff, "Error detecting decimal
/// codes", 1969).
const DIHEDRAL: &[u8; 100] = b"01234567891234067895234017895634012895674012395678\
    59876043216598710432765982104387659321049876543210";
/// The permutation of Verhoeff for each place, as eight rows of ten.
const PERMUTATION: &[u8; 80] = b"0123456789157628309458037961428916043527\
    9453126870428657390127938064157046913258";

fn digits(value: &[u8]) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator {
    value.iter().map(|byte| u32::from(byte.wrapping_sub(b'0')))
}

/// Returns the number that some digits of a value make.
fn number(value: &[u8], from: usize, length: usize) -> u64 {
    let digits = digits(value).skip(from).take(length);
    digits.fold(0, |number, digit| number * 10 + u64::from(digit))
}

fn weighted(value: &[u8], weights: &[u32]) -> u32 {
    digits(value).zip(weights).map(|(digit, weight)| digit * weight).sum()
}

fn varied(value: &[u8]) -> bool {
    value.iter().any(|byte| value.first() != Some(byte))
}

/// Returns 0 to 9 of a digit, 10 to 35 of a capital and 0 of `<`.
fn base36(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'Z' => u32::from(byte - b'A') + 10,
        _ => 0,
    }
}

fn ssn(value: &[u8]) -> bool {
    let area = number(value, 0, 3);
    let others = number(value, 3, 2) != 0 && number(value, 5, 4) != 0;
    others && area != 0 && area != 666 && area < 900
}

fn itin(value: &[u8]) -> bool {
    let group = number(value, 3, 2);
    value.starts_with(b"9") && matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

fn aba(value: &[u8]) -> bool {
    let prefix = number(value, 0, 2);
    let known = matches!(prefix, 0..=12 | 21..=32 | 61..=72 | 80);
    known && varied(value) && weighted(value, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
}

/// Whether the value is 1 modulo 97, with its first four characters at the end (ISO 13616).
fn mod_97(value: &[u8]) -> bool {
    let (head, tail) = value.split_at(value.len().min(4));
    let number = tail.iter().chain(head).fold(0u64, |number, byte| {
        let digit = u64::from(base36(*byte));
        let number = number * if digit < 10 { 10 } else { 100 } + digit;
        if number < u64::MAX / 200 { number } else { number % 97 }
    });
    number % 97 == 1
}

/// Whether the last digit is that of ISO/IEC 7064, MOD 11,10.
fn mod_11_10(value: &[u8]) -> bool {
    let last = digits(value).next_back();
    let product = digits(value).rev().skip(1).rev().fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        if sum == 0 { 9 } else { sum * 2 % 11 }
    });
    last == Some((11 - product) % 10)
}

/// Whether the key of a French NIR fits (INSEE): Corsica's 2A counts as 19, 2B as 18.
fn nir(value: &[u8]) -> bool {
    let island = match value.get(6) {
        Some(b'A') => Some(19),
        Some(b'B') => Some(18),
        _ => None,
    };
    let department = island.unwrap_or_else(|| number(value, 5, 2));
    let body = (number(value, 0, 5) * 100 + department) * 1_000_000 + number(value, 7, 6);
    matches!(value.first(), Some(b'1' | b'2')) && 97 - body % 97 == number(value, 13, 2)
}

fn codice_fiscale(value: &[u8]) -> bool {
    let place =
        |byte: u8| if byte.is_ascii_digit() { byte - b'0' } else { byte.wrapping_sub(b'A') };
    let body = value.iter().take(15).enumerate();
    let sum: u32 = body
        .map(|(index, byte)| match index % 2 {
            0 => ODD_VALUES.get(usize::from(place(*byte))).copied().unwrap_or(0),
            _ => u32::from(place(*byte)),
        })
        .sum();
    value.get(15).map(|last| u32::from(place(*last))) == Some(sum % 26)
}

fn dni_letter(number: u64) -> Option<u8> {
    DNI_LETTERS.get((number % 23) as usize).copied()
}

fn nie(value: &[u8]) -> bool {
    let first = value.first().map_or(0, |first| u64::from(first.wrapping_sub(b'X')));
    first < 3 && dni_letter(first * 10_000_000 + number(value, 1, 7)) == value.get(8).copied()
}

/// Whether both last digits of a CPF or CNPJ fit: weights fall from the front to 2 and begin anew at 9,
/// or do not begin anew (Receita Federal). `top` is the greatest weight that there is.
fn brazilian(value: &[u8], top: u32) -> bool {
    let fits = |length: usize| {
        let body = digits(value).take(length).rev().zip((2..=top).cycle());
        let sum: u32 = body.map(|(digit, weight)| digit * weight).sum();
        digits(value).nth(length) == Some(sum * 10 % 11 % 10)
    };
    fits(value.len().saturating_sub(2)) && fits(value.len().saturating_sub(1))
}

fn verhoeff(value: &[u8]) -> bool {
    let look = |table: &[u8], row: usize, column: usize| {
        table.get(row * 10 + column).map_or(0, |digit| usize::from(digit - b'0'))
    };
    let reversed = digits(value).rev().enumerate();
    let rest = reversed.fold(0, |rest, (place, digit)| {
        look(DIHEDRAL, rest, look(PERMUTATION, place % 8, digit as usize))
    });
    rest == 0
}

/// Whether the digit behind a field of a machine readable zone fits (ICAO Doc 9303-3, 4.9).
fn mrz_field(value: &[u8], from: usize, length: usize) -> bool {
    let field = value.iter().skip(from).take(length).zip([7, 3, 1].into_iter().cycle());
    let sum: u32 = field.map(|(byte, weight)| base36(*byte) * weight).sum();
    digits(value).nth(from + length) == Some(sum % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published test numbers and issuers' own examples.
    const VALID: &[(&str, &str)] = &[
        ("card.visa", "4111111111111111"),
        ("card.mastercard", "5555555555554444"),
        ("card.mastercard", "2223003122003222"),
        ("card.amex", "378282246310005"),
        ("card.discover", "6011111111111117"),
        ("card.diners", "30569309025904"),
        ("card.jcb", "3530111333300000"),
        ("card.unionpay", "6200000000000005"),
        ("us.ssn", "536904399"),
        ("us.itin", "900700000"),
        ("us.ein", "123456789"),
        ("us.ssn-bare", "536904399"),
        ("us.aba", "021000021"),
        ("ca.sin", "130692544"),
        ("gb.nhs", "9434765919"),
        ("gb.nino", "AB123456C"),
        ("iban", "GB29NWBK60161331926819"),
        ("iban", "DE89370400440532013000"),
        ("iban", "NO9386011117947"),
        ("de.tax", "36574261809"),
        ("fr.nir", "255081416802538"),
        ("it.cf", "RSSMRA85T10A562S"),
        ("es.dni", "12345678Z"),
        ("es.nie", "X1234567L"),
        ("br.cpf", "11144477735"),
        ("br.cnpj", "11222333000181"),
        ("in.aadhaar", "234123412346"),
        (
            "mrz.td3",
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        ),
        ("mrz.td1", "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6"),
    ];

    #[test]
    fn examples_are_valid() {
        for (name, value) in VALID {
            assert!(check_of(name).unwrap()(value.as_bytes()), "{name} {value}");
        }
    }

    #[test]
    fn most_wrong_digits_are_seen() {
        let unchecked = ["us.ssn", "us.itin", "us.ein", "us.ssn-bare", "gb.nino"];
        for (name, value) in VALID.iter().filter(|(name, _)| !unchecked.contains(name)) {
            let check = check_of(name).unwrap();
            let mut value = value.as_bytes().to_vec();
            let at = value.len() / 2;
            let at = (at..value.len()).find(|at| value[*at].is_ascii_digit()).unwrap();
            value[at] = b'0' + (value[at] - b'0' + 1) % 10;
            assert!(!check(&value), "{name}");
        }
        assert!(!ssn(b"666904399") && !ssn(b"000904399") && !ssn(b"536004399"));
        assert!(!itin(b"900670000") && !check_of("us.ein").unwrap()(b"073456789"));
        assert!(!check_of("gb.nino").unwrap()(b"GB123456C"));
    }

    #[test]
    fn countries_have_their_lengths() {
        assert_eq!(iban_length(*b"GB"), Some(22));
        assert_eq!(iban_length(*b"NO"), Some(15));
        assert_eq!(iban_length(*b"ZZ"), None);
        assert!(check_of("no.such").is_none());
    }
}
