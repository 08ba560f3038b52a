//! The tree held to its own rules: who may know whom, where `unsafe` lives, what every file declares.
//!
//! Each rule is a function from a text to what breaks it, tried on made-up texts as well, so that a
//! rule that has gone blind is seen.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the project: its path from the root, with `/`, and its text.
struct Source {
    path: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder, in order, but what a build has left there.
fn sources(folder: &str) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.extend(Some(path).filter(|path| !path.ends_with("target")));
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                sources.push(Source { path, text });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

/// Applies a rule to files and asserts that nothing breaks it.
fn assert_tidy(sources: &[Source], rule: impl Fn(&Source) -> Vec<String>) {
    assert!(!sources.is_empty(), "no files");
    let broken = sources.iter().flat_map(|source| {
        rule(source).into_iter().map(|what| format!("{}: {what}", source.path)).collect::<Vec<_>>()
    });
    let broken: Vec<String> = broken.collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The code of a text: without comments, texts in quotes and what only tests compile, each line in
/// its place.
fn code(text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(bare_line).collect();
    let mut at = 0;
    while at < lines.len() {
        if lines[at].trim() == "#[cfg(test)]" {
            at = blank_item(&mut lines, at);
        }
        at += 1;
    }
    lines.join("\n")
}

/// Blanks the item behind a `#[cfg(test)]` and returns its last line.
fn blank_item(lines: &mut [String], attribute: usize) -> usize {
    let mut depth = 0i32;
    for (at, line) in lines.iter_mut().enumerate().skip(attribute) {
        let line = std::mem::take(line);
        depth += line.matches('{').count() as i32 - line.matches('}').count() as i32;
        let ends = line.trim_end().ends_with(['}', ';']);
        if depth == 0 && ends && at > attribute {
            return at;
        }
    }
    lines.len()
}

/// A line without its comment and with the insides of its literals blanked.
fn bare_line(line: &str) -> String {
    let mut bare = String::new();
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '/' if chars.peek() == Some(&'/') => break,
            '"' => {
                bare.push('"');
                while let Some(inner) = chars.next() {
                    match inner {
                        '\\' => drop(chars.next()),
                        '"' => break,
                        _ => {}
                    }
                }
                bare.push('"');
            }
            '\'' => {
                bare.push('\'');
                bare.extend(char_literal(&mut chars));
            }
            _ => bare.push(c),
        }
    }
    bare
}

/// Steps over the rest of a character literal; a lifetime has none.
fn char_literal(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<char> {
    let ahead: String = chars.clone().take(12).collect();
    let close = if ahead.starts_with('\\') {
        ahead.get(2..)?.find('\'').map(|at| at + 2)
    } else {
        let first = ahead.chars().next()?.len_utf8();
        ahead.get(first..)?.starts_with('\'').then_some(first)
    };
    let inner = ahead.get(..close?)?.chars().count();
    chars.nth(inner);
    Some('\'')
}

/// Whether a file is compiled for tests only.
fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/") || path == "src/detectors/samples.rs"
}

fn library() -> Vec<Source> {
    sources("src").into_iter().filter(|source| !is_test(&source.path)).collect()
}

/// Rooms, each with the rooms and files of the crate that it may name besides itself.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("validators", &[]),
    ("config", &["error"]),
    ("custom", &["config", "error", "finding", "fingerprint", "terms", "validators"]),
    ("error", &[]),
    ("limits", &[]),
    ("fingerprint", &[]),
    ("wire", &[]),
    ("sha", &["wire"]),
    ("finding", &["error", "wire"]),
    ("coverage", &["finding"]),
    ("engine", &["error"]),
    ("detectors", &["engine", "error", "finding", "validators"]),
    ("terms", &["engine", "error", "finding"]),
    ("context", &["engine", "finding", "terms"]),
    ("extract", &["coverage", "wire"]),
    ("policy", &["config", "coverage", "error", "finding", "fingerprint", "wire"]),
    ("report", &["coverage", "finding", "policy"]),
];

/// Returns the room of a file: its folder in `src`, or its own name.
fn room(path: &str) -> Option<&str> {
    let inner = path.strip_prefix("src/")?;
    inner.split_once('/').map(|(folder, _)| folder).or_else(|| inner.strip_suffix(".rs"))
}

/// Writes the paths that climb to the crate's root as such: `super::` once for each level.
fn rooted(path: &str, code: &str) -> String {
    let inner = path.strip_prefix("src/").unwrap_or(path);
    let levels = inner.matches('/').count() + usize::from(!inner.ends_with("mod.rs"));
    code.replace(&"super::".repeat(levels), "crate::")
}

