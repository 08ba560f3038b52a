//! The machine that measures, as far as it tells.

use std::fs;
use std::process::Command;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// What a figure depends on beside the code.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor's name.
    pub cpu: String,
    /// Threads that run at once.
    pub threads: usize,
    /// Operating system and architecture.
    pub system: String,
    /// The compiler's version.
    pub rustc: String,
    /// The day, in UTC.
    pub date: String,
    /// The command that measured.
    pub command: String,
}

impl Machine {
    /// Returns this machine, on this day.
    pub fn here(command: String) -> Machine {
        Machine {
            cpu: cpu().unwrap_or_else(|| "a processor that does not tell its name".into()),
            threads: thread::available_parallelism().map_or(1, |threads| threads.get()),
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            rustc: rustc(),
            date: date(),
            command,
        }
    }
}

fn cpu() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// Returns the compiler's version.
pub fn rustc() -> String {
    let output = Command::new("rustc").arg("--version").output().ok();
    let text = output.and_then(|output| String::from_utf8(output.stdout).ok());
    text.map_or("rustc of unknown version".into(), |text| text.trim().to_owned())
}

fn date() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let (year, month, day) = civil(now.as_secs() / 86_400);
    format!("{year}-{month:02}-{day:02}")
}

/// Returns year, month and day of a day since 1970, by Howard Hinnant's "chrono-compatible low-level date
/// algorithms": years begin in March, so that the leap day is a year's last.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march + 2) / 5 + 1;
    let month = if march < 10 { march + 3 } else { march - 9 };
    (era * 400 + year + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let days = [(0, (1970, 1, 1)), (11_016, (2000, 2, 29)), (20_778, (2026, 11, 21))];
        for (day, date) in days {
            assert_eq!(civil(day), date);
        }
    }

    #[test]
    fn this_machine_tells_something() {
        let machine = Machine::here("test".into());
        assert!(machine.threads > 0 && machine.rustc.starts_with("rustc "), "{machine:?}");
    }
}
