"""What a page is on paper: printed by the browser itself, with no driver in between."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdf
import pytest

from tests.briefing.drawn_workspace import LEICESTER, MARKING, MEREFORD
from tests.chromium import FLAGS

pytestmark = pytest.mark.browser


def printed(chromium: str, page: Path, folder: Path) -> list[str]:
    """The text of each printed sheet."""
    made = folder / "printed.pdf"
    profile = f"--user-data-dir={folder / 'profile'}"
    print_to = ["--no-pdf-header-footer", f"--print-to-pdf={made}"]
    command = [chromium, *FLAGS, profile, *print_to, page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return [" ".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(made).pages]


def test_every_sheet_of_a_fictional_area_says_marking_and_synthetic(
    chromium, released_briefings, tmp_path
):
    sheets = printed(chromium, released_briefings.page(MEREFORD, "child_protection"), tmp_path)
    assert len(sheets) > 1
    assert all(MARKING in sheet and "SYNTHETIC DATA" in sheet for sheet in sheets)


def test_every_sheet_of_a_real_area_says_its_marking_alone(chromium, released_briefings, tmp_path):
    sheets = printed(chromium, released_briefings.page(LEICESTER, "child_protection"), tmp_path)
    assert all(MARKING in sheet and "SYNTHETIC DATA" not in sheet for sheet in sheets)


def test_what_is_folded_away_on_screen_is_printed(chromium, released_briefings, tmp_path):
    page = released_briefings.page(MEREFORD, "child_protection")
    assert "<details><summary>Not in this release" in page.read_text("utf-8")
    paper = " ".join(printed(chromium, page, tmp_path))
    assert "Not in this release" in paper
    assert "No figures for child protection plans ended in this release" in paper
