"""What is said of a film in whose times something is missing."""

from collections.abc import Sequence

from formcheck.capture.clock import Gap
from formcheck.system.kept_words import kept


def gaps_in_words(gaps: Sequence[Gap]) -> str:
    """A sentence on the longest gap, and how many more there are; empty without any."""
    if not gaps:
        return ""
    longest = max(gaps, key=lambda gap: abs(gap.length_s))
    if len(gaps) == 1:
        return _words(longest)
    if len(gaps) == 2:
        return kept("{longest_gap} There is 1 more gap like it.", longest_gap=_words(longest))
    return kept("{longest_gap} There are {n} more gaps like it.", longest_gap=_words(longest), n=len(gaps) - 1)


def _words(gap: Gap) -> str:
    at = f"{int(gap.at_s) // 60}:{int(gap.at_s) % 60:02d}"
    if gap.length_s < 0:
        return kept("The film's clock goes back after {at}, as in films that were joined; its times go on from there.", at=at)
    length = _length(gap.length_s)
    if not gap.closed:
        return kept("The film has a gap of {length} after {at}: what happened in it is not known.", length=length, at=at)
    return kept(
        "The film has a gap of {length} after {at}; its times go on as though that gap was not there.", length=length, at=at
    )


def _length(seconds: float) -> str:
    if seconds >= 2 * 86_400.0:
        return kept("{n:.0f} days", n=seconds / 86_400.0)
    for unit, size in (("h", 3600.0), ("min", 60.0)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
