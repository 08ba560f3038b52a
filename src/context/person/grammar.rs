//! The small words by which a sentence says something of a person, language by language.

use crate::terms::Group;
use crate::terms::language::Language;

/// The small words of a language, in lower case. None of them is a whole phrase of a list: they are so
/// common that they are looked for only where a term stands.
pub(super) struct Grammar {
    /// Pronouns and relations for one person.
    pub(super) pronouns: &'static [&'static str],
    /// Copulas in the present tense. In the past tense they tell stories more often than they state
    /// facts.
    pub(super) is: &'static [&'static str],
    /// A person *has* an illness, and *is* anything.
    pub(super) has: &'static [&'static str],
    /// Copulas that say `I` themselves.
    pub(super) first: &'static [&'static str],
    /// Whether a sentence may leave its pronoun out.
    pub(super) drops_pronouns: bool,
    /// Words that may stand between a copula and the term.
    pub(super) fillers: &'static [&'static str],
    /// Verbs behind a term that tie it to the person before it: `asthma diagnosed 2010`.
    pub(super) behind: &'static [&'static str],
    /// Titles before a surname.
    pub(super) titles: &'static [&'static str],
    /// Words with which a note opens a statement whose subject it leaves out: `Formerly in treatment for`.
    pub(super) openers: &'static [&'static str],
    /// Verbs behind a term that make it the sentence's topic.
    pub(super) topics: &'static [&'static str],
}

/// Returns the small words of a language.
pub(super) fn of(language: Language) -> &'static Grammar {
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
        Language::French => &FRENCH,
        Language::Spanish => &SPANISH,
        Language::Italian => &ITALIAN,
        Language::Portuguese => &PORTUGUESE,
        Language::Dutch => &DUTCH,
    }
}

impl Grammar {
    /// Returns the copula that a word is.
    pub(super) fn copula(&self, word: &str, group: Group) -> Option<&'static str> {
        let has = if group == Group::Health { self.has } else { &[] };
        let mut all = self.is.iter().chain(has).chain(self.first);
        all.find(|copula| **copula == word).copied()
    }
}

static ENGLISH: Grammar = Grammar {
    pronouns: &["he", "she", "i", "i'm", "he's", "she's", "wife", "husband", "son", "daughter", "mother", "father", "brother", "sister", "mum", "mom", "dad"],
    is: &["am", "is"],
    has: &["have", "has", "takes", "take", "gets"],
    first: &["i'm"],
    drops_pronouns: false,
    fillers: &["a", "an", "openly", "also", "now", "currently", "severe", "mild", "chronic", "the", "practising", "practicing", "devout", "had", "got", "been", "still", "registered", "had a"],
    behind: &["diagnosed", "prescribed", "since", "positive"],
    titles: &["mr", "mrs", "ms", "miss"],
    openers: &["formerly", "previously", "currently", "now", "still", "in", "on", "under", "been", "has", "recently", "first", "newly", "was"],
    topics: &["has", "have", "is", "are", "was", "were", "can", "may", "will", "costs", "remains"],
};

static GERMAN: Grammar = Grammar {
    pronouns: &["er", "sie", "ich", "frau", "mann", "ehefrau", "ehemann", "tochter", "sohn", "mutter", "vater", "bruder", "schwester"],
    is: &["bin", "ist", "sei"],
    has: &["habe", "hat", "bekommt", "nimmt", "nehme"],
    first: &[],
    drops_pronouns: false,
    fillers: &["ein", "eine", "einen", "einem", "einer", "eines", "der", "die", "das", "den", "dem", "seit", "jetzt", "auch", "aktuell", "derzeit", "schwer", "leicht", "schwere", "leichte", "schweres", "chronisch", "chronische", "chronisches", "chronischer", "chronischem", "praktizierender", "praktizierende", "gläubiger", "gläubige", "bekennender", "bekennende", "offen", "an", "jahren", "langem", "wieder", "im", "zweiten", "dritten", "ersten", "monat", "überzeugter", "überzeugte", "mitglied", "bei", "in"],
    behind: &["diagnostiziert", "festgestellt", "erkrankt", "leidet", "verordnet", "verschrieben", "operiert", "behandelt", "getestet", "eingenommen", "infiziert", "ausgetreten", "angehört", "beigetreten", "vor", "an", "seit", "ein", "ist", "hat", "bekannt", "bin", "habe"],
    titles: &["herr", "herrn", "frau"],
    openers: &["früher", "derzeit", "aktuell", "jetzt", "in", "unter", "seit", "wurde", "zuletzt", "weiterhin", "ist", "war", "neu", "erstmals", "wird"],
    topics: &["ist", "sind", "war", "waren", "hat", "haben", "kann", "können", "wird", "werden"],
};

