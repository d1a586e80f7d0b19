"""The house style of charts: colours, type, margins, and bytes that repeat."""

from __future__ import annotations

import io
import logging
import re
import textwrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Analysis Function palette in its order: only neighbours in it contrast by 3:1
SERIES = ("#12436D", "#28A197", "#801650", "#F46A25")
MARKERS = ("o", "s", "^", "D")
DASHES: tuple[Any, ...] = ("", (4, 2), (1, 1.5), (6, 2, 1, 2))
TEXT, SECONDARY, GROUND = "#0b0c0c", "#595959", "#ffffff"
RANGE = "#f3f2f1"  # behind the usual range, whose edges are drawn in SECONDARY
GRID = "#d8dadb"  # carries nothing that is needed

WIDTH, HEIGHT = 6.8, 3.6  # inches: type stays readable when shown 320 pixels wide
SIZE, SMALL, LEADING = 14, 12.5, 14.5  # points
MOST_SERIES = 4

# Drawn with the font that comes with matplotlib, so that every machine lays it out alike,
# and shown in the reader's own sans-serif, which is never wider.
_DRAWN, _SHOWN = b"'DejaVu Sans'", b"Arial, Helvetica, sans-serif"
_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "lscb-analysis",
    "svg.fonttype": "none",
    "font.family": ["DejaVu Sans"],
    "font.size": SIZE,
    "text.color": TEXT,
    "text.parse_math": False,
    "axes.labelcolor": TEXT,
    "axes.edgecolor": SECONDARY,
    "axes.linewidth": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.color": SECONDARY,
    "ytick.color": SECONDARY,
    "xtick.labelcolor": TEXT,
    "ytick.labelcolor": TEXT,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "figure.facecolor": GROUND,
    "savefig.facecolor": GROUND,
    "path.simplify": True,
}


def settings() -> Any:
    """The house style as a context: nothing outside it changes."""
    import matplotlib

    logging.getLogger("matplotlib.category").setLevel(logging.WARNING)
    return matplotlib.rc_context(_SETTINGS)


def new_axes(
    *, left: float, right: float, bottom: float, top: float = 0.12, height: float = HEIGHT
) -> tuple[Figure, Axes]:
    """A figure of the house's width and its axes; margins are in inches, always as given."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height))
    axes = figure.add_axes(
        (
            left / WIDTH,
            bottom / height,
            (WIDTH - left - right) / WIDTH,
            (height - bottom - top) / height,
        )
    )
    return figure, axes


def as_svg(figure: Figure) -> bytes:
    """The figure as SVG: the same bytes each time, no date, no comment, no outside reference."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    drawn = io.BytesIO()
    unnamed = {"Date": None, "Creator": None, "Format": None, "Type": None}
    FigureCanvasSVG(figure).print_svg(drawn, metadata=unnamed)
    svg = drawn.getvalue().replace(_DRAWN, _SHOWN)
    svg = re.sub(rb"<!DOCTYPE[^>]*>\s*|<!--.*?-->\s*", b"", svg, flags=re.DOTALL)
    svg = re.sub(rb"\n\s+", b"\n", svg)
    return re.sub(rb"(\d+\.\d{2})\d+", rb"\1", svg)


def write(axes: Axes, text: str, at: tuple[float, float], **style: Any) -> None:
    """Text on the axes at a point of data, its lines one below the other, each on its own.

    matplotlib sets lines that belong together by the widths of the font it draws with; each
    line by itself is aligned in the reader's font too. `style` takes `shift` in points,
    `align` (left, center, right), `va` (center, top) and what matplotlib's text takes.
    """
    across, up = style.pop("shift", (0, 0))
    lines = text.split("\n")
    va = style.pop("va", "center")
    first = (len(lines) - 1) / 2 * LEADING if va == "center" else 0.0
    for number, line in enumerate(lines):
        axes.annotate(
            line,
            at,
            xytext=(across, up + first - number * LEADING),
            textcoords="offset points",
            ha=style.get("align", "left"),
            va="center_baseline" if va == "center" else va,
            annotation_clip=False,
            **{"fontsize": SMALL} | {key: style[key] for key in style if key != "align"},
        )


def wrapped(text: str, width: int) -> str:
    """A long label on several lines, broken between words.

    >>> wrapped("Asian or Asian British", 14)
    'Asian or Asian\\nBritish'
    """
    return "\n".join(textwrap.wrap(text, width, break_long_words=False)) or text


def nice_ceiling(highest: float) -> tuple[float, float]:
    """The top of an axis from zero, and the step of its ticks: three to five steps.

    >>> nice_ceiling(87.0)
    (100.0, 20.0)
    >>> nice_ceiling(0.0)
    (1.0, 1.0)
    """
    if not highest > 0:  # nor where there is no number at all
        return 1.0, 1.0
    power = 10.0
    while power > highest:
        power /= 10
    while power * 10 <= highest:
        power *= 10
    for step in (0.2, 0.25, 0.5, 1.0, 2.0, 2.5):
        count = -(-highest // (step * power))
        if count <= 5 or step == 2.5:
            return count * step * power, step * power
    raise AssertionError("unreachable: the last step always fits")
