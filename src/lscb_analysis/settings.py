"""lscb.toml: which areas, whose neighbours, which marking; and its checks."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from lscb_analysis.catalogue.areas import find_area
from lscb_analysis.catalogue.indicators import indicators
from lscb_analysis.catalogue.policy import Policy, raised_policy
from lscb_analysis.catalogue.toml_file import CatalogueError, entry, nearest, one_of
from lscb_analysis.recipients import AUDIENCES, Group, Mail, group_of, mail_of, one_line

FILE_NAME = "lscb.toml"
LONGEST_WAIT = 90  # days
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class SettingsError(ValueError):
    """A setting that cannot be right; the message says where, what was found and what to do."""


@dataclass(frozen=True)
class Rebase:
    """From when an indicator's limits begin anew, and why: a new form, threshold or system."""

    indicator: str
    date: date
    reason: str


@dataclass(frozen=True)
class AreaSettings:
    """One area's choices: its neighbours, its child death panel, and when returns are due.

    `returns_due_days` counts from the quarter's end; `rebase` is where limits begin anew.
    """

    area_code: str
    neighbour_model: str
    panel_code: str = ""
    panel_name: str = ""
    panel_areas: tuple[str, ...] = ()
    returns_due_days: int = 30
    rebase: tuple[Rebase, ...] = ()


@dataclass(frozen=True)
class Schedule:
    """When a quarter is run unattended: days after its end, the time of day, and if it is sent.

    From the day after `deadline_days` daily until all returns that are due are in, at the
    latest until `cutoff_days`; `circulate` sends the briefings by mail once a quarter is finished.
    """

    deadline_days: int = 30
    cutoff_days: int = 60
    time: str = "06:30"
    circulate: bool = False


@dataclass(frozen=True)
class Settings:
    """What lscb.toml says. `areas` are run by default, the first is the notebooks' own.

    `disclosure` raises thresholds by profile; `keep_quarters` is how long raw submissions are
    kept (`lscb purge`), 0 where nothing says so; `words` with a capital
    are no person's name though the package does not know them. `engine` is what the command
    line asks the notebooks to be run by, empty where it does not; `mail` is the server that
    briefings are sent by, where there is one; `schedule` when a quarter is run unattended.
    """

    workspace: Path
    areas: tuple[str, ...]
    marking: str
    audience: str = "partnership"
    area: dict[str, AreaSettings] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    disclosure: dict[str, int] = field(default_factory=dict)
    keep_quarters: int = 0
    words: tuple[str, ...] = ()
    engine: str = ""
    mail: Mail | None = None
    schedule: Schedule = field(default_factory=Schedule)

    @property
    def policy(self) -> Policy:
        """The disclosure policy in force: the package's, with thresholds that are raised here."""
        return raised_policy(self.disclosure, f"{FILE_NAME} [disclosure]")


def find_workspace(start: Path | None = None) -> Path:
    """The folder with lscb.toml: LSCB_WORKSPACE if set, else the nearest at or above `start`.

    Raises SettingsError where there is none.
    """
    given = os.environ.get("LSCB_WORKSPACE")
    here = Path(given) if given else (start or Path.cwd())
    for folder in [here.resolve(), *([] if given else here.resolve().parents)]:
        if (folder / FILE_NAME).is_file():
            return folder
    raise SettingsError(
        f"no {FILE_NAME} in {here} or above it: change to the project's folder, "
        "or set LSCB_WORKSPACE to it"
    )


def read_settings(workspace: Path) -> Settings:
    """The settings of a workspace, every key and code checked.

    Raises SettingsError that names the file and key, with the nearest that is known.
    """
    path = workspace / FILE_NAME
    try:
        tables = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error
    try:
        return _settings(workspace, tables)
    except CatalogueError as error:
        raise SettingsError(str(error)) from error


def _settings(workspace: Path, tables: dict[str, Any]) -> Settings:
    for name, table in tables.items():
        known = [each.name for each in fields(Settings) if each.name != "workspace"]
        if name not in known:
            what = f"table [{name}]" if isinstance(table, dict) else f"key '{name}'"
            raise CatalogueError(f"{FILE_NAME}: unknown {what}{nearest(name, known)}")
    area_tables = _tables(tables, "area")
    group_tables = _tables(tables, "groups")
    chosen = {code: _area_settings(code, table) for code, table in area_tables.items()}
    given = {"workspace": workspace, "area": chosen, "groups": {}}
    given |= {"mail": _mail(tables), "schedule": _schedule(tables)}
    settings = entry(Settings, FILE_NAME, tables, **given)
    groups = {
        name: group_of(f"{FILE_NAME} [groups.{name}]", name, table, settings.areas)
        for name, table in group_tables.items()
    }
    settings = replace(settings, groups=groups)
    _check(settings)
    return settings


