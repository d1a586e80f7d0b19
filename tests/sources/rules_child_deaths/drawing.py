"""Drawing the examples of the child death rules: a line a row, its cells divided by spaces."""

from __future__ import annotations

from collections.abc import Mapping

from lscb_analysis.periods import Quarter
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.raw_tables import RawTable
from tests.sources.extracts import extract

# Long after the old form, so that old and new grades may stand side by side.
LATER = Context(
    quarter=Quarter(2020, 4), key=b"the key of a fictional area", submission="2020-21-Q4"
)
HEADERS = {
    "notifications": (
        "Case ID | Date of Death | Date Notified | Age in Days | Expected | JAR Criteria Met"
        " | JAR Held | Gestation in Weeks"
    ),
    "reviews": (
        "Case ID | Date of CDOP | Status | Category | Modifiable | Other Category | CDRM Date"
        " | Inquest Date"
    ),
    "factors": "Case ID | Domain | Factor | Grade | Modifiable",
    "forms": "Case ID | Agency | Date Requested | Date Due | Date Returned | Form",
}
Example = Mapping[str, str]
Case = tuple[Example, Example]


def drawn(example: Example) -> list[RawTable]:
    """The tables of an example, each in a file of its name."""
    return [_table(name, lines) for name, lines in example.items()]


def _table(name: str, lines: str) -> RawTable:
    rows = [" | ".join(line.split()) for line in lines.splitlines()]
    return extract("\n".join([HEADERS[name], *rows]), f"{name}.csv")
