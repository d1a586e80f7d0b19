"""Rules of child death extracts about notifications and reviews; all of the extract's rules."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.periods import add_months
from lscb_analysis.sources.board_rules import is_in, twice
from lscb_analysis.sources.child_death_cells import category_names
from lscb_analysis.sources.child_death_derive import EIGHTEEN_YEARS, GESTATION_BANDS, GESTATION_END
from lscb_analysis.sources.child_death_rules_lines import RULES as OF_LINES
from lscb_analysis.sources.parsing import NOT_KNOWN
from lscb_analysis.sources.rules import Rule, Sent

AS_SENT = "correct the date that is wrong; until then both are used as they are"
GUIDANCE = "Child Death Review statutory and operational guidance (England) 2018"
CHAPTER_5 = "Working Together to Safeguard Children 2018, chapter 5"
NCMD = "National Child Mortality Database, the data collected of each review"
_UNEXPLAINED = "Sudden unexpected, unexplained death"


def _outcome_before_review(sent: Sent) -> pd.Series:
    reviews = sent["reviews"]
    has_outcome = reviews["category"].ne(NOT_KNOWN) | reviews["modifiable"].ne(NOT_KNOWN)
    return has_outcome & reviews["review_date"].isna()


def _after_review(column: str, sent: Sent) -> pd.Series:
    return sent["reviews"][column].gt(sent["reviews"]["review_date"])


def _not_the_uppermost(sent: Sent) -> pd.Series:
    ranks = {name: rank for rank, name in enumerate(category_names())}
    reviews = sent["reviews"]
    return reviews["other_category"].map(ranks).lt(reviews["category"].map(ranks))


def _over_12_months(sent: Sent) -> pd.Series:
    """Reviews of the quarter that came late; earlier submissions told of the earlier ones."""
    reviews = sent["reviews"]
    is_new = reviews["review_date"].between(sent.first_day, sent.last_day)
    return is_new & reviews["review_date"].gt(add_months(reviews["notified_date"], 12))


def _criteria_without_jar(sent: Sent) -> pd.Series:
    """Deaths notified in the quarter that called for a response and had none."""
    deaths = sent["notifications"]
    is_new = deaths["notified_date"].between(sent.first_day, sent.last_day)
    return is_new & deaths["meets_jar_criteria"] & ~deaths["has_jar"]


def _gestation(sent: Sent) -> pd.Series:
    weeks = sent["notifications"]["gestation_weeks"]
    return weeks.notna() & ~weeks.between(GESTATION_BANDS[0][0], GESTATION_END - 1).fillna(True)


RULES: tuple[Rule, ...] = (
    twice("child_deaths.notified_twice", "notifications", ["case_id"], ["case_id"]),
    Rule(
        "child_deaths.notified_before_death",
        f"{CHAPTER_5}: a death is notified once it has happened",
        "notifications",
        "notified_date",
        ("notifications.notified_date", "notifications.death_date"),
        lambda sent: sent["notifications"]["notified_date"].lt(sent["notifications"]["death_date"]),
        "notified before the death",
        "the date of death or later",
        AS_SENT,
    ),
    Rule(
        "child_deaths.death_before_birth",
        f"{CHAPTER_5}: the deaths of children born alive",
        "notifications",
        "age_in_days",
        ("notifications.age_in_days",),
        lambda sent: sent["notifications"]["age_in_days"].lt(0),
        "an age below 0: a death before the birth",
        "an age in days from 0 to 6574",
        f"correct the age; until then the age band is '{NOT_KNOWN}'",
    ),
    Rule(
        "child_deaths.age_18_or_more",
        f"{CHAPTER_5}: the deaths of children under 18",
        "notifications",
        "age_in_days",
        ("notifications.age_in_days",),
        lambda sent: sent["notifications"]["age_in_days"].ge(EIGHTEEN_YEARS),
        "an age of 18 years or more",
        "an age in days from 0 to 6574",
        f"correct the age; until then the age band is '{NOT_KNOWN}'",
    ),
    Rule(
        "child_deaths.gestation",
        f"{NCMD}: gestation at birth in weeks",
        "notifications",
        "gestation_weeks",
        ("notifications.gestation_weeks",),
        _gestation,
        "a gestation under 15 weeks or over 45",
        "whole weeks from 15 to 45",
        f"correct it; until then the gestation is '{NOT_KNOWN}'",
    ),
    Rule(
        "child_deaths.jar_without_criteria",
        f"{GUIDANCE}: criteria for a joint agency response",
        "notifications",
        "has_jar",
        ("notifications.has_jar", "notifications.meets_jar_criteria"),
        lambda sent: (
            sent["notifications"]["has_jar"] & ~sent["notifications"]["meets_jar_criteria"]
        ),
        "a joint agency response to a death that does not meet its criteria",
        "a response where the criteria are met",
        "correct the answer that is wrong; until then both are used as they are",
    ),
    Rule(
        "child_deaths.criteria_without_jar",
        f"{GUIDANCE}: criteria for a joint agency response",
        "notifications",
        "has_jar",
        tuple(
            f"notifications.{name}" for name in ("has_jar", "meets_jar_criteria", "notified_date")
        ),
        _criteria_without_jar,
        "no joint agency response to a death that meets its criteria",
        "a response where the criteria are met",
        "check the answer; if it is right, tell the panel why there was none",
        "note",
    ),
    Rule(
        "child_deaths.expected_but_meets_criteria",
        f"{GUIDANCE}: a joint agency response is for sudden deaths without an apparent cause, "
        "from outside causes, in custody or in suspicious circumstances",
        "notifications",
        "meets_jar_criteria",
        ("notifications.meets_jar_criteria", "notifications.is_expected"),
        lambda sent: (
            sent["notifications"]["meets_jar_criteria"] & sent["notifications"]["is_expected"]
        ),
        "an expected death that meets the criteria for a joint agency response",
        "criteria that are met by unexpected deaths",
        "check both answers",
    ),
    Rule(
        "child_deaths.reviewed_but_not_notified",
        f"{CHAPTER_5}: the panel reviews the deaths it was notified of",
        "reviews",
        "case_id",
        ("reviews.case_id", "notifications.case_id"),
        lambda sent: ~is_in(sent["reviews"], sent["notifications"], "case_id"),
        "a review of a death that no notification gives",
        "a notification of every death reviewed",
        "send the notification, or correct the id; until then the review is in no figure",
    ),
    Rule(
        "child_deaths.reviewed_before_death",
        f"{CHAPTER_5}: the review follows the death",
        "reviews",
        "review_date",
        ("reviews.review_date", "reviews.death_date"),
        lambda sent: sent["reviews"]["review_date"].lt(sent["reviews"]["death_date"]),
        "reviewed before the death",
        "the date of death or later",
        "correct the date that is wrong; until then the days to review are not known",
    ),
    Rule(
        "child_deaths.reviewed_before_notified",
        f"{CHAPTER_5}: the review follows the notification",
        "reviews",
        "review_date",
        ("reviews.review_date", "reviews.death_date", "reviews.notified_date"),
        lambda sent: (
            sent["reviews"]["review_date"].lt(sent["reviews"]["notified_date"])
            & sent["reviews"]["review_date"].ge(sent["reviews"]["death_date"])
        ),
        "reviewed before the panel was notified",
        "the date of notification or later",
        AS_SENT,
    ),
    Rule(
        "child_deaths.closed_without_review",
        f"{CHAPTER_5}: a case is closed by the panel's review",
        "reviews",
        "status",
        ("reviews.status", "reviews.review_date"),
        lambda sent: sent["reviews"]["status"].eq("Closed") & sent["reviews"]["review_date"].isna(),
        "a closed case without a date of panel review",
        "the date of the review, by the quarter's last day",
        "fill in the date; until then the case counts as open",
    ),
    Rule(
        "child_deaths.open_with_review",
        f"{CHAPTER_5}: a case is closed by the panel's review",
        "reviews",
        "status",
        ("reviews.status", "reviews.review_date"),
        lambda sent: sent["reviews"]["status"].eq("Open") & sent["reviews"]["review_date"].notna(),
        "an open case with a date of panel review",
        "a closed case, or no date",
        "correct what is wrong; until then the case counts as reviewed",
    ),
    Rule(
        "child_deaths.outcome_before_review",
        f"{CHAPTER_5}: the panel's review decides on category and modifiable factors",
        "reviews",
        "category",
        ("reviews.category", "reviews.modifiable", "reviews.review_date"),
        _outcome_before_review,
        "a category or an answer on modifiable factors before the review",
        "an outcome of reviewed cases only",
        "fill in the date of the review; until then the outcome is in no figure",
    ),
    Rule(
        "child_deaths.reviewed_without_category",
        f"{NCMD}: one category of ten",
        "reviews",
        "category",
        ("reviews.category", "reviews.review_date"),
        lambda sent: (
            sent["reviews"]["category"].eq(NOT_KNOWN) & sent["reviews"]["review_date"].notna()
        ),
        "a reviewed case without a category",
        "a category from 1 to 10",
        f"fill it in; until then it is '{NOT_KNOWN}'",
    ),
    Rule(
        "child_deaths.reviewed_without_modifiable",
        f"{NCMD}: an explicit answer on modifiable factors",
        "reviews",
        "modifiable",
        ("reviews.modifiable", "reviews.review_date"),
        lambda sent: (
            sent["reviews"]["modifiable"].eq(NOT_KNOWN) & sent["reviews"]["review_date"].notna()
        ),
        "a reviewed case without an answer on modifiable factors",
        "Yes, No or Insufficient information",
        "fill it in; until then it is not known",
    ),
    Rule(
        "child_deaths.not_the_uppermost_category",
        "Analysis form (Form C before April 2019): of several categories the uppermost counts",
        "reviews",
        "category",
        ("reviews.category", "reviews.other_category"),
        _not_the_uppermost,
        "another category of the case stands above its category",
        "the uppermost category that applies, the one with the lowest number",
        "send the uppermost as the category; until then the one that was sent is used",
    ),
    Rule(
        "child_deaths.unexplained_but_expected",
        "Analysis form, category 10: sudden, unexpected and unexplained",
        "reviews",
        "category",
        ("reviews.category", "reviews.is_expected"),
        lambda sent: sent["reviews"]["category"].eq(_UNEXPLAINED) & sent["reviews"]["is_expected"],
        "a sudden unexpected, unexplained death that was expected",
        "category 10 for unexpected deaths",
        "correct the category or the answer; until then both are used as they are",
    ),
    Rule(
        "child_deaths.meeting_after_review",
        f"{GUIDANCE}: the child death review meeting reports to the panel",
        "reviews",
        "meeting_date",
        ("reviews.meeting_date", "reviews.review_date"),
        lambda sent: _after_review("meeting_date", sent),
        "a child death review meeting after the panel's review",
        "the date of the panel's review or earlier",
        "correct the date that is wrong; until then the days between them are not known",
    ),
    Rule(
        "child_deaths.inquest_after_review",
        f"{GUIDANCE}: the panel waits for the inquest's conclusion",
        "reviews",
        "inquest_date",
        ("reviews.inquest_date", "reviews.review_date"),
        lambda sent: _after_review("inquest_date", sent),
        "an inquest after the panel's review",
        "a review once the inquest has ended",
        "check the dates, and whether the inquest changes the category",
        "note",
    ),
    Rule(
        "child_deaths.review_over_12_months",
        "National Child Mortality Database: reviews completed within 12 months are counted",
        "reviews",
        "review_date",
        ("reviews.review_date", "reviews.notified_date"),
        _over_12_months,
        "reviewed more than 12 months after notification",
        "a review within 12 months",
        "check the dates; if they are right, say what the case waited for",
        "note",
    ),
    *OF_LINES,
)
