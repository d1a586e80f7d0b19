from __future__ import annotations

from lscb_analysis.ledger.disclosing import (
    rebuilt_by_subtraction,
    rebuilt_from_percentages,
    small_counts_printed,
)
from tests.ledger.drawing import figures, findings, ids


def test_counts_of_one_to_five_people_are_one_note():
    drawn = """
        id | label | value | unit
        A  | Both  | Five  | children
        B  | Some  | 6     | children
        C  | None  | 0     | children
        D  | Met   | 4     | meetings
    """
    assert ids(small_counts_printed(figures(drawn))) == ["A"]


def test_a_percentage_of_few_people_gives_their_number_away():
    drawn = """
        id | label   | value | unit
        N  | Victims | 124   | victims
        A  | At risk | {}    | percent
    """
    declared = "relation | figure | made of\npercentage | A | ? / N"
    found = findings(rebuilt_from_percentages, drawn.format("7%"), declared)
    assert ids(found) == ["A; N"]
    assert "can only be 9 people" in found["found"].iloc[0]
    assert findings(rebuilt_from_percentages, drawn.format("58%"), declared).empty


def test_a_withheld_part_that_subtraction_gives_back_is_a_problem():
    drawn = """
        id | label | value | unit
        A  | Boys  | 20    | children
        B  | Girls | {}    | children
        C  | Other | {}    | children
        T  | All   | 40    | children
    """
    declared = "relation | figure | made of\ntotal | T | A + B + C"
    found = findings(rebuilt_by_subtraction, drawn.format(17, "[c]"), declared)
    assert found["found"].tolist() == ["[c] (C) can only be 3, by subtraction"]
    assert found["severity"].tolist() == ["warning"]
    assert findings(rebuilt_by_subtraction, drawn.format("[c]", "[c]"), declared).empty


def test_the_small_rest_of_a_set_is_noted():
    drawn = "id | label | value | unit\nA | Seen | {} | children\nN | All | 40 | children"
    declared = "relation | figure | made of\npart | A | N"
    assert ids(findings(rebuilt_by_subtraction, drawn.format(38), declared)) == ["A; N"]
    assert findings(rebuilt_by_subtraction, drawn.format(20), declared).empty
