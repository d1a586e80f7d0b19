"""Annex A's lists: what every list shares, and what is told of each of them.

Wordings are Ofsted's of 2019 and 2024 and the names of the Standard Safeguarding Dataset.
Names are compared without case, spaces and punctuation (`columns.normalise`), so that
curly quotes, doubled brackets and trailing spaces need no wording of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lscb_analysis.sources.layouts import Layout

NAME = "annex_a"
Columns = Mapping[str, tuple[str, tuple[str, ...]]]
CHILD_ID = (
    *("Child Unique ID", "Child Unique Identifier", "Child ID", "Child Identifier"),
    *("Unique Child ID", "Child's Unique ID", "Unique ID"),
)
DISABILITY = ("Does the Child have a Disability", "HasDisability", "Disability")
CHILD: Columns = {
    "child_id": ("identifier", CHILD_ID),
    "sex": ("codes:sex", ("Gender", "Sex")),
    "ethnicity": ("codes:ethnicity", ("Ethnicity", "Ethnic group", "Ethnic origin")),
    "birth_date": (
        "birth_date",
        (
            *("Date of Birth", "DOB", "Birth date", "Child Date of Birth"),
            "Date of birth (expected date if unborn)",
        ),
    ),
    "age": (
        "age",
        ("Age of Child (Years)", "Age", "Age of Child", "Age (Years)", "Child's Age"),
    ),
}
# Columns of which we need nothing: they are left out on reading, without a finding.
DROPPED = (
    *("Allocated Team", "Team", "Allocated Worker", "Worker", "Social Worker", "Lead Practitioner"),
    *("Allocated Personal Advisor", "Allocated Personal Adviser", "Personal Advisor"),
    *("UPN", "Unique Pupil Number", "NHS Number", "ULN", "Person ID"),
    *("Name", "Child's Name", "Child Name", "First Name", "Forename", "Surname", "Last Name"),
    *("Address", "Home Address", "Postcode", "Home Postcode"),
    *("Placement postcode", "URN of Placement", "PlacementURN", "Placement URN"),
)
# What these parse is not among the kinds of `children.parsers_for` (annex_a_cells).
OWN_KINDS = ("age", "text")


@dataclass(frozen=True)
class ListLayout:
    """One list: its number, the name of its parsed table, its layout, what tells rows apart.

    `kinds` says what each column holds. `optional` columns are part of some years' form
    only: that one was not sent is no finding. A row without a value in `needed` says
    nothing that could be counted. A table that has all the columns of one of `shapes` is
    this list; of two that fit, the sheet's name decides, by the list's number or `called`.
    """

    number: int
    name: str
    layout: Layout
    kinds: Mapping[str, str]
    key: tuple[str, ...]
    needed: tuple[str, ...]
    shapes: tuple[tuple[str, ...], ...]
    called: tuple[str, ...]
    optional: frozenset[str] = frozenset()


def list_layout(
    number: int,
    name: str,
    title: str,
    columns: Columns,
    *,
    shapes: Sequence[tuple[str, ...]],
    key: tuple[str, ...],
    called: tuple[str, ...],
    needed: tuple[str, ...] | None = None,
    optional: Sequence[str] = (),
    common: Columns = CHILD,
    identified_by: str = "child_id",
) -> ListLayout:
    """The list with the columns that lists share before its own.

    `key` and the `shapes` are given without the identifier that rows are about.
    """
    whole = dict(common) | dict(columns)
    wordings = {column: each[1] for column, each in whole.items()}
    marks = tuple((identified_by, *shape) for shape in shapes)
    layout = Layout(NAME, f"Annex A List {number} ({title})", wordings, marks=marks[0])
    return ListLayout(
        number=number,
        name=name,
        layout=layout,
        kinds={column: each[0] for column, each in whole.items()},
        key=(identified_by, *key),
        needed=(identified_by, *(key if needed is None else needed)),
        shapes=marks,
        called=called,
        optional=frozenset((*optional, "age")),
    )
