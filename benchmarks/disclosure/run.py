"""Withholding counts, the usual hand rule against this package's engine: one table.

    .venv/bin/python benchmarks/disclosure/run.py [--tables 20]

Random tables with all their margins are protected by both and attacked by an integer
programme of this file's own, which shares no code with the engine's audit. Nothing here
is a test: it prints.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from time import process_time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from lscb_analysis.disclosure.attacker import AttackError
from lscb_analysis.disclosure.problem import Problem, make_problem
from lscb_analysis.disclosure.solver import ProtectionError, withheld_cells

KEYS = Path(__file__).parents[2] / "tests" / "disclosure" / "answer_keys.json"
THRESHOLD = 5
KINDS = {"2-D": ((5, 4), 200, 20_000), "3-D": ((3, 3, 4), 100, 30_000)}  # shape, tables, seed
CHANCES = (0.15, 0.30, 0.30, 0.25)
RANGES = ((0, 0), (1, 5), (6, 20), (21, 100))
HIGHEST = 100_000.0
SECONDS = 60.0

Range = tuple[int, int]
Method = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Outcome:
    """What one method did with one table, and what the attacker then found."""

    seed: int
    is_refused: bool = False
    recovered: int = 0
    narrowed: int = 0
    narrowed_needlessly: int = 0
    withheld: int = 0
    seconds: float = 0.0


def inner_counts(shape: Sequence[int], seed: int) -> np.ndarray:
    """Random counts: a range by `CHANCES`, then any number of it as likely as another."""
    random = np.random.default_rng(seed)
    ranges = np.array(RANGES)[random.choice(len(RANGES), size=tuple(shape), p=CHANCES)]
    return random.integers(ranges[..., 0], ranges[..., 1] + 1)


def with_margins(inner: np.ndarray) -> np.ndarray:
    """The table with a total at the end of each axis, of the totals too."""
    whole = inner
    for axis in range(inner.ndim):
        whole = np.concatenate([whole, whole.sum(axis=axis, keepdims=True)], axis=axis)
    return whole


def lines_of(shape: Sequence[int]) -> list[np.ndarray]:
    """Every line along every axis, as flat places; the last of each is the total."""
    place = np.arange(int(np.prod(shape))).reshape(shape)
    return [
        line
        for axis in range(len(shape))
        for line in np.moveaxis(place, axis, -1).reshape(-1, shape[axis])
    ]


def small_cells(table: np.ndarray) -> np.ndarray:
    """Which counts, inner or margin, are 1 to 5 (flat)."""
    counts = table.ravel()
    return (counts >= 1) & (counts <= THRESHOLD)


def by_hand(table: np.ndarray) -> np.ndarray:
    """What the hand rule withholds (flat): no line is left with just one withheld cell.

    Where a line has one, its smallest other count that is not 0 goes too, the first of
    equals (so a part before its total), over and over until there is none.
    """
    counts, withheld, is_changed = table.ravel(), small_cells(table), True
    while is_changed:
        is_changed = False
        for line in lines_of(table.shape):
            if withheld[line].sum() == 1:
                others = line[~withheld[line] & (counts[line] > 0)]
                withheld[others[np.argmin(counts[others])]] = True
                is_changed = True
    return withheld


def problem_of(table: np.ndarray) -> Problem:
    """The table as the engine takes it."""
    sums = [
        ({int(cell): 1 for cell in line[:-1]} | {int(line[-1]): -1}, 0)
        for line in lines_of(table.shape)
    ]
    return make_problem(table.ravel().tolist(), sums, threshold=THRESHOLD)


def by_engine(table: np.ndarray) -> np.ndarray:
    """What this package's engine withholds (flat)."""
    return withheld_cells(problem_of(table))


def sums_of(shape: Sequence[int]) -> np.ndarray:
    """A row for each line: its parts less its total, which is 0."""
    lines = lines_of(shape)
    sums = np.zeros((len(lines), int(np.prod(shape))))
    for row, line in enumerate(lines):
        sums[row, line[:-1]], sums[row, line[-1]] = 1, -1
    return sums


def attack(counts: np.ndarray, sums: np.ndarray, withheld: np.ndarray, cell: int) -> Range:
    """The least and most a cell can be, to a reader of all that is printed and of the sums.

    Whole numbers; what is printed is fixed, zeros among it, and what is withheld is 1 at
    least. Raises RuntimeError where the solver does not prove its answer.
    """
    goal = np.zeros(len(counts))
    goal[cell] = 1.0
    ends = []
    for sign in (1.0, -1.0):
        answer = milp(
            sign * goal,
            integrality=np.ones(len(counts)),
            bounds=Bounds(np.where(withheld, 1.0, counts), np.where(withheld, HIGHEST, counts)),
            constraints=LinearConstraint(sums, 0.0, 0.0),
            options={"time_limit": SECONDS, "mip_rel_gap": 0.0},
        )
        if answer.status != 0:
            raise RuntimeError(f"the attack on cell {cell} was not solved: {answer.message}")
        ends.append(round(float(answer.x[cell])))
    return ends[0], ends[1]


