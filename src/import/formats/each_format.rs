//! The list of all formats, in the order in which headers are tried.

/// Hands the list to a macro: the doc comment, the name and the profile of each format.
macro_rules! each_format {
    ($with:ident) => {
        $with! {
            /// 介護サービス情報公表 `jigyosho_NNN.csv`
            Jigyosho = Profile {
                format: Format::Jigyosho,
                name: "jigyosho",
                title: "介護サービス情報公表システム 事業所一覧",
                publisher: "厚生労働省",
                url: "https://www.mhlw.go.jp/stf/kaigo-kouhyou_opendata.html",
                license: "CC BY 4.0 / PDL1.0",
                required: &["事業所名", "サービスの種類", "住所", "事業所番号"],
                synonyms: &[],
                columns: &[],
                family: Family::Facilities(|row, _, report| national::care::read(row, report)),
                issuer: Issuer::Ministry,
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
                synonyms: &[],
                columns: &[],
                family: Family::MedicalFacilities(national::medical::read),
                issuer: Issuer::Ministry,
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
                synonyms: &[],
                columns: &[],
                family: Family::MedicalFacilities(national::medical::read),
                issuer: Issuer::Ministry,
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
                synonyms: &[],
                columns: &[],
                family: Family::MedicalFacilities(national::medical::read),
                issuer: Issuer::Ministry,
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
                synonyms: &[],
                columns: &[],
                family: Family::MedicalFacilities(|row, _, report| national::national_list::read(row, report)),
                issuer: Issuer::Ministry,
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
                synonyms: &[],
                columns: &[],
                family: Family::Area,
                issuer: Issuer::Ministry,
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
                synonyms: &[],
                columns: &[],
                family: Family::Area,
                issuer: Issuer::Ministry,
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
                synonyms: &[],
                columns: &[],
                family: Family::SideTable(SideTable::of(&tables::areas::districts::DistrictList)),
                issuer: Issuer::City,
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
            LiaisonContacts = tables::desks::GENERAL_PROFILE,
            /// 退院調整担当者一覧, our own list
            DischargeCoordinators = tables::desks::DISCHARGE_PROFILE,
            /// 受け入れ施設一覧, our own list
            MedicalAcceptances = tables::acceptances::PROFILE,
            /// 通いの場のオープンデータ of 厚生労働省
            Kayoinoba = national::kayoinoba::PROFILE,
            /// 子ども食堂 of a municipality, and its further sessions
            ChildrenCafeteria = national::children_cafeteria::PROFILE,
            /// 医療情報ネット hours by department and time band
            MedicalHours = national::medical_hours::PROFILE,
            /// 医療機関一覧 of a municipality
            MunicipalMedical = municipal::profiles::MEDICAL,
            /// 介護サービス事業所一覧 of a municipality
            MunicipalCare = municipal::profiles::CARE,
            /// 子育て施設一覧 of a municipality
            MunicipalChildcare = municipal::profiles::CHILDCARE,
            /// 公共施設一覧 of a municipality
            MunicipalFacilities = municipal::profiles::FACILITIES,
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
            Coordinators = tables::coordinators::PROFILE,
            /// Distribution lists of liaison sheets, our own list
            LiaisonDistribution = tables::distribution::PROFILE,
            /// Organizations whose people sign in, our own table
            Organizations = tables::organizations::PROFILE,
            /// 連携シート調査票, our own questionnaire
            Liaison = tables::questionnaire::form::PROFILE,
        }
    };
}
