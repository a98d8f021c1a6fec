"""What goes to a helper when something is wrong: the log and the check of this computer, without names and pictures."""

import getpass
import io
import platform
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from formcheck.doctor import Check
from formcheck.system.files import write_export
from formcheck.system.language import tr
from formcheck.system.log_file import log_files

NAMELESS = {"cameras", "disk"}
"""Checks whose details may carry a person's name, of a phone or of a folder: only their outcome is told."""
MAX_CHARACTERS = 200_000
"""Of each log file; its end is kept."""


def check_lines(checks: Iterable[Check]) -> str:
    """As `formcheck doctor` prints them."""
    return "\n".join(f"{'ok ' if c.ok else 'BAD'}  {c.name}: {c.detail}" + (f" - {c.advice}" if c.advice else "") for c in checks)


def report_files(checks: Iterable[Check]) -> dict[str, str]:
    """Name -> text of each file of the report."""
    found = {"doctor.txt": check_lines(_nameless(check) for check in checks) + "\n"}
    for file in log_files():
        found[file.name] = file.read_text(encoding="utf-8", errors="replace")[-MAX_CHARACTERS:]
    return {name: discreet(text) for name, text in found.items()}


def discreet(text: str) -> str:
    """Without the user's folder, the user's name and the computer's name."""
    text = text.replace(str(Path.home()), "~")
    for name, instead in ((_user(), "USER"), (platform.node(), "COMPUTER")):
        if len(name) > 1:
            text = re.sub(rf"\b{re.escape(name)}\b", instead, text, flags=re.IGNORECASE)
    return text


def write_report(path: Path, files: Mapping[str, str]) -> None:
    """One .zip; OSError where it cannot be written."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    write_export(path, content.getvalue())


def _nameless(check: Check) -> Check:
    if check.name not in NAMELESS:
        return check
    return Check(check.name, check.ok, tr("in order") if check.ok else tr("not in order"), check.advice)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such name in the environment or the system's table
        return ""
