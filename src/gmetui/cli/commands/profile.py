"""`gmetui profile` and its actions: show, set, unset, add, check, path."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from ...errors import DataError, Problem, UnknownIdError, UsageError
from ...planning.fit_table import judge_all
from ...planning.profile_checks import unknown_ids
from ...planning.profile_edits import NAME_KEYS, edited_entry, edited_value, profile_key
from ...storage.paths import user_paths
from ...storage.profile_files import profile_names, profile_path
from ...storage.profiles import StoredProfile, add_entry, is_readable_by_others, key_line, remove_entry, set_value
from ...text import sanitize
from .. import clock
from ..context import read_catalog
from ..document_output import print_document
from ..output import print_line, print_status, write_json
from ..profile_options import open_profile, profile_name

if TYPE_CHECKING:
    from argparse import Namespace

    from ...catalog.catalog import Catalog

_Computed = TypeVar("_Computed")


def profile_command(options: Namespace) -> int:
    """Run `gmetui profile`."""
    catalog, stored = read_catalog(options), open_profile(options)
    missing = judge_all(catalog, stored.profile, clock.today()).missing_answers()
    if options.format == "json":
        from ...reports.fits_json import profile_json

        write_json(profile_json(stored.name, str(stored.path), stored.exists, stored.profile, missing))
        return 0
    from ...documents.profile_document import profile_document

    document = profile_document(catalog, stored.profile, stored.name, missing, notices=_notices(stored))
    print_document(document, catalog, options.format)
    return 0


def _notices(stored: StoredProfile) -> list[str]:
    """Return where the profile is, who can read it, and which others there are."""
    where = f"File: {sanitize(str(stored.path))}"
    notices = [where if stored.exists else f"{where} (does not exist yet)"]
    if stored.exists and is_readable_by_others(stored.path):
        notices.append("Other users of this computer can read it; the next change makes it yours alone.")
    if not stored.profile.training:
        notices.append("Add training: `gmetui profile add training internal-medicine first=2025-07 last=2028-06`.")
    others = [name for name in profile_names(user_paths()) if name != stored.name]
    if others:
        notices.append(f"Other profiles: {', '.join(others)}.")
    return notices


def set_command(options: Namespace) -> int:
    """Run `gmetui profile set`."""
    key = _checked(lambda: profile_key(options.profile_key))
    value = _checked(lambda: edited_value(key, options.values))
    stored = set_value(user_paths(), _name(options), key.path, value)
    print_status(f"set {'.'.join(key.path)} in {stored.path.name}")
    return 0


def unset_command(options: Namespace) -> int:
    """Run `gmetui profile unset`."""
    table, _, number = options.profile_key.rpartition(".")
    if table and number.isdecimal():
        key = _checked(lambda: profile_key(table))
        name = ".".join(key.path)
        try:
            remove_entry(user_paths(), _name(options), name, int(number) - 1)
        except IndexError as error:
            raise UsageError(f"gmetui: {name} has no entry {number}; `gmetui profile` shows them") from error
    else:
        key = _checked(lambda: profile_key(options.profile_key))
        set_value(user_paths(), _name(options), key.path, None)
    print_status(f"removed {sanitize(options.profile_key)}")
    return 0


def add_command(options: Namespace) -> int:
    """Run `gmetui profile add`."""
    entry = _checked(lambda: edited_entry(options.table, options.values))
    table = _checked(lambda: profile_key(options.table)).path[0]
    stored = add_entry(user_paths(), _name(options), table, entry)
    label = entry.get(NAME_KEYS[table])
    print_status(f"saved {table}{f' “{label}”' if label else ''} in {stored.path.name}")
    return 0


def check_command(options: Namespace) -> int:
    """Run `gmetui profile check`. Raises `DataError` with every problem."""
    stored = open_profile(options)
    if not stored.exists:
        raise UnknownIdError("profile", stored.name, profile_names(user_paths()))
    catalog: Catalog = read_catalog(options)
    file = sanitize(str(stored.path))
    problems = [
        Problem(file, key_line(stored.path, each.key), each.key, each.message, each.hint)
        for each in unknown_ids(stored.profile, catalog)
    ]
    if problems:
        raise DataError(problems)
    print_status(f"{stored.path.name}: no problems")
    return 0


def path_command(options: Namespace) -> int:
    """Run `gmetui profile path`."""
    print_line(str(profile_path(user_paths(), _name(options))))
    return 0


def _name(options: Namespace) -> str:
    return profile_name(options)


def _checked(compute: Callable[[], _Computed]) -> _Computed:
    """Return what `compute` returns; its ValueError becomes a `UsageError`."""
    try:
        return compute()
    except ValueError as error:
        raise UsageError(f"gmetui: {error}") from error
