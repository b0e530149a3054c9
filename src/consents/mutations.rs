//! Mutations of the ledger: recording a consent and withdrawing it.

use super::effect::Ledger;
use super::terms::{ConsentMethod, ConsentPurpose, ConsentSubject};
use super::{Consent, store};
use crate::audit::{self, Author, Change};
use crate::auth::policy::Action;
use crate::auth::row_scope::WithoutViewer;
use crate::context::RequestContext;
use crate::database::WriteTransaction;
use crate::error::{Error, Nullable};
use crate::id::{NodeId, NodeType};
use crate::resources::managed::{self, Managed};
use crate::scalars::Date;
use crate::terms::Labelled;
use crate::user_error::{NotDone, UserError, with_user_errors};
use crate::withheld::store as withheld;
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::NaiveDate;
use entity::consent;
use entity::enums::AuditAction;
use japan::values::{ContactValue, is_storable};
use serde_json::{Value, json};
use uuid::Uuid;

/// In characters. A longer note belongs to where the evidence is kept.
const LONGEST_EVIDENCE: usize = 500;
/// One message for both cases, no record and no permission, so that it does not reveal which.
const NO_RESOURCE: &str = "There is no such resource, or you do not look after it.";
const NO_CONSENT: &str = "There is no such consent, or you do not look after its resource.";

/// What somebody agreed to.
#[derive(Clone, Debug, InputObject)]
pub struct RecordConsentInput {
    /// Id of the resource (資源).
    resource: ID,
    /// The phone number (電話番号), as it stands among the contacts of the resource.
    tel: Option<String>,
    /// The fax number (FAX番号).
    fax: Option<String>,
    /// The mail address (メールアドレス).
    email: Option<String>,
    /// For what (目的). One line for each purpose.
    purpose: ConsentPurpose,
    /// Who agreed (同意者).
    subject: ConsentSubject,
    /// How (方法).
    method: ConsentMethod,
    /// Since when (同意日); not in the future.
    obtained_on: Date,
    /// The last day on which it counts (有効期限); without it, no end.
    expires_on: Option<Date>,
    /// Where the evidence is kept (証跡), in words; never the number itself.
    evidence: Option<String>,
}

/// What is taken back.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawConsentInput {
    /// Id of the consent.
    id: ID,
    /// On which day (取下げ日); today without it.
    withdrawn_on: Option<Date>,
}

/// What became of a change of the ledger.
#[derive(Default, SimpleObject)]
pub struct ConsentPayload {
    /// The consent as it stands now (同意); null when nothing was changed.
    consent: Option<Consent>,
    /// Why nothing was changed (入力などの問題).
    user_errors: Vec<UserError>,
}

/// Changes of the ledger of consents.
#[derive(Default)]
pub struct ConsentMutations;

#[Object]
impl ConsentMutations {
    /// Records that somebody agreed to be reached (同意の記録). A contact opens when one consent covers every
    /// number and address of it. For coordinators of its districts and the city.
    async fn record_consent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What somebody agreed to.")] input: RecordConsentInput,
    ) -> Option<ConsentPayload> {
        with_user_errors(record(ctx, input).await).map(payload).nullable(ctx)
    }

    /// Records that somebody took their consent back (同意の取下げ). Every contact with one of its numbers is
    /// hidden at once, of other resources those that look like somebody's own; so is text that holds one.
    async fn withdraw_consent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is taken back.")] input: WithdrawConsentInput,
    ) -> Option<ConsentPayload> {
        with_user_errors(withdraw(ctx, input).await).map(payload).nullable(ctx)
    }
}

fn payload((consent, user_errors): (Option<Consent>, Vec<UserError>)) -> Option<ConsentPayload> {
    Some(ConsentPayload { consent, user_errors })
}

