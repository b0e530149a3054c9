//! Files that import each other, over the paths that begin with `crate::`, `super::` and names of child modules.

use super::{Source, sources};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The largest circle there may be: a parent with its children, or types of the graph of one audience.
const LARGEST: usize = 16;

type Module = Vec<String>;

/// The modules of the library by path, each with its file.
fn modules(files: &[Source]) -> BTreeMap<Module, &Source> {
    let module = |source: &Source| -> Option<Module> {
        let path = source.path.strip_suffix(".rs").filter(|_| !source.path.starts_with("crates/"))?;
        let path = path.strip_suffix("/mod").unwrap_or(path);
        Some(path.split('/').map(str::to_owned).collect())
    };
    files.iter().filter_map(|source| Some((module(source)?, source))).collect()
}

/// Every path of a tree of imports: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn leaves(tree: &str, before: &[String], found: &mut Vec<Module>) {
    let mut depth = 0_u32;
    let mut parts = vec![String::new()];
    for c in tree.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => (),
        }
        parts.last_mut().expect("never empty").push(c);
    }
    for part in parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
        let (path, inner) = part.split_once('{').map_or((part, None), |(path, inner)| (path, Some(inner)));
        let path = path.split(" as ").next().unwrap_or_default();
        let names = path.split("::").map(str::trim).filter(|name| !name.is_empty());
        let whole: Module = before.iter().cloned().chain(names.map(str::to_owned)).collect();
        match inner {
            Some(inner) => leaves(inner.trim_end().trim_end_matches('}'), &whole, found),
            None => found.push(whole),
        }
    }
}

/// A path as it is written in a module, from the root of the library; nothing for other crates.
fn absolute(own: &Module, path: &Module, known: &BTreeMap<Module, &Source>) -> Option<Module> {
    let child = || own.iter().chain(path).cloned().collect::<Module>();
    match path.first()?.as_str() {
        "crate" => Some(path.iter().skip(1).cloned().collect()),
        "self" => Some(own.iter().chain(path.iter().skip(1)).cloned().collect()),
        "super" => {
            let ups = path.iter().take_while(|name| *name == "super").count();
            let above = own.iter().take(own.len().saturating_sub(ups));
            Some(above.chain(path.iter().skip(ups)).cloned().collect())
        }
        name => {
            let module: Module = own.iter().cloned().chain([name.to_owned()]).collect();
            known.contains_key(&module).then(child)
        }
    }
}

/// The modules that each module names.
fn edges(known: &BTreeMap<Module, &Source>) -> BTreeMap<Module, BTreeSet<Module>> {
    let named = |own: &Module, source: &Source| {
        let mut paths = Vec::new();
        for tree in source.after("use ").filter_map(|rest| rest.split(';').next()) {
            leaves(tree, &[], &mut paths);
        }
        // `pub(in crate::import)` says who may see an item; it names nothing that the file needs.
        let visibility = |at: usize| source.code[..at].ends_with("(in ");
        let written = source.code.match_indices("crate::").filter(|(at, _)| !visibility(*at));
        for path in written.map(|(at, word)| &source.code[at + word.len()..]) {
            let path = path
                .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
                .next()
                .unwrap_or_default();
            leaves(path, &["crate".to_owned()], &mut paths);
        }
        let longest = |path: Module| {
            (1..=path.len()).rev().map(|length| path[..length].to_vec()).find(|path| known.contains_key(path))
        };
        let targets = paths.iter().filter_map(|path| absolute(own, path, known)).filter_map(longest);
        targets.filter(|target| target != own).collect()
    };
    known.iter().map(|(own, source)| (own.clone(), named(own, source))).collect()
}

/// The modules that can be reached from a module.
fn reachable(from: &Module, edges: &BTreeMap<Module, BTreeSet<Module>>) -> HashSet<Module> {
    let mut found = HashSet::new();
    let mut next: Vec<&Module> = edges.get(from).into_iter().flatten().collect();
    while let Some(module) = next.pop() {
        if found.insert(module.clone()) {
            next.extend(edges.get(module).into_iter().flatten());
        }
    }
    found
}

#[test]
fn no_large_circle_of_files() {
    let files = sources();
    let known = modules(&files);
    let edges = edges(&known);
    let reached: BTreeMap<&Module, HashSet<Module>> =
        known.keys().map(|module| (module, reachable(module, &edges))).collect();
    let circle = |module: &Module| -> Vec<String> {
        let back = |other: &&Module| reached[module].contains(*other) && reached[*other].contains(module);
        known.keys().filter(back).map(|path| path.join("::")).collect()
    };
    let largest = known.keys().map(circle).max_by_key(Vec::len).unwrap_or_default();
    assert!(largest.len() > 1, "a parent that re-exports a child is a circle: the imports were not read");
    assert!(largest.len() <= LARGEST, "{} files import each other: {}", largest.len(), largest.join(" "));
}
