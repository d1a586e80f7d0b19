"""When a quarter is run: after the deadline, daily until all is in, at the cut-off, and no more."""

from __future__ import annotations

from datetime import date

import pytest

from lscb_analysis.scheduling.deciding import decide
from lscb_analysis.settings import Schedule

SCHEDULE = Schedule(deadline_days=30, cutoff_days=60)
POLICE = ["Police, Incidents"]


@pytest.mark.parametrize(
    ("day", "waiting", "is_run", "is_last", "told"),
    [
        (date(2017, 4, 30), [], False, False, "returns are due by 30 April 2017"),
        (date(2017, 5, 1), [], True, True, "all returns that are due are in"),
        (date(2017, 5, 1), POLICE, True, False, "the last time on 30 May 2017"),
        (date(2017, 5, 29), POLICE, True, False, "waiting for 1: Police, Incidents"),
        (date(2017, 5, 30), POLICE, True, True, "The cut-off was 30 May 2017: made without"),
        (date(2017, 6, 30), POLICE, True, True, "made without"),
    ],
)
def test_what_is_done_on_a_day(day, waiting, is_run, is_last, told):
    found = decide(SCHEDULE, day, waiting, {})
    assert (found.is_run, found.is_last) == (is_run, is_last)
    assert told in found.told
    assert found.told.startswith("2016-17 Q4")


def test_a_finished_quarter_is_never_run_again():
    found = decide(SCHEDULE, date(2017, 5, 20), [], {"2016-17-Q4": "2017-05-02"})
    assert not found.is_run
    assert found.told == "2016-17 Q4 was finished on 2 May 2017"


def test_a_clock_that_jumps_back_runs_nothing():
    found = decide(SCHEDULE, date(2017, 2, 20), [], {"2016-17-Q4": "2017-05-02"})
    assert not found.is_run
    assert "is the clock right?" in found.told


def test_the_next_quarter_has_its_turn():
    found = decide(SCHEDULE, date(2017, 7, 31), [], {"2016-17-Q4": "2017-05-02"})
    assert found.is_run
    assert found.told.startswith("2017-18 Q1")
