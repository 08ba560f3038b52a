//! What it costs to read bytes at all: the yardstick of every other row.

use std::hint::black_box;

use measure::timer;
use memmap2::MmapMut;

use crate::ids::Tally;
use crate::peer::{Peer, Row};

/// Adds up the words of a payload.
pub struct Reading {
    row: Row,
    /// The payload over and over, up to this many bytes; `None` reads the payload where it lies.
    memory: Option<MmapMut>,
}

impl Reading {
    /// Reads a buffer of so many bytes, filled with the payload, which ought to be more than the
    /// caches hold.
    ///
    /// # Errors
    ///
    /// There is not so much memory.
    pub fn of_memory(bytes: usize) -> Result<Reading, String> {
        let asked = format!(
            "add up 64-bit words of the payload repeated to {} MiB, in huge pages where there are any",
            bytes >> 20
        );
        let memory = MmapMut::map_anon(bytes).map_err(|error| format!("{bytes} bytes: {error}"))?;
        // Small pages cost a third of the speed, and are what a kernel without huge ones gives.
        #[cfg(target_os = "linux")]
        let _ = memory.advise(memmap2::Advice::HugePage);
        Ok(Reading { row: row("memory", asked), memory: Some(memory) })
    }

    /// Reads the payload where it lies, in whatever cache it is by then.
    pub fn in_place() -> Reading {
        Reading { row: row("slice", "add up the payload's 64-bit words".to_owned()), memory: None }
    }
}

impl Peer for Reading {
    fn row(&self) -> &Row {
        &self.row
    }

    fn prepare(&mut self, payload: &[u8]) -> usize {
        let Some(memory) = self.memory.as_mut().filter(|_| !payload.is_empty()) else {
            return payload.len();
        };
        for stretch in memory.chunks_mut(payload.len()) {
            stretch.copy_from_slice(payload.get(..stretch.len()).unwrap_or_default());
        }
        memory.len()
    }

    fn scan(&mut self, payload: &[u8]) -> Result<Tally, String> {
        black_box(timer::read(self.memory.as_deref().unwrap_or(payload)));
        Ok(Tally::default())
    }
}

fn row(mode: &'static str, asked: String) -> Row {
    let version = env!("CARGO_PKG_VERSION").to_owned();
    Row { engine: "read", version, task: "read", mode, asked, ..Row::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_filled_with_the_payload() {
        let mut reading = Reading::of_memory(10).unwrap();
        assert_eq!(reading.prepare(b"abc"), 10);
        assert_eq!(reading.memory.as_deref(), Some(b"abcabcabca".as_slice()));
        assert_eq!(Reading::in_place().prepare(b"abc"), 3);
    }
}
