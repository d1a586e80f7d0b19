"""Synthetic SSDA903 returns for 2024/25: every table as CSV, seeded, mostly valid.

    python make_ssda903.py FOLDER [--children 21000] [--episodes 1.9] [--seed 903]

Nobody in these files exists: identifiers are counters, names are none, and every postcode is that
of a public building. `--episodes` is the mean a child over all children (care leavers, who
have none, included). Standard library only.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from care_episodes import Child, episode_rows
from drawing import ETHNICITIES, YEAR_END, YEAR_START, day_between, day_first, pick, pupil

CARE_LEAVERS = 0.10
TABLES = {
    "header": "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB",
    "episodes": (
        "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE "
        "HOME_POST PL_POST URN"
    ),
    "reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "uasc": "CHILD SEX DOB DUC",
    "oc2": (
        "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK "
        "HEALTH_ASSESSMENT SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED"
    ),
    "oc3": "CHILD DOB IN_TOUCH ACTIV ACCOM",
    "ad1": "CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
    "placed_for_adoption": "CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
    "previous_permanence": "CHILD DOB PREV_PERM LA_PERM DATE_PERM",
    "missing": "CHILD DOB MISSING MIS_START MIS_END",
    "sw_episodes": "CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON",
    "DoLo": "CHILD DOB DOLO_START DOLO_END",
}


def one_child(draw: random.Random, position: int) -> Child:
    """A child: looked after in the year, or a care leaver of 17 to 21."""
    number, sex = f"C{1_000_000 + position}", "M" if draw.random() < 0.56 else "F"
    if draw.random() < CARE_LEAVERS:
        born = YEAR_END - timedelta(draw.randint(18 * 366, 22 * 365))
        return Child(number, born, sex, True, False, YEAR_START, None)
    unaccompanied = draw.random() < 0.06
    oldest = 17.5 * 365.25
    days = draw.triangular(0.6 * 365, oldest, oldest) if not unaccompanied else 16.6 * 365.25
    born = YEAR_END - timedelta(int(days) + draw.randint(0, 150))
    if draw.random() < 0.34:
        started = day_between(draw, max(born, YEAR_START), YEAR_END - timedelta(40))
    else:
        started = day_between(draw, max(born, date(2019, 4, 1)), YEAR_START - timedelta(30))
    eighteen = born.replace(year=born.year + 18, day=min(born.day, 28))
    ended = None
    if draw.random() < 0.28:
        ended = day_between(draw, max(started + timedelta(30), YEAR_START), YEAR_END)
        ended = min(ended, YEAR_END)
    if eighteen <= YEAR_END:
        ended = min(ended or eighteen, eighteen)
    if ended and ended <= started + timedelta(2):
        started = ended - timedelta(400)
    return Child(number, born, sex, False, unaccompanied, started, ended)


def header_row(draw: random.Random, child: Child) -> list[str]:
    """Header: one a child."""
    upn = "UN1" if child.age(YEAR_END) < 5 else "UN3" if child.is_unaccompanied else pupil(draw)
    mother, first_born = "" if child.sex == "M" or child.is_leaver else "0", None
    if mother and child.age(YEAR_END) >= 16 and draw.random() < 0.03:
        mother, first_born = "1", day_between(draw, YEAR_START, child.last_day)
    ethnicity = "AOTH" if child.is_unaccompanied else pick(draw, ETHNICITIES)
    return [
        child.number, child.sex, child.birth, ethnicity, upn, mother, day_first(first_born)
    ]  # fmt: skip


def spans(draw: random.Random, child: Child, count: int, longest: int) -> Iterable[Sequence[date]]:
    """Stretches of days in the year's care that do not touch."""
    day = max(child.started, YEAR_START) + timedelta(draw.randint(1, 20))
    for _ in range(count):
        end = day + timedelta(draw.randint(0, longest))
        if end >= child.last_day:
            return
        yield day, end
        day = end + timedelta(draw.randint(2, 40))


def oc2_row(draw: random.Random, child: Child) -> list[str]:
    """OC2: outcomes of a child looked after for the whole year."""
    age = child.age(YEAR_END)
    has_sdq = age >= 4 and child.age(YEAR_START) < 17

    def flag(share: float) -> str:
        return str(int(draw.random() < share))

    score = str(draw.randint(0, 40)) if has_sdq and draw.random() < 0.8 else ""
    why = draw.choice(("SDQ2", "SDQ3", "SDQ4")) if has_sdq and not score else ""
    misuse = int(age > 12 and draw.random() < 0.05)
    received = flag(0.5) if misuse else ""
    offered = flag(0.9) if received == "0" else ""
    return [
        child.number, child.birth, score, why, flag(0.03) if age >= 10 else "",
        flag(0.9) if age < 5 else "", flag(0.85), flag(0.75), flag(0.9), str(misuse), received,
        offered,
    ]  # fmt: skip


