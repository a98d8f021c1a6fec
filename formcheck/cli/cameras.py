"""`formcheck cameras`: those of the computer, and those on the network that the user added."""

import argparse

from formcheck.capture.address import parse_address
from formcheck.capture.camera import list_cameras
from formcheck.capture.saved_cameras import remove_camera, save_camera, saved_cameras
from formcheck.system.errors import UserError
from formcheck.system.language import tr
from formcheck.system.passwords import forget_password, keep_password
from formcheck.system.prompts import ask_secret


def cameras(options: argparse.Namespace) -> None:
    if options.add:
        _add(*options.add)
    elif options.remove:
        gone = remove_camera(options.remove)
        forget_password(gone.address.url, gone.address.user)
        print(tr("{name} is removed.", name=gone.name))
    else:
        _list()


def _list() -> None:
    found, added = list_cameras(), saved_cameras()
    for camera in found:
        print(f"{camera.index}  {camera.name}")
    for saved in added:
        print(f"-  {saved.name}  {saved.address.url}")
    if not found and not added:
        print(tr("No camera was found. Plug one in, close programs that use it, or add one with --add NAME URL."))


def _add(name: str, url: str) -> None:
    if any(camera.name == name for camera in list_cameras()):
        raise UserError(tr("a camera of this computer is called {name!r}: choose another name", name=name))
    address, password = parse_address(url)
    saved = save_camera(name, address)
    print(f"{saved.name}: {saved.address.url}")
    if address.user:
        password = password or ask_secret(tr("Password of {user}: ", user=address.user))
        if not keep_password(address.url, address.user, password):
            print(tr("This computer has no keyring: the password is asked for each time."))
