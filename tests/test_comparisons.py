from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lscb_analysis.comparisons import (
    beside,
    closeness,
    latest_two,
    neighbour_mean,
    neighbours_code,
    revisions,
)
from lscb_analysis.periods import date_period
from lscb_analysis.sources.published import SeriesUse, published_values, read_published
from lscb_analysis.statistics.rounding import round_half_up
from lscb_analysis.values import as_values, check_values
from tests.drawn import indicator, table

ROOT = Path(__file__).resolve().parents[1]
LEICESTER = "E06000016"
MEREFORD = "X06000001"
MODELS = ("April 2021", "May 2025")
CATALOGUE = {
    "plans_rate": indicator("plans_rate", "rate"),
    "plans": indicator("plans", "stock"),
    "starts": indicator("starts", "count"),
    "repeats": indicator("repeats", "proportion"),
    "median": indicator("median", "duration"),
}
THREE = table(
    """
    model        | area_code | rank | neighbour_code | neighbour   | closeness
    Example 2016 | X06000001 | 1    | X06000011      | Aldermarsh  | Close
    Example 2016 | X06000001 | 2    | X06000012      | Brackenport | Not close
    Example 2016 | X06000001 | 3    | X06000013      | Calderwick  | Not close
    Example 2012 | X06000001 | 1    | X06000014      | Dunmarrow   | Close
    """
)
# means of Leicester's neighbours, computed outside this package from the same publications
KEY = pd.read_csv(
    ROOT / "tests" / "data" / "neighbour_means_leicester.csv", dtype={"period": "str"}
)


def drawn(drawing: str) -> pd.DataFrame:
    """The checked values drawn: a year is 31 March, a symbol is a status."""
    rows = table(drawing)
    kinds = {"c": "suppressed", "u": "low_reliability", "": "published"}
    symbols = rows.get("symbol", pd.Series("", index=rows.index)).fillna("")
    symbols = symbols.replace({"nan": "", "None": ""})
    days = pd.to_datetime(rows["year"].astype("str") + "-03-31")
    rows = rows.assign(
        area=rows["area_code"],
        period_type="date",
        period=[date_period(day.date()).period for day in days],
        period_start=days,
        period_end=days,
        symbol=symbols,
        status=symbols.map(kinds),
        source="The ministry",
        as_of=pd.to_datetime(rows["released"].astype("str") + "-12-31"),
        release=rows["released"].astype("str"),
    )
    return check_values(as_values(rows))


def test_the_mean_is_the_simple_one_rounded_half_up():
    values = drawn(
        """
        indicator  | area_code | year | value | released
        plans_rate | X06000011 | 2017 | 40.0  | 2017
        plans_rate | X06000012 | 2017 | 50.0  | 2017
        plans_rate | X06000013 | 2017 | 60.2  | 2017
        plans_rate | X06000014 | 2017 | 99.9  | 2017
        repeats    | X06000011 | 2017 | 0.1   | 2017
        repeats    | X06000012 | 2017 | 0.2   | 2017
        """
    )
    mean = check_values(neighbour_mean(values, THREE, MEREFORD, "Example 2016", CATALOGUE))
    # 150.2 / 3 = 50.07; 0.3 / 2 = 0.15, a half
    assert dict(zip(mean["indicator"], mean["value"], strict=True)) == {
        "plans_rate": 50.1,
        "repeats": 0.2,
    }
    assert set(mean["area"]) == {"Statistical neighbours (Example 2016 model)"}
    assert set(mean["area_code"]) == {neighbours_code(MEREFORD, "Example 2016")}
    assert mean["denominator"].isna().all()


