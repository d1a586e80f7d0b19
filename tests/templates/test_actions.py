"""The actions workbook as it is written: new questions are added, and nothing in it is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from lscb_analysis.challenges import remember
from lscb_analysis.cli import main
from lscb_analysis.sources.action_tracker import read_actions
from lscb_analysis.sources.challenge_log import read_challenges
from lscb_analysis.templates import TemplateError, actions_form, write_actions, write_form
from tests.sources.extracts import CONTEXT, shown, told
from tests.templates.filling import filled_in
from tests.templates.test_command import LSCB

AREA = "X06000001"
THEME = "child_protection"
ANSWERED = {"Answer": "New reasons.", "Answered By": "Head of service", "Approved By": "Director",
            "Answered On": date(2017, 2, 14)}  # fmt: skip
ACTION = {"Action": "Read a sample.", "Owner": "Head of service", "Agreed On": date(2017, 1, 17),
          "Due On": "31/02/2017"}  # fmt: skip


def place_of(workspace: Path) -> Path:
    return workspace / "data" / "raw" / AREA / "actions.xlsx"


def ask(workspace: Path, quarter: str, indicator: str) -> None:
    remember(workspace, AREA, quarter, {THEME: [(indicator, f"Why, in {quarter}?")]})


def log_of(path: Path) -> list[tuple[object, ...]]:
    rows, findings = read_challenges(path, CONTEXT)
    assert told(findings) == []
    return shown(rows, "quarter", "indicator", "status", "answer")


def test_without_questions_the_form_is_empty(tmp_path):
    path = write_actions(tmp_path, AREA)
    assert path == place_of(tmp_path)
    assert log_of(path) == []


def test_every_remembered_question_is_there_to_be_answered(tmp_path):
    ask(tmp_path, "2016-17-Q2", "re_referrals")
    ask(tmp_path, "2016-17-Q3", "re_referrals")
    assert log_of(write_actions(tmp_path, AREA)) == [
        ("2016-17-Q2", "re_referrals", "open", ""),
        ("2016-17-Q3", "re_referrals", "open", ""),
    ]


def test_what_was_written_stays_right_or_wrong_and_new_questions_are_added(tmp_path):
    ask(tmp_path, "2016-17-Q2", "re_referrals")
    asked = {"Quarter": "2016-17-Q2", "Theme": "Child protection", "Indicator": "re_referrals",
             "Question": "Why, and by whom?", "Status": "closed"}  # fmt: skip
    cells = {"Challenges": [asked | ANSWERED], "Actions": [ACTION]}
    write_form(place_of(tmp_path), filled_in(actions_form(AREA), cells))
    ask(tmp_path, "2016-17-Q3", "cp_plan_starts")
    path = write_actions(tmp_path, AREA)
    assert log_of(path) == [
        ("2016-17-Q2", "re_referrals", "closed", "New reasons."),
        ("2016-17-Q3", "cp_plan_starts", "open", ""),
    ]
    rows, findings = read_actions(path, CONTEXT)
    assert len(rows) == 0
    assert len(told(findings)) == 1
    assert "due" in findings["column"].iloc[0].lower()


def test_written_again_it_is_the_same_and_the_one_before_is_kept(tmp_path):
    write_form(place_of(tmp_path), actions_form(AREA))
    before = place_of(tmp_path).read_bytes()
    ask(tmp_path, "2016-17-Q3", "re_referrals")
    first = write_actions(tmp_path, AREA).read_bytes()
    assert write_actions(tmp_path, AREA).read_bytes() == first != before
    (kept,) = (tmp_path / ".lscb" / AREA / "replaced").rglob("actions.xlsx")
    assert kept.read_bytes() == before
    assert [path.name for path in place_of(tmp_path).parent.iterdir()] == ["actions.xlsx"]


@pytest.mark.parametrize(
    ("sheet", "header", "named"),
    [("Challenges", "My own note", "Challenges, My own note"), ("Minutes", "Item", "Minutes")],
    ids=["a column", "a sheet"],
)
def test_a_workbook_with_more_than_the_form_has_is_left_as_it_is(tmp_path, sheet, header, named):
    path = place_of(tmp_path)
    path.parent.mkdir(parents=True)
    with xlsxwriter.Workbook(str(path)) as workbook:
        page = workbook.add_worksheet("Challenges")
        page.write_row(0, 0, ["Quarter", "Question", "Status"])
        page = page if sheet == "Challenges" else workbook.add_worksheet(sheet)
        page.write(0, 3, header)
        page.write(1, 3, "not to be lost")
    before = path.read_bytes()
    with pytest.raises(TemplateError, match=named):
        write_actions(tmp_path, AREA)
    assert path.read_bytes() == before


def test_a_workbook_that_cannot_be_read_is_left_as_it_is(tmp_path):
    path = place_of(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"PK\x03\x04 cut short")
    with pytest.raises(TemplateError, match="cannot be read"):
        write_actions(tmp_path, AREA)
    assert path.read_bytes() == b"PK\x03\x04 cut short"


def test_the_command_writes_it_beside_the_quarters_and_says_where(tmp_path, monkeypatch):
    (tmp_path / "lscb.toml").write_text(LSCB, "utf-8")
    monkeypatch.setenv("LSCB_WORKSPACE", str(tmp_path))
    done = CliRunner().invoke(main, ["template", "actions"])
    assert (done.exit_code, done.output) == (0, f"Written: {place_of(tmp_path)}\n")
