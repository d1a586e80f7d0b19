"""The form of the settings workbook: the area's own targets, tolerances and limits."""

from __future__ import annotations

from lscb_analysis.catalogue.areas import areas
from lscb_analysis.catalogue.indicators import Indicator, live_indicators
from lscb_analysis.templates.workbook import Cell, Column, Form, Sheet

GOOD = {
    "higher_is_better": "higher is better",
    "lower_is_better": "lower is better",
    "none": "neither: limits only, no target",
}
GUIDANCE = (
    "One row is one indicator. Fill in only those that the area has agreed something about. The "
    "file belongs at data/raw/<area>/settings.xlsx.",
    "Target: only where higher or lower is better. Tolerances say how far short of it a figure may "
    "be, in the indicator's own unit: within the amber one it is near, beyond the red one far off.",
    "Lower and upper limit: outside them a question is asked, whichever way is better.",
    "Every target and limit has an owner (a role, not a name), the day on which it was agreed and "
    "the day on which it is looked at again.",
)


def settings_form(area_code: str) -> Form:
    """The form of one area's settings workbook: a row for each live indicator."""
    columns = [
        Column("Indicator", 40, is_given=True),
        Column("Title", 48, is_given=True),
        Column("Unit", 22, is_given=True),
        Column("Good Is", 26, is_given=True),
        Column("Target", 12, "In the indicator's unit: 90 for 90 %.", "number"),
        Column(
            "Amber Tolerance", 12, "How far short of the target still counts as near.", "number"
        ),
        Column("Red Tolerance", 12, "How far short of the target is far off.", "number"),
        Column("Lower Limit", 12, "A question is asked below it.", "number"),
        Column("Upper Limit", 12, "A question is asked above it.", "number"),
        Column("Owner", 30, "A role, not a name.", "text:120"),
        Column("Date Agreed", 14, "", "date"),
        Column("Review Date", 14, "", "date"),
        Column("Note", 60, "Why it was set so.", "text:500"),
    ]
    rows = [_row(item) for item in live_indicators().values()]
    return Form(
        title=f"Targets and tolerances, {areas()[area_code].area}",
        guidance=GUIDANCE,
        sheets=[Sheet("Targets", columns, rows, empty_rows=0)],
    )


def _row(item: Indicator) -> tuple[Cell, ...]:
    return (item.id, item.title, item.unit, GOOD[item.polarity], *(None,) * 9)
