"""Colours, text size and the style sheet. The colours of outcomes are told apart by colour-blind people too (after Okabe and
Ito), and never stand alone: a word or a shape says the same.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

BASE_POINTS = 11.0
ASSETS = Path(__file__).parents[1] / "assets"


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme. Pairs of text and ground keep a contrast of at least 4.5 (WCAG AA); tests hold them to it."""

    window: str
    panel: str
    raised: str
    line: str
    text: str
    secondary: str
    """Less important text."""
    accent: str
    on_accent: str
    good: str
    on_good: str
    caution: str
    on_caution: str
    fault: str
    on_fault: str
    trouble: str
    on_trouble: str
    unknown: str
    on_unknown: str


LIGHT = Colours(
    window="#f3f4f6",
    panel="#ffffff",
    raised="#e8ebef",
    line="#767f8c",
    text="#16191d",
    secondary="#4d5663",
    accent="#00599c",
    on_accent="#ffffff",
    good="#00599c",
    on_good="#ffffff",
    caution="#f0b429",
    on_caution="#1d1500",
    fault="#b23c00",
    on_fault="#ffffff",
    trouble="#3d4652",
    on_trouble="#ffffff",
    unknown="#c3c9d1",
    on_unknown="#16191d",
)
DARK = Colours(
    window="#14171b",
    panel="#1d2126",
    raised="#2a3037",
    line="#7b8694",
    text="#f1f3f5",
    secondary="#b4bdc8",
    accent="#6cb6f5",
    on_accent="#08131d",
    good="#6cb6f5",
    on_good="#08131d",
    caution="#f0b429",
    on_caution="#1d1500",
    fault="#ff8a4c",
    on_fault="#250d00",
    trouble="#49535f",
    on_trouble="#ffffff",
    unknown="#59636f",
    on_unknown="#ffffff",
)


def colours(theme: str) -> Colours:
    """The colours of `light`, `dark` or `system`."""
    if theme == "system":
        hints = QApplication.styleHints()
        return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT
    return DARK if theme == "dark" else LIGHT


def apply_theme(app: QApplication, theme: str, text_size: int) -> Colours:
    """Dress the whole program; text_size in per cent. Returns the colours, for what is painted by hand."""
    chosen = colours(theme)
    app.setStyle("Fusion")
    app.setPalette(_palette(chosen))
    points = BASE_POINTS * text_size / 100
    font = QFont(app.font())
    font.setPointSizeF(points)
    app.setFont(font)
    app.setStyleSheet(_sheet(chosen, points))
    app.setProperty("dark", chosen is DARK)
    return chosen


def current() -> Colours:
    """The colours in use."""
    app = QApplication.instance()
    return DARK if app is not None and app.property("dark") else LIGHT


def contrast(a: str, b: str) -> float:
    """WCAG contrast ratio of two colours, 1-21."""
    bright, dim = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(name: str) -> float:
    colour = QColor(name)
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: c.window,
        QPalette.ColorRole.WindowText: c.text,
        QPalette.ColorRole.Base: c.panel,
        QPalette.ColorRole.AlternateBase: c.raised,
        QPalette.ColorRole.Text: c.text,
        QPalette.ColorRole.Button: c.raised,
        QPalette.ColorRole.ButtonText: c.text,
        QPalette.ColorRole.Highlight: c.accent,
        QPalette.ColorRole.HighlightedText: c.on_accent,
        QPalette.ColorRole.ToolTipBase: c.panel,
        QPalette.ColorRole.ToolTipText: c.text,
        QPalette.ColorRole.PlaceholderText: c.secondary,
        QPalette.ColorRole.Link: c.accent,
        QPalette.ColorRole.LinkVisited: c.accent,
        QPalette.ColorRole.BrightText: c.text,
        QPalette.ColorRole.Light: c.panel,
        QPalette.ColorRole.Mid: c.line,
        QPalette.ColorRole.Accent: c.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.secondary))
    return palette


