//! Compares the distribution lists of sheets with the stored ones and writes what changed.

use crate::audit::Author;
use crate::auth::row_scope::Unscoped;
use crate::database::ImportTurn;
use crate::import::cells::Taken;
use crate::import::complaint::{Complaint, Flaw, Remark};
use crate::import::options::Honoured;
use crate::import::report::Report;
use crate::import::tables::distribution::{
    Distributed, INSTITUTION, INSTITUTION_NAME, ORGANIZATION, ORGANIZATION_NAME,
};
use crate::import::tables::{Changed, Import, Rows};
use crate::liaison::distribution::store::{self, Difference};
use crate::liaison::distribution::{DistributionEntry, ListedOrganization};
use entity::enums::AuditAction;
use entity::{identifier, liaison_sheet, organization, resource};
use japan::text::fold;
use sea_orm::{ColumnTrait, DbErr, JoinType, QueryFilter, QuerySelect, RelationDef, RelationTrait};
use std::collections::{BTreeMap, HashMap};

/// Rows per statement.
const BATCH: usize = 500;

/// Organizations to be added to the distribution lists of sheets. With `--complete`, organizations that the
/// file lacks are removed from the lists of the institutions in it.
impl Rows for Vec<Distributed> {
    type Compared = Lists;
    const ACTION: AuditAction = AuditAction::ImportLiaisonDistribution;
    const HONOURED: Honoured = Honoured { day: false, complete: true, publisher: false };

    async fn compare(self, import: &mut Import<'_>) -> Result<Lists, DbErr> {
        let known = Known::load(import.turn, &self).await?;
        Ok(known.lists(&self, import.report))
    }

    async fn write(lists: Lists, import: &mut Import<'_>) -> Result<Changed, DbErr> {
        let complete = import.options.complete;
        let whole = complete && import.report.rejected.is_empty();
        if complete && !whole {
            import.report.notes.push(Remark::NothingMarkedMissing);
        }
        let mut changed = false;
        for (sheet, wanted) in lists.into_values() {
            let difference = write(import, &sheet, &wanted, whole).await?;
            changed |= !difference.is_none();
        }
        Ok(changed.then(Vec::new))
    }
}

/// Writes the distribution list of one sheet and counts its changes.
async fn write(
    import: &mut Import<'_>,
    sheet: &liaison_sheet::Model,
    wanted: &[DistributionEntry],
    whole: bool,
) -> Result<Difference, DbErr> {
    let (turn, report) = (import.turn, &mut *import.report);
    let author = &Author::command_line();
    let mut list = wanted.to_vec();
    if !whole {
        let named =
            |one: &DistributionEntry| wanted.iter().any(|other| other.organization_id == one.organization_id);
        list.extend(store::readers(turn, sheet.uuid).await?.into_iter().filter(|one| !named(one)));
    }
    let difference = match turn {
        ImportTurn::Real(tx) => store::set(tx, author, sheet, &list).await?,
        ImportTurn::Rehearsal(_) => Difference::between(&store::readers(turn, sheet.uuid).await?, &list),
    };
    let (new, other) = (difference.added.len() as u64, difference.changed.len() as u64);
    report.created += new;
    report.updated += other;
    report.unchanged += wanted.len() as u64 - new - other;
    report.vanished += difference.removed.len() as u64;
    Ok(difference)
}

/// An institution of the file, with the current version of its sheet.
struct Institution {
    name: String,
    sheet: Option<liaison_sheet::Model>,
}

/// Stored institutions by number and organizations by code, for the rows of the file.
struct Known {
    institutions: HashMap<String, Institution>,
    organizations: HashMap<String, organization::Model>,
}

/// Each sheet with its distribution list, by key of the sheet.
type Lists = BTreeMap<i64, (liaison_sheet::Model, Vec<DistributionEntry>)>;

impl Known {
    async fn load(db: &impl Unscoped, rows: &[Distributed]) -> Result<Self, DbErr> {
        let (mut institutions, mut organizations) = (HashMap::new(), HashMap::new());
        for batch in rows.chunks(BATCH) {
            institutions.extend(find_institutions(db, batch).await?);
            organizations.extend(find_organizations(db, batch).await?);
        }
        Ok(Self { institutions, organizations })
    }

