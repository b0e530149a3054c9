//! Small official files, written column by column, and the whole graph to compare.

use crate::support::App;
use chrono::NaiveDate;
use serde_json::Value;
use yui::import::complaint::Language::English;
use yui::import::report::Report;
use yui::import::{ImportOptions, Outcome};

pub const OFFICE: &str = "0670799901";
pub const HOSPITAL: &str = "61107990001";

/// 泉町 and 馬場町 in 鶴岡市, 700 m apart.
pub const IZUMI: (&str, &str) = ("38.7315", "139.8301");
pub const BABA: (&str, &str) = ("38.7273", "139.8255");

const CAFETERIA_TIMES: [&str; 6] =
    ["開催頻度", "開催曜日", "開催日", "開催開始時間", "開催終了時間", "開催日時特記事項"];

/// One row of a table, with only the columns that were set.
#[derive(Clone)]
pub struct Row(Vec<(String, String)>);

impl Row {
    /// 介護サービス情報公表, at 泉町 without a position.
    pub fn care(office: &str, service: &str) -> Self {
        Self(Vec::new())
            .with("事業所名", "見本苑")
            .with("サービスの種類", service)
            .with("住所", "山形県鶴岡市泉町10-1")
            .with("事業所番号", office)
    }

    /// 医療情報ネット, of a file whose name says the kind of institution.
    pub fn medical(id: &str) -> Self {
        let row = Self(Vec::new()).with("ID", id).with("正式名称", "見本荘内病院");
        row.with("所在地", "山形県鶴岡市泉町20-1")
    }

    /// 医療情報ネット, the pharmacy file.
    pub fn pharmacy(id: &str) -> Self {
        let row = Self(Vec::new()).with("ID", id).with("名称", "見本調剤薬局");
        row.with("所在地", "山形県鶴岡市泉町20-2")
    }

    /// 医療情報ネット, the hours of one department in one band.
    pub fn hours(id: &str, department: &str, band: &str) -> Self {
        let row = Self(Vec::new()).with("ID", id).with("診療科目コード", "01001");
        row.with("診療科目名", department).with("診療時間帯", band)
    }

    /// 通いの場のオープンデータ, at 泉町.
    pub fn kayoinoba(name: &str) -> Self {
        let row = Self(Vec::new()).with("No", "1").with("市区町村コード", "062031").with("名称", name);
        let row = row.with("所在地（都道府県から番地まで）", "山形県鶴岡市泉町5-30");
        ["対象者", "活動内容", "定休日", "料金体系", "総合事業実施の有無"]
            .iter()
            .fold(row, |row, c| row.with(c, ""))
    }

    /// 子ども食堂, at 泉町.
    pub fn cafeteria(id: &str, name: &str) -> Self {
        let row = Self(Vec::new()).with("全国地方公共団体コード", "062031").with("ID", id).with("名称", name);
        let row = row.with("住所", "山形県鶴岡市泉町8-1");
        CAFETERIA_TIMES.iter().fold(row, |row, column| row.with(column, ""))
    }

    /// More sessions of an entry: the file has no names and no code of the municipality.
    pub fn more_sessions(id: &str) -> Self {
        let row = Self(Vec::new()).with("ID", id).with("住所", "山形県鶴岡市馬場町9-1");
        CAFETERIA_TIMES.iter().fold(row, |row, column| row.with(column, ""))
    }

    /// 医療機関一覧: a hospital with one department.
    pub fn listed(id: &str) -> Self {
        Self::medical(id).with("機関区分", "1").with("診療科目", "内科")
    }

    /// The national list.
    pub fn national(id: &str, kind: &str) -> Self {
        let row = Self(Vec::new()).with("ID", id).with("種別", kind).with("名称", "見本苑");
        row.with("住所", "山形県鶴岡市泉町10-1")
    }

    /// 公共施設一覧 of 鶴岡市.
    pub fn building(name: &str) -> Self {
        let row =
            Self(Vec::new()).with("都道府県コード又は市区町村コード", "062031").with("市区町村名", "鶴岡市");
        row.with("名称", name).with("利用可能曜日", "月火水木金")
    }

    /// A 町字 of a district of 鶴岡市.
    pub fn district(code: &str, town: &str) -> Self {
        let row = Self(Vec::new()).with("municipality_code", "062031").with("district_code", code);
        row.with("district_name", &format!("第{code}圏域")).with("town", town)
    }

    /// An entry of one of Yui's own lists, with its kind.
    pub fn entry(column: &str, word: &str) -> Self {
        let row = Self(Vec::new()).with("管理番号", "1").with("名称", "見本の集い").with(column, word);
        row.with("市区町村コード", "062031").with("利用できる地区", "全域")
    }

    /// Sets a cell, in a new column if need be.
    pub fn with(mut self, column: &str, cell: &str) -> Self {
        match self.0.iter_mut().find(|(name, _)| name == column) {
            Some(known) => cell.clone_into(&mut known.1),
            None => self.0.push((column.to_owned(), cell.to_owned())),
        }
        self
    }

    /// At a position.
    pub fn at(self, (latitude, longitude): (&str, &str)) -> Self {
        let medical = self.0.iter().any(|(name, _)| name == "所在地");
        let columns = if medical {
            ["所在地座標（緯度）", "所在地座標（経度）"]
        } else {
            ["緯度", "経度"]
        };
        self.with(columns[0], latitude).with(columns[1], longitude)
    }

    fn cell(&self, column: &str) -> &str {
        self.0.iter().find(|(name, _)| name == column).map_or("", |(_, cell)| cell)
    }
}

