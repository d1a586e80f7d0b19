"""The folders of an area's raw data: one a quarter, and what else may lie beside them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lscb_analysis.findings import as_findings, finding
from lscb_analysis.periods import Quarter, parse_quarter
from lscb_analysis.sources.submission import files_of

OURS = (
    *("published", "findings", "readme.txt", "readme.md"),
    *("history.xlsx", "history.csv", "settings.xlsx", "settings.csv", "mapping.xlsx"),
    *("mapping.csv", "templates", "actions.xlsx"),
)


def list_submissions(folder: Path) -> list[Quarter]:
    """The quarters whose folders hold any file, oldest first."""
    return sorted(quarter for quarter, path in quarter_folders(folder) if files_of(path))


def quarter_folders(folder: Path) -> list[tuple[Quarter, Path]]:
    """The quarters of the folders that are named as one, with their paths, oldest first."""
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        try:
            found.append((parse_quarter(path.name), path))
        except ValueError:
            continue
    return sorted((item for item in found if item[1].is_dir()), key=lambda item: item[0])


def _is_ours(path: Path) -> bool:
    """Whether a file or folder beside the quarters is one that is meant to be there."""
    return path.name.startswith(".") or path.name.casefold() in OURS


def misplaced(folder: Path) -> pd.DataFrame:
    """A finding where there is no folder, and for what in it is not the folder of a quarter."""
    named = {path for _, path in quarter_folders(folder)}
    if not folder.is_dir():
        strays, found = [folder], "no folder for this area"
    else:
        strays = [p for p in sorted(folder.iterdir()) if p not in named and not _is_ours(p)]
        found = "a file or folder whose name is not a quarter: nothing in it is read"
    return as_findings(
        finding(
            "folder",
            path.name,
            found=found,
            expected="one folder a quarter, named as 2016-17-Q4",
            action="rename it, or move what is in it",
        )
        for path in strays
    )