def _sheet(c: Colours, points: float) -> str:
    theme, mark = ("dark" if c is DARK else "light"), round(1.4 * points)
    ring = round(0.3 * mark)
    tick, up, down = (f"url({(ASSETS / f'{name}_{theme}.png').as_posix()})" for name in ("tick", "up", "down"))
    return f"""
QWidget {{ font-size: {points}pt; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QToolTip {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
QFrame#card {{ background: {c.panel}; border: 1px solid {c.raised}; border-radius: 10px; }}
QLabel#secondary {{ color: {c.secondary}; }}
QLabel#title {{ font-size: {1.5 * points}pt; font-weight: 600; }}
QLabel#heading {{ font-weight: 600; }}
QLabel#recording {{ font-size: {points}pt; color: {c.on_fault}; background: {c.fault}; border-radius: 8px;
  padding: 2px 10px; font-weight: 600; }}
QLabel#not_recording {{ color: {c.secondary}; border: 1px solid {c.line}; border-radius: 8px; padding: 1px 9px; }}
QPushButton, QToolButton {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.line}; border-radius: 8px;
  padding: 6px 12px; }}
QPushButton:hover, QToolButton:hover {{ border-color: {c.accent}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {c.accent}; padding: 5px 11px; }}
QPushButton:checked, QToolButton:checked {{ background: {c.accent}; color: {c.on_accent}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {c.secondary}; border-color: {c.raised}; }}
QPushButton#primary {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; font-weight: 600;
  padding: 6px 20px; }}
QPushButton#primary:focus {{ border: 2px solid {c.text}; padding: 5px 19px; }}
QPushButton#primary:disabled {{ background: {c.raised}; color: {c.secondary}; border-color: {c.raised}; }}
QPushButton#stop {{ background: {c.fault}; color: {c.on_fault}; border-color: {c.fault}; font-weight: 600; padding: 6px 20px; }}
QPushButton#stop:focus {{ border: 2px solid {c.text}; padding: 5px 19px; }}
QComboBox {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.line}; border-radius: 6px; padding: 3px 7px; }}
QComboBox:focus {{ border: 2px solid {c.accent}; padding: 2px 6px; }}
QComboBox:disabled {{ color: {c.secondary}; border-color: {c.raised}; }}
QComboBox::drop-down {{ border: none; width: {mark + 6}px; }}
QComboBox::down-arrow {{ image: {down}; width: {mark * 0.7:.0f}px; height: {mark * 0.7:.0f}px; }}
QAbstractSpinBox {{ border: 1px solid {c.line}; border-radius: 6px; padding: 3px 4px 3px 6px; }}
QAbstractSpinBox:focus {{ border: 2px solid {c.accent}; padding: 2px 3px 2px 5px; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{ border: none;
  width: {mark + 4}px; }}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{ image: {up}; width: {mark * 0.7:.0f}px; height: {mark * 0.7:.0f}px; }}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{ image: {down}; width: {mark * 0.7:.0f}px; height: {mark * 0.7:.0f}px; }}
QCheckBox::indicator {{ width: {mark}px; height: {mark}px; border: 1px solid {c.line}; border-radius: 3px;
  background: {c.panel}; }}
QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent}; image: {tick}; }}
QCheckBox::indicator:disabled {{ background: {c.raised}; border-color: {c.raised}; }}
QRadioButton::indicator {{ width: {mark - 2}px; height: {mark - 2}px; border: 1px solid {c.line}; border-radius: {mark // 2}px;
  background: {c.panel}; }}
QRadioButton::indicator:checked {{ width: {mark - 2 * ring}px; height: {mark - 2 * ring}px; border: {ring}px solid {c.accent}; }}
QTabWidget::pane {{ border: 1px solid {c.line}; }}
QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: 6px; padding: 0 2px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {c.accent}; }}
QTabBar::tab {{ border: 2px solid transparent; border-bottom-color: {c.line}; padding: 5px 12px; }}
QTabBar::tab:selected {{ border-bottom: 3px solid {c.accent}; font-weight: 600; }}
QTabBar::tab:selected:focus {{ border: 2px solid {c.accent}; border-radius: 6px; }}
QScrollArea#read {{ border: 2px solid transparent; border-radius: 10px; }}
QScrollArea#read:focus, QTableView:focus {{ border: 2px solid {c.accent}; }}
QPlainTextEdit, QListWidget, QLineEdit {{ border: 1px solid {c.line}; border-radius: 6px; padding: 4px; }}
QPlainTextEdit:focus, QListWidget:focus, QLineEdit:focus {{ border: 2px solid {c.accent}; padding: 3px; }}
QListWidget::item {{ padding: 3px; }}
QListWidget::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
QTableView::item {{ padding: 3px 8px; }}
QTableView::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
QHeaderView::section {{ background: {c.window}; color: {c.text}; border: none; border-bottom: 1px solid {c.line};
  padding: 4px 8px; font-weight: 600; }}
QStatusBar {{ color: {c.secondary}; }}
QStatusBar QLabel {{ color: {c.secondary}; }}
"""
