"""`gmetui` without a command: the explorer, where there is a terminal for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial

from ..cli_errors import UsageError

_CRASHED = 1  # what Textual returns after an exception of ours


def explore(
    data: Sequence[str] = (),
    *,
    bundled: bool = True,
    list_name: str | None = None,
    handed: tuple[str, str] | None = None,
    line: str = "",
    colour: bool = True,
) -> int:
    """Open the explorer, with the list that was open last, or `list_name`, or the file (and reader) in `handed`.

    Raises `UsageError` without a terminal that can show it.
    """
    _check_terminal()
    from ...loader import is_ready, load

    troubles: list[str] = []
    read = partial(load, data, bundled=bundled, complain=troubles.append)
    catalog = read() if is_ready(data, bundled=bundled) else None
    if not colour:
        os.environ["NO_COLOR"] = "1"
    from ...storage.paths import user_paths
    from ...tui.app import GmetuiApp

    store = None
    if handed:
        from ..context import handed_list

        store = handed_list(*handed)
    app = GmetuiApp(catalog, user_paths(), list_name=list_name, line=line or None, read=read, handed=store)
    app.troubles = troubles
    app.run(mouse=app.settings.mouse)
    if app.failure is not None:
        raise app.failure
    if app.return_code == _CRASHED:
        print("gmetui: stopped by a mistake of its own (above); your list is as you left it.", file=sys.stderr)
    return app.return_code or 0


def _check_terminal() -> None:
    """Raise `UsageError` where the explorer cannot be shown."""
    driven = "TEXTUAL_DRIVER" in os.environ  # a browser stands in for the terminal
    if not driven and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("gmetui: the explorer needs a terminal; `gmetui search` works without one")
    if not driven and os.environ.get("TERM", "") in ("", "dumb"):
        raise UsageError("gmetui: the terminal says it is dumb; `gmetui search` works in any")
