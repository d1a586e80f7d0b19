"""Doing nothing twice: what a step was made from, what it made, and why it is done again or not."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from lscb_analysis.audit import file_hash

LOG = logging.getLogger(__name__)
FILE = "made.json"
MISSING = "missing"
NAMED = 3  # changed inputs that are named
# whose version can change a figure, a chart or the bytes of a page
LIBRARIES = (
    *("pandas", "numpy", "scipy", "statsmodels", "matplotlib", "seaborn", "pyarrow"),
    *("python-calamine", "openpyxl", "papermill", "nbclient", "nbconvert", "ipykernel", "jinja2"),
)
_OURS = ("*.py", "*.toml", "*.csv", "*.css", "*.j2", "*.json")


@dataclass(frozen=True)
class Made:
    """What a step was made from and what it made: SHA-256 by name; `told` is what it said."""

    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    told: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


@functools.cache
def software() -> str:
    """One hash of this package's files and of the versions of the libraries it works with."""
    home = Path(__file__).parent
    found = hashlib.sha256()
    for path in sorted({path for kind in _OURS for path in home.rglob(kind)}):
        found.update(f"{path.relative_to(home).as_posix()} {file_hash(path)}\n".encode())
    for name in LIBRARIES:
        found.update(f"{name} {_version(name)}\n".encode())
    return found.hexdigest()


def hash_of(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def files_in(paths: Iterable[Path], folder: Path) -> dict[str, str]:
    """The hash of each file by its place in the folder, or why one cannot be read."""
    return {path.relative_to(folder).as_posix(): _hash_or_why(path) for path in paths}


def why_again(
    inputs: Mapping[str, str], before: Made | None, folder: Path, forced: bool = False
) -> str:
    """Why a step is to be done (again), in words; blank where nothing has changed since.

    `folder` is where the paths of what it made begin.
    """
    if forced:
        return "asked for by --force"
    if before is None:
        return "not made before"
    changed = _differences(inputs, before.inputs)
    if changed:
        return changed
    lost = [name for name, told in before.outputs.items() if _hash_or_why(folder / name) != told]
    return f"what it made is gone or changed: {_some(lost)}" if lost else ""


def tell(step: str, why: str) -> None:
    """Say in the log of steps why a step is done, or that nothing it is made from has changed."""
    if why:
        LOG.info("%s: done, %s", step, why)
    else:
        LOG.info("%s: not done again, nothing it is made from has changed", step)


def read_made(state: Path) -> dict[str, Made]:
    """What each step of an area was last made from; nothing where the file is not ours."""
    try:
        held = json.loads((state / FILE).read_text("utf-8"))
        return {
            str(step): Made(
                dict(each["inputs"]), dict(each["outputs"]), tuple(each["told"]), each["facts"]
            )
            for step, each in held.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # then every step is done again


def write_made(state: Path, made: Mapping[str, Made | None]) -> None:
    """Remember what steps were made from; those given as None are forgotten."""
    held = {**read_made(state), **made}
    kept = {step: asdict(each) for step, each in held.items() if each is not None}
    partial = state / f"{FILE}.partial"
    partial.write_text(json.dumps(kept, separators=(",", ":")), "utf-8")
    partial.replace(state / FILE)


def _differences(now: Mapping[str, str], then: Mapping[str, str]) -> str:
    changed = [name for name in now if name in then and now[name] != then[name]]
    new = [name for name in now if name not in then]
    gone = [name for name in then if name not in now]
    told = [
        f"{_some(names)} {word if len(names) == 1 else words}"
        for names, word, words in (
            (changed, "has changed", "have changed"),
            (new, "is new", "are new"),
            (gone, "is gone", "are gone"),
        )
        if names
    ]
    return ", ".join(told)


def _some(names: list[str]) -> str:
    more = len(names) - NAMED
    told = ", ".join(names[:NAMED])
    return f"{told} and {more} more" if more > 0 else told


def _hash_or_why(path: Path) -> str:
    try:
        return file_hash(path)
    except FileNotFoundError:
        return MISSING
    except OSError as error:
        return f"unreadable: {error.strerror}"


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return MISSING
