"""The child death panel's extract: cases of its three areas, factors, agencies' forms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from lscb_analysis.demo import planted
from lscb_analysis.demo.people import ETHNICITIES
from lscb_analysis.demo.workbooks import Sheet, write_workbook
from lscb_analysis.periods import Quarter

FIRST_DAY = date(2007, 4, 1)
YEARS_BEFORE_LAST = 6
PANEL_DAY, PANEL_CASES = 14, (3, 5, 6, 6, 6, 7, 7)
A_YEAR = 70
AGES = ((0, 27, 43), (28, 364, 22), (365, 1825, 12), (1826, 3651, 7), (3652, 5478, 7),
        (5479, 6570, 9))  # fmt: skip
CATEGORIES = {1: 2, 2: 3, 3: 6, 4: 8, 5: 7, 6: 5, 7: 27, 8: 28, 9: 6, 10: 8}
MODIFIABLE = {1: 0.7, 2: 0.5, 3: 0.6, 4: 0.05, 5: 0.25, 6: 0.15, 7: 0.06, 8: 0.22, 9: 0.25,
              10: 0.65}  # fmt: skip
FACTORS = {
    "A": ("Prematurity", "Congenital or genetic condition", "Acute illness", "Chronic illness"),
    "B": ("Smoking in pregnancy", "Parental mental health", "Consanguinity", "Domestic abuse"),
    "C": ("Unsafe sleeping arrangements", "Housing", "Road safety", "Home safety"),
    "D": ("Communication between services", "Missed appointments", "Access to care",
          "Delayed recognition or treatment"),
}  # fmt: skip
AGENCIES = ("Children's social care", "Police", "Hospital", "Community health", "GP", "School")


@dataclass(frozen=True)
class Death:
    """One invented case, as the panel knows it in the end."""

    case: str
    area: str
    died: date
    notified: date
    days: int
    sex: str
    ethnicity: str
    place: str
    expected: bool
    jar: bool
    reviewed: date
    inquest: date | None
    category: int
    modifiable: str
    factors: tuple[tuple[str, str, int, str], ...]
    forms: tuple[tuple[str, date, date, date], ...]


@cache
def deaths(seed: int) -> tuple[Death, ...]:
    """All cases of ten years; the panel reviews them as they are ready, a few each month."""
    chance = Random(f"{seed}-deaths")
    made: list[Death] = []
    day = FIRST_DAY
    while day <= planted.LAST.end:
        if chance.random() < A_YEAR / 365.25:
            made.append(_death(chance, day, 1001 + len(made)))
        day += timedelta(days=1)
    return tuple(_reviewed(chance, made))


def _reviewed(chance: Random, ready: list[Death]) -> list[Death]:
    """The cases with the day of the panel that takes each: the longest ready come first."""
    waiting = sorted(ready, key=lambda death: (death.reviewed, death.case))
    taken, panel = [], FIRST_DAY.replace(day=PANEL_DAY)
    while waiting:
        for _ in range(chance.choice(PANEL_CASES)):
            if waiting and waiting[0].reviewed < panel:
                taken.append(replace(waiting.pop(0), reviewed=panel))
        panel = (panel + timedelta(days=31)).replace(day=PANEL_DAY)
    return sorted(taken, key=lambda death: death.case)


def _death(chance: Random, day: date, number: int) -> Death:
    low, high, _ = chance.choices(AGES, [weight for _, _, weight in AGES])[0]
    days = chance.randint(low, high)
    weights = {c: w * (6 if c == 8 else 1) if days < 28 else w for c, w in CATEGORIES.items()}
    weights |= {} if days < 365 else {8: 0, 7: 9}
    category = chance.choices(list(weights), list(weights.values()))[0]
    expected = category in (4, 6, 7, 8) and chance.random() < 0.75
    notified = day + timedelta(days=chance.choice((0, 1, 1, 2, 3, 6)))
    reviewed = notified + timedelta(days=int(90 + chance.gammavariate(3.0, 75)))
    answer = "Yes" if chance.random() < MODIFIABLE[category] else "No"
    answer = answer if chance.random() < 0.96 else "Insufficient information"
    return Death(
        case=f"CDR{number:04d}",
        area=chance.choices(planted.PANEL_AREAS, planted.PANEL_SHARES)[0],
        died=day,
        notified=notified,
        days=days,
        sex=chance.choices(("Male", "Female"), (56, 44))[0],
        ethnicity=chance.choices(list(ETHNICITIES), list(ETHNICITIES.values()))[0],
        place=chance.choices(("Hospital", "Home", "Hospice", "Public place"), (72, 18, 5, 5))[0],
        expected=expected,
        jar=not expected and chance.random() < 0.92,
        reviewed=reviewed,
        inquest=_inquest(number, notified, reviewed, expected),
        category=category,
        modifiable=answer,
        factors=tuple(_factors(chance, answer)),
        forms=tuple(_forms(chance, notified, days)),
    )


def _inquest(number: int, notified: date, ready: date, expected: bool) -> date | None:
    """The day an inquest ended, for about half of the deaths that nobody expected.

    Before the case is ready for the panel, but for one in twelve.
    """
    chance = Random(f"inquest-{number}")
    if expected or chance.random() < 0.5:
        return None
    is_late = chance.random() < 1 / 12
    days = (ready - notified).days + 200 if is_late else (ready - notified).days
    return notified + timedelta(days=chance.randint(days // 2, days))


def _factors(chance: Random, answer: str):
    for domain, names in FACTORS.items():
        for name in names:
            if chance.random() < 0.16:
                yield domain, name, chance.choice((1, 2, 2)), "No"
    if answer == "Yes":
        yield chance.choice("BCD"), "Other factor", 2, "Yes"


def _forms(chance: Random, notified: date, days: int):
    for agency in AGENCIES:
        if agency == "School" and days < 5 * 365:
            continue
        asked = notified + timedelta(days=chance.randint(1, 6))
        back = chance.randint(6, 21) if chance.random() < 0.74 else chance.randint(22, 70)
        yield agency, asked, asked + timedelta(days=21), asked + timedelta(days=back)


def write_deaths(folder: Path, seed: int, quarter: Quarter) -> Path:
    """Every case known on the quarter's last day; later news is not in it.

    From six years before the last financial year on, as docs/formats.md has it.
    """
    last = quarter.end
    last_year = quarter.year if quarter.number == 4 else quarter.year - 1
    first = date(last_year - YEARS_BEFORE_LAST, 4, 1)
    known = [death for death in deaths(seed) if first <= death.notified <= last]
    cases, factors, forms = [], [], []
    for death in known:
        done = death.reviewed <= last
        cases.append(
            (death.case, death.area, death.died, death.notified, death.days, death.sex,
             death.ethnicity, death.place, _yes(death.expected), _yes(not death.expected),
             _yes(death.jar) if not death.expected else "", death.reviewed if done else None,
             "Closed" if done else "Open", death.category if done else None,
             death.modifiable if done else "",
             death.inquest if death.inquest and death.inquest <= last else None)
        )  # fmt: skip
        if done:
            factors += [(death.case, *factor) for factor in death.factors]
        forms += [
            (death.case, agency, asked, due, back if back <= last else None)
            for agency, asked, due, back in death.forms
            if asked <= last
        ]
    case = "Case ID"
    return write_workbook(
        folder / "child_deaths.xlsx",
        {
            "Cases": Sheet(
                (case, "Area of Residence", "Date of Death", "Date Notified", "Age in Days", "Sex",
                 "Ethnicity", "Place of Death", "Expected", "JAR Criteria Met", "JAR Held",
                 "Date of Panel Review", "Status", "Category", "Modifiable", "Inquest Date"),
                cases, planted.MARK,
            ),
            "Factors": Sheet(
                (case, "Domain", "Factor", "Grade", "Modifiable"), factors, planted.MARK
            ),
            "Forms": Sheet(
                (case, "Agency", "Date Requested", "Date Due", "Date Returned"), forms, planted.MARK
            ),
        },
    )  # fmt: skip


def _yes(answer: bool) -> str:
    return "Yes" if answer else "No"
