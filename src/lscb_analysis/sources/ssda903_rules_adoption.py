"""Rules of SSDA903 about adoption: the episodes, AD1 and placed for adoption together."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from lscb_analysis.sources.rules import Rule, Sent
from lscb_analysis.sources.ssda903_around import ADOPTED, ADOPTION_PLACES, CHILD, is_in, of_child

_DFE = "DfE SSDA903 validation rule"
_REC, _PLACE = "episodes.ceased_reason", "episodes.placement_type"
_COUPLES = ("MM", "FF", "MF")


def _is_adopted(sent: Sent) -> pd.Series:
    return sent["episodes"]["ceased_reason"].isin(ADOPTED)


def _adopted_elsewhere(sent: Sent) -> pd.Series:
    return _is_adopted(sent) & ~sent["episodes"]["placement_type"].isin(ADOPTION_PLACES)


def _not_adopted(sent: Sent) -> pd.Series:
    adopted = sent["episodes"].loc[_is_adopted(sent), CHILD]
    return ~sent["ad1"][CHILD].isin(adopted)


def _sex_of_couple(sent: Sent) -> pd.Series:
    rows = sent["ad1"]
    is_couple = rows["adopters_sex"].isin(_COUPLES)
    known = rows["adopters"].ne("") & rows["adopters_sex"].ne("")
    return known & rows["adopters"].eq("2").ne(is_couple)


def _status_of_couple(sent: Sent) -> pd.Series:
    rows = sent["ad1"]
    known = rows["adopters"].ne("") & rows["adopters_legal_status"].ne("")
    return known & rows["adopters"].eq("1").ne(rows["adopters_legal_status"].eq("L0"))


def _status_and_sex(sent: Sent) -> pd.Series:
    """A status of man and woman (L11, L3) or of one sex (L12, L4) for adopters who are not."""
    rows = sent["ad1"]
    status, sex = rows["adopters_legal_status"], rows["adopters_sex"]
    mixed = status.isin(["L11", "L3"]) & sex.isin(["MM", "FF"])
    return mixed | (status.isin(["L12", "L4"]) & sex.eq("MF"))


def _half_reversed(sent: Sent) -> pd.Series:
    rows = sent["placed_for_adoption"]
    return rows["reversed_date"].notna().ne(rows["reversed_reason"].ne(""))


def _placed_undecided(sent: Sent) -> pd.Series:
    is_placed = sent["episodes"]["placement_type"].isin(ADOPTION_PLACES)
    return is_placed & ~is_in(sent, "episodes", "placed_for_adoption")


def _decided_after_placement(sent: Sent) -> pd.Series:
    episodes, decisions = sent["episodes"], sent["placed_for_adoption"]
    placed = episodes[episodes["placement_type"].isin(ADOPTION_PLACES)]
    last = placed.groupby(CHILD)["started_date"].max()
    return decisions["decided_date"].gt(of_child(decisions, last))


def _rule(
    name: str,
    number: str,
    place: str,
    needs: tuple[str, ...],
    fails: Callable[[Sent], pd.Series],
    *,
    found: str,
    expected: str,
    action: str,
) -> Rule:
    table, _, column = place.partition(".")
    origin = f"{_DFE} {number}"
    return Rule(
        f"ssda903.{name}", origin, table, column, (place, *needs), fails, found, expected, action
    )


RULES: tuple[Rule, ...] = (
    _rule(
        "adopted_without_ad1", "601", _REC, ("ad1.child_id",),
        lambda sent: _is_adopted(sent) & ~is_in(sent, "episodes", "ad1"),
        found="adopted (E11, E12), and not in the adoption table",
        expected="a row of AD1 for every child adopted",
        action="send the row, or correct the reason",
    ),
    _rule(
        "ad1_without_adoption", "602", "ad1.child_id", (_REC,), _not_adopted,
        found="a child of the adoption table whom no episode shows as adopted",
        expected="E11 or E12 as the reason that care ended",
        action="take the row out, or correct the reason in the episodes",
    ),
    _rule(
        "adopted_elsewhere", "390", _REC, (_PLACE,), _adopted_elsewhere,
        found="adopted (E11, E12) from a placement that was not for adoption",
        expected="a placement of A3 to A6 before",
        action="correct the placement or the reason",
    ),
    _rule(
        "matched_before_decision", "333", "ad1.matched_date", ("ad1.decision_date",),
        lambda sent: sent["ad1"]["matched_date"].lt(sent["ad1"]["decision_date"]),
        found="a match with adopters before the decision for adoption",
        expected="the decision first",
        action="correct the date that is wrong",
    ),
    _rule(
        "adopters_and_sex", "511", "ad1.adopters_sex", ("ad1.adopters",), _sex_of_couple,
        found="one adopter with the sexes of two, or two with that of one",
        expected="M1 or F1 for one; MM, FF or MF for two",
        action="correct the number or the sex",
    ),
    _rule(
        "adopters_and_status", "514", "ad1.adopters_legal_status", ("ad1.adopters",),
        _status_of_couple,
        found="a couple's legal status for one adopter, or a single one for two",
        expected="L0 for one; L11, L12, L2, L3 or L4 for two",
        action="correct the number or the legal status",
    ),
    _rule(
        "adopters_status_and_sex", "517, 518, 520 and 524", "ad1.adopters_legal_status",
        ("ad1.adopters_sex",), _status_and_sex,
        found="a legal status that does not go with the adopters' sexes",
        expected="MF with L11 and L3; MM or FF with L12 and L4",
        action="correct the legal status or the sex",
    ),
    _rule(
        "reversal_incomplete", "119", "placed_for_adoption.reversed_reason",
        ("placed_for_adoption.reversed_date",), _half_reversed,
        found="a decision reversed with the date or the reason alone",
        expected="both the date and the reason, or neither",
        action="send the other, or clear it",
    ),
    _rule(
        "reversed_before_decided", "522", "placed_for_adoption.reversed_date",
        ("placed_for_adoption.decided_date",),
        lambda sent: sent["placed_for_adoption"]["reversed_date"].lt(
            sent["placed_for_adoption"]["decided_date"]
        ),
        found="a decision reversed before it was made",
        expected="the decision first",
        action="correct the date that is wrong",
    ),
    _rule(
        "placed_without_decision", "551", _PLACE, ("placed_for_adoption.child_id",),
        _placed_undecided,
        found="a placement for adoption (A3 to A6) without the decision for it",
        expected="the date of the decision for every child placed for adoption",
        action="send the decision, or correct the placement",
    ),
    _rule(
        "decided_after_placement", "552", "placed_for_adoption.decided_date",
        (_PLACE, "episodes.started_date"), _decided_after_placement,
        found="a decision for adoption after the placement for it had begun",
        expected="the decision on or before that day",
        action="correct the date that is wrong",
    ),
)  # fmt: skip
