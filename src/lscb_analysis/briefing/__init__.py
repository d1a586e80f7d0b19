"""Brief: protected values to notebooks, to checked pages in reports/."""

from lscb_analysis.briefing.among_all import beside_each_neighbour, where_do_we_stand
from lscb_analysis.briefing.annual import (
    data_pack,
    year_beside_others,
    year_by_quarter,
    year_headline,
    year_items,
)
from lscb_analysis.briefing.briefing import Briefing, BriefingError, open_briefing
from lscb_analysis.briefing.by_day import how_often
from lscb_analysis.briefing.carried import carried_over
from lscb_analysis.briefing.checks import (
    checked_answer,
    completeness,
    reconciliation,
    returns_tracker,
    revised_figures,
)
from lscb_analysis.briefing.closing import data_quality, definitions, provenance, validity
from lscb_analysis.briefing.figures import (
    how_do_we_compare,
    how_has_it_changed,
    how_long,
    where_will_the_year_end,
    who,
)
from lscb_analysis.briefing.opening import headline, scorecard, standing_out
from lscb_analysis.briefing.pathways import pathway
from lscb_analysis.briefing.texts import words_of_partners

# functions of a notebook that show one part of a page, made by names alone
SHOWN = (
    *("headline", "standing_out", "carried_over", "scorecard", "words_of_partners"),
    *("how_has_it_changed", "how_do_we_compare", "beside_each_neighbour", "where_do_we_stand"),
    *("where_will_the_year_end", "how_long", "how_often", "who"),
    *("definitions", "data_quality", "provenance", "validity"),
    *("checked_answer", "completeness", "reconciliation", "returns_tracker", "revised_figures"),
    *("year_headline", "year_items", "year_by_quarter", "year_beside_others", "data_pack"),
)

__all__ = [
    "SHOWN",
    "Briefing",
    "BriefingError",
    "beside_each_neighbour",
    "carried_over",
    "checked_answer",
    "completeness",
    "data_pack",
    "data_quality",
    "definitions",
    "headline",
    "how_do_we_compare",
    "how_has_it_changed",
    "how_long",
    "how_often",
    "open_briefing",
    "pathway",
    "provenance",
    "reconciliation",
    "returns_tracker",
    "revised_figures",
    "scorecard",
    "standing_out",
    "validity",
    "where_do_we_stand",
    "where_will_the_year_end",
    "who",
    "words_of_partners",
    "year_beside_others",
    "year_by_quarter",
    "year_headline",
    "year_items",
]
