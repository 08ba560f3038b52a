// GENERATED from crates/xtask/data/iban_countries.toml by `cargo xtask generate`; do not edit.
// Source: SWIFT IBAN registry release 101; ECBS TR 201; national banking authorities.
// As of: 2026-11-21.

use super::{Characters::*, IbanCountry, National, Piece};

pub(crate) static COUNTRIES: &[IbanCountry] = &[
    // Andorra
    IbanCountry {
        code: "AD",
        length: 24,
        bban: &[Piece(8, Digits), Piece(12, Either)],
        registered: true,
        national: &[],
    },
    // United Arab Emirates
    IbanCountry {
        code: "AE",
        length: 23,
        bban: &[Piece(19, Digits)],
        registered: true,
        national: &[],
    },
    // Albania
    IbanCountry {
        code: "AL",
        length: 28,
        bban: &[Piece(8, Digits), Piece(16, Either)],
        registered: true,
        national: &[],
    },
    // Angola
    IbanCountry {
        code: "AO",
        length: 25,
        bban: &[Piece(21, Digits)],
        registered: false,
        national: &[],
    },
    // Austria
    IbanCountry {
        code: "AT",
        length: 20,
        bban: &[Piece(16, Digits)],
        registered: true,
        national: &[],
    },
    // Azerbaijan
    IbanCountry {
        code: "AZ",
        length: 28,
        bban: &[Piece(4, Capitals), Piece(20, Either)],
        registered: true,
        national: &[],
    },
    // Bosnia and Herzegovina
    IbanCountry {
        code: "BA",
        length: 20,
        bban: &[Piece(16, Digits)],
        registered: true,
        national: &[National::Mod97],
    },
    // Belgium
    IbanCountry {
        code: "BE",
        length: 16,
        bban: &[Piece(12, Digits)],
        registered: true,
        national: &[National::Remainder97],
    },
    // Burkina Faso
    IbanCountry {
        code: "BF",
        length: 28,
        bban: &[Piece(2, Either), Piece(22, Digits)],
        registered: false,
        national: &[],
    },
    // Bulgaria
    IbanCountry {
        code: "BG",
        length: 22,
        bban: &[Piece(4, Capitals), Piece(6, Digits), Piece(8, Either)],
        registered: true,
        national: &[],
    },
    // Bahrain
    IbanCountry {
        code: "BH",
        length: 22,
        bban: &[Piece(4, Capitals), Piece(14, Either)],
        registered: true,
        national: &[],
    },
    // Burundi
    IbanCountry {
        code: "BI",
        length: 27,
        bban: &[Piece(23, Digits)],
        registered: true,
        national: &[],
    },
    // Benin
    IbanCountry {
        code: "BJ",
        length: 28,
        bban: &[Piece(2, Either), Piece(22, Digits)],
        registered: false,
        national: &[],
    },
    // Brazil
    IbanCountry {
        code: "BR",
        length: 29,
        bban: &[Piece(23, Digits), Piece(1, Capitals), Piece(1, Either)],
        registered: true,
        national: &[],
    },
    // Belarus
    IbanCountry {
        code: "BY",
        length: 28,
        bban: &[Piece(4, Either), Piece(4, Digits), Piece(16, Either)],
        registered: true,
        national: &[],
    },
    // Central African Republic
    IbanCountry {
        code: "CF",
        length: 27,
        bban: &[Piece(23, Digits)],
        registered: false,
        national: &[],
    },
    // Congo
    IbanCountry {
        code: "CG",
        length: 27,
        bban: &[Piece(23, Digits)],
        registered: false,
        national: &[],
    },
    // Switzerland
    IbanCountry {
        code: "CH",
        length: 21,
        bban: &[Piece(5, Digits), Piece(12, Either)],
        registered: true,
        national: &[],
    },
    // Cote d'Ivoire
    IbanCountry {
        code: "CI",
        length: 28,
        bban: &[Piece(2, Either), Piece(22, Digits)],
        registered: false,
        national: &[],
    },
    // Cameroon
    IbanCountry {
        code: "CM",
        length: 27,
        bban: &[Piece(23, Digits)],
        registered: false,
        national: &[],
    },
    // Costa Rica
    IbanCountry {
        code: "CR",
        length: 22,
        bban: &[Piece(18, Digits)],
        registered: true,
        national: &[],
    },
    // Cabo Verde
    IbanCountry {
        code: "CV",
        length: 25,
        bban: &[Piece(21, Digits)],
        registered: false,
        national: &[],
    },
    // Cyprus
    IbanCountry {
        code: "CY",
        length: 28,
        bban: &[Piece(8, Digits), Piece(16, Either)],
        registered: true,
        national: &[],
    },
    // Czechia
    IbanCountry {
        code: "CZ",
        length: 24,
        bban: &[Piece(20, Digits)],
        registered: true,
        national: &[
            National::Weighted { at: 4..10, weights: &[10, 5, 8, 4, 2, 1], modulus: 11 },
            National::Weighted {
                at: 10..20,
                weights: &[6, 3, 7, 9, 10, 5, 8, 4, 2, 1],
                modulus: 11,
            },
        ],
    },
    // Germany
    IbanCountry {
        code: "DE",
        length: 22,
        bban: &[Piece(18, Digits)],
        registered: true,
        national: &[],
    },
    // Djibouti
    IbanCountry {
        code: "DJ",
        length: 27,
        bban: &[Piece(23, Digits)],
        registered: true,
        national: &[],
    },
    // Denmark
    IbanCountry {
        code: "DK",
        length: 18,
        bban: &[Piece(14, Digits)],
        registered: true,
        national: &[],
    },
    // Dominican Republic
    IbanCountry {
        code: "DO",
        length: 28,
        bban: &[Piece(4, Either), Piece(20, Digits)],
        registered: true,
        national: &[],
    },
    // Algeria
    IbanCountry {
        code: "DZ",
        length: 26,
        bban: &[Piece(22, Digits)],
        registered: false,
        national: &[],
    },
    // Estonia
    IbanCountry {
        code: "EE",
        length: 20,
        bban: &[Piece(16, Digits)],
        registered: true,
        national: &[National::Weighted {
            at: 2..16,
            weights: &[7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1],
            modulus: 10,
        }],
    },
    // Egypt
    IbanCountry {
        code: "EG",
        length: 29,
        bban: &[Piece(25, Digits)],
        registered: true,
        national: &[],
    },
    // Spain
    IbanCountry {
        code: "ES",
        length: 24,
        bban: &[Piece(20, Digits)],
        registered: true,
        national: &[
            National::ControlDigit { at: 0..8, weights: &[4, 8, 5, 10, 9, 7, 3, 6], digit: 8 },
            National::ControlDigit {
                at: 10..20,
                weights: &[1, 2, 4, 8, 5, 10, 9, 7, 3, 6],
                digit: 9,
            },
        ],
    },
    // Finland
    IbanCountry {
        code: "FI",
        length: 18,
        bban: &[Piece(14, Digits)],
        registered: true,
        national: &[National::Luhn],
    },
    // Falkland Islands (Malvinas)
    IbanCountry {
        code: "FK",
        length: 18,
        bban: &[Piece(2, Capitals), Piece(12, Digits)],
        registered: true,
        national: &[],
    },
    // Faroe Islands
    IbanCountry {
        code: "FO",
        length: 18,
        bban: &[Piece(14, Digits)],
        registered: true,
        national: &[],
    },
    // France
    IbanCountry {
        code: "FR",
        length: 27,
        bban: &[Piece(10, Digits), Piece(11, Either), Piece(2, Digits)],
        registered: true,
        national: &[National::RibKey],
    },
    // Gabon
    IbanCountry {
        code: "GA",
        length: 27,
        bban: &[Piece(23, Digits)],
        registered: false,
        national: &[],
    },
    // United Kingdom
    IbanCountry {
        code: "GB",
        length: 22,
        bban: &[Piece(4, Capitals), Piece(14, Digits)],
        registered: true,
        national: &[],
    },
    // Georgia
    IbanCountry {
        code: "GE",
        length: 22,
        bban: &[Piece(2, Capitals), Piece(16, Digits)],
        registered: true,
        national: &[],
    },
    // Gibraltar
    IbanCountry {
        code: "GI",
        length: 23,
        bban: &[Piece(4, Capitals), Piece(15, Either)],
        registered: true,
        national: &[],
    },
    // Greenland
    IbanCountry {
        code: "GL",
        length: 18,
        bban: &[Piece(14, Digits)],
        registered: true,
        national: &[],
    },
    // Equatorial Guinea
    IbanCountry {
        code: "GQ",
        length: 27,
        bban: &[Piece(23, Digits)],
        registered: false,
        national: &[],
    },
    // Greece
    IbanCountry {
        code: "GR",
        length: 27,
        bban: &[Piece(7, Digits), Piece(16, Either)],
        registered: true,
        national: &[],
    },
    // Guatemala
    IbanCountry {
        code: "GT",
        length: 28,
        bban: &[Piece(24, Either)],
        registered: true,
        national: &[],
    },
    // Guinea-Bissau
    IbanCountry {
        code: "GW",
        length: 25,
        bban: &[Piece(2, Either), Piece(19, Digits)],
        registered: false,
        national: &[],
    },
    // Honduras
    IbanCountry {
        code: "HN",
        length: 28,
        bban: &[Piece(4, Capitals), Piece(20, Digits)],
        registered: true,
        national: &[],
    },
    // Croatia
    IbanCountry {
        code: "HR",
        length: 21,
        bban: &[Piece(17, Digits)],
        registered: true,
        national: &[National::Mod11 { at: 0..7 }, National::Mod11 { at: 7..17 }],
    },
    // Hungary
    IbanCountry {
        code: "HU",
        length: 28,
        bban: &[Piece(24, Digits)],
        registered: true,
        national: &[
            National::Weighted { at: 0..8, weights: &[9, 7, 3, 1, 9, 7, 3, 1], modulus: 10 },
            National::Weighted {
                at: 8..24,
                weights: &[9, 7, 3, 1, 9, 7, 3, 1, 9, 7, 3, 1, 9, 7, 3, 1],
                modulus: 10,
            },
        ],
    },
    // Ireland
    IbanCountry {
        code: "IE",
        length: 22,
        bban: &[Piece(4, Capitals), Piece(14, Digits)],
        registered: true,
        national: &[],
    },
    // Israel
    IbanCountry {
        code: "IL",
        length: 23,
        bban: &[Piece(19, Digits)],
        registered: true,
        national: &[],
    },
    // Iraq
    IbanCountry {
        code: "IQ",
        length: 23,
        bban: &[Piece(4, Capitals), Piece(15, Digits)],
        registered: true,
        national: &[],
    },
    // Iran
    IbanCountry {
        code: "IR",
        length: 26,
        bban: &[Piece(22, Digits)],
        registered: false,
        national: &[],
    },
    // Iceland
    IbanCountry {
        code: "IS",
        length: 26,
        bban: &[Piece(22, Digits)],
        registered: true,
        national: &[National::Weighted {
            at: 12..21,
            weights: &[3, 2, 7, 6, 5, 4, 3, 2, 1],
            modulus: 11,
        }],
    },
    // Italy
    IbanCountry {
        code: "IT",
        length: 27,
        bban: &[Piece(1, Capitals), Piece(10, Digits), Piece(12, Either)],
        registered: true,
        national: &[National::Cin],
    },
    // Jordan
    IbanCountry {
        code: "JO",
        length: 30,
        bban: &[Piece(4, Capitals), Piece(4, Digits), Piece(18, Either)],
        registered: true,
        national: &[],
    },
    // Comoros
    IbanCountry {
        code: "KM",
        length: 27,
        bban: &[Piece(23, Digits)],
        registered: false,
        national: &[],
    },
    // Kuwait
    IbanCountry {
        code: "KW",
        length: 30,
        bban: &[Piece(4, Capitals), Piece(22, Either)],
        registered: true,
        national: &[],
    },
    // Kazakhstan
    IbanCountry {
        code: "KZ",
        length: 20,
        bban: &[Piece(3, Digits), Piece(13, Either)],
        registered: true,
        national: &[],
    },
    // Lebanon
    IbanCountry {
        code: "LB",
        length: 28,
        bban: &[Piece(4, Digits), Piece(20, Either)],
        registered: true,
        national: &[],
    },
    // Saint Lucia
    IbanCountry {
        code: "LC",
        length: 32,
        bban: &[Piece(4, Capitals), Piece(24, Either)],
        registered: true,
        national: &[],
    },
    // Liechtenstein
    IbanCountry {
        code: "LI",
        length: 21,
        bban: &[Piece(5, Digits), Piece(12, Either)],
        registered: true,
        national: &[],
    },
    // Lithuania
    IbanCountry {
        code: "LT",
        length: 20,
        bban: &[Piece(16, Digits)],
        registered: true,
        national: &[],
    },
    // Luxembourg
    IbanCountry {
        code: "LU",
        length: 20,
        bban: &[Piece(3, Digits), Piece(13, Either)],
        registered: true,
        national: &[],
    },
    // Latvia
    IbanCountry {
        code: "LV",
        length: 21,
        bban: &[Piece(4, Capitals), Piece(13, Either)],
        registered: true,
        national: &[],
    },
    // Libya
    IbanCountry {
        code: "LY",
        length: 25,
        bban: &[Piece(21, Digits)],
        registered: true,
        national: &[],
    },
    // Morocco
    IbanCountry {
        code: "MA",
        length: 28,
        bban: &[Piece(24, Digits)],
        registered: false,
        national: &[],
    },
    // Monaco
    IbanCountry {
        code: "MC",
        length: 27,
        bban: &[Piece(10, Digits), Piece(11, Either), Piece(2, Digits)],
        registered: true,
        national: &[National::RibKey],
    },
    // Moldova, Republic of
    IbanCountry {
        code: "MD",
        length: 24,
        bban: &[Piece(20, Either)],
        registered: true,
        national: &[],
    },
    // Montenegro
    IbanCountry {
        code: "ME",
        length: 22,
        bban: &[Piece(18, Digits)],
        registered: true,
        national: &[National::Mod97],
    },
    // Madagascar
    IbanCountry {
        code: "MG",
        length: 27,
        bban: &[Piece(23, Digits)],
        registered: false,
        national: &[],
    },
    // North Macedonia
    IbanCountry {
        code: "MK",
        length: 19,
        bban: &[Piece(3, Digits), Piece(10, Either), Piece(2, Digits)],
        registered: true,
        national: &[National::Mod97],
    },
    // Mali
    IbanCountry {
        code: "ML",
        length: 28,
        bban: &[Piece(2, Either), Piece(22, Digits)],
        registered: false,
        national: &[],
    },
    // Mongolia
    IbanCountry {
        code: "MN",
        length: 20,
        bban: &[Piece(16, Digits)],
        registered: true,
        national: &[],
    },
    // Mauritania
    IbanCountry {
        code: "MR",
        length: 27,
        bban: &[Piece(23, Digits)],
        registered: true,
        national: &[National::Multiple97],
    },
    // Malta
    IbanCountry {
        code: "MT",
        length: 31,
        bban: &[Piece(4, Capitals), Piece(5, Digits), Piece(18, Either)],
        registered: true,
        national: &[],
    },
    // Mauritius
    IbanCountry {
        code: "MU",
        length: 30,
        bban: &[Piece(4, Capitals), Piece(19, Digits), Piece(3, Capitals)],
        registered: true,
        national: &[],
    },
    // Mozambique
    IbanCountry {
        code: "MZ",
        length: 25,
        bban: &[Piece(21, Digits)],
        registered: false,
        national: &[],
    },
    // Niger
    IbanCountry {
        code: "NE",
        length: 28,
        bban: &[Piece(2, Either), Piece(22, Digits)],
        registered: false,
        national: &[],
    },
    // Nicaragua
    IbanCountry {
        code: "NI",
        length: 28,
        bban: &[Piece(4, Capitals), Piece(20, Digits)],
        registered: true,
        national: &[],
    },
    // Netherlands
    IbanCountry {
        code: "NL",
        length: 18,
        bban: &[Piece(4, Capitals), Piece(10, Digits)],
        registered: true,
        national: &[],
    },
    // Norway
    IbanCountry {
        code: "NO",
        length: 15,
        bban: &[Piece(11, Digits)],
        registered: true,
        national: &[National::Weighted {
            at: 0..11,
            weights: &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1],
            modulus: 11,
        }],
    },
    // Oman
    IbanCountry {
        code: "OM",
        length: 23,
        bban: &[Piece(3, Digits), Piece(16, Either)],
        registered: true,
        national: &[],
    },
    // Pakistan
    IbanCountry {
        code: "PK",
        length: 24,
        bban: &[Piece(4, Capitals), Piece(16, Either)],
        registered: true,
        national: &[],
    },
    // Poland
    IbanCountry {
        code: "PL",
        length: 28,
        bban: &[Piece(24, Digits)],
        registered: true,
        national: &[National::Weighted {
            at: 0..8,
            weights: &[3, 9, 7, 1, 3, 9, 7, 1],
            modulus: 10,
        }],
    },
    // Palestine, State of
    IbanCountry {
        code: "PS",
        length: 29,
        bban: &[Piece(4, Capitals), Piece(21, Either)],
        registered: true,
        national: &[],
    },
    // Portugal
    IbanCountry {
        code: "PT",
        length: 25,
        bban: &[Piece(21, Digits)],
        registered: true,
        national: &[National::Mod97],
    },
    // Qatar
    IbanCountry {
        code: "QA",
        length: 29,
        bban: &[Piece(4, Capitals), Piece(21, Either)],
        registered: true,
        national: &[],
    },
    // Romania
    IbanCountry {
        code: "RO",
        length: 24,
        bban: &[Piece(4, Capitals), Piece(16, Either)],
        registered: true,
        national: &[],
    },
    // Serbia
    IbanCountry {
        code: "RS",
        length: 22,
        bban: &[Piece(18, Digits)],
        registered: true,
        national: &[National::Mod97],
    },
    // Russian Federation
    IbanCountry {
        code: "RU",
        length: 33,
        bban: &[Piece(14, Digits), Piece(15, Either)],
        registered: true,
        national: &[],
    },
    // Saudi Arabia
    IbanCountry {
        code: "SA",
        length: 24,
        bban: &[Piece(2, Digits), Piece(18, Either)],
        registered: true,
        national: &[],
    },
    // Seychelles
    IbanCountry {
        code: "SC",
        length: 31,
        bban: &[Piece(4, Capitals), Piece(20, Digits), Piece(3, Capitals)],
        registered: true,
        national: &[],
    },
    // Sudan
    IbanCountry {
        code: "SD",
        length: 18,
        bban: &[Piece(14, Digits)],
        registered: true,
        national: &[],
    },
    // Sweden
    IbanCountry {
        code: "SE",
        length: 24,
        bban: &[Piece(20, Digits)],
        registered: true,
        national: &[],
    },
    // Slovenia
    IbanCountry {
        code: "SI",
        length: 19,
        bban: &[Piece(15, Digits)],
        registered: true,
        national: &[National::Mod97],
    },
    // Slovakia
    IbanCountry {
        code: "SK",
        length: 24,
        bban: &[Piece(20, Digits)],
        registered: true,
        national: &[
            National::Weighted { at: 4..10, weights: &[10, 5, 8, 4, 2, 1], modulus: 11 },
            National::Weighted {
                at: 10..20,
                weights: &[6, 3, 7, 9, 10, 5, 8, 4, 2, 1],
                modulus: 11,
            },
        ],
    },
    // San Marino
    IbanCountry {
        code: "SM",
        length: 27,
        bban: &[Piece(1, Capitals), Piece(10, Digits), Piece(12, Either)],
        registered: true,
        national: &[National::Cin],
    },
    // Senegal
    IbanCountry {
        code: "SN",
        length: 28,
        bban: &[Piece(2, Either), Piece(22, Digits)],
        registered: false,
        national: &[],
    },
    // Somalia
    IbanCountry {
        code: "SO",
        length: 23,
        bban: &[Piece(19, Digits)],
        registered: true,
        national: &[],
    },
    // Sao Tome and Principe
    IbanCountry {
        code: "ST",
        length: 25,
        bban: &[Piece(21, Digits)],
        registered: true,
        national: &[],
    },
    // El Salvador
    IbanCountry {
        code: "SV",
        length: 28,
        bban: &[Piece(4, Capitals), Piece(20, Digits)],
        registered: true,
        national: &[],
    },
    // Chad
    IbanCountry {
        code: "TD",
        length: 27,
        bban: &[Piece(23, Digits)],
        registered: false,
        national: &[],
    },
    // Togo
    IbanCountry {
        code: "TG",
        length: 28,
        bban: &[Piece(2, Either), Piece(22, Digits)],
        registered: false,
        national: &[],
    },
    // Timor-Leste
    IbanCountry {
        code: "TL",
        length: 23,
        bban: &[Piece(19, Digits)],
        registered: true,
        national: &[National::Mod97],
    },
    // Tunisia
    IbanCountry {
        code: "TN",
        length: 24,
        bban: &[Piece(20, Digits)],
        registered: true,
        national: &[National::Multiple97],
    },
    // Turkiye
    IbanCountry {
        code: "TR",
        length: 26,
        bban: &[Piece(6, Digits), Piece(16, Either)],
        registered: true,
        national: &[],
    },
    // Ukraine
    IbanCountry {
        code: "UA",
        length: 29,
        bban: &[Piece(6, Digits), Piece(19, Either)],
        registered: true,
        national: &[],
    },
    // Holy See
    IbanCountry {
        code: "VA",
        length: 22,
        bban: &[Piece(18, Digits)],
        registered: true,
        national: &[],
    },
    // Virgin Islands (British)
    IbanCountry {
        code: "VG",
        length: 24,
        bban: &[Piece(4, Capitals), Piece(16, Digits)],
        registered: true,
        national: &[],
    },
    // Kosovo
    IbanCountry {
        code: "XK",
        length: 20,
        bban: &[Piece(16, Digits)],
        registered: true,
        national: &[],
    },
    // Yemen
    IbanCountry {
        code: "YE",
        length: 30,
        bban: &[Piece(4, Capitals), Piece(4, Digits), Piece(18, Either)],
        registered: true,
        national: &[],
    },
];

