"""The log file: what went wrong, in detail, rotating, and without personal data, so that it can be sent to a helper."""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

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


def log_to_file() -> None:
    """From now on; where the file cannot be written, nothing is logged."""
    folder = platformdirs.user_log_path("formcheck", appauthor=False)
    try:
        private_folder(folder)
        handler = RotatingFileHandler(folder / NAME, maxBytes=MAX_BYTES, backupCount=OLD_FILES, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("formcheck")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
