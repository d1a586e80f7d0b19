"""What every notebook would import, imported once; and what a fork needs put right for."""

from __future__ import annotations

import builtins
import contextlib
import gc
import importlib
import importlib.util
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

# no pyplot backend among them: one that is loaded before the fork draws into nothing
PRELOADED = (
    "numpy",
    "pandas",
    "pyarrow.dataset",
    "pyarrow.parquet",
    "scipy.stats",
    "matplotlib.figure",
    "matplotlib.ticker",
    "matplotlib.dates",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "seaborn",
    "statsmodels.api",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "IPython.core.completer",
    "IPython.core.magics",
    "IPython.display",
    "sqlite3",
)


class PreloadError(RuntimeError):
    """What was imported does not let the process fork; the message says which thread runs."""


@dataclass(frozen=True)
class Preloaded:
    """What was imported: its top-level names, the variables it found, and those it has set."""

    names: tuple[str, ...]
    found: dict[str, str]
    has_set: dict[str, str]


def preload(extra: tuple[str, ...] = ()) -> Preloaded:
    """What is loaded now; of the usual packages those that are installed, and the extra ones.

    One that cannot be imported is told on standard error and passed over: a notebook that
    needs it will meet the same. Raises PreloadError where a thread runs afterwards: a fork
    would leave it, and its locks, behind.
    """
    gc.disable()
    found = dict(os.environ)
    names = PRELOADED + extra
    with _as_in_a_kernel():
        for name in names:
            _load(name, name in extra)
    running = threads()
    if running > 1:
        raise PreloadError(f"{running} threads run after {', '.join(names)} are imported")
    gc.collect()
    gc.freeze()
    tops = tuple(sorted({name.partition(".")[0] for name in names}))
    has_set = {name: value for name, value in os.environ.items() if found.get(name) != value}
    return Preloaded(tops, found, has_set)


def _load(name: str, is_asked_for: bool) -> None:
    if importlib.util.find_spec(name.partition(".")[0]) is None:
        if is_asked_for:
            print(f"Warm kernels: there is no module {name} to import beforehand", file=sys.stderr)
        return
    try:
        importlib.import_module(name)
    except Exception as error:
        why = type(error).__name__
        print(f"Warm kernels: {name} cannot be imported beforehand ({why})", file=sys.stderr)


@contextlib.contextmanager
def _as_in_a_kernel() -> Iterator[None]:
    """Nothing: packages that ask, while they are imported, where they are: in a notebook.

    pandas does, and would show as many columns as on a terminal.
    """
    out: Any = sys.stdout
    encoding = out.encoding
    vars(builtins)["get_ipython"] = lambda: SimpleNamespace(kernel=None)
    out.reconfigure(encoding="UTF-8")
    try:
        yield
    finally:
        out.reconfigure(encoding=encoding)
        del vars(builtins)["get_ipython"]


def threads() -> int:
    """How many threads this process runs, those of C libraries too where the system can say."""
    folder = Path("/proc/self/task")
    return len(list(folder.iterdir())) if folder.is_dir() else threading.active_count()


def shadowed(folder: str, names: tuple[str, ...]) -> str:
    """The first name that a file of the folder would be imported for instead, or nothing."""
    for name in names:
        here = Path(folder, name)
        if here.with_suffix(".py").is_file() or (here / "__init__.py").is_file():
            return name
    return ""


def put_right(environment: dict[str, str]) -> None:
    """Nothing: what was settled when a package was imported is settled again for this kernel."""
    tempfile.tempdir = None  # TMPDIR may be another
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # all forks would draw the same numbers
    if "matplotlib" in sys.modules:
        _settle_matplotlib(environment)


def _settle_matplotlib(environment: dict[str, str]) -> None:
    """The backend and matplotlibrc as they would be had the kernel imported it itself."""
    import matplotlib

    if matplotlib.matplotlib_fname() != os.path.join(matplotlib.get_data_path(), "matplotlibrc"):
        matplotlib.rcParams.update(matplotlib.rc_params())
    inline = "module://matplotlib_inline.backend_inline"
    matplotlib.rcParams["backend"] = environment.get("MPLBACKEND") or inline
