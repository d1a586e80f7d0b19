"""`lscb schedule`: its settings are checked, and what it does and says without a scheduler."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from lscb_analysis.cli import main
from lscb_analysis.settings import Schedule, SettingsError, read_settings
from tests.briefing.drawn_workspace import MEREFORD, drawn_workspace

AREAS = f"""
areas = ["{MEREFORD}"]
marking = "OFFICIAL-SENSITIVE"

[area.{MEREFORD}]
neighbour_model = "Example 2016"
"""


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    folder = drawn_workspace(tmp_path)
    (folder / "lscb.toml").write_text(AREAS, "utf-8")
    monkeypatch.setenv("LSCB_WORKSPACE", str(folder))
    return folder


def _schedule(*asked: str):
    return CliRunner().invoke(main, ["schedule", *asked], catch_exceptions=False)


def _with(workspace, table: str) -> None:
    (workspace / "lscb.toml").write_text(f"{AREAS}\n[schedule]\n{table}\n", "utf-8")


def test_a_schedule_has_usual_days(workspace):
    assert read_settings(workspace).schedule == Schedule(30, 60, "06:30", False)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('time = "25:00"', "'time' is written"),
        ('time = "6:30"', "'time' is written"),
        ("deadline_days = 70", "'cutoff_days' no less"),
        ("deadline_days = -1", "'deadline_days' is 0 or more"),
        ("cutoff_days = 90", "less than 90"),
        ("cut_off_days = 50", "cutoff_days"),
        ('circulate = "yes"', "circulate"),
    ],
)
def test_what_cannot_be_right_is_refused(workspace, table, told):
    _with(workspace, table)
    with pytest.raises(SettingsError, match=told):
        read_settings(workspace)


def test_before_the_deadline_nothing_is_run(workspace):
    done = _schedule("run", "--today", "2017-04-30")
    assert done.exit_code == 0
    assert done.output == "Mereford, 2016-17 Q4: returns are due by 30 April 2017\n"


def test_with_a_log_nothing_is_printed_where_there_is_no_news(workspace):
    done = _schedule("run", "--today", "2017-04-30", "--log", ".lscb/schedule.log")
    assert (done.exit_code, done.output) == (0, "")
    log = (workspace / ".lscb" / "schedule.log").read_text("utf-8")
    assert "returns are due by 30 April 2017" in log


def test_a_damaged_list_of_finished_quarters_is_told_and_fails(workspace):
    state = workspace / ".lscb" / MEREFORD
    state.mkdir(parents=True, exist_ok=True)
    (state / "finished.json").write_text('{"2016-17-Q4": "yesterday"}', "utf-8")
    done = _schedule("run", "--today", "2017-05-02")
    assert done.exit_code == 1
    assert "finished.json" in done.output
    assert "delete it" in done.output


def test_a_finished_quarter_stays_finished(workspace):
    state = workspace / ".lscb" / MEREFORD
    state.mkdir(parents=True, exist_ok=True)
    (state / "finished.json").write_text(json.dumps({"2016-17-Q4": "2017-05-01"}), "utf-8")
    done = _schedule("run", "--today", "2017-06-30")
    assert done.exit_code == 0
    assert "was finished on 1 May 2017" in done.output


def test_the_job_names_the_workspace_and_the_time(workspace):
    _with(workspace, 'time = "05:10"')
    done = _schedule("show", "--kind", "cron")
    assert done.output.startswith("10 5 * * * cd ")
    assert done.output.rstrip().endswith(str(workspace.resolve()))


def test_a_job_for_jupyter_is_a_notebook_and_what_to_enter(workspace):
    done = _schedule("install", "--kind", "jupyter")
    assert done.exit_code == 0
    assert '"schedule": "30 6 * * *"' in done.output
    assert "lscb-analysis-" in _schedule("list", "--kind", "jupyter").output
    assert "delete the job in JupyterLab" in _schedule("remove", "--kind", "jupyter").output
    assert "No job" in _schedule("list", "--kind", "jupyter").output
