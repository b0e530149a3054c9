//! The official formats Yui reads, one file each, and how a file is recognised by its header.

use crate::import::cells::Taken;
use crate::import::cells::column::Column;
use crate::import::complaint::{Refusal, Words};
use crate::import::file::table::{Columns, Row, Table};
use crate::import::read::national::{
    care, children_cafeteria, kayoinoba, medical, medical_hours, national_list,
};
use crate::import::read::{municipal, own};
use crate::import::report::Report;
use crate::import::row::OfficialRow;
use crate::import::tables::professionals::profiles;
use crate::import::tables::{coordinators, distribution, organizations, questionnaire};
use crate::liaison::terms::LiaisonContactKind;
use chrono::NaiveDate;

/// What is known of a format before a file is read.
pub struct Profile {
    /// The format.
    pub format: Format,
    /// As it is called on the command line.
    pub name: &'static str,
    /// What it is, for people.
    pub title: &'static str,
    /// Who publishes it.
    pub publisher: &'static str,
    /// Where it is offered.
    pub url: &'static str,
    /// The licence as stated by the publisher.
    pub license: &'static str,
    /// Columns without which a row means nothing; empty for JSON.
    pub required: &'static [&'static str],
    /// Columns of a list that a city fills in, in groups, in the order in which people fill them in; none of a file
    /// of others.
    pub columns: &'static [&'static [Column]],
    /// What a file holds, and how it is read.
    pub family: Family,
    /// Of two files with the same day, the one with the higher rank is believed.
    pub rank: u8,
}

/// What a file of a format holds.
#[derive(Clone, Copy)]
pub enum Family {
    /// A facility or an activity in each row.
    Facilities(ReadRow),
    /// The same, some of them medical facilities, which municipal lists may name as well.
    MedicalFacilities(ReadRow),
    /// A table of what stands beside the resources.
    SideTable(SideTable),
    /// An area, as JSON.
    Area,
    /// Well known, and not taken for this reason.
    Refused(fn() -> Refusal),
}

/// Reads a row; what is wrong with it goes into the report.
pub type ReadRow = fn(&Row<'_>, &FileContext<'_>, &mut Report) -> Option<OfficialRow>;

/// The tables beside the resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideTable {
    /// 日常生活圏域
    Districts,
    /// 生活支援コーディネーター
    Coordinators,
    /// Organizations whose people sign in
    Organizations,
    /// Who reads the sheets of which institution
    Distribution,
    /// 連携シート調査票
    Questionnaires,
    /// Desks of professionals of a kind
    LiaisonContacts(LiaisonContactKind),
    /// 受け入れ施設一覧
    MedicalAcceptances,
}

/// What stands outside of the rows and yet matters to them.
pub struct FileContext<'a> {
    /// The file name without folder.
    pub file_name: &'a str,
    /// The header.
    pub columns: &'a Columns,
    /// The day of the data, when known.
    pub as_of: Option<NaiveDate>,
}

/// Makes [`Format`] and [`PROFILES`] from one table, in the order in which headers are tried.
macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident = $profile:expr,)+) => {
        /// A format of files.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Format {
            $($(#[$doc])* $name,)+
        }

        /// What is known of every format.
        pub static PROFILES: &[Profile] = &[$($profile,)+];
    };
}

