"""Writes what a phone on the sacrum would have exported of a rendered clip, from the clip's truth.

    python scripts/make_sensor_exports.py CLIP.json.gz OUTDIR [--app phyphox|phyphox-attitude|sensor-logger|sensor-logger-iphone|
        plain-quaternion|plain-imu] [--seed N] [--offset S] [--drift PPM] [--poses stand,start] [--rate HZ] [--no-taps]

Prints the file. `offset` is the sensor's time at the film's first frame.
"""

import argparse
import gzip
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from simulated_phone import GRAVITY, Phone, Samples, matrices, pelvis_of, quaternions, wear

PHYPHOX = {
    "phyphox": (",", "."),
    "phyphox-semicolon": (";", ","),
    "phyphox-tab": ("\t", ","),
    "phyphox-attitude": (",", "."),
}


def table(columns: list[str], values: Any, separator: str = ",", point: str = ".", form: str = "%.9E") -> str:
    lines = [separator.join(f'"{c}"' if form == "%.9E" else c for c in columns)]
    lines += [separator.join((form % v).replace(".", point) for v in row) for row in values]
    return "\n".join(lines) + "\n"


def phyphox(samples: Samples, app: str) -> dict[str, str]:
    """Three tables and the app's own; its attitude is relative to the first sample."""
    style = PHYPHOX[app]
    t = samples.times_s[:, None]
    xyz = ("x", "y", "z")
    files = {
        "Accelerometer.csv": table(
            ["Time (s)", *(f"Acceleration {a} (m/s^2)" for a in xyz)], np.hstack([t, samples.acceleration]), *style
        ),
        "meta/device.csv": table(["property", "value"], [], *style) + '"deviceModel"' + style[0] + '"Test"\n',
        "meta/time.csv": style[0].join(f'"{c}"' for c in ("event", "experiment time", "system time", "system time text"))
        + "\n"
        + style[0].join(['"START"', "0.000000000E0".replace(".", style[1]), "1700000000.000".replace(".", style[1]), '"x"'])
        + "\n",
    }
    if app == "phyphox-attitude":
        turns = matrices(samples.attitude)
        relative = quaternions(turns[0].T @ turns)
        relative *= np.sign(relative[:, :1])
        files["Orientation.csv"] = table(["Time (s)", "w", "x", "y", "z"], np.hstack([t, relative]), *style)
    else:
        files["Gyroscope.csv"] = table(
            ["Time (s)", *(f"Gyroscope {a} (rad/s)" for a in xyz)], np.hstack([t, samples.rotation]), *style
        )
    return files


def sensor_logger(samples: Samples, app: str) -> dict[str, str]:
    """Columns z, y, x; an iPhone's accelerations have the opposite sign and come in two parts."""
    iphone = app.endswith("iphone")
    t = samples.times_s[:, None]
    head = np.hstack([np.round((t + 1.7e9) * 1e9), t])
    up = np.einsum("nji,j->ni", matrices(samples.attitude), [0, 0, GRAVITY])

    def xyz(values: Any) -> str:
        return table(["time", "seconds_elapsed", "z", "y", "x"], np.hstack([head, values[:, ::-1]]), form="%.10g")

    q = samples.attitude
    files = {
        "Gyroscope.csv": xyz(samples.rotation),
        "Orientation.csv": table(
            ["time", "seconds_elapsed", "qz", "qy", "qx", "qw"], np.hstack([head, q[:, ::-1]]), form="%.10g"
        ),
        "Metadata.csv": "version,device name,platform,appVersion,standardisation\n3,Test,"
        + ("ios" if iphone else "android")
        + ",1.60,false\n",
    }
    if iphone:
        return files | {"Accelerometer.csv": xyz(-(samples.acceleration - up)), "Gravity.csv": xyz(-up)}
    return files | {"TotalAcceleration.csv": xyz(samples.acceleration), "Accelerometer.csv": xyz(samples.acceleration - up)}


def plain(samples: Samples, app: str) -> dict[str, str]:
    t = samples.times_s[:, None]
    if app == "plain-quaternion":
        return {"sensor.csv": table(["t_s", "qw", "qx", "qy", "qz"], np.hstack([t, samples.attitude]), form="%.7f")}
    both = np.hstack([t, samples.rotation, samples.acceleration])
    return {"sensor.csv": table(["t_s", "gx", "gy", "gz", "ax", "ay", "az"], both, form="%.7f")}


APPS: Mapping[str, Callable[[Samples, str], dict[str, str]]] = {
    **dict.fromkeys(PHYPHOX, phyphox),
    "sensor-logger": sensor_logger,
    "sensor-logger-iphone": sensor_logger,
    "plain-quaternion": plain,
    "plain-imu": plain,
}


def export(samples: Samples, app: str, folder: Path, name: str = "export") -> Path:
    """Write one app's export; a .zip, or for the plain CSV the file itself."""
    folder.mkdir(parents=True, exist_ok=True)
    files = APPS[app](samples, app)
    if list(files) == ["sensor.csv"]:
        path = folder / f"{name}.csv"
        path.write_text(files["sensor.csv"])
        return path
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in files.items():
            archive.writestr(file, content)
    return path


def truth_of(clip: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(gzip.decompress(clip.read_bytes()))
    return data


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--app", choices=sorted(APPS), default="phyphox")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--offset", type=float, default=12.0)
    parser.add_argument("--drift", type=float, default=0.0)
    parser.add_argument("--rate", type=float, default=100.0)
    parser.add_argument("--poses", default="stand,start")
    parser.add_argument("--no-taps", action="store_true")
    o = parser.parse_args()
    poses = tuple(p for p in o.poses.split(",") if p)
    phone = Phone(o.seed, o.rate, offset_s=o.offset, drift_ppm=o.drift, poses=poses, taps=not o.no_taps)
    samples = wear(*pelvis_of(truth_of(o.clip)), phone)
    print(export(samples, o.app, o.out, o.clip.name.removesuffix(".json.gz")))


if __name__ == "__main__":
    main()
