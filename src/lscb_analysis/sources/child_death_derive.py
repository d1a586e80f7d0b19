"""What is worked out of a child death extract: ages, days, outcomes, circumstances."""

from __future__ import annotations

from datetime import date

import pandas as pd

from lscb_analysis.periods import add_months
from lscb_analysis.sources.parsing import NOT_KNOWN

# First day of each band, by age in days.
AGE_BANDS = (
    (0, "0 to 27 days"),
    (28, "28 to 364 days"),
    (365, "1 to 4 years"),
    (1826, "5 to 9 years"),
    (3653, "10 to 14 years"),
    (5479, "15 to 17 years"),
)
EIGHTEEN_YEARS = 6575
GESTATION_BANDS = (
    (15, "Under 22 weeks"),
    (22, "22 to 27 weeks"),
    (28, "28 to 36 weeks"),
    (37, "37 weeks or more"),
)
GESTATION_END = 46
DEATHS_COLUMNS = [
    "case_id",
    "death_date",
    "notified_date",
    "review_date",
    "age_band",
    "sex",
    "ethnicity",
    "category",
    "modifiable",
    "has_modifiable_factors",
    "days_to_review",
    "is_expected",
    "expectation",
    "meets_jar_criteria",
    "has_jar",
    "place",
    "six_months_date",
    "twelve_months_date",
    "residence",
]
CIRCUMSTANCES_COLUMNS = [
    "case_id",
    "death_date",
    "notified_date",
    "review_date",
    "age_band",
    "gestation_band",
    "deprivation_quintile",
    "has_cp_plan",
    "is_looked_after",
    "is_child_in_need",
    "meeting_date",
    "inquest_date",
    "days_from_meeting_to_review",
]


def age_bands(ages_in_days: pd.Series) -> pd.Series:
    """The age band at death of each age in days; `Not known` where missing or 18 years or more.

    A year is 365.25 days, so a death within a day of a birthday may fall either side.

    >>> age_bands(pd.Series([0, 27, 28, 364, 365, 6574])).tolist()[1:5]
    ['0 to 27 days', '28 to 364 days', '28 to 364 days', '1 to 4 years']
    """
    return _banded(ages_in_days, AGE_BANDS, EIGHTEEN_YEARS)


def gestation_bands(weeks: pd.Series) -> pd.Series:
    """The band of each gestation in weeks; `Not known` where missing, under 15 or over 45.

    >>> gestation_bands(pd.Series([21, 22, 40, 50])).tolist()
    ['Under 22 weeks', '22 to 27 weeks', '37 weeks or more', 'Not known']
    """
    return _banded(weeks, GESTATION_BANDS, GESTATION_END)


def expectations(is_expected: pd.Series) -> pd.Series:
    """Whether each death was expected, in words; `Not known` where nobody said.

    >>> expectations(pd.Series([True, False, None], dtype="boolean")).tolist()
    ['Expected', 'Not expected', 'Not known']
    """
    words = is_expected.map({True: "Expected", False: "Not expected"})
    return words.astype("object").fillna(NOT_KNOWN).astype("str")


def _banded(numbers: pd.Series, bands: tuple[tuple[int, str], ...], end: int) -> pd.Series:
    edges = [first for first, _ in bands] + [end]
    names = [name for _, name in bands]
    cut = pd.cut(numbers.astype("float64"), edges, right=False, labels=names)
    return cut.astype("object").fillna(NOT_KNOWN).astype("str")


def derive_deaths(cases: pd.DataFrame) -> pd.DataFrame:
    """The cases with the columns that are worked out from their dates and answers.

    `has_modifiable_factors`: missing until the review, and where it had too little
    information. `days_to_review`: from death, missing where the review is before it.
    `expectation`: Expected, Not expected, Not known. `six_months_date`,
    `twelve_months_date`: after notification.
    """
    reviewed = cases["review_date"].notna()
    answered = cases["modifiable"].map({"Yes": True, "No": False}).astype("boolean")
    return cases.assign(
        age_band=age_bands(cases["age_in_days"]),
        has_modifiable_factors=answered.where(reviewed),
        days_to_review=_days(cases["death_date"], cases["review_date"]),
        expectation=expectations(cases["is_expected"]),
        six_months_date=add_months(cases["notified_date"], 6),
        twelve_months_date=add_months(cases["notified_date"], 12),
    )


def derive_circumstances(cases: pd.DataFrame) -> pd.DataFrame:
    """The derived cases with `gestation_band` and `days_from_meeting_to_review`.

    The days run from the child death review meeting to the panel's review, missing where
    the review is the earlier.
    """
    return cases.assign(
        gestation_band=gestation_bands(cases["gestation_weeks"]),
        days_from_meeting_to_review=_days(cases["meeting_date"], cases["review_date"]),
    )


def on_time(forms: pd.DataFrame, last_day: date) -> pd.Series:
    """Whether each form came back by its due date, as on `last_day` (`boolean`).

    Missing where there is no due date, or it is not past and the form is not back.
    """
    returned, due = forms["returned_date"], forms["due_date"]
    is_known = due.notna() & (returned.notna() | due.lt(pd.Timestamp(last_day)))
    return returned.le(due).astype("boolean").where(is_known)


def _days(start: pd.Series, end: pd.Series) -> pd.Series:
    days = (end - start).dt.days.astype("float64")
    return days.where(days.ge(0))
