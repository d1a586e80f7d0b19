"""Running one notebook with papermill: its parameters checked, its failures told plainly."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lscb_analysis.briefing.tools import papermill

CELL_SECONDS = 300
START_SECONDS = 120


class NotebookError(RuntimeError):
    """A notebook that could not be run; the message names it, the cell, and the kind of error."""


def check_parameters(notebook: Path, parameters: Mapping[str, Any]) -> None:
    """Nothing, where the notebook declares exactly these parameters.

    papermill itself only warns of an unknown one, and would print the default area's
    briefing under another's name. Raises NotebookError that names what differs.
    """
    try:
        declared = set(papermill().inspect_notebook(str(notebook)))
    except Exception as error:
        raise NotebookError(f"{notebook.name} is not a notebook that can be read") from error
    unknown, missing = sorted(set(parameters) - declared), sorted(declared - set(parameters))
    if unknown or missing:
        told = [f"does not declare {', '.join(unknown)}"] if unknown else []
        told += [f"asks for {', '.join(missing)}, which is not given"] if missing else []
        raise NotebookError(
            f"{notebook.name} {' and '.join(told)}: its cell tagged 'parameters' must set "
            f"{', '.join(sorted(parameters))}"
        )


def run_notebook(
    notebook: Path, parameters: Mapping[str, Any], output: Path, workspace: Path
) -> Path:
    """The executed notebook's path, written outside reports/; stops at the first failed cell.

    Raises NotebookError that names the cell and the kind of error, without its data.
    """
    check_parameters(notebook, parameters)
    from papermill.exceptions import PapermillExecutionError

    os.environ["LSCB_WORKSPACE"] = str(workspace)
    try:
        papermill().execute_notebook(
            str(notebook),
            str(output),
            parameters=dict(parameters),
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            execution_timeout=CELL_SECONDS,
            start_timeout=START_SECONDS,
            extra_arguments=["--log-level=CRITICAL"],
        )
    except PapermillExecutionError as error:
        raise NotebookError(
            f"{notebook.name}: cell {error.cell_index + 1} failed with {error.ename}: "
            f"open it in lscb lab and run it to see why"
        ) from error
    except Exception as error:
        raise NotebookError(f"{notebook.name} failed with {type(error).__name__}") from error
    return output
