//! Dictionaries by category and language, compiled in.

pub(crate) mod entry;
pub(crate) mod filter;
pub(crate) mod fold;
pub(crate) mod hash;
mod head;
mod index;
mod inflect;
pub(crate) mod language;
pub(crate) mod lexicon;
mod stems;

use crate::finding::Category;
use language::{Language, Languages};

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
    pub(crate) lists: &'static [List],
    pub(crate) sources: &'static [&'static str],
    /// Texts in which a term is a finding.
    pub(crate) valid: &'static [&'static str],
    /// Texts in which none is, each with the reason.
    pub(crate) invalid: &'static [(&'static str, &'static str)],
}

/// A list of one language.
#[derive(Debug)]
pub(crate) struct List {
    /// The name, which is the evidence's spelling.
    pub(crate) name: &'static str,
    pub(crate) language: Languages,
    /// One term a line; lines that begin with `#` are the source.
    text: &'static str,
}

impl List {
    /// Returns the lines without those of the source.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &'static str> + use<> {
        lines(self.text)
    }
}

impl Dictionary {
    /// Returns the name of the list in a language.
    pub(crate) fn list(&self, language: Language) -> &'static str {
        let own = self.lists.iter().find(|list| !list.language.and(language.alone()).is_empty());
        own.or(self.lists.first()).map_or(self.id, |list| list.name)
    }
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The list of a name in one language.
macro_rules! list {
    ($name:literal, $suffix:literal, $language:expr) => {
        List {
            name: concat!($name, ".", $suffix),
            language: $language,
            text: include_str!(concat!("lists/", $name, ".", $suffix, ".txt")),
        }
    };
}

/// The lists of a name in every language.
macro_rules! lists {
    ($name:literal) => {
        &[
            list!($name, "en", Language::English.alone()),
            list!($name, "de", Language::German.alone()),
            list!($name, "fr", Language::French.alone()),
            list!($name, "es", Language::Spanish.alone()),
            list!($name, "it", Language::Italian.alone()),
            list!($name, "pt", Language::Portuguese.alone()),
            list!($name, "nl", Language::Dutch.alone()),
        ]
    };
}

/// The phrases that tie the terms of a group to a person, one a line.
pub(crate) static PHRASES: &[(Group, &[List])] = &[
    (Group::Health, lists!("context_health")),
    (Group::Ethnic, lists!("context_ethnic")),
    (Group::Political, lists!("context_political")),
    (Group::Religion, lists!("context_religion")),
    (Group::TradeUnion, lists!("context_trade_union")),
    (Group::SexLife, lists!("context_sex_life")),
];

/// Terms that mean something else more often than not, and count only where a label or header asks for them.
static AMBIGUOUS: &[List] = lists!("ambiguous");

/// Returns given names, by which a name is known from other capitalised words.
pub(crate) fn given_names() -> impl Iterator<Item = &'static str> {
    lines(include_str!("lists/given_names.txt"))
}

