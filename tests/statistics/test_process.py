from __future__ import annotations

from datetime import date

import pytest

from lscb_analysis.statistics.process import Rebase, chart_for, process, rebases_on
from lscb_analysis.statistics.rules import RuleSettings
from lscb_analysis.statistics.spc import p_prime, u_prime

SHIFTED = [10, 12, 9, 11, 10, 13, 9, 12, 10, 11, 15, 16, 15, 17, 16, 15, 16]


def test_without_a_rebase_a_shift_is_told_and_with_one_it_is_not():
    assert process(SHIFTED).rules[10:] == ["shift"] * 7
    found = process(SHIFTED, rebases=[Rebase(10, "a new threshold for referrals")])
    assert set(found.rules) == {""}
    assert found.mean[0] < found.mean[-1]


@pytest.mark.parametrize("reason", ["", "  "])
def test_limits_are_drawn_anew_only_with_a_reason(reason):
    with pytest.raises(ValueError, match="reason"):
        Rebase(10, reason)


@pytest.mark.parametrize("at", [0, 17, -2])
def test_a_rebase_lies_within_the_points(at):
    with pytest.raises(ValueError, match="within the points"):
        process(SHIFTED, rebases=[Rebase(at, "why")])


@pytest.mark.parametrize("is_proportion", [True, False])
def test_each_segment_of_a_chart_with_bases_has_the_limits_of_its_own_counts(is_proportion):
    counts, bases = [50, 55, 48, 52, 80, 84, 79, 83], [100, 105, 98, 100, 101, 104, 99, 102]
    made = process(
        counts, bases=bases, is_proportion=is_proportion, rebases=[Rebase(4, "a new form")]
    )
    prime = p_prime if is_proportion else u_prime
    for part in (slice(0, 4), slice(4, 8)):
        limits = prime(counts[part], bases[part])
        assert made.mean[part].tolist() == [limits.mean] * 4
        assert made.upper[part].tolist() == limits.upper.tolist()
    assert set(made.rules) == {""}
    whole = process(counts * 2, bases=bases * 2, is_proportion=is_proportion)
    assert whole.mean[0] == pytest.approx(sum(counts) / sum(bases))


@pytest.mark.parametrize("given", [{"bases": [10, 10]}, {"bases": [10] * 3, "baseline": 2}])
def test_bases_that_do_not_fit_are_refused(given):
    with pytest.raises(ValueError, match="a base belongs to each count"):
        process([4, 5, 6], **given)


QUARTERS = [date(2016, month, 1) for month in (1, 4, 7, 10)]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ([date(2016, 4, 1)], [(1, "a")]),
        ([date(2016, 4, 2)], [(2, "a")]),
        ([date(2016, 5, 1), date(2016, 6, 30)], [(2, "a; b")]),
        ([date(2016, 8, 1), date(2016, 3, 1)], [(1, "b"), (3, "a")]),
        ([date(2016, 1, 1), date(2015, 1, 1), date(2016, 10, 2)], []),
    ],
)
def test_a_segment_begins_with_the_first_period_wholly_after_a_change(days, found):
    changes = list(zip(days, "abc", strict=False))
    assert [(each.at, each.reason) for each in rebases_on(QUARTERS, changes)] == found


def test_six_points_make_a_run_only_where_that_is_chosen():
    points = [5, 4, 5, 4, 5, 4, 5, 4, 5, 2, 3, 4, 5, 6, 7, 5, 4, 5, 4, 5]
    assert "trend" not in process(points).rules
    assert "trend" in process(points, settings=RuleSettings(run=6)).rules
    with pytest.raises(ValueError, match="six or seven"):
        RuleSettings(run=8)


@pytest.mark.parametrize(
    ("values", "given", "chart"),
    [
        ([400] * 20, {"is_stock": True}, "flows"),
        ([2, 1, 3, 0] * 5, {}, "rare"),
        ([30, 0, 25, 0] * 5, {}, "rare"),
        ([40] * 7, {}, "run"),
        ([0.4] * 12, {"is_proportion": True}, "p'"),
        ([40] * 12, {"has_changing_base": True}, "u'"),
        ([40] * 12, {}, "XmR"),
    ],
)
def test_the_chart_is_chosen_by_what_the_series_is(values, given, chart):
    assert chart_for(values, **given) == chart
