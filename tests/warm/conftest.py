from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from lscb_analysis.warm.kernels import SHARED

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _no_others_kernels(monkeypatch):
    for name in [name for name in os.environ if name.startswith("LSCB_WARM_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session", autouse=True)
def _ended_afterwards():
    yield
    SHARED.close()


@pytest.fixture
def python(tmp_path):
    """Runs this Python with arguments, in a process of its own that finds the tests."""

    def run(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
        places = [str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, places))}
        return subprocess.run(
            [sys.executable, *arguments],
            env=environment | {"TMPDIR": str(tmp_path)} | given,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )

    return run


@pytest.fixture
def places():
    """A folder whose path is short enough for sockets, which pytest's is not."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)
