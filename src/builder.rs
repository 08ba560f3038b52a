//! From choices to a scanner.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::catalogue::{self, Definition, Source};
use crate::context::asked::{Naming, Own};
use crate::context::words;
use crate::custom::{Allow, Allowed, Base, CustomDetector, Customs, Loaded};
use crate::detectors::{Form, most_praise};
use crate::engine::Backend;
use crate::engine::anchors::{Anchors, Named};
use crate::engine::kernel::Kernel;
use crate::engine::shapes::Shapes;
use crate::error::{BuildError, BuildErrorKind, UnknownName};
use crate::extract::{Format, own_formats};
use crate::finding::{Category, Confidence, Scores};
use crate::limits::Limits;
use crate::policy::Policy;
use crate::report::Issuer;
use crate::scanner::{Key, NEAR_BONUS, Options, Plan, Scanner, Written};
use crate::terms;
use crate::terms::hash::WordHash;
use crate::terms::lexicon::{Lexicon, LexiconBuilder, Role};

/// Collects the choices for a [`Scanner`]. Reusable: `build` takes nothing away.
#[derive(Clone, Debug)]
pub struct Builder {
    policy: Option<Policy>,
    limits: Limits,
    min_confidence: Confidence,
    detectors: Vec<String>,
    categories: Vec<Category>,
    exclude: Vec<String>,
    backend: Backend,
    positions: bool,
    payload_digest: bool,
    stop_when_decided: bool,
    key: Option<Key>,
    customs: Vec<CustomDetector>,
    allows: Vec<Allow>,
    formats: Vec<Arc<dyn Format>>,
    unpack: bool,
}

impl Builder {
    pub(crate) fn new() -> Builder {
        Builder {
            policy: None,
            limits: Limits::default(),
            min_confidence: Confidence::Medium,
            detectors: Vec::new(),
            categories: Vec::new(),
            exclude: Vec::new(),
            backend: Backend::Auto,
            positions: false,
            payload_digest: false,
            stop_when_decided: false,
            key: None,
            customs: Vec::new(),
            allows: Vec::new(),
            formats: Vec::new(),
            unpack: true,
        }
    }

    /// Sets the policy that decides. Default: the built-in `default`.
    pub fn policy(&mut self, policy: Policy) -> &mut Builder {
        self.policy = Some(policy);
        self
    }

    /// Sets the budgets.
    pub fn limits(&mut self, limits: Limits) -> &mut Builder {
        self.limits = limits;
        self
    }

    /// Adds formats whose containers are read, before those that the library reads itself: gzip, zlib, zip and tar.
    /// Where several fit, the first does.
    pub fn formats(&mut self, formats: impl IntoIterator<Item = Arc<dyn Format>>) -> &mut Builder {
        self.formats.extend(formats);
        self
    }

    /// Chooses whether containers are read. Where they are not, their bytes are scanned as they lie, and each is a
    /// gap. Default: they are.
    pub fn unpack(&mut self, unpack: bool) -> &mut Builder {
        self.unpack = unpack;
        self
    }

    /// Sets the confidence below which nothing is reported. Default: medium.
    pub fn min_confidence(&mut self, least: Confidence) -> &mut Builder {
        self.min_confidence = least;
        self
    }

