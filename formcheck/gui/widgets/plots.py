"""Plots that are looked at, not moved about; and that of a set, live and in the review: the main movement behind the guarded
quantity.

pyqtgraph is given, not imported: it is slow to load, and the first live picture must not wait for it.
"""

from typing import Any, NamedTuple


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
    return widget


def set_plot(pyqtgraph: Any) -> SetPlot:
    """A new plot with its two empty curves."""
    widget = still_plot(pyqtgraph)
    legend = widget.addLegend(offset=(-4, 1), colCount=2)
    return SetPlot(widget, legend, widget.plot(connect="finite"), widget.plot(connect="finite"))
