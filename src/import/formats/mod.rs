//! The formats Yui reads: their names, and what is known of each before a file is read.
//!
//! `each_format!` is the one list of them. Their profiles, which lead to their readers, are put together in
//! `registry.rs`.

#[macro_use]
mod each_format;
mod registry;

use crate::import::cells::column::Column;
use crate::import::complaint::Refusal;
use crate::import::file::table::{Columns, Row};
use crate::import::report::Report;
use crate::import::row::OfficialRow;
use crate::liaison::terms::LiaisonContactKind;
use chrono::NaiveDate;

/// What is known of a format before a file is read.
pub struct Profile {
    /// The format.
    pub format: Format,
    /// As it is called on the command line.
    pub name: &'static str,
    /// What it is, for people.
    pub title: &'static str,
    /// Who publishes it.
    pub publisher: &'static str,
    /// Where it is offered.
    pub url: &'static str,
    /// The licence as stated by the publisher.
    pub license: &'static str,
    /// Columns without which a row means nothing; empty for JSON.
    pub required: &'static [&'static str],
    /// Columns of a list that a city fills in, in groups, in the order in which people fill them in; none of a file
    /// of others.
    pub columns: &'static [&'static [Column]],
    /// What a file holds, and how it is read.
    pub family: Family,
    /// Of two files with the same day, the one with the higher rank is believed.
    pub rank: u8,
}

/// What a file of a format holds.
#[derive(Clone, Copy)]
pub enum Family {
    /// A facility or an activity in each row.
    Facilities(ReadRow),
    /// The same, some of them medical facilities, which municipal lists may name as well.
    MedicalFacilities(ReadRow),
    /// A table of what stands beside the resources.
    SideTable(SideTable),
    /// An area, as JSON.
    Area,
    /// Well known, and not taken for this reason.
    Refused(fn() -> Refusal),
}

/// Reads a row; what is wrong with it goes into the report.
pub type ReadRow = fn(&Row<'_>, &FileContext<'_>, &mut Report) -> Option<OfficialRow>;

/// The tables beside the resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideTable {
    /// 日常生活圏域
    Districts,
    /// 生活支援コーディネーター
    Coordinators,
    /// Organizations whose people sign in
    Organizations,
    /// Who reads the sheets of which institution
    Distribution,
    /// 連携シート調査票
    Questionnaires,
    /// Desks of professionals of a kind
    LiaisonContacts(LiaisonContactKind),
    /// 受け入れ施設一覧
    MedicalAcceptances,
}

/// What stands outside of the rows and yet matters to them.
pub struct FileContext<'a> {
    /// The file name without folder.
    pub file_name: &'a str,
    /// The header.
    pub columns: &'a Columns,
    /// The day of the data, when known.
    pub as_of: Option<NaiveDate>,
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident = $profile:expr,)+) => {
        /// A format of files.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Format {
            $($(#[$doc])* $name,)+
        }
    };
}

each_format!(names);

/// A list that a city fills in itself.
pub(super) const fn list(
    format: Format,
    name: &'static str,
    title: &'static str,
    required: &'static [&'static str],
    columns: &'static [&'static [Column]],
    family: Family,
) -> Profile {
    Profile {
        format,
        name,
        title,
        publisher: "市区町村",
        url: "",
        license: "",
        required,
        columns,
        family,
        rank: 3,
    }
}
