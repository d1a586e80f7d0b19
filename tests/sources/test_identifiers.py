"""Identifiers: what is held in their place."""

from __future__ import annotations

import hashlib
import hmac
import re

import pandas as pd
import pytest

from lscb_analysis.sources.identifiers import rekey

KEY = b"the key of a fictional area"


def test_an_identifier_is_replaced_by_its_keyed_digest():
    digest = hmac.new(KEY, b"AB12", hashlib.sha256).hexdigest()
    assert rekey(pd.Series(["ab12"]), KEY).tolist() == [f"LSCBID{digest[:14]}"]


def test_case_and_spaces_make_no_difference_and_nor_does_a_number_for_a_text():
    rekeyed = rekey(pd.Series([" ab12 ", "AB12", 7.0, 7, "7"], dtype=object), KEY)
    assert rekeyed.nunique() == 2


def test_another_area_has_other_identifiers():
    cells = pd.Series(["AB12"])
    assert rekey(cells, KEY)[0] != rekey(cells, b"the key of another area")[0]


def test_a_blank_identifier_stays_missing():
    assert rekey(pd.Series([None, "", "  "], dtype=object), KEY).isna().all()


def test_every_identifier_has_the_same_form():
    assert re.fullmatch(r"LSCBID[0-9a-f]{14}", rekey(pd.Series(["x"]), KEY)[0])


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="key"):
        rekey(pd.Series(["x"]), b"short")
