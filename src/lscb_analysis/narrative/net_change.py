"""A stock through its flows in words: how many began and ended, and whether that is usual."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.catalogue import policy
from lscb_analysis.narrative.phrases import when_row
from lscb_analysis.printed import is_shown
from lscb_analysis.selecting import since_anew
from lscb_analysis.statistics.rounding import round_half_up
from lscb_analysis.statistics.spc import xmr

_KEY = "period"


def net_change_sentence(starts: pd.DataFrame, ends: pd.DataFrame) -> str:
    """The newest quarter's starts and ends, and their difference against its usual range.

    `starts` and `ends` are points by quarter, oldest first. The limits are those of an
    individuals chart (XmR) of starts less ends, a flow, where a stock itself depends on the
    level before it (`statistics.spc`); trial limits say so. Empty where either is not printed
    for the newest quarter, is rounded, or too few quarters have both.
    """
    both = _net(starts, ends)
    if both.empty or both[_KEY].iloc[-1] != starts[_KEY].iloc[-1]:
        return ""
    if len(both) < policy().trial_limits_points:
        return ""
    found = xmr(both["net"].to_numpy(dtype="float64"))
    low, high = float(found.lower[-1]), float(found.upper[-1])
    newest = both.iloc[-1]
    began, ended, net = (int(newest[name]) for name in ("began", "ended", "net"))
    told = (
        f"{_begun(began)} and {ended:,} ended {when_row(starts.iloc[-1])}, {_side(net)}: "
        f"{_verdict(net, low, high)} of a quarter ({_side(low)} to {_side(high)}"
    )
    if len(both) < policy().all_rules_points:
        return f"{told}; trial limits, which rest on {len(both)} quarters)."
    return f"{told})."


def _net(starts: pd.DataFrame, ends: pd.DataFrame) -> pd.DataFrame:
    """The quarters that have both flows, since limits began anew for either."""
    frames = []
    for flow, name in ((starts, "began"), (ends, "ended")):
        if flow.empty:
            return pd.DataFrame()
        known = since_anew(flow)
        known = known[is_shown(known) & known["status"].ne("rounded")]
        frames.append(known[[_KEY, "value"]].rename(columns={"value": name}))
    both = frames[0].merge(frames[1], on=_KEY)
    return both.assign(net=both["began"] - both["ended"])


def _begun(count: int) -> str:
    return f"{count:,} began"


def _verdict(net: int, low: float, high: float) -> str:
    if low <= net <= high:
        return "within the usual range"
    return f"{'above' if net > high else 'below'} the usual range"


def _side(net: float) -> str:
    """A difference in words: 13 more ended, 5 more began, as many of both."""
    size = round_half_up(abs(net), 0)
    if not size:
        return "as many of both"
    return f"{size:,.0f} more {'began' if net > 0 else 'ended'}"
