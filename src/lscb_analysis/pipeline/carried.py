"""Challenges and actions on their way to a briefing: of earlier quarters, words checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from lscb_analysis.findings import as_findings
from lscb_analysis.periods import Quarter, parse_quarter
from lscb_analysis.pipeline.held import Held
from lscb_analysis.pipeline.texts import Problem, plainly, told_of
from lscb_analysis.sources.actions_workbook import NAME
from lscb_analysis.sources.challenge_log import OPEN

FILE = "actions.xlsx"
NOT_APPROVED, NOT_SHOWABLE = "nobody has approved it", "its words or figures cannot be shown"
_KEY = ["quarter", "theme", "indicator"]
Check = Callable[[str, Sequence[str]], Problem | None]


def carried_over(
    held: Held, asked: pd.DataFrame, quarter: Quarter, check: Check
) -> tuple[Mapping[str, pd.DataFrame], pd.DataFrame]:
    """The tables `challenges` and `actions` of a briefing's quarter, and the findings.

    Challenges are those of earlier quarters: as they stand in the workbook, and those that
    were `asked` by a release and are not in it, open. Actions are those agreed by the
    quarter's end. `check` says why a text (and those beside it) may not be shown. A question
    or action that may not is left out; of an answer the page says so (`left_out`).
    """
    challenges, of_challenges = _challenges(_with_asked(held.challenges, asked), quarter, check)
    agreed = held.actions["agreed_date"].le(pd.Timestamp(quarter.end))
    actions, of_actions = _actions(held.actions[agreed], check)
    found = as_findings([*of_challenges, *of_actions])
    return {"challenges": challenges, "actions": actions}, found


def _with_asked(written: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    known = set(written[_KEY].itertuples(index=False, name=None))
    is_new = [row not in known for row in asked[_KEY].itertuples(index=False, name=None)]
    new = asked[pd.Series(is_new, index=asked.index, dtype=bool)]
    blank = dict.fromkeys(("row", "answer", "answered_by", "approved_by"), "")
    none = pd.Series(pd.NaT, index=new.index, dtype="datetime64[ns]")
    opened = new.assign(**blank, status=OPEN, answered_date=none)
    rows = [frame for frame in (written, opened[written.columns]) if len(frame)]
    return pd.concat(rows, ignore_index=True) if rows else written


def _challenges(
    rows: pd.DataFrame, quarter: Quarter, check: Check
) -> tuple[pd.DataFrame, list[dict[str, str]]]:
    kept, found = [], []
    for _, row in rows.iterrows():
        if parse_quarter(row["quarter"]) >= quarter:
            continue
        problem = check(row["question"], ())
        if problem:
            found.append(_told(problem, row, "Challenges", "Question"))
            continue
        problem = check(row["answer"], (row["answered_by"], row["approved_by"]))
        if problem:
            found.append(_told(problem, row, "Challenges", "Answer"))
        why = NOT_SHOWABLE if problem else "" if row["approved_by"] else NOT_APPROVED
        gone = bool(why) or not row["answer"]
        kept.append(
            row.map(_plain).to_dict()
            | (dict.fromkeys(("answer", "answered_by", "approved_by"), "") if gone else {})
            | {"left_out": why if row["answer"] else ""}
        )
    return _frame(kept, [*rows.columns, "left_out"]), found


def _actions(rows: pd.DataFrame, check: Check) -> tuple[pd.DataFrame, list[dict[str, str]]]:
    kept, found = [], []
    for _, row in rows.iterrows():
        problem = check(row["action"], (row["owner"],))
        if problem:
            found.append(_told(problem, row, "Actions", "Action"))
            continue
        problem = check(row["evidence"], ())
        if problem:
            found.append(_told(problem, row, "Actions", "Evidence"))
        kept.append(row.map(_plain).to_dict() | ({"evidence": ""} if problem else {}))
    return _frame(kept, list(rows.columns)), found


def _plain(cell: object) -> object:
    return plainly(cell) if isinstance(cell, str) else cell


def _told(problem: Problem, row: pd.Series, sheet: str, column: str) -> dict[str, str]:
    return told_of(problem, NAME, FILE, sheet=sheet, row=str(row["row"]), column=column)


def _frame(rows: list[dict], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns)
    dated = {name: "datetime64[ns]" for name in columns if name.endswith("_date")}
    return frame.astype({name: dated.get(name, "str") for name in columns})
