"""The audit log of an area: who released what, when, from which inputs, and what it became.

Append-only and hash-chained like the release register; no counts and no identifiers.
"""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from lscb_analysis.chained import ChainError, append_chain, read_chain
from lscb_analysis.state import StateError, state_folder

AUDIT = "audit.jsonl"
READ_AT_A_TIME = 1 << 20


def log(workspace: Path, area_code: str, action: str, **facts: Any) -> None:
    """Add one line to the area's audit log: what was done, when and by whom, and the facts.

    Raises StateError where the log cannot be relied on.
    """
    who = facts.pop("by", "") or user_name()
    when = datetime.now().astimezone().isoformat(timespec="seconds")
    line = {"when": when, "who": who, "area_code": area_code, "action": action, **facts}
    path = state_folder(workspace, area_code) / AUDIT
    try:
        append_chain(path, line)
    except ChainError as error:
        raise StateError(_told(path, error)) from error


def read_log(workspace: Path, area_code: str) -> list[dict[str, Any]]:
    """Every line of the area's audit log, oldest first.

    Raises StateError where the log cannot be relied on.
    """
    path = state_folder(workspace, area_code) / AUDIT
    try:
        return read_chain(path)
    except ChainError as error:
        raise StateError(_told(path, error)) from error


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(READ_AT_A_TIME):
            found.update(piece)
    return found.hexdigest()


def folder_hash(folder: Path, names: Iterable[str] = ("*",)) -> str:
    """One SHA-256 of all files in a folder, their places and their contents."""
    found = hashlib.sha256()
    if folder.is_dir():
        files = {path for name in names for path in folder.rglob(name) if path.is_file()}
        for path in sorted(files):
            told = f"{path.relative_to(folder).as_posix()} {_hash_or_none(path)}\n"
            found.update(told.encode())
    return found.hexdigest()


def _hash_or_none(path: Path) -> str:
    """The hash of a file, or that it could not be read (one that is open elsewhere)."""
    try:
        return file_hash(path)
    except OSError:
        return "unreadable"


def user_name() -> str:
    """Who is at work, by the name the machine knows; `unknown` where it knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


def released_pages(lines: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The newest line for each page that was released, by the SHA-256 of the page."""
    return {str(digest): line for line in lines for digest in line.get("pages", {}).values()}


def _told(path: Path, error: ChainError) -> str:
    return (
        f"the audit log {path} {error}: nothing is released until it is put back from a backup, "
        "or two named people have moved it aside and noted why"
    )
