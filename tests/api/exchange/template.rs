//! `yui template` as a person types it.

use std::path::Path;
use std::process::{Command, Output, Stdio};

fn yui(folder: &Path, arguments: &[&str]) -> Output {
    let mut yui = Command::new(env!("CARGO_BIN_EXE_yui"));
    yui.current_dir(folder).args(arguments).stdin(Stdio::null());
    yui.output().expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_list_is_printed_as_csv_or_written_as_a_workbook() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let printed = yui(folder.path(), &["template", "mutual-aid"]);
    let text = String::from_utf8(printed.stdout.clone()).expect("UTF-8");
    assert!(printed.status.success() && text.starts_with("\u{feff}管理番号,名称,"), "{text}");
    assert_eq!(text.lines().count(), 3);
    let written = yui(folder.path(), &["template", "desks", "--out", "窓口.xlsx"]);
    assert!(written.status.success(), "{}", said(&written));
    let workbook = std::fs::read(folder.path().join("窓口.xlsx")).expect("a file");
    assert!(workbook.starts_with(b"PK"));
}

#[test]
fn the_list_of_readers_of_sheets_is_a_form_too() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let printed = yui(folder.path(), &["template", "liaison-distribution"]);
    let text = String::from_utf8(printed.stdout.clone()).expect("UTF-8");
    assert!(text.contains("医療機関番号,医療機関名,組織コード,組織名,下位組織も"), "{}", said(&printed));
    assert_eq!(text.lines().count(), 3);
}

#[test]
fn a_list_that_exists_is_never_overwritten() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("list.csv"), "filled in").expect("a file");
    let refused = yui(folder.path(), &["template", "desks", "--out", "list.csv"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("exists already"), "{}", said(&refused));
    assert_eq!(std::fs::read(folder.path().join("list.csv")).expect("a file"), b"filled in");
}

#[test]
fn a_workbook_needs_a_file_and_a_list_needs_a_known_name() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let refused = yui(folder.path(), &["template", "desks", "--format", "xlsx"]);
    assert!(said(&refused).contains("--out FILE.xlsx"), "{}", said(&refused));
    let refused = yui(folder.path(), &["template", "salons"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        said(&refused).contains("gathering-places, mutual-aid, private-services, desks"),
        "{}",
        said(&refused)
    );
}
