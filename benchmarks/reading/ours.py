"""This package on a folder of a quarter's files: one line of JSON. Runs in the project's venv.

    .venv/bin/python benchmarks/reading/ours.py FOLDER [--quarter 2024-25-Q4]

One call reads and checks, so there is one time: compare it with the peers' read and check
together.
"""

from __future__ import annotations

import argparse
import json
import resource
import secrets
import time
from pathlib import Path

from lscb_analysis.periods import parse_quarter
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.submission import read_submission


def peak_megabytes() -> float:
    """The most memory this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quarter", default="2024-25-Q4")
    asked = parser.parse_args()
    context = Context(parse_quarter(asked.quarter), secrets.token_bytes(32), asked.folder.name)
    after_import = peak_megabytes()

    clock = time.perf_counter()
    submission = read_submission(asked.folder, context)
    total_seconds = time.perf_counter() - clock
    peak = peak_megabytes()
    measured = {
        "who": "lscb-analysis",
        "total_seconds": round(total_seconds, 2),
        "tables": {f"{source}.{name}": len(rows) for source, name, rows in submission.parts},
        "findings": len(submission.findings),
        "import_megabytes": round(after_import),
        "peak_megabytes": round(peak),
        "own_megabytes": round(peak - after_import),
    }
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