formats! {
    /// 介護サービス情報公表 `jigyosho_NNN.csv`
    Jigyosho = Profile {
        format: Format::Jigyosho,
        name: "jigyosho",
        title: "介護サービス情報公表システム 事業所一覧",
        publisher: "厚生労働省",
        url: "https://www.mhlw.go.jp/stf/kaigo-kouhyou_opendata.html",
        license: "CC BY 4.0 / PDL1.0",
        required: &["事業所名", "サービスの種類", "住所", "事業所番号"],
        columns: &[],
        family: Family::Facilities(|row, _, report| care::read(row, report)),
        rank: 2,
    },
    /// The reduced list of medical facilities with 診療科目
    MedicalList = Profile {
        format: Format::MedicalList,
        name: "medical-list",
        title: "医療機関一覧（医療情報ネットを加工したもの）",
        publisher: "厚生労働省（加工して作成）",
        url: "https://www.mhlw.go.jp/stf/seisakunitsuite/bunya/kenkou_iryou/iryou/newpage_43373.html",
        license: "PDL1.0",
        required: &["ID", "正式名称", "機関区分", "所在地", "診療科目"],
        columns: &[],
        family: Family::MedicalFacilities(medical::read),
        rank: 1,
    },
    /// 医療情報ネット facility files of hospitals, clinics, dental clinics, maternity homes
    Iryo = Profile {
        format: Format::Iryo,
        name: "iryo",
        title: "医療情報ネット 施設票",
        publisher: "厚生労働省",
        url: "https://www.mhlw.go.jp/stf/seisakunitsuite/bunya/kenkou_iryou/iryou/newpage_43373.html",
        license: "PDL1.0",
        required: &["ID", "正式名称", "所在地"],
        columns: &[],
        family: Family::MedicalFacilities(medical::read),
        rank: 2,
    },
    /// 医療情報ネット pharmacy file
    Pharmacy = Profile {
        format: Format::Pharmacy,
        name: "pharmacy",
        title: "医療情報ネット 薬局",
        publisher: "厚生労働省",
        url: "https://www.mhlw.go.jp/stf/seisakunitsuite/bunya/kenkou_iryou/iryou/newpage_43373.html",
        license: "PDL1.0",
        required: &["ID", "名称", "所在地"],
        columns: &[],
        family: Family::MedicalFacilities(medical::read),
        rank: 2,
    },
    /// The national list of care and medical facilities
    NationalList = Profile {
        format: Format::NationalList,
        name: "national-list",
        title: "全国の介護・医療施設一覧（厚生労働省の公開データを加工したもの）",
        publisher: "厚生労働省（加工して作成）",
        url: "https://www.mhlw.go.jp/stf/kaigo-kouhyou_opendata.html",
        license: "PDL1.0",
        required: &["ID", "種別", "名称", "住所"],
        columns: &[],
        family: Family::MedicalFacilities(|row, _, report| national_list::read(row, report)),
        rank: 1,
    },
    /// 町字 of one municipality with reference points, JSON
    Towns = Profile {
        format: Format::Towns,
        name: "towns",
        title: "住所データ（町字と代表点）",
        publisher: "Geolonia",
        url: "https://geolonia.github.io/japanese-addresses/",
        license: "CC BY 4.0",
        required: &[],
        columns: &[],
        family: Family::Area,
        rank: 0,
    },
    /// Municipality boundaries (国土数値情報 N03), GeoJSON
    Boundaries = Profile {
        format: Format::Boundaries,
        name: "boundaries",
        title: "国土数値情報（行政区域）",
        publisher: "国土交通省",
        url: "https://nlftp.mlit.go.jp/ksj/gml/datalist/KsjTmplt-N03-v3_1.html",
        license: "CC BY 4.0",
        required: &[],
        columns: &[],
        family: Family::Area,
        rank: 0,
    },
    /// Daily-life districts of a city, our own table
    Districts = Profile {
        format: Format::Districts,
        name: "districts",
        title: "日常生活圏域",
        publisher: "市区町村",
        url: "",
        license: "",
        required: &["municipality_code", "district_code", "district_name", "town"],
        columns: &[],
        family: Family::SideTable(SideTable::Districts),
        rank: 0,
    },
    /// 通いの場一覧, our own list
    GatheringPlaces = own::GATHERING_PLACES,
    /// 支え合い活動一覧, our own list
    MutualAid = own::MUTUAL_AID,
    /// 介護保険外サービス一覧, our own list
    PrivateServices = own::PRIVATE_SERVICES,
    /// 相談窓口一覧, our own list
    Desks = own::DESKS,
    /// 平時の連絡窓口一覧, our own list
    LiaisonContacts = profiles::GENERAL,
    /// 退院調整担当者一覧, our own list
    DischargeCoordinators = profiles::DISCHARGE,
    /// 受け入れ施設一覧, our own list
    MedicalAcceptances = profiles::ACCEPTANCES,
    /// 通いの場のオープンデータ of 厚生労働省
    Kayoinoba = kayoinoba::PROFILE,
    /// 子ども食堂 of a municipality, and its further sessions
    ChildrenCafeteria = children_cafeteria::PROFILE,
    /// 医療情報ネット hours by department and time band
    MedicalHours = medical_hours::PROFILE,
    /// 医療機関一覧 of a municipality
    MunicipalMedical = municipal::profiles::MEDICAL,
    /// 介護サービス事業所一覧 of a municipality
    MunicipalCare = municipal::profiles::CARE,
    /// 公共施設一覧 of a municipality
    MunicipalFacilities = municipal::profiles::FACILITIES,
    /// 子育て施設一覧 of a municipality
    MunicipalChildcare = municipal::profiles::CHILDCARE,
    /// イベント一覧 of a municipality
    MunicipalEvents = municipal::profiles::EVENTS,
    /// 地域・年齢別人口 of a municipality
    MunicipalPopulation = municipal::profiles::POPULATION,
    /// Location list of Takamatsu
    Locations = municipal::profiles::LOCATIONS,
    /// Life event desks of Yuzawa, JSON
    LifeEventDesks = municipal::profiles::LIFE_EVENT_DESKS,
    /// Consultation offices of Yuzawa, JSON
    ConsultationOffices = municipal::profiles::CONSULTATION_OFFICES,
    /// Welfare facilities of Yuzawa, JSON
    WelfareFacilities = municipal::profiles::WELFARE_FACILITIES,
    /// Group homes of Yuzawa, JSON
    GroupHomes = municipal::profiles::GROUP_HOMES,
    /// Clinics that vaccinate, of Yuzawa, JSON
    Vaccination = municipal::profiles::VACCINATION,
    /// Coordinators of everyday support of a city, our own table
    Coordinators = coordinators::form::PROFILE,
    /// Who reads the sheets of which institution, our own list
    LiaisonDistribution = distribution::form::PROFILE,
    /// Organizations whose people sign in, our own table
    Organizations = organizations::form::PROFILE,
    /// 連携シート調査票, our own questionnaire
    Liaison = questionnaire::form::PROFILE,
}

