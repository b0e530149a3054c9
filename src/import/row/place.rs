//! Prefecture and municipality of a row: its code column, its address, the columns of names, the municipality of the list.

use crate::import::complaint::Remark;
use crate::import::file::table::Row;
use crate::import::report::Report;
use japan::address;
use japan::codes::{self, Municipality, Prefecture};
use japan::values::{MunicipalityCode, MunicipalityCodeError};
use unicode_normalization::UnicodeNormalization;

/// Columns with the code of the place, the most specific first.
const CODES: [&str; 5] = [
    "所在地_全国地方公共団体コード",
    "都道府県コード又は市町村コード",
    "市区町村コード",
    "都道府県コード又は市区町村コード",
    "全国地方公共団体コード",
];

/// Prefecture and municipality of a row.
pub struct Place {
    /// The prefecture of the municipality, else of the address, else of the columns.
    pub prefecture: Option<&'static Prefecture>,
    /// Code of the municipality, six digits.
    pub municipality_code: Option<String>,
}

/// Finds prefecture and municipality by the code column, the address and the name columns. An address that names another
/// prefecture or municipality than the code wins over it, with a warning.
pub fn place(row: &Row<'_>, address: &str, report: &mut Report) -> Place {
    let column = CODES.iter().find(|column| !row.text(column).is_empty());
    let written = column.map(|column| row.text(column)).unwrap_or_default();
    // 医療情報ネット has the prefecture in a column of its own, and three digits here.
    let bare = prefecture_alone(written).filter(|_| row.text("都道府県コード").is_empty());
    let code = column.filter(|_| bare.is_none()).map(|_| municipality_code(row, written));
    let is_damaged = code.as_ref().is_some_and(Result::is_err);
    let code = code.and_then(Result::ok);
    let bare = bare.or(code
        .as_ref()
        .filter(|code| code.is_prefecture())
        .and_then(|code| codes::prefecture(code.prefecture())));
    let named = named_prefecture(row).or(bare);
    let of_code = code.as_ref().and_then(|code| codes::municipality(code.as_str()));
    let contradicted = of_code.is_some_and(|municipality| contradicts(municipality, address));
    if let Some((column, municipality)) = column.zip(of_code).filter(|_| contradicted) {
        report.warn_in(*column, Remark::CodeElsewhere { code: municipality.code.to_owned() });
    }
    let of_code = of_code.filter(|_| !contradicted);
    if let Some((column, municipality)) = column.zip(of_code)
        && let Some(ward) = ward_of_another_city(address, municipality)
    {
        let name = municipality.name.to_owned();
        report.warn_in(*column, Remark::WardWithoutCity { ward: ward.to_owned(), name });
    }
    // A prefecture that the address names itself wins over both.
    let of_written = code.as_ref().and_then(|code| codes::prefecture(code.prefecture()));
    let context = of_written.or(named);
    let parts = address::split(address, context);
    let of_name = || {
        let written = format!("{}{}", named.or(parts.prefecture)?.name, row.text("市区町村名"));
        address::split(&written, None).municipality
    };
    // The municipality of the list, unless the row is in another prefecture.
    let of_list = || {
        let of_list = codes::municipality(row.municipality?.as_str())?;
        let elsewhere = parts.prefecture.or(named).is_some_and(|p| p.code != of_list.prefecture_code);
        // 青葉区本町1-1: in a city that the address does not say.
        let names_another =
            address.chars().take(8).any(|c| matches!(c, '市' | '区' | '郡')) || code.is_some();
        (!elsewhere && !names_another).then_some(of_list)
    };
    // 鶴岡市馬場町 beside a code of Tokyo: one of another prefecture, where only one has that name.
    let of_address = || address::split(address, None).municipality.filter(|_| contradicted);
    let municipality = of_code.or(parts.municipality).or_else(of_address).or_else(of_name).or_else(of_list);
    let prefecture = municipality.and_then(|municipality| codes::prefecture(municipality.prefecture_code));
    if let Some(column) = column.filter(|_| is_damaged && municipality.is_some()) {
        report.warn_in(*column, Remark::DamagedMunicipalityCode);
    }
    Place {
        prefecture: prefecture.or(parts.prefecture).or(named),
        municipality_code: municipality.map(|municipality| municipality.code.to_owned()),
    }
}

