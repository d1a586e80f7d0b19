"""The command line: lscb demo, run, check, indicators, lab."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from lscb_analysis.periods import Quarter
    from lscb_analysis.settings import Settings

EXAMPLES = """
\b
Examples:
  lscb demo                                    write the example board's data
  lscb run                                     brief the configured areas' latest quarter
  lscb run --area E06000016 --theme child_protection
  lscb check --area X06000001                  what is wrong with the data received
  lscb indicators --theme child_deaths         what is measured, and what is not yet
  lscb lab                                     open the notebooks in JupyterLab

\b
Exit codes: 0 fine, 1 a source or theme failed, 2 bad arguments.
"""


# nothing goes to the network unless the user asks for it
QUIET_LAB = [
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=",
    "--LabApp.extension_manager=readonly",
]


CHECK_STEPS = 3  # read, build, brief


class Refused(click.ClickException):
    """Something in what was asked for: exit code 2, and what to write instead."""

    exit_code = 2


@click.group(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lscb-analysis")
def main() -> None:
    """Safeguarding partnership briefings: partners' data in, checked and protected HTML out."""


@main.command(epilog="\b\nExample:\n  lscb demo")
def demo() -> None:
    """Write the example board: three years of synthetic submissions of a fictional area."""
    from lscb_analysis.demo import AREA_CODE, write_example_board

    settings = _settings()
    folder = settings.workspace / "data" / "raw" / AREA_CODE
    click.echo("Writing the example board (synthetic data of a fictional area) ...")
    files = write_example_board(folder)
    click.echo(f"{len(files)} files in {folder}")


@main.command(epilog="\b\nExample:\n  lscb run --quarter 2016-17-Q4 --area X06000001")
@click.option("--quarter", help="The quarter to brief, as 2016-17-Q4. Default: the latest.")
@click.option("--area", "area_codes", multiple=True, help="An area's code; may be repeated.")
@click.option("--theme", "theme_ids", multiple=True, help="A theme; may be repeated.")
@click.option("--audience", help="Who the briefings are for. Default: what lscb.toml says.")
def run(
    quarter: str | None,
    area_codes: tuple[str, ...],
    theme_ids: tuple[str, ...],
    audience: str | None,
) -> None:
    """Build the values and make the briefings: every theme of the configured areas."""
    from lscb_analysis.running import run_area

    settings, areas, themes = _asked_for(area_codes, theme_ids)
    asked = _quarter(quarter)
    _audience(settings, audience)
    failed = False
    with Progress(len(areas) * (len(themes) + 1)) as progress:
        for area_code in areas:
            progress.doing(f"{area_code}: reading and building")
            outcome = run_area(settings, area_code, asked, themes, progress.step)
            failed = failed or outcome.has_failed
            for line in outcome.lines:
                progress.say(line)
    click.echo(f"Open {settings.workspace / 'reports' / 'index.html'}")
    sys.exit(1 if failed else 0)


@main.command(epilog="\b\nExample:\n  lscb check --area X06000001 --quarter 2016-17-Q4")
@click.option("--quarter", help="Read submissions up to this quarter. Default: the latest.")
@click.option("--area", "area_codes", multiple=True, help="An area's code; may be repeated.")
def check(quarter: str | None, area_codes: tuple[str, ...]) -> None:
    """Check the raw data: a summary, a workbook for each sender, the data-quality briefing."""
    from lscb_analysis.running import check_area

    settings, areas, _ = _asked_for(area_codes, ())
    asked = _quarter(quarter)
    failed = False
    with Progress(CHECK_STEPS * len(areas)) as progress:
        for area_code in areas:
            progress.doing(f"{area_code}: reading and checking")
            outcome = check_area(settings, area_code, asked, progress.step)
            failed = failed or outcome.has_failed
            for line in outcome.lines:
                progress.say(line)
    sys.exit(1 if failed else 0)


@main.command(epilog="\b\nExample:\n  lscb indicators --theme looked_after_children")
@click.option("--theme", "theme_ids", multiple=True, help="A theme; may be repeated.")
def indicators(theme_ids: tuple[str, ...]) -> None:
    """List the catalogue: each indicator, what it counts, and why a draft is not yet live."""
    from lscb_analysis.catalogue import theme_indicators, themes

    for theme in _themes(theme_ids):
        click.secho(themes()[theme].title, bold=True)
        for indicator in theme_indicators(theme).values():
            note = f"  ({indicator.stage}: {indicator.reason})" if indicator.reason else ""
            click.echo(f"  {indicator.number:>2}  {indicator.id:<46} {indicator.title}{note}")


@main.group(epilog="\b\nExamples:\n  lscb key backup E:/safe/key.txt\n  lscb key rotate")
def key() -> None:
    """Keep the area's key safe: references of children are made with it."""


def _area_option() -> Callable[[Any], Any]:
    told = "The area's code. Default: the first in lscb.toml."
    return click.option("--area", "area_code", help=told)


