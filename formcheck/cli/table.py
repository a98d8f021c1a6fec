"""Every command in one table: its name, what --help says of it, its options, and the function that does it.

Functions are named in words and loaded when their command is called, so that --help waits for no library.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from formcheck.cli.arguments import days, moment, place_in_film
from formcheck.cli.words import DECIMALS, DISCLAIMER, SEPARATORS
from formcheck.exercises import EXERCISES


class Option(NamedTuple):
    """One argument, as argparse's add_argument() takes it."""

    flags: tuple[str, ...]
    how: Mapping[str, Any]


class Command(NamedTuple):
    name: str
    """Of a group, two words: "library add"."""
    help: str
    action: str
    """MODULE:FUNCTION in formcheck.cli. It takes argparse's namespace and returns an exit code, or None for 0."""
    options: tuple[Option, ...] = ()
    one_of: tuple[Option, ...] = ()
    """Options of which at most one may be given."""
    epilog: str = ""


def option(*flags: str, **how: Any) -> Option:
    return Option(flags, how)


def _file(flag: str, words: str = "", metavar: str = "FILE") -> Option:
    return option(flag, type=Path, metavar=metavar, help=words or None)


EXERCISE = option("--exercise", required=True, metavar="ID", help=f"one of {', '.join(EXERCISES)}")
SIDE = option("--side", choices=("left", "right"), help="the working side; found from the picture when left out")
VARIANT = option("--variant", metavar="V", help="the exercise's variant; its first, or the one seen, when left out")
EVERY_FRAME = option("--every-frame", action="store_true", help="find a pose in every frame: more work, the same findings")
VIEW = option(
    "--view", choices=("behind", "front"), help="from where a run or a walk is filmed; found from the picture when left out"
)
YES = option("--yes", action="store_true", help="really")
CLIENT = option("client", metavar="CLIENT", help="code or name")
OF_CLIENT = option("--client", metavar="CLIENT", help="code or name; without it, this computer's owner")
FILM_TIME = {"type": place_in_film, "metavar": "TIME"}
MOMENT = {"type": moment, "metavar": "YYYY-MM-DDTHH:MM"}
DAY = {"type": date.fromisoformat, "metavar": "YYYY-MM-DD"}

GROUPS = {
    "library": "the sessions kept on this computer",
    "clients": "clients of a clinic",
    "plans": "home exercise programmes",
}

