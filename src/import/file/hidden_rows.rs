//! Hidden rows of the sheets of a workbook, which the reader of cells does not tell from others.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::HashMap;
use std::io::{BufReader, Cursor};
use zip::ZipArchive;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// The numbers of the hidden rows of each sheet, by its name. What cannot be read is not hidden: the reader of cells
/// reports damage.
pub fn of_sheets(bytes: &[u8]) -> HashMap<String, Vec<u32>> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return HashMap::new() };
    let parts = pairs(&mut archive, "xl/_rels/workbook.xml.rels", "Relationship", ["Id", "Target"]);
    let names = pairs(&mut archive, "xl/workbook.xml", "sheet", ["name", "id"]);
    let mut found = HashMap::new();
    for (name, id) in names {
        let Some(target) = parts.get(&id) else { continue };
        let part = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("xl/{target}"),
        };
        found.insert(name, rows(&mut archive, &part));
    }
    found
}

/// Two attributes of every element of a name, the first as key. Prefixes of names are left out.
fn pairs(archive: &mut Archive<'_>, part: &str, element: &str, names: [&str; 2]) -> HashMap<String, String> {
    let mut found = HashMap::new();
    each_element(archive, part, element, |start| {
        let [key, value] = names.map(|name| attribute(start, name));
        found.extend(key.zip(value));
    });
    found
}

fn rows(archive: &mut Archive<'_>, part: &str) -> Vec<u32> {
    let (mut found, mut number) = (Vec::new(), 0);
    each_element(archive, part, "row", |start| {
        number = attribute(start, "r").and_then(|r| r.parse().ok()).unwrap_or(number + 1);
        if matches!(attribute(start, "hidden").as_deref(), Some("1" | "true")) {
            found.push(number);
        }
    });
    found
}

fn each_element(archive: &mut Archive<'_>, part: &str, element: &str, mut each: impl FnMut(&BytesStart<'_>)) {
    let Ok(file) = archive.by_name(part) else { return };
    let mut reader = Reader::from_reader(BufReader::new(file));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start) | Event::Empty(start)) if start.local_name().as_ref() == element => {
                each(&start)
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}
