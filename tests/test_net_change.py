"""A stock through its flows: the difference of starts and ends against its usual range."""

from __future__ import annotations

import pytest

from lscb_analysis.narrative import net_change_sentence
from lscb_analysis.signals import points
from tests.showing import MEREFORD, quarters

# net changes of 5 and -5 in turn: mean 0.38, moving ranges all 10, limits 26.6 either way
BEGAN = [105, 100, 105, 100, 105, 100, 105, 100, 105, 100, 105, 100, 105]
ENDED = [100, 105, 100, 105, 100, 105, 100, 105, 100, 105, 100, 105, 100]


def flow(name: str, figures: list[object]):
    return points(quarters(name, figures), name, MEREFORD, "quarter")


def told(began: list[object], ended: list[object]) -> str:
    return net_change_sentence(flow("starts", began), flow("ends", ended))


def test_the_newest_quarter_is_told_with_the_usual_range_of_the_difference():
    assert told(BEGAN, ENDED) == (
        "105 began and 100 ended in 2016-17 Q4, 5 more began: within the usual range of a quarter "
        "(26 more ended to 27 more began)."
    )


def test_a_difference_outside_its_range_says_on_which_side():
    above = told([*BEGAN, 160], [*ENDED, 100])
    below = told([*BEGAN, 100], [*ENDED, 160])
    assert "60 more began: above the usual range of a quarter" in above
    assert "60 more ended: below the usual range of a quarter" in below


def test_as_many_of_both_is_said_in_words():
    assert "100 began and 100 ended in 2016-17 Q4, as many of both: within" in told(
        [*BEGAN, 100], [*ENDED, 100]
    )


def test_limits_of_few_quarters_are_trial_limits():
    assert told(BEGAN[:9], ENDED[:9]).endswith("; trial limits, which rest on 9 quarters).")


@pytest.mark.parametrize(
    ("began", "ended"),
    [
        (BEGAN[:7], ENDED[:7]),
        ([*BEGAN, "[c]"], [*ENDED, 100]),
        ([*BEGAN, 100], [*ENDED, "[c]"]),
    ],
    ids=["too few quarters", "starts withheld", "ends withheld"],
)
def test_nothing_is_said_where_it_cannot_be_known(began, ended):
    assert told(began, ended) == ""
