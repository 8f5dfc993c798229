"""Opening web pages: in the user's browser, beside the application or in the terminal."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from threading import Thread
from typing import Any

from ..errors import GmetuiError
from .notifier import Notifier


def open_in_browser(url: str, notifier: Notifier, run_in_terminal: Callable[[Callable[[], Any]], Any]) -> None:
    """Open a web page and say so, or say that it can't be opened.

    A browser with windows is started in a thread, which may take seconds. One for text gets the terminal until the user
    leaves it.
    """
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        notifier.notify_error(f"No web browser was found on this machine. The address is {url}")
        return
    if _is_text_browser(browser):
        try:
            is_open = run_in_terminal(lambda: browser.open(url))
        except GmetuiError as error:
            notifier.notify_error(f"{error}. The address is {url}")
        else:
            _report(notifier, url, is_open=is_open)
    else:
        Thread(target=_open_window, args=(browser, url, notifier), daemon=True).start()
        notifier.notify_status(f"Opening {url}")


def _is_text_browser(browser: webbrowser.BaseBrowser) -> bool:
    """Tell whether a browser runs in the terminal, or at least keeps whoever starts it waiting."""
    is_generic = isinstance(browser, webbrowser.GenericBrowser)
    return is_generic and not isinstance(browser, webbrowser.BackgroundBrowser)


def _open_window(browser: webbrowser.BaseBrowser, url: str, notifier: Notifier) -> None:
    try:
        is_open = browser.open(url)
    except (webbrowser.Error, OSError):
        is_open = False
    if not is_open:
        notifier.call_later(_report, notifier, url, is_open=False)


def _report(notifier: Notifier, url: str, *, is_open: bool) -> None:
    if is_open:
        notifier.notify_status(f"Opened {url}")
    else:
        notifier.notify_error(f"The web browser could not be started. The address is {url}")
