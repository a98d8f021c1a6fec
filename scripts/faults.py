"""Injects every fault of the table in docs/reliability.md and writes the table anew, with how often each was injected.

    python scripts/faults.py [--long] [--print]

Runs the tests that the table names; --long also runs the scripts that inject a fault hundreds or thousands of times, which takes
an hour, and writes their last lines below the table. --print writes nothing into the file. Exit 0 if the program always held.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reliability.md"
SCRIPTS = (
    "fuzz_video.py --files 1000 --seed 0",
    "fuzz_landmarks.py --streams 10000 --seed 0",
    "kill_recordings.py --times 200 --seed 1",
    "kill_sets.py --times 200 --seed 0",
    "soak.py --hours 2",
)


@dataclass(frozen=True, slots=True)
class Fault:
    words: str
    what_happens: str
    tests: tuple[str, ...]
    """path below tests/, and after :: the beginning of the test's name; without, all tests of the file."""


FAULTS = (
    Fault(
        "camera unplugged, and plugged in again under another number",
        'state "lost", found again by name; times go on; the set goes on with a gap, no repetition spans it',
        ("capture/test_camera.py::test_unplugged", "run/test_live_set.py::test_a_camera_that_is_away"),
    ),
    Fault(
        "two programs on one camera; no camera",
        'state "in use", "none"; tried again every second, and said in the window',
        (
            "capture/test_camera.py::test_in_use",
            "capture/test_camera.py::test_no_camera",
            "gui/test_live.py::test_a_camera_that_is_not",
        ),
    ),
    Fault(
        "driver hangs in a read, or raises",
        '"lost" after 2 s without a picture, closing takes at most 2 s; opened anew',
        ("capture/test_camera.py::test_a_driver",),
    ),
    Fault(
        "corrupt pictures (wrong shape, type, no picture)",
        "left out; named when it lasts 2 s",
        ("capture/test_camera.py::test_what_is_no_picture",),
    ),
    Fault(
        "grey, 16-bit, BGRA, odd-sized, turned, huge pictures",
        "converted, fitted with bars into the session's size, at most 1920 px",
        ("capture/test_camera.py::test_pictures_of_another", "capture/test_camera.py::test_a_huge"),
    ),
    Fault(
        "black, one even colour, frozen, tiny pictures",
        "named in words with what to do, when it lasts 2 s (frozen 3 s), and no longer when it is over",
        ("capture/test_health.py",),
    ),
    Fault(
        "the rate falls to 3 a second",
        "under 10 a second it is named; the film keeps real time; no false repetition",
        ("capture/test_health.py::test_a_low_rate", "run/test_live_set.py::test_three_pictures", "recording/test_killed.py"),
    ),
    Fault(
        "clock jumps, in a camera or a file",
        "frame times go on rising",
        ("capture/test_camera.py::test_a_clock", "capture/test_clock.py"),
    ),
    Fault(
        "laptop sleeps in mid-set",
        "the camera's clock goes on meanwhile; a gap of over a minute ends the set where it began, and the summary says why",
        ("run/test_live_set.py::test_a_computer_that_slept", "capture/test_clock.py::test_a_camera_s_clock"),
    ),
    Fault(
        "the computer cannot keep up",
        "the overlay is painted less often, then fewer poses are found, never fewer pictures recorded; said in the window; "
        "taken up again when it can",
        ("run/test_keeping_up.py", "gui/test_when_things_go_wrong.py::test_a_computer"),
    ),
    Fault(
        "the reader of a camera lags",
        "newest frame wins; what waits to be recorded is bounded, what is lost is counted and said",
        (
            "capture/test_camera.py::test_the_newest",
            "capture/test_camera.py::test_a_listener",
            "recording/test_video_writer.py::test_live",
        ),
    ),
    Fault(
        "video broken off, damaged in the middle",
        "read as far as it goes, with a notice",
        ("capture/test_video_file.py::test_a_video_that_breaks", "capture/test_video_file.py::test_damage"),
    ),
    Fault(
        "no such file, folder, text, empty, sound only, no frames, headless; a playlist that points to the network",
        "one line, nothing opened, no connection made",
        ("capture/test_video_file.py::test_no_picture", "capture/test_video_file.py::test_a_playlist"),
    ),
    Fault(
        "damaged video files: 200 in the test, 1,000 by `fuzz_video.py`",
        "read or refused with a reason; no crash, no hang",
        ("capture/test_fuzz.py",),
    ),
    Fault(
        "disk full in mid-recording",
        "said once; what was recorded plays; the set goes on and is saved in room kept for it",
        ("recording/test_video_writer.py::test_a_full_disk", "run/test_live_set.py::test_a_disk_that_fills_up"),
    ),
    Fault(
        "disk full at the session's end",
        "said, with what to do; session.json stays whole, and what was saved is offered at the next start",
        ("run/test_live_set.py::test_a_disk_that_is_full",),
    ),
    Fault(
        "file-size limit, output folder removed, name taken",
        "said once, with what to do; the set goes on",
        (
            "recording/test_video_writer.py::test_a_file_that",
            "recording/test_video_writer.py::test_a_removed",
            "recording/test_video_writer.py::test_the_name",
            "recording/test_video_writer.py::test_no_such",
            "run/test_live_set.py::test_a_folder_removed",
        ),
    ),
    Fault(
        "encoder missing",
        "replaced by the next one, with a notice; none at all: said",
        ("recording/test_video_writer.py::test_a_missing_encoder", "recording/test_video_writer.py::test_no_encoder"),
    ),
    Fault(
        "killed while recording: 4 times in the tests, 200 by `kill_recordings.py`",
        "the film plays to within a second of the end",
        ("recording/test_killed.py",),
    ),
    Fault(
        "killed, crashed or powered off in a live set: once in the tests, 200 times by `kill_sets.py`",
        "session.json is whole; the next start, or `formcheck recover`, offers to keep the set: no repetition is lost, "
        "torn lines and films are mended",
        ("run/test_recovery.py", "gui/test_library_state.py::test_a_cut_off"),
    ),
    Fault(
        "the folder for an analysis holds another session",
        "refused, or with --replace replaced in one step at the end; a failure or a kill on the way leaves the old one",
        ("run/test_out_folder.py",),
    ),
    Fault(
        "an error in the program, or a full disk, in the middle of an analysis",
        "what was measured until then is kept, with a notice; the film gives its room to the figures",
        (
            "run/test_offline.py::test_an_error",
            "run/test_offline.py::test_a_report_that_fails",
            "run/test_offline.py::test_a_disk_too_full",
        ),
    ),
    Fault(
        "a library that can only be read",
        "listed, read and exported; what would change it is refused, and nothing is changed",
        ("library/test_read_only.py",),
    ),
    Fault(
        "killed while the library saves",
        "no finished session is lost",
        ("library/test_kill.py",),
    ),
    Fault(
        "model truncated, swapped, download interrupted or wrong, no network",
        "not kept; one line says what to do",
        ("pose/test_model.py", "pose/test_tracker.py::test_a_damaged_model"),
    ),
    Fault(
        "a person leaves, another comes, both stay; the wrong one is followed",
        "counted; the one who fits the exercise is followed; no repetition is made of a change of person",
        (
            "run/test_live_set.py::test_one_leaves",
            "pose/test_tracker.py::test_somebody",
            "pose/test_tracker.py::test_it_goes_over",
        ),
    ),
    Fault(
        "nobody; lost for a moment",
        "NaN, not zeros; found again within half a second",
        ("pose/test_tracker.py::test_nobody", "pose/test_tracker.py::test_one_who_was_lost"),
    ),
    Fault(
        "left and right exchanged",
        "undone for up to 0.7 s; a person who turns is left alone",
        ("pose/test_continuity.py",),
    ),
    Fault(
        "mutated landmarks (NaN, infinite, exchanged, jumping, frozen, gaps of up to ten minutes): 210 streams in the test, "
        "10,000 by `fuzz_landmarks.py`",
        "no crash, no hang; somebody who holds still is never counted",
        ("analysis/test_fuzz_landmarks.py",),
    ),
    Fault(
        "Qt cannot start; OpenCV's Qt plugins",
        "found out in a child process, library and Debian package named; taken out of the way, tried on a real X display",
        ("system/test_doctor.py", "system/test_opencv_qt.py"),
    ),
    Fault(
        "errors in the program itself",
        "said once; the detail is in a rotating log file without names of people, folders or videos",
        ("gui/test_when_things_go_wrong.py::test_the_log",),
    ),
)


