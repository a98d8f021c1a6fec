"""Charts of a session and of a period, as shapes."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from formcheck.report.canvas import Box, Canvas, Dot, Line, Shape, Text
from formcheck.system.language import decimals, tr

WIDTH = 520.0
AXIS = "#777777"
GRID = "#e3e3e3"
LEFT, RIGHT, TOP, BOTTOM = 46.0, 56.0, 12.0, 26.0
MAX_POINTS = 1200


@dataclass(frozen=True, slots=True)
class Axis:
    """Maps values from `low` to `high` onto the span from `start` to `end`, in points."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> Iterator[float]:
        """Round values, four to eight of them."""
        step = 10 ** math.floor(math.log10((self.high - self.low) / 4))
        step *= next(k for k in (1, 2, 2.5, 5, 10) if (self.high - self.low) / (step * k) <= 8)
        first = math.ceil(self.low / step - 1e-9)
        yield from (i * step for i in range(first, math.floor(self.high / step + 1e-9) + 1))


@dataclass(frozen=True, slots=True)
class Limit:
    value: float
    words: str
    colour: str


@dataclass(slots=True)
class Plot:
    """A frame with axes; shapes are added in drawing order."""

    x: Axis
    y: Axis
    height: float
    shapes: list[Shape] = field(default_factory=list)

    def canvas(self) -> Canvas:
        return Canvas(WIDTH, self.height, tuple(self.shapes))


def frame(
    x_span: tuple[float, float], values: Sequence[float], unit: str, limits: Sequence[Limit], height: float = 150.0
) -> Plot:
    """An empty plot whose y axis holds zero, all finite `values` and all limits."""
    held = [0.0, *(v for v in values if math.isfinite(v)), *(limit.value for limit in limits)]
    low, high = min(held), max(held)
    margin = 0.08 * (high - low) or 1.0
    x_low, x_high = x_span if x_span[1] > x_span[0] else (x_span[0], x_span[0] + 1)
    plot = Plot(
        Axis(x_low, x_high, LEFT, WIDTH - RIGHT),
        Axis(low - margin if low < 0 else low, high + margin, height - BOTTOM, TOP),
        height,
    )
    for tick in plot.y.ticks():
        y = plot.y(tick)
        plot.shapes.append(Line(((LEFT, y), (WIDTH - RIGHT, y)), GRID if tick else AXIS, 0.6))
        plot.shapes.append(Text(LEFT - 5, y + 3, decimals(f"{tick:g}{unit}"), "end"))
    for limit in limits:
        y = plot.y(limit.value)
        plot.shapes.append(Line(((LEFT, y), (WIDTH - RIGHT, y)), limit.colour, 1.0, dashed=True))
        plot.shapes.append(Text(WIDTH - RIGHT + 4, y + 3, limit.words, size=8, colour=limit.colour))
    return plot


@dataclass(frozen=True, slots=True)
class Bar:
    """One repetition: its value with the interval's half-width, or None where it could not be measured."""

    label: str
    value: float | None
    uncertainty: float
    colour: str
    mark: str
    """A short word or sign above the bar, so that colour is not alone."""