    /// Groups the rows by sheet; a row that contradicts the directory is rejected.
    fn lists(&self, rows: &[Distributed], report: &mut Report) -> Lists {
        let mut lists = Lists::new();
        for row in rows {
            match self.resolve(row) {
                Ok((sheet, entry)) => {
                    lists.entry(sheet.id).or_insert_with(|| (sheet.clone(), Vec::new())).1.push(entry);
                }
                Err(complaint) => report.rejected.push(complaint),
            }
        }
        lists
    }

    fn resolve(&self, row: &Distributed) -> Taken<(&liaison_sheet::Model, DistributionEntry)> {
        let wrong = |column, flaw| Complaint::of_cell(row.line, column, flaw);
        let institution = self.institutions.get(&row.institution).ok_or_else(|| {
            wrong(INSTITUTION, Flaw::UnknownInstitution { number: row.institution.clone() })
        })?;
        agrees(row.institution_name.as_deref(), &institution.name)
            .map_err(|flaw| wrong(INSTITUTION_NAME, flaw))?;
        let organization = self.organizations.get(&row.organization).ok_or_else(|| {
            wrong(ORGANIZATION, Flaw::UnknownOrganization { code: row.organization.clone() })
        })?;
        agrees(row.organization_name.as_deref(), &organization.name)
            .map_err(|flaw| wrong(ORGANIZATION_NAME, flaw))?;
        let no_sheet = || wrong(INSTITUTION, Flaw::NoSheetYet { name: institution.name.clone() });
        let sheet = institution.sheet.as_ref().ok_or_else(no_sheet)?;
        let entry = DistributionEntry {
            organization: ListedOrganization {
                code: organization.code.clone(),
                name: organization.name.clone(),
            },
            covers_children: row.covers_children,
            organization_id: organization.id,
        };
        Ok((sheet, entry))
    }
}

/// A name may lack the corporation before it; any other difference means a wrong code.
fn agrees(written: Option<&str>, known: &str) -> Result<(), Flaw> {
    let Some(written) = written else { return Ok(()) };
    let folded = |name: &str| fold(name).split_whitespace().collect::<String>();
    let (short, long) = (folded(written), folded(known));
    if short.ends_with(&long) || long.ends_with(&short) {
        return Ok(());
    }
    Err(Flaw::OtherName { written: written.to_owned(), known: known.to_owned() })
}

async fn find_institutions(
    db: &impl Unscoped,
    rows: &[Distributed],
) -> Result<Vec<(String, Institution)>, DbErr> {
    let numbers = rows.iter().map(|row| row.institution.as_str());
    let to_resource: RelationDef = identifier::Relation::Resource.def();
    let found: Vec<(String, i64, String)> = db
        .every::<identifier::Entity>()
        .join(JoinType::InnerJoin, to_resource)
        .filter(identifier::Column::System.eq(identifier::MEDICAL_INSTITUTION_ID))
        .filter(identifier::Column::Value.is_in(numbers))
        .select_only()
        .column(identifier::Column::Value)
        .column(resource::Column::Id)
        .column(resource::Column::Name)
        .into_tuple()
        .all(db)
        .await?;
    let sheets = db
        .every::<liaison_sheet::Entity>()
        .filter(liaison_sheet::Column::ResourceId.is_in(found.iter().map(|(_, id, _)| *id)))
        .filter(liaison_sheet::Column::ReplacedAt.is_null())
        .all(db)
        .await?;
    let sheets: HashMap<i64, _> = sheets.into_iter().map(|sheet| (sheet.resource_id, sheet)).collect();
    let institution = |(number, id, name)| (number, Institution { name, sheet: sheets.get(&id).cloned() });
    Ok(found.into_iter().map(institution).collect())
}

async fn find_organizations(
    db: &impl Unscoped,
    rows: &[Distributed],
) -> Result<Vec<(String, organization::Model)>, DbErr> {
    use organization::{Column, Entity};
    let codes = rows.iter().map(|row| row.organization.as_str());
    let found = db.every::<Entity>().filter(Column::Code.is_in(codes)).all(db).await?;
    Ok(found.into_iter().filter_map(|row| Some((row.code.clone()?, row))).collect())
}
