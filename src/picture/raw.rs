//! The rows of the directory as the database gives them: one JSON text for thousands of rows of a table, read without
//! copying its texts.

use chrono::{Datelike, NaiveDate};
use entity::enums::{
    ContactKind, LocationStatus, PositionPrecision, PublicationState, ResourceKind, ServiceArea, Visibility,
};
use sea_orm::{ActiveEnum, ConnectionTrait, DbBackend, DbErr, Statement, Value};
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use std::borrow::Cow;
use std::fmt;
use uuid::Uuid;

/// A text, or none.
#[derive(Debug, Default)]
pub(super) struct Text<'t>(Option<Cow<'t, str>>);

impl Text<'_> {
    pub(super) fn get(&self) -> Option<&str> {
        self.0.as_deref()
    }

    pub(super) fn or_empty(&self) -> &str {
        self.get().unwrap_or_default()
    }
}

impl<'t> Deserialize<'t> for Text<'t> {
    fn deserialize<D: Deserializer<'t>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'t> Visitor<'t> for Reader {
            type Value = Text<'t>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or null")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'t str) -> Result<Text<'t>, E> {
                Ok(Text(Some(Cow::Borrowed(text))))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text<'t>, E> {
                Ok(Text(Some(Cow::Owned(text.to_owned()))))
            }

            fn visit_unit<E: Error>(self) -> Result<Text<'t>, E> {
                Ok(Text(None))
            }

            fn visit_none<E: Error>(self) -> Result<Text<'t>, E> {
                Ok(Text(None))
            }
        }
        from.deserialize_any(Reader)
    }
}

/// A day as the number of days since the beginning of year 1; [`NO_DAY`]: none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day(pub(super) i32);

/// The number for no day. Every day is later.
pub(super) const NO_DAY: i32 = i32::MIN;

/// The day with a number.
pub(super) fn day(number: i32) -> Option<NaiveDate> {
    if number == NO_DAY { None } else { NaiveDate::from_num_days_from_ce_opt(number) }
}

/// Whether a stretch from a day to a day, each of which may be open, lasts from a first to a last day.
pub(super) fn lasts((from, to): (i32, i32), first: i32, last: i32) -> bool {
    (from == NO_DAY || from <= first) && (to == NO_DAY || to >= last)
}

impl<'t> Deserialize<'t> for Day {
    fn deserialize<D: Deserializer<'t>>(from: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(from)?;
        let Some(text) = text.get() else { return Ok(Self(NO_DAY)) };
        let day: NaiveDate =
            text.parse().map_err(|_| D::Error::invalid_value(Unexpected::Str(text), &"a day"))?;
        Ok(Self(day.num_days_from_ce()))
    }
}

/// A value of a closed set, by its stored number or word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<E>(pub(super) E);

impl<'t, E: ActiveEnum<Value: Deserialize<'t>>> Deserialize<'t> for Member<E> {
    fn deserialize<D: Deserializer<'t>>(from: D) -> Result<Self, D::Error> {
        let stored = E::Value::deserialize(from)?;
        E::try_from_value(&stored).map(Member).map_err(D::Error::custom)
    }
}

/// Yes or no, which SQLite writes as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Truth(pub(super) bool);

impl<'t> Deserialize<'t> for Truth {
    fn deserialize<D: Deserializer<'t>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl Visitor<'_> for Reader {
            type Value = Truth;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, false, 1 or 0")
            }

            fn visit_bool<E: Error>(self, truth: bool) -> Result<Truth, E> {
                Ok(Truth(truth))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Truth, E> {
                Ok(Truth(number != 0))
            }
        }
        from.deserialize_any(Reader)
    }
}

/// A public id, which SQLite writes as 32 digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key(pub(super) Uuid);

impl<'t> Deserialize<'t> for Key {
    fn deserialize<D: Deserializer<'t>>(from: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(from)?;
        Uuid::parse_str(text.or_empty()).map(Key).map_err(D::Error::custom)
    }
}

