"""Where the year will end: a range where forecasts have held, and nothing elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from lscb_analysis.ahead import year_end
from lscb_analysis.charts import where_will_the_year_end
from lscb_analysis.narrative import coming_alt, coming_headline, coming_sentence
from lscb_analysis.periods import Quarter
from lscb_analysis.selecting import points
from tests.drawn import indicator
from tests.showing import MEREFORD, values

REFERRALS = indicator("referrals", title="Referrals", unit="referrals")
PLANS = indicator("plans", "stock", title="Children with a plan", unit="children")
FLOW = [310, 305, 322, 298, 315, 301, 309, 326, 295, 312, 304, 318, 299, 307, 321]


Q3 = Quarter(2016, 3)


def drawn(figures, of=REFERRALS, last=Q3):
    quarters = last.last(len(figures))
    names = [each.label for each in quarters]
    if of.measure == "stock":
        names = [f"{each.end.day} {each.end:%B %Y}" for each in quarters]
    lines = [f"{of.id} | {at} | {figure}" for at, figure in zip(names, figures, strict=True)]
    drawing = "\n".join(["indicator | period | figure", *lines])
    kind = "date" if of.measure == "stock" else "quarter"
    return points(values(drawing), of, MEREFORD, kind)


def test_a_years_total_is_its_known_quarters_and_a_range_of_the_rest():
    found = year_end(drawn(FLOW), REFERRALS)
    assert found is not None
    known = sum(FLOW[-3:])
    low, high = found.coming[["lower", "upper"]].iloc[0]
    assert found.coming["period"].tolist() == ["2016-17 Q4"]
    assert low < np.mean(FLOW) < high
    # the total's range is the last quarter's, moved by what is known (drawn by chance)
    assert found.lower == pytest.approx(known + low, abs=3)
    assert found.upper == pytest.approx(known + high, abs=3)


def test_a_level_has_the_range_of_its_last_day_and_widens_as_it_goes():
    steps = np.cumsum(np.random.default_rng(5).normal(0, 12, 16)).round() + 400
    found = year_end(drawn([int(each) for each in steps], PLANS, Quarter(2017, 1)), PLANS)
    assert found is not None
    widths = found.coming["upper"] - found.coming["lower"]
    assert len(widths) == 3
    assert widths.is_monotonic_increasing
    assert (found.lower, found.upper) == tuple(found.coming[["lower", "upper"]].iloc[-1])
    assert "on 31 March 2018" in coming_headline(found, PLANS)


@pytest.mark.parametrize(
    ("figures", "of", "last"),
    [
        (FLOW[:11], REFERRALS, Q3),
        (FLOW[:12], REFERRALS, Quarter(2016, 2)),
        ([*FLOW[:8], "[c]", *FLOW[8:]], REFERRALS, Q3),
        ([*FLOW, "[x]"], REFERRALS, Q3),
        ([each // 20 for each in FLOW], REFERRALS, Q3),
        (FLOW, indicator("referrals", "proportion", unit="%"), Q3),
    ],
    ids=["too short", "too far", "withheld", "not received", "small", "a percentage"],
)
def test_where_no_forecast_can_be_justified_there_is_none(figures, of, last):
    assert year_end(drawn(figures, of, last), of) is None


def test_the_words_give_a_range_its_condition_and_how_earlier_ones_held():
    rows = drawn(FLOW)
    found = year_end(rows, REFERRALS)
    assert found is not None
    told = coming_sentence(found, REFERRALS)
    assert told.startswith("If recent patterns continue, there will be ")
    assert f"{found.lower:,.0f} to {found.upper:,.0f} referrals in the year 2016-17" in told
    assert f"Of the last {found.trials} forecasts" in told
    assert f"{found.hits} held" in told
    chart = where_will_the_year_end(
        rows,
        found,
        REFERRALS,
        headline=coming_headline(found, REFERRALS),
        alt=coming_alt(found, REFERRALS),
    )
    assert chart.question == "Where will the year end?"
    assert chart.data.iloc[-1].tolist() == [
        "2016-17, the whole year",
        f"{found.lower:,.0f} to {found.upper:,.0f} (80% range)",
    ]
    assert len(chart.data) == len(FLOW) + 2


def test_a_forecast_is_the_same_every_time():
    first, again = (year_end(drawn(FLOW), REFERRALS) for _ in range(2))
    assert first is not None
    assert again is not None
    assert (first.lower, first.upper) == (again.lower, again.upper)
