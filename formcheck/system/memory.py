"""Memory that the C library keeps though nothing is in it any more."""

import ctypes
from functools import cache
from typing import Any

EVERY_S = 10.0
"""How often it is given back while pictures are worked on: they leave holes that small things settle in, and each of the next
pictures then needs new room. That was 400 MB within ten minutes of film."""


def give_back() -> None:
    """Give unused memory back to the system; a few milliseconds. Does nothing where the C library is not glibc."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Any:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # another C library; Windows has no library of the program itself
        return None
