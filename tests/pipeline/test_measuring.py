"""The records that a quarter's are compared with: which they are, and that they come out alike."""

from __future__ import annotations

import os
import signal

import pandas as pd
import pytest

from lscb_analysis.catalogue import find_area
from lscb_analysis.periods import Quarter
from lscb_analysis.pipeline.measuring import begin_values_before, quarter_before, values_before
from lscb_analysis.pipeline.records_of import submissions_folder
from lscb_analysis.second import SecondProcess
from lscb_analysis.settings import area_settings

AREA = "X06000001"
Q1, Q2, Q3, Q4 = (Quarter(2016, number) for number in range(1, 5))
TWO_CORES = pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core has no second process")


@pytest.mark.parametrize(
    ("quarter", "released", "before"),
    [
        (Q4, "", Q3),
        (Q4, "2016-17-Q3", Q3),
        (Q4, "2016-17-Q1", Q1),  # two quarters were passed over
        (Q4, "2015-16-Q4", Q3),  # released, and its submission is gone
        (Q2, "", Q1),
        (Q1, "", None),
    ],
)
def test_what_was_known_before_is_that_of_the_last_release(settings, quarter, released, before):
    folder = submissions_folder(settings.workspace, find_area(AREA))
    assert quarter_before(folder, quarter, released) == before


def asked(settings):
    populations = pd.DataFrame(columns=["series", "year", "release", "area_code", "population"])
    return settings.workspace, find_area(AREA), area_settings(settings, AREA), populations, Q3


@TWO_CORES
@pytest.mark.slow
def test_a_second_process_measures_the_same(settings):
    with SecondProcess() as second:
        begun = begin_values_before(second, *asked(settings))
        assert begun is not None
        pd.testing.assert_frame_equal(begun(), values_before(*asked(settings)))


@TWO_CORES
@pytest.mark.slow
def test_what_a_lost_process_measured_is_measured_here(settings):
    with SecondProcess() as second:
        pid = second.begin(os.getpid).result()
        second.begin(signal.pause)
        begun = begin_values_before(second, *asked(settings))
        assert begun is not None
        os.kill(pid, signal.SIGKILL)
        pd.testing.assert_frame_equal(begun(), values_before(*asked(settings)))


def test_nothing_was_known_before_the_first_submission(settings):
    workspace, area, chosen, populations, _ = asked(settings)
    with SecondProcess() as second:
        assert begin_values_before(second, workspace, area, chosen, populations, None) is None
