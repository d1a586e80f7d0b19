"""Partner returns: the agencies' own words, and the triage hub's totals."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

from lscb_analysis.demo import planted
from lscb_analysis.demo.quarterly import notified_count
from lscb_analysis.demo.workbooks import Sheet, write_workbook
from lscb_analysis.periods import Quarter, day_label

OUTCOMES = {"Social care assessment": 0.17, "Early help": 0.22, "Information shared only": 0.38,
            "No further action": 0.23}  # fmt: skip
CSC, EARLY, HEALTH, POLICE = (
    "Head of service, child protection",
    "Head of service, children in care",
    "Designated nurse, looked-after children",
    "Detective chief inspector, public protection",
)
DIRECTOR, CCG, FORCE = "Director of children's services", "Chief nurse", "Assistant chief constable"


def write_returns(folder: Path, seed: int, quarter: Quarter) -> list[Path]:
    """Three agencies' returns: cover, figures, commentary; the police's can be late."""
    sent = quarter.end + timedelta(days=18)
    written = [
        _write(folder, "Children's social care", quarter, sent, [], _social_care(quarter)),
        _write(folder, "Health", quarter, sent, [], _health(quarter)),
    ]
    for each in (quarter.next(-1), quarter):
        is_late = each == planted.LATE_POLICE
        if is_late == (each != quarter):
            place = folder / "late" if is_late else folder
            when = each.end + timedelta(days=110 if is_late else 15)
            written.append(_write(place, "Police", each, when, _triage(seed, each), _police(each)))
    return written


def _write(folder: Path, agency: str, quarter: Quarter, sent, figures: list, words: list) -> Path:
    name = agency.lower().replace("'", "").replace(" ", "_")
    return write_workbook(
        folder / f"partner_return_{name}.xlsx",
        {
            "Return": Sheet(("Agency", "Quarter", "Date Sent"), [(agency, quarter.id, sent)],
                            planted.MARK),
            "Figures": Sheet(("Indicator", "Period End", "Breakdown", "Value"), figures),
            "Commentary": Sheet(("Indicator", "Kind", "Text", "Author", "Approver"), words),
        },
    )  # fmt: skip


def _triage(seed: int, quarter: Quarter) -> list[tuple]:
    chance = Random(f"{seed}-triage-{quarter.id}")
    total = notified_count(seed, quarter)
    shares = {name: share * chance.uniform(0.92, 1.08) for name, share in OUTCOMES.items()}
    counts = {name: round(total * share) for name, share in shares.items()}
    counts["No further action"] = total - sum(
        count for name, count in counts.items() if name != "No further action"
    )
    return [("da_triage_outcome", quarter.end, name, count) for name, count in counts.items()]


def _social_care(quarter: Quarter) -> list[tuple]:
    day, label = day_label(quarter.end), quarter.label
    rows = [
        ("cp_plans_at_period_end", "commentary",
         f"{{cp_plans_at_period_end:{day}}} children were subject of a plan. Team managers have "
         "looked at every plan that has lasted longer than a year and brought decisions on "
         "stepping down to the first review after it.", CSC, DIRECTOR),
        ("assessments_within_45_days", "commentary",
         "Delays come mostly from waiting for partner agencies' information. The duty team now "
         "asks for it on the first day.", CSC, DIRECTOR),
        ("re_referrals", "assurance answer",
         "We read a sample of returning families with early help. In most the reason was new; in "
         "some the first plan had ended before the family was ready.", CSC, DIRECTOR),
        ("looked_after_at_period_end", "commentary",
         f"{{looked_after_at_period_end:{day}}} children were looked after. Sufficiency of foster "
         "homes for teenagers is the main pressure.", EARLY, DIRECTOR),
        ("section_47s_started", "commentary",
         f"{{section_47s_started:{label}}} enquiries were started in the quarter.", CSC, ""),
        ("cp_plans_at_period_end", "audit finding",
         "Plans read for the audit showed the child's own view in most, and in too few a date by "
         "which change was expected.", "Chair of the audit group", "Independent chair"),
    ]  # fmt: skip
    if quarter in planted.STEP_QUARTERS:
        rows.append(
            ("cp_plan_starts", "commentary",
             "More enquiries reached a conference after the threshold guidance was changed. The "
             "change is being reviewed with police and health.", CSC, DIRECTOR)
        )  # fmt: skip
    return rows


def _health(quarter: Quarter) -> list[tuple]:
    rows = [
        ("deaths_reviewed", "commentary",
         "The panel met as planned. Forms from community health came back later than those of "
         "other agencies.", "Designated doctor for child deaths", CCG),
        ("initial_health_assessments_on_time", "assurance answer",
         "Consent reaches the clinic late where a child comes into care at a weekend.", HEALTH,
         CCG),
    ]  # fmt: skip
    if quarter >= planted.LATE_HEALTH_FROM:
        rows.append(
            ("initial_health_assessments_on_time", "commentary",
             "The clinic lost two of its paediatric sessions. A locum starts next quarter, and "
             "children who wait longest are seen first.", HEALTH, CCG)
        )  # fmt: skip
    return rows


def _police(quarter: Quarter) -> list[tuple]:
    return [
        ("da_incidents", "commentary",
         f"Officers recorded {{da_incidents:{quarter.label}}} incidents. Recording was checked "
         "against the force's own audit.", POLICE, FORCE),
        ("da_children_notified", "commentary",
         "Every incident with a child in the household is read by the referral desk before it is "
         "passed on.", POLICE, FORCE),
        ("da_triage_outcome", "assurance answer",
         "The hub reads a sample of notifications without further action each month with a social "
         "worker and a health visitor.", "Triage hub manager", FORCE),
        ("marac_repeat_cases", "commentary",
         "Chairs ask for every returning case what the last plan achieved.", POLICE, ""),
    ]  # fmt: skip
