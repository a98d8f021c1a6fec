"""The log file: what went wrong, in detail, rotating, and without personal data, so that it can be sent to a helper."""

import logging
import re
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs

from formcheck.system.files import private_folder

NAME = "formcheck.log"
MAX_BYTES, OLD_FILES = 500_000, 2
_QUOTED_PATH = re.compile(r"""(['"])[^'"\n]*[/\\][^'"\n]*\1""")


class Discreet(logging.Formatter):
    """The user's folder is ~, and files named in messages are not: folders and videos may carry a client's name."""

    def format(self, record: logging.LogRecord) -> str:
        lines = super().format(record).replace(str(Path.home()), "~").split("\n")
        return "\n".join(line if line.startswith('  File "') else _QUOTED_PATH.sub("'...'", line) for line in lines)


def log_to_file() -> Path | None:
    """From now on; where the file lies, None where it cannot be written: then nothing is logged."""
    logger = logging.getLogger("formcheck")
    for handler in logger.handlers:
        if isinstance(handler, RotatingFileHandler):
            return Path(handler.baseFilename)
    folder = platformdirs.user_log_path("formcheck", appauthor=False)
    try:
        private_folder(folder)
        handler = RotatingFileHandler(folder / NAME, maxBytes=MAX_BYTES, backupCount=OLD_FILES, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return folder / NAME


def log_files() -> list[Path]:
    """The newest first; none where nothing was ever logged."""
    folder = platformdirs.user_log_path("formcheck", appauthor=False)
    return sorted(folder.glob(f"{NAME}*"))


def log_unforeseen(error: BaseException) -> Path | None:
    """Log an error that nobody thought of, with where it came from; returns where the log lies, None if it cannot be written."""
    place = log_to_file()
    logging.getLogger("formcheck").error("unforeseen", exc_info=error)
    return place


def log_everything_unforeseen() -> None:
    """From now on what nothing catches, in any thread, is logged; the window goes on."""

    def log(error: BaseException | None) -> None:
        if isinstance(error, Exception):
            log_unforeseen(error)

    before, before_thread = sys.excepthook, threading.excepthook

    def of_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log(error)
        before(kind, error, trace)

    def of_thread(arguments: threading.ExceptHookArgs) -> None:
        log(arguments.exc_value)
        before_thread(arguments)

    sys.excepthook, threading.excepthook = of_main, of_thread
