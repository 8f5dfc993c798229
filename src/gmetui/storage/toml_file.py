"""Reading a person's TOML file: absent is None, wrong is a `BrokenFileError` that names the line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..text import clean
from .storage_errors import BrokenFileError, FileError

_LARGEST = 64 * 1024 * 1024


def read_toml(path: Path) -> dict[str, Any] | None:
    """Return the tables of `path`, or None when there is no such file."""
    shown = clean(str(path))
    if not path.exists():
        return None
    import tomllib  # a new user has no files

    try:
        if path.stat().st_size > _LARGEST:
            raise BrokenFileError(f"{shown}: is larger than {_LARGEST // 1024 // 1024} MB; it was left as it is")
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileError(f"gmetui: cannot read {shown}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BrokenFileError(f"{shown}: is not UTF-8 text; it was left as it is") from error
    except tomllib.TOMLDecodeError as error:
        raise BrokenFileError(f"{shown}: is not valid TOML: {clean(str(error))}; it was left as it is") from error
    except RecursionError as error:
        raise BrokenFileError(f"{shown}: is nested too deeply; it was left as it is") from error
