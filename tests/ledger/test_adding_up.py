"""Reports that add up by their making give no finding, whatever their numbers."""

from __future__ import annotations

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lscb_analysis.ledger import all_relations, check_figures, figures_of, relations_of
from lscb_analysis.statistics.rounding import percentage, rate
from tests.examples import examples

KINDS = ("Neglect", "Emotional", "Physical", "Sexual", "Multiple")
COLUMNS = ["id", "indicator", "label", "value", "unit", "period"]
PROBLEM = ["relation", "figure", "made of"]


@st.composite
def reports(draw) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A report of outcomes with shares, a stock with flows, two rates, and its relations."""
    counts = draw(st.lists(st.integers(6, 900), min_size=3, max_size=5))
    decimals = draw(st.integers(0, 1))
    opening, started = draw(st.integers(200, 3_000)), draw(st.integers(10, 900))
    ended = draw(st.integers(10, opening + started - 20))
    population = draw(st.integers(20_000, 200_000))
    in_care = draw(st.integers(100, 1_500))
    closing, total = opening + started - ended, sum(counts)
    rows, relations = [], []
    for number, (kind, count) in enumerate(zip(KINDS, counts, strict=False)):
        share = f"{percentage(count, total, decimals):.{decimals}f}%"
        rows.append([f"T{number}", "type_n", f"Type: {kind}", f"{count:,}", "referrals", "2016/17"])
        rows.append([f"P{number}", "type_pct", f"Type: {kind} %", share, "percent", "2016/17"])
        relations.append(["percentage", f"P{number}", f"T{number} / TT"])
    rows += [
        ["TT", "type_total", "Type total", f"{total:,}", "referrals", "2016/17"],
        ["O", "plans_open_prev", "Plans, 2016", f"{opening:,}", "children", "31 March 2016"],
        ["S", "plans_started", "Plans started", f"{started:,}", "plans", "2016/17"],
        ["E", "plans_ended", "Plans ended", f"{ended:,}", "plans", "2016/17"],
        ["C", "plans_open", "Plans", f"{closing:,}", "children", "31 March 2017"],
        ["L", "lac_open", "Looked after", f"{in_care:,}", "children", "31 March 2017"],
    ]
    for name, indicator, count in (("RC", "plans_rate", closing), ("RL", "lac_rate", in_care)):
        shown = f"{rate(count, population, decimals=2):.2f}"
        rows.append([name, indicator, f"{name} rate", shown, "per 10,000", "31 March 2017"])
    relations += [
        ["total", "TT", " + ".join(f"T{number}" for number in range(len(counts)))],
        ["flow", "C", "O + S - E"],
        ["rate", "RC", "C"],
        ["rate", "RL", "L"],
    ]
    return pd.DataFrame(rows, columns=COLUMNS), pd.DataFrame(relations, columns=PROBLEM)


@settings(
    max_examples=examples(25),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(reports(), st.booleans(), st.booleans(), st.randoms(use_true_random=False))
def test_a_report_that_adds_up_gives_no_finding(made, is_declared, has_indicators, chance):
    rows, declared = made
    order = list(range(len(rows)))
    chance.shuffle(order)
    rows = rows.iloc[order] if has_indicators else rows.iloc[order].drop(columns="indicator")
    figures, cells = figures_of(rows)
    relations = relations_of(declared, figures)[0] if is_declared else ()
    found = check_figures(figures, all_relations(figures, relations))
    assert cells.empty
    assert found.empty, found[["rule", "figures", "found"]].values.tolist()


@settings(
    max_examples=examples(25),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(reports(), st.sampled_from(["TT", "C", "T0", "O"]), st.integers(1, 400))
def test_one_wrong_cell_is_found_and_its_figure_named(made, cell, by):
    rows, declared = made
    values = rows.set_index("id")["value"]
    wrong = f"{int(values[cell].replace(',', '')) + by:,}"
    spoilt = rows.assign(value=rows["value"].mask(rows["id"].eq(cell), wrong))
    figures, _ = figures_of(spoilt)
    found = check_figures(figures, relations_of(declared, figures)[0])
    broken = found[found["rule"].isin(["parts and total", "stock and flow"])]
    assert broken["figures"].str.split("; ").map(lambda ids: cell in ids).any()
