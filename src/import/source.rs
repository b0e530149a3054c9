//! Published data sets (出典) from which facts come.

use crate::auth::row_scope::Unscoped;
use crate::import::formats::Format;
use crate::import::read::own;
use chrono::NaiveDate;
use entity::source::{self, Column, Entity};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, QueryFilter, QuerySelect};

/// The data set of an import.
pub struct Planned {
    format: Format,
    as_of: Option<NaiveDate>,
    publisher: Option<String>,
    /// The internal key that it has or will have.
    pub id: i64,
    /// Its row, when it is not stored yet.
    pub new: Option<source::ActiveModel>,
}

impl Planned {
    /// The data set of a format, publisher and day.
    pub async fn of(
        db: &impl Unscoped,
        format: Format,
        as_of: Option<NaiveDate>,
        publisher: Option<&str>,
    ) -> Result<Self, DbErr> {
        let mut planned = Self { format, as_of, publisher: publisher.map(str::to_owned), id: 0, new: None };
        planned.plan(db).await?;
        Ok(planned)
    }

    /// Looks it up, and otherwise takes the next free key.
    pub async fn plan(&mut self, db: &impl Unscoped) -> Result<(), DbErr> {
        let profile = self.format.profile();
        let publisher = self.publisher.as_deref();
        let day = self.as_of.map_or("unknown".to_owned(), |day| day.to_string());
        let official =
            |text: &str| Some(text.to_owned()).filter(|text| publisher.is_none() && !text.is_empty());
        let key = format!("{}:{}:{day}", profile.name, publisher.unwrap_or(profile.publisher));
        if let Some(known) = db.every::<Entity>().filter(Column::NameKey.eq(&key)).one(db).await? {
            (self.id, self.new) = (known.id, None);
            return Ok(());
        }
        let last = db.every::<Entity>().select_only().column_as(Column::Id.max(), "last");
        let last: Option<Option<i64>> = last.into_tuple().one(db).await?;
        self.id = last.flatten().unwrap_or_default() + 1;
        self.new = Some(source::ActiveModel {
            id: Set(self.id),
            name_key: Set(key),
            title: Set(title(self.format, publisher)),
            publisher: Set(Some(publisher.unwrap_or(profile.publisher).to_owned())),
            url: Set(official(profile.url)),
            license: Set(official(profile.license)),
            as_of: Set(self.as_of),
        });
        Ok(())
    }
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
