"""Opens a camera on the network and gives its pictures with as little delay as possible, or says in words why not.

Nothing but the typed address is connected to: no proxies, no redirects, and no playlist formats, which could name other places.
"""

import io
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse
from typing import Any, cast

import av
from av.video.reformatter import VideoReformatter

from formcheck.capture.address import CameraAddress
from formcheck.capture.live import CameraState
from formcheck.capture.rtsp_guard import RtspGuard

OPEN_S, READ_S = 5.0, 3.0
FORMATS = "mpjpeg,mjpeg,jpeg_pipe,mpegts,mov,matroska,flv,avi,h264,hevc"
OPTIONS = {"fflags": "nobuffer", "flags": "low_delay", "probesize": "300000", "analyzeduration": "300000"}
RTSP_OPTIONS = OPTIONS | {"rtsp_transport": "tcp", "protocol_whitelist": "rtsp,rtp,tcp,udp", "allowed_media_types": "video"}
HTTP_OPTIONS = OPTIONS | {"format_whitelist": FORMATS, "protocol_whitelist": "pipe"}


NO_VIDEO = (av.error.InvalidDataError, av.error.ProtocolNotFoundError, av.error.EOFError)


class StreamError(Exception):
    """A stream that cannot be opened or read. `state` says which words the user gets."""

    def __init__(self, state: CameraState) -> None:
        super().__init__(str(state))
        self.state = state


class NetworkStream:
    """One connection. StreamError from the constructor and from pictures(); a lost connection ends pictures()."""

    def __init__(self, address: CameraAddress, password: str) -> None:
        self._response: HTTPResponse | None = None
        self._guard: RtspGuard | None = None
        try:
            if address.is_rtsp:
                self._guard = RtspGuard(address.with_password(password), OPEN_S)
                self._container = av.open(self._guard.url, options=RTSP_OPTIONS, timeout=(OPEN_S, READ_S))
            else:
                self._response = _request(address, password)
                self._container = av.open(cast(Any, _Reader(self._response)), options=HTTP_OPTIONS, buffer_size=1 << 15)
            if not self._container.streams.video:
                raise StreamError(CameraState.NO_VIDEO)
        except StreamError:
            self.close()
            raise
        except Exception as error:  # FFmpeg's and the sockets' errors hold the password in their text: only their kind goes on
            redirected = self._guard is not None and self._guard.redirected
            self.close()
            raise StreamError(CameraState.REFUSED if redirected else _state_of(error)) from None
        self._video = self._container.streams.video[0]
        self._video.thread_type = "SLICE"  # threads by frame would hold back as many frames
        self.fps = float(self._video.average_rate or 0.0) if address.is_rtsp else 0.0
        """As the stream says; 0 where it cannot know (pictures over HTTP carry no times)."""

    def pictures(self) -> Iterator[tuple[Any, float | None]]:
        """((H, W, 3) uint8 BGR, the stream's own seconds or None). Damaged pictures are None instead of an array."""
        context, convert = self._video.codec_context, VideoReformatter()
        try:
            for packet in self._container.demux(self._video):
                try:
                    frames = context.decode(packet)
                except av.error.InvalidDataError:
                    yield None, None
                    continue
                for frame in frames:
                    stream_s = frame.time if self._response is None else None
                    yield (
                        (None if frame.is_corrupt else convert.reformat(frame, format="bgr24", threads=1).to_ndarray()),
                        stream_s,
                    )
        except (av.error.FFmpegError, OSError, HTTPException, ValueError):
            return

    def skip_ahead(self, skip: bool) -> None:
        """Decode only what other pictures are made from, to catch up with a stream that is behind."""
        self._video.codec_context.skip_frame = "NONREF" if skip else "DEFAULT"

    def close(self) -> None:
        container = getattr(self, "_container", None)
        if container is not None:
            container.close()
        if self._response is not None:
            self._response.close()
        if self._guard is not None:
            self._guard.close()


class _Reader(io.RawIOBase):
    """What has arrived, without waiting for a full buffer."""

    def __init__(self, response: HTTPResponse) -> None:
        self._response = response

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._response.read1(size)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        return None


def _request(address: CameraAddress, password: str) -> HTTPResponse:
    known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    if address.user:
        known.add_password(None, address.url, address.user, password)
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}),
        urllib.request.HTTPBasicAuthHandler(known),
        urllib.request.HTTPDigestAuthHandler(known),
        _NoRedirect(),
    )
    return cast(HTTPResponse, opener.open(address.url, timeout=READ_S))


def _state_of(error: Exception) -> CameraState:
    if isinstance(error, urllib.error.HTTPError):
        if error.code in (401, 403):
            return CameraState.WRONG_PASSWORD
        return CameraState.REFUSED
    if isinstance(error, urllib.error.URLError) and isinstance(error.reason, Exception):
        return _state_of(error.reason)
    if isinstance(error, (av.error.HTTPUnauthorizedError, av.error.HTTPForbiddenError)):
        return CameraState.WRONG_PASSWORD
    if isinstance(error, (ConnectionRefusedError, av.error.ConnectionRefusedError, av.error.HTTPError)):
        return CameraState.REFUSED
    if isinstance(error, (*NO_VIDEO, ValueError, HTTPException)):
        return CameraState.NO_VIDEO
    return CameraState.UNREACHABLE
