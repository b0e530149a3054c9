//! Conditions on many keys.

use sea_orm::DbBackend;
use sea_orm::sea_query::{BinOper, Expr, ExprTrait, SimpleExpr};

/// Keys as one value, for a statement with [`in_list`].
pub fn list(keys: &[i64]) -> String {
    format!("[{}]", keys.iter().map(i64::to_string).collect::<Vec<_>>().join(","))
}

/// The keys of the list that is bound to `$1`, as a subquery.
pub fn in_list(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "SELECT value::BIGINT FROM json_array_elements_text($1::JSON)",
        _ => "SELECT value FROM json_each($1)",
    }
}

/// Whether a key is one of many. The list is one bound value, since it may hold thousands of keys.
pub fn among(backend: DbBackend, column: SimpleExpr, keys: &[i64]) -> SimpleExpr {
    let list = list(keys);
    let found = match backend {
        DbBackend::Postgres => {
            Expr::cust_with_values("(SELECT value::BIGINT FROM json_array_elements_text($1::JSON))", [list])
        }
        _ => Expr::cust_with_values("(SELECT value FROM json_each(?))", [list]),
    };
    column.binary(BinOper::In, found)
}
