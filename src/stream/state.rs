//! The state of a session in bytes, for whoever goes on with it in another process.
//!
//! | bytes | |
//! | --- | --- |
//! | 25 | what this is, and the version of this form |
//! | 1 and more | the version of this library, behind its length |
//! | 32 | which plan: detectors, policy, options |
//! | | the session: numbers, the first bytes or the header's, decoder, seam, harvest |
//! | 32 | HMAC-SHA-256 of all before under the scanner's key, of no bytes where it has none |

use std::sync::Arc;

use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::unpack::Place;
use super::{Body, Session, read_table};
use crate::catalogue::Source;
use crate::collector::Harvest;
use crate::coverage::GapReason;
use crate::error::{ScanError, StateError, StateErrorKind};
use crate::extract::sniff::SNIFF_REACH;
use crate::extract::wide::Decoder;
use crate::extract::{Content, Encoding};
use crate::fingerprint::Fingerprint;
use crate::scanner::Plan;
use crate::seam::Seam;
use crate::sha::Sha;
use crate::wire::{Reader, Writer};

/// What a state begins with.
const MAGIC: &[u8; 25] = b"portcullis session state1";
/// Bytes of the magic that every version of the form has.
const NAME: usize = MAGIC.len() - 1;
/// The version of this library: what a state means is its own matter.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Bytes of the seal.
const SEAL: usize = 32;
/// What a seal is made of besides, so that no digest of a value can be taken for one.
const SEALED: &[u8] = b"\0portcullis session state: seal";
/// Every encoding, by its number in a state.
const ENCODINGS: [Encoding; 5] =
    [Encoding::Ascii, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Utf32Le, Encoding::Utf32Be];

impl Session {
    /// Returns everything that the session knows, for [`Scanner::import`](crate::Scanner::import) to go on
    /// with it in another process or after a restart. The session goes on too.
    ///
    /// **It holds bytes of the payload**: those around the last seam, up to 15.5 KiB, and the first 4 KiB until
    /// they tell what the payload is, or where they hold the header of a table. Keep it as you keep the
    /// payload, and log it nowhere. Digests that a rule with `min_distinct` counts by are in it too, which
    /// without a key can be guessed from.
    ///
    /// It ends with a seal, an HMAC under the key of the scanner. Without a key this tells damage, but anybody
    /// can write a state with a seal: then keep it where only you can write, since whoever writes a state
    /// decides what the report says of what came before. A state can be imported more than once, and each
    /// session may come to a pass: give each payload one.
    ///
    /// # Complexity
    ///
    /// At most 64 KiB (20 KiB for plain bytes; 37 KiB is the most that the tests saw, of UTF-16 that changes
    /// widths at every character) and what the session lists, as much as [`Limits`](crate::Limits) allow: 75 to 91
    /// bytes for most findings. What a policy counts is in it too: up to 10 bytes for each rule and category, and
    /// 32 for each value of a rule that counts different ones. The first export or import of a scanner reads
    /// the tables and lists that customers gave it.
    ///
    /// # Errors
    ///
    /// [`ScanErrorKind::Stopped`](crate::error::ScanErrorKind::Stopped) once a sink has stopped the scan, and
    /// [`ScanErrorKind::Unpacking`](crate::error::ScanErrorKind::Unpacking) within a container: what unpacks it
    /// cannot be handed on.
    pub fn export(&self) -> Result<Vec<u8>, ScanError> {
        self.intact()?;
        if self.unpacking.is_some() {
            return Err(ScanError::unpacking());
        }
        let mut out = Writer::default();
        out.fixed(MAGIC);
        out.bytes(VERSION.as_bytes());
        out.fixed(&fingerprint(&self.plan));
        self.write(&mut out);
        let mut state = out.into_bytes();
        state.extend(seal(&self.plan, &state));
        Ok(state)
    }