/// Declares the rows of a table: their fields, each with its column. A row is read from a JSON list.
macro_rules! raw_row {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty = $column:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub(super) struct $name<'t> {
            $($(#[$field_doc])* pub(super) $field: $type,)+
            texts: std::marker::PhantomData<&'t str>,
        }

        impl $name<'_> {
            /// Columns in the order of the fields.
            pub(super) const COLUMNS: &'static [&'static str] = &[$($column,)+];
        }

        impl<'t> serde::de::Deserialize<'t> for $name<'t> {
            fn deserialize<D: serde::de::Deserializer<'t>>(from: D) -> Result<Self, D::Error> {
                struct Reader;
                impl<'t> serde::de::Visitor<'t> for Reader {
                    type Value = $name<'t>;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("the columns of a row")
                    }

                    fn visit_seq<A: serde::de::SeqAccess<'t>>(
                        self,
                        mut cells: A,
                    ) -> Result<$name<'t>, A::Error> {
                        let short = || serde::de::Error::custom("a row has too few columns");
                        Ok($name {
                            $($field: cells.next_element()?.ok_or_else(short)?,)+
                            texts: std::marker::PhantomData,
                        })
                    }
                }
                from.deserialize_seq(Reader)
            }
        }
    };
}
pub(super) use raw_row;

raw_row! {
    /// A resource, with what belongs to it once.
    Main {
        id: i64 = "r.id",
        uuid: Key = "$uuid r.uuid",
        kind: Member<ResourceKind> = "r.kind",
        state: Member<PublicationState> = "r.state",
        name: Text<'t> = "r.name",
        name_kana: Text<'t> = "r.name_kana",
        alias: Text<'t> = "r.alias",
        description: Text<'t> = "r.description",
        url: Text<'t> = "r.url",
        sort_key: Text<'t> = "r.sort_key",
        categories: Text<'t> = "r.categories",
        prefecture_code: Text<'t> = "r.prefecture_code",
        municipality_id: Option<i64> = "r.municipality_id",
        home_district_id: Option<i64> = "r.home_district_id",
        postal_code: Text<'t> = "r.postal_code",
        address: Text<'t> = "r.address",
        building: Text<'t> = "r.building",
        location_status: Member<LocationStatus> = "r.location_status",
        latitude: Option<f64> = "r.latitude",
        longitude: Option<f64> = "r.longitude",
        precision: Option<Member<PositionPrecision>> = "r.position_precision",
        cell: Option<i64> = "r.cell",
        service_area: Member<ServiceArea> = "r.service_area",
        source_id: Option<i64> = "r.source_id",
        as_of: Day = "r.as_of",
        last_verified_on: Day = "r.last_verified_on",
        vanished_on: Day = "r.vanished_on",
        created_on: Day = "r.created_on",
        updated_on: Day = "r.updated_on",
        note: Text<'t> = "r.note",
        suspended_from: Day = "r.suspended_from",
        suspended_to: Day = "r.suspended_to",
        suspension_reason: Text<'t> = "r.suspension_reason",
        organization_id: Option<i64> = "o.id",
        organization_uuid: Text<'t> = "$uuid o.uuid",
        organization_name: Text<'t> = "o.name",
        corporate_number: Text<'t> = "o.corporate_number",
        organization_parent: Option<i64> = "o.parent_id",
        search_names: Text<'t> = "s.names",
        search_others: Text<'t> = "s.others",
        beds_total: Option<i32> = "m.beds_total",
        /// The most beds of one kind.
        beds_of_a_kind: Option<i32> = "$most m.beds_general, m.beds_long_term, m.beds_psychiatric, m.beds_tuberculosis, m.beds_infectious",
        visit_yen: Option<i32> = "l.visit_yen",
        hour_yen: Option<i32> = "l.hour_yen",
    }
}

raw_row! {
    /// A contact.
    Contact {
        resource_id: i64 = "resource_id",
        ordinal: i32 = "ordinal",
        kind: Member<ContactKind> = "kind",
        visibility: Member<Visibility> = "visibility",
        service_code: Text<'t> = "service_code",
        label: Text<'t> = "label",
        phone: Text<'t> = "phone",
        phone_e164: Text<'t> = "phone_e164",
        fax: Text<'t> = "fax",
        fax_e164: Text<'t> = "fax_e164",
        email: Text<'t> = "email",
        person_name: Text<'t> = "person_name",
        public_until: Day = "public_until",
        partner_until: Day = "partner_until",
        care_until: Day = "care_until",
    }
}

raw_row! {
    /// A service of a care facility.
    Service {
        resource_id: i64 = "resource_id",
        service_code: Text<'t> = "service_code",
        available_days: Option<i16> = "available_days",
        vanished_on: Day = "vanished_on",
    }
}

