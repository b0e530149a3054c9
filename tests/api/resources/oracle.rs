//! A small oracle: what a plain look through the rows of the database finds, the picture finds too, in the same order.

use super::support::filled;
use crate::support::{App, holding, local};
use entity::enums::{LocationStatus, PublicationState, ResourceKind};
use entity::{
    care_service, local_details, medical_facility_department, municipality, resource, resource_district,
    resource_search, resource_tag,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, Iterable};
use yui::auth::{Role, Viewer};
use yui::picture::{Criterion, OfService, Sorting, Wanted};
use yui::resources::freshness::Freshness;
use yui::resources::search::{TextSearch, Tier};

/// A resource with what belongs to it.
struct Seen {
    row: resource::Model,
    municipality: Option<String>,
    served: Vec<i64>,
    tags: Vec<String>,
    services: Vec<care_service::Model>,
    departments: Vec<String>,
    details: Option<local_details::Model>,
    keys: Vec<String>,
}

async fn all<E: EntityTrait>(app: &App) -> Vec<E::Model> {
    E::find().all(app.databases().writer()).await.expect("rows are read")
}

async fn everything(app: &App) -> Vec<Seen> {
    let served = all::<resource_district::Entity>(app).await;
    let tags = all::<resource_tag::Entity>(app).await;
    let services = all::<care_service::Entity>(app).await;
    let departments = all::<medical_facility_department::Entity>(app).await;
    let details = all::<local_details::Entity>(app).await;
    let searched = all::<resource_search::Entity>(app).await;
    let municipalities = all::<municipality::Entity>(app).await;
    let seen = |row: resource::Model| {
        let id = row.id;
        let lines = searched.iter().filter(|keys| keys.resource_id == id);
        Seen {
            municipality: municipalities
                .iter()
                .find(|own| Some(own.id) == row.municipality_id)
                .map(|own| own.code.clone()),
            served: served.iter().filter(|own| own.resource_id == id).map(|own| own.district_id).collect(),
            tags: tags.iter().filter(|own| own.resource_id == id).map(|own| own.tag.clone()).collect(),
            services: services.iter().filter(|own| own.resource_id == id).cloned().collect(),
            departments: departments
                .iter()
                .filter(|own| own.resource_id == id)
                .filter_map(|own| own.code.clone())
                .collect(),
            details: details.iter().find(|own| own.resource_id == id).cloned(),
            keys: lines
                .flat_map(|keys| keys.names.lines().chain(keys.others.lines()))
                .map(str::to_owned)
                .collect(),
            row,
        }
    };
    all::<resource::Entity>(app).await.into_iter().map(seen).collect()
}

impl Seen {
    fn is_known_to(&self, viewer: &Viewer) -> bool {
        match self.row.state {
            PublicationState::Published | PublicationState::Suspended | PublicationState::Ended => true,
            PublicationState::Draft | PublicationState::Withdrawn => {
                let own = &viewer.permissions().districts;
                let here = self.row.home_district_id.is_some_and(|home| own.contains(&home))
                    || self.served.iter().any(|district| own.contains(district));
                viewer.has(Role::Admin) || viewer.has(Role::Coordinator) && here
            }
        }
    }

