"""A plot of figures against the number of programs, both on logarithmic scales, as SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 40, 260, 30, 50
_COLORS = ("#1f6f8b", "#c1502e", "#5b8c3e", "#7a4fa3", "#b8860b", "#3b5ba9", "#a33b64", "#557a7a", "#7d6b4f", "#444444")

#: Sizes and what was measured at each.
Series = Sequence[tuple[int, float]]
Scale = Callable[[float], float]


def draw(series: Mapping[str, Series]) -> str:
    """Return a plot of each series relative to its first value, so that all of them start at one."""
    growths = {
        name: [(size, value / points[0][1]) for size, value in points]
        for name, points in series.items()
        if len(points) > 1 and points[0][1] > 0
    }
    sizes = sorted({size for points in growths.values() for size, _ in points}) or [1, 10]
    largest = max((growth for points in growths.values() for _, growth in points), default=1.0)
    low, high = math.log10(sizes[0]), math.log10(sizes[-1])
    top = max(1.0, math.log10(max(largest, 1.0)))

    def across(size: float) -> float:
        return LEFT + (math.log10(size) - low) / (high - low or 1) * (WIDTH - LEFT - RIGHT)

    def down(growth: float) -> float:
        return HEIGHT - BOTTOM - max(math.log10(growth), -0.3) / top * (HEIGHT - TOP - BOTTOM)

    lines = [_grid(sizes, top, across, down)]
    for position, (name, points) in enumerate(sorted(growths.items(), key=lambda pair: -pair[1][-1][1])):
        color = _COLORS[position % len(_COLORS)]
        path = " ".join(f"{across(size):.1f},{down(growth):.1f}" for size, growth in points)
        lines.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        label_y = TOP + 14 * position
        text = escape(f"{name.replace('`', '')}: {points[-1][1]:.2f}×")
        lines.append(f'<rect x="{WIDTH - RIGHT + 16}" y="{label_y}" width="10" height="3" fill="{color}"/>')
        lines.append(f'<text x="{WIDTH - RIGHT + 32}" y="{label_y + 5}" fill="#333">{text}</text>')
    body = "\n".join(lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="11" role="img" aria-label="Growth with the number of programs">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def _grid(sizes: Sequence[int], top: float, across: Scale, down: Scale) -> str:
    """Return the lines and labels of the scales."""
    lines = []
    for power in range(math.ceil(top) + 1):
        y = down(10**power)
        lines.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        lines.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#333">{10**power}×</text>')
    for size in sizes:
        x = across(size)
        lines.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="#eee"/>')
        lines.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="#333">{size:,}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    lines.append(f'<text x="{middle}" y="{HEIGHT - 12}" text-anchor="middle" fill="#333">programs</text>')
    return "\n".join(lines)