def bars(items: Sequence[Bar], unit: str, limits: Sequence[Limit]) -> Canvas:
    """One bar with its 90 % interval per repetition."""
    ends = [v for b in items if b.value is not None for v in (b.value - b.uncertainty, b.value + b.uncertainty)]
    plot = frame((0, max(1, len(items))), ends, unit, limits)
    zero, width = plot.y(0.0), min(26.0, 0.7 * (WIDTH - LEFT - RIGHT) / max(1, len(items)))
    every = math.ceil(len(items) / 40)
    for i, item in enumerate(items):
        x = plot.x(i + 0.5)
        if i % every == 0:
            plot.shapes.append(Text(x, plot.height - 12, item.label, "middle"))
        if item.value is None:
            plot.shapes.append(Text(x, zero - 4, item.mark, "middle", colour=item.colour))
            continue
        y = plot.y(item.value)
        plot.shapes.append(Box(x - width / 2, min(y, zero), width, max(0.8, abs(zero - y)), item.colour))
        if item.uncertainty:
            low, high = plot.y(item.value - item.uncertainty), plot.y(item.value + item.uncertainty)
            plot.shapes.append(Line(((x, low), (x, high)), "#222222", 1.0))
            plot.shapes += [Line(((x - 3, e), (x + 3, e)), "#222222", 1.0) for e in (low, high)]
        if item.mark:
            top = min(plot.y(item.value + item.uncertainty), y, zero)
            plot.shapes.append(Text(x, max(TOP - 3, top - 3), item.mark, "middle", 8, item.colour))
    return plot.canvas()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time to shade: one repetition."""

    start_s: float
    end_s: float
    label: str
    colour: str


def over_time(
    times_s: Sequence[float], values: Sequence[float], unit: str, spans: Sequence[Span], limits: Sequence[Limit], colour: str
) -> Canvas:
    """A quantity over a session, seconds across, repetitions marked below; gaps where it was not measured."""
    plot = frame((times_s[0], times_s[-1]), values, unit, limits)
    bottom = plot.height - BOTTOM
    for span in spans:
        left, right = plot.x(span.start_s), plot.x(span.end_s)
        plot.shapes.append(Box(left, bottom + 2, max(1.0, right - left), 4, span.colour))
        plot.shapes.append(Text((left + right) / 2, plot.height - 10, span.label, "middle", 8))
    plot.shapes += _curve(times_s, values, plot.x, plot.y, colour)
    plot.shapes.append(Text(WIDTH - RIGHT + 4, plot.height - 10, f"{times_s[-1]:.0f} s", size=8))
    return plot.canvas()


def _curve(
    times_s: Sequence[float], values: Sequence[float], x: Callable[[float], float], y: Callable[[float], float], colour: str
) -> list[Shape]:
    step = math.ceil(len(values) / MAX_POINTS)
    shown = list(zip(times_s, values, strict=True))[::step]
    runs = (list(run) for seen, run in groupby(shown, key=lambda p: math.isfinite(p[1])) if seen)
    return [Line(tuple((x(t), y(v)) for t, v in run), colour, 1.4) for run in runs if len(run) > 1]


@dataclass(frozen=True, slots=True)
class Point:
    """One session in a plot over a period."""

    day: float
    """Days since the period's first session."""
    value: float | None
    uncertainty: float
    group: int
    """Sessions measured by the same method (program version and settings) share a number; a line joins only those."""


def progress(
    series: Sequence[tuple[str, Sequence[Point], str]], unit: str, limits: Sequence[Limit], ends: tuple[str, str]
) -> Canvas:
    """Values over days, one line per (words, points, colour); ends: what to write at both ends of the time axis."""
    points = [p for _, ps, _ in series for p in ps]
    values = [v for p in points if p.value is not None for v in (p.value - p.uncertainty, p.value + p.uncertainty)]
    last = max((p.day for p in points), default=0.0)
    pad = 0.03 * last or 0.5
    plot = frame((-pad, last + pad), values, unit, limits, height=170.0)
    for i, (words, own, colour) in enumerate(series):
        shown = [(p, p.value) for p in own if p.value is not None]
        for (a, a_value), (b, b_value) in pairwise(shown):
            if a.group == b.group:
                plot.shapes.append(Line(((plot.x(a.day), plot.y(a_value)), (plot.x(b.day), plot.y(b_value))), colour, 1.2))
        for p, value in shown:
            x = plot.x(p.day)
            spread = ((x, plot.y(value - p.uncertainty)), (x, plot.y(value + p.uncertainty)))
            plot.shapes += [Line(spread, colour, 0.8), Dot(x, plot.y(value), 2.6, colour)]
        plot.shapes.append(Text(LEFT + 4 + 90 * i, TOP - 3, words, size=8, colour=colour))
    for before, after in _breaks(points):
        middle = plot.x((before + after) / 2)
        plot.shapes.append(Line(((middle, TOP), (middle, plot.height - BOTTOM)), AXIS, 0.8, dashed=True))
        plot.shapes.append(Text(middle + 3, TOP + 6, tr("other version"), size=7, colour=AXIS))
    plot.shapes.append(Text(LEFT, plot.height - 10, ends[0]))
    plot.shapes.append(Text(WIDTH - RIGHT, plot.height - 10, ends[1], "end"))
    return plot.canvas()


def _breaks(points: Sequence[Point]) -> list[tuple[float, float]]:
    ordered = sorted(points, key=lambda p: p.day)
    return [(a.day, b.day) for a, b in pairwise(ordered) if a.group != b.group]
