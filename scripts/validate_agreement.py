"""Puts a simulated phone on the pelvis of rendered clips and holds what `formcheck agreement` finds against the clips' truth.

    python scripts/validate_agreement.py CLIPS_DIR OUT [--only NAME ...] [--delays]

Each clip (NAME.mp4 beside NAME.json.gz; the twelve of CLIPS unless named) is analysed into OUT/sets once. The phone is mounted at
random, 50 to 200 samples a second, its clock 5 to 25 s and up to 100 ppm off; its export is written in another app's form for
each clip. Compared twice: with the three taps, named to the film's frame, and by the movement alone. The results of the first lie
in OUT/results, for --pool. Prints one row a clip as Markdown: errors of the clock in the middle of the film, of the reference's
repetitions, and of the agreement's bias and mean error against those from the truth. --delays prints instead how late the running
values come, of every clip that was analysed.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from make_sensor_exports import APPS, export
from simulated_phone import Phone, Samples, pelvis_of, wear
from truth import Truth, read_truth

from formcheck.agreement.document import set_document
from formcheck.agreement.files import write_result
from formcheck.agreement.film import Film, read_film
from formcheck.agreement.measures import lying
from formcheck.agreement.pairs import extreme_within, way
from formcheck.agreement.results import Labels, SetResult
from formcheck.agreement.study import compare_with_reference
from formcheck.agreement.timing.alignment import NoCommonMovement, clock_by_movement
from formcheck.agreement.timing.motion import Track, film_motion, motion_of_capture
from formcheck.exercises import EXERCISES
from formcheck.frames import Floats
from formcheck.pose.model import model_file
from formcheck.report.folder import write_document
from formcheck.run.offline.analyze import Request, analyze_video
from formcheck.system.errors import UserError

CLIPS = tuple(
    f"{move}_{number:02d}"
    for move, numbers in {
        "clam": (1, 2, 5),
        "sidelying_er": (1, 2, 3),
        "banded_rotation": (1, 3, 5),
        "pivot": (0, 1, 2),
    }.items()
    for number in numbers
)
STEP_S = 0.01
FPS = 30.0
"""A tap is named to a frame of a usual film."""
HEAD = (
    *("clip", "export", "samples a second", "clock by taps, s", "repetitions", "worst repetition"),
    *("worst bias or mean error", "clock by movement, s"),
)
PELVIS = ("pelvic_roll", "pelvic_hike", "pelvis_rotation", "pelvic_drop")


@dataclass(frozen=True)
class Case:
    name: str
    film: Film
    times_s: Floats
    truth: dict[str, Floats]
    """Measure -> (n,) degrees at times_s."""
    phone: Phone
    samples: Samples

    def value(self, measure: str, number: int) -> float:
        """The truth of a repetition of the session, by the session's own edges."""
        rep = next(r for r in self.film.session.reps if r.number == number)
        at = np.arange(self.times_s[0], self.times_s[-1], STEP_S)  # films drop frames where a repetition begins, phones do not
        known = np.isfinite(self.truth[measure])
        values = np.interp(at, self.times_s[known], self.truth[measure][known])
        found = extreme_within(at, values, rep, way(self.film.session, measure))
        assert found is not None
        return found


def read_case(clip: Path, folder: Path, seed: int) -> Case:
    """clip: NAME.mp4 beside its truth; folder: the session, analysed here where it is not there yet."""
    data = read_truth(clip)
    truth = Truth()
    if not (folder / "session.json").exists():
        exercise = EXERCISES[truth.exercise_of(data["spec"])]
        analyze_video(Request(clip, exercise, folder, model_file(), annotated=False))
    film = read_film(folder)
    rng = np.random.default_rng(seed)
    phone = Phone(
        seed,
        float(rng.uniform(50, 200)),
        offset_s=float(rng.uniform(5, 25)),
        drift_ppm=float(rng.uniform(-100, 100)),
        poses=("stand", "start") if lying(film.session) else ("stand", "bow", "start"),
    )
    times = np.array([frame["t"] for frame in data["frames"]])
    return Case(clip.stem, film, times, truth.series(film.session.exercise, data), phone, wear(*pelvis_of(data), phone))


def compare(case: Case, session: Path, sensor: Path, *, taps: bool) -> SetResult:
    """taps: named to the nearest frame."""
    seen = tuple(round(t * FPS) / FPS for t in case.samples.tap_film_s) if taps else ()
    return compare_with_reference(session, [sensor], labels=Labels(case.name), taps_s=seen)


