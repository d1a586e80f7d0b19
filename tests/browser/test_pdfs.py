"""The PDF that goes with a page: tagged, with title and language, marked on every sheet."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest

from lscb_analysis.circulating.enclosures import PDF, enclosed
from lscb_analysis.circulating.pages import Page, released_page
from lscb_analysis.circulating.printing import PdfError, pdf_of, pdf_problems
from lscb_analysis.periods import parse_quarter
from tests.conftest import Board

pytestmark = pytest.mark.browser
THEMES = ("child_protection", "child_deaths", "data_quality", "annual_report")


@pytest.fixture(scope="module", params=THEMES)
def printed(request, chromium: str, board: Board) -> tuple[Page, bytes]:
    """One released page of the example board, and its PDF."""
    quarter = parse_quarter(board.quarter)
    page = released_page(board.workspace, board.area, quarter, "partnership", request.param)
    return page, pdf_of(chromium, page)


def test_a_pdf_is_tagged_and_has_a_title_a_language_and_the_marking_on_every_sheet(printed):
    import pypdf

    page, content = printed
    book = pypdf.PdfReader(io.BytesIO(content))
    root = book.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert dict(book.metadata) == {"/Title": page.manifest.title}
    assert book.outline
    for sheet in book.pages:
        text = sheet.extract_text()
        assert "OFFICIAL-SENSITIVE" in text
        assert "SYNTHETIC DATA" in text


def test_a_pdf_has_the_page_s_tables_headings_and_described_pictures(printed):
    import pypdf

    page, content = printed
    book = pypdf.PdfReader(io.BytesIO(content))
    kinds, described = set(), []

    def look(node) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                look(each)
        elif hasattr(node, "get") and "/S" in node:
            kinds.add(node["/S"])
            if node["/S"] == "/Figure":
                described.append(str(node.get("/Alt", "")))
            look(node.get("/K", []))

    look(book.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= kinds
    assert all(described)
    assert len(described) == page.content.count(b"<img ")
    assert not kinds & {"/Strong", "/Em"}  # which older readers do not know


def test_the_same_page_says_the_same_as_a_pdf_each_time(chromium: str, printed):
    import pypdf

    page, content = printed
    first, again = (pypdf.PdfReader(io.BytesIO(each)) for each in (content, pdf_of(chromium, page)))
    texts = [[sheet.extract_text() for sheet in book.pages] for book in (first, again)]
    assert texts[0] == texts[1]  # a browser's bytes may differ in a last digit of a place


def test_a_pdf_without_tags_or_of_another_page_or_marking_does_not_go(printed):
    import pypdf

    page, content = printed
    bare = pypdf.PdfWriter()
    for sheet in pypdf.PdfReader(io.BytesIO(content)).pages:
        bare.add_page(sheet)
    made = io.BytesIO()
    bare.write(made)
    told = pdf_problems(made.getvalue(), page)
    assert {"it has no tags", "it does not say its language", "it has not the page's title"} <= set(
        told
    )
    other = replace(page, manifest=replace(page.manifest, marking="OFFICIAL", title="Another"))
    assert pdf_problems(content, other) == ["it has not the page's title"]
    secret = replace(page, manifest=replace(page.manifest, marking="SECRET"))
    assert pdf_problems(content, secret) == ["a sheet of it lacks the marking"]
    assert pdf_problems(content[: len(content) // 2], page) == ["it cannot be read again"]
    assert pdf_problems(b"", page) == ["it cannot be read again"]


def test_the_same_pdf_goes_with_its_page_and_workbook(chromium: str, board: Board):
    quarter = parse_quarter(board.quarter)
    page = released_page(board.workspace, board.area, quarter, "partnership", "child_deaths")
    found = enclosed(board.workspace, page, chromium)
    assert [file.name for file in found.files] == [
        *("child_deaths.html", "child_deaths.pdf", "child_deaths.xlsx")
    ]
    assert (found.lacks, found.is_wrong) == ((), False)
    (pdf,) = (file for file in found.files if file.kind == PDF)
    assert pdf.content.startswith(b"%PDF-")


@pytest.mark.skipif(os.name != "posix", reason="the browsers of this test are shell scripts")
@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("exit 0", "made none"),
        ('for each; do case $each in --print-to-pdf=*) echo x > "${each#*=}";; esac; done', "read"),
    ],
)
def test_a_browser_that_makes_no_pdf_is_told_of(board: Board, tmp_path: Path, script, told):
    program = tmp_path / "browser"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    quarter = parse_quarter(board.quarter)
    page = released_page(board.workspace, board.area, quarter, "partnership", "child_deaths")
    with pytest.raises(PdfError, match=told):
        pdf_of(str(program), page)
    found = enclosed(board.workspace, page, str(program))
    assert [file.name for file in found.files] == ["child_deaths.html", "child_deaths.xlsx"]
    assert not found.is_wrong
