"""Options that several commands take."""

from datetime import date
from pathlib import Path

from formcheck.cli.arguments import moment, place_in_film
from formcheck.cli.command import Option, option
from formcheck.exercises import EXERCISES


def file_option(flag: str, words: str = "", metavar: str = "FILE") -> Option:
    return option(flag, type=Path, metavar=metavar, help=words or None)


EXERCISE = option("--exercise", required=True, metavar="ID", help=", ".join(EXERCISES))
SIDE = option("--side", choices=("left", "right"), help="the working side; found from the picture when left out")
VARIANT = option("--variant", metavar="V", help="the exercise's variant; its first, or the one seen, when left out")
EVERY_FRAME = option("--every-frame", action="store_true", help="find a pose in every frame: more work, the same findings")
GRAPHICS_CARD = option(
    "--graphics-card",
    action="store_true",
    help="find poses, read and write films on the graphics card, where it can and is quicker; else as ever",
)
VIEW = option(
    "--view", choices=("behind", "front"), help="from where a run or a walk is filmed; found from the picture when left out"
)
YES = option("--yes", action="store_true", help="really")
CLIENT = option("client", metavar="CLIENT", help="code or name")
OF_CLIENT = option("--client", metavar="CLIENT", help="code or name; without it, this computer's owner")
FILM_TIME = {"type": place_in_film, "metavar": "TIME"}
MOMENT = {"type": moment, "metavar": "YYYY-MM-DDTHH:MM"}
DAY = {"type": date.fromisoformat, "metavar": "YYYY-MM-DD"}
