//! What a scan reports: where, what, how sure and why, but never the value itself.

use std::borrow::Cow;
use std::fmt;

use crate::wire::{Reader, Writer};

/// Declares an enum whose variants have one stable spelling each, used in JSON, TOML and options.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident, $what:literal { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// Every value, in rising order.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// Returns the stable spelling used in JSON, TOML and on the command line.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::error::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let known = Self::ALL.iter().map(|value| value.as_str());
                Self::ALL
                    .iter()
                    .copied()
                    .find(|value| value.as_str() == text)
                    .ok_or_else(|| $crate::error::UnknownName::new($what, text, known))
            }
        }
    };
}
pub(crate) use named;

named! {
    /// What kind of prohibited data a finding is. The spellings are stable.
    Category, "category" {
        /// Primary account numbers of payment cards.
        PaymentCard = "payment-card",
        /// Track data, security codes, PINs and passwords of cards.
        CardSecurity = "card-security",
        /// Bank account numbers and what routes to them.
        BankAccount = "bank-account",
        /// Other financial identifiers.
        Financial = "financial",
        /// Numbers that a state gives to a person.
        GovernmentId = "government-id",
        /// Numbers that a health system gives to a patient or a provider.
        HealthId = "health-id",
        /// Statements about a person's health.
        Health = "health",
        /// Racial or ethnic origin.
        EthnicOrigin = "ethnic-origin",
        /// Political opinions and party affiliation.
        PoliticalOpinion = "political-opinion",
        /// Religious or philosophical beliefs.
        ReligiousBelief = "religious-belief",
        /// Membership of a trade union.
        TradeUnion = "trade-union",
        /// Sex life and sexual orientation.
        SexLife = "sex-life",
        /// Passwords, keys and tokens.
        Credential = "credential",
        /// Names, addresses, telephone numbers, e-mail addresses. Off by default.
        Contact = "contact",
    }
}

named! {
    /// How sure a finding is, read off its score: medium from 50, high from 80.
    Confidence, "confidence" {
        /// Score below 50.
        Low = "low",
        /// Score 50 to 79.
        Medium = "medium",
        /// Score 80 to 100.
        High = "high",
    }
}

impl Confidence {
    /// Returns the confidence that a score of 0 to 100 stands for.
    pub const fn from_score(score: u8) -> Confidence {
        match score {
            Confidence::HIGH.. => Confidence::High,
            Confidence::MEDIUM.. => Confidence::Medium,
            _ => Confidence::Low,
        }
    }

    /// Returns the least score that a match of this confidence has; a score of 0 is no match.
    pub(crate) const fn least_score(self) -> u8 {
        match self {
            Confidence::Low => 1,
            Confidence::Medium => Confidence::MEDIUM,
            Confidence::High => Confidence::HIGH,
        }
    }

    const MEDIUM: u8 = 50;
    const HIGH: u8 = 80;
}

/// The score of a match by what stands around it; 0 means: not reported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scores {
    /// Without separators and without any context.
    pub bare: u8,
    /// In its usual separators, without any context.
    pub separated: u8,
    /// With a keyword in the window.
    pub keyword: u8,
    /// With a keyword in the name of its own field or column.
    pub field: u8,
}

impl Scores {
    /// Returns whether a match can count without a keyword.
    pub(crate) fn reports_alone(self) -> bool {
        self.bare > 0 || self.separated > 0
    }

    /// Returns whether nothing but the name beside it speaks for a match.
    pub(crate) fn is_named_only(self) -> bool {
        self == Scores::NAMED
    }

    /// Returns the score without any keyword.
    pub(crate) fn alone(self, separated: bool, adjust: i8) -> i16 {
        let alone = if separated { self.separated } else { self.bare };
        if alone == 0 { 0 } else { i16::from(alone) + i16::from(adjust) }
    }

    /// Check digit and structure carry it alone.
    pub(crate) const STRONG: Scores = Scores { bare: 85, separated: 88, keyword: 95, field: 98 };
    /// Reported alone only in its usual separators; a bare run of characters stays low.
    pub(crate) const MEDIUM: Scores = Scores { bare: 40, separated: 60, keyword: 85, field: 92 };
    /// Has a check digit, and still means nothing without a keyword.
    pub(crate) const CHECKED: Scores = Scores { bare: 0, separated: 0, keyword: 75, field: 88 };
    /// No check digit: the name beside it is everything.
    pub(crate) const NAMED: Scores = Scores { bare: 0, separated: 0, keyword: 55, field: 80 };
}

