//! Changes on watched sheets in the graph: a version, and its differences from the last one that the viewer
//! may read.

use crate::connection::connection;
use crate::context::RequestContext;
use crate::error::Result;
use crate::liaison::sheets::LiaisonSheet;
use crate::liaison::sheets::entry::{Physician, PhysicianEntry};
use crate::liaison::sheets::entry_store::EntriesOf;
use crate::liaison::sheets::store::VersionsOf;
use crate::liaison::sheets::versions::changes::{LiaisonSheetField, PhysicianField, Said, changes};
use crate::medical::MedicalFacility;
use crate::scalars::DateTime;
use crate::terms::{Term, labelled};
use async_graphql::SimpleObject;
use futures_util::future::try_join_all;

labelled! {
    /// What kind of change it is (変更の種類).
    SheetChangeKind {
        /// A sheet of an institution of which you had none (新しい連携シート).
        NewSheet = ("新しい連携シート", "あたらしいれんけいしーと", "新しい シート", "New sheet"),
        /// A new version of a sheet that you had (新しい版).
        NewVersion = ("新しい版", "あたらしいはん", "シートが かわった", "New version"),
    }
}

/// A change on a sheet that you watch (連携シートの変更).
#[derive(SimpleObject)]
pub struct SheetChange {
    /// Whose sheet (医療機関).
    institution: MedicalFacility,
    /// The version that brought it (改訂版).
    sheet: LiaisonSheet,
    /// The number of the version it is compared with (比較した版): the last one before it that you may read. Null: there is none.
    previous_version: Option<i32>,
    /// What kind of change (種類).
    kind: Term<SheetChangeKind>,
    /// Physicians who were not on it before (新しく載った医師).
    physicians_added: Vec<PhysicianEntry>,
    /// Physicians who are no longer on it (載らなくなった医師).
    physicians_left: Vec<Physician>,
    /// Physicians of whom it says something else (記載が変わった医師).
    physicians_changed: Vec<PhysicianChange>,
    /// What it says otherwise of the institution (医療機関の項目).
    institution_fields: Vec<Term<LiaisonSheetField>>,
    /// When the version was recorded (登録日時).
    recorded_at: DateTime,
}

/// A physician of whom a version says something else (医師の記載の変更).
#[derive(SimpleObject)]
pub struct PhysicianChange {
    /// What the version says (今回の記載).
    entry: PhysicianEntry,
    /// What the earlier one said (前回の記載).
    previous: PhysicianEntry,
    /// What differs (変わった項目).
    fields: Vec<Term<PhysicianField>>,
}

connection! {
    /// A page of changes, the newest first.
    SheetChangeConnection of
    /// A change in a list.
    SheetChangeEdge of
    /// The change.
    SheetChange
}

/// Each version with its differences from the one before it that the viewer may read. All versions are
/// resolved concurrently, so that the loaders batch their keys.
pub async fn of_versions(context: &RequestContext, versions: Vec<LiaisonSheet>) -> Result<Vec<SheetChange>> {
    try_join_all(versions.into_iter().map(|sheet| of_version(context, sheet))).await
}

async fn of_version(context: &RequestContext, sheet: LiaisonSheet) -> Result<SheetChange> {
    let known = context.load_list(VersionsOf(sheet.row().resource_id)).await?;
    let earlier = known.iter().filter(|other: &&LiaisonSheet| other.row().version < sheet.row().version);
    let previous = earlier.max_by_key(|other| other.row().version).cloned();
    // Both loads run in the same turn, with or without an earlier version, so that they share one batch.
    let asked = previous.as_ref().unwrap_or(&sheet).row().id;
    let (now, then) = futures_util::try_join!(
        context.load_list(EntriesOf(sheet.row().id)),
        context.load_list(EntriesOf(asked))
    )?;
    let institution = super::institution(context, sheet.row().resource_id).await?;
    let sheet = sheet.handed_to(context);
    let change = SheetChange {
        institution,
        previous_version: None,
        kind: Term(SheetChangeKind::NewSheet),
        physicians_added: Vec::new(),
        physicians_left: Vec::new(),
        physicians_changed: Vec::new(),
        institution_fields: Vec::new(),
        recorded_at: DateTime::of_ms(sheet.row().recorded_at),
        sheet,
    };
    Ok(match previous {
        Some(previous) => compared(change, previous.handed_to(context), &then, &now),
        None => SheetChange { physicians_added: now.to_vec(), ..change },
    })
}

fn compared(
    change: SheetChange,
    previous: LiaisonSheet,
    then: &[PhysicianEntry],
    now: &[PhysicianEntry],
) -> SheetChange {
    let found = changes(&said(&previous, then), &said(&change.sheet, now));
    let at = |list: &[PhysicianEntry], place: &usize| list.get(*place).cloned();
    let changed = |(earlier, later, fields): &(usize, usize, Vec<PhysicianField>)| {
        let fields = fields.iter().copied().map(Term).collect();
        Some(PhysicianChange { entry: at(now, later)?, previous: at(then, earlier)?, fields })
    };
    let gone = |place: &usize| Some(at(then, place)?.stored().physician.clone());
    SheetChange {
        previous_version: Some(previous.row().version),
        kind: Term(SheetChangeKind::NewVersion),
        physicians_added: found.added.iter().filter_map(|place| at(now, place)).collect(),
        physicians_left: found.left.iter().filter_map(gone).collect(),
        physicians_changed: found.changed.iter().filter_map(changed).collect(),
        institution_fields: found.institution.into_iter().map(Term).collect(),
        ..change
    }
}

fn said<'v>(sheet: &'v LiaisonSheet, entries: &'v [PhysicianEntry]) -> Said<'v> {
    let row = sheet.row();
    let physicians = entries.iter().map(|entry| (entry.stored().affiliation_uuid, &entry.stored().facts));
    Said {
        facts: sheet.facts(),
        head: (&row.issuer, row.as_of, row.review_due_on),
        physicians: physicians.collect(),
    }
}
