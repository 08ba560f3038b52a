//! How long something takes on this thread.

use std::time::Instant;

use cpu_time::ThreadTime;

/// Seconds of the thread and of the clock on the wall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seconds {
    /// What the thread has computed for. Others on the machine add little to it.
    pub cpu: f64,
    /// What has passed.
    pub wall: f64,
}

impl Seconds {
    /// Returns the lesser of each.
    pub fn least(self, other: Seconds) -> Seconds {
        Seconds { cpu: self.cpu.min(other.cpu), wall: self.wall.min(other.wall) }
    }
}

/// Does something once and tells how long it took.
///
/// # Errors
///
/// The system does not tell the time of a thread.
pub fn time<T>(run: impl FnOnce() -> T) -> Result<(Seconds, T), String> {
    let failed = |error| format!("the thread's time: {error}");
    let begin = Instant::now();
    let thread = ThreadTime::try_now().map_err(failed)?;
    let outcome = run();
    let cpu = thread.try_elapsed().map_err(failed)?.as_secs_f64();
    Ok((Seconds { cpu, wall: begin.elapsed().as_secs_f64() }, outcome))
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn waiting_is_no_work() {
        let (waited, ()) = time(|| thread::sleep(Duration::from_millis(30))).unwrap();
        assert!(waited.wall >= 0.03 && waited.cpu < 0.03, "{waited:?}");
        let (worked, _) =
            time(|| (0..3_000_000u64).fold(0, |a, b| std::hint::black_box(a ^ b))).unwrap();
        assert!(worked.cpu > 0.0);
        let least = Seconds { cpu: 1.0, wall: 4.0 }.least(Seconds { cpu: 2.0, wall: 3.0 });
        assert_eq!(least, Seconds { cpu: 1.0, wall: 3.0 });
    }
}
