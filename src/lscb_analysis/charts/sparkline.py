"""A line the size of a word: how a figure has moved, for a cell of the scorecard."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.charts.house import SERIES
from lscb_analysis.printed import is_shown

WIDTH, HEIGHT, EDGE = 96, 24, 3
FEWEST = 3
MONTHS = 60  # that the width stands for, at least


def sparkline(points: pd.DataFrame) -> bytes:
    """The printed figures of one period type as a small SVG line; empty where they are few.

    `points` are oldest first. The width is five years, the newest point at its right end, or as
    many as there are figures for. The line breaks where a figure is not printed; its end is a
    square. Smallest and largest fill the height, so it tells movement and not size.
    """
    shown = is_shown(points).to_numpy()
    if shown.sum() < FEWEST:
        return b""
    values = points["value"].to_numpy(dtype=float)
    low, high = values[shown].min(), values[shown].max()
    span = (high - low) or 1.0
    ends = points["period_end"].dt
    back = ((ends.year.iloc[-1] - ends.year) * 12 + ends.month.iloc[-1] - ends.month).to_numpy()
    step = (WIDTH - 2 * EDGE) / max(MONTHS, back[shown].max())
    places = [
        (WIDTH - EDGE - step * ago, HEIGHT - EDGE - (value - low) / span * (HEIGHT - 2 * EDGE))
        for ago, value in zip(back, values, strict=True)
    ]
    path = " ".join(_moves(places, list(shown)))
    colour = SERIES[0]
    end = ""
    if shown[-1]:
        across, up = places[-1]
        end = f'<path d="M {across - 2:.1f} {up - 2:.1f} h 4 v 4 h -4 z" style="fill: {colour}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}"><path d="{path}" style="fill: none; stroke: {colour}; '
        f'stroke-width: 1.5"/>{end}</svg>'
    ).encode()


def _moves(places: list[tuple[float, float]], shown: list[bool]) -> list[str]:
    """The commands of the path: a point on its own is a short dash."""
    moves = []
    for at, (across, up) in enumerate(places):
        if not shown[at]:
            continue
        begins = at == 0 or not shown[at - 1]
        moves.append(f"{'M' if begins else 'L'} {across:.1f} {up:.1f}")
        if begins and (at + 1 == len(places) or not shown[at + 1]):
            moves.append(f"L {across + 1:.1f} {up:.1f}")
    return moves
