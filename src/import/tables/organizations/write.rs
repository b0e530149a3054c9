//! Compares the organizations of users with the stored ones and writes what changed.

use crate::auth::row_scope::Unscoped;
use crate::database::ImportTurn;
use crate::id::{NodeId, NodeType};
use crate::import::complaint::Flaw;
use crate::import::derive::draft::uuid_of;
use crate::import::options::Honoured;
use crate::import::report::Report;
use crate::import::tables::organizations::Office;
use crate::import::tables::{Changed, Import, Rows};
use entity::enums::AuditAction;
use entity::organization::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DbErr, QueryFilter};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Stands for the key of an organization that a rehearsal would create; no row has it.
const NOT_WRITTEN: i64 = 0;

/// The organizations of a list. None is ever deleted, because accounts may belong to it.
impl Rows for Vec<Office> {
    type Compared = (Known, Self);
    const ACTION: AuditAction = AuditAction::ImportOrganizations;
    const HONOURED: Honoured = Honoured { day: false, complete: false, publisher: false };

    async fn compare(self, import: &mut Import<'_>) -> Result<Self::Compared, DbErr> {
        let known = Known::load(import.turn).await?;
        let offices = known.resolvable(self, import.report);
        Ok((known, offices))
    }

    async fn write((known, offices): Self::Compared, import: &mut Import<'_>) -> Result<Changed, DbErr> {
        let mut changed = Vec::new();
        let mut ids: HashMap<String, i64> = known.ids();
        // Parents first: a child needs the key of its parent.
        for office in in_order(&offices) {
            let Written { id, changed: differs } =
                known.write(import.turn, office, &ids, import.report).await?;
            ids.insert(office.code.clone(), id);
            changed.extend(differs.map(|uuid| NodeId::new(NodeType::Organization, uuid)));
        }
        Ok((!changed.is_empty()).then_some(changed))
    }
}

/// An organization after its write.
struct Written {
    id: i64,
    /// Its public id, if it was new or differed.
    changed: Option<Uuid>,
}

/// The stored organizations: those with a code, and corporations by number.
pub(in crate::import) struct Known {
    by_code: HashMap<String, Model>,
    by_number: HashMap<String, Model>,
}

impl Known {
    async fn load(db: &impl Unscoped) -> Result<Self, DbErr> {
        let named =
            Condition::any().add(Column::Code.is_not_null()).add(Column::CorporateNumber.is_not_null());
        let (mut by_code, mut by_number) = (HashMap::new(), HashMap::new());
        for row in db.every::<Entity>().filter(named).all(db).await? {
            if let Some(number) = row.corporate_number.clone().filter(|_| row.name_key.starts_with("number:"))
            {
                by_number.insert(number, row.clone());
            }
            if let Some(code) = row.code.clone() {
                by_code.insert(code, row);
            }
        }
        Ok(Self { by_code, by_number })
    }

    fn ids(&self) -> HashMap<String, i64> {
        self.by_code.iter().map(|(code, row)| (code.clone(), row.id)).collect()
    }

    /// Rejects organizations whose parent is unknown or that are their own ancestor.
    fn resolvable(&self, offices: Vec<Office>, report: &mut Report) -> Vec<Office> {
        let parents: BTreeMap<String, Option<String>> =
            offices.iter().map(|office| (office.code.clone(), office.parent.clone())).collect();
        let is_good = |office: &Office| match self.flaw(office, &parents) {
            None => true,
            Some(flaw) => {
                report.reject(office.line, "上位組織コード", flaw);
                false
            }
        };
        offices.into_iter().filter(is_good).collect()
    }

    fn flaw(&self, office: &Office, parents: &BTreeMap<String, Option<String>>) -> Option<Flaw> {
        let mut above = office.parent.as_ref();
        for _ in 0..=parents.len() {
            let code = above?;
            if *code == office.code {
                return Some(Flaw::PartOfItself { code: code.clone() });
            }
            match parents.get(code) {
                Some(parent) => above = parent.as_ref(),
                None if self.by_code.contains_key(code) => return None,
                None => return Some(Flaw::UnknownOrganization { code: code.clone() }),
            }
        }
        Some(Flaw::CircleAbove)
    }

    /// The stored row of an office: by code, else a corporation from a national file with the same number.
    fn row(&self, office: &Office) -> Option<&Model> {
        let by_number = || self.by_number.get(corporation(office)?);
        self.by_code.get(&office.code).or_else(by_number)
    }

    async fn write(
        &self,
        db: &ImportTurn,
        office: &Office,
        ids: &HashMap<String, i64>,
        report: &mut Report,
    ) -> Result<Written, DbErr> {
        let parent_id = office.parent.as_ref().and_then(|code| ids.get(code)).copied();
        let model = ActiveModel {
            name: Set(office.name.clone()),
            parent_id: Set(parent_id),
            code: Set(Some(office.code.clone())),
            facility_number: Set(office.facility_number.clone()),
            ..Default::default()
        };
        match self.row(office) {
            Some(row) if says(row, office, parent_id) => {
                report.unchanged += 1;
                Ok(Written { id: row.id, changed: None })
            }
            Some(row) => {
                report.updated += 1;
                if db.is_rehearsal() {
                    return Ok(Written { id: row.id, changed: Some(row.uuid) });
                }
                let updated = ActiveModel { id: Set(row.id), ..model }.update(db).await?;
                Ok(Written { id: updated.id, changed: Some(row.uuid) })
            }
            None => {
                report.created += 1;
                let key = corporation(office)
                    .map_or_else(|| format!("code:{}", office.code), |number| format!("number:{number}"));
                let uuid = uuid_of(&format!("organization:{key}"));
                if db.is_rehearsal() {
                    return Ok(Written { id: NOT_WRITTEN, changed: Some(uuid) });
                }
                let new = ActiveModel {
                    uuid: Set(uuid),
                    name_key: Set(key),
                    corporate_number: Set(corporation(office).map(str::to_owned)),
                    ..model
                };
                Ok(Written { id: new.insert(db).await?.id, changed: Some(uuid) })
            }
        }
    }
}

/// The corporate number of a row without parent, which is the corporation itself.
fn corporation(office: &Office) -> Option<&str> {
    office.corporate_number.as_deref().filter(|_| office.parent.is_none())
}

fn says(row: &Model, office: &Office, parent_id: Option<i64>) -> bool {
    row.name == office.name
        && row.parent_id == parent_id
        && row.code.as_deref() == Some(office.code.as_str())
        && row.facility_number == office.facility_number
}

/// Offices sorted so that each follows its parent; there are no circles left here.
fn in_order(offices: &[Office]) -> Vec<&Office> {
    let depth = |office: &Office| {
        let mut above = office.parent.as_ref();
        let mut depth = 0;
        while let Some(parent) = above.and_then(|code| offices.iter().find(|other| other.code == *code)) {
            depth += 1;
            above = parent.parent.as_ref();
        }
        depth
    };
    let mut ordered: Vec<(usize, &Office)> = offices.iter().map(|office| (depth(office), office)).collect();
    ordered.sort_by_key(|(depth, office)| (*depth, office.line));
    ordered.into_iter().map(|(_, office)| office).collect()
}
