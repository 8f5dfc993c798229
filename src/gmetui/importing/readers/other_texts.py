"""Tell texts that are no lists, such as scripts and SQL dumps, from lists; take the data out of a script of data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..identifiers import find_acgme_ids, find_match_codes

_MAX_LINE = 500
_MIN_CODE_LINES = 2
_MAX_ID_LINE = 20
#: What a script of data has before the data: `export default [...]`, `const programs = [...]`.
_DATA_ASSIGNMENT = re.compile(
    r"(?:\s{0,20}//[^\n]{0,500}\n){0,5}\s*(?:export\s+default|(?:export\s+)?(?:const|let|var)\s+[\w$]+(?:\s*:\s*[\w$<>\[\]]+)?\s*="
    r"|(?:module\.)?exports(?:\.[\w$]+)?\s*=|(?:window|self|globalThis)\.[\w$]+\s*=)\s*(?=[\[{])"
)
_SQL_LINE = re.compile(
    r"\s{0,20}(?:INSERT\s+INTO\s|CREATE\s+(?:TABLE|DATABASE)\s|DROP\s+TABLE\s|COPY\s+\S+\s*\(.*\)\s+FROM\s+stdin"
    r"|-- (?:MySQL|MariaDB|PostgreSQL|phpMyAdmin)\b|PRAGMA\s+\w+\s*=|SELECT\s.+\sFROM\s.+;)",
    re.IGNORECASE,
)
_CODE_LINE = re.compile(
    r"\s{0,40}(?:(?:from\s+[\w.]+\s+)?import\s+[\w.{}*'\", /@-]+;?$|(?:async\s+)?(?:def|class)\s+\w+.{0,200}:$"
    r"|(?:async\s+)?function\s*\w*\s*\(|(?:const|let|var)\s+\w+\s*=|#include\s*[<\"]|package\s+\w[\w.]*;?$|<\?php"
    r"|library\(\w+\)|\w+\s*<-\s*[\w.]+\(|return\b.{0,200};$|require\(|\}\s*;?$"
    r"|if\s*\(.{1,200}\)\s*\{|for\s*\(.{1,200}\)\s*\{|console\.log\()"
)


def data_of_script(lines: Sequence[str]) -> int:
    """Return the length of what stands before the data of a script in JavaScript, 0 for another text."""
    assignment = _DATA_ASSIGNMENT.match("".join(lines[:5])[:4096])
    return assignment.end() if assignment else 0


def reject_other_text(lines: Sequence[str]) -> None:
    """Raise `ValueError` for an SQL dump, a script or XML."""
    filled_lines = [line[:_MAX_LINE].rstrip() for line in lines if line.strip()]
    first_line = filled_lines[0].lstrip("\ufeff \t") if filled_lines else ""
    if first_line.startswith(("<?xml", "<svg", "<rss", "<feed")):
        raise ValueError("this is an XML file; save its table as Excel or CSV")
    if any(map(_SQL_LINE.match, filled_lines)):
        raise ValueError("this is an SQL dump; export the table as CSV")
    if sum(_CODE_LINE.match(line) is not None for line in filled_lines) >= _MIN_CODE_LINES:
        raise ValueError("this is a script; save its data as CSV or JSON")


def has_scattered_ids(lines: Sequence[str]) -> bool:
    """Return whether ids stand alone in lines, among twice as many lines of other kinds."""
    filled_lines = [line.strip() for line in lines if line.strip()]
    id_lines = sum(len(line) < _MAX_ID_LINE and _is_id(line) for line in filled_lines)
    return 0 < id_lines <= len(filled_lines) / 3


def _is_id(line: str) -> bool:
    return " " not in line and bool(find_acgme_ids(line) or find_match_codes(line))
