//! Contacts between professionals: liaison sheets of physicians with their versions, desks, care needs that
//! facilities accept, vacancies, distribution lists, and watch lists.
//!
//! Facts that no statement filters by are one JSON text; `reach` repeats the
//! part of them that `reachableNow` reads.

use crate::dialect;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, SHEETS).await?;
        dialect::execute(manager, CONTACTS).await?;
        dialect::execute(manager, CAPACITY).await?;
        dialect::execute(manager, READERS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const SHEETS: &str = r#"
CREATE TABLE physician (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  -- By which the yearly questionnaire names them.
  code {key} NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_kana TEXT,
  -- Name and reading, folded.
  search_key {key} NOT NULL
);
CREATE TABLE affiliation (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  physician_id BIGINT NOT NULL REFERENCES physician (id),
  resource_id BIGINT NOT NULL REFERENCES resource (id),
  -- The first day on which they no longer work there. Affiliations end, they are not deleted.
  ended_on DATE,
  UNIQUE (physician_id, resource_id)
);
CREATE INDEX affiliation_resource ON affiliation (resource_id);
CREATE TABLE liaison_sheet (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  resource_id BIGINT NOT NULL REFERENCES resource (id),
  version INTEGER NOT NULL,
  issuer TEXT NOT NULL,
  issued_on DATE NOT NULL,
  as_of DATE NOT NULL,
  review_due_on DATE NOT NULL,
  facts TEXT NOT NULL,
  -- What the institution agreed to.
  consent_method SMALLINT NOT NULL,
  consented_on DATE NOT NULL,
  consent_withdrawn_on DATE,
  recorded_at BIGINT NOT NULL,
  recorded_by TEXT NOT NULL,
  -- NULL: the current version.
  replaced_at BIGINT,
  UNIQUE (resource_id, version)
);
CREATE UNIQUE INDEX liaison_sheet_current ON liaison_sheet (resource_id) WHERE replaced_at IS NULL;
CREATE TABLE liaison_entry (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  sheet_id BIGINT NOT NULL REFERENCES liaison_sheet (id),
  affiliation_id BIGINT NOT NULL REFERENCES affiliation (id),
  ordinal INTEGER NOT NULL,
  facts TEXT NOT NULL,
  reach TEXT NOT NULL,
  UNIQUE (sheet_id, affiliation_id)
);
CREATE INDEX liaison_entry_affiliation ON liaison_entry (affiliation_id);
-- Words by which entries are filtered: `channel:PHONE`, `department:01001`.
CREATE TABLE liaison_entry_tag (
  tag {key} NOT NULL,
  entry_id BIGINT NOT NULL REFERENCES liaison_entry (id),
  PRIMARY KEY (tag, entry_id)
);
"#;

const CONTACTS: &str = r#"
CREATE TABLE liaison_contact (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  -- By which the list of the city or association names it.
  number {key} NOT NULL UNIQUE,
  kind {key} NOT NULL,
  organization_type {key} NOT NULL,
  -- Whose desk it is: a facility of the directory, an organization, or only a name.
  resource_id BIGINT REFERENCES resource (id),
  organization_id BIGINT REFERENCES organization (id),
  organization_name TEXT NOT NULL,
  search_key {key} NOT NULL,
  sort_key {key} NOT NULL,
  audience {key} NOT NULL,
  facts TEXT NOT NULL,
  reach TEXT NOT NULL,
  as_of DATE NOT NULL,
  valid_from DATE,
  -- The last day of it.
  valid_to DATE,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX liaison_contact_resource ON liaison_contact (resource_id);
CREATE INDEX liaison_contact_organization ON liaison_contact (organization_id);
CREATE INDEX liaison_contact_kind ON liaison_contact (kind, sort_key, id);
CREATE TABLE liaison_contact_tag (
  tag {key} NOT NULL,
  contact_id BIGINT NOT NULL REFERENCES liaison_contact (id),
  PRIMARY KEY (tag, contact_id)
);
"#;

const CAPACITY: &str = r#"
CREATE TABLE medical_acceptance (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  resource_id BIGINT NOT NULL REFERENCES resource (id),
  -- Of which service; empty: of the whole facility.
  service_code {key} NOT NULL,
  need {key} NOT NULL,
  answer {key} NOT NULL,
  conditions TEXT,
  night_nurse BOOLEAN,
  max_persons INTEGER,
  as_of DATE NOT NULL,
  audience {key} NOT NULL,
  UNIQUE (resource_id, service_code, need)
);
CREATE INDEX medical_acceptance_need ON medical_acceptance (need, answer, resource_id);
-- The latest counts; older ones are kept.
CREATE TABLE vacancy_report (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  resource_id BIGINT NOT NULL REFERENCES resource (id),
  service_code {key} NOT NULL,
  status {key} NOT NULL,
  places INTEGER,
  period_from DATE,
  period_to DATE,
  note TEXT,
  audience {key} NOT NULL,
  reported_at BIGINT NOT NULL,
  -- From then on nobody knows.
  expires_at BIGINT NOT NULL,
  reported_by TEXT NOT NULL
);
CREATE INDEX vacancy_report_of ON vacancy_report (resource_id, service_code, id);
"#;

const READERS: &str = r#"
-- Which organizations read a sheet, or what has an audience of its own, by its public id.
CREATE TABLE distribution (
  thing_uuid {uuid} NOT NULL,
  organization_id BIGINT NOT NULL REFERENCES organization (id),
  -- Whether those below it read it too.
  covers_children BOOLEAN NOT NULL,
  PRIMARY KEY (thing_uuid, organization_id)
);
CREATE INDEX distribution_organization ON distribution (organization_id);
CREATE TABLE liaison_watch (
  subject {key} NOT NULL,
  resource_id BIGINT NOT NULL REFERENCES resource (id),
  since BIGINT NOT NULL,
  PRIMARY KEY (subject, resource_id)
);
"#;
