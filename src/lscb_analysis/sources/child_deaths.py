"""The child death panel's extract: cases, contributory factors and agencies' forms."""

from __future__ import annotations

from datetime import date

import pandas as pd

from lscb_analysis.findings import join_findings
from lscb_analysis.periods import add_months
from lscb_analysis.sources.board_tables import (
    Parser,
    Result,
    answers,
    codes,
    dates,
    dates_of,
    gather,
    identifiers,
    keep_first,
    needed,
    read_columns,
    records_of,
    with_all,
)
from lscb_analysis.sources.child_death_checks import case_findings, factor_findings, form_findings
from lscb_analysis.sources.child_death_tables import (
    AGE_BANDS,
    CASES,
    FACTORS,
    FORMS,
    NAME,
    OTHER_FACTOR,
    area_codes,
    factor_names,
    grades,
)
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.parsing import NOT_KNOWN, parse_whole_numbers
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.text_cells import texts

__all__ = ["LAYOUTS", "NAME", "age_bands", "derive_deaths", "on_time", "read"]
LAYOUTS = (CASES, FACTORS, FORMS)
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
    "meets_jar_criteria",
    "has_jar",
    "place",
    "six_months_date",
    "twelve_months_date",
    "residence",
]


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The tables `child_deaths`, `death_factors`, `death_forms` of a submission, and the findings.

    The extract holds every case the panel knows of, so it replaces the one before. A
    review after the quarter's last day has not taken place yet.
    """
    deaths, of_deaths = gather(
        tables, CASES, context, ["case_id"], lambda table: _deaths(table, context)
    )
    factors, of_factors = gather(
        tables,
        FACTORS,
        context,
        ["case_id", "domain", "factor", "factor_line"],
        lambda table: _factors(table, context, deaths),
    )
    forms, of_forms = gather(
        tables, FORMS, context, ["case_id", "agency"], lambda table: _forms(table, context)
    )
    records = {"child_deaths": deaths, "death_factors": factors, "death_forms": forms}
    return records_of(records), join_findings([of_deaths, of_factors, of_forms])


def age_bands(ages_in_days: pd.Series) -> pd.Series:
    """The age band at death of each age in days; `Not known` where missing or 18 years or more.

    A year is 365.25 days, so a death within a day of a birthday may fall either side.

    >>> age_bands(pd.Series([0, 27, 28, 364, 365, 6574])).tolist()[1:5]
    ['0 to 27 days', '28 to 364 days', '28 to 364 days', '1 to 4 years']
    """
    edges = [first for first, _ in AGE_BANDS] + [6575]
    names = [name for _, name in AGE_BANDS]
    bands = pd.cut(ages_in_days.astype("float64"), edges, right=False, labels=names)
    return bands.astype("object").fillna(NOT_KNOWN).astype("str")


def derive_deaths(cases: pd.DataFrame) -> pd.DataFrame:
    """The cases with the columns that are worked out from their dates and answers.

    `has_modifiable_factors`: missing until the review, and where it had too little
    information. `days_to_review`: from death, missing where the review is before it.
    `six_months_date`, `twelve_months_date`: after notification.
    """
    reviewed = cases["review_date"].notna()
    answered = cases["modifiable"].map({"Yes": True, "No": False}).astype("boolean")
    days = (cases["review_date"] - cases["death_date"]).dt.days.astype("float64")
    return cases.assign(
        age_band=age_bands(cases["age_in_days"]),
        has_modifiable_factors=answered.where(reviewed),
        days_to_review=days.where(days.ge(0)),
        six_months_date=add_months(cases["notified_date"], 6),
        twelve_months_date=add_months(cases["notified_date"], 12),
    )


def _deaths(table: RawTable, context: Context) -> Result:
    cases, findings = read_columns(
        table,
        CASES,
        {
            "case_id": needed(identifiers(context)),
            "residence": area_codes,
            "death_date": needed(dates(context), "the death is in no period"),
            "notified_date": needed(dates(context), "its notification is in no period"),
            "age_in_days": parse_whole_numbers,
            "sex": codes("children", "sex"),
            "ethnicity": codes("children", "ethnicity"),
            "place": codes("child_deaths", "place"),
            "is_expected": answers(),
            "meets_jar_criteria": answers(),
            "has_jar": answers(),
            "review_date": dates(context),
            "status": codes("child_deaths", "status"),
            "category": codes("child_deaths", "category"),
            "modifiable": codes("child_deaths", "modifiable"),
        },
    )
    once, again = keep_first(with_all(cases, ["case_id"]), ["case_id"], table, CASES)
    found = case_findings(once, table)
    return derive_deaths(once)[DEATHS_COLUMNS], join_findings([findings, again, found])


def _factors(table: RawTable, context: Context, deaths: pd.DataFrame | None) -> Result:
    factors, findings = read_columns(
        table,
        FACTORS,
        {
            "case_id": needed(identifiers(context)),
            "domain": codes("child_deaths", "domain"),
            "factor": factor_names,
            "grade": grades,
            "is_modifiable": answers(),
        },
    )
    known = with_all(factors, ["case_id"])
    cases = pd.Series(dtype="str") if deaths is None else deaths["case_id"]
    found = factor_findings(known, cases, table)
    listed = known[known["factor"].ne(OTHER_FACTOR)]
    once, again = keep_first(listed, ["factor", "domain", "case_id"], table, FACTORS)
    kept = known.drop(index=listed.index.difference(once.index))
    lines = kept.assign(
        factor_line=kept.groupby("case_id").cumcount() + 1,
        review_date=dates_of(kept["case_id"], deaths, "case_id", "review_date"),
    )
    ordered = [
        "case_id",
        "factor_line",
        "review_date",
        "domain",
        "factor",
        "grade",
        "is_modifiable",
    ]
    return lines[ordered], join_findings([findings, again, found])


def _forms(table: RawTable, context: Context) -> Result:
    parsers: dict[str, Parser] = {
        "case_id": needed(identifiers(context)),
        "agency": texts(60),
        "requested_date": dates(context),
        "due_date": dates(context, is_ahead=True),
        "returned_date": dates(context),
    }
    forms, findings = read_columns(table, FORMS, parsers)
    once, again = keep_first(with_all(forms, ["case_id"]), ["case_id", "agency"], table, FORMS)
    found = form_findings(once, table)
    timed = once.assign(is_on_time=on_time(once, context.quarter.end))
    return timed, join_findings([findings, again, found])


def on_time(forms: pd.DataFrame, last_day: date) -> pd.Series:
    """Whether each form came back by its due date, as on `last_day` (`boolean`).

    Missing where there is no due date, or it is not past and the form is not back.
    """
    returned, due = forms["returned_date"], forms["due_date"]
    is_known = due.notna() & (returned.notna() | due.lt(pd.Timestamp(last_day)))
    return returned.le(due).astype("boolean").where(is_known)
