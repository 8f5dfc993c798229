"""Where a key stands in a TOML file, so that a complaint can name the line.

`tomllib` keeps no positions. The n-th table of a name and a key in it are found by reading headers and keys from
the text, which is exact for files written the way `data/README.md` describes and close for any other.
"""

from __future__ import annotations

import re

_HEADER = re.compile(r"^\s*\[{1,2}\s*([A-Za-z0-9_.\"' -]+?)\s*\]{1,2}\s*(?:#.*)?$")
_MARK = re.compile(r"\[(\d+)\]")


def line_of(text: str, path: str) -> int:
    """Return the 1-based line of `path` ("program[3].requirements[0].topic") in `text`, or of its nearest table."""
    steps = [(_MARK.sub("", step), _index(step)) for step in path.split(".")]
    lines = text.split("\n")
    start, depth = 0, 0
    prefix = ""
    for name, index in steps:
        prefix = f"{prefix}.{name}" if prefix else name
        found = _header(lines, prefix, start, index)
        if found is None:
            break
        start, depth = found, depth + 1
    for name, index in steps[depth : depth + 1]:
        key = _key(lines, name, start + (1 if depth else 0))
        if key is not None:
            return key + 1 + _offset(lines, key, index)
    return start + 1


def _index(step: str) -> int:
    found = _MARK.search(step)
    return int(found[1]) if found else 0


def _header(lines: list[str], name: str, start: int, index: int) -> int | None:
    seen = -1
    top = name.split(".")[0]
    for number in range(start, len(lines)):
        match = _HEADER.match(lines[number])
        if match is None:
            continue
        here = match[1].replace('"', "").replace("'", "").replace(" ", "")
        if here == name:
            seen += 1
            if seen == index:
                return number
        elif here == top and number > start and "." in name:
            return None  # the parent's next sibling begins: this parent has no such table
    return None


def _key(lines: list[str], name: str, start: int) -> int | None:
    pattern = re.compile(rf"^\s*[\"']?{re.escape(name)}[\"']?\s*=")
    for number in range(start, len(lines)):
        if number > start and _HEADER.match(lines[number]):
            return None
        if pattern.match(lines[number]):
            return number
    return None


def _offset(lines: list[str], key: int, index: int) -> int:
    """Lines from `name = [` to its n-th element, when each element has a line of its own."""
    opened = lines[key].rstrip().endswith("[")
    return index + 1 if opened and key + index + 1 < len(lines) else 0
