"""What a process has from the one that starts it, besides its folder and environment.

A forked kernel has it from the server, which may have been started by another process, or
before it was changed: so it is asked for with the kernel.
"""

from __future__ import annotations

import os
from pathlib import Path

MASK, PRIORITY, LIMIT = "umask", "priority", "RLIMIT_"
Inherited = dict[str, list[int]]


def inherited() -> Inherited:
    """This process's mask for new files, priority, and limits; nothing on Windows."""
    if os.name != "posix":
        return {}
    import resource

    names = [name for name in dir(resource) if name.startswith(LIMIT)]
    facts = {name: list(resource.getrlimit(getattr(resource, name))) for name in names}
    facts[PRIORITY] = [os.getpriority(os.PRIO_PROCESS, 0)]
    mask = _mask()
    return facts | ({MASK: [mask]} if mask is not None else {})


def inherit(facts: Inherited) -> None:
    """Nothing: this process has them from here on; raises OSError, ValueError where it may not."""
    for name, value in facts.items():
        if name == MASK:
            os.umask(value[0])
        elif name == PRIORITY:
            if value[0] != os.getpriority(os.PRIO_PROCESS, 0):
                os.setpriority(os.PRIO_PROCESS, 0, value[0])
        else:
            import resource

            limit = getattr(resource, name)
            if tuple(value) != resource.getrlimit(limit):
                resource.setrlimit(limit, (value[0], value[1]))


def out_of_reach(facts: Inherited) -> str:
    """What this process could not give a child of its own, or nothing."""
    own = inherited()
    if PRIORITY in facts and facts[PRIORITY] < own.get(PRIORITY, [0]):
        return "its priority is higher than the server's"
    for name in facts.keys() & own.keys():
        if name.startswith(LIMIT) and _is_less(own[name][1], facts[name][1]):
            return f"its limit {name} is higher than the server's"
    return ""


def _is_less(one: int, other: int) -> bool:
    """Whether one limit is below another; -1 is no limit."""
    return one != -1 and (other == -1 or one < other)


def _mask() -> int | None:
    """The mask, where it can be read without changing it for other threads."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1], 8) for line in lines if line.startswith("Umask:")), None)
