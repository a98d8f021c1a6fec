"""What may be typed for an option: argparse types. Imports nothing heavy: --help waits for no library."""

import argparse
from datetime import datetime, timedelta

from formcheck.system.film_time import film_time
from formcheck.system.language import tr


def days(words: str) -> int:
    """0 to a hundred years."""
    days = int(words)
    if not 0 <= days <= 36_500:
        raise argparse.ArgumentTypeError(tr("0 to 36500 days"))
    return days


def moment(words: str) -> datetime:
    """With this computer's time zone where none is named."""
    when = datetime.fromisoformat(words)
    if when.year < 1990 or when.replace(tzinfo=None) > datetime.now() + timedelta(days=1):
        raise argparse.ArgumentTypeError(tr("a day since 1990, and not one that is still to come"))
    return when.astimezone()


def place_in_film(words: str) -> float:
    """Seconds of 80, 1:20 or 1:02:03,5."""
    try:
        return film_time(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
