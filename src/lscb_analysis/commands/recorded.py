"""The command that lists the runs of a workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lscb_analysis.commands.asking import Refused, workspace_settings

if TYPE_CHECKING:
    from lscb_analysis.running import AreaOutcome

CALLED = "lscb run: "
Keep = Callable[[Sequence["AreaOutcome"]], None]


@contextmanager
def recorded(workspace: Path, asked: str) -> Iterator[Keep]:
    """Hold the workspace's lock and record a run; it is told what came of the areas at its end.

    A run that ends by an error is recorded as failed with the kind of error. Refused where
    another run is at work in the workspace.
    """
    from lscb_analysis.recording.lock import LockedError, only_run
    from lscb_analysis.recording.runs import RecordError, begin_run, end_run

    kept: list[AreaOutcome] = []
    try:
        with only_run(workspace) as left_behind:
            _taken_over(workspace, left_behind)
            number = begin_run(workspace, asked)
            try:
                yield kept.extend
            except BaseException as error:
                end_run(workspace, number, 1, f"stopped by {type(error).__name__}", [])
                raise
            failed = any(outcome.has_failed for outcome in kept)
            lines = [line for outcome in kept for line in outcome.lines]
            told = summary_of(kept).removeprefix(CALLED)
            end_run(workspace, number, int(failed), told, lines)
            if failed:
                click.echo(f"All that this run said is kept: lscb runs --show {number}", err=True)
    except (LockedError, RecordError, OSError) as error:
        raise Refused(str(error)) from error


@contextmanager
def alone(workspace: Path) -> Iterator[None]:
    """Hold the workspace's lock while it is changed; refused while a run is at work."""
    from lscb_analysis.recording.lock import LockedError, only_run

    try:
        with only_run(workspace) as left_behind:
            _taken_over(workspace, left_behind)
            yield
    except LockedError as error:
        raise Refused(str(error)) from error


def _taken_over(workspace: Path, left_behind: str) -> None:
    """What a run that was ended left half-written is taken away, and said to have been."""
    from lscb_analysis.recording.leftovers import sweep_leftovers

    if left_behind:
        click.echo(left_behind, err=True)
    sweep_leftovers(workspace)


def summary_of(outcomes: Sequence[AreaOutcome]) -> str:
    """One line that a scheduler can mail: how many areas, pages made, standing and refused."""
    areas, failed = len(outcomes), sum(outcome.has_failed for outcome in outcomes)
    made = sum(outcome.made for outcome in outcomes)
    told = [
        f"{areas} {'area' if areas == 1 else 'areas'}",
        f"{made} {'page' if made == 1 else 'pages'} made",
        f"{sum(outcome.stood for outcome in outcomes)} as they were",
        f"{sum(outcome.refused for outcome in outcomes)} refused",
        f"{failed} with a failure" if failed else "no failure",
    ]
    return f"{CALLED}{', '.join(told)}"


@click.command(epilog="\b\nExamples:\n  lscb runs\n  lscb runs --last 3\n  lscb runs --show 12")
@click.option("--last", type=click.IntRange(1), default=10, help="How many. Default: 10.")
@click.option("--show", type=int, help="All that one run printed, by its number.")
def runs(last: int, show: int | None) -> None:
    """List what ran in this workspace, when, and what came of it."""
    from lscb_analysis.recording.runs import RecordError, lines_of, list_runs

    workspace = workspace_settings().workspace
    try:
        if show is not None:
            for line in lines_of(workspace, show) or [f"no run has the number {show}"]:
                click.echo(line)
            return
        found = list_runs(workspace, last)
    except RecordError as error:
        raise Refused(str(error)) from error
    for run in found:
        click.echo(f"{run.id:>5}  {run.began}  {run.state:<11}  {run.asked}: {run.summary}")
    if not found:
        click.echo("Nothing has run in this workspace yet: lscb run")
