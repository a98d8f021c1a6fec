"""What can be tried of packaging/ without building: the handbook, the entry of the menu, which libraries may be stripped."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import handbook
import linux
import macos
import pytest
from libraries import loadable
from version import version

import formcheck

ROOT = Path(__file__).parents[1]


def test_the_handbook_needs_nothing_but_itself(tmp_path: Path) -> None:
    handbook.make(tmp_path)
    pages = sorted(tmp_path.glob("*.html"))
    assert {page.stem for page in pages} == {source.stem for source in handbook.SOURCE.glob("*.md")}
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r'(?:href|src)="([^"]+)"', text):
            assert (tmp_path / target).is_file(), f"{page.name}: {target}"
        assert "http" not in re.sub(r"http[s]?://[^ ]*192\.168", "", text)
        assert all(re.findall(r'<img src="[^"]+" alt="([^"]*)"', text))


def test_the_entry_of_the_menu_is_valid() -> None:
    validate = shutil.which("desktop-file-validate")
    if validate is None:
        pytest.skip("desktop-file-validate is not installed")
    done = subprocess.run([validate, linux.HERE / "formcheck.desktop"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_packages_say_the_programs_version_and_why_the_camera() -> None:
    assert version() == formcheck.__version__
    assert "camera" in macos.information()["NSCameraUsageDescription"]


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("readelf") is None, reason="wants Linux and readelf")
def test_a_library_out_of_step_with_the_pages_is_seen(tmp_path: Path) -> None:
    whole = next(Path(sys.prefix).rglob("*_multiarray_umath*.so"))
    assert loadable(whole)
    shifted = tmp_path / "shifted.so"
    content = bytearray(whole.read_bytes())
    start, size, count = (int.from_bytes(content[at : at + n], "little") for at, n in ((32, 8), (54, 2), (56, 2)))
    for i in range(count):
        at = start + i * size
        if int.from_bytes(content[at : at + 4], "little") == 1:  # PT_LOAD: its place in the file, eight bytes from 8 on
            content[at + 8 : at + 16] = (int.from_bytes(content[at + 8 : at + 16], "little") + 8).to_bytes(8, "little")
    shifted.write_bytes(content)
    assert not loadable(shifted)
