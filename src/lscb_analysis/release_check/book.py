"""A workbook as its release check sees it: its parts, its sheets, and what each cell shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

BOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
NUMBER_FORMAT = re.compile(r'#,##0(?:\.(0{1,3}))?("%")?')

Trees = Mapping[str, ElementTree.Element]


@dataclass(frozen=True)
class Cell:
    """One cell: its sheet by its place, its row, what it shows, and whether it is a number."""

    sheet: str
    row: str
    text: str
    is_number: bool

    @property
    def place(self) -> str:
        """Where it stands, by numbers."""
        return f"{self.sheet} row {self.row}"


def cells_of(trees: Trees) -> Iterator[Cell]:
    """Every cell as it is shown, sheet by sheet."""
    strings = [
        "".join(each.text or "" for each in item if tag_of(each) == "t") for item in trees[STRINGS]
    ]
    formats = _formats(trees[STYLES])
    for at, part in enumerate(sheet_names(trees), start=1):
        for row in (each for each in trees[part].iter() if tag_of(each) == "row"):
            for cell in row:
                held = next((each.text or "" for each in cell if tag_of(each) == "v"), "")
                kind = cell.get("t", "n")
                if kind not in ("s", "n"):
                    raise ValueError("a kind of cell that is not ours")
                is_number = kind == "n" and bool(held)
                text = _shown(held, formats[int(cell.get("s", "0"))]) if is_number else held
                if kind == "s":
                    text = strings[int(held)]
                yield Cell(f"sheet {at}", row.get("r", ""), text, is_number)


def _shown(held: str, code: str) -> str:
    """A number as its format shows it; as it is where it holds more than that."""
    found = NUMBER_FORMAT.fullmatch(code)
    if found is None:
        return held
    shown = f"{float(held):,.{len(found[1] or '')}f}"
    if float(shown.replace(",", "")) != float(held):
        return held
    return shown + ("%" if found[2] else "")


def _formats(styles: ElementTree.Element) -> list[str]:
    """The number format of each style of a cell, by its place; none for one that is built in."""
    codes = {
        each.get("numFmtId"): each.get("formatCode", "")
        for each in styles.iter()
        if tag_of(each) == "numFmt"
    }
    styled = next(each for each in styles if tag_of(each) == "cellXfs")
    return [codes.get(each.get("numFmtId"), "") for each in styled]


def sheet_names(trees: Trees) -> dict[str, str]:
    """The name of each sheet by its part, in their order."""
    names = [each.get("name", "") for each in trees[BOOK].iter() if tag_of(each) == "sheet"]
    return {f"xl/worksheets/sheet{at}.xml": name for at, name in enumerate(names, start=1)}


def tag_of(element: ElementTree.Element) -> str:
    """The element's name, without the namespace."""
    return local_name(element.tag)


def local_name(name: str) -> str:
    """The name without the namespace that it is written with."""
    return name.rpartition("}")[2]
