"""The form of the actions workbook: the challenge log to be answered, and the action tracker."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from lscb_analysis.catalogue import areas, indicators, live_indicators, measured_themes
from lscb_analysis.challenges import remembered
from lscb_analysis.sources.action_tracker import ACTIONS
from lscb_analysis.sources.actions_workbook import ROLE_LIMIT, TEXT_LIMIT
from lscb_analysis.sources.challenge_log import CHALLENGES, OPEN, QUESTION_LIMIT, STATUSES
from lscb_analysis.sources.columns import match_columns, normalise, tidy
from lscb_analysis.sources.files import read_tables
from lscb_analysis.sources.layouts import Layout, tables_of
from lscb_analysis.sources.parsing import is_blank
from lscb_analysis.sources.period_cells import read_period
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.state import state_folder
from lscb_analysis.templates.workbook import (
    LISTS,
    Cell,
    Column,
    Form,
    Sheet,
    TemplateError,
    write_form,
)

FILE = "actions.xlsx"
Rows = Sequence[Sequence[Cell]]
GUIDANCE = (
    "The file belongs at data/raw/<area>/actions.xlsx. Write it again with lscb template actions "
    "after each quarter: what is in it stays, and the new questions are added.",
    "Challenges: each question that a released briefing asked. Write the answer, the role of who "
    "gives it and of who approved it, and the day. Set the status to answered, and to closed once "
    "the board is content. Leave closed rows where they are: without them the question comes back.",
    "A question of the board's own may be added below: its quarter, and its theme or indicator.",
    "Actions: what was agreed, by whom (a role) and by when; when it is done, the evidence that it "
    "made a difference. Those about an indicator stand in its theme's briefing, the others in the "
    "one about the data.",
    "No name, date of birth, number or address of a child or family. Dates in words. A figure of "
    "the briefing is written as a reference, such as {cp_plan_starts:2016-17 Q4}.",
    "An answer that nobody approved is not shown.",
)
_WORDS = "Nothing that points to a person. Figures as references: {cp_plan_starts:2016-17 Q4}."
_ROLE, _TEXT, _BY = "A role, not a name.", f"text:{TEXT_LIMIT}", f"text:{ROLE_LIMIT}"
_CHALLENGE = (
    Column("Quarter", 13, "The quarter of the briefing that asked: 2016-17-Q4."),
    Column("Theme", 22, "The theme's id.", "list:themes"),
    Column("Indicator", 34, "The figure asked about, if it is one.", "list:indicators"),
    Column("Question", 60, "", f"text:{QUESTION_LIMIT}"),
    Column("Answer", 80, _WORDS, _TEXT),
    Column("Answered By", 26, _ROLE, _BY),
    Column("Approved By", 26, _ROLE, _BY),
    Column("Answered On", 14, "", "date"),
    Column("Status", 12, "", "list:statuses"),
)
_ACTION = (
    Column("Action", 70, _WORDS, _TEXT),
    Column("About Indicator", 34, "Blank: about no one figure.", "list:indicators"),
    Column("Owner", 28, _ROLE, _BY),
    Column("Agreed On", 14, "", "date"),
    Column("Due On", 14, "", "date"),
    Column("Done On", 14, "Blank until it is done.", "date"),
    Column("Evidence", 60, "How the board knows that it helped.", _TEXT),
)


def actions_form(area_code: str, challenges: Rows = (), actions: Rows = ()) -> Form:
    """The form of one area's actions workbook, with these rows in its two sheets."""
    area = areas()[area_code]
    mark = " (SYNTHETIC DATA: a fictional area)" if area.is_fictional else ""
    return Form(
        title=f"Challenges and actions, {area.area}{mark}",
        guidance=GUIDANCE,
        sheets=[
            Sheet("Challenges", _columns(_CHALLENGE, CHALLENGES), challenges),
            Sheet("Actions", _columns(_ACTION, ACTIONS), actions),
        ],
        lists={
            "themes": list(measured_themes()),
            "indicators": list(live_indicators()),
            "statuses": STATUSES,
        },
    )


