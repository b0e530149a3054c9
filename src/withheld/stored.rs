//! Screening of the stored texts of one resource: read, screened, and written back where a text is private.

use super::rules::{Released, Rules};
use super::texts::{ScheduleTexts, ServiceTexts, Texts, WithheldText};
use crate::auth::row_scope::Unscoped;
use crate::consents::effect::Ledger;
use crate::database::json;
use crate::local_kinds::Details;
use crate::schedules::MonthlyVenue;
use crate::search_index;
use entity::enums::Visibility;
use entity::{
    care_service, contact_point, local_details, medical_facility, organization, resource, resource_tag,
    schedule,
};
use japan::text::fold;
use japan::values::ContactValue;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait,
    IntoActiveModel, ModelTrait, QueryFilter, QueryOrder, Unchanged,
};

/// A resource with all rows below it that hold free text.
#[derive(Clone)]
struct Stored {
    resource: resource::Model,
    organization: Option<organization::Model>,
    contacts: Vec<contact_point::Model>,
    services: Vec<care_service::Model>,
    medical: Option<medical_facility::Model>,
    schedules: Vec<(schedule::Model, Vec<MonthlyVenue>)>,
    details: Option<Details>,
}

/// Takes private texts out of the stored texts of a resource and out of its search index.
pub async fn screen(
    db: &impl Unscoped,
    id: i64,
    ledger: &Ledger,
    released: &Released,
) -> Result<Option<Vec<WithheldText>>, DbErr> {
    let Some(before) = Stored::load(db, id).await? else { return Ok(None) };
    let mut after = before.clone();
    let mut organization = after.organization.as_ref().map(|organization| organization.name.clone());
    let held = {
        let is_public = |value: &ContactValue| before.shows(value);
        let resource = before.resource.uuid;
        let closed = before.closed();
        let rules = Rules { resource, ledger, released, is_public: &is_public, closed: &closed };
        after.texts(&mut organization).screen(&rules)
    };
    if held.is_empty() {
        return Ok(None);
    }
    // The row of the organization is shared with other resources: the resource only loses its link to it.
    after.resource.organization_id = after.resource.organization_id.filter(|_| organization.is_some());
    after.write(db, before).await?;
    Ok(Some(held))
}

impl Stored {
    async fn load(db: &impl Unscoped, id: i64) -> Result<Option<Self>, DbErr> {
        let Some(resource) =
            db.every::<resource::Entity>().filter(resource::Column::Id.eq(id)).one(db).await?
        else {
            return Ok(None);
        };
        let contacts = db
            .every::<contact_point::Entity>()
            .filter(contact_point::Column::ResourceId.eq(id))
            .order_by_asc(contact_point::Column::Ordinal);
        let services = db
            .every::<care_service::Entity>()
            .filter(care_service::Column::ResourceId.eq(id))
            .order_by_asc(care_service::Column::Ordinal);
        let schedules = db
            .every::<schedule::Entity>()
            .filter(schedule::Column::ResourceId.eq(id))
            .order_by_asc(schedule::Column::Ordinal);
        let organization = match resource.organization_id {
            Some(id) => {
                db.every::<organization::Entity>().filter(organization::Column::Id.eq(id)).one(db).await?
            }
            None => None,
        };
        let details = db
            .every::<local_details::Entity>()
            .filter(local_details::Column::ResourceId.eq(id))
            .one(db)
            .await?;
        let with_venues = |schedule: schedule::Model| {
            let venues = schedule.venues.as_deref().map(|text| json::read(text, "schedule", schedule.id));
            let venues = venues.transpose()?.unwrap_or_default();
            Ok::<_, DbErr>((schedule, venues))
        };
        Ok(Some(Self {
            organization,
            contacts: contacts.all(db).await?,
            services: services.all(db).await?,
            medical: db
                .every::<medical_facility::Entity>()
                .filter(medical_facility::Column::ResourceId.eq(id))
                .one(db)
                .await?,
            schedules: schedules.all(db).await?.into_iter().map(with_venues).collect::<Result<_, _>>()?,
            details: match details {
                Some(row) => Details::read(resource.kind, json::read(&row.body, "local_details", id)?)
                    .map_err(unreadable)?,
                None => None,
            },
            resource,
        }))
    }
}

impl Stored {
    /// The contacts that are public without a consent: a consent may end, and the text would stay.
    fn public(&self) -> impl Iterator<Item = &contact_point::Model> {
        self.contacts.iter().filter(|contact| contact.visibility == Visibility::Public)
    }

    fn shows(&self, value: &ContactValue) -> bool {
        self.public().any(|contact| values(contact).contains(value))
    }

    /// The values of the contacts that the source did not make public.
    fn closed(&self) -> Vec<ContactValue> {
        let is_closed = |contact: &&contact_point::Model| {
            contact.base_visibility.unwrap_or(contact.visibility) != Visibility::Public
        };
        self.contacts.iter().filter(is_closed).flat_map(values).collect()
    }

