//! Resources that no national list contains: gatherings, mutual aid, private services, desks; coordinators,
//! and schedules.
//!
//! A schedule refers to its rule by a hash of the rule's text. Thousands of places share a few hundred rules,
//! so a query about an instant evaluates each rule once, and a hash means the same rule in every database.

use crate::dialect;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, RESOURCES).await?;
        dialect::execute(manager, SCHEDULES).await?;
        dialect::execute(manager, LOCAL).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const RESOURCES: &str = r#"
ALTER TABLE resource ADD COLUMN suspended_from DATE;
ALTER TABLE resource ADD COLUMN suspended_to DATE;
ALTER TABLE resource ADD COLUMN suspension_reason TEXT;
ALTER TABLE contact_point ADD COLUMN person_name TEXT;
"#;

const SCHEDULES: &str = r#"
CREATE TABLE schedule_rule (
  id BIGINT PRIMARY KEY,
  body TEXT NOT NULL
);
CREATE TABLE schedule (
  id {id},
  resource_id BIGINT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  rule_id BIGINT NOT NULL REFERENCES schedule_rule (id),
  label TEXT,
  raw_text TEXT,
  -- Where it is held when venues take turns: a list of months with a name and an address.
  venues TEXT
);
CREATE INDEX schedule_resource ON schedule (resource_id, rule_id);
CREATE INDEX schedule_of_rule ON schedule (rule_id, resource_id);
"#;

const LOCAL: &str = r#"
-- What only one kind has, as one JSON text, beside the few numbers that filters compare.
CREATE TABLE local_details (
  resource_id BIGINT PRIMARY KEY REFERENCES resource (id) ON DELETE CASCADE,
  body TEXT NOT NULL,
  visit_yen INTEGER,
  hour_yen INTEGER
);
-- Words of closed sets that filters ask for: `activity:EXERCISE`, `topic:DEMENTIA`.
CREATE TABLE resource_tag (
  resource_id BIGINT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  tag {key} NOT NULL,
  PRIMARY KEY (resource_id, tag)
);
CREATE INDEX resource_tag_of ON resource_tag (tag, resource_id);

CREATE TABLE coordinator (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  municipality_id BIGINT NOT NULL REFERENCES municipality (id),
  tier SMALLINT NOT NULL,
  name TEXT,
  organization TEXT,
  phone TEXT,
  phone_e164 TEXT,
  desk_uuid {uuid},
  as_of DATE,
  vanished_on DATE
);
CREATE INDEX coordinator_municipality ON coordinator (municipality_id, tier);
CREATE TABLE coordinator_district (
  coordinator_id BIGINT NOT NULL REFERENCES coordinator (id) ON DELETE CASCADE,
  district_id BIGINT NOT NULL REFERENCES district (id),
  PRIMARY KEY (coordinator_id, district_id)
);
CREATE INDEX coordinator_district_of ON coordinator_district (district_id, coordinator_id);
"#;
