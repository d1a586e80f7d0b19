"""The form of the history workbook: indicator values of earlier years, one a row."""

from __future__ import annotations

from lscb_analysis.catalogue.areas import areas
from lscb_analysis.catalogue.indicators import live_indicators
from lscb_analysis.catalogue.themes import breakdowns
from lscb_analysis.sources.history_workbook import EXAMPLE, HISTORY
from lscb_analysis.templates.workbook import Column, Form, Sheet

GUIDANCE = (
    "One row is one figure: an indicator, an area, a period, and a category where it is broken "
    "down. The file belongs at data/raw/<area>/history.xlsx (or history.csv).",
    "Period: 2016-17 Q4, 2016-17, 12 months to 2016-17 Q4, 31 March 2017, 2016 (a calendar year), "
    "or 2014-15 to 2016-17 (years taken together).",
    "Give the numerator and denominator where you have them: the value is then made from them. A "
    "percentage is 45.2, never 0.452.",
    "A figure that was withheld or not to be had is its symbol: c (suppressed), x (not available), "
    "z (not applicable), u (unreliable). Never write 0 for a figure that you do not have.",
    "The first row is an example, and so is every row whose source begins with the word EXAMPLE: "
    "it is not read.",
)


def history_form(area_code: str) -> Form:
    """The form of one area's history workbook, with an example that is not read."""
    columns = [
        Column("Indicator", 40, "The indicator's id: see lscb indicators.", "list:indicators"),
        Column("Area Code", 14, "Nine characters. Blank: the area of the folder."),
        Column("Period", 28, "2016-17 Q4, 2016-17, 31 March 2017 or 12 months to 2016-17 Q4."),
        Column("Breakdown Topic", 24, "Blank for the total.", "list:topics"),
        Column("Breakdown", 28, "The category, as it is in the list of that topic. Blank: total."),
        Column("Numerator", 14, "A count. Blank where it is not known.", "whole"),
        Column("Denominator", 14, "What the numerator is out of.", "whole"),
        Column("Value", 14, "The figure, or c, x, z or u for why there is none.", "figure"),
        Column("Source of Figure", 44, "Where it stood: the report, the return.", "text:200"),
    ]
    example = (
        *("initial_conferences_within_15_days", area_code, "2015-16 Q4", None, None),
        *(41, 50, 82, f"{EXAMPLE}: made up, not read; write over it or delete it"),
    )
    assert tuple(column.header for column in columns) == tuple(
        wordings[0] for wordings in HISTORY.columns.values()
    )
    return Form(
        title=f"History of indicator values, {areas()[area_code].area}",
        guidance=GUIDANCE,
        sheets=[Sheet("History", columns, [example], empty_rows=2000, examples=1)],
        lists={
            "indicators": list(live_indicators()),
            "topics": [item.title for item in breakdowns().values()],
        },
    )