/// A half-open range of byte offsets.
///
/// Offsets count in the payload itself where the finding's path is empty, else in the innermost
/// plain bytes that the path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u64,
    /// Offset behind the last byte.
    pub end: u64,
}

/// A place in lines and columns, both counted from 1; columns are bytes, as ripgrep counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1; lines end at `\n`.
    pub line: u64,
    /// Byte within the line, from 1.
    pub column: u64,
}

/// How a value is written whose parts stand apart.
pub(crate) const BROKEN_UP: &str = "broken-up";

/// One reason for a finding, or against it. `Display` gives the spelling of the reports.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Evidence {
    /// A check passed: `luhn`, `mod97-10`, `structure`, `date`, …
    Check(Cow<'static, str>),
    /// The card network whose range holds the number: `issuer:visa`.
    Issuer(Cow<'static, str>),
    /// The country the number itself names: `country:DE`.
    Country(Cow<'static, str>),
    /// A keyword within the detector's window: `keyword:card@-6`, the distance in bytes from the
    /// match's start back to the keyword's start, or from its end on to the keyword's start.
    Keyword(Cow<'static, str>, i32),
    /// A keyword in the name of the field that holds the value: `field:ssn`.
    Field(Cow<'static, str>),
    /// A keyword in the header of the column that holds the value: `header:ssn`.
    Header(Cow<'static, str>),
    /// A phrase that ties a term to a person: `phrase:diagnosed with`.
    Phrase(Cow<'static, str>),
    /// A word for the person that the text speaks of: `subject:patient`.
    Subject(Cow<'static, str>),
    /// The list that holds the term: `list:health_conditions.en`. The term itself is the value.
    List(Cow<'static, str>),
    /// Another detector's match close by: `near:card.pan`.
    Near(Cow<'static, str>),
    /// The value is not written plainly: `written:encoded` (other digits, markup, an encoding) or
    /// `written:broken-up` (its parts stand apart, or letters in place of digits).
    Written(Cow<'static, str>),
    /// What lowered the score: `lowered:order-id`.
    Lowered(Cow<'static, str>),
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Evidence::Check(name) => f.write_str(name),
            Evidence::Issuer(name) => write!(f, "issuer:{name}"),
            Evidence::Country(code) => write!(f, "country:{code}"),
            Evidence::Keyword(word, distance) => write!(f, "keyword:{word}@{distance:+}"),
            Evidence::Field(word) => write!(f, "field:{word}"),
            Evidence::Header(word) => write!(f, "header:{word}"),
            Evidence::Phrase(phrase) => write!(f, "phrase:{phrase}"),
            Evidence::Subject(word) => write!(f, "subject:{word}"),
            Evidence::List(name) => write!(f, "list:{name}"),
            Evidence::Near(id) => write!(f, "near:{id}"),
            Evidence::Written(how) => write!(f, "written:{how}"),
            Evidence::Lowered(reason) => write!(f, "lowered:{reason}"),
        }
    }
}

impl Evidence {
    /// Returns its kind by number, its word, and for a keyword how far off that stands.
    fn parts(&self) -> (u8, &Cow<'static, str>, Option<i32>) {
        match self {
            Evidence::Check(word) => (0, word, None),
            Evidence::Issuer(word) => (1, word, None),
            Evidence::Country(word) => (2, word, None),
            Evidence::Keyword(word, distance) => (3, word, Some(*distance)),
            Evidence::Field(word) => (4, word, None),
            Evidence::Header(word) => (5, word, None),
            Evidence::Phrase(word) => (6, word, None),
            Evidence::Subject(word) => (7, word, None),
            Evidence::List(word) => (8, word, None),
            Evidence::Near(word) => (9, word, None),
            Evidence::Written(word) => (10, word, None),
            Evidence::Lowered(word) => (11, word, None),
        }
    }

    fn write(&self, out: &mut Writer) {
        let (kind, word, distance) = self.parts();
        out.byte(kind);
        out.bytes(word.as_bytes());
        distance.into_iter().for_each(|distance| out.fixed(&distance.to_le_bytes()));
    }

    fn read(input: &mut Reader<'_>) -> Option<Evidence> {
        let kind = input.byte()?;
        let word: Cow<'static, str> = input.text()?.to_owned().into();
        Some(match kind {
            0 => Evidence::Check(word),
            1 => Evidence::Issuer(word),
            2 => Evidence::Country(word),
            3 => Evidence::Keyword(word, i32::from_le_bytes(input.array()?)),
            4 => Evidence::Field(word),
            5 => Evidence::Header(word),
            6 => Evidence::Phrase(word),
            7 => Evidence::Subject(word),
            8 => Evidence::List(word),
            9 => Evidence::Near(word),
            10 => Evidence::Written(word),
            11 => Evidence::Lowered(word),
            _ => return None,
        })
    }
}

/// A match with its evidence and confidence. It holds no byte of the value beyond its mask.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub(crate) detector: Cow<'static, str>,
    pub(crate) category: Category,
    pub(crate) path: String,
    pub(crate) span: Span,
    pub(crate) position: Option<Position>,
    pub(crate) score: u8,
    pub(crate) masked: String,
    pub(crate) digest: Option<Digest>,
    pub(crate) test: bool,
    pub(crate) evidence: Vec<Evidence>,
}

impl Finding {
    /// Writes everything but what its detector says of it.
    pub(crate) fn write(&self, out: &mut Writer) {
        out.bytes(self.path.as_bytes());
        out.number(self.span.start);
        out.number(self.span.end - self.span.start);
        out.option(self.position, |out, at| {
            out.number(at.line);
            out.number(at.column);
        });
        out.byte(self.score);
        out.bytes(self.masked.as_bytes());
        out.option(self.digest, |out, digest| out.fixed(&digest.0));
        out.byte(u8::from(self.test));
        out.list(self.evidence.iter(), |out, evidence| evidence.write(out));
    }

    /// Reads a finding of a detector.
    pub(crate) fn read(
        input: &mut Reader<'_>,
        detector: Cow<'static, str>,
        category: Category,
    ) -> Option<Finding> {
        let path = input.text()?.to_owned();
        let (start, length) = (input.number()?, input.number()?);
        Some(Finding {
            detector,
            category,
            path,
            span: Span { start, end: start + length },
            position: input.option(|input| {
                let (line, column) = (input.number()?, input.number()?);
                Some(Position { line, column })
            })?,
            score: input.byte().filter(|score| *score <= 100)?,
            masked: input.text()?.to_owned(),
            digest: input.option(Reader::array)?.map(Digest),
            test: input.flag()?,
            evidence: input.list(usize::MAX, Evidence::read)?,
        })
    }

    /// Returns whether it is written as no form has it, and was put together.
    pub(crate) fn is_joined(&self) -> bool {
        self.evidence.contains(&Evidence::Written(BROKEN_UP.into()))
    }

    /// Returns the detector's stable id, such as `gov.us.ssn`.
    pub fn detector(&self) -> &str {
        &self.detector
    }

    /// Returns the category of what was found.
    pub fn category(&self) -> Category {
        self.category
    }

    /// Returns the place inside a container, empty for the payload itself.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns where the value stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns line and column where the scanner was built to keep them.
    pub fn position(&self) -> Option<Position> {
        self.position
    }

    /// Returns the score, 0 to 100.
    pub fn score(&self) -> u8 {
        self.score
    }

    /// Returns the confidence that the score stands for.
    pub fn confidence(&self) -> Confidence {
        Confidence::from_score(self.score)
    }

    /// Returns the value with all but a few characters replaced by `*`: at most the first six and
    /// last four digits of a card, at most the last two characters of anything else.
    pub fn masked(&self) -> &str {
        &self.masked
    }

    /// Returns the keyed digest of the value where a key is configured.
    pub fn digest(&self) -> Option<Digest> {
        self.digest
    }

    /// Returns whether the value is a published test number.
    pub fn is_test(&self) -> bool {
        self.test
    }

    /// Returns what speaks for the finding and against it, in a fixed order.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }
}

/// HMAC-SHA-256 of a value's significant characters under the customer's key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub(crate) [u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("hmac-sha256:")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
