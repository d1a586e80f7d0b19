"""What went where and when: a line before and after each message, so that none goes twice."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from lscb_analysis.audit import user_name
from lscb_analysis.state import StateError, state_folder

LOG = "circulated.jsonl"
NEEDED = {"when", "state", "how", "to", "pages", "attempt"}
SENDING, SENT, FAILED, UNKNOWN = "sending", "sent", "failed", "unknown"


@dataclass(frozen=True)
class Key:
    """One page to one addressee by one way: what never goes twice."""

    how: str
    to: str
    digest: str


def read_sent(workspace: Path, area_code: str) -> list[dict[str, Any]]:
    """Every line of the area's log, oldest first; a last line that was never finished is left out.

    Raises StateError where any other line cannot be read.
    """
    path = state_folder(workspace, area_code) / LOG
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise StateError(_told(path)) from error
    finished = text[: text.rfind("\n") + 1].splitlines()
    try:
        lines = [json.loads(line) for line in finished if line.strip()]
    except ValueError as error:
        raise StateError(_told(path)) from error
    if not all(isinstance(line, dict) and set(line) >= NEEDED for line in lines):
        raise StateError(_told(path))
    return lines


def write_sent(workspace: Path, area_code: str, facts: Mapping[str, Any]) -> None:
    """Add one line, on the disk before this returns.

    What a power cut left of an unfinished line is cut off first.
    """
    when = datetime.now().astimezone().isoformat(timespec="seconds")
    line = {"when": when, "who": user_name(), "area_code": area_code, **facts}
    path = state_folder(workspace, area_code) / LOG
    try:
        held = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(held, "r+b") as file:
            file.truncate(file.read().rfind(b"\n") + 1)
            file.seek(0, os.SEEK_END)
            file.write((json.dumps(line, ensure_ascii=False) + "\n").encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StateError(
            f"{path} cannot be written to ({error.strerror}): nothing is sent that cannot be noted"
        ) from error


def gone(lines: Iterable[Mapping[str, Any]]) -> dict[Key, str]:
    """On which day each page went to each addressee."""
    return {
        key: str(line["when"])[:10]
        for line in lines
        if line["state"] == SENT
        for key in keys_of(line)
    }


def in_doubt(lines: Iterable[Mapping[str, Any]]) -> dict[Key, str]:
    """Since which day nobody knows whether a page arrived: the answer never came."""
    lines = list(lines)
    settled = {line["attempt"] for line in lines if line["state"] in (SENT, FAILED)}
    known = gone(lines)
    return {
        key: str(line["when"])[:10]
        for line in lines
        if line["state"] in (SENDING, UNKNOWN) and line["attempt"] not in settled
        for key in keys_of(line)
        if key not in known
    }


def keys_of(line: Mapping[str, Any]) -> list[Key]:
    """Every page of a line to every addressee of it."""
    return [
        Key(line["how"], to.casefold(), digest)
        for to in line["to"]
        for digest in line["pages"].values()
    ]


def _told(path: Path) -> str:
    return (
        f"{path} cannot be read: nothing is sent until it is put back from a backup, since what "
        "went already could go twice"
    )
