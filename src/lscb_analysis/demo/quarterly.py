"""What comes every quarter besides Annex A: the dated logs, police, Marac, Insights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from lscb_analysis.demo import planted
from lscb_analysis.demo.board import Board
from lscb_analysis.demo.workbooks import Sheet, write_csv, write_workbook
from lscb_analysis.periods import Quarter

INCIDENTS_A_DAY = 12.0
EARLIER_VICTIMS = 3_200
LATEST_VICTIMS = 3_600
MARACS = ("Mereford", "Merefordshire North", "Merefordshire South and Rushland")
NEEDS = {
    "Mental health": 0.57, "Substance misuse": 0.08, "Mental health and substance misuse": 0.07,
    "Children's services involved": 0.33, "Forced marriage": 0.02, "Honour-based violence": 0.09,
}  # fmt: skip


def write_logs(folder: Path, board: Board, quarter: Quarter) -> Path:
    """The quarter's reviews, visits and health assessments, a sheet each."""
    care, first, last = board.care, quarter.start, quarter.end

    def within(rows: list[tuple], day: int = 2) -> list[tuple]:
        return [row for row in rows if first <= row[day] <= last]

    child, started = "Child Unique ID", "Date Started to be Looked After"
    return write_workbook(
        folder / "logs.xlsx",
        {
            "Child protection reviews": Sheet(
                (child, "Child Protection Plan Start Date", "Date of Review Conference"),
                within(board.lives.cp_reviews),
                planted.MARK,
            ),
            "Looked-after reviews": Sheet(
                (child, started, "Date of Statutory Review"), within(care.reviews), planted.MARK
            ),
            "Visits": Sheet(
                (child, started, "Date of Statutory Visit"), within(care.visits), planted.MARK
            ),
            "Health assessments": Sheet(
                (child, started, "Date of Health Assessment", "Type of Health Assessment"),
                within(care.health),
                planted.MARK,
            ),
        },
    )


@cache
def incidents(seed: int) -> tuple[tuple, ...]:
    """All police incidents: id, day, crime, grade, resident, present, victim, children notified."""
    chance = Random(f"{seed}-police")
    found: list[tuple] = []
    victims = [f"V{100_000 + number}" for number in range(EARLIER_VICTIMS)]
    day = planted.FIRST.start
    while day <= planted.LAST.end:
        mean = INCIDENTS_A_DAY * planted.INCIDENT_MONTHS.get(day.month, 0.98)
        for _ in range(max(0, round(chance.gauss(mean, mean**0.5 * 1.2)))):
            again = chance.random() < 0.33
            victim = (
                victims[-1 - int(chance.random() ** 2 * min(len(victims), LATEST_VICTIMS))]
                if again
                else f"V{100_000 + len(victims)}"
            )
            if not again:
                victims.append(victim)
            grade = chance.choices(("Standard", "Medium", "High", ""), (58, 28, 9, 5))[0]
            resident = chance.random() < 0.41
            present = resident and chance.random() < 0.62
            crime = "Yes" if chance.random() < 0.42 else "No"
            notified = chance.choice((1, 1, 2, 2, 2, 3)) if resident and grade else 0
            notified = notified if chance.random() < 0.94 else 0
            found.append(
                (f"MP{day:%y}{len(found):06d}", day, crime, grade, "Yes" if resident else "No",
                 "Yes" if present else "No", victim, notified)
            )  # fmt: skip
        day += timedelta(days=1)
    return tuple(found)


def write_police(folder: Path, board: Board, quarter: Quarter) -> list[Path]:
    """The police files that arrive with a quarter: its own, and one that comes late."""
    written = []
    for sent in (quarter.next(-1), quarter):
        is_late = sent == planted.LATE_POLICE
        if is_late == (sent != quarter):
            written += _police(folder / ("late" if is_late else ""), board, sent)
    return written


def _police(folder: Path, board: Board, quarter: Quarter) -> list[Path]:
    rows = [row for row in incidents(board.seed) if quarter.start <= row[1] <= quarter.end]
    sent = [row[:7] for row in rows]
    if quarter == planted.DIRTY_QUARTER:
        sent[3] = (*sent[3][:1], planted.IMPOSSIBLE_DATE, *sent[3][2:])
        sent.append(sent[8])
        sent[15] = (*sent[15][:3], planted.UNKNOWN_GRADE, *sent[15][4:])
    notified = [
        (row[0], f"PC{int(row[6][1:]) * 5 + number}", min(row[1] + timedelta(days=1), quarter.end))
        for row in rows
        for number in range(row[7])
    ]
    columns = ("Incident ID", "Incident Date", "Crime", "Risk Grade", "Children Resident",
               "Children Present", "Victim ID")  # fmt: skip
    name = f"police {quarter.id}"
    return [
        write_csv(folder / f"{name} incidents.csv", columns, sent, "cp1252"),
        write_csv(
            folder / f"{name} children.csv",
            ("Incident ID", "Child Reference", "Notification Date"),
            notified,
        ),
    ]


def notified_count(seed: int, quarter: Quarter) -> int:
    """How many notifications of a child the police made in a quarter."""
    return sum(
        row[7] for row in incidents(seed) if quarter.start <= row[1] <= quarter.end
    )  # fmt: skip


def write_marac(folder: Path, seed: int, quarter: Quarter) -> Path:
    """The quarter's Marac return: a row a meeting, no cases."""
    return write_workbook(
        folder / "marac.xlsx",
        {
            "Marac": Sheet(
                ("Marac", "Meeting Date", "Cases", "Repeat Cases", "Children",
                 "Referrals from Police"),
                list(_meetings(Random(f"{seed}-marac-{quarter.id}"), quarter)),
                planted.MARK,
            )
        },
    )  # fmt: skip


def _meetings(chance: Random, quarter: Quarter) -> Iterator[tuple]:
    for month in range(3):
        first = _month(quarter.start, month)
        for number, marac in enumerate(MARACS):
            cases = chance.randint(31, 42)
            repeats = sum(chance.random() < 0.32 for _ in range(cases))
            children = sum(chance.choice((0, 1, 1, 2, 3)) for _ in range(cases))
            police = sum(chance.random() < 0.62 for _ in range(cases))
            yield marac, first + timedelta(days=8 + number), cases, repeats, children, police


def _month(day: date, later: int) -> date:
    month = day.month - 1 + later
    return date(day.year + month // 12, month % 12 + 1, 1)


def write_insights(folder: Path, seed: int, quarter: Quarter) -> Path:
    """The quarter's Insights table: clients with each need, out of those asked."""
    chance = Random(f"{seed}-insights-{quarter.id}")
    span = (quarter.start, quarter.end)
    rows = []
    for group, asked in (("Adults", chance.randint(85, 110)), ("Children and young people", 40)):
        for form, share in (("Intake", 1.0), ("Exit", 0.6)):
            clients = round(asked * share)
            for need, chance_of in NEEDS.items():
                with_it = sum(chance.random() < chance_of * share for _ in range(clients))
                rows.append((*span, group, form, need, with_it, clients))
    columns = ("Period Start", "Period End", "Client Group", "Form", "Attribute", "Clients",
               "Of Clients")  # fmt: skip
    return write_csv(folder / "insights.csv", columns, rows)
