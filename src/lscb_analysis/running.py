"""One area's run: build, brief, and lines that say what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from lscb_analysis.briefing.places import AT_ONCE, pages_folder
from lscb_analysis.briefing.release import AT_A_TIME, Outcome, brief
from lscb_analysis.briefing.run import warm_up
from lscb_analysis.catalogue import briefed_indicators, find_area
from lscb_analysis.catalogue import themes as all_themes
from lscb_analysis.findings import (
    has_failed,
    join_findings,
)
from lscb_analysis.periods import Quarter
from lscb_analysis.pipeline import Built, Reason, Received, build, read_received
from lscb_analysis.pipeline.records_of import quarter_to_read, submissions_folder
from lscb_analysis.releasing import log_run
from lscb_analysis.sending_back import write_sender_workbooks
from lscb_analysis.settings import Settings
from lscb_analysis.sources.kept import forget_read
from lscb_analysis.standing import (
    INDEX,
    STANDS,
    Page,
    index_hash,
    made_values,
    pages_made,
    pages_to_make,
    raw_inputs,
    seconds_taken,
    standing_page,
    standing_values,
    state_inputs,
    values_step,
)
from lscb_analysis.state import StateError, state_folder
from lscb_analysis.steps import Made, read_made, tell, why_again, write_made
from lscb_analysis.telling import (
    counted_findings,
    findings_lines,
    held_lines,
    sentences_held,
    summary_lines,
    write_findings,
)

Step = Callable[[str], None]
DATA_QUALITY = "data_quality"
LAST_QUARTER = 4


@dataclass(frozen=True)
class AreaOutcome:
    """What came of an area: lines to print, whether a source or a theme failed, and whether a
    page is out (or waits as a draft); how many pages were made, stood or were refused."""

    lines: list[str] = field(default_factory=list)
    has_failed: bool = False
    is_out: bool = False
    made: int = 0
    stood: int = 0
    refused: int = 0


def run_area(
    settings: Settings,
    area_code: str,
    asked: Quarter | None,
    themes: Sequence[str],
    step: Step,
    received: Received | None = None,
    reason: Reason | None = None,
    force: bool = False,
    at_a_time: int = AT_A_TIME,
    doing: Step = lambda _: None,
) -> AreaOutcome:
    """Build one area's quarter and brief its themes; a failed theme leaves the others to go on.

    What nothing has changed for since an earlier run stands and is not made again, unless by
    `force`; notebooks run two `at_a_time`. `received` is the area's raw data where it has been
    read already, `reason` why figures that are out already change. `step` is told of what is
    done, `doing` how far the notebooks are.
    """
    area = find_area(area_code)
    is_new = force or received is not None or reason is not None
    try:
        state = state_folder(settings.workspace, area_code)
        if force:
            forget_read(state)
        shared = shared_indicators(settings, area_code, asked, themes)
        inputs = raw_inputs(settings, area_code, shared)
        name, made = values_step(asked, settings.audience), read_made(state)
        known = {**inputs, **state_inputs(state)}
        why = why_again(known, made.get(name), settings.workspace, is_new)
        tell(f"{area_code}: {name}", why)
        if why:
            warm_up(settings.engine)  # kernels import while the values are built
            write_made(state, {name: None})
            built = build(settings, area_code, asked, received, reason, shared)
        else:
            built = standing_values(settings, area_code, made[name])
        wanted, passed_over = wanted_themes(themes, built.quarter, built.is_published_only)
        pages = pages_to_make(settings, built, wanted, made, force)
    except (ValueError, StateError, OSError) as error:
        return AreaOutcome([f"{area.area}: {_told(error)}"], True)
    step(f"{area.area} {built.quarter.id}: values {'built' if why else 'stand'}")
    lines = [f"{area.area}, {built.quarter.label}"]
    if asked is not None and built.quarter != asked:
        lines.append(f"  {asked.id} was asked for: official statistics are for whole years")
    of_values = list(made[name].told) if not why else _told_of(settings, area_code, built)
    lines += of_values
    failed = has_failed(built.findings)
    lines += passed_over
    has_index = not why and index_hash(settings, built) == made[name].facts.get(INDEX)
    try:
        outcomes = _briefed(
            settings, built, pages, made, step, has_index, at_a_time, doing, bool(why)
        )
    except (StateError, OSError) as error:  # what is not in the log is not out
        return AreaOutcome([*lines, f"  FAILED    nothing is released: {_told(error)}"], True)
    said = sentences_held(outcomes, built.quarter)
    if len(said):
        write_findings(settings, area_code, built.quarter, join_findings([built.findings, said]))
        lines += held_lines(said)
    new = [outcome for outcome in outcomes if outcome.path and not outcome.stands]
    try:
        remembered = pages_made(settings, built, outcomes, pages)
        if why and not failed:
            remembered[name] = made_values(settings, built, inputs, state, of_values)
        write_made(state, remembered)
    except (StateError, OSError) as error:
        lines.append(f"  FAILED    what was made cannot be remembered: {_told(error)}")
        failed = True
    lines += outcome_lines(settings, area_code, built.quarter, outcomes)
    has_refused = any(outcome.path is None for outcome in outcomes)
    is_out = any(outcome.path for outcome in outcomes)
    stood = sum(outcome.stands for outcome in outcomes)
    refused = sum(outcome.path is None for outcome in outcomes)
    return AreaOutcome(lines, failed or has_refused, is_out, len(new), stood, refused)


def _briefed(
    settings: Settings,
    built: Built,
    pages: Mapping[str, Page],
    made: Mapping[str, Made],
    step: Step,
    has_index: bool,
    at_a_time: int,
    doing: Step,
    are_values_new: bool,
) -> list[Outcome]:
    """The outcome of each page: made, or as it stands; the indexes written where any is new."""
    new = [theme for theme, page in pages.items() if page.why]
    standing = []
    for theme, page in pages.items():
        if not page.why:
            standing += standing_page(settings, theme, made[page.step])
            step(f"{all_themes()[theme].title}: stands")
    has_top = (settings.workspace / "reports" / INDEX).is_file() or not standing
    if not new and has_index and has_top:
        return standing
    code = built.area.area_code
    took = {theme: seconds_taken(made.get(pages[theme].step)) for theme in new}

    def log(placed: Sequence[Outcome]) -> None:
        if any(each.path for each in [*placed, *(standing if are_values_new else [])]):
            log_run(settings, code, built, [*placed, *standing])

    made_now = brief(settings, code, built.quarter, new, step, at_a_time, doing, took, log)
    return [*made_now, *standing]


def _told_of(settings: Settings, area_code: str, built: Built) -> list[str]:
    return [
        *findings_lines(settings, area_code, built.quarter, built.findings),
        *held_lines(built.findings),
    ]


def outcome_lines(
    settings: Settings, area_code: str, quarter: Quarter, outcomes: Sequence[Outcome]
) -> list[str]:
    """A line for each page that is out, waits as a draft, or was refused."""
    told, lines = "released" if settings.audience in AT_ONCE else "draft   ", []
    for outcome in outcomes:
        if outcome.path is not None:
            lines.append(f"  {told}  {outcome.path}{STANDS if outcome.stands else ''}")
        lines += [f"  REFUSED   {outcome.theme}: {problem}" for problem in outcome.problems]
    if settings.audience not in AT_ONCE and any(outcome.path for outcome in outcomes):
        lines.append(
            f"  Nothing is released yet: read the drafts, then  lscb release --area {area_code} "
            f'--quarter {quarter.id} --audience {settings.audience} --by "NAME" --and "NAME"'
        )
    return lines


def shared_indicators(
    settings: Settings, area_code: str, asked: Quarter | None, themes: Sequence[str]
) -> set[str]:
    """The indicators of the themes asked for that a page of another theme shows as well.

    Pages of the quarter that stand as an earlier run made them.
    """
    raw = submissions_folder(settings.workspace, find_area(area_code))
    quarter = quarter_to_read(raw, asked)
    if quarter is None:
        return set()
    folder = pages_folder(settings.workspace, area_code, quarter, settings.audience)
    standing = [
        name for name in all_themes() if name not in themes and (folder / f"{name}.html").is_file()
    ]
    made, beside = (
        {each for name in names for each in briefed_indicators(name)}
        for names in (themes, standing)
    )
    return made & beside


def wanted_themes(
    themes: Sequence[str], quarter: Quarter, is_published_only: bool
) -> tuple[list[str], list[str]]:
    """The themes that are briefed of those asked for, and a line for each that has to wait.

    What is of a whole year is made with its fourth quarter only; the page on returns only
    where there are any.
    """
    wanted, lines = [], []
    for name in themes:
        if all_themes()[name].is_yearly and quarter.number != LAST_QUARTER:
            lines.append(f"  {name} is of a whole year: it is made with the fourth quarter")
        elif name != DATA_QUALITY or not is_published_only:
            wanted.append(name)
    return wanted, lines


def check_area(
    settings: Settings, area_code: str, asked: Quarter | None, step: Step
) -> AreaOutcome:
    """Check one area's raw data: a summary, a workbook a sender, the data-quality briefing."""
    area = find_area(area_code)
    try:
        received = read_received(settings, area_code, asked)
    except (ValueError, StateError) as error:
        return AreaOutcome([f"{area.area}: {error}"], True)
    findings, quarter = received.findings, received.quarter
    upto = f"submissions up to {quarter.id}" if quarter else "official statistics only"
    lines = [
        f"{area.area}: {upto}, {counted_findings(len(findings))}",
        *summary_lines(findings, quarter),
    ]
    if quarter is None:
        if asked is not None:
            lines.append(f"  {asked.id} was asked for: official statistics are checked as a whole")
        return AreaOutcome(lines, has_failed(findings))
    step(f"{area.area} {quarter.id}: read")
    books = []
    if len(findings):
        lines.append(f"All of them: {write_findings(settings, area_code, quarter, findings)}")
        try:
            books = write_sender_workbooks(received.folder, quarter.id, findings, received.returns)
        except OSError as error:
            lines.append(f"The senders' workbooks cannot be written ({error.strerror})")
    lines += [f"For the sender of these files only: {path}" for path in books]
    briefed = run_area(settings, area_code, quarter, [DATA_QUALITY], step, received)
    lines += [line for line in briefed.lines if line.startswith(("  released", "  REFUSED"))]
    return AreaOutcome(lines, has_failed(findings) or briefed.has_failed)


def _told(error: Exception) -> str:
    """The error in words: of one of the system's, which file and why."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename} cannot be used ({error.strerror}): close it, or ask for the right"
    return str(error)
