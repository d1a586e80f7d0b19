"""Every planted canary is refused, by its own rule; a clean page passes; no rule is idle."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from lscb_analysis.release_check import RULES, Manifest, check_release, sha256
from lscb_analysis.release_check.manifest import words_of
from lscb_analysis.release_check.page import parse_page
from lscb_analysis.release_check.pictures import _pictures
from tests.release_check.canaries import CANARIES, NUMBER, SECRET, Canary
from tests.release_check.drawn_page import drawn_manifest, drawn_page


def manifest_for(canary: Canary) -> Manifest:
    """The clean page's manifest; for a chart of our own gone wrong, with its hash too."""
    manifest = drawn_manifest()
    if canary.by == "drawings":
        drawn = {sha256(each) for each, _ in _pictures(parse_page(canary.html)) if each}
        return replace(manifest, images=manifest.images | drawn)
    return manifest


def test_a_clean_page_passes():
    assert check_release(drawn_page(), drawn_manifest()) == []


def test_there_are_more_canaries_than_the_design_has():
    assert len({canary.channel for canary in CANARIES}) == len(CANARIES) >= 90


@pytest.mark.parametrize("canary", CANARIES, ids=lambda canary: canary.channel)
def test_a_canary_is_refused_by_its_rule(canary: Canary):
    by_rule = RULES[canary.by]
    assert check_release(canary.html, manifest_for(canary), {canary.by: by_rule})


@pytest.mark.parametrize("canary", CANARIES, ids=lambda canary: canary.channel)
def test_a_refusal_names_place_and_kind_and_never_what_was_found(canary: Canary):
    told = " ".join(check_release(canary.html, manifest_for(canary)))
    for secret in (SECRET, NUMBER, "413", "9434", "jaydenne", "LE1 1AA", "2009", "0123456789"):
        assert secret.casefold() not in told.casefold()


@pytest.fixture(scope="module")
def refusing() -> dict[str, set[str]]:
    """By canary, the rules that refuse it."""
    found = {}
    for canary in CANARIES:
        page, manifest = parse_page(canary.html), manifest_for(canary)
        found[canary.channel] = {name for name, rule in RULES.items() if rule(page, manifest)}
    return found


@pytest.mark.parametrize("rule", RULES)
def test_with_a_rule_switched_off_some_canary_passes(rule: str, refusing: dict[str, set[str]]):
    assert {rule} in refusing.values(), f"no canary needs the rule {rule}"


def test_a_manifest_is_the_same_after_it_was_written(tmp_path):
    from lscb_analysis.release_check import read_manifest

    path = tmp_path / "manifest.json"
    path.write_text(drawn_manifest().to_json(), "utf-8")
    assert read_manifest(path) == drawn_manifest()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"title": 1}', '{"figures": {}, "x": 1}'])
def test_what_is_no_manifest_is_refused_with_what_to_do(text: str, tmp_path):
    from lscb_analysis.release_check import ManifestError, read_manifest

    path = tmp_path / "manifest.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ManifestError, match="run the release again"):
        read_manifest(path)


def test_words_are_known_without_their_capitals():
    assert words_of(["The Board's PLANS"]) == {"the", "board", "s", "plans"}


def test_a_place_names_section_table_row_and_cell():
    page = drawn_page().replace(">[c]</td>", ">4</td>")
    (told,) = check_release(page, drawn_manifest())
    assert re.fullmatch(r"a figure that was not released, section 1, table 1, row 4, cell 2", told)
