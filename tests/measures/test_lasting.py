from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.catalogue import policy
from lscb_analysis.disclosure import protect
from lscb_analysis.measures import measure
from lscb_analysis.measures.lasting import lasting_window, spells_in, still_open, time_to_end
from lscb_analysis.periods import Quarter, pooled_period
from tests.drawn import indicator, table

YEARS = pooled_period(2015, 2016)
DATES = ("start_date", "end_date")
OPEN = indicator(
    "still", "still_open", source="spells", dated_by=DATES, share_by="months_since_start",
    periods=("pooled",), unit="% of plans",
)  # fmt: skip
HALF = indicator(
    "half", "time_to_end", source="spells", dated_by=DATES, of="still", periods=("pooled",),
    unit="months", decimals=1,
)  # fmt: skip
SPELLS = table(
    """
    start_date | end_date
    2015-01-01 | 2015-03-31
    2015-01-01 | 2015-04-11
    2015-04-01 | 2015-04-01
    2016-04-01 | 2016-07-20
    2017-03-31 | 2017-04-01
    2017-04-01 | -
    2016-10-01 | -
    """
)


def spells(starts: int, days: int, still: int) -> pd.DataFrame:
    """So many spells that end after so many days, and some that have not ended."""
    first = pd.Timestamp("2015-05-01")
    ended = pd.DataFrame(
        {"start_date": [first] * starts, "end_date": [first + pd.Timedelta(days=days)] * starts}
    )
    opened = pd.DataFrame({"start_date": [first] * still, "end_date": [pd.NaT] * still})
    return pd.concat([ended, opened], ignore_index=True).astype("datetime64[ns]")


def test_the_years_are_the_last_two_whole_ones_whatever_the_quarter():
    assert lasting_window(OPEN, Quarter(2016, 4)).period == "2015-16 to 2016-17"
    assert lasting_window(OPEN, Quarter(2017, 3)).period == "2015-16 to 2016-17"


def test_a_spell_is_seen_from_when_the_years_begin_and_to_when_they_end():
    found = spells_in(SPELLS, DATES, YEARS)
    # ended before the years, and started after them: not seen
    assert found.days.tolist() == [100.0, 0.5, 110.0, 1.0, 182.0]
    assert found.has_ended.tolist() == [True, True, True, False, False]
    assert found.entered.tolist() == [90.0, 0.0, 0.0, 0.0, 0.0]


def test_the_share_still_open_counts_those_not_ended_for_as_long_as_they_were_seen():
    # 30 end after 100 days; of 30 that go on, 15 were seen for 200 days and 15 to the end
    late = pd.DataFrame(
        {
            "start_date": [pd.Timestamp("2017-03-31") - pd.Timedelta(days=199)] * 15,
            "end_date": [pd.NaT] * 15,
        }
    )
    records = pd.concat([spells(30, 100, 15), late], ignore_index=True)
    cells = dict(still_open(OPEN, records, YEARS))
    assert [cells[name].value for name in ("3 months", "6 months", "12 months")] == [100, 50, 50]
    assert (cells["6 months"].numerator, cells["6 months"].denominator) == (30, 30)
    assert (cells["12 months"].numerator, cells["12 months"].denominator) == (30, 15)


def test_half_have_ended_by_the_median_and_none_is_told_before_it_is_reached():
    found = time_to_end(HALF, spells(40, 61, 20), YEARS)
    assert (found.value, found.numerator, found.denominator) == (2.0, 40, 60)
    assert pd.isna(time_to_end(HALF, spells(10, 61, 40), YEARS).value)
    assert pd.isna(time_to_end(HALF, spells(0, 61, 40), YEARS).value)


@pytest.mark.parametrize(
    ("ended", "still", "is_shown"), [(9, 30, False), (30, 9, False), (10, 10, True)]
)
def test_a_share_of_few_spells_is_withheld(ended, still, is_shown):
    rows = protected(OPEN, spells(ended, 100, still))
    row = rows[rows["breakdown"] == "6 months"].iloc[0]
    assert (row["status"] == "published") == is_shown
    assert pd.isna(row["numerator"])
    assert pd.isna(row["denominator"])


def test_how_many_spells_there_were_is_told_to_the_nearest_ten_and_with_no_limits_if_withheld():
    spread = pd.concat([spells(30, 41, 20), spells(3, 61, 0), spells(10, 91, 0)])
    shown, few = (
        protected(HALF, spread).iloc[0],
        protected(HALF, spells(9, 61, 2)).iloc[0],
    )
    assert (shown["denominator"], shown["value"]) == (60, 2.0)
    assert shown["lower_ci"] <= shown["value"] <= shown["upper_ci"]
    assert few[["value", "lower_ci", "upper_ci", "denominator"]].isna().all()


def protected(item, records: pd.DataFrame) -> pd.DataFrame:
    cover = pd.DataFrame(
        {
            "table": ["spells"],
            "start": [pd.Timestamp("2014-04-01")],
            "end": [pd.Timestamp("2017-03-31")],
        }
    )
    places = {"area": ("X06000001", "Mereford")}
    no_one = pd.DataFrame(columns=["series", "area_code", "year", "population", "release"])
    items = {item.id: item}
    found = measure({"spells": records}, cover, items.values(), Quarter(2016, 4), places, no_one)
    return protect(found, items, policy())
