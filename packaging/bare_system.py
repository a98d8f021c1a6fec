"""Where the built program is tried: a bare Debian in a folder, or this computer.

The bare Debian has no Python, no network but the loopback, and an ordinary user with an empty home. It wants root, debootstrap,
`unshare`, `ip`, and a network while it is made.
"""

import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

RELEASE = "bookworm"
USER = "runner"
DESKTOP = ("libgl1", "libegl1", "libgles2", "fuse3")
"""For the AppImage, what any desktop has; a .deb asks for its own."""
TIMEOUT_S = 500
CHROOT = shutil.which("chroot") or "/usr/sbin/chroot"
_ALONE = "FORMCHECK_SMOKE_TEST_ALONE"


def is_alone() -> bool:
    return _ALONE in os.environ


def go_alone() -> None:
    """Begin this script again, without a network but the loopback; what is mounted from now on ends with it."""
    again = ["unshare", "--net", "--mount", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", sys.executable, *sys.argv]
    os.execvpe(again[0], again, os.environ | {_ALONE: "1"})


class Place:
    """Where the program runs: `home` is the folder it starts in, as this script sees it."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def start(self, *words: str, **environment: str) -> "subprocess.Popen[str]":
        raise NotImplementedError

    def files(self) -> Iterable[Path]:
        """The program's."""
        raise NotImplementedError

    def run(self, *words: str, ends: Sequence[int] = (0,), **environment: str) -> str:
        """What it printed; ends the script where it failed."""
        begun = time.monotonic()
        child = self.start(*words, **environment)
        said, errors = child.communicate(timeout=TIMEOUT_S)
        print(f"{time.monotonic() - begun:6.1f} s  {' '.join(words)}", flush=True)
        if child.returncode not in ends:
            sys.exit(f"exit {child.returncode}\n{said}{errors}")
        return said

    def forget(self) -> None:
        """Have the system read the program's files from the disk at the next start, on Linux."""
        if sys.platform != "linux":
            return
        for file in self.files():
            opened = os.open(file, os.O_RDONLY)
            os.posix_fadvise(opened, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(opened)


class ThisComputer(Place):
    def start(self, *words: str, **environment: str) -> "subprocess.Popen[str]":
        home = {name: str(self.home) for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA")}
        return _started(words, cwd=self.home, env=os.environ | home | environment)

    def files(self) -> Iterable[Path]:
        return ()


class BareSystem(Place):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "home" / USER)
        self.folder = folder

    def make(self) -> None:
        """Nothing if it is there."""
        if not (self.folder / "usr").is_dir():
            self.folder.mkdir(parents=True, exist_ok=True)
            subprocess.run(["debootstrap", "--variant=minbase", RELEASE, self.folder], check=True, stdout=subprocess.DEVNULL)
        if not self.home.is_dir():
            self._root("useradd", "--create-home", "--shell", "/bin/sh", USER)
        self._root("apt-get", "update", "-qq")

    def install(self, package: Path) -> None:
        """A .deb by the system's tool, anything else by copying it there."""
        for old in self.folder.glob("opt/formcheck*"):
            old.unlink()
        target = self.folder / "opt" / package.name
        shutil.copy(package, target)
        target.chmod(0o755)
        wanted = [f"/opt/{package.name}"] if package.suffix == ".deb" else DESKTOP
        add = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-qq", "-y", "--no-install-recommends")
        self._root(*add, "--reinstall", *wanted)

    def program(self, package: Path) -> list[str]:
        """The command that starts it; after enter(). An AppImage that cannot be mounted unpacks itself at each start."""
        if package.suffix == ".deb":
            return ["formcheck"]
        command = [f"/opt/{package.name}"]
        first = self.start(*command, "--version")
        _, errors = first.communicate(timeout=TIMEOUT_S)
        if first.returncode == 0:
            return command
        print(f"FUSE does not work here, the AppImage unpacks itself: {errors.strip().splitlines()[0]}")
        return [*command, "--appimage-extract-and-run"]

    def unpacked_mb(self, package: Path) -> int:
        """Of the .deb; an AppImage is never unpacked."""
        return round(sum(f.stat().st_size for f in self.files() if package.suffix == ".deb") / 1e6)

    def files(self) -> Iterable[Path]:
        found = [*self.folder.glob("usr/lib/formcheck/**/*"), *self.folder.glob("opt/formcheck*.AppImage")]
        return [file for file in found if file.is_file() and not file.is_symlink()]

    def enter(self) -> None:
        """What every running system has, and an empty home. After go_alone()."""
        screens = Path("tmp/.X11-unix")
        for place in (Path("proc"), Path("dev"), Path("sys"), screens):
            (self.folder / place).mkdir(parents=True, exist_ok=True)
            (Path("/") / place).mkdir(exist_ok=True)
            subprocess.run(["mount", "--rbind", Path("/") / place, self.folder / place], check=True)
        fuse = self.folder / "fuse"
        if Path("/dev/fuse").exists():  # open to everybody, as udev leaves it on a desktop
            if not fuse.exists():
                os.mknod(fuse, stat.S_IFCHR | 0o666, Path("/dev/fuse").stat().st_rdev)
            fuse.chmod(0o666)
            subprocess.run(["mount", "--bind", fuse, self.folder / "dev" / "fuse"], check=True)
        pythons = [*self.folder.glob("usr/bin/python*"), *self.folder.glob("usr/lib/python*")]
        assert not pythons, f"there is a Python in this system: {pythons}"
        shutil.rmtree(self.home)
        self.home.mkdir()
        shutil.chown(self.home, *self._owner())

    def start(self, *words: str, **environment: str) -> "subprocess.Popen[str]":
        named = {"HOME": f"/home/{USER}", "USER": USER, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"} | environment
        inside = [CHROOT, f"--userspec={USER}:{USER}", str(self.folder), "sh", "-c", 'cd && exec "$@"', "sh"]
        return _started([*inside, *words], cwd=self.folder, env=named)

    def _root(self, *words: str) -> None:
        done = subprocess.run([CHROOT, self.folder, *words], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")

    def _owner(self) -> tuple[int, int]:
        line = next(line for line in (self.folder / "etc/passwd").read_text().splitlines() if line.startswith(f"{USER}:"))
        _, _, user, group, *_ = line.split(":")
        return int(user), int(group)


def _started(words: Sequence[str], cwd: Path, env: dict[str, str]) -> "subprocess.Popen[str]":
    pipe = subprocess.PIPE
    return subprocess.Popen(
        words, cwd=cwd, env=env, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", start_new_session=True
    )
