"""What each style of a line looks like, from the variables of the theme in use.

Component classes would do the same, at the price of a node in the DOM for every style of every pane.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color

#: Style -> (variable of the colour, attributes). "" is the pane's own colour.
_STYLES: Mapping[str, tuple[str, str]] = {
    "text": ("", ""),
    "muted": ("quiet", ""),
    "strong": ("", "bold"),
    "title": ("", "bold"),
    "heading": ("primary", "bold"),
    "label": ("quiet", ""),
    "match": ("accent", "bold"),
    "star": ("accent", ""),
    "link": ("primary", "underline"),
    "lead": ("primary", ""),
    "quote": ("", "italic"),
    "warning": ("warning", ""),
    "unstated": ("quiet", "italic"),
    "tab": ("quiet", ""),
    "tab-on": ("accent", "bold underline"),
    "tick": ("accent", "bold"),
    "chip": ("accent", ""),
    "key": ("accent", ""),
    "thumb": ("secondary", ""),
}
_CURSOR = 0.45  # how much of the secondary colour the cursor's line has


def palette(variables: Mapping[str, str]) -> dict[str, Style]:
    """Return the rich style of every name that a span may have, and of the cursor with and without the focus."""
    styles = {}
    for name, (variable, attributes) in _STYLES.items():
        style = Style.parse(attributes) if attributes else Style()
        if variable:
            colour = _colour(variables, variable)
            style += Style(color=colour.rich_color, dim=(variable == "quiet" and colour.ansi is not None) or None)
        styles[name] = style
    back, second, panel = (_colour(variables, name) for name in ("background", "secondary", "panel"))
    solid = back.ansi is None and second.ansi is None
    near = back.blend(second, _CURSOR)
    styles["cursor"] = Style(bgcolor=near.rich_color, bold=True) if solid else Style(reverse=True, bold=True)
    styles["cursor-away"] = Style(bgcolor=panel.rich_color) if solid else Style(reverse=True, dim=True)
    styles["chip"] += Style(bgcolor=panel.rich_color) if solid else Style(reverse=True)
    return styles


def _colour(variables: Mapping[str, str], name: str) -> Color:
    """Return a colour of the theme; themes that are not ours have no quiet one."""
    said = variables.get(name) or variables.get("foreground-muted") or variables["foreground"]
    return Color.parse(said.split()[0])  # a theme of the terminal's own colours says "ansi_default 50%"
