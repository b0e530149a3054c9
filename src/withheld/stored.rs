//! The texts of one resource as they are stored: read, judged, and written back where something was private.

use super::facts::Facts;
use super::rules::{Released, Rules};
use super::texts::{Held, ScheduleTexts, ServiceTexts, Texts};
use crate::consents::effect::Ledger;
use crate::local::Details;
use crate::resources::findable::Findable;
use crate::resources::search;
use crate::text::fold;
use crate::values::ContactValue;
use entity::enums::Visibility;
use entity::{
    care_service, contact_point, local_details, medical_facility, municipality, organization, resource,
    resource_tag, schedule,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QueryOrder, Unchanged,
};

/// A resource with everything below it that people wrote in their own words.
struct Stored {
    resource: resource::Model,
    organization: Option<organization::Model>,
    contacts: Vec<contact_point::Model>,
    services: Vec<care_service::Model>,
    medical: Option<medical_facility::Model>,
    schedules: Vec<schedule::Model>,
    details: Option<local_details::Model>,
}

/// Takes what is private out of the stored texts of a resource, and out of what it can be found by.
pub async fn screen(
    db: &impl ConnectionTrait,
    id: i64,
    ledger: &Ledger,
    released: &Released,
) -> Result<Option<Vec<Held>>, DbErr> {
    let Some(stored) = Stored::load(db, id).await? else { return Ok(None) };
    let mut texts = stored.texts()?;
    let held = {
        let is_public = |value: &ContactValue| stored.shows(value);
        let resource = stored.resource.uuid;
        texts.screen(&Rules { resource, ledger, released, is_public: &is_public })
    };
    if held.is_empty() {
        return Ok(None);
    }
    stored.write(db, texts).await?;
    Ok(Some(held))
}

#[expect(clippy::disallowed_methods, reason = "texts are judged before anybody sees them")]
impl Stored {
    async fn load(db: &impl ConnectionTrait, id: i64) -> Result<Option<Self>, DbErr> {
        let Some(resource) = resource::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
        let contacts = contact_point::Entity::find()
            .filter(contact_point::Column::ResourceId.eq(id))
            .order_by_asc(contact_point::Column::Ordinal);
        let services = care_service::Entity::find()
            .filter(care_service::Column::ResourceId.eq(id))
            .order_by_asc(care_service::Column::Ordinal);
        let schedules = schedule::Entity::find()
            .filter(schedule::Column::ResourceId.eq(id))
            .order_by_asc(schedule::Column::Ordinal);
        let organization = match resource.organization_id {
            Some(id) => organization::Entity::find_by_id(id).one(db).await?,
            None => None,
        };
        Ok(Some(Self {
            resource,
            organization,
            contacts: contacts.all(db).await?,
            services: services.all(db).await?,
            medical: medical_facility::Entity::find_by_id(id).one(db).await?,
            schedules: schedules.all(db).await?,
            details: local_details::Entity::find_by_id(id).one(db).await?,
        }))
    }

    /// What it can be found by, once the texts are written.
    async fn index(db: &impl ConnectionTrait, id: i64) -> Result<(), DbErr> {
        let Some(stored) = Self::load(db, id).await? else { return Ok(()) };
        let row = &stored.resource;
        let organization = &stored.organization;
        let municipality = match row.municipality_id {
            Some(id) => municipality::Entity::find_by_id(id).one(db).await?,
            None => None,
        };
        let words = stored.facts()?.and_then(|facts| Details::read(facts.kind, facts.body).ok().flatten());
        let words = words.map(|details| details.words()).unwrap_or_default();
        let of_services =
            stored.services.iter().flat_map(|service| [Some(&service.name), service.name_kana.as_ref()]);
        let own = [Some(&row.name), row.name_kana.as_ref(), row.alias.as_ref()];
        let others = [
            row.building.as_deref(),
            organization.as_ref().map(|o| o.name.as_str()),
            row.description.as_deref(),
        ];
        let findable = Findable {
            names: own.into_iter().chain(of_services).flatten().map(String::as_str).collect(),
            prefecture_code: row.prefecture_code.as_deref(),
            municipality_code: municipality.as_ref().map(|municipality| municipality.code.as_str()),
            address: row.address.as_deref(),
            others: others.into_iter().flatten().chain(words).collect(),
        };
        search::replace(db, std::iter::once((id, findable.document()))).await
    }
}

impl Stored {
    fn facts(&self) -> Result<Option<Facts>, DbErr> {
        let Some(details) = &self.details else { return Ok(None) };
        let body = serde_json::from_str(&details.body)
            .map_err(|cause| DbErr::Type(format!("stored facts cannot be read: {cause}")))?;
        Ok(Some(Facts { kind: self.resource.kind, body }))
    }

    /// The contacts that everybody may know by themselves: a consent may end, and the text would stay.
    fn public(&self) -> impl Iterator<Item = &contact_point::Model> {
        self.contacts.iter().filter(|contact| contact.visibility == Visibility::Public)
    }

    /// Those that the source published, whatever was taken back since: their labels are numbered.
    fn published(&self) -> impl Iterator<Item = &contact_point::Model> {
        let base = |contact: &contact_point::Model| contact.base_visibility.unwrap_or(contact.visibility);
        self.contacts.iter().filter(move |contact| base(contact) == Visibility::Public)
    }

    fn shows(&self, value: &ContactValue) -> bool {
        self.public().any(|contact| {
            let numbers = [&contact.phone, &contact.phone_e164, &contact.fax, &contact.fax_e164];
            ContactValue::of_contact(numbers.map(Option::as_deref), contact.email.as_deref()).contains(value)
        })
    }

