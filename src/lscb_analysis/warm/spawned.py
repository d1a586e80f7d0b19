"""A process of the pool: it imports, waits on standard input for its request, becomes a kernel.

Standard input stays open as long as its owner lives; when it closes, the process ends, with
what the notebook has started in its group.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from contextlib import suppress

if sys.path[0] in ("", os.getcwd()):
    del sys.path[0]  # a notebook's own modules are not the packages to import beforehand

from lscb_analysis.warm.becoming import become_kernel
from lscb_analysis.warm.preloading import preload
from lscb_analysis.warm.request import read_request


def main(arguments: list[str]) -> int:
    """The exit code where no request comes; with one, the kernel's end is the process's.

    The arguments are the pool's folder, and modules to import besides the usual ones.
    """
    folder, *modules = arguments
    loaded = preload(tuple(modules))
    asked = os.dup(0)
    line = _line(asked)
    if not line:
        shutil.rmtree(folder, ignore_errors=True)
        return 0
    request = read_request(line)
    threading.Thread(target=_end_with_owner, args=(asked, folder), daemon=True).start()
    become_kernel(request, loaded.has_set)


def _line(pipe: int) -> bytes:
    """The bytes up to the end of the line; none where the pipe closes first."""
    read = b""
    while not read.endswith(b"\n"):
        more = os.read(pipe, 1 << 16)
        if not more:
            return b""
        read += more
    return read


def _end_with_owner(pipe: int, folder: str) -> None:
    """Never: when the pipe closes, the process and its group end, and the pool's folder."""
    with suppress(OSError):
        while os.read(pipe, 1 << 16):
            continue
    shutil.rmtree(folder, ignore_errors=True)
    if os.name == "posix":
        os.killpg(os.getpgid(0), signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
