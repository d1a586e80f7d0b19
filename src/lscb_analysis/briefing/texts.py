"""Partners' words beside the numbers: approved ones only, their figures released ones."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.once import once
from lscb_analysis.briefing.part import Part, paragraph, safe
from lscb_analysis.catalogue import indicators as catalogue_indicators
from lscb_analysis.catalogue.returns import returns_in
from lscb_analysis.narrative import fill_references
from lscb_analysis.periods import parse_quarter

KINDS = {
    "commentary": "Commentary",
    "assurance answer": "Answer to the assurance question",
    "audit finding": "Audit finding",
    "highlight": "Highlight",
    "voice of the child": "What children and young people said",
}
ANSWER = "assurance answer"


def texts_about(briefing: Briefing, indicator: str) -> str:
    """This quarter's words about one indicator, each with its author and approver by role."""
    texts = briefing.texts
    mine = texts[(texts["indicator"] == indicator) & (texts["submission"] == briefing.quarter.id)]
    return "".join(_one(briefing, text) for _, text in mine.iterrows())


@once
def words_of_partners(briefing: Briefing) -> Part:
    """This quarter's answers, highlights and audit findings that are about no one indicator."""
    texts = briefing.texts
    known = catalogue_indicators()
    mine = texts[texts["submission"].eq(briefing.quarter.id) & ~texts["indicator"].isin(known)]
    if mine.empty:
        return Part(
            paragraph(
                "No answer, highlight or audit finding was received that is about no one indicator."
            )
        )
    return Part("".join(_one(briefing, text) for _, text in mine.iterrows()))


def _one(briefing: Briefing, text: pd.Series) -> str:
    kind = KINDS.get(text["kind"], "Commentary")
    if text.get("held_back"):
        return paragraph(
            f"{kind} from {text['agency']} is held back: it says otherwise than the released "
            "figures; it is being checked.",
            "left-out",
        )
    if not text["text"]:
        return paragraph(
            f"{kind} from {text['agency']} was received but nobody has approved it: left out.",
            "left-out",
        )
    filled, problems = fill_references(text["text"], briefing.values, briefing.area.area_code)
    if problems:
        return paragraph(
            f"{kind} from {text['agency']} is left out: it has a figure that is not released.",
            "left-out",
        )
    by = f"{text['author']}, {text['agency']}; approved by {text['approver']}"
    return (
        f'<figure class="words"><figcaption>{safe(_caption(kind, text))}</figcaption>'
        f"{paragraph(question_answered(text))}"
        f"<blockquote>{paragraph(filled)}</blockquote>{paragraph(by, 'author')}</figure>\n"
    )


def question_answered(text: pd.Series) -> str:
    """The wording of the question that a text answers: as it came with the answer, or that of
    the year's returns which is asked that quarter about the same indicator. Blank for others."""
    if text["kind"] != ANSWER:
        return ""
    heading = str(text.get("heading", "") or "")
    return heading or _wording(str(text["indicator"]), str(text["period"]))


def _wording(indicator: str, period: str) -> str:
    quarter = parse_quarter(period.replace(" ", "-"))
    asked = [
        item.text
        for item in returns_in(quarter.year).questions.values()
        if item.indicator == indicator and quarter.number in item.quarters
    ]
    return asked[0] if indicator and len(asked) == 1 else ""


def _caption(kind: str, text: pd.Series) -> str:
    heading = str(text.get("heading", "") or "")
    return f"{kind}: {heading}" if heading and text["kind"] != ANSWER else kind
