//! What something costs. An amount nobody published stays unknown; it is never worked out from another.

use super::terms::FeeKind;
use crate::terms::{Labelled, Term};
use async_graphql::{ComplexObject, SimpleObject};
use serde::{Deserialize, Serialize};

/// What it costs (料金), for one group of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
#[graphql(complex)]
pub struct Fee {
    /// How one pays (料金の種類).
    pub kind: Term<FeeKind>,
    /// Amount in yen (料金（円）); with RANGE the lower one.
    pub amount_yen: Option<i32>,
    /// With RANGE (料金の上限（円）): the higher amount in yen.
    pub amount_to_yen: Option<i32>,
    /// With PER_TIME (単位時間（分）): for how many minutes the amount is.
    pub unit_minutes: Option<i32>,
    /// With TICKET: for what one ticket is, `30分`, `1回`.
    pub unit: Option<String>,
    /// Whom it is for (対象), `子ども`, `会員`; null: everybody.
    pub audience: Option<String>,
    /// What comes on top (加算).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub surcharges: Vec<Surcharge>,
    /// Remarks (備考).
    pub note: Option<String>,
}

/// What comes on top of a fee (加算).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
pub struct Surcharge {
    /// For what, `早朝・夜間`, `ガソリン代`.
    pub label: String,
    /// Amount in yen (加算額（円）).
    pub amount_yen: Option<i32>,
    /// For each of what, `10km` (加算の単位).
    pub unit: Option<String>,
}

impl Fee {
    /// A fee of one kind without an amount.
    pub fn of(kind: FeeKind) -> Self {
        Self {
            kind: Term(kind),
            amount_yen: None,
            amount_to_yen: None,
            unit_minutes: None,
            unit: None,
            audience: None,
            surcharges: Vec::new(),
            note: None,
        }
    }

    /// The most that one visit can cost in yen, where that is certain.
    pub fn per_visit(&self) -> Option<i32> {
        match self.kind.0 {
            FeeKind::Free => Some(0),
            FeeKind::Fixed => self.amount_yen,
            FeeKind::Range => self.amount_to_yen,
            _ => None,
        }
    }

    /// What an hour costs in yen, where that is certain.
    pub fn per_hour(&self) -> Option<i32> {
        match (self.kind.0, self.amount_yen, self.unit_minutes) {
            (FeeKind::Free, _, _) => Some(0),
            (FeeKind::PerTime, Some(yen), Some(minutes)) if minutes > 0 => {
                i32::try_from(i64::from(yen) * 60 / i64::from(minutes)).ok()
            }
            _ => None,
        }
    }

    fn words(&self) -> String {
        let yen = |amount: Option<i32>| amount.map(|amount| format!("{amount}円"));
        let main = match (self.kind.0, yen(self.amount_yen)) {
            (FeeKind::Fixed, Some(yen)) => yen,
            (FeeKind::PerTime, Some(yen)) => match self.unit_minutes {
                Some(60) => format!("1時間{yen}"),
                Some(minutes) => format!("{minutes}分{yen}"),
                None => yen,
            },
            (FeeKind::Range, Some(from)) => match yen(self.amount_to_yen) {
                Some(to) => format!("{from}から{to}"),
                None => format!("{from}から"),
            },
            (FeeKind::Ticket, Some(yen)) => match &self.unit {
                Some(unit) => format!("利用券1枚{yen}（{unit}）"),
                None => format!("利用券1枚{yen}"),
            },
            (FeeKind::Membership, Some(yen)) => format!("年会費{yen}"),
            (FeeKind::ActualCost, Some(yen)) => format!("実費（{yen}程度）"),
            (FeeKind::FreePlusActual, Some(yen)) => format!("無料（実費{yen}程度）"),
            (FeeKind::Fixed | FeeKind::PerTime | FeeKind::Range, None) => "有料（金額は要問合せ）".to_owned(),
            // What could not be read says more than 不明.
            (FeeKind::Unknown, _) if self.note.is_some() => self.note.clone().unwrap_or_default(),
            (kind, _) => kind.label().to_owned(),
        };
        match &self.audience {
            Some(audience) => format!("{audience} {main}"),
            None => main,
        }
    }
}

#[ComplexObject]
impl Fee {
    /// The fee in words, `30分300円`.
    async fn text(&self) -> String {
        let mut text = self.words();
        for surcharge in &self.surcharges {
            let amount = surcharge.amount_yen.map(|yen| format!("{yen}円")).unwrap_or_default();
            let unit = surcharge.unit.as_deref().map(|unit| format!("（{unit}ごと）")).unwrap_or_default();
            text.push_str(&format!("、{}{amount}{unit}", surcharge.label));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fee_is_said_as_a_leaflet_says_it() {
        let fee = |kind, yen, minutes| Fee { amount_yen: yen, unit_minutes: minutes, ..Fee::of(kind) };
        assert_eq!(fee(FeeKind::Free, None, None).words(), "無料");
        assert_eq!(fee(FeeKind::PerTime, Some(300), Some(30)).words(), "30分300円");
        assert_eq!(fee(FeeKind::PerTime, Some(600), Some(60)).words(), "1時間600円");
        assert_eq!(fee(FeeKind::Fixed, None, None).words(), "有料（金額は要問合せ）");
        let ticket = Fee { unit: Some("1回".into()), ..fee(FeeKind::Ticket, Some(250), None) };
        assert_eq!(ticket.words(), "利用券1枚250円（1回）");
    }

    #[test]
    fn what_is_not_certain_has_no_amount() {
        assert_eq!(Fee::of(FeeKind::ActualCost).per_visit(), None);
        assert_eq!(Fee::of(FeeKind::Free).per_visit(), Some(0));
        let half_hour = Fee { amount_yen: Some(300), unit_minutes: Some(30), ..Fee::of(FeeKind::PerTime) };
        assert_eq!((half_hour.per_hour(), half_hour.per_visit()), (Some(600), None));
    }
}
