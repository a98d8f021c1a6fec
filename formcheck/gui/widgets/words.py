"""How sides, outcomes, figures and places are put into words on the screen."""

from pathlib import Path

from formcheck.capture.kinds import VIDEO_KINDS
from formcheck.results import Severity, Side
from formcheck.system.language import decimals, tr


def video_files() -> str:
    """Which files a file dialog offers as videos."""
    kinds = " ".join(f"*{kind}" for kind in VIDEO_KINDS)
    return tr("Videos ({kinds});;All files (*)", kinds=kinds)


def side_words(side: Side | None) -> str:
    return {Side.LEFT: tr("left"), Side.RIGHT: tr("right"), None: tr("not known yet")}[side]


def with_side(title: str, side: Side | None) -> str:
    """An exercise's translated title, and the side if there is one."""
    if side is None:
        return title
    return tr("{exercise}, left side", exercise=title) if side is Side.LEFT else tr("{exercise}, right side", exercise=title)


def severity_words(severity: Severity) -> str:
    return {Severity.CAUTION: tr("caution"), Severity.FAULT: tr("fault")}[severity]


def figure(value: float, unit: str) -> str:
    """A value as it is shown: whole degrees, tenths of seconds, hundredths of a ratio. Never -0."""
    digits = {"deg": 0, "s": 1}.get(unit, 2)
    number = f"{round(value, digits) + 0.0:.{digits}f}"
    return decimals(number) + {"deg": "°", "s": " s", "m": " m"}.get(unit, "")


def spread(uncertainty: float | None, unit: str) -> str:
    """What follows a value whose uncertainty is known: never ± 0."""
    least = {"deg": 1.0, "s": 0.1}.get(unit, 0.01)
    return f" ± {figure(max(uncertainty, least), unit)}" if uncertainty else ""


def sentence(text: str) -> str:
    """Words as a sentence of their own: a capital first, a full stop last."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "。")) else ".")


def place(path: Path) -> str:
    """A path as people say it: ~ for their own folder."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)