def is_narrowed(found: Range, lowest: int = 1) -> bool:
    """Whether the range leaves out a number from the lowest to the threshold."""
    return found[0] > lowest or found[1] < THRESHOLD


def attacked(table: np.ndarray, withheld: np.ndarray) -> dict[int, tuple[Range, Range]]:
    """For each withheld small count its range, and that with every count but zeros withheld.

    The second is the most that any method can leave: a total of three parts that are not
    0 is 3 at least, whatever is withheld. Asked only where the first is narrowed.
    """
    counts, sums = table.ravel(), sums_of(table.shape)
    found = {}
    for cell in np.flatnonzero(withheld & small_cells(table)).tolist():
        left = attack(counts, sums, withheld, cell)
        widest = attack(counts, sums, counts > 0, cell) if is_narrowed(left) else left
        found[cell] = (left, widest)
    return found


def outcome(method: Method, table: np.ndarray, seed: int) -> Outcome:
    """One method on one table: processor time of the method alone, then the attack."""
    began = process_time()
    try:
        withheld = method(table)
    except (ProtectionError, AttackError) as error:
        print(f"seed {seed}: refused: {error}", file=sys.stderr)
        return Outcome(seed, is_refused=True, seconds=process_time() - began)
    seconds = process_time() - began
    ranges = attacked(table, withheld).values()
    return Outcome(
        seed,
        recovered=sum(left[0] == left[1] for left, _ in ranges),
        narrowed=sum(is_narrowed(left) for left, _ in ranges),
        narrowed_needlessly=sum(is_narrowed(left, widest[0]) for left, widest in ranges),
        withheld=int(withheld.sum()),
        seconds=seconds,
    )


def share(seeds: Sequence[int], of: int) -> str:
    """How many, and how many in a hundred."""
    return f"{len(seeds)} of {of} ({len(seeds) / of:.1%})" if of else "-"


def failures(outcomes: Iterable[Outcome]) -> dict[str, list[int]]:
    """The seeds of the tables in which something went wrong, by what."""
    found = list(outcomes)
    return {
        "recovered": [each.seed for each in found if each.recovered],
        "narrowed": [each.seed for each in found if each.narrowed_needlessly],
        "below_legend": [each.seed for each in found if each.narrowed],
        "refused": [each.seed for each in found if each.is_refused],
    }


def row(method: str, kind: str, outcomes: Sequence[Outcome]) -> str:
    """One line of the table."""
    released = [each for each in outcomes if not each.is_refused]
    wrong = failures(outcomes)
    cells = [
        method,
        kind,
        share(wrong["recovered"], len(released)),
        share(wrong["narrowed"], len(released)),
        share(wrong["below_legend"], len(released)),
        f"{mean(each.withheld for each in released):.1f}" if released else "-",
        f"{mean(each.seconds for each in outcomes):.3f}",
        str(len(wrong["refused"])),
    ]
    return "| " + " | ".join(cells) + " |"


def against_the_keys() -> tuple[int, int]:
    """Cells withheld over all answer keys: by the engine, and by the fewest that protect."""
    ours, fewest = 0, 0
    for key in json.loads(KEYS.read_text("utf-8")):
        if key.get("fewest_others") is None:
            continue
        at = {name: place for place, name in enumerate(key["cells"])}
        sums = [
            ({at[c]: 1 for c in each["plus"]} | {at[c]: -1 for c in each["minus"]}, 0)
            for each in key["sums"]
        ]
        problem = make_problem(key["counts"], sums, threshold=key["threshold"])
        ours += int(withheld_cells(problem).sum())
        fewest += key["fewest_others"] + len(key["small"])
    return ours, fewest


def main() -> None:
    """Protect, attack and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tables", type=int, help="only so many tables of each kind")
    asked = parser.parse_args()
    methods: dict[str, Method] = {"hand rule": by_hand, "this package": by_engine}
    lines, seeds = [], []
    for kind, (shape, usual, first) in KINDS.items():
        outcomes: dict[str, list[Outcome]] = {name: [] for name in methods}
        for seed in range(first, first + (asked.tables or usual)):
            table = with_margins(inner_counts(shape, seed))
            for name, method in methods.items():
                outcomes[name].append(outcome(method, table, seed))
        lines += [row(name, kind, found) for name, found in outcomes.items()]
        seeds.append(f"{kind}: {failures(outcomes['this package'])}")
    print("| method | tables | exact recovery | narrowed needlessly | not all of 1 to 5 | ", end="")
    print("withheld a table | seconds a table | refused |\n|---|---|---|---|---|---|---|---|")
    print("\n".join(lines))
    ours, fewest = against_the_keys()
    print(f"\nAnswer keys: {ours} withheld, fewest possible {fewest}: {ours / fewest:.3f}.")
    print("Seeds by what was found after this package:", "; ".join(seeds))


if __name__ == "__main__":
    main()
