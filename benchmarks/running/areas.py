"""What many areas cost: wall time per area as areas grow, and what a country would take.

    python benchmarks/running/areas.py [--counts 5 10 20]

English unitary authorities with their official statistics alone (five pages each), two areas at a
time, each count from an empty workspace; then what 150 areas, 9 themes and 40 quarters would take
by the time of one page, on 8 and on 64 cores: an extrapolation, and said to be one.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from run import ROOT, measured

from lscb_analysis.catalogue.areas import areas

PAGES = 5
AT_ONCE = 2
COUNTRY = 150 * 9 * 40  # pages


def codes(count: int) -> list[str]:
    """The first unitary authorities of England, by code."""
    return sorted(code for code in areas() if code.startswith("E06"))[:count]


def prepared(folder: Path, chosen: list[str]) -> None:
    """A workspace with these areas and the official statistics."""
    for name in ("notebooks", "data/raw/published"):
        shutil.copytree(ROOT / name, folder / name)
    listed = ", ".join(f'"{code}"' for code in chosen)
    tables = "".join(f'[area.{code}]\nneighbour_model = "May 2025"\n\n' for code in chosen)
    settings = f'areas = [{listed}]\naudience = "partnership"\nmarking = "OFFICIAL"\n\n{tables}'
    (folder / "lscb.toml").write_text(settings, "utf-8")


def main() -> None:
    """Print the table and the extrapolation."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--counts", type=int, nargs="+", default=[5, 10, 20])
    print("| areas | wall s | CPU s | peak MB | wall s an area | CPU s an area |")
    print("|---|---|---|---|---|---|")
    cpu = 0.0
    for count in asked.parse_args().counts:
        with tempfile.TemporaryDirectory() as name:
            prepared(Path(name), codes(count))
            command = [sys.executable, "-m", "lscb_analysis", "run", "--at-once", str(AT_ONCE)]
            cost = measured(command, Path(name))
        cpu = cost.cpu / count
        told = f"| {count} | {cost.wall:.0f} | {cost.cpu:.0f} | {cost.memory:,.0f} "
        print(f"{told}| {cost.wall / count:.1f} | {cpu:.1f} |", flush=True)
    hours = cpu / PAGES * COUNTRY / 3600
    print(
        f"\n150 areas x 9 themes x 40 quarters, extrapolated from {cpu / PAGES:.1f} s of processor "
        f"a page with its share of the values: {hours / 8:.1f} h on 8 cores, {hours / 64:.1f} h on "
        "64, were every quarter made afresh and no core ever idle"
    )


if __name__ == "__main__":
    main()
