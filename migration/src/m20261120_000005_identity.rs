//! Identity and privacy: organizations by code, accounts and their sessions, tokens of
//! programs, consents, withheld text, and the audit of changes and of reads of
//! care-professional data, whose entries cannot be changed.
//!
//! Instants are whole milliseconds since 1970 UTC, which both databases compare alike.

use crate::dialect;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, DIRECTORY).await?;
        dialect::execute(manager, ACCOUNTS).await?;
        dialect::execute(manager, TOKENS).await?;
        dialect::execute(manager, PRIVACY).await?;
        dialect::execute(manager, AUDIT).await?;
        let unchangeable = match manager.get_database_backend() {
            DbBackend::Postgres => UNCHANGEABLE_ON_POSTGRES,
            _ => UNCHANGEABLE_ON_SQLITE,
        };
        dialect::execute(manager, unchangeable).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const DIRECTORY: &str = r#"
-- The code by which a token names an office, and the official number of the facility it is.
ALTER TABLE organization ADD COLUMN code {key};
ALTER TABLE organization ADD COLUMN facility_number {key};
CREATE UNIQUE INDEX organization_code ON organization (code);
-- What partners may know of a local activity beside what everybody knows, as one JSON text.
ALTER TABLE local_details ADD COLUMN partner TEXT;
-- Until when a consent opens a contact that is otherwise closed: derived from the ledger.
ALTER TABLE contact_point ADD COLUMN public_until DATE;
ALTER TABLE contact_point ADD COLUMN partner_until DATE;
ALTER TABLE contact_point ADD COLUMN care_until DATE;
-- What the source said, where a withdrawal has closed the contact; NULL: `visibility` is what it said.
ALTER TABLE contact_point ADD COLUMN base_visibility SMALLINT;
"#;

const ACCOUNTS: &str = r#"
CREATE TABLE account (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  -- In lower case: one account for each mail address.
  email {key} NOT NULL UNIQUE,
  name TEXT NOT NULL,
  -- argon2id in PHC form; NULL until the invitation is accepted.
  password_hash TEXT,
  roles SMALLINT NOT NULL,
  organization_code {key},
  district_codes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  closed_at BIGINT,
  failed_attempts INTEGER NOT NULL,
  locked_until BIGINT NOT NULL
);
CREATE TABLE invitation (
  id {id},
  account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  secret_hash {key} NOT NULL UNIQUE,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX invitation_account ON invitation (account_id);
CREATE TABLE session (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX session_account ON session (account_id);
CREATE TABLE refresh_token (
  secret_hash {key} PRIMARY KEY,
  session_id BIGINT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX refresh_token_session ON refresh_token (session_id);
"#;

const TOKENS: &str = r#"
CREATE TABLE api_token (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  secret_hash {key} NOT NULL UNIQUE,
  name TEXT NOT NULL,
  roles SMALLINT NOT NULL,
  organization_code {key},
  district_codes TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  revoked_at BIGINT
);
-- Tokens of the identity provider that are refused before they end.
CREATE TABLE revoked_token (
  issuer {key} NOT NULL,
  token_id {key} NOT NULL,
  revoked_at BIGINT NOT NULL,
  PRIMARY KEY (issuer, token_id)
);
"#;

const PRIVACY: &str = r#"
-- Never deleted: a withdrawal must be known when a later file brings the number again. Of a resource it
-- knows the public id, which outlives the row.
CREATE TABLE consent (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  resource_uuid {uuid} NOT NULL,
  purpose SMALLINT NOT NULL,
  subject SMALLINT NOT NULL,
  method SMALLINT NOT NULL,
  -- The numbers and the address it is about, as they are compared.
  phone {key},
  fax {key},
  email {key},
  obtained_on DATE NOT NULL,
  expires_on DATE,
  withdrawn_on DATE,
  -- When that was recorded: what is recorded later counts again.
  withdrawn_at BIGINT,
  evidence TEXT,
  recorded_by TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX consent_resource ON consent (resource_uuid);
CREATE INDEX consent_phone ON consent (phone);
CREATE INDEX consent_fax ON consent (fax);
CREATE INDEX consent_email ON consent (email);
CREATE INDEX consent_expires ON consent (expires_on);

-- Text of a resource that looks as if it held somebody's own number or address.
CREATE TABLE held_text (
  resource_id BIGINT NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  field {key} NOT NULL,
  text TEXT NOT NULL,
  reason SMALLINT NOT NULL,
  PRIMARY KEY (resource_id, field)
);
-- Text somebody has looked at and released, by its digest: a later file may bring it again.
CREATE TABLE released_text (
  resource_uuid {uuid} NOT NULL,
  field {key} NOT NULL,
  digest {key} NOT NULL,
  released_by TEXT NOT NULL,
  released_at BIGINT NOT NULL,
  PRIMARY KEY (resource_uuid, field, digest)
);
"#;

const AUDIT: &str = r#"
CREATE TABLE audit_entry (
  id {id},
  uuid {uuid} NOT NULL UNIQUE,
  at BIGINT NOT NULL,
  -- READ or CHANGE
  kind SMALLINT NOT NULL,
  subject {key} NOT NULL,
  roles SMALLINT NOT NULL,
  organization_code {key},
  token_id {key},
  -- What was done: the field of the mutation, or READ; and in which operation of which request.
  action {key} NOT NULL,
  operation TEXT,
  request_id TEXT,
  -- JSON: public ids of what was changed or read, and the fields before and after.
  things TEXT NOT NULL,
  before TEXT,
  after TEXT
);
CREATE INDEX audit_entry_at ON audit_entry (at, id);
CREATE INDEX audit_entry_subject ON audit_entry (subject, id);
CREATE INDEX audit_entry_action ON audit_entry (action, id);
-- Which entries speak of a thing.
CREATE TABLE audit_thing (
  thing {key} NOT NULL,
  entry_id BIGINT NOT NULL REFERENCES audit_entry (id),
  PRIMARY KEY (thing, entry_id)
);
"#;

const UNCHANGEABLE_ON_SQLITE: &str = r#"
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END;
-- REPLACE deletes without asking the triggers above.
CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id OR uuid = NEW.uuid)
BEGIN SELECT RAISE(ABORT, 'audit entries are never replaced'); END;
CREATE TRIGGER audit_thing_no_update BEFORE UPDATE ON audit_thing
BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_thing_no_delete BEFORE DELETE ON audit_thing
BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END;
"#;

const UNCHANGEABLE_ON_POSTGRES: &str = r#"
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit entries are never changed or deleted'; END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_thing_append_only BEFORE UPDATE OR DELETE ON audit_thing
FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_thing_no_truncate BEFORE TRUNCATE ON audit_thing
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
"#;