    fn texts<'t>(&'t mut self, organization: &'t mut Option<String>) -> Texts<'t> {
        let Self { resource, organization: _, contacts, services, medical, schedules, details } = self;
        let (name, own) = resource.texts(organization);
        Texts {
            name,
            own,
            closed_days_note: medical.as_mut().map(of_medical),
            services: services.iter_mut().map(of_service).collect(),
            schedules: schedules.iter_mut().map(of_schedule).collect(),
            labels: contacts.iter_mut().filter_map(of_contact).collect(),
            details: details.as_mut(),
        }
    }

    async fn write(mut self, db: &impl Unscoped, before: Self) -> Result<(), DbErr> {
        let id = self.resource.id;
        update_changed(db, before.contacts, self.contacts).await?;
        update_changed(db, before.services, self.services).await?;
        let stored = |(mut schedule, venues): (schedule::Model, Vec<MonthlyVenue>)| {
            let text = serde_json::to_string(&venues).map_err(unreadable)?;
            schedule.venues = Some(text).filter(|_| !venues.is_empty());
            Ok(schedule)
        };
        let schedules = self.schedules.into_iter().map(stored).collect::<Result<Vec<_>, DbErr>>()?;
        let schedules_before = before.schedules.into_iter().map(|(schedule, _)| schedule).collect();
        update_changed(db, schedules_before, schedules).await?;
        let medical = |medical: Option<medical_facility::Model>| medical.into_iter().collect();
        update_changed(db, medical(before.medical), medical(self.medical)).await?;
        let row = &mut self.resource;
        if let Some(details) = &self.details
            && self.details != before.details
        {
            row.categories = write_facts(db, id, details).await?;
        }
        row.sort_key = fold(row.name_kana.as_deref().unwrap_or(&row.name));
        // No draft has an empty digest, so that the next import writes the resource again.
        row.digest = row.digest.as_ref().map(|_| String::new());
        update_changed(db, vec![before.resource], vec![self.resource]).await?;
        search_index::write(db, &[id]).await
    }
}

fn values(contact: &contact_point::Model) -> Vec<ContactValue> {
    let numbers = [&contact.phone, &contact.phone_e164, &contact.fax, &contact.fax_e164];
    ContactValue::of_contact(numbers.map(Option::as_deref), contact.email.as_deref())
}

fn of_medical(medical: &mut medical_facility::Model) -> &mut Option<String> {
    let medical_facility::Model {
        closed_days_note,
        resource_id: _,
        institution_type: _,
        published_id: _,
        beds_general: _,
        beds_long_term: _,
        beds_psychiatric: _,
        beds_tuberculosis: _,
        beds_infectious: _,
        beds_total: _,
    } = medical;
    closed_days_note
}

/// The label of a contact that the source published, even if its consent was withdrawn since: only these
/// labels are numbered in the names of fields.
fn of_contact(contact: &mut contact_point::Model) -> Option<&mut Option<String>> {
    let contact_point::Model {
        label,
        visibility,
        base_visibility,
        // Numbers and addresses are no text: consents decide on them.
        phone: _,
        phone_e164: _,
        fax: _,
        fax_e164: _,
        email: _,
        person_name: _,
        public_until: _,
        partner_until: _,
        care_until: _,
        id: _,
        resource_id: _,
        service_code: _,
        ordinal: _,
        kind: _,
    } = contact;
    (base_visibility.unwrap_or(*visibility) == Visibility::Public).then_some(label)
}

fn of_service(service: &mut care_service::Model) -> ServiceTexts<'_> {
    let care_service::Model {
        name,
        name_kana,
        address,
        building,
        url,
        available_days_note,
        note,
        id: _,
        resource_id: _,
        office_number: _,
        service_code: _,
        ordinal: _,
        capacity: _,
        available_days: _,
        is_kyosei: _,
        meets_kaigo_standard: _,
        meets_shogai_standard: _,
        as_of: _,
        vanished_on: _,
    } = service;
    ServiceTexts { name, name_kana, address, building, url, available_days_note, note }
}

fn of_schedule((schedule, venues): &mut (schedule::Model, Vec<MonthlyVenue>)) -> ScheduleTexts<'_> {
    let schedule::Model { label, raw_text, venues: _, id: _, resource_id: _, ordinal: _, rule_id: _ } =
        schedule;
    ScheduleTexts { label, raw_text, venues }
}

fn unreadable(cause: serde_json::Error) -> DbErr {
    DbErr::Type(format!("stored facts cannot be read: {cause}"))
}

/// Writes the rows that differ from what they were.
async fn update_changed<M, A>(db: &impl Unscoped, before: Vec<M>, after: Vec<M>) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<A> + PartialEq,
    A: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
{
    for (before, after) in before.into_iter().zip(after) {
        if before != after {
            A::Entity::update(after.into_active_model().reset_all()).exec_without_returning(db).await?;
        }
    }
    Ok(())
}

/// Writes the facts with the tags and numbers by which they are filtered; answers the categories for the row
/// of the resource.
async fn write_facts(db: &impl Unscoped, id: i64, details: &Details) -> Result<String, DbErr> {
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
    Ok(searchable.categories.join(","))
}
