"""The dialog that chooses the color theme."""

from __future__ import annotations

from textual.theme import Theme

from ..context import AppContext
from ..widgets.option_list import ListOption
from .option_dialog import OptionDialog


def choose_theme(context: AppContext) -> None:
    """Choose a theme. The screen shows each one while the cursor is on it; esc goes back to the one before."""
    before = context.theme
    themes = sorted(context.available_themes.values(), key=_theme_order)
    options = [_option_of(theme, is_current=theme.name == before) for theme in themes]

    def preview(option: ListOption) -> None:
        context.theme = option.key

    def save(option: ListOption) -> None:
        context.theme = option.key
        context.session.set_setting("theme", option.key)

    def restore() -> None:
        context.theme = before

    context.open_dialog(
        OptionDialog(
            "Color theme",
            "enter selects · esc cancels",
            lambda: options,
            save,
            on_highlight=preview,
            on_cancel=restore,
            start_key=before,
        )
    )


def _theme_order(theme: Theme) -> tuple[bool, bool, str]:
    """Sort gmetui's own themes first, then those with the colors of the terminal."""
    return not theme.name.startswith("gmetui"), not theme.ansi, theme.name


def _option_of(theme: Theme, *, is_current: bool) -> ListOption:
    shade = "dark" if theme.dark else "light"
    label = f"Colors of your terminal, {shade}" if theme.ansi else theme.name.replace("-", " ").capitalize()
    if theme.name.startswith("gmetui"):
        label = theme.name.replace("-", " ")
    return ListOption(theme.name, label, shade, "✓" if is_current else "·", (theme.name, f"{shade} mode"))
