"""Whoever asks for warm kernels, and from wherever: notebooks run, and nothing is left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lscb_analysis.warm.kernels import SHARED
from tests.warm.drawn import comes_true, is_running, notebook, printed, run

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.thorough,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="a fork server by default"),
]
START = """
import asyncio, os, sys
from pathlib import Path
from lscb_analysis.warm.kernels import SHARED
from tests.warm.drawn import notebook, printed, run
folder = Path(sys.argv[1])
path = notebook(folder, *sys.argv[2:])
"""
PARENT = "import os; print(open(f'/proc/{os.getppid()}/cmdline').read().split(chr(0))[2])"
IS_WARM = "lscb_analysis.warm.server\n"


def test_from_a_running_event_loop(tmp_path, python):
    source = "async def main():\n    print(printed(run(path)))\nasyncio.run(main())"
    done = python("-c", START + source, str(tmp_path), PARENT)
    assert done.stdout.strip() == IS_WARM.strip(), done.stderr


def test_from_a_notebook_itself(tmp_path):
    inner = notebook(tmp_path, PARENT, "print(x)", name="inner")
    source = (
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pathlib import Path\n"
        f"from tests.warm.drawn import printed, run\nprint(printed(run(Path({str(inner)!r}))))"
    )
    assert printed(run(notebook(tmp_path, source))) == f"{IS_WARM}2\n\n"


@pytest.mark.parametrize("way", ["fork", "pool"])
@pytest.mark.parametrize("at_once", [2, 10])
def test_from_several_threads_at_once(tmp_path, at_once, way):
    sources = ("import os, time\ntime.sleep(0.2)\nprint(x, os.getpid())",)
    paths = [notebook(tmp_path, *sources, name=f"n{number}") for number in range(at_once)]
    with ThreadPoolExecutor(at_once) as threads:
        told = [printed(node).split() for node in threads.map(lambda path: run(path, way), paths)]
    assert [first for first, _ in told] == ["2"] * at_once
    assert len({pid for _, pid in told}) == at_once


def test_from_a_process_with_very_many_descriptors(tmp_path, python):
    source = (
        "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (3000, 3000))\n"
        "held = [os.open(os.devnull, os.O_RDONLY) for _ in range(1500)]\nprint(printed(run(path)))"
    )
    done = python("-c", START + source, str(tmp_path), PARENT)
    assert done.stdout.strip() == IS_WARM.strip(), done.stderr


def test_from_a_process_that_may_have_few_descriptors(tmp_path, python):
    source = (
        "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (80, 80))\n"
        "print([printed(run(path)) for _ in range(6)])"
    )
    done = python("-c", START + source, str(tmp_path), PARENT)
    assert done.stdout.strip() == str([IS_WARM] * 6), done.stderr


def test_a_process_that_its_caller_forks_has_kernels_of_its_own(tmp_path, python):
    source = (
        "run(path)\nmine = SHARED.kernels()\nif os.fork() == 0:\n"
        "    told = printed(run(notebook(folder, *sys.argv[2:], name='forked')))\n"
        "    (folder / 'told').write_text(told + str(SHARED.kernels().process.pid))\n"
        "    sys.exit()\n"
        "os.wait()\nprint(mine.is_alive, mine.folder.exists(), printed(run(path)))\n"
        "print((folder / 'told').read_text().split()[-1] != str(mine.process.pid))"
    )
    done = python("-c", START + source, str(tmp_path), PARENT)
    assert done.stdout.split() == ["True", "True", IS_WARM.strip(), "True"], done.stderr
    assert (tmp_path / "told").read_text().startswith(IS_WARM)


def test_a_process_that_its_caller_forked_does_not_keep_the_server(tmp_path, python):
    source = (
        "import signal, time\nrun(path)\nserver = SHARED.kernels().process.pid\n"
        "child = os.fork()\nif child == 0:\n    os.close(1), os.close(2)\n    time.sleep(60)\n"
        "print(server, child, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    done = python("-c", START + source, str(tmp_path), PARENT)
    server, child = map(int, done.stdout.split())
    try:
        assert comes_true(lambda: not is_running(server), 5)
    finally:
        os.kill(child, signal.SIGKILL)


def kernelspec(folder: Path, name: str, argv: list[str], **more) -> dict[str, str]:
    """Variables that make a kernelspec of this name known."""
    spec = folder / "jupyter" / "kernels" / name
    spec.mkdir(parents=True)
    facts = {"argv": argv, "display_name": name, "language": "python"} | more
    (spec / "kernel.json").write_text(json.dumps(facts))
    return {"JUPYTER_PATH": str(folder / "jupyter")}


def test_a_kernel_of_another_kind_is_started_as_ever(tmp_path, python):
    script = tmp_path / "other.sh"
    script.write_text(f'#!/bin/sh\nexec {sys.executable} -m ipykernel_launcher "$@"\n')
    script.chmod(0o755)
    known = kernelspec(tmp_path, "other", [str(script), "-f", "{connection_file}"])
    source = "print(printed(run(path, kernel_name='other')))"
    told = "import os; print(os.getppid() == int(os.environ['JPY_PARENT_PID']), x)"
    told += "\nprint(get_ipython().config.IPKernelApp.connection_file.count('lscb-warm'))"
    done = python("-c", START + source, str(tmp_path), told, **known)
    assert done.stdout.split() == ["True", "2", "0"], done.stderr


def test_the_variables_of_a_kernelspec_count(tmp_path, python):
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    known = kernelspec(tmp_path, "own", argv, env={"OF_THE_SPEC": "is read"})
    source = "print(printed(run(path, kernel_name='own')))"
    done = python(
        "-c", START + source, str(tmp_path), f"{PARENT}\nprint(os.environ['OF_THE_SPEC'])", **known
    )
    assert done.stdout.strip() == f"{IS_WARM}is read", done.stderr


def test_a_long_path_for_temporary_files_is_no_matter(tmp_path, python):
    long = tmp_path / ("long" * 30)
    long.mkdir()
    told = f"{PARENT}\nimport tempfile; print(tempfile.gettempdir())"
    source = "print(printed(run(path)))"
    done = python("-c", START + source, str(tmp_path), told, TMPDIR=str(long))
    assert done.stdout.strip() == f"{IS_WARM}{long}", done.stderr
    assert list(long.iterdir()) == []


def test_a_folder_of_the_caller_that_has_gone_is_no_matter(tmp_path, python):
    source = (
        "import tempfile\nos.chdir(tempfile.mkdtemp())\nos.rmdir(os.getcwd())\n"
        "for way in ('fork', 'plain'):\n"
        "    try:\n        print(printed(run(path, way)))\n"
        "    except Exception as error:\n        print(type(error).__name__)"
    )
    done = python("-c", START + source, str(tmp_path), "print(x)")
    warm, plain = done.stdout.split()
    assert warm == plain, done.stderr


def test_papermills_folder_is_the_notebooks(tmp_path):
    (tmp_path / "own.py").write_text("told = 'my own'")
    path = notebook(tmp_path, "import os, own, sys\nprint(os.getcwd(), own.told, sys.path)")
    told = {way: printed(run(path, way, cwd=str(tmp_path))) for way in ("fork", "pool", "plain")}
    assert told["fork"] == told["pool"] == told["plain"]
    assert told["fork"].startswith(f"{tmp_path} my own [")


OWNER = "SHARED.kernels()\nprint('started', flush=True)\nrun(path)"


@pytest.mark.parametrize("moment", [0.0, 0.2, 0.6, 1.2, 2.0, 3.0, 4.0])
def test_an_owner_may_be_killed_at_any_moment(tmp_path, places, moment):
    owner = subprocess.Popen(
        [sys.executable, "-c", START + OWNER, str(tmp_path), "import time; time.sleep(60)"],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(places), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    with owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"started\n"
        time.sleep(moment)
        family = below(owner.pid)
        owner.kill()
    assert family
    assert comes_true(lambda: not any(map(is_running, family)), 30)
    assert comes_true(lambda: not list(places.glob("lscb-warm-*")), 5)


def below(pid: int) -> list[int]:
    import psutil

    return [each.pid for each in psutil.Process(pid).children(recursive=True)]


@pytest.mark.parametrize("moment", [0.0, 0.02, 0.05, 0.1, 0.2, 0.5, 1.5])
def test_a_server_may_be_killed_at_any_moment(tmp_path, moment):
    SHARED.close()
    server = SHARED.kernels("fork").process
    path = notebook(tmp_path, "import time\ntime.sleep(0.3)\nprint('whole', x)")
    other = notebook(tmp_path, "print('whole', x)", name="other")
    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(run, each) for each in (path, other)]
        time.sleep(moment)
        server.kill()
        assert [printed(each.result(90)) for each in asked] == ["whole 2\n"] * 2
    assert printed(run(path)) == "whole 2\n"
