"""Coverage: which days the submissions of each table cover."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from lscb_analysis.findings import as_findings, finding
from lscb_analysis.periods import Quarter, parse_quarter, quarter_of
from lscb_analysis.sources import annex_a, child_deaths, cin_census, ssda903

COLUMNS = ("table", "start", "end", "submission")
DEATH_YEARS = 6
OWN_SHARE = 0.1
_DATES = {
    "cp_reviews": "review_date",
    "lac_reviews": "review_date",
    "visits": "visit_date",
    "health_assessments": "assessment_date",
    "da_incidents": "incident_date",
    "da_notified_children": "notification_date",
    "da_triage": "period_end",
    "marac_meetings": "meeting_date",
    "insights": "period_end",
    "da_services": "period_end",
}
_NEVER_EMPTY = (
    *("da_incidents", "da_notified_children", "da_triage", "marac_meetings", "insights"),
    "da_services",
)
_YEARLY = {"ssda903_episodes": "looked_after_periods"}
_OWN_SPAN = {module.NAME: module.covers for module in (annex_a, ssda903, cin_census)}


def covered_days(source: str, table: str, quarter: Quarter) -> tuple[date, date]:
    """The first and last day that one source's table in one submission covers.

    >>> covered_days("police", "da_incidents", Quarter(2016, 4))
    (datetime.date(2017, 1, 1), datetime.date(2017, 3, 31))
    """
    if source in _OWN_SPAN:
        return _OWN_SPAN[source](table, quarter)
    if source == child_deaths.NAME:
        last_year = quarter.year if quarter.number == 4 else quarter.year - 1
        return date(last_year - DEATH_YEARS, 4, 1), quarter.end
    return quarter.start, quarter.end


def quarters_sent(table: str, rows: pd.DataFrame, quarter: Quarter) -> list[Quarter]:
    """The quarters that a quarterly table in a submission is about.

    Those that a tenth of its rows or more are dated in, so that a late return counts for
    the quarter it is about; the submission's own where the table has no date or no rows. A police,
    triage, Marac or Insights table with a header and no rows is about none: an extract that
    came out empty is not a zero.
    """
    dates = rows[_DATES[table]].dropna() if table in _DATES else pd.Series(dtype="object")
    if dates.empty:
        return [] if table in _NEVER_EMPTY else [quarter]
    rows_of: dict[Quarter, int] = {}
    for day, count in dates.value_counts().items():
        of_day = quarter_of(pd.Timestamp(str(day)))
        rows_of[of_day] = rows_of.get(of_day, 0) + count
    share = OWN_SHARE * len(dates)
    return sorted(each for each, count in rows_of.items() if count >= share and each <= quarter)


def late_returns(parts: Iterable[tuple[str, str, Quarter, Quarter]]) -> pd.DataFrame:
    """A note for each table that came in a later submission than the quarter it is about."""
    return as_findings(
        finding(
            source,
            sent.id,
            found=f"{table} of {about.id}, sent late",
            expected="each quarter's table in that quarter's submission",
            action="nothing: it counts for its own quarter",
            severity="note",
        )
        for source, table, about, sent in parts
        if about != sent
    )


def as_coverage(parts: Iterable[tuple[str, str, Quarter]]) -> pd.DataFrame:
    """One row for each table that a submission holds; `parts` is source, table, quarter."""
    rows = [
        (_YEARLY.get(table, table), *covered_days(source, table, quarter), quarter.id)
        for source, table, quarter in parts
    ]
    return typed_coverage(pd.DataFrame(rows, columns=list(COLUMNS)))


def typed_coverage(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as a coverage table: text, and days as datetime64[ns]."""
    days = {name: pd.to_datetime(rows[name]).astype("datetime64[ns]") for name in ("start", "end")}
    texts = {name: rows[name].astype("str") for name in ("table", "submission")}
    typed = rows.assign(**days, **texts)[list(COLUMNS)]
    return typed.drop_duplicates(ignore_index=True)


def last_block(coverage: pd.DataFrame, table: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """The last run of days that the table's submissions cover without a gap; None if none.

    >>> parts = [("logs", "visits", Quarter(2016, n)) for n in (1, 3, 4)]
    >>> first, last = last_block(as_coverage(parts), "visits")
    >>> first.date(), last.date()
    (datetime.date(2016, 10, 1), datetime.date(2017, 3, 31))
    """
    spans = coverage[coverage["table"].eq(table)].sort_values("start")
    if spans.empty:
        return None
    first, last = spans["start"].iloc[0], spans["end"].iloc[0]
    for start, end in zip(spans["start"], spans["end"], strict=True):
        first = start if start > last + timedelta(days=1) else first
        last = max(last, end)
    return first, last


def derived_coverage(
    coverage: pd.DataFrame, table: str, of: str, lag: pd.DateOffset
) -> pd.DataFrame:
    """Coverage of a derived table: that of its log, without the first days (`lag`).

    What fell due in those first days depends on what was done before the log begins.
    """
    block = last_block(coverage, of)
    if block is None:
        return coverage.iloc[:0]
    spans = coverage[coverage["table"].eq(of)]
    known = block[0] + lag
    start = spans["start"].where(spans["start"].ge(known), known)
    rows = spans.assign(table=table, start=start)
    return typed_coverage(rows[rows["start"].le(rows["end"])])


def gaps(coverage: pd.DataFrame, tables: Iterable[str], until: Quarter) -> pd.DataFrame:
    """A finding for each quarter in which a quarterly table was not sent, after it first was."""
    found = []
    for table in tables:
        sent = set(coverage.loc[coverage["table"].eq(table), "submission"])
        expected = _quarters_from(sent, until)
        for quarter in expected:
            if quarter.id not in sent:
                found.append(
                    finding(
                        table,
                        quarter.id,
                        found="no table of this kind, which earlier quarters have",
                        expected="it in every quarter",
                        action="ask for it; until then the quarter has no value",
                    )
                )
    return as_findings(found)


def _quarters_from(sent: set[str], until: Quarter) -> list[Quarter]:
    if not sent:
        return []
    first = min(parse_quarter(name) for name in sent)
    count = (until.year - first.year) * 4 + until.number - first.number + 1
    return until.last(count)
