//! Districts in filters: their codes as callers write them, and the refusal of those that do not exist.

use crate::auth::row_scope::public;
use crate::error::{Error, Result};
use entity::{district, municipality};
use japan::values::{MunicipalityCode, is_storable};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, QuerySelect};
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

/// Refuses a filter with a district that does not exist.
///
/// # Errors
/// `INVALID_INPUT` on the field that names it.
pub async fn known_districts(db: &DatabaseConnection, named: &[(&'static str, String)]) -> Result<()> {
    let mut looked_up = BTreeSet::new();
    for (field, code) in named.iter().filter(|(_, code)| looked_up.insert(code.clone())) {
        let found = districts(std::slice::from_ref(code)).limit(1).to_owned();
        if db.query_one(&found).await?.is_none() {
            let known = public::<district::Entity>().limit(MOST_COMPARED).all(db).await?;
            let known = known.iter().map(|district| (district.code.as_str(), district.name.as_str()));
            let reason = "is what no district is called. The field `districts` lists them.";
            return Err(Error::unknown(field, code, reason, known));
        }
    }
    Ok(())
}
