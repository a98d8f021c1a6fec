"""Makes the built program's libraries smaller, on Linux. Wants gcc, readelf and strip."""

import gzip
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

HERE = Path(__file__).parent
PAGE = 4096
LONG_BYTES = 100_000
_SEGMENT = re.compile(r"^ +LOAD +(0x[0-9a-f]+) +(0x[0-9a-f]+)", re.MULTILINE)
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_UNDEFINED = re.compile(r" U (\w+)(?:@(\w+))?")
"""A name that is called, and the version under which it is asked for."""

REFUSED = (
    ("av.libs/libx265-*", "av.libs/libavcodec-*", r"x265_\w+"),
    ("av.libs/libSvtAv1Enc-*", "av.libs/libavcodec-*", r"svt_\w+"),
    ("av.libs/libvpx-*", "av.libs/libavcodec-*", r"vpx_\w+"),
    ("opencv_python_headless.libs/libaom-*", "opencv_python_headless.libs/libavif-*", r"aom_\w+"),
    ("av.libs/libavdevice-*", "av/**/*.so", r"avdevice_\w+|av_\w+_device_next"),
    ("libsystemd.so.0", "libdbus-1.so.3", r"sd_\w+"),
)
"""What the program never does, 42 MB: the library, who loads it, and what these call there. Encoders of formats that it never
writes (FFmpeg reads HEVC, AV1 and VP9 without them), FFmpeg's own way to cameras and sound cards, and systemd's to start a D-Bus
server."""
_TEXTS = re.compile(r"\w+_(version_str|build_config|iface_name|error|error_detail|err_to_string|configuration|license)")
_ADDRESSES = re.compile(r"x265_api_get_\d+|(aom|vpx)_codec_(\w+_[cd]x|get_(?!caps)\w+)|\w+_img_(alloc|wrap)|av_\w+_device_next")
"""What answers with a text: an empty one. What answers with another address: none is 0. The other functions answer with a number:
an error is below 0."""


def refuse(program: Path) -> None:
    """Put in their place libraries of the same name whose functions all say: not available. Nothing loads without them."""
    for pattern, callers, names in REFUSED:
        library = next(program.glob(pattern), None)
        if library is None:  # a system's library that is put together otherwise there
            continue
        functions = {name: version for name, version in _called(program.glob(callers)) if re.fullmatch(names, name)}
        if not functions:
            raise ValueError(f"{callers} calls nothing of {library.name} any more")
        with tempfile.TemporaryDirectory() as folder:
            source, versions, made = (Path(folder) / name for name in ("refused.c", "versions", "library"))
            source.write_text("".join(f"long {name}(void) {{ return {_answer(name)}; }}\n" for name in functions))
            asked = {
                version: [name for name in functions if functions[name] == version] for version in functions.values() if version
            }
            versions.write_text("".join(f"{version} {{ global: {'; '.join(held)}; }};\n" for version, held in asked.items()))
            named = [f"-Wl,-soname,{library.name}", *([f"-Wl,--version-script,{versions}"] if asked else [])]
            run("gcc", "-shared", "-fPIC", "-Os", "-s", *named, "-o", made, source)
            library.write_bytes(made.read_bytes())


def _answer(name: str) -> str:
    """In C."""
    if _TEXTS.fullmatch(name):
        return '(long)""'
    return "0" if _ADDRESSES.fullmatch(name) else "-1"


