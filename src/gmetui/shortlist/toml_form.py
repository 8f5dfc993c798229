"""The TOML layout of a shortlist: keys of the whole list first, then one `[[program]]` table for each program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_TABLE_HEADER = re.compile(r"^(\[+)", re.MULTILINE)


def format_toml(list_table: Mapping[str, Any], programs: Iterable[Mapping[str, Any]]) -> str:
    """Return `head` and `programs` as TOML, with nested tables under headers of their own for readability."""
    import tomli_w  # only writing needs it

    parts = [tomli_w.dumps(list_table)]
    for program in programs:
        # Strings are written without line breaks, so every line that starts with a bracket is a table header.
        table = _TABLE_HEADER.sub(r"\1program.", tomli_w.dumps(program))
        parts.append(f"[[program]]\n{table}")
    return "\n".join(parts)
