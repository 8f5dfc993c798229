"""A plot of how figures grow with the number of programs, both on logarithmic scales, as SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 860, 460, 60, 300, 24, 48
_LABEL_HEIGHT = 19
_COLORS = ("#1f6f8b", "#c1502e", "#5b8c3e", "#7a4fa3", "#b8860b", "#3b5ba9", "#a33b64", "#2f8f83", "#7d6b4f", "#444444")
_TEXT = "#333"

#: Sizes and what was measured at each.
Points = Sequence[tuple[int, float]]
Scale = Callable[[float], float]


class Line(NamedTuple):
    """A line of the plot. That of a peer is dashed."""

    title: str
    points: Points
    is_peer: bool = False


def draw(lines: Sequence[Line]) -> str:
    """Return a plot of each line relative to its first value, so that all of them start at one."""
    growths = [
        line._replace(points=[(size, value / line.points[0][1]) for size, value in line.points])
        for line in lines
        if len(line.points) > 1 and line.points[0][1] > 0
    ]
    growths.sort(key=lambda line: -line.points[-1][1])
    sizes = sorted({size for line in growths for size, _ in line.points}) or [1, 10]
    low, high = math.log10(sizes[0]), math.log10(sizes[-1])
    largest = max((growth for line in growths for _, growth in line.points), default=10.0)
    top = max(1, math.ceil(math.log10(largest)))

    def across(size: float) -> float:
        return LEFT + (math.log10(size) - low) / (high - low or 1) * (WIDTH - LEFT - RIGHT)

    def down(growth: float) -> float:
        return HEIGHT - BOTTOM - max(math.log10(growth), -0.2) / top * (HEIGHT - TOP - BOTTOM)

    proportional_end = min(sizes[-1] / sizes[0], 10**top)
    proportional = [(sizes[0], 1.0), (round(sizes[0] * proportional_end), float(proportional_end))]
    drawn = [
        *_grid(sizes, top, across, down),
        _polyline(proportional, across, down, 'stroke="#bbb" stroke-dasharray="1 4"'),
        *_legend_entry(len(growths), "in proportion to the programs", 'stroke="#bbb" stroke-dasharray="1 4"'),
    ]
    colors = iter(_COLORS * len(growths))
    for position, line in enumerate(growths):
        style = f'stroke="{next(colors)}"' + (' stroke-dasharray="6 4"' if line.is_peer else "")
        drawn.append(_polyline(line.points, across, down, style))
        drawn += _legend_entry(position, f"{line.title}: {line.points[-1][1]:,.2f}×", style)
    body = "\n".join(drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="12" role="img" aria-label="Growth with the number of programs">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def _polyline(points: Points, across: Scale, down: Scale, style: str) -> str:
    path = " ".join(f"{across(size):.1f},{down(growth):.1f}" for size, growth in points)
    return f'<polyline points="{path}" fill="none" stroke-width="2" stroke-linejoin="round" {style}/>'


def _legend_entry(position: int, text: str, style: str) -> list[str]:
    """Return a sample of a line and its title, right of the plot."""
    x, y = WIDTH - RIGHT + 24, TOP + 6 + _LABEL_HEIGHT * position
    return [
        f'<line x1="{x}" x2="{x + 24}" y1="{y}" y2="{y}" stroke-width="2" {style}/>',
        f'<text x="{x + 32}" y="{y + 4}" fill="{_TEXT}">{escape(text)}</text>',
    ]


def _grid(sizes: Sequence[int], top: int, across: Scale, down: Scale) -> list[str]:
    """Return the lines and labels of the scales."""
    drawn = []
    for power in range(top + 1):
        y = down(10**power)
        drawn.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e4e4e4"/>')
        drawn.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="{_TEXT}">{10**power:,}×</text>')
    for size in sizes:
        x = across(size)
        drawn.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="#eee"/>')
        drawn.append(
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="{_TEXT}">{size:,}</text>'
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    drawn.append(f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle" fill="{_TEXT}">programs</text>')
    return drawn
