"""Words on the screen, in the user's language: every one passes through tr(). English is in the code; others are .qm files."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from formcheck.results import Severity, Side

CONTEXT = "formcheck"
FOLDER = Path(__file__).parents[1] / "assets" / "languages"


def tr(text: str, **values: object) -> str:
    """`text` in the user's language, with {names} filled in."""
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format(**values) if values else translated


def languages() -> list[str]:
    """Codes of the languages that are shipped, English first."""
    return ["en", *sorted(file.stem for file in FOLDER.glob("*.qm"))]


def install_language(code: str) -> None:
    """Use a language from now on; `system` for the desktop's. One that is not shipped is English."""
    app = QCoreApplication.instance()
    assert app is not None
    wanted = QLocale.system().name().split("_")[0] if code == "system" else code
    translator = QTranslator(app)
    if translator.load(str(FOLDER / f"{wanted}.qm")):
        app.installTranslator(translator)


def side_words(side: Side | None) -> str:
    return {Side.LEFT: tr("left"), Side.RIGHT: tr("right"), None: tr("not known yet")}[side]


def severity_words(severity: Severity) -> str:
    return {Severity.CAUTION: tr("caution"), Severity.FAULT: tr("fault")}[severity]


def figure(value: float, unit: str) -> str:
    """A value as it is shown: whole degrees, tenths of seconds, hundredths of a ratio."""
    if unit == "deg":
        return f"{value:.0f}°"
    return f"{value:.1f} s" if unit == "s" else f"{value:.2f}"


def spread(uncertainty: float | None, unit: str) -> str:
    """What follows a value whose uncertainty is known: never ± 0."""
    least = {"deg": 1.0, "s": 0.1}.get(unit, 0.01)
    return f" ± {figure(max(uncertainty, least), unit)}" if uncertainty else ""


def sentence(text: str) -> str:
    """Words as a sentence of their own: a capital first, a full stop last."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def place(path: Path) -> str:
    """A path as people say it: ~ for their own folder."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)
