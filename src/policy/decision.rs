//! What a policy decided, and why.

use std::fmt;
use std::sync::Arc;

use super::{Action, Obligation};
use crate::coverage::GapReason;
use crate::finding::Category;

/// The decision of a policy on one payload.
#[must_use = "a decision that nobody reads lets the payload pass"]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub(super) action: Action,
    pub(super) reasons: Vec<Reason>,
    pub(super) obligations: Option<Arc<[Obligation]>>,
}

impl Decision {
    /// Returns the strictest action of all that fired, `accept` where nothing did.
    pub fn action(&self) -> Action {
        self.action
    }

    /// Returns what fired, rules with the action `accept` included: the strictest first, then in
    /// the policy's order.
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }

    /// Returns what the policy reminds of, whatever the payload holds.
    pub fn obligations(&self) -> &[Obligation] {
        self.obligations.as_deref().unwrap_or_default()
    }
}

/// One rule that fired on one category, or one reason for which parts were not examined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub(super) rule: String,
    pub(super) cite: String,
    pub(super) category: Option<Category>,
    pub(super) gap: Option<GapReason>,
    pub(super) count: u64,
    pub(super) action: Action,
}

impl Reason {
    /// Returns the rule's name; `default` where no rule speaks about what was found, `unscannable`
    /// for parts that were not examined.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// Returns what the rule was written from; empty where the policy gives nothing.
    pub fn cite(&self) -> &str {
        &self.cite
    }

    /// Returns the category of the findings; `None` for parts that were not examined.
    pub fn category(&self) -> Option<Category> {
        self.category
    }

    /// Returns why parts were not examined; `None` for findings.
    pub fn gap(&self) -> Option<GapReason> {
        self.gap
    }

    /// Returns how many findings of the category counted for the rule, or how many parts were not
    /// examined for this reason.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Returns what the rule asks for.
    pub fn action(&self) -> Action {
        self.action
    }
}

/// `reject: 3 payment-card by pci-dss#1 (PCI DSS v4.0.1, …)`.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ", self.action, self.count)?;
        match (self.category, self.gap) {
            (Some(category), _) => write!(f, "{category} by {}", self.rule)?,
            (None, Some(gap)) => write!(f, "not examined ({gap}) by {}", self.rule)?,
            (None, None) => f.write_str(&self.rule)?,
        }
        match self.cite.is_empty() {
            true => Ok(()),
            false => write!(f, " ({})", self.cite),
        }
    }
}
