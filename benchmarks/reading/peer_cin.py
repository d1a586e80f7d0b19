"""csc-validator-be-cin on one census file: one line of JSON. Runs in the peer's venv.

    PEER_VENV/bin/python peer_cin.py FILE [--rules 1103,8510,...] [--no-check]

`read_seconds` is parsing, its eleven tables and their dates; `check_seconds` is its validator with
its report. No rule named: all of them.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import sys
import time
import xml.etree.ElementTree as ElementTree

from cin_validator import cin_validator
from cin_validator.rules.cin2024_25 import registry


def peak_megabytes() -> float:
    """The most memory this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--rules", default="")
    parser.add_argument("--no-check", action="store_true")
    asked = parser.parse_args()
    selected = [rule for rule in asked.rules.split(",") if rule] or None
    after_import = peak_megabytes()

    clock = time.perf_counter()
    root = ElementTree.parse(asked.file).getroot()
    tables = cin_validator.process_data(cin_validator.convert_data(root))
    read_seconds = time.perf_counter() - clock
    measured = {
        "who": "csc-validator-be-cin",
        "rows": sum(len(table) for table in tables.values()),
        "tables": {name: len(table) for name, table in tables.items()},
        "read_seconds": round(read_seconds, 2),
        "import_megabytes": round(after_import),
        "peak_megabytes_read": round(peak_megabytes()),
    }
    if not asked.no_check:
        clock = time.perf_counter()
        with contextlib.redirect_stdout(sys.stderr):
            peer = cin_validator.CinValidator(tables, registry, selected_rules=selected)
        check_seconds = time.perf_counter() - clock
        counts = peer.full_issue_df["rule_code"].value_counts()
        measured |= {
            "check_seconds": round(check_seconds, 2),
            "total_seconds": round(read_seconds + check_seconds, 2),
            "rules_run": len(selected or registry),
            "flagged": int(counts.sum()),
            "most_flagged": {str(rule): int(count) for rule, count in counts.head(12).items()},
        }
    measured["peak_megabytes"] = round(peak_megabytes())
    measured["own_megabytes"] = round(peak_megabytes() - after_import)
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
