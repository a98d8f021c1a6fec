"""What may be typed for an option: argparse types. Imports nothing heavy: --help waits for no library."""

import argparse
from datetime import datetime, timedelta


def days(words: str) -> int:
    """0 to a hundred years."""
    days = int(words)
    if not 0 <= days <= 36_500:
        raise argparse.ArgumentTypeError("0 to 36500 days")
    return days


def moment(words: str) -> datetime:
    """With this computer's time zone where none is named."""
    when = datetime.fromisoformat(words)
    if when.year < 1990 or when.replace(tzinfo=None) > datetime.now() + timedelta(days=1):
        raise argparse.ArgumentTypeError("a day since 1990, and not one that is still to come")
    return when.astimezone()


def film_time(words: str) -> float:
    """Seconds of 80, 12.5, 1:20 or 1:02:03,5."""
    parts = [float(part.replace(",", ".")) for part in words.split(":")]
    if len(parts) > 3 or any(not 0 <= part < 1e6 for part in parts) or any(part >= 60 for part in parts[1:]):
        raise argparse.ArgumentTypeError("a time such as 80, 1:20 or 1:02:03.5")
    return float(sum(part * 60**place for place, part in enumerate(reversed(parts))))
