"""The run record: what ran and what came of it, also of a run that was ended from outside."""

from __future__ import annotations

import json
import sqlite3
import stat
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from lscb_analysis.cli import main
from lscb_analysis.commands.recorded import recorded, summary_of
from lscb_analysis.recording.lock import this_process
from lscb_analysis.recording.runs import (
    DONE,
    FAILED,
    INTERRUPTED,
    RecordError,
    begin_run,
    end_run,
    lines_of,
    list_runs,
)
from lscb_analysis.running import AreaOutcome

ROOT = Path(__file__).resolve().parents[2]


def test_a_run_is_listed_with_its_summary_and_its_lines(tmp_path: Path):
    number = begin_run(tmp_path, "run E06000016")
    end_run(tmp_path, number, 0, "1 area", ["Leicester", "  released  a page"])
    (run,) = list_runs(tmp_path, 10)
    assert (run.asked, run.state, run.exit_code, run.summary) == (
        "run E06000016",
        DONE,
        0,
        "1 area",
    )
    assert run.began <= run.ended
    assert lines_of(tmp_path, number) == ["Leicester", "  released  a page"]


def test_a_run_that_never_ended_is_interrupted_when_the_next_begins(tmp_path: Path):
    begin_run(tmp_path, "run")
    begin_run(tmp_path, "run")
    newest, before = list_runs(tmp_path, 10)
    assert before.state == INTERRUPTED
    assert "ended from outside" in before.summary
    assert newest.state == "running"


def test_the_newest_runs_come_first_and_no_more_than_asked_for(tmp_path: Path):
    for number in range(5):
        end_run(tmp_path, begin_run(tmp_path, f"run {number}"), number % 2, "", [])
    found = list_runs(tmp_path, 3)
    assert [run.asked for run in found] == ["run 4", "run 3", "run 2"]
    assert [run.state for run in found] == [DONE, FAILED, DONE]


def test_an_error_is_recorded_by_its_kind_and_without_what_it_says(tmp_path: Path):
    with pytest.raises(KeyError), recorded(tmp_path, "run"):
        raise KeyError("Petra Example, born 17/05/2009")
    (run,) = list_runs(tmp_path, 1)
    assert (run.state, run.summary) == (FAILED, "stopped by KeyError")
    assert b"Petra" not in (tmp_path / ".lscb" / "runs.sqlite").read_bytes()


def test_what_came_of_the_areas_is_one_line(tmp_path: Path):
    outcomes = [AreaOutcome(["a"], False, True, 4, 2), AreaOutcome(["b"], True, True, 1, 0, 2)]
    told = "lscb run: 2 areas, 5 pages made, 2 as they were, 2 refused, 1 with a failure"
    assert summary_of(outcomes) == told
    with recorded(tmp_path, "run") as keep:
        keep(outcomes)
    (run,) = list_runs(tmp_path, 1)
    assert (run.summary, run.exit_code) == (told.removeprefix("lscb run: "), 1)
    assert summary_of(outcomes[:1]).startswith("lscb run: 1 area, 4 pages made")
    assert summary_of(outcomes[:1]).endswith("no failure")


def test_the_record_is_its_owners_alone(tmp_path: Path):
    begin_run(tmp_path, "run")
    mode = (tmp_path / ".lscb" / "runs.sqlite").stat().st_mode
    assert stat.S_IMODE(mode) & 0o077 == 0


@pytest.mark.parametrize("what", ["damaged", "newer"])
def test_a_record_that_cannot_be_used_is_told_and_not_overwritten(tmp_path: Path, what: str):
    path = tmp_path / ".lscb" / "runs.sqlite"
    path.parent.mkdir()
    if what == "damaged":
        path.write_bytes(b"no database" * 100)
    else:
        with sqlite3.connect(path) as record:
            record.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(RecordError, match=r"runs.sqlite"):
        begin_run(tmp_path, "run")
    assert path.read_bytes() == before


def test_the_command_lists_runs_and_shows_one(tmp_path: Path, monkeypatch):
    (tmp_path / "lscb.toml").write_text((ROOT / "lscb.toml").read_text("utf-8"), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LSCB_WORKSPACE", raising=False)
    assert "Nothing has run" in CliRunner().invoke(main, ["runs"]).output
    end_run(tmp_path, begin_run(tmp_path, "run X06000001"), 1, "1 area", ["  REFUSED   a page"])
    listed = CliRunner().invoke(main, ["runs"]).output
    assert "failed" in listed
    assert "run X06000001: 1 area" in listed
    assert CliRunner().invoke(main, ["runs", "--show", "1"]).output == "  REFUSED   a page\n"
    assert "no run has the number 7" in CliRunner().invoke(main, ["runs", "--show", "7"]).output


@pytest.mark.parametrize(
    "words",
    [
        ["run"],
        ["check"],
        ["purge", "--before", "2017-18-Q1", "--yes"],
        [
            *("release", "--yes", "--quarter", "2016-17-Q4", "--audience", "public"),
            *("--by", "A. One", "--and", "B. Two"),
        ],
    ],
    ids=lambda words: words[0],
)
def test_nothing_is_changed_while_a_run_is_at_work(tmp_path: Path, monkeypatch, words):
    (tmp_path / "lscb.toml").write_text((ROOT / "lscb.toml").read_text("utf-8"), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LSCB_WORKSPACE", raising=False)
    quarter = tmp_path / "data" / "raw" / "X06000001" / "2016-17-Q4"
    quarter.mkdir(parents=True)
    (quarter / "police.csv").write_text("Incident ID\n")
    holder = asdict(replace(this_process(), host="another-computer"))
    (tmp_path / ".lscb").mkdir()
    (tmp_path / ".lscb" / "lock").write_text(json.dumps(holder))
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 2, told.output
    assert "a run is at work here from another computer" in told.output
    assert [path.name for path in (tmp_path / ".lscb").iterdir()] == ["lock"]
    assert (quarter / "police.csv").is_file()
