//! The directory: resources with their places, operators and sources.
//!
//! Every resource is one row of `resource`, whatever its kind, so that one statement lists, counts and maps
//! all kinds; facts of a single kind are in a table of its own.

use crate::dialect;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, AREAS).await?;
        dialect::execute(manager, RESOURCES).await?;
        dialect::execute(manager, KINDS).await?;
        dialect::execute(manager, OFFICIAL_RECORDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const AREAS: &str = r#"
CREATE TABLE municipality (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  code {key} NOT NULL UNIQUE,
  prefecture_code {key} NOT NULL,
  name TEXT NOT NULL,
  name_kana TEXT
);
CREATE INDEX municipality_prefecture ON municipality (prefecture_code, code);

-- Outlines as published, simplified; a polygon is a list of rings of [longitude, latitude].
CREATE TABLE municipality_boundary (
  municipality_id BIGINT PRIMARY KEY REFERENCES municipality (id),
  south DOUBLE PRECISION NOT NULL,
  west DOUBLE PRECISION NOT NULL,
  north DOUBLE PRECISION NOT NULL,
  east DOUBLE PRECISION NOT NULL,
  polygons TEXT NOT NULL
);

-- 町字 with a representative point. `name_key` is the folded town and 小字 together.
CREATE TABLE town (
  id {id},
  municipality_id BIGINT NOT NULL REFERENCES municipality (id),
  town TEXT NOT NULL,
  koaza TEXT NOT NULL,
  name_key {key} NOT NULL,
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  UNIQUE (municipality_id, town, koaza)
);
CREATE INDEX town_key ON town (municipality_id, name_key);

CREATE TABLE district (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  municipality_id BIGINT NOT NULL REFERENCES municipality (id),
  code {key} NOT NULL,
  name TEXT NOT NULL,
  valid_from DATE,
  valid_to DATE,
  UNIQUE (municipality_id, code)
);
CREATE TABLE district_town (
  id {id},
  district_id BIGINT NOT NULL REFERENCES district (id),
  town TEXT NOT NULL,
  name_key {key} NOT NULL,
  valid_from DATE,
  valid_to DATE
);
CREATE INDEX district_town_district ON district_town (district_id);
CREATE INDEX district_town_key ON district_town (name_key);
"#;

const RESOURCES: &str = r#"
-- One published data set: a format, a publisher and a day.
CREATE TABLE source (
  id {id},
  name_key {key} NOT NULL UNIQUE,
  title TEXT NOT NULL,
  publisher TEXT,
  url TEXT,
  license TEXT,
  as_of DATE
);

CREATE TABLE organization (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  name_key {key} NOT NULL UNIQUE,
  parent_id BIGINT REFERENCES organization (id),
  name TEXT NOT NULL,
  corporate_number TEXT
);
CREATE INDEX organization_parent ON organization (parent_id);

CREATE TABLE resource (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  kind SMALLINT NOT NULL,
  state SMALLINT NOT NULL,
  name TEXT NOT NULL,
  name_kana TEXT,
  alias TEXT,
  description TEXT,
  url TEXT,
  sort_key {key} NOT NULL,
  categories {key} NOT NULL,
  prefecture_code {key},
  municipality_id BIGINT REFERENCES municipality (id),
  home_district_id BIGINT REFERENCES district (id),
  address TEXT,
  building TEXT,
  location_status SMALLINT NOT NULL,
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  position_precision SMALLINT,
  cell BIGINT,
  service_area SMALLINT NOT NULL,
  organization_id BIGINT REFERENCES organization (id),
  source_id BIGINT REFERENCES source (id),
  as_of DATE,
  last_verified_on DATE,
  vanished_on DATE,
  note TEXT,
  -- Fingerprint of everything an import derived for this row, so that an unchanged one is not written.
  digest {key},
  -- Only what is LOCATED (1) is on the map: every search by place goes through the cell.
  CHECK ((latitude IS NULL) = (longitude IS NULL)),
  CHECK ((cell IS NOT NULL) = (location_status = 1)),
  CHECK (location_status <> 1 OR latitude IS NOT NULL)
);
-- Everything the map, a count and a facet need, so that they never touch the table.
CREATE INDEX resource_cell ON resource (cell, state, kind, categories, municipality_id, latitude, longitude);
CREATE INDEX resource_municipality ON resource (municipality_id, id);
CREATE INDEX resource_prefecture ON resource (prefecture_code, id);
CREATE INDEX resource_home_district ON resource (home_district_id, id);
CREATE INDEX resource_organization ON resource (organization_id);
CREATE INDEX resource_kind ON resource (kind, id);
CREATE INDEX resource_name ON resource (sort_key, id);
CREATE INDEX resource_verified ON resource (COALESCE(last_verified_on, '0001-01-01'), id);

CREATE TABLE resource_district (
  resource_id BIGINT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  district_id BIGINT NOT NULL REFERENCES district (id),
  PRIMARY KEY (resource_id, district_id)
);
CREATE INDEX resource_district_of ON resource_district (district_id, resource_id);

CREATE TABLE identifier (
  resource_id BIGINT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  system {key} NOT NULL,
  value {key} NOT NULL,
  PRIMARY KEY (resource_id, system, value)
);
CREATE INDEX identifier_value ON identifier (system, value);
"#;

const KINDS: &str = r#"
CREATE TABLE medical_facility (
  resource_id BIGINT PRIMARY KEY REFERENCES resource (id) ON DELETE CASCADE,
  institution_type SMALLINT NOT NULL,
  published_id {key} NOT NULL,
  closed_days_note TEXT,
  beds_general INTEGER,
  beds_long_term INTEGER,
  beds_psychiatric INTEGER,
  beds_tuberculosis INTEGER,
  beds_infectious INTEGER,
  beds_total INTEGER
);
CREATE TABLE medical_facility_department (
  resource_id BIGINT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  code {key},
  name TEXT NOT NULL,
  PRIMARY KEY (resource_id, ordinal)
);
CREATE INDEX medical_facility_department_code ON medical_facility_department (code, resource_id);

CREATE TABLE care_service (
  id {id},
  resource_id BIGINT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  office_number {key} NOT NULL,
  service_code {key} NOT NULL,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_kana TEXT,
  url TEXT,
  capacity INTEGER,
  available_days SMALLINT,
  available_days_note TEXT,
  is_kyosei BOOLEAN,
  meets_kaigo_standard BOOLEAN,
  meets_shogai_standard BOOLEAN,
  note TEXT,
  as_of DATE,
  vanished_on DATE,
  UNIQUE (office_number, service_code)
);
CREATE INDEX care_service_resource ON care_service (resource_id, ordinal);
CREATE INDEX care_service_code ON care_service (service_code, resource_id);

CREATE TABLE contact_point (
  id {id},
  resource_id BIGINT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  service_code {key},
  ordinal INTEGER NOT NULL,
  kind SMALLINT NOT NULL,
  visibility SMALLINT NOT NULL,
  label TEXT,
  phone TEXT,
  phone_e164 TEXT,
  fax TEXT,
  fax_e164 TEXT,
  email TEXT
);
CREATE INDEX contact_point_resource ON contact_point (resource_id, ordinal);
"#;

// The last version of each row of the official files, cleaned but complete: the directory is derived from
// these records, so a rule that is added later (a new reference point, a better reader of hours) needs no
// second import, and two files about one office give the same result in either order.
const OFFICIAL_RECORDS: &str = r#"
CREATE TABLE official_record (
  id {id},
  format {key} NOT NULL,
  record_key {key} NOT NULL,
  facility_key {key} NOT NULL,
  scope {key} NOT NULL,
  municipality_code {key},
  as_of DATE,
  source_id BIGINT NOT NULL REFERENCES source (id),
  fingerprint {key} NOT NULL,
  body TEXT NOT NULL,
  vanished_on DATE,
  UNIQUE (format, record_key)
);
CREATE INDEX official_record_facility ON official_record (facility_key);
CREATE INDEX official_record_scope ON official_record (format, scope);
CREATE INDEX official_record_municipality ON official_record (municipality_code);
"#;
