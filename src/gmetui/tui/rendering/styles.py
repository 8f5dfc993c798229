"""The look of each style name, derived from the variables of the current theme.

Each color of a theme has one meaning, so that a glance at a color says something:

- accent (amber): what is active or can be pressed: keys, the focused pane, the open tab, filters that are on.
- primary (teal): structure and ways on: headings are bold, links are underlined.
- success (green): what is yours: saved programs, ranks, statuses, dates, selected rows.
- warning (orange): what needs attention: changes, exclusions, mistakes in a search.
- secondary (dark teal): quantities and positions: bars, scrollbars, the ground of the cursor row.
- quiet (gray): what is read second: labels, counts, remarks.

A match of the search is underlined and has no color. No meaning is carried by color alone: each has a sign, a weight
or a word as well, and NO_COLOR changes no text.

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
    "match": ("", "underline"),
    "choice": ("", "bold"),
    "star": ("success", ""),
    "mark": ("primary", "bold"),
    "pane-focused": ("accent", "bold"),
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
_CURSOR_BLEND = 0.45  # share of the secondary color in the ground of the cursor row
_SELECTED_BLEND = 0.18  # share of the green in the ground of a selected row
_HEAT_BLENDS = (0.0, 0.14, 0.28, 0.42, 0.6)  # shares of the secondary color in the ground of a heat map's cells
_FOCUS_BLEND = 0.16  # share of the accent in the ground of the title of the focused pane


def build_styles(variables: Mapping[str, str]) -> dict[str, Style]:
    """Return the Rich style of every style name, and of whole rows: the cursor, a selected row and a pane's title.

    The cursor of a pane without the focus has no ground: there is one lit row on the screen, where keys act.
    """
    styles = {name: _build_style(variables, *definition) for name, definition in _STYLES.items()}
    background, secondary, panel = (_theme_color(variables, name) for name in ("background", "secondary", "panel"))
    # Colors of an ANSI theme are unknown to us, so they cannot be blended; reverse video works with all of them.
    is_blendable = background.ansi is None and secondary.ansi is None
    styles["cursor-unfocused"] = Style(bold=True)
    for level, share in enumerate(_HEAT_BLENDS):
        ground = background.blend(secondary, share) if is_blendable else None
        styles[f"heat-{level}"] = Style(bgcolor=ground.rich_color if ground else None, bold=level > 2)
    if is_blendable:
        green, accent = (_theme_color(variables, name) for name in ("success", "accent"))
        styles["cursor"] = Style(bgcolor=background.blend(secondary, _CURSOR_BLEND).rich_color, bold=True)
        styles["selected-row"] = Style(bgcolor=background.blend(green, _SELECTED_BLEND).rich_color)
        styles["title-row"] = Style(bgcolor=panel.rich_color)
        styles["title-row-focused"] = Style(bgcolor=background.blend(accent, _FOCUS_BLEND).rich_color)
        styles["heat-cursor"] = Style(color=background.rich_color, bgcolor=accent.rich_color, bold=True)
        styles["chip"] += Style(bgcolor=panel.rich_color)
    else:
        styles["cursor"] = Style(reverse=True, bold=True)
        styles["selected-row"] = Style(bold=True)
        styles["title-row"] = Style()
        styles["title-row-focused"] = Style(bold=True, underline=True)
        styles["heat-cursor"] = Style(reverse=True, bold=True)
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
