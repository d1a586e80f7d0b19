"""However a kernel, its server or its owner ends: nothing of it is left, and the next one runs."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from lscb_analysis.warm.ended import KernelEnded
from lscb_analysis.warm.kernels import SHARED
from tests.warm.drawn import comes_true, is_running, notebook, printed, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="signals and forks"),
]
WAYS = ("fork", "pool")
TELL = "import os, pathlib\npathlib.Path({0!r}).write_text(str(os.getpid()))"
ONCE = "import time\nif not pathlib.Path({0!r}).exists():\n    {1}\n    time.sleep(60)"


def runs(folder: Path, way: str = "fork") -> bool:
    """Whether another notebook runs to its end."""
    return printed(run(notebook(folder, "print('next')", name="next"), way)) == "next\n"


def in_background(*arguments, **options) -> tuple[threading.Thread, dict]:
    """A thread that runs a notebook, and where it puts what came of it."""
    came: dict = {}

    def body() -> None:
        try:
            came["node"] = run(*arguments, **options)
        except Exception as error:
            came["error"] = error

    thread = threading.Thread(target=body)
    thread.start()
    return thread, came


def pid_in(path: Path) -> int:
    assert comes_true(lambda: path.exists() and path.read_text() != ""), "the cell did not start"
    return int(path.read_text())


def test_a_notebook_whose_server_is_killed_runs_again_on_a_plain_kernel(tmp_path):
    mark, told = tmp_path / "first", tmp_path / "pid"
    source = ONCE.format(str(mark), f"pathlib.Path({str(mark)!r}).touch()")
    path = notebook(tmp_path, TELL.format(str(told)), source, "print('whole', x)")
    server = SHARED.kernels("fork").process
    thread, came = in_background(path)
    kernel = pid_in(told)
    assert comes_true(mark.exists)
    server.kill()
    assert comes_true(lambda: not is_running(kernel), 5)
    thread.join(60)
    assert printed(came["node"]) == "whole 2\n"
    assert SHARED.kernels("fork").process.pid != server.pid
    assert runs(tmp_path)


def test_a_kernel_that_is_killed_from_outside_runs_again_on_a_plain_one(tmp_path):
    mark, told = tmp_path / "first", tmp_path / "pid"
    source = ONCE.format(str(mark), f"pathlib.Path({str(mark)!r}).touch()")
    path = notebook(tmp_path, TELL.format(str(told)), source, "print('whole', x)")
    thread, came = in_background(path)
    kernel = pid_in(told)
    assert comes_true(mark.exists)
    os.kill(kernel, signal.SIGKILL)
    thread.join(60)
    assert printed(came["node"]) == "whole 2\n"
    assert runs(tmp_path)


@pytest.mark.parametrize("way", WAYS)
def test_a_cell_that_leaves_is_not_tried_again(tmp_path, way):
    count = tmp_path / "count"
    path = notebook(tmp_path, f"open({str(count)!r}, 'a').write('1')", "import os; os._exit(3)")
    with pytest.raises(KernelEnded, match=r"^cell 4: its kernel left with exit code 3$"):
        run(path, way)
    assert count.read_text() == "1"
    assert runs(tmp_path, way)


@pytest.mark.parametrize("way", WAYS)
def test_a_cell_that_hangs_is_stopped_and_told(tmp_path, way):
    told = tmp_path / "pid"
    path = notebook(
        tmp_path, TELL.format(str(told)), "import signal, time\nwhile True: time.sleep(1)"
    )
    with pytest.raises(KernelEnded, match=r"^cell 4: it took more than 1 s and was stopped$"):
        run(path, way, execution_timeout=1)
    assert comes_true(lambda: not is_running(pid_in(told)), 5)
    assert runs(tmp_path, way)


def test_a_cell_that_never_lets_python_run_is_stopped_as_well(tmp_path):
    told = tmp_path / "pid"
    path = notebook(tmp_path, TELL.format(str(told)), "sum(range(10**12))")
    with pytest.raises(KernelEnded, match="took more than 1 s"):
        run(path, execution_timeout=1)
    assert not is_running(pid_in(told))


@pytest.mark.parametrize("way", WAYS)
def test_a_cell_that_fills_memory_is_stopped_and_told(tmp_path, way):
    path = notebook(
        tmp_path,
        "import time\nheld = []\nwhile True:\n    held.append(b'x' * 10**7)\n    time.sleep(0.01)",
    )
    with pytest.raises(KernelEnded, match=r"^cell 3: it used more than 400 MB of memory and was"):
        run(path, way, memory_mb=400, execution_timeout=60)
    assert runs(tmp_path, way)


def test_memory_that_a_process_of_the_notebook_fills_counts(tmp_path):
    path = notebook(
        tmp_path,
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', "
        "'import time; held = b\"x\" * 10**9; time.sleep(60)'])",
    )
    with pytest.raises(KernelEnded, match="used more than 500 MB"):
        run(path, memory_mb=500, execution_timeout=60)


def test_what_a_notebook_starts_ends_with_it_even_where_it_has_left_its_group(tmp_path):
    told = tmp_path / "pids"
    path = notebook(
        tmp_path,
        "import subprocess, os\na = subprocess.Popen(['sleep', '300'])\n"
        "b = subprocess.Popen(['setsid', 'sleep', '300'], start_new_session=True)\n"
        f"open({str(told)!r}, 'w').write(f'{{a.pid}} {{b.pid}}')",
    )
    run(path)
    assert not [pid for pid in map(int, told.read_text().split()) if is_running(pid)]


def test_a_notebook_that_forks_runs(tmp_path):
    path = notebook(
        tmp_path,
        "import os\npid = os.fork()\nif pid == 0:\n    os._exit(5)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))",
        "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(2) as pool:\n"
        "    print(pool.map(abs, [-1, -2]))",
    )
    assert printed(run(path)) == "5\n[1, 2]\n"


OWNER = """
import sys
from tests.warm.drawn import run
from pathlib import Path
run(Path(sys.argv[1]), sys.argv[2])
"""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_is_left_of_an_owner_that_is_killed(tmp_path, places, way, number):
    told = tmp_path / "pids"
    source = (
        "import subprocess, os, time\na = subprocess.Popen(['sleep', '300'])\n"
        f"open({str(told)!r}, 'w').write(f'{{os.getpid()}} {{os.getppid()}} {{a.pid}}')\n"
        + ("sum(range(10**12))" if way == "fork" else "time.sleep(300)")
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(notebook(tmp_path, source)), way],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"TMPDIR": str(places)},
        start_new_session=True,
    )
    try:
        assert comes_true(lambda: told.exists() and len(told.read_text().split()) == 3, 60)
        family = {int(pid) for pid in told.read_text().split()} - {owner.pid}
        family |= set(_of_session_or_below(owner.pid))
        assert all(map(is_running, family))
        assert list(places.glob("lscb-warm-*"))
    finally:
        owner.send_signal(number)
        owner.wait(20)
    assert comes_true(lambda: not any(map(is_running, family)), 10)
    assert comes_true(lambda: not list(places.glob("lscb-warm-*")), 5)


def _of_session_or_below(pid: int) -> list[int]:
    import psutil

    return [each.pid for each in psutil.Process(pid).children(recursive=True)]


def test_a_folder_left_behind_is_removed_by_the_next_server(places, monkeypatch):
    from lscb_analysis.warm import folders
    from lscb_analysis.warm.forkserver import ForkServer

    monkeypatch.setattr(folders.tempfile, "tempdir", str(places))
    left, fresh, pools = (places / f"{folders.PREFIX}{name}" for name in ("l", "f", "p"))
    for folder in (left, fresh, pools):
        folder.mkdir()
    for folder in (left, fresh):
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(folder / folders.SOCKET_NAME))
    for folder in (left, pools):
        os.utime(folder, (time.time() - 3600,) * 2)
    server = ForkServer()
    try:
        assert not left.exists()
        assert fresh.exists(), "its server may only be starting"
        assert pools.exists(), "a pool does not listen"
    finally:
        server.close()
    assert not server.folder.exists()
