"""Forms: the workbooks that partners and analysts fill in, written from the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from lscb_analysis.catalogue.returns import find_agency, return_years, returns_in
from lscb_analysis.periods import financial_year_label
from lscb_analysis.templates.actions import actions_form, write_actions
from lscb_analysis.templates.history import history_form
from lscb_analysis.templates.mapping_workbook import logs_form, mapping_form
from lscb_analysis.templates.partner_return import return_form
from lscb_analysis.templates.settings import settings_form
from lscb_analysis.templates.workbook import TemplateError, write_form

__all__ = ["FOLDER", "TemplateError", "actions_form", "history_form", "return_form"]
__all__ += ["settings_form", "write_actions", "write_form", "write_templates"]
FOLDER = "templates"
_YEAR = re.compile(r"^(\d{4})[-/](\d{2})$")


def write_templates(
    kind: str, folder: Path, area_code: str, *, agencies: Iterable[str] = (), year: str = ""
) -> list[Path]:
    """Where the forms of one kind were written: return, history, settings, mapping or logs.

    Returns are those of the financial year `year` (2016-17), one workbook for each of the
    `agencies`, or for all of them. Raises TemplateError where a form cannot be written, and
    CatalogueError where an agency is not known: both are ValueErrors that say what to do.
    """
    if kind == "mapping":
        return [write_form(folder / "mapping.xlsx", mapping_form(area_code))]
    if kind == "logs":
        return [write_form(folder / "local_logs.xlsx", logs_form(area_code))]
    if kind == "history":
        return [write_form(folder / "history.xlsx", history_form(area_code))]
    if kind == "settings":
        return [write_form(folder / "settings.xlsx", settings_form(area_code))]
    start = year_of(year)
    returns = returns_in(start)
    chosen = [find_agency(returns, name).id for name in agencies] or list(returns.agencies)
    return [
        write_form(folder / f"partner_return_{name}_{financial_year_label(start)}.xlsx", form)
        for name in dict.fromkeys(chosen)
        for form in [return_form(name, start)]
    ]


def year_of(text: str) -> int:
    """The year in which a financial year starts, from its name.

    Raises TemplateError where it is none, or lies before the first year with a catalogue.

    >>> year_of("2016-17")
    2016
    """
    match = _YEAR.match(text.strip())
    first = return_years()[0]
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]) or int(match[1]) < first:
        raise TemplateError(
            f"'{text}' is not a financial year from {financial_year_label(first)} on: "
            f"write for example --year {financial_year_label(return_years()[-1])}"
        )
    return int(match[1])
