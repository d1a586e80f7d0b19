"""Child death extracts: the panel's three tables, and the columns that must not hold free text."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from lscb_analysis.findings import row_findings
from lscb_analysis.sources.board_tables import Layout, codes_in
from lscb_analysis.sources.parsing import NOT_KNOWN, is_blank, parse_codes
from lscb_analysis.sources.text_cells import plain_text

NAME = "child_deaths"
CASES = Layout(
    NAME,
    "Child death cases",
    {
        "case_id": ("Case ID", "Case Reference"),
        "residence": ("Area of Residence", "Area of Residence Code"),
        "death_date": ("Date of Death",),
        "notified_date": ("Date Notified", "Date of Notification"),
        "age_in_days": ("Age in Days",),
        "sex": ("Sex", "Gender"),
        "ethnicity": ("Ethnicity", "Ethnic Group"),
        "place": ("Place of Death",),
        "is_expected": ("Expected", "Death Expected"),
        "meets_jar_criteria": ("JAR Criteria Met", "Joint Agency Response Criteria Met"),
        "has_jar": ("JAR Held", "Joint Agency Response Held"),
        "review_date": ("Date of Panel Review", "Date of CDOP", "Date Reviewed"),
        "status": ("Status", "Case Status"),
        "category": ("Category", "Category of Death"),
        "modifiable": ("Modifiable", "Modifiable Factors"),
    },
    marks=("case_id", "death_date", "notified_date", "category"),
)
FACTORS = Layout(
    NAME,
    "Child death factors",
    {
        "case_id": CASES.columns["case_id"],
        "domain": ("Domain",),
        "factor": ("Factor", "Contributory Factor"),
        "grade": ("Grade", "Relevance", "Level of Influence"),
        "is_modifiable": ("Modifiable",),
    },
    marks=("case_id", "domain", "factor", "grade"),
)
FORMS = Layout(
    NAME,
    "Child death forms",
    {
        "case_id": CASES.columns["case_id"],
        "agency": ("Agency",),
        "requested_date": ("Date Requested",),
        "due_date": ("Date Due",),
        "returned_date": ("Date Returned",),
    },
    marks=("case_id", "agency", "requested_date"),
)

# First day of each band, by age in days.
AGE_BANDS = (
    (0, "0 to 27 days"),
    (28, "28 to 364 days"),
    (365, "1 to 4 years"),
    (1826, "5 to 9 years"),
    (3653, "10 to 14 years"),
    (5479, "15 to 17 years"),
)
OTHER_FACTOR = "Other factor"
_AREA_CODE = re.compile(r"^[A-Z]\d{8}$")


def area_codes(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    """The nine-character area codes, `Not known` where blank, and a finding for what is none.

    What is no code is never kept or shown: it may be an address.
    """
    codes = cells.map(lambda cell: plain_text(cell).upper()).astype("str")
    is_code = codes.str.match(_AREA_CODE).astype(bool)
    wrong = ~is_code & ~cells.map(is_blank).astype(bool)
    found = row_findings(
        pd.Series("a value that is not an area code", index=cells.index[wrong], dtype="str"),
        **place,
        expected="a nine-character code, such as E06000016",
        action="send the code; until then the residence is not known",
    )
    return codes.where(is_code, NOT_KNOWN), found


def factor_names(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    """The factors by their names in the code table, any other as `Other factor`, and a note.

    What is written of one child is free text: it is neither kept nor shown.
    """
    factors, found = parse_codes(cells, codes_in("child_deaths", "factor"), **place)
    notes = found.assign(
        severity="note",
        found="a factor in other words than the table of codes has",
        expected="one of the wordings in codes/child_deaths.toml",
        action=f"nothing, or add the wording to the table; until then it is '{OTHER_FACTOR}'",
    )
    blank = cells.map(is_blank).astype(bool)
    return factors.mask(factors.eq(NOT_KNOWN) & ~blank, OTHER_FACTOR), notes


def grades(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    """The grades on the later scale, 0 to 2 (`Int64`); missing where blank or not a grade.

    Old grades (0, 1, 1*, 2, 3) are read as the later ones (0, 1, 2) by a table of codes.

    >>> grades(pd.Series(["1*", 3, "2"]), source="", file="", column="")[0].tolist()
    [1, 2, 2]
    """
    starred = cells.map(lambda cell: str(cell).replace("*", "star") if _is_text(cell) else cell)
    labels, found = parse_codes(starred, codes_in("child_deaths", "grade"), **place)
    return pd.to_numeric(labels.replace(NOT_KNOWN, None)).astype("Int64"), found


def _is_text(cell: object) -> bool:
    return isinstance(cell, str)
