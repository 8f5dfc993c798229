"""Undo and redo of what concerns the open screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..session.undo import EDIT_KINDS

if TYPE_CHECKING:
    from .context import AppContext

#: What undo concerns on a screen, if not everything.
_KINDS_BY_SCREEN = {"shortlist": ("list",), "compare": ("marks", "list")}


def undo_or_redo(context: AppContext, *, is_undo: bool) -> None:
    """Undo the last edit that concerns the screen, or redo the one that was undone last, and say which."""
    context.query_controller.commit()
    session, kinds = context.session, _KINDS_BY_SCREEN.get(context.screen_name, EDIT_KINDS)
    edit = session.undo(*kinds) if is_undo else session.redo(*kinds)
    if edit is None:
        context.notify_status("Nothing to undo." if is_undo else "Nothing to redo.")
        return
    if edit.kind == "query":
        from ..search import Query

        context.query_controller.show(Query.parse(edit.before if is_undo else edit.after))
    context.notify_status(f"{'Undone' if is_undo else 'Redone'}: {edit.description}")
