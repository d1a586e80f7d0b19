"""A second process: what it is given is done, and its loss is told by the result."""

from __future__ import annotations

import multiprocessing
import os
import signal

import pytest

from lscb_analysis.second import SecondProcess, lost

pytestmark = pytest.mark.slow
TWO_CORES = pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core has no second process")


@TWO_CORES
def test_work_is_done_in_one_other_process_that_ends_with_the_block():
    with SecondProcess() as second:
        done = [second.begin(os.getpid) for _ in range(3)]
        (other,) = {task.result() for task in done}
        assert other != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


@TWO_CORES
def test_an_error_of_the_work_is_that_of_its_result():
    with SecondProcess() as second, pytest.raises(ZeroDivisionError):
        second.begin(divmod, 1, 0).result()


@TWO_CORES
def test_a_process_that_is_killed_is_lost_and_nothing_hangs():
    with SecondProcess() as second:
        other = second.begin(os.getpid).result()
        waits = second.begin(signal.pause)
        os.kill(other, signal.SIGKILL)
        with pytest.raises(lost()):
            waits.result(60)


def has_a_second() -> bool:
    return SecondProcess().is_there


@TWO_CORES
def test_one_of_several_processes_has_no_second():
    assert has_a_second()
    with SecondProcess() as second:
        assert not second.begin(has_a_second).result()


def test_nothing_is_started_where_nothing_is_asked():
    with SecondProcess():
        assert not multiprocessing.active_children()
