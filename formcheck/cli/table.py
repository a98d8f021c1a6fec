"""Every command in one table: its name, what --help says of it, its options, and the function that does it.

Functions are named in words and loaded when their command is called, so that --help waits for no library.
"""

from pathlib import Path

from formcheck.cli.command import Command, option
from formcheck.cli.library_table import LIBRARY_COMMANDS
from formcheck.cli.options import (
    DAY,
    EVERY_FRAME,
    EXERCISE,
    FILM_TIME,
    GRAPHICS_CARD,
    MOMENT,
    OF_CLIENT,
    SIDE,
    VARIANT,
    VIEW,
    file_option,
)
from formcheck.cli.words import DECIMALS, DISCLAIMER, SEPARATORS

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
            GRAPHICS_CARD,
            file_option("--trc", "write the joints as OpenSim, Sports2D and Pose2Sim read them"),
            file_option("--mot", "write the angles of every frame as they read them"),
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
            option("--metronome", action="store_true", help="of a run or a walk: tick 5 %% quicker than its own first cadence"),
            EVERY_FRAME,
            GRAPHICS_CARD,
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
            file_option("--pdf"),
            file_option("--html"),
            file_option("--xlsx", "figures and curves as a workbook"),
        ),
    ),
    Command(
        "compare",
        "left against right",
        "report:compare",
        (
            option("left", type=Path, metavar="LEFT_DIR"),
            option("right", type=Path, metavar="RIGHT_DIR"),
            file_option("--pdf", "write it as a report with figures and pictures"),
            file_option("--html", "the same as one HTML file"),
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
            file_option("--share", "with --pool: write them without names, dates, places and film"),
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
    *LIBRARY_COMMANDS,
    Command(
        "progress",
        "a period: report and figures",
        "progress:progress",
        (
            OF_CLIENT,
            option("--from", dest="first", **DAY),
            option("--to", dest="last", **DAY),
            *(file_option(f"--{kind}") for kind in ("pdf", "html", "csv", "xlsx", "json")),
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
