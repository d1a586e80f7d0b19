"""Single days on the panel's page: what is drawn and said, and that no other page has it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from lscb_analysis.briefing import how_long, how_often, open_briefing
from lscb_analysis.briefing.manifest import manifest_of
from lscb_analysis.briefing.redrawn import charts_asked, redrawn
from lscb_analysis.by_day import BETWEEN, COLUMNS, CURVE
from lscb_analysis.measures.by_day import days_between
from lscb_analysis.standing import shown
from tests.briefing.drawn_workspace import MEREFORD, QUARTER

REVIEWS = "death_reviews_still_open"


def gaps(days: list[int]) -> pd.DataFrame:
    dates = pd.Timestamp("2014-04-10") + pd.to_timedelta(pd.Series([0, *days]).cumsum(), unit="D")
    told = {"indicator": "deaths_occurred", "kind": BETWEEN, "watched": float("nan")}
    return days_between(pd.Series(dates)).assign(period="1 April 2014 to 31 March 2017", **told)


def curve() -> pd.DataFrame:
    rows = [
        (REVIEWS, CURVE, "2014-15 to 2016-17", 30.0 * n, 100.0 - 5 * n, 90.0 - 5 * n, 105.0 - 5 * n)
        for n in range(1, 19)
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS[:7]))
    return frame.assign(middle=float("nan"), watched=[40.0 - 2 * n for n in range(1, 19)])


@pytest.fixture
def of_the_panel(workspace):
    briefing = open_briefing("child_deaths", MEREFORD, QUARTER, workspace=workspace)
    table = pd.concat([gaps([20, 30, 40] * 5), curve()], ignore_index=True)
    return replace(briefing, audience="panel", by_day=table)


def test_the_newest_gap_is_told_against_its_limits(of_the_panel):
    html = how_often(of_the_panel, "deaths_occurred").html
    assert "Child deaths: the newest gap is within its usual range" in html
    assert "The newest gap between two deaths is 40 days, within the usual range (" in html
    assert "from 15 gaps)" in html
    assert "Ringed" not in html


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([20, 30, 40] * 5 + [400], "longer than the usual range"),
        ([400, 401, 402, 399, 400, 401, 400, 398, 400, 1], "shorter than the usual range"),
    ],
)
def test_a_newest_gap_beyond_the_limits_is_ringed_and_told(of_the_panel, days, told):
    html = how_often(replace(of_the_panel, by_day=gaps(days)), "deaths_occurred").html
    assert told in html
    assert "Ringed: what stands out." in html


def test_a_long_gap_before_the_newest_is_no_news(of_the_panel):
    table = gaps([20, 30, 400, *[20, 30, 40] * 4])
    html = how_often(replace(of_the_panel, by_day=table), "deaths_occurred").html
    assert "the newest gap is within its usual range" in html


def test_the_curve_is_drawn_while_ten_were_watched(of_the_panel):
    html = how_long(of_the_panel, REVIEWS).html
    # after 365 days twelve steps of 5 have gone; the sixteenth, with 8 watched, is not drawn
    assert "day by day: about 40% for more than 12 months" in html
    assert "40%</td>" in html
    assert "18 months" not in html


@pytest.mark.parametrize("audience", ["partnership", "public"])
def test_no_other_reader_sees_single_days(of_the_panel, audience):
    briefing = replace(of_the_panel, audience=audience)
    assert how_often(briefing, "deaths_occurred").html == ""
    assert "day by day" not in how_long(briefing, REVIEWS).html


def test_a_panel_without_the_table_has_a_line_that_says_so(of_the_panel):
    html = how_often(replace(of_the_panel, by_day=pd.DataFrame()), "deaths_occurred").html
    assert "Days between deaths" in html
    assert "img" not in html


def test_the_release_check_knows_both_charts_by_their_bytes(of_the_panel):
    html = how_often(of_the_panel, "deaths_occurred").html + how_long(of_the_panel, REVIEWS).html
    asked = charts_asked(html)
    again = redrawn(of_the_panel, asked)
    assert {chart.title for chart in again} == {
        "Child deaths",
        "How long child death reviews stay open",
    }
    known = manifest_of(of_the_panel, "", asked)
    assert {image for chart in again for image in chart.images} <= known.images
    other = manifest_of(replace(of_the_panel, audience="partnership"), "", asked)
    assert not {image for chart in again for image in chart.images} & other.images


def test_a_page_is_made_again_when_a_single_day_has_changed(of_the_panel):
    other = replace(of_the_panel, by_day=gaps([20, 30, 40] * 4 + [20, 30, 41]))
    assert shown(of_the_panel) != shown(other)
    assert shown(of_the_panel) == shown(replace(of_the_panel))
