from __future__ import annotations

import pytest

from lscb_analysis.demo import planted, write_example_board
from lscb_analysis.demo.board import make_board

QUARTERS = planted.QUARTERS[-2:]  # the two with most planted in them


@pytest.fixture(scope="session")
def board():
    """Everything that was invented, in memory."""
    return make_board(planted.SEED)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """The example board's last two quarters, written."""
    place = tmp_path_factory.mktemp("example") / planted.AREA_CODE
    write_example_board(place, quarters=QUARTERS)
    return place
