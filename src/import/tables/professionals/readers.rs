//! The readers of a row: audience and distribution list (閲覧範囲・配布先).

use crate::auth::policy::Audience;
use crate::import::cells::column::{Column, column, labels};
use crate::import::cells::{Cells, Taken};
use crate::import::complaint::Flaw;

const AUDIENCE: &str = "閲覧範囲";
/// Column of the distribution list: codes of organizations.
pub const LIST: &str = "配布先";
/// Suffix to the code of an organization that includes the organizations below it.
const AND_BELOW: &str = "以下";

/// The columns of audience and distribution list.
pub const COLUMNS: &[Column] = &[
    column(AUDIENCE, "空欄は「医療・介護専門職」。「公開」は機関が公開に同意したときだけ", "")
        .one_of(labels::<Audience>),
    column(
        LIST,
        "「配布先に限る」のとき、組織コードを「、」で区切る。下部組織も含むときは「以下」を付ける（CORP以下）",
        "",
    ),
];

/// Audience and distribution list of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readers {
    /// The audience.
    pub audience: Audience,
    /// Codes of organizations, and whether those below are included; sorted, each once.
    pub list: Vec<(String, bool)>,
}

impl Readers {
    /// Reads the two columns.
    pub fn read(cells: &impl Cells) -> Taken<Self> {
        let audience = cells.word(AUDIENCE)?.unwrap_or(Audience::AllCareProfessionals);
        let mut list: Vec<(String, bool)> = cells.items(LIST).into_iter().map(reader).collect();
        list.sort();
        list.dedup_by(|one, other| one.0 == other.0);
        match (audience, list.is_empty()) {
            (Audience::Listed, true) => cells.wrong(LIST, Flaw::ListNeeded),
            (Audience::Listed, false) | (_, true) => Ok(Self { audience, list }),
            (_, false) => cells.wrong(LIST, Flaw::ListWithoutNeed),
        }
    }
}

fn reader(item: String) -> (String, bool) {
    match item.strip_suffix(AND_BELOW) {
        Some(code) => (code.trim().to_owned(), true),
        None => (item, false),
    }
}
