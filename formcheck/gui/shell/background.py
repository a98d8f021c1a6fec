"""Slow work off the window's thread."""

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QThread, Signal

from formcheck.system.errors import UserError
from formcheck.system.language import tr

log = logging.getLogger(__name__)


class Job(QThread):
    """Runs one function in a thread; its result or the reason of its failure comes back as a signal."""

    done = Signal(object)
    refused = Signal(str)
    """In words for the user."""
    progress = Signal(int, int)

    def __init__(self, work: Callable[["Job"], Any]) -> None:
        """work gets the job itself, to report progress and to see `cancelled`. The job outlives the page that began it."""
        super().__init__(QCoreApplication.instance())
        self._work = work
        self.cancelled = False
        self.finished.connect(self.deleteLater)

    def run(self) -> None:
        try:
            result = self._work(self)
        except UserError as error:
            self.refused.emit(str(error))
        except OSError as error:
            self.refused.emit(reason(error))
        except Exception:
            log.exception("work in the background failed")
            self.refused.emit(tr("This failed because of an error in the program; the log file has the details."))
        else:
            self.done.emit(result)


def reason(error: OSError) -> str:
    """Why a file could not be used, in words for the user."""
    return f"{error.filename or ''}: {error.strerror or error}".strip(": ")


def finish_jobs(patience_ms: int = 5_000) -> None:
    """Cancel what still runs and wait for it."""
    app = QCoreApplication.instance()
    for job in app.findChildren(Job) if app is not None else ():
        job.cancelled = True
        job.wait(patience_ms)
