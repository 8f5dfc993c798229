"""The dialog that chooses the color theme."""

from __future__ import annotations

from ..context import AppContext
from ..widgets.option_list import ListOption
from .option_dialog import OptionDialog


def choose_theme(context: AppContext) -> None:
    """Choose a theme; each is shown at once."""
    in_order = sorted(
        context.available_themes.values(), key=lambda theme: (not theme.name.startswith("gmetui"), theme.name)
    )

    def load_options() -> list[ListOption]:
        return [
            ListOption(
                theme.name,
                theme.name,
                "dark" if theme.dark else "light",
                "✓" if theme.name == context.theme else "·",
            )
            for theme in in_order
        ]

    def apply(option: ListOption) -> None:
        context.theme = option.key

    context.open_dialog(OptionDialog("Themes", "enter applies · esc closes", load_options, apply, keep_open=True))
