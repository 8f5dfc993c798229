"""Items of a list in one text, such as tags, where an item may contain the comma that separates them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_NEEDS_QUOTES = r'[,;\n"]|^\s|\s$'
_QUOTED_ITEM = r'[ \t]{0,3}"((?:[^"]|"")*+)"[ \t]{0,3}(?:[,;\n]|$)'
_PLAIN_ITEM = r"([^,;\n]*)(?:[,;\n]|$)"


def join_items(items: Iterable[str]) -> str:
    """Return items with commas between them; an item with a comma or the like is in quotation marks."""
    return ", ".join(map(quoted_item, items))


def quoted_item(item: str) -> str:
    """Return an item, in quotation marks if it contains what separates items."""
    return '"' + item.replace('"', '""') + '"' if re.search(_NEEDS_QUOTES, item) else item


def split_items(text: str) -> list[str]:
    """Return the items of a text that `join_items` made or that a person wrote; commas and the like separate them."""
    return list(filter(None, _items(text)))


def _items(text: str) -> Iterator[str]:
    position = 0
    while position < len(text):
        quoted = re.compile(_QUOTED_ITEM).match(text, position)
        plain = re.compile(_PLAIN_ITEM).match(text, position)
        match = quoted or plain
        if match is None:
            return
        yield match[1].replace('""', '"') if quoted else match[1].strip()
        position = match.end()
