"""Text cells: read as plain text, and refused where they could point to a person."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from lscb_analysis.findings import row_findings
from lscb_analysis.sources.board_tables import Parser
from lscb_analysis.sources.parsing import is_blank

# Numbers of ten digits, postcodes, dates in figures, e-mail addresses, and references of
# letters and five or more digits other than an area's nine-character code.
_PERSONAL = re.compile(
    r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b"
    r"|\b[A-PR-UWYZ][A-Z]?\d[A-Z\d]?\s*\d[A-Z]{2}\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b"
    r"|\b(?:19|20)\d{2}-\d{2}-\d{2}\b"
    r"|\S+@\S+\.\S+"
    r"|\b(?![A-Z]\d{8}\b)[A-Z]{1,8}[-/]?\d{5,}[A-Z]?\b",
    re.IGNORECASE,
)


def texts(limit: int, blank: str = "Not known") -> Parser:
    """A parser for plain text: spaces trimmed, cut at `limit` characters with a finding."""

    def parse(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
        plain = [*map(plain_text, cells.tolist())]
        long = [len(text) > limit for text in plain]
        problems = pd.Series("a text that is too long: its end is cut off", index=cells.index[long])
        found = row_findings(
            problems,
            **place,
            expected=f"at most {limit:,} characters",
            action="shorten the text and send it again",
        )
        cut = [text[:limit].rstrip() or blank for text in plain]
        return pd.Series(cut, index=cells.index, dtype="str"), found

    return parse


def plain_text(cell: object) -> str:
    """The cell as plain text: control characters gone, spaces single, line breaks kept.

    Nothing in it is run, followed or taken for markup: what looks like a formula or
    like HTML stays the characters that it is.

    >>> plain_text("  =1+1  and <b>bold</b> ")
    '=1+1 and <b>bold</b>'
    """
    if is_blank(cell):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell)
    if text.isprintable():
        return " ".join(text.split())
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    printable = ["".join(c if c.isprintable() else " " for c in line) for line in lines]
    return "\n".join(" ".join(line.split()) for line in printable).strip()


def looks_personal(text: str) -> bool:
    """Whether a text looks as if it held an identifier, a postcode or a date in figures.

    >>> looks_personal("The child of LE1 1AA"), looks_personal("Up since 31 March 2017")
    (True, False)
    """
    return bool(_PERSONAL.search(text))
