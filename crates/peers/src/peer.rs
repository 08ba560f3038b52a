//! What an engine is to this program.

use crate::ids::Tally;

/// An engine with a task.
pub trait Peer {
    /// Returns what the engine is and what it is asked to do.
    fn row(&self) -> &Row;

    /// Gets a payload ready, which is not timed, and returns how many bytes a scan of it goes over.
    fn prepare(&mut self, payload: &[u8]) -> usize {
        payload.len()
    }

    /// Does the task once. This is what is timed.
    ///
    /// # Errors
    ///
    /// Says what the engine says.
    fn scan(&mut self, payload: &[u8]) -> Result<Tally, String>;
}

/// What an engine is, and what it is asked to do.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The engine's name.
    pub engine: &'static str,
    /// Its version.
    pub version: String,
    /// The task's name.
    pub task: &'static str,
    /// How the engine goes about it.
    pub mode: &'static str,
    /// The instructions that it uses, where it can be told to.
    pub backend: Option<String>,
    /// The task in words.
    pub asked: String,
    /// What its counts have to agree with.
    pub counts: Counts,
}

/// Which counts of an engine are comparable with others'.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How it counts identifiers.
    pub ids: Ids,
    /// How it counts terms.
    pub terms: Terms,
}

/// How an engine counts identifiers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ids {
    /// It is not asked for these, or by definitions of its own.
    #[default]
    Own,
    /// Every end of every pattern.
    AllEnds,
    /// Each pattern for itself, from the end of its last match on.
    EachAlone,
    /// One pattern at a place, the first that fits, and nothing that overlaps it.
    OneAtATime,
    /// Numbers in groups of digits.
    Groups,
}

/// How an engine counts terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Terms {
    /// It is not asked for these, or by definitions of its own.
    #[default]
    Own,
    /// Each term wherever it stands.
    All,
    /// The longest term at a place, and nothing that overlaps it.
    Longest,
}

impl Row {
    /// Returns the row's name: engine, task, mode and backend.
    pub fn name(&self) -> String {
        let parts = [Some(self.engine), Some(self.task), Some(self.mode), self.backend.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join("/")
    }
}
