"""What every notebook would import, imported once; and what a fork needs put right for."""

from __future__ import annotations

import gc
import importlib
import importlib.util
import os
import sys
import threading
from pathlib import Path

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


def preload(extra: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The top-level names that are loaded now; those that are not installed are passed over.

    Raises PreloadError where a thread runs afterwards: a fork would leave it, and its locks,
    behind.
    """
    gc.disable()
    names = PRELOADED + extra
    for name in names:
        if importlib.util.find_spec(name.partition(".")[0]) is not None:
            importlib.import_module(name)
    running = threads()
    if running > 1:
        raise PreloadError(f"{running} threads run after {', '.join(names)} are imported")
    gc.collect()
    gc.freeze()
    return tuple(sorted({name.partition(".")[0] for name in names}))


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
