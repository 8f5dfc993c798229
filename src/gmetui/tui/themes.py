"""The two themes of gmetui. What each color means is in `rendering/styles.py`."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="gmetui-dark",
    primary="#5fb3c4",
    secondary="#3d7f8f",
    accent="#e3b567",
    warning="#e39c67",
    error="#e06c75",
    success="#8fbf7f",
    foreground="#d5dbe3",
    background="#12161c",
    surface="#171c24",
    panel="#222a35",
    dark=True,
    variables={"input-selection-background": "#3d7f8f 45%", "quiet": "#8391a5"},
)
LIGHT = Theme(
    name="gmetui-light",
    primary="#0f6b80",
    secondary="#5b93a0",
    accent="#9a5b00",
    warning="#a34a00",
    error="#b3261e",
    success="#3c7a2e",
    foreground="#1e252d",
    background="#fbfaf7",
    surface="#f4f2ed",
    panel="#e6e3dc",
    dark=False,
    variables={"input-selection-background": "#0f6b80 25%", "quiet": "#5d6875"},
)
THEMES = (DARK, LIGHT)
