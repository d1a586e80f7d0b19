"""Annex A's rules about periods of care (List 8): when they start and cease, and why."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.periods import add_months
from lscb_analysis.sources.annex_a_checks import (
    CORRECT_DATE,
    GUIDANCE,
    before,
    grown_up_at,
    only_one,
    rule,
    too_early,
    twice,
    twice_open,
)
from lscb_analysis.sources.rules import Rule, Sent

_TABLE = "looked_after"


def _still_at_18(sent: Sent) -> pd.Series:
    rows = sent[_TABLE]
    is_adult = add_months(rows["birth_date"], 18 * 12).le(sent.last_day)
    return rows["ceased_date"].isna() & is_adult


RULES: tuple[Rule, ...] = (
    rule(
        "care_ceased_before_start",
        _TABLE,
        ("ceased_date", "started_date"),
        before(_TABLE, "ceased_date", "started_date"),
        origin="DfE SSDA903 validation rule 356",
        found="an end before the start",
        expected="an end on or after the start",
        action=f"{CORRECT_DATE}; until then it ends on the day it starts",
    ),
    rule(
        "care_ceased_too_early",
        _TABLE,
        ("ceased_date",),
        too_early(_TABLE, "ceased_date"),
        origin=f"{GUIDANCE}: List 8, in care, or ceased in the six months before",
        found="a period of care that ceased over a month before the lists begin",
        expected="periods open, or ceased in the six months to the quarter's last day",
        action="leave it out, or correct the date; it is read all the same",
    ),
    rule(
        "care_ceased_without_reason",
        _TABLE,
        ("ceased_reason", "ceased_date"),
        only_one(_TABLE, "ceased_date", "ceased_reason"),
        origin="DfE SSDA903 validation rule 148",
        found="a period of care that ceased without a reason that is known",
        expected="a reason for each period that has ceased, other than X1",
        action="fill it in; until then it is not known",
    ),
    rule(
        "care_ceased_without_date",
        _TABLE,
        ("ceased_date", "ceased_reason"),
        only_one(_TABLE, "ceased_reason", "ceased_date"),
        origin="DfE SSDA903 validation rule 148",
        found="a reason for ceasing without the date of it",
        expected="a date for each period that has ceased, and no reason for one that is open",
        action="fill in the date, or leave the reason blank; until then the child is looked after",
    ),
    rule(
        "care_twice",
        _TABLE,
        ("child_id",),
        twice(_TABLE),
        origin=f"{GUIDANCE}: List 8, one entry a child, the most recent period of care",
        found="a child whom an earlier row of the list is about",
        expected="one row a child, that of the most recent period of care",
        action="leave the earlier period out; both are read",
    ),
    rule(
        "care_open_at_once",
        _TABLE,
        ("ceased_date", "child_id"),
        twice_open(_TABLE, "ceased_date"),
        origin="DfE SSDA903 validation rule 142",
        found="an open period of care of a child who has another open one",
        expected="one open period a child at most",
        action="send the end of the earlier period; until then the one that starts later is used",
    ),
    rule(
        "care_started_at_18",
        _TABLE,
        ("started_date", "birth_date"),
        grown_up_at(_TABLE, "started_date"),
        origin="DfE SSDA903 validation rule 352",
        found="a period of care that started on or after the 18th birthday",
        expected="a start before the 18th birthday",
        action="correct the date of birth or the start",
    ),
    rule(
        "care_started_before_birth",
        _TABLE,
        ("started_date", "birth_date"),
        before(_TABLE, "started_date", "birth_date"),
        origin="DfE SSDA903 validation rule 302",
        found="a period of care that started before the date of birth",
        expected="a start on or after the date of birth",
        action="correct the date of birth or the start",
    ),
    rule(
        "care_open_at_18",
        _TABLE,
        ("ceased_date", "birth_date"),
        _still_at_18,
        origin="Children Act 1989, sections 22 and 105: a looked-after child is under 18",
        found="a period of care that is open past the 18th birthday",
        expected="an end of the period on or before the 18th birthday",
        action="send the end, or correct the date of birth; until then it is open",
    ),
)
