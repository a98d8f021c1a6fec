"""Which Pythons the program runs on. Older ones must be able to read this file: no newer syntax in it."""

import sys

FIRST, LAST = (3, 11), (3, 13)
"""As requires-python in pyproject.toml says."""


def python_problem(version: "tuple[int, ...]" = sys.version_info[:3]) -> str:
    """Why this Python will not do, and what to do, in one sentence; empty where it does."""
    if FIRST <= version[:2] <= LAST:
        return ""
    known = [f"{FIRST[0]}.{minor}" for minor in range(FIRST[1], LAST[1] + 1)]
    named, this = f"{', '.join(known[:-1])} or {known[-1]}", ".".join(map(str, version))
    return f"formcheck needs Python {named}, and this is Python {this}: install one of them and start it with that one"
