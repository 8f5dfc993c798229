"""Parse JSON and TOML of foreign files, which must be read whole."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from json import JSONDecodeError
from typing import Any, BinaryIO

from ...datafiles.toml_limits import excess_in_toml
from .encodings import read_text
from .records import parse_json

_MEGABYTE = 1024 * 1024
_MAX_DOCUMENT_BYTES = 512 * _MEGABYTE


def parse_json_file(file: BinaryIO) -> Any:
    """Return what a JSON file holds; None when it is TOML, which can start with a bracket too."""
    _check_size(file)
    try:
        return parse_json(read_text(file).removeprefix("\ufeff"))
    except JSONDecodeError as error:
        if parse_toml_file(file) is not None:
            return None
        raise ValueError(f"invalid JSON: {error.msg} in line {error.lineno:,}") from error


def parse_script_data(file: BinaryIO, start: int) -> Any:
    """Return the JSON that begins at `start` in a script. Raises `ValueError` when it is not JSON."""
    _check_size(file)
    text = read_text(file).removeprefix("\ufeff")[start:]
    try:
        return json.JSONDecoder(parse_constant=lambda word: None).raw_decode(text)[0]
    except (ValueError, RecursionError) as error:
        raise ValueError("this is a script, and its data is not JSON; save the data as JSON or CSV") from error


def parse_toml_file(file: BinaryIO) -> Mapping[str, Any] | None:
    """Return the tables of a TOML file, or None when it is not TOML or has no tables."""
    _check_size(file)
    text = read_text(file).removeprefix("\ufeff")
    if excess := excess_in_toml(text):
        raise ValueError(f"it has {excess}")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except ValueError as error:  # int() limits its digits
        raise ValueError("it has a number with too many digits") from error
    return tables if any(isinstance(table, list | dict) for table in tables.values()) else None


def _check_size(file: BinaryIO) -> None:
    if file.seek(0, 2) > _MAX_DOCUMENT_BYTES:
        raise ValueError(f"JSON and TOML can have {_MAX_DOCUMENT_BYTES // _MEGABYTE} MB; save it as CSV")
