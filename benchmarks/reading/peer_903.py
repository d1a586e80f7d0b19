"""csc-validator-be-903 on a folder of SSDA903 CSVs: one line of JSON. Runs in the peer's venv.

    PEER_VENV/bin/python peer_903.py FOLDER [--rules 101,102,...] [--report]

`read_seconds` is the peer's reader alone; `total_seconds` is its own entry point, which reads,
joins postcodes and runs the rules; `check_seconds` is the difference. `--report` makes its issue
table as well. No rule named: all of them.
"""

from __future__ import annotations

import argparse
import json
import logging
import resource
import time
from pathlib import Path

from lac_validator.ingress import read_from_text
from lac_validator.lac_validator import LacValidator, create_issue_df
from lac_validator.report import Report
from lac_validator.rules.lac2024_25 import registry


def peak_megabytes() -> float:
    """The most memory this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rules", default="")
    parser.add_argument("--report", action="store_true")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    files = [
        {"name": path.name, "description": "This year", "file_content": path.read_bytes()}
        for path in sorted(asked.folder.glob("*.csv"))
    ]
    selected = [rule for rule in asked.rules.split(",") if rule] or None
    after_import = peak_megabytes()

    clock = time.perf_counter()
    tables = read_from_text(raw_files=files)[0]
    read_seconds = time.perf_counter() - clock
    rows = sum(len(table) for table in tables.values())
    del tables

    clock = time.perf_counter()
    metadata = {"collectionYear": "2025", "localAuthority": "E06000016"}
    peer = LacValidator(metadata=metadata, files=files, registry=registry, selected_rules=selected)
    total_seconds = time.perf_counter() - clock
    peak = peak_megabytes()
    flagged = {
        column.removeprefix("ERR_"): int(table[column].eq(True).sum())
        for name, table in peer.ds_results.items()
        if name != "metadata"
        for column in table.columns
        if column.startswith("ERR_")
    }
    measured = {
        "who": "csc-validator-be-903",
        "rows": rows,
        "read_seconds": round(read_seconds, 2),
        "check_seconds": round(total_seconds - read_seconds, 2),
        "total_seconds": round(total_seconds, 2),
        "rules_run": len(peer.dones),
        "rules_skipped": len(peer.skips),
        "rules_failed": [str(rule) for rule in peer.fails],
        "flagged": sum(flagged.values()),
        "most_flagged": dict(sorted(flagged.items(), key=lambda item: -item[1])[:12]),
        "import_megabytes": round(after_import),
        "peak_megabytes": round(peak),
        "own_megabytes": round(peak - after_import),
    }
    if asked.report:
        clock = time.perf_counter()
        report = Report(peer.ds_results, registry)
        issues = create_issue_df(report.report, report.error_report)
        measured["report_seconds"] = round(time.perf_counter() - clock, 2)
        measured["issues"] = len(issues)
        measured["peak_megabytes_with_report"] = round(peak_megabytes())
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
