"""What cannot be right in a child death extract: one finding a rule, with its rows."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.findings import join_findings
from lscb_analysis.sources.board_tables import flagged
from lscb_analysis.sources.child_death_tables import CASES, FACTORS, FORMS
from lscb_analysis.sources.parsing import NOT_KNOWN
from lscb_analysis.sources.raw_tables import RawTable

EIGHTEEN_YEARS = 6575
_AS_SENT = "correct the date that is wrong; until then both are used as they are"


def case_findings(cases: pd.DataFrame, table: RawTable) -> pd.DataFrame:
    """The findings of cases whose dates, age, status or outcome contradict each other.

    `cases` has the columns as read, its index the row numbers that Excel shows.
    """
    death, notified, review = cases["death_date"], cases["notified_date"], cases["review_date"]
    is_reviewed = review.notna()
    has_outcome = cases["category"].ne(NOT_KNOWN) | cases["modifiable"].ne(NOT_KNOWN)

    def found(wrong: pd.Series, column: str, what: str, expected: str, action: str) -> pd.DataFrame:
        return flagged(
            cases,
            wrong,
            table,
            CASES,
            column=column,
            found=what,
            expected=expected,
            action=action,
        )

    return join_findings(
        [
            found(
                notified.lt(death),
                "notified_date",
                "notified before the death",
                "the date of death or later",
                _AS_SENT,
            ),
            found(
                review.lt(death),
                "review_date",
                "reviewed before the death",
                "the date of death or later",
                "correct the date that is wrong; until then the days to review are not known",
            ),
            found(
                review.lt(notified) & review.ge(death),
                "review_date",
                "reviewed before the panel was notified",
                "the date of notification or later",
                _AS_SENT,
            ),
            found(
                cases["age_in_days"].ge(EIGHTEEN_YEARS),
                "age_in_days",
                "an age of 18 years or more",
                "an age in days from 0 to 6574",
                f"correct the age; until then the age band is '{NOT_KNOWN}'",
            ),
            found(
                cases["status"].eq("Closed") & ~is_reviewed,
                "status",
                "a closed case without a date of panel review",
                "the date of the review, by the quarter's last day",
                "fill in the date; until then the case counts as open",
            ),
            found(
                cases["status"].eq("Open") & is_reviewed,
                "status",
                "an open case with a date of panel review",
                "a closed case, or no date",
                "correct what is wrong; until then the case counts as reviewed",
            ),
            found(
                has_outcome & ~is_reviewed,
                "category",
                "a category or an answer on modifiable factors before the review",
                "an outcome of reviewed cases only",
                "fill in the date of the review; until then the outcome is in no figure",
            ),
            found(
                cases["category"].eq(NOT_KNOWN) & is_reviewed,
                "category",
                "a reviewed case without a category",
                "a category from 1 to 10",
                f"fill it in; until then it is '{NOT_KNOWN}'",
            ),
            found(
                cases["modifiable"].eq(NOT_KNOWN) & is_reviewed,
                "modifiable",
                "a reviewed case without an answer on modifiable factors",
                "Yes, No or Insufficient information",
                "fill it in; until then it is not known",
            ),
        ]
    )


def factor_findings(factors: pd.DataFrame, cases: pd.Series, table: RawTable) -> pd.DataFrame:
    """The findings of factor lines that belong to no case, or are graded unlike their answer.

    `cases` are the re-keyed ids of the cases that were sent.
    """
    orphans = flagged(
        factors,
        ~factors["case_id"].isin(cases),
        table,
        FACTORS,
        column="case_id",
        found="a factor of a case that is not in the table of cases",
        expected="a case of the same extract",
        action="send the case, or correct the id; until then the factor is in no figure",
    )
    unlike = flagged(
        factors,
        factors["is_modifiable"].fillna(False) & factors["grade"].lt(2).fillna(False),
        table,
        FACTORS,
        column="is_modifiable",
        found="modifiable, but graded as not contributing",
        expected="grade 2 where a factor is modifiable",
        action="correct what is wrong; until then both are used as they are",
    )
    return join_findings([orphans, unlike])


def form_findings(forms: pd.DataFrame, table: RawTable) -> pd.DataFrame:
    """The findings of agencies' forms whose dates contradict each other."""
    requested = forms["requested_date"]
    findings = [
        flagged(
            forms,
            forms[column].lt(requested),
            table,
            FORMS,
            column=column,
            found=f"{what} before it was requested",
            expected="the date of the request or later",
            action=_AS_SENT,
        )
        for column, what in (("due_date", "a form due"), ("returned_date", "a form returned"))
    ]
    return join_findings(findings)