    /// Returns the session of a state.
    pub(crate) fn import(plan: &Arc<Plan>, state: &[u8]) -> Result<Session, StateError> {
        let mut head = Reader::new(state);
        let magic = head.fixed(NAME).filter(|name| Some(*name) == MAGIC.get(..NAME));
        magic.ok_or(StateErrorKind::NotAState)?;
        let form = head.byte().ok_or(StateErrorKind::Damaged)?;
        let version = head.text().filter(|_| Some(&form) == MAGIC.last());
        if version.is_some_and(|version| version != VERSION) || Some(&form) != MAGIC.last() {
            return Err(StateErrorKind::OtherVersion.into());
        }
        let print: [u8; 32] = head.array().ok_or(StateErrorKind::Damaged)?;
        if print != fingerprint(plan) {
            return Err(StateErrorKind::OtherScanner.into());
        }
        sealed(plan, state, head).ok_or(StateErrorKind::Damaged.into())
    }

    fn write(&self, out: &mut Writer) {
        out.number(self.bytes);
        out.option(self.zero, Writer::number);
        if let Some(hasher) = &self.hasher {
            hasher.write(out);
        }
        out.bytes(&self.head);
        out.option(self.body.as_ref(), |out, body| body.write(&self.plan, out));
    }

    fn read(plan: &Arc<Plan>, input: &mut Reader<'_>) -> Option<Session> {
        let bytes = input.number()?;
        let zero = input.option(Reader::number)?;
        let hashed = plan.options.payload_digest;
        let hasher = if hashed { Some(Sha::read(input, bytes)?) } else { None };
        let head = input.bytes().filter(|head| head.len() < SNIFF_REACH)?.to_vec();
        let examined = bytes.min(plan.options.limits.payload_bytes);
        let body = input.option(|input| Body::read(plan, examined, input))?;
        let waits = if body.is_some() { 0 } else { examined };
        let fits = head.len() as u64 == waits && zero.is_none_or(|zero| zero < examined);
        let plan = Arc::clone(plan);
        let session = Session::at(plan, Place::payload());
        fits.then_some(Session { head, body, bytes, hasher, zero, ..session })
    }
}

/// Returns the session of a state behind its beginning, where the seal fits and nothing contradicts itself.
fn sealed(plan: &Arc<Plan>, state: &[u8], mut behind: Reader<'_>) -> Option<Session> {
    let length = state.len().checked_sub(SEAL)?;
    let (sealed, given) = state.split_at_checked(length)?;
    mac(plan, sealed)?.verify_slice(given).ok()?;
    let session = Session::read(plan, &mut behind)?;
    (behind.fixed(SEAL).is_some() && behind.is_empty()).then_some(session)
}

impl Body {
    fn write(&self, plan: &Plan, out: &mut Writer) {
        out.one_of(&ENCODINGS, &self.content.encoding);
        out.option(self.content.gap, |out, gap| out.one_of(GapReason::ALL, &gap));
        out.bytes(&self.head);
        if let Some(decoder) = &self.decoder {
            decoder.write(out);
        }
        self.seam.write(out);
        if let Some(harvest) = &self.harvest {
            harvest.write(plan, out);
        }
    }

    /// Reads the body of a payload of which so many bytes have been examined.
    fn read(plan: &Plan, examined: u64, input: &mut Reader<'_>) -> Option<Body> {
        let encoding = input.one_of(&ENCODINGS)?;
        let gap = input.option(|input| input.one_of(GapReason::ALL))?;
        let content = Content { encoding, gap };
        let head = input.bytes()?.to_vec();
        let is_plain = encoding == Encoding::Ascii;
        let decoder = if is_plain { None } else { Some(Decoder::read(encoding, input)?) };
        let (seam, harvest) = (Seam::read(input)?, Harvest::read(plan, input)?);
        let table = read_table(plan, content, &head);
        let body = Body {
            content,
            head,
            decoder,
            decoded: Vec::new(),
            table,
            seam,
            harvest: Some(harvest),
            gap: None,
        };
        body.fits(examined).then_some(body)
    }

    /// Returns whether its parts belong to one payload, of which so many bytes have been examined.
    fn fits(&self, examined: u64) -> bool {
        let Some(harvest) = &self.harvest else { return false };
        let (taken, written) = match &self.decoder {
            Some(decoder) => (decoder.taken(), decoder.written()),
            None => (examined, examined),
        };
        // Whoever has decided takes nothing more.
        let all = self.is_over() || (taken == examined && self.seam.end() == written);
        let within = taken <= examined && self.seam.end() <= written;
        let header = match &self.table {
            Some(_) => self.head.len() == SNIFF_REACH && Content::of(&self.head) == self.content,
            None => self.head.is_empty(),
        };
        all && within && header && harvest.ends_before(self.seam.done())
    }
}

