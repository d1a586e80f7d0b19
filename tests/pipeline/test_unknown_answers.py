from __future__ import annotations

from lscb_analysis.catalogue import indicators
from lscb_analysis.measures.counting import counted
from lscb_analysis.periods import Quarter, quarter_period
from tests.drawn import table


def test_a_conference_whose_outcome_is_not_yet_known_is_neither_for_nor_against_a_plan():
    conferences = table(
        """
        child_id | conference_date | is_timed | has_plan
        A        | 2017-01-10      | yes      | yes
        B        | 2017-01-11      | yes      | yes
        C        | 2017-02-01      | yes      | no
        D        | 2017-03-30      | yes      | -
        """
    )
    indicator = indicators()["conferences_resulting_in_plan"]
    found = counted(indicator, conferences, quarter_period(Quarter(2016, 4)))
    assert (found.numerator, found.denominator, found.value) == (2, 3, 66.7)


def test_a_care_leaver_whose_accommodation_is_not_known_counts_as_not_suitably_housed():
    """As the definition says: those whose accommodation is not known are included."""
    leavers = table(
        """
        child_id | snapshot_date | age_band | is_in_touch | is_suitable_accommodation
        A        | 2017-03-31    | 19 to 21 | yes         | yes
        B        | 2017-03-31    | 19 to 21 | yes         | no
        C        | 2017-03-31    | 19 to 21 | no          | -
        """
    )
    indicator = indicators()["care_leavers_suitable_accommodation"]
    quarter = Quarter(2016, 4)
    found = counted(indicator, leavers, quarter_period(quarter))
    assert (found.numerator, found.denominator) == (1, 3)
