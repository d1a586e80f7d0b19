"""The child death panel's extract: cases, contributory factors and agencies' forms."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.sources.board_rules import ReadTable, check, first_of_each, gather_read
from lscb_analysis.sources.board_tables import Layout, Result, dates_of, records_of
from lscb_analysis.sources.child_death_cells import OTHER_FACTOR
from lscb_analysis.sources.child_death_derive import (
    CIRCUMSTANCES_COLUMNS,
    DEATHS_COLUMNS,
    age_bands,
    derive_circumstances,
    derive_deaths,
    on_time,
)
from lscb_analysis.sources.child_death_rules import RULES
from lscb_analysis.sources.child_death_sent import Read, as_rules_see_it, parsers_of, read_each
from lscb_analysis.sources.child_death_tables import (
    CASES,
    FACTORS,
    FORMS,
    NAME,
    NOTIFICATIONS,
    OPTIONAL,
    REVIEWS,
)
from lscb_analysis.sources.columns import match_columns
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.parsing import NOT_KNOWN
from lscb_analysis.sources.raw_tables import RawTable

__all__ = ["LAYOUTS", "NAME", "RULES", "age_bands", "derive_deaths", "on_time", "read"]
LAYOUTS = (CASES, NOTIFICATIONS, REVIEWS, FACTORS, FORMS)
STAMP = ["submission", "source"]
FACTOR_COLUMNS = ["case_id", "factor_line", "review_date", "domain", "factor", "grade"]


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The tables `child_deaths`, `death_factors`, `death_forms` of a submission, and the findings.

    `death_circumstances` too, where a column that not every panel has was sent. The extract
    holds every case the panel knows of, so it replaces the one before. A review after the
    quarter's last day has not taken place yet. Notifications and reviews may be two tables:
    they are made one, if no table of whole cases was sent.
    """
    sent = read_each(tables, context)
    cases, of_cases = _cases(sent, context)
    factors, of_factors = gather_read(
        sent["factors"],
        FACTORS,
        context,
        ["case_id", "domain", "factor", "factor_line"],
        lambda item: (_factors(item.rows, cases), as_findings()),
    )
    forms, of_forms = gather_read(
        sent["forms"],
        FORMS,
        context,
        ["case_id", "agency", "form"],
        lambda item: (_forms(item.rows, context), as_findings()),
    )
    records = {
        "child_deaths": None if cases is None else cases[[*DEATHS_COLUMNS, *STAMP]],
        "death_factors": factors,
        "death_forms": None if forms is None else forms.drop(columns="form"),
        "death_circumstances": _circumstances(cases, sent),
    }
    checked = check(RULES, as_rules_see_it(sent), context)
    return records_of(records), join_findings([of_cases, of_factors, of_forms, checked])


def _cases(sent: Read, context: Context) -> tuple[pd.DataFrame | None, pd.DataFrame]:
    """The cases, whole or made of notifications and reviews, with the derived columns."""

    def gathered(kind: str, layout: Layout) -> tuple[pd.DataFrame | None, pd.DataFrame]:
        return gather_read(sent[kind], layout, context, ["case_id"], _each_case_once)

    cases, of_cases = gathered("cases", CASES)
    if cases is not None:
        needless = [_not_used(item) for item in (*sent["notifications"], *sent["reviews"])]
        return _derived(cases), join_findings([of_cases, as_findings(needless)])
    notified, of_notified = gathered("notifications", NOTIFICATIONS)
    reviewed, of_reviewed = gathered("reviews", REVIEWS)
    findings = join_findings([of_notified, of_reviewed])
    if notified is None:
        return None, findings
    return _derived(_with_reviews(notified, reviewed, context)), findings


def _each_case_once(item: ReadTable) -> Result:
    return first_of_each(item.rows, ["case_id"], ["case_id"]), as_findings()


def _with_reviews(
    notified: pd.DataFrame, reviewed: pd.DataFrame | None, context: Context
) -> pd.DataFrame:
    """The notified cases with their review, its columns not known where there is none."""
    if reviewed is None:
        columns = {name: pd.Series(dtype=object) for name in REVIEWS.columns}
        parsers = parsers_of(REVIEWS, context)
        reviewed = pd.DataFrame(
            {name: parsers[name](cells, source=NAME, file="")[0] for name, cells in columns.items()}
        )
    outcomes = reviewed.drop(columns=STAMP, errors="ignore")
    whole = notified.merge(outcomes, how="left", on="case_id", validate="1:1")
    texts = ["status", "category", "modifiable", "other_category"]
    return whole.assign(**{name: whole[name].fillna(NOT_KNOWN).astype("str") for name in texts})


def _derived(cases: pd.DataFrame) -> pd.DataFrame:
    return derive_circumstances(derive_deaths(cases))


def _not_used(item: ReadTable) -> dict[str, str]:
    return finding(
        NAME,
        **item.table.place,
        found="notifications or reviews apart, beside a table of whole cases",
        expected="whole cases, or the two tables, not both",
        action="withdraw one of them; until then the whole cases are used",
    )


def _circumstances(cases: pd.DataFrame | None, sent: Read) -> pd.DataFrame | None:
    """The circumstances of each death, where a column for them was sent."""
    headers = [
        header
        for kind in ("cases", "notifications", "reviews")
        for item in sent[kind]
        for header in item.table.rows.columns
    ]
    if cases is None or not OPTIONAL & set(match_columns(headers, CASES.columns)):
        return None
    return cases[[*CIRCUMSTANCES_COLUMNS, *STAMP]]


def _factors(sent: pd.DataFrame, cases: pd.DataFrame | None) -> pd.DataFrame:
    known = sent[sent["case_id"].notna()]
    listed = known[known["factor"].ne(OTHER_FACTOR)]
    again = listed.duplicated(["factor", "domain", "case_id"])
    kept = known[~again.reindex(known.index, fill_value=False)]
    lines = kept.assign(
        factor_line=kept.groupby("case_id").cumcount() + 1,
        review_date=dates_of(kept["case_id"], cases, "case_id", "review_date"),
    )
    return lines[[*FACTOR_COLUMNS, "is_modifiable"]]


def _forms(sent: pd.DataFrame, context: Context) -> pd.DataFrame:
    once = first_of_each(sent, ["case_id"], ["case_id", "agency", "form"])
    in_order = ["case_id", "agency", "requested_date", "due_date", "returned_date", "form"]
    return once[in_order].assign(is_on_time=on_time(once, context.quarter.end))
