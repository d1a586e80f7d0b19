"""Drawing lists for the rules: each block names a list, then its columns as records name them.

A row whose first cell (`wrong`) is x breaks the rule that the drawing is about.
"""

from __future__ import annotations

from lscb_analysis.sources.annex_a_tables import LISTS
from lscb_analysis.sources.raw_tables import RawTable
from tests.sources.extracts import extract

MARK = "wrong"
FIRST_ROW = 2
_ITEMS = {item.name: item for item in LISTS}


def drawn_lists(drawing: str) -> list[RawTable]:
    """The lists of a drawing as they would be sent, under Ofsted's own column names."""
    return [_list(name, lines) for name, lines in _blocks(drawing)]


def marked_rows(drawing: str) -> tuple[set[str], set[str]]:
    """The Excel rows that break the rule, and the others of the same list."""
    wrong: set[str] = set()
    right: set[str] = set()
    for _, lines in _blocks(drawing):
        if _cells(lines[0])[0] == MARK:
            for number, line in enumerate(lines[1:], start=FIRST_ROW):
                (wrong if _cells(line)[0] == "x" else right).add(str(number))
    return wrong, right


def list_about(drawing: str) -> str:
    """The name of the list whose rows are marked."""
    (name,) = (name for name, lines in _blocks(drawing) if _cells(lines[0])[0] == MARK)
    return name


def _list(name: str, lines: list[str]) -> RawTable:
    item = _ITEMS[name]
    header, rows = _cells(lines[0]), [_cells(line) for line in lines[1:]]
    if header[0] == MARK:
        header, rows = header[1:], [row[1:] for row in rows]
    more = [column for column in item.shapes[0] if column not in header]
    wordings = [item.layout.columns[column][0] for column in [*header, *more]]
    table = [wordings, *([*row, *("-" for _ in more)] for row in rows)]
    return extract("\n".join(" | ".join(line) for line in table), f"{name}.csv")


def _blocks(drawing: str) -> list[tuple[str, list[str]]]:
    blocks = [
        [line.strip() for line in block.strip().splitlines()]
        for block in drawing.strip().split("\n\n")
    ]
    return [(lines[0], lines[1:]) for lines in blocks]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]
