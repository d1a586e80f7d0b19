"""Notebooks drawn for a test, and what this machine runs and holds open."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbformat import v4
from papermill.engines import papermill_engines

from lscb_analysis.warm import ENGINE
from lscb_analysis.warm.engine import WarmEngine

papermill_engines.register(ENGINE, WarmEngine)
SPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}


def notebook(folder: Path, *sources: str, name: str = "drawn") -> Path:
    """A notebook's path: a parameters cell that sets x, and a code cell a source."""
    cells = [v4.new_code_cell("x = 1", metadata={"tags": ["parameters"]})]
    node = v4.new_notebook(cells=cells + [v4.new_code_cell(each) for each in sources])
    node.metadata["kernelspec"] = SPEC
    path = folder / f"{name}.ipynb"
    nbformat.write(node, path)
    return path


def run(path: Path, way: str = "fork", **options: Any) -> Any:
    """The notebook as it ran on a warm kernel (plain: on papermill's own)."""
    given = {} if way == "plain" else {"engine_name": ENGINE, "way": way}
    return papermill.execute_notebook(
        str(path),
        str(path.with_name(f"{path.stem}_{way}.ipynb")),
        parameters={"x": 2},
        progress_bar=False,
        extra_arguments=["--log-level=CRITICAL"],
        **given,
        **options,
    )


def printed(node: Any) -> str:
    """All text that the cells print."""
    return "".join(
        output.text
        for cell in node.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream"
    )


def is_running(pid: int) -> bool:
    """Whether a process runs: one that is dead and only waits to be noticed does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def comes_true(holds: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something holds before a while is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.02)
    return holds()


def open_files() -> list[str]:
    """What this process's descriptors point to, each kind once for each."""
    found = []
    for each in Path("/proc/self/fd").iterdir():
        try:
            found.append(os.readlink(each).partition(":")[0])
        except FileNotFoundError:
            continue
    return sorted(found)
