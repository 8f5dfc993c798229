"""The format of a file of comments: the reviewer, and a text by program. Unknown keys are kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from ..shortlist.merge import join_texts
from ..shortlist.toml_form import format_toml
from ..text import sanitize
from .regular_file import damaged

_FORMAT_VERSION = 1
_LIST_KEYS = ("format", "reader", "program")
_COMMENT_KEYS = ("id", "name", "remark")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Comment(NamedTuple):
    """A comment on one program, with the name of the program for people. `extra` holds unknown keys."""

    program_name: str
    text: str = ""
    extra: Mapping[str, Any] = _NOTHING


class CommentsFile(NamedTuple):
    """The comments of one reviewer, by program id. `extra` holds unknown keys."""

    reviewer: str = ""
    comments: Mapping[str, Comment] = MappingProxyType({})
    extra: Mapping[str, Any] = _NOTHING


def parse_comments(tables: Mapping[str, Any], comments_path: Path) -> CommentsFile:
    """Return the content of a file of comments. Raises `DamagedFileError` that names what is wrong."""
    version = tables.get("format", _FORMAT_VERSION)
    if not isinstance(version, int) or version > _FORMAT_VERSION:
        raise damaged(comments_path, f"was written by a newer version of gmetui (format {sanitize(str(version))})")
    program_tables = tables.get("program", [])
    if not isinstance(program_tables, list):
        raise damaged(comments_path, "program: must be [[program]] tables")
    comments: dict[str, Comment] = {}
    for index, program_table in enumerate(program_tables):
        program_id, text = (
            program_table.get(key) if isinstance(program_table, dict) else None for key in ("id", "remark")
        )
        if not isinstance(program_id, str) or not isinstance(text, str):
            raise damaged(comments_path, f"program[{index}]: must have an id and a remark")
        program_id, text = sanitize(program_id), sanitize(text, keep_newlines=True)
        extra = {key: value for key, value in program_table.items() if key not in _COMMENT_KEYS}
        former = comments.get(program_id, Comment(sanitize(str(program_table.get("name", "")))))
        comments[program_id] = Comment(former.program_name, join_texts(former.text, text), {**former.extra, **extra})
    extra = {key: value for key, value in tables.items() if key not in _LIST_KEYS}
    return CommentsFile(sanitize(str(tables.get("reader", ""))).strip(), comments, extra)


def format_comments(comments: CommentsFile) -> str:
    """Return a file of comments as TOML."""
    head = {"format": _FORMAT_VERSION, "reader": comments.reviewer, **comments.extra}
    program_tables = (
        {"id": program_id, "name": comment.program_name, "remark": comment.text, **comment.extra}
        for program_id, comment in comments.comments.items()
    )
    return format_toml(head, program_tables)
