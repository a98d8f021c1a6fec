"""Where a line of text may end."""

import re

FIRST_EAST_ASIAN = "\u2e80"
"""From here on: Chinese, Japanese and Korean signs and their punctuation."""
_EAST_ASIAN = rf"{FIRST_EAST_ASIAN}-\uffef"
_PIECE = re.compile(rf" ?(?:[（“]?[{_EAST_ASIAN}][，。：；、！？）”]*|[^ {_EAST_ASIAN}]+)")


def pieces(text: str) -> list[str]:
    """What stays together, in order, each with the space before it.

    A line may end at a space, and after an East Asian sign that no closing mark follows.
    """
    return _PIECE.findall(" ".join(text.split()))
