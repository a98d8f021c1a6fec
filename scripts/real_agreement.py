"""Holds sessions of real people against motion capture, by the code of `formcheck agreement`: the section in docs/validity.md.

    python scripts/real_agreement.py DIR OUT

DIR holds films beside NAME.json.gz with the truth, as ../shared/real_truth/README.md describes it. Each film is analysed into
OUT/NAME once, as a single-leg squat, its truth is written as a .mot on the film's clock, and the two are compared frame by frame.
Prints the table as Markdown.
"""

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from formcheck.agreement.film import read_film
from formcheck.agreement.results import framewise
from formcheck.agreement.statistics.correlation import intraclass
from formcheck.agreement.study import compare_with_reference
from formcheck.exercises import EXERCISES
from formcheck.measurement.angles import ANGLES
from formcheck.pose.model import model_file
from formcheck.run.offline.analyze import Request, analyze_video

HEAD = ("film", "angle", "measured", "truth moves by", "bias", "mean error", "limits of agreement", "ICC 2,1", "still")
OF_LYING = ("pelvic_roll", "pelvic_hike")


def write_mot(truth: Path, target: Path) -> None:
    frames = json.loads(gzip.decompress(truth.read_bytes()))["frames"]
    names = [name for name in ANGLES if name in frames[0]]
    rows = ["\t".join(f"{frame[name]:.4f}" for name in ("t", *names)) for frame in frames]
    target.write_text("\n".join(["truth", "inDegrees=yes", "endheader", "\t".join(["time", *names]), *rows]) + "\n")


def rows(film: Path, folder: Path) -> Iterator[str]:
    """One for each angle of the capture."""
    if not (folder / "session.json").exists():
        analyze_video(Request(film, EXERCISES["single-leg-squat"], folder, model_file(), annotated=False))
    capture = folder.with_suffix(".mot")
    write_mot(film.with_name(f"{film.stem}.json.gz"), capture)
    result = compare_with_reference(folder, [capture], offset_s=0.0)
    seen = read_film(folder)
    absolute = [f for f in result.frames if f.rep == 0]
    made = framewise(absolute)
    for name in (n for n in ANGLES if n not in OF_LYING):
        share = np.isfinite(seen.angles[name]).mean()
        if name not in made:
            yield f"| {film.stem} | {name} | {share:.0%} |{' |' * 6}"
            continue
        both = np.array([(f.program, f.reference) for f in absolute if f.measure == name])
        d, icc, true = made[name], intraclass(both), both[:, 1]
        still = np.abs(true - np.median(true)).mean()
        cells = [film.stem, name, f"{share:.0%}", f"{np.ptp(true):.0f}°", f"{d.bias:.1f}°", f"{d.mae:.1f}°"]
        cells += [f"{d.loa[0]:.1f}° to {d.loa[1]:.1f}°", "-" if icc is None else f"{icc.agreement:.2f}", f"{still:.1f}°"]
        yield f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    o = parser.parse_args()
    print(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}")
    for film in sorted(p for p in o.folder.iterdir() if p.suffix in (".mp4", ".mov")):
        print("\n".join(rows(film, o.out / film.stem)), flush=True)


if __name__ == "__main__":
    main()
