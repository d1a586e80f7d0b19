"""Rules of SSDA903 about limits: how long, how old, which provider goes with which placement."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from lscb_analysis.sources.rules import Rule, Sent
from lscb_analysis.sources.ssda903_around import (
    ADOPTED,
    SHORT_BREAKS,
    TEMPORARY,
    birthday,
    born,
    row_after,
    row_before,
)

_DFE = "DfE SSDA903 validation rule"
_NEEDS = ("episodes.started_date", "episodes.ceased_date", "episodes.new_episode")
_BORN = ("header.birth_date",)
# From 2023/24 nobody under 16 may be in independent living or supported accommodation.
_AT_16, _AT_16_FROM = ("P2", "H5", "K3"), 2023
_NO_PROVIDER = (*TEMPORARY, "Z1", "Z11", "Z12", "Z13", "Z14")
_LIMITS = (
    ("police_protection", "361", "legal_status", ("L1",), 3, "police protection (L1)"),
    ("emergency_order", "362", "legal_status", ("L2",), 21, "an emergency protection order (L2)"),
    ("assessment_order", "363", "legal_status", ("L3",), 7, "a child assessment order (L3)"),
    ("police_detention", "364", "legal_status", ("J2",), 21, "detention under PACE (J2)"),
    ("short_break", "365", "legal_status", ("V3",), 17, "a short break (V3)"),
    ("hospital", "375", "placement_type", ("T1",), 42, "a stay in hospital (T1)"),
    ("carers_holiday", "376", "placement_type", ("T3",), 21, "a carer's holiday (T3)"),
    ("temporary", "379", "placement_type", ("T4",), 7, "a temporary placement (T4)"),
)
_AGES = (
    ("youth_justice", "358", "legal_status", ("J1", "J2", "J3"), 10, "a legal status of justice"),
    ("independent", "370", "placement_type", ("P2",), 15, "independent living (P2)"),
    ("supported", "371", "placement_type", ("H5", "K3"), 14, "supported accommodation (H5, K3)"),
    ("custody", "372", "placement_type", ("R5",), 10, "youth custody (R5)"),
    ("school", "373", "placement_type", ("S1",), 4, "a residential school (S1)"),
    ("employment", "374", "placement_type", ("P3",), 14, "residential employment (P3)"),
)


def _lasts_longer(column: str, codes: Sequence[str], days: int) -> Callable[[Sent], pd.Series]:
    def fails(sent: Sent) -> pd.Series:
        episodes = sent["episodes"]
        until = episodes["ceased_date"].fillna(sent.last_day)
        lasted = (until - episodes["started_date"]).dt.days
        return episodes[column].isin(codes) & lasted.gt(days)

    return fails


def _is_younger(column: str, codes: Sequence[str], years: int) -> Callable[[Sent], pd.Series]:
    def fails(sent: Sent) -> pd.Series:
        episodes = sent["episodes"]
        is_later = sent.quarter.year >= _AT_16_FROM and codes[0] in _AT_16
        grown = birthday(born(sent, "episodes"), 16 if is_later else years)
        return episodes[column].isin(codes) & episodes["started_date"].lt(grown)

    return fails


def _later(codes: Sequence[str]) -> str:
    return ", from 2023/24 on of 16 or over" if codes[0] in _AT_16 else ""


def _past_18(sent: Sent) -> pd.Series:
    """Still looked after beyond the 18th birthday, but in a children's home under section 20."""
    episodes = sent["episodes"]
    grown = birthday(born(sent, "episodes"), 18)
    until = episodes["ceased_date"].fillna(sent.last_day + pd.Timedelta(days=1))
    is_allowed = episodes["legal_status"].eq("V2") & episodes["placement_type"].eq("K2")
    return until.gt(grown) & ~is_allowed


def _ends_too_late(codes: Sequence[str], years: int) -> Callable[[Sent], pd.Series]:
    def fails(sent: Sent) -> pd.Series:
        episodes = sent["episodes"]
        grown = birthday(born(sent, "episodes"), years)
        return episodes["ceased_reason"].isin(codes) & episodes["ceased_date"].ge(grown)

    return fails


def _no_provider(sent: Sent) -> pd.Series:
    episodes = sent["episodes"]
    needs_one = ~episodes["placement_type"].isin([*_NO_PROVIDER, ""])
    return episodes["placement_provider"].eq("") & needs_one


def _not_parents(sent: Sent) -> pd.Series:
    episodes = sent["episodes"]
    is_parents = episodes["placement_type"].eq("P1")
    provider = episodes["placement_provider"]
    return provider.ne("") & is_parents.ne(provider.eq("PR0"))


def _begins_temporary(sent: Sent) -> pd.Series:
    episodes = sent["episodes"]
    return episodes["new_episode"].eq("S") & episodes["placement_type"].isin(TEMPORARY)