/// A list that a city fills in itself.
pub(super) const fn list(
    format: Format,
    name: &'static str,
    title: &'static str,
    required: &'static [&'static str],
    columns: &'static [&'static [Column]],
    family: Family,
) -> Profile {
    Profile {
        format,
        name,
        title,
        publisher: "市区町村",
        url: "",
        license: "",
        required,
        columns,
        family,
        rank: 3,
    }
}

impl Format {
    /// What is known of this format.
    pub fn profile(self) -> &'static Profile {
        // Both are made from one table.
        &PROFILES[self as usize]
    }

    /// The format with a name of the command line.
    pub fn named(name: &str) -> Option<Self> {
        PROFILES.iter().find(|p| p.name == name).map(|p| p.format)
    }

    /// Counts every row and gives it to the reader; a row that is broken or not taken is rejected. Rows of a list that
    /// only explain how to fill it in are passed over.
    ///
    /// # Errors
    /// When there are no rows.
    pub fn for_each_row(
        self,
        table: Table<'_>,
        report: &mut Report,
        mut take: impl FnMut(&Row<'_>, &mut Report) -> Taken<()>,
    ) -> Result<(), Refusal> {
        let is_list = own::columns(self).is_some();
        table.for_each(|row| {
            if is_list && row.as_ref().is_ok_and(own::is_guidance) {
                return;
            }
            report.read += 1;
            if let Err(complaint) = row.and_then(|row| take(&row, report)) {
                report.rejected.push(complaint);
            }
        });
        if report.read == 0 { Err(Refusal::NoRows) } else { Ok(()) }
    }

    /// The format that a header is of: the one that was named by hand, or the one it is recognised as.
    ///
    /// # Errors
    /// Names the missing columns.
    pub fn of_columns(columns: &Columns, wanted: Option<Self>) -> Result<Self, Refusal> {
        match wanted {
            Some(format) => format.check_header(columns).map(|()| format),
            None => Self::of_header(columns),
        }
    }

    /// Recognises a table by its header.
    ///
    /// # Errors
    /// Says which known format is nearest and which of its columns are missing.
    pub fn of_header(columns: &Columns) -> Result<Self, Refusal> {
        let missing =
            |p: &Profile| p.required.iter().filter(|c| !columns.has(c)).copied().collect::<Vec<_>>();
        let tables = || PROFILES.iter().filter(|p| !p.required.is_empty());
        if let Some(profile) = tables().find(|p| missing(p).is_empty()) {
            return Ok(profile.format);
        }
        let nearest = tables().min_by_key(|p| missing(p).len() * 100 / p.required.len());
        let near = nearest.filter(|nearest| missing(nearest).len() < nearest.required.len());
        Err(match near {
            Some(nearest) => Refusal::NearestHeader {
                format: nearest.name,
                title: nearest.title,
                missing: Words::of(missing(nearest)),
            },
            None => Refusal::UnknownHeader { columns: Words::of(columns.names().iter().take(5).cloned()) },
        })
    }

    /// Checks that a table has the columns of a format that was named by hand.
    ///
    /// # Errors
    /// Names the missing columns.
    pub fn check_header(self, columns: &Columns) -> Result<(), Refusal> {
        let profile = self.profile();
        if profile.required.is_empty() {
            return Err(Refusal::TableForJson { format: profile.name });
        }
        let missing: Vec<_> = profile.required.iter().filter(|c| !columns.has(c)).copied().collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(Refusal::MissingColumns { format: profile.name, missing: Words::of(missing) })
    }
}

#[cfg(test)]
mod tests;
