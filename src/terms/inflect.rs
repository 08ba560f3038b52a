//! Inflections: what may stand where a listed word ends.

use super::language::Language;

/// What a word may end in, behind its stem.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paradigm(u8);

/// How the words of a text are inflected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grammar {
    /// A keyword: nothing but the English plural.
    Plain,
    /// An acronym: nothing but a plural `s`.
    Acronym,
    /// A substance by its international name, in any language: `amoxicillin`, `-e`, `-a`, `-o`.
    Substance,
    Of(Language),
}

/// Bytes of the longest word that takes no ending before another: `a`, `in`.
const LONGEST_PARTICLE: usize = 2;
/// Letters of the shortest stem that endings are exchanged at.
const SHORTEST_STEM: usize = 3;

/// An ending, and whether it makes many of one.
type Ending = (&'static str, bool);

const fn one(ending: &'static str) -> Ending {
    (ending, false)
}

const fn many(ending: &'static str) -> Ending {
    (ending, true)
}

/// Endings by paradigm, the longest of several that fit first.
static ENDINGS: &[&[Ending]] = &[
    &[one("")],
    &[many("es"), many("s"), one("")],
    &[many("s"), one("")],
    &[one("e"), one("a"), one("o"), many("s"), one("")],
    // English: allergy.
    &[many("ies"), one("y")],
    // German: katholisch, Patient, Diagnose, chronische.
    &[
        many("innen"),
        one("in"),
        many("ern"),
        many("en"),
        many("es"),
        one("er"),
        one("em"),
        one("e"),
        many("s"),
        many("n"),
        one(""),
    ],
    // French: atteint, adulte; séropositif; lépreux; sexuel; chrétien; médical.
    &[many("es"), one("e"), many("s"), one("")],
    &[many("ives"), many("ifs"), one("ive"), one("if")],
    &[many("euses"), one("euse"), one("eux")],
    &[many("elles"), many("els"), one("elle"), one("el")],
    &[many("iennes"), many("iens"), one("ienne"), one("ien")],
    &[many("aux"), many("ales"), one("ale"), one("al")],
    // Spanish and Portuguese: católico; operación; cristão; homossexual; jovem.
    &[many("os"), many("as"), one("o"), one("a")],
    &[many("es"), many("s"), one("a"), one("")],
    &[many("oes"), many("aos"), many("aes"), one("ao"), one("a")],
    &[many("ais"), many("ales"), one("al")],
    &[many("ns"), one("m")],
    &[many("as"), one("a")],
    // Italian: cattolico, osservante, malattia, battista; crisi does not change.
    &[many("chi"), many("che"), many("ci"), one("co"), one("ca")],
    &[one("o"), one("a"), many("i"), many("e")],
    &[many("i"), one("e")],
    &[many("he"), many("e"), one("a")],
    &[many("isti"), many("iste"), one("ista")],
    // Dutch: katholiek, patiënt, protestant; ziekte; moslim.
    &[many("en"), many("'s"), one("e"), many("s"), many("n"), one("")],
];

const FIXED: Paradigm = Paradigm(0);
const ENGLISH: Paradigm = Paradigm(1);
const ACRONYM: Paradigm = Paradigm(2);
const SUBSTANCE: Paradigm = Paradigm(3);
const GERMAN: Paradigm = Paradigm(5);
const DUTCH: Paradigm = Paradigm(23);

/// Endings that are taken off a word to find its stem, with the paradigm that this makes it of; the
/// first that fits.
type Strips = &'static [(&'static str, Paradigm)];

