"""What is carried over from quarter to quarter: the board's challenges and its actions."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.once import once
from lscb_analysis.briefing.part import Part, paragraph, safe
from lscb_analysis.catalogue import indicators
from lscb_analysis.narrative import fill_references
from lscb_analysis.periods import day_label, parse_quarter
from lscb_analysis.tables import html_table

HEADING = "Earlier challenges and actions"
FOR = ("partnership", "panel")  # the public does not get the board's own follow-up
MOST_CHALLENGES = 8
OPEN = "open"
DONE, NOT_DUE, OVERDUE = "Done", "Not due", "Overdue"


@once
def carried_over(briefing: Briefing) -> Part:
    """The theme's open challenges, those answered since the last quarter, and its actions.

    Nothing at all where there are none, or where the page is for the public.
    """
    challenges, actions = _challenges(briefing), _actions(briefing)
    if briefing.audience not in FOR or not (len(challenges) or len(actions)):
        return Part("")
    shown = challenges.head(MOST_CHALLENGES)
    told = "".join(_challenge(briefing, row) for _, row in shown.iterrows())
    older = len(challenges) - len(shown)
    more = f"Not shown here: older challenges that are still open ({older})." if older else ""
    return Part(
        f"<h2>{HEADING}</h2>\n{told}{paragraph(more)}{_table(briefing, actions)}",
    )


def _challenges(briefing: Briefing) -> pd.DataFrame:
    """Those that are open, and those answered since the last quarter ended, newest first."""
    rows = briefing.carried.get("challenges", pd.DataFrame())
    if rows.empty:
        return rows
    since = pd.Timestamp(briefing.quarter.next(-1).end)
    is_told = (
        rows["status"].eq(OPEN) | rows["answered_date"].isna() | rows["answered_date"].gt(since)
    )
    mine = rows[is_told & rows["theme"].eq(briefing.theme.id)]
    return mine.sort_values("quarter", ascending=False, kind="stable")


def _challenge(briefing: Briefing, row: pd.Series) -> str:
    about = _about(str(row["indicator"]))
    raised = f"Challenge of {parse_quarter(str(row['quarter'])).label}{about}: {row['status']}"
    question, wrong = fill_references(row["question"], briefing.values, briefing.area.area_code)
    asked = "The question is left out: it has a figure that is not released." if wrong else question
    return (
        f'<figure class="words"><figcaption>{safe(raised)}</figcaption>'
        f"{paragraph(asked)}{_answer(briefing, row)}</figure>\n"
    )


def _answer(briefing: Briefing, row: pd.Series) -> str:
    if row["left_out"]:
        return paragraph(f"It was answered; the answer is left out: {row['left_out']}.", "left-out")
    if not row["answer"]:
        return ""
    filled, wrong = fill_references(row["answer"], briefing.values, briefing.area.area_code)
    if wrong:
        told = "It was answered; the answer is left out: it has a figure that is not released."
        return paragraph(told, "left-out")
    day = f", {day_label(row['answered_date'])}" if pd.notna(row["answered_date"]) else ""
    by = f"{row['answered_by']}; approved by {row['approved_by']}{day}"
    return f"<blockquote>{paragraph(filled)}</blockquote>{paragraph(by, 'author')}"


def _about(indicator: str) -> str:
    known = indicators()
    return f", {known[indicator].title}" if indicator in known else ""


def _actions(briefing: Briefing) -> pd.DataFrame:
    """Those not done by the quarter's end, and those done since the quarter before ended.

    Those about no indicator stand in the briefing about the data.
    """
    rows = briefing.carried.get("actions", pd.DataFrame())
    if rows.empty:
        return rows
    theme = briefing.theme.id if briefing.theme.has_indicators else ""
    since = pd.Timestamp(briefing.quarter.next(-1).end)
    is_told = rows["done_date"].isna() | rows["done_date"].gt(since)
    return rows[is_told & rows["theme"].eq(theme)].sort_values("due_date", kind="stable")


def _table(briefing: Briefing, actions: pd.DataFrame) -> str:
    """The actions, each with its state when the quarter ended; those left out have their line."""
    rows, left_out = [], 0
    for _, row in actions.iterrows():
        texts = [str(row["action"])]
        end = pd.Timestamp(briefing.quarter.end)
        is_done = pd.notna(row["done_date"]) and row["done_date"] <= end
        texts += [f"Evidence: {row['evidence']}"] if row["evidence"] and is_done else []
        filled, wrong = fill_references(" ".join(texts), briefing.values, briefing.area.area_code)
        left_out += bool(wrong)
        if not wrong:
            rows.append(
                {
                    "State": _state(row, pd.Timestamp(briefing.quarter.end)),
                    "Action": filled,
                    "Owner": row["owner"],
                    "Due": day_label(row["due_date"]),
                }
            )
    note = paragraph("An action is left out: it has a figure that is not released.", "left-out")
    if not rows:
        return note if left_out else ""
    caption = f"Actions, as they stood at {day_label(briefing.quarter.end)}"
    table = html_table(pd.DataFrame(rows), caption=caption, row_header="State", wide=True)
    return table + (note if left_out else "")


def _state(row: pd.Series, end: pd.Timestamp) -> str:
    if pd.notna(row["done_date"]) and row["done_date"] <= end:
        return f"{DONE}, {day_label(row['done_date'])}"
    return OVERDUE if row["due_date"] <= end else NOT_DUE
