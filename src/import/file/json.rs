//! JSON lists of flat objects as table text, each object on the line it begins at.

use crate::import::complaint::Refusal;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The column for the name of the list that a row is from, when a file has several.
const LIST: &str = "list";

/// A list of objects.
struct List<'t> {
    name: Option<String>,
    objects: Vec<&'t RawValue>,
}

/// The table text of a list of flat objects, or of an object with such lists in it. Texts beside the
/// lists become columns of every row.
///
/// # Errors
/// When it is neither.
pub fn table(text: &str) -> Result<String, Refusal> {
    let (lists, common) = lists(text)?;
    let mut names: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for list in &lists {
        for object in &list.objects {
            let cells = cells(object, list, &common)?;
            names.extend(cells.keys().filter(|name| !names.contains(name)).cloned().collect::<Vec<_>>());
            rows.push((line_of(text, object), cells));
        }
    }
    if rows.is_empty() {
        return Err(Refusal::JsonWithoutList);
    }
    written(&names, &rows).ok_or(Refusal::JsonUnwritable)
}

type Common = Map<String, Value>;

fn lists(text: &str) -> Result<(Vec<List<'_>>, Common), Refusal> {
    let damaged = |e: serde_json::Error| Refusal::DamagedJson { cause: e.to_string() };
    if text.trim_start().starts_with('[') {
        let objects = serde_json::from_str(text).map_err(damaged)?;
        return Ok((vec![List { name: None, objects }], Map::new()));
    }
    let outer: BTreeMap<String, &RawValue> = serde_json::from_str(text).map_err(damaged)?;
    let mut common = Map::new();
    let (mut lists, mut titles) = (Vec::new(), BTreeMap::new());
    for (name, raw) in outer {
        match serde_json::from_str::<Value>(raw.get()).map_err(damaged)? {
            Value::String(text) => {
                common.insert(name, Value::String(text));
            }
            Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_object) => {
                let objects = serde_json::from_str(raw.get()).map_err(damaged)?;
                lists.push(List { name: Some(name), objects });
            }
            Value::Object(map) => titles.extend(map.into_iter().filter(|(_, title)| title.is_string())),
            _ => {}
        }
    }
    match lists.as_mut_slice() {
        [only] => only.name = None,
        several => several.iter_mut().for_each(|list| list.name = titled(list.name.take(), &titles)),
    }
    Ok((lists, common))
}

/// The title of a list, which another object of the file may give:
/// `"index": { "data_13": "老人福祉センター" }`.
fn titled(name: Option<String>, titles: &BTreeMap<String, Value>) -> Option<String> {
    let name = name?;
    let title = titles.get(&name).and_then(Value::as_str).map(str::to_owned);
    Some(title.unwrap_or(name))
}

fn cells(object: &RawValue, list: &List<'_>, common: &Common) -> Result<Map<String, Value>, Refusal> {
    let mut cells: Map<String, Value> =
        serde_json::from_str(object.get()).map_err(|_| Refusal::JsonNotObjects)?;
    if let Some((name, _)) = cells.iter().find(|(_, value)| value.is_object() || value.is_array()) {
        return Err(Refusal::JsonNested { name: name.clone() });
    }
    for (name, value) in common {
        cells.entry(name.clone()).or_insert_with(|| value.clone());
    }
    if let Some(name) = &list.name {
        cells.entry(LIST).or_insert_with(|| name.clone().into());
    }
    Ok(cells)
}

fn line_of(text: &str, part: &RawValue) -> u64 {
    let start = (part.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let before = text.as_bytes().get(..start).unwrap_or_default();
    1 + before.iter().filter(|byte| **byte == b'\n').count() as u64
}

fn written(names: &[String], rows: &[(u64, Map<String, Value>)]) -> Option<String> {
    let mut out = Vec::new();
    let mut line = 1;
    record(&mut out, names.iter().map(String::as_str))?;
    for (begins, cells) in rows {
        line += 1;
        while line < *begins {
            out.push(b'\n');
            line += 1;
        }
        let shown: Vec<String> = names.iter().map(|name| shown(cells.get(name))).collect();
        record(&mut out, shown.iter().map(String::as_str))?;
    }
    String::from_utf8(out).ok()
}

fn record<'a>(out: &mut Vec<u8>, cells: impl Iterator<Item = &'a str>) -> Option<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(cells).ok()?;
    writer.flush().ok()
}

fn shown(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.replace("\r\n", "\n").replace('\n', "（改行）"),
        Some(Value::Number(number)) => {
            let text = number.to_string();
            text.strip_suffix(".0").unwrap_or(&text).to_owned()
        }
        Some(Value::Bool(flag)) => if *flag { "1" } else { "0" }.to_owned(),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::complaint::Language;

    #[test]
    fn objects_stand_on_the_lines_they_begin_at() {
        let text = r#"{
  "source": "見本市",
  "data": [
    {
      "name": "結\n会",
      "n": 5.0
    },
    { "name": "二", "flag": true }
  ]
}"#;
        let expected = "n,name,source,flag\n\n\n5,結（改行）会,見本市,\n\n\n\n,二,見本市,1\n";
        assert_eq!(table(text).as_deref(), Ok(expected));
    }

    #[test]
    fn several_lists_are_one_table_with_their_titles() {
        let text = r#"{"index":{"a":"保育所","b":"憩いの家"},"a":[{"name":"一"}],"b":[{"name":"二"}]}"#;
        assert_eq!(table(text).as_deref(), Ok("list,name\n保育所,一\n憩いの家,二\n"));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for (text, said) in [
            ("{\"a\": 1}", "no list of objects"),
            ("[1, 2]", "not a list of objects"),
            ("[{\"a\": {\"b\": 1}}]", "holds a list or an object"),
            ("[{\"a\": 1}", "damaged"),
        ] {
            assert!(table(text).is_err_and(|told| told.say(Language::English).contains(said)), "{text}");
        }
    }
}
