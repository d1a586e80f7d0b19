"""Verify, release by two people, and what the audit log keeps: on a drawn workspace."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from lscb_analysis.audit import read_log
from lscb_analysis.briefing.places import drafts_folder, reports_folder
from lscb_analysis.briefing.release import Outcome, brief
from lscb_analysis.catalogue import find_area
from lscb_analysis.cli import main
from lscb_analysis.disclosure.register import Entry, add_release
from lscb_analysis.findings import as_findings
from lscb_analysis.periods import parse_quarter
from lscb_analysis.pipeline import Built
from lscb_analysis.releasing import log_run, release_drafts, verify_file
from lscb_analysis.settings import Settings, read_settings
from lscb_analysis.state import StateError
from tests.briefing.drawn_workspace import MEREFORD, QUARTER, drawn_workspace, processed

pytestmark = pytest.mark.slow
WHEN = parse_quarter(QUARTER)
THEME = "child_protection"


def run(settings: Settings) -> list[Outcome]:
    """One theme's page, logged as `lscb run` logs it."""
    folder = processed(settings.workspace, MEREFORD).parent / settings.audience
    outcomes = brief(settings, MEREFORD, WHEN, [THEME], lambda _: None)
    log_run(
        settings,
        MEREFORD,
        Built(folder, find_area(MEREFORD), WHEN, as_findings(), False),
        outcomes,
    )
    return outcomes


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Path:
    """A workspace with one page for the partnership, released."""
    workspace = drawn_workspace(tmp_path_factory.mktemp("released"))
    assert run(read_settings(workspace))[0].problems == []
    return workspace


@pytest.fixture(scope="module")
def drafted(tmp_path_factory) -> Path:
    """A workspace with one page for the public, waiting as a draft."""
    workspace = drawn_workspace(tmp_path_factory.mktemp("drafted"))
    folder = processed(workspace, MEREFORD)
    public = folder.rename(folder.with_name("public"))
    facts = public / "provenance.json"
    facts.write_text(facts.read_text().replace('"partnership"', '"public"'))
    assert run(public_settings(workspace))[0].problems == []
    return workspace


def public_settings(workspace: Path) -> Settings:
    return replace(read_settings(workspace), audience="public")


def page_of(workspace: Path) -> Path:
    return reports_folder(workspace, MEREFORD, WHEN, "partnership") / f"{THEME}.html"


def test_a_released_page_is_verified_by_its_hash(released: Path):
    found = verify_file(released, page_of(released))
    assert found.is_released
    assert found.told[0].startswith("is Child protection, X06000001 2016-17-Q4, for the partner")


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.replace("412", "413", 1),
        lambda page: page + "\n",
        lambda page: page.replace("OFFICIAL-SENSITIVE", "OFFICIAL"),
    ],
)
def test_a_page_that_was_changed_is_refused(released: Path, tmp_path: Path, change):
    copy = tmp_path / "copy.html"
    copy.write_text(change(page_of(released).read_text("utf-8")), "utf-8")
    found = verify_file(released, copy)
    assert not found.is_released
    assert "413" not in " ".join(found.told)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"<html></html>"])
def test_a_file_that_is_no_page_is_refused(released: Path, tmp_path: Path, content: bytes):
    other = tmp_path / "other.html"
    other.write_bytes(content)
    assert not verify_file(released, other).is_released


def test_the_audit_log_holds_hashes_and_no_figure(released: Path):
    (line,) = read_log(released, MEREFORD)
    assert line["action"] == "release"
    assert set(line["pages"]) == {THEME}
    assert len(line["inputs"]) == len(line["configuration"]) == len(line["values"]) == 64
    assert "412" not in str({name: line[name] for name in line if name not in HASHES})


HASHES = ("hash", "previous", "pages", "manifests", "packs", "inputs", "official", "configuration",
          "notebooks", "values", "when", "versions")  # fmt: skip


def test_lscb_verify_says_so_and_exits_by_it(released: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("LSCB_WORKSPACE", str(released))
    good = CliRunner().invoke(main, ["verify", str(page_of(released))])
    assert (good.exit_code, "released" in good.output) == (0, True)
    bad = CliRunner().invoke(main, ["verify", str(tmp_path / "none.html")])
    assert (bad.exit_code, "REFUSED" in bad.output) == (1, True)


def test_what_is_for_the_public_waits_as_a_draft(drafted: Path):
    assert (drafts_folder(drafted, MEREFORD, WHEN, "public") / f"{THEME}.html").is_file()
    assert not reports_folder(drafted, MEREFORD, WHEN, "public").exists()
    assert not (drafted / ".lscb" / MEREFORD / "register.jsonl").exists()


@pytest.mark.parametrize("names", [("Ann", " ann"), ("", "Ben"), ("Ann", " ")])
def test_one_person_alone_cannot_release(drafted: Path, names: tuple[str, str]):
    with pytest.raises(StateError, match="two different people"):
        release_drafts(public_settings(drafted), MEREFORD, WHEN, *names)


def test_there_must_be_a_draft(released: Path):
    with pytest.raises(StateError, match="there is no draft"):
        release_drafts(public_settings(released), MEREFORD, WHEN, "Ann", "Ben")


def test_a_draft_that_was_touched_is_not_released(drafted: Path):
    draft = drafts_folder(drafted, MEREFORD, WHEN, "public") / f"{THEME}.html"
    page = draft.read_text("utf-8")
    draft.write_text(page.replace("412", "413"), "utf-8", newline="\n")
    try:
        with pytest.raises(StateError, match="not the draft that passed"):
            release_drafts(public_settings(drafted), MEREFORD, WHEN, "Ann", "Ben")
    finally:
        draft.write_text(page, "utf-8", newline="\n")


def test_a_draft_that_later_releases_were_not_protected_with_is_not_released(drafted: Path):
    folder = drafted / ".lscb" / MEREFORD
    later = Entry(MEREFORD, "2017-18-Q1", "partnership", "2017-08-01", "", {})
    kept = {path: path.read_bytes() for path in folder.glob("register.*")}
    add_release(folder, later)
    try:
        with pytest.raises(StateError, match="have been released since the drafts"):
            release_drafts(public_settings(drafted), MEREFORD, WHEN, "A. Analyst", "B. Chair")
    finally:
        for path in folder.glob("register.*"):
            path.unlink()
        for path, content in kept.items():
            path.write_bytes(content)


def test_a_checklist_is_shown_and_a_no_releases_nothing(drafted: Path, monkeypatch):
    monkeypatch.setenv("LSCB_WORKSPACE", str(drafted))
    asked = [
        *("release", "--area", MEREFORD, "--quarter", QUARTER, "--audience", "public"),
        *("--by", "Ann", "--and", "Ben"),
    ]
    found = CliRunner().invoke(main, asked, input="n\n")
    assert found.exit_code == 1
    assert found.output.count("[ ]") == 5
    assert not reports_folder(drafted, MEREFORD, WHEN, "public").exists()


def test_two_people_release_a_draft_which_is_then_registered_and_verified(drafted: Path):
    (page,) = release_drafts(public_settings(drafted), MEREFORD, WHEN, "Ann", "Ben")
    assert verify_file(drafted, page).told[0].endswith("by Ann and Ben")
    assert (drafted / ".lscb" / MEREFORD / "register.jsonl").is_file()
    assert read_log(drafted, MEREFORD)[-1]["second"] == "Ben"
