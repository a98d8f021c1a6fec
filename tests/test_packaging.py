"""What can be tried of packaging/ without building: the handbook, the entry of the menu, which libraries may be stripped."""

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import handbook
import icu
import linux
import macos
import numpy as np
import PySide6
import pytest
from babel.messages.pofile import read_po
from libraries import blas, loadable
from version import version

import formcheck
from formcheck.system import resources

ROOT = Path(__file__).parents[1]
TRANSLATED = sorted(file.parts[-3] for file in (ROOT / "formcheck" / "languages").glob("*/LC_MESSAGES/*.po"))
ICU_ITEMS = [f"icudt73l/{name}" for name in ("coll/de.res", "coll/pl.res", "curr/de.res", "de_AT.res", "root.res", "x.cnv")]


def test_the_handbook_needs_nothing_but_itself(tmp_path: Path) -> None:
    handbook.make(tmp_path)
    pages = sorted(tmp_path.rglob("*.html"))
    sources = {source.relative_to(handbook.SOURCE).with_suffix(".html") for source in handbook.SOURCE.rglob("*.md")}
    assert {page.relative_to(tmp_path) for page in pages} == sources
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r'(?:href|src)="([^"]+)"', text):
            assert (page.parent / target).is_file(), f"{page.relative_to(tmp_path)}: {target}"
        assert "http" not in re.sub(r"http[s]?://[^ ]*192\.168", "", text)
        assert all(re.findall(r'<img src="[^"]+" alt="([^"]*)"', text))
        assert "*" not in text.partition("</style>")[2], f"{page.relative_to(tmp_path)}: stars that are no emphasis"


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_handbook_says_the_same_in_each_language(language: str) -> None:
    """Page by page: as many headings, items, rows, pictures and links; a word of the window, written *so*, is the window's."""
    words = menu_words(language)
    for english in sorted(handbook.SOURCE.glob("*.md")):
        there = handbook.SOURCE / language / english.name
        assert there.is_file(), f"{there} is missing"
        text, other = (file.read_text(encoding="utf-8") for file in (english, there))
        assert shape(other) == shape(text), there
        named = [part for said in re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", text) for part in said.split(", ")]
        missing = {words[plain(part)] for part in named if plain(part) in words and words[plain(part)] not in plain(other)}
        assert not missing, f"{there} does not name {missing}, as the window does"


def shape(text: str) -> dict[str, list[str]]:
    kinds = {"headings": r"^(#+) ", "items": r"^(-|\d+\.) ", "rows": r"^(\|)", "targets": r"\]\((?:[^)]*/)?([^)]+)\)"}
    return {kind: re.findall(pattern, text, re.MULTILINE) for kind, pattern in kinds.items()}


def menu_words(language: str) -> dict[str, str]:
    """The window's texts and what they are in the language, both without what only a button has."""
    with (ROOT / "formcheck" / "languages" / language / "LC_MESSAGES" / "formcheck.po").open("rb") as opened:
        catalogue = read_po(opened, locale=language)
    return {plain(message.id): plain(str(message.string)) for message in catalogue if isinstance(message.id, str)}


def plain(words: str) -> str:
    return " ".join(re.sub(r"\(&\w\)|&|…", "", words).lower().split())


@pytest.mark.parametrize(("language", "opened"), [("de", "de"), ("de_AT", "de"), ("zh_CN", "zh_CN"), ("pt", ""), ("en", "")])
def test_help_opens_the_language_of_the_window(language: str, opened: str, tmp_path: Path) -> None:
    handbook.make(tmp_path)
    page = resources.handbook(language, tmp_path)
    assert page == tmp_path / opened / "index.html"
    assert f'<html lang="{(opened or "en").replace("_", "-")}"' in page.read_text(encoding="utf-8")


def test_the_entry_of_the_menu_is_valid() -> None:
    validate = shutil.which("desktop-file-validate")
    if validate is None:
        pytest.skip("desktop-file-validate is not installed")
    done = subprocess.run([validate, linux.HERE / "formcheck.desktop"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_packages_say_the_programs_version_and_why_the_camera() -> None:
    assert version() == formcheck.__version__
    assert "camera" in macos.information()["NSCameraUsageDescription"]


def test_the_start_menu_of_windows_opens_what_is_built() -> None:
    script, specification = ((ROOT / "packaging" / f"formcheck.{kind}").read_text() for kind in ("iss", "spec"))
    opened = set(re.findall(r'Filename: "\{app\}\\([\w-]+)\.exe"', script))
    assert opened == {"formcheck-window"}
    assert 'start("formcheck-window", console=False)' in specification


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


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("gcc") is None, reason="wants Linux and gcc")
def test_opencv_solves_the_same_by_numpys_library(tmp_path: Path) -> None:
    openblas = next(Path(np.__file__).parents[1].glob("numpy.libs/libscipy_openblas64_*"))
    shared = tmp_path / "libshared.so"
    blas(openblas, shared, rpath=str(openblas.parent))
    code = (
        "import io, sys, cv2, numpy as np\n"
        "told = io.BytesIO()\n"  # NumPy cannot write into a pipe
        "rng = np.random.default_rng(1)\n"
        "for kind in (np.float32, np.float64):\n"
        "    a, b = rng.normal(size=(150, 150)).astype(kind), rng.normal(size=(150, 3)).astype(kind)\n"
        "    positive = a @ a.T + 150 * np.eye(150, dtype=kind)\n"
        "    for m, how in ((a, cv2.DECOMP_LU), (positive, cv2.DECOMP_CHOLESKY), (a, cv2.DECOMP_SVD), (a, cv2.DECOMP_QR)):\n"
        "        done, x = cv2.solve(m, b, flags=how)\n"
        "        assert done\n"
        "        np.save(told, np.float64(m @ x - b))\n"
        "    twice = cv2.solve(np.vstack([a, a]), np.vstack([b, b]), flags=cv2.DECOMP_QR)[1]\n"
        "    np.save(told, np.float64(twice - x))\n"
        "    np.save(told, cv2.SVDecomp(a)[0].astype(float) - np.linalg.svd(a.astype(float))[1][:, None])\n"
        "    np.save(told, np.float64(cv2.gemm(a, a, 1, None, 0) - a @ a) / 10)\n"
        "sys.stdout.buffer.write(told.getvalue())\n"
    )
    preloaded = os.environ | {"LD_PRELOAD": str(shared), "LD_DEBUG": "bindings", "LD_DEBUG_OUTPUT": str(tmp_path / "bound")}
    said = subprocess.run([sys.executable, "-c", code], env=preloaded, capture_output=True, check=True).stdout
    bound = "".join(file.read_text(errors="replace") for file in tmp_path.glob("bound.*"))
    called = {"sgesv_", "dposv_", "sgesdd_", "dgels_", "cblas_dgemm"}
    assert called <= set(re.findall(rf"{re.escape(str(shared))} .*normal symbol `(\w+)'", bound))
    answers = io.BytesIO(said)
    off = [float(np.abs(np.load(answers)).max()) for _ in range(14)]
    assert max(off[:7]) < 2e-3
    assert max(off[7:]) < 1e-10


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("gcc") is None, reason="wants Linux and gcc")
def test_qt_sorts_as_before_without_the_data_of_other_languages(tmp_path: Path) -> None:
    whole = next(Path(PySide6.__path__[0]).rglob("libicudata.so.*"))
    slimmed = tmp_path / whole.name
    shutil.copyfile(whole, slimmed)
    icu.slim(slimmed, {"en", "de", "es", "fr", "zh"})
    assert slimmed.stat().st_size < whole.stat().st_size / 4
    code = (
        "from PySide6.QtCore import QCollator, QLocale, QTimeZone\n"
        "for code in ('en', 'de', 'es', 'fr', 'zh_CN'):\n"
        "    locale = QLocale(code)\n"
        "    words = ['zebra', 'Ärzte', 'arzt', 'ñandú', 'nube', 'œuvre', '张三', '李四', '王五', 'Straße']\n"
        "    print(sorted(words, key=QCollator(locale).sortKey), locale.toUpper('straße ñ'))\n"
        "    name = QTimeZone.NameType.LongName\n"
        "    print(QTimeZone(b'Europe/Berlin').displayName(QTimeZone.TimeType.DaylightTime, name, locale))\n"
    )
    said = [
        subprocess.run([sys.executable, "-c", code], env=os.environ | library, capture_output=True, text=True, check=True).stdout
        for library in ({}, {"LD_LIBRARY_PATH": str(tmp_path)})
    ]
    assert len(set(said[0].splitlines()[::2])) > 1  # the languages differ
    assert said[1] == said[0]


def test_icu_data_keep_their_order_and_content() -> None:
    items = [(name.encode(), name.encode().ljust(icu.ALIGNED * 2)) for name in ICU_ITEMS]
    header = icu.ALIGNED.to_bytes(2, "little").ljust(icu.ALIGNED, b"\1")
    less = icu.kept(header + icu.table(items), lambda name: icu.stays(name, {"de"}))
    assert less == header + icu.table([items[0], items[3], items[4]])
