"""The commands over sessions that are kept: library, clients and plans."""

from pathlib import Path

from formcheck.cli.arguments import days
from formcheck.cli.command import Command, option
from formcheck.cli.options import (
    CLIENT,
    MOMENT,
    OF_CLIENT,
    YES,
)

GROUPS = {
    "library": "the sessions kept on this computer",
    "clients": "clients of a clinic",
    "plans": "home exercise programmes",
}

LIBRARY_COMMANDS = (
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
)
