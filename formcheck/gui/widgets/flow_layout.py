"""A layout that fills rows from left to right, like words in a text."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QSizePolicy, QWidget


class FlowLayout(QLayout):
    """Its height follows from its width. What is left of a row goes to those in it that expand."""

    def __init__(self, parent: QWidget | None = None, gap: int = 10) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        """The height that it takes."""
        y = rect.top()
        for row in self._rows(rect.width()):
            widths = self._widths(row, rect.width())
            heights = [_height(item, width) for item, width in zip(row, widths, strict=True)]
            x = rect.left()
            for item, width, height in zip(row, widths, heights, strict=True):
                if move:
                    item.setGeometry(QRect(x, y + (max(heights) - height) // 2, width, height))
                x += width + self._gap
            y += max(heights) + self._gap // 2
        return max(0, y - self._gap // 2 - rect.top())

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        taken = 0
        for item in (i for i in self._items if not i.isEmpty()):
            wanted = item.sizeHint().width()
            if not rows or taken + self._gap + wanted > width:
                rows.append([])
                taken = -self._gap
            rows[-1].append(item)
            taken += self._gap + wanted
        return rows

    def _widths(self, row: Sequence[QLayoutItem], width: int) -> list[int]:
        widths = [min(item.sizeHint().width(), width) for item in row]
        growing = [i for i, item in enumerate(row) if item.expandingDirections() & Qt.Orientation.Horizontal]
        left = width - sum(widths) - self._gap * (len(row) - 1)
        for done, i in enumerate(growing):
            share = left // (len(growing) - done)
            widths[i], left = widths[i] + share, left - share
        return widths


def together(*widgets: QWidget, grows: QWidget | None = None) -> QWidget:
    """Widgets that stay in one row; grows: the one of them that takes what is left of a flow's row."""
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget, 1 if widget is grows else 0)
    wide = QSizePolicy.Policy.Maximum if grows is None else QSizePolicy.Policy.Expanding
    made.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
    return made


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
