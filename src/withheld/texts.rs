//! The free texts of a resource, and the screening that withholds private ones. Pure.

use super::facts;
use super::rules::Rules;
use crate::local_kinds::Details;
use crate::schedules::MonthlyVenue;
use entity::enums::HeldReason;
use entity::resource;
use sea_orm::ActiveEnum;
use serde::Serialize;
use std::fmt::Arguments;
use std::mem::{replace, take};

/// The name that is shown where the whole name is withheld.
const NAMELESS: &str = "（名称非公開）";

/// A text that is withheld.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WithheldText {
    /// Its field, in the words of the schema.
    pub field: String,
    /// The withheld text.
    pub text: String,
    /// Why it is withheld.
    #[serde(serialize_with = "number")]
    pub reason: HeldReason,
}

fn number<S: serde::Serializer>(reason: &HeldReason, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i16(reason.to_value())
}

/// All free texts of a resource, borrowed from a draft or from rows of the database. Both are destructured
/// without `..`, so that a new column must be listed as text or as none.
pub struct Texts<'t> {
    /// Name (名称).
    pub name: &'t mut String,
    /// The other texts of the resource itself.
    pub own: resource::Texts<'t>,
    /// Closed days beyond the weekly ones (その他の休診日); `None`: not a medical facility.
    pub closed_days_note: Option<&'t mut Option<String>>,
    /// Services, of a care facility (介護サービス).
    pub services: Vec<ServiceTexts<'t>>,
    /// Schedules (開催日時・営業時間).
    pub schedules: Vec<ScheduleTexts<'t>>,
    /// Names of its desks that the source published.
    pub labels: Vec<&'t mut Option<String>>,
    /// The facts of a local kind; `facts::screen` finds their texts.
    pub details: Option<&'t mut Details>,
}

/// The free texts of a service of a care facility.
pub struct ServiceTexts<'t> {
    /// Name under which the service is published (事業所名).
    pub name: &'t mut String,
    /// Reading of the name (事業所名カナ).
    pub name_kana: &'t mut Option<String>,
    /// Address where it differs from that of the facility (所在地).
    pub address: &'t mut Option<String>,
    /// Building and floor at that address (方書).
    pub building: &'t mut Option<String>,
    /// Web page.
    pub url: &'t mut Option<String>,
    /// Words of the publisher about the days (利用可能曜日特記事項).
    pub available_days_note: &'t mut Option<String>,
    /// Remarks (備考).
    pub note: &'t mut Option<String>,
}

/// The free texts of a schedule.
pub struct ScheduleTexts<'t> {
    /// Part of the resource the schedule is for, `昼の部`.
    pub label: &'t mut Option<String>,
    /// Words of the source (原文).
    pub raw_text: &'t mut Option<String>,
    /// Venues that take turns (会場の交代).
    pub venues: &'t mut Vec<MonthlyVenue>,
}

/// One of these texts.
pub enum Text<'t> {
    /// A name, which every resource must have.
    Name(&'t mut String),
    /// A text that may be missing.
    Optional(&'t mut Option<String>),
    /// All texts among the facts of a local kind.
    Facts(&'t mut Details),
}

impl Texts<'_> {
    /// Calls `visit` for each text, with its field in the words of the schema. Withheld texts are listed in
    /// this order.
    pub fn each_text(self, mut visit: impl FnMut(Arguments<'_>, Text<'_>)) {
        let Texts { name, own, closed_days_note, services, schedules, labels, details } = self;
        visit(format_args!("name"), Text::Name(name));
        for (field, text) in own.named() {
            visit(format_args!("{field}"), Text::Optional(text));
        }
        if let Some(text) = closed_days_note {
            visit(format_args!("closedDaysNote"), Text::Optional(text));
        }
        for (n, service) in services.into_iter().enumerate() {
            service.each_text(n, &mut visit);
        }
        for (n, schedule) in schedules.into_iter().enumerate() {
            schedule.each_text(n, &mut visit);
        }
        for (n, label) in labels.into_iter().enumerate() {
            visit(format_args!("contacts[{n}].label"), Text::Optional(label));
        }
        if let Some(details) = details {
            visit(format_args!(""), Text::Facts(details));
        }
    }

    /// Takes out private texts and answers them. Of a name only the private part is removed.
    pub fn screen(self, rules: &Rules<'_>) -> Vec<WithheldText> {
        let mut held = Vec::new();
        self.each_text(|field, text| match text {
            Text::Name(name) => held.extend(cut(field, name, rules)),
            Text::Optional(text) => held.extend(remove(field, text, rules)),
            Text::Facts(details) => held.extend(facts::screen(details, rules)),
        });
        held
    }
}

impl ServiceTexts<'_> {
    fn each_text(self, n: usize, visit: &mut impl FnMut(Arguments<'_>, Text<'_>)) {
        let ServiceTexts { name, name_kana, address, building, url, available_days_note, note } = self;
        visit(format_args!("services[{n}].name"), Text::Name(name));
        visit(format_args!("services[{n}].nameKana"), Text::Optional(name_kana));
        visit(format_args!("services[{n}].address"), Text::Optional(address));
        visit(format_args!("services[{n}].building"), Text::Optional(building));
        visit(format_args!("services[{n}].url"), Text::Optional(url));
        visit(format_args!("services[{n}].availableDaysNote"), Text::Optional(available_days_note));
        visit(format_args!("services[{n}].note"), Text::Optional(note));
    }
}

impl ScheduleTexts<'_> {
    fn each_text(self, n: usize, visit: &mut impl FnMut(Arguments<'_>, Text<'_>)) {
        let ScheduleTexts { label, raw_text, venues } = self;
        visit(format_args!("schedules[{n}].label"), Text::Optional(label));
        visit(format_args!("schedules[{n}].rawText"), Text::Optional(raw_text));
        for (v, venue) in venues.iter_mut().enumerate() {
            let MonthlyVenue { months: _, name, address } = venue;
            visit(format_args!("schedules[{n}].venues[{v}].name"), Text::Name(name));
            visit(format_args!("schedules[{n}].venues[{v}].address"), Text::Optional(address));
        }
    }
}

fn remove(field: Arguments<'_>, text: &mut Option<String>, rules: &Rules<'_>) -> Option<WithheldText> {
    let reason = rules.reason(field, text.as_deref()?)?;
    Some(WithheldText { field: field.to_string(), text: take(text).unwrap_or_default(), reason })
}

fn cut(field: Arguments<'_>, name: &mut String, rules: &Rules<'_>) -> Option<WithheldText> {
    let reason = rules.reason(field, name)?;
    let rest = Some(rules.cut(name)).filter(|rest| !rest.is_empty());
    let text = replace(name, rest.unwrap_or_else(|| NAMELESS.to_owned()));
    Some(WithheldText { field: field.to_string(), text, reason })
}
