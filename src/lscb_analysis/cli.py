"""The command line: lscb demo, run, check, indicators, lab, and the groups of `commands`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lscb_analysis.commands import (
    checking,
    circulating,
    formats,
    forms,
    releasing,
    safekeeping,
    scheduling,
)
from lscb_analysis.commands import recorded as record
from lscb_analysis.commands.asking import (
    Refused,
    asked_areas,
    asked_quarter,
    asked_themes,
    for_audience,
    for_engine,
    refusing,
    workspace_settings,
)
from lscb_analysis.commands.progress import Progress, tell_steps
from lscb_analysis.commands.recorded import alone, recorded, summary_of

if TYPE_CHECKING:
    from lscb_analysis.periods import Quarter
    from lscb_analysis.running import AreaOutcome
    from lscb_analysis.settings import Settings

AREAS = "An area's code, or several with commas between; may be repeated."
EXAMPLES = """
\b
Examples:
  lscb init safeguarding                       begin a workspace in a folder
  lscb demo                                    write the example board's data
  lscb run                                     brief the configured areas' latest quarter
  lscb run --area E06000016 --theme child_protection
  lscb check --area X06000001                  what is wrong with the data received
  lscb indicators --theme child_deaths         what is measured, and what is not yet
  lscb formats --source annex_a                which tables and columns are read
  lscb verify reports/X06000001/2016-17-Q4/partnership/child_protection.html
  lscb ledger annual_report.csv                does a report add up?
  lscb key backup E:/safe/key.txt              keep the area's key where it cannot be lost
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
# Arrow's own pool keeps what it has freed: reading a census then peaks a third higher
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


