"""Every app's export says the same of the same movement; what cannot be meant is refused with what to do."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from agreement_cases import true_set
from make_sensor_exports import APPS, export
from simulated_phone import Phone, Samples, wear

from formcheck.agreement.pelvis.orientation import orientation
from formcheck.agreement.sensors.read import read_recording
from formcheck.agreement.sensors.recording import Kind
from formcheck.agreement.sensors.tables import BadSensorFile
from formcheck.frames import Floats
from formcheck.results import Side

SET = true_set("clam", Side.LEFT, pelvic_roll=[15, 3, 12], pelvic_hike=[1, 10, 0])
PHONE = Phone(seed=3, rate=80.0)


@pytest.fixture(scope="module")
def samples() -> Samples:
    return wear(SET.times_s, SET.pelvis, SET.place_m, PHONE)


def tilt_deg(path: Path) -> Floats:
    """How far up lies from where it was at the film's start, every second of the film."""
    made = orientation(read_recording([path]))
    at = PHONE.offset_s + np.arange(0, SET.times_s[-1], 1.0)
    up = np.stack([np.interp(at, made.times_s, axis) for axis in made.up.T], axis=1)
    tilt: Floats = np.degrees(np.arccos(np.clip(up @ up[0] / np.linalg.norm(up, axis=1) / np.linalg.norm(up[0]), -1, 1)))
    return tilt


@pytest.mark.parametrize("app", sorted(APPS))
def test_every_app_is_read_alike(app: str, samples: Samples, tmp_path: Path) -> None:
    at = np.arange(0, SET.times_s[-1], 1.0)
    up = np.einsum("nij->nj", samples.pelvis[:, 2:3])
    then = np.stack([np.interp(at, samples.film_times_s, axis) for axis in up.T], axis=1)
    truth = np.degrees(np.arccos(np.clip(then @ then[0], -1, 1)))
    np.testing.assert_allclose(tilt_deg(export(samples, app, tmp_path)), truth, atol=0.8)


def test_files_one_by_one_and_in_a_folder(samples: Samples, tmp_path: Path) -> None:
    with zipfile.ZipFile(export(samples, "sensor-logger", tmp_path)) as archive:
        archive.extractall(tmp_path / "folder")
    single = [tmp_path / "folder" / n for n in ("Gyroscope.csv", "TotalAcceleration.csv", "Metadata.csv")]
    assert set(read_recording(single).streams) == {Kind.ROTATION, Kind.ACCELERATION}
    assert Kind.ATTITUDE in read_recording([tmp_path / "folder"]).streams


def test_a_pause_of_phyphox_is_put_back(samples: Samples, tmp_path: Path) -> None:
    path = export(samples, "phyphox", tmp_path)
    clock = '"event","experiment time","system time","system time text"\n'
    clock += '"START",0.0E0,100.0,"a"\n"PAUSE",2.0E1,120.0,"b"\n"START",2.0E1,150.5,"c"\n'
    edited = rewritten(path, lambda name, text: clock if name == "meta/time.csv" else text)
    plain, paused = (read_recording([p]).streams[Kind.ROTATION].times_s for p in (path, edited))
    np.testing.assert_allclose(paused - plain, np.where(plain > 20.0, 30.5, 0.0), atol=1e-6)


def rewritten(path: Path, change: Callable[[str, str], str | None]) -> Path:
    """The same archive with each file's text changed; None leaves a file out."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = change(name, old.read(name).decode())
            if text is not None:
                new.writestr(name, text)
    made = path.with_name("changed.zip")
    made.write_bytes(out.getvalue())
    return made


def scaled(name: str, factor: float) -> Callable[[str, str], str]:
    """One file's values but its time times a factor."""

    def change(file: str, text: str) -> str:
        if file != name:
            return text
        head, *lines = text.splitlines()
        rows = [line.split(",") for line in lines]
        return "\n".join([head, *(",".join([t, *(repr(float(v) * factor) for v in values)]) for t, *values in rows)]) + "\n"

    return change


def without(*names: str) -> Callable[[str, str], str | None]:
    return lambda name, text: None if name in names else text


