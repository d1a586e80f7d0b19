"""Brief: each theme's page made, two at a time, and the lists of them written anew."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from lscb_analysis.briefing.export import ExportError
from lscb_analysis.briefing.index import write_index, write_top_index
from lscb_analysis.briefing.making import Wanted, write_page
from lscb_analysis.briefing.places import PACK, pages_folder
from lscb_analysis.briefing.placing import Log, Outcome, no_log, place_pages
from lscb_analysis.briefing.side_by_side import made_side_by_side
from lscb_analysis.catalogue import themes as all_themes
from lscb_analysis.periods import Quarter
from lscb_analysis.settings import Settings
from lscb_analysis.state import state_folder

__all__ = ["AT_A_TIME", "Outcome", "brief", "write_indexes", "write_page"]

AT_A_TIME = 2
RUN, PASSED = "run-", "passed"  # a run's folder in the area's state, and in it what has passed


def brief(
    settings: Settings,
    area_code: str,
    quarter: Quarter,
    themes: Sequence[str],
    step: Callable[[str], None],
    at_a_time: int = AT_A_TIME,
    doing: Callable[[str], None] = lambda _: None,
    seconds: Mapping[str, float] | None = None,
    log: Log = no_log,
) -> list[Outcome]:
    """The outcome of each theme, two pages at a time, and the indexes written anew.

    `step` is told of each page that is done, `doing` how far the others are; `seconds` are how
    long each page took the last time.

    Pages for the partnership go to reports/; those for the panel or the public wait as
    drafts until `lscb release`. They go there together, once all are checked and `log` has been
    told of them. A theme that fails leaves no page and the others go on; what an earlier run
    made of it is taken away, so that no page stands beside values it does not show.
    """
    folder = pages_folder(settings.workspace, area_code, quarter, settings.audience)
    state = state_folder(settings.workspace, area_code)
    took = seconds or {}
    with tempfile.TemporaryDirectory(dir=state, prefix=RUN) as made:
        passed = Path(made) / PASSED
        wanted = [
            Wanted(settings, area_code, quarter, theme, passed, Path(made), took.get(theme, 0.0))
            for theme in themes
        ]
        outcomes = {}
        for outcome in made_side_by_side(sorted(wanted, key=_longest_first), at_a_time, doing):
            outcomes[outcome.theme] = outcome
            if outcome.theme != PACK:
                came = "passed" if outcome.path else "refused"
                step(f"{all_themes()[outcome.theme].title}: {came}")
        order = [*themes, *([PACK] if PACK in outcomes else [])]
        placed = place_pages([outcomes[name] for name in order], folder, log)
    answers = {page.theme: page.answer for page in placed if page.answer}
    return [*placed, *write_indexes(settings, area_code, quarter, folder, answers)]


def write_indexes(
    settings: Settings,
    area_code: str,
    quarter: Quarter,
    folder: Path,
    answers: Mapping[str, Sequence[str]] | None = None,
) -> list[Outcome]:
    """Nothing, or why the list of a release's pages could not be written.

    `answers` are those of themes that have been worked out already.
    """
    try:
        write_index(settings, area_code, quarter, folder, answers or {})
        write_top_index(settings)
    except (ExportError, ValueError) as error:
        return [Outcome("index", None, [str(error)])]
    except OSError as error:
        told = f"the list of briefings cannot be written ({error.strerror})"
        return [Outcome("index", None, [told])]
    return []


def _longest_first(wanted: Wanted) -> bool:
    """The order in which pages are begun: that of the year with its data pack takes longest."""
    return not all_themes()[wanted.theme].is_yearly
