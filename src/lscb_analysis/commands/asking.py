"""What was asked for on the command line, checked: areas, themes, a quarter, an audience."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from lscb_analysis.periods import Quarter
    from lscb_analysis.settings import Settings


class Refused(click.ClickException):
    """Something in what was asked for: exit code 2, and what to write instead."""

    exit_code = 2


@contextmanager
def refusing() -> Iterator[None]:
    """Settings, catalogue and period errors, all ValueErrors, become a refusal; so does
    what is not safe to do."""
    from lscb_analysis.state import StateError

    try:
        yield
    except (ValueError, StateError) as error:
        raise Refused(str(error)) from error


def area_option() -> Callable[[Any], Any]:
    """The option --area for one area, by default the first in lscb.toml."""
    told = "The area's code. Default: the first in lscb.toml."
    return click.option("--area", "area_code", help=told)


def workspace_settings() -> Settings:
    """The settings of the workspace that the command is run in."""
    from lscb_analysis.settings import find_workspace, read_settings

    with refusing():
        return read_settings(find_workspace(Path.cwd()))


def asked_areas(area_codes: tuple[str, ...]) -> tuple[Settings, list[str]]:
    """The settings, and the areas asked for (those of lscb.toml where none was)."""
    from lscb_analysis.catalogue import find_area
    from lscb_analysis.settings import area_settings

    settings = workspace_settings()
    asked = [code for each in area_codes for code in each.replace(" ", "").split(",") if code]
    areas = list(dict.fromkeys(asked or settings.areas))
    with refusing():
        for code in areas:
            find_area(code)
            area_settings(settings, code)
    return settings, areas


def asked_themes(theme_ids: tuple[str, ...]) -> list[str]:
    """The themes asked for, all where none was."""
    from lscb_analysis.catalogue import themes
    from lscb_analysis.catalogue.toml_file import one_of

    with refusing():
        for theme in theme_ids:
            one_of("--theme", "theme", theme, themes())
    return list(dict.fromkeys(theme_ids or themes()))


def asked_quarter(text: str | None) -> Quarter | None:
    """The quarter asked for, None where none was."""
    from lscb_analysis.periods import parse_quarter

    with refusing():
        return None if text is None else parse_quarter(text)


def for_engine(settings: Settings, engine: str | None) -> Settings:
    """The settings with the engine asked for, the usual one where none was."""
    from dataclasses import replace

    from lscb_analysis.briefing.run import ENGINES
    from lscb_analysis.catalogue.toml_file import one_of

    if engine is None:
        return settings
    with refusing():
        one_of("--engine", "engine", engine, ENGINES)
    return replace(settings, engine=engine)


def for_audience(settings: Settings, audience: str | None) -> Settings:
    """The settings with the audience asked for, those of lscb.toml where none was."""
    from dataclasses import replace

    from lscb_analysis.catalogue.toml_file import one_of
    from lscb_analysis.settings import AUDIENCES

    if audience is None:
        return settings
    with refusing():
        one_of("--audience", "audience", audience, AUDIENCES)
    return replace(settings, audience=audience)
