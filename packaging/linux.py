"""A .deb and an AppImage from the built folder, with the entry of the menu, the icon and the kind of file."""

import hashlib
import platform
import shutil
import subprocess
import tarfile
import tempfile
import urllib.request
from pathlib import Path

from version import address, version

HERE = Path(__file__).parent
ROOT = HERE.parent
NEEDS = f"libc6 (>= {platform.libc_ver()[1]}), libgl1, libegl1, libgles2"
"""The C library of the system it was built on, and what must match the graphics driver: neither can travel inside."""
RUNTIME = "https://github.com/AppImage/type2-runtime/releases/download/20251108/runtime-{machine}"
"""The first part of an AppImage, which shows the packed folder to the system; a release that does not change."""
RUNTIME_SHA256 = {
    "x86_64": "2fca8b443c92510f1483a883f60061ad09b46b978b2631c807cd873a47ec260d",
    "aarch64": "00cbdfcf917cc6c0ff6d3347d59e0ca1f7f45a6df1a428a0d6d8a78664d87444",
}
CONTROL = """\
Package: formcheck
Version: {version}
Architecture: {architecture}
Maintainer: formcheck contributors <contributors@{host}>
Installed-Size: {size_kb}
Depends: {needs}
Recommends: fontconfig-config, fonts-dejavu-core, xdg-utils
Suggests: espeak-ng, fonts-noto-cjk
Section: science
Priority: optional
Homepage: {address}
Description: watches hip exercises through a camera
 Counts repetitions and says, while you move, whether the pelvis stayed still.
 Everything stays on this computer. Movement feedback, not medical advice.
"""
APP_RUN = '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/usr/lib/formcheck/formcheck" "$@"\n'


def tree(program: Path, root: Path) -> None:
    """The program in the places where Linux looks for its parts, below `root`."""
    shutil.copytree(program, root / "usr/lib/formcheck", symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/formcheck").symlink_to("../lib/formcheck/formcheck")
    for source, target in (
        (HERE / "formcheck.desktop", "applications/formcheck.desktop"),
        (HERE / "formcheck.xml", "mime/packages/formcheck.xml"),
        (ROOT / "formcheck/gui/assets/formcheck.png", "icons/hicolor/256x256/apps/formcheck.png"),
        (ROOT / "LICENSE", "doc/formcheck/copyright"),
        (ROOT / "docs/licences.md", "doc/formcheck/licences.md"),
    ):
        place = root / "usr/share" / target
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
        place.chmod(0o644)


def deb(program: Path, dist: Path) -> Path:
    """Made with the system's own tool."""
    architecture = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()
    target = dist / f"formcheck_{version()}_{architecture}.deb"
    with tempfile.TemporaryDirectory(dir=dist) as name:
        root = Path(name) / "root"
        tree(program, root)
        size_kb = sum(f.stat().st_size for f in root.rglob("*") if f.is_file() and not f.is_symlink()) // 1024
        (root / "DEBIAN").mkdir()
        place = {"address": address(), "host": address().removeprefix("https://").split("/")[0]}
        control = CONTROL.format(version=version(), architecture=architecture, size_kb=size_kb, needs=NEEDS, **place)
        (root / "DEBIAN/control").write_text(control)
        root.chmod(0o755)
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", root, target], check=True, capture_output=True
        )
    return target


def runtime(given: Path | None, work: Path) -> Path | None:
    """The published one, fetched and checked; None where it cannot be fetched. One that is given is taken as it is."""
    file = given or work / "runtime-20251108"
    if not file.exists():
        address = RUNTIME.format(machine=platform.machine())
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                file.write_bytes(answer.read())
        except OSError as error:
            print(f"no AppImage: {address} could not be fetched ({error})")
            return None
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != RUNTIME_SHA256[platform.machine()]:
        if given is None:
            file.unlink()
            raise SystemExit(f"the AppImage's runtime is not the published one: sha256 {found}")
        print(f"{file} is not the published runtime: sha256 {found}. Do not hand out this AppImage.")
    return file


def app_image(program: Path, dist: Path, runtime: Path | None) -> Path:
    """One file that runs: the runtime, and after it the folder, packed. Without a runtime the folder as .tar.gz."""
    stem = f"formcheck-{version()}-{platform.machine()}"
    with tempfile.TemporaryDirectory(dir=dist) as name:
        root = Path(name) / stem
        tree(program, root)
        (root / "AppRun").write_text(APP_RUN)
        (root / "AppRun").chmod(0o755)
        root.chmod(0o755)
        shutil.copyfile(HERE / "formcheck.desktop", root / "formcheck.desktop")
        shutil.copyfile(ROOT / "formcheck/gui/assets/formcheck.png", root / "formcheck.png")
        (root / ".DirIcon").symlink_to("formcheck.png")
        if runtime is None:
            packed = dist / f"{stem}.tar.gz"
            with tarfile.open(packed, "w:gz", compresslevel=6) as archive:
                archive.add(root, stem)
            return packed
        packed = Path(name) / "packed"
        zstd = ("-comp", "zstd", "-Xcompression-level", "12", "-b", "256K")
        subprocess.run(["mksquashfs", root, packed, *zstd, "-all-root", "-noappend", "-quiet", "-no-progress"], check=True)
        target = dist / f"{stem}.AppImage"
        with target.open("wb") as file:
            file.write(runtime.read_bytes())
            with packed.open("rb") as rest:
                shutil.copyfileobj(rest, file)
        target.chmod(0o755)
    return target
