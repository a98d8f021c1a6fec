"""The files of an export, whether they come one by one, in a folder or in a .zip."""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from formcheck.agreement.sensors.tables import BadSensorFile
from formcheck.system.language import tr

MAX_BYTES = 300_000_000
"""Of all files together, unpacked: two hours at 200 a second are a third of it."""
TEXT = (".csv", ".tsv", ".txt")


def text_files(paths: Sequence[Path]) -> dict[str, bytes]:
    """Name (with the folder it lies in) -> content of every text file in `paths`. BadSensorFile where there is none."""
    found: dict[str, bytes] = {}
    left = MAX_BYTES
    for path in paths:
        for name, content in _files(path, left):
            left -= len(content)
            found[name if name not in found else f"{path.name}/{name}"] = content
    if not found:
        names = ", ".join(p.name for p in paths)
        raise BadSensorFile(tr("{names}: holds no CSV file; export the recording as CSV or as a ZIP of CSV files", names=names))
    return found


def _files(path: Path, left: int) -> Iterator[tuple[str, bytes]]:
    if not path.exists():
        raise BadSensorFile(tr("{path}: no such file; name the app's export", path=path))
    if path.is_dir():
        for file in sorted(p for p in path.rglob("*") if p.suffix.lower() in TEXT and p.is_file()):
            content = _limited(file, left)
            left -= len(content)
            yield file.relative_to(path).as_posix(), content
    elif zipfile.is_zipfile(path):
        yield from _zipped(path, left)
    else:
        yield path.name, _limited(path, left)


def _limited(path: Path, left: int) -> bytes:
    if path.stat().st_size > left:
        raise BadSensorFile(tr("{name}: too large; export the stretch around the set only", name=path.name))
    return path.read_bytes()


def _zipped(path: Path, left: int) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and PurePosixPath(m.filename).suffix.lower() in TEXT]
            if sum(m.file_size for m in members) > left:
                raise BadSensorFile(tr("{name}: too large unpacked; export the stretch around the set only", name=path.name))
            for member in members:
                yield member.filename, archive.read(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadSensorFile(
            tr("{name}: a broken or locked ZIP ({error}); export it from the app again", name=path.name, error=error)
        ) from error
