"""Brief: run each theme's notebook, export, check, and only then move it into reports/."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from lscb_analysis.audit import file_hash
from lscb_analysis.briefing.briefing import Briefing, open_briefing
from lscb_analysis.briefing.export import (
    ExportError,
    page_of_notebook,
    prose_of_notebook,
    style_of,
)
from lscb_analysis.briefing.index import write_index, write_top_index
from lscb_analysis.briefing.manifest import manifest_of
from lscb_analysis.briefing.packing import make_pack
from lscb_analysis.briefing.places import DATA_PACK, PACK, manifest_path, pages_folder
from lscb_analysis.briefing.redrawn import charts_asked
from lscb_analysis.briefing.run import NotebookError, run_notebook
from lscb_analysis.briefing.saying import without_contradictions
from lscb_analysis.catalogue import themes as all_themes
from lscb_analysis.periods import Quarter
from lscb_analysis.release_check import Manifest, check_release, sha256
from lscb_analysis.settings import Settings
from lscb_analysis.state import state_folder

AT_A_TIME = 2
TOLD = 12  # problems of one page that are told


@dataclass(frozen=True)
class Outcome:
    """What came of one theme: the page that passed, or why there is none.

    `page` and `manifest` are the SHA-256 of the page and of what it was checked against. The
    outcome of the data pack has the theme `data_pack`, and the workbook's SHA-256 as `pack`.
    `held` says of each sentence that is held back on the page what in it disagrees; `stands`
    whether it is the page of an earlier run, which would come out the same.
    """

    theme: str
    path: Path | None = None
    problems: list[str] = field(default_factory=list)
    page: str = ""
    manifest: str = ""
    pack: str = ""
    held: list[str] = field(default_factory=list)
    stands: bool = False


def brief(
    settings: Settings,
    area_code: str,
    quarter: Quarter,
    themes: Sequence[str],
    step: Callable[[str], None],
    at_a_time: int = AT_A_TIME,
) -> list[Outcome]:
    """The outcome of each theme, two notebooks at a time, and the indexes written anew.

    Pages for the partnership go to reports/; those for the panel or the public wait as
    drafts until `lscb release`. A theme that fails leaves no page and the others go on;
    what an earlier run made of it is taken away, so that no page stands beside values it
    does not show.
    """
    folder = pages_folder(settings.workspace, area_code, quarter, settings.audience)
    state = state_folder(settings.workspace, area_code)
    with (
        tempfile.TemporaryDirectory(dir=state, prefix="run-") as made,
        ThreadPoolExecutor(at_a_time) as pool,
    ):
        waiting = [
            (theme, pool.submit(_run, settings, area_code, quarter, theme, Path(made)))
            for theme in themes
        ]
        # before the page that links to it
        packs = []
        if any(all_themes()[theme].is_yearly for theme in themes):
            packs.append(_packed(settings, area_code, quarter, folder, Path(made)))
        outcomes = []
        for theme, task in waiting:
            # one page at a time is drawn again and checked, while the next notebooks run
            outcome = _checked(settings, area_code, quarter, theme, task.result, folder)
            outcomes.append(outcome)
            came = "passed" if outcome.path else "refused"
            step(f"{all_themes()[outcome.theme].title}: {came}")
    return [*outcomes, *packs, *write_indexes(settings, area_code, quarter, folder)]


def _packed(
    settings: Settings, area_code: str, quarter: Quarter, folder: Path, made: Path
) -> Outcome:
    try:
        manifest, path = make_pack(settings, area_code, quarter, folder, made)
    except (ValueError, OSError) as error:
        (folder / DATA_PACK).unlink(missing_ok=True)
        return Outcome(PACK, None, [str(error)])
    return Outcome(PACK, path, manifest=sha256(manifest.to_json()), pack=file_hash(path))


def write_indexes(
    settings: Settings, area_code: str, quarter: Quarter, folder: Path
) -> list[Outcome]:
    """Nothing, or why the list of a release's pages could not be written."""
    try:
        write_index(settings, area_code, quarter, folder)
        write_top_index(settings)
    except (ExportError, ValueError) as error:
        return [Outcome("index", None, [str(error)])]
    except OSError as error:
        told = f"the list of briefings cannot be written ({error.strerror})"
        return [Outcome("index", None, [told])]
    return []


def _notebook(settings: Settings, theme: str) -> Path:
    return settings.workspace / "notebooks" / f"{theme}.ipynb"


def _run(settings: Settings, area_code: str, quarter: Quarter, theme: str, made: Path) -> Path:
    notebook = _notebook(settings, theme)
    if not notebook.is_file():
        raise NotebookError(f"there is no notebook {notebook}")
    parameters = {"area": area_code, "quarter": quarter.id, "audience": settings.audience}
    executed = made / f"{theme}.ipynb"
    return run_notebook(notebook, parameters, executed, settings.workspace, settings.engine)


def _checked(
    settings: Settings,
    area_code: str,
    quarter: Quarter,
    theme: str,
    run: Callable[[], Path],
    folder: Path,
) -> Outcome:
    target = folder / f"{theme}.html"
    try:
        made = run()
        briefing = open_briefing(
            theme, area_code, quarter.id, settings.audience, settings.workspace
        )
        page, held = without_contradictions(page_of_notebook(made, page_facts(briefing)))
        manifest = page_manifest(briefing, page, _notebook(settings, theme), folder)
        problems = check_release(page, manifest)
    except (NotebookError, ExportError, ValueError) as error:
        problems, page, manifest, held = [str(error)], "", None, []
    try:
        if problems or manifest is None:
            target.unlink(missing_ok=True)
            return Outcome(theme, None, _few(problems))
        allowed = manifest.to_json()
        write_page(allowed, manifest_path(settings.workspace, briefing))
        path = write_page(page, target)
        return Outcome(theme, path, [], sha256(page), sha256(allowed), held=held)
    except OSError as error:
        return Outcome(theme, None, [f"{target} cannot be written ({error.strerror})"])


def page_manifest(briefing: Briefing, page: str, notebook: Path, folder: Path) -> Manifest:
    """What the page of a briefing may hold; of the page, only which charts it shows is used.

    The annual report may link to the data pack, where one that has passed lies in its folder.
    """
    has_pack = briefing.theme.is_yearly and (folder / DATA_PACK).is_file()
    facts = briefing.provenance
    style = style_of(str(facts["marking"]), bool(facts["is_synthetic"]))
    links = [DATA_PACK] if has_pack else []
    return manifest_of(briefing, style, charts_asked(page), prose_of_notebook(notebook), links)


def page_facts(briefing: Briefing) -> dict[str, object]:
    """What the page's frame prints besides its body."""
    facts = briefing.provenance
    return {
        "title": briefing.title,
        "marking": facts["marking"],
        "is_synthetic": bool(facts["is_synthetic"]),
        "audience": briefing.audience,
        "footer": f"{briefing.title}. For the {briefing.audience}. Figures and sentences are made "
        "from protected values only.",
    }


def write_page(page: str, target: Path) -> Path:
    """The page's path, written by rename: no folder ever holds half a page."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(f".{os.getpid()}.partial")  # two areas may write one list
    partial.write_text(page, "utf-8", newline="\n")
    partial.replace(target)
    return target


def _few(problems: list[str]) -> list[str]:
    more = len(problems) - TOLD
    return problems[:TOLD] + ([f"and {more} more of the kind"] if more > 0 else [])
