"""Cameras on the loopback for tests: a clip served in real time by ffmpeg, as MJPEG over HTTP or H.264 over RTSP (TCP)."""

import base64
import contextlib
import shutil
import socket
import socketserver
import subprocess
import threading
import time
from pathlib import Path

import pytest

FFMPEG = shutil.which("ffmpeg")
needs_ffmpeg = pytest.mark.skipif(FFMPEG is None, reason="needs ffmpeg (apt-get install ffmpeg) to serve streams")


def free_port(kind: int = socket.SOCK_STREAM) -> int:
    with socket.socket(socket.AF_INET, kind) as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class StreamServer:
    """Serves until stop(); start() again serves at the same port. `stalled`: nothing is sent while it is set."""

    scheme = ""

    def __init__(self, clip: Path, *, fps: int = 30, password: str = "") -> None:
        self.clip, self.fps, self.password = clip, fps, password
        self.port = free_port()
        self.stalled = threading.Event()
        self.asked: list[str] = []
        """The first line of every request."""
        self._lock = threading.Lock()
        self._children: list[subprocess.Popen[bytes]] = []
        self._connections: list[socket.socket] = []
        self._server: _Server | None = None

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/video"

    def start(self) -> None:
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with outer._lock:
                    if outer._server is not self.server:
                        return
                    outer._connections.append(self.request)
                with contextlib.suppress(OSError, ValueError):
                    outer.serve(self.request)

        self._server = server = _Server(("127.0.0.1", self.port), Handler)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        """The door closes first: a camera that comes back at once must not be let in by a server that is leaving."""
        with self._lock:
            server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()
        with self._lock:
            children, connections = self._children, self._connections
            self._children, self._connections = [], []
        for child in children:
            child.kill()
            child.wait()
            if child.stdout is not None:
                child.stdout.close()
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> "StreamServer":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def serve(self, connection: socket.socket) -> None:
        raise NotImplementedError

    def ffmpeg(self, *output: str) -> subprocess.Popen[bytes]:
        command = [
            str(FFMPEG),
            "-loglevel",
            "error",
            "-re",
            "-stream_loop",
            "-1",
            "-i",
            str(self.clip),
            "-an",
            "-r",
            str(self.fps),
        ]
        with self._lock:
            if self._server is None:
                raise ConnectionAbortedError("the server was stopped")
            child = subprocess.Popen([*command, *output], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
            self._children.append(child)
        return child

    def authorised(self, request: str) -> bool:
        expected = base64.b64encode(f"me:{self.password}".encode()).decode()
        return not self.password or f"authorization: basic {expected}".lower() in request.lower()

    def request(self, connection: socket.socket) -> str:
        """The next request's lines; empty when the other side has closed."""
        data = b""
        while not data.endswith(b"\r\n\r\n"):
            more = connection.recv(1)
            if not more:
                return ""
            data = more if data == b"" and more == b"$" else data + more
        text = data.decode(errors="replace")
        self.asked.append(text.splitlines()[0])
        return text


class MjpegServer(StreamServer):
    """As the apps of phones serve it. `broken`: every tenth picture is sent by half. `redirect`: to another place instead."""

    scheme = "http"

    def __init__(self, clip: Path, *, fps: int = 30, password: str = "", broken: bool = False, redirect: str = "") -> None:
        super().__init__(clip, fps=fps, password=password)
        self.broken, self.redirect = broken, redirect

    def serve(self, connection: socket.socket) -> None:
        asked = self.request(connection)
        if self.redirect:
            connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: {self.redirect}\r\nContent-Length: 0\r\n\r\n".encode())
            return
        if not self.authorised(asked):
            head = 'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="camera"\r\nContent-Length: 0\r\n'
            connection.sendall(f"{head}Connection: close\r\n\r\n".encode())
            return
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=ffmpeg\r\n\r\n")
        child = self.ffmpeg("-c:v", "mjpeg", "-q:v", "6", "-f", "mpjpeg", "pipe:1")
        assert child.stdout is not None
        sent, picture = 0, b""
        while data := child.stdout.read1(1 << 16):  # type: ignore[attr-defined]
            while self.stalled.is_set():
                time.sleep(0.02)
            if not self.broken:
                connection.sendall(data)
                continue
            picture += data
            while b"\xff\xd9" in picture:
                whole, picture = picture.split(b"\xff\xd9", 1)
                whole += b"\xff\xd9"
                sent += 1
                connection.sendall(whole[: len(whole) // 2] if sent % 10 == 0 else whole)


class RtspServer(StreamServer):
    """One H.264 track, sent interleaved over the connection, as IP cameras do. `redirect`: to another place instead, said in
    answer to the request that `redirects` names."""

    scheme = "rtsp"

    def __init__(self, clip: Path, *, fps: int = 30, password: str = "", redirect: str = "", redirects: str = "DESCRIBE") -> None:
        super().__init__(clip, fps=fps, password=password)
        self.redirect, self.redirects = redirect, redirects

    def serve(self, connection: socket.socket) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as packets:
            packets.bind(("127.0.0.1", 0))
            port = packets.getsockname()[1]
            sdp = (
                "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=clip\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\na=control:track0\r\n"
            )
            lock = threading.Lock()
            while asked := self.request(connection):
                method = asked.split()[0]
                number = next(line for line in asked.splitlines() if line.lower().startswith("cseq"))
                head, body = f"RTSP/1.0 200 OK\r\n{number}\r\nSession: 1\r\n", ""
                if method == "OPTIONS":
                    head += "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n"
                elif not self.authorised(asked):
                    head = f'RTSP/1.0 401 Unauthorized\r\n{number}\r\nWWW-Authenticate: Basic realm="camera"\r\n'
                elif self.redirect and method == self.redirects:
                    head = f"RTSP/1.0 302 Moved Temporarily\r\n{number}\r\nLocation: {self.redirect}\r\n"
                elif method == "DESCRIBE":
                    head += f"Content-Type: application/sdp\r\nContent-Length: {len(sdp)}\r\n"
                    body = sdp
                elif method == "SETUP":
                    head += "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n"
                with lock:
                    connection.sendall(f"{head}\r\n{body}".encode())
                if method == "PLAY":
                    x264 = ("-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "15", "-bsf:v", "dump_extra")
                    self.ffmpeg(*x264, "-f", "rtp", f"rtp://127.0.0.1:{port}?pkt_size=1200")
                    threading.Thread(target=self._relay, args=(packets, connection, lock), daemon=True).start()

    def _relay(self, packets: socket.socket, connection: socket.socket, lock: threading.Lock) -> None:
        try:
            while True:
                packet = packets.recv(65536)
                while self.stalled.is_set():
                    time.sleep(0.02)
                with lock:
                    connection.sendall(b"$\x00" + len(packet).to_bytes(2, "big") + packet)
        except OSError:
            return
