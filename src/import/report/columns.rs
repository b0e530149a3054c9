//! The Japanese name of a fact or of a field, as the columns of lists have it.

/// The column for a field of the schema (`menus[0].name`) or for a fact of a record (`name_kana`); a name that is none of
/// either stays as it is.
pub fn column_of(field: &str) -> &str {
    let plain = plain(field);
    // What is called by the longest path first: the note of a fee is no remark on the place.
    let ends = std::iter::successors(Some(plain.as_str()), |path| path.split_once('.').map(|(_, end)| end));
    ends.map(known).find_map(|column| column).unwrap_or(field)
}

fn known(field: &str) -> Option<&'static str> {
    Some(match field {
        "name" | "services.name" => "名称",
        "nameKana" => "名称（かな）",
        "alias" => "通称",
        "description" => "内容",
        "postalCode" => "郵便番号",
        "address" => "住所",
        "building" => "方書",
        "position" => "緯度・経度",
        "placement" => "所在地の扱い",
        "prefectureCode" => "都道府県",
        "municipalityCode" => "市区町村コード",
        "phone" | "phoneLabel" => "電話番号",
        "fax" => "FAX番号",
        "contacts" => "連絡先",
        "contacts.label" => "担当窓口名",
        "url" => "ホームページ",
        "note" => "備考",
        "organization" | "organization.name" | "corporationName" => "運営団体",
        "corporateNumber" => "法人番号",
        "capacity" => "定員",
        "availableDays" | "openDays" => "曜日",
        "availableDaysNote" => "利用可能曜日特記事項",
        "closedDaysNote" => "その他の休診日",
        "schedules" | "municipalSchedules" | "hours" | "rawText" => "開催日時",
        "schedules.label" => "日時の見出し",
        "venues" | "schedules.venues.name" | "schedules.venues.address" => "月別の会場",
        "departments" => "診療科目",
        "reach" | "menus.districtsNote" => "利用できる地区",
        "state" => "状態",
        "suspendedFrom" => "休止開始",
        "suspendedTo" => "休止終了",
        "suspensionReason" | "suspension.reason" => "休止理由",
        "asOf" => "情報時点",
        "lastVerifiedOn" => "最終確認日",
        "details" => "詳細",
        "partner" => "連携団体・専門職だけが見る項目",
        "registered" => "登録者数",
        "attendance" => "平均参加者数",
        "helpers" => "担い手の人数",
        "insurance" => "保険",
        "sogoJigyo" => "総合事業の位置付け",
        "kind" | "kinds" => "種類",
        "categories" => "分類",
        "compensation" => "有償・無償",
        "mainActivity" => "主な活動",
        "activities" => "その他の活動",
        "operatorType" => "運営主体",
        "venue" | "venue.name" => "会場名",
        "venue.kind" => "会場の種類",
        "eligibility" | "eligibility.text" => "対象",
        "ageMin" => "対象年齢（下限）",
        "gender" => "性別",
        "districtsOnly" | "membersOnly" => "限定",
        "dementiaWelcome"
        | "carersWelcome"
        | "livingAlone"
        | "elderlyOnlyHousehold"
        | "disabled"
        | "childRearing" => "対象となる方",
        "fees" | "fee" | "surcharges" => "料金",
        "audience" => "料金の対象",
        "unit" | "unitMinutes" => "単位（分）",
        "fees.note" | "menus.fees.note" | "pickup.fee.note" | "surcharges.label" | "surcharges.unit" => {
            "料金の備考"
        }
        "amountYen" | "amountToYen" => "金額",
        "reservation" => "予約",
        "reservationNote" => "予約の備考",
        "trialPossible" => "見学・体験",
        "bring" => "持ち物",
        "pickup" | "available" => "送迎",
        "pickup.area" => "送迎の範囲",
        "pickup.note" => "送迎の備考",
        "allergyPolicy" => "アレルギー対応",
        "acceptsCertified" => "要支援・要介護の方",
        "access" | "features" => "バリアフリー",
        "access.note" => "バリアフリーの備考",
        "directions" => "交通案内",
        "parking" | "access.parking" => "駐車場",
        "parking.note" | "access.parking.note" => "駐車場の備考",
        "winterNote" => "冬の駐車・除雪",
        "startedOn" => "開始年月",
        "endedOn" => "終了年月",
        "menus" | "menus.name" | "menus.conditions" => "内容",
        "howToApply" | "howToApply.text" => "申込方法",
        "leadTimeDays" => "何日前まで",
        "membership" | "membership.note" => "会員登録",
        "intake" => "新規受付",
        "recruiting" => "担い手募集",
        "recruitNote" => "担い手募集の内容",
        "vouching" | "vouching.note" => "裏付けの名称",
        "topics" => "相談できること",
        "methods" => "相談方法",
        "languages" => "対応言語",
        "afterHours" => "時間外の対応",
        _ => return None,
    })
}

/// A field without the numbers of its lists and in the writing of the schema.
fn plain(field: &str) -> String {
    let mut plain = String::with_capacity(field.len());
    let (mut is_number, mut is_next_large) = (false, false);
    for c in field.chars() {
        match c {
            '[' => is_number = true,
            ']' => is_number = false,
            _ if is_number => {}
            '_' => is_next_large = true,
            c if std::mem::take(&mut is_next_large) => plain.push(c.to_ascii_uppercase()),
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_facts_are_called_as_columns_are() {
        for (field, column) in [
            ("name_kana", "名称（かな）"),
            ("menus[0].fees[1].note", "料金の備考"),
            ("services[2].note", "備考"),
            ("venue.name", "会場名"),
            ("schedules[0].venues[1].name", "月別の会場"),
            ("access.directions", "交通案内"),
            ("見本の列", "見本の列"),
        ] {
            assert_eq!(column_of(field), column, "{field}");
        }
    }
}
