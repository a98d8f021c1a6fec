"""Fields for numbers. A comma and a point both separate decimals, whatever the system's language; neither is ever passed over."""

import re

from PySide6.QtCore import QLocale
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

from formcheck.report.spreadsheet import CsvStyle
from formcheck.system.film_time import film_time

Checked = tuple[QValidator.State, str, int]
SEPARATORS = (".", ",")


def csv_style(setting: str) -> CsvStyle:
    """As the setting says, or as this computer's spreadsheets read CSV files: cells parted by ; where a comma is the decimal."""
    if setting != "system":
        return CsvStyle(setting[0], setting[1])
    return CsvStyle(";", ",") if QLocale.system().decimalPoint() == "," else CsvStyle()


class DecimalBox(QDoubleSpinBox):
    """Shows the locale's separator, and no zeros after it."""

    def __init__(self, low: float, high: float, decimals: int = 1) -> None:
        super().__init__()
        locale = QLocale(self.locale())
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator | QLocale.NumberOption.RejectGroupSeparator)
        self.setLocale(locale)
        self.setRange(low, high)
        self.setDecimals(decimals)

    def validate(self, text: str, position: int) -> Checked:
        checked: Checked = super().validate(self._read(text), position)
        return checked

    def valueFromText(self, text: str) -> float:  # noqa: N802
        return super().valueFromText(self._read(text))

    def textFromValue(self, value: float) -> str:  # noqa: N802
        text, point = super().textFromValue(value), self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text

    def fixup(self, text: str) -> str:
        """Qt would take out what may separate thousands."""
        return text

    def _read(self, text: str) -> str:
        if sum(text.count(separator) for separator in SEPARATORS) != 1:  # 1,250.5 is nobody's angle: refused as it stands
            return text
        for separator in SEPARATORS:
            text = text.replace(separator, self.locale().decimalPoint())
        return text


class TimeBox(DecimalBox):
    """A place in a film: 80, 1:20 and 1:02:03.5 are read, 1:20.0 is shown."""

    def __init__(self, most_s: float) -> None:
        super().__init__(0.0, most_s)

    def validate(self, text: str, position: int) -> Checked:
        good = re.fullmatch(r"[0-9:.,]*", text) is not None
        state = QValidator.State.Acceptable if _seconds(text) is not None else QValidator.State.Intermediate
        return (state if good else QValidator.State.Invalid), text, position

    def valueFromText(self, text: str) -> float:  # noqa: N802
        return _seconds(text) or 0.0

    def textFromValue(self, value: float) -> str:  # noqa: N802
        minutes, seconds = divmod(round(value, 1), 60)
        hours, minutes = divmod(int(minutes), 60)
        head = f"{hours}:{minutes:02d}" if hours else f"{minutes}"
        return f"{head}:{seconds:04.1f}".replace(".", self.locale().decimalPoint())


def _seconds(text: str) -> float | None:
    """None for what is no time yet."""
    try:
        return film_time(text)
    except ValueError:
        return None


class CountBox(QSpinBox):
    """Whole numbers: "2.5" is not taken for 25 but refused."""

    def __init__(self, low: int, high: int) -> None:
        super().__init__()
        self.setRange(low, high)

    def validate(self, text: str, position: int) -> Checked:
        typed = text.removeprefix(self.prefix()).removesuffix(self.suffix())
        if any(separator in typed for separator in SEPARATORS):
            return QValidator.State.Intermediate, text, position
        checked: Checked = super().validate(text, position)
        return checked

    def fixup(self, text: str) -> str:
        """Qt would take out what may separate thousands."""
        return text
