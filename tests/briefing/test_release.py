"""Releasing: what is whole is moved into reports/, what is not leaves nothing there."""

from __future__ import annotations

import re

import nbformat
import pytest
from nbformat import v4

from lscb_analysis.briefing.briefing import open_briefing
from lscb_analysis.briefing.places import manifest_path, reports_folder
from lscb_analysis.catalogue import measured_themes
from lscb_analysis.periods import parse_quarter
from lscb_analysis.release_check import check_release, read_manifest
from tests.briefing.drawn_workspace import LEICESTER, MEREFORD, QUARTER
from tests.briefing.releasing import brief_area

pytestmark = pytest.mark.slow


def spoil(workspace, theme: str, source: str) -> None:
    path = workspace / "notebooks" / f"{theme}.ipynb"
    node = nbformat.read(path, as_version=4)
    node.cells.append(v4.new_code_cell(source))
    nbformat.write(node, path)


def in_reports(workspace) -> list[str]:
    folder = reports_folder(workspace, MEREFORD, parse_quarter(QUARTER), "partnership")
    return sorted(path.name for path in folder.iterdir())


def test_every_theme_is_released_for_both_areas(released_briefings):
    for area_code in (MEREFORD, LEICESTER):
        for theme in measured_themes():
            assert released_briefings.page(area_code, theme).is_file()


def test_every_released_page_passes_the_check_against_its_manifest(released_briefings):
    for area_code in (MEREFORD, LEICESTER):
        for name in measured_themes():
            html = released_briefings.page(area_code, name).read_text("utf-8")
            briefing = open_briefing(
                name, area_code, QUARTER, workspace=released_briefings.workspace
            )
            held = read_manifest(manifest_path(released_briefings.workspace, briefing))
            assert check_release(html, held) == []


def test_the_quarters_index_lists_themes_with_their_answer_and_the_run_date(released_briefings):
    html = released_briefings.page(MEREFORD, "index").read_text("utf-8")
    for theme in measured_themes().values():
        assert f'<a href="{theme.id}.html">{theme.title}</a>' in html
    assert "412 children at 31 March 2017" in html
    assert "Values built on 1 June 2017." in html


def test_every_link_of_an_index_leads_to_a_page(released_briefings):
    for index in released_briefings.reports.rglob("index.html"):
        targets = re.findall(r'href="([^"#]+)"', index.read_text("utf-8"))
        assert targets
        for target in targets:
            assert (index.parent / target).is_file()


def test_a_page_holds_no_figure_of_the_other_area(released_briefings):
    html = released_briefings.page(LEICESTER, "child_protection").read_text("utf-8")
    assert "57.4" in html
    assert "Mereford" not in html
    assert "SYNTHETIC" not in html


def test_releasing_again_gives_the_same_bytes(workspace, released_briefings):
    (outcome,) = brief_area(workspace, MEREFORD, ["child_protection"])
    first = released_briefings.page(MEREFORD, "child_protection").read_bytes()
    assert outcome.path is not None
    assert outcome.path.read_bytes() == first


def test_a_failed_theme_leaves_nothing_and_the_others_go_on(workspace):
    spoil(workspace, "child_deaths", "raise KeyError('Ann Example')")
    folder = reports_folder(workspace, MEREFORD, parse_quarter(QUARTER), "partnership")
    folder.mkdir(parents=True)
    (folder / "child_deaths.html").write_text("released from earlier values", "utf-8")
    failed, released = brief_area(workspace, MEREFORD, ["child_deaths", "domestic_abuse"])
    assert failed.path is None
    assert "child_deaths.ipynb: cell" in failed.problems[0]
    assert "Ann Example" not in str(failed.problems)
    assert released.problems == []
    assert in_reports(workspace) == ["domestic_abuse.html", "index.html"]
    assert '<a href="child_deaths.html">' not in (folder / "index.html").read_text("utf-8")


def test_a_page_that_fails_the_check_leaves_nothing(workspace):
    spoil(
        workspace,
        "child_deaths",
        "from lscb_analysis.briefing.part import Part\nPart('<p>LSCBID0123456789abcd</p>')",
    )
    (failed,) = brief_area(workspace, MEREFORD, ["child_deaths"])
    assert [problem.split(",")[0] for problem in failed.problems] == ["an identifier"]
    assert in_reports(workspace) == ["index.html"]


def test_a_theme_without_its_notebook_is_refused_by_name(workspace):
    (workspace / "notebooks" / "child_deaths.ipynb").unlink()
    (failed,) = brief_area(workspace, MEREFORD, ["child_deaths"])
    assert "there is no notebook" in failed.problems[0]
    assert in_reports(workspace) == ["index.html"]


def test_no_half_written_page_and_no_run_folder_is_left(released_briefings):
    workspace = released_briefings.workspace
    assert list(workspace.rglob("*.partial")) == []
    assert list(workspace.glob(".lscb/*/run-*")) == []
