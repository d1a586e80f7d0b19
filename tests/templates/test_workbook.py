from __future__ import annotations

import re
import zipfile

import pytest

from lscb_analysis.catalogue.toml_file import CatalogueError
from lscb_analysis.templates import (
    TemplateError,
    history_form,
    return_form,
    settings_form,
    write_form,
    write_templates,
)
from lscb_analysis.templates.workbook import Column, Form, Sheet
from tests.templates.filling import sent

AREA = "X06000001"
FORMS = {
    "return": lambda: return_form("police", 2016),
    "history": lambda: history_form(AREA),
    "settings": lambda: settings_form(AREA),
}


def parts(path) -> dict[str, str]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name).decode("utf-8") for name in file.namelist()}


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_has_no_formula_macro_or_link_in_it(kind, tmp_path):
    read = parts(write_form(tmp_path / "form.xlsx", FORMS[kind]()))
    sheets = [text for name, text in read.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) > 1
    assert not any("<f>" in text or "<hyperlink" in text for text in sheets)
    assert not any("vba" in name.casefold() or "external" in name.casefold() for name in read)


@pytest.mark.parametrize("kind", FORMS)
def test_every_sheet_to_fill_in_has_a_frozen_header_and_rules_for_its_cells(kind, tmp_path):
    form = FORMS[kind]()
    read = parts(write_form(tmp_path / "form.xlsx", form))
    for number, _ in enumerate(form.sheets, start=2):
        text = read[f"xl/worksheets/sheet{number}.xml"]
        assert 'state="frozen"' in text
        assert re.search(r'<dataValidation type="(list|date|decimal|whole|textLength)"', text)


def test_a_list_of_choices_names_exactly_the_cells_that_hold_it(tmp_path):
    form = Form("x", [], [Sheet("A", [Column("B", allows="list:b")])], {"a": "1", "b": "123"})
    text = parts(write_form(tmp_path / "form.xlsx", form))["xl/worksheets/sheet2.xml"]
    assert "<formula1>Lists!$B$2:$B$4</formula1>" in text


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path):
    form = Form("x", ["=1+1"], [Sheet("A", [Column("B"), Column("C")], [("=1+1", "x")])])
    table = next(table for table in sent(form, tmp_path) if table.sheet == "A")
    assert table.rows["B"].tolist() == ["=1+1"]


def test_the_same_form_is_written_twice_without_harm_and_one_filled_in_is_never_lost(tmp_path):
    path = write_form(tmp_path / "form.xlsx", FORMS["settings"]())
    first = path.read_bytes()
    assert write_form(path, FORMS["settings"]()).read_bytes() == first
    path.write_bytes(b"filled in")
    with pytest.raises(TemplateError, match="may have been filled in"):
        write_form(path, FORMS["settings"]())
    assert path.read_bytes() == b"filled in"
    assert [item.name for item in tmp_path.iterdir()] == ["form.xlsx"]


def test_a_folder_that_is_a_file_is_refused_with_the_place(tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(TemplateError, match=r"taken.form\.xlsx cannot be written"):
        write_form(tmp_path / "taken" / "form.xlsx", FORMS["history"]())


def test_returns_are_written_for_the_agencies_asked_for_or_for_all_of_them(tmp_path):
    some = write_templates(
        "return", tmp_path, AREA, agencies=["police", "schools", "police"], year="2016-17"
    )
    assert [path.name for path in some] == [
        "partner_return_police_2016-17.xlsx",
        "partner_return_schools_2016-17.xlsx",
    ]
    assert len(write_templates("return", tmp_path, AREA, year="2025/26")) == 14


@pytest.mark.parametrize("year", ["", "2016", "2016-18", "2015-16", "last year"])
def test_a_year_that_has_no_return_is_refused(year, tmp_path):
    with pytest.raises(TemplateError, match="is not a financial year from 2016-17 on"):
        write_templates("return", tmp_path, AREA, year=year)


def test_an_agency_that_is_not_known_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(CatalogueError, match="did you mean schools"):
        write_templates("return", tmp_path, AREA, agencies=["police", "school"], year="2016-17")
    assert list(tmp_path.iterdir()) == []
