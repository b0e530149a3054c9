//! Words for places of gathering.

use crate::terms::labelled;

labelled! {
    /// What kind of gathering it is (通いの場の種類).
    GatheringKind {
        /// A gathering run by residents (住民主体の通いの場).
        Kayoinoba = ("通いの場", "かよいのば", "お年寄りが 集まる 場所（通いの場）", "Community gathering (kayoi-no-ba)"),
        /// A salon (サロン).
        Salon = ("サロン", "さろん", "おしゃべりの 集まり（サロン）", "Salon"),
        /// Strength exercises for old age (いきいき百歳体操).
        HyakusaiExercise = ("百歳体操", "ひゃくさいたいそう", "元気に なる 体操（百歳体操）", "Hyakusai exercise group"),
        /// A café for people with dementia and their families (認知症カフェ).
        DementiaCafe = ("認知症カフェ", "にんちしょうかふぇ", "認知症の 人と 家族の カフェ", "Dementia cafe"),
        /// A children's cafeteria (こども食堂).
        ChildrenCafeteria = ("こども食堂", "こどもしょくどう", "子どもが 安く 食べられる 食堂", "Children's cafeteria"),
        /// A place for all generations, a place to be (多世代交流拠点・居場所).
        MultigenHub = ("多世代交流拠点・居場所", "たせだいこうりゅうきょてんいばしょ", "いろいろな 年の 人の 居場所", "Place for all generations"),
        /// A senior citizens' club (老人クラブ).
        SeniorClub = ("老人クラブ", "ろうじんくらぶ", "お年寄りの クラブ", "Senior citizens' club"),
        /// A meeting of family carers (介護者のつどい).
        CarerCafe = ("介護者のつどい", "かいごしゃのつどい", "介護を する 家族の 集まり", "Carers' meeting"),
        /// A welfare centre or community hall open to residents (福祉センター・集会施設).
        WelfareCenter = ("福祉センター・集会施設", "ふくしせんたーしゅうかいしせつ", "集まる ための 建物", "Welfare centre, community hall"),
        /// A single event (催し).
        Event = ("催し", "もよおし", "イベント", "Event"),
        /// Another kind (その他).
        Other = ("その他", "そのた", "ほか", "Other"),
    }

    /// What people do there (主な活動内容).
    Activity {
        /// Exercise (体操・運動).
        Exercise = ("体操・運動", "たいそううんどう", "体操・運動", "Exercise"),
        /// Tea and talk (茶話会).
        TeaParty = ("茶話会", "さわかい", "お茶と おしゃべり", "Tea and talk"),
        /// Hobbies (趣味活動).
        Hobby = ("趣味活動", "しゅみかつどう", "趣味", "Hobbies"),
        /// Prevention of dementia (認知症予防).
        DementiaPrevention = ("認知症予防", "にんちしょうよぼう", "もの忘れを ふせぐ", "Preventing dementia"),
        /// Eating together (会食).
        Meal = ("会食", "かいしょく", "いっしょに 食べる", "Shared meals"),
        /// Learning (生涯学習).
        Learning = ("生涯学習", "しょうがいがくしゅう", "勉強", "Learning"),
        /// Voluntary work (ボランティア活動).
        Volunteer = ("ボランティア活動", "ぼらんてぃあかつどう", "ボランティア", "Volunteering"),
        /// Farming (農作業).
        Farming = ("農作業", "のうさぎょう", "畑の 仕事", "Farming"),
        /// Light work (就労的活動).
        Work = ("就労的活動", "しゅうろうてきかつどう", "少し 働く", "Work"),
        /// Old and young together (多世代交流).
        Multigen = ("多世代交流", "たせだいこうりゅう", "いろいろな 年の 人と 会う", "All generations together"),
        /// Help with learning for children (学習支援).
        StudySupport = ("学習支援", "がくしゅうしえん", "勉強の 手伝い", "Help with learning"),
        /// Something else (その他).
        Other = ("その他", "そのた", "ほか", "Other"),
    }

    /// Who runs it (運営主体).
    OperatorType {
        /// A group of residents (住民団体).
        ResidentGroup = ("住民団体", "じゅうみんだんたい", "近所の 人の 団体", "Residents' group"),
        /// A single resident (住民個人).
        ResidentIndividual = ("住民個人", "じゅうみんこじん", "近所の 人", "Individual resident"),
        /// The council of social welfare (社会福祉協議会).
        Shakyo = ("社会福祉協議会", "しゃかいふくしきょうぎかい", "社会福祉協議会（福祉の 団体）", "Council of social welfare"),
        /// A provider of care (介護事業者).
        CareProvider = ("介護事業者", "かいごじぎょうしゃ", "介護の 会社", "Care provider"),
        /// The municipality (市町村).
        Municipality = ("市町村", "しちょうそん", "市・町・村", "Municipality"),
        /// A senior citizens' club (老人クラブ).
        SeniorClub = ("老人クラブ", "ろうじんくらぶ", "お年寄りの クラブ", "Senior citizens' club"),
        /// A non-profit organisation (NPO).
        Npo = ("NPO", "えぬぴーおー", "NPO（助け合いの 団体）", "Non-profit organization"),
        /// A company (企業).
        Company = ("企業", "きぎょう", "会社", "Company"),
        /// Somebody else (その他).
        Other = ("その他", "そのた", "ほか", "Other"),
    }

    /// What kind of place it is held at (場所の種類).
    VenueType {
        /// A community hall (公民館・自治会館・集会所).
        CommunityHall = ("公民館・自治会館・集会所", "こうみんかんじちかいかんしゅうかいじょ", "近所の 集まる 建物", "Community hall"),
        /// Free space of a care facility (介護施設等の空きスペース).
        CareFacilitySpace = ("介護施設等の空きスペース", "かいごしせつとうのあきすぺーす", "介護の 施設の 部屋", "Room in a care facility"),
        /// A private or an empty home (個人宅・空き家). Its address is never public.
        PrivateHome = ("個人宅・空き家", "こじんたくあきや", "だれかの 家・空き家", "Private home"),
        /// A shop (店舗等).
        Shop = ("店舗等", "てんぽとう", "店", "Shop"),
        /// A school (学校).
        School = ("学校", "がっこう", "学校", "School"),
        /// Outdoors (公園・屋外).
        ParkOutdoor = ("公園・屋外", "こうえんおくがい", "公園・外", "Park, outdoors"),
        /// A temple or shrine (寺社).
        Temple = ("寺社", "じしゃ", "寺・神社", "Temple or shrine"),
        /// A medical institution (医療機関).
        Medical = ("医療機関", "いりょうきかん", "病院など", "Medical facility"),
        /// Another place (その他).
        Other = ("その他", "そのた", "ほか", "Other"),
    }
}
