from __future__ import annotations

import os

import pytest

from lscb_analysis.warm.kernels import SHARED


@pytest.fixture(autouse=True)
def _no_others_kernels(monkeypatch):
    for name in [name for name in os.environ if name.startswith("LSCB_WARM_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session", autouse=True)
def _ended_afterwards():
    yield
    SHARED.close()
