from __future__ import annotations

from pathlib import Path

import pytest

from lscb_analysis.briefing import Briefing, open_briefing
from tests.briefing.drawn_workspace import LEICESTER, MEREFORD, QUARTER, drawn_workspace
from tests.briefing.releasing import Released, brief_area


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A drawn workspace of one's own, to spoil."""
    return drawn_workspace(tmp_path)


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drawn workspace that nobody writes to."""
    return drawn_workspace(tmp_path_factory.mktemp("drawn"))


@pytest.fixture(scope="session")
def mereford(drawn: Path) -> Briefing:
    """The fictional board's child protection briefing."""
    return open_briefing("child_protection", MEREFORD, QUARTER, workspace=drawn)


@pytest.fixture(scope="session")
def leicester(drawn: Path) -> Briefing:
    """The real area's child protection briefing: official statistics only."""
    return open_briefing("child_protection", LEICESTER, QUARTER, workspace=drawn)


@pytest.fixture(scope="session")
def released_briefings(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """The briefings of both drawn areas, released once for the tests of one xdist group."""
    folder = drawn_workspace(tmp_path_factory.mktemp("released"))
    for area_code in (MEREFORD, LEICESTER):
        assert [each for each in brief_area(folder, area_code) if each.problems] == []
    return Released(folder)
