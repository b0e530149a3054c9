//! Screening of the tables beside the resources: coordinators, desks of professionals, vacancies, acceptances.

use crate::acceptances::acceptance_id;
use crate::auth::row_scope::Unscoped;
use crate::database::{ImportTurn, json};
use crate::id::{NodeId, NodeType};
use crate::import::cells::contact::holds_mobile;
use crate::import::tables::desks::private_part;
use crate::liaison::facts::ContactFacts;
use entity::enums::Audience;
use entity::{coordinator, liaison_contact, medical_acceptance, resource, vacancy_report};
use japan::values::mentions::private_mentions;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, ExprTrait, IntoActiveModel, JoinType,
    QueryFilter, QuerySelect, RelationTrait,
};

/// Closes what may be private in these tables; answers what was changed.
///
/// # Errors
/// When the database fails.
pub(super) async fn screened(turn: &ImportTurn) -> Result<Vec<NodeId>, DbErr> {
    let mut changed = coordinators(turn).await?;
    changed.extend(desks(turn).await?);
    changed.extend(vacancies(turn).await?);
    changed.extend(acceptances(turn).await?);
    Ok(changed)
}

/// Removes the numbers of coordinators that may be mobile ones, which an import does not take either.
async fn coordinators(turn: &ImportTurn) -> Result<Vec<NodeId>, DbErr> {
    let mut changed = Vec::new();
    for row in turn.every::<coordinator::Entity>().all(turn).await? {
        if row.phone.as_deref().is_some_and(holds_mobile) {
            changed.push(NodeId::new(NodeType::SupportCoordinator, row.uuid));
            let mut row = row.into_active_model();
            (row.phone, row.phone_e164) = (Set(None), Set(None));
            row.update(turn).await?;
        }
    }
    Ok(changed)
}

/// Closes public desks that an import would refuse as public ones to all but care professionals.
async fn desks(turn: &ImportTurn) -> Result<Vec<NodeId>, DbErr> {
    let mut changed = Vec::new();
    let public = liaison_contact::Column::Audience.eq(Audience::Public);
    for row in turn.every::<liaison_contact::Entity>().filter(public).all(turn).await? {
        let facts: ContactFacts = json::read(&row.facts, "liaison_contact", row.id)?;
        if private_part(&row.organization_name, &facts).is_some() {
            changed.push(NodeId::new(NodeType::LiaisonContact, row.uuid));
            let mut row = row.into_active_model();
            row.audience = Set(Audience::AllCareProfessionals);
            row.update(turn).await?;
        }
    }
    Ok(changed)
}

/// Closes public reports of vacancies whose remark has a private number.
async fn vacancies(turn: &ImportTurn) -> Result<Vec<NodeId>, DbErr> {
    use vacancy_report::{Column, Entity};
    let mut changed = Vec::new();
    let public = Column::Audience.eq(Audience::Public).and(Column::Note.is_not_null());
    for row in turn.every::<Entity>().filter(public).all(turn).await? {
        if row.note.as_deref().is_some_and(|note| !private_mentions(note).is_empty()) {
            changed.push(NodeId::new(NodeType::VacancyReport, row.uuid));
            let mut row = row.into_active_model();
            row.audience = Set(Audience::AllCareProfessionals);
            row.update(turn).await?;
        }
    }
    Ok(changed)
}

/// Closes public answers about care needs whose conditions have a private number.
async fn acceptances(turn: &ImportTurn) -> Result<Vec<NodeId>, DbErr> {
    use medical_acceptance::{Column, Entity};
    let mut changed = Vec::new();
    let public = Column::Audience.eq(Audience::Public).and(Column::Conditions.is_not_null());
    let with_facility = turn
        .every::<Entity>()
        .filter(public)
        .select_also(resource::Entity)
        .join(JoinType::InnerJoin, medical_acceptance::Relation::Resource.def());
    for (row, facility) in with_facility.all(turn).await? {
        if row.conditions.as_deref().is_some_and(|text| !private_mentions(text).is_empty()) {
            changed.extend(facility.map(|facility| acceptance_id(facility.uuid, &row.service_code)));
            let mut row = row.into_active_model();
            row.audience = Set(Audience::AllCareProfessionals);
            row.update(turn).await?;
        }
    }
    Ok(changed)
}
