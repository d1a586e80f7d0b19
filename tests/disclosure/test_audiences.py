"""Three audiences: what each sees of the same values, and what a holder of two can work out."""

from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.catalogue import CatalogueError, policy, raised_policy
from lscb_analysis.disclosure import protect
from lscb_analysis.disclosure.audiences import PANEL, for_public
from lscb_analysis.disclosure.problem import make_problem
from lscb_analysis.disclosure.solver import ProtectionError, withheld_cells
from tests.disclosure.test_protect import ON_TIME, PLANS, values
from tests.drawn import indicator

DEATHS = indicator(
    "deaths", periods=("quarter", "pooled"), dated_by=("start_date",), profile="deaths"
)
BY_CATEGORY = """
indicator | period     | breakdown_topic | breakdown | numerator
plans     | 2016-17 Q4 | Total           | Total     | {total}
plans     | 2016-17 Q4 | Category        | Neglect   | {first}
plans     | 2016-17 Q4 | Category        | Physical  | {second}
plans     | 2016-17 Q4 | Category        | Sexual    | {third}
"""


def drawn(first: int, second: int, third: int) -> pd.DataFrame:
    total = first + second + third
    return values(BY_CATEGORY.format(total=total, first=first, second=second, third=third))


def gate(table: pd.DataFrame, audience: str, *indicators) -> pd.DataFrame:
    known = {each.id: each for each in indicators or (PLANS,)}
    return protect(table.assign(source="submissions"), known, policy(), None, audience)


def shown(protected: pd.DataFrame) -> dict[str, object]:
    texts = protected["value"].map(lambda value: "[c]" if pd.isna(value) else int(value))
    return dict(zip(protected["breakdown"], texts, strict=True))


def test_the_panel_sees_a_small_headline_and_no_part_of_it():
    protected = gate(drawn(2, 1, 0), PANEL)
    assert shown(protected) == {"Total": 3, "Neglect": "[c]", "Physical": "[c]", "Sexual": "[c]"}
    assert "small" in protected.loc[protected["breakdown"].eq("Neglect"), "reason"].iloc[0]


def test_the_panels_breakdowns_are_protected_as_anybodys():
    seen = shown(gate(drawn(30, 20, 3), PANEL))
    assert (seen["Total"], seen["Sexual"]) == (53, "[c]")
    assert sorted(map(str, (seen["Neglect"], seen["Physical"]))) in (["20", "[c]"], ["30", "[c]"])


def test_the_partnership_does_not_see_a_small_headline():
    assert shown(gate(drawn(2, 1, 0), "partnership"))["Total"] == "[c]"


def test_the_panel_sees_a_quarters_deaths_and_nobody_else_does():
    quarter = values(
        """
        indicator | period             | breakdown_topic | breakdown | numerator
        deaths    | 2016-17 Q4         | Total           | Total     | 3
        deaths    | 2014-15 to 2016-17 | Age             | Pooled    | 60
        """
    )
    assert shown(gate(quarter, PANEL, DEATHS))["Total"] == 3
    assert shown(gate(quarter, "partnership", DEATHS))["Total"] == "[c]"


def test_the_public_sees_counts_to_the_nearest_five_and_percentages_made_from_them():
    table = values(
        """
        indicator | period     | breakdown_topic | breakdown | numerator | denominator
        plans     | 2016-17 Q1 | Total           | Total     | 412       | -
        on_time   | 2016-17 Q2 | Total           | Total     | 83        | 121
        """
    )
    seen = for_public(
        gate(table, "partnership", PLANS, ON_TIME), {"plans": PLANS, "on_time": ON_TIME}, policy()
    )
    assert seen["value"].tolist() == [410.0, 70.8]
    assert seen[["numerator", "denominator"]].iloc[1].tolist() == [85.0, 120.0]
    assert seen["status"].tolist() == ["rounded", "rounded"]


def test_the_public_sees_nothing_that_is_withheld_from_the_partnership():
    partnership = gate(drawn(30, 20, 3), "partnership")
    public = for_public(partnership, {"plans": PLANS}, policy())
    assert public["value"].isna().tolist() == partnership["value"].isna().tolist()


def test_official_statistics_are_not_rounded_for_the_public():
    table = drawn(30, 20, 10).assign(status="published", source="DfE")
    assert for_public(table, {"plans": PLANS}, policy())["value"].tolist() == [60, 30, 20, 10]


@pytest.mark.parametrize(
    ("thresholds", "told"),
    [
        ({"dfe": 4}, "a whole number of 5 or more; it can be raised, never lowered"),
        ({"dfe": 0}, "never lowered"),
        ({"rounded": 5}, "a whole number of 7 or more"),
        ({"dfe": "off"}, "never lowered"),
        ({"dfe": True}, "never lowered"),
        ({"percentage_base": 10}, "a whole number of 20 or more"),
        ({"police": 9}, "'police' is not one of dfe, rounded, deaths"),
        ({"as_published": 9}, "is not one of dfe, rounded, deaths"),
        ({"def": 9}, "did you mean dfe"),
    ],
)
def test_a_threshold_is_never_lowered_and_a_profile_must_exist(thresholds, told):
    with pytest.raises(CatalogueError, match=told):
        raised_policy(thresholds, "lscb.toml [disclosure]")


def test_a_raised_threshold_is_in_force_and_in_the_legend():
    raised = raised_policy({"dfe": 9, "percentage_base": 30}, "lscb.toml")
    assert raised.profiles["dfe"].legend_text.startswith("[c] stands for 1 to 9 children")
    assert raised.percentage_base == 30
    table = drawn(8, 40, 30).assign(source="submissions")
    assert shown(protect(table, {"plans": PLANS}, raised))["Neglect"] == "[c]"
    assert shown(protect(table, {"plans": PLANS}, policy()))["Neglect"] == 8


def test_a_table_that_cannot_be_protected_in_time_is_a_clear_stop():
    problem = make_problem([3, 9, 12], [({0: 1, 1: 1, 2: -1}, 0)], threshold=5)
    with pytest.raises(ProtectionError, match="nothing of it is released: run it when"):
        withheld_cells(problem, longest_seconds=-1)
