//! Medical facilities (医療機関): hospitals, clinics, dental clinics, maternity homes, pharmacies.

mod object;
pub mod queries;
pub mod store;

use crate::resources::Listed;
use crate::resources::row::Row;
use crate::terms::labelled;
use async_graphql::SimpleObject;
use entity::enums::ResourceKind;

/// A medical facility.
#[derive(Clone, Debug)]
pub struct MedicalFacility(pub Row);

impl Listed for MedicalFacility {
    const NAME: &'static str = "MedicalFacility";

    fn from_row(row: Row) -> Option<Self> {
        (row.kind == ResourceKind::MedicalFacility).then_some(Self(row))
    }

    fn row(&self) -> &Row {
        &self.0
    }
}

labelled! {
    /// Kind of medical institution (機関区分).
    InstitutionType as entity::enums::InstitutionType {
        /// Hospital (病院).
        Hospital = ("病院", "びょういん", "大きい 病院", "Hospital"),
        /// Clinic (診療所).
        Clinic = ("診療所", "しんりょうしょ", "小さい 病院（診療所）", "Clinic"),
        /// Dental clinic (歯科診療所).
        Dental = ("歯科診療所", "しかしんりょうしょ", "歯医者", "Dental clinic"),
        /// Maternity home (助産所).
        Maternity = ("助産所", "じょさんじょ", "赤ちゃんを うむ 所（助産所）", "Maternity home"),
        /// Pharmacy (薬局).
        Pharmacy = ("薬局", "やっきょく", "薬局", "Pharmacy"),
    }
}

/// A department with its official code (診療科目).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct MedicalDepartment {
    /// Official code, five digits, `01001` (診療科コード).
    pub code: &'static str,
    /// Official name, `内科`.
    pub name: &'static str,
}

/// A department as a facility declares it (診療科目), or that of a physician (診療科).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct Department {
    /// Official code (診療科コード); null when the published name is not an official one.
    pub code: Option<String>,
    /// Name as published (診療科名).
    pub name: String,
}

/// Beds by kind (病床数); null: not published.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct Beds {
    /// General (一般病床).
    pub general: Option<i32>,
    /// Long-term care (療養病床).
    pub long_term: Option<i32>,
    /// Psychiatric (精神病床).
    pub psychiatric: Option<i32>,
    /// Tuberculosis (結核病床).
    pub tuberculosis: Option<i32>,
    /// Infectious diseases (感染症病床).
    pub infectious: Option<i32>,
    /// All together (合計病床数).
    pub total: Option<i32>,
}
