"""Lets the decoder talk to one camera only: an RTSP server may answer that its stream is elsewhere, and FFmpeg would go there.

The decoder connects to a socket on this computer that passes everything on to the typed address, and ends the connection
at such an answer.
"""

import contextlib
import re
import socket
import threading
from urllib.parse import urlsplit, urlunsplit

RTSP_PORT = 554
LONGEST_HEAD = 65_536
CHUNK = 65_536
_STATUS = re.compile(rb"RTSP/\d\.\d (\d{3})")
_LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d{1,9})", re.IGNORECASE)


class RtspGuard:
    """One connection to one camera. OSError where the camera cannot be reached."""

    def __init__(self, url: str, timeout_s: float) -> None:
        """url: with user and password, as the decoder wants it."""
        self.redirected = False
        """The camera named another place, and was left."""
        parts = urlsplit(url)
        self._camera = socket.create_connection((parts.hostname or "", parts.port or RTSP_PORT), timeout_s)
        self._camera.settimeout(None)
        self._camera.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(timeout_s)
        self._decoder: socket.socket | None = None
        sign_in = parts.netloc.rpartition("@")[0]
        here = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.url = urlunsplit(parts._replace(netloc=f"{sign_in}@{here}" if sign_in else here))
        """For the decoder. Never show or log it: it may hold the password."""
        threading.Thread(target=self._run, daemon=True, name="rtsp guard").start()

    def close(self) -> None:
        for end in (self._listener, self._camera, self._decoder):
            if end is not None:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()

    def _run(self) -> None:
        try:
            self._decoder = decoder = self._listener.accept()[0]
            self._listener.close()  # nobody else gets through
            decoder.settimeout(None)
            decoder.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._asked, args=(decoder,), daemon=True, name="rtsp guard, asked").start()
            self._answered(decoder)
        except OSError:
            pass
        finally:
            self.close()

    def _asked(self, decoder: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := decoder.recv(CHUNK):
                self._camera.sendall(data)
        self.close()

    def _answered(self, decoder: socket.socket) -> None:
        """Pass on whole answers and packets of the stream, which come over one connection, until one names another place."""
        waiting = b""
        while data := self._camera.recv(CHUNK):
            waiting += data
            passed = 0
            while (length := _whole(waiting[passed:])) > 0:
                answer = waiting[passed : passed + length]
                status = _STATUS.match(answer)
                if status is not None and status[1].startswith(b"3"):
                    self.redirected = True
                    return
                passed += length
            if len(waiting) - passed > LONGEST_HEAD + CHUNK:  # no camera talks so
                return
            decoder.sendall(waiting[:passed])
            waiting = waiting[passed:]


def _whole(data: bytes) -> int:
    """The length of the answer or packet that `data` begins with; 0 while it is not whole."""
    if data.startswith(b"$"):
        length = 4 + int.from_bytes(data[2:4], "big") if len(data) >= 4 else 0
        return length if 0 < length <= len(data) else 0
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return 0
    said = _LENGTH.search(data, 0, end + 2)
    length = end + 4 + (int(said[1]) if said is not None else 0)
    return length if length <= len(data) else 0