def _area_settings(code: str, table: dict[str, Any]) -> AreaSettings:
    where = f"{FILE_NAME} [area.{code}]"
    given = table.pop("rebase", [])
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise CatalogueError(f"{where}: 'rebase' is written [[area.{code}.rebase]], once for each")
    rebases = tuple(_rebase(f"{FILE_NAME} [[area.{code}.rebase]]", each) for each in given)
    return entry(AreaSettings, where, table, area_code=code, rebase=rebases)


def _rebase(where: str, table: dict[str, Any]) -> Rebase:
    day = table.get("date")
    if not isinstance(day, date) or isinstance(day, datetime):
        raise CatalogueError(f"{where}: 'date' is written 2016-04-01, without quotes")
    found = entry(Rebase, where, table)
    one_of(where, "indicator", found.indicator, indicators())
    if not found.reason.strip():
        raise CatalogueError(f"{where}: 'reason' is blank: limits never begin anew without one")
    return found


def _mail(tables: dict[str, Any]) -> Mail | None:
    found = tables.pop("mail", None)
    if found is not None and not isinstance(found, dict):
        raise CatalogueError(f"{FILE_NAME}: 'mail' is a table, written [mail]")
    return None if found is None else mail_of(f"{FILE_NAME} [mail]", found)


def _schedule(tables: dict[str, Any]) -> Schedule:
    where, found = f"{FILE_NAME} [schedule]", tables.pop("schedule", {})
    if not isinstance(found, dict):
        raise CatalogueError(f"{FILE_NAME}: 'schedule' is a table, written [schedule]")
    schedule = entry(Schedule, where, found)
    if not 0 <= schedule.deadline_days <= schedule.cutoff_days < LONGEST_WAIT:
        raise CatalogueError(
            f"{where}: 'deadline_days' is 0 or more, 'cutoff_days' no less than it and less than "
            f"{LONGEST_WAIT}, when the next quarter ends"
        )
    if not _TIME.fullmatch(schedule.time):
        raise CatalogueError(f"{where}: 'time' is written \"06:30\", from 00:00 to 23:59")
    return schedule


def _tables(tables: dict[str, Any], name: str) -> dict[str, Any]:
    found = tables.pop(name, {})
    if not isinstance(found, dict) or not all(isinstance(item, dict) for item in found.values()):
        raise CatalogueError(f"{FILE_NAME}: '{name}' is a set of tables, written [{name}.…]")
    return found


def _area(where: str, code: str) -> None:
    try:
        find_area(code)
    except CatalogueError as error:
        raise CatalogueError(f"{where}: {error}") from error


def _check(settings: Settings) -> None:
    if not settings.areas:
        raise CatalogueError(f"{FILE_NAME}: 'areas' names no area")
    if not settings.marking.strip():
        raise CatalogueError(f"{FILE_NAME}: 'marking' is blank: write for example OFFICIAL")
    one_line(FILE_NAME, "marking", settings.marking)
    one_of(FILE_NAME, "audience", settings.audience, AUDIENCES)
    raised_policy(settings.disclosure, f"{FILE_NAME} [disclosure]")
    if settings.keep_quarters < 0:
        raise CatalogueError(f"{FILE_NAME}: 'keep_quarters' is below 0")
    for code in settings.areas:
        _area(f"{FILE_NAME}: 'areas'", code)
        if code not in settings.area:
            raise CatalogueError(
                f"{FILE_NAME}: area {code} has no table [area.{code}]{nearest(code, settings.area)}"
            )
    for code, chosen in settings.area.items():
        for member in (code, *chosen.panel_areas):
            _area(f"{FILE_NAME} [area.{code}]", member)
        if chosen.returns_due_days < 0:
            raise CatalogueError(f"{FILE_NAME} [area.{code}]: 'returns_due_days' is below 0")
        if chosen.panel_areas and not (chosen.panel_code.startswith("X") and chosen.panel_name):
            raise CatalogueError(
                f"{FILE_NAME} [area.{code}]: a panel needs panel_name and a panel_code with "
                "the prefix X"
            )
    for group in settings.groups.values():
        for code in group.areas:
            one_of(f"{FILE_NAME} [groups.{group.id}]", "area", code, settings.area)


def area_settings(settings: Settings, area_code: str) -> AreaSettings:
    """The choices for one area.

    Raises SettingsError where lscb.toml has no table for it.
    """
    if area_code not in settings.area:
        raise SettingsError(
            f"{FILE_NAME} has no table [area.{area_code}]: add one with its neighbour_model"
            f"{nearest(area_code, settings.area)}"
        )
    return settings.area[area_code]
