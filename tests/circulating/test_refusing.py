"""What is never sent: changed, superseded, of another theme or audience, beside other values."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from lscb_analysis.audit import log
from lscb_analysis.briefing.places import manifest_at
from lscb_analysis.circulating.enclosures import enclosed
from lscb_analysis.circulating.pages import PageRefused, latest_quarter, released_page
from lscb_analysis.periods import parse_quarter
from tests.briefing.drawn_workspace import LEICESTER, MEREFORD, QUARTER, processed
from tests.circulating.outbox import GROUPS, Outbox

pytestmark = pytest.mark.slow
WHEN = parse_quarter(QUARTER)


def page_of(workspace: Path, theme: str = "domestic_abuse", audience: str = "partnership"):
    return released_page(workspace, MEREFORD, WHEN, audience, theme)


def test_a_released_page_may_go_with_the_bytes_that_were_checked(outbox: Outbox):
    page = page_of(outbox.workspace)
    assert page.content == outbox.page("domestic_abuse").read_bytes()
    assert page.manifest.marking == "OFFICIAL-SENSITIVE"


def test_a_page_in_another_one_s_place_is_refused(outbox: Outbox):
    shutil.copy(outbox.page("child_deaths"), outbox.page("domestic_abuse"))
    with pytest.raises(PageRefused, match=r"is Child deaths.*not the page that belongs there"):
        page_of(outbox.workspace)


def test_the_panel_s_page_never_goes_as_the_partnership_s(outbox: Outbox):
    shutil.copy(outbox.page("child_deaths", "panel"), outbox.page("child_deaths"))
    with pytest.raises(PageRefused, match=r"for the panel.*not the page that belongs there"):
        page_of(outbox.workspace, "child_deaths")


def test_a_page_that_a_later_release_took_the_place_of_is_refused(outbox: Outbox):
    facts = {"quarter": QUARTER, "audience": "partnership", "values": "", "manifests": {}}
    log(outbox.workspace, MEREFORD, "release", pages={"domestic_abuse": "0" * 64}, **facts)
    with pytest.raises(PageRefused, match="not the newest release"):
        page_of(outbox.workspace)


def test_a_page_whose_values_were_built_again_is_refused(outbox: Outbox):
    values = processed(outbox.workspace, MEREFORD) / "values.parquet"
    values.write_bytes(values.read_bytes() + b" ")
    with pytest.raises(PageRefused, match="values have been built again"):
        page_of(outbox.workspace)


def test_a_page_whose_manifest_was_touched_is_refused(outbox: Outbox):
    held = manifest_at(outbox.workspace, MEREFORD, QUARTER, "partnership", "domestic_abuse")
    held.write_text(held.read_text("utf-8").replace('"1,010"', '"1,010",\n"1,011"'), "utf-8")
    with pytest.raises(PageRefused, match="what it was checked against has changed"):
        page_of(outbox.workspace)


def test_a_draft_that_nobody_released_is_refused(outbox: Outbox):
    with pytest.raises(PageRefused, match="there is no released page"):
        page_of(outbox.workspace, "domestic_abuse", "panel")


def test_an_audit_log_that_was_touched_stops_the_area(outbox: Outbox):
    outbox.set_up()
    path = outbox.workspace / ".lscb" / MEREFORD / "audit.jsonl"
    path.write_text(path.read_text("utf-8").replace('"partnership"', '"public"'), "utf-8")
    done = outbox.circulate()
    assert done.exit_code == 1
    assert "Mereford: FAILED the audit log" in done.output


def test_the_newest_quarter_is_the_one_that_was_released_last(outbox: Outbox):
    assert latest_quarter(outbox.workspace, MEREFORD) == WHEN
    assert latest_quarter(outbox.workspace, LEICESTER) is None


def test_a_quarter_of_which_nothing_is_released_is_refused_theme_by_theme(outbox: Outbox):
    outbox.set_up()
    done = outbox.circulate("--quarter", "2015-16-Q1")
    assert done.exit_code == 1
    assert done.output.count("REFUSED") == 5
    assert "would get" not in done.output


def test_a_theme_of_a_whole_year_waits_for_the_fourth_quarter_and_is_no_failure(outbox: Outbox):
    yearly = GROUPS.replace('themes = ["domestic_abuse"]', 'themes = ["annual_report"]')
    outbox.set_up(yearly)
    done = outbox.circulate("--quarter", "2016-17-Q3", "--group", "dvsv")
    assert (done.exit_code, "REFUSED" in done.output) == (0, False)
    assert "waits      annual_report is of a whole year" in done.output


def test_a_group_gets_only_the_areas_that_it_names(outbox: Outbox):
    two = GROUPS.replace('areas = ["X06000001"]', 'areas = ["X06000001", "E06000016"]')
    two = two.replace("addresses =", 'areas = ["E06000016"]\naddresses =')
    outbox.set_up(two + '\n[area.E06000016]\nneighbour_model = "May 2025"\n')
    done = outbox.circulate()
    assert "Mereford" not in done.output
    assert "Leicester: REFUSED nothing has been released yet" in done.output


def test_a_workbook_that_holds_what_its_page_was_not_released_with_does_not_go(outbox: Outbox):
    page = page_of(outbox.workspace)
    (found,) = (name for name in page.manifest.figures if "1,010" in page.manifest.figures[name])
    fewer = {**page.manifest.figures, found: page.manifest.figures[found] - {"1,010"}}
    made = enclosed(outbox.workspace, replace(page, manifest=replace(page.manifest, figures=fewer)))
    assert made.is_wrong
    assert [file.name for file in made.files] == ["domestic_abuse.html"]
    assert "a figure that the page was not released with" in made.lacks[-1]
    assert "1,010" not in str(made.lacks)
