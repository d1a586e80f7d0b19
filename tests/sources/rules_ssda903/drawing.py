"""Drawing the examples of SSDA903's rules: a line a row, its cells divided by spaces."""

from __future__ import annotations

from collections.abc import Mapping

from lscb_analysis.sources.raw_tables import RawTable
from tests.sources.extracts import extract

COLUMNS = {
    "header": "CHILD SEX DOB ETHNIC",
    "episodes": "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE",
    "reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "uasc": "CHILD SEX DOB DUC",
    "oc2": (
        "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK "
        "HEALTH_ASSESSMENT SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED"
    ),
    "oc3": "CHILD DOB IN_TOUCH ACTIV ACCOM",
    "ad1": "CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
    "placed_for_adoption": "CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
    "previous_permanence": "CHILD DOB PREV_PERM LA_PERM DATE_PERM",
    "missing": "CHILD DOB MISSING MIS_START MIS_END",
    "workers": "CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON",
    "deprivations": "CHILD DOB DOLO_START DOLO_END",
}
# The example that a rule fails on, and the one that it lets pass: lines by table.
Example = Mapping[str, str]
Case = tuple[Example, Example]


def drawn(example: Example) -> list[RawTable]:
    """The tables of an example, `-` for a blank cell."""
    return [
        extract(_with_bars(COLUMNS[name]) + "\n" + _with_bars(lines), f"{name}.csv")
        for name, lines in example.items()
    ]


def _with_bars(lines: str) -> str:
    return "\n".join(f"| {' | '.join(line.split())} |" for line in lines.strip().splitlines())
