"""Where the camera belongs, drawn from above and from the side."""

import math

import numpy as np

from formcheck.exercises.contract import CameraPlace
from formcheck.frames import Floats, Image
from formcheck.overlay.board import LIGHT, Board, Paints


def draw_camera_place(camera: CameraPlace, lying: bool, size: tuple[int, int]) -> Image:
    """The camera's place from above (left) and from the side (right). size and result as in draw_position()."""
    board = Board(size, (-212.0, -44.0, 336.0, 262.0), LIGHT.ground)
    _plan(board, camera, lying, LIGHT)
    _side_view(board, camera, lying, LIGHT)
    return board.finish()


def _plan(board: Board, camera: CameraPlace, lying: bool, paints: Paints) -> None:
    """From above: the person on top, the camera below within its sector."""
    person = np.array([-110.0, 0.0])
    near, far = (70.0 * d / camera.distance_m[0] for d in camera.distance_m)
    near, far = near * 200 / far, 200.0
    low, high = camera.azimuth_deg
    angles = np.radians(np.linspace(low, high, 30))
    directions = np.stack([np.sin(angles), np.cos(angles)], axis=1)
    board.shape(np.concatenate([person + far * directions, (person + near * directions)[::-1]]), paints.ghost)
    for direction in (directions[0], directions[-1]):
        board.dashes(tuple(person), tuple(person + (far + 12) * direction), paints.ink, 1.6)
    for angle, direction in ((low, directions[0]), (high, directions[-1])):
        x, y = person + (far - 62) * direction + np.array([math.copysign(26.0, angle), 0.0])
        board.words(f"{abs(angle):.0f}°", (x, y), paints.ink, 13.0)
    _person_from_above(board, person, lying, paints, nose=-1 if camera.behind else 1)
    x, y = person + (near + far) / 2 * np.array([0.0, 1.0])
    board.shape([(x - 13, y - 6), (x + 13, y - 6), (x + 13, y + 12), (x - 13, y + 12)], paints.accent)
    board.shape([(x - 6, y - 6), (x + 6, y - 6), (x + 9, y - 14), (x - 9, y - 14)], paints.accent)


def _person_from_above(board: Board, at: Floats, lying: bool, paints: Paints, nose: int) -> None:
    """nose: +1 toward the camera, -1 away from it."""
    x, y = at
    if lying:
        board.shape([(x - 86, y - 24), (x + 86, y - 24), (x + 86, y + 24), (x - 86, y + 24)], paints.floor)
        board.blob([((x - 44, y), 12.0), ((x, y), 12.0)], paints.trunk, paints.ground)
        board.blob([((x, y), 11.0), ((x + 32, y + 14), 8.0)], paints.body, paints.ground)
        board.blob([((x + 32, y + 14), 8.0), ((x + 62, y), 6.0)], paints.body, paints.ground)
        board.blob([((x - 66, y), 11.0)], paints.body, paints.ground)
    else:
        board.blob([((x - 22, y), 10.0), ((x + 22, y), 10.0)], paints.trunk, paints.ground)
        board.blob([((x, y + 2), 12.0)], paints.body, paints.ground)
        board.blob([((x, y + 2 + 13 * nose), 3.0)], paints.body, paints.body, 0.0)


def _side_view(board: Board, camera: CameraPlace, lying: bool, paints: Paints) -> None:
    """From the side: the person left, the camera right, heights and distance to one scale."""
    floor, metre = 200.0, 200.0 / camera.distance_m[1]
    x, lens_x = 60.0, 60.0 + metre * sum(camera.distance_m) / 2
    low, high = (floor - metre * h for h in camera.height_m)
    board.line([(20.0, floor), (325.0, floor)], paints.ink, 2.5)
    if lying:
        board.shape([(x - 22, floor - 5), (x + 26, floor - 5), (x + 26, floor), (x - 22, floor)], paints.body)
        board.blob([((x, floor - 0.22 * metre - 5), 0.17 * metre)], paints.trunk, paints.ground)
        board.blob(
            [((x, floor - 0.12 * metre - 5), 0.10 * metre), ((x + 0.35 * metre, floor - 12), 6.0)], paints.body, paints.ground
        )
    else:
        board.blob([((x, floor - 6), 5.0), ((x, floor - 0.85 * metre), 10.0)], paints.body, paints.ground)
        board.blob([((x, floor - 0.9 * metre), 10.0), ((x, floor - 1.4 * metre), 11.0)], paints.trunk, paints.ground)
        board.blob([((x, floor - 1.63 * metre), 11.0)], paints.body, paints.ground)
    board.line([(lens_x, floor), (lens_x, (low + high) / 2)], paints.body, 4.0)
    board.shape([(lens_x + 16, high), (lens_x + 28, high), (lens_x + 28, low), (lens_x + 16, low)], paints.ghost)
    for y in (low, high):
        board.line([(lens_x + 12, y), (lens_x + 32, y)], paints.ink, 2.0)
    board.words(_span(camera.height_m), (lens_x + 22, high - 18), paints.ink, 13.0)
    y = (low + high) / 2
    board.shape([(lens_x - 10, y - 9), (lens_x + 12, y - 9), (lens_x + 12, y + 9), (lens_x - 10, y + 9)], paints.accent)
    board.shape([(lens_x - 10, y - 5), (lens_x - 17, y - 8), (lens_x - 17, y + 8), (lens_x - 10, y + 5)], paints.accent)
    middle = (x + lens_x) / 2
    for end, way in ((x, -1), (lens_x, 1)):
        path = ((middle, floor + 18.0), ((middle + end) / 2, floor + 18.0), (end - way * 8.0, floor + 18.0))
        board.arrow(path, paints.ink, None, 3.0)
    board.words(_span(camera.distance_m), (middle, floor + 42), paints.ink, 13.0)


def _span(metres: tuple[float, float]) -> str:
    return f"{metres[0]:.1f}-{metres[1]:.1f} m"
