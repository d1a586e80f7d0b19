"""The area's key, kept safe: its backup, its restoring, and a new one in its place."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

from lscb_analysis.state import KEY_BYTES, StateError, area_key, state_folder

_HEADING = "lscb-analysis key backup"


def back_up_key(workspace: Path, area_code: str, target: Path) -> Path:
    """Where the area's key was written as text that can be kept apart from the workspace.

    Whoever holds it and the re-keyed references can find a child's reference again: it
    belongs in a safe place. Raises StateError where the file is there already, or would
    lie in the workspace, where it is no backup.
    """
    if target.exists():
        raise StateError(f"{target} is there already: choose another name, nothing is overwritten")
    if target.resolve().is_relative_to(workspace.resolve()):
        raise StateError(f"{target} lies in the workspace: a backup belongs somewhere else")
    key = area_key(workspace, area_code)
    lines = [_HEADING, area_code, key.hex(), _checksum(area_code, key)]
    target.parent.mkdir(parents=True, exist_ok=True)
    _write_private(target, ("\n".join(lines) + "\n").encode())
    return target


def restore_key(workspace: Path, area_code: str, source: Path) -> Path:
    """Where the key of a backup now lies in use; the one in use before is kept beside it.

    Raises StateError where the file is no backup, is damaged, or is another area's.
    """
    try:
        heading, of_area, text, checksum = source.read_text("utf-8").split("\n")[:4]
        key = bytes.fromhex(text)
    except (OSError, ValueError) as error:
        raise StateError(f"{source} is not a backup of a key that can be read") from error
    if heading != _HEADING or len(key) != KEY_BYTES or checksum != _checksum(of_area, key):
        raise StateError(f"{source} is not a backup of a key, or is damaged")
    if of_area != area_code:
        raise StateError(f"{source} is the key of {of_area}, not of {area_code}")
    return _put_in_use(workspace, area_code, key)


def rotate_key(workspace: Path, area_code: str) -> Path:
    """Where the area's new key lies; the old one is kept beside it under the day's date.

    Records are made anew from the submissions in every run, so each child has a new
    re-keyed reference from then on, the same one in every table.
    """
    return _put_in_use(workspace, area_code, os.urandom(KEY_BYTES))


def _put_in_use(workspace: Path, area_code: str, key: bytes) -> Path:
    folder = state_folder(workspace, area_code)
    path = folder / "key"
    if path.exists():
        path.replace(_retired(folder))
    _write_private(path, key)
    return path


def _retired(folder: Path) -> Path:
    stem = f"key-until-{date.today().isoformat()}"
    names = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    return next(folder / name for name in names if not (folder / name).exists())


def _checksum(area_code: str, key: bytes) -> str:
    return hashlib.sha256(area_code.encode() + key).hexdigest()[:12]


def _write_private(path: Path, content: bytes) -> None:
    partial = path.with_name(path.name + ".partial")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(partial, flags, 0o600), "wb") as file:
        file.write(content)
    partial.replace(path)
