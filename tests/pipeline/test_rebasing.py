"""Limits begin anew only with a date and a reason, and nothing is judged across."""

from __future__ import annotations

from datetime import date

import pytest

from lscb_analysis.charts import how_has_it_changed
from lscb_analysis.narrative import change_sentence, interval_sentence, trend_sentence
from lscb_analysis.pipeline.rebasing import with_rebases
from lscb_analysis.selecting import points
from lscb_analysis.settings import Rebase, SettingsError, read_settings
from lscb_analysis.signals import latest_signal, limits
from tests.drawn import indicator
from tests.showing import MEREFORD, quarters

REFERRALS = indicator("referrals", title="Referrals", unit="referrals")
LOW, HIGH = [100, 104, 98, 102, 96, 101, 99, 103], [300, 305, 298, 303, 297, 301, 299, 304]
WHY = Rebase("referrals", date(2015, 4, 1), "a new crime recording system.")


def series(*rebases: Rebase, figures=(*LOW, *HIGH)):
    values = quarters("referrals", list(figures))
    return points(with_rebases(values, rebases, [MEREFORD]), "referrals", MEREFORD, "quarter")


def test_the_first_figure_on_or_after_the_date_has_the_reason_and_no_other():
    reasons = series(WHY)["reason"]
    assert reasons[reasons != ""].to_list() == ["limits begin anew: a new crime recording system"]
    assert series(WHY).loc[reasons != "", "period"].to_list() == ["2015-16 Q1"]


def test_the_newest_point_is_judged_against_the_points_since_then_alone():
    before, after = latest_signal(series(), REFERRALS), latest_signal(series(WHY), REFERRALS)
    assert (before.count, after.count) == (16, 8)
    assert after.state == "trial_inside"
    assert limits(series(WHY), REFERRALS)["lower"].min() > max(LOW)


def test_another_areas_or_indicators_series_stays_as_it_is():
    other = Rebase("plans", date(2015, 4, 1), "a new form")
    assert (series(other)["reason"] == "").all()
    values = with_rebases(quarters("referrals", LOW), [WHY], ["E06000016"])
    assert (values["reason"] == "").all()


def test_no_trend_and_no_verdict_reach_across():
    late = Rebase("referrals", date(2016, 7, 1), "a new threshold")
    assert trend_sentence(series(), REFERRALS)
    assert trend_sentence(series(WHY), REFERRALS) == ""
    told = change_sentence(series(late), REFERRALS)
    assert told == (
        "Referrals: 304 referrals in 2016-17 Q4, 1 more than 303 in 2015-16 Q4 "
        "(before limits began anew)."
    )
    assert interval_sentence(series(late), REFERRALS) == ""


def test_the_chart_says_from_when_and_why():
    rows = series(WHY)
    chart = how_has_it_changed(
        rows, REFERRALS, headline="x", alt="y", signal=latest_signal(rows, REFERRALS)
    )
    assert "Limits begin anew with 2015-16 Q1: a new crime recording system." in chart.subtitle


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('indicator = "referals"\ndate = 2016-04-01\nreason = "x"', "referrals"),
        ('indicator = "referrals"\ndate = "2016-04-01"\nreason = "x"', "without quotes"),
        ('indicator = "referrals"\ndate = 2016-04-01\nreason = " "', "never begin anew without"),
        ('indicator = "referrals"\ndate = 2016-04-01', "'reason' is missing"),
    ],
    ids=["unknown", "no date", "no reason", "left out"],
)
def test_a_rebase_without_a_date_or_a_reason_is_refused(tmp_path, lines, told):
    text = (
        'areas = ["X06000001"]\nmarking = "OFFICIAL"\n[area.X06000001]\n'
        f'neighbour_model = "Example 2016"\n[[area.X06000001.rebase]]\n{lines}\n'
    )
    (tmp_path / "lscb.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=told):
        read_settings(tmp_path)


def test_a_rebase_is_read_from_the_settings(tmp_path):
    text = (
        'areas = ["X06000001"]\nmarking = "OFFICIAL"\n[area.X06000001]\n'
        'neighbour_model = "Example 2016"\n[[area.X06000001.rebase]]\nindicator = "referrals"\n'
        'date = 2016-04-01\nreason = "a new form"\n'
    )
    (tmp_path / "lscb.toml").write_text(text, "utf-8")
    found = read_settings(tmp_path).area["X06000001"].rebase
    assert found == (Rebase("referrals", date(2016, 4, 1), "a new form"),)
