"""Single days: the full curve and the days between events, and when there are none."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.by_day import BETWEEN, COLUMNS, CURVE
from lscb_analysis.measures.by_day import by_day, days_between
from lscb_analysis.measures.lasting import still_open
from lscb_analysis.periods import Quarter, pooled_period
from tests.drawn import indicator

QUARTER = Quarter(2016, 4)
DATES = ("start_date", "end_date")
OPEN = indicator(
    "still", "still_open", source="spells", dated_by=DATES, share_by="months_since_start",
    periods=("pooled",), unit="% of plans",
)  # fmt: skip
DEATHS = indicator(
    "deaths", "count", source="deaths", dated_by=("death_date",), is_rare_by_day=True,
    periods=("pooled",), unit="deaths",
)  # fmt: skip


def covered(table: str, first: str = "2014-04-01", last: str = "2017-03-31") -> pd.DataFrame:
    days = {"start": [pd.Timestamp(first)], "end": [pd.Timestamp(last)]}
    return pd.DataFrame({"table": [table], **days})


def spells() -> pd.DataFrame:
    """Forty that start on 1 June 2015; the first thirty end after 10, 20, 30 ... 300 days."""
    first = pd.Timestamp("2015-06-01")
    ends = [first + pd.Timedelta(days=10 * number) for number in range(1, 31)] + [pd.NaT] * 10
    return pd.DataFrame({"start_date": [first] * 40, "end_date": ends})


def deaths(gaps: list[int], first: str = "2014-04-10") -> pd.DataFrame:
    days = pd.Series([0, *gaps]).cumsum()
    return pd.DataFrame({"death_date": pd.Timestamp(first) + pd.to_timedelta(days, unit="D")})


def test_the_curve_steps_down_on_each_day_that_a_spell_ends():
    found = by_day({"spells": spells()}, covered("spells"), [OPEN], QUARTER)
    assert list(found.columns) == list(COLUMNS)
    assert set(found["kind"]) == {CURVE}
    assert found["at"].tolist() == [10.0 * number for number in range(1, 31)]
    # one of forty ends each time, and nobody is lost before the last has ended
    assert found["value"].round(1).tolist()[:3] == [97.5, 95.0, 92.5]
    assert found["value"].round(6).iloc[-1] == 25.0
    assert found["watched"].tolist() == [float(40 - number) for number in range(30)]
    assert (found["lower"] < found["value"]).all()
    assert (found["value"] < found["upper"]).all()


def test_the_curve_goes_through_the_shares_that_everybody_sees():
    found = by_day({"spells": spells()}, covered("spells"), [OPEN], QUARTER)
    shares = dict(still_open(OPEN, spells(), pooled_period(2015, 2016)))
    for name, months in (("3 months", 3), ("6 months", 6)):
        at_or_before = found[found["at"] <= months * 365.25 / 12]
        assert round(at_or_before["value"].iloc[-1]) == shares[name].value


def test_days_between_are_those_of_the_three_years_that_end_with_the_quarter():
    before = deaths([3] * 5, "2014-01-02")
    records = pd.concat([before, deaths([20, 30, 40] * 5)], ignore_index=True)
    found = by_day({"deaths": records}, covered("deaths"), [DEATHS], QUARTER)
    assert set(found["kind"]) == {BETWEEN}
    assert found["value"].tolist() == [20, 30, 40] * 5
    assert found["at"].tolist() == list(range(2, 17))
    assert found["period"].unique().tolist() == ["1 April 2014 to 31 March 2017"]


def test_deaths_of_one_day_have_a_chart_that_knows_days_of_0():
    found = days_between(deaths([0, 5, 0, 9, 4, 6, 7, 3, 8, 10])["death_date"])
    # mean 5.2: 5.2 + 3 sqrt(5.2 * 6.2) by hand
    assert found["upper"].round(2).unique().tolist() == [22.23]
    assert found["lower"].unique().tolist() == [0.0]


def test_there_is_none_of_years_that_are_not_covered_nor_of_few():
    late = covered("deaths", first="2014-05-01")
    assert by_day({"deaths": deaths([30] * 15)}, late, [DEATHS], QUARTER).empty
    few = deaths([30] * 8)
    assert by_day({"deaths": few}, covered("deaths"), [DEATHS], QUARTER).empty
    ended = spells().iloc[21:]  # nine have ended
    assert by_day({"spells": ended}, covered("spells"), [OPEN], QUARTER).empty
    assert by_day({}, covered("spells"), [OPEN, DEATHS], QUARTER).empty


def test_what_is_not_rare_has_no_days_between():
    often = indicator("deaths", "count", source="deaths", dated_by=("death_date",))
    records = {"deaths": deaths([30] * 15)}
    assert by_day(records, covered("deaths"), [often], QUARTER).empty