    /// Turns on these detectors only; an id may end in `*`. Adds up with [`Builder::categories`].
    pub fn detectors<'i>(&mut self, ids: impl IntoIterator<Item = &'i str>) -> &mut Builder {
        self.detectors.extend(ids.into_iter().map(str::to_owned));
        self
    }

    /// Turns on the detectors of these categories only. Adds up with [`Builder::detectors`].
    pub fn categories(&mut self, categories: impl IntoIterator<Item = Category>) -> &mut Builder {
        self.categories.extend(categories);
        self
    }

    /// Turns these detectors off; an id may end in `*`.
    pub fn exclude<'i>(&mut self, ids: impl IntoIterator<Item = &'i str>) -> &mut Builder {
        self.exclude.extend(ids.into_iter().map(str::to_owned));
        self
    }

    /// Sets which instruction set classifies the bytes. Default: the best there is.
    pub fn backend(&mut self, backend: Backend) -> &mut Builder {
        self.backend = backend;
        self
    }

    /// Keeps line and column of each finding. Costs one more pass that counts line ends. Default: off.
    pub fn positions(&mut self, keep: bool) -> &mut Builder {
        self.positions = keep;
        self
    }

    /// Computes the SHA-256 of each payload. Costs a pass of its own. Default: off.
    pub fn payload_digest(&mut self, compute: bool) -> &mut Builder {
        self.payload_digest = compute;
        self
    }

    /// Ends a scan where its verdict is `reject`, since nothing is stricter: for callers that want no more than
    /// the verdict and what first led to it. Default: off.
    ///
    /// A scan ends behind the finding that decides, or before the first byte where what the payload is
    /// decides. Everything that begins before that place is reported as always; what lies behind it is a gap
    /// with the reason [`decided`](crate::coverage::GapReason::Decided), so nothing there counts as clean. The
    /// report is the same for slices, shards, files and chunks of any size. A milder verdict may always rise,
    /// so it ends no scan.
    ///
    /// # Examples
    ///
    /// ```
    /// use portcullis::{Scanner, coverage::GapReason, policy::Action};
    ///
    /// let scanner = Scanner::builder().stop_when_decided(true).build()?;
    /// let payload = "card 4111 1111 1111 1111\ncard 5555 5555 5555 4444\n".repeat(1000);
    /// let report = scanner.scan_sharded(payload.as_bytes())?;
    /// assert_eq!(report.decision().action(), Action::Reject);
    /// assert_eq!(report.findings().len(), 1);
    /// let gap = &report.gaps()[0];
    /// assert_eq!((gap.start(), gap.end()), (24, payload.len() as u64));
    /// assert_eq!(gap.reason(), GapReason::Decided);
    ///
    /// let mut session = scanner.session();
    /// for chunk in payload.as_bytes().chunks(4096) {
    ///     if session.push(chunk)? == Action::Reject {
    ///         break; // `finish` reports on what was pushed
    ///     }
    /// }
    /// assert_eq!(session.finish()?.decision().action(), Action::Reject);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn stop_when_decided(&mut self, stop: bool) -> &mut Builder {
        self.stop_when_decided = stop;
        self
    }

    /// Sets the key for the digests of values; without one, findings carry none.
    pub fn key(&mut self, key: &[u8]) -> &mut Builder {
        self.key = Some(Key(key.to_vec()));
        self
    }

    /// Adds a customer's own detector.
    pub fn custom(&mut self, detector: CustomDetector) -> &mut Builder {
        self.customs.push(detector);
        self
    }

    /// Adds a customer's own definitions in TOML; `source` is what errors call the text. It may name
    /// no files: [`custom_file`](Builder::custom_file) reads those beside it.
    ///
    /// # Errors
    ///
    /// A key, category or checksum that does not exist, a pattern or list that cannot be used, a sample
    /// that is not as it should be: each with line and column.
    pub fn custom_toml(&mut self, text: &str, source: &str) -> Result<&mut Builder, BuildError> {
        let loaded = Loaded::read(text, source, Base::Nowhere)?;
        Ok(self.take(loaded))
    }

    /// Adds a customer's own definitions from a TOML file. Lists and tables that it names are read from
    /// beside it.
    ///
    /// # Errors
    ///
    /// Those of [`custom_toml`](Builder::custom_toml), and files that cannot be read.
    pub fn custom_file(&mut self, path: impl AsRef<Path>) -> Result<&mut Builder, BuildError> {
        let path = path.as_ref();
        let name = path.to_string_lossy();
        let text = fs::read_to_string(path).map_err(|error| {
            BuildError::new(BuildErrorKind::Io, format!("{:?}: {error}", name.as_ref()))
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let loaded = Loaded::read(&text, &name, Base::Folder(folder))?;
        Ok(self.take(loaded))
    }

    fn take(&mut self, loaded: Loaded) -> &mut Builder {
        self.customs.extend(loaded.detectors);
        self.allows.extend(loaded.allows);
        self
    }

    /// Builds the scanner.
    ///
    /// # Errors
    ///
    /// A detector id that stands for nothing, a pattern that cannot be used, a policy that names
    /// unknown detectors, a backend that this CPU does not have.
    pub fn build(&self) -> Result<Scanner, BuildError> {
        let default = || Policy::builtin("default");
        let policy = self.policy.clone().map_or_else(default, Ok)?;
        let definitions = self.definitions(&policy)?;
        let bound: Vec<_> = definitions.iter().map(|d| (d.id(), d.category())).collect();
        let compiled = policy.bind(&bound);
        let allowed = Allowed::new(&self.allows, &bound, names);
        let key = self.key.as_ref().map(|key| key.0.as_slice());
        let near = near(&definitions);
        let forms = Forms::of(&definitions, &near, self.min_confidence.least_score());
        let options = self.options()?;
        let lexicon: Arc<Lexicon> = lexicon(&definitions, options.kernel)?.into();
        let shapes: Arc<Shapes> = Shapes::new(&forms.all).into();
        let customs: Vec<_> = definitions.iter().filter_map(custom).cloned().collect();
        let plan = Plan {
            naming: naming(&definitions, &forms, &shapes, &lexicon).into(),
            shapes,
            anchors: Anchors::new(&forms.all, options.kernel)?.into(),
            lexicon,
            customs: Customs::new(&customs, key)?.map(Arc::new),
            allowed,
            options,
            // Customers' own come last.
            first_custom: definitions.len() - customs.len(),
            near,
            layouts: forms.layouts(),
            named: forms.named(),
            issuer: issuer(&policy).into(),
            pool: Arc::default(),
            fingerprint: Arc::default(),
            formats: self.all_formats(),
            definitions,
            forms: forms.all,
            by_form: forms.written,
            policy,
            compiled,
        };
        Ok(Scanner { plan: plan.into() })
    }

    fn all_formats(&self) -> Arc<[Arc<dyn Format>]> {
        let own = if self.unpack { own_formats() } else { Vec::new() };
        let added = self.formats.iter().filter(|_| self.unpack).cloned();
        added.chain(own).collect()
    }

    fn options(&self) -> Result<Options, BuildError> {
        let (backend, kernel) = self.backend.resolve()?;
        Ok(Options {
            backend,
            kernel,
            min_score: self.min_confidence.least_score(),
            limits: self.limits.clone(),
            positions: self.positions,
            payload_digest: self.payload_digest,
            stop_when_decided: self.stop_when_decided,
            key: self.key.clone(),
        })
    }

    /// Every definition there is, customers' own last.
    fn catalogue(&self) -> impl Iterator<Item = Definition> + '_ {
        let customs = self.customs.iter().cloned();
        catalogue::builtin().chain(customs.map(|c| Definition { source: Source::Custom(c) }))
    }

    /// The definitions that are on.
    fn definitions(&self, policy: &Policy) -> Result<Vec<Definition>, BuildError> {
        let all: Vec<Definition> = self.catalogue().collect();
        let known: Vec<&str> = all.iter().map(Definition::id).collect();
        for pattern in self.detectors.iter().chain(&self.exclude) {
            if !known.iter().any(|id| names(pattern, id)) {
                return Err(UnknownName::new("detector", pattern, known.into_iter()).into());
            }
        }
        let mut seen = HashSet::new();
        if let Some(twice) = known.iter().find(|id| !seen.insert(**id)) {
            let message = format!("detector id {twice:?} is taken");
            return Err(BuildError::new(BuildErrorKind::Conflict, message));
        }
        policy.check_detectors(&known)?;
        let has_key = self.key.is_some();
        self.allows.iter().try_for_each(|allow| allow.check(&known, names, has_key))?;
        Ok(all.into_iter().filter(|definition| self.is_on(definition, policy)).collect())
    }

    fn is_on(&self, definition: &Definition, policy: &Policy) -> bool {
        let listed = |patterns: &[String]| patterns.iter().any(|p| names(p, definition.id()));
        let chosen = if self.detectors.is_empty() && self.categories.is_empty() {
            definition.category() != Category::Contact
                || policy.heeds(definition.id(), Category::Contact)
        } else {
            listed(&self.detectors) || self.categories.contains(&definition.category())
        };
        (chosen || custom(definition).is_some()) && !listed(&self.exclude)
    }
}

