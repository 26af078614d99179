"""Whether an outlet has been silent for longer than it ever is, counted while somebody looked.

A machine that is off, or without a network, sees no articles; that is no silence of the outlet's. So what is counted is
not the calendar but the time over which runs looked: a gap between two runs counts as one and a half of the usual ones
at most. Of one gap, however long, no alarm comes, and none stretches the rhythm that the outlet is held against.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import median

DAY = 86400.0
FEWEST = 3
"""Runs with new articles from which on there is a rhythm."""
SHORT_PAST = 7 * DAY
"""Of a past shorter than this the rhythm is not known; then `PATIENCE` counts."""
PATIENCE = 4 * DAY
LONGEST_GAP = 1.5
"""What a gap between two runs counts at most, in usual ones."""


def silence(runs: Sequence[tuple[float, bool]]) -> str | None:
    """Say in one line that no new article came for longer than in the weeks before; None where that is not so.

    Args:
        runs: oldest first: when each ended, in seconds since 1970, and whether it brought a new article.
    """
    if not runs or runs[-1][1]:
        return None
    watched = _watched([at for at, _ in runs])
    times = [at for at, (_, is_productive) in zip(watched, runs, strict=True) if is_productive]
    if len(times) < FEWEST:
        return None
    lasted = watched[-1] - times[-1]
    longest = max(later - earlier for earlier, later in pairwise(times))
    is_short = times[-1] - watched[0] < SHORT_PAST
    if lasted <= max(1.5 * longest + DAY / 2, PATIENCE if is_short else 0.0):
        return None
    return f"no new article for {lasted / DAY:.1f} days, never more than {longest / DAY:.1f} before"


def _watched(moments: Sequence[float]) -> list[float]:
    """Give for each run the seconds since the first one over which runs looked."""
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    most = LONGEST_GAP * median(gaps) if gaps else 0.0
    return list(accumulate((min(gap, most) for gap in gaps), initial=0.0))
