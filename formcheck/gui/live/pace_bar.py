"""Leads the person through a repetition: the phase in a large word, and a bar that fills as the phase goes by."""

from math import ceil

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from formcheck.analysis.pacing import Beat, Phase
from formcheck.exercises.contract import DOWN, UP
from formcheck.gui.widgets.big_text import fitting
from formcheck.gui.widgets.theme import Colours, current
from formcheck.system.language import tr

WORD_SHARE = 0.3
"""Of its width, for the word."""
GAP = 6


class PaceBar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Pace"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._beat: Beat | None = None
        self._ways = (UP, DOWN)
        self._turn = 0

    def set_ways(self, ways: tuple[str, str]) -> None:
        """What the way out and the way back are called."""
        self._ways = ways

    def set_beat(self, beat: Beat | None) -> None:
        """None: the set does not run."""
        if beat is not None and beat.began:
            self.setAccessibleDescription(self._word(beat))
        before, self._beat = self.word, beat
        self.update(self.rect() if self.word != before else self._track)  # letters take longer than the rest of the picture

    def set_turn(self, quarter_turns: int) -> None:
        """-1: the word's top points to the left, +1 to the right, 0 upright."""
        if quarter_turns != self._turn:
            self._turn = quarter_turns
            self.update()

    @property
    def word(self) -> str:
        """Of the phase that runs; empty in none."""
        return self._word(self._beat) if self._beat is not None else ""

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(300, 64)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(180, 56)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._beat is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = current()
        if not self._track.contains(event.rect()):
            self._paint_word(painter, colours)
        self._paint_track(painter, colours, self._beat)

    @property
    def _track(self) -> QRect:
        """What stands beside the word."""
        left = ceil(self.width() * WORD_SHARE)
        return QRect(left, 0, self.width() - left, self.height())

    def _word(self, beat: Beat) -> str:
        out, back = self._ways
        return {Phase.UP: tr(out), Phase.HOLD: tr("Hold"), Phase.DOWN: tr(back), Phase.REST: tr("Ready")}[beat.phase]

    def _paint_word(self, painter: QPainter, c: Colours) -> None:
        room = QRectF(0, 0, self.width() * WORD_SHARE, self.height())
        width, height = (room.width(), room.height()) if not self._turn else (room.height(), room.width())
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        font.setPixelSize(fitting(self.word, font.family(), int(width) - 8, int(height), 200, lines=False))
        painter.save()
        painter.translate(room.center())
        painter.rotate(90 * self._turn)
        painter.setFont(font)
        painter.setPen(QColor(c.text))
        painter.drawText(QRectF(-width / 2, -height / 2, width, height), Qt.AlignmentFlag.AlignCenter, self.word)
        painter.restore()

    def _paint_track(self, painter: QPainter, c: Colours, beat: Beat) -> None:
        """A segment for each phase, as long as it lasts; those that are over are full."""
        tempo = beat.tempo
        lengths = {Phase.UP: tempo.up_s, Phase.HOLD: tempo.hold_s, Phase.DOWN: tempo.down_s}
        order = [phase for phase, seconds in lengths.items() if seconds > 0]
        left = self.width() * WORD_SHARE + GAP
        room = self.width() - left - GAP * len(order)
        painter.setPen(Qt.PenStyle.NoPen)
        for phase in order:
            width = room * lengths[phase] / tempo.whole_s
            segment = QRectF(left, self.height() * 0.15, width, self.height() * 0.7)
            painter.setBrush(QColor(c.raised))
            painter.drawRoundedRect(segment, 8, 8)
            segment.setWidth(width * self._filled(beat, order, phase))
            painter.setBrush(QColor(c.good))
            painter.drawRoundedRect(segment, 8, 8)
            left += width + GAP

    @staticmethod
    def _filled(beat: Beat, order: list[Phase], phase: Phase) -> float:
        if beat.phase not in order:
            return 0.0
        now, this = order.index(beat.phase), order.index(phase)
        return beat.share if now == this else float(this < now)