    fn meets(&self, criterion: &Criterion) -> bool {
        let row = &self.row;
        match criterion {
            Criterion::States(states) => states.contains(&row.state),
            Criterion::Kinds(kinds) => kinds.contains(&row.kind),
            Criterion::Prefectures(codes) => {
                row.prefecture_code.as_ref().is_some_and(|own| codes.contains(own))
            }
            Criterion::Municipalities(codes) => {
                self.municipality.as_ref().is_some_and(|own| codes.contains(own))
            }
            Criterion::MunicipalityKeys(ids) => row.municipality_id.is_some_and(|own| ids.contains(&own)),
            Criterion::Serves(ids) => self.served.iter().any(|own| ids.contains(own)),
            Criterion::Located(wanted) => (row.location_status == LocationStatus::Located) == *wanted,
            Criterion::Fresh(wanted, today) => {
                wanted.contains(&Freshness::of(row.last_verified_on, row.as_of, row.vanished_on, *today))
            }
            Criterion::Tagged(tags) => self.tags.iter().any(|own| tags.contains(own)),
            Criterion::VisitAtMost(yen) => {
                self.costs(|details| details.visit_yen).is_some_and(|own| own <= *yen)
            }
            Criterion::HourAtMost(yen) => {
                self.costs(|details| details.hour_yen).is_some_and(|own| own <= *yen)
            }
            Criterion::Offers(conditions) => self.services.iter().any(|service| {
                service.vanished_on.is_none()
                    && conditions.iter().all(|condition| match condition {
                        OfService::Types(codes) => codes.contains(&service.service_code),
                        OfService::Days(bits) => {
                            service.available_days.is_some_and(|own| own & bits == *bits)
                        }
                    })
            }),
            Criterion::Categories(wanted) => wanted.contains(&row.categories),
            Criterion::Departments(codes) => self.departments.iter().any(|own| codes.contains(own)),
            Criterion::OffTheMap => row.cell.is_none(),
            Criterion::Any(any) => any.iter().any(|one| self.meets(one)),
            Criterion::All(all) => all.iter().all(|one| self.meets(one)),
            Criterion::Not(one) => !self.meets(one),
            Criterion::UsableFrom { .. }
            | Criterion::StandsIn(_)
            | Criterion::Beds(_)
            | Criterion::Open { .. }
            | Criterion::Dated(_) => unreachable!("has tests of its own, place by place"),
        }
    }

    fn costs(&self, yen: fn(&local_details::Model) -> Option<i32>) -> Option<i32> {
        self.details.as_ref().and_then(yen)
    }

    fn holds(&self, text: &TextSearch) -> bool {
        text.words().iter().all(|word| {
            word.keys().any(|key| self.keys.iter().any(|own| own.contains(key)))
                || self.services.iter().any(|own| word.services().contains(&own.service_code))
                || self.departments.iter().any(|own| word.departments().contains(own))
        })
    }
}

fn criterion() -> impl Strategy<Value = Criterion> {
    use prop::sample::{select, subsequence};
    let texts = |all: &[&str]| -> Vec<String> { all.iter().map(|text| (*text).to_owned()).collect() };
    let tags = texts(&[
        "gathering:SALON",
        "aid:SHOPPING",
        "private:MEALS",
        "pickup",
        "certified:UNKNOWN",
        "no:SUCH",
    ]);
    let today = crate::support::clock::today();
    let leaf = prop_oneof![
        subsequence(PublicationState::iter().collect::<Vec<_>>(), 0..5).prop_map(Criterion::States),
        subsequence(ResourceKind::iter().collect::<Vec<_>>(), 0..6).prop_map(Criterion::Kinds),
        subsequence(texts(&["06", "13", "01"]), 0..3).prop_map(Criterion::Prefectures),
        subsequence(texts(&["062031", "062049", "131016"]), 0..3).prop_map(Criterion::Municipalities),
        subsequence((1..8).collect::<Vec<i64>>(), 0..4).prop_map(Criterion::MunicipalityKeys),
        subsequence((1..4).collect::<Vec<i64>>(), 0..3).prop_map(Criterion::Serves),
        any::<bool>().prop_map(Criterion::Located),
        subsequence(vec![Freshness::Fresh, Freshness::Due, Freshness::Stale, Freshness::Unknown], 0..3)
            .prop_map(move |wanted| Criterion::Fresh(wanted, today)),
        subsequence(tags, 0..4).prop_map(Criterion::Tagged),
        select(vec![0, 200, 500, 5_000]).prop_map(Criterion::VisitAtMost),
        select(vec![0, 200, 500, 5_000]).prop_map(Criterion::HourAtMost),
        (subsequence(texts(&["110", "150", "430", "510"]), 0..3), 0..16_i16).prop_map(|(codes, days)| {
            let days = (days > 0).then_some(OfService::Days(days));
            Criterion::Offers(std::iter::once(OfService::Types(codes)).chain(days).collect())
        }),
        subsequence(texts(&["CLINIC", "HOSPITAL", "DENTAL"]), 0..3).prop_map(Criterion::Categories),
        subsequence(texts(&["01001", "02001", "03001"]), 0..3).prop_map(Criterion::Departments),
        Just(Criterion::OffTheMap),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        let some = || prop::collection::vec(inner.clone(), 0..3);
        let not = inner.clone().prop_map(|one| Criterion::Not(Box::new(one)));
        prop_oneof![some().prop_map(Criterion::Any), some().prop_map(Criterion::All), not]
    })
}

