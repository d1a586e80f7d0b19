"""Our own figures through the ledger: what contradicts is held back, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from lscb_analysis.catalogue import policy
from lscb_analysis.disclosure.register import KEY
from lscb_analysis.pipeline.own_ledger import HELD_BACK, checked_by_ledger, stated
from tests.drawn import indicator
from tests.showing import values

PERIODS = ("quarter", "financial_year")
COUNT = indicator("starts", title="Plans started", unit="plans", source="plans", periods=PERIODS,
                  dated_by=("start_date",))  # fmt: skip
SHARE = indicator("late", "proportion", title="Plans late", unit="% of plans", source="plans",
                  dated_by=("due_date",), numerator={"where": {"is_late": True}})  # fmt: skip
RATE = indicator("starts_rate", "rate", title="Rate of plans", unit="per 10,000 children",
                 of="starts", per="children", scale=10_000, decimals=1)  # fmt: skip
ALL = {item.id: item for item in (COUNT, SHARE, RATE)}
NONE = pd.DataFrame(columns=["indicator", "period", "breakdown_topic", "breakdown"])
SOUND = """
indicator   | period     | figure | numerator | denominator | breakdown_topic | breakdown
starts      | 2016-17    | 100    |           |             | Total           | Total
starts      | 2016-17    | 60     |           |             | Sex             | Girls
starts      | 2016-17    | 40     |           |             | Sex             | Boys
starts      | 2016-17 Q1 | 20     |           |             | Total           | Total
starts      | 2016-17 Q2 | 30     |           |             | Total           | Total
starts      | 2016-17 Q3 | 25     |           |             | Total           | Total
starts      | 2016-17 Q4 | 25     |           |             | Total           | Total
late        | 2016-17 Q4 | 30.8   | 81        | 263         | Total           | Total
starts_rate | 2016-17    | 12.5   | 100       | 80000       | Total           | Total
"""


def drawn(*changes: tuple[str, str]) -> pd.DataFrame:
    text = SOUND
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return values(text)


def held(rows: pd.DataFrame, *, printed=None, told=NONE, items=ALL) -> list[tuple[str, ...]]:
    found = checked_by_ledger(rows, items, policy(), printed or {}, told)
    is_held = found.values["reason"].eq(HELD_BACK)
    assert len(found.held_back) == len(found.findings) == is_held.sum()
    assert found.values.loc[is_held, ["value", "numerator", "denominator"]].isna().all(axis=None)
    pd.testing.assert_frame_equal(found.values[~is_held], rows[~is_held])
    names = found.held_back[["indicator", "period", "breakdown", "why"]]
    return [tuple(row) for row in names.itertuples(index=False)]


def printed_as(rows: pd.DataFrame, **figures: float) -> dict:
    """The register's figures: those of the rows, one indicator's total of 2016-17 changed."""
    known = {}
    for _, row in rows.iterrows():
        numbers = {name: row[name] for name in ("numerator", "denominator", "value")}
        key = tuple(str(row[name]) for name in KEY)
        known[key] = [{name: each for name, each in numbers.items() if pd.notna(each)}]
        if row["indicator"] in figures and row["period"] == "2016-17" and key[-1] == "Total":
            known[key][-1]["value"] = figures[str(row["indicator"])]
    return known


def test_figures_that_bear_each_other_out_are_left_alone():
    rows = drawn()
    assert held(rows) == []
    assert held(rows, printed=printed_as(rows)) == []


def test_a_percentage_that_does_not_follow_from_its_counts_is_held_back_alone():
    found = held(drawn(("30.8", "35.8")))
    assert [row[:2] for row in found] == [("late", "2016-17 Q4")]
    assert "does not follow from its counts" in found[0][3]


def test_a_rate_that_does_not_follow_from_its_population_is_held_back_alone():
    found = held(drawn(("12.5", "13.5")))
    assert [row[:2] for row in found] == [("starts_rate", "2016-17")]


def test_a_total_that_is_neither_the_sum_of_its_parts_nor_of_its_quarters_is_the_one_held_back():
    found = held(drawn(("2016-17    | 100    |  ", "2016-17    | 110    |  ")))
    # and with it the rate, which was made from it
    assert {row[:3] for row in found} == {
        ("starts", "2016-17", "Total"),
        ("starts_rate", "2016-17", "Total"),
    }


def test_where_any_part_may_be_the_wrong_one_all_are_held_back():
    found = held(drawn(("| 60     |", "| 66     |")))
    assert {row[2] for row in found} >= {"Girls", "Boys"}
    assert not {row[1] for row in found} & {"2016-17 Q1", "2016-17 Q4"}


def test_a_quarter_that_breaks_its_year_holds_back_the_year_and_its_quarters():
    found = held(drawn(("2016-17 Q2 | 30 ", "2016-17 Q2 | 37 ")))
    assert {row[1] for row in found if row[0] == "starts"} >= {"2016-17 Q2"}
    assert ("starts", "2016-17", "Girls") not in {row[:3] for row in found}


def test_a_figure_that_changed_without_a_word_is_held_back_and_one_that_was_stated_is_not():
    rows = drawn()
    before = printed_as(rows, starts=90.0)
    found = held(rows, printed=before)
    assert ("starts", "2016-17", "Total") in {row[:3] for row in found}
    assert "no revision is stated" in found[0][3]
    revised = NONE.copy()
    revised.loc[0] = ["starts", "2016-17", "Total", "Total"]
    assert held(rows, printed=before, told=revised) == []


def test_a_rate_that_follows_a_new_population_is_no_contradiction():
    rows = drawn()
    assert held(rows, printed=printed_as(rows, starts_rate=12.9)) == []


def test_a_sum_of_figures_that_stand_as_they_were_released_may_be_a_few_apart():
    rows = drawn(("2016-17 Q2 | 30 ", "2016-17 Q2 | 27 "))
    assert held(rows)
    assert held(rows, printed=printed_as(rows)) == []


@pytest.mark.parametrize(
    ("change", "item"),
    [
        (("| 60     |", "| [c]    |"), COUNT),
        (("| 60     |", "| 66     |"), replace(COUNT, profile="rounded")),
        (("| 60     |", "| 66     |"), replace(COUNT, counted_by="child_id")),
    ],
    ids=["a part is withheld", "rounded", "each child once"],
)
def test_what_is_known_not_to_add_up_is_no_contradiction(change, item):
    assert held(drawn(change), items=ALL | {"starts": item}) == []


def test_two_indicators_that_count_the_same_cannot_differ():
    other = replace(COUNT, id="begun", title="Plans begun")
    line = "begun       | 2016-17 Q4 | 39     |           |             | Total           | Total\n"
    found = held(values(SOUND + line), items=ALL | {"begun": other})
    assert {row[:2] for row in found} >= {("starts", "2016-17 Q4"), ("begun", "2016-17 Q4")}


def test_the_revisions_of_a_submission_and_of_a_reissue_are_both_stated():
    rows = pd.DataFrame([["a", "2016-17", "Total", "Total", "1", "2"]],
                        columns=[*NONE.columns, "old", "new"])  # fmt: skip
    assert len(stated({"revisions": rows}, rows.assign(indicator="b"))) == 2
    assert stated({}, NONE).empty
