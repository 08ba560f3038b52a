//! Scratch lists that scans take in turns, so that a short payload allocates none.

use std::fmt;
use std::sync::Mutex;

use super::Scratch;

/// Scans at a time that find lists ready; further ones make their own.
const PLACES: usize = 16;

/// The scratch lists of a scanner.
///
/// # Complexity
///
/// A scan takes the first that is free: as many tries of a lock as there are scans under way, and no wait.
/// Lists keep what memory a core has filled, some hundred KiB each at the most.
#[derive(Default)]
pub(crate) struct Pool {
    places: [Mutex<Scratch>; PLACES],
}

/// Shows no list: they hold bytes of payloads.
impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pool(..)")
    }
}

impl Pool {
    /// Calls `work` with lists that nobody else has meanwhile. Those in which a scan has panicked are never
    /// handed out again.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Scratch) -> T) -> T {
        let mut free = self.places.iter().filter_map(|place| place.try_lock().ok());
        let taken = free.next();
        match taken {
            Some(mut scratch) => work(&mut scratch),
            None => work(&mut Scratch::default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_scans_than_places_have_lists_each() {
        fn nested(pool: &Pool, depth: usize, seen: &mut Vec<*const Scratch>) {
            pool.with(|scratch| {
                assert!(!seen.contains(&std::ptr::from_ref(scratch)));
                seen.push(scratch);
                if depth > 0 {
                    nested(pool, depth - 1, seen);
                }
            });
        }
        let (pool, mut seen) = (Pool::default(), Vec::new());
        nested(&pool, PLACES + 2, &mut seen);
        assert_eq!(seen.len(), PLACES + 3);
    }

    #[test]
    fn lists_show_nothing() {
        assert_eq!(format!("{:?}", Pool::default()), "Pool(..)");
    }
}
