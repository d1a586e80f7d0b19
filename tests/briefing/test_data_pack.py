"""The data pack: a workbook of the printed figures and nothing else, checked, without formulas."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from lscb_analysis.briefing import open_briefing
from lscb_analysis.briefing.manifest import pack_manifest
from lscb_analysis.briefing.pack import (
    FIGURE,
    SYNTHETIC,
    Pack,
    data_pack_of,
    open_release,
    pack_texts,
)
from lscb_analysis.briefing.pack_book import FRAME, number_of, theme_part, write_pack
from lscb_analysis.catalogue import measured_themes
from lscb_analysis.periods import parse_quarter
from lscb_analysis.printed import number_text
from lscb_analysis.release_check import Manifest, check_workbook
from tests.briefing.drawn_workspace import LEICESTER, MARKING, MEREFORD, QUARTER
from tests.drawn import table

SECRET = "Jaydenne"


@pytest.fixture(scope="module")
def pack(drawn) -> Pack:
    return data_pack_of(open_release(drawn, MEREFORD, parse_quarter(QUARTER), "partnership"))


@pytest.fixture(scope="module")
def manifest(drawn, pack) -> Manifest:
    opened = open_release(drawn, MEREFORD, parse_quarter(QUARTER), "partnership")
    return pack_manifest(opened, pack.title, [*pack_texts(pack), *FRAME], theme_part())


@pytest.fixture(scope="module")
def content(pack, tmp_path_factory) -> bytes:
    return write_pack(pack, tmp_path_factory.mktemp("pack") / "data_pack.xlsx").read_bytes()


def sheet(content: bytes, name: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(name).decode()


def changed(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The workbook with one part changed, or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(zipfile.ZipInfo(each), old.read(each))
        before = old.read(name).decode() if name in old.namelist() else ""
        new.writestr(zipfile.ZipInfo(name), change(before))
    return made.getvalue()


def test_the_pack_of_a_drawn_release_passes_its_check(content, manifest):
    assert check_workbook(content, manifest) == []


def test_it_has_cover_contents_a_sheet_a_theme_and_what_the_figures_mean(content):
    names = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    themes = [theme.title for theme in measured_themes().values()]
    assert names == ["Cover", "Contents", *themes, "Definitions", "Sources", "Symbols"]


def test_every_sheet_has_its_title_its_marking_and_that_the_data_are_synthetic(content):
    for name in CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names:
        first = [line[0] for line in sheet(content, name)]
        assert first[0]
        assert {MARKING, SYNTHETIC} <= set(first)
        assert "" not in first


def test_every_figure_is_the_printed_one_of_its_row(content, drawn):
    for theme in measured_themes():
        briefing = open_briefing(theme, MEREFORD, QUARTER, workspace=drawn)
        wanted = sorted(
            (item.title, text)
            for name, item in briefing.indicators.items()
            for text in number_text(briefing.values[briefing.values["indicator"] == name], item)
        )
        lines = sheet(content, briefing.theme.title)
        at = next(number for number, line in enumerate(lines) if line[0] == "Indicator")
        column = lines[at].index(FIGURE)
        found = [(line[0], line[column]) for line in lines[at + 1 :]]
        assert sorted((title, str(text)) for title, text in found) == sorted(
            (title, str(number_of(text))) for title, text in wanted
        )


def test_a_withheld_figure_is_its_symbol_and_says_why(pack):
    rows = pack.tables[0].rows
    withheld = rows[rows["Category"] == "Sexual abuse"]
    assert list(withheld[FIGURE]) == ["[c]"]


def test_a_band_stays_words_and_a_number_is_shown_as_it_is_printed(content):
    shown = table("""
        printed     | held
        1,010       | 1010.0
        96.2%       | 96.2
        95% or more | 95% or more
        [x]         | [x]
    """)
    assert [str(number_of(text)) for text in shown["printed"]] == list(shown["held"])
    assert 'formatCode="#,##0.0&quot;%&quot;"' in part(content, "xl/styles.xml")


def test_no_cell_is_merged_hidden_a_formula_or_frozen(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "/sheet" in name]
    for text in sheets:
        assert not re.search(r"<f>|mergeCell|hidden|<pane", text)


def test_each_sheet_but_the_cover_marks_its_one_table_and_contents_lead_to_each(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        tables = [name for name in book.namelist() if name.startswith("xl/tables/")]
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(tables) == len(sheets) - 1
    assert part(content, "xl/worksheets/sheet2.xml").count("<hyperlink ") == len(sheets) - 2


def test_its_properties_say_title_and_language_and_nobodys_name(content, pack):
    core = part(content, "docProps/core.xml")
    assert f"<dc:title>{pack.title}</dc:title>" in core
    assert "<dc:language>en-GB</dc:language>" in core
    assert "<dc:creator></dc:creator>" in core


def test_the_same_pack_is_the_same_file(pack, content, tmp_path):
    assert write_pack(pack, tmp_path / "again.xlsx").read_bytes() == content


def test_official_statistics_alone_are_not_marked_synthetic(drawn):
    found = data_pack_of(open_release(drawn, LEICESTER, parse_quarter(QUARTER), "partnership"))
    assert found.lead == (MARKING,)


def a_sheet(change: Callable[[str], str]) -> Callable[[bytes], bytes]:
    return lambda content: changed(content, "xl/worksheets/sheet3.xml", change)


def a_part(name: str, change: Callable[[str], str]) -> Callable[[bytes], bytes]:
    return lambda content: changed(content, name, change)


def swapped(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


CANARIES = {
    "a figure that was not released": a_sheet(swapped("<v>412</v>", "<v>413</v>")),
    "a figure released of another indicator": a_sheet(swapped("<v>412</v>", "<v>51.7</v>")),
    "more decimals than are printed": a_sheet(swapped("<v>51.7</v>", "<v>51.6973</v>")),
    "a formula": a_sheet(swapped("<v>412</v>", "<f>400+12</f><v>412</v>")),
    "a hidden row": a_sheet(swapped('<row r="6"', '<row hidden="1" r="6"')),
    "a hidden column": a_sheet(swapped("<col ", '<col hidden="1" ')),
    "a column too narrow": a_sheet(lambda text: re.sub(r' width="[\d.]+"', ' width="1"', text)),
    "a merged cell": a_sheet(
        swapped("<pageMargins", '<mergeCells><mergeCell ref="A1:B1"/></mergeCells><pageMargins')
    ),
    "a text in no cell": a_sheet(swapped("<sheetData>", f"<sheetData>{SECRET}")),
    "a comment in the file": a_sheet(swapped("<sheetData>", f"<!--{SECRET}--><sheetData>")),
    "a text in the cell itself": a_sheet(swapped('t="s"', 't="str"')),
    "a hidden sheet": a_part(
        "xl/workbook.xml", swapped('sheetId="3"', 'sheetId="3" state="hidden"')
    ),
    "a defined name": a_part(
        "xl/workbook.xml",
        swapped("<calcPr", f'<definedNames><definedName name="{SECRET}"/></definedNames><calcPr'),
    ),
    "a name": a_part("xl/sharedStrings.xml", swapped("Neglect", SECRET)),
    "a text that no cell uses": a_part(
        "xl/sharedStrings.xml", swapped("</sst>", f"<si><t>{SECRET}</t></si></sst>")
    ),
    "a text that begins a formula": a_part("xl/sharedStrings.xml", swapped("Neglect", "=Neglect")),
    "an unseen character": a_part("xl/sharedStrings.xml", swapped("Neglect", "Neg\u200blect")),
    "a note on a cell": a_part("xl/comments1.xml", lambda _: f"<comments>{SECRET}</comments>"),
    "a macro": a_part("xl/vbaProject.bin", lambda _: "<x/>"),
    "a link out": a_part(
        "xl/worksheets/_rels/sheet3.xml.rels",
        swapped("../tables/", 'https://a.example/" TargetMode="External" Was="'),
    ),
    "a name among the properties": a_part(
        "docProps/core.xml", swapped("<dc:creator>", f"<dc:creator>{SECRET}")
    ),
    "a format that shows another number": a_part(
        "xl/styles.xml", swapped('formatCode="#,##0"', 'formatCode="&quot;4&quot;#,##0"')
    ),
    "white letters": a_part("xl/styles.xml", swapped("FF0000FF", "FFFFFFFF")),
    "a changed theme": a_part("xl/theme/theme1.xml", swapped("Office", SECRET)),
    "a sheet without its marking": a_part("xl/sharedStrings.xml", swapped(MARKING, "OFFICIAL")),
    "no mark of synthetic data": a_part(
        "xl/sharedStrings.xml", swapped("SYNTHETIC DATA", "Figures")
    ),
    "bytes after the end": lambda content: content + SECRET.encode(),
    "no workbook at all": lambda content: SECRET.encode(),
}


@pytest.mark.parametrize("canary", CANARIES.values(), ids=list(CANARIES))
def test_a_canary_is_refused_and_never_told(content, manifest, canary):
    problems = check_workbook(canary(content), manifest)
    assert problems
    assert SECRET not in " ".join(problems)


def test_a_workbook_written_anew_without_a_change_passes(content, manifest):
    same = changed(content, "xl/styles.xml", lambda text: text)
    assert check_workbook(same, manifest) == []


def test_a_pack_with_a_figure_of_its_own_is_refused(pack, manifest, tmp_path: Path):
    first = pack.tables[0]
    rows = first.rows.assign(**{FIGURE: first.rows[FIGURE].mask(first.rows.index == 0, "17")})
    spoilt = Pack(pack.title, pack.lead, pack.about, (type(first)(first.name, first.title, rows),))
    found = check_workbook(write_pack(spoilt, tmp_path / "spoilt.xlsx").read_bytes(), manifest)
    assert found == ["a figure that was not released, sheet 3 row 6"]
    assert isinstance(first.rows, pd.DataFrame)
