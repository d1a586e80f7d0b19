"""Random reports that add up by their making, without relations: no alarm, whatever the numbers."""

from __future__ import annotations

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lscb_analysis.statistics.rounding import percentage, rate
from tests.examples import examples
from tests.ledger import reports
from tests.ledger.test_made import alarms

COLUMNS = ["section", "label", "value", "unit", "period", "words"]
YEAR, BEFORE = "2018/19", "2017/18"
DAY, DAY_BEFORE = "31 March 2019", "31 March 2018"
NUMBERS = st.integers(6, 900)


@st.composite
def random_reports(draw) -> pd.DataFrame:
    """Sections as boards print them, each with numbers that follow from each other."""
    sections = [_front_door, _timeliness, _stock, _rows_of_ages, _offers, _income]
    chosen = draw(st.lists(st.sampled_from(sections), min_size=1, unique=True))
    rows = [row for section in chosen for row in section(draw)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _front_door(draw) -> list[list[str]]:
    boys, girls, unknown, before = (draw(NUMBERS) for _ in range(4))
    whole = boys + girls + unknown
    again = draw(st.integers(0, whole))
    words = "rose" if whole > before else "fell" if whole < before else ""
    return [
        ["Front door", "Referrals", f"{whole:,}", "referrals", YEAR, words],
        ["Front door", "of which boys", str(boys), "referrals", YEAR, ""],
        ["Front door", "of which girls", str(girls), "referrals", YEAR, ""],
        ["Front door", "of which sex not known", str(unknown), "referrals", YEAR, ""],
        ["Front door", "Re-referrals", str(again), "referrals", YEAR, ""],
        ["Front door", "Re-referrals (%)", _share(again, whole, 1), "percent", YEAR, ""],
        ["Front door", "Referrals", f"{before:,}", "referrals", BEFORE, ""],
    ]


def _timeliness(draw) -> list[list[str]]:
    within, late = draw(NUMBERS), draw(NUMBERS)
    unit = ["assessments", YEAR, ""]
    share = _share(within, within + late, 0)
    return [
        ["Assessments", "Assessments completed", f"{within + late:,}", *unit],
        ["Assessments", "Assessments completed within 45 working days", str(within), *unit],
        ["Assessments", "Assessments completed after 45 working days", str(late), *unit],
        ["Assessments", "% of assessments completed within 45 working days", share, "%", YEAR, ""],
    ]


def _stock(draw) -> list[list[str]]:
    opening, started, population = draw(NUMBERS), draw(NUMBERS), draw(st.integers(20_000, 200_000))
    ended = draw(st.integers(0, opening + started - 6))
    closing = opening + started - ended
    shown = f"{rate(closing, population, decimals=1):.1f}"
    change = f"{abs(percentage(closing, opening, 1) - 100):.1f}%"
    return [
        ["Plans", "Child protection plans", str(closing), "children", DAY, ""],
        ["Plans", "Child protection plans", str(opening), "children", DAY_BEFORE, ""],
        ["Plans", "Child protection plans, change on year", change, "percent", YEAR, ""],
        ["Plans", "Child protection plans started", str(started), "plans", YEAR, ""],
        ["Plans", "Child protection plans ended", str(ended), "plans", YEAR, ""],
        ["Plans", "Child protection plans per 10,000", shown, "per 10,000", DAY, ""],
        ["Plans", "Population aged 0-17", f"{population:,}", "children", "mid-2018", ""],
    ]


def _rows_of_ages(draw) -> list[list[str]]:
    bands = ["Under 1", "1 to 4", "5 to 9", "10 to 15", "16 and over"]
    counts = [draw(NUMBERS) for _ in bands]
    rows = [
        ["Ages", band, str(count), "children", DAY, ""]
        for band, count in zip(bands, counts, strict=True)
    ]
    return [*rows, ["Ages", "Total", f"{sum(counts):,}", "children", DAY, ""]]


def _offers(draw) -> list[list[str]]:
    offered = draw(NUMBERS)
    taken = draw(st.integers(0, offered))
    return [
        ["Missing", "Return interviews offered", str(offered), "interviews", YEAR, ""],
        ["Missing", "Return interviews accepted", str(taken), "interviews", YEAR, ""],
        ["Missing", "Return interview take-up", _share(taken, offered, 1), "percent", YEAR, ""],
    ]


def _income(draw) -> list[list[str]]:
    partners = ["Council", "Police", "Health", "Probation", "Schools"]
    sums = [draw(st.integers(100, 200_000)) for _ in range(draw(st.integers(2, 5)))]
    rows = [
        ["Income", name, f"£{money:,}", "GBP", YEAR, ""]
        for name, money in zip(partners, sums, strict=False)
    ]
    return [*rows, ["Income", "Total income", f"£{sum(sums):,}", "GBP", YEAR, ""]]


def _share(count: int, base: int, decimals: int) -> str:
    return f"{percentage(count, base, decimals):.{decimals}f}%"


SLOW = settings(
    max_examples=examples(20),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@SLOW
@given(random_reports(), st.booleans(), st.randoms(use_true_random=False))
def test_a_random_report_that_adds_up_gives_no_alarm(rows, has_sections, chance):
    """As printed; without its sections; its sections in another order."""
    names = list(dict.fromkeys(rows["section"]))
    chance.shuffle(names)
    rows = pd.concat([rows[rows["section"].eq(name)] for name in names], ignore_index=True)
    shown = rows if has_sections else rows.drop(columns="section")
    assert alarms(reports.checked(shown.set_axis(range(2, len(rows) + 2)), None)) == []
