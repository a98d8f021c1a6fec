"""Which computer this is, and who uses it: what stays, from what the system itself goes by."""

import getpass
import platform
import subprocess
import sys
from functools import cache
from pathlib import Path


@cache
def computer_id() -> str:
    """Stays over restarts and changes of network; not to be written down as it is."""
    try:
        return _of_system() or platform.node()
    except (OSError, subprocess.SubprocessError):
        return platform.node()


def computer_name() -> str:
    """What people call it."""
    return platform.node() or "a computer without a name"


def user_name() -> str:
    """As whom the user is logged in; empty where the system does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _of_system() -> str:
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    if sys.platform == "darwin":
        told = subprocess.run(
            ["/usr/sbin/ioreg", "-rd1", "-c", "IOPlatformExpertDevice"], capture_output=True, text=True, timeout=5
        )
        return next((line.split('"')[3] for line in told.stdout.splitlines() if "IOPlatformUUID" in line), "")
    files = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
    return next((f.read_text(encoding="ascii").strip() for f in files if f.is_file()), "")
