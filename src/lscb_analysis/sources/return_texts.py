"""Words of a partner's return: commentary, answers, highlights and audit findings."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from lscb_analysis.catalogue.returns import ReturnYear, returns_in
from lscb_analysis.findings import join_findings
from lscb_analysis.sources.board_tables import (
    Parser,
    Result,
    codes,
    flagged,
    keep_first,
    needed,
    read_columns,
)
from lscb_analysis.sources.columns import match_columns, tidy
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.layouts import Layout
from lscb_analysis.sources.name_cells import names
from lscb_analysis.sources.parsing import NOT_KNOWN, is_blank
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.return_agencies import agency_of
from lscb_analysis.sources.return_cover import Cover
from lscb_analysis.sources.return_figures import WORDS, known_names
from lscb_analysis.sources.return_layouts import ANSWERS, AUDITS, COMMENTARY, HIGHLIGHTS, as_sent
from lscb_analysis.sources.text_cells import looks_personal, texts

TEXT_LIMIT = 2000
HEADING_LIMIT = 300
NAME_LIMIT = 120
KINDS_WITHOUT_INDICATOR = ("highlight", "audit finding", "voice of the child")
TEXTS_COLUMNS = [
    *("indicator", "period", "kind", "text", "author", "approver", "agency", "submission"),
    "heading",
]
_UNTIL = "until then the text is left out"


def read_commentary(table: RawTable, cover: Cover, context: Context) -> Result:
    """The texts of a sheet of commentary: each about an indicator, or of a kind that needs none."""
    rows, findings = _read(
        table,
        COMMENTARY,
        {
            "indicator": names(known_names(returns_in(cover.quarter.year)), **WORDS),
            "kind": codes("partner_return", "kind"),
            "text": needed(texts(TEXT_LIMIT, blank=""), "there is nothing to show"),
        },
        ("kind", "text"),
    )
    nameless = rows["indicator"].eq("") & ~rows["kind"].isin(KINDS_WITHOUT_INDICATOR)
    is_kind = rows["kind"].ne(NOT_KNOWN)
    found = flagged(
        rows,
        nameless & is_kind,
        table,
        COMMENTARY,
        column="indicator",
        found="a text about no indicator",
        expected="the indicator's id in the catalogue",
        action=f"fill it in; {_UNTIL}",
    )
    return _finished(rows[~nameless & is_kind], table, COMMENTARY, cover, context, findings, found)


def read_answers(table: RawTable, cover: Cover, context: Context) -> Result:
    """The answers to assurance questions, each under its question's wording as heading.

    A question asked of this agency in this quarter and not answered is a finding.
    """
    returns = returns_in(cover.quarter.year)
    questions = returns.questions
    rows, findings = _read(
        table,
        ANSWERS,
        {
            "question": names(
                {name: item.text for name, item in questions.items()},
                "a question of this year",
                expected="the question's id, as it stands in the template",
                action=f"correct it; {_UNTIL}",
            ),
            "text": texts(TEXT_LIMIT, blank=""),
        },
        ("text",),
    )
    agency, _ = agency_of(cover, returns, table)
    asked = _asked(returns, agency.id if agency else None, cover.quarter.number)
    open_questions = _open_questions(table, asked)
    found = flagged(
        rows.reindex(table.rows.index),
        open_questions,
        table,
        ANSWERS,
        column="text",
        found="a question of this quarter without an answer",
        expected="an answer in a few sentences, with its author",
        action="answer it",
    )
    blank = rows["question"].eq("") & rows["text"].ne("")
    unnamed = flagged(
        rows,
        blank & _is_blank_cell(table, ANSWERS, "question").reindex(rows.index),
        table,
        ANSWERS,
        column="question",
        found="an answer to no question",
        expected="the question's id",
        action=f"fill it in; {_UNTIL}",
    )
    kept = rows[rows["question"].ne("")]
    told = {name: (item.indicator, item.text) for name, item in questions.items()}
    placed = kept.assign(
        kind="assurance answer",
        indicator=kept["question"].map({name: pair[0] for name, pair in told.items()}),
        heading=kept["question"].map({name: pair[1] for name, pair in told.items()}),
    )
    return _finished(placed, table, ANSWERS, cover, context, findings, found, unnamed)


def read_highlights(table: RawTable, cover: Cover, context: Context) -> Result:
    """The partnership highlights: the issue as heading, then the resolution and its evidence."""
    rows, findings = _read(
        table,
        HIGHLIGHTS,
        {
            "agency": texts(NAME_LIMIT, blank=""),
            "issue": needed(texts(HEADING_LIMIT, blank=""), "the highlight has no heading"),
            "resolution": needed(texts(TEXT_LIMIT, blank=""), "there is nothing to show"),
            "evidence": texts(TEXT_LIMIT, blank=""),
        },
        ("issue", "resolution", "evidence"),
    )
    written = rows.assign(
        kind="highlight",
        indicator="",
        heading=rows["issue"],
        text=_with_part(rows["resolution"], "Evidence", rows.get("evidence")),
    )
    return _finished(written, table, HIGHLIGHTS, cover, context, findings)


def read_audits(table: RawTable, cover: Cover, context: Context) -> Result:
    """The audit findings: the audit as heading, what it found, and the action agreed."""
    rows, findings = _read(
        table,
        AUDITS,
        {
            "audit": needed(texts(HEADING_LIMIT, blank=""), "the finding has no heading"),
            "indicator": names(known_names(returns_in(cover.quarter.year)), **WORDS),
            "finding": needed(texts(TEXT_LIMIT, blank=""), "there is nothing to show"),
            "action": texts(TEXT_LIMIT, blank=""),
        },
        ("audit", "finding", "action"),
    )
    written = rows.assign(
        kind="audit finding",
        heading=rows["audit"],
        text=_with_part(rows["finding"], "Action", rows.get("action")),
    )
    if "indicator" not in written:
        written = written.assign(indicator="")
    return _finished(written, table, AUDITS, cover, context, findings)


def _read(
    table: RawTable, layout: Layout, parsers: Mapping[str, Parser], entries: tuple[str, ...]
) -> Result:
    """The rows in which the agency wrote anything, with author and approver, and the findings."""
    sent = as_sent(layout, table)
    cells = tidy(table, sent.columns)[[name for name in entries if name in sent.columns]]
    is_written = [not all(map(is_blank, row)) for row in cells.to_numpy().tolist()]
    written = dataclasses.replace(table, rows=table.rows[is_written])
    by = {
        "author": needed(texts(NAME_LIMIT, blank=""), "its author is not known"),
        "approver": texts(NAME_LIMIT, blank=""),
    }
    present = {name: parser for name, parser in parsers.items() if name in sent.columns}
    return read_columns(written, sent, present | by)


def _finished(
    rows: pd.DataFrame,
    table: RawTable,
    layout: Layout,
    cover: Cover,
    context: Context,
    *findings: pd.DataFrame,
) -> Result:
    """The texts with their columns, without any that seems to point to a child; each once."""
    filled = rows.assign(heading=rows.get("heading", ""))
    words = filled[["heading", "text", "author", "approver"]].astype("str").to_numpy().tolist()
    is_personal = [any(map(looks_personal, texts)) for texts in words]
    personal = pd.Series(is_personal, index=filled.index, dtype=bool)
    column = next(name for name in ("text", "resolution", "finding") if name in layout.columns)
    found = flagged(
        filled,
        personal,
        table,
        layout,
        column=column,
        found="a text that seems to hold an identifier, a postcode or a date in figures",
        expected="nothing that could point to a child or a family; dates in words",
        action="take it out and send the text again; until then it is left out",
    )
    stamped = filled.assign(
        period=cover.quarter.label, agency=_agencies(filled, cover), submission=context.submission
    )
    kept = stamped[~personal & stamped["text"].ne("")]
    once, again = keep_first(kept, ["text", "indicator", "kind"], table, layout)
    return once[TEXTS_COLUMNS].astype("str"), join_findings([*findings, found, again])


def _agencies(rows: pd.DataFrame, cover: Cover) -> pd.Series:
    """The agency that each row names, or else that of the cover."""
    of_cover = pd.Series(cover.agency, index=rows.index, dtype="str")
    return rows["agency"].where(rows["agency"].ne(""), of_cover) if "agency" in rows else of_cover


def _with_part(words: pd.Series, label: str, part: pd.Series | None) -> pd.Series:
    """The words, and on a line of its own the part that has something in it."""
    if part is None:
        return words
    return words + (f"\n{label}: " + part).where(part.ne("") & words.ne(""), "")


def _asked(returns: ReturnYear, agency: str | None, number: int) -> set[str]:
    if agency is None:
        return {item.id for item in returns.questions.values() if number in item.quarters}
    return {item.id for item in returns.questions_of(agency, number)}


def _open_questions(table: RawTable, asked: set[str]) -> pd.Series:
    """Whether each row has a question that is asked, and no answer to it."""
    cells = tidy(table, ANSWERS.columns)
    is_asked = cells["question"].map(lambda cell: isinstance(cell, str) and cell.strip() in asked)
    return is_asked.astype(bool) & cells["text"].map(is_blank).astype(bool)


def _is_blank_cell(table: RawTable, layout: Layout, column: str) -> pd.Series:
    header = match_columns(table.rows.columns, layout.columns)[column]
    return table.rows[header].map(is_blank).astype(bool)


SHEETS: Sequence[tuple[Layout, Callable[[RawTable, Cover, Context], Result]]] = (
    (COMMENTARY, read_commentary),
    (ANSWERS, read_answers),
    (HIGHLIGHTS, read_highlights),
    (AUDITS, read_audits),
)
