//! The yearly questionnaire as it is sent out: prefilled from the sheets,
//! one row per physician, and blank rows.

use crate::database::Databases;
use crate::database::json;
use crate::import::tables::questionnaire::form::TITLE;
use crate::import::tables::questionnaire::form::columns::{INSTITUTION, NUMBER, columns};
use crate::import::tables::questionnaire::form::write::{self, Filled};
use crate::import::tables::questionnaire::known::{Institution, Known, with_a_sheet};
use crate::import::template::Form;
use crate::import::unscoped::reading;
use chrono::NaiveDate;
use sea_orm::DbErr;

/// Blank rows per institution, for new physicians.
const BLANK_ROWS: usize = 3;
/// Instructions for the institution that fills in the form (記入のしかた).
const GUIDE: [&str; 15] = [
    "この調査票は、医師への連絡のしかたを連携シートにまとめ、配布先の専門職にお知らせするためのものです。",
    "1人の医師を1行に書きます。前回の内容が入っています。変わったところだけを直してください。",
    "医療機関番号と医師コードは変えないでください。新しい医師は、空いている行に、コードを空欄にして書いてください。",
    "異動・退職した医師の行は消さずに、「異動・退職日」に最後に勤務する日を書いてください。後任の医師は新しい行に書きます。",
    "改姓や氏名の訂正のときだけ、「氏名の変更」を選んでください。",
    "手段1から手段6までは、望ましい順に、詰めて書いてください。同じ手段でも、目的や宛先が違えば別に書けます。",
    "時間は「火・木 12:30～13:00」「平日 17:00～18:00」「いつでも」のように、始まりと終わりを書いてください。「いつでも」は祝日も含む24時間です。",
    "手段の時間が空欄なら「相談しやすい時間」が使われます。どちらも空欄なら「不明」と表示されます。",
    "「避けてほしい時間」は、ほかのどの時間よりも優先します。祝日も同じように避けます。",
    "計算できない説明（「手術のない日」など）は、時間の欄ではなく備考に書いてください。",
    "空欄は「不明」「未確認」として扱います。「できない」とはみなしません。",
    "携帯電話の番号は、配布先に知らせてよい場合だけ、備考に「業務用」または「本人承諾」と書き添えてください。",
    "連絡先から承諾日までの欄は医療機関ごとです。その医療機関の最初の行にだけ書いてください。",
    "「承諾」がなければシートは作られません。「承諾しない・取り下げる」を選ぶと、今のシートは配布先から見えなくなります。",
    "この表は緊急連絡用ではありません。患者さんの情報は書かないでください。",
];

/// The questionnaire for institutions by official number; without any, for all that have a sheet.
///
/// # Errors
/// When the database fails; the inner error names a number that is not one of a medical institution.
pub async fn questionnaire(
    databases: &Databases,
    numbers: &[String],
    today: NaiveDate,
) -> Result<Result<Form, String>, DbErr> {
    let numbers = match numbers {
        [] => with_a_sheet(&reading(databases)).await?,
        named => named.to_vec(),
    };
    let known = Known::load(&reading(databases), &numbers, &[]).await?;
    let mut institutions: Vec<(&String, &Institution)> = Vec::new();
    for number in &numbers {
        match known.institutions.get(number) {
            Some(institution) => institutions.push((number, institution)),
            None => return Ok(Err(format!("There is no medical institution with the number 「{number}」."))),
        }
    }
    institutions.sort_by_key(|(number, institution)| (institution.row.sort_key.clone(), (*number).clone()));
    institutions.dedup_by_key(|(_, institution)| institution.row.id);
    let mut rows = Vec::new();
    for (number, institution) in institutions {
        rows.extend(of(number, institution, today)?);
    }
    Ok(Ok(Form { title: TITLE, columns: columns(), rows, guide: &GUIDE }))
}

fn of(number: &str, institution: &Institution, today: NaiveDate) -> Result<Vec<Vec<String>>, DbErr> {
    let there = institution.people.iter().filter(|person| person.works_there(today));
    let known = there.filter_map(|person| {
        Some(write::physician(&person.physician, person.facts.as_ref()?, person.ended_on))
    });
    let mut rows: Vec<Filled> = known.chain(std::iter::repeat_n(Filled::new(), BLANK_ROWS)).collect();
    if let (Some(sheet), Some(first)) = (&institution.sheet, rows.first_mut()) {
        let facts = json::read(&sheet.facts, "liaison_sheet", sheet.uuid)?;
        first.extend(write::sheet(sheet, &facts));
    }
    let named = |mut row: Filled| {
        row.insert(NUMBER, number.to_owned());
        row.insert(INSTITUTION, institution.row.name.clone());
        write::row(row)
    };
    Ok(rows.into_iter().map(named).collect())
}
