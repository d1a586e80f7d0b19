"""A disk for temporary files that is full: the notebook runs or is told, nothing half stays."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="mounts as on Linux"),
]
RUNS = """
import os, sys, tempfile
from pathlib import Path
from lscb_analysis.warm.kernels import SHARED
from tests.warm.drawn import notebook, printed, run
folder, tmp = Path(sys.argv[1]), Path(sys.argv[2])
path = notebook(folder, "print('ran', x)")
tempfile.tempdir = str(tmp)
if sys.argv[3] == 'after':
    run(path)
filler = tmp / 'filler'
try:
    filler.write_bytes(b'x' * 10**8)
except OSError as error:
    print(error.strerror, flush=True)
try:
    print(printed(run(path)))
except Exception as error:
    print(type(error).__name__, error)
filler.unlink()
print(printed(run(path)))
SHARED.close()
print(os.listdir(tmp))
"""


@pytest.fixture
def small(tmp_path):
    """A file system of one megabyte."""
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a file system may not be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_full_disk_is_told_and_when_it_has_room_the_next_one_runs(tmp_path, small, python, when):
    done = python("-c", RUNS, str(tmp_path), str(small), when)
    told = done.stdout.splitlines()
    assert told[0] == "No space left on device", done.stderr
    assert told[1] == "ran 2" or "No space left on device" in told[1], done.stderr
    assert told[-3:] == ["ran 2", "", "[]"], done.stdout + done.stderr
