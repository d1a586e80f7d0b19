"""The release register: what has ever been released of an area, as it was printed.

Append-only, one line a release, each with the hash of the line before, so that a line that was
changed, left out or put in shows. It holds printed figures and no others: what was withheld
is not in it. Beside it lies its head, the number of lines and the last hash, so that a
register that was lost or cut short shows too.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from lscb_analysis.state import StateError

REGISTER, HEAD = "register.jsonl", "register.head"
KEY = ("indicator", "area_code", "period_type", "period", "breakdown_topic", "breakdown")
PRINTED = ("numerator", "denominator", "value", "band_lower", "band_upper")
FIRST = "0" * 64
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
    path, head = folder / REGISTER, folder / HEAD
    if not path.exists() and not head.exists():
        return []
    if not path.exists() or not head.exists():
        raise RegisterError(_told("is missing", area_code, path))
    entries, last, count = [], FIRST, 0
    for line in _lines(path, area_code):
        if line.get("previous") != last or line.get("hash") != _hash(line):
            raise RegisterError(_told("was changed", area_code, path))
        if line["area_code"] != area_code:
            raise RegisterError(_told(f"is that of {line['area_code']}", area_code, path))
        entries.append(_entry(line))
        last, count = line["hash"], count + 1
    if head.read_text("utf-8").split() != [str(count), last]:
        raise RegisterError(_told("was cut short", area_code, path))
    return entries


def add_release(folder: Path, entry: Entry) -> bool:
    """Whether the release was added: one that printed what its last release printed is not.

    Raises RegisterError where the register cannot be relied on.
    """
    entries = read_register(folder, entry.area_code)
    same = [each for each in entries if _whose(each) == _whose(entry)]
    if same and dict(same[-1].figures) == dict(entry.figures):
        return False
    path = folder / REGISTER
    last = _head(folder) if entries else FIRST
    line: dict[str, Any] = {
        "previous": last,
        "area_code": entry.area_code,
        "quarter": entry.quarter,
        "audience": entry.audience,
        "released": entry.released,
        "note": entry.note,
        "figures": [[*key, dict(printed)] for key, printed in entry.figures.items()],
    }
    line["hash"] = _hash(line)
    _private(path, "a", json.dumps(line, ensure_ascii=False) + "\n")
    _private(folder / HEAD, "w", f"{len(entries) + 1} {line['hash']}\n")
    return True


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


def _lines(path: Path, area_code: str) -> Iterator[dict[str, Any]]:
    try:
        for text in path.read_text("utf-8").splitlines():
            line = json.loads(text)
            if not isinstance(line, dict):
                raise ValueError
            yield line
    except (ValueError, OSError) as error:
        raise RegisterError(_told("cannot be read", area_code, path)) from error


def _entry(line: Mapping[str, Any]) -> Entry:
    figures = {tuple(map(str, each[:-1])): each[-1] for each in line["figures"]}
    named = {name: str(line[name]) for name in ("quarter", "audience", "released", "note")}
    return Entry(area_code=str(line["area_code"]), figures=figures, **named)


def _whose(entry: Entry) -> tuple[str, str]:
    return entry.quarter, entry.audience


def _hash(line: Mapping[str, Any]) -> str:
    content = {name: value for name, value in line.items() if name != "hash"}
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _head(folder: Path) -> str:
    return (folder / HEAD).read_text("utf-8").split()[1]


def _told(what: str, area_code: str, path: Path) -> str:
    return (
        f"the release register of {area_code} {what}: nothing can be released, since it says "
        f"what is out already. Put {path} back from a backup, or let two people rebuild it "
        f'from what was released: lscb register rebuild --area {area_code} --by "NAME" '
        f'--and "NAME"'
    )


def _private(path: Path, mode: str, text: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if mode == "a" else os.O_TRUNC)
    with os.fdopen(os.open(path, flags, 0o600), mode, encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
