"""`gmetui serve`: open the explorer in a browser on this computer."""

from __future__ import annotations

import os
import re
import sys
import webbrowser
from importlib import metadata
from pathlib import Path

from ...errors import UsageError
from ...lean_typing import TYPE_CHECKING
from ..output import flush_output, print_line, print_status

if TYPE_CHECKING:
    from argparse import Namespace

_WEB_EXTRA = re.compile(r"extra == ['\"]web['\"]")


def serve_command(options: Namespace) -> int:
    """Run `gmetui serve` until it is interrupted. Raises `UsageError` without the extra or a free port."""
    try:
        from ...web.server import GuardedServer
    except ModuleNotFoundError as error:
        raise UsageError(f"gmetui: serve needs more packages ({error.name} is missing): {install_command()}") from error
    try:
        server = GuardedServer([sys.executable, "-m", "gmetui", *_explorer_options(options)], options.port)
    except (OSError, OverflowError) as error:
        message = f"gmetui: port {options.port} is in use or not allowed; --port 0 picks a free one"
        raise UsageError(message) from error
    print_line(server.link)
    flush_output()
    if options.open and open_in_browser(server.link):  # the socket is open, so that the browser waits for the server
        print_status("Opened your browser. The link works once. Ctrl+C stops.")
    else:
        reason = "No browser could be opened. " if options.open else ""
        print_status(f"{reason}Open this link in a browser on this computer. It works once. Ctrl+C stops.")
    server.run()
    return 0


def open_in_browser(link: str) -> bool:
    """Open a link in the user's browser, and tell whether that worked. A browser of the terminal is not opened."""
    try:
        browser = webbrowser.get()
        is_of_terminal = type(browser) is webbrowser.GenericBrowser and not os.environ.get("BROWSER")
        return not is_of_terminal and browser.open(link)
    except (webbrowser.Error, OSError):
        return False


def install_command() -> str:
    """Return the command that installs the packages of the extra “web” beside this gmetui, however it was installed."""
    try:
        requirements = metadata.requires("gmetui") or []
    except metadata.PackageNotFoundError:
        requirements = []
    packages = [text.partition(";")[0].strip() for text in requirements if _WEB_EXTRA.search(text)]
    quoted = " ".join(f'"{package}"' for package in packages) or '"gmetui[web]"'
    prefix = Path(sys.prefix)
    if (prefix / "pipx_metadata.json").exists():
        return f"pipx inject gmetui {quoted}"
    if (prefix / "uv-receipt.toml").exists():
        return f'uv pip install --python "{sys.executable}" {quoted}'
    return f'"{sys.executable}" -m pip install {quoted}'


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
