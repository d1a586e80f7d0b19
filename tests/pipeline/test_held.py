from __future__ import annotations

import pandas as pd

from lscb_analysis.pipeline.held import with_history
from lscb_analysis.values import as_values


def values(*figures: tuple[str, float | None], is_imported: bool = False) -> pd.DataFrame:
    rows = [
        {
            "indicator": "cp_plan_starts",
            "area_code": "X06000001",
            "period_type": "quarter",
            "period": period,
            "numerator": value,
            "value": value,
            "status": "unavailable" if value is None else "unchecked",
            "is_imported": is_imported,
        }
        for period, value in figures
    ]
    return as_values(pd.DataFrame(rows))


def shown(frame: pd.DataFrame) -> list[tuple[object, bool]]:
    return list(zip(frame["value"].fillna(-1), frame["is_imported"], strict=True))


def test_an_imported_figure_fills_a_period_that_no_submission_covers():
    filled = with_history(
        values(("2013-14 Q4", None), ("2014-15 Q1", 130)),
        values(("2013-14 Q4", 120), is_imported=True),
    )
    assert shown(filled) == [(120, True), (130, False)]
    assert filled["status"].tolist() == ["unchecked", "unchecked"]


def test_what_was_measured_counts_more_than_what_was_imported():
    measured = values(("2014-15 Q1", 130))
    assert shown(with_history(measured, values(("2014-15 Q1", 99)))) == [(130, False)]


def test_an_imported_figure_of_a_period_that_is_not_shown_is_not_used():
    measured = values(("2014-15 Q1", 130))
    assert len(with_history(measured, values(("2009-10 Q1", 99)))) == 1


def test_without_a_history_nothing_changes():
    measured = values(("2014-15 Q1", None))
    pd.testing.assert_frame_equal(with_history(measured, measured.iloc[:0]), measured)
