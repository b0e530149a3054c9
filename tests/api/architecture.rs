//! The arrows between modules and the house style, read from the sources as text.
//!
//! What deviates stands in a table with its reason; a deviation that is gone must leave the table.

use std::fmt::Write;
use std::fs;
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const MOST_LINES: usize = 400;

/// Where `sea_orm` may be named: beginnings and endings of paths below `src/`.
const DATABASE_FOLDERS: &[&str] = &["import/", "database/", "commands/", "auth/policy"];
const DATABASE_FILES: &[&str] =
    &["resources/filter.rs", "resources/search.rs", "resources/map.rs", "pagination.rs", "context.rs"];

/// Files beyond those that name `sea_orm` all the same.
const NAMES_SEA_ORM: &[(&str, &str)] = &[
    ("auth/authenticate.rs", "asks whether a token was taken back, before there is a viewer"),
    ("auth/refusal.rs", "turns DbErr into a refusal, which is how database text stays inside"),
    ("auth/conditions.rs", "what the policy decides, as conditions of statements"),
    ("auth/own.rs", "asks whom a token stands for, before there is a viewer"),
    ("auth/refusal.rs", "a database that fails is one of the reasons why a token is not taken"),
    ("auth/standing.rs", "asks what the codes of a token mean, before there is a viewer"),
    ("id.rs", "lists the kinds of resources by the enum they are stored as"),
    ("error.rs", "turns DbErr into Internal, which is how database text stays inside"),
    ("resources/contacts.rs", "storage of resources is split by subject: the loader of contacts"),
    ("resources/managed.rs", "storage of resources is split by subject: what a mutation may change"),
    ("withheld/stored.rs", "storage of withheld text is split by subject: the texts of a resource"),
    ("withheld/texts.rs", "the reason of a held text is compared as it is stored"),
    ("resources/calendar.rs", "storage of resources is split by subject: schedules in order of time"),
    ("resources/open_filter.rs", "storage of resources is split by subject: openAt and openOn as conditions"),
    ("resources/order.rs", "storage of resources is split by subject: orders as SQL"),
    ("resources/provenance.rs", "storage of resources is split by subject: loaders of codes and sources"),
    ("resources/queries.rs", "hands the connection on to the stores that `node` asks"),
    ("resources/row.rs", "storage of resources is split by subject: which columns are read"),
    ("resources/facets.rs", "names the columns that are counted"),
    ("resources/spread.rs", "storage of resources is split by subject: counts by group and map cell"),
    ("auth/row_scope/mod.rs", "the four ways to read rows"),
    ("auth/row_scope/tables.rs", "which rows of which table a viewer may read"),
    ("resources/service_area.rs", "storage of resources is split by subject: the loader of districts"),
    ("care/queries.rs", "adds conditions on services to the filter of resources"),
    ("medical/queries.rs", "adds conditions on departments and beds to the filter of resources"),
];

/// Domains from the bottom up: a store names only those before it.
const DOMAINS: &[&str] = &[
    "audit",
    "accounts",
    "api_tokens",
    "districts",
    "organizations",
    "schedules",
    "local",
    "resources",
    "consents",
    "withheld",
    "care",
    "medical",
    "liaison",
    "vacancies",
    "acceptances",
    "desks",
    "coordinators",
];
/// Domains that know nothing of each other, though one stands before the other above.
const SIDE_BY_SIDE: &[&str] = &["care", "medical", "desks", "coordinators"];

