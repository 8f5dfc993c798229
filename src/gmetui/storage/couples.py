"""The file of a couple: who the partner is, and what the couple chose for the rows of both lists.

Each list of the user has one at most, `couples/LIST.toml`. The partner's list is read from where it is and never
written. A row is stored by the ids of its programs, so that it stays where it is when ranks change.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from ..errors import DamagedFileError, FileError
from ..planning.couple_lists import PARTNERS
from ..planning.couples import CoupleChoices, OrderRule, RowKey
from ..shortlist.entries import Shortlist
from ..shortlist.toml_form import format_toml
from ..text import sanitize
from .atomic import write_atomic
from .regular_file import damaged
from .shortlist_file import parse_list
from .toml_file import read_toml

if TYPE_CHECKING:
    from .paths import Paths

_FORMAT_VERSION = 1
_KEYS = ("format", "with", "with_list", "order", "miles", "no_match", "advanced", "rows", "removed")
_SEPARATOR, _NO_MATCH, _TRACK_MARK = " + ", "no match", "|"
_FIRST_LIST = "default"  # is there before it has a file
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class PartnerSource(NamedTuple):
    """Where the partner's list is: in a file, or among the user's own lists."""

    file: str = ""
    list_name: str = ""

    @property
    def label(self) -> str:
        """The name of the file or of the list."""
        return Path(self.file).name if self.file else self.list_name


class CoupleFile(NamedTuple):
    """The content of the file. `extra` holds keys that this version doesn't know."""

    partner: PartnerSource = PartnerSource()
    choices: CoupleChoices = CoupleChoices()
    extra: Mapping[str, Any] = _NOTHING


def read_couple(couple_path: Path) -> CoupleFile:
    """Return what a couple chose; nothing where there is no file. Raises `DamagedFileError` and `FileError`."""
    tables = read_toml(couple_path)
    if tables is None:
        return CoupleFile()
    version = tables.get("format", _FORMAT_VERSION)
    if not isinstance(version, int) or version > _FORMAT_VERSION:
        raise damaged(couple_path, f"was written by a newer version of gmetui (format {sanitize(str(version))})")
    rule, miles = tables.get("order", "sum"), tables.get("miles")
    no_match = tables.get("no_match", [])
    if rule not in get_args(OrderRule):
        raise damaged(couple_path, f"order: must be {', '.join(get_args(OrderRule))}")
    if miles is not None and (isinstance(miles, bool) or not isinstance(miles, int) or miles < 0):
        raise damaged(couple_path, "miles: must be a number of miles")
    if not isinstance(no_match, list) or any(partner not in PARTNERS for partner in no_match):
        raise damaged(couple_path, f"no_match: must be a list of {' and '.join(PARTNERS)}")
    choices = CoupleChoices(
        rule,
        miles,
        tuple(dict.fromkeys(no_match)),
        _read_rows(tables, "rows", couple_path),
        _read_rows(tables, "removed", couple_path),
        allows_advanced=tables.get("advanced") is True,
    )
    partner = PartnerSource(*(sanitize(str(tables.get(row_key, ""))) for row_key in ("with", "with_list")))
    return CoupleFile(partner, choices, {row_key: value for row_key, value in tables.items() if row_key not in _KEYS})


def _read_rows(tables: Mapping[str, Any], row_key: str, couple_path: Path) -> tuple[RowKey, ...]:
    rows = tables.get(row_key, [])
    if not isinstance(rows, list) or not all(isinstance(row_text, str) and _SEPARATOR in row_text for row_text in rows):
        raise damaged(couple_path, f"{row_key}: must be a list of rows such as “your-program + their-program”")
    return tuple(dict.fromkeys(_row_key(sanitize(row_text)) for row_text in rows))


def _row_key(row_text: str) -> RowKey:
    mine, _, theirs = row_text.partition(_SEPARATOR)
    return _program_id(mine), _program_id(theirs)


def _program_id(text: str) -> str:
    program_id = text.partition(_TRACK_MARK)[0].strip()
    return "" if program_id == _NO_MATCH else program_id


def write_couple(couple_path: Path, couple: CoupleFile) -> None:
    """Write what a couple chose. Raises `FileError`."""
    choices = couple.choices
    stated: dict[str, Any] = {
        "with": couple.partner.file,
        "with_list": couple.partner.list_name,
        "order": choices.rule,
        "miles": choices.miles,
        "no_match": list(choices.no_match),
        "advanced": choices.allows_advanced,
        "rows": [_row_text(row_key) for row_key in choices.order],
        "removed": [_row_text(row_key) for row_key in choices.removed],
    }
    head = {row_key: value for row_key, value in stated.items() if value or (row_key == "miles" and value == 0)}
    write_atomic(couple_path, format_toml({"format": _FORMAT_VERSION, **head, **couple.extra}, ()))


def _row_text(row_key: RowKey) -> str:
    return _SEPARATOR.join(program_id or _NO_MATCH for program_id in row_key)


def read_partner_list(paths: Paths, partner: PartnerSource) -> Shortlist:
    """Return the partner's list. Raises `FileError` if there is none, and `DamagedFileError` if it is no list."""
    couple_path = Path(partner.file).expanduser() if partner.file else paths.shortlist(partner.list_name)
    shown_path = sanitize(str(couple_path))
    tables = read_toml(couple_path)
    if tables is None and partner == PartnerSource(list_name=_FIRST_LIST):
        return Shortlist(_FIRST_LIST)
    if tables is None:
        raise FileError(f"gmetui: cannot read {shown_path}: no such file")
    if "program" not in tables:
        raise DamagedFileError(f"{shown_path}: is not a shortlist; `gmetui export --format toml` writes one")
    return parse_list(tables, sanitize(couple_path.stem), couple_path)
