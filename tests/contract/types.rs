//! What types can promise: checked by the compiler, read off here.

use std::marker::PhantomData;

use portcullis::{Pass, Policy, Report, ScanError, Scanner, Session, Verdict, policy::Action};

/// Asks whether a type implements a trait: the inherent method, which needs the trait, is preferred
/// to that of the trait `Absent`, which needs nothing.
struct Probe<T>(PhantomData<T>);

trait Absent {
    fn has_default(&self) -> bool {
        false
    }
    fn has_clone(&self) -> bool {
        false
    }
    fn is_collection(&self) -> bool {
        false
    }
}

impl<T> Absent for Probe<T> {}

impl<T: Default> Probe<T> {
    fn has_default(&self) -> bool {
        true
    }
}

impl<T: Clone> Probe<T> {
    fn has_clone(&self) -> bool {
        true
    }
}

impl<T: IntoIterator> Probe<T> {
    fn is_collection(&self) -> bool {
        true
    }
}

macro_rules! probe {
    ($type:ty) => {
        Probe::<$type>(PhantomData)
    };
}

#[test]
fn the_probe_tells_what_is_there() {
    let vec = probe!(Vec<u8>);
    assert!(vec.has_default() && vec.has_clone() && vec.is_collection());
    let error = probe!(std::io::Error);
    assert!(!error.has_default() && !error.has_clone() && !error.is_collection());
}

#[test]
fn a_failed_scan_cannot_be_written_as_a_clean_one() {
    assert!(!probe!(Report).has_default());
    assert!(!probe!(Verdict<'static>).has_default());
    assert!(!probe!(Action).has_default());
    assert!(!probe!(Result<Report, ScanError>).has_default());
    assert!(!probe!(Report).is_collection());
    assert!(!probe!(&'static Report).is_collection());
}

#[test]
fn a_pass_is_made_by_a_scan_and_used_once() {
    assert!(!probe!(Pass).has_default());
    assert!(!probe!(Pass).has_clone());
    // A copy of the report would be a copy of the pass within.
    assert!(!probe!(Report).has_clone());
}

#[test]
fn only_a_finished_session_has_a_report() {
    let _finish: fn(Session) -> Result<Report, ScanError> = Session::finish;
    let _push: fn(&mut Session, &'static [u8]) -> Result<Action, ScanError> = Session::push;
    assert!(!probe!(Session).has_clone());
    assert!(!probe!(Session).has_default());
}

#[test]
fn threads_share_a_scanner_and_take_sessions() {
    fn is_shared<T: Send + Sync + Clone + 'static>() {}
    fn is_sent<T: Send + 'static>() {}
    is_shared::<Scanner>();
    is_shared::<Policy>();
    is_sent::<Session>();
    is_sent::<Report>();
    is_sent::<ScanError>();
}

#[test]
fn a_function_can_ask_for_a_pass() {
    fn store(payload: &[u8], pass: Pass) -> usize {
        assert_eq!(pass.bytes(), payload.len() as u64);
        payload.len()
    }
    let scanner = Scanner::builder().build().unwrap();
    let payload = b"nothing to see";
    let pass = scanner.scan(payload).unwrap().into_pass().unwrap();
    assert_eq!(store(payload, pass), 14);
    let refused = scanner.scan(b"card 4111111111111111").unwrap().into_pass().unwrap_err();
    assert_eq!(refused.findings().len(), 1);
}
