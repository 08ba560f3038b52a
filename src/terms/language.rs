//! The languages that the lists are written in.

/// A language with lists of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Dutch,
}

/// A set of languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Languages(u8);

impl Language {
    /// Every language, in the order in which the first of several is named.
    pub(crate) const ALL: [Language; 7] = [
        Language::English,
        Language::German,
        Language::French,
        Language::Spanish,
        Language::Italian,
        Language::Portuguese,
        Language::Dutch,
    ];

    /// Returns the set of this language alone.
    pub(crate) const fn alone(self) -> Languages {
        Languages(1 << self as u8)
    }
}

impl Languages {
    /// No language.
    pub(crate) const NONE: Languages = Languages(0);
    /// Words that are the same everywhere, such as names of substances.
    pub(crate) const ALL: Languages = Languages(0x7f);

    pub(crate) const fn or(self, other: Languages) -> Languages {
        Languages(self.0 | other.0)
    }

    pub(crate) const fn and(self, other: Languages) -> Languages {
        Languages(self.0 & other.0)
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the languages of the set.
    pub(crate) fn iter(self) -> impl Iterator<Item = Language> {
        Language::ALL.into_iter().filter(move |language| !self.and(language.alone()).is_empty())
    }

    /// Returns the first language of the set.
    pub(crate) fn first(self) -> Option<Language> {
        self.iter().next()
    }
}
