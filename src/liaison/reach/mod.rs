//! Who can be reached now (いま連絡できる人): the person, the channel, until when; else the next window and the stand-in.
//!
//! All times are judged with the engine of `openState`. Thousands of physicians and desks are in the picture
//! (`src/picture/liaison`), with a short form of their facts (`liaison_entry.reach`). A glance separates those who can be
//! reached now from the rest; the next windows of the rest are computed only when a page reaches them. What a page shows
//! of them is read by key, and logged as read.

pub mod candidates;
pub mod filter;
pub mod judge;
pub mod list;
pub mod queries;

use crate::context::RequestContext;
use crate::liaison::contacts::{LiaisonContact, LiaisonStandIn};
use crate::liaison::facts::StandIn;
use crate::liaison::sheets::entry::PhysicianEntry;
use crate::liaison::sheets::{LiaisonSheet, LiaisonWarning};
use crate::liaison::times::{AvoidedChannel, ContactTime, PreferredChannel, ranked, shown};
use crate::scalars::DateTime;
use crate::schedules::TimeWindow;
use crate::terms::{Term, labelled};
use async_graphql::Context;
use async_graphql::Object;
use hours::open::Window;
use judge::{Answer, Reachability};

labelled! {
    /// Whether somebody can be turned to (連絡できるか).
    ReachStanding {
        /// Surely, by the channel named (いま連絡できる).
        Now = ("いま連絡できる", "いまれんらくできる", "今 連絡できる", "Now"),
        /// Not now; the next window is named where one is known (いまは連絡できない).
        Later = ("いまは連絡できない", "いまはれんらくできない", "今は 連絡できない", "Not now"),
        /// Nobody can be sure (要確認).
        Unknown = ("要確認", "ようかくにん", "わからない", "To be confirmed"),
    }
}

/// A physician or desk with the answer whether, how and when they can be reached.
#[derive(Clone)]
pub struct Reachable {
    who: Subject,
    answer: Answer,
}

/// The physician or desk of an answer.
#[derive(Clone)]
enum Subject {
    Physician { entry: PhysicianEntry, sheet: Box<LiaisonSheet> },
    Desk(LiaisonContact),
}

impl Reachable {
    fn ways(&self) -> Vec<PreferredChannel> {
        match &self.who {
            Subject::Physician { entry, .. } => {
                let facts = &entry.stored().facts;
                ranked(&facts.channels, &facts.times)
            }
            Subject::Desk(desk) => ranked(&desk.facts().channels, &desk.facts().times),
        }
    }

    fn deputy(&self) -> Option<&StandIn> {
        match &self.who {
            Subject::Physician { entry, .. } => entry.stored().facts.stand_in.as_ref(),
            Subject::Desk(desk) => desk.facts().stand_in.as_ref(),
        }
    }
}

/// Somebody one can turn to (連絡できる相手): the channel to use, until when, and what to avoid; or the next window and
/// who stands in.
#[Object]
impl Reachable {
    /// Whether they can be turned to (連絡の可否).
    async fn standing(&self) -> Term<ReachStanding> {
        Term(match self.answer.standing {
            Reachability::Now => ReachStanding::Now,
            Reachability::Later => ReachStanding::Later,
            Reachability::Unknown => ReachStanding::Unknown,
        })
    }

    /// What the sheet says of the physician (医師); null: it is a desk.
    async fn physician(&self) -> Option<&PhysicianEntry> {
        match &self.who {
            Subject::Physician { entry, .. } => Some(entry),
            Subject::Desk(_) => None,
        }
    }

    /// The sheet of the physician's institution (連携シート); null: it is a desk.
    async fn sheet(&self) -> Option<&LiaisonSheet> {
        match &self.who {
            Subject::Physician { sheet, .. } => Some(sheet),
            Subject::Desk(_) => None,
        }
    }

    /// The desk (連絡窓口); null: it is a physician.
    async fn desk(&self) -> Option<&LiaisonContact> {
        match &self.who {
            Subject::Physician { .. } => None,
            Subject::Desk(desk) => Some(desk),
        }
    }

    /// The channel to use (連絡手段): now, or at the next window.
    async fn channel(&self) -> Option<PreferredChannel> {
        self.ways().into_iter().nth(self.answer.way?)
    }

    /// Until when they can be turned to by that channel (いつまで); null: not now, or no end is near.
    async fn until(&self) -> Option<DateTime> {
        self.answer.until.map(DateTime)
    }

    /// Why not now, why nobody is sure, or what to mind, in Japanese (理由).
    async fn reason(&self) -> Option<String> {
        self.answer.reason.as_ref().map(|reason| reason.sentence().into_owned())
    }

    /// The next sure window (次に連絡できる時間) of somebody who cannot be turned to now; null: none is known.
    async fn next_window(&self) -> Option<TimeWindow> {
        self.answer
            .next
            .map(|Window { start, end }| TimeWindow { start: DateTime(start), end: DateTime(end) })
    }

    /// Channels of which nobody knows whether they are open now (時間が未確認の手段).
    async fn uncertain_channels(&self) -> Vec<PreferredChannel> {
        let ways = self.ways().into_iter().enumerate();
        ways.filter(|(at, _)| self.answer.uncertain.contains(at)).map(|(_, way)| way).collect()
    }

    /// When they are not to be disturbed (避けてほしい時間).
    async fn avoid_times(&self) -> Vec<ContactTime> {
        match &self.who {
            Subject::Physician { entry, .. } => shown(&entry.stored().facts.avoid),
            Subject::Desk(desk) => shown(&desk.facts().avoid),
        }
    }

    /// How they do not want to be turned to (避けてほしい手段).
    async fn avoided_channels(&self) -> Vec<AvoidedChannel> {
        match &self.who {
            Subject::Physician { entry, .. } => {
                entry.stored().facts.avoid_channels.iter().cloned().map(AvoidedChannel::from).collect()
            }
            Subject::Desk(_) => Vec::new(),
        }
    }

    /// Whom to turn to instead (不在時の窓口); null: nobody has said.
    async fn stand_in(&self) -> Option<LiaisonStandIn> {
        self.deputy().cloned().map(LiaisonStandIn::from)
    }

    /// What to mind before relying on it (注意).
    async fn warnings(&self, ctx: &Context<'_>) -> Vec<LiaisonWarning> {
        let today = RequestContext::of(ctx).viewer.today();
        match &self.who {
            Subject::Physician { entry, sheet } => sheet.warned_of(std::slice::from_ref(entry), today),
            Subject::Desk(desk) => desk.warned(today),
        }
    }
}
