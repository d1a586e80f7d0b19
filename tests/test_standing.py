"""Doing nothing twice: what nothing has changed for stands, all else is made again, and why."""

from __future__ import annotations

import logging
import re
import shutil
from pathlib import Path

import pytest

from lscb_analysis.audit import AUDIT, read_log
from lscb_analysis.running import AreaOutcome, run_area
from lscb_analysis.settings import FILE_NAME, read_settings
from lscb_analysis.standing import STANDS

ROOT = Path(__file__).resolve().parents[1]
LEICESTER, THEME = "E06000016", "child_deaths"
PAGE = Path("reports") / LEICESTER / "2024-25-Q4" / "partnership" / f"{THEME}.html"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Leicester's child deaths, released once."""
    workspace = tmp_path_factory.mktemp("standing")
    shutil.copy(ROOT / FILE_NAME, workspace)
    (workspace / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / f"{THEME}.ipynb", workspace / "notebooks")
    published = Path("data") / "raw" / "published"
    shutil.copytree(ROOT / published, workspace / published)
    assert not run(workspace).has_failed
    return workspace


@pytest.fixture
def workspace(released: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    return Path(shutil.copytree(released, tmp_path / "workspace"))


@pytest.fixture
def steps(caplog: pytest.LogCaptureFixture):
    """What each step of the last run said of itself: of the values, and of the page."""
    with caplog.at_level(logging.INFO, "lscb_analysis.steps"):
        yield lambda: [
            re.sub(r"^.* for the partnership: ", "", record.getMessage())
            for record in caplog.records
        ]


def run(workspace: Path, force: bool = False) -> AreaOutcome:
    settings = read_settings(workspace)
    return run_area(settings, LEICESTER, None, [THEME], lambda _: None, force=force)


NOT_AGAIN = "not done again, nothing it is made from has changed"


def test_with_nothing_changed_nothing_is_made_and_nothing_is_logged(workspace: Path, steps):
    before = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
    outcome = run(workspace)
    assert steps() == [NOT_AGAIN, NOT_AGAIN]
    assert outcome.lines[-1] == f"  released  {workspace / PAGE}{STANDS}"
    assert outcome.is_out
    assert not outcome.has_failed
    assert {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()} == before


def test_a_changed_notebook_makes_its_page_again_and_not_the_values(workspace: Path, steps):
    notebook = workspace / "notebooks" / f"{THEME}.ipynb"
    notebook.write_text(notebook.read_text("utf-8") + " \n", "utf-8")
    page = (workspace / PAGE).read_bytes()
    run(workspace)
    assert steps() == [NOT_AGAIN, f"done, notebooks/{THEME}.ipynb has changed"]
    assert (workspace / PAGE).read_bytes() == page
    assert len(read_log(workspace, LEICESTER)) == 2


def test_a_page_that_was_changed_is_made_again(workspace: Path, steps):
    page = (workspace / PAGE).read_bytes()
    (workspace / PAGE).write_bytes(page.replace(b"deaths", b"births"))
    run(workspace)
    assert steps()[1] == f"done, what it made is gone or changed: {PAGE.as_posix()}"
    assert (workspace / PAGE).read_bytes() == page


def test_changed_settings_make_all_again(workspace: Path, steps):
    path = workspace / FILE_NAME
    path.write_text(path.read_text("utf-8").replace("OFFICIAL-SENSITIVE", "OFFICIAL"), "utf-8")
    run(workspace)
    of_values, of_page = steps()
    assert of_values == "done, lscb.toml has changed"
    assert of_page == "done, what it shows, lscb.toml have changed"


def test_a_page_that_the_audit_log_does_not_have_is_made_again(workspace: Path, steps):
    for path in (workspace / ".lscb" / LEICESTER).glob(f"{Path(AUDIT).stem}.*"):
        path.unlink()
    run(workspace)
    assert steps()[1] == "done, the audit log does not have it"
    assert len(read_log(workspace, LEICESTER)) == 1


def test_values_that_were_changed_are_built_again_and_the_page_stands(workspace: Path, steps):
    values = workspace / "data" / "processed" / LEICESTER / "2024-25-Q4" / "partnership"
    (values / "values.parquet").write_bytes(b"changed")
    run(workspace)
    assert "what it made is gone or changed: data/processed/" in steps()[0]
    assert steps()[1] == NOT_AGAIN


def test_all_is_made_again_where_it_is_asked_for(workspace: Path, steps):
    run(workspace, force=True)
    assert steps() == ["done, asked for by --force"] * 2


def test_a_run_that_ended_before_its_release_was_logged_is_done_again(workspace: Path, steps):
    (workspace / ".lscb" / LEICESTER / "made.json").write_text('{"values of', "utf-8")
    run(workspace)
    assert steps() == ["done, not made before"] * 2
