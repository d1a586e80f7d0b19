"""Rules of child death extracts about factor lines and agencies' forms."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources.board_rules import TWICE, is_in, of_key, twice
from lscb_analysis.sources.child_death_cells import OTHER_FACTOR
from lscb_analysis.sources.membership import is_among
from lscb_analysis.sources.rules import Rule, Sent

FORM_C = "Form C (to March 2019) and the analysis form (from April 2019)"
NCMD = "National Child Mortality Database: each contributory factor on a line, graded 0 to 2"
FORMS = "Reporting forms (Form B before April 2019): asked of each agency that knew the child"
_BOTH = "correct what is wrong; until then both are used as they are"
_DATES = "correct the date that is wrong; until then both are used as they are"
_NEW_FORM_YEAR_STARTS = 4


def _factor_twice(sent: Sent) -> pd.Series:
    factors = sent["factors"]
    listed = factors[factors["case_id"].notna() & factors["factor"].ne(OTHER_FACTOR)]
    again = listed.duplicated(["factor", "domain", "case_id"])
    return again.reindex(factors.index, fill_value=False)


def _not_contributing(sent: Sent) -> pd.Series:
    factors = sent["factors"]
    return factors["is_modifiable"].fillna(False) & factors["grade"].lt(2).fillna(False)


def _old_grade(sent: Sent) -> pd.Series:
    """Lines with a grade that was no longer in use in the financial year of the review."""
    factors = sent["factors"]
    reviewed = of_key(factors, sent["reviews"], "case_id", "review_date")
    year = reviewed.dt.year - reviewed.dt.month.lt(_NEW_FORM_YEAR_STARTS)
    return year.astype("Float64").gt(factors["last_year_of_grade"])


def _before_review(sent: Sent) -> pd.Series:
    factors, reviews = sent["factors"], sent["reviews"]
    waiting = reviews.loc[reviews["review_date"].isna(), "case_id"].dropna()
    return is_among(factors["case_id"], waiting)


def _modifiable_unlike_case(sent: Sent) -> pd.Series:
    factors = sent["factors"]
    answer = of_key(factors, sent["reviews"], "case_id", "modifiable")
    return factors["is_modifiable"].fillna(False) & answer.eq("No")


def _modifiable_without_factor(sent: Sent) -> pd.Series:
    factors, reviews = sent["factors"], sent["reviews"]
    with_one = factors.loc[factors["is_modifiable"].fillna(False).astype(bool), "case_id"]
    said = reviews["modifiable"].eq("Yes") & reviews["review_date"].notna()
    return said & reviews["case_id"].notna() & ~is_among(reviews["case_id"], with_one.dropna())


def _requested_before_death(sent: Sent) -> pd.Series:
    forms = sent["forms"]
    died = of_key(forms, sent["notifications"], "case_id", "death_date")
    return forms["requested_date"].lt(died)


def _outstanding(sent: Sent) -> pd.Series:
    forms = sent["forms"]
    reviewed = of_key(forms, sent["reviews"], "case_id", "review_date")
    return forms["returned_date"].isna() & reviewed.notna()


def _before_request(done: str) -> Rule:
    column = f"{done}_date"
    return Rule(
        f"child_deaths.form_{done}_before_request",
        FORMS,
        "forms",
        column,
        (f"forms.{column}", "forms.requested_date"),
        lambda sent: sent["forms"][column].lt(sent["forms"]["requested_date"]),
        f"a form {done} before it was requested",
        "the date of the request or later",
        _DATES,
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "child_deaths.factor_twice",
        "our own check: what is sent twice is counted twice",
        "factors",
        "factor",
        ("factors.case_id", "factors.domain", "factors.factor"),
        _factor_twice,
        TWICE,
        "each factor of a case once",
        "remove the row that is wrong; until then the first is used",
    ),
    Rule(
        "child_deaths.factor_of_no_case",
        NCMD,
        "factors",
        "case_id",
        ("factors.case_id", "notifications.case_id"),
        lambda sent: ~is_in(sent["factors"], sent["notifications"], "case_id"),
        "a factor of a case that is not in the table of cases",
        "a case of the same extract",
        "send the case, or correct the id; until then the factor is in no figure",
    ),
    Rule(
        "child_deaths.factor_before_review",
        f"{FORM_C}: the panel grades the factors at its review",
        "factors",
        "case_id",
        ("factors.case_id", "reviews.case_id", "reviews.review_date"),
        _before_review,
        "a factor of a case that is not reviewed",
        "factors of reviewed cases",
        "nothing, if it is a draft: it is in no figure until the review",
        "note",
    ),
    Rule(
        "child_deaths.modifiable_not_contributing",
        f"{FORM_C}: grade 2 is of factors that may have contributed",
        "factors",
        "is_modifiable",
        ("factors.is_modifiable", "factors.grade"),
        _not_contributing,
        "modifiable, but graded as not contributing",
        "grade 2 where a factor is modifiable",
        _BOTH,
    ),
    Rule(
        "child_deaths.old_grade",
        f"{FORM_C}: grades 3 and 1* ended with Form C",
        "factors",
        "grade",
        ("factors.grade", "factors.last_year_of_grade", "reviews.case_id", "reviews.review_date"),
        _old_grade,
        "a grade of the old form in a review after March 2019",
        "0, 1 or 2",
        "check the form; it is read on the later scale",
    ),
    Rule(
        "child_deaths.modifiable_factor_unlike_case",
        f"{NCMD}, with an explicit answer on modifiable factors",
        "factors",
        "is_modifiable",
        ("factors.is_modifiable", "factors.case_id", "reviews.case_id", "reviews.modifiable"),
        _modifiable_unlike_case,
        "a modifiable factor of a case said to have none",
        "Yes for the case where a factor is modifiable",
        _BOTH,
    ),
    Rule(
        "child_deaths.modifiable_without_factor",
        f"{NCMD}, with an explicit answer on modifiable factors",
        "reviews",
        "modifiable",
        (
            *("reviews.modifiable", "reviews.case_id", "reviews.review_date"),
            *("factors.case_id", "factors.is_modifiable"),
        ),
        _modifiable_without_factor,
        "modifiable factors, but no line of one",
        "a line for each modifiable factor",
        "send the lines, or correct the answer; until then the answer is used",
    ),
    twice("child_deaths.form_twice", "forms", ["case_id", "agency", "form"], ["case_id"], ["form"]),
    Rule(
        "child_deaths.form_of_no_case",
        FORMS,
        "forms",
        "case_id",
        ("forms.case_id", "notifications.case_id"),
        lambda sent: ~is_in(sent["forms"], sent["notifications"], "case_id"),
        "a form of a case that is not in the table of cases",
        "a case of the same extract",
        "send the case, or correct the id; until then the form is used as it is",
    ),
    _before_request("due"),
    _before_request("returned"),
    Rule(
        "child_deaths.form_requested_before_death",
        FORMS,
        "forms",
        "requested_date",
        ("forms.requested_date", "forms.case_id", "notifications.death_date"),
        _requested_before_death,
        "a form requested before the death",
        "the date of death or later",
        _DATES,
    ),
    Rule(
        "child_deaths.form_outstanding_at_review",
        FORMS,
        "forms",
        "returned_date",
        ("forms.returned_date", "forms.case_id", "reviews.review_date"),
        _outstanding,
        "a form that is not back, of a case that is reviewed",
        "every form back before the review",
        "fill in the date of its return, or withdraw the request",
        "note",
    ),
)
