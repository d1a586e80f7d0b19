"""What must last: the .lscb folder of an area, its key, and the guard round raw data."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from pathlib import Path

KEY_BYTES = 32


class StateError(RuntimeError):
    """The workspace is not safe to work in; the message says what to do."""


def state_folder(workspace: Path, area_code: str) -> Path:
    """`.lscb/<area>/`, made private to its owner where the platform can.

    Raises StateError where it cannot be made.
    """
    folder = workspace / ".lscb" / area_code
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for each in (folder.parent, folder):
            _private(each, 0o700)
    except OSError as error:
        raise StateError(
            f"{folder} cannot be written to ({error.strerror}): the workspace must be a folder "
            "that you may write to"
        ) from error
    return folder


def area_key(workspace: Path, area_code: str) -> bytes:
    """The secret that the area's identifiers are re-keyed with; made on first use.

    Raises StateError where the file there is not a key.
    """
    path = state_folder(workspace, area_code) / "key"
    if not path.exists():
        partial = path.with_suffix(".partial")
        partial.write_bytes(secrets.token_bytes(KEY_BYTES))
        _private(partial, 0o600)
        partial.replace(path)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise StateError(f"{path} is damaged: restore it from its backup")
    return key


def by_day_file(workspace: Path, area_code: str, quarter: str) -> Path:
    """Where what single days tell lies, for the panel's page: never with the values."""
    return workspace / ".lscb" / area_code / "panel" / f"{quarter}.parquet"


def write_private(path: Path, content: bytes) -> None:
    """Nothing: the file is written by rename, in a folder of its own, for its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _private(path.parent, 0o700)
    partial = path.with_suffix(".partial")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(partial, flags, 0o600), "wb") as file:
        file.write(content)
    partial.replace(path)


def refuse_tracked(folder: Path) -> None:
    """Nothing, where git would not take up the raw data in this folder.

    Raises StateError where the folder lies in a git work tree that does not ignore it.
    """
    git = shutil.which("git")
    inside = any((parent / ".git").exists() for parent in [folder, *folder.parents])
    if not inside or git is None:
        return
    probe = folder / "an-extract.csv"
    asked = subprocess.run(
        [git, "-C", str(folder), "check-ignore", "--quiet", str(probe)],
        capture_output=True,
        check=False,
    )
    if asked.returncode == 1:
        raise StateError(
            f"git does not ignore {folder}: child-level data could be committed. "
            "Add data/raw/* to .gitignore, then run again"
        )


def _private(path: Path, mode: int) -> None:
    if os.name == "posix":
        path.chmod(mode)
