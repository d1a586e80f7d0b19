"""The form of a partner's return: one workbook an agency, with its own figures and questions."""

from __future__ import annotations

from collections.abc import Mapping

from lscb_analysis.catalogue.indicators import live_indicators
from lscb_analysis.catalogue.returns import (
    Agency,
    ReturnFigure,
    ReturnYear,
    find_agency,
    returns_in,
)
from lscb_analysis.catalogue.themes import breakdowns
from lscb_analysis.periods import Quarter, financial_year_label
from lscb_analysis.templates.workbook import Cell, Column, Form, Sheet

KINDS = (*("commentary", "assurance answer", "highlight", "audit finding", "voice of the child"),)
TEXT, HEADING, ROLE = "text:2000", "text:300", "text:120"
_BLANK_PERIOD = "Leave it blank for the quarter on the cover."
_NO_CHILD = (
    "No name, date of birth, number or address of a child or family. Dates in words. A figure of "
    "the briefing is written as a reference, such as {cp_plan_starts:2016-17 Q4}."
)
_BY = (
    Column("Author", 24, "Your role, not your name.", ROLE),
    Column(
        "Approver", 24, "The role of who approved it. Words nobody approved are left out.", ROLE
    ),
)


def return_form(agency: str, year: int) -> Form:
    """The form of one agency's returns in the financial year that starts in April of `year`.

    `agency` is its id in catalogue/returns. Raises CatalogueError with the ids there are.
    """
    returns = returns_in(year)
    of = find_agency(returns, agency)
    label = financial_year_label(year)
    return Form(
        title=f"Return of {of.title}, {label}",
        guidance=_guidance(of, label),
        sheets=[
            _cover(of),
            _figures(returns, of),
            _commentary(),
            _answers(returns, of),
            _highlights(of),
            _audits(),
        ],
        lists={
            "quarters": [Quarter(year, number).label for number in (1, 2, 3, 4)],
            "indicators": list(live_indicators()),
            "kinds": KINDS,
        },
    )


def _guidance(agency: Agency, label: str) -> list[str]:
    return [
        f"This workbook is for {agency.title}. Send one for each quarter of {label}.",
        "1. Cover: choose the quarter and give the date on which you send the return.",
        "2. Figures: fill in the value, or the numerator and denominator of a percentage. Write 0 "
        "where nothing happened and 'not available' where you cannot tell: a blank is neither.",
        "3. Commentary: what explains the figures of the briefing, and what you do about it. As "
        "voice of the child: what children said, in words that point to no single one of them.",
        "4. Answers: the quarter's assurance questions. Leave those of other quarters blank.",
        "5. Highlights: an issue, what was done, and the evidence that it made a difference.",
        "6. Audit findings: what an audit found, and the action agreed.",
        "Grey cells are given: leave them as they are. Nothing about a single child belongs here.",
        "Write roles, not names, as author and approver: words that nobody approved are not shown.",
    ]


def _cover(agency: Agency) -> Sheet:
    columns = [
        Column("Agency", 40, is_given=True),
        Column("Quarter", 16, "The quarter that the return is about.", "list:quarters"),
        Column("Date Sent", 14, "The day on which you send it.", "date"),
    ]
    return Sheet("Cover", columns, [(agency.title, None, None)], empty_rows=0)


def _figures(returns: ReturnYear, agency: Agency) -> Sheet:
    columns = [
        Column("Indicator", 34, is_given=True),
        Column("Title", 40, is_given=True),
        Column("Definition", 60, is_given=True),
        Column("Unit", 18, is_given=True),
        Column("What Is Above the Line", 40, is_given=True),
        Column("What Is Below the Line", 40, is_given=True),
        Column("Breakdown", 24, is_given=True),
        Column("Period Start", 14, _BLANK_PERIOD, "date"),
        Column("Period End", 14, _BLANK_PERIOD, "date"),
        Column("Value", 14, "A count, or a percentage. 0 where nothing happened."),
        Column("Numerator", 14, "Of a percentage only: what is above the line.", "whole"),
        Column("Denominator", 14, "Of a percentage only: what is below the line.", "whole"),
    ]
    figures = [
        (figure, category)
        for figure in returns.figures_of(agency.id)
        for category in _categories(figure)
    ]
    rows = [_figure_row(figure, category) for figure, category in figures]
    allows = {
        (row, header): rule
        for row, (figure, _) in enumerate(figures)
        for header, rule in _RULES[figure.measure == "proportion"].items()
    }
    return Sheet("Figures", columns, rows, empty_rows=0, allows=allows)


_RULES: Mapping[bool, Mapping[str, str]] = {
    True: {"Value": "percentage"},
    False: {"Value": "whole", "Numerator": "nothing", "Denominator": "nothing"},
}


def _figure_row(figure: ReturnFigure, category: str) -> tuple[Cell, ...]:
    words = (figure.title, figure.definition, figure.unit, figure.numerator, figure.denominator)
    return (figure.id, *words, category, *(None,) * 5)


def _categories(figure: ReturnFigure) -> tuple[str, ...]:
    return breakdowns()[figure.breakdown].categories if figure.breakdown else ("",)


def _commentary() -> Sheet:
    columns = [
        Column("Indicator", 38, "The figure that the text is about.", "list:indicators"),
        Column("Kind", 20, "Usually commentary, or voice of the child.", "list:kinds"),
        Column("Text", 90, _NO_CHILD, TEXT),
        *_BY,
    ]
    return Sheet("Commentary", columns, empty_rows=40)


def _answers(returns: ReturnYear, agency: Agency) -> Sheet:
    columns = [
        Column("Question", 28, is_given=True),
        Column("Asked In", 14, is_given=True),
        Column("Wording", 60, is_given=True),
        Column("Answer", 90, _NO_CHILD, TEXT),
        *_BY,
    ]
    rows = [
        (item.id, ", ".join(f"Q{number}" for number in item.quarters), item.text, *(None,) * 3)
        for item in returns.questions_of(agency.id)
    ]
    return Sheet("Answers", columns, rows, empty_rows=0)


def _highlights(agency: Agency) -> Sheet:
    columns = [
        Column("Agency", 28, f"Leave it blank for {agency.title}.", ROLE),
        Column("Issue", 40, "What was wrong, in a few words.", HEADING),
        Column("Resolution", 80, _NO_CHILD, TEXT),
        Column("Evidence", 40, "How you know that it made a difference.", TEXT),
        *_BY,
    ]
    return Sheet("Highlights", columns, empty_rows=20)


def _audits() -> Sheet:
    columns = [
        Column("Audit", 34, "What the audit was about.", HEADING),
        Column("Indicator", 38, "The figure that it bears on, if any.", "list:indicators"),
        Column("Finding", 80, _NO_CHILD, TEXT),
        Column("Action", 50, "What was agreed, by whom (role) and by when.", TEXT),
        *_BY,
    ]
    return Sheet("Audit findings", columns, empty_rows=20)
