"""What is said of a film in whose times something is missing."""

from collections.abc import Sequence

from formcheck.capture.clock import Gap


def gaps_in_words(gaps: Sequence[Gap]) -> str:
    """A sentence on the longest gap, and how many more there are; empty without any."""
    if not gaps:
        return ""
    longest = max(gaps, key=lambda gap: abs(gap.length_s))
    more = f" There {'is 1 more gap' if len(gaps) == 2 else f'are {len(gaps) - 1} more gaps'} like it." if len(gaps) > 1 else ""
    return _words(longest) + more


def _words(gap: Gap) -> str:
    at = f"{int(gap.at_s) // 60}:{int(gap.at_s) % 60:02d}"
    if gap.length_s < 0:
        return f"The film's clock goes back after {at}, as in films that were joined; its times go on from there."
    if not gap.closed:
        return f"The film has a gap of {_length(gap.length_s)} after {at}: what happened in it is not known."
    return f"The film has a gap of {_length(gap.length_s)} after {at}; its times go on as though that gap was not there."


def _length(seconds: float) -> str:
    for unit, size in (("days", 86_400.0), ("h", 3600.0), ("min", 60.0)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
