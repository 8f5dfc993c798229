"""What the browser shows in place of the explorer: whose link was used, whose address is wrong, what is gone."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import jinja2

_TEMPLATE = Path(__file__).with_name("message.html")


class Message(NamedTuple):
    """A page with one thing to say: what happened, what to do, and a link if there is one to follow."""

    status: int
    title: str
    advice: str
    link: str = ""
    link_text: str = ""


_NEW_LINK = "Press Ctrl+C in the terminal where gmetui serve runs, and start it again for a new link."
NO_LINK = Message(
    403,
    "Open the link that gmetui printed",
    "The explorer opens only with the link in the terminal where gmetui serve runs. It works once, so that nobody else "
    "on this computer can use your explorer.",
)
USED_LINK = Message(
    403,
    "This link was already used",
    f"It works once. If your explorer is open in another tab, go on there. {_NEW_LINK}",
)
WRONG_HOST = Message(
    403, "This is not the explorer’s address", "gmetui serve answers only to the address in the link that it printed."
)
WRONG_ORIGIN = Message(403, "Another page asked for the explorer", "gmetui serve answers only to its own pages.")
PREVIEW = Message(200, "gmetui", "Open this link in a browser tab.")
NO_DOWNLOAD = Message(
    403, "This download is gone", "A download works once. Go back to the explorer and export the list again."
)
NO_PAGE = Message(404, "There is no such page", "Go back to the tab with your explorer.")
TOO_MANY_SESSIONS = Message(
    503, "Too many explorers are open", "Close one of the tabs with an explorer, then reload this page."
)


def message_page(message: Message) -> str:
    """Return the page of a message."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return environment.from_string(_TEMPLATE.read_text(encoding="utf-8")).render(message=message)
