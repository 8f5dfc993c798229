"""JSON as `json.dumps` formats it with an indentation, in a fifth of the time: Python encodes that without C."""

from __future__ import annotations

import json
from json.encoder import encode_basestring

from ..lean_typing import Any

_INDENT = "  "


class _Labels(dict[object, str]):
    """What precedes the value of each key of an object: a line break, the key, and a colon."""

    def __init__(self, line_break: str) -> None:
        self._line_break = line_break

    def __missing__(self, key: object) -> str:
        if not isinstance(key, str):  # not kept: 1 and True are equal, and have other labels
            return f"{self._line_break}{json.dumps({key: 0})[1:-4]}: "
        label = self[key] = f"{self._line_break}{encode_basestring(key)}: "
        return label


#: Records have the same keys; their labels by what precedes each line.
_labels: dict[str, _Labels] = {}


def json_text(value: Any, line_break: str = "\n") -> str:
    """Return a value as JSON in which every item of a list or object has a line; `line_break` is what precedes it."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return encode_basestring(value)
    if type(value) is int:
        return str(value)
    if isinstance(value, dict) and value:
        inner = line_break + _INDENT
        labels = _labels.get(inner) or _labels.setdefault(inner, _Labels(inner))
        parts = [
            labels[key] + (encode_basestring(item) if type(item) is str else json_text(item, inner))
            for key, item in value.items()
        ]
        return f"{{{','.join(parts)}{line_break}}}"
    if isinstance(value, (list, tuple)) and value:
        inner = line_break + _INDENT
        return f"[{','.join([inner + json_text(item, inner) for item in value])}{line_break}]"
    return json.dumps(value)
