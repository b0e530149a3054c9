//! Resolves the claims of a token or account (codes of an organization and of districts) to internal keys.

use super::{Credential, Identity, Membership, Permissions, Roles, Viewer};
use crate::auth::row_scope::Unscoped;
use chrono::NaiveDate;
use entity::{district, municipality, organization};
use japan::clock::Clock;
use sea_orm::{ColumnTrait, Condition, DbErr, JoinType, QueryFilter, QuerySelect, RelationTrait, Statement};
use std::sync::Arc;

/// Systems of official numbers by which an organization may be a facility of the directory.
const FACILITY_SYSTEMS: [&str; 2] =
    [entity::identifier::CARE_OFFICE_NUMBER, entity::identifier::MEDICAL_INSTITUTION_ID];

/// Roles and codes as a token or account states them, before they are looked up in the directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Their roles.
    pub roles: Roles,
    /// Code of the office they work in.
    pub organization_code: Option<String>,
    /// Codes of the districts they work for: `D09`, or `062031:D09` where two cities use the same.
    pub district_codes: Vec<String>,
}

/// The identity that a token states, before its codes are looked up in the directory.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Stable name of the person or program.
    pub subject: Arc<str>,
    /// The credential that was authenticated.
    pub credential: Credential,
    /// Their name (回答者名).
    pub name: Option<String>,
    /// Id of the token.
    pub token_id: Option<String>,
}

impl Standing {
    /// The viewer with this identity and these roles and codes.
    pub async fn viewer(self, db: &impl Unscoped, shown: Shown, clock: Clock) -> Result<Viewer, DbErr> {
        let (permissions, organization) = self.resolve(db, clock.today()).await?;
        let identity = Identity {
            subject: shown.subject,
            credential: shown.credential,
            name: shown.name,
            token_id: shown.token_id,
            organization,
            district_codes: self.district_codes,
        };
        Ok(Viewer::known(identity, permissions, clock))
    }

    /// Looks the codes up in the directory. An unknown code grants nothing.
    async fn resolve(
        &self,
        db: &impl Unscoped,
        day: NaiveDate,
    ) -> Result<(Permissions, Option<Membership>), DbErr> {
        let organization = match &self.organization_code {
            Some(code) => find_organization(db, code).await?,
            None => None,
        };
        let around = match &organization {
            Some(organization) => Around::find(db, organization).await?,
            None => Around::default(),
        };
        let permissions = Permissions {
            roles: self.roles,
            organization: organization.as_ref().map(|organization| organization.id),
            organizations_above: around.above,
            runs_facilities: around.runs || !around.own.is_empty(),
            own_resources: around.own,
            districts: find_districts(db, &self.district_codes).await?,
            day,
        };
        let membership = organization
            .and_then(|row| Some(Membership { uuid: row.uuid, id: row.id, code: row.code?, name: row.name }));
        Ok((permissions, membership))
    }
}

/// Codes that the directory does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnknownCodes {
    /// That of the office.
    pub organization: Option<String>,
    /// Those of districts.
    pub districts: Vec<String>,
}

impl Standing {
    /// Checks the codes before they are stored in an account or token.
    pub async fn unknown_codes(&self, db: &impl Unscoped) -> Result<UnknownCodes, DbErr> {
        let mut unknown = UnknownCodes::default();
        if let Some(code) = &self.organization_code
            && find_organization(db, code).await?.is_none()
        {
            unknown.organization = Some(code.clone());
        }
        for code in &self.district_codes {
            if find_districts(db, std::slice::from_ref(code)).await?.is_empty() {
                unknown.districts.push(code.clone());
            }
        }
        Ok(unknown)
    }
}

async fn find_organization(db: &impl Unscoped, code: &str) -> Result<Option<organization::Model>, DbErr> {
    db.every::<organization::Entity>().filter(organization::Column::Code.eq(code)).one(db).await
}

/// The relations of an organization that decide on permissions.
#[derive(Default)]
struct Around {
    /// The organizations above it, the nearest first.
    above: Vec<i64>,
    /// The facilities that it is: those with its official number.
    own: Vec<i64>,
    /// Whether it runs a facility.
    runs: bool,
}

/// One statement for all of it, because it runs at every request with a token.
const AROUND: &str = r#"
WITH RECURSIVE above (id, depth) AS (
  SELECT parent_id, 1 FROM organization WHERE id = $1 AND parent_id IS NOT NULL
  UNION ALL
  SELECT o.parent_id, above.depth + 1 FROM organization o JOIN above ON o.id = above.id
  WHERE o.parent_id IS NOT NULL AND above.depth < 10
)
SELECT 1 AS what, id, depth FROM above
UNION ALL
SELECT 2, resource_id, 0 FROM identifier WHERE value = $2 AND system IN ($3, $4)
UNION ALL
SELECT 3, 0, 0 WHERE EXISTS (SELECT 1 FROM resource WHERE organization_id = $1 AND kind IN (4, 5))
ORDER BY 1, 3, 2"#;

impl Around {
    async fn find(db: &impl Unscoped, organization: &organization::Model) -> Result<Self, DbErr> {
        let number = organization.facility_number.clone();
        let [care, medical] = FACILITY_SYSTEMS;
        let values = [organization.id.into(), number.into(), care.into(), medical.into()];
        let statement = Statement::from_sql_and_values(db.get_database_backend(), AROUND, values);
        let mut around = Self::default();
        for row in db.query_all_raw(statement).await? {
            let id = row.try_get_by_index(1)?;
            match row.try_get_by_index::<i32>(0)? {
                1 => around.above.push(id),
                2 => around.own.push(id),
                _ => around.runs = true,
            }
        }
        Ok(around)
    }
}

async fn find_districts(db: &impl Unscoped, codes: &[String]) -> Result<Vec<i64>, DbErr> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let named = codes.iter().fold(Condition::any(), |any, code| match code.split_once(':') {
        Some((city, code)) => any.add(
            Condition::all().add(municipality::Column::Code.eq(city)).add(district::Column::Code.eq(code)),
        ),
        None => any.add(district::Column::Code.eq(code)),
    });
    let mut found: Vec<i64> = db
        .every::<district::Entity>()
        .select_only()
        .column(district::Column::Id)
        .join(JoinType::InnerJoin, district::Relation::Municipality.def())
        .filter(named)
        .into_tuple()
        .all(db)
        .await?;
    found.sort_unstable();
    Ok(found)
}