/// Files that call a function of a neighbour's store; everybody else loads by its keys.
const CALLS_A_NEIGHBOURS_STORE: &[(&str, &str)] = &[
    ("resources/map.rs", "asks, downward, which municipalities have an outline in the box of a map"),
    ("resources/queries.rs", "`node` and `nodes` find things of every type by public id"),
    ("resources/filter.rs", "conditions on the words of local kinds"),
    ("resources/open_filter.rs", "conditions on the rules of schedules"),
    ("resources/calendar.rs", "the rules that places follow"),
    ("liaison/reach/store.rs", "the rules that the hours of a clinic follow"),
    ("schedules/queries.rs", "the calendar is a list of resources in order of time"),
    ("gatherings/mod.rs", "the facts of a local kind, through the loaders"),
    ("gatherings/queries.rs", "conditions on what a visit costs"),
    ("mutual_aid/mod.rs", "the facts of a local kind, through the loaders"),
    ("mutual_aid/queries.rs", "conditions on what help costs"),
    ("private_services/mod.rs", "the facts of a local kind, through the loaders"),
    ("desks/mod.rs", "the facts of a local kind, through the loaders"),
    ("desks/store.rs", "conditions on the words of local kinds"),
    ("desks/fallback.rs", "asks, downward, which municipality is around a place"),
    ("acceptances/queries.rs", "asks, downward, for the latest reports of all it chooses among"),
    ("commands/account.rs", "does what the mutations do, for whoever runs the server"),
    ("commands/keys.rs", "asks whether other instances have signed already"),
    ("commands/token.rs", "does what the mutations do, for whoever runs the server"),
    ("import/derive/children.rs", "the key of a rule; withheld texts are written beside the rest"),
    ("import/derive/facilities.rs", "the ledger and released texts decide what is written"),
    ("import/demo/consents.rs", "the ledger of the demo city"),
    ("consents/mutations.rs", "a withdrawal hides texts too, in its own transaction"),
];

/// Who must not name whom. What the crates below may name stands in their Cargo.toml.
const NO_ARROW: &[(&[&str], &[&str])] = &[
    (&["crates/japan/src/text/"], &["crate::"]),
    (&["crates/japan/src/values/"], &["crate::codes"]),
    (&["auth/"], &["async_graphql", "actix_web", "crate::database", "crate::context"]),
    (&["database/", "error.rs", "pagination.rs", "id.rs"], &["crate::resources", "crate::server"]),
    (&["districts/", "organizations/", "resources/", "care/", "medical/", "context.rs"], OUTER),
    (
        &[
            "schedules/",
            "local/",
            "gatherings/",
            "mutual_aid/",
            "private_services/",
            "desks/",
            "coordinators/",
            "consents/",
            "withheld/",
            "vacancies/",
            "acceptances/",
            "restricted.rs",
        ],
        OUTER,
    ),
    (&["import/"], &["async_graphql", "actix_web", "crate::server", "crate::schema", "crate::commands"]),
    (&["accounts/", "api_tokens/", "viewer.rs"], OUTER),
    (&["server/"], &["crate::import", "crate::commands"]),
    (&["schema.rs"], &["crate::server", "crate::import", "crate::commands", "sea_orm"]),
];
const OUTER: &[&str] = &["actix_web", "crate::server", "crate::schema", "crate::import", "crate::commands"];

/// Arrows of the table above that exist all the same.
const ARROWS_ALL_THE_SAME: &[(&str, &str, &str)] = &[];

/// What ends the program or was never finished.
const PANICS: &[&str] = &[".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!("];
/// Files that may hold one of them.
const MAY_PANIC: &[(&str, &str)] = &[(
    "crates/japan/src/clock.rs",
    "a constant: if it could not be made, the compiler would stop, not the program",
)];

/// Parts of paths of modules that are declared under `#[cfg(test)]`.
const TESTS_OF_THEIR_OWN: &[&str] = &["/tests/", "/tests.rs"];

/// A source file without its comments and tests.
struct Source {
    /// Below `src/`, or from the project on.
    path: String,
    /// As it is.
    text: String,
    /// What runs in the program.
    code: String,
}

impl Source {
    fn names(&self, word: &str) -> bool {
        let starts_anew = |at: usize| !self.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        self.code.match_indices(word).any(|(at, _)| starts_anew(at))
    }

