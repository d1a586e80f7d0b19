"""Opening a briefing: what it holds, and what is said where it cannot be opened."""

from __future__ import annotations

import os
import shutil

import pytest

from lscb_analysis.briefing import BriefingError, open_briefing
from tests.briefing.drawn_workspace import LEICESTER, MEREFORD, QUARTER, processed


def test_a_briefing_holds_its_own_theme_and_no_other(mereford):
    assert set(mereford.values["indicator"]) <= set(mereford.indicators)
    assert "cp_plans_at_period_end" in set(mereford.values["indicator"])
    assert {item.theme for item in mereford.indicators.values()} == {"child_protection"}


def test_a_title_is_topic_area_and_period(mereford):
    assert mereford.title == "Child protection, Mereford, 2016-17 Q4"


def test_official_statistics_are_titled_by_their_year(leicester):
    assert leicester.title == "Child protection, Leicester, year to 31 March 2017"


def test_a_briefing_is_found_from_a_folder_below_the_workspace(drawn, monkeypatch):
    monkeypatch.delenv("LSCB_WORKSPACE", raising=False)
    monkeypatch.chdir(drawn / "notebooks")
    assert open_briefing("child_deaths", MEREFORD, QUARTER).area.area == "Mereford"


def test_the_named_workspace_wins_over_the_current_folder(drawn, tmp_path, monkeypatch):
    monkeypatch.setenv("LSCB_WORKSPACE", str(drawn))
    monkeypatch.chdir(tmp_path)
    assert open_briefing("child_deaths", MEREFORD, QUARTER).area.area == "Mereford"


@pytest.mark.parametrize(
    ("theme", "area", "quarter", "audience", "told"),
    [
        ("child_protecton", MEREFORD, QUARTER, "partnership", "child_protection"),
        ("child_protection", "X06000009x", QUARTER, "partnership", "X06000009x"),
        ("child_protection", "../../raw", QUARTER, "partnership", "area"),
        ("child_protection", MEREFORD, "2016-Q4", "partnership", "write it as 2016-17-Q4"),
        ("child_protection", MEREFORD, QUARTER, "everyone", "partnership"),
        ("child_protection", MEREFORD, QUARTER, "../partnership", "partnership"),
    ],
    ids=["theme", "area", "path as area", "quarter", "audience", "path as audience"],
)
def test_a_name_that_is_not_known_is_refused(drawn, theme, area, quarter, audience, told):
    with pytest.raises(ValueError, match=told):
        open_briefing(theme, area, quarter, audience, drawn)


def test_what_has_not_been_built_says_what_to_run(drawn):
    with pytest.raises(BriefingError, match="run  lscb run --area X06000001 --quarter 2016-17-Q3"):
        open_briefing("child_protection", MEREFORD, "2016-17-Q3", workspace=drawn)


def test_a_briefing_needs_nothing_but_its_own_processed_folder(workspace):
    shutil.rmtree(processed(workspace, LEICESTER))
    assert not (workspace / "data" / "raw").exists()
    before = sorted(os.walk(workspace))
    assert open_briefing("child_protection", MEREFORD, QUARTER, workspace=workspace)
    assert sorted(os.walk(workspace)) == before
