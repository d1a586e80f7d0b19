"""Rules of SSDA903 about reviews, health (OC2), care leavers (OC3) and previous permanence."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from lscb_analysis.sources.rules import Rule, Sent
from lscb_analysis.sources.ssda903_around import CHILD, SHORT_BREAKS, all_year, birthday, born

_DFE = "DfE SSDA903 validation rule"
_EPISODES = tuple(
    f"episodes.{column}"
    for column in ("started_date", "ceased_date", "ceased_reason", "legal_status", "new_episode")
)
_BORN = ("header.birth_date",)
_MISUSE, _RECEIVED, _OFFERED = (
    *("oc2.has_substance_misuse", "oc2.is_intervention_received"),
    "oc2.is_intervention_offered",
)
_ANSWERS = ("oc3.is_in_education_employment_training", "oc3.is_suitable_accommodation")


def _participation(*, is_under_4: bool) -> Callable[[Sent], pd.Series]:
    """Reviews whose participation says that the child was under 4 (or not) when it was not."""

    def fails(sent: Sent) -> pd.Series:
        reviews = sent["reviews"]
        fourth = birthday(born(sent, "reviews"), 4)
        is_pn0 = reviews["review_code"].eq("PN0")
        if is_under_4:
            return is_pn0 & reviews["review_date"].gt(fourth)
        return ~is_pn0 & reviews["review_code"].ne("") & reviews["review_date"].lt(fourth)

    return fails


def _review_of_breaks(sent: Sent) -> pd.Series:
    episodes, children = sent["episodes"], sent["reviews"][CHILD]
    is_break = episodes["legal_status"].isin(SHORT_BREAKS)
    others = episodes.loc[~is_break, CHILD]
    return children.isin(episodes.loc[is_break, CHILD]) & ~children.isin(others)


def _no_score(sent: Sent) -> pd.Series:
    health, births = sent["oc2"], born(sent, "oc2")
    is_of_age = birthday(births, 4).le(sent.first_day) & birthday(births, 17).gt(sent.last_day)
    neither = health["sdq_score"].isna() & health["sdq_reason"].eq("")
    return is_of_age & neither & all_year(sent, "oc2")


def _too_old(column: str, years: int, *, is_under: bool = False) -> Callable[[Sent], pd.Series]:
    """Completed although the child is so many years old or over (or under) on the last day."""

    def fails(sent: Sent) -> pd.Series:
        grown = birthday(born(sent, "oc2"), years)
        is_wrong = grown.gt(sent.last_day) if is_under else grown.le(sent.last_day)
        return sent["oc2"][column].notna() & is_wrong

    return fails


def _misuse(sent: Sent, *, received: bool | None = None) -> pd.Series:
    """Rows with substance misuse, and of those the ones with that answer about intervention."""
    health = sent["oc2"]
    has_misuse = health["has_substance_misuse"].fillna(False).astype(bool)
    if received is None:
        return has_misuse
    answered = health["is_intervention_received"]
    return has_misuse & answered.eq(received).fillna(False).astype(bool)


def _intervention_alone(sent: Sent) -> pd.Series:
    health = sent["oc2"]
    either = health["is_intervention_received"].notna() | health["is_intervention_offered"].notna()
    return ~_misuse(sent) & either


def _not_17_to_21(sent: Sent) -> pd.Series:
    births = born(sent, "oc3")
    is_young = birthday(births, 17).gt(sent.last_day)
    return is_young | birthday(births, 22).le(sent.first_day)


def _unfit_answers(touch: tuple[str, ...], *, are_none: bool) -> Callable[[Sent], pd.Series]:
    def fails(sent: Sent) -> pd.Series:
        leavers = sent["oc3"]
        activity = leavers["is_in_education_employment_training"]
        home = leavers["is_suitable_accommodation"]
        if are_none:
            answers = activity.eq("0") | home.eq("0")
        else:
            answers = ~activity.isin(["0", ""]) | ~home.isin(["0", ""])
        return leavers["is_in_touch"].isin(touch) & answers

    return fails


def _permanence_of_none(sent: Sent) -> pd.Series:
    rows = sent["previous_permanence"]
    return rows["previous_permanence"].eq("Z1") & rows["permanence_date"].notna()


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
        "review_code_missing", "167", "reviews.review_code", (),
        lambda sent: sent["reviews"]["review_code"].eq(""),
        found="no code of participation that we know",
        expected="PN0 to PN7",
        action="send the code",
    ),
    _rule(
        "review_not_under_4", "440", "reviews.review_code", ("reviews.review_date", *_BORN),
        _participation(is_under_4=True),
        found="PN0 (under 4) at a review when the child was 4 or over",
        expected="PN1 to PN7 from the fourth birthday on",
        action="correct the code, the review or the date of birth",
    ),
    _rule(
        "review_under_4", "441", "reviews.review_code", ("reviews.review_date", *_BORN),
        _participation(is_under_4=False),
        found="a way of taking part (PN1 to PN7) at a review when the child was under 4",
        expected="PN0 before the fourth birthday",
        action="correct the code, the review or the date of birth",
    ),
    _rule(
        "review_of_short_breaks", "399", "reviews.review_date", ("episodes.legal_status",),
        _review_of_breaks,
        found="a review of a child with agreed short breaks only (V3, V4)",
        expected="reviews of other children looked after",
        action="take the review out, or correct the legal status",
    ),
    _rule(
        "sdq_score_range", "180", "oc2.sdq_score", (),
        lambda sent: sent["oc2"]["sdq_score"].gt(40).fillna(False).astype(bool),
        found="a score above 40",
        expected="a whole number from 0 to 40",
        action="correct the score",
    ),
    _rule(
        "sdq_reason_and_score", "197A", "oc2.sdq_reason", ("oc2.sdq_score",),
        lambda sent: sent["oc2"]["sdq_score"].notna() & sent["oc2"]["sdq_reason"].ne(""),
        found="a reason for no score, beside a score",
        expected="the one or the other",
        action="clear the reason, or the score",
    ),
    _rule(
        "sdq_neither", "186", "oc2.sdq_score", ("oc2.sdq_reason", *_EPISODES, *_BORN), _no_score,
        found="no score and no reason, for a child of 4 to 16 looked after all year",
        expected="a score, or the reason that there is none",
        action="send the one or the other",
    ),
    _rule(
        "conviction_under_10", "542", "oc2.has_conviction", _BORN,
        _too_old("has_conviction", 10, is_under=True),
        found="an answer about convictions for a child under 10",
        expected="none under 10",
        action="clear it, or correct the date of birth",
    ),
    _rule(
        "health_check_from_5", "546", "oc2.is_health_check_current", _BORN,
        _too_old("is_health_check_current", 5),
        found="an answer about development checks for a child of 5 or over",
        expected="none from the fifth birthday on",
        action="clear it, or correct the date of birth",
    ),
    _rule(
        "intervention_unanswered", "192", "oc2.is_intervention_received", (_MISUSE,),
        lambda sent: _misuse(sent) & sent["oc2"]["is_intervention_received"].isna(),
        found="substance misuse, without whether an intervention was received",
        expected="yes or no",
        action="send the answer",
    ),
    _rule(
        "offer_needless", "158", "oc2.is_intervention_offered", (_MISUSE, _RECEIVED),
        lambda sent: _misuse(sent, received=True) & sent["oc2"]["is_intervention_offered"].notna(),
        found="whether an intervention was offered, though one was received",
        expected="nothing where one was received",
        action="clear the answer",
    ),
    _rule(
        "offer_unanswered", "159", "oc2.is_intervention_offered", (_MISUSE, _RECEIVED),
        lambda sent: _misuse(sent, received=False) & sent["oc2"]["is_intervention_offered"].isna(),
        found="no intervention received, without whether one was offered",
        expected="yes or no",
        action="send the answer",
    ),
    _rule(
        "intervention_needless", "193", "oc2.is_intervention_received", (_MISUSE, _OFFERED),
        _intervention_alone,
        found="an answer about interventions without substance misuse",
        expected="none where there is no substance misuse",
        action="clear the answers, or correct whether there is substance misuse",
    ),
    _rule(
        "leaver_age", "391", "oc3.child_id", _BORN, _not_17_to_21,
        found="a care leaver who was not 17 to 21 in the year",
        expected="young people of 17 to 21",
        action="correct the date of birth, or take the person out of the table",
    ),
    _rule(
        "leaver_gone_but_answers", "344", "oc3.is_in_touch", _ANSWERS,
        _unfit_answers(("DIED", "RHOM"), are_none=False),
        found="died or returned home (DIED, RHOM), and yet an activity or a home",
        expected="0 for both",
        action="correct the code, or both answers",
    ),
    _rule(
        "leaver_in_touch_but_none", "345", "oc3.is_in_touch", _ANSWERS,
        _unfit_answers(("YES",), are_none=True),
        found="in touch, and yet no activity or no home (0)",
        expected="the activity and the home of a young person in touch",
        action="send the two, or correct the code",
    ),
    _rule(
        "date_of_no_permanence", "635", "previous_permanence.permanence_date",
        ("previous_permanence.previous_permanence",), _permanence_of_none,
        found="the date of an earlier permanence order, though there was none (Z1)",
        expected="no date with Z1",
        action="clear the date, or correct the code",
    ),
)  # fmt: skip
