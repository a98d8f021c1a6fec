"""Offers, at the start, the sets that were cut off: keep what is there, or discard it. Put off, it is asked at the next start."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from formcheck.gui.shell.main_window import MainWindow
from formcheck.gui.widgets.background import Job
from formcheck.run.live.recovery import CutOff, cut_off_sets, describe, discard, keep
from formcheck.system.language import tr, trn


def offer_recovery(window: MainWindow, sessions: Path, kept: Callable[[], object]) -> Job:
    """Look for them in the background; nothing is shown where there are none. kept: called once they are kept."""
    job = Job(lambda _: cut_off_sets(sessions))
    job.done.connect(lambda found: _ask(window, found, kept) if found else None)
    job.refused.connect(window.trouble)
    job.start()
    return job


def _ask(window: MainWindow, found: tuple[CutOff, ...], kept: Callable[[], object]) -> None:
    title = tr("The program was stopped in the middle of a set. What was measured and recorded by then is there:")
    box = QMessageBox(
        QMessageBox.Icon.Question,
        "formcheck",
        "\n".join([title, *map(describe, found)]),
        QMessageBox.StandardButton.NoButton,
        window,
    )
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    keeping = box.addButton(tr("&Keep"), QMessageBox.ButtonRole.AcceptRole)
    discarding = box.addButton(tr("&Discard"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(tr("&Later"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keeping)
    keeping.clicked.connect(lambda: _keep(window, found, kept))
    discarding.clicked.connect(lambda: _discard(window, found))
    box.open()


def _keep(window: MainWindow, found: tuple[CutOff, ...], kept: Callable[[], object]) -> None:
    def work(_: Job) -> None:
        for one in found:
            keep(one.folder)

    def done() -> None:
        kept()
        window.notice(
            trn(
                "Kept {n} set; it is among the recent sessions.", "Kept {n} sets; they are among the recent sessions.", len(found)
            )
        )

    _start(window, Job(work), done)


def _discard(window: MainWindow, found: tuple[CutOff, ...]) -> None:
    def work(_: Job) -> None:
        for one in found:
            discard(one.folder)

    _start(window, Job(work), lambda: window.notice(tr("Discarded.")))


def _start(window: MainWindow, job: Job, done: Callable[[], None]) -> None:
    job.done.connect(lambda _: done())
    job.refused.connect(window.trouble)
    job.start()
