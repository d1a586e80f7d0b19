"""Derived tables of children looked after and care leavers: snapshots, and what fell due."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.periods import add_months, add_working_days
from lscb_analysis.sources.parsing import NOT_KNOWN
from lscb_analysis.sources.spells import due_chain, due_while_open, events_in_spells

HEALTH_ASSESSMENT_DAYS = 20
FIRST_VISIT_DAYS = 7
NEXT_VISIT_DAYS = 42
FIRST_REVIEW_DAYS = 20
LONG_TERM_MONTHS = 30
STABLE_MONTHS = 24
_CHILD = ["child_id", "birth_date", "sex", "ethnicity"]
_STAMP = ["submission", "source"]


def looked_after_at_date(rows: pd.DataFrame, snapshot: pd.Timestamp) -> pd.DataFrame:
    """The children looked after at the snapshot, agreed short breaks (V3, V4) left out.

    Three or more placements in the last 12 months; long term: under 16 and looked after
    for 2.5 years; stable: the same placement for 2 years, or placed for adoption. A flag
    is missing where the list lacks its column. `latest_health_assessment_date` is kept
    for `with_health_reviews`.
    """
    missing = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[ns]")
    is_open = rows["started_date"].le(snapshot) & ~rows["ceased_date"].le(snapshot)
    is_break = rows.get("legal_status", pd.Series("", index=rows.index)).eq("Short breaks")
    placed = rows.get("placement_start_date", missing)
    placements = rows.get("placements", pd.Series(pd.NA, index=rows.index, dtype="Int64"))
    kind = rows.get("placement_type", pd.Series(NOT_KNOWN, index=rows.index, dtype="str"))
    is_adoption = kind.eq("Placed for adoption")
    stable = placed.le(_months_before(snapshot, STABLE_MONTHS)) | is_adoption
    under_16 = rows["birth_date"].gt(_months_before(snapshot, 16 * 12))
    long_term = rows["started_date"].le(_months_before(snapshot, LONG_TERM_MONTHS))
    children = rows.assign(
        snapshot_date=pd.Series(snapshot, index=rows.index).astype("datetime64[ns]"),
        placement_type=kind,
        has_3_or_more_placements=placements.ge(3).astype("boolean"),
        is_under_16_long_term=(under_16 & long_term)
        .where(rows["birth_date"].notna())
        .astype("boolean"),
        is_stable=stable.where(placed.notna() | is_adoption).astype("boolean"),
        is_12_months_or_more=rows["started_date"]
        .le(_months_before(snapshot, 12))
        .astype("boolean"),
        latest_health_assessment_date=rows.get("latest_health_assessment_date", missing),
    )
    unwanted = ["placements", "placement_start_date", "ceased_date", "ceased_reason"]
    unwanted += ["category_of_need", "is_asylum_seeking"]
    children = children[is_open & ~is_break].drop(columns=unwanted, errors="ignore")
    latest = children.sort_values(["child_id", "started_date"], kind="stable")
    return latest.drop_duplicates("child_id", keep="last").reset_index(drop=True)


def with_health_reviews(
    children: pd.DataFrame, assessments: pd.DataFrame, is_known: bool
) -> pd.DataFrame:
    """The snapshots with `is_health_review_current`.

    The last health assessment (in the log, or the list's own latest) was within 6
    months before the snapshot for a child under 5, within 12 months for others.
    Missing where the date of birth is, or throughout where neither is held (`is_known`).
    """
    held = assessments[["child_id", "assessment_date"]].dropna().drop_duplicates()
    numbered = children.reset_index(drop=True).rename_axis("number").reset_index()
    logged = pd.merge_asof(
        numbered[["number", "child_id", "snapshot_date"]].sort_values("snapshot_date"),
        held.sort_values("assessment_date"),
        left_on="snapshot_date",
        right_on="assessment_date",
        by="child_id",
    ).sort_values("number")
    listed = children["latest_health_assessment_date"].to_numpy()
    dates = pd.DataFrame({"listed": listed, "logged": logged["assessment_date"].to_numpy()})
    last = dates.max(axis=1).set_axis(children.index)
    is_under_5 = children["birth_date"].gt(add_months(children["snapshot_date"], -60))
    since = add_months(children["snapshot_date"], -12)
    since = since.mask(is_under_5, add_months(children["snapshot_date"], -6))
    can_tell = children["birth_date"].notna() & (is_known or bool(last.notna().any()))
    return children.assign(
        is_health_review_current=last.ge(since).where(can_tell).astype("boolean")
    )


def care_leavers_at_date(rows: pd.DataFrame, snapshot: pd.Timestamp) -> pd.DataFrame:
    """The care leavers at the snapshot with their `age_band` on that day."""
    ages = whole_years(rows["birth_date"], snapshot)
    bands = pd.Series(NOT_KNOWN, index=rows.index, dtype="str")
    bands[ages.lt(17)] = "Under 17"
    bands[ages.between(17, 18)] = "17 to 18"
    bands[ages.between(19, 21)] = "19 to 21"
    bands[ages.ge(22)] = "22 and over"
    snapshots = pd.Series(snapshot, index=rows.index).astype("datetime64[ns]")
    return rows.assign(snapshot_date=snapshots, age_band=bands)


def whole_years(birth_dates: pd.Series, day: pd.Timestamp) -> pd.Series:
    """Whole years at `day`, by last birthday; missing where the date of birth is."""
    had_birthday = (birth_dates.dt.month * 100 + birth_dates.dt.day).le(day.month * 100 + day.day)
    return (day.year - birth_dates.dt.year - (~had_birthday).astype("int64")).where(
        birth_dates.notna()
    )


def initial_health_assessments(
    periods: pd.DataFrame, assessments: pd.DataFrame, as_of: pd.Timestamp
) -> pd.DataFrame:
    """The starters still looked after on working day 20, and whether they were assessed by then.

    `assessments` is the log; the first of kind `Initial` in the period counts. Due by `as_of`.
    """
    started = _looked_after(periods).assign(
        due_date=lambda frame: add_working_days(frame["started_date"], HEALTH_ASSESSMENT_DAYS)
    )
    still = started["ceased_date"].isna() | started["ceased_date"].gt(started["due_date"])
    due = started[still & started["due_date"].le(as_of)]
    initial = assessments[assessments["kind"].eq("Initial")]
    first = events_in_spells(initial, due, "assessment_date", "started_date", "ceased_date")
    first = first.drop_duplicates(["child_id", "started_date"])
    found = due.merge(
        first[["child_id", "started_date", "assessment_date"]],
        on=["child_id", "started_date"],
        how="left",
    )
    return _on_time(found, "assessment_date", ["started_date"])


def reviews_due(
    periods: pd.DataFrame,
    reviews: pd.DataFrame,
    known_from: pd.Timestamp,
    as_of: pd.Timestamp,
) -> pd.DataFrame:
    """Every statutory review that fell due: working day 20, then 3 months, then every 6 months.

    Each interval runs from the review before.
    """
    chain = due_chain(
        _looked_after(periods),
        reviews,
        event="review_date",
        start="started_date",
        end="ceased_date",
        known_from=known_from,
        first_due=lambda starts: add_working_days(starts, FIRST_REVIEW_DAYS),
        next_due=lambda days, number: add_months(days, 6).mask(number.eq(1), add_months(days, 3)),
    )
    return _on_time(due_while_open(chain, "ceased_date", as_of), "review_date")


def visits_due(
    periods: pd.DataFrame, visits: pd.DataFrame, known_from: pd.Timestamp, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Every statutory visit that fell due: within a week, then within six weeks of the one before.

    While there is no visit, another falls due every six weeks. (Regulation 28, 2010;
    the longer interval of a placement meant to last to 18 is not known from the log.)
    """
    chain = due_chain(
        _looked_after(periods),
        visits,
        event="visit_date",
        start="started_date",
        end="ceased_date",
        known_from=known_from,
        first_due=lambda starts: starts + pd.Timedelta(days=FIRST_VISIT_DAYS),
        next_due=lambda days, _number: days + pd.Timedelta(days=NEXT_VISIT_DAYS),
    )
    repeated = _due_again(chain, as_of)
    return _on_time(due_while_open(repeated, "ceased_date", as_of), "visit_date")


def _due_again(chain: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """A chain with each due date again every six weeks until the visit, or until `as_of`."""
    until = chain["visit_date"].fillna(as_of + pd.Timedelta(days=1))
    gap = (until - chain["due_date"]).dt.days
    times = 1 + ((gap - 1).clip(lower=0) // NEXT_VISIT_DAYS).astype("int64")
    repeated = chain.loc[chain.index.repeat(times)]
    number = repeated.groupby(level=0).cumcount()
    later = pd.to_timedelta(number * NEXT_VISIT_DAYS, unit="D")
    return repeated.assign(due_date=repeated["due_date"] + later).reset_index(drop=True)


def _looked_after(periods: pd.DataFrame) -> pd.DataFrame:
    is_break = periods["is_short_break"].fillna(False).astype(bool)
    columns = [*_CHILD, "started_date", "ceased_date", *_STAMP]
    return periods.loc[~is_break, columns].reset_index(drop=True)


def _on_time(due: pd.DataFrame, event: str, more: list[str] | None = None) -> pd.DataFrame:
    on_time = due[event].le(due["due_date"]).astype("boolean")
    columns = [*_CHILD, *(more or []), "due_date", event, "is_on_time", *_STAMP]
    return due.assign(is_on_time=on_time)[columns].reset_index(drop=True)


def _months_before(day: pd.Timestamp, months: int) -> pd.Timestamp:
    return day - pd.DateOffset(months=months)
