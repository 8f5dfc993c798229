"""`gmetui serve`: the explorer in a browser on this machine."""

from __future__ import annotations

import sys
from argparse import Namespace

from ..cli_errors import UsageError


def serve_command(options: Namespace) -> int:
    """Run `gmetui serve` until it is interrupted. Raises `UsageError` without the extra or a free port."""
    try:
        from ...web.server import GuardedServer
    except ModuleNotFoundError as error:
        raise UsageError("gmetui: serve needs an extra: pip install 'gmetui[web]'") from error
    try:
        server = GuardedServer([sys.executable, "-m", "gmetui", *_explorer_options(options)], options.port)
    except (OSError, OverflowError) as error:
        words = "is taken or not allowed; --port 0 takes any that is free"
        raise UsageError(f"gmetui: port {options.port} {words}") from error
    print(server.link, flush=True)
    print("Open this link in a browser on this machine; it works once. ctrl+c ends.", file=sys.stderr, flush=True)
    server.run()
    return 0


def _explorer_options(options: Namespace) -> list[str]:
    """The options that the explorer is opened with."""
    found = [part for place in options.data for part in ("--data", place)]
    found += ["--no-bundled"] * options.no_bundled + ["--no-color"] * options.no_color
    return [*found, *(["--list", options.list] if options.list != "default" else [])]
