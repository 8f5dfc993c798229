"""What the commands work on: the catalog, its records and the user's lists, as the command line names them."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import FileError, UnknownIdError, UsageError
from ..lean_typing import TYPE_CHECKING, TypeVar
from ..loader import SearchablePrograms, load_catalog, open_searchable
from ..progress import ReportShare, ignore_share
from .output import print_status

if TYPE_CHECKING:
    from argparse import Namespace

    from ..catalog.catalog import Catalog
    from ..catalog.models import Institution, Service, Site
    from ..shortlist.entries import Shortlist
    from ..storage.fact_snapshots import FactSnapshots
    from ..storage.import_store import StagedList
    from ..storage.review_store import ReviewStore
    from ..storage.shortlist_store import ShortlistStore

_Record = TypeVar("_Record", bound="Site | Service")


def read_catalog(
    options: Namespace,
    *,
    exclude: str = "",
    staged: StagedList | None = None,
    report_progress: ReportShare = ignore_share,
) -> Catalog:
    """Return the programs that the command line selects, as `load_catalog` does."""
    return load_catalog(
        options.data,
        bundled=not options.no_bundled,
        report=print_status,
        exclude=exclude,
        staged=staged,
        report_progress=report_progress,
    )


def read_searchable(options: Namespace) -> SearchablePrograms:
    """Return the programs that the command line selects, for a search that needs no catalog."""
    return open_searchable(options.data, bundled=not options.no_bundled, report=print_status)


def find_institution(catalog: Catalog, wanted: str) -> Institution:
    """Return an institution by its id or one of its names. Raises `UnknownIdError`."""
    from ..search.fields import FIELDS_BY_NAME
    from ..search.normalize import fold_key

    if wanted in catalog.institution:
        return catalog.institution[wanted]
    synonyms = FIELDS_BY_NAME["institution"].synonyms
    assert synonyms is not None
    for institution in catalog.institutions:
        if fold_key(wanted) in map(fold_key, (institution.name, *synonyms(institution.id, catalog))):
            return institution
    raise UnknownIdError("institution", wanted, list(catalog.institution))


def find_site_or_service(records: Iterable[_Record], wanted: str, kind: str) -> _Record:
    """Return a site or service by its id or one of its names. Raises `UnknownIdError`; `kind` is for its message."""
    from ..search.normalize import fold_key

    known_ids: list[str] = []
    for candidate in records:
        names = [candidate.name, *getattr(candidate, "also_called", ())]
        if wanted == candidate.id or fold_key(wanted) in map(fold_key, names):
            return candidate
        known_ids.append(candidate.id)
    raise UnknownIdError(kind, wanted, known_ids)


def open_shared_list(file: str, reviewer: str) -> ReviewStore:
    """Return a list that somebody shared, for comments by `reviewer`.

    Without a name, the reviewer is the one who commented before, or else has the name of the user account.
    """
    import getpass
    from contextlib import suppress
    from pathlib import Path

    from ..storage.review_store import ReviewStore

    account_name = ""
    with suppress(OSError, KeyError):
        account_name = getpass.getuser()
    shortlist_store = ReviewStore(Path(file), reviewer, default_reviewer=account_name)
    shortlist_store.load()
    return shortlist_store


def require_list_name(name: str) -> None:
    """Raise `UsageError` if a name on the command line cannot name a list."""
    from ..storage.paths import require_slug

    try:
        require_slug(name)
    except FileError as error:
        raise UsageError(str(error)) from error


def open_store(options: Namespace) -> ShortlistStore:
    """Return the store of the list that the command line names, loaded."""
    from ..storage.paths import user_paths
    from ..storage.settings import read_settings
    from ..storage.shortlist_store import ShortlistStore

    require_list_name(options.list)
    if options.list_file:
        return open_shared_list(options.list_file, options.by)
    paths = user_paths()
    version_limit = read_settings(paths.settings)[0].version_limit
    shortlist_store = ShortlistStore(paths.shortlist(options.list), version_limit)
    shortlist_store.load()
    for notice in shortlist_store.notices:
        print_status(f"gmetui: {notice}")
    return shortlist_store


def open_existing_list(options: Namespace) -> ShortlistStore:
    """Return the store of a list. Raises `UnknownIdError` when it doesn't exist; the list "default" always does."""
    from ..storage.paths import user_paths
    from ..storage.shortlist_store import list_exists, list_names

    require_list_name(options.list)
    paths = user_paths()
    if not options.list_file and options.list != "default" and not list_exists(paths.shortlist(options.list)):
        raise UnknownIdError("list", options.list, list_names(paths.shortlists))
    return open_store(options)


def open_fact_snapshots() -> FactSnapshots:
    """Return the facts that were saved when programs were added to a list."""
    from ..storage.fact_snapshots import FactSnapshots
    from ..storage.paths import user_paths

    return FactSnapshots(user_paths().shortlists)


def save_shortlist(
    shortlist_store: ShortlistStore, shortlist: Shortlist, change: str, catalog: Catalog | None = None
) -> None:
    """Save a changed list and print the change. With a `catalog`, also save the current facts of its programs."""
    if shortlist == shortlist_store.shortlist:
        print_status("nothing to change")
        return
    if catalog is not None:
        from ..storage.fact_snapshots import save_snapshots

        save_snapshots(open_fact_snapshots(), catalog, shortlist_store.shortlist, shortlist)
    saved = shortlist_store.save(shortlist, change)
    print_status(f"{change} ({len(saved)} on the list “{saved.name}”)")
