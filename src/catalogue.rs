//! Every definition that a scanner knows, in one fixed order.

use std::borrow::Cow;

use crate::custom::CustomDetector;
use crate::detectors::{self, Detector, Form, NEAR};
use crate::finding::{Category, Scores};
use crate::terms::{self, Dictionary};

/// A definition of something that is prohibited.
#[derive(Clone, Debug)]
pub struct Definition {
    pub(crate) source: Source,
}

#[derive(Clone, Debug)]
pub(crate) enum Source {
    Identifier(&'static Detector),
    Dictionary(&'static Dictionary),
    Custom(CustomDetector),
}

/// Returns the definitions that come built in.
pub(crate) fn builtin() -> impl Iterator<Item = Definition> {
    let identifiers = detectors::all().map(Source::Identifier);
    let dictionaries = terms::ALL.iter().copied().map(Source::Dictionary);
    identifiers.chain(dictionaries).map(|source| Definition { source })
}

impl Definition {
    /// Returns the stable id, such as `gov.us.ssn`.
    pub fn id(&self) -> &str {
        match &self.source {
            Source::Identifier(detector) => detector.id,
            Source::Dictionary(dictionary) => dictionary.id,
            Source::Custom(custom) => &custom.id,
        }
    }

    pub(crate) fn shared_id(&self) -> Cow<'static, str> {
        match &self.source {
            Source::Identifier(detector) => detector.id.into(),
            Source::Dictionary(dictionary) => dictionary.id.into(),
            Source::Custom(custom) => custom.id.clone().into(),
        }
    }

    /// Returns the name in words.
    pub fn name(&self) -> &str {
        match &self.source {
            Source::Identifier(detector) => detector.name,
            Source::Dictionary(dictionary) => dictionary.name,
            Source::Custom(custom) => custom.name.as_ref().unwrap_or(&custom.id),
        }
    }

    /// Returns the category of its findings.
    pub fn category(&self) -> Category {
        match &self.source {
            Source::Identifier(detector) => detector.category,
            Source::Dictionary(dictionary) => dictionary.category,
            Source::Custom(custom) => custom.category,
        }
    }

    /// Returns the ISO 3166-1 alpha-2 code of the country that issues it, `None` for international
    /// schemes, dictionaries and customers' own.
    pub fn country(&self) -> Option<&str> {
        match &self.source {
            Source::Identifier(detector) => detector.country,
            _ => None,
        }
    }

    /// Returns how it is written: in words, or as a customer's pattern.
    pub fn format(&self) -> &str {
        match &self.source {
            Source::Identifier(detector) => detector.format,
            Source::Dictionary(_) => "a listed term tied to a person by a label, header or phrase",
            Source::Custom(custom) => custom.format(),
        }
    }

    /// Returns the words that raise its confidence.
    pub fn keywords(&self) -> impl Iterator<Item = Cow<'static, str>> + use<> {
        let (built_in, own): (&'static [&'static str], Vec<String>) = match &self.source {
            Source::Identifier(detector) => (detector.keywords, Vec::new()),
            Source::Dictionary(_) => (&[], Vec::new()),
            Source::Custom(custom) => (&[], custom.keywords.clone()),
        };
        built_in.iter().map(|word| Cow::Borrowed(*word)).chain(own.into_iter().map(Cow::Owned))
    }

    /// Returns the id of the detector near whose matches it weighs more: a security code near its card.
    pub fn beside(&self) -> Option<&'static str> {
        NEAR.iter().find(|(own, _)| *own == self.id()).map(|(_, other)| *other)
    }

    /// Returns where its facts come from.
    pub fn sources(&self) -> &[&'static str] {
        match &self.source {
            Source::Identifier(detector) => detector.sources,
            Source::Dictionary(dictionary) => dictionary.sources,
            Source::Custom(_) => &[],
        }
    }

    /// Returns published or computed values, or texts, in which it is found. Those of a detector
    /// that asks for a keyword need one before them.
    pub fn samples(&self) -> &[&'static str] {
        match &self.source {
            Source::Identifier(detector) => detector.valid,
            Source::Dictionary(dictionary) => dictionary.valid,
            Source::Custom(_) => &[],
        }
    }

    /// Returns the samples of a customer's own detector; those of built-in ones are in
    /// [`samples`](Definition::samples).
    pub fn own_samples(&self) -> &[String] {
        match &self.source {
            Source::Custom(custom) => &custom.valid,
            _ => &[],
        }
    }

    /// Returns the near misses of a customer's own detector.
    pub fn own_near_misses(&self) -> &[String] {
        match &self.source {
            Source::Custom(custom) => &custom.invalid,
            _ => &[],
        }
    }

    /// Returns near misses in which it is not found, each with the reason.
    pub fn near_misses(&self) -> &[(&'static str, &'static str)] {
        match &self.source {
            Source::Identifier(detector) => detector.invalid,
            Source::Dictionary(dictionary) => dictionary.invalid,
            Source::Custom(_) => &[],
        }
    }

    /// Returns the share of random characters of the right classes that pass its check; `None` where
    /// there is none to pass.
    pub fn pass_rate(&self) -> Option<f64> {
        match &self.source {
            Source::Identifier(detector) => Some(detector.pass_rate),
            _ => None,
        }
    }

    /// Returns the share of single wrong digits in its samples that its check lets through; `None` where
    /// there is no check.
    pub fn wrong_digit_rate(&self) -> Option<f64> {
        match &self.source {
            Source::Identifier(detector) => Some(detector.wrong_digit_rate),
            _ => None,
        }
    }

    /// Returns whether it is written in groups of letters and digits, which separators only part: a number
    /// and no key, address, measure or name.
    pub fn is_grouped(&self) -> bool {
        self.forms().iter().any(|form| matches!(form, Form::Layout(_)))
    }

    pub(crate) fn forms(&self) -> &'static [Form] {
        match &self.source {
            Source::Identifier(detector) => detector.forms,
            _ => &[],
        }
    }

    /// Returns what a match weighs by what is known of it; nothing for dictionaries, whose terms are
    /// weighed by what ties them to a person.
    pub fn scores(&self) -> Scores {
        match &self.source {
            Source::Identifier(detector) => detector.scores,
            Source::Dictionary(_) => Scores { bare: 0, separated: 0, keyword: 0, field: 0 },
            Source::Custom(custom) => custom.scores(),
        }
    }

    pub(crate) fn window(&self) -> (u16, u16) {
        match &self.source {
            Source::Identifier(detector) => detector.window,
            Source::Dictionary(_) => (0, 0),
            Source::Custom(custom) => custom.window,
        }
    }
}
