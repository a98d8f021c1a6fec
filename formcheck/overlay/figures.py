"""The program's own drawings: start and end of every exercise, and where the camera belongs. No words of a language in them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.exercises.contract import CameraPlace, Exercise
from formcheck.exercises.scenes import Joints, Point, Scene
from formcheck.frames import Floats, Image
from formcheck.overlay.style import BLUE, SKY_BLUE, VERMILLION, Colour

Moment: TypeAlias = Literal["start", "end"]
FINER = 4
"""Painted this much larger, then scaled down: smooth edges."""
MARGIN = 34.0
"""Free space round a figure, hundredths of a torso length, as all lengths here."""
HEAD = 24.0
LIMBS: Mapping[str, tuple[tuple[str, str, float, float], ...]] = {
    f"{side}_{part}": tuple((f"{side}_{a}", f"{side}_{b}", ra, rb) for a, b, ra, rb in limbs)
    for side in "lr"
    for part, limbs in {
        "leg": (("hip", "knee", 18.0, 12.0), ("knee", "ankle", 12.0, 7.5), ("ankle", "toe", 7.5, 6.0)),
        "arm": (("shoulder", "elbow", 11.0, 8.5), ("elbow", "hand", 8.5, 7.0)),
    }.items()
}
"""Part -> limbs as (from, to, radius there, radius there)."""
TRUNK = (("l_shoulder", 14.0), ("r_shoulder", 14.0), ("r_hip", 18.0), ("l_hip", 18.0))


@dataclass(frozen=True, slots=True)
class Paints:
    """Colours of a drawing, BGR."""

    ground: Colour
    floor: Colour
    body: Colour
    trunk: Colour
    ghost: Colour
    accent: Colour
    band: Colour
    ink: Colour


LIGHT = Paints(
    (255, 255, 255), (232, 228, 224), (178, 168, 160), (124, 112, 102), (226, 218, 212), BLUE, VERMILLION, (48, 40, 32)
)
DARK = Paints(
    (38, 33, 30), (62, 56, 52), (150, 142, 134), (112, 102, 94), (74, 67, 62), SKY_BLUE, (60, 140, 250), (240, 236, 232)
)


class Board:
    """A picture that is painted in units of its own; Board.finish() gives it at its size."""

    def __init__(self, size: tuple[int, int], box: tuple[float, float, float, float], ground: Colour) -> None:
        """size: (width, height) px; box: left, top, right, bottom that must be visible."""
        self._size = size
        width, height = size[0] * FINER, size[1] * FINER
        left, top, right, bottom = box
        self.scale = min(width / (right - left), height / (bottom - top))
        self._origin = np.array([width / 2 - self.scale * (left + right) / 2, height / 2 - self.scale * (top + bottom) / 2])
        self.image: Image = np.full((height, width, 3), ground, np.uint8)

    def finish(self) -> Image:
        return np.asarray(cv2.resize(self.image, self._size, interpolation=cv2.INTER_AREA), np.uint8)

    def shape(self, points: Sequence[Point] | Floats, colour: Colour) -> None:
        cv2.fillPoly(self.image, [self._px(points)], colour)

    def blob(self, circles: Sequence[tuple[Point, float]], colour: Colour, edge: Colour, edge_width: float = 3.0) -> None:
        """The hull of circles, with an edge that parts it from what lies behind."""
        for paint, more in ((edge, edge_width), (colour, 0.0)):
            rim = np.concatenate([_circle(centre, radius + more) for centre, radius in circles])
            self.shape(cv2.convexHull(rim.astype(np.float32))[:, 0].astype(float), paint)

    def line(self, points: Sequence[Point] | Floats, colour: Colour, width: float) -> None:
        cv2.polylines(self.image, [self._px(points)], False, colour, max(1, round(width * self.scale)), cv2.LINE_AA)

    def dashes(self, a: Point, b: Point, colour: Colour, width: float, dash: float = 7.0) -> None:
        start, end = np.array(a, float), np.array(b, float)
        count = max(1, round(float(np.linalg.norm(end - start)) / dash)) | 1
        for i in range(0, count, 2):
            self.line(np.array([start + (end - start) * i / count, start + (end - start) * (i + 1) / count]), colour, width)

    def arrow(self, path: tuple[Point, Point, Point], colour: Colour, edge: Colour | None, width: float = 6.0) -> None:
        """A curved arrow through `path`."""
        a, b, c = (np.array(p, float) for p in path)
        t = np.linspace(0, 1, 40)[:, None]
        through = 2 * b - (a + c) / 2
        curve = (1 - t) ** 2 * a + 2 * t * (1 - t) * through + t**2 * c
        ahead = (curve[-1] - curve[-4]) / np.linalg.norm(curve[-1] - curve[-4])
        across = np.array([-ahead[1], ahead[0]])
        for paint, more in ((edge, 2.5), (colour, 0.0)) if edge is not None else ((colour, 0.0),):
            self.line(curve, paint, width + 2 * more)
            tip, base = curve[-1] + ahead * (2.4 * width + 1.6 * more), curve[-1] - ahead * (more + 1)
            self.shape(np.array([tip, base + across * (1.9 * width + more), base - across * (1.9 * width + more)]), paint)

    def words(self, text: str, at: Point, colour: Colour, height: float) -> None:
        """Centred on `at`; height of a digit."""
        font, thickness = cv2.FONT_HERSHEY_DUPLEX, max(1, round(height * self.scale / 9))
        size = height * self.scale / 22
        (width, tall), _ = cv2.getTextSize(text, font, size, thickness)
        x, y = self._px([at])[0]
        cv2.putText(self.image, text, (int(x - width / 2), int(y + tall / 2)), font, size, colour, thickness, cv2.LINE_AA)

    def _px(self, points: Sequence[Point] | Floats) -> NDArray[np.int32]:
        return np.asarray(np.round(np.asarray(points, float) * self.scale + self._origin), np.int32)


def draw_position(exercise: Exercise, moment: Moment, size: tuple[int, int], dark: bool = False) -> Image:
    """The exercise's start with the movement to come as an arrow, or its end with the start as a shadow behind.

    size: (width, height) px. Returns (height, width, 3) BGR. ValueError for an exercise without a scene.
    """
    scene, paints = exercise.scene, DARK if dark else LIGHT
    if scene is None:
        raise ValueError(f"{exercise.id} has no scene to draw")
    box = _box(scene)
    board = Board(size, box, paints.ground)
    _floor(board, scene, box, paints, lying=exercise.posture.lies)
    posture = scene.start if moment == "start" else scene.end
    if moment == "end":
        _figure(board, scene, scene.start, paints, ghost=True)
    _figure(board, scene, posture, paints)
    _band(board, scene, posture, paints)
    _steady(board, scene, posture, paints)
    if moment == "start":
        board.arrow(scene.arrow, paints.ink, paints.ground)
    if scene.turn_deg is not None:
        _from_above(board, scene.turn_deg, moment, (box[2] - 52, box[1] + 52), paints)
    return board.finish()


def draw_camera_place(camera: CameraPlace, lying: bool, size: tuple[int, int], dark: bool = False) -> Image:
    """The camera's place from above (left) and from the side (right). size and result as in draw_position()."""
    paints = DARK if dark else LIGHT
    board = Board(size, (-212.0, -44.0, 336.0, 262.0), paints.ground)
    _plan(board, camera, lying, paints)
    _side_view(board, camera, lying, paints)
    return board.finish()


