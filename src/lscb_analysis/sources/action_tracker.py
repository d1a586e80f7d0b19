"""The action tracker of the actions workbook: what was agreed, by whom and by when."""

from __future__ import annotations

from pathlib import Path

from lscb_analysis.catalogue import indicators
from lscb_analysis.findings import join_findings
from lscb_analysis.sources.actions_workbook import (
    NAME,
    OUT,
    ROLE_LIMIT,
    TEXT_LIMIT,
    indicator_names,
    is_strange,
    points_to_somebody,
    read_sheet,
    told_personal,
)
from lscb_analysis.sources.board_tables import (
    LEFT_OUT,
    Result,
    dates,
    flagged,
    keep_first,
    needed,
    read_columns,
)
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.layouts import Layout
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.text_cells import texts

ACTIONS = Layout(
    NAME,
    "Action tracker",
    {
        "action": ("Action",),
        "indicator": ("About Indicator", "Indicator"),
        "owner": ("Owner",),
        "agreed_date": ("Agreed On",),
        "due_date": ("Due On",),
        "done_date": ("Done On",),
        "evidence": ("Evidence",),
    },
    marks=("action", "owner", "due_date"),
)
COLUMNS = ("row", *ACTIONS.columns, "theme")


def read_actions(path: Path, context: Context) -> Result:
    """The actions of an area's actions workbook, and the findings.

    Columns: `row`, `action`, `indicator` and its `theme` (blank where it is about none),
    `owner` (a role), `agreed_date`, `due_date`, `done_date` (NaT where it is not done), and
    `evidence`. Left out, each with a finding: an action without owner, day of agreement or
    day by which it is due, or one that may point to a person.
    """
    return read_sheet(path, ACTIONS, COLUMNS, _read, context)


def _read(table: RawTable, context: Context) -> Result:
    day = needed(dates(context, is_ahead=True, consequence=LEFT_OUT), OUT)
    rows, findings = read_columns(
        table,
        ACTIONS,
        {
            "action": needed(texts(TEXT_LIMIT, blank=""), OUT),
            "indicator": indicator_names(),
            "owner": needed(texts(ROLE_LIMIT, blank=""), OUT),
            "agreed_date": day,
            "due_date": day,
            "done_date": dates(context, is_ahead=True),
            "evidence": texts(TEXT_LIMIT, blank=""),
        },
    )
    of = {name: item.theme for name, item in indicators().items()}
    rows = rows.assign(
        row=rows.index.astype("str"), theme=rows["indicator"].map(of).fillna("").astype("str")
    )
    personal = points_to_somebody(rows, ["action", "owner", "evidence"])
    early = rows["done_date"].lt(rows["agreed_date"])
    hasty = rows["due_date"].lt(rows["agreed_date"])
    bare = rows["done_date"].notna() & rows["evidence"].eq("")
    found = [
        findings,
        told_personal(rows, personal, table, ACTIONS, "action"),
        *(
            flagged(
                rows,
                wrong,
                table,
                ACTIONS,
                column=column,
                found=f"{what} before it was agreed",
                expected="a day from that of the agreement on",
                action=f"correct it; {until}",
            )
            for wrong, column, what, until in (
                (early, "done_date", "done", "until then it counts as not done"),
                (hasty, "due_date", "due", "it is used meanwhile"),
            )
        ),
        flagged(
            rows,
            bare,
            table,
            ACTIONS,
            column="evidence",
            found="done, and no evidence that it made a difference",
            expected="how the board knows",
            action="fill it in",
            severity="note",
        ),
    ]
    kept = rows.assign(done_date=rows["done_date"].mask(early))
    is_whole = kept["action"].ne("") & kept["owner"].ne("")
    is_whole &= kept[["agreed_date", "due_date"]].notna().all(axis=1)
    usable = kept[is_whole & ~personal & ~is_strange(kept, table, ACTIONS)]
    once, again = keep_first(usable, ["action", "indicator", "due_date"], table, ACTIONS)
    return once[list(COLUMNS)], join_findings([*found, again])
