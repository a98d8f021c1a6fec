"""Plots that are looked at, not moved about; and that of a set, live and in the review: the main movement behind the guarded
quantity.

pyqtgraph is given, not imported: it is slow to load, and the first live picture must not wait for it.
"""

import weakref
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from formcheck.gui.widgets.theme import current
from formcheck.results import Limits
from formcheck.system.language import decimals, tr

HEADROOM = 0.15
"""Share of what is shown that stays free above and below it, for the name of a limit that lies at the edge."""
LEGEND = 0.85
"""Of the size of the window's words."""


class SetPlot(NamedTuple):
    widget: Any
    legend: Any
    movement: Any
    guarded: Any


def still_plot(pyqtgraph: Any, **options: Any) -> Any:
    """A new PlotWidget that no mouse moves. options: PlotWidget's own."""
    widget = pyqtgraph.PlotWidget(**options)
    widget.setMenuEnabled(False)
    widget.setMouseEnabled(x=False, y=False)
    widget.hideButtons()
    widget.getPlotItem().setContentsMargins(0, 8, 12, 0)  # else the topmost number is cut off
    for axis in map(widget.getAxis, ("left", "bottom")):
        if type(axis) is pyqtgraph.AxisItem:  # of numbers
            _write_as_the_language_does(axis)
    return widget


def _write_as_the_language_does(axis: Any) -> None:
    """The numbers of an axis with the language's decimal sign."""
    plain, itself = type(axis).tickStrings, weakref.ref(axis)  # an axis that held itself would outlive its plot
    axis.tickStrings = lambda *ticks: [decimals(words) for words in plain(itself(), *ticks)]


def limit_lines(pyqtgraph: Any, limits: Limits) -> list[Any]:
    """Caution and fault across a plot, dashed and named: colour is not alone. A name interrupts its line."""
    c, lines = current(), []
    veil = QColor(c.panel)
    veil.setAlphaF(0.6)  # the curves behind a name are still seen
    for value, name, ink, place in ((limits.caution, tr("caution"), c.caution, 0.02), (limits.fault, tr("fault"), c.fault, 0.18)):
        words = {"color": c.text, "fill": veil, "position": place, "anchors": [(0, 0.5)] * 2}
        pen = pyqtgraph.mkPen(ink, width=2, style=Qt.PenStyle.DashLine)
        lines.append(pyqtgraph.InfiniteLine(value, angle=0, pen=pen, label=name, labelOpts=words))
    return lines


def restyle_axes(plot: Any) -> None:
    """Take over the theme's colours for a plot's ground and its axes."""
    c = current()
    plot.setBackground(c.panel)
    for axis in map(plot.getAxis, ("left", "bottom")):
        axis.setPen(c.line)
        axis.setTextPen(c.text)


def empty_legend(legend: Any, text: str, ground: str | QColor) -> None:
    """Begin a legend anew, in colours of the theme and as large as its words."""
    legend.clear()
    legend.setLabelTextColor(text)
    legend.setBrush(ground)  # curves do not hide its words
    legend.setLabelTextSize(f"{LEGEND * QApplication.font().pointSizeF():.0f}pt")


def set_plot(pyqtgraph: Any) -> SetPlot:
    """A new plot with its two empty curves."""
    widget = still_plot(pyqtgraph)
    widget.getViewBox().setDefaultPadding(HEADROOM)
    legend = widget.addLegend(offset=(-4, 1), colCount=2)
    return SetPlot(widget, legend, widget.plot(connect="finite"), widget.plot(connect="finite"))
