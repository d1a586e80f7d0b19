from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "lscb_analysis"
LONGEST = 350


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "command",
    [
        (str(Path(sys.executable).parent / "lint-imports"),),
        (sys.executable, "-m", "ruff", "format", "--check", "."),
        (sys.executable, "-m", "ruff", "check", "."),
        (sys.executable, "-m", "mypy"),
    ],
    ids=["imports run one way", "formatted", "linted", "types fit"],
)
def test_the_house_rules_hold(command):
    done = _run(*command)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.stem)
def test_no_module_is_long(module):
    assert len(module.read_text("utf-8").splitlines()) <= LONGEST


def test_no_file_names_a_package_registry():
    tracked = _run("git", "ls-files").stdout.splitlines()
    assert tracked
    hosts = ("py" + "pi.org", "python" + "hosted.org", "/sim" + "ple/", "registry.npm" + "js")
    for name in tracked:
        text = (ROOT / name).read_bytes()
        found = [host for host in hosts if host.encode() in text]
        assert not found, f"{name} names {found}"


def test_no_data_or_output_is_tracked():
    tracked = _run("git", "ls-files", "data", "reports").stdout.splitlines()
    allowed = ("data/raw/published/", "data/raw/README.md")
    stray = [
        name for name in tracked if not name.startswith(allowed) and not name.endswith(".gitkeep")
    ]
    assert stray == []


def test_help_does_not_load_pandas():
    code = "import sys, lscb_analysis.cli; sys.exit('pandas' in sys.modules)"
    assert _run(sys.executable, "-c", code).returncode == 0
