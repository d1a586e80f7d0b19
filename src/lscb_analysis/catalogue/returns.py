"""What each agency returns in a year: its figures, and the questions it answers."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources

from lscb_analysis.catalogue.indicators import indicators
from lscb_analysis.catalogue.themes import breakdowns
from lscb_analysis.catalogue.toml_file import CatalogueError, entry, nearest, one_of, read_toml
from lscb_analysis.periods import financial_year_label

MEASURES = ("count", "stock", "proportion")
ALL = "all"
QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Agency:
    """One agency that sends a return: its title, and other names that a cover may give it."""

    id: str
    title: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReturnFigure:
    """One figure that only partners have: what it counts, and which agencies return it.

    A `count` is of a period and a `stock` of its last day; a `proportion` is a `numerator`
    of a `denominator`, in %. With a `breakdown` it is an indicator of the catalogue itself,
    returned category by category.
    """

    id: str
    title: str
    measure: str
    unit: str
    definition: str
    agencies: tuple[str, ...]
    numerator: str = ""
    denominator: str = ""
    breakdown: str = ""


@dataclass(frozen=True)
class ReturnQuestion:
    """One assurance question: its wording, who answers it, and in which quarters."""

    id: str
    text: str
    agencies: tuple[str, ...] = (ALL,)
    quarters: tuple[int, ...] = QUARTERS
    indicator: str = ""


@dataclass(frozen=True)
class ReturnYear:
    """The returns of the financial year that starts in April of `year`, and of those after it
    until the next year that has a file of its own."""

    year: int
    agencies: dict[str, Agency]
    figures: dict[str, ReturnFigure]
    questions: dict[str, ReturnQuestion]

    def figures_of(self, agency: str) -> list[ReturnFigure]:
        """The figures that one agency returns, in the file's order."""
        return [item for item in self.figures.values() if _is_asked(item.agencies, agency)]

    def questions_of(self, agency: str, quarter: int | None = None) -> list[ReturnQuestion]:
        """The questions that one agency answers: in one quarter (1 to 4), or in any."""
        return [
            item
            for item in self.questions.values()
            if _is_asked(item.agencies, agency) and (quarter is None or quarter in item.quarters)
        ]


def return_years() -> list[int]:
    """The financial years that have a file in catalogue/returns, by the year they start in."""
    folder = resources.files("lscb_analysis.catalogue").joinpath("returns")
    names = [item.name for item in folder.iterdir() if item.name.endswith(".toml")]
    return sorted(int(name[:4]) for name in names)


def returns_in(year: int) -> ReturnYear:
    """What is returned in the financial year that starts in April of `year`.

    It is that of the latest file of that year or before; before the first, that of the first.

    >>> returns_in(2018).year
    2016
    """
    held = return_years()
    return _read(max([one for one in held if one <= year], default=held[0]))


def find_agency(returns: ReturnYear, name: str) -> Agency:
    """The agency with this id.

    Raises CatalogueError with the ids there are, and the nearest.
    """
    if name not in returns.agencies:
        ids = list(returns.agencies)
        raise CatalogueError(
            f"no agency of {financial_year_label(returns.year)} has the id '{name}'"
            f"{nearest(name, ids)}: there are {', '.join(ids)}"
        )
    return returns.agencies[name]


@functools.cache
def _read(year: int) -> ReturnYear:
    file = f"returns/{financial_year_label(year)}.toml"
    tables = read_toml(file)
    for name in tables:
        one_of(file, "table", name, ("agencies", "figures", "questions"))
    agencies = {
        name: entry(Agency, f"{file} [agencies.{name}]", table, id=name)
        for name, table in tables["agencies"].items()
    }
    figures = {
        name: entry(ReturnFigure, f"{file} [figures.{name}]", table, id=name)
        for name, table in tables["figures"].items()
    }
    questions = {
        name: entry(ReturnQuestion, f"{file} [questions] {name}", table, id=name)
        for name, table in tables["questions"].items()
    }
    found = ReturnYear(year, agencies, figures, questions)
    _check(file, found)
    return found


def _check(file: str, returns: ReturnYear) -> None:
    for kind in (returns.figures, returns.questions):
        for name, asked in kind.items():
            for agency in asked.agencies:  # type: ignore[attr-defined]
                one_of(f"{file} {name}", "agencies", agency, (ALL, *returns.agencies))
    for figure in returns.figures.values():
        _check_figure(f"{file} [figures.{figure.id}]", figure)
    for question in returns.questions.values():
        where = f"{file} [questions] {question.id}"
        for number in question.quarters:
            one_of(where, "quarters", str(number), map(str, QUARTERS))
        if question.indicator:
            one_of(where, "indicator", question.indicator, indicators())


def _check_figure(where: str, figure: ReturnFigure) -> None:
    one_of(where, "measure", figure.measure, MEASURES)
    if figure.breakdown:
        one_of(where, "breakdown", figure.breakdown, breakdowns())
        one_of(where, "an indicator returned by category,", figure.id, indicators())
    elif figure.id in indicators():
        raise CatalogueError(f"{where}: the catalogue has an indicator of this name")
    has_parts = bool(figure.numerator and figure.denominator)
    if has_parts != (figure.measure == "proportion"):
        raise CatalogueError(f"{where}: a proportion, and nothing else, has both its parts")


def _is_asked(agencies: tuple[str, ...], agency: str) -> bool:
    return ALL in agencies or agency in agencies
