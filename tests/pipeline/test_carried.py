"""What is carried over to the next quarter's briefing, and what is left out on the way."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from lscb_analysis.periods import Quarter
from lscb_analysis.pipeline.carried import carried_over
from lscb_analysis.pipeline.held import read_held
from lscb_analysis.pipeline.texts import text_problem
from tests.drawn import table
from tests.pipeline.test_texts import AREA, VALUES

Q3, Q4 = Quarter(2016, 3), Quarter(2016, 4)
ASKED = """
quarter    | theme            | indicator      | question
2016-17-Q2 | child_protection | re_referrals   | Why is it so?
2016-17-Q3 | child_protection | cp_plan_starts | What lies behind it?
"""
ANSWERED = """
row | quarter    | theme            | indicator    | question      | answer            | answered_by     | approved_by | answered_date | status
2   | 2016-17-Q2 | child_protection | re_referrals | Why is it so? | It is a new team. | Head of service | Director    | 2017-02-14    | answered
"""  # noqa: E501
ACTIONS = """
row | action         | indicator    | owner           | agreed_date | due_date   | done_date  | evidence     | theme
2   | Read a sample. | re_referrals | Head of service | 2017-01-17  | 2017-03-31 | 2017-03-01 | It was read. | child_protection
"""  # noqa: E501


@pytest.fixture
def held(tmp_path):
    """An area that holds nothing beside its quarters yet."""
    return read_held(tmp_path, Q4, b"the key of a fictional area")


def carried(held, quarter: Quarter = Q4, asked: str = ASKED, words: tuple[str, ...] = ()):
    def check(text, beside):
        return text_problem(text, VALUES, AREA, words, beside)

    return carried_over(held, table(asked).astype("str"), quarter, check)


def with_rows(held, challenges: str = ANSWERED, actions: str = ACTIONS):
    return replace(held, challenges=as_read(challenges), actions=as_read(actions))


def as_read(drawing: str) -> pd.DataFrame:
    rows = table(drawing)
    texts = [name for name in rows if not name.endswith("_date")]
    return rows.assign(
        **{name: rows[name].astype("object").fillna("").astype("str") for name in texts}
    )


def told(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    return list(
        frame[["quarter", "indicator", "status", "answer"]].itertuples(index=False, name=None)
    )


def test_questions_of_earlier_quarters_are_open_until_the_workbook_answers_them(held):
    tables, findings = carried(held)
    assert told(tables["challenges"]) == [
        ("2016-17-Q2", "re_referrals", "open", ""),
        ("2016-17-Q3", "cp_plan_starts", "open", ""),
    ]
    assert findings.empty


def test_a_quarters_own_questions_are_not_carried_over_to_it(held):
    tables, _ = carried(held, Q3)
    assert told(tables["challenges"]) == [("2016-17-Q2", "re_referrals", "open", "")]


def test_the_workbook_counts_more_than_the_memory(held):
    tables, findings = carried(with_rows(held))
    assert told(tables["challenges"]) == [
        ("2016-17-Q2", "re_referrals", "answered", "It is a new team."),
        ("2016-17-Q3", "cp_plan_starts", "open", ""),
    ]
    assert tables["actions"]["action"].tolist() == ["Read a sample."]
    assert findings.empty


def test_nothing_asked_and_no_workbook_is_two_empty_tables(held):
    tables, findings = carried(held, asked="quarter | theme | indicator | question")
    assert [len(frame) for frame in tables.values()] == [0, 0]
    assert findings.empty


@pytest.mark.parametrize(
    ("instead", "why"),
    [
        (("It is a new team.", "There were 37 more."), "its words or figures cannot be shown"),
        (("It is a new team.", "The team of Xanthippe."), "its words or figures cannot be shown"),
        (("It is a new team.", "New \u200b team."), "its words or figures cannot be shown"),
        (("Head of service", "Jane Xyzzy"), "its words or figures cannot be shown"),
        (("| Director ", "| - "), "nobody has approved it"),
    ],
    ids=["a bare figure", "a name", "a hidden character", "an author's name", "nobody approved"],
)
def test_an_answer_that_may_not_be_shown_goes_and_the_page_can_say_so(held, instead, why):
    tables, findings = carried(with_rows(held, ANSWERED.replace(*instead)))
    first = tables["challenges"].iloc[0]
    assert first[["answer", "answered_by", "left_out"]].tolist() == ["", "", why]
    place = [("actions.xlsx", "Challenges", "2", "Answer")] if "approved" not in why else []
    found = findings[["file", "sheet", "row", "column"]].itertuples(index=False, name=None)
    assert list(found) == place
    assert not any(word in findings.to_csv() for word in ("37", "Xanthippe", "Xyzzy"))


def test_a_question_or_action_that_may_name_somebody_is_left_out(held):
    spoilt = with_rows(
        held,
        ANSWERED.replace("Why is it so?", "Why did Xanthippe go?"),
        ACTIONS.replace("Head of service", "Jane Xyzzy"),
    )
    tables, findings = carried(spoilt)
    assert told(tables["challenges"]) == [("2016-17-Q3", "cp_plan_starts", "open", "")]
    assert len(tables["actions"]) == 0
    assert findings["sheet"].tolist() == ["Challenges", "Actions"]


def test_a_word_that_is_agreed_to_be_no_name_is_carried_over(held):
    named = with_rows(held, ANSWERED.replace("a new team", "the Ravensbourne team"))
    tables, findings = carried(named, words=("ravensbourne",))
    assert tables["challenges"]["left_out"].tolist() == ["", ""]
    assert findings.empty


def test_evidence_with_a_bare_figure_goes_and_its_action_stays(held):
    tables, findings = carried(with_rows(held, actions=ACTIONS.replace("It was", "37 were")))
    assert tables["actions"][["action", "evidence"]].values.tolist() == [["Read a sample.", ""]]
    assert findings["column"].tolist() == ["Evidence"]


def test_an_action_agreed_after_the_quarter_is_not_carried_over_to_it(held):
    tables, _ = carried(with_rows(held), Q3)
    assert len(tables["actions"]) == 0
