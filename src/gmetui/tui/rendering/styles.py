"""The look of each style name, derived from the variables of the current theme.

Textual's component classes would do the same, but each would add a node to the DOM for every style of every pane.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color

#: Style name -> (theme variable of the color, attributes). "" is the color of the pane.
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
    "tab-active": ("accent", "bold underline"),
    "tick": ("accent", "bold"),
    "chip": ("accent", ""),
    "key": ("accent", ""),
    "thumb": ("secondary", ""),
}
_CURSOR_BLEND = 0.45  # share of the secondary color in the background of the cursor line


def build_styles(variables: Mapping[str, str]) -> dict[str, Style]:
    """Return the Rich style of every style name, and those of a cursor line with and without focus."""
    styles = {name: _build_style(variables, *definition) for name, definition in _STYLES.items()}
    background, secondary, panel = (_theme_color(variables, name) for name in ("background", "secondary", "panel"))
    # Colors of an ANSI theme are unknown to us, so they cannot be blended; reverse video works with all of them.
    is_blendable = background.ansi is None and secondary.ansi is None
    if is_blendable:
        styles["cursor"] = Style(bgcolor=background.blend(secondary, _CURSOR_BLEND).rich_color, bold=True)
        styles["cursor-unfocused"] = Style(bgcolor=panel.rich_color)
        styles["chip"] += Style(bgcolor=panel.rich_color)
    else:
        styles["cursor"] = Style(reverse=True, bold=True)
        styles["cursor-unfocused"] = Style(reverse=True, dim=True)
        styles["chip"] += Style(reverse=True)
    return styles


def _build_style(variables: Mapping[str, str], variable: str, attributes: str) -> Style:
    style = Style.parse(attributes) if attributes else Style()
    if variable:
        color = _theme_color(variables, variable)
        style += Style(color=color.rich_color, dim=(variable == "quiet" and color.ansi is not None) or None)
    return style


def _theme_color(variables: Mapping[str, str], name: str) -> Color:
    """Return a color of the theme. Only gmetui's themes define "quiet"; others have "foreground-muted" or less."""
    value = variables.get(name) or variables.get("foreground-muted") or variables["foreground"]
    return Color.parse(value.split()[0])  # ANSI themes have values such as "ansi_default 50%"