static EN: Strips = &[("y", Paradigm(4)), ("", ENGLISH)];
static DE: Strips = &[("e", GERMAN), ("", GERMAN)];
static FR: Strips = &[
    ("if", Paradigm(7)),
    ("eux", Paradigm(8)),
    ("elle", Paradigm(9)),
    ("el", Paradigm(9)),
    ("ienne", Paradigm(10)),
    ("ien", Paradigm(10)),
    ("al", Paradigm(11)),
    ("e", Paradigm(6)),
    ("", Paradigm(6)),
];
static ES: Strips = &[("o", Paradigm(12)), ("a", Paradigm(17)), ("", Paradigm(13))];
static PT: Strips = &[
    ("ao", Paradigm(14)),
    ("o", Paradigm(12)),
    ("a", Paradigm(17)),
    ("al", Paradigm(15)),
    ("m", Paradigm(16)),
    ("", Paradigm(13)),
];
static IT: Strips = &[
    ("co", Paradigm(18)),
    ("o", Paradigm(19)),
    ("ista", Paradigm(22)),
    ("a", Paradigm(21)),
    ("e", Paradigm(20)),
    ("", FIXED),
];
static NL: Strips = &[("e", DUTCH), ("", DUTCH)];

impl Grammar {
    /// Returns a number that tells grammars apart.
    pub(super) fn index(self) -> u8 {
        match self {
            Grammar::Plain => 0,
            Grammar::Acronym => 1,
            Grammar::Substance => 2,
            Grammar::Of(language) => 3 + language as u8,
        }
    }

    /// Returns the stem of a word and its paradigm. `inner` words of a phrase are adjectives as
    /// well: `chronischer Schmerz` is `chronische Schmerzen` too.
    pub(crate) fn stem(self, word: &str, inner: bool) -> (&str, Paradigm) {
        if inner && word.len() <= LONGEST_PARTICLE {
            return (word, FIXED);
        }
        // `kidneys`
        let stays = || matches!(word.as_bytes(), [.., b'a' | b'e' | b'o', b'y']);
        let strips = match self {
            Grammar::Of(Language::English) if stays() => return (word, ENGLISH),
            Grammar::Plain => return (word, ENGLISH),
            Grammar::Acronym => return (word, ACRONYM),
            Grammar::Substance => return (word.strip_suffix('e').unwrap_or(word), SUBSTANCE),
            Grammar::Of(language) => strips(language),
        };
        if word.chars().count() <= SHORTEST_STEM {
            return (
                word,
                if matches!(self, Grammar::Of(Language::Italian)) { FIXED } else { ENGLISH },
            );
        }
        let adjective = inner && matches!(self, Grammar::Of(Language::German));
        if let Some(stem) = adjective.then(|| german_adjective(word)).flatten() {
            return (stem, GERMAN);
        }
        let fits = |(ending, paradigm): &(&str, Paradigm)| {
            let stem = stem_before(word, ending)?;
            (stem.chars().count() >= SHORTEST_STEM).then_some((stem, *paradigm))
        };
        strips.iter().find_map(fits).unwrap_or((word, FIXED))
    }
}

impl Paradigm {
    /// Returns the endings, the longer before those that they begin with.
    pub(crate) fn endings(self) -> impl Iterator<Item = Ending> {
        ENDINGS.get(usize::from(self.0)).copied().unwrap_or_default().iter().copied()
    }
}

fn strips(language: Language) -> Strips {
    match language {
        Language::English => EN,
        Language::German => DE,
        Language::French => FR,
        Language::Spanish => ES,
        Language::Italian => IT,
        Language::Portuguese => PT,
        Language::Dutch => NL,
    }
}

/// Returns what stands before an ending, which may carry a tilde (`ão`).
fn stem_before<'w>(word: &'w str, ending: &str) -> Option<&'w str> {
    let stem = word.strip_suffix(ending);
    stem.or_else(|| if ending == "ao" { word.strip_suffix("ão") } else { None })
}

/// Returns the stem of a German adjective in any case: `religiöses`, `chronischer`.
fn german_adjective(word: &str) -> Option<&str> {
    let is_adjective = word.starts_with(char::is_lowercase);
    let endings = ["er", "es", "en", "em", "e"];
    let stem = endings.iter().find_map(|ending| word.strip_suffix(ending));
    stem.filter(|stem| is_adjective && stem.chars().count() >= SHORTEST_STEM)
}

