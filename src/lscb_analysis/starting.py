"""A workspace to begin with: the packaged notebooks, settings and official statistics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# in a checkout they lie at its root; a wheel has them inside the package (pyproject.toml)
PACKAGED = ("lscb.toml", "notebooks", "data/raw/published")
FOLDERS = ("data/raw", "data/processed", "reports")
IGNORED = """# child-level data and everything made from it never enters git
data/raw/*
!data/raw/published/
data/processed/*
reports/*
.lscb/
"""


class StartError(ValueError):
    """A workspace that cannot be begun; the message says which files are in the way."""


@dataclass(frozen=True)
class Started:
    """The files that were written, and those that were there already as they would be."""

    written: tuple[Path, ...]
    there: tuple[Path, ...]


def packaged_files() -> Path:
    """The folder that the packaged files of a workspace lie in.

    Raises StartError where the installation lacks them.
    """
    inside = Path(__file__).parent / "workspace"
    checkout = Path(__file__).resolve().parents[2]
    for folder in (inside, checkout):
        if all((folder / name).exists() for name in PACKAGED):
            return folder
    raise StartError(
        f"the installation lacks its notebooks and settings (looked in {inside}): install "
        "lscb-analysis again"
    )


def start_workspace(folder: Path) -> Started:
    """What was written to make a folder a workspace; nothing in it is overwritten.

    Raises StartError, and writes nothing, where a file of the same name differs.
    """
    home = packaged_files()
    contents = {path: (home / path).read_bytes() for path in _files(home)}
    contents[Path(".gitignore")] = IGNORED.encode()
    known = {path: _content(folder / path) for path in contents}
    in_the_way = [
        path for path, found in known.items() if found is not None and found != contents[path]
    ]
    if in_the_way:
        named = ", ".join(sorted(path.as_posix() for path in in_the_way))
        raise StartError(
            f"{folder} has other files of the same names ({named}): begin in an empty folder, or "
            "move them aside"
        )
    new = [path for path, found in known.items() if found is None]
    for path in new:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"{target.name}.partial")
        partial.write_bytes(contents[path])
        partial.replace(target)
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    there = [path for path in contents if path not in new]
    return Started(tuple(sorted(new)), tuple(sorted(there)))


def _files(home: Path) -> Iterator[Path]:
    for name in PACKAGED:
        found = home / name
        paths = [found] if found.is_file() else sorted(found.rglob("*"))
        for path in paths:
            is_hidden = any(part.startswith(".") for part in path.relative_to(home).parts)
            if path.is_file() and not is_hidden:
                yield path.relative_to(home)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StartError(f"{path} cannot be read ({error.strerror}): move it aside") from error
