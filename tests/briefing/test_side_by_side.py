"""Pages made side by side: what is said meanwhile, and what comes of one whose process ends."""

from __future__ import annotations

import json

import pytest

from lscb_analysis.briefing.making import Wanted
from lscb_analysis.briefing.places import pages_folder
from lscb_analysis.briefing.side_by_side import made_side_by_side, seconds_left, under_way
from lscb_analysis.periods import parse_quarter
from lscb_analysis.settings import read_settings
from lscb_analysis.warm.kernels import has_fork
from tests.briefing.drawn_workspace import QUARTER, drawn_workspace

MEREFORD = "X06000001"
KILLS_WHO_ANSWERS = """
import contextlib, os, signal, psutil
for each in psutil.process_iter():
    with contextlib.suppress(psutil.Error):
        links = each.net_connections("unix")
        if any(link.laddr == os.environ["LSCB_PARTS_ADDRESS"] for link in links):
            each.send_signal(signal.SIGKILL)
"""


@pytest.fixture
def wanted(tmp_path):
    """Makes a page to be made, of a theme."""
    workspace = drawn_workspace(tmp_path)
    settings, quarter = read_settings(workspace), parse_quarter(QUARTER)
    folder = pages_folder(workspace, MEREFORD, quarter, "partnership")
    made = tmp_path / "made"
    made.mkdir()
    return lambda theme, seconds=0.0: Wanted(
        settings, MEREFORD, quarter, theme, folder, made, seconds
    )


def test_no_time_left_is_told_where_a_page_was_never_made(wanted):
    waiting = [wanted("child_protection", 8.0), wanted("domestic_abuse")]
    told = under_way(waiting, {"child_protection": 0.0}, 3.0, 2)
    assert told == "Child protection ...; time left not known"


def test_the_cell_and_the_time_left_are_told(wanted):
    waiting = [wanted("child_protection", 8.0), wanted("domestic_abuse", 4.0)]
    waiting[0].cell.write_text("5 13", "utf-8")
    told = under_way(waiting, {"child_protection": 0.0}, 3.0, 2)
    assert told == "Child protection: cell 5 of 13; about 5 s left"


def test_the_time_left_is_never_less_than_that_of_the_longest_page():
    assert seconds_left({"a": 9.0, "b": 1.0, "c": 1.0}, {}, 2) == 9.0


@pytest.mark.slow
@pytest.mark.skipif(not has_fork(), reason="there is no fork here")
def test_a_page_whose_process_is_killed_is_refused_and_the_others_come(wanted):
    pages = [wanted("child_protection"), wanted("domestic_abuse")]
    own = pages[0].notebook
    notebook = json.loads(own.read_text("utf-8"))
    cell = next(cell for cell in notebook["cells"] if "lscb.headline" in "".join(cell["source"]))
    cell["source"] = KILLS_WHO_ANSWERS
    own.write_text(json.dumps(notebook), "utf-8")
    target = pages[0].folder / "child_protection.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("an earlier page", "utf-8")
    outcomes = {each.theme: each for each in made_side_by_side(pages, 2, print)}
    assert outcomes["domestic_abuse"].path is not None
    assert outcomes["child_protection"].path is None
    assert not target.exists()
    assert "killed by signal 9: run again" in outcomes["child_protection"].problems[0]
