"""A canvas as SVG text that stands inside an HTML page."""

from html import escape

from formcheck.report.canvas import Box, Canvas, Dot, Line, Shape


def svg(canvas: Canvas, description: str) -> str:
    """One <svg> element; `description` is read out by screen readers."""
    size = f"{canvas.width:g} {canvas.height:g}"
    shapes = "".join(_element(s) for s in canvas.shapes)
    return f'<svg viewBox="0 0 {size}" role="img" aria-label="{escape(description)}">{shapes}</svg>'


def _element(shape: Shape) -> str:
    if isinstance(shape, Line):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
        dash = ' stroke-dasharray="4 3"' if shape.dashed else ""
        return f'<polyline points="{points}" fill="none" stroke="{shape.colour}" stroke-width="{shape.width:g}"{dash}/>'
    if isinstance(shape, Box):
        return (
            f'<rect x="{shape.x:.1f}" y="{shape.y:.1f}" width="{shape.width:.1f}" height="{shape.height:.1f}" '
            f'fill="{shape.fill}"/>'
        )
    if isinstance(shape, Dot):
        return f'<circle cx="{shape.x:.1f}" cy="{shape.y:.1f}" r="{shape.radius:g}" fill="{shape.fill}"/>'
    return (
        f'<text x="{shape.x:.1f}" y="{shape.y:.1f}" text-anchor="{shape.anchor}" font-size="{shape.size:g}" '
        f'fill="{shape.colour}">{escape(shape.words)}</text>'
    )
