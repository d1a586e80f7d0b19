"""Append-only files, each line with the hash of the line before: what was changed shows.

Beside each lies its head, the number of lines and the last hash, so that a file that was
lost or cut short shows too.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FIRST = "0" * 64
UNREADABLE, MISSING, CHANGED, CUT = "cannot be read", "is missing", "was changed", "was cut short"


class ChainError(ValueError):
    """A chained file that cannot be relied on; the message is what is wrong with it."""


def head_of(path: Path) -> Path:
    """Where the head of a chained file lies."""
    return path.with_suffix(".head")


def read_chain(path: Path) -> list[dict[str, Any]]:
    """Every line, oldest first; none where neither the file nor its head is there.

    Raises ChainError where a line was changed, left out or put in, or the file was lost.
    """
    head = head_of(path)
    if not path.exists() and not head.exists():
        return []
    if not path.exists() or not head.exists():
        raise ChainError(MISSING)
    lines, last = [], FIRST
    for line in _lines(path):
        if line.get("previous") != last or line.get("hash") != _hash(line):
            raise ChainError(CHANGED)
        lines.append(line)
        last = line["hash"]
    if head.read_text("utf-8", "replace").split() != [str(len(lines)), last]:
        raise ChainError(CUT)
    return lines


def append_chain(path: Path, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The line that was added, private to its owner.

    Raises ChainError where the file cannot be relied on; then nothing is added.
    """
    lines = read_chain(path)
    line: dict[str, Any] = {"previous": lines[-1]["hash"] if lines else FIRST, **facts}
    line["hash"] = _hash(line)
    _private(path, "a", json.dumps(line, ensure_ascii=False) + "\n")
    _private(head_of(path), "w", f"{len(lines) + 1} {line['hash']}\n")
    return line


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        for text in path.read_text("utf-8").splitlines():
            line = json.loads(text)
            if not isinstance(line, dict):
                raise ValueError
            yield line
    except (ValueError, OSError) as error:
        raise ChainError(UNREADABLE) from error


def _hash(line: Mapping[str, Any]) -> str:
    content = {name: value for name, value in line.items() if name != "hash"}
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _private(path: Path, mode: str, text: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if mode == "a" else os.O_TRUNC)
    with os.fdopen(os.open(path, flags, 0o600), mode, encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