@click.group(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lscb-analysis")
def main() -> None:
    """Safeguarding partnership briefings: partners' data in, checked and protected HTML out."""
    if os.name == "posix":
        os.umask(0o077)  # what is written is its owner's alone


@main.command(epilog="\b\nExample:\n  lscb init safeguarding\n  cd safeguarding")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
def init(folder: Path) -> None:
    """Make FOLDER (default: this one) a workspace: notebooks, settings, official statistics."""
    from lscb_analysis.starting import start_workspace

    with refusing():
        try:
            started = start_workspace(folder)
        except OSError as error:
            raise Refused(f"{folder} cannot be written to ({error.strerror})") from error
    there = f", {len(started.there)} were there already" if started.there else ""
    click.echo(f"{len(started.written)} files written in {folder.resolve()}{there}")
    click.echo("Set your area in lscb.toml, put a quarter's files in data/raw/AREA/2016-17-Q4,")
    click.echo("then  lscb check  and  lscb run  (or first  lscb demo  for the example board)")


@main.command(epilog="\b\nExample:\n  lscb demo")
def demo() -> None:
    """Write the example board: three years of synthetic submissions of a fictional area."""
    from lscb_analysis.demo import AREA_CODE, write_example_board

    settings = workspace_settings()
    folder = settings.workspace / "data" / "raw" / AREA_CODE
    click.echo("Writing the example board (synthetic data of a fictional area) ...")
    files = write_example_board(folder)
    click.echo(f"{len(files)} files in {folder}")


@main.command(epilog="\b\nExample:\n  lscb run --quarter 2016-17-Q4 --area X06000001")
@click.option("--quarter", help="The quarter to brief, as 2016-17-Q4. Default: the latest.")
@click.option("--area", "--areas", "area_codes", multiple=True, help=AREAS)
@click.option("--theme", "theme_ids", multiple=True, help="A theme; may be repeated.")
@click.option("--audience", help="Who the briefings are for. Default: what lscb.toml says.")
@click.option("--force", is_flag=True, help="Make everything again, also where nothing changed.")
@click.option("--explain", is_flag=True, help="Say of each step why it is done again, or not.")
@click.option("--at-once", type=click.IntRange(1), default=1, help="Areas at once. Default: 1.")
@click.option("--scheduler", default="", help="A dask scheduler's address, to run on its workers.")
@click.option("--engine", help="Run notebooks warm (default where there is a fork) or papermill.")
def run(
    quarter: str | None,
    area_codes: tuple[str, ...],
    theme_ids: tuple[str, ...],
    audience: str | None,
    force: bool,
    explain: bool,
    at_once: int,
    scheduler: str,
    engine: str | None,
) -> None:
    """Build the values and make the briefings: every theme of the configured areas."""
    settings, areas = asked_areas(area_codes)
    themes, asked = asked_themes(theme_ids), asked_quarter(quarter)
    settings = for_engine(for_audience(settings, audience), engine)
    if explain:
        tell_steps()
    outcomes: list[AreaOutcome] = []
    called = f"run {' '.join(areas)}" + (f" {asked.id}" if asked else "")
    with (
        recorded(settings.workspace, called) as keep,
        Progress(len(areas) * (len(themes) + 1)) as progress,
    ):
        if scheduler or at_once > 1:
            from lscb_analysis.many_areas import run_areas

            found = run_areas(
                settings, areas, asked, themes, at_once, scheduler=scheduler, force=force
            )
        else:
            found = _one_by_one(settings, areas, asked, themes, progress, force)
        with refusing():
            for _, outcome in found:
                outcomes.append(outcome)
                for line in outcome.lines:
                    progress.say(line)
        keep(outcomes)
    if (settings.workspace / "reports" / "index.html").is_file():
        click.echo(f"Open {settings.workspace / 'reports' / 'index.html'}")
    click.echo(summary_of(outcomes))
    sys.exit(1 if any(outcome.has_failed for outcome in outcomes) else 0)


def _one_by_one(
    settings: Settings,
    area_codes: Sequence[str],
    asked: Quarter | None,
    themes: Sequence[str],
    progress: Progress,
    force: bool,
) -> Iterator[tuple[str, AreaOutcome]]:
    from lscb_analysis.running import run_area

    for code in area_codes:
        progress.doing(f"{code}: reading and building")
        yield (
            code,
            run_area(
                settings,
                code,
                asked,
                themes,
                progress.step,
                force=force,
                doing=progress.going,
            ),
        )


@main.command(epilog="\b\nExample:\n  lscb check --area X06000001 --quarter 2016-17-Q4")
@click.option("--quarter", help="Read submissions up to this quarter. Default: the latest.")
@click.option("--area", "area_codes", multiple=True, help="An area's code; may be repeated.")
def check(quarter: str | None, area_codes: tuple[str, ...]) -> None:
    """Check the raw data: a summary, a workbook for each sender, the data-quality briefing."""
    from lscb_analysis.running import check_area

    settings, areas = asked_areas(area_codes)
    asked = asked_quarter(quarter)
    failed = False
    with alone(settings.workspace), Progress(CHECK_STEPS * len(areas)) as progress:
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

    for theme in asked_themes(theme_ids):
        if not themes()[theme].has_indicators:
            continue
        click.secho(themes()[theme].title, bold=True)
        for indicator in theme_indicators(theme).values():
            note = f"  ({indicator.stage}: {indicator.reason})" if indicator.reason else ""
            click.echo(f"  {indicator.number:>2}  {indicator.id:<46} {indicator.title}{note}")


@main.command(epilog="\b\nExamples:\n  lscb lab\n  lscb lab -- --port 9999")
@click.option("--no-browser", is_flag=True, help="Start the server without opening a browser.")
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[-- JUPYTER OPTIONS]")
def lab(no_browser: bool, options: tuple[str, ...]) -> None:
    """Open JupyterLab in the workspace, with the notebooks ready to run.

    OPTIONS after -- are JupyterLab's own.
    """
    settings = workspace_settings()
    notebooks = settings.workspace / "notebooks"
    if not notebooks.is_dir():
        raise Refused(f"there is no folder {notebooks}")
    command = [sys.executable, "-m", "jupyterlab", "--notebook-dir", str(settings.workspace)]
    command += ["--LabApp.default_url=/lab/tree/notebooks"] + (["--no-browser"] * no_browser)
    command += QUIET_LAB + list(options)
    environment = warm_environment() | {"LSCB_WORKSPACE": str(settings.workspace)}
    sys.exit(subprocess.run(command, env=environment, check=False).returncode)


def warm_environment() -> dict[str, str]:
    """The environment in which Jupyter's kernels start warm, where they can."""
    from importlib.metadata import entry_points

    from lscb_analysis.warm import PROVISIONER
    from lscb_analysis.warm.kernels import has_fork

    known = entry_points(group="jupyter_client.kernel_provisioners", name=PROVISIONER)
    asked = {"JUPYTER_DEFAULT_PROVISIONER_NAME": PROVISIONER} if known and has_fork() else {}
    return asked | os.environ


main.add_command(checking.ledger)
main.add_command(circulating.circulate)
main.add_command(formats.formats)
main.add_command(forms.template)
main.add_command(record.runs)
main.add_command(scheduling.schedule)
main.add_command(safekeeping.key)
main.add_command(safekeeping.register)
for command in (releasing.verify, releasing.release, releasing.reissue, releasing.purge):
    main.add_command(command)