def test_a_withheld_or_unreliable_neighbour_is_dropped_and_counted():
    values = drawn(
        """
        indicator | area_code | year | value | released | symbol
        median    | X06000011 | 2017 | 20    | 2017     | -
        median    | X06000012 | 2017 | -     | 2017     | c
        median    | X06000013 | 2017 | 90    | 2017     | u
        """
    )
    mean = neighbour_mean(values, THREE, MEREFORD, "Example 2016", CATALOGUE)
    assert mean[["value", "reason"]].values.tolist() == [[20.0, "1 of 3 neighbours"]]


def test_counts_are_never_averaged():
    values = drawn(
        """
        indicator | area_code | year | value | released
        plans     | X06000011 | 2017 | 400   | 2017
        starts    | X06000011 | 2017 | 300   | 2017
        unlisted  | X06000011 | 2017 | 30    | 2017
        """
    )
    assert neighbour_mean(values, THREE, MEREFORD, "Example 2016", CATALOGUE).empty


def test_each_neighbour_counts_with_its_current_release():
    values = drawn(
        """
        indicator  | area_code | year | value | released | is_current
        plans_rate | X06000011 | 2017 | 40    | 2017     | no
        plans_rate | X06000011 | 2017 | 30    | 2018     | yes
        plans_rate | X06000012 | 2017 | 50    | 2017     | yes
        """
    )
    mean = neighbour_mean(values, THREE, MEREFORD, "Example 2016", CATALOGUE)
    assert mean[["value", "release", "reason"]].values.tolist() == [
        [40.0, "2018", "2 of 3 neighbours"]
    ]


def test_another_model_is_another_mean_under_another_code():
    codes = {neighbours_code(area, model) for area in (LEICESTER, MEREFORD) for model in MODELS}
    assert len(codes) == 4
    assert all(len(code) == 9 and code.startswith("X7") for code in codes)
    values = drawn(
        """
        indicator  | area_code | year | value | released
        plans_rate | X06000014 | 2017 | 33    | 2017
        """
    )
    assert neighbour_mean(values, THREE, MEREFORD, "Example 2016", CATALOGUE).empty
    older = neighbour_mean(values, THREE, MEREFORD, "Example 2012", CATALOGUE)
    assert older["value"].tolist() == [33.0]


@pytest.fixture(scope="module")
def real():
    """Leicester's neighbours in both models, from the publications in data/raw/published."""
    read = read_published(ROOT / "data" / "raw" / "published")
    measures = {
        series: indicator(series, "duration" if unit == "working days" else "rate")
        for series, unit in zip(KEY["series"], KEY["unit"], strict=True)
    }
    uses = [SeriesUse(series, series, "calendar_year") for series in measures]
    values = published_values(read.figures, uses)
    means = [
        neighbour_mean(values, read.neighbours, LEICESTER, model, measures).assign(model=model)
        for model in MODELS
    ]
    return pd.concat(means), read.neighbours


def test_every_mean_of_leicesters_neighbours_is_that_of_the_answer_key(real):
    means, _ = real
    found = KEY.merge(
        means.rename(columns={"indicator": "series", "value": "mean"})[
            ["series", "model", "period", "mean", "reason", "release"]
        ],
        on=["series", "model", "period"],
        suffixes=("", "_found"),
        validate="1:1",
    )
    assert len(found) == len(KEY) == len(means) == 526
    assert (found["mean"] == round_half_up(found["value"], 1)).all()
    assert (found["reason"] == found["of_10"].astype("str") + " of 10 neighbours").all()
    assert (found["release"] == found["release_found"]).all()


def test_the_model_turns_the_comparison_round(real):
    means, _ = real
    rate = means[(means["indicator"] == "cpp_31mar_rate") & (means["period"] == "2017")]
    assert dict(zip(rate["model"], rate["value"], strict=True)) == {
        "April 2021": 52.6,
        "May 2025": 41.3,
    }  # Leicester's own is 46.4


