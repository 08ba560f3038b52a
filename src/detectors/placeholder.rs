//! What stands where a secret would stand and is none: examples, masks, variables.

/// Texts of which any within a value makes it a placeholder, in small letters.
const WITHIN: &[&str] = &[
    "xxxx",
    "****",
    "....",
    "____",
    "----",
    "changeme",
    "change_me",
    "change-me",
    "changeit",
    "your",
    "example",
    "placeholder",
    "password",
    "passwd",
    "passwort",
    "redacted",
    "dummy",
    "secret",
    "sample",
    "replace",
    "insert",
    "${",
    "{{",
    "$(",
    "%(",
    "%s",
    "getenv",
    "environ",
    "process.env",
    "undefined",
    "foobar",
    "default",
    "optional",
    "required",
    "string",
    "invalid",
    "hunter2",
];
/// Texts that make a placeholder as a whole.
const WHOLE: &[&str] = &[
    "pass", "pwd", "test", "user", "token", "null", "none", "true", "false", "todo", "nil", "xxx",
];

/// Returns whether a text stands for a secret rather than being one.
///
/// # Complexity
///
/// Linear in the text, which is as long as a span at the most.
pub(super) fn is_placeholder(text: &[u8]) -> bool {
    let small = text.to_ascii_lowercase();
    let holds = |part: &&str| small.windows(part.len()).any(|window| window == part.as_bytes());
    let is_name =
        text.first().is_some_and(|first| matches!(first, b'$' | b'%' | b'<' | b'{' | b'*'));
    is_name || WHOLE.iter().any(|word| word.as_bytes() == small) || WITHIN.iter().any(holds)
}

/// Returns whether a text is made of names joined by points, as code reads a setting: `config.db.pass`.
pub(super) fn is_path(text: &[u8]) -> bool {
    let is_name = |part: &[u8]| {
        let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        part.first().is_some_and(u8::is_ascii_alphabetic) && part.iter().all(word)
    };
    text.contains(&b'.') && text.split(|byte| *byte == b'.').all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_and_secrets() {
        for text in [
            "changeme",
            "${DB_PASS}",
            "<password>",
            "XXXXXXXX",
            "*****",
            "your-api-key",
            "Pass",
            "%s",
        ] {
            assert!(is_placeholder(text.as_bytes()), "{text}");
        }
        for text in ["Tr0ub4dor", "correct-horse-9", "s3cr3tpw", "Passau1984"] {
            assert!(!is_placeholder(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn paths_of_names() {
        assert!(is_path(b"settings.DB_2.key") && is_path(b"self.pw1"));
        assert!(!is_path(b"hunter9") && !is_path(b"9x.y") && !is_path(b"a..b"));
    }
}
