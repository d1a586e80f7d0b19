"""The example board's challenges and actions: what it asked, what was answered and agreed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lscb_analysis.demo import planted, words
from lscb_analysis.demo.workbooks import Row, Sheet, write_workbook

CHALLENGE = ("Quarter", "Theme", "Indicator", "Question", "Answer", "Answered By", "Approved By",
             "Answered On", "Status")  # fmt: skip
ACTION = ("Action", "About Indicator", "Owner", "Agreed On", "Due On", "Done On", "Evidence")
BEFORE, LONG_BEFORE = planted.LAST.next(-1), planted.LAST.next(-3)
HEALTH, PLANS = "initial_health_assessments_on_time", "cp_plans_at_period_end"
CHALLENGES: tuple[Row, ...] = (
    (BEFORE.id, "child_protection", "cp_plan_ends",
     "How do partners know that a child is safer when a plan ends?",
     "Plans made since 2015 end sooner. A sample was read with health: in most the "
     "child's care had changed, and a plan in need followed.",
     words.PROTECTION, words.DIRECTOR, date(2017, 3, 14), "answered"),
    (BEFORE.id, "looked_after_children", HEALTH,
     "What lies behind first health assessments done in time being lower than usual in "
     "2016-17 Q3, or is it no more than chance in a short series, and who is looking into it?",
     None, None, None, None, "open"),
    (LONG_BEFORE.id, "domestic_abuse", "da_incidents",
     "How do partners know that incidents in the summer are passed on in time?",
     "The referral desk reads every incident within a day, in the holidays too.",
     words.POLICE, words.FORCE, date(2016, 11, 8), "closed"),
)  # fmt: skip
ACTIONS: tuple[Row, ...] = (
    ("Put one page for families in front of every plan.", PLANS, words.PROTECTION,
     date(2016, 10, 11), date(2017, 2, 28), date(2017, 2, 20),
     "Parents asked at reviews say that they know what is expected of them."),
    ("Read a sample of ended plans again half a year later.", "cp_plan_ends", words.PROTECTION,
     date(2017, 3, 14), date(2017, 9, 29), None, None),
    ("Agree with the clinic how the lost sessions are made up.", HEALTH, words.NURSE,
     date(2017, 1, 17), date(2017, 3, 17), None, None),
    ("Bring agencies' own audits and the figures into one commentary.", None, words.CHAIR,
     date(2017, 1, 17), date(2017, 6, 30), None, None),
)  # fmt: skip


def write_actions(folder: Path) -> Path:
    """The actions workbook: three challenges and four actions, the same for every seed."""
    return write_workbook(
        folder / "actions.xlsx",
        {
            "Challenges": Sheet(CHALLENGE, CHALLENGES, planted.MARK),
            "Actions": Sheet(ACTION, ACTIONS, planted.MARK),
        },
    )
