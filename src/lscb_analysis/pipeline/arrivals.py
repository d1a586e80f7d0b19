"""Arrivals: when each return came, by its cover or by the day its file was first seen here."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from lscb_analysis.periods import parse_quarter

REGISTER = "arrivals.json"


def with_arrivals(returns: pd.DataFrame, seen: dict[str, str], due_days: int) -> pd.DataFrame:
    """The returns with `received` and `is_late` as far as they are known.

    A cover's own date counts, else the day on which the file was first seen (`seen`, by
    file, as ISO dates). A return is late where it came more than `due_days` after its
    quarter's end, or in a later quarter's submission.
    """
    if returns.empty:
        return returns
    first_seen = pd.to_datetime(returns["file"].map(seen)).astype("datetime64[ns]")
    received = pd.to_datetime(returns["received"]).astype("datetime64[ns]").fillna(first_seen)
    ends = returns["quarter"].map(_end)
    after_due = received.gt(ends + timedelta(days=due_days))
    return returns.assign(
        received=received, is_late=returns["is_late"].astype(bool) | after_due.astype(bool)
    )


def first_seen(state: Path, files: list[str], today: date) -> dict[str, str]:
    """The day on which each file was first seen, by file; remembered in the area's state.

    Files that were there before the first look have no date: nobody knows when they came.
    """
    path = state / REGISTER
    known = _read(path)
    days = {} if known is None else known
    new = [file for file in files if file not in days]
    if known is not None and not new:
        return {file: day for file, day in days.items() if day}
    day = "" if known is None else today.isoformat()
    days = days | dict.fromkeys(new, day)
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(days, indent=0, ensure_ascii=False), "utf-8")
    partial.replace(path)
    return {file: day for file, day in days.items() if day}


def _read(path: Path) -> dict[str, str] | None:
    """What was remembered; None where there is nothing, or nothing that can be read."""
    try:
        held = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(held, dict):
        return None
    return {str(file): str(day) for file, day in held.items()}


def _end(quarter: object) -> pd.Timestamp:
    return pd.Timestamp(parse_quarter(str(quarter).replace(" ", "-")).end)