def _box(scene: Scene) -> tuple[float, float, float, float]:
    points = np.array([*scene.start.values(), *scene.end.values(), *scene.arrow])
    (left, top), (right, bottom) = points.min(axis=0) - MARGIN, points.max(axis=0) + MARGIN
    return float(left), float(top), float(right) + (90 if scene.turn_deg else 0), float(bottom)


def _floor(board: Board, scene: Scene, box: tuple[float, float, float, float], paints: Paints, *, lying: bool) -> None:
    left, _, right, bottom = box
    if lying:
        y = max(p[1] for p in scene.start.values())
        board.shape([(left + 22, y - 34), (right - 22, y - 34), (right - 4, y + 18), (left + 4, y + 18)], paints.floor)
    else:
        y = scene.start["l_ankle"][1] + 8
        board.shape([(left - 999, y), (right + 999, y), (right + 999, bottom + 999), (left - 999, bottom + 999)], paints.floor)


def _figure(board: Board, scene: Scene, posture: Joints, paints: Paints, *, ghost: bool = False) -> None:
    edge = paints.ground
    for part in scene.order:
        colour = paints.accent if part == scene.working else paints.trunk if part == "trunk" else paints.body
        colour = paints.ghost if ghost else colour
        if part == "trunk":
            board.blob([(posture[joint], radius) for joint, radius in TRUNK], colour, paints.ghost if ghost else edge)
        elif part == "head":
            (lx, ly), (rx, ry) = posture["l_shoulder"], posture["r_shoulder"]
            neck = ((lx + rx) / 2, (ly + ry) / 2)
            board.blob([(neck, 10.0), (posture["head"], 10.0)], colour, colour, 0.0)
            board.blob([(posture["head"], HEAD)], colour, paints.ghost if ghost else edge)
        else:
            for a, b, radius_a, radius_b in LIMBS[part]:
                board.blob([(posture[a], radius_a), (posture[b], radius_b)], colour, paints.ghost if ghost else edge)
            for a, b, radius_a, radius_b in LIMBS[part]:  # again without edges, so that a limb is one piece
                board.blob([(posture[a], radius_a), (posture[b], radius_b)], colour, colour, 0.0)