COMMANDS = (
    Command(
        "open",
        "the window, with a session or a video opened in it",
        "window:open_path",
        (option("path", type=Path, nargs="?", metavar="PATH", help="a session folder, its session.json, or a video"),),
    ),
    Command("demo", "the shipped clip, played as a live session; without a display, analysed", "window:demo"),
    Command(
        "analyze",
        "analyse a video, or a folder of videos",
        "analyze:analyze",
        (
            option("video", type=Path, metavar="VIDEO", help="a file; a folder: each video in it, into DIR/NAME"),
            EXERCISE,
            SIDE,
            VARIANT,
            VIEW,
            option("--out", type=Path, required=True, metavar="DIR", help="where the session's files go"),
            option("--replace", action="store_true", help="delete the session that DIR holds, of whatever film, at the end"),
            option("--from", dest="from_s", default=0.0, help="begin here in the film, such as 1:20", **FILM_TIME),
            option("--to", dest="to_s", help="end here", **FILM_TIME),
            option("--when", help="when it was filmed, if not as the file says", **MOMENT),
            option("--capture-fps", type=float, metavar="N", help="slow motion: how many frames a second it was filmed at"),
            option("--recursive", action="store_true", help="of a folder: the folders in it too"),
            option("--again", action="store_true", help="of a folder: also the videos whose session is in DIR already"),
            option("--cluster", metavar="ADDRESS", help="of a folder: hand the videos to the workers of a Dask scheduler there"),
            option("--no-video", action="store_true", help="write no annotated video"),
            option("--blur-face", action="store_true", help="make the person unrecognisable in the annotated video"),
            option("--mirrored", action="store_true", help="the video is mirrored, as selfie cameras do"),
            EVERY_FRAME,
            _file("--trc", "write the joints as OpenSim, Sports2D and Pose2Sim read them"),
            _file("--mot", "write the angles of every frame as they read them"),
        ),
        epilog=DISCLAIMER,
    ),
    Command(
        "live",
        "a live set without a window: checks, counting, cues as lines, recording",
        "live_set:live",
        (
            option("--camera", required=True, metavar="NAME|URL|FILE", help="a camera's name, its address, or a video file"),
            EXERCISE,
            SIDE,
            VARIANT,
            VIEW,
            option("--now", action="store_true", help="begin at once, without checks and countdown"),
            option("--out", type=Path, required=True, metavar="DIR", help="becomes the session folder"),
            option("--no-video", action="store_true", help="record no video"),
            option("--speak", action="store_true", help="speak the cues as well"),
            EVERY_FRAME,
        ),
        one_of=(
            option("--reps", type=int, metavar="N", help="end after so many repetitions"),
            option("--seconds", type=float, metavar="S", help="end after so many seconds"),
        ),
        epilog=DISCLAIMER,
    ),
    Command(
        "cameras",
        "cameras by name; add one on the network by its address",
        "cameras:cameras",
        one_of=(
            option("--add", nargs=2, metavar=("NAME", "URL"), help="a camera at an address, http(s):// or rtsp://"),
            option("--remove", metavar="NAME", help="forget a camera that was added"),
        ),
    ),
    Command(
        "models",
        "the pose models that are present",
        "tools:models",
        (option("--path", action="store_true", help="print the default model's file, fetching it if need be"),),
    ),
    Command(
        "report",
        "a report of a session",
        "report:report",
        (
            option("session", type=Path, metavar="SESSION_DIR"),
            _file("--pdf"),
            _file("--html"),
            _file("--xlsx", "figures and curves as a workbook"),
        ),
    ),
    Command(
        "compare",
        "left against right",
        "report:compare",
        (
            option("left", type=Path, metavar="LEFT_DIR"),
            option("right", type=Path, metavar="RIGHT_DIR"),
            _file("--pdf", "write it as a report with figures and pictures"),
            _file("--html", "the same as one HTML file"),
        ),
    ),
    Command(
        "agreement",
        "a session against a phone on the pelvis or motion capture: how far the program is off",
        "agreement:agreement",
        (
            option("session", type=Path, nargs="?", metavar="SESSION_DIR"),
            option(
                "sensors",
                type=Path,
                nargs="*",
                metavar="SENSOR",
                help="the export of phyphox, Sensor Logger or a plain CSV; or motion capture as .mot, .trc or .c3d",
            ),
            option("--out", type=Path, required=True, metavar="DIR", help="where agreement.json, pairs.csv and the reports go"),
            option(
                "--pool", type=Path, nargs="+", metavar="DIR", help="pool comparisons of many people: folders, or shared files"
            ),
            option(
                "--raters",
                type=Path,
                nargs="+",
                metavar="FILE",
                help="people who judged films blind: files that the window saved",
            ),
            _file("--share", "with --pool: write them without names, dates, places and film"),
            option("--taps", type=float, nargs="+", default=(), metavar="S", help="film times of three taps on the phone"),
            option("--offset", type=float, metavar="S", help="the capture's time at the film's first frame, where it is known"),
            option("--pose", action="append", default=[], metavar="stand=FROM-TO", help="a still pose, on the phone's clock"),
            option("--person", default="", metavar="CODE", help="who it was, by a code"),
            option("--place", default="", metavar="NAME", help="where it was recorded"),
            option("--clothing", default="", choices=("tight", "loose"), help="of the trunk"),
            option("--camera-deg", type=float, metavar="DEG", help="the camera's angle off straight in front"),
        ),
        epilog=DISCLAIMER,
    ),
    Command("library list", "sessions, oldest first", "library:list_sessions", (OF_CLIENT,)),
    Command(
        "library add",
        "keep a session folder",
        "library:add_session",
        (
            OF_CLIENT,
            option("session", type=Path, metavar="SESSION_DIR"),
            option("--keep-video", action="store_true", help="keep its videos too"),
            option("--when", help="when it was done, if not as the session says", **MOMENT),
            option("--again", action="store_true", help="although the same film was kept before"),
        ),
    ),
    Command(
        "library move",
        "give a session to another client",
        "library:move",
        (option("session", metavar="SESSION", help="its folder's name, as library list shows it"),),
        one_of=(
            option("--to", metavar="CLIENT", help="code or name"),
            option("--owner", action="store_true", help="to this computer's owner"),
        ),
    ),
    Command(
        "library date",
        "put right when a session was",
        "library:redate",
        (
            option("session", metavar="SESSION", help="its folder's name, as library list shows it"),
            option("when", **MOMENT),
        ),
    ),
    Command("library rebuild", "make the index again from the folders", "library:rebuild_index"),
    Command("library adopt", "take over a folder of sessions that belonged to another computer", "library:adopt_folder"),
    Command("library lock", "encrypt everything with a passphrase, or change it", "library:lock"),
    Command("library unlock", "take the passphrase away", "library:unlock"),
    Command(
        "library send",
        "sessions as one .zip for another formcheck",
        "library:send_sessions",
        (
            OF_CLIENT,
            option("file", type=Path, metavar="FILE.zip"),
            option("--videos", action="store_true", help="with the videos"),
        ),
    ),
    Command(
        "library receive",
        "take in the sessions of a .zip",
        "library:receive_sessions",
        (
            OF_CLIENT,
            option("file", type=Path, metavar="FILE.zip"),
            option("--keep-video", action="store_true", help="with the videos in it"),
        ),
    ),
    Command("library reanalyse", "measure older sessions again, from their raw video or their signals", "library:measure_again"),
    Command(
        "library retention",
        "delete what is older than so many days",
        "library:set_retention",
        (
            option("--videos", type=days, metavar="DAYS", help="videos; 0: keep them"),
            option("--sessions", type=days, metavar="DAYS", help="whole sessions; 0: keep them"),
            option("--yes", action="store_true", help="delete now what is past its time"),
        ),
    ),
    Command("clients list", "clients by code", "clients:list_clients"),
    Command(
        "clients add",
        "a new client",
        "clients:add_client",
        (
            option("code", metavar="CODE", help="a pseudonym, under which reports speak of the client"),
            option("--name", default="", help="stays on this computer"),
        ),
    ),
    Command(
        "clients rename",
        "another code or name; reports that were written before stay as they are",
        "clients:rename",
        (
            CLIENT,
            option("--code", metavar="CODE", help="the new pseudonym"),
            option("--name", metavar="NAME", help="the new name"),
        ),
    ),
    Command(
        "clients consent",
        "record that the client agreed",
        "clients:record_consent",
        (CLIENT, option("--video", action="store_true", help="to videos too")),
    ),
    Command(
        "clients export",
        "all of a client's data, unlocked",
        "clients:export_client_data",
        (CLIENT, option("folder", type=Path, metavar="DIR")),
    ),
    Command("clients delete", "delete a client for good", "clients:delete_client", (CLIENT, YES)),
    Command("plans list", "plans and what comes next", "plans:list_plans", (OF_CLIENT,)),
    Command(
        "plans import", "a plan that was sent", "plans:import_plan", (OF_CLIENT, option("file", type=Path, metavar="FILE.json"))
    ),
    Command(
        "plans export",
        "a plan as one file",
        "plans:export_plan",
        (OF_CLIENT, option("title", metavar="TITLE"), option("file", type=Path, metavar="FILE.json")),
    ),
    Command(
        "progress",
        "a period: report and figures",
        "progress:progress",
        (
            OF_CLIENT,
            option("--from", dest="first", **DAY),
            option("--to", dest="last", **DAY),
            *(_file(f"--{kind}") for kind in ("pdf", "html", "csv", "xlsx", "json")),
            option("--separator", choices=tuple(SEPARATORS), default=",", help="between the cells of the CSV"),
            option("--decimal", choices=DECIMALS, default=".", help="in the numbers of the CSV"),
        ),
    ),
    Command(
        "recover",
        "live sets that were cut off by a crash or a power cut: list, keep or discard them",
        "live:recover",
        one_of=(
            option("--keep", action="store_true", help="finish their files as far as they were written"),
            option("--discard", action="store_true", help="delete them with their videos"),
        ),
    ),
    Command("doctor", "check cameras, model, codecs, display and disk", "tools:doctor"),
)
