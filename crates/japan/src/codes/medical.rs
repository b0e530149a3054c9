//! Departments of medical facilities (診療科目).

use super::{called, cell, name_key, rows, search_keys};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A department with its official code of 医療情報ネット.
#[derive(Debug)]
pub struct MedicalDepartment {
    /// Five digits, `01001`.
    pub code: &'static str,
    /// `内科`.
    pub name: &'static str,
}

static DEPARTMENTS: LazyLock<Vec<MedicalDepartment>> = LazyLock::new(|| {
    let table = rows(include_str!("../../assets/medical-departments.tsv"));
    table.map(|r| MedicalDepartment { code: cell(&r, 0), name: cell(&r, 1) }).collect()
});

static BY_NAME: LazyLock<HashMap<String, &'static MedicalDepartment>> = LazyLock::new(|| {
    let table = rows(include_str!("../../assets/medical-departments.tsv"));
    table
        .flat_map(|r| {
            let aliases = cell(&r, 3).split(';').filter(|alias| !alias.is_empty());
            let names = std::iter::once(cell(&r, 1)).chain(aliases);
            let found = medical_department(cell(&r, 0));
            names.filter_map(|name| Some((name_key(name), found?))).collect::<Vec<_>>()
        })
        .collect()
});

static SEARCH_KEYS: LazyLock<Vec<(&'static str, Vec<String>)>> = LazyLock::new(|| {
    let table = rows(include_str!("../../assets/medical-departments.tsv"));
    table.map(|r| (cell(&r, 0), search_keys([cell(&r, 1), cell(&r, 3)]))).collect()
});

/// The codes of the departments of which a name begins with a search key.
pub fn medical_departments_called(key: &str) -> impl Iterator<Item = &'static str> {
    called(&SEARCH_KEYS, key)
}

/// All departments by code.
pub fn medical_departments() -> &'static [MedicalDepartment] {
    &DEPARTMENTS
}

/// The department with a five-digit code.
pub fn medical_department(code: &str) -> Option<&'static MedicalDepartment> {
    DEPARTMENTS.iter().find(|d| d.code == code)
}

/// The department with a published name; the 523 published spellings that
/// are no official department have none.
pub fn medical_department_named(name: &str) -> Option<&'static MedicalDepartment> {
    BY_NAME.get(&name_key(name)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_department_is_found_by_its_name() {
        assert_eq!(medical_department_named("内科").map(|d| d.code), Some("01001"));
        assert_eq!(medical_department_named("なんでも科").map(|d| d.code), None);
    }

    #[test]
    fn a_department_is_searched_by_the_beginning_of_its_name() {
        let codes = |key| medical_departments_called(key).collect::<Vec<_>>();
        assert!(codes("内科").contains(&"01001"));
        assert_eq!(codes("血液内科"), ["01005"]);
        assert!(codes("科").is_empty());
    }
}