def _called(libraries: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """What they ask of others: names, each with its version or ""."""
    for library in libraries:
        yield from _UNDEFINED.findall(said_by("nm", "-D", "--undefined-only", library))


def share_ffmpeg(program: Path) -> None:
    """Let OpenCV use PyAV's copy of FFmpeg, of the same major versions: its own is 30 MB, and plays no film here."""
    own = {library.name.split("-")[0]: library for library in (program / "av.libs").glob("lib*.so.*")}
    for library in (program / "opencv_python_headless.libs").glob("lib*.so.*"):
        shared = own.get(library.name.split("-")[0])
        if shared is None or library.name.split(".so.")[1].split(".")[0] != shared.name.split(".so.")[1].split(".")[0]:
            continue
        if library.name.startswith(("libav", "libsw")) and not library.name.startswith("libavif"):
            library.unlink()
            library.symlink_to(Path("..") / "av.libs" / shared.name)


def share_blas(program: Path) -> None:
    """Let OpenCV use NumPy's OpenBLAS: its own is 37 MB. blas.c calls one by the other's names."""
    own = next(program.glob("numpy.libs/libscipy_openblas64_*"))
    for library in program.glob("opencv_python_headless.libs/libopenblas*"):
        wanted = {name for name, _ in _called(program.glob("cv2/cv2*.so"))}
        held = {line.split()[-1] for line in said_by("nm", "-D", "--defined-only", library).splitlines()}
        blas(own, library, rpath="$ORIGIN/../numpy.libs")
        made = {line.split()[-1] for line in said_by("nm", "-D", "--defined-only", library).splitlines()}
        if missing := (wanted & held) - made:
            raise ValueError(f"OpenCV calls {sorted(missing)}, which blas.c does not have")


def blas(openblas: Path, made: Path, rpath: str) -> None:
    """Compile blas.c to the library `made`; rpath: where it finds NumPy's."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / made.name
        options = ("-shared", "-fPIC", "-O2", "-s", "-Wall", "-Werror", f"-Wl,-soname,{made.name}", f"-Wl,-rpath,{rpath}")
        run("gcc", *options, "-Wl,-z,defs", "-o", library, HERE / "blas.c", openblas)
        made.write_bytes(library.read_bytes())


def share_same(program: Path) -> None:
    """One copy of what several wheels bring: a wheel's tool puts the content's sum into the name. The smaller one stays."""
    libraries = sorted(_own_files(program.glob("*.libs/lib*-*.so*")), key=lambda file: file.stat().st_size)
    first: dict[str, Path] = {}
    for library in libraries:
        kept = first.setdefault(library.name, library)
        if kept != library:
            library.unlink()
            library.symlink_to(Path("..") / kept.parent.name / kept.name)


def drop_unneeded(program: Path) -> None:
    """Take away libraries that only files which stayed behind had wanted, and those that wanted only these."""
    while unneeded := _unneeded(program):
        for library in unneeded:
            library.unlink()


def _unneeded(program: Path) -> list[Path]:
    """With the links to them, which PyInstaller makes beside."""
    everything = list(program.rglob("*.so*"))
    files = (*_own_files(everything), program.parent / "formcheck")
    wanted = {name for file in files for name in _NEEDED.findall(said_by("readelf", "-dW", file))}
    used = {file.resolve() for file in everything if file.name in wanted or _loaded_by_name(file.name)}
    places = ("lib*.so*", "*.libs/lib*.so*", "PySide6/Qt/lib/lib*.so*")
    return [file for place in places for file in program.glob(place) if file.resolve() not in used]


def _loaded_by_name(name: str) -> bool:
    """PyInstaller's first part opens Python's."""
    return any(fnmatch(name, pattern) for pattern in ("libpython*", "libgcc_s*", "libstdc++*"))


def pack_licences(program: Path) -> None:
    """Long ones as .gz, as Debian does: MediaPipe's is 2.5 MB."""
    for file in program.glob("*.dist-info/licenses/**/*"):
        if file.is_file() and file.stat().st_size > LONG_BYTES:
            file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), mtime=0))
            file.unlink()


def strip(program: Path) -> None:
    """Take out the names that only a debugger reads. Wheels' libraries may not survive that: such a one stays as it was."""
    for library in _own_files(program.rglob("*.so*")):
        with tempfile.TemporaryDirectory() as folder:
            smaller = Path(folder) / library.name
            done = subprocess.run(["strip", "--strip-unneeded", "-o", smaller, library], capture_output=True, check=False)
            if done.returncode == 0 and loadable(smaller):
                shutil.copyfile(smaller, library)


def _own_files(files: Iterable[Path]) -> list[Path]:
    return [file for file in files if not file.is_symlink()]


def loadable(library: Path) -> bool:
    """Whether the system's loader takes it: each part must lie in the file as it will lie in the pages of memory."""
    parts = [(int(offset, 16), int(address, 16)) for offset, address in _SEGMENT.findall(said_by("readelf", "-lW", library))]
    return bool(parts) and all((offset - address) % PAGE == 0 for offset, address in parts)


def said_by(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def run(*command: str | Path) -> None:
    subprocess.run(command, check=True)