/// Second parts of German compounds whose first part is a term: `Diabeteserkrankung`. Folded.
static GERMAN_TAILS: &[&str] = &[
    "erkrankung",
    "krankheit",
    "patient",
    "behandlung",
    "therapie",
    "diagnose",
    "anfall",
    "leiden",
    "verdacht",
    "operation",
    "infektion",
    "medikament",
    "medikation",
    "betroffen",
    "symptom",
    "syndrom",
    "schub",
    "kranke",
    "nachweis",
    "test",
    "mitglied",
    "mitgliedschaft",
    "zugehorigkeit",
    "anhanger",
    "abhangig",
    "abhangigkeit",
];

/// The same in Dutch: `kankerpatiënt`.
static DUTCH_TAILS: &[&str] = &[
    "patient",
    "behandeling",
    "therapie",
    "diagnose",
    "aanval",
    "medicatie",
    "infectie",
    "operatie",
    "klacht",
    "symptomen",
    "test",
    "lijder",
    "lid",
    "lidmaatschap",
    "aanhanger",
];

/// Returns what compounds go on with whose first part is a term, folded.
pub(crate) fn compound_tails(language: Language) -> &'static [&'static str] {
    match language {
        Language::German => GERMAN_TAILS,
        Language::Dutch => DUTCH_TAILS,
        _ => &[],
    }
}

/// Returns the spelling of an international name in Romance languages, where it differs:
/// `levothyroxine` is `levotiroxina`, `methotrexate` is `metotrexato`.
pub(crate) fn romance_spelling(name: &str) -> Option<String> {
    let mut spelling = name.to_lowercase();
    for (from, to) in
        [("th", "t"), ("ph", "f"), ("y", "i"), ("ll", "l"), ("ch", "c"), ("ff", "f"), ("w", "v")]
    {
        if spelling.contains(from) {
            spelling = spelling.replace(from, to);
        }
    }
    (spelling != name.to_lowercase()).then_some(spelling)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(word: &str, language: Language) -> Vec<String> {
        let (stem, paradigm) = Grammar::Of(language).stem(word, false);
        paradigm.endings().map(|(ending, _)| format!("{stem}{ending}")).collect()
    }

    #[test]
    fn inflects_as_each_language_does() {
        use Language::*;
        for (word, form, language) in [
            ("allergy", "allergies", English),
            ("kidney", "kidneys", English),
            ("katholisch", "katholischen", German),
            ("Diagnose", "Diagnosen", German),
            ("séropositif", "séropositive", French),
            ("musulman", "musulmanes", French),
            ("católico", "católicas", Spanish),
            ("cristão", "cristoes", Portuguese),
            ("cattolico", "cattoliche", Italian),
            ("malattia", "malattie", Italian),
            ("katholiek", "katholieke", Dutch),
        ] {
            assert!(forms(word, language).contains(&form.to_owned()), "{word}: {form}");
        }
        assert_eq!(Grammar::Of(German).stem("chronischer", true).0, "chronisch");
        assert_eq!(Grammar::Of(German).stem("schwanger", false).0, "schwanger");
    }

    #[test]
    fn substances_have_one_stem_in_all_languages() {
        assert_eq!(Grammar::Substance.stem("simvastatine", false).0, "simvastatin");
        assert_eq!(romance_spelling("levothyroxine").as_deref(), Some("levotiroxine"));
        assert_eq!(romance_spelling("ramipril"), None);
    }

    #[test]
    fn every_paradigm_that_is_named_exists() {
        for strips in [EN, DE, FR, ES, PT, IT, NL] {
            assert!(strips.iter().all(|(_, paradigm)| paradigm.endings().next().is_some()));
        }
        let dutch: Vec<_> = DUTCH.endings().collect();
        assert!(dutch.contains(&many("'s")) && usize::from(DUTCH.0) + 1 == ENDINGS.len());
        assert!(GERMAN.endings().any(|ending| ending == many("innen")));
    }
}