/// Returns the paths behind each `crate::`, to the first bracket or blank; those of a list one by one.
fn crate_paths(code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let tail = &code[at + "crate::".len()..];
        match tail.strip_prefix('{') {
            Some(list) => {
                let list = list.split(';').next().unwrap_or(list);
                let names = list.split([',', '{', '}']).map(str::trim);
                paths.extend(names.filter(|name| !name.is_empty()).map(str::to_owned));
            }
            None => {
                let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
                paths.push(tail.chars().take_while(|c| is_name(*c)).collect());
            }
        }
    }
    paths
}

/// What a room names that it may not.
fn forbidden(room: &str, code: &str) -> Vec<String> {
    let Some((_, allowed)) = MAY_KNOW.iter().find(|(name, _)| *name == room) else {
        return Vec::new();
    };
    let knows = |path: &str| {
        let under = |known: &str| {
            path.strip_prefix(known).is_some_and(|r| r.is_empty() || r.starts_with("::"))
        };
        under(room) || allowed.iter().any(|known| under(known))
    };
    let paths = crate_paths(code).into_iter().filter(|path| !knows(path));
    paths.map(|path| format!("`{room}` may not know `{path}`")).collect()
}

#[test]
fn rooms_know_only_those_below_them() {
    let sources = library();
    for (name, _) in MAY_KNOW {
        assert!(sources.iter().any(|s| room(&s.path) == Some(name)), "there is no room {name}");
    }
    assert_tidy(&sources, |source| {
        let code = rooted(&source.path, &code(&source.text));
        room(&source.path).map(|room| forbidden(room, &code)).unwrap_or_default()
    });
}

#[test]
fn an_arrow_upwards_is_seen() {
    let up = forbidden("engine", "use crate::detectors::Form;\nuse crate::error::BuildError;\n");
    assert_eq!(up, ["`engine` may not know `detectors::Form`"]);
    assert_eq!(forbidden("policy", "let x = crate::engine::BLOCK;").len(), 1);
    assert_eq!(forbidden("policy", "use crate::{coverage::Gap, stream};").len(), 1);
    assert_eq!(forbidden("validators", "use crate::finding::Evidence;").len(), 1);
    assert_eq!(forbidden("detectors", "use crate::policy_like;").len(), 1);
    assert_eq!(forbidden("report", "use crate::policy::{Action, Decision};").len(), 0);
    let climbing = [
        ("src/engine/mod.rs", "use super::policy;"),
        ("src/engine/seeds.rs", "use super::super::policy;"),
        ("src/engine/arch/map.rs", "use super::super::super::policy;"),
    ];
    for (path, code) in climbing {
        assert_eq!(forbidden("engine", &rooted(path, code)).len(), 1, "{path}");
    }
    let below = rooted("src/engine/arch/map.rs", "use super::super::Masks;");
    assert!(forbidden("engine", &below).is_empty());
    assert_eq!(room("src/engine/arch/map.rs"), Some("engine"));
    assert_eq!(room("src/error.rs"), Some("error"));
}

#[test]
fn a_check_reads_code_and_nothing_else() {
    let text = "use a; // crate::b\nlet s = \"crate::c\"; let q = '\"'; let l: &'a str;\n\
                #[cfg(test)]\nmod tests {\n    use crate::d;\n}\nuse crate::e;\n";
    let code = code(text);
    assert_eq!(crate_paths(&code), ["e"]);
    assert!(code.contains("let l: &'a str;"), "{code}");
    assert_eq!(code.lines().count(), text.lines().count());
}

/// The first line of an `unsafe` that stands outside of its room.
fn stray_unsafe(path: &str, code: &str) -> Vec<String> {
    let is_word = |line: &str| {
        let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.any(|word| word == "unsafe")
    };
    let in_room =
        path.starts_with("src/engine/arch/") || path == "crates/peers/src/hyperscan/ffi.rs";
    let stray = code.lines().enumerate().filter(|(_, line)| !in_room && is_word(line));
    stray.map(|(index, _)| format!("unsafe on line {}", index + 1)).collect()
}

/// The lines of an `unsafe` block with no `SAFETY` in the comment before it.
fn unexplained_unsafe(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let opens = lines.iter().enumerate().filter(|(_, line)| bare_line(line).contains("unsafe {"));
    let explained = |at: usize| {
        let above = lines[..at].iter().rev().take_while(|line| line.trim_start().starts_with("//"));
        above.into_iter().any(|line| line.contains("SAFETY:"))
    };
    opens
        .filter(|(at, _)| !explained(*at))
        .map(|(at, _)| format!("line {} lacks SAFETY", at + 1))
        .collect()
}

