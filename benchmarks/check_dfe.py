"""Does one area come out exactly? Raw rows of DfE's files against the tidy statistics.

    python benchmarks/check_dfe.py FOLDER --area E06000016

For each CSV file of the folder the rows whose own area is the one asked for are taken with
Python's csv module alone and compared, cell by cell, with what `read_statistics` gives: each
number and symbol must be there with the same value, at the same row and column, and nothing
else. Exit status 1 where a cell differs.
"""

from __future__ import annotations

import argparse
import csv
import math
import re
import resource
import sys
import time
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pandas as pd

from lscb_analysis.sources.dfe_statistics import area_rows, read_statistics

LEVEL_CODES = {
    "national": ("country_code",),
    "regional": ("region_code",),
    "local authority": ("new_la_code", "la_code"),
    "local authority district": ("lad_code",),
    "parliamentary constituency": ("pcon_code",),
    "ward": ("ward_code",),
    "police force area": ("pfa_code",),
}


NO_FIGURES = {
    *("time_period", "time_identifier", "geographic_level", "old_la_code", "la_name"),
    *("country_name", "region_name", "lad_name", "pcon_name", "ward_name", "pfa_name"),
    *(code for codes in LEVEL_CODES.values() for code in codes),
}


def raw_cells(path: Path, area: str, filters: set[str]) -> dict[tuple[int, str], str]:
    """The area's cells as printed, by row number and column, from the file itself.

    Whatever column is neither time nor geography nor named as a filter must be a figure.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        header = [name.strip() for name in next(lines)]
        figures = [name for name in header if name not in NO_FIGURES | filters]
        cells = {}
        for number, line in enumerate(lines, start=2):
            row = dict(zip(header, (cell.strip() for cell in line), strict=False))
            level = row.get("geographic_level", "").casefold()
            codes = LEVEL_CODES.get(level, ())
            if area == "all" or area in [row.get(code) for code in codes]:
                cells |= {(number, name): row.get(name, "") for name in figures}
    return cells


def differs(printed: str, value: float, symbol: str) -> bool:
    """Whether a tidy cell is not what the raw cell prints."""
    try:
        number = float(Decimal(printed))
    except InvalidOperation:
        return not math.isnan(value) or symbol != (printed.casefold() or "blank")
    return bool(symbol) or value != number


def check_file(path: Path, base: Path, area: str) -> dict[str, object]:
    """What one file gives: how many cells, how many differ, how long it took."""
    started = time.perf_counter()
    every, findings = read_statistics(path, base)
    whole = time.perf_counter() - started
    started = time.perf_counter()
    chosen, _ = read_statistics(path, base, areas=None if area == "all" else [area])
    one = time.perf_counter() - started
    texts = ["indicator", "symbol", "printed", "period", "filter_1_value"]
    picked = every if area == "all" else area_rows(every, area)
    shared = [name for name in (*texts, "row", "value") if name in picked.columns]
    same = (
        picked[shared]
        .astype({n: "str" for n in texts if n in shared})
        .equals(chosen[shared].astype({n: "str" for n in texts if n in shared}))
    )
    indicators = set(every["indicator"].astype("str"))
    named = [name for name in every.columns if re.fullmatch(r"filter_\d+_name", name)]
    raw = raw_cells(path, area, {str(every[name].iloc[0]) for name in named if len(every)})
    keys = list(zip(chosen["row"], chosen["indicator"].astype("str"), strict=True))
    tidy = dict(zip(keys, zip(chosen["value"], chosen["symbol"], strict=True), strict=True))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = sum(1 for _ in csv.reader(file)) - 1
    return {
        "file": path.name[:40],
        "cells in file": rows * len(indicators),
        "cells read": len(every),
        "area's raw cells": len(raw),
        "area's tidy cells": len(chosen),
        "numbers": int(chosen["value"].notna().sum()),
        "symbols": int((chosen["symbol"] != "").sum()),
        "missing": len(raw.keys() - tidy.keys()),
        "added": len(tidy.keys() - raw.keys()) + len(keys) - len(tidy),
        "different": sum(differs(raw[k], *tidy[k]) for k in raw.keys() & tidy.keys()) + (not same),
        "findings": len(findings),
        "whole s": round(whole, 2),
        "area s": round(one, 2),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("path", type=Path, help="a folder of DfE's CSV files, or one file")
    parser.add_argument("--area", default="E06000016", help="its code, or all")
    given = parser.parse_args()
    files = sorted(given.path.rglob("*.csv")) if given.path.is_dir() else [given.path]
    files = [file for file in files if not file.name.endswith("meta.csv")]
    base = given.path if given.path.is_dir() else given.path.parent
    checked = pd.DataFrame([check_file(file, base, given.area) for file in files])
    print(checked.T.to_string(header=False))
    wrong = int(checked[["missing", "added", "different"]].to_numpy().sum())
    wrong += int((checked["cells in file"] != checked["cells read"]).sum())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = int(checked["area's raw cells"].sum())
    print(f"{len(files)} files, {cells:,} cells of {given.area}: {wrong} missing, added or")
    print(f"different. Peak memory {peak:.0f} MB.")
    return int(wrong > 0 or not files)


if __name__ == "__main__":
    sys.exit(main())
