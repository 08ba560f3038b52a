//! The example uploads: exact findings, and the verdict under each built-in policy.
