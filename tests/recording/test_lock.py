"""The lock: two runs never meet, and one that was ended from outside stands in nobody's way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from lscb_analysis.recording.lock import HALF_WRITTEN, LockedError, only_run, this_process

HOLDING = """
import sys, time
from pathlib import Path
from lscb_analysis.recording.lock import only_run
with only_run(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def lock(workspace: Path) -> Path:
    return workspace / ".lscb" / "lock"


def write(workspace: Path, text: str) -> Path:
    lock(workspace).parent.mkdir()
    lock(workspace).write_text(text)
    return lock(workspace)


@pytest.fixture
def other(tmp_path: Path):
    """Another process that holds the workspace's lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_while_one_run_is_at_work_a_second_is_refused_and_told_which(tmp_path: Path, other):
    said = rf"process {other.pid}, since .*wait for it"
    with pytest.raises(LockedError, match=said), only_run(tmp_path):
        pytest.fail("two runs have met")
    assert lock(tmp_path).is_file()


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_the_lock_of_a_run_that_was_killed_is_taken_over_and_said_to_be(tmp_path: Path, other):
    other.send_signal(signal.SIGKILL)
    other.wait()
    assert lock(tmp_path).is_file()
    with only_run(tmp_path) as told:
        assert "ended before it had finished" in told
    assert not lock(tmp_path).exists()


def test_a_free_lock_is_taken_without_a_word_and_given_back_whatever_happens(tmp_path: Path):
    with only_run(tmp_path) as told:
        assert told == ""
    with pytest.raises(KeyError), only_run(tmp_path):
        raise KeyError
    assert list((tmp_path / ".lscb").iterdir()) == []


def test_a_process_that_has_the_number_of_one_that_is_gone_is_not_taken_for_it(tmp_path: Path):
    earlier = replace(this_process(), started=this_process().started - 3600)
    write(tmp_path, json.dumps(asdict(earlier)))
    with only_run(tmp_path) as told:
        assert told


def test_the_lock_of_another_computer_is_never_taken_over(tmp_path: Path):
    write(tmp_path, json.dumps(asdict(replace(this_process(), host="another-computer"))))
    with pytest.raises(LockedError, match=r"from another computer .*delete"), only_run(tmp_path):
        pytest.fail("two runs have met")


def test_a_lock_that_was_half_written_holds_for_a_minute(tmp_path: Path):
    path = write(tmp_path, '{"pid": ')
    with pytest.raises(LockedError, match="has just begun"), only_run(tmp_path):
        pytest.fail("two runs have met")
    old = time.time() - HALF_WRITTEN - 1
    os.utime(path, (old, old))
    with only_run(tmp_path) as told:
        assert told
