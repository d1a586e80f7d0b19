"""Protected values as charts, each named by the question it answers, with alt text and table."""

from lscb_analysis.charts.chart import Chart, ChartError
from lscb_analysis.charts.compare import how_do_we_compare
from lscb_analysis.charts.fan import where_will_the_year_end
from lscb_analysis.charts.funnel import where_do_we_stand
from lscb_analysis.charts.groups import how_long, who
from lscb_analysis.charts.neighbours import beside_each_neighbour
from lscb_analysis.charts.trend import how_has_it_changed

__all__ = [
    "Chart",
    "ChartError",
    "beside_each_neighbour",
    "how_do_we_compare",
    "how_has_it_changed",
    "how_long",
    "where_do_we_stand",
    "where_will_the_year_end",
    "who",
]
