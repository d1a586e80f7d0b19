"""Protected values as sentences: no claim that the figures beside it do not carry."""

from lscb_analysis.narrative.answer import answer
from lscb_analysis.narrative.changing import change_sentence, interval_sentence
from lscb_analysis.narrative.chart_words import (
    breakdown_alt,
    breakdown_headline,
    chart_alt,
    chart_headline,
    comparison_alt,
    comparison_headline,
    trend_alt,
)
from lscb_analysis.narrative.coming import coming_alt, coming_headline, coming_sentence
from lscb_analysis.narrative.comparing import comparison_sentence
from lscb_analysis.narrative.lasting import lasting_headline, lasting_sentence
from lscb_analysis.narrative.net_change import net_change_sentence
from lscb_analysis.narrative.phrases import number_phrase, titled, when
from lscb_analysis.narrative.references import fill_references
from lscb_analysis.narrative.sentences import (
    challenge_question,
    nothing_line,
    signal_sentence,
)
from lscb_analysis.narrative.standing import (
    neighbours_alt,
    neighbours_headline,
    neighbours_sentence,
    standing_alt,
    standing_headline,
    standing_sentence,
)
from lscb_analysis.narrative.trending import trend_sentence

__all__ = [
    "answer",
    "breakdown_alt",
    "breakdown_headline",
    "challenge_question",
    "change_sentence",
    "chart_alt",
    "chart_headline",
    "coming_alt",
    "coming_headline",
    "coming_sentence",
    "comparison_alt",
    "comparison_headline",
    "comparison_sentence",
    "fill_references",
    "interval_sentence",
    "lasting_headline",
    "lasting_sentence",
    "neighbours_alt",
    "neighbours_headline",
    "neighbours_sentence",
    "net_change_sentence",
    "nothing_line",
    "number_phrase",
    "signal_sentence",
    "standing_alt",
    "standing_headline",
    "standing_sentence",
    "titled",
    "trend_alt",
    "trend_sentence",
    "when",
]
