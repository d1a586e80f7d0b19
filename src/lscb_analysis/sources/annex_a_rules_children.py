"""Annex A's rules about the columns that all lists of children share."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources.annex_a_cells import UNBORN
from lscb_analysis.sources.annex_a_checks import DRAWN_WITHIN, GUIDANCE, Check, has_value, rule
from lscb_analysis.sources.care_derive import whole_years
from lscb_analysis.sources.rules import Rule, Sent

_TABLE = "children"
_DIFFERS = "make the lists agree; each list is read with its own"


def _age_differs(sent: Sent) -> pd.Series:
    """Born children whose age is theirs on no day within a month of the last day."""
    rows = sent[_TABLE]
    born = rows["birth_date"].where(rows["birth_date"].le(sent.last_day))
    youngest = whole_years(born, sent.last_day - DRAWN_WITHIN)
    oldest = whole_years(born, sent.last_day + DRAWN_WITHIN)
    ages = rows["age"].astype("float64")
    return ages.ge(0) & (ages.lt(youngest) | ages.gt(oldest))


def _unborn_age(sent: Sent) -> pd.Series:
    """Children not born on the last day whose age is not -1, and born ones whose age it is."""
    rows = sent[_TABLE]
    is_ahead = rows["birth_date"].gt(sent.last_day + DRAWN_WITHIN)
    is_born = rows["birth_date"].lt(sent.last_day - DRAWN_WITHIN)
    ages = rows["age"].astype("float64")
    return (is_ahead & ages.ne(UNBORN) & ages.notna()) | (is_born & ages.eq(UNBORN))


def _differs(column: str) -> Check:
    """Rows whose value is known and is not that of the child's first row with a known one."""

    def fails(sent: Sent) -> pd.Series:
        rows = sent[_TABLE]
        known = rows[rows["child_id"].notna() & has_value(rows[column])]
        first = known.groupby("child_id")[column].transform("first")
        return known[column].ne(first).reindex(rows.index, fill_value=False)

    return fails


RULES: tuple[Rule, ...] = (
    rule(
        "age_not_that_of_birth_date",
        _TABLE,
        ("age", "birth_date"),
        _age_differs,
        origin=f"{GUIDANCE}: Age of Child (Years), at the last birthday",
        found="an age that is not that of the date of birth",
        expected="the age at the last birthday, on a day within a month of the lists' last day",
        action="correct the age or the date of birth; the date of birth is used",
    ),
    rule(
        "unborn_age",
        _TABLE,
        ("age", "birth_date"),
        _unborn_age,
        origin=f"{GUIDANCE}: Age of Child (Years), -1 if unborn",
        found="an age of -1 for a child who is born, or another for one who is not",
        expected="-1 where the date of birth lies ahead, and only there",
        action="correct the age or the date of birth; the date of birth is used",
    ),
    rule(
        "birth_dates_differ",
        _TABLE,
        ("birth_date", "child_id"),
        _differs("birth_date"),
        origin=f"{GUIDANCE}: Child Unique ID, one number a child; DfE SSDA903 rules INT11 to INT18",
        found="another date of birth than in an earlier row of the same child",
        expected="one date of birth for each child in all lists",
        action=_DIFFERS,
    ),
    rule(
        "sexes_differ",
        _TABLE,
        ("sex", "child_id"),
        _differs("sex"),
        origin=f"{GUIDANCE}: Child Unique ID, one number a child; DfE SSDA903 rule INT21",
        found="another gender than in an earlier row of the same child",
        expected="one gender for each child in all lists",
        action=_DIFFERS,
    ),
    rule(
        "ethnicities_differ",
        _TABLE,
        ("ethnicity", "child_id"),
        _differs("ethnicity"),
        origin=f"{GUIDANCE}: Child Unique ID, one number a child; Ethnicity",
        found="another ethnic group than in an earlier row of the same child",
        expected="one ethnic group for each child in all lists",
        action=_DIFFERS,
    ),
)
