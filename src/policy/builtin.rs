//! The policies that ship, each a TOML file written from the document it names.

use super::checked::Definition;
use crate::config::Source;
use crate::error::BuildError;

/// Returns the ids of the first `count` built-in policies.
pub(super) fn ids(count: usize) -> impl Iterator<Item = &'static str> {
    BUILTINS.iter().take(count).map(|builtin| builtin.id)
}

/// Returns the built-in policy `id` where it is one of the first `count`.
pub(super) fn definition(id: &str, count: usize) -> Option<Result<Definition, BuildError>> {
    let found = BUILTINS.iter().take(count).enumerate().find(|(_, builtin)| builtin.id == id);
    found.map(|(index, builtin)| {
        let source = Source::new(&format!("builtin:{}", builtin.id), builtin.text);
        Definition::new(source, index)
    })
}

struct Builtin {
    id: &'static str,
    text: &'static str,
}

/// How many built-in policies there are.
pub(super) const COUNT: usize = BUILTINS.len();

/// In the order of `portcullis policy list`; one may extend those before it.
const BUILTINS: &[Builtin] = &[
    Builtin { id: "default", text: include_str!("builtin/default.toml") },
    Builtin {
        id: "salesforce/agentforce-operations",
        text: include_str!("builtin/salesforce-agentforce-operations.toml"),
    },
    Builtin {
        id: "heroku/common-runtime",
        text: include_str!("builtin/heroku-common-runtime.toml"),
    },
    Builtin { id: "heroku/private-space", text: include_str!("builtin/heroku-private-space.toml") },
    Builtin { id: "heroku/shield", text: include_str!("builtin/heroku-shield.toml") },
    Builtin { id: "pci-dss", text: include_str!("builtin/pci-dss.toml") },
    Builtin { id: "hipaa-safe-harbor", text: include_str!("builtin/hipaa-safe-harbor.toml") },
    Builtin { id: "gdpr-article-9", text: include_str!("builtin/gdpr-article-9.toml") },
];
