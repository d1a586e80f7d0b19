"""Append-only files, each line with the hash of the line before: what was changed shows.

Beside each lies its head, the number of lines and the last hash, so that a file that was
lost or cut short shows too. A line is written before its head: what an append that was ended
half-way left is known by that, and stands in nobody's way.
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

    A whole line that its head does not count yet is one; half of one is none. Raises ChainError
    where a line was changed, left out or put in, or the file was lost.
    """
    head = head_of(path)
    if not path.exists() and not head.exists():
        return []
    if not head.exists():
        raise ChainError(MISSING)
    count, known = _head(head)
    if not path.exists():
        if count:
            raise ChainError(MISSING)
        return []
    lines, last = [], FIRST
    for line in _lines(path):
        if line.get("previous") != last or line.get("hash") != _hash(line):
            raise ChainError(CHANGED)
        lines.append(line)
        last = line["hash"]
    hashes = [FIRST, *(line["hash"] for line in lines)]
    if len(lines) - count not in (0, 1) or hashes[count] != known:
        raise ChainError(CUT)
    return lines


def append_chain(path: Path, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The line that was added, private to its owner.

    Raises ChainError where the file cannot be relied on; then nothing is added.
    """
    lines = read_chain(path)
    last = lines[-1]["hash"] if lines else FIRST
    line: dict[str, Any] = {"previous": last, **facts}
    line["hash"] = _hash(line)
    _write_head(path, len(lines), last)  # of a first line, or after an append that was ended
    _append(path, json.dumps(line, ensure_ascii=False) + "\n")
    _write_head(path, len(lines) + 1, line["hash"])
    return line


def _head(head: Path) -> tuple[int, str]:
    try:
        count, known = head.read_text("utf-8").split()
        return int(count), known
    except (OSError, ValueError) as error:
        raise ChainError(CUT) from error


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        for text in _finished(path.read_bytes()).decode("utf-8").split("\n")[:-1]:
            line = json.loads(text)
            if not isinstance(line, dict):
                raise ValueError
            yield line
    except (ValueError, OSError) as error:
        raise ChainError(UNREADABLE) from error


def _hash(line: Mapping[str, Any]) -> str:
    content = {name: value for name, value in line.items() if name != "hash"}
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _finished(content: bytes) -> bytes:
    """The content without a last line that was never finished."""
    return content[: content.rfind(b"\n") + 1]


def _append(path: Path, text: str) -> None:
    """Add a line, on the disk before this returns; half a line that was left is cut off first."""
    held = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(held, "r+b") as file:
        whole = len(_finished(file.read()))
        file.truncate(whole)
        file.seek(whole)
        try:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        except OSError:  # a full disk: nothing half-written stays
            os.ftruncate(file.fileno(), whole)
            raise


def _write_head(path: Path, count: int, last: str) -> None:
    head = head_of(path)
    partial = head.with_name(f"{head.name}.partial")
    held = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(held, "w", encoding="utf-8") as file:
        file.write(f"{count} {last}\n")
        file.flush()
        os.fsync(file.fileno())
    partial.replace(head)
