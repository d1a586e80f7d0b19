"""Commands of a release: verify a file, release a draft, reissue a correction, purge raw data."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lscb_analysis.commands.asking import (
    area_option,
    asked_areas,
    asked_quarter,
    asked_themes,
    for_audience,
    refusing,
    workspace_settings,
)
from lscb_analysis.commands.progress import Progress
from lscb_analysis.commands.recorded import alone


@click.command(epilog="\b\nExample:\n  lscb verify reports/X06000001/2016-17-Q4/partnership/*.html")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def verify(files: tuple[Path, ...]) -> None:
    """Check that each of FILES is a released page, unchanged, that passes the release check."""
    from lscb_analysis.releasing import verify_file

    settings = workspace_settings()
    failed = False
    for path in files:
        with refusing():
            found = verify_file(settings.workspace, path)
        failed = failed or not found.is_released
        click.echo(f"{'released' if found.is_released else 'REFUSED '}  {path}")
        for text in found.told:
            click.echo(f"            {text}")
    sys.exit(1 if failed else 0)


@click.command(
    epilog="\b\nExample:\n  lscb release --quarter 2016-17-Q4 --audience public "
    '--by "A. Analyst" --and "B. Chair"'
)
@area_option()
@click.option("--quarter", required=True, help="The quarter, as 2016-17-Q4.")
@click.option("--audience", required=True, help="panel or public: what waits as a draft.")
@click.option("--by", "first", required=True, help="Who releases it.")
@click.option("--and", "second", required=True, help="Who has read it too: somebody else.")
@click.option("--yes", is_flag=True, help="Every point of the checklist has been seen to.")
def release(
    area_code: str | None, quarter: str, audience: str, first: str, second: str, yes: bool
) -> None:
    """Release the drafts of a quarter: two named people, a checklist, a last check."""
    from lscb_analysis.releases import two_people
    from lscb_analysis.releasing import CHECKLIST, release_drafts

    settings, areas = asked_areas((area_code,) if area_code else ())
    settings = for_audience(settings, audience)
    when = asked_quarter(quarter)
    with refusing():
        names = two_people(first, second)
    click.echo(f"Before {areas[0]} {quarter} is released for the {audience}:")
    for point in CHECKLIST:
        click.echo(f"  [ ] {point}")
    if not yes and not click.confirm(f"Do {names[0]} and {names[1]} confirm every point?"):
        click.echo("Nothing is released.")
        sys.exit(1)
    with alone(settings.workspace), refusing():
        assert when is not None
        for path in release_drafts(settings, areas[0], when, *names):
            click.echo(f"released  {path}")


@click.command(
    epilog="\b\nExample:\n  lscb reissue --quarter 2016-17-Q4 --file corrected/annex_a.xlsx "
    '--why "dates of conferences corrected" --by "Head of service"'
)
@area_option()
@click.option("--quarter", required=True, help="The quarter whose submission is corrected.")
@click.option(
    "--file", "files", multiple=True, required=True, type=click.Path(path_type=Path, exists=True)
)
@click.option("--instead-of", default="", help="The file that it replaces, if named otherwise.")
@click.option("--why", required=True, help="Why, in a few words that may stand on the page.")
@click.option("--by", "who", required=True, help="Who says so: a role.")
@click.option("--theme", "theme_ids", multiple=True, help="A theme; may be repeated.")
@click.option("--audience", help="Who the briefings are for. Default: what lscb.toml says.")
def reissue(
    area_code: str | None,
    quarter: str,
    files: tuple[Path, ...],
    instead_of: str,
    why: str,
    who: str,
    theme_ids: tuple[str, ...],
    audience: str | None,
) -> None:
    """Replace files of a submission and reissue its briefings, the old figures beside the new."""
    from lscb_analysis.pipeline import Reason
    from lscb_analysis.reissuing import reissue as reissue_quarter

    settings, areas = asked_areas((area_code,) if area_code else ())
    settings = for_audience(settings, audience)
    themes, when = asked_themes(theme_ids), asked_quarter(quarter)
    assert when is not None
    with alone(settings.workspace), Progress(len(themes) + 1) as progress, refusing():
        progress.doing(f"{areas[0]}: reading and building")
        outcome = reissue_quarter(
            settings,
            areas[0],
            when,
            files,
            Reason(why.strip(), who.strip()),
            themes,
            progress.step,
            instead_of,
        )
        for line in outcome.lines:
            progress.say(line)
    sys.exit(1 if outcome.has_failed else 0)


@click.command(epilog="\b\nExample:\n  lscb purge --before 2015-16-Q1 --yes")
@area_option()
@click.option("--before", help="Remove submissions older than this quarter.")
@click.option("--yes", is_flag=True, help="Remove them; without it they are only listed.")
def purge(area_code: str | None, before: str | None, yes: bool) -> None:
    """Remove raw submissions older than they are kept; their released figures are frozen."""
    from lscb_analysis.purging import due_for_purge
    from lscb_analysis.purging import purge as purge_area

    settings, areas = asked_areas((area_code,) if area_code else ())
    with refusing():
        due = due_for_purge(settings, areas[0], asked_quarter(before))
    for folder in due.folders:
        click.echo(f"{'removing' if yes else 'to remove'}  {folder}")
    if not due.folders:
        click.echo("No submission is older than it may be kept.")
    elif yes:
        with alone(settings.workspace), refusing():
            frozen = purge_area(settings, areas[0], due)
        click.echo(f"Removed; {frozen:,} released figures are kept.")
    else:
        click.echo("Nothing is removed yet: say --yes to remove them for good.")