#[cfg(test)]
pub(crate) static EXAMPLES: &[&str] = &[
    "AD1200012030200359100100",
    "AE070331234567890123456",
    "AL47212110090000000235698741",
    "AO71341034103410341034103",
    "AT611904300234573201",
    "AZ21NABZ00000000137010001944",
    "BA391290079401028494",
    "BE68539007547034",
    "BF30BF3410341034103410341034",
    "BG80BNBG96611020345678",
    "BH67BMAG00001299123456",
    "BI4210000100010000332045181",
    "BJ34BJ3410341034103410341034",
    "BR9700360305000010009795493P1",
    "BY13NBRB3600900000002Z00AB00",
    "CF1934103410341034103410341",
    "CG1634103410341034103410341",
    "CH9300762011623852957",
    "CI36CI3410341034103410341034",
    "CM9534103410341034103410341",
    "CR05015202001026284066",
    "CV32341034103410341034103",
    "CY17002001280000001200527600",
    "CZ6508000000192000145399",
    "DE89370400440532013000",
    "DJ2100010000000154000100186",
    "DK5000400440116243",
    "DO28BAGR00000001212453611324",
    "DZ513410341034103410341034",
    "EE382200221020145685",
    "EG380019000500000000263180002",
    "ES9121000418450200051332",
    "FI2112345600000785",
    "FK88SC123456789012",
    "FO6264600001631634",
    "FR1420041010050500013M02606",
    "GA9534103410341034103410341",
    "GB29NWBK60161331926819",
    "GE29NB0000000101904917",
    "GI75NWBK000000007099453",
    "GL8964710001000206",
    "GQ4734103410341034103410341",
    "GR1601101250000000012300695",
    "GT82TRAJ01020000001210029690",
    "GW70GW3410341034103410341",
    "HN88CABF00000000000250005469",
    "HR1210010051863000160",
    "HU42117730161111101800000000",
    "IE29AIBK93115212345678",
    "IL620108000000099999999",
    "IQ98NBIQ850123456789012",
    "IR303410341034103410341034",
    "IS140159260076545510730339",
    "IT60X0542811101000000123456",
    "JO94CBJO0010000000000131000302",
    "KM2334103410341034103410341",
    "KW81CBKU0000000000001234560101",
    "KZ86125KZT5004100100",
    "LB62099900000001001901229114",
    "LC55HEMM000100010012001200023015",
    "LI21088100002324013AA",
    "LT121000011101001000",
    "LU280019400644750000",
    "LV80BANK0000435195001",
    "LY83002048000020100120361",
    "MA28341034103410341034103410",
    "MC5811222000010123456789030",
    "MD24AG000225100013104168",
    "ME25505000012345678951",
    "MG2334103410341034103410341",
    "MK07250120000058984",
    "ML69ML3410341034103410341034",
    "MN121234123456789123",
    "MR1300020001010000123456753",
    "MT84MALT011000012345MTLCAST001S",
    "MU17BOMM0101101030300200000MUR",
    "MZ27341034103410341034103",
    "NE65NE3410341034103410341034",
    "NI45BAPR00000013000003558124",
    "NL91ABNA0417164300",
    "NO9386011117947",
    "OM810180000001299123456",
    "PK36SCBL0000001123456702",
    "PL61109010140000071219812874",
    "PS92PALS000000000400123456702",
    "PT50000201231234567890154",
    "QA58DOHB00001234567890ABCDEFG",
    "RO49AAAA1B31007593840000",
    "RS35260005601001611379",
    "RU0304452522540817810538091310419",
    "SA0380000000608010167519",
    "SC18SSCB11010000000000001497USD",
    "SD8811123456789012",
    "SE4550000000058398257466",
    "SI56263300012039086",
    "SK3112000000198742637541",
    "SM86U0322509800000000270100",
    "SN89SN3410341034103410341034",
    "SO211000001001000100141",
    "ST23000100010051845310146",
    "SV62CENR00000000000000700025",
    "TD6634103410341034103410341",
    "TG85TG3410341034103410341034",
    "TL380080012345678910157",
    "TN5910006035183598478831",
    "TR330006100519786457841326",
    "UA213223130000026007233566001",
    "VA59001123000012345678",
    "VG96VPVG0000012345678901",
    "XK051212012345678906",
    "YE15CBYE0001018861234567891234",
];