/// Returns the keyed hash of a state that waits for its seal.
fn mac(plan: &Plan, state: &[u8]) -> Option<Hmac<Sha256>> {
    let key = plan.options.key.as_ref().map_or(b"".as_slice(), |key| key.0.as_slice());
    let mac = <Hmac<Sha256> as Mac>::new_from_slice(key).ok()?;
    Some(mac.chain_update(SEALED).chain_update(state))
}

fn seal(plan: &Plan, state: &[u8]) -> [u8; SEAL] {
    mac(plan, state).map_or([0; SEAL], |mac| mac.finalize().into_bytes().into())
}

/// Returns what tells a plan from every other one of this version that may report otherwise.
fn fingerprint(plan: &Plan) -> [u8; 32] {
    let mut print = Fingerprint::default();
    print.bytes(plan.fingerprint.get_or_init(|| unbound_fingerprint(plan)));
    plan.allowed.fingerprint(&mut print);
    print.finish()
}

/// Returns the fingerprint of everything but what is allowed on a path.
fn unbound_fingerprint(plan: &Plan) -> [u8; 32] {
    let mut print = Fingerprint::default();
    print.bytes(plan.issuer.policy_digest.as_bytes());
    for definition in &plan.definitions {
        print.texts(&[definition.id(), definition.category().as_str()]);
        let scores = definition.scores();
        print.bytes(&[scores.bare, scores.separated, scores.keyword, scores.field]);
        let (before, behind) = definition.window();
        print.number(u64::from(before) << 16 | u64::from(behind));
        if let Source::Custom(custom) = &definition.source {
            custom.fingerprint(&mut print);
        }
    }
    let options = &plan.options;
    let choices = [options.positions, options.payload_digest, options.stop_when_decided];
    print.bytes(&choices.map(u8::from));
    print.bytes(&[options.min_score, u8::from(options.key.is_some())]);
    print.number(options.limits.payload_bytes);
    print.number(options.limits.findings as u64);
    print.number(options.limits.unpacked_bytes);
    print.number(options.limits.members);
    print.number(u64::from(options.limits.depth));
    print.number(options.limits.kept_bytes as u64);
    plan.formats.iter().for_each(|format| print.texts(&[format.name()]));
    print.finish()
}

#[cfg(test)]
mod tests {
    use allocation_counter::measure;
    use proptest::prelude::*;

    use crate::{Category, Confidence, Policy, Scanner};

    use super::*;

    /// A policy whose rules count in every way.
    const POLICY: &str = "[policy]\nid = \"t\"\nversion = \"1\"\n[[rule]]\ncategory = [\"payment-card\"]\n\
                          action = \"reject\"\nmin_distinct = 9\nmin_count = 12\n";

    fn scanner() -> Scanner {
        let mut builder = Scanner::builder();
        builder.categories(Category::ALL.iter().copied()).min_confidence(Confidence::Low);
        builder.positions(true).payload_digest(true).policy(Policy::parse(POLICY, "t").unwrap());
        builder.build().unwrap()
    }

    /// Bytes from one place of a state that is tried to the next; the properties below try all.
    const STEP: usize = 5;

    /// A payload that fills every part of a state.
    fn payload(wide: bool) -> Vec<u8> {
        let rows = (0..900).map(|row| format!("{row},é 4111 1111 1111 1111,Ann 😀,\n"));
        let text = "order,card number,name,\n".to_owned() + &rows.collect::<String>();
        match wide {
            false => text.into_bytes(),
            true => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        }
    }

    /// The state of a session behind so many bytes.
    fn state(scanner: &Scanner, payload: &[u8]) -> Vec<u8> {
        let mut session = scanner.session();
        session.push(payload).unwrap();
        session.export().unwrap()
    }

