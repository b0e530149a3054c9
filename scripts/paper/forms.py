"""Looks at the questionnaire as LibreOffice saved it, fills it in, and compares what the import reports."""

import json
import sys

from openpyxl import load_workbook

FORM, GUIDE, WORDS = "連携シート調査票", "記入のしかた", "用語"
FIRST = 4  # below the header, its explanation and an example


class Form:
    """The rows of a questionnaire by the names of its columns."""

    def __init__(self, path):
        self.book = load_workbook(path)
        self.sheet = self.book[FORM]
        self.columns = {cell.value: cell.column for cell in self.sheet[1] if cell.value}

    def get(self, row, column):
        return self.sheet.cell(row, self.columns[column]).value or ""

    def set(self, row, **cells):
        for column, value in cells.items():
            self.sheet.cell(row, self.columns[column]).value = value

    def rows(self):
        return range(FIRST, self.sheet.max_row + 1)

    def row_of(self, name, institution=""):
        found = (row for row in self.rows() if self.get(row, "氏名") == name)
        return next(row for row in found if institution in self.get(row, "医療機関名"))

    def blank_row_of(self, institution):
        return next(
            row
            for row in self.rows()
            if self.get(row, "医療機関名") == institution and not self.get(row, "氏名")
        )

    def menus(self):
        """The columns with a menu, and the words of each."""
        found = {}
        for menu in self.sheet.data_validations.dataValidation:
            words = menu.formula1.lstrip("=").replace("$", "").split("!")[1]
            values = [cell.value for (cell,) in self.book[WORDS][words]]
            for cells in menu.sqref.ranges:
                for column in range(cells.min_col, cells.max_col + 1):
                    found[self.sheet.cell(1, column).value] = values
        return found


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: found\n  {found}\ninstead of\n  {wanted}")
    print(f"ok  {what}")


def opened(made, saved):
    made, saved = Form(made), Form(saved)
    expect("the sheets of the workbook", saved.book.sheetnames, [FORM, GUIDE, WORDS])
    expect(f"the {len(made.columns)} columns", list(saved.columns), list(made.columns))
    expect(f"the {len(made.menus())} menus with their words", saved.menus(), made.menus())
    expect("a menu of channels", saved.menus()["手段1"][:3], ["電話", "FAX", "メール"])
    filled = [cell for row in saved.sheet.iter_rows(FIRST) for cell in row if cell.value]
    expect(f"the {len(filled)} filled-in cells are text", {cell.number_format for cell in filled}, {"@"})
    expect("sentences on how to fill it in", saved.book[GUIDE].max_row >= 10, True)


def unchanged(report):
    (report,) = json.load(open(report, encoding="utf-8"))
    done = {key: report[key] for key in ("created", "updated", "unchanged", "older", "rejected")}
    expect("nothing changes", done, {"created": 0, "updated": 0, "unchanged": 10, "older": 0, "rejected": []})


def fill(saved, filled):
    form = Form(saved)
    today = {"回答日": "2026-05-01"}
    # Right: other hours, a new physician, one who leaves, an institution that takes its consent back.
    form.set(form.row_of("見本 光"), 手段1の時間="月・火 12:30～13:00", **today)
    new = form.blank_row_of("見本内科クリニック")
    form.set(form.row_of("見本 太郎", "見本内科クリニック"), **today)
    form.set(new, 氏名="見本 新子", フリガナ="ミホン シンコ", 診療科="内科", 手段1="Net4U", 手段1の時間="いつでも")
    form.set(form.row_of("見本 直"), **{"異動・退職日": "2026-04-15"})
    form.set(form.row_of("見本 剛"), **today)
    form.set(form.row_of("見本 聡"), 承諾="承諾しない・取り下げる", 承諾日="2026-05-01", **today)
    # Wrong: a time nobody can compute, a successor under the code of the one before, no consent, a lost row.
    form.set(form.row_of("見本 みどり"), 相談しやすい時間="手のあいたとき", **today)
    form.set(form.row_of("見本 守"), 氏名="後任 太郎", **today)
    form.set(form.row_of("見本 歩"), 承諾="", **today)
    lost = form.row_of("見本 学")
    for column in form.columns.values():
        form.sheet.cell(lost, column).value = None
    form.book.save(filled)


def compare(report, filled):
    (report,) = json.load(open(report, encoding="utf-8"))
    form = Form(filled)
    for told in report["rejected"]:
        print(f"    {told['line']}行目 {told['column'] or '-'}：{told['reason']}")
    for note in report["notes"]:
        print(f"    {note}")
    counts = {key: report[key] for key in ("created", "updated", "unchanged")}
    # Changed: 眼科, 内科, 整形外科 and the withdrawal; as before: 澤診療所 and レディースクリニック.
    expect("the right rows are in", counts, {"created": 0, "updated": 4, "unchanged": 2})
    hospital = min(row for row in form.rows() if form.get(row, "医療機関名") == "見本総合病院")
    wanted = sorted(
        [
            (form.row_of("見本 みどり"), "相談しやすい時間", "時間として計算できません"),
            (form.row_of("後任 太郎"), "氏名", "「見本 守」医師のコードです"),
            (form.row_of("見本 歩"), "承諾", "承諾がなければ"),
            (hospital, None, "見本 学医師"),
        ]
    )
    found = [(told["line"], told["column"]) for told in report["rejected"]]
    expect("the wrong ones are named by line and column", found, [(line, column) for line, column, _ in wanted])
    said = [part in told["reason"] for told, (_, _, part) in zip(report["rejected"], wanted)]
    expect("and explained", said, [True] * len(wanted))


{"opened": opened, "unchanged": unchanged, "fill": fill, "compare": compare}[sys.argv[1]](*sys.argv[2:])
