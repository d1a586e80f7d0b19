"""Running one notebook with papermill: its parameters checked, its failures told plainly."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lscb_analysis.briefing.tools import papermill

CELL_SECONDS = 300
START_SECONDS = 120
WARM, PLAIN = "warm", "papermill"
ENGINES = (WARM, PLAIN)
SHOWING = ("lscb_analysis.briefing.primed", "lscb_analysis.statistics")  # for every page


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
    notebook: Path,
    parameters: Mapping[str, Any],
    output: Path,
    workspace: Path,
    engine: str = "",
    told: Path | None = None,
) -> Path:
    """The executed notebook's path, written outside reports/; stops at the first failed cell.

    `engine` is warm (the default where there is a fork) or papermill, the reference. The warm
    one writes into `told` which cell it has come to.
    Raises NotebookError that names the cell and the kind of error, without its data.
    """
    check_parameters(notebook, parameters)
    name = _engine_name(engine or usual_engine())
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    from lscb_analysis.warm.ended import KernelEnded

    os.environ["LSCB_WORKSPACE"] = str(workspace)
    try:
        papermill().execute_notebook(
            str(notebook),
            str(output),
            parameters=dict(parameters),
            engine_name=name,
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            execution_timeout=CELL_SECONDS,
            start_timeout=START_SECONDS,
            extra_arguments=["--log-level=CRITICAL"],
            **({"told": str(told)} if name and told else {}),
        )
    except PapermillExecutionError as error:
        raise NotebookError(
            f"{notebook.name}: cell {error.cell_index + 1} failed with {error.ename}: "
            f"open it in lscb lab and run it to see why"
        ) from error
    except KernelEnded as error:
        raise NotebookError(f"{notebook.name}: {error}") from error
    except CellTimeoutError as error:
        raise NotebookError(f"{notebook.name}: a cell took more than {CELL_SECONDS} s") from error
    except DeadKernelError as error:
        raise NotebookError(f"{notebook.name}: its kernel ended before its last cell") from error
    except Exception as error:
        raise NotebookError(f"{notebook.name} failed with {type(error).__name__}") from error
    return output


def usual_engine() -> str:
    """The engine where none is asked for: warm where there is a fork, else papermill's own."""
    from lscb_analysis.warm.kernels import has_fork

    return WARM if has_fork() else PLAIN


def warm_up(engine: str = "") -> None:
    """Nothing: warm kernels are on their way, while the caller goes on."""
    from lscb_analysis.warm.kernels import SHARED

    if (engine or usual_engine()) == WARM:
        SHARED.kernels(modules=SHOWING)


def _engine_name(engine: str) -> str | None:
    """papermill's name of an engine; the warm one is made known to it, and warmed."""
    if engine == PLAIN:
        return None
    if engine != WARM:
        raise ValueError(f"there is no engine '{engine}': use {' or '.join(ENGINES)}")
    from papermill.engines import papermill_engines

    from lscb_analysis.warm import ENGINE
    from lscb_analysis.warm.engine import WarmEngine

    papermill_engines.register(ENGINE, WarmEngine)  # a workspace may run what is not installed
    warm_up(engine)
    return ENGINE