#[test]
fn unsafe_stays_in_its_room_and_says_why() {
    let all: Vec<Source> = ["src", "crates", "tests"].iter().flat_map(|f| sources(f)).collect();
    assert_tidy(&all, |source| stray_unsafe(&source.path, &code(&source.text)));
    assert_tidy(&all, |source| unexplained_unsafe(&source.text));
    assert_eq!(
        stray_unsafe("src/stream.rs", "fn f() {\n    unsafe { g() }\n}"),
        ["unsafe on line 2"]
    );
    assert!(stray_unsafe("src/engine/arch/x.rs", "unsafe { g() }").is_empty());
    assert_eq!(stray_unsafe("crates/peers/src/hyperscan/mod.rs", "unsafe { g() }").len(), 1);
    assert!(stray_unsafe("src/stream.rs", "let unsafe_op = 1;").is_empty());
    assert_eq!(unexplained_unsafe("// why\nunsafe { g() }"), ["line 2 lacks SAFETY"]);
    assert!(unexplained_unsafe("// SAFETY: it holds\n// here\nlet x = unsafe { g() };").is_empty());
}

/// What library code may not do: end the process, or leave work undone.
fn panics(code: &str) -> Vec<String> {
    const FORBIDDEN: &[&str] = &[
        ".unwrap()",
        ".expect(",
        "panic!(",
        "todo!(",
        "unimplemented!(",
        "unreachable!(",
        "dbg!(",
        "println!(",
        "eprintln!(",
    ];
    let lines = code.lines().enumerate();
    let found = lines.flat_map(|(index, line)| {
        let broken = FORBIDDEN.iter().filter(move |word| line.contains(**word));
        broken.map(move |word| format!("{word} on line {}", index + 1))
    });
    found.collect()
}

#[test]
fn library_code_does_not_panic_or_print() {
    assert_tidy(&library(), |source| panics(&code(&source.text)));
    assert_eq!(panics("a\nb.unwrap();"), [".unwrap() on line 2"]);
    assert_eq!(panics(&code("x.expect(\"why\"); // y.unwrap()")), [".expect( on line 1"]);
    assert!(panics("x.unwrap_or_default(); x.expected(1)").is_empty());
}

/// Tests that do not run.
fn ignored(text: &str) -> Vec<String> {
    let code = text.lines().map(bare_line).enumerate();
    let found = code.filter(|(_, line)| line.contains(concat!("#[", "ignore")));
    found.map(|(index, _)| format!("ignored test on line {}", index + 1)).collect()
}

#[test]
fn every_test_runs() {
    let all: Vec<Source> = ["src", "crates", "tests"].iter().flat_map(|f| sources(f)).collect();
    assert_tidy(&all, |source| ignored(&source.text));
    assert_eq!(ignored(concat!("#[test]\n#[", "ignore = \"slow\"]")), ["ignored test on line 2"]);
}

/// Lines of the longest file that somebody writes; generated tables may be longer.
const LONGEST_FILE: usize = 800;

fn too_long(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    let is_table = source.path.starts_with("src/detectors/tables/");
    Vec::from_iter((lines > LONGEST_FILE && !is_table).then(|| format!("{lines} lines")))
}

#[test]
fn no_file_is_too_long() {
    let all: Vec<Source> = ["src", "crates", "tests"].iter().flat_map(|f| sources(f)).collect();
    assert_tidy(&all, too_long);
    let long = |path: &str| Source { path: path.to_owned(), text: "x\n".repeat(LONGEST_FILE + 1) };
    assert_eq!(too_long(&long("src/x.rs")), ["801 lines"]);
    assert!(too_long(&long("src/detectors/tables/x.rs")).is_empty());
}

/// Returns the files that a folder declares and lacks, and those that it holds and does not declare.
fn undeclared(declaring: &str, files: &[&str]) -> Vec<String> {
    let declares = |line: &str| {
        let name = line.split("mod ").nth(1).filter(|_| {
            let before = line.split("mod ").next().unwrap_or("");
            before.is_empty() || before.starts_with("pub")
        })?;
        name.trim_end().strip_suffix(';').map(str::to_owned)
    };
    let declared: Vec<String> =
        declaring.lines().filter_map(|line| declares(bare_line(line).as_str())).collect();
    let missing = files.iter().filter(|file| !declared.iter().any(|name| name == *file));
    let absent = declared.iter().filter(|name| !files.contains(&name.as_str()));
    missing
        .map(|file| format!("{file} is not declared"))
        .chain(absent.map(|name| format!("{name} is declared and not there")))
        .collect()
}

