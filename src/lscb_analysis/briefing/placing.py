"""Placing: checked pages go out together, and only once the release has been logged."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from lscb_analysis.briefing.places import DATA_PACK, PACK


@dataclass(frozen=True)
class Outcome:
    """What came of one theme: the page that passed, or why there is none.

    `page` and `manifest` are the SHA-256 of the page and of what it was checked against. The
    outcome of the data pack has the theme `data_pack`, and the workbook's SHA-256 as `pack`.
    `held` says of each sentence that is held back on the page what in it disagrees; `stands`
    whether it is the page of an earlier run, which would come out the same. `answer` is what
    the list of briefings says of it, where it has been worked out; `seconds` how long it took.
    """

    theme: str
    path: Path | None = None
    problems: list[str] = field(default_factory=list)
    page: str = ""
    manifest: str = ""
    pack: str = ""
    held: list[str] = field(default_factory=list)
    stands: bool = False
    answer: tuple[str, ...] = ()
    seconds: float = 0.0


Log = Callable[[Sequence[Outcome]], None]


def no_log(_: Sequence[Outcome]) -> None:
    """Nothing: for pages that whoever asked for them logs afterwards."""


def place_pages(outcomes: Sequence[Outcome], folder: Path, log: Log) -> list[Outcome]:
    """The outcomes with their pages where they belong; those that were refused have none there.

    The pages lie beside their places first, then `log` is told, then they are moved: whenever
    this is ended, no page lies in the folder that is not in the log. What cannot be written is
    refused before. Where the log cannot be written no page of these themes stays, since the
    values they show are not those of a page before.
    """
    beside = [_beside(outcome, folder) for outcome in outcomes]
    try:
        log([each.outcome for each in beside])
    except BaseException:
        for each in beside:
            _removed(each.partial)
            _removed(each.target)
        raise
    return [_moved(each) for each in beside]


@dataclass(frozen=True)
class _Beside:
    outcome: Outcome
    target: Path
    partial: Path


def _beside(outcome: Outcome, folder: Path) -> _Beside:
    """The page written beside its place; an outcome without one where it cannot be."""
    target = folder / (DATA_PACK if outcome.theme == PACK else f"{outcome.theme}.html")
    partial = target.with_suffix(f".{os.getpid()}.partial")
    if outcome.path is None:
        return _Beside(outcome, target, partial)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(outcome.path.read_bytes())
    except OSError as error:
        _removed(partial)
        return _Beside(_refused(outcome, target, error), target, partial)
    return _Beside(replace(outcome, path=target), target, partial)


def _moved(each: _Beside) -> Outcome:
    if each.outcome.path is None:
        _removed(each.target)
        return each.outcome
    try:
        each.partial.replace(each.target)
    except OSError as error:  # on Windows, one that somebody has open
        _removed(each.partial)
        return _refused(each.outcome, each.target, error)
    return each.outcome


def _refused(outcome: Outcome, target: Path, error: OSError) -> Outcome:
    told = f"{target} cannot be written ({error.strerror})"
    return Outcome(outcome.theme, None, [told])


def _removed(path: Path) -> None:
    """The file is gone, where it can be removed (not in a folder that is read-only)."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