/// The prefecture of the columns for its name and code.
fn named_prefecture(row: &Row<'_>) -> Option<&'static Prefecture> {
    let names = ["都道府県名", "都道府県"].map(|column| row.text(column));
    let code = row.text("都道府県コード");
    codes::prefectures()
        .iter()
        .find(|p| names.contains(&p.name) || (!code.is_empty() && two_digits(row) == p.code))
}

/// The prefecture of a code column that has nothing but its two digits.
fn prefecture_alone(written: &str) -> Option<&'static Prefecture> {
    let digits: String = written.nfkc().collect();
    let is_code = matches!(digits.len(), 1 | 2) && digits.chars().all(|c| c.is_ascii_digit());
    codes::prefecture(&format!("{digits:0>2}")).filter(|_| is_code)
}

/// Whether an address begins with the name of a city of another prefecture: 鶴岡市馬場町 of Tokyo. Names of towns, villages and
/// wards may be those of a 大字 here.
fn names_a_city_elsewhere(address: &str, prefecture_code: &str) -> bool {
    let address: String = address.nfkc().filter(|c| !c.is_whitespace()).collect();
    let elsewhere = codes::municipalities().iter().filter(|m| m.prefecture_code != prefecture_code);
    elsewhere.filter(|m| m.name.ends_with('市')).any(|m| address.starts_with(m.name))
}

/// The ward of designated cities with which an address begins, where the municipality has none: it may be a 大字 here, or the
/// code is another city's.
fn ward_of_another_city(address: &str, municipality: &Municipality) -> Option<&'static str> {
    let address: String = address.nfkc().filter(|c| !c.is_whitespace()).collect();
    let here = address::after_prefecture(&address).1;
    let ward = |name: &'static str| name.split_once('市').map_or(name, |(_, ward)| ward);
    let wards = codes::municipalities().iter().filter(|m| m.name.ends_with('区'));
    let mut named = wards.map(|m| ward(m.name)).filter(|ward| here.starts_with(ward));
    let first = named.next()?;
    let has_wards = municipality.name.ends_with('区')
        || codes::municipalities()
            .iter()
            .any(|m| m.name.len() > municipality.name.len() && m.name.starts_with(municipality.name));
    (!has_wards).then_some(first)
}

/// Whether an address itself names another prefecture or municipality. A city and its wards are one.
fn contradicts(municipality: &Municipality, address: &str) -> bool {
    let (prefecture, _) = address::after_prefecture(address);
    if prefecture.is_some_and(|prefecture| prefecture.code != municipality.prefecture_code) {
        return true;
    }
    let context = codes::prefecture(municipality.prefecture_code);
    let Some(named) = address::split(address, context).municipality else {
        return names_a_city_elsewhere(address, municipality.prefecture_code);
    };
    let same_city = named.name.starts_with(municipality.name) || municipality.name.starts_with(named.name);
    !same_city && address::names_municipality(address, named)
}

fn two_digits(row: &Row<'_>) -> String {
    format!("{:0>2}", row.text("都道府県コード"))
}

/// A well-formed code: written with six digits, its check digit must be right; 医療情報ネット writes three
/// digits that follow the two of the prefecture. Whether the table of codes has it is checked by the caller.
fn municipality_code(row: &Row<'_>, code: &str) -> Result<MunicipalityCode, MunicipalityCodeError> {
    let whole = if code.len() <= 3 && !row.text("都道府県コード").is_empty() {
        format!("{}{code:0>3}", two_digits(row))
    } else {
        code.to_owned()
    };
    MunicipalityCode::parse(&whole)
}
