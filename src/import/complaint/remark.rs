//! Remarks that reject nothing: warnings, rows of kinds that Yui does not keep, notes on the file.

use crate::import::complaint::{Words, sentences};
use chrono::NaiveDate;

sentences! {
/// A warning or a note.
pub enum Remark {
    // Cells that were left empty or kept as written.
    SpreadsheetError { column: String, cell: String }:
        "列「{column}」の「{cell}」は表計算ソフトのエラーのため、読みません。登録済みの内容があれば、そのまま残します。",
        "{cell} in column {column} is an error of a spreadsheet; not read, and what is stored stays";
    Gaiji { column: String, character: String }:
        "列「{column}」に、書いた人の機械でしか表示できない外字（{character}）があります。表示できる字に直してください。",
        "column {column} has a private-use character ({character}), which other machines cannot show; replace it";
    HiddenRows { sheet: String, rows: Words }:
        "シート「{sheet}」の非表示の行も読みました：{rows}行目。載せない行は削除してください。",
        "hidden rows of sheet 「{sheet}」 were read too: {rows}; delete those that are not meant";
    Footer { line: u64, rows: u64 }:
        "{line}行目から、合計や注記の行（{rows}行）は表の一部ではないため、読み飛ばしました。",
        "from line {line} on, {rows} rows with totals or notes are no part of the table; passed over";
    NotANumber:
        "数ではないため、空欄にしました。",
        "it is not a number; left empty";
    NotAWebAddress:
        "ウェブのアドレスとして開けないため、備考に書かれたまま載せます。",
        "it is not a web address; kept as written, in the note";
    NotAPostalCode:
        "郵便番号（7けた）として読めないため、空欄にしました。",
        "it is not a postal code of seven digits; left empty";
    NotAPhoneNumber:
        "電話番号として読めないため、空欄にしました。",
        "it is not a phone number; left empty";
    WordsBesideNumber:
        "番号の横の言葉は、人の名前かもしれないため載せません。",
        "the words beside the number may name a person; left out";
    WordsBesideMailAddress:
        "メールアドレスの横の言葉は、人の名前かもしれないため載せません。",
        "the words beside the mail address may name a person; left out";
    OnlyFirstMailAddress:
        "メールアドレスが複数あります。最初のものだけを使います。",
        "there are several mail addresses; the first one counts";
    NotAMailAddress:
        "メールアドレスとして読めないため、空欄にしました。",
        "it is not a mail address; left empty";
    NoAreaCode:
        "市外局番がわからないか、桁が足りない（多い）ため、書かれたまま載せます。番号を確かめてください。",
        "it has no known area code, or a digit too few or too many; kept as written";
    NotACorporateNumber:
        "法人番号として正しくないため、空欄にしました。",
        "it is not a valid corporate number; left empty";
    DamagedCorporateNumber:
        "表計算ソフトで桁が失われた法人番号のため、空欄にしました。",
        "it was damaged by a spreadsheet; left empty";
    LeadingZeroRestored:
        "失われた先頭の0を補いました（都道府県と一致します）。",
        "it had lost its leading zero; restored, the prefecture agrees";
    FutureDayIgnored:
        "未来の日付のため、使いません。",
        "the day lies in the future; left out";
    FeesTwice:
        "料金が「金額」と「料金（複数のとき）」の両方にあり、すべて載せます。同じものなら、どちらかを消してください。",
        "there are fees in 金額 and in 料金（複数のとき）, and all are shown; remove one of them if they are the same";
    UnreadAmount:
        "読み取れない金額があります。書かれたまま載せ、金額は不明とします。1行に1つ、「大人 300円」「子ども 無料」「300円/30分」の形なら読み取れます。",
        "an amount is not understood; kept as written, and as unknown; one a line like 大人 300円 can be read";
    UnknownStatus { cell: String }:
        "「{cell}」は知らない状態です。活動中として載せます。",
        "「{cell}」 is not known; shown as going on";

    // Places.
    CoordinatesNotNumbers:
        "座標が数ではないため、使いません。",
        "the coordinates are not numbers; left out";
    CoordinatesHalf:
        "緯度と経度の片方しかないため、使いません。",
        "only one of latitude and longitude is given; left out";
    CoordinatesZero:
        "座標が0のため、使いません。",
        "the coordinates are 0; left out";
    CoordinatesSwapped:
        "緯度と経度が逆のため、使いません。",
        "latitude and longitude are swapped; left out";
    CoordinatesCentre:
        "住所が見つからないときに使われる「日本の中心」の座標のため、使いません。",
        "this is the centre of Japan, which geocoders answer when they cannot find an address; left out";
    CoordinatesAbroad:
        "座標が日本の外にあるため、使いません。",
        "the position is not in Japan; left out";
    CoordinatesElsewhere:
        "座標が住所と別の都道府県にあるため、使いません。",
        "the coordinates lie in another prefecture than the address; left out";
    CoordinatesOutside { name: String }:
        "「{name}」の座標が市区町村の境界の外にあるため、使いません。",
        "the coordinates of 「{name}」 lie outside of the boundary of its municipality; left out";
    CodeElsewhere { code: String }:
        "コード「{code}」と住所の市区町村が違います。住所を使います。",
        "the code {code} is not that of the municipality in the address; the address decides";
    WardWithoutCity { ward: String, name: String }:
        "住所が「{ward}」で始まりますが、コードの市区町村（{name}）にその区はありません。コードを使います。",
        "the address begins with {ward}, which the municipality of the code ({name}) does not have; the code decides";
    DamagedMunicipalityCode:
        "市区町村コードが壊れているため、住所で決めました。",
        "the municipality code is damaged; the address decides";
    NoAddress:
        "住所のない窓口です。市区町村は空欄にしました。",
        "a desk without an address; its municipality is left open";
    PlaceOfHomeDropped:
        "個人宅の名前は登録しません。",
        "the name of a private home is not kept";
    LooksLikeAHome:
        "個人の家のようなので、住所・会場名・地図の位置を公開しません。公開してよいときは「所在地の扱い」に「所在地あり」と書いてください。",
        "it looks like a private home, so that address, venue and position are not published; write 所在地あり where they may be";
    TakenAsSuspended:
        "休止の理由があるため、休止として扱います。休止でないときは理由を消してください。",
        "a reason for a suspension is given; the entry is taken as suspended";
    SaysSuspended:
        "休止や終了と書いてありますが、「状態」は掲載です。休止・終了のときは「状態」に書いてください。",
        "it says that the activity rests or is over, and the state is published; set the state";
    HeadingRow { text: String }:
        "「{text}」だけの行は、見出しのようなので読みません。",
        "a row with nothing but 「{text}」 looks like a heading; not read";
    ExampleRow:
        "記入例の行なので読みません。書きかえて使うときは、管理番号から「（記入例）」を消してください。",
        "a row marked as the example is not read; take the mark out of its number where it is an entry";
    NoDistrict:
        "利用できる地区がないため、下書きになります。",
        "no district is given from which it can be used; it becomes a draft";
    UnknownDistrict { name: String, known: Words }:
        "「{name}」という圏域がこの市区町村にないため、使いません。圏域：{known}。2つ以上は「、」で区切り、市内どこからでも使えるなら「全域」と書きます。",
        "「{name}」 is no district of the municipality; left out. Its districts: {known}; several are separated by 、, and 全域 means all of them";
    NoDistrictsYet { name: String }:
        "「{name}」は使いません。この市区町村の圏域がまだ取り込まれていません（yui import districts）。",
        "「{name}」 is left out: the districts of this municipality were not imported yet";
    TownUnknown:
        "住所の町名が町字の一覧に見つからないため、地図の位置と圏域がわかりません。町名を確かめてください。",
        "the address names no 町字 of the municipality, so that position and district are unknown";
    NotAReading:
        "かな以外の字があります。ひらがなかカタカナだけで書いてください。",
        "it has other characters than kana; write kana only";
    DamagedTown:
        "名前の壊れた町字を読み飛ばしました。",
        "a 町字 whose name is damaged; passed over";
    TownTwice:
        "同じ町字が2回あります。最初のものを使います。",
        "a 町字 is listed twice; the first one counts";
    TownWithoutPoint:
        "使える代表点のない町字です。",
        "a 町字 without a usable reference point";
    UnknownMunicipality { code: String }:
        "「{code}」は現在の市区町村のコードではないため、読み飛ばしました。",
        "「{code}」 is not the code of a present municipality; passed over";

    // Days and times.
    DatesUnknown:
        "日時は書かれたまま載せます。日付は計算できません。",
        "the days and times are kept as written; no dates can be computed from them";
    DaysIncomplete:
        "曜日や日付が足りないため、時間と言葉だけを載せます。",
        "the days are not said in full; hours and words are kept without dates";
    PastDay:
        "過ぎた日があります。年を確かめてください（表計算ソフトは今年の日付にします）。",
        "a day of it is over; check the year, which a spreadsheet sets to the present one";
    NoTimes:
        "空欄です。いつ開いているかがわからないため、日時は「不明」と表示されます。",
        "it is empty, so that nothing says when it takes place";
    HoursUnread:
        "時刻が読み取れないため、時間は「未確認」とします。朝は「午前6:30」、午後は「13:30」のように書き、終わりは始まりより後にしてください。",
        "the hours cannot be read and are left unknown; write 午前6:30 or 13:30, and the end after the beginning";
    NeedsAnchor:
        "隔週ですが、「隔週の基準日」がないため、日付は計算できません。実際に開いた日を1日書いてください。",
        "every other week, but 隔週の基準日 is empty, so that no dates can be computed; write one day on which it took place";
    DaysInRemark:
        "備考に別の日付があるため、時間だけを載せます。",
        "a remark names days of its own; the hours are kept without dates";
    ImpossibleHours:
        "ありえない時間です。その曜日の時間は不明とします。",
        "hours that cannot be; the times of that day are left unknown";
    ImpossibleSchedule { reasons: String }:
        "日時に矛盾があるため、書かれたまま載せます。",
        "the schedule makes no sense ({reasons}); kept as written";

    // Private data.
    MobileForCoordinators:
        "個人の携帯番号かもしれません。調整役（コーディネーター）だけに見えます。同じ欄に公開してよい番号があるときは、携帯番号を消すか代表者電話に移してください。",
        "a mobile number may be private; only coordinators see it; where the cell also has a public number, take the mobile one out";
    LeaderNumberClosed:
        "代表者の連絡先と同じなので、公開しません。公開してよい番号なら、代表者の欄から消してください。",
        "it is also given as the leader's own, so it is not published; take it out of the leader's columns if it may be";
    SeveralNumbers:
        "番号が2つ以上あります。電話をかけるときは最初の番号が使われます。FAXは「FAX番号」の列に書いてください。",
        "there are several numbers; the first one is dialled; a fax number has a column of its own";
    LostCharacter:
        "「??」があります。文字コードで表せない字が失われたのかもしれません。正しい字を書いてください（XLSX か UTF-8 なら表せます）。",
        "there is a 「??」: a character may have been lost that the encoding does not have";
    NamesAPerson:
        "人の名前かもしれません。公開されるので、係の名前だけを書いてください。",
        "it may name a person, and it is published; write the name of the desk only";
    MobileDropped:
        "個人の携帯番号かもしれないため、空欄にしました。",
        "a mobile number may be private; left empty";
    UnprintedName:
        "市が公表していない氏名のため、登録しません。",
        "a name that the city does not print; not kept";
    PrivateTextWithheld:
        "個人の電話番号かメールアドレスを含む文章を非公開にしました。yui review で確認できます。",
        "a text holds a private phone number or mail address; withheld: see 'yui review'";
    ContactInRemark:
        "備考に電話番号かメールアドレスがあるため、載せません。",
        "a remark holds a phone number or mail address; left out";
    NoSuchDesk:
        "その管理番号の相談窓口がないため、空欄にしました。",
        "no consultation desk has the number given; left empty";

    // Questionnaires.
    AvoidedTimesOverlap:
        "相談してよい時間と重なっています。重なるところは、避けてほしい時間が優先されます。",
        "it overlaps with the times for consultations; there the times to avoid count";
    NoTimeForPhone:
        "電話をしてよい時間がどこにもないため、「不明」と表示されます。",
        "nothing says when one may ring, so 不明 is shown";
    SameAnswerDay { name: String, day: NaiveDate }:
        "{name}：内容が変わりましたが、回答日（{day}）は前回のままです。",
        "{name}: the answers differ, but their day ({day}) is the one from before";
    SheetKept { number: String, name: String, count: usize }:
        "{number} {name}：直すところが{count}か所あるため、シートは変更していません。",
        "{number} {name}: {count} things have to be put right; the sheet was not changed";
    FormBlank { number: String, name: String }:
        "{number} {name}：記入なし",
        "{number} {name}: not filled in";
    FormOlder { number: String, name: String }:
        "{number} {name}：もっと新しい回答があるため、変更なし",
        "{number} {name}: there are newer answers; nothing changed";
    SheetUnchanged { number: String, name: String }:
        "{number} {name}：変更なし",
        "{number} {name}: nothing changed";
    ConsentTakenBack { number: String, name: String }:
        "{number} {name}：承諾の取り下げ（配布先には表示されなくなります）",
        "{number} {name}: consent withdrawn (the readers no longer see the sheet)";
    SheetNew { number: String, name: String }:
        "{number} {name}：新規（第1版）",
        "{number} {name}: new (version 1)";
    SheetReplaced { number: String, name: String, version: i32 }:
        "{number} {name}：更新（第{version}版）",
        "{number} {name}: replaced (version {version})";

    // Rows of kinds that Yui does not keep.
    NotForChildren { kind: String }:
        "{kind}（子育て支援センター・つどいの広場・児童館など以外は扱いません）",
        "{kind} (only 子育て支援センター, つどいの広場, 児童館 and the like are kept)";
    NoFacilityKind:
        "種別のない施設（子育て支援センター・つどいの広場・児童館など以外は扱いません）",
        "a facility without 種別 (only 子育て支援センター, つどいの広場, 児童館 and the like are kept)";
    OtherBuilding { kind: String }:
        "{kind}（人が集まる場所・相談窓口・医療機関ではない施設は扱いません）",
        "{kind}: only halls where people meet, consultation desks and medical facilities are kept";
    NotMedical { kind: String }:
        "「{kind}」：病院・診療所・歯科診療所・助産所・薬局のどれでもないもの",
        "「{kind}」: neither hospital, clinic, dental clinic, maternity home nor pharmacy";
    UntitledList:
        "何の一覧かが題名からわからない行",
        "a row of a list whose title does not say what its places are";
    CareWithoutNumber { list: String }:
        "{list}：事業所番号のない介護サービス（国のファイル jigyosho にあります）",
        "{list}: care without an office number; the national file (jigyosho) has it";
    NotKept { list: String }:
        "{list}：Yui が扱わない種類",
        "{list}: no kind of resource Yui keeps";

    // The file as a whole.
    UnknownColumns { columns: Words }:
        "この一覧にない列は読み飛ばしました：{columns}",
        "columns this list does not have were passed over: {columns}";
    UnreadColumns { columns: Words }:
        "載せる場所のない列は読み飛ばしました：{columns}",
        "columns for which there is no place were passed over: {columns}";
    HeaderBelow { line: usize }:
        "見出しは{line}行目から読みました。",
        "the header is read from line {line}";
    SheetRead { sheet: String, row: usize }:
        "シート「{sheet}」を読みました（見出しは{row}行目）。",
        "read from sheet 「{sheet}」, whose header is in row {row}";
    SheetNotRead { sheet: String }:
        "シート「{sheet}」にも同じような見出しがありますが、読んでいません。別のファイルに保存して取り込んでください。",
        "sheet 「{sheet}」 has a known header too and was NOT read; save it as a file of its own";
    DayUnknown:
        "データの日付がわからないため、日付のある情報は置き換えません。--as-of YYYY-MM-DD で指定できます。",
        "the day of this data is unknown, so it never replaces dated facts; say it with --as-of YYYY-MM-DD";
    NothingMarkedMissing:
        "受け取れない行があるため、一覧にないものも取り除いていません。",
        "rows were rejected, so the file does not hold everything; nothing was marked as missing";
    NothingEnded:
        "受け取れない行があるか、一覧の時点がわからないため、一覧にない窓口は終了にしていません。",
        "rows were rejected or the day of the list is unknown; no desk that it lacks was ended";
    OptionIgnored { told: Box<super::Refusal> }:
        "{told}",
        "{told}";
}
}
