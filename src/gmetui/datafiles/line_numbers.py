"""Where a key stands in a TOML file, so that a complaint can name the line.

`tomllib` keeps no positions. A file is read for its headers once; keys and the elements of their lists are found below
the header by counting brackets outside of quotes. That is exact for files written the way `data/README.md` describes
and close for any other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict

_HEADER = re.compile(r"^\s*\[{1,2}\s*([A-Za-z0-9_.\"' -]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*=")
_MARK = re.compile(r"\[(\d+)\]")
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*|[\[\]{},]|[^\s\[\]{},"\'#]+')


class Locator:
    """The headers of one file, by name, with the lines they stand on."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._headers: dict[str, list[int]] = defaultdict(list)
        self._all: list[int] = []
        for number, line in enumerate(self._lines):
            match = _HEADER.match(line) if line.lstrip().startswith("[") else None
            if match is not None:
                name = match[1].replace('"', "").replace("'", "").replace(" ", "")
                self._headers[name].append(number)
                self._all.append(number)

    def line_of(self, path: str) -> int:
        """Return the 1-based line of `path` ("program[3].requirements[0].topic"), or of its nearest table."""
        steps = [(_MARK.sub("", step), _index(step)) for step in path.split(".")]
        start, end, depth, prefix = 0, len(self._lines), 0, ""
        for name, index in steps:
            prefix = f"{prefix}.{name}" if prefix else name
            inside = self._between(prefix, start, end)
            if index >= len(inside):
                break
            siblings = self._headers[prefix]
            after = bisect_right(siblings, inside[index])
            start, end = inside[index], min(end, siblings[after] if after < len(siblings) else end)
            depth += 1
        if depth == len(steps):
            return start + 1
        name, index = steps[depth]
        key = self._key(name, start + 1 if depth else 0, end)
        return start + 1 if key is None else self._element(key, index) + 1

    def _between(self, name: str, start: int, end: int) -> list[int]:
        known = self._headers.get(name, [])
        return known[bisect_left(known, start) : bisect_left(known, end)]

    def _key(self, name: str, start: int, end: int) -> int | None:
        following = bisect_left(self._all, start)
        last = min(end, self._all[following] if following < len(self._all) else end)
        for number in range(start, last):
            match = _KEY.match(self._lines[number])
            if match is not None and match[1] == name:
                return number
        return None

    def _element(self, key: int, index: int) -> int:
        """Return the line on which the list at `key` has its element number `index`."""
        depth, seen, fresh = 0, -1, False
        for number in range(key, len(self._lines)):
            line = self._lines[number]
            if number == key:
                line = line.partition("=")[2]
            for token in _TOKENS.finditer(line):
                mark = token[0]
                if mark[0] == "#":
                    continue
                if depth == 1 and fresh and mark not in "],":
                    seen, fresh = seen + 1, False
                    if seen == index:
                        return number
                if mark in "[{":
                    depth += 1
                    fresh = fresh or depth == 1
                elif mark in "]}":
                    depth -= 1
                    if depth <= 0:
                        return key
                elif mark == "," and depth == 1:
                    fresh = True
            if depth == 0:
                return key
        return key


def _index(step: str) -> int:
    found = _MARK.search(step)
    return int(found[1]) if found else 0
