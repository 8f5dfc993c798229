"""The hint that new users see until they read or save a program."""

from __future__ import annotations

from textual.widgets import Static

from ..safe_text import constant_markup

_TEXT = """\
   Type what you're looking for: [b $accent]cards tufts[/], [b $accent]em boston[/], [b $accent]h1b psychiatry[/]
   [$accent]Enter[/] goes to the list, again reads a program; [$accent]Esc[/] goes back; [$accent]f[/] filters
   [$accent]s[/] saves a program to your shortlist; [$accent]e[/] exports it; [$accent]F1[/] shows help"""


class WelcomeHint(Static):
    """How to start."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(constant_markup(_TEXT), id=id)
