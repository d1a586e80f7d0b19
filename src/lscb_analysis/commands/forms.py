"""The command that writes forms: a partner's return, history, settings, challenges."""

from __future__ import annotations

from pathlib import Path

import click

from lscb_analysis.commands.asking import area_option, asked_areas, refusing

TO = "The folder to write to. Default: data/raw/AREA/templates."
EPILOG = """
\b
Examples:
  lscb template return --agency police --year 2016-17
  lscb template history
  lscb template settings --to E:/forms
  lscb template actions
"""


@click.group(epilog=EPILOG)
def template() -> None:
    """Write the workbooks that partners and analysts fill in."""


@template.command(name="return")
@click.option("--year", required=True, help="The financial year, as 2016-17.")
@click.option(
    "--agency", "agencies", multiple=True, help="An agency's id; all of them if left out."
)
@area_option()
@click.option("--to", type=click.Path(path_type=Path), help=TO)
def template_return(
    year: str, agencies: tuple[str, ...], area_code: str | None, to: Path | None
) -> None:
    """Write the partner return of a year: a workbook for each agency."""
    _write("return", area_code, to, agencies, year)


@template.command(name="history")
@area_option()
@click.option("--to", type=click.Path(path_type=Path), help=TO)
def template_history(area_code: str | None, to: Path | None) -> None:
    """Write the workbook for indicator values of earlier years."""
    _write("history", area_code, to)


@template.command(name="settings")
@area_option()
@click.option("--to", type=click.Path(path_type=Path), help=TO)
def template_settings(area_code: str | None, to: Path | None) -> None:
    """Write the workbook for the area's targets and tolerances."""
    _write("settings", area_code, to)


@template.command(name="actions")
@area_option()
def template_actions(area_code: str | None) -> None:
    """Write data/raw/AREA/actions.xlsx: the briefings' questions to answer, and the actions.

    What is in the workbook already stays in it; new questions are added.
    """
    from lscb_analysis.templates import write_actions

    settings, areas = asked_areas((area_code,) if area_code else ())
    with refusing():
        click.echo(f"Written: {write_actions(settings.workspace, areas[0])}")


@template.command(name="mapping")
@area_option()
@click.option("--to", type=click.Path(path_type=Path), help=TO)
def template_mapping(area_code: str | None, to: Path | None) -> None:
    """Write the workbook that says which columns and values of your logs stand for ours."""
    _write("mapping", area_code, to)


@template.command(name="logs")
@area_option()
@click.option("--to", type=click.Path(path_type=Path), help=TO)
def template_logs(area_code: str | None, to: Path | None) -> None:
    """Write the local logs, empty: early help, exploitation, missing, allegations and others."""
    _write("logs", area_code, to)


def _write(
    kind: str,
    area_code: str | None,
    to: Path | None,
    agencies: tuple[str, ...] = (),
    year: str = "",
) -> None:
    """The forms of one kind, in the folder given or the area's own, each told of."""
    from lscb_analysis.templates import FOLDER, write_templates

    settings, areas = asked_areas((area_code,) if area_code else ())
    folder = to or settings.workspace / "data" / "raw" / areas[0] / FOLDER
    with refusing():
        for path in write_templates(kind, folder, areas[0], agencies=agencies, year=year):
            click.echo(f"Written: {path}")