raw_row! {
    /// A department of a medical facility.
    Department {
        resource_id: i64 = "resource_id",
        code: Text<'t> = "code",
    }
}

raw_row! {
    /// A tag of a local kind.
    Tag {
        resource_id: i64 = "resource_id",
        tag: Text<'t> = "tag",
    }
}

raw_row! {
    /// A district from which a resource can be used.
    Served {
        resource_id: i64 = "resource_id",
        district_id: i64 = "district_id",
    }
}

raw_row! {
    /// A schedule.
    Schedule {
        resource_id: i64 = "resource_id",
        id: i64 = "id",
        rule_id: i64 = "rule_id",
    }
}

raw_row! {
    /// An official code.
    Identifier {
        resource_id: i64 = "resource_id",
        system: Text<'t> = "system",
        value: Text<'t> = "value",
    }
}

/// `FROM` of the statement for [`Main`].
pub(super) const MAIN: &str = "resource r LEFT JOIN organization o ON o.id = r.organization_id \
     LEFT JOIN resource_search s ON s.resource_id = r.id LEFT JOIN medical_facility m ON m.resource_id = r.id \
     LEFT JOIN local_details l ON l.resource_id = r.id";

/// Which resources to read.
#[derive(Clone, Debug)]
pub(super) enum Which {
    /// Those with keys from the first to the last.
    Between(i64, i64),
    /// Those with these keys, as a JSON list.
    Among(String),
}

impl Which {
    pub(super) fn among(keys: impl Iterator<Item = i64>) -> Self {
        let keys: Vec<String> = keys.map(|key| key.to_string()).collect();
        Self::Among(format!("[{}]", keys.join(",")))
    }

    fn condition(&self, backend: DbBackend, key: &str) -> (String, Vec<Value>) {
        match (self, backend) {
            (Self::Between(first, last), _) => {
                (format!("{key} BETWEEN $1 AND $2"), vec![Value::from(*first), Value::from(*last)])
            }
            (Self::Among(keys), DbBackend::Postgres) => (
                format!("{key} IN (SELECT value::BIGINT FROM json_array_elements_text($1::JSON))"),
                vec![Value::from(keys.clone())],
            ),
            (Self::Among(keys), _) => {
                (format!("{key} IN (SELECT value FROM json_each($1))"), vec![Value::from(keys.clone())])
            }
        }
    }
}

/// The rows of a table, or of several, as a JSON text.
pub(super) async fn read(
    db: &impl ConnectionTrait,
    (from, key): (&str, &str),
    columns: &[&str],
    which: &Which,
) -> Result<String, DbErr> {
    let backend = db.get_database_backend();
    let is_postgres = backend == DbBackend::Postgres;
    let column = |column: &&str| match column.split_once(' ') {
        Some(("$uuid", column)) if is_postgres => column.to_owned(),
        Some(("$uuid", column)) => format!("hex({column})"),
        Some(("$most", columns)) if is_postgres => format!("greatest({columns})"),
        Some(("$most", columns)) => {
            let each: Vec<String> =
                columns.split(", ").map(|column| format!("coalesce({column}, -1)")).collect();
            format!("max({})", each.join(", "))
        }
        _ => (*column).to_owned(),
    };
    let columns: Vec<String> = columns.iter().map(column).collect();
    let (list, row) = if is_postgres {
        ("coalesce(json_agg", "json_build_array")
    } else {
        ("coalesce(json_group_array", "json_array")
    };
    let (condition, values) = which.condition(backend, key);
    let sql = format!(
        "SELECT CAST({list}({row}({})), '[]') AS TEXT) FROM {from} WHERE {condition}",
        columns.join(", ")
    );
    let row = db.query_one_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    row.map_or(Ok("[]".to_owned()), |row| row.try_get_by_index(0))
}

/// The rows of a JSON text in the order of their resources.
pub(super) fn rows<'t, R: Deserialize<'t>>(text: &'t str, resource: fn(&R) -> i64) -> Result<Vec<R>, DbErr> {
    let mut rows: Vec<R> = serde_json::from_str(text)
        .map_err(|cause| DbErr::Type(format!("rows of the directory cannot be read: {cause}")))?;
    rows.sort_by_key(resource);
    Ok(rows)
}
