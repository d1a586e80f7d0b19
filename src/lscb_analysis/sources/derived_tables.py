"""The derived columns and tables of an area's joined records, and the days they cover."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.findings import as_findings, finding
from lscb_analysis.sources import care_derive, derive
from lscb_analysis.sources.coverage import derived_coverage, last_block, typed_coverage
from lscb_analysis.sources.records import as_records

Records = dict[str, pd.DataFrame]
_VISITS_LAG = pd.DateOffset(days=care_derive.NEXT_VISIT_DAYS)
_REVIEWS_LAG = pd.DateOffset(months=6)
_HEALTH_LAG = pd.DateOffset(days=35)


def derive_all(
    joined: Records, coverage: pd.DataFrame, as_of: pd.Timestamp
) -> tuple[Records, pd.DataFrame, pd.DataFrame]:
    """The records with every derived column and table, their coverage, and findings.

    A table that needs a log is made where there is one, up to the last day that the
    log covers without a gap.
    """
    records = dict(joined)
    for table in ("referrals", "assessments", "section_47s", "conferences"):
        if table in joined:
            records[table] = as_records(table, getattr(derive, table)(joined[table]))
    findings = as_findings()
    if "cp_plans" in joined:
        records["cp_plans"], findings = _plans(joined, coverage, as_of)
    if "looked_after_at_date" in joined:
        log = _events(joined, "health_assessments", "assessment_date")
        snapshots = care_derive.with_health_reviews(
            joined["looked_after_at_date"], log, "health_assessments" in joined
        )
        records["looked_after_at_date"] = as_records("looked_after_at_date", snapshots)
    due, of_due = _due(joined, coverage, as_of)
    return records | due, typed_coverage(pd.concat([coverage, *of_due])), findings


def _plans(
    joined: Records, coverage: pd.DataFrame, as_of: pd.Timestamp
) -> tuple[pd.DataFrame, pd.DataFrame]:
    plans, block = joined["cp_plans"], last_block(coverage, "cp_reviews")
    reviews = pd.concat(
        [_events(joined, name, "review_date") for name in ("cp_reviews", "cp_latest_reviews")],
        ignore_index=True,
    )
    known_from, known_to = block or (as_of, as_of)
    derived = derive.cp_plans(plans, reviews, known_from, min(known_to, as_of))
    if block is not None:
        return as_records("cp_plans", derived), as_findings()
    derived["reviews_on_time_until"] = derived["plan_start_date"]
    no_log = finding(
        "logs",
        "all submissions",
        found="no log of child protection reviews: no plan can be said to be reviewed on time",
        expected="the log of review conferences every quarter",
        action="ask for the log; do not use the share reviewed on time until then",
    )
    return as_records("cp_plans", derived), as_findings([no_log])


def _due(
    joined: Records, coverage: pd.DataFrame, as_of: pd.Timestamp
) -> tuple[Records, list[pd.DataFrame]]:
    made: Records = {}
    covered: list[pd.DataFrame] = []
    periods = joined.get("looked_after_periods")
    if periods is None:
        return made, covered
    for table, log, lag in (
        ("initial_health_assessments", "health_assessments", _HEALTH_LAG),
        ("reviews_due", "lac_reviews", _REVIEWS_LAG),
        ("visits_due", "visits", _VISITS_LAG),
    ):
        block = last_block(coverage, log)
        if log not in joined or block is None:
            continue
        known_from, known_to = block[0], min(block[1], as_of)
        if table == "initial_health_assessments":
            starters = periods[periods["started_date"].ge(known_from)]
            due = care_derive.initial_health_assessments(starters, joined[log], known_to)
        else:
            due = getattr(care_derive, table)(periods, joined[log], known_from, known_to)
        made[table] = as_records(table, due)
        covered.append(derived_coverage(coverage, table, log, lag))
    return made, covered


def _events(joined: Records, table: str, column: str) -> pd.DataFrame:
    rows = joined.get(table)
    if rows is None:
        rows = pd.DataFrame({"child_id": [], column: []})
    return rows[["child_id", column]].astype({"child_id": "str", column: "datetime64[ns]"})
