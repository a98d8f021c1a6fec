"""A place in a film as people write it, with a comma or a point."""

LONGEST_S = 1e6


def film_time(words: str) -> float:
    """Seconds of 80, 12.5, 1:20 or 1:02:03,5. ValueError for anything else."""
    try:
        parts = [float(part.replace(",", ".")) for part in words.split(":")]
    except ValueError:
        parts = []
    if not 1 <= len(parts) <= 3 or any(not 0 <= part < LONGEST_S for part in parts) or any(part >= 60 for part in parts[1:]):
        raise ValueError(f"{words!r:.40} is no time such as 80, 1:20 or 1:02:03.5")
    return sum((part * 60.0**place for place, part in enumerate(reversed(parts))), 0.0)
