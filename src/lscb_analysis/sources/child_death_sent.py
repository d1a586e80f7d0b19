"""Child death extracts as they were sent: every row, read, and as rules look at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from lscb_analysis.sources.board_rules import ReadTable, as_parsed, of_key, read_all
from lscb_analysis.sources.board_tables import (
    Layout,
    Parser,
    answers,
    codes,
    dates,
    identifiers,
    needed,
)
from lscb_analysis.sources.child_death_cells import (
    ages,
    area_codes,
    categories,
    factor_names,
    forms_sent,
    grades,
    last_years_of_grades,
)
from lscb_analysis.sources.child_death_tables import (
    CASES,
    FACTORS,
    FORMS,
    NOTIFICATIONS,
    OPTIONAL,
    REVIEWS,
)
from lscb_analysis.sources.columns import has_columns, match_columns
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.parsed import Parsed
from lscb_analysis.sources.parsing import parse_whole_numbers
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.text_cells import texts

Read = Mapping[str, list[ReadTable]]
OF_THE_DEATH = ("death_date", "notified_date", "age_in_days", "is_expected")


def read_each(tables: list[RawTable], context: Context) -> dict[str, list[ReadTable]]:
    """The tables of the extract by kind: `cases`, `notifications`, `reviews`, `factors`, `forms`.

    A table of whole cases is neither one of notifications nor one of reviews.
    """
    apart = [table for table in tables if not has_columns(table, CASES.columns, CASES.marks)]

    def read(from_tables: list[RawTable], layout: Layout) -> list[ReadTable]:
        return read_all(from_tables, layout, parsers_of(layout, context), OPTIONAL)

    return {
        "cases": read(tables, CASES),
        "notifications": read(apart, NOTIFICATIONS),
        "reviews": read(apart, REVIEWS),
        "factors": [_with_last_years(item) for item in read(tables, FACTORS)],
        "forms": read(tables, FORMS),
    }


def parsers_of(layout: Layout, context: Context) -> dict[str, Parser]:
    """A parser for each column of one of the extract's layouts."""
    answered = ("is_expected", "meets_jar_criteria", "has_jar", "is_modifiable", "has_cp_plan")
    parsers: dict[str, Parser] = {
        "case_id": needed(identifiers(context)),
        "residence": area_codes,
        "death_date": needed(dates(context), "the death is in no period"),
        "notified_date": needed(dates(context), "its notification is in no period"),
        "age_in_days": ages,
        "sex": codes("children", "sex"),
        "ethnicity": codes("children", "ethnicity"),
        **{name: codes("child_deaths", name) for name in ("place", "status", "modifiable")},
        **{name: answers() for name in (*answered, "is_looked_after", "is_child_in_need")},
        **{name: dates(context) for name in ("review_date", "meeting_date")},
        "inquest_date": dates(context, is_ahead=True),
        "category": categories,
        "other_category": categories,
        "deprivation_quintile": _quintiles,
        "gestation_weeks": parse_whole_numbers,
        "domain": codes("child_deaths", "domain"),
        "factor": factor_names,
        "grade": grades,
        "agency": texts(60),
        "requested_date": dates(context),
        "due_date": dates(context, is_ahead=True),
        "returned_date": dates(context),
        "form": forms_sent,
    }
    return {name: parsers[name] for name in layout.columns}


def _quintiles(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    return parse_whole_numbers(cells, lowest=1, highest=5, **place)


def _with_last_years(item: ReadTable) -> ReadTable:
    """The factor lines with the last financial year in which the grade of each was in use."""
    header = match_columns(item.table.rows.columns, FACTORS.columns)["grade"]
    last_years = last_years_of_grades(item.table.rows[header])
    return replace(item, rows=item.rows.assign(last_year_of_grade=last_years))


def tables_sent(tables: list[RawTable], context: Context) -> dict[str, Parsed]:
    """Every row that was sent of each table as rules look at it, by the name rules use.

    `notifications` and `reviews` are the same rows where whole cases were sent; reviews
    that were sent apart know the dates, the age and the expectation of their death.
    """
    return as_rules_see_it(read_each(tables, context))


def as_rules_see_it(read: Read) -> dict[str, Parsed]:
    """The tables that were read by the names that rules use."""
    whole = as_parsed(read["cases"], CASES)
    notified = whole or as_parsed(read["notifications"], NOTIFICATIONS)
    reviewed = whole or as_parsed(read["reviews"], REVIEWS)
    if whole is None and notified is not None and reviewed is not None:
        reviewed = _with_death(reviewed, notified)
    parsed = {
        "notifications": notified,
        "reviews": reviewed,
        "factors": as_parsed(read["factors"], FACTORS),
        "forms": as_parsed(read["forms"], FORMS),
    }
    return {name: table for name, table in parsed.items() if table is not None}


def _with_death(reviewed: Parsed, notified: Parsed) -> Parsed:
    of_death = {
        name: of_key(reviewed.rows, notified.rows, "case_id", name)
        for name in OF_THE_DEATH
        if name in notified.rows
    }
    return replace(reviewed, rows=reviewed.rows.assign(**of_death))
