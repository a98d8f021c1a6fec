"""Bars on standard error, shown in a terminal only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from formcheck.pose.model import model_file
from formcheck.system.settings import load_settings


@contextmanager
def progress_bar(
    words: str, unit: str, *, scaled: bool = False, leave: bool = True, delay_s: float = 0.0
) -> Iterator[Callable[[int, int | None], None]]:
    """A bar that is told how many are done, and how many there are where that is known. scaled: 1.2M rather than 1200000."""
    with tqdm(desc=words, unit=unit, unit_scale=scaled, disable=None, leave=leave, delay=delay_s) as bar:

        def show(done: int, total: int | None) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show


def model_with_bar() -> Path:
    """The pose model's file, the one that the settings name if they do; fetched, with a bar, where it is not here yet."""
    with progress_bar("Fetching the pose model", "B", scaled=True, leave=False, delay_s=0.5) as show:
        return model_file(load_settings()[0].model_path, show)
