//! The free text of a resource, and what of it is withheld. Pure.

use super::facts::{self, Facts};
use super::rules::Rules;
use crate::schedules::MonthlyVenue;
use entity::enums::HeldReason;
use sea_orm::ActiveEnum;
use serde::Serialize;
use std::fmt::Display;

/// What a name is called of which nothing is left.
const NAMELESS: &str = "（名称非公開）";

/// A text that is withheld.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    /// Where it stood, in the words of the schema.
    pub field: String,
    /// What stood there.
    pub text: String,
    /// Why it does not any more.
    #[serde(serialize_with = "number")]
    pub reason: HeldReason,
}

fn number<S: serde::Serializer>(reason: &HeldReason, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i16(reason.to_value())
}

/// Everything about a resource that people write in their own words.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    pub name: String,
    pub name_kana: Option<String>,
    pub alias: Option<String>,
    pub description: Option<String>,
    pub url: Option<String>,
    pub address: Option<String>,
    pub building: Option<String>,
    pub organization: Option<String>,
    pub note: Option<String>,
    pub suspension_reason: Option<String>,
    pub closed_days_note: Option<String>,
    pub services: Vec<ServiceTexts>,
    pub schedules: Vec<ScheduleTexts>,
    /// Names of its public desks.
    pub labels: Vec<Option<String>>,
    /// The facts of a local kind.
    pub facts: Option<Facts>,
}

/// The words of a service of a care facility.
#[derive(Clone, Debug, Default)]
pub struct ServiceTexts {
    pub name: String,
    pub name_kana: Option<String>,
    pub url: Option<String>,
    pub available_days_note: Option<String>,
    pub note: Option<String>,
}

/// The words of a schedule.
#[derive(Clone, Debug, Default)]
pub struct ScheduleTexts {
    pub label: Option<String>,
    pub raw_text: Option<String>,
    pub venues: Vec<MonthlyVenue>,
}

/// Looks at one text after the other.
struct Screen<'s> {
    rules: &'s Rules<'s>,
    held: Vec<Held>,
}

impl Texts {
    /// Takes out what is private, and says what that was. Of a name only the private part goes: a thing
    /// without a name could not be listed.
    pub fn screen(&mut self, rules: &Rules<'_>) -> Vec<Held> {
        let mut screen = Screen { rules, held: Vec::new() };
        screen.name("name", &mut self.name);
        screen.text("nameKana", &mut self.name_kana);
        screen.text("alias", &mut self.alias);
        screen.text("description", &mut self.description);
        screen.text("url", &mut self.url);
        screen.text("location.address", &mut self.address);
        screen.text("location.building", &mut self.building);
        screen.text("organization.name", &mut self.organization);
        screen.text("note", &mut self.note);
        screen.text("suspension.reason", &mut self.suspension_reason);
        screen.text("closedDaysNote", &mut self.closed_days_note);
        for (n, service) in self.services.iter_mut().enumerate() {
            screen.service(n, service);
        }
        for (n, schedule) in self.schedules.iter_mut().enumerate() {
            screen.schedule(n, schedule);
        }
        for (n, label) in self.labels.iter_mut().enumerate() {
            screen.text(format_args!("contacts[{n}].label"), label);
        }
        if let Some(facts) = &mut self.facts {
            screen.held.extend(facts::screen(facts, rules));
        }
        screen.held
    }
}

impl Screen<'_> {
    fn text(&mut self, field: impl Display, text: &mut Option<String>) {
        if let Some(reason) = text.as_deref().and_then(|text| self.rules.reason(&field, text)) {
            let text = text.take().unwrap_or_default();
            self.held.push(Held { field: field.to_string(), text, reason });
        }
    }

    fn name(&mut self, field: impl Display, name: &mut String) {
        if let Some(reason) = self.rules.reason(&field, name) {
            let rest = Some(self.rules.cut(name)).filter(|rest| !rest.is_empty());
            let text = std::mem::replace(name, rest.unwrap_or_else(|| NAMELESS.to_owned()));
            self.held.push(Held { field: field.to_string(), text, reason });
        }
    }

    fn service(&mut self, n: usize, service: &mut ServiceTexts) {
        self.name(format_args!("services[{n}].name"), &mut service.name);
        self.text(format_args!("services[{n}].nameKana"), &mut service.name_kana);
        self.text(format_args!("services[{n}].url"), &mut service.url);
        self.text(format_args!("services[{n}].availableDaysNote"), &mut service.available_days_note);
        self.text(format_args!("services[{n}].note"), &mut service.note);
    }

    fn schedule(&mut self, n: usize, schedule: &mut ScheduleTexts) {
        self.text(format_args!("schedules[{n}].label"), &mut schedule.label);
        self.text(format_args!("schedules[{n}].rawText"), &mut schedule.raw_text);
        for (v, venue) in schedule.venues.iter_mut().enumerate() {
            self.name(format_args!("schedules[{n}].venues[{v}].name"), &mut venue.name);
            self.text(format_args!("schedules[{n}].venues[{v}].address"), &mut venue.address);
        }
    }
}