async fn record(ctx: &Context<'_>, input: RecordConsentInput) -> Result<Consent, NotDone> {
    let context = permitted(ctx)?;
    let viewer = &context.viewer;
    let no_resource = || UserError::not_found("resource", NO_RESOURCE);
    let uuid = resource_of(&input.resource).ok_or_else(no_resource)?;
    let written = Written::read(&input);
    let mut errors = written.as_ref().err().cloned().unwrap_or_default();
    errors.extend(input.wrong_days(viewer.today()));
    let transaction = context.begin_rewrite().await?;
    let all = &unscoped(&transaction);
    let resource = managed::find(&transaction, viewer, uuid, Action::RecordConsent).await?;
    let resource = resource.ok_or_else(no_resource)?;
    let known = store::known_values(&transaction, viewer, resource.id).await?;
    let written = match written {
        Ok(written) => {
            errors.extend(written.strangers(&known));
            written
        }
        Err(_) => Written::default(),
    };
    if !errors.is_empty() {
        return Err(NotDone::Refused(errors));
    }
    let author = context.author();
    let line = written.line(&input, resource.uuid, &author);
    let consent = store::create(&transaction, resource.id, line).await?;
    let ledger = store::ledger(all).await?;
    store::apply(all, &ledger, &[resource.id]).await?;
    let after = Some(facts(&consent));
    let change = Change {
        action: AuditAction::RecordConsent,
        things: things(&resource, &consent),
        before: None,
        after,
    };
    audit::record(&transaction, &author, change).await?;
    transaction.commit().await?;
    Ok(consent)
}

async fn withdraw(ctx: &Context<'_>, input: WithdrawConsentInput) -> Result<Consent, NotDone> {
    let context = permitted(ctx)?;
    let viewer = &context.viewer;
    let no_consent = || UserError::not_found("id", NO_CONSENT);
    let Ok(NodeId { node: NodeType::Consent, uuid }) = NodeId::parse(&input.id, "id") else {
        return Err(no_consent().into());
    };
    let transaction = context.begin_rewrite().await?;
    let all = &unscoped(&transaction);
    let row = store::find(all, uuid).await?.ok_or_else(no_consent)?;
    let resource = managed::find(&transaction, viewer, row.resource_uuid, Action::RecordConsent).await?;
    let resource = resource.ok_or_else(no_consent)?;
    let today = viewer.today();
    let day = input.withdrawn_on.map_or(today, |day| day.0);
    possible_withdrawal(&row, day, today)?;
    let author = context.author();
    let at = (day, author.clock.now_ms());
    let consent = store::withdraw(&transaction, resource.id, &row, at).await?;
    let ledger: Ledger = store::ledger(all).await?;
    let mut concerned = store::sharing(all, &consent.values()).await?;
    concerned.push(resource.id);
    store::apply(all, &ledger, &concerned).await?;
    concerned.extend(withheld::with_released_text(all).await?);
    withheld::hold_stored(all, &ledger, &concerned).await?;
    let (before, after) = (json!({ "withdrawnOn": null }), json!({ "withdrawnOn": day }));
    let things = things(&resource, &consent);
    let change =
        Change { action: AuditAction::WithdrawConsent, things, before: Some(before), after: Some(after) };
    audit::record(&transaction, &author, change).await?;
    transaction.commit().await?;
    Ok(consent)
}

/// The ledger decides on all contacts, so it is read without a viewer. The resource that the caller names is
/// read with `managed::find`, which checks the permission.
#[expect(clippy::disallowed_methods, reason = "managed::find checks the permission for the resource")]
fn unscoped(tx: &WriteTransaction) -> WithoutViewer<'_, WriteTransaction> {
    WithoutViewer::of(tx)
}

/// The context of the request, if its viewer may record consents for any resource at all.
fn permitted<'a>(ctx: &Context<'a>) -> Result<&'a RequestContext, Error> {
    let context = RequestContext::of(ctx);
    context.require(Action::RecordConsent)?;
    Ok(context)
}

fn resource_of(id: &ID) -> Option<Uuid> {
    match NodeId::parse(id, "resource") {
        Ok(NodeId { node: NodeType::Resource(_), uuid }) => Some(uuid),
        _ => None,
    }
}

/// Public ids for the audit entry: the resource and the consent.
fn things(resource: &Managed, consent: &Consent) -> Vec<NodeId> {
    vec![resource.node_id(), consent.node_id()]
}

fn facts(consent: &Consent) -> Value {
    let row = &consent.row;
    json!({
        "purpose": ConsentPurpose::from(row.purpose).code(),
        "subject": ConsentSubject::from(row.subject).code(),
        "method": ConsentMethod::from(row.method).code(),
        "tel": row.phone, "fax": row.fax, "email": row.email,
        "obtainedOn": row.obtained_on, "expiresOn": row.expires_on, "evidence": row.evidence,
    })
}

