//! Rules for every file.

use super::{files_below, only_listed, sources};
use std::fmt::Write;

const MOST_LINES: usize = 400;

/// Code that ends the program or was never finished.
const PANICS: &[&str] = &[".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!("];
/// Files that may hold one of them.
const MAY_PANIC: &[(&str, &str)] = &[(
    "crates/japan/src/clock.rs",
    "a constant: if it could not be made, the compiler would stop, not the program",
)];

#[test]
fn every_file_opens_with_what_it_is_and_is_short() {
    let mut wrong = String::new();
    for (path, text) in ["src", "crates", "entity", "migration", "tests"].into_iter().flat_map(files_below) {
        if !text.starts_with("//! ") {
            let _ = writeln!(wrong, "{path} does not begin with //! and what lives there");
        }
        let lines = text.lines().count();
        if lines > MOST_LINES {
            let _ = writeln!(wrong, "{path} has {lines} lines; split it by what it is about");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn tests_stand_at_the_end_of_their_file() {
    for source in sources() {
        let tests = source.text.split("#[cfg(test)]").skip(1).collect::<Vec<_>>();
        let last = tests.len() <= 1 && tests.iter().all(|rest| rest.starts_with("\nmod tests"));
        assert!(last, "{}: one `#[cfg(test)] mod tests` at the end, or these checks miss code", source.path);
    }
}

#[test]
fn the_program_does_not_panic_and_is_finished() {
    let mut found = Vec::new();
    for source in sources() {
        let words: Vec<_> = PANICS.iter().filter(|word| source.code.contains(**word)).collect();
        if !words.is_empty() {
            eprintln!("{}: {words:?}", source.path);
            found.push(source.path);
        }
    }
    let rule = "these may end the program; answer with an Error instead:";
    only_listed(rule, &found, MAY_PANIC.iter().map(|(path, _)| *path));
}
