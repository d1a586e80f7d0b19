"""Rules of SSDA903 about episodes: each in itself, and how it follows the one before."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from lscb_analysis.sources.rules import Rule, Sent
from lscb_analysis.sources.ssda903_around import (
    Beside,
    reached_before,
    row_after,
    row_before,
    same_place,
)

_DFE = "DfE SSDA903 validation rule"
_START, _END = "episodes.started_date", "episodes.ceased_date"
_RNE, _REC = "episodes.new_episode", "episodes.ceased_reason"
_LS, _PLACE = "episodes.legal_status", "episodes.placement_type"
_NEXT_DAY = "correct the dates or the codes of the two episodes"


def _before(sent: Sent) -> Beside:
    return row_before(sent["episodes"], "started_date", "ceased_date")


def _after(sent: Sent) -> Beside:
    return row_after(sent["episodes"], "started_date", "ceased_date")


def _left_open(sent: Sent) -> pd.Series:
    return sent["episodes"]["ceased_date"].isna() & _after(sent)["started_date"].notna()


def _overlaps(sent: Sent) -> pd.Series:
    episodes = sent["episodes"]
    reached = reached_before(episodes, "started_date", "ceased_date")
    return reached.gt(episodes["started_date"])


def _does_not_go_on(sent: Sent) -> pd.Series:
    episodes, after = sent["episodes"], _after(sent)
    goes_on = episodes["ceased_reason"].eq("X1") & episodes["ceased_date"].notna()
    return goes_on & ~after["started_date"].le(episodes["ceased_date"])


def _goes_on_after_leaving(sent: Sent) -> pd.Series:
    episodes, before = sent["episodes"], _before(sent)
    has_left = before["ceased_date"].notna() & ~before["ceased_reason"].isin(["X1", ""])
    return has_left & _continues(episodes) & before["ceased_reason"].notna()


def _continues(episodes: pd.DataFrame) -> pd.Series:
    return ~episodes["new_episode"].isin(["S", ""])


def _follows(sent: Sent) -> tuple[pd.DataFrame, Beside, pd.Series]:
    """The episodes, those before, and whether each starts on the day that ended."""
    episodes, before = sent["episodes"], _before(sent)
    return episodes, before, before["ceased_date"].eq(episodes["started_date"])


def _continues_elsewhen(sent: Sent) -> pd.Series:
    episodes, before = sent["episodes"], _before(sent)
    return _continues(episodes) & before["ceased_date"].lt(episodes["started_date"])


def _starts_again(sent: Sent) -> pd.Series:
    episodes, _, follows = _follows(sent)
    return episodes["new_episode"].eq("S") & follows


def _first_is_no_start(sent: Sent) -> pd.Series:
    episodes, before = sent["episodes"], _before(sent)
    is_first = before["started_date"].isna() & episodes["started_date"].gt(sent.first_day)
    return is_first & _continues(episodes)


def _says(
    codes: tuple[str, ...], *, status_changes: bool, place_changes: bool
) -> Callable[[Sent], pd.Series]:
    """Whether the reason for the new episode says another change than the episodes show.

    A placement may change without its type: a change of placement is not looked for.
    """

    def fails(sent: Sent) -> pd.Series:
        episodes, before, follows = _follows(sent)
        status = episodes["legal_status"].ne(before["legal_status"])
        place = same_place(episodes["placement_type"]).ne(same_place(before["placement_type"]))
        is_other = status.ne(status_changes) | (place & (not place_changes))
        return episodes["new_episode"].isin(codes) & follows & is_other

    return fails


def _goes_on_after_the_last(sent: Sent) -> pd.Series:
    after = _after(sent)
    is_last = sent["episodes"]["ceased_reason"].isin(["E2", "E15"])
    return is_last & sent["episodes"]["ceased_date"].notna() & after["started_date"].notna()


def _other_need(sent: Sent) -> pd.Series:
    episodes, before, follows = _follows(sent)
    both = episodes["category_of_need"].ne("") & before["category_of_need"].ne("")
    is_other = episodes["category_of_need"].ne(before["category_of_need"])
    return follows & _continues(episodes) & both & is_other


def _rule(
    name: str,
    number: str,
    column: str,
    needs: tuple[str, ...],
    fails: Callable[[Sent], pd.Series],
    *,
    found: str,
    expected: str,
    action: str,
) -> Rule:
    origin = f"{_DFE} {number}"
    needed = tuple(dict.fromkeys((_START, _END, *needs)))
    return Rule(
        f"ssda903.{name}", origin, "episodes", column, needed, fails, found, expected, action
    )


RULES: tuple[Rule, ...] = (
    _rule(
        "reason_without_end", "148", "ceased_reason", (_REC,),
        lambda sent: sent["episodes"]["ceased_date"].isna()
        & sent["episodes"]["ceased_reason"].ne(""),
        found="a reason for ceasing without the date",
        expected="both the date and the reason, or neither",
        action="send the date, or clear the reason; until then the episode is open",
    ),
    _rule(
        "end_without_reason", "148", "ceased_reason", (_REC,),
        lambda sent: sent["episodes"]["ceased_date"].notna()
        & sent["episodes"]["ceased_reason"].eq(""),
        found="an end without a reason that we know",
        expected="both the date and the reason, or neither",
        action="send the reason; until then it is not known",
    ),
    _rule(
        "end_before_start", "356", "ceased_date", (),
        lambda sent: sent["episodes"]["ceased_date"].lt(sent["episodes"]["started_date"]),
        found="an end before the start",
        expected="an end on or after the start",
        action="correct the date that is wrong; until then it ends on the day it starts",
    ),
    _rule(
        "no_night", "355", "ceased_date", (),
        lambda sent: sent["episodes"]["ceased_date"].eq(sent["episodes"]["started_date"]),
        found="an episode that ends on the day it starts",
        expected="an episode of a night or more",
        action="correct the dates, or take the episode out",
    ),
    _rule(
        "left_open", "142", "ceased_date", (), _left_open,
        found="an episode without an end, though a later one of the child has started",
        expected="an end on the day the next begins",
        action="send the end; until then the two count as one period, still open",
    ),
    _rule(
        "overlap", "501", "started_date", (), _overlaps,
        found="an episode that starts before an earlier one of the child has ended",
        expected="one episode at a time",
        action="correct the dates; until then the two count as one period",
    ),
    _rule(
        "next_is_absent", "388", "ceased_reason", (_REC,), _does_not_go_on,
        found="an episode that is to go on in another (X1), without that other",
        expected="an episode that starts on the day this one ends",
        action="send the next episode, or the reason that care ended",
    ),
    _rule(
        "start_expected", "432", "new_episode", (_RNE, _REC), _goes_on_after_leaving,
        found="an episode that says it goes on, after one that ended care",
        expected="S (started to be looked after)",
        action=_NEXT_DAY,
    ),
    _rule(
        "goes_on_elsewhen", "433", "started_date", (_RNE,), _continues_elsewhen,
        found="an episode that says it goes on, but from later than the day that the last ended",
        expected="a start on the day that the one before ended",
        action=_NEXT_DAY,
    ),
    _rule(
        "start_on_the_same_day", "431", "new_episode", (_RNE,), _starts_again,
        found="a new start on the day that the episode before ended",
        expected="a reason that says what changed, or a night between",
        action=_NEXT_DAY + "; until then it is a new period of care",
    ),
    _rule(
        "first_is_no_start", "357", "new_episode", (_RNE,), _first_is_no_start,
        found="the first episode of a child, within the year, that is no start",
        expected="S (started to be looked after)",
        action="correct the code, or send the episode before; it is read as a start",
    ),
    _rule(
        "legal_status_alone", "434", "new_episode", (_RNE, _LS, _PLACE),
        _says(("L",), status_changes=True, place_changes=False),
        found="L (legal status only), but not just the legal status changed",
        expected="another legal status, and the same placement",
        action=_NEXT_DAY,
    ),
    _rule(
        "placement_alone", "435", "new_episode", (_RNE, _LS, _PLACE),
        _says(("P", "T"), status_changes=False, place_changes=True),
        found="P or T (placement only), but the legal status changed",
        expected="the same legal status",
        action=_NEXT_DAY,
    ),
    _rule(
        "status_and_placement", "436", "new_episode", (_RNE, _LS, _PLACE),
        _says(("B", "U"), status_changes=True, place_changes=True),
        found="B or U (legal status and placement), but the legal status is the same",
        expected="another legal status",
        action=_NEXT_DAY,
    ),
    _rule(
        "goes_on_after_the_last", "437", "ceased_reason", (_REC,), _goes_on_after_the_last,
        found="died or found to be 18 or over (E2, E15), and yet a later episode",
        expected="no episode after that",
        action="correct the reason, or take the later episode out",
    ),
    _rule(
        "other_need", "504", "category_of_need", (_RNE, "episodes.category_of_need"), _other_need,
        found="another category of need than when the period of care began",
        expected="the same from start to end of a period",
        action="correct the code; the first is used",
    ),
)  # fmt: skip