fn possible_withdrawal(row: &consent::Model, day: NaiveDate, today: NaiveDate) -> Result<(), UserError> {
    if row.withdrawn_on.is_some() {
        return Err(UserError::conflict("id", "It was already taken back."));
    }
    if day > today {
        return Err(UserError::invalid("withdrawnOn", "It lies in the future."));
    }
    if day < row.obtained_on {
        return Err(UserError::invalid("withdrawnOn", "It lies before the consent."));
    }
    Ok(())
}

impl RecordConsentInput {
    fn wrong_days(&self, today: NaiveDate) -> Vec<UserError> {
        let mut errors = Vec::new();
        if self.obtained_on.0 > today {
            errors.push(UserError::invalid("obtainedOn", "It lies in the future."));
        }
        if self.expires_on.is_some_and(|day| day < self.obtained_on) {
            errors.push(UserError::invalid("expiresOn", "It lies before `obtainedOn`."));
        }
        errors
    }
}

/// The numbers and the mail address of an input, parsed.
#[derive(Clone, Debug, Default)]
struct Written {
    tel: Option<ContactValue>,
    fax: Option<ContactValue>,
    email: Option<ContactValue>,
}

impl Written {
    fn read(input: &RecordConsentInput) -> Result<Self, Vec<UserError>> {
        let mut errors = Vec::new();
        let mut read = |field, text: &Option<String>, one: fn(&str) -> Option<ContactValue>| {
            let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
            let value = one(text).filter(|value| is_storable(value.as_str()));
            if value.is_none() {
                errors.push(UserError::invalid(
                    field,
                    "Write one number or address, as it stands in the contact.",
                ));
            }
            value
        };
        let written = Self {
            tel: read("tel", &input.tel, ContactValue::number),
            fax: read("fax", &input.fax, ContactValue::number),
            email: read("email", &input.email, ContactValue::mail),
        };
        if errors.is_empty() && written.all().next().is_none() {
            errors.push(UserError::invalid("tel", "Say for which number or address."));
        }
        let evidence = input.evidence.as_deref().unwrap_or_default();
        if evidence.chars().count() > LONGEST_EVIDENCE || !is_storable(evidence) {
            let message = format!("Write at most {LONGEST_EVIDENCE} characters.");
            errors.push(UserError::invalid("evidence", message));
        }
        if errors.is_empty() { Ok(written) } else { Err(errors) }
    }

    fn all(&self) -> impl Iterator<Item = (&'static str, &ContactValue)> {
        let given = [("tel", &self.tel), ("fax", &self.fax), ("email", &self.email)];
        given.into_iter().filter_map(|(field, value)| Some((field, value.as_ref()?)))
    }

    /// An error for each value that is not among the contacts of the resource that the viewer may read.
    fn strangers(&self, known: &[ContactValue]) -> Vec<UserError> {
        let strangers = self.all().filter(|(_, value)| !known.contains(value));
        let message = "It is not among the contacts of this resource.";
        strangers.map(|(field, _)| UserError::invalid(field, message)).collect()
    }

    fn line(&self, input: &RecordConsentInput, resource_uuid: Uuid, author: &Author) -> consent::Model {
        let text = |value: &Option<ContactValue>| value.as_ref().map(|value| value.as_str().to_owned());
        let evidence = input.evidence.as_deref().map(str::trim).filter(|text| !text.is_empty());
        consent::Model {
            id: 0,
            uuid: Uuid::now_v7(),
            resource_uuid,
            purpose: input.purpose.into(),
            subject: input.subject.into(),
            method: input.method.into(),
            phone: text(&self.tel),
            fax: text(&self.fax),
            email: text(&self.email),
            obtained_on: input.obtained_on.0,
            expires_on: input.expires_on.map(|day| day.0),
            withdrawn_on: None,
            withdrawn_at: None,
            evidence: evidence.map(str::to_owned),
            recorded_by: author.subject.clone(),
            recorded_at: author.clock.now_ms(),
        }
    }
}
