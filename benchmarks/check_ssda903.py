"""Read a folder of SSDA903 tables, or a file of its XML, and count the children looked after.

    python check_ssda903.py PATH [QUARTER]

Prints the children looked after on the last day of each quarter from a year before
QUARTER (`2017-18-Q4`) to its end, all of them and (in brackets) those without agreed short
breaks alone, the rows of each table of records, the findings by rule, and the time taken.
"""

from __future__ import annotations

import argparse
import resource
import secrets
import time
from pathlib import Path

import pandas as pd

from lscb_analysis.findings import join_findings, summarised
from lscb_analysis.periods import Quarter, parse_quarter
from lscb_analysis.sources import ssda903, ssda903_xml
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.files import TABLE_ENDINGS, read_tables
from lscb_analysis.sources.raw_tables import RawTable


def tables_in(path: Path, context: Context) -> tuple[list[RawTable], pd.DataFrame]:
    """Every table in the folder or file, and the findings."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    base = path if path.is_dir() else path.parent
    tables, findings = [], []
    for file in files:
        if file.suffix.casefold() == ".xml":
            found_tables, found = ssda903_xml.read_xml(file, context)
        elif file.suffix.casefold() in TABLE_ENDINGS:
            found_tables, found = read_tables(file, base)
        else:
            continue
        tables += found_tables
        findings.append(found)
    return tables, join_findings(findings)


def looked_after(episodes: pd.DataFrame, day: pd.Timestamp) -> tuple[int, int]:
    """The children with an episode on that day: all, and those with one that is no break."""
    is_open = episodes["started_date"].le(day) & ~episodes["ceased_date"].le(day)
    now = episodes[is_open]
    others = now[~now["is_short_break"].astype(bool)]
    return now["child_id"].nunique(), others["child_id"].nunique()


def main() -> None:
    """Read, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path", type=Path)
    parser.add_argument("quarter", nargs="?", default="2017-18-Q4", type=parse_quarter)
    asked = parser.parse_args()
    quarter: Quarter = asked.quarter
    context = Context(quarter, secrets.token_bytes(32), quarter.id)
    began = time.perf_counter()
    tables, of_files = tables_in(asked.path, context)
    loaded = time.perf_counter()
    records, of_source = ssda903.read(tables, context)
    taken = time.perf_counter()
    findings = join_findings([of_files, of_source])
    print(f"{sum(len(table.rows) for table in tables):,} rows of {len(tables)} tables")
    print({name: len(rows) for name, rows in records.items()})
    episodes = records.get("ssda903_episodes")
    if episodes is not None:
        for day in pd.date_range(end=pd.Timestamp(quarter.end), periods=5, freq="QE-MAR"):
            every, without = looked_after(episodes, day)
            print(f"looked after on {day:%d/%m/%Y}: {every:,} ({without:,})")
    counts = summarised(findings).groupby(["severity", "rule", "found"])["count"].sum()
    told = counts.sort_values(ascending=False).reset_index()
    for severity, rule, found, count in told.to_numpy():
        print(f"{count:>8,}  {severity:<8} {rule:<36} {found}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{loaded - began:.2f} s to load, {taken - loaded:.2f} s to read and check, "
        f"{len(findings):,} findings, peak {peak:,.0f} MB"
    )


if __name__ == "__main__":
    main()
