"""The challenge log of the actions workbook: the board's questions, and what was answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from lscb_analysis.catalogue import indicators, measured_themes
from lscb_analysis.findings import join_findings, row_findings
from lscb_analysis.periods import parse_quarter, quarter_of
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
    Result,
    dates,
    flagged,
    keep_first,
    needed,
    read_columns,
)
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.layouts import Layout
from lscb_analysis.sources.name_cells import names
from lscb_analysis.sources.parsing import is_blank
from lscb_analysis.sources.period_cells import read_period
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.text_cells import texts

OPEN, ANSWERED, CLOSED = STATUSES = ("open", "answered", "closed")
QUESTION_LIMIT = 500
CHALLENGES = Layout(
    NAME,
    "Challenge log",
    {
        "quarter": ("Quarter",),
        "theme": ("Theme",),
        "indicator": ("Indicator",),
        "question": ("Question",),
        "answer": ("Answer",),
        "answered_by": ("Answered By",),
        "approved_by": ("Approved By",),
        "answered_date": ("Answered On",),
        "status": ("Status",),
    },
    marks=("quarter", "question", "status"),
)
COLUMNS = ("row", *CHALLENGES.columns)


def read_challenges(path: Path, context: Context) -> Result:
    """The challenges of an area's actions workbook with their answers, and the findings.

    `path` is `data/raw/<area>/actions.xlsx`; nothing where there is none. Columns: `row`
    (as Excel shows it), `quarter` (2016-17-Q4, in whose briefing it was raised), `theme`,
    `indicator` (blank where it is about none), `question`, `answer`, `answered_by`,
    `approved_by` (text, blank where there is none), `answered_date`, and `status`: open,
    answered or closed.

    Left out, each with a finding: a question of no quarter or theme, or one that may point
    to a person. An answer of nobody, or that may point to a person, goes and the question
    stays; without an answer a challenge stays open.
    """
    return read_sheet(path, CHALLENGES, COLUMNS, _read, context)


def _read(table: RawTable, context: Context) -> Result:
    themes = {name: theme.title for name, theme in measured_themes().items()}
    rows, findings = read_columns(
        table,
        CHALLENGES,
        {
            "quarter": needed(_quarters, OUT),
            "theme": names(
                themes,
                "a theme",
                expected=", ".join(themes),
                action="correct it; until then that of the indicator is used",
            ),
            "indicator": indicator_names(),
            "question": needed(texts(QUESTION_LIMIT, blank=""), OUT),
            "answer": texts(TEXT_LIMIT, blank=""),
            "answered_by": texts(ROLE_LIMIT, blank=""),
            "approved_by": texts(ROLE_LIMIT, blank=""),
            "answered_date": dates(context, is_ahead=True),
            "status": names(
                dict(zip(STATUSES, STATUSES, strict=True)),
                "a status",
                expected=", ".join(STATUSES),
                action="choose one; until then it is open, or answered where there is an answer",
            ),
        },
    )
    own = rows["indicator"].map({name: item.theme for name, item in indicators().items()})
    rows = rows.assign(
        row=rows.index.astype("str"),
        stated=rows["theme"],
        theme=own.where(own.notna(), rows["theme"]).astype("str"),
    )
    found = [findings]
    for step in (_placed, _answered, _dated):
        rows, told = step(rows, table)
        found.append(told)
    once, again = keep_first(rows, ["question", "quarter", "indicator"], table, CHALLENGES)
    return once[list(COLUMNS)], join_findings([*found, again])


def _quarters(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    """The quarters' ids, blank where a cell names none, and a finding for each of those."""
    read = cells.map(_quarter).astype("str")
    strange = read.eq("") & ~cells.map(is_blank).astype(bool)
    told = row_findings(
        pd.Series("not a quarter", index=cells.index[strange], dtype="str"),
        **place,
        expected="the quarter of the briefing, as 2016-17-Q4",
        action=f"correct it; {OUT}",
    )
    return read, told


def _quarter(cell: object) -> str:
    period = None if is_blank(cell) else read_period(cell)
    if period is None or period.period_type != "quarter":
        return ""
    return quarter_of(period.period_start).id


def _placed(rows: pd.DataFrame, table: RawTable) -> Result:
    """The rows of a quarter and a theme with a question that points to nobody."""
    no_theme = rows["theme"].eq("")
    other = rows["stated"].ne("") & rows["theme"].ne(rows["stated"])
    personal = points_to_somebody(rows, ["question"])
    found = [
        flagged(
            rows,
            no_theme,
            table,
            CHALLENGES,
            column="theme",
            found="a challenge of no theme",
            expected="the theme's id, or an indicator",
            action=f"fill it in; {OUT}",
        ),
        flagged(
            rows,
            other,
            table,
            CHALLENGES,
            column="theme",
            found="another theme than the indicator's",
            expected="the theme that the indicator belongs to",
            action="correct it; the indicator's theme is used",
        ),
        told_personal(rows, personal, table, CHALLENGES, "question"),
    ]
    is_whole = rows["quarter"].ne("") & rows["question"].ne("") & ~no_theme
    return rows[is_whole & ~personal & ~is_strange(rows, table, CHALLENGES)], join_findings(found)


def _answered(rows: pd.DataFrame, table: RawTable) -> Result:
    """The rows with those answers that say who gives them; the others open, without one."""
    words = ["answer", "answered_by", "approved_by"]
    usual = rows["answer"].ne("").map({True: ANSWERED, False: OPEN})
    status = rows["status"].mask(rows["status"].eq(""), usual).astype("str")
    personal = points_to_somebody(rows, words)
    nobody = rows["answer"].ne("") & rows["answered_by"].eq("")
    missing = rows["answer"].eq("") & status.ne(OPEN)
    found = [
        told_personal(rows, personal, table, CHALLENGES, "answer"),
        flagged(
            rows,
            nobody,
            table,
            CHALLENGES,
            column="answered_by",
            found="an answer of nobody",
            expected="the role of who answers",
            action="fill it in; until then the answer is left out",
        ),
        flagged(
            rows,
            missing,
            table,
            CHALLENGES,
            column="answer",
            found="a challenge that is answered or closed without an answer",
            expected="the answer, with its author",
            action="fill it in; until then it stays open",
        ),
    ]
    gone = personal | nobody
    blanked = {name: rows[name].mask(gone, "") for name in words}
    return rows.assign(**blanked, status=status.mask(gone | missing, OPEN)), join_findings(found)


def _dated(rows: pd.DataFrame, table: RawTable) -> Result:
    """The rows, with the days of their answers where these came after the quarter's end."""
    ends = pd.to_datetime(rows["quarter"].map(lambda text: parse_quarter(text).end))
    early = rows["answered_date"].le(ends)
    undated = rows["status"].ne(OPEN) & rows["answered_date"].isna()
    found = [
        flagged(
            rows,
            early,
            table,
            CHALLENGES,
            column="answered_date",
            found="an answer from before the question",
            expected="a day after the end of the quarter that the question is of",
            action="correct it; until then the day is not used",
        ),
        flagged(
            rows,
            undated,
            table,
            CHALLENGES,
            column="answered_date",
            found="no day on which it was answered",
            expected="a date",
            action="fill it in; until then it is shown each quarter",
        ),
    ]
    return rows.assign(answered_date=rows["answered_date"].mask(early)), join_findings(found)