/// Returns what reports say of the policy that decided.
fn issuer(policy: &Policy) -> Issuer {
    Issuer { policy_id: policy.id().to_owned(), policy_digest: policy.digest() }
}

/// Returns whether an id or a pattern with a trailing `*` names an id.
fn names(pattern: &str, id: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == id, |prefix| id.starts_with(prefix))
}

fn custom(definition: &Definition) -> Option<&CustomDetector> {
    match &definition.source {
        Source::Custom(custom) => Some(custom),
        _ => None,
    }
}

/// Returns, for each definition that belongs beside another one, that one's index and id.
fn near(definitions: &[Definition]) -> Vec<Option<(u16, &'static str)>> {
    let index = |id: &str| (0..).zip(definitions).find(|(_, d)| d.id() == id).map(|(at, _)| at);
    let other = |definition: &Definition| {
        let other = definition.beside()?;
        Some((index(other)?, other))
    };
    definitions.iter().map(other).collect()
}

/// Returns which forms the words of a lexicon ask for.
fn naming(
    definitions: &[Definition],
    forms: &Forms,
    shapes: &Arc<Shapes>,
    lexicon: &Lexicon,
) -> Naming {
    let alone = |all: &Vec<Written>| all.iter().any(|one| one.alone);
    let always = (0..).zip(&forms.written).filter(|(_, all)| alone(all)).map(|(form, _)| form);
    let detectors = definitions.iter().zip(&forms.own);
    let detectors =
        detectors.map(|(d, forms)| Own { forms, window: d.window(), scores: d.scores() });
    let detectors: Vec<Own<'_>> = detectors.collect();
    let entries = lexicon.entries().iter().map(|entry| entry.roles.as_slice());
    Naming::new(Arc::clone(shapes), &forms.all, always, &detectors, entries)
}

