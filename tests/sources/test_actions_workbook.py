"""The actions workbook as it is read: what can be used, and a finding for what cannot."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lscb_analysis.sources import action_tracker, challenge_log
from lscb_analysis.sources.action_tracker import ACTIONS, read_actions
from lscb_analysis.sources.challenge_log import CHALLENGES, STATUSES, read_challenges
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.templates import actions_form, write_form
from tests.examples import examples
from tests.sources.extracts import CONTEXT, extract, shown, told
from tests.sources.test_annex_a_any_cells import CELLS
from tests.templates.filling import filled_in

AREA = "X06000001"
ASKED = "2016-17-Q3 | child_protection | re_referrals | What lies behind the rise?"
BY = "Head of service | Director"
GOOD = f"{ASKED} | In most the reason was new. | {BY} | 14/02/2017 | answered"
OPEN = f"{ASKED} | - | - | - | - | open"
ACTION = "Read a sample. | re_referrals | Head of service | 17/01/2017 | 31/03/2017 | - | -"
PERSONAL = "a text that seems to hold an address, an identifier or a date in figures"


def headers(layout) -> str:
    return " | ".join(wordings[0] for wordings in layout.columns.values())


def challenges(*lines: str):
    drawn = "\n".join([headers(CHALLENGES), *lines])
    return challenge_log._read(extract(drawn, "actions.xlsx", "Challenges"), CONTEXT)


def actions(*lines: str):
    drawn = "\n".join([headers(ACTIONS), *lines])
    return action_tracker._read(extract(drawn, "actions.xlsx", "Actions"), CONTEXT)


def test_no_file_gives_nothing_and_no_findings(tmp_path):
    for read in (read_challenges, read_actions):
        rows, findings = read(tmp_path / "actions.xlsx", CONTEXT)
        assert len(rows) == len(findings) == 0


def test_a_form_that_nobody_filled_in_gives_nothing_and_no_findings(tmp_path):
    path = write_form(tmp_path / "actions.xlsx", actions_form(AREA))
    for read in (read_challenges, read_actions):
        rows, findings = read(path, CONTEXT)
        assert len(rows) == len(findings) == 0


def test_what_was_filled_in_comes_back_as_it_was_given(tmp_path):
    cells = {
        "Challenges": [
            {"Quarter": "2016-17-Q3", "Theme": "child_protection", "Indicator": "re_referrals",
             "Question": "=1+1 of what?", "Answer": "New reasons.", "Status": "closed",
             "Answered By": "Head of service", "Approved By": "Director",
             "Answered On": date(2017, 2, 14)},
            {"Quarter": "Q3 2016/17", "Theme": "Domestic abuse", "Question": "And the hub?"},
        ],
        "Actions": [
            {"Action": "Read a sample.", "Owner": "Head of service", "Agreed On": date(2017, 1, 17),
             "Due On": date(2017, 3, 31)},
        ],
    }  # fmt: skip
    path = write_form(tmp_path / "actions.xlsx", filled_in(actions_form(AREA), cells))
    rows, findings = read_challenges(path, CONTEXT)
    assert told(findings) == []
    of_referrals = ("2016-17-Q3", "child_protection", "re_referrals", "=1+1 of what?")
    answered = ("New reasons.", "Head of service", "Director", "2017-02-14", "closed")
    of_hub = ("2016-17-Q3", "domestic_abuse", "", "And the hub?")
    assert shown(rows, *challenge_log.COLUMNS) == [
        ("2", *of_referrals, *answered),
        ("3", *of_hub, "", "", "", None, "open"),
    ]
    rows, findings = read_actions(path, CONTEXT)
    assert told(findings) == []
    assert shown(rows, *action_tracker.COLUMNS) == [
        ("2", "Read a sample.", "", "Head of service", "2017-01-17", "2017-03-31", None, "", ""),
    ]


@pytest.mark.parametrize(
    ("instead", "found"),
    [
        (("2016-17-Q3", "-"), "a blank cell"),
        (("2016-17-Q3", "2016-18-Q3"), "not a quarter"),
        (("2016-17-Q3", "2016-17"), "not a quarter"),
        (("re_referrals", "re_referal"),
         "not an indicator of the catalogue: the nearest is re_referrals"),
        (("child_protection | re_referrals", "- | -"), "a challenge of no theme"),
        (("child_protection | re_referrals", "children | -"), "not a theme"),
        (("What lies behind the rise?", "-"), "a blank cell"),
        (("the rise?", "the rise for petra@example.org?"), PERSONAL),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_placed_is_left_out_and_a_finding(instead, found):
    rows, findings = challenges(OPEN.replace(*instead))
    assert ("2", found) in told(findings)
    assert len(rows) == 0
    assert "petra" not in findings.to_csv()


@pytest.mark.parametrize(
    ("instead", "found"),
    [
        (("Head of service", "-"), "an answer of nobody"),
        (("Head of service", "head@example.org"), PERSONAL),
        (("the reason was new", "the child born 14/02/2009 was new"), PERSONAL),
        (("In most the reason was new.", "-"),
         "a challenge that is answered or closed without an answer"),
    ],
)  # fmt: skip
def test_a_challenge_whose_answer_cannot_be_used_stays_open(instead, found):
    rows, findings = challenges(GOOD.replace(*instead))
    assert shown(rows, "answer", "status") == [("", "open")]
    assert told(findings) == [("2", found)]


@pytest.mark.parametrize(
    ("instead", "found"),
    [
        (("14/02/2017", "-"), ["no day on which it was answered"]),
        (("14/02/2017", "31/12/2016"),
         ["an answer from before the question"]),
        (("child_protection", "domestic_abuse"), ["another theme than the indicator's"]),
        (("answered", "perhaps"), ["not a status"]),
        (("answered", "-"), []),
    ],
)  # fmt: skip
def test_an_answer_with_a_slip_beside_it_is_used_and_a_finding(instead, found):
    rows, findings = challenges(GOOD.replace(*instead))
    assert shown(rows, "theme", "answer", "status") == [
        ("child_protection", "In most the reason was new.", "answered")
    ]
    assert told(findings) == [("2", each) for each in found]


def test_of_two_rows_for_one_question_the_first_is_used():
    rows, findings = challenges(GOOD, OPEN)
    assert rows["status"].tolist() == ["answered"]
    assert told(findings) == [("3", "a row for something that an earlier row already gives")]


@pytest.mark.parametrize(
    ("instead", "found"),
    [
        (("Read a sample.", "-"), "a blank cell"),
        (("Head of service", "-"), "a blank cell"),
        (("17/01/2017", "-"), "a blank cell"),
        (("31/03/2017", "soon"), "a text that is not a date"),
        (("re_referrals", "re_referal"),
         "not an indicator of the catalogue: the nearest is re_referrals"),
        (("a sample", "the file of 943 476 5919"), PERSONAL),
    ],
)  # fmt: skip
def test_an_action_without_what_it_needs_is_left_out_and_a_finding(instead, found):
    rows, findings = actions(ACTION.replace(*instead))
    assert ("2", found) in told(findings)
    assert len(rows) == 0


def test_an_action_done_before_it_was_agreed_counts_as_not_done():
    rows, findings = actions(ACTION.replace("31/03/2017 | -", "31/03/2017 | 01/01/2017"))
    assert shown(rows, "action", "done_date") == [("Read a sample.", None)]
    assert told(findings) == [("2", "done before it was agreed")]


def test_an_action_done_without_evidence_is_a_note():
    rows, findings = actions(ACTION.replace("31/03/2017 | -", "31/03/2017 | 20/03/2017"))
    assert shown(rows, "done_date", "theme") == [("2017-03-20", "child_protection")]
    assert findings["severity"].tolist() == ["note"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"not a workbook"])
def test_a_file_that_is_no_workbook_is_a_finding_and_no_traceback(tmp_path: Path, content):
    path = tmp_path / "actions.xlsx"
    path.write_bytes(content)
    rows, findings = read_challenges(path, CONTEXT)
    assert len(rows) == 0
    assert findings["severity"].tolist() == ["failed"]


NAMES = st.sampled_from(["re_referrals", "child_protection", "2016-17-Q3", *STATUSES])
CELL = st.one_of(NAMES, CELLS)


@settings(max_examples=examples(100), deadline=None, derandomize=True)
@given(st.lists(st.tuples(*(CELL,) * 9), min_size=1, max_size=4))
def test_any_cells_are_read_or_found_and_what_is_used_is_whole(rows):
    for layout, read in ((CHALLENGES, challenge_log._read), (ACTIONS, action_tracker._read)):
        names = [wordings[0] for wordings in layout.columns.values()]
        cells = [row[: len(names)] for row in rows]
        frame = pd.DataFrame(cells, columns=names, index=range(2, 2 + len(rows)), dtype=object)
        found, findings = read(RawTable("a.xlsx", "T", 1, frame), CONTEXT)
        assert set(findings["severity"]) <= {"warning", "note"}
        if layout is CHALLENGES:
            assert found["status"].isin(STATUSES).all()
            assert (found["status"].eq("open") | found["answer"].ne("")).all()
            assert (found["answer"].eq("") | found["answered_by"].ne("")).all()
        else:
            assert found[["agreed_date", "due_date"]].notna().all(axis=None)
            assert found["owner"].ne("").all()
