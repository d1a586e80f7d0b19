"""No identifier, birth date, name or address of a child's record gets past a reader.

Each reader is given a table in which one cell after another, and then one in a column
that nobody asked for, holds something that points to a person.
"""

from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.findings import join_findings
from lscb_analysis.sources import child_deaths, insights, logs, marac, partner_return, police
from lscb_analysis.sources.board_tables import Layout
from lscb_analysis.sources.raw_tables import RawTable
from tests.sources.extracts import CONTEXT, extract

READERS = (child_deaths, insights, logs, marac, partner_return, police)
# Aggregates and returns name meetings, attributes, agencies and authors: their own words,
# not a child's record. They are free text by design, and short. So is commentary, where
# a reference, a postcode or a date is found, but a name cannot be.
OWN_WORDS = {"marac", "attribute", "agency", "author", "approver"}
COMMENTARY = {"text", "issue", "resolution", "evidence", "audit", "finding", "action"}
NOT_ALONE = {"Child death reviews"}  # read together with the notifications only
TEXT_SHEETS = {layout.title for layout in partner_return.LAYOUTS if "figures" not in layout.title}
NAME = "Petra Example"
SECRETS = ("MF104233", "943 476 5919", NAME, "1 Example Road LE1 1AA", "41/13/2009", "03/05/1889")
CASES = [(reader, layout) for reader in READERS for layout in reader.LAYOUTS]


def table_with(layout: Layout, secret: str) -> RawTable:
    """The layout's table: a row for each cell that holds the secret, the last in a column apart."""
    places = [name for name in layout.columns if name not in OWN_WORDS]
    if secret == NAME:
        places = [name for name in places if name not in COMMENTARY]
    rows = [_row(layout, number) | {name: secret} for number, name in enumerate(places, start=1)]
    return _table(layout, [*rows, _row(layout, 28) | {"notes": secret}])


def _row(layout: Layout, number: int) -> dict[str, str]:
    return {name: _plausible(name, number) for name in layout.columns} | {"notes": "-"}


def _plausible(column: str, number: int) -> str:
    if column.endswith(("_date", "_end", "_start")) or column == "received":
        return f"{number:02d}/01/2017"
    known = {"quarter": "2016-17 Q4", "indicator": "da_triage_outcome", "kind": "highlight"}
    return known.get(column, str(number))


def _table(layout: Layout, rows: list[dict[str, str]]) -> RawTable:
    headers = [*(wordings[0] for wordings in layout.columns.values()), "Notes"]
    return extract("\n".join("|".join(line) for line in [headers, *(row.values() for row in rows)]))


def everything_from(reader, table: RawTable) -> str:
    """All that leaves the reader, as text: records, findings, and texts and returns if any."""
    records, findings = reader.read([table], CONTEXT)
    frames = [*records.values(), findings]
    if reader is partner_return:
        frames += [
            *partner_return.read_texts([table], CONTEXT),
            partner_return.read_returns([table], CONTEXT),
        ]
    return "\n".join(frame.to_csv() for frame in frames)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(("reader", "layout"), CASES, ids=[layout.title for _, layout in CASES])
def test_nothing_that_points_to_a_person_leaves_a_reader(reader, layout, secret):
    left = everything_from(reader, table_with(layout, secret)).casefold()
    assert left.count("\n") > 2
    assert secret.casefold() not in left


def test_the_readers_really_read_the_rows_that_they_are_given():
    for reader, layout in CASES:
        if layout.title not in TEXT_SHEETS | NOT_ALONE:
            records, _ = reader.read([_table(layout, [_row(layout, 1)])], CONTEXT)
            assert 1 in {len(rows) for rows in records.values()}, layout.title


def test_the_same_identifier_is_the_same_child_in_two_extracts_and_never_itself():
    visits = next(layout for layout in logs.LAYOUTS if layout.title == "Visits log")
    row = _row(visits, 1)
    tables = [_table(visits, [row | {"child_id": child}]) for child in ("mf104233 ", "MF104233")]
    read = [logs.read([table], CONTEXT) for table in tables]
    children = pd.concat([records["visits"] for records, _ in read])["child_id"]
    assert children.nunique() == 1
    assert not children.str.contains("104233").any()
    assert "104233" not in join_findings([findings for _, findings in read]).to_csv()