    /// Changes bytes, cuts the rest off, and seals what is left as if it were a state.
    fn forged(scanner: &Scanner, state: &[u8], changes: &[(usize, u8)], keep: usize) -> Vec<u8> {
        let mut forged = state[..state.len() - SEAL].to_vec();
        // What stands before the session is compared as it is.
        let first = MAGIC.len() + 1 + VERSION.len() + 32;
        for (at, byte) in changes {
            let place = first + at % (forged.len() - first);
            forged[place] = *byte;
        }
        forged.truncate(first + keep.min(forged.len() - first));
        forged.extend(seal(&scanner.plan, &forged));
        forged
    }

    /// Imports a state, and where that is taken, goes on with it to the end.
    fn survive(scanner: &Scanner, state: &[u8], rest: &[u8]) -> bool {
        let mut imported = Err(StateErrorKind::Damaged.into());
        let taken = measure(|| imported = scanner.import(state));
        // A finding takes some 200 bytes in memory and 12 at the least in a state; lists grow by doubling.
        let most = 64 * state.len() as u64 + (256 << 10);
        assert!(taken.bytes_max <= most, "{} bytes for {}", taken.bytes_max, state.len());
        let Ok(mut session) = imported else { return false };
        for chunk in rest.chunks(9000) {
            session.push(chunk).unwrap();
        }
        session.export().unwrap();
        drop(session.finish().unwrap());
        true
    }

    #[test]
    fn a_state_cut_anywhere_is_refused_though_its_seal_fits() {
        let scanner = scanner();
        for wide in [false, true] {
            let payload = payload(wide);
            let state = state(&scanner, &payload[..9001]);
            let whole = state.len() - SEAL - MAGIC.len() - 1 - VERSION.len() - 32;
            for keep in (0..whole).step_by(STEP).chain(whole - 200..whole) {
                let forged = forged(&scanner, &state, &[], keep);
                assert!(scanner.import(&forged).is_err(), "{keep} of {}", state.len());
            }
            assert!(survive(
                &scanner,
                &forged(&scanner, &state, &[], usize::MAX),
                &payload[9001..]
            ));
        }
    }

    #[test]
    fn any_byte_of_a_state_may_be_anything_though_its_seal_fits() {
        let scanner = scanner();
        let mut taken = 0;
        for wide in [false, true] {
            let payload = payload(wide);
            let state = state(&scanner, &payload[..5000]);
            let rest = &payload[5000..12_000];
            for at in (0..state.len()).step_by(STEP) {
                let byte = [0, 1, 0x7f, 0x80, 0xff][at % 5];
                let forged = forged(&scanner, &state, &[(at, byte)], usize::MAX);
                taken += usize::from(survive(&scanner, &forged, &rest[..at % 37]));
            }
            taken += usize::from(survive(&scanner, &state, rest));
        }
        // Bytes of the payload may be any; numbers are bound to each other.
        assert!(taken > 50, "{taken}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

        #[test]
        fn no_state_makes_a_session_panic_or_takes_more_memory_than_it_is_long(
            changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 0..6),
            keep in prop_oneof![3 => Just(usize::MAX), 1 => any::<usize>().prop_map(|keep| keep % 9000)],
            (length, wide) in (0..14_000usize, any::<bool>()),
        ) {
            let scanner = scanner_once();
            let payload = payload(wide);
            let state = state(scanner, &payload[..length]);
            survive(scanner, &forged(scanner, &state, &changes, keep), &payload[length..]);
        }

        #[test]
        fn anything_behind_a_beginning_is_refused_or_survived(
            bytes in proptest::collection::vec(any::<u8>(), 0..400),
        ) {
            let scanner = scanner_once();
            let state = state(scanner, b"");
            let first = MAGIC.len() + 1 + VERSION.len() + 32;
            let mut made = state[..first].to_vec();
            made.extend(bytes);
            made.extend(seal(&scanner.plan, &made));
            survive(scanner, &made, b"card 4111 1111 1111 1111");
        }
    }

    fn scanner_once() -> &'static Scanner {
        static SCANNER: std::sync::LazyLock<Scanner> = std::sync::LazyLock::new(scanner);
        &SCANNER
    }
}
