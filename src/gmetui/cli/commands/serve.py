"""`gmetui serve`: open the explorer in a browser on this computer."""

from __future__ import annotations

import sys
from argparse import Namespace

from ...errors import UsageError
from ..output import flush_output, print_line, print_status

_MAX_PORT = 65535


def serve_command(options: Namespace) -> int:
    """Run `gmetui serve` until it is interrupted. Raises `UsageError` without the extra or a free port."""
    try:
        from ...web.server import GuardedServer
    except ModuleNotFoundError as error:
        raise UsageError("gmetui: serve needs extra packages: pip install 'gmetui[web]'") from error
    try:
        if not 0 <= options.port <= _MAX_PORT:
            raise OverflowError
        server = GuardedServer([sys.executable, "-m", "gmetui", *_explorer_options(options)], options.port)
    except (OSError, OverflowError) as error:
        message = f"gmetui: port {options.port} is in use or not allowed; --port 0 picks a free one"
        raise UsageError(message) from error
    print_line(server.link)
    flush_output()
    print_status("Open this link in a browser on this computer. It works once. Ctrl+C stops.")
    server.run()
    return 0


def _explorer_options(options: Namespace) -> list[str]:
    """Return the options to open the explorer with."""
    explorer_options = [argument for directory in options.data for argument in ("--data", directory)]
    if options.no_bundled:
        explorer_options.append("--no-bundled")
    if options.no_color:
        explorer_options.append("--no-color")
    if options.list != "default":
        explorer_options += ["--list", options.list]
    return explorer_options