def social_worker_rows(draw: random.Random, child: Child) -> Iterable[list[str]]:
    """Social workers one after another, from the start of care or of the year."""
    start = max(child.started, YEAR_START)
    ends: list[date | None] = [end for _, end in spans(draw, child, draw.choice((1, 1, 2, 2)), 90)]
    for end in [*ends, child.ended]:
        worker = f"SW{draw.randrange(10**6):06}"
        reason = draw.choice(("MANAGE", "LEFTRL", "ORGRST", "TSPROC"))
        yield [child.number, child.birth, worker, day_first(start), day_first(end), reason]
        start = end or start


def looked_after_rows(draw: random.Random, child: Child, mean: float) -> dict[str, list[list[str]]]:
    """All tables but the header, of a child looked after in the year."""
    who = [child.number, child.birth]
    rows: dict[str, list[list[str]]] = {"episodes": episode_rows(draw, child, mean)}
    last = rows["episodes"][-1]
    rows["reviews"] = [
        [*who, day_first(end), "PN0" if child.age(end) < 4 else draw.choice(("PN1", "PN2", "PN3"))]
        for _, end in spans(draw, child, draw.choice((3, 4, 4, 5)), 60)
    ]
    if child.is_unaccompanied:
        eighteen = child.born.replace(year=child.born.year + 18, day=min(child.born.day, 28))
        rows["uasc"] = [[child.number, child.sex, child.birth, day_first(eighteen)]]
    if child.started < YEAR_START and child.ended is None and last[3] != "V4":
        rows["oc2"] = [oc2_row(draw, child)]
    if child.started >= YEAR_START:
        before = draw.random() < 0.08 and child.age(child.started) > 3
        order = day_first(day_between(draw, child.born, child.started - timedelta(200)))
        rows["previous_permanence"] = [
            [*who, draw.choice(("P1", "P2", "P3")), "856", order]
            if before
            else [*who, "Z1", "", ""]
        ]
    if child.age(YEAR_START) > 10 and draw.random() < 0.22:
        count = 1
        while draw.random() < 0.87 and count < 60:
            count += 1
        rows["missing"] = [
            [*who, "M" if draw.random() < 0.85 else "A", day_first(start), day_first(end)]
            for start, end in spans(draw, child, count, 2)
        ]
    rows["sw_episodes"] = list(social_worker_rows(draw, child))
    if child.age(YEAR_START) > 12 and draw.random() < 0.02:
        rows["DoLo"] = [
            [*who, day_first(start), day_first(end)] for start, end in spans(draw, child, 1, 90)
        ]
    if last[8] == "E11":
        match = day_first(max(child.started, child.last_day - timedelta(120)))
        couple = draw.random() < 0.85
        how = ["2", "MF", "L11"] if couple else ["1", "F1", "L0"]
        rows["ad1"] = [[*who, match, match, "1", *how]]
        rows["placed_for_adoption"] = [[*who, match, "", ""]]
    elif last[3] == "E1":
        placed = next(row[1] for row in rows["episodes"] if row[3] == "E1")
        ceased = [last[7], "RD1"] if last[7] else ["", ""]
        rows["placed_for_adoption"] = [[*who, placed, *ceased]]
    return rows


def write_ssda903(folder: Path, children: int, mean: float, seed: int) -> dict[str, int]:
    """The twelve files in the folder, and how many rows each has."""
    draw = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    mean_looked_after = mean / (1 - CARE_LEAVERS)
    counts = dict.fromkeys(TABLES, 0)
    with ExitStack() as files:
        writers = {}
        for table, columns in TABLES.items():
            file = (folder / f"{table}.csv").open("w", newline="", encoding="utf-8")
            writers[table] = csv.writer(files.enter_context(file))
            writers[table].writerow(columns.split())
        for position in range(children):
            child = one_child(draw, position)
            rows = {"header": [header_row(draw, child)]}
            if child.is_leaver:
                touch = "YES" if draw.random() < 0.9 else "NO"
                known = ["F2", "B1"] if draw.random() < 0.5 else ["G5", "U1"]
                how = known if touch == "YES" else ["0", "0"]
                rows["oc3"] = [[child.number, child.birth, touch, *how]]
            else:
                rows |= looked_after_rows(draw, child, mean_looked_after)
            for table, of_table in rows.items():
                writers[table].writerows(of_table)
                counts[table] += len(of_table)
    return counts


def main() -> None:
    """Write the files and print the number of rows of each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--children", type=int, default=21_000)
    parser.add_argument("--episodes", type=float, default=1.9, help="mean a child")
    parser.add_argument("--seed", type=int, default=903)
    asked = parser.parse_args()
    counts = write_ssda903(asked.folder, asked.children, asked.episodes, asked.seed)
    print({**counts, "all": sum(counts.values())})


if __name__ == "__main__":
    main()
