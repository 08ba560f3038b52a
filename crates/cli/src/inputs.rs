//! From the paths of the command line to payloads, in a fixed order.

use std::fs;
use std::iter;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};
use portcullis::report::Printable;

/// Something that a path led to.
#[derive(Debug)]
pub enum Found {
    Payload(Input),
    /// What is left out on purpose, and is said so.
    Skipped(String),
    /// What should have been read and cannot be.
    Unreadable(String),
}

/// A payload that is still to be read.
#[derive(Debug)]
pub struct Input {
    pub name: String,
    pub source: Source,
    /// The length as the file system tells it, 0 where it does not.
    pub bytes: u64,
}

impl Input {
    fn new(path: &Path, bytes: u64) -> Input {
        let source = if bytes == 0 { Source::Unsized } else { Source::File };
        Input { name: name(path), source: source(path.to_owned()), bytes }
    }
}

#[derive(Debug)]
pub enum Source {
    File(PathBuf),
    /// What cannot be mapped: a pipe or device named on the command line, and a file that claims
    /// to be empty, since those under `/proc` do so and are not.
    Unsized(PathBuf),
    Stdin,
}

/// Whether a path stands for standard input.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Returns what the paths lead to: each path in its place, folders whole and sorted by name.
pub fn found(paths: &[PathBuf]) -> impl Iterator<Item = Found> {
    paths.iter().flat_map(|path| at(path))
}

/// Returns the number of bytes to scan, where all paths are files and it can be known beforehand.
pub fn known_bytes(paths: &[PathBuf]) -> Option<u64> {
    paths
        .iter()
        .map(|path| fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|file| file.len()))
        .sum()
}

fn at(path: &Path) -> Box<dyn Iterator<Item = Found>> {
    if is_stdin(path) {
        return one(Found::Payload(Input { name: name(path), source: Source::Stdin, bytes: 0 }));
    }
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => return one(Found::Unreadable(unreadable(path, &error))),
    };
    if metadata.is_dir() {
        return Box::new(walk(path));
    }
    let bytes = if metadata.is_file() { metadata.len() } else { 0 };
    one(Found::Payload(Input::new(path, bytes)))
}

fn one(found: Found) -> Box<dyn Iterator<Item = Found>> {
    Box::new(iter::once(found))
}

/// Walks a folder depth first. Nothing is left out because of its name or an ignore file: what
/// hides from a listing is stored all the same.
fn walk(folder: &Path) -> impl Iterator<Item = Found> + use<> {
    WalkBuilder::new(folder)
        .standard_filters(false)
        .follow_links(false)
        .sort_by_file_name(|a, b| a.cmp(b))
        .build()
        .filter_map(|entry| match entry {
            Ok(entry) => in_folder(&entry),
            Err(error) => Some(Found::Unreadable(format!(
                "{}; make it readable and scan again",
                Printable(&error.to_string())
            ))),
        })
}

fn in_folder(entry: &DirEntry) -> Option<Found> {
    let path = entry.path();
    let Some(kind) = entry.file_type() else {
        return Some(Found::Unreadable(format!("{}: of no known kind", shown(path))));
    };
    if kind.is_dir() || (kind.is_symlink() && entry.depth() == 0) {
        return None;
    }
    if kind.is_symlink() {
        let note = format!("{}: symbolic link, not followed; name its target", shown(path));
        return Some(Found::Skipped(note));
    }
    if !kind.is_file() {
        let note = format!("{}: not a regular file; name it by itself to read it", shown(path));
        return Some(Found::Unreadable(note));
    }
    let bytes = entry.metadata().map_or(0, |metadata| metadata.len());
    Some(Found::Payload(Input::new(path, bytes)))
}

/// Returns what to say about a path that cannot be read.
pub fn unreadable(path: &Path, error: &dyn std::error::Error) -> String {
    format!("{}: {error}; not scanned: make it readable and scan again", shown(path))
}

fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn shown(path: &Path) -> String {
    Printable(&path.to_string_lossy()).to_string()
}