/// The forms of definitions, each once.
#[derive(Default)]
struct Forms {
    all: Vec<Form>,
    /// For each form the definitions that are written so.
    written: Vec<Vec<Written>>,
    /// For each definition the indices of its forms.
    own: Vec<Vec<u16>>,
}

impl Forms {
    /// Returns the forms of definitions; `near` are those that weigh more beside others, and `least` is the least
    /// score that counts.
    fn of<N>(definitions: &[Definition], near: &[Option<N>], least: u8) -> Forms {
        let mut forms = Forms::default();
        let mut known: HashMap<Form, u16, WordHash> = HashMap::default();
        for ((definition, own), near) in (0..).zip(definitions).zip(near) {
            let praise = most_praise(own.id()).unsigned_abs();
            let more = praise + if near.is_some() { NEAR_BONUS } else { 0 };
            let indices = own.forms().iter().map(|form| {
                let index = *known.entry(*form).or_insert_with(|| {
                    forms.all.push(*form);
                    forms.written.push(Vec::new());
                    (forms.all.len() - 1) as u16
                });
                let alone = is_reported_alone(own.scores(), *form, more, least);
                let written = forms.written.get_mut(usize::from(index)).into_iter();
                written.for_each(|all| all.push(Written { definition, alone }));
                index
            });
            forms.own.push(indices.collect());
        }
        forms
    }

    fn at(&self, index: u16) -> Option<&Form> {
        self.all.get(usize::from(index))
    }

