"""The dialogs that open from everywhere: kept queries, dates, lists, colours, help, and the one that finds anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from .session import PersonalApp

if TYPE_CHECKING:
    from .app import GmetuiApp


class DialogApp(PersonalApp):
    """Opens a dialog over whatever place is open, unless one is open already."""

    room = "explore"  # the place that is open

    @property
    def whole(self) -> GmetuiApp:
        """The application, for dialogs that need all of it."""
        return cast("GmetuiApp", self)

    def action_kept_queries(self) -> None:
        """Choose one of the queries that are kept."""
        from .dialogs.pickers import pick_query

        if not self.screen.is_modal:
            pick_query(self.whole)

    def action_season(self) -> None:
        """Show the dates of the list, what comes next first."""
        from .dialogs.shortlist_fields import show_season

        if not self.screen.is_modal:
            show_season(self.whole)

    def action_lists(self) -> None:
        """Open another list, or begin one."""
        from .dialogs.shortlist_fields import pick_list

        if not self.screen.is_modal:
            pick_list(self.whole)

    def action_brought(self) -> None:
        """Bring in a list of programs, or change one that was."""
        from .dialogs.imported_lists_dialog import pick_import

        if not self.screen.is_modal:
            pick_import(self.whole)

    def action_help(self) -> None:
        """Show what works in the pane in use, and everything else."""
        from .dialogs.help_dialog import HelpScreen

        if not self.screen.is_modal:
            pane = self.screen.focused.id if self.screen.focused else None
            self.push_screen(HelpScreen(self.catalog, self.key_map, self.room, pane or ""))

    def action_find_anything(self) -> None:
        """Find an action, a program, an institution, a specialty or a filter by typing."""
        from .dialogs.command_palette import find_anything

        if not self.screen.is_modal:
            find_anything(self.whole)

    def action_change_theme(self) -> None:
        """Choose other colours."""
        from .dialogs.pickers import pick_theme

        if not self.screen.is_modal:
            pick_theme(self.whole)