def _reason_for_change(sent: Sent) -> pd.Series:
    """Episodes that ended as the placement changed, without a reason for the change."""
    episodes = sent["episodes"]
    after = row_after(episodes, "started_date", "ceased_date")
    moves = episodes["ceased_reason"].eq("X1") & episodes["ceased_date"].eq(after["started_date"])
    moves &= after["new_episode"].isin(["P", "B", "T", "U"])
    lasting = ~episodes["placement_type"].isin(TEMPORARY)
    lasting &= ~after["placement_type"].isin(TEMPORARY)
    return moves & lasting & episodes["place_change_reason"].eq("")


def _both_breaks(sent: Sent) -> pd.Series:
    """V3 straight after V4 or the other way round: one child, two ways of recording breaks."""
    episodes = sent["episodes"]
    before = row_before(episodes, "started_date", "ceased_date")["legal_status"]
    is_break = episodes["legal_status"].isin(SHORT_BREAKS) & before.isin(SHORT_BREAKS)
    return is_break & episodes["legal_status"].ne(before)


def _rule(
    name: str,
    number: str,
    column: str,
    needs: tuple[str, ...],
    fails: Callable[[Sent], pd.Series],
    *,
    found: str,
    expected: str,
    action: str = "correct the code or the dates",
) -> Rule:
    needed = tuple(dict.fromkeys((*_NEEDS[:2], f"episodes.{column}", *needs)))
    origin = f"{_DFE} {number}"
    return Rule(
        f"ssda903.{name}", origin, "episodes", column, needed, fails, found, expected, action
    )


RULES: tuple[Rule, ...] = (
    *(
        _rule(
            f"{name}_too_long", number, column, (), _lasts_longer(column, codes, days),
            found=f"{what} of more than {days} days",
            expected=f"at most {days} days",
        )
        for name, number, column, codes, days, what in _LIMITS
    ),
    *(
        _rule(
            f"{name}_too_young", number, column, _BORN, _is_younger(column, codes, years),
            found=f"{what} for a child younger than that allows",
            expected=f"a child of {years} or over{_later(codes)}",
            action="correct the code, the start or the date of birth",
        )
        for name, number, column, codes, years, what in _AGES
    ),
    _rule(
        "starts_before_birth", "302", "started_date", _BORN,
        lambda sent: sent["episodes"]["started_date"].lt(born(sent, "episodes")),
        found="an episode that starts before the child was born",
        expected="a start on or after the date of birth",
        action="correct the start or the date of birth",
    ),
    _rule(
        "starts_at_18", "352", "started_date", (*_BORN, _NEEDS[2]),
        lambda sent: sent["episodes"]["new_episode"].eq("S")
        & sent["episodes"]["started_date"].ge(birthday(born(sent, "episodes"), 18)),
        found="a person who started to be looked after at 18 or over",
        expected="a child under 18",
        action="correct the start or the date of birth",
    ),
    _rule(
        "past_18", "359", "ceased_date",
        (*_BORN, "episodes.legal_status", "episodes.placement_type"), _past_18,
        found="an episode that goes on after the 18th birthday",
        expected="an end by then (but in a children's home under section 20(5))",
        action="send the end, or correct the date of birth",
    ),
    _rule(
        "adopted_at_18", "386", "ceased_reason", _BORN, _ends_too_late(ADOPTED, 18),
        found="adopted (E11, E12) at 18 or over",
        expected="an adoption before the 18th birthday",
    ),
    _rule(
        "guardianship_at_18", "407", "ceased_reason", _BORN,
        _ends_too_late(("E43", "E44", "E45", "E46", "E47", "E48"), 18),
        found="a special guardianship order (E43 to E48) at 18 or over",
        expected="an order before the 18th birthday",
    ),
    _rule(
        "provider_missing", "526", "placement_provider", ("episodes.placement_type",), _no_provider,
        found="no placement provider",
        expected="a provider, but for temporary (T) and other (Z) placements",
        action="send the code of the provider",
    ),
    _rule(
        "provider_not_needed", "213", "placement_provider", ("episodes.placement_type",),
        lambda sent: sent["episodes"]["placement_provider"].ne("")
        & sent["episodes"]["placement_type"].isin(_NO_PROVIDER),
        found="a placement provider for a temporary (T) or other (Z) placement",
        expected="none for such a placement",
        action="clear the provider, or correct the placement",
    ),
    _rule(
        "parents_and_provider", "550", "placement_provider", ("episodes.placement_type",),
        _not_parents,
        found="parents as the provider (PR0) of another placement, or another provider of P1",
        expected="PR0 with P1, and only there",
        action="correct the provider or the placement",
    ),
    _rule(
        "begins_temporary", "380", "placement_type", (_NEEDS[2],), _begins_temporary,
        found="a period of care that begins with a temporary placement (T0 to T4)",
        expected="the usual placement first",
        action="send the usual placement",
    ),
    _rule(
        "change_without_reason", "225", "place_change_reason",
        ("episodes.placement_type", "episodes.ceased_reason", _NEEDS[2]), _reason_for_change,
        found="a change of placement without its reason",
        expected="why the placement changed",
        action="send the reason",
    ),
    _rule(
        "both_kinds_of_break", "426", "legal_status", (), _both_breaks,
        found="V3 and V4 for one child, one after the other",
        expected="one way of recording a child's short breaks",
        action="correct the legal status",
    ),
)  # fmt: skip
