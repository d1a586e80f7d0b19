"""Partner returns: the agencies' own words, and the triage hub's totals."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

from lscb_analysis.demo import planted, words
from lscb_analysis.demo.quarterly import notified_count
from lscb_analysis.demo.workbooks import Sheet, write_workbook
from lscb_analysis.periods import Quarter

OUTCOMES = {"Social care assessment": 0.17, "Early help": 0.22, "Information shared only": 0.38,
            "No further action": 0.23}  # fmt: skip


def write_returns(folder: Path, seed: int, quarter: Quarter) -> list[Path]:
    """Three agencies' returns: cover, figures, commentary; the police's can be late."""
    sent = quarter.end + timedelta(days=18)
    written = [
        _write(folder, "Children's social care", quarter, sent, [], words.social_care(quarter)),
        _write(folder, "Health", quarter, sent, [], words.health(quarter)),
    ]
    for each in (quarter.next(-1), quarter):
        is_late = each == planted.LATE_POLICE
        if is_late == (each != quarter):
            place = folder / "late" if is_late else folder
            when = each.end + timedelta(days=110 if is_late else 15)
            written.append(
                _write(place, "Police", each, when, _triage(seed, each), words.police(each))
            )
    return written


def _write(folder: Path, agency: str, quarter: Quarter, sent, figures: list, texts: list) -> Path:
    name = agency.lower().replace("'", "").replace(" ", "_")
    return write_workbook(
        folder / f"partner_return_{name}.xlsx",
        {
            "Return": Sheet(("Agency", "Quarter", "Date Sent"), [(agency, quarter.id, sent)],
                            planted.MARK),
            "Figures": Sheet(("Indicator", "Period End", "Breakdown", "Value"), figures,
                             planted.MARK),
            "Commentary": Sheet(("Indicator", "Kind", "Text", "Author", "Approver"), texts,
                                planted.MARK),
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
