//! The dependencies between modules and the style of the code, checked on the sources as text.
//!
//! Checks of the compiler are not here: the row-level scope (`src/auth/row_scope`), what clippy forbids
//! (`clippy.toml`), the dependencies of the crates below (their `Cargo.toml`). Exceptions to a rule are in a
//! table with their reason; an exception that is gone must leave the table.

mod arrows;
mod circles;
mod storage;
mod style;

use std::fmt::Write;
use std::fs;
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Parts of paths of modules that are declared under `#[cfg(test)]`.
const TESTS_OF_THEIR_OWN: &[&str] = &["/tests/", "/tests.rs"];

/// A source file without its comments and tests.
struct Source {
    /// Below `src/`, or from the project on.
    path: String,
    /// As it is.
    text: String,
    /// The code that runs in the program.
    code: String,
}

impl Source {
    fn names(&self, word: &str) -> bool {
        let starts_anew = |at: usize| !self.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        self.code.match_indices(word).any(|(at, _)| starts_anew(at))
    }

    /// The text after each occurrence of a word.
    fn after<'s>(&'s self, word: &'s str) -> impl Iterator<Item = &'s str> {
        self.code.match_indices(word).map(|(at, _)| &self.code[at + word.len()..])
    }
}

fn sources() -> Vec<Source> {
    let is_program = |path: &str| !TESTS_OF_THEIR_OWN.iter().any(|part| path.contains(part));
    ["src", "crates"]
        .into_iter()
        .flat_map(files_below)
        .filter(|(path, _)| is_program(path))
        .map(|(path, text)| {
            let program = text.split("#[cfg(test)]").next().unwrap_or_default();
            let lines = program.lines().filter(|line| !line.trim_start().starts_with("//"));
            let code = lines.collect::<Vec<_>>().join("\n");
            Source { path: path.trim_start_matches("src/").to_owned(), text, code }
        })
        .collect()
}

/// Every Rust file below a folder of the project, with its path from there.
fn files_below(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(ROOT).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the project's folders can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("sources are text");
                let name = path.strip_prefix(ROOT).expect("below the project").display().to_string();
                files.push((name, text));
            }
        }
    }
    files.sort();
    files
}

/// Compares the exceptions that were found with the table of allowed ones.
fn only_listed<'t>(rule: &str, found: &[String], listed: impl Iterator<Item = &'t str>) {
    let listed: Vec<&str> = listed.collect();
    let mut wrong = String::new();
    for deviation in found.iter().filter(|one| !listed.contains(&one.as_str())) {
        let _ = writeln!(wrong, "  {deviation}");
    }
    for gone in listed.iter().filter(|one| !found.iter().any(|found| found == *one)) {
        let _ = writeln!(wrong, "  {gone} deviates no longer: take it out of the table");
    }
    assert!(wrong.is_empty(), "{rule}\n{wrong}");
}