def _band(board: Board, scene: Scene, posture: Joints, paints: Paints) -> None:
    if not scene.band:
        return
    points = np.array([posture[joint] for joint in scene.band])
    if "anchor" in posture:
        x, y = posture["anchor"]
        board.line([(x, y - 40), (x, scene.start["l_ankle"][1] + 8)], paints.ink, 7.0)
    else:
        points = np.array([points[0] + (-12, -16), points[1] + (12, -16)])
    board.line(points, paints.ground, 13.0)
    board.line(points, paints.band, 8.0)


def _steady(board: Board, scene: Scene, posture: Joints, paints: Paints) -> None:
    a, b = (np.array(posture[joint]) for joint in scene.steady)
    beyond = (a - b) / np.linalg.norm(a - b) * 34.0
    (x1, y1), (x2, y2) = a + beyond, b - beyond
    for colour, width in ((paints.ground, 6.0), (paints.ink, 3.0)):
        board.dashes((x1, y1), (x2, y2), colour, width)


def _from_above(board: Board, turn_deg: tuple[float, float], moment: Moment, at: Point, paints: Paints) -> None:
    """The trunk from above over its feet, and the way it turns."""
    centre = np.array(at)
    turn = math.radians(turn_deg[0] if moment == "start" else turn_deg[1])
    ring = _circle(at, 48.0)
    board.shape(ring, paints.floor)
    facing, aside = np.array([math.sin(turn), math.cos(turn)]), np.array([math.cos(turn), -math.sin(turn)])
    ends = [tuple(centre + k * 24 * aside) for k in (-1, 1)]
    board.blob([(ends[0], 11.0), (ends[1], 11.0)], paints.trunk, paints.ground)
    board.blob([(tuple(centre + 15 * facing), 5.0)], paints.body, paints.body, 0.0)
    board.blob([(at, 13.0)], paints.body, paints.ground)
    if moment == "start":
        angles = np.radians(np.linspace(*turn_deg, 3))
        way = [tuple(centre + 36 * np.array([math.sin(a), math.cos(a)])) for a in angles]
        board.arrow((way[0], way[1], way[2]), paints.ink, paints.floor, 4.0)


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
    _person_from_above(board, person, lying, paints)
    x, y = person + (near + far) / 2 * np.array([0.0, 1.0])
    board.shape([(x - 13, y - 6), (x + 13, y - 6), (x + 13, y + 12), (x - 13, y + 12)], paints.accent)
    board.shape([(x - 6, y - 6), (x + 6, y - 6), (x + 9, y - 14), (x - 9, y - 14)], paints.accent)


def _person_from_above(board: Board, at: Floats, lying: bool, paints: Paints) -> None:
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
        board.blob([((x, y + 15), 3.0)], paints.body, paints.body, 0.0)


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


def _circle(centre: Point, radius: float) -> Floats:
    turns = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    return np.array(centre) + radius * np.stack([np.cos(turns), np.sin(turns)], axis=1)