def test_closeness_is_told_nearest_first_with_names_for_a_sentence(real):
    _, neighbours = real
    near = closeness(neighbours, LEICESTER, "May 2025")
    assert near[["closeness", "count", "of"]].values.tolist() == [
        ["Close", 1, 10],
        ["Somewhat close", 5, 10],
        ["Not close", 4, 10],
    ]
    assert near["names"].iloc[2] == "Ealing, Hounslow, Birmingham and Blackburn with Darwen"
    assert closeness(neighbours, LEICESTER, "No such model").empty


def test_a_revision_names_both_figures_and_both_releases():
    values = drawn(
        """
        indicator | area_code | year | value | released | is_current
        plans     | X06000001 | 2016 | 646   | 2016     | no
        plans     | X06000001 | 2016 | 646   | 2017     | no
        plans     | X06000001 | 2016 | 596   | 2018     | yes
        plans     | X06000001 | 2017 | 639   | 2018     | yes
        """
    )
    found = revisions(values)
    assert len(found) == 1
    assert found.iloc[0][
        ["period", "old_value", "old_release", "new_value", "new_release"]
    ].tolist() == ["31 March 2016", 646, "2017", 596, "2018"]


def test_a_figure_of_our_own_is_no_revision_of_a_published_one():
    values = drawn(
        """
        indicator | area_code | year | value | released | is_current
        plans     | X06000001 | 2016 | 646   | 2016     | no
        plans     | X06000001 | 2016 | 640   | 2018     | yes
        """
    )
    ours = values["release"] == "2018"
    assert revisions(values.assign(source=values["source"].mask(ours, "submissions"))).empty


BESIDE = """
    indicator  | area_code | year | value | released | symbol | is_current
    plans_rate | X06000001 | 2017 | 46.4  | 2017     | -      | yes
    plans_rate | X06000001 | 2016 | 61.8  | 2017     | -      | yes
    plans_rate | X06000001 | 2016 | 65.6  | 2016     | -      | no
    plans_rate | X92000001 | 2016 | 43.4  | 2017     | -      | yes
    plans_rate | X92000001 | 2017 | -     | 2017     | c      | yes
    repeats    | X92000001 | 2017 | 12.0  | 2017     | -      | yes
"""


def test_areas_are_set_side_by_side_by_period_from_current_releases():
    wide = beside(drawn(BESIDE), MEREFORD, ["X92000001", "X12000001"], "plans_rate")
    assert list(wide.columns[-3:]) == [MEREFORD, "X92000001", "X12000001"]
    assert list(wide["period"]) == ["31 March 2016", "31 March 2017"]
    assert wide[MEREFORD].tolist() == [61.8, 46.4]
    assert wide["X92000001"].iloc[0] == 43.4
    assert pd.isna(wide["X92000001"].iloc[1])
    assert wide["X12000001"].isna().all()


def test_period_types_are_never_mixed_side_by_side():
    values = drawn(BESIDE)
    quarter = values.iloc[[0]].assign(
        period_type="quarter", period="2016-17 Q4", period_start=pd.Timestamp("2017-01-01")
    )
    both = pd.concat([values, quarter], ignore_index=True)
    wide = beside(both, MEREFORD, ["X92000001"], "plans_rate")
    assert set(wide["period_type"]) == {"date"}
    asked = beside(both, MEREFORD, ["X92000001"], "plans_rate", period_type="quarter")
    assert asked[["period", MEREFORD]].values.tolist() == [["2016-17 Q4", 46.4]]


def test_an_indicator_without_figures_gives_no_periods_but_the_columns():
    wide = beside(drawn(BESIDE), MEREFORD, ["X92000001"], "median")
    assert wide.empty
    assert list(wide.columns[-2:]) == [MEREFORD, "X92000001"]


def test_the_latest_two_are_the_newest_shown_figures_older_first():
    values = drawn(BESIDE)
    pair = latest_two(values, MEREFORD, "plans_rate", "date")
    assert pair["value"].tolist() == [61.8, 46.4]
    assert latest_two(values, "X92000001", "plans_rate", "date")["value"].tolist() == [43.4]