    /// Returns, for each definition, the indices of those of its forms that have a layout.
    fn layouts(&self) -> Vec<Vec<u16>> {
        let has_layout = |index: &u16| self.at(*index).is_some_and(|form| form.layout().is_some());
        self.own.iter().map(|own| own.iter().copied().filter(has_layout).collect()).collect()
    }

    /// Returns, for each definition, the form that its keywords name and that form's index.
    fn named(&self) -> Vec<Option<(u16, &'static Named)>> {
        let named = |index: &u16| match self.at(*index) {
            Some(Form::Named(named)) => Some((*index, *named)),
            _ => None,
        };
        self.own.iter().map(|own| own.iter().find_map(named)).collect()
    }
}

/// Returns whether a value without a name may come to count in a form, if its check and what stands beside it may
/// add so much.
fn is_reported_alone(scores: Scores, form: Form, more: u8, least: u8) -> bool {
    let alone = match form.is_separated() {
        Some(true) => scores.separated,
        Some(false) => scores.bare,
        None => scores.bare.max(scores.separated),
    };
    // Others weigh more beside what is of medium confidence, reported or not.
    let least = least.min(Confidence::Medium.least_score());
    alone > 0 && alone.saturating_add(more) >= least
}

/// Returns all words that mean something to these definitions.
fn lexicon(definitions: &[Definition], kernel: Kernel) -> Result<Lexicon, BuildError> {
    let mut words = LexiconBuilder::default();
    for (index, definition) in (0..).zip(definitions) {
        for keyword in definition.keywords() {
            words.add_word(keyword, Role::Keyword(index));
        }
        if let Source::Dictionary(dictionary) = &definition.source {
            words.add_dictionary(index, dictionary);
        }
    }
    for (reason, names) in words::NEGATIVE {
        names.iter().for_each(|name| words.add_word((*name).into(), Role::Negative(reason)));
    }
    if definitions.iter().any(|definition| matches!(definition.source, Source::Dictionary(_))) {
        add_persons(&mut words);
    }
    Lexicon::new(words, kernel)
}

/// Adds what ties terms to persons.
fn add_persons(words: &mut LexiconBuilder) {
    for (group, lists) in terms::PHRASES {
        lists.iter().for_each(|list| words.add_phrases(*group, list));
    }
    for (language, subjects) in words::SUBJECTS {
        words.add_subjects(*language, subjects);
    }
    for record in words::RECORDS {
        words.add_word((*record).into(), Role::Record);
    }
    words.add_names(terms::given_names());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether an entry is among what a text of it holds.
    fn is_found(lexicon: &Lexicon, index: usize, text: &str) -> bool {
        let payload = format!("x {text} x");
        let mut hits = Vec::new();
        lexicon.find_anywhere(payload.as_bytes(), 0..payload.len(), &mut hits);
        hits.iter().any(|hit| usize::from(hit.entry) == index && hit.end == payload.len() - 2)
    }

    #[test]
    fn every_word_is_found_however_it_is_written() {
        let all = Scanner::builder().categories(Category::ALL.iter().copied()).build().unwrap();
        let lexicon = &all.plan.lexicon;
        let mut missed = Vec::new();
        for (index, entry) in lexicon.entries().iter().enumerate() {
            let text = entry.text.as_ref();
            let upper = text.to_uppercase();
            // What capitals make of some letters has no way back: `ŉ`, `ß` in some places.
            let capitals = if upper.to_lowercase() == text.to_lowercase() { &upper } else { text };
            let spellings = [
                text.to_owned(),
                capitals.to_owned(),
                text.replace(' ', "\n  "),
                text.replace(' ', "_"),
                text.replace('é', "e\u{301}").replace('ü', "u\u{308}"),
            ];
            let own = spellings.into_iter().filter(|text| !is_found(lexicon, index, text));
            missed.extend(own.map(|text| format!("{text:?}")));
        }
        assert!(missed.is_empty(), "{} of {}: {missed:?}", missed.len(), lexicon.entries().len());
    }
}
