//! What the library promises, whatever is found: no value out, fail closed, one result, linear work.

mod closed;
mod context;
mod judged;
mod linear;
mod runs;
mod types;
mod values;
mod vetoes;

use portcullis::{Policy, Report, Scanner, policy::Action};

/// A scanner under a policy of these lines, with `accept` for what no rule names.
fn scanner_under(rules: &str) -> Scanner {
    let text =
        format!("[policy]\nid = \"test/own\"\nversion = \"1\"\ndefault = \"accept\"\n{rules}");
    let policy = Policy::parse(&text, "test.toml").unwrap();
    Scanner::builder().policy(policy).build().unwrap()
}

fn action(report: &Report) -> Action {
    report.verdict().action()
}
