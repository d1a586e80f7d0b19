from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from lscb_analysis.demo import planted
from lscb_analysis.demo.quarterly import incidents, write_police
from lscb_analysis.demo.returns import write_returns
from lscb_analysis.periods import add_working_days
from tests.demo.reading import rows_of, sheet

LAST, BEFORE = planted.LAST, planted.LAST.next(-1)


def _annex_a(folder, quarter, name):
    return sheet(folder / quarter.id / f"Annex A {quarter.id}.xlsx", name)


def _mean(board, quarters, place):
    found = [
        sum(quarter.start <= plan[place] <= quarter.end for plan in board.lives.plans)
        for quarter in quarters
    ]
    return sum(found) / len(found)


def test_plan_starts_rise_by_about_a_third_for_three_quarters_then_ends_rise(board):
    before = [quarter for quarter in planted.QUARTERS if quarter < planted.STEP_QUARTERS[0]]
    after = [quarter for quarter in planted.QUARTERS if quarter > planted.STEP_QUARTERS[-1]]
    rise = _mean(board, planted.STEP_QUARTERS, 1) / _mean(board, before, 1)
    assert 1.25 <= rise <= 1.45
    assert _mean(board, after, 1) < 1.1 * _mean(board, before, 1)
    assert _mean(board, after, 2) > 1.2 * _mean(board, before, 2)


def test_referrals_dip_in_the_summer_quarter_of_each_year(board):
    found = Counter(
        quarter.number
        for _, day, *_ in board.lives.referrals
        for quarter in planted.QUARTERS
        if quarter.start <= day <= quarter.end
    )
    assert found[2] == min(found.values())


def test_police_incidents_are_more_in_summer_and_at_christmas():
    found = Counter(row[1].month for row in incidents(planted.SEED))
    busy = sum(found[month] for month in planted.INCIDENT_MONTHS) / len(planted.INCIDENT_MONTHS)
    usual = [found[month] for month in range(1, 13) if month not in planted.INCIDENT_MONTHS]
    assert 1.08 <= busy / (sum(usual) / len(usual)) <= 1.22


def test_the_police_files_of_one_quarter_arrive_with_the_next(folder):
    late = folder / BEFORE.id / "late"
    assert BEFORE.next(-1) == planted.LATE_POLICE
    (incidents_file,) = late.glob("*incidents.csv")
    days = {row["Incident Date"][3:] for row in rows_of(incidents_file, "cp1252")}
    assert days == {"07/2016", "08/2016", "09/2016"}
    (cover,) = sheet(late / "partner_return_police.xlsx", "Return")
    assert cover["Quarter"] == planted.LATE_POLICE.id


def test_the_quarter_that_is_late_has_no_police_file_of_its_own(tmp_path, board):
    assert write_police(tmp_path, board, planted.LATE_POLICE) == []
    names = {path.name for path in write_returns(tmp_path, board.seed, planted.LATE_POLICE)}
    assert "partner_return_police.xlsx" not in names


def test_fewer_initial_health_assessments_are_on_time_in_the_last_two_quarters(board):
    first = {
        (child, started): day
        for child, started, day, kind in board.care.health
        if kind == "Initial"
    }
    periods = [p for p in board.care.periods if p.legal != "V4"]
    due = add_working_days(pd.Series(pd.to_datetime([p.started for p in periods])), 20).dt.date

    def on_time(quarters):
        flags = [
            first.get((p.child, p.started), LAST.next().end) <= day
            for p, day in zip(periods, due, strict=True)
            if quarters[0].start <= day <= quarters[-1].end and (p.ceased is None or p.ceased > day)
        ]
        return sum(flags) / len(flags)

    assert 0.65 <= on_time(planted.QUARTERS[:-2]) <= 0.80
    assert on_time(planted.QUARTERS[-2:]) < 0.6


def test_dirty_rows_are_in_the_last_quarters_lists_and_police_file(folder):
    referrals = _annex_a(folder, LAST, "List 3")
    assert planted.IMPOSSIBLE_DATE in [row["Date of referral"] for row in referrals]
    assert "14/10/1066" in [row["Date of Birth"] for row in referrals]
    untidy = [row["Child Unique ID"] for row in referrals if str(row["Child Unique ID"])[0] == " "]
    assert len(untidy) == 1
    assert untidy[0].strip().islower()
    keys = Counter((row["Child Unique ID"], row["Date of referral"]) for row in referrals)
    assert max(keys.values()) == 2

    ethnicities = [row["Ethnicity"] for row in _annex_a(folder, LAST, "List 4")]
    assert ethnicities.count(planted.UNKNOWN_ETHNICITY) == 1
    plans = _annex_a(folder, LAST, "List 7")
    starts, ends = "Child Protection Plan Start Date", "Child Protection Plan End Date"
    backwards = [row for row in plans if row[ends] and row[ends] < row[starts]]
    assert len(backwards) == 1
    births = [row["Date of Birth"] for row in _annex_a(folder, LAST, "List 8")]
    assert births.count(planted.NO_DATE) == 1

    (police,) = (folder / LAST.id).glob("police*incidents.csv")
    sent = rows_of(police, "cp1252")
    assert planted.IMPOSSIBLE_DATE in [row["Incident Date"] for row in sent]
    assert planted.UNKNOWN_GRADE in [row["Risk Grade"] for row in sent]
    assert max(Counter(row["Incident ID"] for row in sent).values()) == 2


def test_the_quarter_before_has_no_dirty_rows(folder):
    plans = _annex_a(folder, BEFORE, "List 7")
    keys = Counter(
        (row["Child Unique ID"], row["Child Protection Plan Start Date"]) for row in plans
    )
    assert max(keys.values()) == 1


def test_the_last_submission_revises_conferences_of_the_quarter_before(folder):
    met, outcome = (
        "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
    )

    def outcomes(quarter):
        return {
            (row["Child Unique ID"], row[met]): row[outcome]
            for row in _annex_a(folder, quarter, "List 5")
            if row[met]
        }

    earlier, later = outcomes(BEFORE), outcomes(LAST)
    revised = [key for key, said in earlier.items() if key in later and said != later[key]]
    assert 3 <= len(revised) <= 30
    assert all(earlier[key] == "" and later[key] for key in revised)
    # what is revised is the quarter's own: nothing stays blank that no later submission holds
    unsaid = {key for key, said in earlier.items() if not said}
    assert unsaid == set(revised)


@pytest.mark.parametrize("category", planted.SMALL_CATEGORIES)
def test_few_children_are_on_a_plan_for_the_small_categories_at_the_end(board, category):
    day = planted.SMALL_QUARTER.end
    held = [plan for plan in board.lives.plans if plan[1] <= day < plan[2] and plan[4] == category]
    assert 1 <= len(held) <= 5
