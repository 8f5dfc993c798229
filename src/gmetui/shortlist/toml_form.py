"""A list of programs as TOML that a person likes to read: a head, then a `[[program]]` table for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_HEADER = re.compile(r"^(\[+)", re.MULTILINE)


def list_toml(head: Mapping[str, Any], programs: Iterable[Mapping[str, Any]]) -> str:
    """Return `head` and `programs` as TOML. Small tables stand below headers too, not in one line."""
    import tomli_w  # only writing needs it

    parts = [tomli_w.dumps(head)]
    for program in programs:
        table = tomli_w.dumps(program)  # its strings have no line breaks, so headers alone begin with a bracket
        below = _HEADER.sub(r"\1program.", table)
        parts.append(f"[[program]]\n{below}")
    return "\n".join(parts)