def clock_error_s(case: Case, result: SetResult) -> float:
    """In the middle of the film."""
    drift = (result.joined.drift_ppm - case.phone.drift_ppm) * 1e-6
    return result.joined.offset_s - case.phone.offset_s + drift * float(case.times_s[-1]) / 2


def reference_errors(case: Case, result: SetResult) -> Floats:
    """(k,) degrees: each repetition's reference less the truth."""
    return np.array([p.reference - case.value(p.measure, p.rep) for p in result.pairs if p.reference is not None])


def agreement_error(case: Case, result: SetResult) -> float:
    """Degrees: the largest error of a measure's bias or mean error, against the same of the truth."""
    off = [0.0]
    for measure in dict.fromkeys(p.measure for p in result.pairs):
        both = [p for p in result.pairs if p.measure == measure and p.program is not None and p.reference is not None]
        said = np.array([p.program - p.reference for p in both])  # type: ignore[operator]
        true = np.array([p.program - case.value(measure, p.rep) for p in both])  # type: ignore[operator]
        if len(said):
            off += [abs(said.mean() - true.mean()), abs(np.abs(said).mean() - np.abs(true).mean())]
    return float(max(off))


def rows(cases: Sequence[tuple[Case, str, Path, Path]], out: Path) -> Iterator[str]:
    """One Markdown row a case; the comparison by taps stays in OUT/results."""
    yield f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}"
    for case, app, session, sensor in cases:
        try:
            result = compare(case, session, sensor, taps=True)
        except UserError as error:
            yield f"| {case.name} | refused: {error} |"
            continue
        folder = out / "results" / case.name
        folder.mkdir(parents=True, exist_ok=True)
        write_result(folder, result)
        write_document(set_document(result), html=folder / "report.html", pdf=folder / "report.pdf")
        try:
            by_movement = compare(case, session, sensor, taps=False)
            alone = f"{clock_error_s(case, by_movement):+.3f} (said ± {by_movement.joined.offset_uncertainty_s:.3f})"
        except UserError as error:
            alone = f"refused: {str(error).split(';')[0]}"
        errors = reference_errors(case, result)
        cells = [case.name, app, f"{case.phone.rate:.0f}", f"{clock_error_s(case, result):+.3f}", str(len(errors))]
        cells += [f"{np.abs(errors).max():.2f}°", f"{agreement_error(case, result):.2f}°", alone]
        yield f"| {' | '.join(cells)} |"


def delays(cases: Sequence[Case]) -> Iterator[str]:
    """How late series.csv comes against the truth, by measure."""
    found: dict[str, list[float]] = {}
    for case in cases:
        spans = [(r.start_s, r.end_s) for r in case.film.session.reps]
        for measure in set(PELVIS) & case.film.series.keys() & case.truth.keys():
            seen = film_motion({measure: Track(case.film.times_s, case.film.series[measure])}, spans)
            try:
                clock = clock_by_movement(seen, motion_of_capture({measure: Track(case.times_s, case.truth[measure])}), spans)
            except NoCommonMovement:
                continue
            found.setdefault(measure, []).append(-clock.offset_s)
    for measure, late in sorted(found.items()):
        yield f"{measure}: {len(late)} sets, {np.mean(late):+.3f} s late, standard deviation {np.std(late, ddof=1):.3f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", nargs="+", metavar="NAME")
    parser.add_argument("--delays", action="store_true")
    o: Any = parser.parse_args()
    names = o.only or [
        clip.stem for clip in sorted(o.clips.glob("*.mp4")) if not o.delays or (o.out / "sets" / clip.stem).exists()
    ]
    if not o.only and not o.delays:
        names = list(CLIPS)
    cases = [(read_case(o.clips / f"{name}.mp4", o.out / "sets" / name, seed), name) for seed, name in enumerate(names)]
    if o.delays:
        print("\n".join(delays([case for case, _ in cases])))
        return
    apps = [app for app in APPS if app != "plain-quaternion"]  # which holds no acceleration: taps are not felt
    made = [
        (case, apps[k % len(apps)], o.out / "sets" / name, export(case.samples, apps[k % len(apps)], o.out / "exports", name))
        for k, (case, name) in enumerate(cases)
    ]
    for row in rows(made, o.out):
        print(row, flush=True)


if __name__ == "__main__":
    main()