    fn texts(&self) -> Result<Texts, DbErr> {
        let row = self.resource.clone();
        let service = |service: &care_service::Model| ServiceTexts {
            name: service.name.clone(),
            name_kana: service.name_kana.clone(),
            url: service.url.clone(),
            available_days_note: service.available_days_note.clone(),
            note: service.note.clone(),
        };
        let schedule = |schedule: &schedule::Model| ScheduleTexts {
            label: schedule.label.clone(),
            raw_text: schedule.raw_text.clone(),
            venues: schedule.venues.as_deref().and_then(|v| serde_json::from_str(v).ok()).unwrap_or_default(),
        };
        Ok(Texts {
            name: row.name,
            name_kana: row.name_kana,
            alias: row.alias,
            description: row.description,
            url: row.url,
            address: row.address,
            building: row.building,
            organization: self.organization.as_ref().map(|organization| organization.name.clone()),
            note: row.note,
            suspension_reason: row.suspension_reason,
            closed_days_note: self.medical.as_ref().and_then(|medical| medical.closed_days_note.clone()),
            services: self.services.iter().map(service).collect(),
            schedules: self.schedules.iter().map(schedule).collect(),
            labels: self.published().map(|contact| contact.label.clone()).collect(),
            facts: self.facts()?,
        })
    }

    async fn write(&self, db: &impl ConnectionTrait, texts: Texts) -> Result<(), DbErr> {
        let id = self.resource.id;
        for (contact, label) in self.published().zip(&texts.labels) {
            let label = Set(label.clone());
            let row = contact_point::ActiveModel { id: Unchanged(contact.id), label, ..Default::default() };
            row.update(db).await?;
        }
        self.write_services(db, &texts.services).await?;
        self.write_schedules(db, &texts.schedules).await?;
        if self.medical.is_some() {
            let row = medical_facility::ActiveModel {
                resource_id: Unchanged(id),
                closed_days_note: Set(texts.closed_days_note.clone()),
                ..Default::default()
            };
            row.update(db).await?;
        }
        if let Some(facts) = &texts.facts {
            write_facts(db, id, facts).await?;
        }
        let row = resource::ActiveModel {
            id: Unchanged(id),
            sort_key: Set(fold(texts.name_kana.as_deref().unwrap_or(&texts.name))),
            name: Set(texts.name),
            name_kana: Set(texts.name_kana),
            alias: Set(texts.alias),
            description: Set(texts.description),
            url: Set(texts.url),
            address: Set(texts.address),
            building: Set(texts.building),
            note: Set(texts.note),
            suspension_reason: Set(texts.suspension_reason),
            // Its name may stand elsewhere too, where others answer for it.
            organization_id: Set(self.resource.organization_id.filter(|_| texts.organization.is_some())),
            // No draft has this one: the next time it is derived it is written anew.
            digest: Set(self.resource.digest.as_ref().map(|_| String::new())),
            ..Default::default()
        };
        row.update(db).await?;
        Self::index(db, id).await
    }

    async fn write_services(&self, db: &impl ConnectionTrait, texts: &[ServiceTexts]) -> Result<(), DbErr> {
        for (service, texts) in self.services.iter().zip(texts) {
            let row = care_service::ActiveModel {
                id: Unchanged(service.id),
                name: Set(texts.name.clone()),
                name_kana: Set(texts.name_kana.clone()),
                url: Set(texts.url.clone()),
                available_days_note: Set(texts.available_days_note.clone()),
                note: Set(texts.note.clone()),
                ..Default::default()
            };
            row.update(db).await?;
        }
        Ok(())
    }

    async fn write_schedules(&self, db: &impl ConnectionTrait, texts: &[ScheduleTexts]) -> Result<(), DbErr> {
        for (schedule, texts) in self.schedules.iter().zip(texts) {
            let venues = serde_json::to_string(&texts.venues).ok().filter(|_| !texts.venues.is_empty());
            let row = schedule::ActiveModel {
                id: Unchanged(schedule.id),
                label: Set(texts.label.clone()),
                raw_text: Set(texts.raw_text.clone()),
                venues: Set(venues),
                ..Default::default()
            };
            row.update(db).await?;
        }
        Ok(())
    }
}

/// The facts, and the words and numbers by which they are filtered.
async fn write_facts(db: &impl ConnectionTrait, id: i64, facts: &Facts) -> Result<(), DbErr> {
    let unreadable = |cause: serde_json::Error| DbErr::Type(format!("facts cannot be read: {cause}"));
    let Some(details) = Details::read(facts.kind, facts.body.clone()).map_err(unreadable)? else {
        return Ok(());
    };
    let searchable = details.searchable();
    let row = local_details::ActiveModel {
        resource_id: Unchanged(id),
        body: Set(details.body().map_err(unreadable)?),
        visit_yen: Set(searchable.visit_yen),
        hour_yen: Set(searchable.hour_yen),
        ..Default::default()
    };
    row.update(db).await?;
    resource_tag::Entity::delete_many().filter(resource_tag::Column::ResourceId.eq(id)).exec(db).await?;
    let tags = searchable.tags.into_iter();
    let tags = tags.map(|tag| resource_tag::ActiveModel { resource_id: Set(id), tag: Set(tag) });
    if tags.len() > 0 {
        resource_tag::Entity::insert_many(tags).exec_without_returning(db).await?;
    }
    let categories = searchable.categories.join(",");
    let row = resource::ActiveModel { id: Unchanged(id), categories: Set(categories), ..Default::default() };
    row.update(db).await?;
    Ok(())
}
