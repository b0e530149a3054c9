//! Which module may name which.

use super::{Source, only_listed, sources};

/// Forbidden dependencies between modules. Those of the crates below are in their Cargo.toml.
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

#[test]
fn modules_name_only_what_lies_below_them() {
    let mut found = Vec::new();
    for source in sources() {
        let rows = NO_ARROW.iter().filter(|(from, _)| from.iter().any(|from| source.path.starts_with(from)));
        let names = rows.flat_map(|(_, to)| to.iter()).filter(|to| source.names(to));
        found.extend(names.map(|to| format!("{} -> {to}", source.path)));
    }
    only_listed("arrows that point the wrong way:", &found, std::iter::empty());
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