static FRENCH: Grammar = Grammar {
    pronouns: &["il", "elle", "je", "j'ai", "qu'il", "qu'elle", "femme", "mari", "épouse", "époux", "fille", "fils", "mère", "père", "frère", "soeur", "sœur", "lui"],
    is: &["suis", "est"],
    has: &["ai", "a", "prend", "prends", "fait"],
    first: &["j'ai"],
    drops_pronouns: false,
    fillers: &["un", "une", "le", "la", "l'", "les", "des", "du", "de", "d'", "très", "aussi", "actuellement", "ouvertement", "désormais", "depuis", "en", "gravement", "légèrement", "eu", "fait", "au", "à", "pratiquante", "pratiquant"],
    behind: &["diagnostiqué", "diagnostiquée", "prescrit", "prescrite", "depuis", "connu", "connue", "traité", "traitée"],
    titles: &["m", "mme", "mlle", "monsieur", "madame", "mademoiselle"],
    openers: &["anciennement", "actuellement", "en", "sous", "est", "a", "été", "toujours", "depuis", "récemment"],
    topics: &["est", "sont", "était", "étaient", "a", "ont", "peut", "peuvent", "sera"],
};

static SPANISH: Grammar = Grammar {
    pronouns: &["él", "ella", "yo", "esposa", "esposo", "mujer", "marido", "hija", "hijo", "madre", "padre", "hermano", "hermana", "usted"],
    is: &["es", "está", "soy", "estoy", "sea"],
    has: &["tiene", "tengo", "tenía", "toma", "tomo", "padece", "padezco", "presenta"],
    first: &["soy", "estoy", "tengo", "tomo", "padezco"],
    drops_pronouns: true,
    fillers: &["un", "una", "el", "la", "de", "del", "muy", "también", "actualmente", "abiertamente", "desde", "grave", "leve", "con", "diagnosticada", "diagnosticado"],
    behind: &["diagnosticado", "diagnosticada", "prescrito", "prescrita", "desde", "tratado", "tratada"],
    titles: &["sr", "sra", "srta", "señor", "señora", "don", "doña"],
    openers: &["anteriormente", "actualmente", "en", "bajo", "es", "ha", "sido", "fue", "está", "ya", "se"],
    topics: &["es", "son", "era", "eran", "fue", "ha", "han", "puede", "pueden", "será"],
};

static ITALIAN: Grammar = Grammar {
    pronouns: &["lui", "lei", "io", "egli", "ella", "moglie", "marito", "figlia", "figlio", "madre", "padre", "fratello", "sorella"],
    is: &["è", "e'", "sono", "sia"],
    has: &["ha", "ho", "assume", "assumo", "prende", "prendo", "presenta"],
    first: &["sono", "ho", "assumo", "prendo"],
    drops_pronouns: true,
    fillers: &["un", "una", "un'", "il", "la", "lo", "l'", "l", "di", "del", "molto", "anche", "attualmente", "apertamente", "da", "grave", "lieve", "i", "le", "stato", "stata", "affetto", "affetta", "in"],
    behind: &["diagnosticato", "diagnosticata", "prescritto", "prescritta", "dal", "trattato", "trattata", "nota", "noto"],
    titles: &["sig", "signor", "signora", "sig.ra", "dott", "sigra"],
    openers: &["precedentemente", "attualmente", "in", "sotto", "è", "ha", "stato", "stata", "già", "era", "si"],
    topics: &["è", "sono", "era", "erano", "ha", "hanno", "può", "possono", "sarà"],
};

static PORTUGUESE: Grammar = Grammar {
    pronouns: &["ele", "ela", "eu", "esposa", "esposo", "mulher", "marido", "filha", "filho", "mãe", "pai", "irmão", "irmã", "você"],
    is: &["é", "está", "sou", "estou", "seja"],
    has: &["tem", "tenho", "toma", "tomo", "faz", "apresenta", "sofre"],
    first: &["sou", "estou", "tenho", "tomo"],
    drops_pronouns: true,
    fillers: &["um", "uma", "o", "a", "de", "da", "do", "muito", "também", "atualmente", "abertamente", "desde", "grave", "leve", "com", "assumidamente"],
    behind: &["diagnosticado", "diagnosticada", "prescrito", "prescrita", "desde", "tratado", "tratada"],
    titles: &["sr", "sra", "senhor", "senhora", "dona"],
    openers: &["anteriormente", "atualmente", "em", "sob", "é", "foi", "tem", "sido", "está", "já", "era"],
    topics: &["é", "são", "era", "eram", "foi", "tem", "têm", "pode", "podem", "será"],
};

static DUTCH: Grammar = Grammar {
    pronouns: &["hij", "zij", "ze", "ik", "vrouw", "echtgenote", "echtgenoot", "dochter", "zoon", "moeder", "vader", "broer", "zus", "partner"],
    is: &["ben", "is"],
    has: &["heb", "heeft", "slikt", "gebruikt", "krijgt"],
    first: &[],
    drops_pronouns: false,
    fillers: &["een", "de", "het", "ook", "nu", "momenteel", "openlijk", "ernstige", "lichte", "chronische", "ernstig", "al", "jaren", "sinds", "zwaar", "praktiserend", "overtuigd", "lid", "van"],
    behind: &["gediagnosticeerd", "vastgesteld", "voorgeschreven", "behandeld", "heeft", "is", "heb", "ben", "lijdt", "gekregen", "bekend", "sinds"],
    titles: &["dhr", "mevr", "mw", "heer", "meneer", "mevrouw"],
    openers: &["voorheen", "momenteel", "nu", "nog", "in", "onder", "is", "was", "werd", "wordt", "sinds", "recent"],
    topics: &["is", "zijn", "was", "waren", "heeft", "hebben", "kan", "kunnen", "wordt"],
};
