"""Fields for numbers. A comma and a point both separate decimals, whatever the system's language; neither is ever passed over."""

from PySide6.QtCore import QLocale
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

from formcheck.report.spreadsheet import CsvStyle

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
