"""What a quarter costs: `lscb run` beside papermill and nbconvert by hand, in one paired run.

    python benchmarks/running/run.py [--rounds 3] [--only WORDS] [--ploomber PROGRAM]

Makes the example board in a workspace of its own, then runs each way in turn, round by round,
on the same theme notebooks and the same protected values, and prints one table: wall seconds,
processor seconds and peak memory of the whole tree of processes, and their ratios to ours.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
AREA, QUARTER, AUDIENCE = "X06000001", "2016-17-Q4", "partnership"
THEMES = (
    *("child_protection", "looked_after_children", "domestic_abuse", "child_deaths"),
    *("data_quality", "annual_report"),
)
BIN = Path(sys.executable).parent
TICK = 0.2
STOCK = "stock_notebooks"
CHARTS = (
    *("how_has_it_changed", "how_do_we_compare", "who", "how_long", "where_will_the_year_end"),
    *("where_do_we_stand", "beside_each_neighbour"),
)
IMPORTS = r"import sys\n\nsys.path.insert(0, '.')\nimport stock\nimport lscb_analysis as lscb"


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of processors, and the peak of all processes' memory in MB."""

    wall: float
    cpu: float
    memory: float


def measured(command: list[str] | str, workspace: Path) -> Cost:
    """What a command costs with everything it starts; it must end well."""
    environment = os.environ | {"LSCB_WORKSPACE": str(workspace)}
    environment["PATH"] = f"{BIN}{os.pathsep}{environment['PATH']}"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=workspace,
        env=environment,
        shell=isinstance(command, str),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    peak = [0.0]
    watch = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    watch.start()
    told = process.communicate()[0]
    wall = time.perf_counter() - began
    watch.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}:\n{told[-3000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, peak[0])


def _watch(process: subprocess.Popen[str], peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(map(_memory, _tree(process.pid))) / 1024)
        time.sleep(TICK)


def _tree(pid: int) -> list[int]:
    """The process and all below it."""
    found, waiting = [], [pid]
    while waiting:
        each = waiting.pop()
        found.append(each)
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            try:
                waiting += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def _memory(pid: int) -> float:
    """Its share of memory in kB: what it shares with others is counted once in all."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return float(
        next((line.split()[1] for line in text.splitlines() if line.startswith("Pss:")), 0)
    )


def by_hand(theme: str, folder: str = "notebooks") -> str:
    """The commands a user types for one theme."""
    given = f"-p area {AREA} -p quarter {QUARTER} -p audience {AUDIENCE}"
    out = f"hand/{theme}.ipynb"
    return (
        f"papermill --log-level ERROR --no-progress-bar {folder}/{theme}.ipynb {out} {given} && "
        f"jupyter nbconvert --log-level ERROR --to html --no-input {out}"
    )


def executed(theme: str) -> str:
    """The one command of nbconvert, which has no parameters: the notebook's own area."""
    return (
        f"jupyter nbconvert --log-level ERROR --execute --to html --no-input "
        f"--output-dir hand notebooks/{theme}.ipynb"
    )


def at_a_time(two: int) -> str:
    """The commands by hand, some at a time under xargs."""
    lines = " ".join(repr(by_hand(theme)) for theme in THEMES)
    return f"printf '%s\\n' {lines} | xargs -P{two} -I CMD sh -c CMD"


def with_stock_charts(workspace: Path) -> None:
    """Copies of the notebooks whose charts are drawn by seaborn's defaults."""
    (workspace / STOCK).mkdir()
    shutil.copy(Path(__file__).parent / "stock.py", workspace / "stock.py")
    for theme in THEMES:
        text = (workspace / "notebooks" / f"{theme}.ipynb").read_text("utf-8")
        for name in CHARTS:
            text = text.replace(f"lscb.{name}(", f"stock.{name}(")
        text = text.replace("import lscb_analysis as lscb", IMPORTS, 1)
        (workspace / STOCK / f"{theme}.ipynb").write_text(text, "utf-8")


def ways(ploomber: str) -> dict[str, Callable[[Path], list[str] | str]]:
    """Each way of making the same briefings, by its name; the first is ours."""
    lscb = [sys.executable, "-m", "lscb_analysis", "run", "--area", AREA]
    found: dict[str, Callable[[Path], list[str] | str]] = {
        "lscb run, values built before": lambda at: _without_pages(at, lscb),
        "lscb run, plain engine": lambda at: _without_pages(at, [*lscb, "--engine", "papermill"]),
        "lscb run from raw files": lambda at: _without_anything(at, lscb),
        "lscb run, nothing changed": lambda at: lscb,
        "papermill and nbconvert by hand": lambda at: " && ".join(map(by_hand, THEMES)),
        "the same under xargs -P2": lambda at: at_a_time(2),
        "by hand, stock charts": lambda at: " && ".join(by_hand(each, STOCK) for each in THEMES),
        "nbconvert --execute": lambda at: " && ".join(map(executed, THEMES)),
    }
    if ploomber:
        given = f"-p area {AREA} -p quarter {QUARTER} -p audience {AUDIENCE}"
        found["ploomber-engine and nbconvert"] = lambda at: " && ".join(
            f"{ploomber} notebooks/{theme}.ipynb hand/{theme}.ipynb {given} && "
            f"jupyter nbconvert --log-level ERROR --to html --no-input hand/{theme}.ipynb"
            for theme in THEMES
        )
    return found


def _without_pages(workspace: Path, command: list[str]) -> list[str]:
    shutil.rmtree(workspace / "reports" / AREA, ignore_errors=True)
    return command


def _without_anything(workspace: Path, command: list[str]) -> list[str]:
    for name in ("reports", "data/processed", ".lscb"):
        shutil.rmtree(workspace / name, ignore_errors=True)
    return command


def prepared(workspace: Path) -> Path:
    """A workspace with the example board's data and one finished run."""
    for name in ("notebooks", "lscb.toml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, workspace / name)
    (workspace / "hand").mkdir()
    for command in ("demo", "run"):
        asked = [sys.executable, "-m", "lscb_analysis", command]
        measured(asked if command == "demo" else [*asked, "--area", AREA], workspace)
    with_stock_charts(workspace)
    return workspace


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--ploomber", default="", help="the program ploomber-engine, to measure it")
    asked.add_argument("--only", default="", help="ways whose name has this")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = prepared(Path(folder))
        chosen = {name: way for name, way in ways(given.ploomber).items() if given.only in name}
        costs: dict[str, list[Cost]] = {name: [] for name in chosen}
        for _ in range(given.rounds):
            for name, way in chosen.items():
                costs[name].append(measured(way(workspace), workspace))
                print(f"  {name}: {costs[name][-1]}", file=sys.stderr, flush=True)
    first = next(iter(costs))
    ours = Cost(
        *(median(getattr(cost, each) for cost in costs[first]) for each in Cost.__annotations__)
    )
    print("| way | wall s | CPU s | peak MB | wall, times ours | CPU, times ours |")
    print("|---|---|---|---|---|---|")
    for name, found in costs.items():
        wall, cpu, memory = (
            median(getattr(cost, each) for cost in found) for each in Cost.__annotations__
        )
        times = f"{wall / ours.wall:.1f} | {cpu / ours.cpu:.1f}"
        print(f"| {name} | {wall:.1f} | {cpu:.1f} | {memory:,.0f} | {times} |")


if __name__ == "__main__":
    main()
