"""The run record of a workspace: what ran, when, what came of it; never a row of data."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

FILE = "runs.sqlite"
VERSION = 1
RUNNING, DONE, FAILED, INTERRUPTED = "running", "done", "failed", "interrupted"
_TABLES = """
CREATE TABLE IF NOT EXISTS runs (
    id INTEGER PRIMARY KEY, began TEXT NOT NULL, ended TEXT, asked TEXT NOT NULL,
    state TEXT NOT NULL, exit_code INTEGER, summary TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS lines (
    run INTEGER NOT NULL, number INTEGER NOT NULL, line TEXT NOT NULL
);
"""


class RecordError(RuntimeError):
    """A run record that cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Run:
    """One run: when it began and ended, what was asked for, its state, its one-line summary."""

    id: int
    began: str
    ended: str
    asked: str
    state: str
    exit_code: int | None
    summary: str


def begin_run(workspace: Path, asked: str) -> int:
    """The number of a run that begins now; those that never ended are marked interrupted.

    Call it under the workspace's lock: what is still running then was ended from outside.
    """
    with _opened(workspace) as record:
        record.execute(
            "UPDATE runs SET state = ?, summary = ? WHERE state = ?",
            (INTERRUPTED, "ended from outside before it had finished", RUNNING),
        )
        made = record.execute(
            "INSERT INTO runs (began, asked, state, summary) VALUES (?, ?, ?, '')",
            (_now(), asked, RUNNING),
        )
        return int(made.lastrowid or 0)


def end_run(
    workspace: Path, number: int, exit_code: int, summary: str, lines: Sequence[str]
) -> None:
    """Write what came of a run: its exit code, its summary and the lines that it printed."""
    with _opened(workspace) as record:
        record.execute(
            "UPDATE runs SET ended = ?, state = ?, exit_code = ?, summary = ? WHERE id = ?",
            (_now(), FAILED if exit_code else DONE, exit_code, summary, number),
        )
        record.executemany(
            "INSERT INTO lines (run, number, line) VALUES (?, ?, ?)",
            [(number, at, line) for at, line in enumerate(lines)],
        )


def list_runs(workspace: Path, most: int) -> list[Run]:
    """The newest runs, the newest first; none where nothing has run."""
    if not (workspace / ".lscb" / FILE).is_file():
        return []
    with _opened(workspace) as record:
        found = record.execute(
            "SELECT id, began, coalesce(ended, ''), asked, state, exit_code, summary FROM runs "
            "ORDER BY id DESC LIMIT ?",
            (most,),
        )
        return [Run(*row) for row in found]


def lines_of(workspace: Path, number: int) -> list[str]:
    """The lines that a run printed."""
    with _opened(workspace) as record:
        found = record.execute("SELECT line FROM lines WHERE run = ? ORDER BY number", (number,))
        return [str(row[0]) for row in found]


@contextmanager
def _opened(workspace: Path) -> Iterator[sqlite3.Connection]:
    """The record, each use one transaction. Raises RecordError where it cannot be relied on."""
    path = workspace / ".lscb" / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(path, timeout=10)) as record, record:
            version = record.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, VERSION):
                raise RecordError(f"{path} is of a newer version of this software: update it")
            record.executescript(_TABLES)
            record.execute(f"PRAGMA user_version = {VERSION}")
            if os.name == "posix":
                path.chmod(0o600)
            yield record
    except sqlite3.DatabaseError as error:
        raise RecordError(
            f"the run record {path} cannot be used ({error}): move it aside, and a new one begins"
        ) from error


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
