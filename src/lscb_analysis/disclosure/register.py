"""The release register: what has ever been released of an area, as it was printed.

Append-only, one line a release, each with the hash of the line before, so that a line that was
changed, left out or put in shows. It holds printed figures and no others: what was withheld
is not in it. Beside it lies its head, the number of lines and the last hash, so that a
register that was lost or cut short shows too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from lscb_analysis.chained import ChainError, append_chain, read_chain
from lscb_analysis.state import StateError

REGISTER, HEAD = "register.jsonl", "register.head"  # the head is that of `chained`
KEY = ("indicator", "area_code", "period_type", "period", "breakdown_topic", "breakdown")
PRINTED = ("numerator", "denominator", "value", "band_lower", "band_upper")
Figure = tuple[str, ...]


class RegisterError(StateError):
    """The register cannot be relied on: nothing may be released; the message says what to do."""


@dataclass(frozen=True)
class Entry:
    """One release: of which quarter, for whom, when and by whom, and the figures it printed."""

    area_code: str
    quarter: str
    audience: str
    released: str
    note: str
    figures: Mapping[Figure, Mapping[str, float]]


def read_register(folder: Path, area_code: str) -> list[Entry]:
    """Every release of the area, oldest first; none where nothing has been released yet.

    Raises RegisterError where the register was lost, changed, cut short, or is another area's.
    """
    path = folder / REGISTER
    try:
        lines = read_chain(path)
    except ChainError as error:
        raise RegisterError(_told(str(error), area_code, path)) from error
    other = next((line["area_code"] for line in lines if line["area_code"] != area_code), None)
    if other is not None:
        raise RegisterError(_told(f"is that of {other}", area_code, path))
    return [_entry(line) for line in lines]


def add_release(folder: Path, entry: Entry) -> bool:
    """Whether the release was added: one that printed what its last release printed is not.

    Raises RegisterError where the register cannot be relied on.
    """
    entries = read_register(folder, entry.area_code)
    same = [each for each in entries if _whose(each) == _whose(entry)]
    if same and dict(same[-1].figures) == dict(entry.figures):
        return False
    line: dict[str, Any] = {
        "area_code": entry.area_code,
        "quarter": entry.quarter,
        "audience": entry.audience,
        "released": entry.released,
        "note": entry.note,
        "figures": [[*key, dict(printed)] for key, printed in entry.figures.items()],
    }
    append_chain(folder / REGISTER, line)
    return True


def states_of(folder: Path) -> list[str]:
    """The hash of each line, oldest first: each a state that the register has been in."""
    try:
        return [str(line["hash"]) for line in read_chain(folder / REGISTER)]
    except ChainError as error:
        raise RegisterError(_told(str(error), folder.name, folder / REGISTER)) from error


def refuse_older(folder: Path, area_code: str, state: str) -> None:
    """Nothing, where the register has been in the state that the audit log last saw.

    Raises RegisterError where it has not: it is an old copy, or was made anew.
    """
    if state and state not in states_of(folder):
        told = "is older than the last release in the audit log"
        raise RegisterError(_told(told, area_code, folder / REGISTER))


def figures_printed(values: pd.DataFrame) -> dict[Figure, dict[str, float]]:
    """The figures that a protected table prints, by their key: numbers as printed, or a band.

    Official statistics are out in any case and are left out here.
    """
    own = values[values["source"].eq("submissions")]
    found = {}
    for _, row in own.iterrows():
        printed = {name: float(row[name]) for name in PRINTED if pd.notna(row[name])}
        if printed:
            found[tuple(str(row[name]) for name in KEY)] = printed
    return found


def all_printed(entries: list[Entry]) -> dict[Figure, list[Mapping[str, float]]]:
    """Every version of every figure that is out, by its key, oldest first, each once."""
    found: dict[Figure, list[Mapping[str, float]]] = {}
    for entry in entries:
        for key, printed in entry.figures.items():
            versions = found.setdefault(key, [])
            if printed not in versions:
                versions.append(printed)
    return found


def _entry(line: Mapping[str, Any]) -> Entry:
    figures = {tuple(map(str, each[:-1])): each[-1] for each in line["figures"]}
    named = {name: str(line[name]) for name in ("quarter", "audience", "released", "note")}
    return Entry(area_code=str(line["area_code"]), figures=figures, **named)


def _whose(entry: Entry) -> tuple[str, str]:
    return entry.quarter, entry.audience


def _told(what: str, area_code: str, path: Path) -> str:
    return (
        f"the release register of {area_code} {what}: nothing can be released, since it says "
        f"what is out already. Put {path} back from a backup, or let two people rebuild it "
        f'from what was released: lscb register rebuild --area {area_code} --by "NAME" '
        f'--and "NAME"'
    )
