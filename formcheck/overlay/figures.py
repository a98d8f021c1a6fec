"""The program's own drawings: start and end of every exercise. No words of a language in them."""

import math
from collections.abc import Mapping
from typing import Literal, TypeAlias

import numpy as np

from formcheck.exercises.contract import Exercise
from formcheck.exercises.scenes import Joints, Point, Scene
from formcheck.frames import Image
from formcheck.overlay.board import DARK, LIGHT, Board, Paints, circle

Moment: TypeAlias = Literal["start", "end"]
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
    ring = circle(at, 48.0)
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
