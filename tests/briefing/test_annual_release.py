"""The annual report and its data pack are released together, or neither is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lscb_analysis.briefing.places import DATA_PACK, drafts_folder, reports_folder
from lscb_analysis.briefing.release import Outcome, brief
from lscb_analysis.catalogue import find_area
from lscb_analysis.findings import as_findings
from lscb_analysis.periods import parse_quarter
from lscb_analysis.pipeline import Built
from lscb_analysis.releasing import log_run, release_drafts, verify_file
from lscb_analysis.running import wanted_themes
from lscb_analysis.settings import Settings, read_settings
from lscb_analysis.state import StateError
from lscb_analysis.values import read_values, write_values
from tests.briefing.drawn_workspace import MEREFORD, QUARTER, drawn_workspace, processed
from tests.drawn import table

WHEN = parse_quarter(QUARTER)
THEME = "annual_report"
REPORT = f"{THEME}.html"


def run(settings: Settings) -> list[Outcome]:
    """The annual report, logged as `lscb run` logs it."""
    folder = processed(settings.workspace, MEREFORD).parent / settings.audience
    outcomes = brief(settings, MEREFORD, WHEN, [THEME], lambda _: None)
    built = Built(folder, find_area(MEREFORD), WHEN, as_findings(), False)
    log_run(settings, MEREFORD, built, outcomes)
    return outcomes


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Path:
    """A workspace with the report for the partnership, released."""
    workspace = drawn_workspace(tmp_path_factory.mktemp("released"))
    assert [each.problems for each in run(read_settings(workspace))] == [[], []]
    return workspace


@pytest.fixture
def drafted(tmp_path) -> Path:
    """A workspace with the report for the public, waiting as a draft."""
    workspace = drawn_workspace(tmp_path)
    folder = processed(workspace, MEREFORD)
    public = folder.rename(folder.with_name("public"))
    facts = public / "provenance.json"
    facts.write_text(facts.read_text().replace('"partnership"', '"public"'))
    assert [each.problems for each in run(public_settings(workspace))][:2] == [[], []]
    return workspace


def public_settings(workspace: Path) -> Settings:
    return replace(read_settings(workspace), audience="public")


def folder_of(workspace: Path, audience: str = "partnership") -> Path:
    return reports_folder(workspace, MEREFORD, WHEN, audience)


def test_what_is_of_a_whole_year_is_made_with_the_fourth_quarter_only():
    asked = ["child_protection", "data_quality", THEME]
    shown = table("""
        quarter    | official | briefed
        2016-17-Q3 | no       | child_protection data_quality
        2016-17-Q4 | no       | child_protection data_quality annual_report
        2016-17-Q4 | yes      | child_protection annual_report
    """)
    for _, case in shown.iterrows():
        quarter = parse_quarter(case["quarter"])
        wanted, lines = wanted_themes(asked, quarter, case["official"] == "yes")
        assert wanted == case["briefed"].split()
        assert len(lines) == (THEME not in wanted)


@pytest.mark.slow
def test_the_report_and_its_pack_lie_together_and_link_to_each_other(released):
    folder = folder_of(released)
    assert sorted(path.name for path in folder.iterdir()) == [REPORT, DATA_PACK, "index.html"]
    for page in (REPORT, "index.html"):
        assert f'<a href="{DATA_PACK}">' in (folder / page).read_text("utf-8")


@pytest.mark.slow
def test_the_pack_is_verified_by_its_hash(released, tmp_path):
    pack = folder_of(released) / DATA_PACK
    assert verify_file(released, pack).told[0].startswith("is the data pack of X06000001")
    copy = tmp_path / DATA_PACK
    copy.write_bytes(pack.read_bytes() + b"x")
    assert not verify_file(released, copy).is_released


@pytest.mark.slow
def test_without_its_pack_no_report_is_released(workspace, monkeypatch):
    path = processed(workspace, MEREFORD) / "values.parquet"
    drawn = read_values(path)
    # a character that nobody sees could carry anything
    write_values(drawn.assign(area=drawn["area"].replace("Mereford", "Mereford\u200b")), path)
    report, pack, *_ = run(read_settings(workspace))
    assert report.path is None
    assert pack.path is None
    assert "the data pack is not released: a character that is not plain" in pack.problems[0]
    assert not (folder_of(workspace) / DATA_PACK).exists()


@pytest.mark.slow
def test_two_people_release_report_and_pack_for_the_public(drafted):
    waiting = drafts_folder(drafted, MEREFORD, WHEN, "public") / DATA_PACK
    content = waiting.read_bytes()
    assert not folder_of(drafted, "public").exists()
    waiting.write_bytes(content + b"x")
    with pytest.raises(StateError, match="not the draft that passed"):
        release_drafts(public_settings(drafted), MEREFORD, WHEN, "Ann", "Ben")
    waiting.write_bytes(content)
    paths = release_drafts(public_settings(drafted), MEREFORD, WHEN, "Ann", "Ben")
    assert [path.name for path in paths] == [REPORT, DATA_PACK]
    assert all(verify_file(drafted, path).is_released for path in paths)