/// The rows as a table; missing cells are empty.
pub fn csv(rows: &[Row]) -> String {
    table(rows, ",", columns(rows))
}

/// The rows with the columns in an order of one's own.
pub fn table(rows: &[Row], delimiter: &str, columns: Vec<&str>) -> String {
    let quoted = |cell: &str| {
        let plain = !cell.contains(['"', '\n']) && !cell.contains(delimiter);
        if plain { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
    };
    let line = |row: &Row| columns.iter().map(|c| quoted(row.cell(c))).collect::<Vec<_>>().join(delimiter);
    let lines: Vec<String> = std::iter::once(columns.join(delimiter)).chain(rows.iter().map(line)).collect();
    lines.join("\n") + "\n"
}

/// Every column of some rows, in the order of the first row.
pub fn columns(rows: &[Row]) -> Vec<&str> {
    let mut columns: Vec<&str> = Vec::new();
    for (name, _) in rows.iter().flat_map(|row| &row.0) {
        if !columns.contains(&name.as_str()) {
            columns.push(name);
        }
    }
    columns
}

/// As of a day of 2026.
pub fn of(month: u32, day: u32) -> ImportOptions {
    ImportOptions { as_of: NaiveDate::from_ymd_opt(2026, month, day), ..ImportOptions::default() }
}

/// Counts of the report: created, updated, confirmed, unchanged, older, vanished, rejected.
pub fn counts(report: &Report) -> [u64; 7] {
    let rejected = report.rejected.len() as u64;
    [
        report.created,
        report.updated,
        report.confirmed,
        report.unchanged,
        report.older,
        report.vanished,
        rejected,
    ]
}

/// Why a file cannot be used at all, in English.
pub fn unusable(outcome: Outcome) -> String {
    match outcome {
        Outcome::Unusable(refusal) => refusal.say(English),
        Outcome::Read(report) => panic!("it was read: {report:?}"),
    }
}

/// The warnings in English, with how often they were given.
pub fn warnings(report: &Report) -> Vec<(&'static str, u64)> {
    let kinds = report.warnings_by_kind();
    kinds.iter().map(|(warning, (count, _))| (&*warning.say(English).leak(), *count)).collect()
}

/// The notes on the file as a whole, in English.
pub fn notes(report: &Report) -> Vec<String> {
    report.notes.iter().map(|note| note.say(English)).collect()
}

const RESOURCES: &str = r"
query All($after: String) {
  resources(first: 10, after: $after, orderBy: NAME) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id kind { value } name nameKana alias url state { value } serviceArea { value } asOf vanishedOn freshness { value } note
      location {
        status { value } address building
        prefecture { code } municipality { code name } homeDistrict { code }
        position { latitude longitude precision { value } }
      }
      organization { id name corporateNumber }
      identifiers { system { value } value }
      contacts { label tel telE164 fax faxE164 }
      source { title publisher asOf }
      ... on CareFacility {
        services {
          officeNumber name nameKana url capacity availableDays { value } availableDaysNote
          isKyosei meetsKaigoStandard meetsShogaiStandard note asOf vanishedOn
          serviceType { code } contacts { label tel fax }
        }
      }
      ... on MedicalFacility {
        institutionType { value } closedDaysNote departments { code name }
        beds { general longTerm psychiatric tuberculosis infectious total }
      }
    }
  }
}";

/// Every visible facility with everything the graph says of it, by id.
pub async fn graph(app: &App) -> Vec<Value> {
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let variables = serde_json::json!({ "after": after });
        let mut page = app.as_anonymous().data_with(RESOURCES, variables).await["resources"].take();
        found.append(page["nodes"].as_array_mut().expect("a list"));
        if page["pageInfo"]["hasNextPage"] == false {
            assert_eq!(page["totalCount"], found.len());
            found.sort_by_key(|node| node["id"].to_string());
            return found;
        }
        after = page["pageInfo"]["endCursor"].take();
    }
}

/// The only facility there is.
pub async fn only(app: &App) -> Value {
    let mut all = graph(app).await;
    assert_eq!(all.len(), 1, "{all:#?}");
    all.remove(0)
}

/// The facility of a name.
pub async fn named(app: &App, name: &str) -> Value {
    let all = graph(app).await;
    let found = all.into_iter().find(|node| node["name"] == name);
    found.unwrap_or_else(|| panic!("there is no {name}"))
}

/// The content of the tables that an import writes, row ids included.
pub async fn stored(app: &App) -> Vec<String> {
    use sea_orm::{EntityTrait, QueryOrder};
    let read = &app.databases().read;
    macro_rules! rows {
        ($table:ident by $column:ident) => {{
            let rows = entity::$table::Entity::find().order_by_asc(entity::$table::Column::$column);
            rows.all(read).await.expect("rows").iter().map(|row| format!("{row:?}")).collect::<Vec<_>>()
        }};
    }
    let tables = [
        rows!(official_record by Id),
        rows!(resource by Id),
        rows!(contact_point by Id),
        rows!(care_service by Id),
        rows!(medical_facility by ResourceId),
        rows!(organization by Id),
        rows!(municipality by Id),
        rows!(municipality_boundary by MunicipalityId),
        rows!(town by Id),
        rows!(district by Id),
        rows!(district_town by Id),
        rows!(source by Id),
    ];
    tables.concat()
}

/// How many facilities are visible.
pub async fn graph_size(app: &App) -> i64 {
    let data = app.as_anonymous().data("{ resources { totalCount } }").await;
    data["resources"]["totalCount"].as_i64().expect("a number")
}