def timed(step: Callable[[float], float]) -> Callable[[str, str], str]:
    def change(file: str, text: str) -> str:
        if not file.startswith(("Acc", "Gyr")):
            return text
        head, *lines = text.splitlines()
        return "\n".join([head, *(f"{step(float(t)):.6f},{rest}" for t, _, rest in (line.partition(",") for line in lines))])

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (scaled("Gyroscope.csv", 57.3), "degrees a second"),
        (scaled("Gyroscope.csv", -1.0), "opposite ways"),
        (scaled("Accelerometer.csv", 1 / 9.81), "in g"),
        (scaled("Accelerometer.csv", 0.01), "no gravity"),
        (scaled("Accelerometer.csv", 3.0), "gravity is 9.8"),
        (without("Accelerometer.csv"), "acceleration with gravity"),
        (without("Gyroscope.csv"), "no gyroscope"),
        (without("Gyroscope.csv", "Accelerometer.csv"), "was expected"),
        (timed(lambda t: t * 1000), "not in seconds"),
        (timed(lambda t: t / 1000), "recorded; record at least"),
        (lambda name, text: "\n".join(text.splitlines()[:4]) if name.startswith("Gyr") else text, "hardly a sample"),
        (lambda name, text: text.replace("E", "x") if name.startswith("Gyr") else text, "a table of numbers"),
        (lambda name, text: "\n".join(text.splitlines()[::9]) if name.startswith("Gyr") else text, "set the app to 50"),
        (lambda name, text: text.replace("(s)", "").replace("Time", "T"), "was expected"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    change: Callable[[str, str], str | None], reason: str, samples: Samples, tmp_path: Path
) -> None:
    path = rewritten(export(samples, "phyphox", tmp_path), change)
    with pytest.raises(BadSensorFile, match=reason):
        orientation(read_recording([path]))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\0\0\0\0", "not as Excel"),
        ("a.csv", b"", "CSV"),
        ("a.zip", b"PK\x05\x06" + bytes(18), "no CSV"),
        ("a.csv", b"t_s,qw,qx,qy,qz\n" + b"0.1,1,0,0,0\n" * 30, "hardly|recorded"),
        ("a.csv", b"t_s,qw,qx,qy,qz\n" + b"".join(b"%.2f,5,0,0,0\n" % (i / 50) for i in range(900)), "not 1"),
        ("a.csv", b"t_s,qw\n" + b"".join(b"%.2f,5\n" % (i / 50) for i in range(900)), "switch them on"),
    ],
)
def test_files_that_are_no_recording(name: str, content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadSensorFile, match=reason):
        read_recording([path])


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadSensorFile, match="no such file"):
        read_recording([tmp_path / "nothing.zip"])


def test_attitude_alone_must_say_what_is_up(samples: Samples, tmp_path: Path) -> None:
    path = rewritten(export(samples, "phyphox-attitude", tmp_path), without("Accelerometer.csv"))
    with pytest.raises(BadSensorFile, match="what is up"):
        orientation(read_recording([path]))


def test_quaternions_of_the_other_convention_are_turned_round(samples: Samples, tmp_path: Path) -> None:
    def conjugate(name: str, text: str) -> str:
        if name != "Orientation.csv":
            return text
        head, *lines = text.splitlines()
        rows = [line.split(",") for line in lines]
        turned = [[*row[:2], *(repr(-float(v)) for v in row[2:5]), row[5]] for row in rows]
        return "\n".join([head, *(",".join(row) for row in turned)])

    path = export(samples, "sensor-logger", tmp_path)
    expected = tilt_deg(path)
    np.testing.assert_allclose(tilt_deg(rewritten(path, conjugate)), expected, atol=0.3)


def test_an_attitude_that_contradicts_the_gyroscope_is_left_aside(samples: Samples, tmp_path: Path) -> None:
    def backward(name: str, text: str) -> str:
        if name != "Orientation.csv":
            return text
        head, *lines = text.splitlines()
        cells = [line.split(",") for line in lines]
        return "\n".join([head, *(",".join(row[:2] + other[2:]) for row, other in zip(cells, cells[::-1], strict=True))])

    made = orientation(read_recording([rewritten(export(samples, "sensor-logger", tmp_path), backward)]))
    assert any("contradicts" in note for note in made.notes)


def test_a_clock_that_was_reset_is_cut(samples: Samples, tmp_path: Path) -> None:
    path = rewritten(export(samples, "phyphox", tmp_path), timed(lambda t: t if t < 22 else t - 22))
    made = read_recording([path])
    assert made.streams[Kind.ROTATION].times_s[-1] < 22.1
    assert any("reset" in note for note in made.notes)


def test_missing_stretches_are_known(samples: Samples, tmp_path: Path) -> None:
    def gap(file: str, text: str) -> str:
        lines = text.splitlines()
        return "\n".join(lines[:1500] + lines[1700:]) if file.startswith(("Acc", "Gyr")) else text

    path = rewritten(export(samples, "phyphox", tmp_path), gap)
    made = orientation(read_recording([path]))
    lost = made.times_s[~made.known]
    assert lost[-1] - lost[0] == pytest.approx(200 / 80, abs=0.2)
    assert any("missing" in note for note in made.notes)
    late = made.known & (made.times_s > lost[-1])
    at = np.interp(made.times_s[late] - PHONE.offset_s, samples.film_times_s, np.arange(len(samples.film_times_s))).astype(int)
    fell = np.degrees(np.arccos(np.clip(samples.pelvis[at][:, 2] @ samples.pelvis[at[-1]][2], -1, 1)))
    seen = np.degrees(np.arccos(np.clip(made.up[late] @ made.up[late][-1], -1, 1)))
    np.testing.assert_allclose(seen, fell, atol=1.2)
