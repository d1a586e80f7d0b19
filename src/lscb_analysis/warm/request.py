"""What is asked of a warm kernel and told of it: frozen facts, one JSON line each."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

MEMORY_MB = 2048
NO_FORK = 3  # the exit code of a server that cannot fork, and never will
# an interpreter, or what it imports, has read these by the time it forks: a kernel that needs
# others starts afresh
READ_AT_START = (
    *("PYTHON", "LD_", "DYLD_", "LC_", "LANG", "MALLOC_", "HOME", "XDG_CONFIG_", "XDG_CACHE_"),
    *("MPLCONFIGDIR", "MATPLOTLIBRC"),
)
# one thread each: several kernels run side by side, and a thread does not live through a fork
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
# the debugger, when it is imported, warns of modules that are frozen: nobody debugs here
UNHEARD = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}


@dataclass(frozen=True)
class Request:
    """A kernel that is asked for: ipykernel's arguments, its folder, environment and memory.

    A memory of 0 is no limit. `inherited` is what a process gets from the one that starts it
    (`inherited.py`). Where a `module` is named, its `main` is run with the arguments instead of a
    kernel.
    """

    arguments: tuple[str, ...]
    folder: str
    environment: dict[str, str]
    memory_mb: int = MEMORY_MB
    inherited: dict[str, list[int]] = field(default_factory=dict)
    module: str = ""


@dataclass(frozen=True)
class Ending:
    """How a kernel ended: `code` as Popen tells it, and `why` where somebody ended it.

    `why` is memory (more than it may), asked (its owner), server (the server ended), lost
    (nobody can say), or empty.
    """

    code: int
    why: str = ""

    @property
    def is_by_the_cell(self) -> bool:
        """Whether what the cell did ended it: it left, or took too much memory."""
        return self.why == "memory" or (not self.why and self.code >= 0)


def to_line(facts: Request | Ending | dict[str, Any]) -> bytes:
    """The facts as one line of JSON."""
    plain = facts if isinstance(facts, dict) else asdict(facts)
    return json.dumps(plain).encode() + b"\n"


def read_request(line: bytes) -> Request:
    """The request in a line; raises ValueError where it is none."""
    try:
        facts = json.loads(line)
        return Request(
            tuple(str(each) for each in facts["arguments"]),
            str(facts["folder"]),
            {str(name): str(value) for name, value in facts["environment"].items()},
            int(facts["memory_mb"]),
            {str(name): list(map(int, value)) for name, value in facts["inherited"].items()},
            str(facts.get("module", "")),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("this is no request for a kernel") from error


def read_at_start(environment: dict[str, str]) -> dict[str, str]:
    """The variables that only count where an interpreter starts with them."""
    return {name: value for name, value in environment.items() if name.startswith(READ_AT_START)}
