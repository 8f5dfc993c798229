"""`gmetui` without a command: open the explorer."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from ...errors import UsageError
from ...web.parent_watch import end_with_server
from ..clock import today
from ..output import print_status
from ..terminal import is_terminal

if TYPE_CHECKING:
    from argparse import Namespace

    from ...storage.review_store import ReviewStore
    from ...tui.app import GmetuiApp

_NOT_SAVED = 4  # as for a `FileError`
_CRASHED = 1  # Textual's return code after an unhandled exception


def explore_command(options: Namespace) -> int:
    """Run `gmetui` with options only."""
    if options.version:
        from .version import version_command

        return version_command(options)
    return open_explorer(
        options.data,
        bundled=not options.no_bundled,
        list_name=options.list if options.names_list else None,
        shared_list=(options.list_file, options.by) if options.list_file else None,
        query_text=options.query or "",
        color=not options.no_color,
    )


def open_explorer(
    data: Sequence[str] = (),
    *,
    bundled: bool = True,
    list_name: str | None = None,
    shared_list: tuple[str, str] | None = None,
    query_text: str = "",
    color: bool = True,
) -> int:
    """Open the explorer with the last open list, the list `list_name`, or `shared_list` (file and reviewer).

    Raises `UsageError` when there is no terminal that can show it.
    """
    _require_terminal()
    end_with_server()
    if not color:
        os.environ["NO_COLOR"] = "1"
    from ...loader import load_catalog, load_quickly, read_start_page
    from ...storage.paths import user_paths
    from ...tui.app import GmetuiApp
    from ...tui.preferences import Start, read_preferences

    warnings: list[str] = []
    start = Start(read_preferences(user_paths()), query_text or None, list_name, _review_store(shared_list))
    if start.is_at_first_screen:
        start = start._replace(page=read_start_page(data, bundled=bundled, today=today()))
    catalog = None if start.page else load_quickly(data, bundled=bundled, report=warnings.append)
    load = partial(load_catalog, data, bundled=bundled, report=warnings.append)
    app = GmetuiApp(catalog, user_paths(), start, load_catalog=load)
    app.catalog_warnings = warnings
    app.run(mouse=start.preferences.settings.mouse)
    if app.loader.error is not None:
        raise app.loader.error
    return _report_end(app)


def _report_end(app: GmetuiApp) -> int:
    """Print what the user must know once the explorer is closed: what is not saved, and what comes next."""
    for change in app.unsaved_changes:
        print_status(f"gmetui: not saved, since the disk did not answer: {change}")
    if app.return_code == _CRASHED:
        print_status("gmetui: crashed (details above). Your shortlist is unaffected.")
    if not app.return_code and (reminder := _reminder(app)):
        print_status(f"Next: {reminder}")
    return app.return_code or (_NOT_SAVED if app.unsaved_changes else 0)


def _reminder(app: GmetuiApp) -> str:
    """Return what comes next for the list that was open."""
    from ...documents.season_words import next_reminder

    return next_reminder(app.catalog, app.session.shortlist.entries, today())


def _review_store(shared_list: tuple[str, str] | None) -> ReviewStore | None:
    if shared_list is None:
        return None
    from ..context import open_shared_list

    return open_shared_list(*shared_list)


def _require_terminal() -> None:
    """Raise `UsageError` where the explorer cannot be shown."""
    is_in_browser = "TEXTUAL_DRIVER" in os.environ  # `gmetui serve` stands in for the terminal
    if not is_in_browser and not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        raise UsageError("gmetui: the explorer needs a terminal; `gmetui search` works without one")
    if not is_in_browser and os.environ.get("TERM", "") in ("", "dumb"):
        raise UsageError("gmetui: this terminal (TERM=dumb) cannot show the explorer; `gmetui search` works in any")