    /// What follows a word in each place where it stands.
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

/// Compares what deviates with the table of what may.
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

#[test]
fn sea_orm_is_named_only_where_data_is_stored() {
    let may = |path: &str| {
        path.ends_with("/store.rs")
            || DATABASE_FILES.contains(&path)
            || DATABASE_FOLDERS.iter().any(|folder| path.starts_with(folder))
    };
    let found: Vec<String> =
        sources().into_iter().filter(|s| s.names("sea_orm") && !may(&s.path)).map(|s| s.path).collect();
    let rule = "sea_orm is named outside of stores:";
    only_listed(rule, &found, NAMES_SEA_ORM.iter().map(|(path, _)| *path));
}

#[test]
fn the_result_that_publishes_every_cause_is_not_used() {
    let imports = |source: &Source| {
        let lists = source.after("use async_graphql::{").filter_map(|rest| rest.split("};").next());
        lists.flat_map(|list| list.split([',', '{', '}'])).any(|name| name.trim() == "Result")
    };
    let uses = |source: &&Source| source.names("async_graphql::Result") || imports(source);
    let found: Vec<String> = sources().iter().filter(uses).map(|source| source.path.clone()).collect();
    let rule = "async_graphql::Result publishes whatever can be displayed; use crate::error::Result:";
    only_listed(rule, &found, std::iter::empty());
}

#[test]
fn the_policy_is_pure() {
    const IMPURE: [&str; 9] = [
        "async ",
        ".await",
        "async_graphql",
        "EntityTrait",
        "ConnectionTrait",
        "DatabaseConnection",
        "Select<",
        "std::fs",
        "Utc::now",
    ];
    for source in sources().iter().filter(|source| source.path.starts_with("auth/policy")) {
        let found: Vec<_> = IMPURE.iter().filter(|word| source.names(word)).collect();
        assert!(found.is_empty(), "{} decides, it does not look things up: {found:?}", source.path);
    }
}

#[test]
fn modules_name_only_what_lies_below_them() {
    let mut found = Vec::new();
    for source in sources() {
        let rows = NO_ARROW.iter().filter(|(from, _)| from.iter().any(|from| source.path.starts_with(from)));
        let names = rows.flat_map(|(_, to)| to.iter()).filter(|to| source.names(to));
        found.extend(names.map(|to| format!("{} -> {to}", source.path)));
    }
    let listed: Vec<String> =
        ARROWS_ALL_THE_SAME.iter().map(|(from, to, _)| format!("{from} -> {to}")).collect();
    only_listed("arrows that point the wrong way:", &found, listed.iter().map(String::as_str));
}

#[test]
fn stores_point_only_downward() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| source.path.ends_with("/store.rs")) {
        let Some((own, _)) = source.path.split_once('/') else { continue };
        let Some(height) = DOMAINS.iter().position(|domain| *domain == own) else {
            wrong.push(format!("{} is of a domain that DOMAINS does not list", source.path));
            continue;
        };
        for (other, domain) in DOMAINS.iter().enumerate().filter(|(other, _)| *other != height) {
            let level = SIDE_BY_SIDE.contains(&own) && SIDE_BY_SIDE.contains(domain);
            if (other > height || level) && source.names(&format!("crate::{domain}")) {
                wrong.push(format!("{} -> {domain}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "stores that do not point downward:\n{}", wrong.join("\n"));
}

#[test]
fn a_neighbours_store_is_reached_by_its_keys() {
    let mut found = Vec::new();
    for source in sources() {
        let own = source.path.split_once('/').map_or("", |(folder, _)| folder);
        for domain in DOMAINS.iter().filter(|domain| **domain != own) {
            if source.after(&format!("{domain}::store")).any(|rest| !names_only_keys(rest)) {
                found.push(source.path.clone());
            }
        }
    }
    found.dedup();
    let rule = "functions of a neighbour's store are called; go through the request's loaders:";
    only_listed(rule, &found, CALLS_A_NEIGHBOURS_STORE.iter().map(|(path, _)| *path));
}

/// Whether what follows `store` is `::SomethingKey`, `::SomethingsOf` or a list of such in braces.
fn names_only_keys(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix("::") else { return false };
    let list = match rest.strip_prefix('{') {
        Some(list) => list.split('}').next().unwrap_or_default(),
        None => rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default(),
    };
    let mut names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.all(|name| name.ends_with("Key") || name.ends_with("Of"))
}

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
