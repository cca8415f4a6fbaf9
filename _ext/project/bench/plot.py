"""The times of the builds as a picture: SVG that takes its colour from the text around it."""

from __future__ import annotations

import math
from html import escape

from project.bench.results import Results

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 60, 110, 20, 45
_LINES = {
    "reasonbook": ("Reasonbook", ""),
    "zensical": ("Zensical", "8 4"),
    "hugo": ("Hugo", "2 3"),
}


def plot(results: Results) -> str:
    """Return the CPU time of each build over the number of reasons, both as logarithms."""
    series = {
        what: [(m.reasons, m.cpu) for m in results.measures if m.what == what and m.reasons]
        for what in _LINES
    }
    points = [point for line in series.values() for point in line]
    xs, ys = sorted({float(x) for x, _ in points}), _ticks([y for _, y in points])

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            round(LEFT + (WIDTH - LEFT - RIGHT) * _along(x, xs), 1),
            round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * _along(y, ys), 1),
        )

    parts = []
    for x in xs:
        (across, low), (_, high) = at(x, ys[0]), at(x, ys[-1])
        parts.append(_line([(across, low), (across, high)], 'stroke-opacity="0.25"'))
        parts.append(_text(across, low + 18, f"{x:,g}", "middle"))
    for y in ys:
        (left, down), (right, _) = at(xs[0], y), at(xs[-1], y)
        parts.append(_line([(left, down), (right, down)], 'stroke-opacity="0.25"'))
        parts.append(_text(left - 8, down + 4, f"{y:,g}", "end"))
    for what, line in series.items():
        if line:
            name, dashes = _LINES[what]
            places = [at(x, y) for x, y in line]
            parts.append(_line(places, f'stroke-width="2" stroke-dasharray="{dashes}"'))
            parts += [f'<circle cx="{x}" cy="{y}" r="3" fill="currentColor"/>' for x, y in places]
            parts.append(_text(places[-1][0] + 8, places[-1][1] + 4, name, "start"))
    parts.append(_text(LEFT, 12, "CPU seconds", "start"))
    parts.append(_text(WIDTH - RIGHT, HEIGHT - 6, "reasons", "end"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-labelledby="growth-title growth-desc" font-family="sans-serif" font-size="13" '
        'fill="none" stroke="none">\n'
        '<title id="growth-title">CPU time of a full build, by the number of reasons</title>\n'
        f'<desc id="growth-desc">{escape(_words(series))}</desc>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _words(series: dict[str, list[tuple[int, float]]]) -> str:
    return " ".join(
        f"{_LINES[what][0]}: " + ", ".join(f"{y:.1f} s for {x:,}" for x, y in line) + "."
        for what, line in series.items()
        if line
    )


def _ticks(values: list[float]) -> list[float]:
    """Return 1, 2, 5, 10, ... from the last that is below all values to the first above them."""
    steps = [a * 10.0**b for b in range(-3, 7) for a in (1, 2, 5)]
    below = [step for step in steps if step <= min(values)]
    above = [step for step in steps if step >= max(values)]
    return [step for step in steps if below[-1] <= step <= above[0]]


def _along(value: float, ticks: list[float]) -> float:
    return math.log(value / ticks[0]) / (math.log(ticks[-1] / ticks[0]) or 1)


def _line(points: list[tuple[float, float]], more: str) -> str:
    path = " ".join(f"{x},{y}" for x, y in points)
    return f'<polyline points="{path}" stroke="currentColor" {more}/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="currentColor">{escape(text)}</text>'