def _columns(columns: Sequence[Column], layout: Layout) -> Sequence[Column]:
    """The columns, which are headed as the reader knows them."""
    headers = [wordings[0] for wordings in layout.columns.values()]
    assert [column.header for column in columns] == headers
    return columns


def write_actions(workspace: Path, area_code: str) -> Path:
    """Where the area's actions workbook was written, with all that it held and what is new.

    The workbook that was there is kept in `.lscb/<area>/replaced`. Raises TemplateError
    where something in it could not be carried over, and StateError where the log of
    questions cannot be read; then it stays as it is.
    """
    path = workspace / "data" / "raw" / area_code / FILE
    tables = _held(path)
    written = _rows_of(tables, CHALLENGES)
    new = _not_yet(remembered(workspace, area_code), tables)
    form = actions_form(area_code, [*written, *new], _rows_of(tables, ACTIONS))
    fresh = path.with_name(f".{FILE}")
    try:
        fresh.unlink(missing_ok=True)
        write_form(fresh, form)
        if path.exists() and path.read_bytes() != fresh.read_bytes():
            when = datetime.now().strftime("%Y-%m-%dT%H%M%S")
            kept = state_folder(workspace, area_code) / "replaced" / when
            kept.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, kept / FILE)
        fresh.replace(path)
    except OSError as error:
        raise TemplateError(f"{path} cannot be written ({error.strerror}): close it") from error
    finally:
        fresh.unlink(missing_ok=True)
    return path


def _held(path: Path) -> list[RawTable]:
    """The tables of the workbook that is there, where all of it can be carried over."""
    if not path.exists():
        return []
    tables, findings = read_tables(path, path.parent)
    if findings["severity"].eq("failed").any():
        raise TemplateError(f"{path} cannot be read ({findings['found'].iloc[0]}): move it away")
    ours = [*tables_of(tables, CHALLENGES), *tables_of(tables, ACTIONS)]
    strange = [
        table.sheet for table in tables if table.sheet not in ("Guidance", LISTS, *_sheets(ours))
    ]
    strange += [
        f"{table.sheet}, {header}"
        for layout in (CHALLENGES, ACTIONS)
        for table in tables_of(tables, layout)
        for header in set(table.rows.columns)
        - set(match_columns(table.rows.columns, layout.columns).values())
    ]
    if strange:
        raise TemplateError(
            f"{path} has sheets or columns that the form does not have ({'; '.join(strange)}): "
            "move them to another file, so that nothing is lost"
        )
    return tables


def _sheets(tables: Iterable[RawTable]) -> list[str]:
    return [table.sheet for table in tables]


def _rows_of(tables: list[RawTable], layout: Layout) -> list[tuple[Cell, ...]]:
    """The rows of a sheet as they were written, right or wrong, in the form's columns."""
    return [
        tuple(_cell(cell) for cell in row)
        for table in tables_of(tables, layout)
        for row in tidy(table, layout.columns).itertuples(index=False)
        if not all(is_blank(cell) for cell in row)
    ]


def _cell(cell: object) -> Cell:
    """A cell as it can be written again; a date keeps its day."""
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float, date)):
        return None if cell is None else str(cell)
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else None if pd.isna(cell) else cell
    return cell


def _not_yet(asked: pd.DataFrame, tables: list[RawTable]) -> list[tuple[Cell, ...]]:
    """A row for each question asked that the workbook does not have, open and unanswered."""
    ids = {
        normalise(each): item.id for item in indicators().values() for each in (item.title, item.id)
    }
    known = {
        (_quarter(row["quarter"]), ids.get(normalise(row["indicator"]), row["indicator"]))
        for table in tables_of(tables, CHALLENGES)
        for _, row in tidy(table, CHALLENGES.columns).iterrows()
    }
    return [
        (row["quarter"], row["theme"], row["indicator"], row["question"], *(None,) * 4, OPEN)
        for _, row in asked.iterrows()
        if (_quarter(row["quarter"]), row["indicator"]) not in known
    ]


def _quarter(cell: object) -> str:
    period = None if is_blank(cell) else read_period(cell)
    return period.period if period else ""
