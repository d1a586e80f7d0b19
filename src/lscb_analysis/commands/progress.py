"""Progress: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import logging
import sys
from typing import Any

import click


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

            # without a guess of the time left from steps that are nothing like each other
            shown = "{n_fmt}/{total_fmt} |{bar:12}| {desc}"
            self._bar = tqdm(total=self._steps, leave=False, bar_format=shown)
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

    def going(self, what: str) -> None:
        """How far something is that was said to be under way: on a terminal only."""
        if self._bar is not None:
            self._bar.set_description_str(what)

    def say(self, line: str) -> None:
        """A line of the result, above the bar."""
        if self._bar is None:
            click.echo(line)
        else:
            self._bar.write(line, file=sys.stdout)


class _Said(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        click.echo(f"  {record.getMessage()}")


def tell_steps() -> None:
    """Print from now on of each step why it is done again, or that it is not."""
    log = logging.getLogger("lscb_analysis.steps")
    log.setLevel(logging.INFO)
    if not log.handlers:
        log.addHandler(_Said())
