//! Fields of schedules and their occurrences.

use super::{HolidayPolicy, Occurrence, OccurrenceStatus, Schedule, TextStyle, check_period};
use crate::context::RequestContext;
use crate::error::Error;
use crate::error::Result;
use crate::graph::Resource;
use crate::resources::Listed;
use crate::resources::location::Location;
use crate::resources::row::Row;
use crate::resources::store::ResourceKey;
use crate::scalars::{Date, LocalTime, OpeningHours};
use crate::terms::Term;
use async_graphql::{Context, Object};
use hours::timetable::Status;
use hours::words::{self, Style, Voice};

/// When something is open or meets (開催日時・営業時間).
#[Object]
impl Schedule {
    /// Which part of it, `昼の部`, `内科`.
    async fn label(&self) -> Option<&str> {
        self.stored.label.as_deref()
    }

    /// The regular rule for programs, without holidays; null when the grammar cannot say it (隔週, 不定期).
    async fn opening_hours(&self) -> Option<OpeningHours> {
        self.stored.ready.rule.opening_hours().cloned().map(OpeningHours)
    }

    /// What happens on public holidays (祝日の扱い).
    async fn holiday_policy(&self) -> Term<HolidayPolicy> {
        Term(HolidayPolicy::of(&self.stored.ready.rule.holidays))
    }

    /// The schedule in Japanese (表示文): 「毎月第2・第4木曜 10:00〜11:30（祝日は休み）」. Of one that cannot be
    /// computed, the words of the source.
    async fn text(
        &self,
        #[graphql(desc = "Standard or easy Japanese.", default_with = "TextStyle::Standard")]
        style: TextStyle,
    ) -> String {
        let rule = &self.stored.ready.rule;
        if let Some(raw) = self.stored.raw_text.as_ref().filter(|_| rule.uncomputable().is_some()) {
            return raw.clone();
        }
        let style = match style {
            TextStyle::Standard => Style::Standard(Voice::Place),
            TextStyle::Easy => Style::Easy,
        };
        words::text(rule, style)
    }

    /// What the source says (原文).
    async fn raw_text(&self) -> Option<&str> {
        self.stored.raw_text.as_deref()
    }

    /// Whether its dates can be computed (日付計算可否). Irregular ones cannot: ask.
    async fn computable(&self) -> bool {
        self.stored.ready.rule.uncomputable().is_none()
    }

    /// Why its dates cannot be computed, in Japanese (計算できない理由); null when they can.
    async fn uncomputable_reason(&self) -> Option<String> {
        self.stored.ready.rule.uncomputable().map(|why| why.sentence().into_owned())
    }

    /// The dates of a period (予定日), both ends included, at most 400 days. Never invented: none when it
    /// cannot be computed.
    async fn occurrences(
        &self,
        #[graphql(desc = "First day.")] from: Date,
        #[graphql(desc = "Last day.")] to: Date,
    ) -> Result<Vec<Occurrence>> {
        check_period(from.0, to.0)?;
        Ok(self.occurrences_between(from.0, to.0).collect())
    }
}

/// One meeting on one day (予定日).
#[Object]
impl Occurrence {
    /// The day on which it starts (日付).
    async fn date(&self) -> Date {
        Date(self.what.date)
    }

    /// From when (開始時刻); null: the time is not known.
    async fn start(&self) -> Option<LocalTime> {
        self.what.start.map(LocalTime)
    }

    /// Until when (終了時刻); null: not known. At or before `start` it lies on the following day.
    async fn end(&self) -> Option<LocalTime> {
        self.what.end.map(LocalTime)
    }

    /// The times are approximate (頃).
    async fn approximate(&self) -> bool {
        self.what.approximate
    }

    /// Name of the hall, when venues take turns (会場).
    async fn venue(&self) -> Option<&str> {
        self.schedule.stored.venue_on(self.what.date).map(|venue| venue.name.as_str())
    }

    /// Where it is held on this day (会場の所在地).
    async fn location(&self, ctx: &Context<'_>) -> Result<Location> {
        let resource = self.loaded(ctx).await?;
        let own = resource.row().location.clone();
        let address = self.schedule.stored.venue_on(self.what.date).and_then(|venue| venue.address.clone());
        Ok(match address {
            Some(_) => own.moved_to(address),
            None => own,
        })
    }

    /// How sure it is (予定の確かさ).
    async fn status(&self) -> Term<OccurrenceStatus> {
        Term(match self.what.status {
            Status::Planned => OccurrenceStatus::Planned,
            Status::HolidayUnconfirmed | Status::OnlyIfHoliday => OccurrenceStatus::HolidayUnconfirmed,
            Status::Cancelled => OccurrenceStatus::Cancelled,
        })
    }

    /// Why it is not simply planned, in Japanese (理由).
    async fn reason(&self) -> Option<String> {
        self.what.reason.as_ref().map(|reason| reason.sentence().into_owned())
    }

    /// What meets (資源).
    async fn resource(&self, ctx: &Context<'_>) -> Result<Resource> {
        self.loaded(ctx).await
    }

    /// The schedule it follows (開催日時).
    async fn schedule(&self) -> &Schedule {
        &self.schedule
    }
}

impl Occurrence {
    async fn loaded(&self, ctx: &Context<'_>) -> Result<Resource> {
        let found = RequestContext::of(ctx).load(ResourceKey(self.schedule.resource_id)).await?;
        found
            .and_then(|row| Resource::from_row(Row::clone(&row)))
            .ok_or_else(|| Error::internal("a schedule without its resource"))
    }
}