/// Returns the modules of a folder: its files without `.rs`, and its folders.
fn modules(folder: &str, declaring: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let modules = entries.filter_map(|path| {
        let name = path.file_stem()?.to_str()?.to_owned();
        let is_module = path.is_dir() && holds_rust(&path) || path.extension()? == "rs";
        (is_module && path.file_name()? != declaring).then_some(name)
    });
    let mut modules: Vec<String> = modules.collect();
    modules.sort();
    modules.dedup();
    modules
}

fn holds_rust(folder: &Path) -> bool {
    let mut entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.any(|path| path.extension().is_some_and(|extension| extension == "rs"))
}

#[test]
fn every_file_is_declared() {
    for (folder, declaring) in [
        ("tests", "lib.rs"),
        ("src", "lib.rs"),
        ("src/custom", "mod.rs"),
        ("src/detectors", "mod.rs"),
        ("src/detectors/ca", "mod.rs"),
        ("src/detectors/tables", "mod.rs"),
        ("src/detectors/us", "mod.rs"),
        ("src/engine", "mod.rs"),
        ("src/engine/arch", "mod.rs"),
        ("src/validators", "mod.rs"),
    ] {
        let text = fs::read_to_string(root().join(folder).join(declaring)).unwrap();
        let modules = modules(folder, declaring);
        assert!(!modules.is_empty(), "{folder}");
        let names: Vec<&str> = modules.iter().map(String::as_str).collect();
        assert_eq!(undeclared(&text, &names), Vec::<String>::new(), "in {folder}/{declaring}");
    }
}

#[test]
fn an_undeclared_file_is_seen() {
    assert_eq!(undeclared("mod a;\n// mod b;\n", &["a", "b"]), ["b is not declared"]);
    assert_eq!(
        undeclared("pub(crate) mod a;\npub mod b;\n", &["a"]),
        ["b is declared and not there"]
    );
}

/// Returns the modules that hold a list of detectors which no list of files names.
fn unlisted(mod_rs: &str, holders: &[&str]) -> Vec<String> {
    let code = code(mod_rs);
    let list = code.split_once("static FILES").and_then(|(_, tail)| tail.split_once("];"));
    let list = list.map_or("", |(list, _)| list);
    let named = |module: &str| list.lines().any(|line| line.trim() == format!("{module}::ALL,"));
    let missing = holders.iter().filter(|module| !named(module));
    missing.map(|module| format!("{module}::ALL is not in FILES")).collect()
}

#[test]
fn every_list_of_detectors_is_in_the_list_of_files() {
    let files = sources("src/detectors");
    let holders =
        files.iter().filter(|source| code(&source.text).contains("static ALL: &[&Detector]"));
    let names: Vec<&str> = holders
        .filter_map(|source| source.path.strip_prefix("src/detectors/")?.strip_suffix(".rs"))
        .map(|name| name.strip_suffix("/mod").unwrap_or(name))
        .collect();
    assert!(names.len() > 15, "{names:?}");
    let text = fs::read_to_string(root().join("src/detectors/mod.rs")).unwrap();
    assert_eq!(unlisted(&text, &names), Vec::<String>::new());
    let broken = "static FILES: &[&[&Detector]] = &[\n    a::ALL,\n    // b::ALL,\n];\n";
    assert_eq!(unlisted(broken, &["a", "b"]), ["b::ALL is not in FILES"]);
}

/// Returns what the header of a generated table leaves out: that it is generated, from what, when and
/// by which command.
fn headless(text: &str) -> Vec<String> {
    let head: String = text.lines().take_while(|line| line.starts_with("//")).collect();
    let head = head.to_lowercase();
    let parts = ["generated", "source", "cargo xtask", "20"];
    let missing = parts.iter().filter(|part| !head.contains(**part));
    missing.map(|part| format!("its header lacks {part:?}")).collect()
}

#[test]
fn generated_tables_say_where_they_come_from() {
    let tables: Vec<Source> = sources("src/detectors/tables")
        .into_iter()
        .filter(|source| !source.path.ends_with("mod.rs"))
        .collect();
    assert_tidy(&tables, |source| headless(&source.text));
    assert_eq!(headless("//! A table.\nstatic X: u8 = 1;").len(), 4);
}

/// Returns what ties a text to the machine that it was written on.
fn local(text: &str) -> Vec<String> {
    let places =
        [concat!("/", "work/"), concat!("/", "tmp/"), concat!("/", "home/"), concat!("/", "root/")];
    let found = places.iter().filter(|place| text.contains(**place));
    found.map(|place| format!("names {place}")).collect()
}

#[test]
fn no_file_names_a_place_of_one_machine() {
    let all: Vec<Source> = ["src", "crates", "tests"].iter().flat_map(|f| sources(f)).collect();
    assert_tidy(&all, |source| local(&source.text));
    assert_eq!(local(concat!("see /", "home/x")).len(), 1);
}
