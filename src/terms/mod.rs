//! Dictionaries by category and language, compiled in.

pub(crate) mod fold;
pub(crate) mod lexicon;

use crate::finding::Category;

/// Which phrases tie the terms of a dictionary to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Health,
    Ethnic,
    Political,
    Religion,
    TradeUnion,
    SexLife,
}

/// A detector that is a list of words, which count only with a personal context near them.
#[derive(Debug)]
pub struct Dictionary {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) category: Category,
    pub(crate) group: Group,
    /// The list's name, which is the evidence's spelling.
    pub(crate) list: &'static str,
    /// One term a line; lines that begin with `#` are the source.
    pub(crate) text: &'static str,
    pub(crate) sources: &'static [&'static str],
    /// Texts in which a term is a finding.
    pub(crate) valid: &'static [&'static str],
    /// Texts in which none is, each with the reason.
    pub(crate) invalid: &'static [(&'static str, &'static str)],
}

/// Returns the lines of a list without its source lines.
pub(crate) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The phrases that tie the terms of a group to a person, one a line.
pub(crate) static PHRASES: &[(Group, &str)] = &[
    (Group::Health, include_str!("lists/context_health.en.txt")),
    (Group::Ethnic, include_str!("lists/context_ethnic.en.txt")),
    (Group::Political, include_str!("lists/context_political.en.txt")),
    (Group::Religion, include_str!("lists/context_religion.en.txt")),
    (Group::TradeUnion, include_str!("lists/context_trade_union.en.txt")),
    (Group::SexLife, include_str!("lists/context_sex_life.en.txt")),
];

/// Terms that count only where a label or header asks for them.
pub(crate) static AMBIGUOUS: &str = include_str!("lists/ambiguous.en.txt");

/// Every dictionary.
pub(crate) static ALL: &[&Dictionary] = &[
    &Dictionary {
        id: "health.terms.conditions",
        name: "Health condition of a person",
        category: Category::Health,
        group: Group::Health,
        list: "health_conditions.en",
        text: include_str!("lists/health_conditions.en.txt"),
        sources: &["ICD-10 block headings"],
        valid: &["Patient diagnosed with type 2 diabetes in 2019"],
        invalid: &[("the annual diabetes conference in Lyon", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.mental",
        name: "Mental health of a person",
        category: Category::Health,
        group: Group::Health,
        list: "health_mental.en",
        text: include_str!("lists/health_mental.en.txt"),
        sources: &["ICD-10 chapter V headings"],
        valid: &["she was treated for bipolar disorder"],
        invalid: &[("a great depression of the terrain", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.substance-use",
        name: "Substance use and its treatment",
        category: Category::Health,
        group: Group::Health,
        list: "health_substance.en",
        text: include_str!("lists/health_substance.en.txt"),
        sources: &["ICD-10 F10-F19 headings"],
        valid: &["treatment for opioid use disorder"],
        invalid: &[("drug overdose statistics by state", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.medications",
        name: "Medication of a person",
        category: Category::Health,
        group: Group::Health,
        list: "health_medications.en",
        text: include_str!("lists/health_medications.en.txt"),
        sources: &["WHO INN"],
        valid: &["prescribed sertraline 50 mg"],
        invalid: &[("sertraline was first sold in 1991", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.procedures",
        name: "Medical procedure on a person",
        category: Category::Health,
        group: Group::Health,
        list: "health_procedures.en",
        text: include_str!("lists/health_procedures.en.txt"),
        sources: &["ICD-9-CM volume 3 and ICHI headings"],
        valid: &["underwent hip replacement last May"],
        invalid: &[("hip replacement devices market", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.reproductive",
        name: "Reproductive and sexual health",
        category: Category::Health,
        group: Group::Health,
        list: "health_reproductive.en",
        text: include_str!("lists/health_reproductive.en.txt"),
        sources: &["ICD-10 chapter XV and Z30-Z39 headings"],
        valid: &["she is pregnant"],
        invalid: &[("fertility clinic opening hours", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.hiv-sti",
        name: "HIV and sexually transmitted infections",
        category: Category::Health,
        group: Group::Health,
        list: "health_hiv_sti.en",
        text: include_str!("lists/health_hiv_sti.en.txt"),
        sources: &["ICD-10 A50-A64, B20-B24, Z21"],
        valid: &["tested positive for HIV"],
        invalid: &[("HIV awareness week", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.genetic",
        name: "Genetic condition or test of a person",
        category: Category::Health,
        group: Group::Health,
        list: "health_genetic.en",
        text: include_str!("lists/health_genetic.en.txt"),
        sources: &["ICD-10 chapter XVII headings, HGNC symbols"],
        valid: &["patient with cystic fibrosis", "family history of Huntington's disease"],
        invalid: &[("genome sequencing cost curve", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.disability",
        name: "Disability of a person",
        category: Category::Health,
        group: Group::Health,
        list: "health_disability.en",
        text: include_str!("lists/health_disability.en.txt"),
        sources: &["ICF headings"],
        valid: &["he is a wheelchair user"],
        invalid: &[("wheelchair ramps for buses", "no person is spoken of")],
    },
    &Dictionary {
        id: "ethnic.origin",
        name: "Racial or ethnic origin of a person",
        category: Category::EthnicOrigin,
        group: Group::Ethnic,
        list: "ethnic_origin.en",
        text: include_str!("lists/ethnic_origin.en.txt"),
        sources: &["US OMB SPD 15, UK and other census categories"],
        valid: &["Ethnic group: Black Caribbean", "identifies as Romani"],
        invalid: &[("Caribbean cruises from Miami", "no person is spoken of")],
    },
    &Dictionary {
        id: "political.opinion",
        name: "Political opinion or party affiliation of a person",
        category: Category::PoliticalOpinion,
        group: Group::Political,
        list: "political.en",
        text: include_str!("lists/political.en.txt"),
        sources: &["general knowledge; names of registered parties"],
        valid: &["he is a member of the Liberal Democrats"],
        invalid: &[("Green Party conference coverage tonight", "no person is spoken of")],
    },
    &Dictionary {
        id: "religion.belief",
        name: "Religious or philosophical belief of a person",
        category: Category::ReligiousBelief,
        group: Group::Religion,
        list: "religion.en",
        text: include_str!("lists/religion.en.txt"),
        sources: &["census categories and general knowledge"],
        valid: &["she is Catholic", "Religion: Muslim"],
        invalid: &[("Catholic cathedrals of Spain", "no person is spoken of")],
    },
    &Dictionary {
        id: "tradeunion.membership",
        name: "Trade union membership of a person",
        category: Category::TradeUnion,
        group: Group::TradeUnion,
        list: "trade_union.en",
        text: include_str!("lists/trade_union.en.txt"),
        sources: &["names of national confederations and large unions"],
        valid: &["member of UNISON since 2011"],
        invalid: &[("UNISON statement on pay", "no person is spoken of")],
    },
    &Dictionary {
        id: "sexlife.orientation",
        name: "Sex life or sexual orientation of a person",
        category: Category::SexLife,
        group: Group::SexLife,
        list: "sex_life.en",
        text: include_str!("lists/sex_life.en.txt"),
        sources: &["census (ONS 2021) and APA terms"],
        valid: &["he came out as bisexual", "she is transgender"],
        invalid: &[("gay pride parade route", "no person is spoken of")],
    },
];
