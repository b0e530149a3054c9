//! Words for places of gathering.

use crate::terms::labelled;

labelled! {
    /// What kind of gathering it is (通いの場の種類).
    GatheringKind {
        /// A gathering run by residents (住民主体の通いの場).
        Kayoinoba = "通いの場",
        /// A salon (サロン).
        Salon = "サロン",
        /// Strength exercises for old age (いきいき百歳体操).
        HyakusaiExercise = "百歳体操",
        /// A café for people with dementia and their families (認知症カフェ).
        DementiaCafe = "認知症カフェ",
        /// A children's cafeteria (こども食堂).
        ChildrenCafeteria = "こども食堂",
        /// A place for all generations, a place to be (多世代交流拠点・居場所).
        MultigenHub = "多世代交流拠点・居場所",
        /// A senior citizens' club (老人クラブ).
        SeniorClub = "老人クラブ",
        /// A meeting of family carers (介護者のつどい).
        CarerCafe = "介護者のつどい",
        /// A welfare centre or community hall open to residents (福祉センター・集会施設).
        WelfareCenter = "福祉センター・集会施設",
        /// A single event (催し).
        Event = "催し",
        /// Another kind (その他).
        Other = "その他",
    }

    /// What people do there (主な活動内容).
    Activity {
        /// Exercise (体操・運動).
        Exercise = "体操・運動",
        /// Tea and talk (茶話会).
        TeaParty = "茶話会",
        /// Hobbies (趣味活動).
        Hobby = "趣味活動",
        /// Prevention of dementia (認知症予防).
        DementiaPrevention = "認知症予防",
        /// Eating together (会食).
        Meal = "会食",
        /// Learning (生涯学習).
        Learning = "生涯学習",
        /// Voluntary work (ボランティア活動).
        Volunteer = "ボランティア活動",
        /// Farming (農作業).
        Farming = "農作業",
        /// Light work (就労的活動).
        Work = "就労的活動",
        /// Old and young together (多世代交流).
        Multigen = "多世代交流",
        /// Help with learning for children (学習支援).
        StudySupport = "学習支援",
        /// Something else (その他).
        Other = "その他",
    }

    /// Who runs it (運営主体).
    OperatorType {
        /// A group of residents (住民団体).
        ResidentGroup = "住民団体",
        /// A single resident (住民個人).
        ResidentIndividual = "住民個人",
        /// The council of social welfare (社会福祉協議会).
        Shakyo = "社会福祉協議会",
        /// A provider of care (介護事業者).
        CareProvider = "介護事業者",
        /// The municipality (市町村).
        Municipality = "市町村",
        /// A senior citizens' club (老人クラブ).
        SeniorClub = "老人クラブ",
        /// A non-profit organisation (NPO).
        Npo = "NPO",
        /// A company (企業).
        Company = "企業",
        /// Somebody else (その他).
        Other = "その他",
    }

    /// What kind of place it is held at (場所の種類).
    VenueType {
        /// A community hall (公民館・自治会館・集会所).
        CommunityHall = "公民館・自治会館・集会所",
        /// Free space of a care facility (介護施設等の空きスペース).
        CareFacilitySpace = "介護施設等の空きスペース",
        /// A private or an empty home (個人宅・空き家). Its address is never public.
        PrivateHome = "個人宅・空き家",
        /// A shop (店舗等).
        Shop = "店舗等",
        /// A school (学校).
        School = "学校",
        /// Outdoors (公園・屋外).
        ParkOutdoor = "公園・屋外",
        /// A temple or shrine (寺社).
        Temple = "寺社",
        /// A medical institution (医療機関).
        Medical = "医療機関",
        /// Another place (その他).
        Other = "その他",
    }
}
