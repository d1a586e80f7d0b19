"""The command that sends each sub-group its own briefings; without being told to, it only says."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lscb_analysis.commands.asking import Refused, asked_areas, asked_quarter, refusing

if TYPE_CHECKING:
    from lscb_analysis.circulating import Way
    from lscb_analysis.settings import Settings

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(
    epilog="\b\nExamples:\n  lscb circulate\n  lscb circulate --group paag --send\n"
    "  lscb circulate --quarter 2016-17-Q4 --to-folder F:/briefings"
)
@click.option("--quarter", help="The quarter, as 2016-17-Q4. Default: the latest released.")
@click.option("--area", "area_codes", multiple=True, help="An area's code; may be repeated.")
@click.option("--group", "groups", multiple=True, help="A group of lscb.toml; may be repeated.")
@click.option(
    "--to-folder", help="Put each group's files into a folder, or s3:// place, of its own."
)
@click.option("--eml", type=_FOLDER, help="Write a message file a group, to be sent by hand.")
@click.option("--send", is_flag=True, help="Send them by the mail server of lscb.toml.")
@click.option("--again", is_flag=True, help="Also what has gone already, or may have.")
def circulate(
    quarter: str | None,
    area_codes: tuple[str, ...],
    groups: tuple[str, ...],
    to_folder: str | None,
    eml: Path | None,
    send: bool,
    again: bool,
) -> None:
    """Say who would get which released briefings; with --send, --eml or --to-folder, do it.

    Each group of lscb.toml gets the pages of its own themes, areas and audience: the page, a
    PDF and a workbook. Nothing goes that has not passed the release check or has changed since.
    """
    from lscb_analysis.catalogue.toml_file import one_of
    from lscb_analysis.circulating import Asked
    from lscb_analysis.circulating import circulate as circulate_areas

    settings, areas = asked_areas(area_codes)
    when = asked_quarter(quarter)
    if sum((to_folder is not None, eml is not None, send)) > 1:
        raise Refused("one way at a time: --send, --eml or --to-folder")
    if not settings.groups:
        raise Refused("lscb.toml has no group: add a table [groups.NAME] with title and themes")
    with refusing():
        for group in groups:
            one_of("--group", "group", group, settings.groups)
    way = _way(settings, to_folder, eml, send)
    all_went = circulate_areas(settings, areas, Asked(when, groups, way, again), click.echo)
    if way is None:
        click.echo("Nothing is sent yet: say --send, --eml DIR or --to-folder DIR.")
    sys.exit(0 if all_went else 1)


def _way(settings: Settings, folder: str | None, eml: Path | None, send: bool) -> Way | None:
    from lscb_analysis.circulating import ByEml, ByFolder, ByStore

    if folder is not None and "://" in folder:
        return ByStore(_known_store(folder))
    if folder is not None:
        return ByFolder(Path(folder).resolve())
    if not (send or eml):
        return None
    if not any(group.addresses for group in settings.groups.values()):
        raise Refused("no group of lscb.toml has addresses: add them, or use --to-folder")
    if eml is not None:
        return ByEml(eml.resolve(), *([settings.mail.sender] if settings.mail else []))
    return by_mail(settings)


def _known_store(url: str) -> str:
    """The place, where what it is reached by is installed."""
    try:
        import fsspec

        fsspec.get_filesystem_class(url.partition("://")[0])
    except ImportError as error:
        raise Refused(f"{url} cannot be reached: pip install lscb-analysis[s3]") from error
    except ValueError as error:
        raise Refused(f"{url} is no place that is known: write a folder, or s3://...") from error
    return url


def by_mail(settings: Settings) -> Way:
    """The mail server of lscb.toml as a way to go; refused where it or its password is missing."""
    from lscb_analysis.circulating import ByMail, SendError, trusted

    mail = settings.mail
    if mail is None:
        raise Refused("lscb.toml has no table [mail] with host and from: README says how")
    password = os.environ.get(mail.password_variable, "") if mail.password_variable else ""
    if mail.password_variable and not password:
        raise Refused(
            f"the password is not there: set the environment variable {mail.password_variable}"
        )
    try:
        return ByMail(mail, password, trusted(mail, settings.workspace))
    except SendError as error:
        raise Refused(str(error)) from error
