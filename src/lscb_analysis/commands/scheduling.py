"""The commands of the quarterly job: install, list, remove, show, and what it runs every day."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lscb_analysis.commands.asking import Refused, asked_areas, refusing, workspace_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lscb_analysis.running import AreaOutcome
    from lscb_analysis.scheduling.deciding import Decision
    from lscb_analysis.scheduling.jobs import Job
    from lscb_analysis.settings import Settings

_DAY = click.DateTime(["%Y-%m-%d"])
KIND = click.option(
    "--kind",
    type=click.Choice(["cron", "systemd", "windows", "jupyter"]),
    help="Which scheduler. Default: this computer's own.",
)
Say = Callable[[str], None]


@click.group()
def schedule() -> None:
    """Run each quarter unattended: a daily job that knows deadline, returns and cut-off.

    lscb.toml says when, in its table [schedule].
    """


@schedule.command()
@KIND
def install(kind: str | None) -> None:
    """Install the daily job of this workspace."""
    _tell(kind, "install")


@schedule.command(name="list")
@KIND
def list_jobs(kind: str | None) -> None:
    """Say whether the daily job of this workspace is installed."""
    _tell(kind, "find")


@schedule.command()
@KIND
def remove(kind: str | None) -> None:
    """Remove the daily job of this workspace; all others stay as they are."""
    _tell(kind, "remove")


@schedule.command()
@KIND
def show(kind: str | None) -> None:
    """Print the daily job as its scheduler takes it, to be installed by hand."""
    from lscb_analysis.scheduling import jobs

    job, kind = _job(), _kind(kind)
    if kind == "systemd":
        for name, text in jobs.systemd_units(job).items():
            click.echo(f"# {name}\n{text}")
        return
    shown = {"cron": jobs.cron_line, "windows": jobs.windows_task, "jupyter": jobs.jupyter_job}
    click.echo(shown[kind](job))


def _tell(kind: str | None, what: str) -> None:
    from lscb_analysis.scheduling.installing import KINDS, ScheduleError

    job = _job()
    try:
        lines = getattr(KINDS[_kind(kind)], what)(job)
    except (ScheduleError, OSError) as error:
        raise Refused(str(error)) from error
    for line in lines:
        click.echo(line)
    if not lines:
        click.echo("No job of this workspace is installed: lscb schedule install")


def _kind(kind: str | None) -> str:
    from lscb_analysis.scheduling.installing import ScheduleError, usual_kind

    try:
        return kind or usual_kind()
    except ScheduleError as error:
        raise Refused(str(error)) from error


def _job() -> Job:
    from lscb_analysis.scheduling.jobs import Job

    settings = workspace_settings()
    return Job(settings.workspace.resolve(), Path(sys.executable), settings.schedule.time)


@schedule.command(name="run")
@click.option("--log", type=click.Path(path_type=Path), help="Append what is said to this file.")
@click.option("--today", type=_DAY, hidden=True, help="The day, where it is not the clock's.")
def run_due(log: Path | None, today: datetime | None) -> None:
    """What the daily job does: run the quarter that ended last, where there is something to do.

    Nothing before the deadline, nor once a quarter is finished. With all returns in, or at the
    cut-off, for the last time; before it daily, with what there is. A quarter with a failure
    is not finished: the next day makes again what failed.
    """
    settings, areas = asked_areas(())
    day = today.date() if today else date.today()
    with _said(log, settings.workspace) as say:
        told = [_area_due(settings, code, day, say) for code in areas]
    for line, _, is_news in told:
        if is_news and log is not None:  # what cron mails; the rest is in the log
            click.echo(line)
    sys.exit(1 if any(failed for _, failed, _ in told) else 0)


@contextmanager
def _said(log: Path | None, workspace: Path) -> Iterator[Say]:
    """Where lines go: to the log where there is one, else to the screen."""
    if log is None:
        yield click.echo
        return
    path = workspace / log
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:

        def say(line: str) -> None:
            file.write(f"{datetime.now().isoformat(timespec='seconds')}  {line}\n")
            file.flush()

        yield say


def _area_due(settings: Settings, code: str, day: date, say: Say) -> tuple[str, bool, bool]:
    """One line on an area, whether something failed, and whether anything was done."""
    from lscb_analysis.catalogue import find_area
    from lscb_analysis.scheduling.deciding import decide, due_quarter
    from lscb_analysis.scheduling.due import waiting_for
    from lscb_analysis.scheduling.finished import finished_quarters
    from lscb_analysis.state import StateError

    area = find_area(code).area
    try:
        finished = finished_quarters(settings.workspace, code)
        quarter = due_quarter(day)
        decision = decide(settings.schedule, day, [], finished)
        if decision.is_run:
            waiting = waiting_for(settings, code, quarter)
            decision = decide(settings.schedule, day, waiting, finished)
    except (StateError, ValueError, OSError) as error:
        line = f"{area}: FAILED {error}"
        say(line)
        return line, True, True
    if not decision.is_run:
        line = f"{area}, {decision.told}"
        say(line)
        return line, False, False
    say(f"{area}, {decision.told}")
    return _run(settings, code, day, decision, say)


def _run(
    settings: Settings, code: str, day: date, decision: Decision, say: Say
) -> tuple[str, bool, bool]:
    from lscb_analysis.catalogue import find_area, themes
    from lscb_analysis.commands.recorded import CALLED, recorded, summary_of
    from lscb_analysis.running import run_area
    from lscb_analysis.scheduling.deciding import due_quarter
    from lscb_analysis.scheduling.due import has_submissions
    from lscb_analysis.scheduling.finished import finish

    quarter = due_quarter(day)
    asked = quarter if has_submissions(settings, code) else None
    outcomes: list[AreaOutcome] = []
    with recorded(settings.workspace, f"schedule run {code} {quarter.id}") as keep, refusing():
        outcomes.append(run_area(settings, code, asked, list(themes()), say))
        keep(outcomes)
    for line in outcomes[0].lines:
        say(line)
    failed = outcomes[0].has_failed
    summary = summary_of(outcomes).removeprefix(CALLED)
    if decision.is_last and not failed:
        if settings.schedule.circulate:
            failed = not _sent(settings, code, say)
            summary += ", NOT all sent" if failed else ", sent"
        if not failed:
            finish(settings.workspace, code, quarter.id, day)
            summary += ", finished"
    if failed:
        summary += ": tried again tomorrow"
    line = f"{find_area(code).area}, {decision.told}: {summary}"
    say(line)
    return line, failed, True


def _sent(settings: Settings, code: str, say: Say) -> bool:
    """Whether every group of an area has got its briefings by mail."""
    from lscb_analysis.circulating import Asked, circulate
    from lscb_analysis.commands.circulating import by_mail

    try:
        way = by_mail(settings)
    except click.ClickException as error:
        say(f"  NOT SENT  {error.message}")
        return False
    return circulate(settings, [code], Asked(None, (), way, False), say)
