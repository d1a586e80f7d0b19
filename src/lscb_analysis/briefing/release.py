"""Brief: run each theme's notebook, export, check, and only then move it into reports/."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from lscb_analysis.briefing.briefing import Briefing, open_briefing
from lscb_analysis.briefing.check import check_page
from lscb_analysis.briefing.export import ExportError, page_of_notebook
from lscb_analysis.briefing.index import write_index, write_top_index
from lscb_analysis.briefing.run import NotebookError, run_notebook
from lscb_analysis.catalogue import themes as all_themes
from lscb_analysis.periods import Quarter
from lscb_analysis.settings import Settings
from lscb_analysis.state import state_folder

AT_A_TIME = 2


@dataclass(frozen=True)
class Outcome:
    """What came of one theme: the released page, or why there is none."""

    theme: str
    path: Path | None = None
    problems: list[str] = field(default_factory=list)


def reports_folder(workspace: Path, area_code: str, quarter: Quarter, audience: str) -> Path:
    """Where the briefings of one release lie."""
    return workspace / "reports" / area_code / quarter.id / audience


def brief(
    settings: Settings,
    area_code: str,
    quarter: Quarter,
    themes: Sequence[str],
    step: Callable[[str], None],
) -> list[Outcome]:
    """The outcome of each theme, two notebooks at a time, and the indexes written anew.

    A theme that fails leaves nothing in reports/ and the others go on; what an earlier run
    released of it is taken away, so that no page stands beside values it does not show.
    """
    folder = reports_folder(settings.workspace, area_code, quarter, settings.audience)
    state = state_folder(settings.workspace, area_code)
    with (
        tempfile.TemporaryDirectory(dir=state, prefix="run-") as made,
        ThreadPoolExecutor(AT_A_TIME) as pool,
    ):
        waiting = [
            pool.submit(_theme, settings, area_code, quarter, theme, Path(made), folder)
            for theme in themes
        ]
        outcomes = []
        for task in waiting:
            outcome = task.result()
            outcomes.append(outcome)
            step(
                f"{all_themes()[outcome.theme].title}: {'released' if outcome.path else 'refused'}"
            )
    try:
        write_index(settings, area_code, quarter, folder)
        write_top_index(settings)
    except (ExportError, ValueError) as error:
        outcomes.append(Outcome("index", None, [str(error)]))
    except OSError as error:
        told = f"the list of briefings cannot be written ({error.strerror})"
        outcomes.append(Outcome("index", None, [told]))
    return outcomes


def _theme(
    settings: Settings, area_code: str, quarter: Quarter, theme: str, made: Path, folder: Path
) -> Outcome:
    notebook = settings.workspace / "notebooks" / f"{theme}.ipynb"
    target = folder / f"{theme}.html"
    try:
        if not notebook.is_file():
            raise NotebookError(f"there is no notebook {notebook}")
        parameters = {"area": area_code, "quarter": quarter.id, "audience": settings.audience}
        run = run_notebook(notebook, parameters, made / f"{theme}.ipynb", settings.workspace)
        briefing = open_briefing(
            theme, area_code, quarter.id, settings.audience, settings.workspace
        )
        page = page_of_notebook(run, page_facts(briefing))
        problems = check_page(
            page,
            marking=settings.marking,
            is_synthetic=bool(briefing.provenance["is_synthetic"]),
        )
    except (NotebookError, ExportError, ValueError) as error:
        problems, page = [str(error)], ""
    try:
        if problems:
            target.unlink(missing_ok=True)
            return Outcome(theme, None, problems)
        return Outcome(theme, write_page(page, target))
    except OSError as error:
        return Outcome(theme, None, [f"{target} cannot be written ({error.strerror})"])


def page_facts(briefing: Briefing) -> dict[str, object]:
    """What the page's frame prints besides its body."""
    facts = briefing.provenance
    return {
        "title": briefing.title,
        "marking": facts["marking"],
        "is_synthetic": bool(facts["is_synthetic"]),
        "footer": f"{briefing.title}. For the {briefing.audience}. Figures and sentences are made "
        "from protected values only.",
    }


def write_page(page: str, target: Path) -> Path:
    """The page's path, written by rename: reports/ never holds half a page."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    partial.write_text(page, "utf-8")
    partial.replace(target)
    return target
