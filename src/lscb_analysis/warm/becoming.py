"""A process that has been forked or spawned, and becomes the ipykernel that was asked for."""

from __future__ import annotations

import gc
import io
import logging
import os
import signal
import sys
from importlib import import_module
from typing import Any, NoReturn

from lscb_analysis.warm.inherited import inherit
from lscb_analysis.warm.preloading import put_right
from lscb_analysis.warm.request import ONE_THREAD, Request

LAUNCHER = "ipykernel_launcher.py"
HANDLED = ("SIGINT", "SIGTERM", "SIGHUP", "SIGCHLD")


def become_kernel(request: Request, has_set: dict[str, str]) -> NoReturn:
    """Never: the process is the kernel from here on, and ends with it.

    `has_set` are the variables that what it has imported set by itself.
    """
    code = 1
    try:
        _settle(request, has_set)
        code = _main(request) if request.module else _serve(request)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        try:
            _held = _finish()
        finally:
            os._exit(code)


def _settle(request: Request, has_set: dict[str, str]) -> None:
    """Folder, environment, signals and standard input as a kernel that is started has them."""
    for name in HANDLED:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    inherit(request.inherited)
    os.environ.clear()
    os.environ.update(has_set | request.environment | ONE_THREAD)
    if hasattr(os, "getppid") and os.name == "posix":
        os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.chdir(request.folder)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    put_right(request.environment)
    gc.enable()


def _main(request: Request) -> int:
    """The exit code of the module that is run instead of a kernel."""
    return int(import_module(request.module).main(list(request.arguments)) or 0)


def _serve(request: Request) -> int:
    """The exit code, when the kernel has been asked to end."""
    import time

    from ipykernel import kernelapp

    if hasattr(time, "tzset"):
        time.tzset()
    sys.argv = [os.path.join(os.path.dirname(os.path.dirname(kernelapp.__file__)), LAUNCHER)]
    sys.argv += request.arguments
    app: Any = kernelapp.IPKernelApp.instance()
    if os.name == "posix":
        app.parent_handle = os.getppid()
    app.initialize(list(request.arguments))
    app.start()
    return 0


def _finish() -> list[Any]:
    """The kernel's connections, to be held to the last: a thread may still wait on one.

    Does what an interpreter does on its way out, without taking every module apart.
    """
    import atexit
    import threading

    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    threading._shutdown()  # type: ignore[attr-defined]  # waits for threads that are no daemons
    atexit._run_exitfuncs()
    logging.disable(logging.CRITICAL)  # of tasks that are dropped half-way: as the process is
    _flush_all()
    held = [each for each in gc.get_objects() if type(each).__module__.startswith("zmq.")]
    if shell is not None:
        shell.user_ns.clear()
    gc.collect()
    _flush_all()
    return held


def _flush_all() -> None:
    for each in [sys.__stdout__, sys.__stderr__, *gc.get_objects()]:
        if isinstance(each, io.IOBase):
            _flush(each)


def _flush(stream: io.IOBase) -> None:
    try:
        if not stream.closed and stream.writable():
            stream.flush()
    except Exception:
        return  # as an interpreter that ends does: there is nobody left to tell
