//! A file in memory.

use std::fs::File;
use std::io;

use memmap2::Mmap;

/// Maps a file for reading. An empty file gives an empty map.
///
/// # Errors
///
/// What the operating system says; pipes and devices cannot be mapped.
pub(crate) fn read_only(file: &File) -> io::Result<Mmap> {
    // SAFETY: the map is private and read-only, and every reader of it goes through `&[u8]` by
    // volatile-free byte loads that index nothing with what they read, so a writer that changes the
    // file under us can change what is found but no memory. Truncation ends the process by SIGBUS,
    // which `Scanner::scan_file` documents: the payload then has no report at all.
    unsafe { Mmap::map(file) }
}