@key.command(name="backup")
@_area_option()
@click.argument("target", type=click.Path(path_type=Path))
def key_backup(target: Path, area_code: str | None) -> None:
    """Write the key to TARGET, a file outside the workspace."""
    from lscb_analysis.keys import back_up_key

    click.echo(f"The key is in {_with_key(back_up_key, area_code, target)}: keep it safe")


@key.command(name="restore")
@_area_option()
@click.argument("source", type=click.Path(path_type=Path))
def key_restore(source: Path, area_code: str | None) -> None:
    """Put the key of the backup SOURCE in use; the present one is kept."""
    from lscb_analysis.keys import restore_key

    click.echo(f"In use again: {_with_key(restore_key, area_code, source)}")


@key.command(name="rotate")
@_area_option()
def key_rotate(area_code: str | None) -> None:
    """Put a new key in use; the present one is kept."""
    from lscb_analysis.keys import rotate_key

    click.echo(f"A new key is in use: {_with_key(rotate_key, area_code)}")


def _with_key(act: Callable[..., Path], area_code: str | None, *files: Path) -> Path:
    """What comes of an act on one area's key; what is not safe is a refusal."""
    from lscb_analysis.state import StateError

    settings, areas, _ = _asked_for((area_code,) if area_code else (), ())
    try:
        return act(settings.workspace, areas[0], *files)
    except StateError as error:
        raise Refused(str(error)) from error


@main.command(epilog="\b\nExamples:\n  lscb lab\n  lscb lab -- --port 9999")
@click.option("--no-browser", is_flag=True, help="Start the server without opening a browser.")
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def lab(no_browser: bool, options: tuple[str, ...]) -> None:
    """Open JupyterLab in the workspace, with the notebooks ready to run.

    OPTIONS after -- are JupyterLab's own.
    """
    settings = _settings()
    notebooks = settings.workspace / "notebooks"
    if not notebooks.is_dir():
        raise Refused(f"there is no folder {notebooks}")
    command = [sys.executable, "-m", "jupyterlab", "--notebook-dir", str(settings.workspace)]
    command += ["--LabApp.default_url=/lab/tree/notebooks"] + (["--no-browser"] * no_browser)
    command += QUIET_LAB + list(options)
    environment = os.environ | {"LSCB_WORKSPACE": str(settings.workspace)}
    sys.exit(subprocess.run(command, env=environment, check=False).returncode)


class Progress:
    """A bar on a terminal, plain lines elsewhere."""

    def __init__(self, steps: int) -> None:
        """A progress of this many steps, not yet shown."""
        self._steps = steps
        self._done = 0
        self._bar: Any = None

    def __enter__(self) -> Progress:
        """Show the bar, where there is a terminal to show it on."""
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=self._steps, unit="step", leave=False)
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()

    def step(self, what: str) -> None:
        """One step is done."""
        self._done += 1
        if self._bar is None:
            click.echo(f"[{self._done}/{self._steps}] {what}", err=True)
        else:
            self._bar.set_description_str(what)
            self._bar.update()

    def doing(self, what: str) -> None:
        """Something is under way."""
        if self._bar is None:
            click.echo(f"[{self._done}/{self._steps}] {what} ...", err=True)
        else:
            self._bar.set_description_str(what)

    def say(self, line: str) -> None:
        """A line of the result, above the bar."""
        if self._bar is None:
            click.echo(line)
        else:
            self._bar.write(line, file=sys.stdout)


def _settings() -> Settings:
    from lscb_analysis.settings import find_workspace, read_settings

    with _refusing():
        return read_settings(find_workspace(Path.cwd()))


@contextmanager
def _refusing() -> Iterator[None]:
    """Settings, catalogue and period errors, all ValueErrors, become a refusal."""
    try:
        yield
    except ValueError as error:
        raise Refused(str(error)) from error


def _asked_for(
    area_codes: tuple[str, ...], theme_ids: tuple[str, ...]
) -> tuple[Settings, list[str], list[str]]:
    from lscb_analysis.catalogue import find_area
    from lscb_analysis.settings import area_settings

    settings = _settings()
    areas = list(dict.fromkeys(area_codes or settings.areas))
    with _refusing():
        for code in areas:
            find_area(code)
            area_settings(settings, code)
    return settings, areas, _themes(theme_ids)


def _themes(theme_ids: tuple[str, ...]) -> list[str]:
    from lscb_analysis.catalogue import themes
    from lscb_analysis.catalogue.toml_file import one_of

    with _refusing():
        for theme in theme_ids:
            one_of("--theme", "theme", theme, themes())
    return list(dict.fromkeys(theme_ids or themes()))


def _quarter(text: str | None) -> Quarter | None:
    from lscb_analysis.periods import parse_quarter

    with _refusing():
        return None if text is None else parse_quarter(text)


def _audience(settings: Settings, audience: str | None) -> None:
    from lscb_analysis.catalogue.toml_file import one_of
    from lscb_analysis.settings import AUDIENCES

    with _refusing():
        if audience is not None:
            one_of("--audience", "audience", audience, AUDIENCES)
