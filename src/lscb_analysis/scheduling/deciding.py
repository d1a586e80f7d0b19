"""Whether a scheduled run has anything to do today: by the deadline, the returns, the cut-off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lscb_analysis.periods import Quarter, day_label, parse_quarter, quarter_of
from lscb_analysis.settings import Schedule


@dataclass(frozen=True)
class Decision:
    """Whether to run today, whether it is the last time for the quarter, and why in words."""

    is_run: bool
    is_last: bool
    told: str


def due_quarter(today: date) -> Quarter:
    """The quarter that ended last.

    >>> due_quarter(date(2017, 4, 1)).id
    '2016-17-Q4'
    """
    return quarter_of(today).next(-1)


def decide(
    schedule: Schedule,
    today: date,
    waiting: Sequence[str],
    finished: Mapping[str, str],
) -> Decision:
    """What to do today for the quarter that ended last.

    `waiting` are the returns that are due and have not come, `finished` the day on which each
    quarter was finished. Before the deadline and once a quarter is finished there is nothing to
    do; with all returns in it runs once; until the cut-off it runs daily with what there is, on
    that day or the first one after it for the last time.
    """
    quarter = due_quarter(today)
    label = quarter.label
    if quarter.id in finished:
        return Decision(False, False, f"{label} was finished on {_day(finished[quarter.id])}")
    later = [parse_quarter(name) for name in finished if parse_quarter(name) > quarter]
    if later:
        return Decision(
            False,
            False,
            f"{max(later).label} is finished already, and today ({day_label(today)}) is before "
            "its end: is the clock right?",
        )
    deadline = quarter.end + timedelta(days=schedule.deadline_days)
    cutoff = quarter.end + timedelta(days=schedule.cutoff_days)
    if today <= deadline:
        return Decision(False, False, f"{label}: returns are due by {day_label(deadline)}")
    if not waiting:
        return Decision(True, True, f"{label}: all returns that are due are in")
    missing = f"{label}: waiting for {len(waiting)}: {'; '.join(waiting)}"
    if today < cutoff:
        told = f"{missing}. Tried again tomorrow, the last time on {day_label(cutoff)}"
        return Decision(True, False, told)
    return Decision(True, True, f"{missing}. The cut-off was {day_label(cutoff)}: made without")


def _day(text: str) -> str:
    return day_label(date.fromisoformat(text))
