//! Which files run statements, by their imports from sea-orm.

use super::{Source, only_listed, sources};
use std::collections::HashSet;

/// Imports from sea-orm that run statements or change them; conditions for the statements of others need none
/// of them.
const STATEMENTS: &[&str] = &[
    "ActiveModelTrait",
    "ConnectionTrait",
    "EntityTrait",
    "PaginatorTrait",
    "QueryFilter",
    "QueryOrder",
    "QuerySelect",
    "QueryTrait",
    "Statement",
];
/// Imports from async-graphql that declare types or fields of the graph.
const GRAPH: &[&str] = &[
    "ComplexObject",
    "Enum",
    "InputObject",
    "Interface",
    "MergedObject",
    "Object",
    "OneofObject",
    "SimpleObject",
    "Union",
];

/// Files that do both, each for the types it declares itself.
const BOTH: &[(&str, &str)] =
    &[("resources/provenance.rs", "two loaders of three lines each, beside the types they load")];

/// Domains from the bottom up: a file that runs statements names only those before its own.
const DOMAINS: &[&str] = &[
    "auth",
    "picture",
    "audit",
    "accounts",
    "api_tokens",
    "districts",
    "organizations",
    "schedules",
    "local",
    "resources",
    "search_index",
    "consents",
    "withheld",
    "care",
    "medical",
    "liaison",
    "vacancies",
    "acceptances",
    "desks",
    "coordinators",
    "graph",
    "import",
    "commands",
];
/// Domains that know nothing of each other, though one stands before the other above.
const SIDE_BY_SIDE: &[&str] = &["care", "medical", "desks", "coordinators"];
/// Folders and files outside of the domains, on which all domains depend.
const FOUNDATION: &[&str] = &["database", "context.rs", "error.rs", "pagination.rs", "id.rs"];

/// The names that a file imports from a crate.
fn imports<'s>(source: &'s Source, from: &'s str) -> HashSet<&'s str> {
    let lists = source.after(from).filter_map(|rest| rest.split(';').next());
    lists.flat_map(|list| list.split(|c: char| !(c.is_alphanumeric() || c == '_'))).collect()
}

fn runs_statements(source: &Source) -> bool {
    let imported = imports(source, "use sea_orm::");
    STATEMENTS.iter().any(|name| imported.contains(name))
}

#[test]
fn a_file_declares_the_graph_or_runs_statements() {
    let declares = |source: &Source| {
        let imported = imports(source, "use async_graphql::");
        GRAPH.iter().any(|name| imported.contains(name))
    };
    let both = |source: &&Source| declares(source) && runs_statements(source);
    let found: Vec<String> = sources().iter().filter(both).map(|source| source.path.clone()).collect();
    only_listed(
        "a type of the graph in a file that runs statements:",
        &found,
        BOTH.iter().map(|(path, _)| *path),
    );
}

#[test]
fn what_runs_statements_points_only_downward() {
    let mut wrong = Vec::new();
    for source in
        sources().iter().filter(|source| !source.path.starts_with("crates/") && runs_statements(source))
    {
        let own = source.path.split('/').next().unwrap_or_default();
        let module = own.strip_suffix(".rs").unwrap_or(own);
        let height = match DOMAINS.iter().position(|domain| *domain == module) {
            Some(height) => height,
            None if FOUNDATION.contains(&own) => 0,
            None => {
                wrong.push(format!("{} is of a domain that DOMAINS does not list", source.path));
                continue;
            }
        };
        for (other, domain) in DOMAINS.iter().enumerate().filter(|(_, domain)| **domain != module) {
            let level = SIDE_BY_SIDE.contains(&own) && SIDE_BY_SIDE.contains(domain);
            let is_above = other > height && !(FOUNDATION.contains(&own) && *domain == "auth");
            if (is_above || level) && source.names(&format!("crate::{domain}")) {
                wrong.push(format!("{} -> {domain}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "files that run statements and do not point downward:\n{}", wrong.join("\n"));
}
