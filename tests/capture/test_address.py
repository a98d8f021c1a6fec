import pytest

from formcheck.capture.address import is_address, parse_address
from formcheck.system.errors import UserError


@pytest.mark.parametrize(
    ("typed", "url", "user", "password"),
    [
        ("http://192.168.1.20:8080/video", "http://192.168.1.20:8080/video", "", ""),
        (" RTSP://Cam.local/live?x=1 ", "rtsp://cam.local/live?x=1", "", ""),
        ("rtsp://me:s%40fe@10.0.0.2:554/h264", "rtsp://10.0.0.2:554/h264", "me", "s@fe"),
        ("https://[fe80::1]:8443/video", "https://[fe80::1]:8443/video", "", ""),
    ],
)
def test_user_and_password_are_taken_out_of_the_address(typed: str, url: str, user: str, password: str) -> None:
    address, secret = parse_address(typed)
    assert (address.url, address.user, secret) == (url, user, password)
    assert not password or password not in repr(address)


def test_the_decoder_gets_them_back() -> None:
    address, secret = parse_address("rtsp://me:p%2Fw%40@cam:554/a")
    assert address.with_password(secret) == "rtsp://me:p%2Fw%40@cam:554/a"
    assert parse_address("rtsp://cam/a")[0].with_password("x") == "rtsp://cam/a"


@pytest.mark.parametrize(
    "typed", ["file:///etc/passwd", "ftp://x/y", "http://", "rtsp://a:99999/x", "http://a b/", "webcam", "http://a/\n"]
)
def test_what_is_no_camera_address_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        parse_address(typed if typed != "http://a/\n" else "http://a/x\ny")


def test_names_and_files_are_no_addresses() -> None:
    assert is_address("http://x")
    assert not is_address("Logitech C920")
    assert not is_address("/home/me/clip.mp4")
