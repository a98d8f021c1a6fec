"""The Bland-Altman plot as shapes."""

from formcheck.agreement.statistics.differences import Differences
from formcheck.frames import Floats
from formcheck.report.canvas import Canvas, Dot, Text
from formcheck.report.chart import Limit, frame
from formcheck.report.document import COLOURS, Tone

BIAS, LOA = COLOURS[Tone.CLEAN], COLOURS[Tone.FAULT]
HEIGHT = 190.0


def bland_altman(values: Floats, made: Differences, unit: str) -> Canvas:
    """values (n, 2): program and reference. Their difference over their mean, with bias and limits of agreement."""
    means, apart = values.mean(axis=1), values[:, 0] - values[:, 1]
    pad = 0.05 * float(means.max() - means.min()) or 0.5
    limits = [
        Limit(made.bias, f"bias {made.bias:.1f}", BIAS),
        *(Limit(edge, f"{edge:.1f}", LOA) for edge in made.loa),
    ]
    plot = frame((float(means.min()) - pad, float(means.max()) + pad), list(apart), unit, limits, HEIGHT)
    plot.shapes += [Dot(plot.x(float(m)), plot.y(float(d)), 2.4, BIAS) for m, d in zip(means, apart, strict=True)]
    plot.shapes += [Text(plot.x(tick), plot.height - 12, f"{tick:g}{unit}", "middle") for tick in plot.x.ticks()]
    return plot.canvas()
