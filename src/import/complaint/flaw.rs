//! Flaws for which a row is rejected: each says what is wrong and what would be right.

use crate::import::complaint::{Words, sentences};
use chrono::NaiveDate;

sentences! {
/// A flaw of a cell or a row.
pub enum Flaw {
    // The table.
    UnreadableRow { cause: String }:
        "行を読み取れません（{cause}）。",
        "the row cannot be read ({cause})";
    OpenQuotation { column: String }:
        "列「{column}」で引用符（\"）が開いたまま閉じられていません。",
        "a quotation mark opens in column {column} and never closes";
    FewColumns { has: usize, header: usize }:
        "この行は{has}列ですが、見出しは{header}列です。",
        "the row has {has} columns, the header has {header}";
    ManyColumns { has: usize, header: usize }:
        "この行は{has}列ありますが、見出しは{header}列だけです。",
        "the row has {has} columns, the header has only {header}";
    NoColumn { unknown: Words }:
        "この列がありません。次の列のことなら、その見出しをこの名前に直してください：{unknown}。ほかの行の誤りも下に挙げます。",
        "the list lacks this column; if one of these is meant, give it this name: {unknown}";
    LikeAnother { number: String }:
        "番号「{number}」と同じ番号かもしれないため、受け取りません。同じなら「{number}」に直し、別のものなら --accept-new を付けて取り込んでください。",
        "the number looks like the number 「{number}」; correct it, or take it as a new one with --accept-new";
    NumberIsADate:
        "表計算ソフトが番号を日付に変えたようです。セルを文字列にして書き直してください。この番号でよければ --accept-new を付けて取り込みます。",
        "a spreadsheet seems to have turned the number into a date; write it anew as text, or take it as it is with --accept-new";
    LongName { most: usize }:
        "名前・読み・団体名は{most}字以内で書いてください。",
        "a name, a reading or an organization has more than {most} characters";
    DamagedText { column: String }:
        "列「{column}」に、このファイルの文字コードでは読めない文字があります。",
        "column {column} holds bytes that are not text in the encoding of the file";
    SpreadsheetError { column: String, cell: String }:
        "列「{column}」の「{cell}」は表計算ソフトのエラーです。正しい値に直してください。",
        "{cell} in column {column} is an error of a spreadsheet; put the right value in its place";
    SameNumber { line: u64, number: String }:
        "{line}行目と同じ番号です（{number}）。番号は項目ごとに別のものにしてください。この行は使いません。",
        "the same number as line {line} ({number}); give each entry a number of its own; this row is not used";
    SameKey { line: u64, key: String }:
        "{line}行目と同じ番号です（{key}）。最初の行だけを使います。",
        "the same key as line {line} ({key}); the first one counts";

    // The content of a cell.
    Empty:
        "空欄です。必ず書いてください。",
        "it is empty and must be filled in";
    NotOneOf { cell: String, words: Words }:
        "「{cell}」は使えません。次から選んでください：{words}。わからないときは、必須でない列なら空欄にします。",
        "「{cell}」 is not one of: {words}; if you do not know, leave the cell empty where the column is not required";
    NotOneOfClosing { cell: String, words: Words }:
        "「{cell}」は使えません。次から選んでください：{words}。空欄は「公開する」の意味になります。公開しないものは空欄にしないでください。",
        "「{cell}」 is not one of: {words}; an empty cell means that it is published";
    NotOneOfWithRemarks { cell: String, words: Words, remarks: String }:
        "「{cell}」は使えません。次から選んでください：{words}。それ以外の言葉は「{remarks}」の列に書きます。わからないときは空欄にします。",
        "「{cell}」 is not one of: {words}; further words belong into {remarks}; if you do not know, leave the cell empty";
    NotADay { cell: String }:
        "「{cell}」は日付として読み取れません。年があるか、その日があるかを確かめてください。例：令和8年5月1日、R8.5.1、2026/5/1、2026-05-01",
        "「{cell}」 is not a day like 令和8年5月1日, R8.5.1, 2026/5/1 or 2026-05-01";
    NotAMonth { cell: String }:
        "「{cell}」は年月として読み取れません。例：令和5年6月、R5.6",
        "「{cell}」 is not a month like 令和5年6月 or 2023-06";
    NotAPeriod { cell: String }:
        "「{cell}」は期間として読み取れません。例：12月～3月、12/1～3/31",
        "「{cell}」 is not a part of the year like 12月～3月 or 12/1～3/31";
    NotANumber { cell: String }:
        "「{cell}」は数として読み取れません。数字だけを書いてください。一つの数で言えないときは空欄にします（公開してよいことは備考の列に書けます）。",
        "「{cell}」 is not a number; write digits only; where there is more than one, leave the cell empty";
    NotPersons { cell: String, most: i32 }:
        "「{cell}」は人数として読み取れません。0～{most}の数字だけを書いてください。",
        "「{cell}」 is not a number of persons from 0 to {most}";
    NotLeadDays { cell: String, most: u16 }:
        "「{cell}」は日数として読み取れません。0～{most}の数字だけを書いてください。",
        "「{cell}」 is not a number of days from 0 to {most}";
    NotAPhoneNumber { cell: String }:
        "「{cell}」は電話番号として読み取れません。市外局番から書いてください。",
        "「{cell}」 is not a phone number; begin with the area code";
    NotAMailAddress { cell: String }:
        "「{cell}」はメールアドレスとして読み取れません。",
        "「{cell}」 is not a mail address";
    NotACode { most: usize }:
        "コードは{most}文字以内の英数字にしてください。",
        "a code has at most {most} letters and digits";
    TooLong { most: usize }:
        "{most}字以内で書いてください。",
        "it has more than {most} characters";
    InTheFuture:
        "未来の日付です。",
        "the day lies in the future";
    EndsBefore { column: &'static str }:
        "{column}より前の日付です。",
        "it lies before {column}";
    Unclear { cell: String, right: &'static str }:
        "「{cell}」は読み取れません。次のどれかの形で書いてください：{right}",
        "「{cell}」 cannot be understood. Write one of: {right}";
    Contradicts { column: &'static str }:
        "{column}の内容と食い違っています。どちらかを直してください。",
        "{column} says something else; correct one of them";
    AmountWithoutKind:
        "金額がありますが、何の料金かがありません。料金の種類を選んでください。",
        "there is an amount but not what it is for";
    PrivateContact:
        "個人のものと思われる電話番号・メールアドレスがあります。消してください。",
        "it holds a phone number or mail address that may be private; remove it";

    // The facility or municipality of a row.
    NoName:
        "名前がありません。",
        "the name is empty";
    NoMunicipality:
        "市区町村がわかりません。正しい市区町村コード（6桁）か、市区町村名の入った住所を書いてください。一覧の全体が1つの市区町村のものなら、--municipality でも指定できます。",
        "neither a code nor the address says which municipality this is in; for a list of one municipality, --municipality says it";
    NoPrefecture:
        "都道府県がわかりません。都道府県の列にも住所にもありません。",
        "neither a column nor the address says which prefecture this is";
    NotAMunicipalityCode { cell: String }:
        "「{cell}」は市区町村コードではありません。検査数字を含む6桁で書いてください。",
        "「{cell}」 is not the code of a municipality: six digits with the check digit";
    NotACorporateNumber { cell: String }:
        "「{cell}」は法人番号ではありません。13桁の数字で書いてください（表計算で桁が失われていませんか）。",
        "「{cell}」 is not a corporate number of thirteen digits; a spreadsheet may have rounded it";
    NotAnInstitutionId { cell: String }:
        "「{cell}」は医療情報ネットのIDではありません。",
        "「{cell}」 is not an ID of 医療情報ネット";
    NotAnOfficeNumber { cell: String }:
        "「{cell}」は10桁の事業所番号ではありません。",
        "「{cell}」 is not an office number of ten characters";
    NotAService { cell: String }:
        "「{cell}」というサービスの種類はありません。",
        "「{cell}」 is no known service";
    NotAFacilityKind { cell: String }:
        "「{cell}」という施設の種別はありません。",
        "「{cell}」 is no known kind of facility";
    NotAnInstitutionKind { cell: String }:
        "「{cell}」は機関区分ではありません。1～5（病院、診療所、歯科診療所、助産所、薬局）のどれかです。",
        "「{cell}」 is none of 1 to 5";
    NoInstitutionKind:
        "機関区分の列がなく、ファイル名も 01～05 で始まりません。",
        "the file has no such column and its name does not begin with 01 to 05 either";
    NoDepartment:
        "診療科目名がありません。",
        "the department is empty";
    NoEntryForSessions:
        "どの子ども食堂の開催かがわかりません。",
        "nothing says to which entry these sessions belong";
    NoPublisher:
        "誰の一覧かがわかりません（「Data by 見本市 - …」と書かれています）。",
        "it does not say whose list this is (「Data by 見本市 - …」)";
    NotAnOutline:
        "Polygon でも MultiPolygon でもありません。",
        "it is neither a Polygon nor a MultiPolygon";

    // Districts, coordinators, organizations.
    TownTaken { town: String, district: String }:
        "「{town}」は、この期間はすでに{district}に属しています。",
        "「{town}」 already belongs to {district} in this period";
    NoDistrictForSecondTier:
        "第2層のコーディネーターには、担当地区が1つ以上必要です。",
        "a coordinator of the second layer needs at least one district";
    NotATier { cell: String }:
        "「{cell}」は第1層でも第2層でもありません。",
        "「{cell}」 is neither 第1層 nor 第2層";
    UnknownDistrict { name: String }:
        "「{name}」という圏域がこの市区町村にありません。先に圏域を取り込んでください。",
        "「{name}」 is no district of the municipality; import its districts first";
    CodeTwice { code: String }:
        "「{code}」が一覧に2回あります。",
        "「{code}」 stands in the list twice";
    PartOfItself { code: String }:
        "「{code}」が自分自身の下に入ることになります。",
        "「{code}」 would be part of itself";
    CircleAbove:
        "上位の組織が輪になっています。",
        "the organizations above it form a circle";
    UnknownOrganization { code: String }:
        "組織コード「{code}」がありません。先に組織一覧を取り込んでください。",
        "no organization has the code 「{code}」; import the organizations first";

    // The lists of care professionals.
    SameInstitutionAndOrganization { line: u64 }:
        "{line}行目と同じ医療機関と組織です。",
        "the same institution and organization as line {line}";
    UnknownInstitution { number: String }:
        "番号「{number}」の医療機関は登録されていません。",
        "no medical institution has the number 「{number}」";
    NoSheetYet { name: String }:
        "「{name}」の連携シートはまだありません。",
        "「{name}」 has no liaison sheet yet";
    OtherName { written: String, known: String }:
        "「{written}」とありますが、この番号・コードは「{known}」です。",
        "it says 「{written}」, but the number or code is that of 「{known}」";
    BothNumbers:
        "医療機関番号と事業所番号は、どちらか一方だけを書いてください。",
        "write either 医療機関番号 or 事業所番号, not both";
    NumberWithoutPrefecture { number: String }:
        "「{number}」に都道府県コードがありません。例：06:6110000001",
        "「{number}」 lacks the code of the prefecture, as in 06:6110000001";
    NoFacilityNamed { name: String }:
        "「{name}」という施設がありません。番号（事業所番号か医療機関番号）を書いてください。",
        "no facility is called 「{name}」; write its number (事業所番号 or 医療機関番号)";
    SeveralFacilitiesNamed { name: String }:
        "「{name}」という施設が複数あります。番号（事業所番号か医療機関番号）を書いてください。",
        "several facilities are called 「{name}」; write the number (事業所番号 or 医療機関番号)";
    UnknownFacility { number: String }:
        "「{number}」の施設がありません。先に施設の一覧を取り込むか、番号を確かめてください。",
        "no facility has the number 「{number}」; import the facilities first, or check the number";
    OtherFacility { number: String, name: String, written: String }:
        "「{number}」は「{name}」の番号です。「{written}」とは違います。",
        "「{number}」 is the number of 「{name}」, not of 「{written}」";
    SeveralFacilities { number: String, count: usize, names: Words }:
        "「{number}」は{count}か所あります。名前を次のどれかと同じにしてください：{names}",
        "「{number}」 stands for {count} places; write the name of one of them: {names}";
    NoDayKnown:
        "いつの情報かわかりません。この欄に日付を書くか、--as-of で指定してください。",
        "nothing says of which day this is; write it here or say it with --as-of";
    NothingSaid:
        "受け入れの可否も空き状況も書かれていません。",
        "neither what is taken on nor vacancies are given";
    PlacesThoughFull:
        "空き状況が「空きなし」「不明」なのに人数があります。",
        "there are places although 空き状況 says full or unknown";
    NoPlacesThoughFree:
        "空き状況が「空きあり」「残りわずか」なのに0人です。",
        "there are no places although 空き状況 says there is room";
    NotOffered { name: String }:
        "「{name}」はこのサービスを行っていません。",
        "「{name}」 does not offer this service";
    SameFacilityAndService { line: u64 }:
        "{line}行目と同じ施設・サービスです。",
        "the same facility and service as line {line}";
    NoDeskNumber { most: usize }:
        "管理番号がないか、{most}文字を超えています。",
        "the number is empty or has more than {most} characters";
    SameDeskNumber { line: u64 }:
        "{line}行目と同じ管理番号です。",
        "the same 管理番号 as line {line}";
    DeskNumberOfOtherList:
        "別の一覧で使われている管理番号です。",
        "this 管理番号 is used in another list";
    DeskNumberOfOthers:
        "ほかの機関の窓口の管理番号です。新しい窓口には新しい管理番号を付けてください。",
        "this 管理番号 is that of a desk of another institution; give a new desk a new one";
    StandsInForItself:
        "自分自身を不在時の窓口にはできません。",
        "a desk cannot stand in for itself";
    UnknownDesk { number: String }:
        "管理番号「{number}」の窓口がありません。",
        "no desk has the 管理番号 「{number}」";
    NotAChannelTime { line: String }:
        "「{line}」は「手段：時間」の形で書いてください。",
        "「{line}」 is not of the form 手段：時間";
    NotAListedChannel { name: String }:
        "「{name}」は連絡手段の欄にありません。",
        "「{name}」 does not stand in 連絡手段";
    MobileNotPublic:
        "携帯電話・050の番号は公開できません。",
        "a mobile or 050 number cannot be published";
    PrivateNotPublic:
        "個人のものと思われる電話番号・メールアドレスがあるため、公開できません。",
        "it holds a phone number or mail address that may be private, so it cannot be published";
    PersonNotPublic:
        "担当者の名前があるため、公開できません。",
        "it holds the name of the person, so it cannot be published";
    ListNeeded:
        "「配布先に限る」のときは、配布先の組織コードが必要です。",
        "「配布先に限る」 needs the codes of the organizations";
    ListWithoutNeed:
        "配布先は、閲覧範囲が「配布先に限る」のときだけ書いてください。",
        "organizations are listed only with 「配布先に限る」";
    UnreadTime { cell: String, part: String, example: &'static str }:
        "「{cell}」は時間として計算できません（「{part}」が読み取れません）。例：{example}",
        "「{part}」 of 「{cell}」 cannot be understood. For example: {example}";
    VagueTime { cell: String, example: &'static str }:
        "「{cell}」は時間として計算できません（曜日や時間が決まりません）。例：{example}",
        "「{cell}」 does not settle the days and times. For example: {example}";
    ImpossibleTime { cell: String, example: &'static str }:
        "「{cell}」の曜日や時間が矛盾しています。例：{example}",
        "the days and times of 「{cell}」 contradict each other. For example: {example}";
    TimesWithoutEnd { cell: String, example: &'static str }:
        "「{cell}」は時間として計算できません。始まりと終わりの時刻を書いてください（一日中なら 0:00～24:00）。例：{example}",
        "「{cell}」 lacks a beginning or an end (for the whole day write 0:00～24:00). For example: {example}";
    ApproximateTime { cell: String, example: &'static str }:
        "「{cell}」は時間として計算できません。「頃」などのない、はっきりした時刻にしてください。例：{example}",
        "「{cell}」 is approximate; write exact times. For example: {example}";
    AppointmentInTime { cell: String, example: &'static str }:
        "「{cell}」は時間として計算できません。予約のことは「予約の要否」に書いてください。例：{example}",
        "「{cell}」 speaks of appointments; those belong into 予約の要否. For example: {example}";
    WeatherInTime { cell: String, example: &'static str }:
        "「{cell}」は時間として計算できません。天候による例外は計算できません。例：{example}",
        "「{cell}」 depends on the weather. For example: {example}";

    // The questionnaire.
    OtherThanAbove { cell: String, line: u64, before: String }:
        "「{cell}」は、{line}行目の「{before}」と違います。医療機関の欄は最初の行にだけ書いてください。",
        "「{cell}」 differs from 「{before}」 in line {line}; fill in the columns of the institution in its first row only";
    OwnNumber:
        "個人の携帯番号のようです。配布先に知らせてよい番号なら、「業務用」または「本人承諾」と書き添えてください。",
        "this looks like a private mobile number; add 業務用 or 本人承諾 if the readers may know it";
    OwnNumberOfLine:
        "個人の携帯番号のようです。配布先に知らせてよい番号なら、連絡先名に「業務用」と書き添えてください。",
        "this looks like a private mobile number; write 業務用 into the name of the line if the readers may know it";
    NoInstitutionNumber:
        "空欄です。どの医療機関の行かがわかりません。",
        "it is empty, so nothing says which institution the row is about";
    OtherInstitutionName { line: u64, name: String }:
        "{line}行目は「{name}」なのに、番号が同じです。",
        "line {line} says 「{name}」 for the same number";
    NoConsent:
        "空欄です。医療機関の承諾がなければ、シートは作られません。",
        "it is empty; without the consent of the institution no sheet is made";
    SameInstitution { line: u64 }:
        "{line}行目と同じ医療機関です。番号を1つにそろえてください。",
        "the same institution as line {line}; use one number";
    NotAnInstitution { number: String }:
        "「{number}」は医療機関ではありません。連携シートは医療機関のものです。",
        "「{number}」 is no medical institution";
    InstitutionNotKnown { number: String }:
        "「{number}」という医療機関は登録されていません。印字された番号のまま送ってください。",
        "no medical institution has the number 「{number}」; keep the printed number";
    NoInstitutionName:
        "空欄です。番号の写し間違いに気づけるよう、名称も書いてください。",
        "it is empty; write the name too, so that a slip in the number is noticed";
    NameOfOtherInstitution { number: String, name: String }:
        "「{number}」は「{name}」です。番号と名称のどちらかが違います。",
        "「{number}」 is 「{name}」; either the number or the name is wrong";
    NoAnswerDay:
        "空欄です。いつの回答かを書いてください。",
        "it is empty; write the day of the answers";
    ReviewNotAfterAnswer:
        "回答日より後の日にしてください。",
        "it must lie after the day of the answers";
    ConsentWithdrawn { day: NaiveDate }:
        "承諾は{day}に取り下げられています。それより後の承諾の日付が必要です。",
        "the consent was withdrawn on {day}; a later day of consent is needed";
    ConsentDayNeeded:
        "空欄です。一度取り下げられた承諾なので、新しい承諾の日付を書いてください。",
        "it is empty; the consent was withdrawn before, so write the day of the new one";
    NoIssuer:
        "空欄です。シートを作る団体を書いてください。",
        "it is empty; write who makes the sheet";
    LeaverWithoutCode:
        "異動・退職日を書く行には、その医師のコードが必要です。",
        "a row with a day of leaving needs the code of the physician";
    NoPhysicianName:
        "空欄です。医師の氏名を書いてください。",
        "it is empty; write the name of the physician";
    SameChannel { label: String }:
        "「{label}」が同じ宛先と目的で2回あります。1つにまとめてください。",
        "「{label}」 stands here twice with the same target and purpose; join them";
    ChannelsWithGap { column: &'static str }:
        "{column}が空欄です。順位は1から詰めて書いてください。",
        "{column} is empty; rank the channels from 1 without gaps";
    NoChannel:
        "連絡手段がありません。少なくとも手段1を書いてください。",
        "there is no channel; fill in at least 手段1";
    NoChannelFor { column: &'static str }:
        "空欄ですが、{column}に記入があります。手段を選んでください。",
        "it is empty, but {column} is filled in; choose a channel";
    EmptyBeside { column: &'static str }:
        "空欄ですが、{column}に記入があります。",
        "it is empty, but {column} is filled in";
    AvoidedAndPreferred:
        "望ましい手段にも同じ手段があります。どちらかを消してください。",
        "the same channel is among the preferred ones; remove one of them";
    LeadDaysWithoutNeed:
        "予約が「不要」なら空欄にしてください。",
        "leave it empty when no appointment is needed";
    ConditionsNeeded { column: &'static str }:
        "{column}が「条件付き」のときは、条件を書いてください。",
        "write the conditions when {column} says 条件付き";
    SamePhysician { line: u64 }:
        "{line}行目と同じ医師です。1人は1行にまとめてください。",
        "the same physician as line {line}; write one row for each";
    PhysicianMissing { name: String, code: String }:
        "{name}医師（{code}）の行がありません。異動・退職した医師の行は消さずに、異動・退職日を書いてください。",
        "the row of {name} ({code}) is missing; keep the rows of physicians who left and write the day";
    NoPhysicians:
        "医師の行がありません。少なくとも1人の医師を書いてください。",
        "there is no row of a physician";
    LeaverOfOthers:
        "この医療機関の医師ではないので、異動・退職日は書けません。",
        "this physician does not work at the institution, so no day of leaving can be given";
    UnknownPhysician { code: String }:
        "「{code}」という医師コードはありません。新しい医師なら空欄にしてください。",
        "no physician has the code 「{code}」; leave it empty for a new one";
    RenamedElsewhere { code: String }:
        "{code}はほかの医療機関の医師です。氏名は、登録されている医療機関の調査票で直してください。",
        "{code} is a physician of another institution; the name is corrected in its questionnaire";
    CodeOfOther { code: String, name: String }:
        "{code}は「{name}」医師のコードです。後任など別の医師なら、コードを空欄にして新しい行に書き、「{name}」医師の行には異動・退職日を書いてください。改姓や訂正なら「氏名の変更」を選んでください。",
        "{code} is the code of 「{name}」; give a successor a row of its own without a code and 「{name}」 a day of leaving, or choose 氏名の変更 when the name was changed";
    OtherReading { before: String }:
        "前回は「{before}」でした。訂正なら「氏名の変更」を選んでください。",
        "it was 「{before}」 before; choose 氏名の変更 to correct it";
}
}
