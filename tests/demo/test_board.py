from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pandas as pd
import pytest

from lscb_analysis.demo import planted
from lscb_analysis.demo.board import make_board
from lscb_analysis.demo.deaths import deaths
from lscb_analysis.demo.people import age_on
from lscb_analysis.demo.quarterly import incidents
from lscb_analysis.periods import Quarter, working_days_between

YEARS = (2014, 2015, 2016)


def _days(year):
    return Quarter(year, 1).start, Quarter(year, 4).end


def _in_year(events, year, place):
    first, last = _days(year)
    return [event for event in events if event[place] and first <= event[place] <= last]


def _share(flags):
    flags = list(flags)
    return sum(flags) / len(flags)


def _working_days(pairs):
    starts, ends = zip(*pairs, strict=True)
    return working_days_between(pd.Series(pd.to_datetime(starts)), pd.Series(pd.to_datetime(ends)))


def _no_short_breaks(board):
    return [period for period in board.care.periods if period.legal != "V4"]


def test_the_same_seed_gives_the_same_board_and_another_seed_another(board):
    again, other = make_board(planted.SEED), make_board(planted.SEED + 1)
    assert again.lives == board.lives
    assert again.care == board.care
    assert other.lives.plans != board.lives.plans


@pytest.mark.parametrize("quarter", planted.QUARTERS, ids=lambda quarter: quarter.id)
def test_plans_at_the_end_are_those_at_the_start_and_starts_less_ends(board, quarter):
    opening, closing = quarter.next(-1).end, quarter.end
    open_then, open_now = board.on_plan(opening), board.on_plan(closing)
    began = [plan for plan in board.lives.plans if quarter.start <= plan[1] <= closing]
    ended = [plan for plan in board.lives.plans if quarter.start <= plan[2] <= closing]
    assert len(open_now) == len(open_then) + len(began) - len(ended)
    assert 400 <= len(open_now) <= 520


@pytest.mark.parametrize("quarter", planted.QUARTERS, ids=lambda quarter: quarter.id)
def test_children_looked_after_add_up_from_quarter_to_quarter(board, quarter):
    periods = _no_short_breaks(board)

    def stock(day):
        return sum(p.started <= day and (p.ceased is None or p.ceased > day) for p in periods)

    began = sum(quarter.start <= p.started <= quarter.end for p in periods)
    ceased = sum(p.ceased is not None and quarter.start <= p.ceased <= quarter.end for p in periods)
    assert stock(quarter.end) == stock(quarter.next(-1).end) + began - ceased
    assert 600 <= stock(quarter.end) <= 660


def test_most_children_on_a_plan_are_still_on_it_a_quarter_later(board):
    before, after = (board.on_plan(quarter.end) for quarter in planted.QUARTERS[-2:])
    assert len(before & after) > len(before) / 2


def test_no_child_is_on_two_plans_or_in_two_periods_of_care_at_once(board):
    spells = {}
    for child, start, end, *_ in board.lives.plans:
        spells.setdefault(("plan", child), []).append((start, end))
    for period in board.care.periods:
        ceased = period.ceased or planted.LAST.end + timedelta(days=1)
        spells.setdefault(("care", period.child), []).append((period.started, ceased))
    for held in spells.values():
        held.sort()
        assert all(a[1] <= b[0] for a, b in pairwise(held))


def test_placements_follow_one_another_through_each_period_of_care(board):
    for period in board.care.periods:
        assert period.placements[0][0] == period.started
        assert period.placements[-1][1] == period.ceased
        for one, following in pairwise(period.placements):
            assert one[1] == following[0]


def test_nobody_is_on_a_plan_or_in_care_after_turning_eighteen(board):
    born = {name: child.born for name, child in board.people.children.items()}
    open_plans = board.on_plan(planted.LAST.end)
    in_care = {p.child for p in _no_short_breaks(board)} & board.in_care(planted.LAST.end)
    assert all(age_on(born[child], planted.LAST.end) < 18 for child in open_plans | in_care)
    assert any(age_on(born[child], planted.LAST.end) == -1 for child in open_plans)  # unborn


@pytest.mark.parametrize("year", YEARS)
def test_referrals_and_what_follows_are_of_the_size_of_a_middling_city(board, year):
    lives = board.lives
    assessed = _in_year(lives.assessments, year, 2)
    enquired = _in_year(lives.enquiries, year, 1)
    met = _in_year(lives.enquiries, year, 2)
    timed = [(event[1], event[2]) for event in met if event[1]]
    assert 3_300 <= len(_in_year(lives.referrals, year, 1)) <= 3_800
    assert 2_950 <= len(assessed) <= 3_400
    on_time = _working_days([(event[1], event[2]) for event in assessed]) <= 45
    assert 0.80 <= on_time.mean() <= 0.86
    assert 1_350 <= len(enquired) <= 1_550
    assert 0.80 <= (_working_days(timed) <= 15).mean() <= 0.95
    assert 0.80 <= _share(event[3] for event in met) <= 0.88
    assert 0 < sum(event[1] is None for event in met) < 30  # transfers in


@pytest.mark.parametrize("year", YEARS)
def test_between_seventeen_and_twenty_five_in_a_hundred_referrals_are_again(board, year):
    dates = {}
    for child, day, *_ in board.lives.referrals:
        dates.setdefault(child, []).append(day)
    again = [
        any(timedelta(0) < day - other <= timedelta(days=365) for other in dates[child])
        for child, day, *_ in _in_year(board.lives.referrals, year, 1)
    ]
    assert 0.17 <= _share(again) <= 0.25


@pytest.mark.parametrize("year", YEARS)
def test_police_incidents_are_of_the_size_and_mix_meant(year):
    found = _in_year(incidents(planted.SEED), year, 1)
    assert 4_200 <= len(found) <= 4_800
    assert 0.35 <= _share(row[4] == "Yes" for row in found) <= 0.45
    assert 0.20 <= _share(row[5] == "Yes" for row in found) <= 0.30
    assert 0.02 <= _share(row[3] == "" for row in found) <= 0.08
    assert all(row[4] == "Yes" for row in found if row[5] == "Yes")
    assert 2_800 <= sum(row[7] for row in found) <= 3_300


def test_child_deaths_are_reviewed_at_a_steady_pace_with_some_always_open():
    cases = deaths(planted.SEED)
    for year in range(2011, 2017):
        first, last = _days(year)
        assert 55 <= sum(first <= case.died <= last for case in cases) <= 85
        assert 58 <= sum(first <= case.reviewed <= last for case in cases) <= 76
        assert any(case.notified <= last < case.reviewed for case in cases)
    assert all(case.died <= case.notified < case.reviewed for case in cases)
    assert 0.2 <= _share(case.modifiable == "Yes" for case in cases) <= 0.33


def test_brothers_and_sisters_are_on_plans_together(board):
    day = planted.LAST.end
    families = Counter(board.people.children[child].family for child in board.on_plan(day))
    together = sum(count for count in families.values() if count > 1)
    assert together > 0.4 * families.total()
