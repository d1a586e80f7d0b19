"""Annex A's rules about care leavers (List 9)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lscb_analysis.sources.annex_a_checks import (
    GUIDANCE,
    Check,
    before,
    has_value,
    is_no,
    is_yes,
    rule,
    twice,
)
from lscb_analysis.sources.care_derive import whole_years
from lscb_analysis.sources.membership import is_among
from lscb_analysis.sources.rules import Rule, Sent

_TABLE = "care_leavers"
_YOUNGEST, _ADULT, _OLDEST = 16, 18, 25
_HOME, _SUITED, _ACTIVE = (
    *("accommodation_type", "is_suitable_accommodation"),
    "is_in_education_employment_training",
)


def _ages(sent: Sent) -> pd.Series:
    return whole_years(sent[_TABLE]["birth_date"], sent.last_day)


def _wrong_age(sent: Sent) -> pd.Series:
    ages = _ages(sent)
    return ages.lt(_YOUNGEST) | ages.gt(_OLDEST)


def _wrong_category(sent: Sent) -> pd.Series:
    """Relevant or eligible children of 18 or over, and former relevant ones under 18."""
    ages, category = _ages(sent), sent[_TABLE]["eligibility"]
    grown = ages.ge(_ADULT) & category.isin(["Relevant", "Eligible"])
    return grown | (ages.lt(_ADULT) & category.eq("Former relevant"))


def _answered(columns: Sequence[str], *, is_in_touch: bool) -> Check:
    """Care leavers in touch with an answer missing, or not in touch with one given."""

    def fails(sent: Sent) -> pd.Series:
        rows = sent[_TABLE]
        has_answer = pd.DataFrame({name: has_value(rows[name]) for name in columns})
        if is_in_touch:
            return is_yes(rows["is_in_touch"]) & ~has_answer.all(axis=1)
        return is_no(rows["is_in_touch"]) & has_answer.any(axis=1)

    return fails


def _still_looked_after(sent: Sent) -> pd.Series:
    """Care leavers, eligible children aside, whom List 8 holds as looked after."""
    rows, care = sent[_TABLE], sent["looked_after"]
    is_open = care["ceased_date"].isna() & care["legal_status"].ne("Short breaks")
    in_care = is_among(rows["child_id"], care.loc[is_open, "child_id"].dropna())
    return in_care & rows["eligibility"].ne("Eligible")


def _no_contact(sent: Sent) -> pd.Series:
    rows = sent[_TABLE]
    return is_yes(rows["is_in_touch"]) & rows["latest_contact_date"].isna()


RULES: tuple[Rule, ...] = (
    rule(
        "leaver_age",
        _TABLE,
        ("birth_date",),
        _wrong_age,
        origin="Children Act 1989, sections 23A to 23CZB; DfE SSDA903 validation rule 391",
        found="a care leaver under 16 or over 25",
        expected="care leavers from 16 to 25 on the quarter's last day",
        action="correct the date of birth, or leave the row out; it is read as it is",
    ),
    rule(
        "leaver_category_age",
        _TABLE,
        ("eligibility", "birth_date"),
        _wrong_category,
        origin=f"{GUIDANCE}: List 9, Eligibility Category; Children Act 1989, sections 23A and 23C",
        found="an eligibility category that the care leaver's age rules out",
        expected="relevant at 16 and 17, former relevant from 18",
        action="correct the category or the date of birth",
    ),
    rule(
        "leaver_twice",
        _TABLE,
        ("child_id",),
        twice(_TABLE),
        origin=f"{GUIDANCE}: List 9, services now; DfE SSDA903 rules INT31 to INT36",
        found="a care leaver whom an earlier row of the list is about",
        expected="one row a care leaver",
        action="remove the row that is wrong; until then the first is used",
    ),
    rule(
        "leaver_in_touch_without_answers",
        _TABLE,
        (_ACTIVE, _SUITED, "is_in_touch"),
        _answered((_ACTIVE, _SUITED), is_in_touch=True),
        origin="DfE SSDA903 validation rule 345",
        found="a care leaver in touch, whose activity or accommodation is not known",
        expected="activity and suitability of accommodation of each who is in touch",
        action="fill it in; until then it is not known",
    ),
    rule(
        "leaver_not_in_touch_with_answers",
        _TABLE,
        (_ACTIVE, _HOME, _SUITED, "is_in_touch"),
        _answered((_ACTIVE, _HOME, _SUITED), is_in_touch=False),
        origin=f"{GUIDANCE}: List 9, blank if not in touch; DfE SSDA903 validation rule 344",
        found="a care leaver not in touch, whose activity or accommodation is given",
        expected="blanks where the authority is not in touch",
        action="check whether the authority is in touch; what is given is read",
        severity="note",
    ),
    rule(
        "leaver_still_looked_after",
        _TABLE,
        ("child_id", "eligibility"),
        _still_looked_after,
        origin=f"{GUIDANCE}: List 9, relevant, former relevant and qualifying care leavers",
        found="a care leaver whom List 8 holds as looked after",
        expected="each in one of the two lists, eligible children aside",
        action="send the end of the period in List 8, or leave the row out here",
        others=("looked_after.child_id", "looked_after.ceased_date", "looked_after.legal_status"),
    ),
    rule(
        "leaver_in_touch_without_contact",
        _TABLE,
        ("latest_contact_date", "is_in_touch"),
        _no_contact,
        origin="Ofsted Annex A, 2024: List 9, Latest Date of Contact",
        found="a care leaver in touch without a date of contact",
        expected="the latest date of contact of each who is in touch",
        action="fill it in; it is not used yet",
    ),
    rule(
        "leaver_contact_before_birth",
        _TABLE,
        ("latest_contact_date", "birth_date"),
        before(_TABLE, "latest_contact_date", "birth_date"),
        origin="Ofsted Annex A, 2024: List 9, Latest Date of Contact",
        found="a contact before the date of birth",
        expected="a date of contact as a care leaver",
        action="correct the date of birth or that of the contact",
    ),
)
