//! What it costs to read bytes at all: the yardstick of every other row.

use memmap2::MmapMut;

use crate::ids::Tally;
use crate::peer::{Peer, Row};

/// Words of eight bytes that are added up side by side. Eight registers of two words are what the
/// instructions that every x86-64 has can hold, and enough to wait for memory and not for additions.
const LANES: usize = 16;

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
        std::hint::black_box(sum(self.memory.as_deref().unwrap_or(payload)));
        Ok(Tally::default())
    }
}

fn row(mode: &'static str, asked: String) -> Row {
    let version = env!("CARGO_PKG_VERSION").to_owned();
    Row { engine: "read", version, task: "read", mode, asked, ..Row::default() }
}

/// Returns the sum of the words of eight bytes, and of the bytes behind the last block of them.
fn sum(payload: &[u8]) -> u64 {
    let (words, tail) = payload.as_chunks::<8>();
    let (blocks, words) = words.as_chunks::<LANES>();
    let mut lanes = [0u64; LANES];
    for block in blocks {
        for (lane, word) in lanes.iter_mut().zip(block) {
            *lane = lane.wrapping_add(u64::from_le_bytes(*word));
        }
    }
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let rest = words.chain(tail.iter().map(|byte| u64::from(*byte)));
    lanes.into_iter().chain(rest).fold(0, u64::wrapping_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_read() {
        let mut payload = vec![0u8; 8 * LANES * 2 + 8 + 3];
        assert_eq!(sum(&payload), 0);
        for at in 0..payload.len() {
            payload[at] = 1;
            assert_ne!(sum(&payload), 0, "byte {at}");
            payload[at] = 0;
        }
        let words: Vec<u8> = (1..=1000u64).flat_map(u64::to_le_bytes).collect();
        assert_eq!(sum(&words), 500_500);
    }

    #[test]
    fn memory_is_filled_with_the_payload() {
        let mut reading = Reading::of_memory(10).unwrap();
        assert_eq!(reading.prepare(b"abc"), 10);
        assert_eq!(reading.memory.as_deref(), Some(b"abcabcabca".as_slice()));
        assert_eq!(Reading::in_place().prepare(b"abc"), 3);
    }
}
