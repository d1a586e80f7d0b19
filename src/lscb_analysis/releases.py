"""Releases: what goes into an area's register, and how two people rebuild a lost one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from lscb_analysis.audit import log, read_log
from lscb_analysis.disclosure.register import (
    HEAD,
    KEY,
    REGISTER,
    Entry,
    Figure,
    RegisterError,
    add_release,
    all_printed,
    figures_printed,
    read_register,
    refuse_older,
    states_of,
)
from lscb_analysis.state import StateError, state_folder
from lscb_analysis.values import as_values, empty_values, read_values, write_values

PANEL = "panel"
BEHIND = "behind.parquet"  # what the values of a release were made from: the same, or rounded
RELEASED = "released.parquet"
FROZEN = "frozen.parquet"


def printed_before(workspace: Path, area_code: str) -> dict[Figure, list]:
    """Every version of every figure of the area that is out, for the joint audit.

    The panel's own working pack is logged and not audited. Raises RegisterError where the
    register cannot be relied on, or is not there though pages have been released.
    """
    entries = read_register(state_folder(workspace, area_code), area_code)
    pages = [path for path in _released_pages(workspace, area_code) if path.name != "index.html"]
    if not entries and pages:
        raise RegisterError(
            f"there are released pages of {area_code} in reports/ and no release register: put it "
            f"back from a backup, or let two people rebuild it: "
            f'lscb register rebuild --area {area_code} --by "NAME" --and "NAME"'
        )
    refuse_older(state_folder(workspace, area_code), area_code, _seen(workspace, area_code))
    return all_printed([entry for entry in entries if entry.audience != PANEL])


def told_before(
    workspace: Path, area_code: str, quarter: str, audience: str
) -> dict[Figure, Mapping[str, float]]:
    """Each figure that releases of earlier quarters printed, as a reader was last told it.

    For the panel its own packs; for all others what the partnership and the public were given.
    """
    entries = _given_to(workspace, area_code, audience)
    return _last_of([entry for entry in entries if entry.quarter < quarter])


def last_released(workspace: Path, area_code: str, quarter: str, audience: str) -> str:
    """The newest earlier quarter that has been released; blank where none has."""
    entries = _given_to(workspace, area_code, audience)
    return max((entry.quarter for entry in entries if entry.quarter < quarter), default="")


def told_already(
    workspace: Path, area_code: str, quarter: str, audience: str
) -> dict[Figure, Mapping[str, float]]:
    """Each figure that this quarter's own releases printed, as a reader was last told it."""
    entries = _given_to(workspace, area_code, audience)
    return _last_of([entry for entry in entries if entry.quarter == quarter])


def _given_to(workspace: Path, area_code: str, audience: str) -> list[Entry]:
    entries = read_register(state_folder(workspace, area_code), area_code)
    return [entry for entry in entries if (entry.audience == PANEL) == (audience == PANEL)]


def _last_of(entries: list[Entry]) -> dict[Figure, Mapping[str, float]]:
    told: dict[Figure, Mapping[str, float]] = {}
    for entry in entries:
        told |= entry.figures
    return told


def register_release(
    workspace: Path, area_code: str, quarter: str, audience: str, note: str = ""
) -> bool:
    """Whether the values of a release were new to the register, which now has them.

    For the public those behind the rounded ones are registered: who holds both releases
    knows no more than that.
    """
    folder = _folder(workspace, area_code, quarter, audience)
    behind = folder / BEHIND
    values = read_values(behind if behind.is_file() else folder / "values.parquet")
    entry = Entry(
        area_code, quarter, audience, date.today().isoformat(), note, figures_printed(values)
    )
    is_new = add_release(state_folder(workspace, area_code), entry)
    partial = folder / f"{RELEASED}.partial"
    shutil.copyfile(folder / "values.parquet", partial)
    partial.replace(folder / RELEASED)
    return is_new


def frozen_values(workspace: Path, area_code: str) -> pd.DataFrame:
    """The released values of quarters whose submissions have been purged; empty where none."""
    path = state_folder(workspace, area_code) / FROZEN
    return read_values(path) if path.is_file() else empty_values()


def freeze_values(workspace: Path, area_code: str) -> int:
    """How many released figures are kept for good: those of the newest release that has each.

    Of every period: a figure of a later one may rest on records that are to be removed.
    Raises StateError where nothing of the area has been released.
    """
    entries = read_register(state_folder(workspace, area_code), area_code)
    newest: dict[str, Path] = {}
    for entry in sorted(entries, key=lambda each: each.quarter):
        folder = _folder(workspace, area_code, entry.quarter, entry.audience)
        if entry.audience != PANEL and (folder / BEHIND).is_file():
            newest[entry.quarter] = folder / BEHIND
    if not newest:
        raise StateError(
            f"nothing of {area_code} has been released: brief its quarters with lscb run first, "
            "so that their figures are kept"
        )
    frames = [frozen_values(workspace, area_code), *(read_values(path) for path in newest.values())]
    kept = pd.concat([frame for frame in frames if len(frame)], ignore_index=True)
    kept = kept[kept["source"].eq("submissions")]
    kept = kept[kept["status"].ne("unavailable")].drop_duplicates(list(KEY), keep="last")
    write_values(as_values(kept), state_folder(workspace, area_code) / FROZEN)
    return len(kept)


def rebuild_register(workspace: Path, area_code: str, first: str, second: str) -> int:
    """How many releases the rebuilt register has: those whose protected values are still held.

    Two different people put their names to it. The register in use is kept beside it.
    Raises StateError where the names are blank or the same.
    """
    names = two_people(first, second)
    state = state_folder(workspace, area_code)
    for name in (REGISTER, HEAD):
        if (state / name).exists():
            (state / name).replace(state / f"{name}.until-{date.today().isoformat()}")
    folder = workspace / "data" / "processed" / area_code
    note = f"rebuilt by {names[0]} and {names[1]}"
    releases = sorted(folder.glob(f"*/*/{RELEASED}"))
    count = sum(
        register_release(workspace, area_code, path.parents[1].name, path.parent.name, note)
        for path in releases
    )
    log(
        workspace,
        area_code,
        "rebuild",
        by=names[0],
        second=names[1],
        register=register_state(workspace, area_code),
    )
    return count


def two_people(first: str, second: str) -> tuple[str, str]:
    """The names of two different people, by their letters.

    Raises StateError where they are blank or the same.
    """
    names = [" ".join(name.split()) for name in (first, second)]
    letters = ["".join(filter(str.isalpha, name.casefold())) for name in names]
    if not all(letters) or letters[0] == letters[1]:
        raise StateError("two different people must put their names to it: --by and --and")
    return names[0], names[1]


def register_state(workspace: Path, area_code: str) -> str:
    """The hash of the register's newest line; blank where it has none."""
    return next(reversed(states_of(state_folder(workspace, area_code))), "")


def _seen(workspace: Path, area_code: str) -> str:
    """The state of the register that the newest line of the audit log names."""
    lines = [line for line in read_log(workspace, area_code) if "register" in line]
    return str(lines[-1]["register"]) if lines else ""


def _released_pages(workspace: Path, area_code: str) -> list[Path]:
    return sorted((workspace / "reports" / area_code).glob("*/*/*.html"))


def _folder(workspace: Path, area_code: str, quarter: str, audience: str) -> Path:
    return workspace / "data" / "processed" / area_code / quarter / audience
