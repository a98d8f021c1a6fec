"""The Bland-Altman plot, and both methods over time, as shapes."""

from collections.abc import Sequence
from itertools import pairwise

from formcheck.agreement.pairs import FramePair
from formcheck.frames import Floats
from formcheck.report.canvas import Canvas, Dot, Line, Text
from formcheck.report.chart import Limit, frame
from formcheck.report.document import COLOURS, Tone
from formcheck.system.language import decimals, tr

BIAS, LOA = COLOURS[Tone.CLEAN], COLOURS[Tone.FAULT]
HEIGHT, CURVES_HEIGHT = 190.0, 150.0
PROGRAM, REFERENCE = COLOURS[Tone.CLEAN], COLOURS[Tone.FAULT]
GAP_S = 0.5
"""Between frames further apart than this no line is drawn."""


def bland_altman(values: Floats, bias: float, loa: tuple[float, float], unit: str) -> Canvas:
    """values (n, 2): program and reference. Their difference over their mean, with bias and limits of agreement."""
    means, apart = values.mean(axis=1), values[:, 0] - values[:, 1]
    pad = 0.05 * float(means.max() - means.min()) or 0.5
    limits = [
        Limit(bias, tr("bias {bias:.1f}", bias=bias), BIAS),
        *(Limit(edge, decimals(f"{edge:.1f}"), LOA) for edge in loa),
    ]
    plot = frame((float(means.min()) - pad, float(means.max()) + pad), list(apart), unit, limits, HEIGHT)
    plot.shapes += [Dot(plot.x(float(m)), plot.y(float(d)), 2.4, BIAS) for m, d in zip(means, apart, strict=True)]
    plot.shapes += [Text(plot.x(tick), plot.height - 12, decimals(f"{tick:g}{unit}"), "middle") for tick in plot.x.ticks()]
    return plot.canvas()


def curves(frames: Sequence[FramePair], unit: str) -> Canvas:
    """One angle over time: the program's line thick, the reference's thin."""
    times = [f.t_s for f in frames]
    values = [v for f in frames for v in (f.program, f.reference)]
    plot = frame((min(times), max(times)), values, unit, [], CURVES_HEIGHT)
    for run in runs(frames):
        at = [plot.x(f.t_s) for f in run]
        plot.shapes.append(Line(tuple(zip(at, (plot.y(f.program) for f in run), strict=True)), PROGRAM, 2.2))
        plot.shapes.append(Line(tuple(zip(at, (plot.y(f.reference) for f in run), strict=True)), REFERENCE, 0.9))
    plot.shapes += [Text(plot.x(tick), plot.height - 12, decimals(f"{tick:g} s"), "middle") for tick in plot.x.ticks()]
    return plot.canvas()


def runs(frames: Sequence[FramePair]) -> list[list[FramePair]]:
    """Stretches of one repetition without a gap, of at least two frames."""
    out: list[list[FramePair]] = [[frame_] for frame_ in frames[:1]]
    for before, now in pairwise(frames):
        if now.rep != before.rep or now.t_s - before.t_s > GAP_S:
            out.append([])
        out[-1].append(now)
    return [run for run in out if len(run) > 1]
