"""What the comparison of two runs shows: curves of both over the gait cycle, and their pictures over each other."""

from collections.abc import Mapping
from pathlib import Path

from formcheck.measurement.running.cycles import SHARES, Cycle, cycles
from formcheck.report.canvas import Canvas, Line, Text
from formcheck.report.chart import LEFT, TOP, frame
from formcheck.report.document import Block, Figure, Heading, Paragraph, Picture, Pictures
from formcheck.report.key_frames import frames_at, jpeg
from formcheck.report.run_overlay import hip_track, laid_over
from formcheck.report.words import quantity_title
from formcheck.results import Rep, Session, Side
from formcheck.session.layout import film, series
from formcheck.session.tables import read_curves
from formcheck.system.language import to_translate, tr

COLOURS = ("#0072b2", "#b3400a")
SETTLED_S = 2.0
"""Stances before that are not shown."""
MOMENTS = (to_translate("contact"), to_translate("midstance"), to_translate("toe-off"))

OVERLAY = to_translate(
    "Blue is darker in the first film, orange in the second, grey is alike. Hips lie on hips, torsos are of one length."
)

Cycles = Mapping[str, Mapping[Side, Cycle]]


def runs_blocks(first: tuple[Path, Session], second: tuple[Path, Session]) -> list[Block]:
    """Folder and session of each."""
    blocks: list[Block] = []
    pictures = _overlays(first, second)
    if pictures:
        words = tr(OVERLAY)
        blocks += [Heading(tr("Both films over each other")), Pictures(pictures), Paragraph(words, small=True)]
    curves = [_cycles(*run) for run in (first, second)]
    names = [name for name in curves[0] if name in curves[1]]
    if names:
        blocks.append(Heading(tr("Both over the gait cycle")))
    for name in names:
        for side in Side:
            one, other = (of[name][side] for of in curves)
            captions = {
                Side.LEFT: tr(
                    "{title}, left foot, from one contact to its next: first session ({a} strides) and second ({b}, dashed)"
                ),
                Side.RIGHT: tr(
                    "{title}, right foot, from one contact to its next: first session ({a} strides) and second ({b}, dashed)"
                ),
            }
            title = quantity_title(first[1].exercise, name)
            caption = captions[side].format(title=title, a=one.cycles, b=other.cycles)
            spread = tr("Thin lines: one standard deviation between strides.")
            blocks.append(Figure(_curves((one, other)), f"{caption}. {spread}"))
    return blocks


def _cycles(folder: Path, session: Session) -> Cycles:
    frames = read_curves(series(folder))
    return cycles(session.reps, frames) if frames is not None else {}


def _curves(runs: tuple[Cycle, Cycle]) -> Canvas:
    ends = [float(v) for c in runs for edge in (c.mean - c.spread, c.mean + c.spread) for v in edge]
    plot = frame((0.0, 100.0), ends, "°", (), height=120.0)
    for tick in range(0, 101, 20):
        plot.shapes.append(Text(plot.x(tick), plot.height - 12, f"{tick} %", "middle", 8))
    names = (tr("First"), tr("Second, dashed"))
    for i, (curve, colour, name) in enumerate(zip(runs, COLOURS, names, strict=True)):
        for values, width in ((curve.mean, 1.8), (curve.mean - curve.spread, 0.5), (curve.mean + curve.spread, 0.5)):
            points = tuple((plot.x(100 * share), plot.y(float(v))) for share, v in zip(SHARES, values, strict=True))
            plot.shapes.append(Line(points, colour, width, dashed=i > 0))
        plot.shapes.append(Text(LEFT + 4 + 110 * i, TOP - 3, name, size=8, colour=colour))
    return plot.canvas()


def _overlays(first: tuple[Path, Session], second: tuple[Path, Session]) -> tuple[Picture, ...]:
    """Contact, midstance and toe-off of each foot; none where a film or the body's joints were not kept, or one run is seen from
    the front and the other from behind."""
    films = [film(folder) for folder, _ in (first, second)]
    tracks = [hip_track(folder) for folder, _ in (first, second)]
    if None in films or None in tracks or first[1].view != second[1].view:
        return ()
    made = []
    for side in Side:
        stances = [_settled(session, side) for _, session in (first, second)]
        for i, moment in enumerate(MOMENTS):
            pictures = []
            for video, track, rep in zip(films, tracks, stances, strict=True):
                if rep is None or video is None or track is None:
                    continue
                at_s = (rep.start_s, rep.peak_s, rep.end_s)[i]
                image = frames_at(video, [at_s])[0]
                pictures += [(image, (track.at(at_s), track.torso_px))] if image is not None else []
            if len(pictures) == len(stances):
                words = {Side.LEFT: tr("Left foot, {moment}"), Side.RIGHT: tr("Right foot, {moment}")}[side]
                (a, a_at), (b, b_at) = pictures
                made.append(Picture(jpeg(laid_over(a, a_at, b, b_at)), words.format(moment=tr(moment))))
    return tuple(made)


def _settled(session: Session, side: Side) -> Rep | None:
    return next((rep for rep in session.reps if rep.side is side and rep.start_s > SETTLED_S), None)
