"""The settings workbook: the area's own targets, tolerances and limits, with owner and date."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lscb_analysis.catalogue.indicators import indicators
from lscb_analysis.findings import join_findings
from lscb_analysis.sources.board_tables import (
    Result,
    dates,
    flagged,
    keep_first,
    read_columns,
    tables_of,
)
from lscb_analysis.sources.board_workbooks import (
    headers_of,
    read_board_tables,
    without_blank_rows,
)
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.layouts import Layout
from lscb_analysis.sources.name_cells import names
from lscb_analysis.sources.number_cells import parse_numbers
from lscb_analysis.sources.parsing import is_blank
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.text_cells import looks_personal, texts

NAME = "settings_workbook"
TARGETS = Layout(
    NAME,
    "Targets and tolerances",
    {
        "indicator": ("Indicator",),
        "title": ("Title",),
        "unit": ("Unit",),
        "direction": ("Good Is",),
        "target": ("Target",),
        "amber_tolerance": ("Amber Tolerance",),
        "red_tolerance": ("Red Tolerance",),
        "lower_limit": ("Lower Limit",),
        "upper_limit": ("Upper Limit",),
        "owner": ("Owner",),
        "agreed_date": ("Date Agreed",),
        "review_date": ("Review Date",),
        "note": ("Note",),
    },
    marks=("indicator", "target", "owner"),
)
NUMBERS = ("target", "amber_tolerance", "red_tolerance", "lower_limit", "upper_limit")
COLUMNS = ("indicator", *NUMBERS, "owner", "agreed_date", "review_date", "note")
_ENTRIES = COLUMNS[1:]
_OUT = "until then it is not used"


def read_targets(path: Path, context: Context) -> Result:
    """The targets of an area's settings workbook, one row an indicator, and the findings.

    `path` is `data/raw/<area>/settings.xlsx`, or the same as `.csv`; nothing where there is
    none. Columns: `indicator`; `target`, `amber_tolerance`, `red_tolerance` (how far short of
    it a figure may be, in the indicator's unit), `lower_limit`, `upper_limit` (`float64`,
    missing where there is none); `owner`, `note` (text, blank where there is none);
    `agreed_date`, `review_date` (NaT where there is none).

    Not used, each with a finding: an unknown indicator; a target where neither high nor low
    is good, or on a figure with one value for each category; limits or tolerances the wrong
    way round, a percentage over 100; a row without owner or date agreed. A review that was
    due by the submission's last day is a finding too, and the target is used.
    """
    tables, findings = read_board_tables(path, TARGETS)
    read = [_read(table, context) for table in tables_of(tables, TARGETS)]
    empty = pd.DataFrame({name: pd.Series(dtype=_type(name)) for name in COLUMNS})
    rows = pd.concat([frame for frame, _ in read if len(frame)] or [empty], ignore_index=True)
    rows = rows.drop_duplicates("indicator", ignore_index=True)
    return rows[list(COLUMNS)], join_findings([findings, *(found for _, found in read)])


def _type(column: str) -> str:
    if column in NUMBERS:
        return "float64"
    return "datetime64[ns]" if column.endswith("_date") else "str"


def _read(table: RawTable, context: Context) -> Result:
    table = without_blank_rows(table, headers_of(table, TARGETS, _ENTRIES))
    rows, findings = read_columns(
        table,
        TARGETS,
        {
            "indicator": names(
                {name: item.title for name, item in indicators().items()},
                "an indicator of the catalogue",
                expected="an id of the catalogue, such as re_referrals",
                action=f"correct it; {_OUT}",
            ),
            **dict.fromkeys(NUMBERS, parse_numbers),
            "owner": texts(120, blank=""),
            "agreed_date": dates(context, is_ahead=True),
            "review_date": dates(context, is_ahead=True),
            "note": texts(500, blank=""),
        },
    )
    found = [findings]
    for step in (_owned, _directed, _ordered, _in_date):
        rows, told = step(rows, table, context)
        found.append(told)
    once, again = keep_first(rows, ["indicator"], table, TARGETS)
    return once[list(COLUMNS)], join_findings([*found, again])


def _told(
    rows: pd.DataFrame,
    wrong: pd.Series,
    table: RawTable,
    column: str,
    found: str,
    expected: str,
    action: str = f"correct it; {_OUT}",
    severity: str = "warning",
) -> pd.DataFrame:
    return flagged(
        rows,
        wrong,
        table,
        TARGETS,
        column=column,
        found=found,
        expected=expected,
        action=action,
        severity=severity,
    )


def _owned(rows: pd.DataFrame, table: RawTable, _: Context) -> Result:
    """The rows of an indicator, with an owner who is a role and the day they were agreed."""
    header = headers_of(table, TARGETS, ("indicator",))[0]
    nameless = table.rows[header].map(is_blank).astype(bool)
    personal = {name: rows[name].map(looks_personal).astype(bool) for name in ("owner", "note")}
    no_owner = rows["owner"].eq("")
    no_date = rows["agreed_date"].isna()
    fill = f"fill it in; {_OUT}"
    found = [
        _told(rows, nameless, table, "indicator", "a target of no indicator", "its id", fill),
        _told(rows, no_owner, table, "owner", "no owner", "the role that answers for it", fill),
        _told(rows, no_date, table, "agreed_date", "no day on which it was agreed", "a date", fill),
        *(
            _told(
                rows,
                is_personal,
                table,
                name,
                "a text that seems to hold an address, an identifier or a date in figures",
                "a role, and plain words",
                "take it out; until then the text is left out",
            )
            for name, is_personal in personal.items()
        ),
    ]
    kept = rows.assign(note=rows["note"].mask(personal["note"], ""))
    usable = kept["indicator"].ne("") & ~no_owner & ~no_date & ~personal["owner"]
    return kept[usable], join_findings(found)


def _directed(rows: pd.DataFrame, table: RawTable, _: Context) -> Result:
    """The rows with a target only where a direction is good, and only for figures of one value."""
    entries = rows["indicator"].map(indicators())
    is_share = entries.map(lambda item: item.measure == "share").astype(bool)
    is_draft = entries.map(lambda item: item.stage != "live").astype(bool)
    is_percentage = entries.map(lambda item: item.measure == "proportion").astype(bool)
    has_target = rows[list(NUMBERS[:3])].notna().any(axis=1)
    directionless = entries.map(lambda item: item.polarity == "none").astype(bool) & has_target
    alone = rows["target"].isna() & rows[list(NUMBERS[1:3])].notna().any(axis=1) & ~directionless
    over = is_percentage & rows[list(NUMBERS)].gt(100).any(axis=1)
    found = [
        _told(
            rows,
            is_share,
            table,
            "indicator",
            "a target for a figure that has one value for each category",
            "an indicator with one value",
            f"take it out; {_OUT}",
        ),
        _told(
            rows,
            directionless & ~is_share,
            table,
            "target",
            "a target where neither higher nor lower is better",
            "a lower or upper limit, outside which a question is asked",
            "use limits instead; the target is not used",
        ),
        _told(
            rows,
            alone,
            table,
            "target",
            "a tolerance without a target",
            "a target, or limits",
            "fill it in; the tolerance is not used",
        ),
        _told(rows, over, table, "target", "a percentage over 100", "numbers from 0 to 100"),
        _told(
            rows,
            is_draft,
            table,
            "indicator",
            "a target of an indicator that is not live yet",
            "a live indicator: see lscb indicators",
            "keep the row: it is used once the indicator is live",
            "note",
        ),
    ]
    unused = directionless | alone
    kept = rows.assign(**{name: rows[name].mask(unused) for name in NUMBERS[:3]})
    return kept[~is_share & ~over & ~is_draft], join_findings(found)


def _ordered(rows: pd.DataFrame, table: RawTable, _: Context) -> Result:
    """The rows whose numbers are the right way round, and that have any."""
    crossed = rows["lower_limit"].gt(rows["upper_limit"])
    inverted = rows["amber_tolerance"].gt(rows["red_tolerance"])
    empty = rows[["target", "lower_limit", "upper_limit"]].isna().all(axis=1)
    found = [
        _told(
            rows,
            crossed,
            table,
            "lower_limit",
            "a lower limit above the upper one",
            "the lower limit below the upper",
        ),
        _told(
            rows,
            inverted,
            table,
            "amber_tolerance",
            "an amber tolerance wider than the red one",
            "the red tolerance at least as wide",
        ),
        _told(
            rows,
            empty,
            table,
            "target",
            "neither a target nor a limit that can be used",
            "a target, a lower or an upper limit",
        ),
    ]
    return rows[~crossed & ~inverted & ~empty], join_findings(found)


def _in_date(rows: pd.DataFrame, table: RawTable, context: Context) -> Result:
    """The rows, with findings about reviews that are missing, due, or before the agreement."""
    early = rows["review_date"].lt(rows["agreed_date"])
    due = rows["review_date"].le(pd.Timestamp(context.quarter.end)) & ~early
    used = "the target is used meanwhile"
    found = [
        _told(
            rows,
            rows["review_date"].isna(),
            table,
            "review_date",
            "no day on which it is looked at again",
            "a date",
            f"fill it in; {used}",
            "note",
        ),
        _told(
            rows,
            early,
            table,
            "review_date",
            "a review before the day on which it was agreed",
            "a later date",
            f"correct it; {used}",
        ),
        _told(
            rows,
            due,
            table,
            "review_date",
            "a target whose review is due",
            "a review date after the quarter",
            f"review it, and give the new dates; {used}",
        ),
    ]
    return rows, join_findings(found)
