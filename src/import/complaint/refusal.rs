//! Refusals: the reasons for which a file or an option cannot be used.

use crate::import::complaint::{Flaw, Words, sentences};

sentences! {
/// The reason for which a file cannot be used. Nothing was written.
pub enum Refusal {
    NotFound:
        "ファイルがありません。",
        "there is no such file.";
    NotAllowed:
        "ファイルを読む権限がありません。",
        "you are not allowed to read it.";
    Unreadable { cause: String }:
        "ファイルを読めません（{cause}）。",
        "it cannot be read ({cause}).";
    Folder:
        "フォルダーです。中のファイルを指定してください（例：フォルダー名/*.csv）。",
        "it is a folder. Name the files in it, for example folder/*.csv";
    EmptyFile:
        "ファイルが空です。",
        "it is empty.";
    DamagedCompression { cause: String }:
        "圧縮ファイルが壊れています（{cause}）。",
        "the compressed file is damaged ({cause}).";
    LargerThan1GiB:
        "1 GiB を超えています。都道府県ごとに分けてください。",
        "it is larger than 1 GiB. Split it by prefecture.";
    LongLine { line: u64 }:
        "{line}行目が 1 MiB を超えています。施設の表ではありません。",
        "line {line} is longer than 1 MiB; this is not a table of facilities.";
    NotText:
        "文字のファイルではありません。Excel で「CSV UTF-8（コンマ区切り）」か .xlsx として保存してください。",
        "this is not a text file. Save it as CSV (UTF-8) or as .xlsx.";
    UnknownEncoding:
        "UTF-8 でも CP932（Shift_JIS）でもありません。",
        "this is not text in UTF-8 or CP932 (Shift_JIS).";
    LargeWorkbook:
        "Excel ファイルが 64 MiB を超えています。シートを CSV で保存してください。",
        "this Excel file is larger than 64 MiB. Save the sheet as CSV.";
    NotAWorkbook:
        "ZIP ファイルで、Excel ブック（.xlsx）ではありません。先に展開してください。",
        "this is a ZIP archive and no Excel workbook (.xlsx). Unpack it first.";
    DamagedZip:
        "ZIP または Excel のファイルが壊れていて開けません。保存し直してください。",
        "this ZIP or Excel file is damaged and cannot be opened. Save it again.";
    ManyParts:
        "Excel ファイルの部品が多すぎるため、開きませんでした。",
        "this Excel file has more parts than any list needs; it was not opened.";
    UnpacksLarge:
        "展開すると 256 MiB を超える Excel ファイルのため、開きませんでした。シートを CSV で保存してください。",
        "this Excel file unpacks to more than 256 MiB; it was not opened. Save the sheet as CSV.";
    Password:
        "パスワードで保護された Excel ファイルです。パスワードを外して保存し、取り込み直してください。",
        "this Excel file is protected by a password. Save it without one and import it again.";
    OldExcel:
        "古い形式の Excel ファイル（.xls）です。.xlsx か CSV で保存し、取り込み直してください。",
        "this is an old Excel file (.xls). Save it as .xlsx or CSV and import it again.";
    DamagedWorkbook { cause: String }:
        "Excel ファイルが壊れています（{cause}）。Excel で開き、保存し直したものを取り込んでください。",
        "this Excel file is damaged ({cause}). Open it, save it again and import that.";
    FarColumn { sheet: String, column: u32 }:
        "シート「{sheet}」の{column}列目に値があります。これほど列の多い一覧はありません。",
        "sheet 「{sheet}」 has something in column {column}; a list has fewer.";
    LargeSheet { sheet: String }:
        "シート「{sheet}」の文字が 128 MiB を超えています。CSV で保存してください。",
        "sheet 「{sheet}」 holds more than 128 MiB of text. Save it as CSV.";
    UnwritableSheet { sheet: String }:
        "シート「{sheet}」は表として読めません。",
        "sheet 「{sheet}」 cannot be written as a table.";
    NoKnownSheet { sheets: u64, told: Box<Refusal> }:
        "{sheets}枚のシートのどれにも、知られている見出しがありません。{told}",
        "none of its {sheets} sheets has a known header. {told}";
    InSheet { sheet: String, told: Box<Refusal> }:
        "シート「{sheet}」：{told}",
        "sheet 「{sheet}」: {told}";
    EmptySheets:
        "どのシートにも何も書かれていません。",
        "there is nothing in its sheets.";
    LargeJson:
        "JSON が 128 MiB を超えています。CSV で保存してください。",
        "this JSON list is larger than 128 MiB. Save it as CSV.";
    DamagedJson { cause: String }:
        "JSON が壊れています（{cause}）。",
        "this JSON is damaged ({cause}).";
    JsonWithoutList:
        "JSON の中にオブジェクトの一覧がありません。町字の一覧（towns）、N03 の GeoJSON（boundaries）、平らなオブジェクトの一覧が使えます。",
        "this JSON holds no list of objects. Known are lists of 町字 (towns), N03 GeoJSON (boundaries) and lists of flat objects.";
    JsonNotObjects:
        "JSON がオブジェクトの一覧ではありません。町字の一覧（towns）、N03 の GeoJSON（boundaries）、平らなオブジェクトの一覧が使えます。",
        "this JSON is not a list of objects. Known are lists of 町字 (towns), N03 GeoJSON (boundaries) and lists of flat objects.";
    JsonNested { name: String }:
        "JSON が表になっていません。{name} の中に、さらに一覧かオブジェクトがあります。",
        "this JSON is not a table: {name} holds a list or an object.";
    JsonUnwritable:
        "JSON を表として読めません。",
        "this JSON cannot be written as a table.";
    NotThatJson { format: &'static str }:
        "{format} の JSON ではありません。",
        "this JSON is not a {format} file.";
    NotATownList { line: u64, column: u64 }:
        "town、koaza、lat、lng の一覧ではありません（{line}行{column}文字目）。",
        "this is not a list of {{town, koaza, lat, lng}} (line {line}, column {column})";
    UnknownTownFile { name: String }:
        "ファイル名「{name}」が、これらの地点を含む市区町村の名前ではありません。「鶴岡市.json」のような名前にしてください。",
        "the file name {name} is not the name of a municipality that holds these points";
    AmbiguousTownFile { name: String }:
        "「{name}」という市区町村が複数あり、地点からも決まりません。",
        "several municipalities are called {name}; these points do not tell which is meant";
    NotGeoJson { line: u64, column: u64 }:
        "GeoJSON ではありません（{line}行{column}文字目）。",
        "this is not GeoJSON (line {line}, column {column})";
    NoFeatures:
        "GeoJSON に features がありません。",
        "this GeoJSON has no features";
    NoHeader:
        "1行目が列の名前になっていません。",
        "the first line is not a list of column names.";
    NoRows:
        "見出しだけで、行がありません。",
        "it has a header but no rows.";
    KindNotKept { list: &'static str }:
        "この種類の一覧（{list}）は扱いません。",
        "lists of this kind ({list}) are not kept";
    UnknownHeader { columns: Words }:
        "見出しが、どの形式のものでもありません。最初の列：{columns}",
        "the header is of no known format. It begins with: {columns}";
    NearestHeader { format: &'static str, title: &'static str, missing: Words }:
        "見出しが、どの形式とも一致しません。最も近いのは {format}（{title}）で、次の列がありません：{missing}",
        "the header is of no known format. The nearest is {format} ({title}); it lacks the columns: {missing}";
    TableForJson { format: &'static str }:
        "表のファイルですが、{format} は JSON の形式です。",
        "this is not a {format} file: those are JSON, and this is a table.";
    MissingColumns { format: &'static str, missing: Words }:
        "{format} のファイルではありません。次の列がありません：{missing}",
        "this is not a {format} file: it lacks the columns {missing}";
    Population:
        "人口の表です。場所や活動の情報はありません。",
        "this is a table of the population; it holds no resources.";
    GroupHomes:
        "障害のある方のグループホームの一覧です。Yui が扱わない種類です。",
        "this is a list of group homes for people with disabilities; Yui keeps no such kind.";
    Vaccination:
        "予防接種の協力医療機関の一覧です。ID も医療機関の種類もなく、Yui は予防接種を扱いません。これらの医療機関は医療情報ネットのファイルにあります。",
        "this is a list of who vaccinates; it has neither IDs nor kinds of institutions, and Yui keeps no vaccinations. The files of 医療情報ネット have these clinics.";
    CompleteIgnored:
        "--complete は、この形式では意味がありません。この形式の取り込みは何も取り除きません。指定せずに取り込んでください。",
        "--complete means nothing for this format, which never takes anything away. Leave it out.";
    DayIgnored:
        "--as-of は、この形式では意味がありません。行は置き換えられるまで有効です。指定せずに取り込んでください。",
        "--as-of means nothing for this format, whose rows hold until they are replaced. Leave it out.";
    PublisherIgnored:
        "--publisher は、この形式では意味がありません。公表者を記録しない形式です。指定せずに取り込んでください。",
        "--publisher means nothing for this format, which keeps no publisher. Leave it out.";
    FutureDay:
        "データの日付が未来です。正しい日付を --as-of YYYY-MM-DD で指定してください。",
        "its day lies in the future. Say the right one with --as-of YYYY-MM-DD.";
    Strict { rows: u64, line: u64, flaw: Flaw }:
        "--strict：受け取れない行が{rows}行あるため、何も書き込んでいません。最初は{line}行目：{flaw}",
        "--strict: {rows} rows cannot be taken, so nothing was written. First, line {line}: {flaw}";
}
}
