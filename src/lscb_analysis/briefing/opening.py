"""How a briefing opens: the answer, what stands out, the scorecard."""

from __future__ import annotations

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.corrections import correction_note
from lscb_analysis.briefing.held import held_notes
from lscb_analysis.briefing.once import kept, once
from lscb_analysis.briefing.part import Part, bullets, paragraph, safe
from lscb_analysis.briefing.texts import texts_about
from lscb_analysis.briefing.trends import trends
from lscb_analysis.catalogue import Indicator, policy
from lscb_analysis.disclosure import POOLED_ONLY
from lscb_analysis.narrative import (
    answer,
    challenge_question,
    change_sentence,
    nothing_line,
    signal_sentence,
    titled,
)
from lscb_analysis.printed import fewer_note
from lscb_analysis.selecting import own_code
from lscb_analysis.signals import MOST_EXCEPTIONS, Signal, judged, points
from lscb_analysis.tables import html_table
from lscb_analysis.tables import scorecard as scorecard_frame

TESTED = ("quarter", "financial_year", "calendar_year")
NO_WORDS = "No commentary was received about it."


@once
def headline(briefing: Briefing) -> Part:
    """The title and the answer: a paragraph that a busy reader can stop after."""
    sentences = answered(briefing)
    title = f"<h1>{safe(briefing.title)}</h1>\n"
    question = paragraph(briefing.theme.question, "question")
    return Part(
        title + question + correction_note(briefing) + paragraph(" ".join(sentences), "answer")
    )


def answered(briefing: Briefing, most: int = 3) -> list[str]:
    """The sentences of the answer that a page opens with, with so many main figures."""
    found: list[str] = kept(
        briefing,
        answer_name(most),
        lambda: answer(
            briefing.values,
            leads_first(briefing),
            briefing.area.area_code,
            briefing.quarter,
            panel_code=briefing.panel_code,
            most=most,
            signals=judged_figures(briefing),
        ),
    )
    return found


def answer_name(most: int) -> tuple[str, ...]:
    """The name under which the answer with so many main figures is kept."""
    return ("answer", str(most))


def leads_first(briefing: Briefing) -> dict[str, Indicator]:
    """The theme's indicators, those that a briefing opens with before the others."""
    leads = {name: briefing.indicators[name] for name in briefing.theme.leads}
    return leads | dict(briefing.indicators)


def judged_figures(briefing: Briefing) -> list[Signal]:
    """A signal for each indicator with points enough to be judged: outside ones first."""
    found: list[Signal] = kept(
        briefing,
        ("judged",),
        lambda: judged(
            briefing.values,
            briefing.indicators,
            briefing.area.area_code,
            TESTED,
            panel_code=briefing.panel_code,
            until=briefing.quarter.end,
        ),
    )
    return found


@once
def standing_out(briefing: Briefing) -> Part:
    """The exceptions, each with its sentence, its partner's words and one question to ask."""
    signals = judged_figures(briefing)
    if not signals:
        told = "No figure has enough points yet to say what is usual for it."
        return Part(paragraph(told, "quiet"))
    outside = _outside(signals)
    if not outside:
        return Part(paragraph("No figure is outside its usual range.", "quiet"))
    return Part("".join(_exception(briefing, signal) for signal in outside))


def questions_asked(briefing: Briefing) -> list[tuple[str, str]]:
    """The question that each exception of the page asks, with its indicator."""
    return [
        (signal.indicator, challenge_question(signal, briefing.indicators[signal.indicator]))
        for signal in _outside(judged_figures(briefing))
    ]


def _outside(signals: list[Signal]) -> list[Signal]:
    return [signal for signal in signals if signal.stands_out][:MOST_EXCEPTIONS]


def _exception(briefing: Briefing, signal: Signal) -> str:
    indicator = briefing.indicators[signal.indicator]
    code = own_code(indicator, briefing.area.area_code, briefing.panel_code)
    found = points(briefing.values, indicator, code, signal.period_type, until=briefing.quarter.end)
    told = [
        signal_sentence(signal, indicator, named=False),
        change_sentence(found, indicator, named=False),
    ]
    words = texts_about(briefing, indicator.id)
    return (
        f'<section class="exception"><h3>{safe(titled(found.iloc[-1], indicator))}</h3>\n'
        + paragraph(" ".join(told))
        + (words or _no_words(briefing))
        + f"<p><strong>Question for the group.</strong> "
        f"{safe(challenge_question(signal, indicator))}</p></section>\n"
    )


def _no_words(briefing: Briefing) -> str:
    """That no partner wrote about an exception; of official statistics nobody is asked to."""
    return "" if briefing.is_published_only else paragraph(NO_WORDS, "quiet")


@once
def scorecard(briefing: Briefing) -> Part:
    """The scorecard, and one line for each indicator that has no figure."""
    table = scorecard_frame(
        briefing.values[briefing.values["reason"] != POOLED_ONLY],
        briefing.indicators,
        briefing.area.area_code,
        briefing.quarter,
        briefing.comparators,
        briefing.is_published_only,
        panel_code=briefing.panel_code,
    )
    legend = f"{briefing.provenance['profiles'][briefing.theme.id]}; [x] not available; "
    legend += "[z] not applicable; [u] too few to be reliable"
    legend = "; ".join(filter(None, [legend, fewer_note(table), _stands_as_told(briefing)])) + "."
    if table.empty:
        shown = paragraph("No figure of this theme can be printed in this release.")
    else:
        shown = html_table(
            table,
            caption=f"Scorecard: {briefing.title}",
            row_header="Indicator",
            numeric=list(table.columns[1:]),
            note=legend[0].upper() + legend[1:],
            wide=True,
            pictures={"Trend": trends(briefing, table["Indicator"])},
        )
    absent = [nothing_line(item, _why(briefing, name)) for name, item in _absent(briefing)]
    return Part(shown + held_notes(briefing) + (_folded(absent) if absent else ""))


def _stands_as_told(briefing: Briefing) -> str:
    """That small corrections wait, so that sums may be out; nothing where none can."""
    profile = policy().profiles[briefing.profile]
    if briefing.is_published_only or profile.round_to or profile.pooled_years:
        return ""
    return (
        "a figure that was released before stands as it was until it moves by more than a few, "
        "so a year can be out by a few from its quarters, and a closing number from its flows"
    )


def _folded(lines: list[str]) -> str:
    return (
        f"<details><summary>Not in this release ({len(lines)})</summary>{bullets(lines)}</details>"
    )


def _absent(briefing: Briefing) -> list[tuple[str, Indicator]]:
    rows = briefing.values[briefing.values["is_current"]]
    own = rows[rows["area_code"].isin([briefing.area.area_code, briefing.panel_code])]
    shown = own[own["value"].notna() | own["band_lower"].notna()]
    return [item for item in briefing.indicators.items() if item[0] not in set(shown["indicator"])]


def _why(briefing: Briefing, name: str) -> str:
    if briefing.indicators[name].reason:
        return ""
    rows = briefing.values[briefing.values["indicator"] == name]
    own = rows[rows["area_code"].isin([briefing.area.area_code, briefing.panel_code])]
    reasons = own.loc[own["reason"] != "", "reason"]
    if len(reasons):
        return str(reasons.iloc[-1])
    return "no official statistic is held for it" if briefing.is_published_only else ""
