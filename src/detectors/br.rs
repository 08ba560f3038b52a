//! Brazil.

use super::{Detector, Edges, Form, Proof, Scores, Value};
use crate::finding::Category;
use crate::validators::{digits, weighted};

/// Every detector of this file.
pub(crate) static ALL: &[&Detector] =
    &[&CPF, &CNPJ, &PIS, &CNH, &TITULO_ELEITOR, &RG, &ACCOUNT, &CNS];

/// Individual taxpayer number.
pub(crate) static CPF: Detector = Detector {
    id: "gov.br.cpf",
    name: "Brazilian individual taxpayer number (CPF)",
    category: Category::GovernmentId,
    country: Some("BR"),
    format: "Eleven digits NNN.NNN.NNN-CC, the last two check digits; the ninth names the tax \
             region.",
    forms: &[Form::Layout("9{3}.9{3}.9{3}-9{2}"), Form::Layout("9{9}-9{2}"), Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_cpf,
    scores: Scores { bare: 35, separated: 60, keyword: 85, field: 92 },
    keywords: &["cpf", "cadastro de pessoas físicas", "cpf/mf", "brazilian taxpayer"],
    window: (60, 40),
    pass_rate: 0.01,
    wrong_digit_rate: 0.007,
    sources: &["Receita Federal: CPF", "Instrução Normativa RFB 1548/2015"],
    valid: &["390.533.447-05", "23100299981", "123456789-09"],
    invalid: &[
        ("231.002.999-01", "check digits"),
        ("231.002.999-82", "second check digit"),
        ("111.111.111-11", "one digit over and over, which passes the arithmetic"),
    ],
};

/// Company number, personal for firms of one person.
pub(crate) static CNPJ: Detector = Detector {
    id: "gov.br.cnpj",
    name: "Brazilian company number (CNPJ; personal for one-person firms)",
    category: Category::GovernmentId,
    country: Some("BR"),
    format: "Fourteen characters NN.NNN.NNN/NNNN-CC, the last two check digits; from July 2026 \
             the first twelve may be capitals.",
    forms: &[
        Form::Layout("9X.X{3}.X{3}/X{4}-9{2}"),
        Form::Layout("A{2}.X{3}.X{3}/X{4}-9{2}"),
        Form::Layout("AX.X{3}.X{3}/X{4}-9{2}"),
        Form::Layout("9{8}/9{4}-9{2}"),
        Form::Layout("9{12}-9{2}"),
        Form::Layout("9X{11}9{2}"),
        Form::Layout("AX{11}9{2}"),
    ],
    edges: Edges::Alnum,
    check: is_cnpj,
    scores: Scores::MEDIUM,
    keywords: &["cnpj", "cnpj/mf", "cadastro nacional da pessoa jurídica", "brazilian company"],
    window: (60, 40),
    pass_rate: 0.01,
    wrong_digit_rate: 0.0,
    sources: &[
        "Receita Federal: Instrução Normativa RFB 2.119/2022 and 2.229/2024 (CNPJ alfanumérico)",
        "Receita Federal: Nota Técnica conjunta COCAD/SUARA/RFB 49/2024",
    ],
    valid: &[
        "16.727.230/0001-97",
        "12ABC34501DE35",
        "12.ABC.345/01DE-35",
        "A1.234.567/0001-17",
        "AB.CDE.FGH/0001-95",
        "16727230/0001-97",
        "167272300001-97",
        "AB123456000110",
    ],
    invalid: &[
        ("16.727.230/0001-98", "check digits"),
        ("16.727.230/001-97", "grouping"),
        ("12ABC34501DE36", "check digits"),
        ("11.111.111/1111-11", "one digit over and over"),
    ],
};

/// Number of a worker in social security.
pub(crate) static PIS: Detector = Detector {
    id: "gov.br.pis",
    name: "Brazilian social integration number (PIS, PASEP, NIT, NIS)",
    category: Category::GovernmentId,
    country: Some("BR"),
    format: "Eleven digits NNN.NNNNN.NN-C, the last a check digit.",
    forms: &[Form::Layout("9{3}.9{5}.9{2}-9"), Form::Layout("9{10}-9"), Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_pis,
    scores: Scores::CHECKED,
    keywords: &[
        "pasep",
        "pis",
        "pis/pasep",
        "pis pasep",
        "nit",
        "nis",
        "número de identificação social",
        "número de inscrição do trabalhador",
    ],
    window: (60, 40),
    pass_rate: 0.099,
    wrong_digit_rate: 0.03,
    sources: &["Caixa Econômica Federal: PIS/PASEP, NIS"],
    valid: &["120.56412.60-0", "12012345672", "1201234567-2"],
    invalid: &[
        ("120.56412.60-9", "check digit"),
        ("111.11111.11-1", "one digit over and over"),
        ("120.5641.60-8", "grouping"),
    ],
};

/// Driving licence.
pub(crate) static CNH: Detector = Detector {
    id: "gov.br.cnh",
    name: "Brazilian driving licence (CNH)",
    category: Category::GovernmentId,
    country: Some("BR"),
    format: "Eleven digits, the last two check digits.",
    forms: &[Form::Layout("9{11}")],
    edges: Edges::Digit,
    check: is_cnh,
    scores: Scores::CHECKED,
    keywords: &[
        "cnh",
        "carteira nacional de habilitação",
        "habilitação",
        "carteira de motorista",
        "registro cnh",
        "brazilian driving licence",
    ],
    window: (60, 40),
    pass_rate: 0.01,
    wrong_digit_rate: 0.003,
    sources: &["Senatran: Registro Nacional de Carteira de Habilitação (RENACH)"],
    valid: &["58231679446", "97345431251", "10000002800"],
    invalid: &[
        ("58231679447", "second check digit"),
        ("58231679456", "first check digit"),
        ("11111111111", "one digit over and over"),
        ("5823167941", "ten digits"),
    ],
};

/// Registration of a voter.
pub(crate) static TITULO_ELEITOR: Detector = Detector {
    id: "gov.br.titulo-eleitor",
    name: "Brazilian voter registration (título de eleitor)",
    category: Category::GovernmentId,
    country: Some("BR"),
    format: "Twelve digits, in fours or in one run: serial 8, state 01 to 28, two check digits.",
    forms: &[
        Form::Layout("9{4} 9{4} 9{4}"),
        Form::Layout("9{4} 9{8}"),
        Form::Layout("9{8} 9{4}"),
        Form::Layout("9{12}"),
    ],
    edges: Edges::Digit,
    check: is_titulo,
    scores: Scores::CHECKED,
    keywords: &[
        "título de eleitor",
        "titulo de eleitor",
        "título eleitoral",
        "titulo eleitoral",
        "inscrição eleitoral",
        "zona eleitoral",
        "brazilian voter id",
    ],
    window: (60, 40),
    pass_rate: 0.0027,
    wrong_digit_rate: 0.026,
    sources: &["TSE: Resolução 21.538/2003, art. 12"],
    valid: &["102385010671", "5214 1234 0302", "1023 85010671", "10238501 0671", "1000 0001 0116"],
    invalid: &[
        ("102385010672", "check digits"),
        ("102385013071", "state 30"),
        ("102385010071", "state 00"),
    ],
};

/// Identity card of a state.
pub(crate) static RG: Detector = Detector {
    id: "gov.br.rg",
    name: "Brazilian identity card (RG)",
    category: Category::GovernmentId,
    country: Some("BR"),
    format: "By state; mostly NN.NNN.NNN-C, C a digit or X. The states reckon C differently, so \
             it is not checked.",
    forms: &[
        Form::Layout("9{1,2}.9{3}.9{3}-X"),
        Form::Layout("9{1,2}.9{3}.9{3}X"),
        Form::Layout("9{1,2}.9{6}-X"),
        Form::Layout("9{1,2}.9{6}X"),
        Form::Layout("9{4,5}.9{3}-X"),
        Form::Layout("9{4,5}.9{3}X"),
        Form::Layout("9{7,8}-X"),
        Form::Layout("9{7,8}A"),
        Form::Layout("9{8,9}"),
    ],
    edges: Edges::Alnum,
    check: is_rg,
    scores: Scores::NAMED,
    keywords: &[
        "registro geral",
        // Two letters name little; but hardly a Brazilian form writes anything else.
        "rg",
        "carteira de identidade",
        "cédula de identidade",
        "brazilian identity card",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["Lei 7.116/1983", "Decreto 10.977/2022"],
    valid: &[
        "24.678.131-4",
        "12345678X",
        "4.678.131X",
        "24.678131-4",
        "24.6781314",
        "24678.131-4",
        "4678.1314",
        "24678131-4",
        "246781314",
    ],
    invalid: &[("24.67.131-4", "grouping"), ("24.678.131-Y", "Y is no check character")],
};

/// Branch and account at a bank.
pub(crate) static ACCOUNT: Detector = Detector {
    id: "bank.br.account",
    name: "Brazilian bank branch and account",
    category: Category::BankAccount,
    country: Some("BR"),
    format: "Branch of four digits, perhaps with a check digit, then the account: five to twelve \
             digits, a dash and a digit or X. Between them a blank, slash, bar or comma.",
    forms: &[
        Form::Layout("9{4}-X / 9{1,3}.9{3}.9{3}-X"),
        Form::Layout("9{4}-X / 9{2,3}.9{3}-X"),
        Form::Layout("9{4}-X / 9{5,12}-X"),
        Form::Layout("9{4}-X 9{1,3}.9{3}.9{3}-X"),
        Form::Layout("9{4}-X 9{2,3}.9{3}-X"),
        Form::Layout("9{4}-X 9{5,12}-X"),
        Form::Layout("9{4}-X/9{5,12}-X"),
        Form::Layout("9{4}-X | 9{5,12}-X"),
        Form::Layout("9{4}-X, 9{5,12}-X"),
        Form::Layout("9{4} / 9{1,3}.9{3}.9{3}-X"),
        Form::Layout("9{4} / 9{2,3}.9{3}-X"),
        Form::Layout("9{4} / 9{5,12}-X"),
        Form::Layout("9{4} 9{1,3}.9{3}.9{3}-X"),
        Form::Layout("9{4} 9{2,3}.9{3}-X"),
        Form::Layout("9{4} 9{5,12}-X"),
        Form::Layout("9{4}/9{5,12}-X"),
        Form::Layout("9{4} | 9{5,12}-X"),
        Form::Layout("9{4}, 9{5,12}-X"),
    ],
    edges: Edges::Alnum,
    check: is_account,
    scores: Scores::NAMED,
    keywords: &[
        "conta corrente",
        "conta poupança",
        "conta bancária",
        "agência e conta",
        "agencia e conta",
        "agência",
        "brazilian bank account",
    ],
    window: (60, 40),
    pass_rate: 1.0,
    wrong_digit_rate: 1.0,
    sources: &["FEBRABAN: layout padrão CNAB 240"],
    valid: &[
        "1234-5 / 12345678-9",
        "0001 1234567-8",
        "1234-5 / 1.234.567-8",
        "1234-5 / 12.345-X",
        "1234-X 1.234.567-8",
        "1234-5 12.345-6",
        "1234-5 12345-6",
        "1234-5/12345-6",
        "1234-5 | 12345-6",
        "1234-5, 12345-6",
        "1234 / 1.234.567-8",
        "1234 / 12.345-6",
        "1234 / 123456789012-3",
        "1234 1.234.567-8",
        "1234 12.345-6",
        "1234/12345-6",
        "1234 | 12345-6",
        "1234, 12345-6",
    ],
    invalid: &[
        ("123 / 12345678-9", "branch of three digits"),
        ("1234 / 12345678", "no check digit"),
        ("1234 / 12345678-Y", "Y is no check character"),
    ],
};

/// Card of the national health service.
pub(crate) static CNS: Detector = Detector {
    id: "health.br.cns",
    name: "Brazilian national health card (CNS, Cartão SUS)",
    category: Category::HealthId,
    country: Some("BR"),
    format: "Fifteen digits NNN NNNN NNNN NNNN; first 1 or 2 definitive, 7 8 9 provisional.",
    forms: &[
        Form::Layout("9{3} 9{4} 9{4} 9{4}"),
        Form::Layout("9{3}.9{4}.9{4}.9{4}"),
        Form::Layout("9{15}"),
    ],
    edges: Edges::Digit,
    check: is_cns,
    scores: Scores::MEDIUM,
    keywords: &["cns", "cartão sus", "cartao sus", "cartão nacional de saúde", "sus card"],
    window: (60, 40),
    pass_rate: 0.027,
    wrong_digit_rate: 0.067,
    sources: &["DATASUS: rotina de validação do CNS", "Portaria MS 940/2011"],
    valid: &["700000000000005", "123456789110005", "898 0000 0000 0002", "898.0000.0000.0002"],
    invalid: &[
        ("700000000000006", "weighted sum"),
        ("300000000000005", "first digit 3"),
        ("123456789100026", "002 before the last digit of a definitive number"),
    ],
};

/// Two check digits, weights 10 to 2 and 11 to 2, the second over the first as well.
fn is_cpf(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let weights = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2];
    let [.., first, second] = text;
    let holds = !digits::is_repeated(text)
        && digits::digit(*first) == Some(check_digit(text.get(..9)?, weights.get(1..)?))
        && digits::digit(*second) == Some(check_digit(text.get(..10)?, &weights));
    holds.then(|| Proof::whole(value, &["mod11"]))
}

/// Returns what the weighted sum lacks to a multiple of eleven, ten written 0.
fn check_digit(text: &[u8], weights: &[u32]) -> u32 {
    weighted::complement(text, weights, 11) % 10
}

/// As a CPF, with weights 2 to 9 from the right, over and over; letters count what their code
/// point in ASCII is above that of 0, so A is 17.
fn is_cnpj(value: &Value<'_>) -> Option<Proof> {
    let text = <&[u8; 14]>::try_from(value.text).ok()?;
    let [.., first, second] = text;
    let body = text.get(..12)?;
    let written =
        value.capitals && body.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let holds = written
        && !digits::is_repeated(text)
        && digits::digit(*first)? == cnpj_digit(body)
        && digits::digit(*second)? == cnpj_digit(text.get(..13)?);
    holds.then(|| Proof::whole(value, &["mod11"]))
}

/// Returns the check digit behind digits and capitals; the remainders 0 and 1 share the digit 0.
fn cnpj_digit(body: &[u8]) -> u32 {
    let sum = body.iter().rev().zip((2..=9).cycle()).map(|(&byte, weight)| {
        let value = u32::from(byte.saturating_sub(b'0'));
        value * weight
    });
    match sum.sum::<u32>() % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    }
}

/// Weights 3 2 9 8 7 6 5 4 3 2; ten is written 0.
fn is_pis(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let (check, body) = text.split_last()?;
    let holds = !digits::is_repeated(text)
        && digits::digit(*check)? == check_digit(body, &[3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
    holds.then(|| Proof::whole(value, &["mod11"]))
}

/// Weights 9 to 1 and 1 to 9, each sum by eleven. A first remainder of ten is written 0 and takes 2
/// off the second; a second one of ten is written 0.
fn is_cnh(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<11>(value.text)?;
    let (body, [first, second]) = text.split_last_chunk::<2>()?;
    let falling = weighted::sum(body, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
    let rising = weighted::sum(body, &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11;
    let taken = if falling == 10 { 2 } else { 0 };
    // Eleven more, so that taking two off stays above zero.
    let rest = (rising % 10 + 11 - taken) % 11;
    let holds = !digits::is_repeated(text)
        && digits::digit(*first)? == falling % 10
        && digits::digit(*second)? == rest % 10;
    holds.then(|| Proof::whole(value, &["mod11"]))
}

/// Weights 2 to 9 over the serial, then 7 8 9 over the state and the first check digit, by eleven.
fn is_titulo(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<12>(value.text)?;
    let [.., first, second] = text;
    let state = digits::number(text.get(8..10)?)?;
    digits::is_number(text.get(..8)?).then_some(())?;
    let digit = |sum: u32| voter_digit(sum % 11, state);
    let over_serial = digit(weighted::sum(text.get(..8)?, &[2, 3, 4, 5, 6, 7, 8, 9]));
    let over_state = digit(weighted::sum(text.get(8..11)?, &[7, 8, 9]));
    let holds = (1..=28).contains(&state)
        && digits::digit(*first)? == over_serial
        && digits::digit(*second)? == over_state;
    holds.then(|| Proof::whole(value, &["structure", "mod11"]))
}

/// Returns the digit of a remainder: ten is written 0, and in São Paulo (1) and Minas Gerais (2) 0
/// is written 1.
fn voter_digit(rest: u32, state: u32) -> u32 {
    match (rest, state) {
        (0, 1 | 2) => 1,
        _ => rest % 10,
    }
}

/// Seven or eight digits and a digit or X.
fn is_rg(value: &Value<'_>) -> Option<Proof> {
    let (check, number) = value.text.split_last()?;
    let holds = matches!(number.len(), 7..=8) && digits::is_number(number) && is_check(*check);
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// Ten to eighteen digits, of which the last, and the one behind the branch, may be X.
fn is_account(value: &Value<'_>) -> Option<Proof> {
    let (check, body) = value.text.split_last()?;
    let (branch, rest) = body.split_at_checked(4)?;
    let account = rest.strip_prefix(b"X").unwrap_or(rest);
    let holds = (10..=18).contains(&value.text.len())
        && branch.iter().all(u8::is_ascii_digit)
        && digits::is_number(account)
        && is_check(*check);
    holds.then(|| Proof::whole(value, &["structure"]))
}

/// Returns whether a check character by eleven may be so: a digit, or X for ten.
fn is_check(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'X'
}

/// Weights 15 to 1, the sum divisible by eleven. Definitive numbers have 000 or 001 before the last
/// digit.
fn is_cns(value: &Value<'_>) -> Option<Proof> {
    let text = digits::exactly::<15>(value.text)?;
    let kind = match text.first()? {
        b'1' | b'2' => matches!(text.get(11..14)?, b"000" | b"001"),
        first => matches!(first, b'7'..=b'9'),
    };
    let weights = [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    let holds = kind && weighted::sum(text, &weights).is_multiple_of(11);
    holds.then(|| Proof::whole(value, &["structure", "mod11"]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::proof;
    use super::*;

    #[test]
    fn one_pair_of_check_digits_fits() {
        let pairs = |detector, start: &str| {
            let fits = |pair: &u32| proof(detector, &format!("{start}{pair:02}")).is_some();
            (0..100).filter(fits).collect::<Vec<u32>>()
        };
        assert_eq!(pairs(&CPF, "123.456.789-"), [9]);
        assert_eq!(pairs(&CNPJ, "12.ABC.345/01DE-"), [35]);
        assert_eq!(pairs(&CNH, "123456789"), [0]);
        assert_eq!(pairs(&CNH, "100000028"), [0]);
        assert_eq!(pairs(&TITULO_ELEITOR, "1000000101"), [16]);
        assert_eq!(pairs(&TITULO_ELEITOR, "1000000103"), [2]);
    }

    #[test]
    fn letters_of_a_company_number_are_capitals() {
        let written = |capitals| Value {
            text: b"12ABC34501DE35",
            capitals,
            separated: false,
            separator: None,
            place: None,
        };
        assert!(is_cnpj(&written(true)).is_some() && is_cnpj(&written(false)).is_none());
    }

    #[test]
    fn remainders_zero_and_one_share_a_digit() {
        assert_eq!(check_digit(b"11", &[1, 10]), 0);
        assert_eq!(check_digit(b"11", &[2, 10]), 0);
        assert_eq!(check_digit(b"11", &[3, 10]), 9);
    }

    #[test]
    fn provisional_health_cards_have_any_ending() {
        assert!(proof(&CNS, "712345678912009").is_some());
        assert!(proof(&CNS, "123456789100026").is_none());
    }
}
