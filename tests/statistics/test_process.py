from __future__ import annotations

import pytest

from lscb_analysis.statistics.process import Rebase, chart_for, process
from lscb_analysis.statistics.rules import RuleSettings

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
