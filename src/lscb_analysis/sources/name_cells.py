"""Name cells: ids of the catalogue, as themselves or by title, and the nearest to a stranger."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from lscb_analysis.findings import row_findings
from lscb_analysis.sources.board_tables import Parser
from lscb_analysis.sources.columns import normalise
from lscb_analysis.sources.text_cells import plain_text

LONGEST_NAME = 120
CLOSE = 0.75


def names(known: Mapping[str, str], what: str, *, expected: str, action: str) -> Parser:
    """A parser for the ids of `known`, which gives their titles; blank where there is none.

    An id or its title is met whatever the case, spaces and punctuation. A cell that is
    neither is a finding, `not WHAT`, with the nearest there is and never with its text.
    """
    ids = {normalise(title): name for name, title in known.items()}
    ids |= {normalise(name): name for name in known}

    def parse(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
        texts = [plain_text(cell) for cell in cells.tolist()]
        found_ids = [ids.get(normalise(text), "") for text in texts]
        problems = {
            row: f"not {what}{nearest_name(text, known)}"
            for row, text, found in zip(cells.index, texts, found_ids, strict=True)
            if text and not found
        }
        told = row_findings(problems, **place, expected=expected, action=action)
        return pd.Series(found_ids, index=cells.index, dtype="str"), told

    return parse


def nearest_name(text: str, known: Iterable[str]) -> str:
    """`: the nearest is …` where a known name is close, else nothing; never the text itself.

    >>> nearest_name("Marac case", ["marac_cases"])
    ': the nearest is marac_cases'
    """
    by_form: dict[str, str] = {}
    for name in known:
        by_form.setdefault(normalise(name), name)
    form = normalise(text[:LONGEST_NAME])
    close = difflib.get_close_matches(form, list(by_form), n=1, cutoff=CLOSE)
    return f": the nearest is {by_form[close[0]]}" if close else ""
