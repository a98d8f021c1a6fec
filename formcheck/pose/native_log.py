"""Keeps MediaPipe's known chatter off standard error. It comes from C++, past every setting there is."""

import logging
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

CHATTER = re.compile(
    r"INFO: Created TensorFlow Lite XNNPACK delegate"
    r"|(INFO|WARNING): \[(environment|accelerator_registry|cpu_registry|model_load|compiled_model)\.cc:\d+\]"  # MediaPipe 1.2.3
    r"|WARNING: (All log messages before absl::|Logging before InitGoogle)"
    r"|[WI]\d{4} .*(inference_feedback_manager|inference_runner_litert|landmark_projection_calculator|gl_context|xnnpack)"
)
"""Lines known to mean nothing to a user. Everything else is passed on."""

_log = logging.getLogger(__name__)


class _StandardError:
    """File descriptor 2, held back while anybody asks for it: threads may start their trackers at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._askers = 0
        self._saved = -1
        self._held: IO[bytes] | None = None

    def hold(self) -> None:
        with self._lock:
            self._askers += 1
            if self._askers > 1:
                return
            try:
                self._saved = os.dup(2)
            except OSError:  # no standard error, as in a windowed program on Windows: nobody to spare
                return
            self._held = tempfile.TemporaryFile()  # noqa: SIM115 - closed in release()
            os.dup2(self._held.fileno(), 2)

    def release(self) -> None:
        with self._lock:
            self._askers -= 1
            if self._askers or self._held is None:
                return
            os.dup2(self._saved, 2)
            os.close(self._saved)
            with self._held as held:
                held.seek(0)
                _pass_on(held.read().decode(errors="replace"))
            self._held = None


_standard_error = _StandardError()


@contextmanager
def native_log_held_back() -> Iterator[None]:
    """Within it, what is written to standard error is held back; then all but the chatter is written."""
    _standard_error.hold()
    try:
        yield
    finally:
        _standard_error.release()


def _pass_on(text: str) -> None:
    for line in text.splitlines(keepends=True):
        if CHATTER.match(line):
            _log.debug("MediaPipe: %s", line.strip())
        else:
            os.write(2, line.encode(errors="replace"))
