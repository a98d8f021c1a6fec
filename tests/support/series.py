"""series.csv for tests."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from formcheck.session.tables import FrameTable


def write_series(path: Path, quantities: Sequence[str], rows: Iterable[tuple[float, Mapping[str, float]]]) -> None:
    table = FrameTable(path, [*quantities, "phase"], lambda act: act())
    for time_s, values in rows:
        table.add(time_s, values)
    table.flush()
