"""A notebook's parts come from the process that checks its page, and are the same as its own."""

from __future__ import annotations

import os
from dataclasses import replace
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client

import pytest

from lscb_analysis import briefing as parts
from lscb_analysis.briefing.briefing import open_briefing
from lscb_analysis.briefing.making import Wanted, make_page
from lscb_analysis.briefing.once import ADDRESS, KEY, answering
from lscb_analysis.briefing.part import Part
from lscb_analysis.briefing.places import pages_folder
from lscb_analysis.periods import parse_quarter
from lscb_analysis.settings import read_settings
from tests.briefing.drawn_workspace import QUARTER, drawn_workspace

MEREFORD = "X06000001"
LINE = "cp_plans_at_period_end"
ASKED = ("child_protection", MEREFORD, QUARTER, "partnership")
SHOWS = {name: getattr(parts, name) for name in parts.SHOWN}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return drawn_workspace(tmp_path_factory.mktemp("once"))


def _in(environment, monkeypatch):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


def test_a_part_that_is_asked_for_is_the_same_as_one_that_is_made(workspace, monkeypatch):
    own = open_briefing(*ASKED, workspace)
    kept = replace(own, made={})
    names = [("headline",), ("scorecard",), ("how_has_it_changed", LINE)]
    names.append(("who", "cp_plans_latest_category", "category_of_abuse"))
    with answering(kept, SHOWS) as environment:
        _in(environment, monkeypatch)
        asking = open_briefing(*ASKED, workspace)
        assert asking.asks is not None
        for name, *arguments in names:
            assert SHOWS[name](asking, *arguments) == SHOWS[name](own, *arguments)
    assert {name for name in kept.made if name in map(tuple, names)} == set(map(tuple, names))


def test_a_part_is_made_once_however_it_is_asked_for(workspace):
    kept = replace(open_briefing(*ASKED, workspace), made={})
    first = parts.how_has_it_changed(kept, LINE)
    assert parts.how_has_it_changed(kept, indicator_id=LINE) is first


def test_what_an_analyst_changed_is_drawn_by_the_notebook_itself(workspace, monkeypatch):
    kept = replace(open_briefing(*ASKED, workspace), made={})
    with answering(kept, SHOWS) as environment:
        _in(environment, monkeypatch)
        asking = open_briefing(*ASKED, workspace)
        fewer = replace(asking, values=asking.values[asking.values["indicator"] != LINE])
        assert "<img" not in parts.how_has_it_changed(fewer, LINE).html
    assert ("how_has_it_changed", LINE) not in kept.made


def test_another_briefing_is_not_shown_as_this_one(workspace, monkeypatch):
    kept = replace(open_briefing(*ASKED, workspace), made={})
    with answering(kept, SHOWS) as environment:
        _in(environment, monkeypatch)
        other = open_briefing("domestic_abuse", *ASKED[1:], workspace)
        assert "Domestic abuse" in parts.headline(other).html
    assert not kept.made


def test_an_error_is_the_notebook_s_own(workspace, monkeypatch):
    kept = replace(open_briefing(*ASKED, workspace), made={})
    with answering(kept, SHOWS) as environment:
        _in(environment, monkeypatch)
        asking = open_briefing(*ASKED, workspace)
        with pytest.raises(ValueError, match="not_there"):
            parts.how_has_it_changed(asking, "not_there")
        assert parts.headline(asking).html  # and the next part is shown


def test_a_notebook_goes_on_where_nobody_answers_any_more(workspace, monkeypatch):
    kept = replace(open_briefing(*ASKED, workspace), made={})
    with answering(kept, SHOWS) as environment:
        _in(environment, monkeypatch)
        asking = open_briefing(*ASKED, workspace)
        assert parts.headline(asking).html
    assert parts.how_has_it_changed(asking, LINE).html


def test_whoever_has_no_key_is_told_nothing(workspace):
    kept = replace(open_briefing(*ASKED, workspace), made={})
    with answering(kept, SHOWS) as environment:
        with pytest.raises((OSError, EOFError, AuthenticationError)):
            Client(environment[ADDRESS], authkey=b"another").recv_bytes()
        with Client(environment[ADDRESS], authkey=bytes.fromhex(environment[KEY])) as link:
            link.send_bytes(b'{"show": "__import__", "with": ["os"], "about": []}')
            assert link.recv_bytes() == b'{"html": null}'


@pytest.mark.slow
def test_a_page_is_the_same_where_its_notebook_asks_and_where_it_draws(workspace, tmp_path):
    settings = replace(read_settings(workspace), engine="warm")
    folder = pages_folder(workspace, MEREFORD, parse_quarter(QUARTER), "partnership")
    wanted = Wanted(settings, MEREFORD, parse_quarter(QUARTER), ASKED[0], folder, tmp_path)
    asked = make_page(wanted)
    page = asked.path.read_bytes()
    drawn = make_page(wanted, is_asked=False)
    assert (drawn.page, drawn.path.read_bytes()) == (asked.page, page)
    assert not any(name in os.environ for name in (ADDRESS, KEY))


def test_a_part_of_several_steps_is_made_by_the_notebook(workspace):
    kept = replace(open_briefing(*ASKED, workspace), made={})
    part = parts.pathway(kept, "From referral to plan", [LINE, "section_47s_started"])
    assert isinstance(part, Part)
    assert not any(name[0] == "pathway" for name in kept.made)
