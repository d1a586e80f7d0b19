"""The worked numbers of docs/methods.md are what the code gives."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from lscb_analysis.catalogue import breakdowns, indicators
from lscb_analysis.catalogue.toml_file import read_toml
from lscb_analysis.funnels import standing
from lscb_analysis.periods import (
    add_months,
    add_working_days,
    day_label,
    quarter_of,
    working_days_between,
)
from lscb_analysis.pipeline.all_areas import all_areas
from lscb_analysis.sources.published import read_published
from lscb_analysis.statistics.change import ratio_change, smallest_clear_change
from lscb_analysis.statistics.durations import lasting
from lscb_analysis.statistics.intervals import poisson_rate, wilson
from lscb_analysis.statistics.process import process
from lscb_analysis.statistics.rounding import percentage, rate
from lscb_analysis.statistics.trend import detectable_change, quasi_poisson_trend

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "methods.md").read_text("utf-8")
PAGE_TESTS = Path(__file__).resolve().parents[1] / "statistics"
FIGURES = Path(__file__).resolve().parents[2] / "data" / "raw" / "published"
TEXT = re.sub(r"\s+", " ", PAGE)


def day(text: str) -> pd.Series:
    return pd.Series(pd.to_datetime([text]))


def working_day(start: str, count: int) -> date:
    return add_working_days(day(start), count).iloc[0].date()


@pytest.mark.parametrize(
    ("above", "below", "printed"),
    [(13, 80, 16.3), (613, 3563, 17.2), (75, 458, 16.4), (927, 2445, 37.9)],
)
def test_a_worked_percentage_is_rounded_half_up(above, below, printed):
    assert percentage(above, below) == printed
    assert f"{printed}" in TEXT
    assert f"{below:,}" in TEXT


def test_rounding_to_even_would_print_another_number():
    assert round(16.25, 1) == 16.2
    assert "would print 16.2" in TEXT


def test_a_worked_rate_is_the_published_one():
    assert rate(397, 85492, 10000, 1) == 46.4
    assert "397 × 10,000 ÷ 85,492 = 46.4" in TEXT
    assert rate(12 + 9 + 15, 303000, 100000, 1) == 11.9
    assert "36 × 100,000 ÷ 303,000 = 11.9" in TEXT


@pytest.mark.parametrize(
    ("start", "count", "printed"),
    [
        ("2017-04-13", 1, "working day 1 is Tuesday 18 April"),
        ("2017-04-13", 15, "working day 15 is Tuesday 9 May 2017"),
        ("2016-12-01", 20, "matures on Tuesday 3 January 2017"),
    ],
)
def test_a_worked_deadline_is_that_working_day(start, count, printed):
    found = working_day(start, count)
    assert printed in TEXT
    assert f"{found:%A} {day_label(found)}".startswith(printed.split(" is ")[-1].split(" on ")[-1])
    assert working_days_between(day(start), day(str(found))).iloc[0] == count


def test_the_worked_enquiry_matures_in_the_next_quarter():
    assert quarter_of(date(2016, 12, 1)).label == "2016-17 Q3"
    assert quarter_of(working_day("2016-12-01", 20)).label == "2016-17 Q4"
    assert "started in 2016-17 Q3 and in the percentage of 2016-17 Q4" in TEXT


def test_the_worked_reviews_fall_due_as_written():
    assert add_months(day("2017-01-10"), 3).iloc[0].date() == date(2017, 4, 10)
    assert add_months(day("2017-04-10"), 6).iloc[0].date() == date(2017, 10, 10)
    assert add_months(day("2017-01-03"), 3).iloc[0].date() == date(2017, 4, 3)


def test_the_page_lists_the_placement_groups_and_their_codes():
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", PAGE, flags=re.M)
    listed = {group: codes for group, codes in rows if group not in ("group", "---")}
    assert set(listed) == set(breakdowns()["placement_type"].categories) - {"Not known"}
    coded = read_toml("codes/looked_after.toml")["placement_type"]
    for code, group in coded.items():
        if re.fullmatch(r"[A-Z]\d{1,2}", code):
            assert re.search(rf"\b{code[0]}\d", listed[group]), (code, group)


def test_the_page_lists_the_needs_of_the_insights_table():
    for name in breakdowns()["insights_attribute"].categories:
        assert f"`{name}`" in PAGE


def test_the_worked_process_chart_is_told_as_the_page_says():
    points = [5, 4, 5, 4, 5, 4, 5, 4, 1, 2, 3, 4, 5, 6, 7, 5, 4, 5, 4, 5]
    found = process(points)
    assert " ".join(map(str, points)) in TEXT
    assert [at for at, rule in enumerate(found.rules, 1) if rule == "outside"] == [9]
    assert [at for at, rule in enumerate(found.rules, 1) if rule == "trend"] == [*range(10, 16)]
    assert "the ninth point is outside its limits, the next six end a trend" in TEXT


def test_the_worked_changes_are_what_the_code_gives():
    found = ratio_change(312, 268)
    assert f"ratio {found.size:.3f}, 95 % interval {found.lower:.2f} to {found.upper:.2f}" in TEXT
    assert smallest_clear_change(20) == (36, 8)
    assert smallest_clear_change(5) == (15, None)
    assert "From 20 only a rise to 36 or a fall to 8" in TEXT


def test_the_worked_funnel_is_that_of_the_figures_that_come_with_the_package():
    figures = read_published(FIGURES).figures
    found = standing(
        all_areas(figures, [indicators()["cp_plans_rate"]]),
        indicators()["cp_plans_rate"],
        "E06000016",
    )
    assert found is not None
    assert (found.own["numerator"], found.own["denominator"]) == (430, 88726)
    told = f"{found.value:.1f} per 10,000; all {len(found.areas)} authorities together"
    assert told in TEXT
    assert f"{found.rate:.1f}; 99.8 % limits {found.lower:.1f} to {found.upper:.1f}" in TEXT
    assert found.place in ("inside", "near")


def test_the_worked_neighbours_have_the_intervals_that_the_page_says():
    low, high = (float(each[0]) * 100 for each in wilson([81], [263]))
    assert f"{percentage(81, 263)} %, 95 % interval {low:.1f} to {high:.1f}" in TEXT
    low, high = (float(each[0]) for each in poisson_rate([20], [100_000], 100_000))
    assert f"20 in 100,000 has {low:.1f} to {high:.1f}" in TEXT


def test_the_worked_trend_is_what_the_code_gives():
    rising = [round(100 * 1.05**step) + (-1) ** step * 3 for step in range(12)]
    found = quasi_poisson_trend(rising)
    told = [(each - 1) * 100 for each in (found.yearly, found.lower, found.upper)]
    assert rising[0] == 103
    assert f"{told[0]:.1f} % more a year, 95 % interval {told[1]:.1f} to {told[2]:.1f} %" in TEXT
    sizes = [f"{detectable_change(events):.1f}" for events in (100, 400)]
    assert f"to {sizes[0]} times would be found, with 400 one to {sizes[1]} times" in TEXT


def test_the_worked_spells_last_as_long_as_the_page_says():
    found = lasting([5, 5, 8, 8, 12, 16, 23, 27], [1, 1, 1, 1, 1, 0, 1, 1])
    half, open_then = found.quantile(0.5), float(found.share_open(10)[0]) * 100
    assert f"half have ended within {half:.0f} days, and {open_then:.0f} % are open" in TEXT


def test_every_key_that_is_left_out_is_named_with_its_reason_and_none_that_is_held():
    held = json.loads((PAGE_TESTS / "vectors.json").read_text("utf-8"))["vectors"]
    listed = re.findall(r"^- (`.*?): ", PAGE[PAGE.index("### Left out") :], re.M)
    left_out = set(re.findall(r"`([\w.]+)`", " ".join(listed)))
    assert len(left_out) == 21
    assert left_out.isdisjoint(each["id"] for each in held)
    assert f"is met ({len(held)}, of R packages" in TEXT
