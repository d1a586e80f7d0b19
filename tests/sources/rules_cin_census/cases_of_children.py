"""Examples of the rules about the child and the whole return."""

from __future__ import annotations

from tests.sources.rules_cin_census.drawing import Case

TWO = "child child_id=C1\nepisode\nchild child_id={}\nepisode"
UPN = "child upn={}\nepisode"
DISABLED = "child\ndisability {}\ndisability {}\nepisode"
UNBORN = "child birth_date= expected_birth_date={} sex={}\nepisode referral_date=2017-02-01"
EIGHT = ("AUT", "LD", "BEH", "COMM", "CON", "HEAR", "MOB", "VIS")


def _disabled(*kinds: str) -> str:
    return "child\n" + "\n".join(f"disability {kind}" for kind in kinds) + "\nepisode"


def _without_sex(of: int) -> str:
    others = "\n".join(f"child child_id=C{number}" for number in range(2, of + 1))
    return f"child sex=\n{others}"


CASES: dict[str, Case] = {
    "reference_date": ("header reference_date=2016-07-21\nchild", "header\nchild"),
    "year": ("header year=2016\nchild", "header year=2017\nchild"),
    "id_blank": ("child child_id=", "child child_id=C1"),
    "id_long": ("child child_id=C12345678901234567890", "child child_id=C1234567890123456789"),
    "id_characters": ("child child_id=C-1", "child child_id=C1"),
    "child_twice": (TWO.format("C1"), TWO.format("C2")),
    "upn_check_letter": (UPN.format("A801200001001"), UPN.format("H801200001001")),
    "upn_digits": (UPN.format("H8012X0001001"), UPN.format("H801200001001")),
    "upn_last_character": (UPN.format("H80120000100S"), UPN.format("G80120000100A")),
    "upn_shared": (
        "child upn=H801200001001\nchild child_id=C2 upn=H801200001001",
        "child upn=H801200001001\nchild child_id=C2 upn=G80120000100A",
    ),
    "upn_lacking": (
        "child birth_date=2008-01-01 upn_unknown=UN1\nepisode",
        "child birth_date=2008-01-01 upn_unknown=UN3\nepisode\n"
        "child child_id=C2 birth_date=2014-01-01\n"
        "child child_id=C3 birth_date=2008-01-01 upn=H801200001001",
    ),
    "upn_reason": (
        "child upn_unknown=UN7\nepisode is_no_further_action=0",
        "child upn_unknown=UN7\nepisode is_no_further_action=1",
    ),
    "births": (
        "child birth_date=2010-01-01 expected_birth_date=2010-01-02",
        "child birth_date=2010-01-01\nchild child_id=C2 birth_date= expected_birth_date=2017-05-01",
    ),
    "expected_birth": (UNBORN.format("2017-02-20", "U"), UNBORN.format("2017-03-05", "U")),
    "death_before_birth": (
        "child birth_date=2016-05-01 death_date=2016-04-30",
        "child birth_date=2016-05-01 death_date=2016-05-01",
    ),
    "death_year": ("child death_date=2016-03-31", "child death_date=2016-04-01"),
    "sex_blank": ("child sex=", "child sex=0"),
    "unborn_sex": (UNBORN.format("2017-05-01", "1"), UNBORN.format("2017-05-01", "0")),
    "ethnicity_blank": ("child ethnicity=", "child ethnicity=NOBT"),
    "no_episode": ("child", "child\nepisode"),
    "disability_none": (DISABLED.format("AUT", "NONE"), DISABLED.format("AUT", "LD")),
    "disability_twice": (DISABLED.format("AUT", "AUT"), DISABLED.format("AUT", "LD")),
    "sex_lacking": (_without_sex(of=49), _without_sex(of=50)),
    "disability_codes": (_disabled(*EIGHT[:7]), _disabled(*EIGHT)),
    "disability_each": (
        "child\ndisability AUT\nchild child_id=C2\ndisability LD",
        "child\ndisability AUT\nchild child_id=C2\ndisability LD\ndisability AUT",
    ),
}
