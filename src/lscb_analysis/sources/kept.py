"""Submissions that were read before: kept with their identifiers re-keyed, and used again.

One lies in a folder of the area's state as Parquet tables, private to its owner, until its
files, the mapping, the key or the software change. `lscb purge` removes it with the raw files.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import tempfile
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path

import pandas as pd

from lscb_analysis.second import SecondProcess, lost
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.submission import Submission, files_of, read_submission
from lscb_analysis.steps import Made, files_in, hash_of, software, tell, why_again

LOG = logging.getLogger(__name__)
FOLDER = "read"
PARTIAL = "partial-"
NOTE = "made.json"
TOGETHER = ("texts", "returns", "findings")
AHEAD = 2  # submissions that the second process has been given
ENOUGH = 4  # submissions to be read that are worth a second process


def read_submissions(
    folders: Sequence[tuple[Path, Context]],
    kept: Path | None = None,
    second: SecondProcess | None = None,
) -> list[Submission]:
    """The submissions in the folders, in their order; those not changed since as they were read.

    `kept` is the folder they are kept in; without one all are read. Where many are new and
    there is a `second` process, both read.
    """
    if kept is None:
        return [read_submission(folder, context) for folder, context in folders]
    _sweep(kept)
    new: dict[Path, dict[str, str]] = {}
    for folder, context in folders:
        inputs = _inputs(folder, context)
        why = why_again(inputs, _note(kept / folder.name), kept / folder.name)
        tell(f"read {folder.name}", why)
        if why:
            new[folder] = inputs
    read: dict[Path, Submission] = {}
    if len(new) >= ENOUGH and second is not None and second.is_there:
        asked = [(folder, context) for folder, context in folders if folder in new]
        read, there = _read_by_two(asked, new, kept, second)
        new = {folder: made_from for folder, made_from in new.items() if folder not in there}
    for folder, context in folders:
        if folder not in read:
            read[folder] = (
                _read_and_keep(folder, context, new[folder], kept)
                if folder in new
                else _load(kept / folder.name, context)
            )
    return [read[folder] for folder, _ in folders]


def forget_read(state: Path) -> None:
    """Forget every submission of an area as it was read: the next run reads them all."""
    shutil.rmtree(state / FOLDER, ignore_errors=True)


def _read_by_two(
    asked: Sequence[tuple[Path, Context]],
    inputs: Mapping[Path, Mapping[str, str]],
    kept: Path,
    second: SecondProcess,
) -> tuple[dict[Path, Submission], set[Path]]:
    """What this process has read, and the folders whose submission a second one has kept.

    Each takes the next from its end of the list; what neither has is still to be read.
    """
    left, here, there = deque(asked), {}, set()
    under_way: dict[Future[bool], Path] = {}
    try:
        while left or under_way:
            while left and len(under_way) < (AHEAD if len(left) > AHEAD else 1):
                folder, context = left.popleft()
                task = second.begin(_is_kept, folder, context, inputs[folder], kept)
                under_way[task] = folder
            if left:
                folder, context = left.pop()
                here[folder] = _read_and_keep(folder, context, inputs[folder], kept)
            done = wait(under_way, 0 if left else None, FIRST_COMPLETED).done
            there |= {folder for task in done if (folder := under_way.pop(task)) and task.result()}
    except lost():
        LOG.warning("a process that read submissions was ended: they are read in this one")
    return here, there


def _is_kept(folder: Path, context: Context, inputs: Mapping[str, str], kept: Path) -> bool:
    _read_and_keep(folder, context, inputs, kept)
    return (kept / folder.name / NOTE).is_file()


def _read_and_keep(
    folder: Path, context: Context, inputs: Mapping[str, str], kept: Path
) -> Submission:
    """The submission, kept where every file in it could be read."""
    read = read_submission(folder, context)
    target = kept / folder.name
    if target.exists():
        shutil.rmtree(target)
    if not read.findings["severity"].eq("failed").any():
        with tempfile.TemporaryDirectory(dir=_private(kept), prefix=PARTIAL) as made:
            _write(read, inputs, Path(made) / folder.name)
            (Path(made) / folder.name).replace(target)
    return read


def _inputs(folder: Path, context: Context) -> dict[str, str]:
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return {
        **files_in(files_of(folder), folder.parent),
        "the names in the folder": hash_of("\n".join(paths)),
        "the mapping of local logs": hash_of(repr(context.mapping)),
        "the area's key": hash_of(context.key.hex()),
        "the software": software(),
    }


def _write(read: Submission, inputs: Mapping[str, str], folder: Path) -> None:
    folder.mkdir()
    for number, (_, _, rows) in enumerate(read.parts):
        rows.to_parquet(folder / f"{number}.parquet")
    for name in TOGETHER:
        getattr(read, name).to_parquet(folder / f"{name}.parquet")
    outputs = files_in(sorted(folder.iterdir()), folder)
    note = {"inputs": inputs, "outputs": outputs, "parts": [part[:2] for part in read.parts]}
    (folder / NOTE).write_text(json.dumps(note), "utf-8")


def _note(folder: Path) -> Made | None:
    try:
        held = json.loads((folder / NOTE).read_text("utf-8"))
        return Made(held["inputs"], held["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _load(folder: Path, context: Context) -> Submission:
    parts = json.loads((folder / NOTE).read_text("utf-8"))["parts"]
    return Submission(
        context,
        tuple(
            (source, table, pd.read_parquet(folder / f"{number}.parquet"))
            for number, (source, table) in enumerate(parts)
        ),
        **{name: pd.read_parquet(folder / f"{name}.parquet") for name in TOGETHER},
    )


def _sweep(kept: Path) -> None:
    """Take away what a run that was ended left half-written."""
    for path in kept.glob(f"{PARTIAL}*"):
        shutil.rmtree(path, ignore_errors=True)


def _private(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if os.name == "posix":
        folder.chmod(0o700)
    return folder
