"""Submissions that were read before: kept with their identifiers re-keyed, and used again.

One lies in a folder of the area's state as Parquet tables, private to its owner, until its
files, the mapping, the key or the software change. `lscb purge` removes it with the raw files.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from lscb_analysis.sources.context import Context
from lscb_analysis.sources.submission import Submission, files_of, read_submission
from lscb_analysis.steps import Made, files_in, hash_of, software, tell, why_again

LOG = logging.getLogger(__name__)
FOLDER = "read"
PARTIAL = "partial-"
NOTE = "made.json"
TOGETHER = ("texts", "returns", "findings")
AT_ONCE = 2
ENOUGH = 4  # submissions to be read that are worth a second process


def read_submissions(
    folders: Sequence[tuple[Path, Context]], kept: Path | None = None
) -> list[Submission]:
    """The submissions in the folders, in their order; those not changed since as they were read.

    `kept` is the folder they are kept in; without one all are read. Where many are new they
    are read in two processes, unless this is itself one of several.
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
    is_worker = multiprocessing.parent_process() is not None
    if len(new) >= ENOUGH and (os.cpu_count() or 1) > 1 and not is_worker:
        asked = [(folder, context) for folder, context in folders if folder in new]
        new = {folder: new[folder] for folder in _not_kept(asked, new, kept)}
    return [
        _read_and_keep(folder, context, new[folder], kept)
        if folder in new
        else _load(kept / folder.name, context)
        for folder, context in folders
    ]


def forget_read(state: Path) -> None:
    """Forget every submission of an area as it was read: the next run reads them all."""
    shutil.rmtree(state / FOLDER, ignore_errors=True)


def _not_kept(
    asked: Sequence[tuple[Path, Context]], inputs: Mapping[Path, Mapping[str, str]], kept: Path
) -> list[Path]:
    """Read and keep in two processes; the folders whose submission could not be kept there."""
    from joblib import Parallel, delayed
    from joblib.externals.loky import get_reusable_executor
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    work = Parallel(n_jobs=AT_ONCE, backend="loky", max_nbytes=None, batch_size=1)
    try:
        done = work(
            delayed(_is_kept)(folder, context, inputs[folder], kept) for folder, context in asked
        )
    except TerminatedWorkerError:
        LOG.warning("a process that read submissions was ended: they are read in this one")
        return [folder for folder, _ in asked]
    finally:
        get_reusable_executor().shutdown(wait=True)
    return [folder for (folder, _), is_kept in zip(asked, done, strict=True) if not is_kept]


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
