//! Root fields about medical facilities.

use super::{InstitutionType, MedicalDepartment, MedicalFacility};
use crate::error::{Error, Result};
use crate::graph::list_field::list_field;
use crate::picture::Criterion;
use crate::resources::filter::given;
use crate::terms::Labelled;
use async_graphql::InputObject;
use entity::enums::ResourceKind;
use japan::codes;

/// Which medical facilities to list, by what only they have.
#[derive(Clone, Debug, Default, InputObject)]
pub struct MedicalCriteria {
    /// Kinds of institutions (機関区分).
    institution_types: Option<Vec<InstitutionType>>,
    /// Declares one of these departments (診療科目): official codes of five digits, `01001`.
    departments: Option<Vec<String>>,
    /// Has beds (有床), or has published that it has none (無床). Where nothing is published neither matches.
    has_beds: Option<bool>,
}

impl MedicalCriteria {
    /// What must hold.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn criteria(&self) -> Result<Vec<Criterion>> {
        let mut all = Vec::new();
        if let Some(types) = given("institutionTypes", &self.institution_types)? {
            all.push(Criterion::Categories(types.iter().map(|t| t.code().to_owned()).collect()));
        }
        if let Some(codes) = given("departments", &self.departments)? {
            all.push(Criterion::Departments(known_codes(codes)?));
        }
        if let Some(has_beds) = self.has_beds {
            all.push(Criterion::Beds(has_beds));
        }
        Ok(all)
    }
}

fn known_codes(codes: &[String]) -> Result<Vec<String>> {
    let known = |code: &String| match codes::medical_department(code) {
        Some(department) => Ok(department.code.to_owned()),
        None => Err(unknown_department(code)),
    };
    codes.iter().map(known).collect()
}

/// The error about a code that no department has.
pub fn unknown_department(code: &str) -> Error {
    let known = codes::medical_departments().iter().map(|department| (department.code, department.name));
    let reason = "is no department code. The field `medicalDepartments` lists them.";
    Error::unknown("departments", code, reason, known)
}

list_field! {
    /// Queries about medical facilities.
    MedicalQueries {}
    /// Medical facilities (医療機関).
    medical_facilities(Some(&[ResourceKind::MedicalFacility])) -> MedicalFacility;
    {
        /// Departments of medical facilities (診療科目) with their official codes.
        async fn medical_departments(&self) -> Vec<MedicalDepartment> {
            let department = |d: &codes::MedicalDepartment| MedicalDepartment { code: d.code, name: d.name };
            codes::medical_departments().iter().map(department).collect()
        }
    }
}
