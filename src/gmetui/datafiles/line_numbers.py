"""The line of a key in a TOML file, for error messages.

`tomllib` keeps no positions. A file is scanned for its headers once; keys and the elements of their lists are located
below the header by counting brackets outside quotes. That is exact for files written as `data/README.md` describes and
close for any other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict

_HEADER = re.compile(r"^\s*\[{1,2}\s*([A-Za-z0-9_.\"' -]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*=")
_INDEX = re.compile(r"\[(\d+)\]")
_SYMBOLS = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*|[\[\]{},]|[^\s\[\]{},"\'#]+')


class LineLocator:
    """The headers of one file, by name, with their line numbers (from 0)."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._lines_by_header: dict[str, list[int]] = defaultdict(list)
        self._header_lines: list[int] = []
        for number, line in enumerate(self._lines):
            match = _HEADER.match(line) if line.lstrip().startswith("[") else None
            if match is not None:
                name = match[1].replace('"', "").replace("'", "").replace(" ", "")
                self._lines_by_header[name].append(number)
                self._header_lines.append(number)

    def line_of(self, key_path: str) -> int:
        """Return the 1-based line of `key_path` ("program[3].requirements[0].topic"), or of the table around it."""
        steps = [(_INDEX.sub("", step), _index(step)) for step in key_path.split(".")]
        start, end, depth, header = 0, len(self._lines), 0, ""
        for name, index in steps:
            header = f"{header}.{name}" if header else name
            tables = self._tables_between(header, start, end)
            if index >= len(tables):
                break
            siblings = self._lines_by_header[header]
            next_sibling = bisect_right(siblings, tables[index])
            start, end = tables[index], min(end, siblings[next_sibling] if next_sibling < len(siblings) else end)
            depth += 1
        if depth == len(steps):
            return start + 1
        name, index = steps[depth]
        key_line = self._key_line(name, start + 1 if depth else 0, end)
        return start + 1 if key_line is None else self._element_line(key_line, index) + 1

    def _tables_between(self, header: str, start: int, end: int) -> list[int]:
        lines = self._lines_by_header.get(header, [])
        return lines[bisect_left(lines, start) : bisect_left(lines, end)]

    def _key_line(self, name: str, start: int, end: int) -> int | None:
        next_header = bisect_left(self._header_lines, start)
        last = min(end, self._header_lines[next_header] if next_header < len(self._header_lines) else end)
        for number in range(start, last):
            match = _KEY.match(self._lines[number])
            if match is not None and match[1] == name:
                return number
        return None

    def _element_line(self, key_line: int, index: int) -> int:
        """Return the line of element `index` of the list at a key, or the key's line when it has no such element."""
        depth, element, starts_element = 0, -1, False
        for number in range(key_line, len(self._lines)):
            line = self._lines[number]
            if number == key_line:
                line = line.partition("=")[2]
            for match in _SYMBOLS.finditer(line):
                symbol = match[0]
                if symbol[0] == "#":
                    continue
                if depth == 1 and starts_element and symbol not in "],":
                    element, starts_element = element + 1, False
                    if element == index:
                        return number
                if symbol in "[{":
                    depth += 1
                    starts_element = starts_element or depth == 1
                elif symbol in "]}":
                    depth -= 1
                    if depth <= 0:
                        return key_line
                elif symbol == "," and depth == 1:
                    starts_element = True
            if depth == 0:
                return key_line
        return key_line


def _index(step: str) -> int:
    match = _INDEX.search(step)
    return int(match[1]) if match else 0
