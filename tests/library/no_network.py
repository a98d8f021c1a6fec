"""Runs a script in a process that dies when anything in it, Python or native, so much as tries to look up a name or to connect.

Usage: no_network.py SCRIPT ARGUMENTS. On Linux a seccomp filter has the kernel kill the process at socket(AF_INET or AF_INET6),
whoever calls it, but for the bare datagram socket with which MediaPipe probes, unconnected, whether there is IPv6; resolvers and
Python set flags on theirs. An audit hook does the same for Python code on every system.
"""

import ctypes
import os
import platform
import runpy
import socket
import struct
import sys

SOCKET_CALL = {"x86_64": 41, "aarch64": 198}
BLOCKED = 99
"""Exit code where the audit hook has seen something."""
_EVENTS = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
    "urllib.Request",
    "http.client.connect",
)


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def forbid_sockets() -> None:
    """A BPF program over (call number, first two arguments): kill for the two internet families, allow all else."""
    load, equal, answer = 0x20, 0x15, 0x06
    kill, allow = 0x80000000, 0x7FFF0000
    program = b"".join(
        struct.pack("HBBI", *step)
        for step in (
            (load, 0, 0, 0),
            (equal, 0, 6, SOCKET_CALL[platform.machine()]),
            (load, 0, 0, 16),
            (equal, 1, 0, socket.AF_INET),
            (equal, 0, 3, socket.AF_INET6),
            (load, 0, 0, 24),
            (equal, 1, 0, socket.SOCK_DGRAM),
            (answer, 0, 0, kill),
            (answer, 0, 0, allow),
        )
    )
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, seccomp, by_filter = 38, 22, 2
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) or libc.prctl(
        seccomp, by_filter, ctypes.byref(_Filter(len(program) // 8, program)), 0, 0
    ):
        raise OSError(ctypes.get_errno(), "no seccomp filter here")


def watch(event: str, arguments: tuple[object, ...]) -> None:
    local = event in ("socket.connect", "socket.sendto") and isinstance(arguments[-1], str | bytes)
    if event in _EVENTS and not local:
        sys.stderr.write(f"network: {event} {arguments!r}\n")
        os._exit(BLOCKED)


if __name__ == "__main__":
    if sys.platform == "linux" and platform.machine() in SOCKET_CALL:
        forbid_sockets()
    sys.addaudithook(watch)
    script, sys.argv = sys.argv[1], sys.argv[1:]
    runpy.run_path(script, run_name="__main__")
