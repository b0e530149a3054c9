//! Districts and municipalities in filters: their codes as callers write them, and the refusal of those that do not exist.

use crate::auth::Viewer;
use crate::auth::row_scope::public;
use crate::districts::store::municipalities_with;
use crate::error::{Error, Result};
use chrono::NaiveDate;
use entity::{district, municipality};
use japan::codes;
use japan::values::{MunicipalityCode, is_storable};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, DatabaseConnection, QueryFilter, QuerySelect};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Districts among which one is looked for that is like an unknown code.
const MOST_COMPARED: u64 = 5_000;

/// A code of a district as a caller writes it, in whatever width and case: that of its municipality, and its own.
fn parts_of_district(code: &str) -> (Option<String>, String) {
    let plain: String = code.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    match plain.split_once(':') {
        None => (None, plain),
        Some((municipality, code)) => {
            let parsed = MunicipalityCode::parse(municipality).map(|code| code.as_str().to_owned());
            (Some(parsed.unwrap_or_else(|_| municipality.to_owned())), code.to_owned())
        }
    }
}

/// The keys of districts: `D01` of any municipality, or `062031:D01` of one. A code matches as it is stored, and folded to
/// capital letters of either width.
pub fn districts(codes: &[String]) -> SelectStatement {
    let one = |code: &String| {
        let (municipality, own) = parts_of_district(code);
        let here = municipality.as_deref().map(in_municipality);
        let written = code.rsplit_once([':', '：']).map_or(code.as_str(), |(_, own)| own);
        let spellings = [written.to_owned(), full_width(&own)];
        let called = Func::upper(Expr::col(district::Column::Code)).eq(own);
        let called = called.or(district::Column::Code.is_in(spellings));
        here.into_iter().fold(called, |all, here| all.and(district::Column::MunicipalityId.in_subquery(here)))
    };
    let nothing = Condition::any().add(Expr::value(false));
    let any = codes.iter().filter(|code| is_storable(code)).fold(nothing, |any, code| any.add(one(code)));
    Query::select().column(district::Column::Id).from(district::Entity).cond_where(any).to_owned()
}

fn full_width(code: &str) -> String {
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        c => c,
    };
    code.chars().map(wide).collect()
}

fn in_municipality(code: &str) -> SelectStatement {
    Query::select()
        .column(municipality::Column::Id)
        .from(municipality::Entity)
        .and_where(municipality::Column::Code.eq(code))
        .to_owned()
}

/// An area that a caller names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamedArea {
    /// A district, by its code as written.
    District(String),
    /// A municipality, by its code of six digits.
    Municipality(String),
}

/// Refuses a filter with an area that does not exist: a district that was never one or has ended, a municipality that is
/// none of today and that `municipalities` does not list for the viewer.
///
/// # Errors
/// `INVALID_INPUT` on the field that names it.
pub async fn known_areas(
    db: &DatabaseConnection,
    viewer: &Viewer,
    named: &[(&'static str, NamedArea)],
) -> Result<()> {
    let (mut looked_up, mut merged) = (BTreeSet::new(), Vec::new());
    for (field, area) in named.iter().filter(|(_, area)| looked_up.insert(area.clone())) {
        match area {
            NamedArea::District(code) => known_district(db, viewer.today(), field, code).await?,
            NamedArea::Municipality(code) if codes::municipality(code).is_some() => {}
            NamedArea::Municipality(code) => merged.push((*field, code)),
        }
    }
    if merged.is_empty() {
        return Ok(());
    }
    let known = municipalities_with(db, viewer, merged.iter().map(|(_, code)| code.as_str())).await?;
    match merged.into_iter().find(|(_, code)| !known.contains(*code)) {
        Some((field, code)) => {
            Err(Error::unknown(field, code, "is the code of no municipality.", municipalities_of_today()))
        }
        None => Ok(()),
    }
}

async fn known_district(
    db: &DatabaseConnection,
    today: NaiveDate,
    field: &'static str,
    code: &str,
) -> Result<()> {
    let here = district::Column::Id.in_subquery(districts(&[code.to_owned()]));
    let found = public::<district::Entity>().filter(here).all(db).await?;
    let goes_on = |district: &district::Model| district.valid_to.is_none_or(|last| today <= last);
    if found.iter().any(goes_on) {
        return Ok(());
    }
    let known = public::<district::Entity>().limit(MOST_COMPARED).all(db).await?;
    let known: Vec<_> = known.iter().filter(|district| goes_on(district)).collect();
    // D1 for D01.
    let digits = |code: &str| code.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
    let (_, own) = parts_of_district(code);
    let same_number =
        known.iter().filter(|district| digits(&own).is_some() && digits(&district.code) == digits(&own));
    let names = known.iter().map(|district| (district.code.as_str(), district.name.as_str()));
    let likely = same_number.map(|district| (district.code.as_str(), own.as_str()));
    let reason = match found.iter().filter_map(|district| district.valid_to).max() {
        Some(last) => format!("ended on {last}. The field `districts` lists those of today."),
        None => "is what no district is called. The field `districts` lists them.".to_owned(),
    };
    Err(Error::unknown(field, code, &reason, likely.chain(names)))
}

/// The code of a municipality, six digits, as a caller writes it; whether there is one, [`known_areas`] looks up.
///
/// # Errors
/// `INVALID_INPUT` on the field, for what is no such code.
pub fn municipality_code(field: &'static str, code: &str) -> Result<String> {
    let parsed = MunicipalityCode::parse(code).map_err(|error| {
        let reason = format!("is not a municipality code: {error}");
        Error::unknown(field, code, &reason, municipalities_of_today())
    })?;
    Ok(parsed.as_str().to_owned())
}

fn municipalities_of_today() -> impl Iterator<Item = (&'static str, &'static str)> {
    codes::municipalities().iter().map(|municipality| (municipality.code, municipality.name))
}
