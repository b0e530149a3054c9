//! Institutions with liaison sheets: written through the same function as the questionnaire's import.

use super::{App, Client, Person, fixtures};
use crate::support::clock;
use chrono::NaiveDate;
use entity::enums::ConsentMethod;
use entity::{distribution, liaison_sheet, organization, resource};
use hours::opening_hours::OpeningHours;
use hours::recurrence::{HolidayPolicy, YearEndPolicy};
use hours::schedule::{Rule, Schedule};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;
use yui::audit::Author;
use yui::auth::Role;
use yui::database::ImportTurn;
use yui::id::{NodeId, NodeType};
use yui::liaison::facts::{Channel, EntryFacts, SheetFacts, Times};
use yui::liaison::review_due;
use yui::liaison::sheets::versions::{Draft, DraftEntry, store};
use yui::liaison::terms::ContactChannel;

/// A hospital and a clinic of the fixtures.
pub const HOSPITAL: &str = "見本荘内病院";
pub const CLINIC: &str = "医療法人見本会見本内科クリニック";

/// Offices whose people ask: HOME below the corporation CORP, AWAY elsewhere, CLINIC the clinic itself.
const OFFICES: &str = "組織コード,組織名,上位組織コード,法人番号,事業所番号\n\
    CORP,見本福祉会,,,\nHOME,見本居宅介護支援事業所,CORP,,\nAWAY,見本よその居宅,,,\nCLINIC,見本内科クリニック,,,06:61107990002\n";

/// A directory with institutions and offices, and no sheet yet.
pub struct Liaison {
    pub app: App,
}

impl Liaison {
    pub async fn create() -> Self {
        let app = App::start().await;
        app.import(fixtures::MEDICAL_LIST_FILE, fixtures::medical_list()).await;
        app.import(fixtures::CARE_FILE, fixtures::care()).await;
        assert_eq!(app.import("organizations.csv", OFFICES).await.created, 4);
        Self { app }
    }

    /// A care professional of an office.
    pub fn care_manager(&self, office: &str) -> Client<'_> {
        self.app.as_person(&Person::with(&[Role::CareProfessional]).of(office))
    }

    pub async fn institution(&self, name: &str) -> resource::Model {
        let found = resource::Entity::find().filter(resource::Column::Name.eq(name));
        found.one(&self.app.databases().read).await.expect("resources are read").expect(name)
    }

    /// Public id of an institution.
    pub async fn institution_id(&self, name: &str) -> String {
        let row = self.institution(name).await;
        NodeId::new(NodeType::Resource(row.kind), row.uuid).text()
    }

    /// A draft of a sheet of today with these physicians.
    pub async fn draft(&self, institution: &str, entries: Vec<DraftEntry>) -> Draft {
        let row = self.institution(institution).await;
        Draft {
            resource_id: row.id,
            resource_uuid: row.uuid,
            issuer: "見本市医師会".to_owned(),
            issued_on: clock::today(),
            as_of: clock::today(),
            review_due_on: review_due(clock::today()),
            facts: SheetFacts::default(),
            consent_method: ConsentMethod::Written,
            consented_on: clock::today(),
            entries,
            left: Vec::new(),
        }
    }

    /// Writes a version; `None` when it says the same as the last.
    pub async fn write(&self, draft: &Draft) -> Option<Uuid> {
        let tx = ImportTurn::begin(self.app.databases(), false).await.expect("a transaction");
        let written = store::replace(&tx, &Author::command_line(), draft).await.expect("a sheet is written");
        tx.commit().await.expect("it stays");
        written
    }

    /// A sheet with one physician who takes calls on Tuesdays at noon, for the office HOME.
    pub async fn sheet(&self, institution: &str, physician: &str) -> Uuid {
        let entry = entry(physician, vec![channel(ContactChannel::Phone, "Tu 12:30-13:00")]);
        let uuid = self.write(&self.draft(institution, vec![entry]).await).await.expect("a new sheet");
        self.distribute(uuid, "HOME", false).await;
        uuid
    }

    /// Puts an office on the list of a thing.
    pub async fn distribute(&self, thing: Uuid, office: &str, covers_children: bool) {
        let db = self.app.databases().writer();
        let office = organization::Entity::find().filter(organization::Column::Code.eq(office)).one(db).await;
        let row = distribution::ActiveModel {
            thing_uuid: Set(thing),
            organization_id: Set(office.expect("organizations are read").expect("the office").id),
            covers_children: Set(covers_children),
        };
        row.insert(db).await.expect("a reader is written");
    }

    /// Changes a column of a version that no interface changes.
    pub async fn age(&self, sheet: Uuid, review_due_on: NaiveDate) {
        let changed = liaison_sheet::Entity::update_many()
            .col_expr(liaison_sheet::Column::ReviewDueOn, review_due_on.into())
            .filter(liaison_sheet::Column::Uuid.eq(sheet));
        changed.exec(self.app.databases().writer()).await.expect("a sheet is changed");
    }
}

/// The facts about a physician.
pub fn entry(name: &str, channels: Vec<Channel>) -> DraftEntry {
    let facts = EntryFacts { channels, ..EntryFacts::default() };
    DraftEntry { code: None, name: name.to_owned(), name_kana: None, facts }
}

/// A channel with times of its own; an empty text leaves them to the physician.
pub fn channel(channel: ContactChannel, hours: &str) -> Channel {
    let times = if hours.is_empty() { Vec::new() } else { vec![times(hours)] };
    Channel { channel, times, ..Channel::default() }
}

/// Times that do not hold on holidays and at the turn of the year.
pub fn times(hours: &str) -> Times {
    let hours = OpeningHours::read(hours).expect("opening hours");
    let rule = Schedule {
        holidays: HolidayPolicy::Cancelled,
        year_end: YearEndPolicy::Cancelled,
        ..Schedule::new(Rule::Hours(hours))
    };
    Times { rule, raw: None }
}