def run_tests() -> list[tuple[str, str]]:
    """(test, outcome) of every case in the files that the table names; outcome: passed, skipped or failed."""
    files = sorted({test.split("::")[0] for fault in FAULTS for test in fault.tests})
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--junitxml={report}"]
        subprocess.run([*command, *(f"tests/{file}" for file in files)], cwd=ROOT, check=False)
        cases = ET.parse(report).iter("testcase")
        return [(f"{c.get('classname', '').removeprefix('tests.')}::{c.get('name')}", _outcome(c)) for c in cases]


def _outcome(case: ET.Element) -> str:
    kinds = {child.tag for child in case}
    return "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"


def belongs(case: str, test: str) -> bool:
    """Whether a case, as the report names it, is one of a test of the table."""
    file, _, name = test.partition("::")
    return case.startswith(f"{file.removesuffix('.py').replace('/', '.')}::{name}")


def table(cases: list[tuple[str, str]]) -> str:
    rows = ["| fault | what happens | tests | cases |", "|---|---|---|---|"]
    for fault in FAULTS:
        count = Counter(outcome for case, outcome in cases if any(belongs(case, test) for test in fault.tests))
        said = ", ".join([f"{count['passed']} hold", *(f"{n} {kind}" for kind, n in sorted(count.items()) if kind != "passed")])
        files = ", ".join(f"`{file}`" for file in dict.fromkeys(test.split("::")[0] for test in fault.tests))
        rows.append(f"| {fault.words} | {fault.what_happens} | {files} | {said} |")
    return "\n".join(rows)


def run_scripts() -> tuple[str, bool]:
    """What each long script says last, and whether all held."""
    lines, held = [], True
    for script in SCRIPTS:
        print(f"{script} ...", flush=True)
        command = [sys.executable, *f"scripts/{script}".split()]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        held = held and done.returncode == 0
        lines.append(f"- `{script}`: {(done.stdout.strip().splitlines() or ['it broke off'])[-1]}")
    return "\n".join(lines), held


def put(page: str, name: str, text: str) -> str:
    """The page with what stands between the markers of this name replaced."""
    return re.sub(rf"(<!-- {name} -->\n).*?(\n<!-- end -->)", lambda m: m[1] + text + m[2], page, flags=re.S)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--print", action="store_true", dest="only_print")
    options = parser.parse_args()
    cases = run_tests()
    made = {"table": table(cases)}
    held = all(outcome != "failed" for _, outcome in cases)
    if options.long:
        made["figures"], all_held = run_scripts()
        held = held and all_held
    page = PAGE.read_text(encoding="utf-8")
    for name, text in made.items():
        print(text)
        page = put(page, name, text)
    if not options.only_print:
        PAGE.write_text(page, encoding="utf-8")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
