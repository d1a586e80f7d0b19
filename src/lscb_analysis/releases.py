"""Releases: what goes into an area's register, and how two people rebuild a lost one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lscb_analysis.disclosure.register import (
    HEAD,
    REGISTER,
    Entry,
    Figure,
    RegisterError,
    add_release,
    all_printed,
    figures_printed,
    read_register,
)
from lscb_analysis.state import StateError, state_folder
from lscb_analysis.values import read_values

PANEL = "panel"


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
    return all_printed([entry for entry in entries if entry.audience != PANEL])


def register_release(
    workspace: Path, area_code: str, quarter: str, audience: str, note: str = ""
) -> bool:
    """Whether the values of a release were new to the register, which now has them."""
    values = read_values(_values_path(workspace, area_code, quarter, audience))
    entry = Entry(
        area_code, quarter, audience, date.today().isoformat(), note, figures_printed(values)
    )
    return add_release(state_folder(workspace, area_code), entry)


def rebuild_register(workspace: Path, area_code: str, first: str, second: str) -> int:
    """How many releases the rebuilt register has: those whose protected values are still held.

    Two different people put their names to it. The register in use is kept beside it.
    Raises StateError where the names are blank or the same.
    """
    names = [" ".join(name.split()) for name in (first, second)]
    if not all(names) or names[0].casefold() == names[1].casefold():
        raise StateError("two different people must put their names to it: --by and --and")
    state = state_folder(workspace, area_code)
    for name in (REGISTER, HEAD):
        if (state / name).exists():
            (state / name).replace(state / f"{name}.until-{date.today().isoformat()}")
    folder = workspace / "data" / "processed" / area_code
    note = f"rebuilt by {names[0]} and {names[1]}"
    releases = sorted(folder.glob("*/*/values.parquet"))
    return sum(
        register_release(workspace, area_code, path.parents[1].name, path.parent.name, note)
        for path in releases
    )


def _released_pages(workspace: Path, area_code: str) -> list[Path]:
    return sorted((workspace / "reports" / area_code).glob("*/*/*.html"))


def _values_path(workspace: Path, area_code: str, quarter: str, audience: str) -> Path:
    return workspace / "data" / "processed" / area_code / quarter / audience / "values.parquet"
