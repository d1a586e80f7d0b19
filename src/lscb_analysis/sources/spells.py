"""Spells and the events in them: which spell an event belongs to, and when the next is due."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

OPEN = pd.Timestamp("2262-01-01")


def events_in_spells(
    events: pd.DataFrame, spells: pd.DataFrame, event: str, start: str, end: str
) -> pd.DataFrame:
    """Each event that falls within a spell of its child, with the spell's start and end.

    `events` has child_id and the date column `event`; `spells` child_id, `start` and
    `end` (missing while open). Both ends count. An event in no spell is left out; of
    two spells it belongs to the later. Gives child_id, `start`, `end`, `event`, once each.
    """
    dated = events[["child_id", event]].dropna().drop_duplicates()
    within = spells[["child_id", start, end]].dropna(subset=["child_id", start])
    matched = pd.merge_asof(
        dated.sort_values(event),
        within.sort_values(start),
        left_on=event,
        right_on=start,
        by="child_id",
    )
    inside = matched[start].notna() & (matched[end].isna() | matched[event].le(matched[end]))
    return matched[inside].sort_values(["child_id", start, event]).reset_index(drop=True)


def due_chain(
    spells: pd.DataFrame,
    events: pd.DataFrame,
    *,
    event: str,
    start: str,
    end: str,
    known_from: pd.Timestamp,
    first_due: Callable[[pd.Series], pd.Series],
    next_due: Callable[[pd.Series, pd.Series], pd.Series],
) -> pd.DataFrame:
    """Every due date of every spell, and the event that came next.

    The first event is due `first_due(start)`; each event, being number n of its spell,
    makes the next due `next_due(date, n)`. Of a spell that began before `known_from`,
    from which events are known, the chain starts there as if there had been an event,
    so that nothing counts as overdue that may have been done unseen. Gives the
    columns of `spells`, `due_date`, and `event` (missing where there was none yet).
    """
    seen = events_in_spells(events, spells, event, start, end)
    seen = seen[seen[event].ge(known_from)][["child_id", start, event]]
    seen["number"] = seen.groupby(["child_id", start]).cumcount() + 1
    anchors = spells[["child_id", start]].copy()
    is_old = anchors[start].lt(known_from)
    anchors[event] = anchors[start].where(~is_old, known_from)
    anchors["number"] = is_old.astype("int64") * 99
    seen = seen.merge(
        anchors[["child_id", start, "number"]], on=["child_id", start], suffixes=("", "_before")
    )
    seen["number"] += seen.pop("number_before")
    links = pd.concat([anchors, seen], ignore_index=True)
    links = links.sort_values(["child_id", start, "number"], kind="stable")
    after = links.groupby(["child_id", start])[event].shift(-1)
    due = next_due(links[event], links["number"])
    due = due.mask(links["number"].eq(0), first_due(links[event]))
    chain = links[["child_id", start]].assign(due_date=due, **{event: after})
    return chain.merge(spells, on=["child_id", start], how="left").reset_index(drop=True)


def due_while_open(chain: pd.DataFrame, end: str, as_of: pd.Timestamp) -> pd.DataFrame:
    """The rows of a chain that fell due by `as_of`, while the spell was open."""
    is_open = chain[end].isna() | chain[end].gt(chain["due_date"])
    return chain[is_open & chain["due_date"].le(as_of)].reset_index(drop=True)
