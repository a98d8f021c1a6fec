"""What travels inside the built program, and what of its libraries stays behind."""

import os
import sys
from collections.abc import Iterable
from fnmatch import fnmatch
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
MODEL = "FORMCHECK_MODEL_FILE"
"""Environment variable that names the pose model's file for the specification that PyInstaller reads."""

OPENCV = "opencv-contrib-python" if sys.platform == "win32" else "opencv-python-headless"

METADATA = (
    OPENCV,
    "PySide6-Essentials",
    "av",
    "cv2-enumerate-cameras",
    "keyring",
    "mediapipe",
    "numpy",
    "platformdirs",
    "pyqtgraph",
)
"""Packages whose version the program says, or whose entry points it asks for."""

LEFT_OUT_MODULES = [
    *("matplotlib", "sounddevice", "kiwisolver", "contourpy", "pyparsing"),  # MediaPipe's, for drawings and sounds
    *("mediapipe.tasks.python.benchmark", "mediapipe.tasks.python.test", "pyqtgraph.opengl", "pyqtgraph.examples"),
    *("tkinter", "IPython", "pytest", "setuptools", "pkg_resources", "pip", "PyQt5", "PyQt6", "scipy", "h5py", "cupy", "jax"),
    *(f"PySide6.Qt{name}" for name in ("Network", "OpenGL", "OpenGLWidgets", "PrintSupport", "Qml", "Quick", "Sql", "Svg")),
    *("PySide6.QtSvgWidgets", "PySide6.QtTest", "PIL._avif", "PIL._webp"),
    *("readline", "curses", "pydoc_data", "numpy.f2py", "numpy._core._multiarray_tests"),
]

LEFT_OUT_FILES = (
    *(
        "*/translations/[!q]*",
        "*/translations/qt_*",
        "*/translations/qt[!b]*",
        "*.pyi",
        "*/tests/*",
        "tzdata/*",
        "pip-*",
        "cv2/qt/*",
        "*libavif-c6*",
        "*.dist-info/RECORD",
        "*.dist-info/sboms/*",
        "pyqtgraph/icons/peegee/*",
    ),
    # Qt's plugins for screens without a desktop, pictures other than PNG, and other desktops' dialogs
    *(f"*/plugins/{kind}/*" for kind in ("egldeviceintegrations", "generic", "iconengines", "imageformats", "sqldrivers", "tls")),
    *(f"*/plugins/{kind}/*" for kind in ("networkinformation", "printsupport", "qmltooling")),
    *(f"*/platforms/libq{name}*" for name in ("eglfs", "linuxfb", "minimalegl", "vnc", "vkkhrdisplay")),
    *("*/libqgtk3*", "*/libqtvirtualkeyboard*"),
    *(f"*libQt6{name}*" for name in ("EglFS", "Qml", "Quick", "VirtualKeyboard", "Pdf", "OpenGLWidgets", "Network", "Svg")),
    # what only those wanted
    *(f"lib{name}*" for name in ("gtk-3", "gdk", "atk", "cairo", "pango", "pixman", "thai", "datrie", "epoxy", "fribidi")),
    *(f"lib{name}*" for name in ("gssapi", "krb5", "k5crypto", "com_err", "keyutils")),
)


def data_files() -> list[tuple[str, str]]:
    """(file or folder, folder in the built program) of all that is no code: the pose model, and two of matplotlib's fonts."""
    spec = find_spec("matplotlib")
    assert spec is not None
    assert spec.origin is not None
    fonts = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"
    package = ROOT / "formcheck"
    return [
        (str(ROOT / "assets"), "formcheck/assets"),
        (str(ROOT / "models"), "formcheck/models"),
        (os.environ[MODEL], "formcheck/models"),
        *((str(file), str(file.parent.relative_to(ROOT))) for file in package.rglob("*") if _travels(file)),
        *((str(fonts / name), "formcheck/fonts") for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "LICENSE_DEJAVU")),
    ]


def _travels(file: Path) -> bool:
    """Whatever lies in the package and is no code: pictures, fitted numbers, the handbook, languages."""
    return file.is_file() and file.suffix not in (".py", ".pyc", ".po")


def slimmed(entries: Iterable[Any]) -> list[Any]:
    """PyInstaller's table of files, whose first column is the place in the program, without those it never opens."""
    placed = ((entry, entry[0].replace("\\", "/")) for entry in entries)
    return [e for e, place in placed if not any(fnmatch(place, pattern) for pattern in LEFT_OUT_FILES) and not _foreign(place)]


def _foreign(place: str) -> bool:
    """Numbers and dates of a language that the program does not speak, of which Babel brings 32 MB; words of Qt's buttons."""
    name = Path(place).stem.removeprefix("qtbase_").split("_")[0]
    of_language = fnmatch(place, "babel/locale-data/*.dat") or fnmatch(place, "*/translations/qtbase_*.qm")
    return of_language and name not in {"root", *spoken()}


def spoken() -> set[str]:
    """The program's languages, as two letters."""
    return {"en", *(file.parts[-3].split("_")[0] for file in (ROOT / "formcheck" / "languages").glob("*/LC_MESSAGES/*.po"))}
