"""A released figure stands until it moves by more than a few."""

from __future__ import annotations

import pytest

from lscb_analysis.catalogue import policy
from lscb_analysis.disclosure.register import KEY
from lscb_analysis.disclosure.settled import settled
from tests.disclosure.test_protect import ON_TIME, PLANS, values

COUNT = "indicator | period | numerator\nplans | 2016-17 Q1 | {}"
SHARE = "indicator | period | numerator | denominator\non_time | 2016-17 Q1 | {} | {}"


def after(drawing: str, then: dict[str, float]):
    drawn = values(drawing)
    key = tuple(str(drawn.iloc[0][name]) for name in KEY)
    known = {"plans": PLANS, "on_time": ON_TIME}
    return settled(drawn, known, policy(), {key: [then]}).iloc[0]


MOVED = [(412, 412), (413, 412), (417, 412), (418, 418), (400, 400)]


@pytest.mark.parametrize(("now", "stands"), MOVED)
def test_a_count_stands_until_it_moves_by_six(now: int, stands: int):
    row = after(COUNT.format(now), {"value": 412.0})
    assert (row["numerator"], row["value"]) == (stands, stands)


def test_a_percentage_stands_with_both_its_counts():
    row = after(SHARE.format(98, 121), {"numerator": 96.0, "denominator": 120.0})
    assert (row["numerator"], row["denominator"], row["value"]) == (96, 120, 80.0)


def test_a_percentage_of_which_one_count_moved_by_many_is_new():
    row = after(SHARE.format(98, 140), {"numerator": 96.0, "denominator": 120.0})
    assert (row["numerator"], row["denominator"]) == (98, 140)


def test_of_a_band_the_base_stands():
    row = after(SHARE.format(98, 121), {"denominator": 120.0, "band_lower": 80.0})
    assert (row["numerator"], row["denominator"]) == (98, 120)


def test_what_was_never_out_is_as_measured():
    drawn = values(COUNT.format(413))
    assert settled(drawn, {"plans": PLANS}, policy(), {})["value"].tolist() == [413]
