"""Reading and checking, the peers against this package: one table, medians and ratios.

    .venv/bin/python benchmarks/reading/run.py --peers /tmp/peers --data /tmp/lscb-bench
        [--only cin] [--only ssda903] [--only national] [--repeats 3]

The files are made in `--data` where they are not there yet. Each measurement is a process of its
own; peer and ours take turns on the same machine. Nothing here is a test: it prints.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
QUARTER = "2024-25-Q4"
NATIONAL_LIMIT = 1536  # megabytes


@dataclass(frozen=True)
class Pair:
    """What is read, by which peer (none: ours alone), and what the issue asks of the ratio."""

    title: str
    maker: tuple[str, ...]
    made: str
    peer: str | None
    timed: str
    target: str


PAIRS = {
    "cin": Pair(
        "CIN census, 20,000 children",
        ("make_cin_census.py", "{folder}/cin_census.xml", "--children", "20000"),
        "cin_census.xml",
        "cin",
        "read_seconds",
        "time under 0.10, memory under 0.33",
    ),
    "ssda903": Pair(
        "SSDA903, 21,000 children",
        ("make_ssda903.py", "{folder}", "--children", "21000", "--episodes", "1.9"),
        "header.csv",
        "903",
        "total_seconds",
        "time under 0.20, memory under 0.33",
    ),
    "national": Pair(
        "SSDA903, 120,000 children, 400,000 episodes",
        ("make_ssda903.py", "{folder}", "--children", "120000", "--episodes", "3.36"),
        "header.csv",
        None,
        "total_seconds",
        f"peak under {NATIONAL_LIMIT} MB",
    ),
}


def measure(command: list[str]) -> dict[str, object]:
    """The JSON line that one run prints last."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr[-2000:]}")
    measured = json.loads(done.stdout.strip().splitlines()[-1])
    print(json.dumps(measured), file=sys.stderr)
    return dict(measured)


def make(pair: Pair, folder: Path) -> None:
    """The synthetic files, where they are not there yet."""
    if not (folder / pair.made).is_file():
        folder.mkdir(parents=True, exist_ok=True)
        arguments = [part.format(folder=folder) for part in pair.maker]
        subprocess.run([sys.executable, str(HERE / arguments[0]), *arguments[1:]], check=True)


def commands(pair: Pair, folder: Path, peers: Path, rules: str) -> Mapping[str, list[str]]:
    """What to run for each side."""
    found = {"ours": [sys.executable, str(HERE / "ours.py"), str(folder)]}
    if pair.peer:
        read = folder / pair.made if pair.peer == "cin" else folder
        python = peers / pair.peer / "bin" / "python"
        found["peer"] = [str(python), str(HERE / f"peer_{pair.peer}.py"), str(read)]
        if rules and pair.peer == "903":
            found["peer"] += ["--rules", rules]
        if pair.peer == "cin":
            found["peer"] += ["--no-check"]
    return found


def row(pair: Pair, runs: Mapping[str, list[dict[str, object]]]) -> str:
    """One line of the table: medians and their ratios."""

    def median(side: str, name: str) -> float:
        return statistics.median(float(str(run[name])) for run in runs[side])

    ours = [median("ours", name) for name in ("total_seconds", "peak_megabytes", "own_megabytes")]
    cells = [pair.title, f"{ours[0]:.2f}", f"{ours[1]:.0f} ({ours[2]:.0f})"]
    if "peer" in runs:
        peer = [median("peer", name) for name in (pair.timed, "peak_megabytes", "own_megabytes")]
        memory = f"{ours[1] / peer[1]:.2f} ({ours[2] / max(peer[2], 1):.2f})"
        cells += [f"{peer[0]:.2f}", f"{peer[1]:.0f} ({peer[2]:.0f})"]
        cells += [f"{ours[0] / peer[0]:.3f}", memory]
    else:
        cells += ["-", "-", "-", "-"]
    return "| " + " | ".join([*cells, pair.target]) + " |"


def main() -> None:
    """Run the pairs and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", type=Path, required=True, help="folder of the peers' venvs")
    parser.add_argument("--data", type=Path, required=True, help="folder for synthetic files")
    parser.add_argument("--only", action="append", choices=list(PAIRS))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--rules", default="", help="only these rules of csc-validator-be-903")
    asked = parser.parse_args()
    lines = []
    for name in asked.only or list(PAIRS):
        pair, folder = PAIRS[name], asked.data / name / QUARTER
        make(pair, folder)
        sides = commands(pair, folder, asked.peers, asked.rules)
        runs: dict[str, list[dict[str, object]]] = {side: [] for side in sides}
        for _ in range(asked.repeats):
            for side, command in sides.items():
                runs[side].append(measure(command))
        lines.append(row(pair, runs))
    print("Medians of", asked.repeats, "runs. In brackets: memory above that after imports.\n")
    print("| what | ours s | ours MB | peer s | peer MB | time ratio | memory ratio | wanted |")
    print("|---|---|---|---|---|---|---|---|")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