const TEXTS: [&str; 12] = [
    "",
    "見本",
    "鶴岡",
    "デイ",
    "内科",
    "い",
    "苑",
    "いずみ 鶴岡",
    "ケアマネ",
    "配食",
    "山形県",
    "クリニック",
];

const DISTRICTS: &str = "municipality_code,district_code,district_name,town\n062031,D01,第一,馬場町\n\
    062014,D02,第二,香澄町\n062049,D03,第三,本町\n";

/// Every third resource can be used from a district, and is a draft.
async fn use_some(app: &App) {
    let db = app.databases().writer();
    for row in all::<resource::Entity>(app).await.into_iter().step_by(3) {
        let pair =
            resource_district::ActiveModel { resource_id: Set(row.id), district_id: Set(1 + row.id % 3) };
        pair.insert(db).await.expect("a new pair");
        let draft = resource::ActiveModel { state: Set(PublicationState::Draft), ..row.into_active_model() };
        draft.update(db).await.expect("a draft");
    }
}

#[actix_web::test]
async fn the_picture_finds_what_a_look_through_the_rows_finds() {
    let app = filled().await;
    local::write(&app).await;
    app.import("districts.csv", DISTRICTS).await;
    use_some(&app).await;
    app.look_again().await;
    let rows = everything(&app).await;
    assert!(rows.len() > 15 && rows.iter().any(|seen| !seen.served.is_empty()));
    let today = crate::support::clock::today();
    let viewers = [
        Viewer::public(crate::support::clock::clock()),
        holding(&[Role::Coordinator], &[1]),
        holding(&[Role::Admin], &[]),
    ];
    assert_eq!(viewers[0].today(), today);
    let mut runner = TestRunner::deterministic();
    let questions =
        (prop::collection::vec(criterion(), 0..3), 0..TEXTS.len(), 0..viewers.len(), any::<bool>());
    let mut found = 0;
    for _ in 0..2_000 {
        let (criteria, text, viewer, by_name) =
            questions.new_tree(&mut runner).expect("a question").current();
        let (viewer, text) = (&viewers[viewer], TextSearch::parse(TEXTS[text]).expect("a text"));
        let matches = |seen: &&Seen| {
            seen.is_known_to(viewer)
                && criteria.iter().all(|criterion| seen.meets(criterion))
                && text.as_ref().is_none_or(|text| seen.holds(text))
        };
        let mut expected: Vec<&Seen> = rows.iter().filter(matches).collect();
        let key = |seen: &Seen| (by_name.then(|| seen.row.sort_key.clone()), seen.row.id);
        expected.sort_by_key(|seen| key(seen));
        let expected: Vec<i64> = expected.iter().map(|seen| seen.row.id).collect();
        let view = app.pictures().visible_to(viewer).await.expect("a picture");
        let wanted = Wanted { text: text.as_ref(), tier: Tier::Anywhere, ..Wanted::all(&criteria) };
        let matches = view.matching(&wanted);
        let sorting = if by_name { Sorting::Name } else { Sorting::Entry };
        for backward in [false, true] {
            let (mut ids, mut from) = (Vec::new(), None);
            loop {
                let page = view.page(&matches, sorting, from.as_ref(), (backward, 7));
                ids.extend(page.iter().map(|(record, _)| record.id()));
                let Some((_, last)) = page.into_iter().next_back() else { break };
                from = Some(last);
            }
            if backward {
                ids.reverse();
            }
            assert_eq!(ids, expected, "{criteria:?} {text:?} by name: {by_name}, from the back: {backward}");
        }
        found += usize::from(!expected.is_empty());
    }
    assert!(found > 500, "only {found} of the questions found anything");
}
