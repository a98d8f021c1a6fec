"""How sides, outcomes, figures and places are put into words on the screen."""

from pathlib import Path

from PySide6.QtCore import QLocale

from formcheck.capture.kinds import VIDEO_KINDS
from formcheck.exercises.contract import Exercise
from formcheck.results import Severity, Side, View
from formcheck.system.language import decimals, language, tr


def video_files() -> str:
    """Which files a file dialog offers as videos."""
    kinds = " ".join(f"*{kind}" for kind in VIDEO_KINDS)
    return tr("Videos ({kinds});;All files (*)", kinds=kinds)


def side_words(side: Side | None) -> str:
    return {Side.LEFT: tr("left"), Side.RIGHT: tr("right"), None: tr("not known yet")}[side]


def views() -> tuple[tuple[str, str], ...]:
    """Where the camera may be, with the words that it is offered with; the first leaves it to the picture."""
    return ("auto", tr("Find the view")), (View.BEHIND.value, tr("From behind")), (View.FRONT.value, tr("From the front"))


def asks_view(exercise: Exercise) -> bool:
    """Whether the view is asked for instead of the side: of runs, whose sides both work."""
    return exercise.compares_sides and len(exercise.views) > 1


def chosen_view(exercise: Exercise, code: str) -> View | None:
    """None: it is found from the picture."""
    return View(code) if asks_view(exercise) and code != "auto" else None


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
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "。")) else tr("{words}.", words=text)


def place(path: Path) -> str:
    """A path as people say it: ~ for their own folder."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)


def day_format() -> str:
    """How Qt's boxes write a day: as the language's countries do, with the whole year; in English 2026-11-27."""
    if language() == "en":
        return "yyyy-MM-dd"
    short = QLocale(language()).dateFormat(QLocale.FormatType.ShortFormat)
    return short if "yyyy" in short else short.replace("yy", "yyyy").replace("y/", "yyyy/")
