//! Published data sets (出典) from which facts come.

use crate::auth::row_scope::Unscoped;
use crate::import::formats::Format;
use crate::import::read::own;
use chrono::NaiveDate;
use entity::source::{self, Column, Entity};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};

/// The id of the data set of a format, publisher and day.
pub async fn find_or_create(
    db: &impl Unscoped,
    format: Format,
    as_of: Option<NaiveDate>,
    publisher: Option<&str>,
) -> Result<i64, DbErr> {
    let profile = format.profile();
    let day = as_of.map_or("unknown".to_owned(), |day| day.to_string());
    let official = |text: &str| Some(text.to_owned()).filter(|text| publisher.is_none() && !text.is_empty());
    let key = format!("{}:{}:{day}", profile.name, publisher.unwrap_or(profile.publisher));
    let model = source::ActiveModel {
        name_key: Set(key.clone()),
        title: Set(title(format, publisher)),
        publisher: Set(Some(publisher.unwrap_or(profile.publisher).to_owned())),
        url: Set(official(profile.url)),
        license: Set(official(profile.license)),
        as_of: Set(as_of),
        ..Default::default()
    };
    let once = OnConflict::column(Column::NameKey).do_nothing().to_owned();
    Entity::insert(model).on_conflict(once).try_insert().exec_without_returning(db).await?;
    let found = db.every::<Entity>().filter(Column::NameKey.eq(&key)).one(db).await?;
    found.map(|s| s.id).ok_or_else(|| DbErr::RecordNotFound(key))
}

/// The title of a data set. Data of another publisher in the columns of an official file is not that file.
fn title(format: Format, publisher: Option<&str>) -> String {
    let official = format.profile().title;
    match publisher {
        // Our own lists have no official publisher.
        Some(_) if own::columns(format).is_some() => official.to_owned(),
        Some(_) => format!("{official}と同じ形式のデータ"),
        None => official.to_owned(),
    }
}