/// Every dictionary.
pub(crate) static ALL: &[&Dictionary] = &[
    &Dictionary {
        id: "health.terms.conditions",
        name: "Health condition of a person",
        category: Category::Health,
        group: Group::Health,
        lists: lists!("health_conditions"),
        sources: &["ICD-10 block headings"],
        valid: &["Patient diagnosed with type 2 diabetes in 2019"],
        invalid: &[("the annual diabetes conference in Lyon", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.mental",
        name: "Mental health of a person",
        category: Category::Health,
        group: Group::Health,
        lists: lists!("health_mental"),
        sources: &["ICD-10 chapter V headings"],
        valid: &["she was treated for bipolar disorder"],
        invalid: &[("a great depression of the terrain", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.substance-use",
        name: "Substance use and its treatment",
        category: Category::Health,
        group: Group::Health,
        lists: lists!("health_substance"),
        sources: &["ICD-10 F10-F19 headings"],
        valid: &["treatment for opioid use disorder"],
        invalid: &[("drug overdose statistics by state", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.medications",
        name: "Medication of a person",
        category: Category::Health,
        group: Group::Health,
        lists: &[list!("health_medications", "en", Languages::ALL)],
        sources: &["WHO INN"],
        valid: &["prescribed sertraline 50 mg"],
        invalid: &[("sertraline was first sold in 1991", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.procedures",
        name: "Medical procedure on a person",
        category: Category::Health,
        group: Group::Health,
        lists: lists!("health_procedures"),
        sources: &["ICD-9-CM volume 3 and ICHI headings"],
        valid: &["underwent hip replacement last May"],
        invalid: &[("hip replacement devices market", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.reproductive",
        name: "Reproductive and sexual health",
        category: Category::Health,
        group: Group::Health,
        lists: lists!("health_reproductive"),
        sources: &["ICD-10 chapter XV and Z30-Z39 headings"],
        valid: &["she is pregnant"],
        invalid: &[("fertility clinic opening hours", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.hiv-sti",
        name: "HIV and sexually transmitted infections",
        category: Category::Health,
        group: Group::Health,
        lists: lists!("health_hiv_sti"),
        sources: &["ICD-10 A50-A64, B20-B24, Z21"],
        valid: &["tested positive for HIV"],
        invalid: &[("HIV awareness week", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.genetic",
        name: "Genetic condition or test of a person",
        category: Category::Health,
        group: Group::Health,
        lists: lists!("health_genetic"),
        sources: &["ICD-10 chapter XVII headings, HGNC symbols"],
        valid: &["patient with cystic fibrosis", "family history of Huntington's disease"],
        invalid: &[("genome sequencing cost curve", "no person is spoken of")],
    },
    &Dictionary {
        id: "health.terms.disability",
        name: "Disability of a person",
        category: Category::Health,
        group: Group::Health,
        lists: lists!("health_disability"),
        sources: &["ICF headings"],
        valid: &["he is a wheelchair user"],
        invalid: &[("wheelchair ramps for buses", "no person is spoken of")],
    },
    &Dictionary {
        id: "ethnic.origin",
        name: "Racial or ethnic origin of a person",
        category: Category::EthnicOrigin,
        group: Group::Ethnic,
        lists: lists!("ethnic_origin"),
        sources: &["US OMB SPD 15, UK and other census categories"],
        valid: &["Ethnic group: Black Caribbean", "identifies as Romani"],
        invalid: &[("Caribbean cruises from Miami", "no person is spoken of")],
    },
    &Dictionary {
        id: "political.opinion",
        name: "Political opinion or party affiliation of a person",
        category: Category::PoliticalOpinion,
        group: Group::Political,
        lists: lists!("political"),
        sources: &["general knowledge; names of registered parties"],
        valid: &["he is a member of the Liberal Democrats"],
        invalid: &[("Green Party conference coverage tonight", "no person is spoken of")],
    },
    &Dictionary {
        id: "religion.belief",
        name: "Religious or philosophical belief of a person",
        category: Category::ReligiousBelief,
        group: Group::Religion,
        lists: lists!("religion"),
        sources: &["census categories and general knowledge"],
        valid: &["she is Catholic", "Religion: Muslim"],
        invalid: &[("Catholic cathedrals of Spain", "no person is spoken of")],
    },
    &Dictionary {
        id: "tradeunion.membership",
        name: "Trade union membership of a person",
        category: Category::TradeUnion,
        group: Group::TradeUnion,
        lists: lists!("trade_union"),
        sources: &["names of national confederations and large unions"],
        valid: &["member of UNISON since 2011"],
        invalid: &[("UNISON statement on pay", "no person is spoken of")],
    },
    &Dictionary {
        id: "sexlife.orientation",
        name: "Sex life or sexual orientation of a person",
        category: Category::SexLife,
        group: Group::SexLife,
        lists: lists!("sex_life"),
        sources: &["census (ONS 2021) and APA terms"],
        valid: &["he came out as bisexual", "she is transgender"],
        invalid: &[("gay pride parade route", "no person is spoken of")],
    },
];
