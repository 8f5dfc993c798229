"""`gmetui coverage`, `gmetui changes` and `gmetui schema`: the data as a whole."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ...catalog.completeness import COUNTED, Share, coverage
from ...catalog.program_diff import Change, changes
from ...datafiles.files import load_catalog
from ...datafiles.json_schema import json_schema
from ...loader import load
from ...storage.storage_errors import FileError
from ...text import clean
from ..cli_errors import UsageError
from ..output import say, write_json, write_table

_LABELS = {field.key: field.label for field in COUNTED}


def coverage_command(options: Namespace) -> int:
    """Run `gmetui coverage`."""
    catalog = load(options.data, bundled=not options.no_bundled)
    shares = coverage(catalog, options.older_than)
    if options.format == "json":
        write_json({"older_than": options.older_than, "coverage": [share._asdict() for share in shares]})
        return 0
    rows = [_cells(share) for share in shares]
    older = f"Before {options.older_than}"
    headings = ("Institution", "Field", "Stated", "Share", "Third party", "Undated", older)
    write_table(headings, rows, no_colour=options.no_color)
    stated, asked = sum(share.stated for share in shares), sum(share.programs for share in shares)
    say(f"{stated:,} of {asked:,} facts are stated ({stated / asked:.0%})" if asked else "no programs")
    return 0


def _cells(share: Share) -> tuple[str, ...]:
    part = f"{share.stated / share.programs:.0%}" if share.programs else ""
    numbers = (share.third_party, share.undated, share.older)
    stated = f"{share.stated} of {share.programs}"
    return share.institution, _LABELS[share.field], stated, part, *map(str, numbers)


def changes_command(options: Namespace) -> int:
    """Run `gmetui changes`: from one directory of data to another, or to the bundled data."""
    old = load_catalog([options.old], bundled=False)
    new = load_catalog([options.new], bundled=False) if options.new else load_catalog()
    found = changes(old, new)
    if options.format == "json":
        write_json({"total": len(found), "changes": [change._asdict() for change in found]})
        return 0
    for change in found:
        print(_sentence(change))
    say(f"{len(found)} difference{'s' * (len(found) != 1)}")
    return 0


def _sentence(change: Change) -> str:
    if not change.field:
        return f"{change.program}: {change.what}"
    was, now = ("; ".join(words) or "not stated" for words in (change.before, change.after))
    return f"{change.program}: {change.field}: {was} → {now}"


def edition_command(options: Namespace) -> int:
    """Run `gmetui edition`: the figures of the data; with `--write` into the files of a source tree that say them."""
    from ...datafiles.release import figures, in_words, write_edition

    catalog = load_catalog(options.data, bundled=not options.no_bundled)  # a person's lists are no part of an edition
    if not options.write:
        if options.format == "json":
            write_json(figures(catalog)._asdict())
        else:
            print(in_words(figures(catalog)))
        return 0
    if not options.since:
        raise UsageError("gmetui: --since OLD_DIR is missing: the data of the edition before")
    old = load_catalog([options.since], bundled=False)
    edition = catalog.edition
    version, day = options.version_name or edition.version, options.day or edition.date
    try:
        written = write_edition(Path(options.write), old, catalog, version, day, options.title)
    except OSError as error:
        raise FileError(f"gmetui: cannot write {clean(str(error.filename))}: {error.strerror}") from error
    say(f"edition {version} of {day}: {', '.join(written)}")
    return 0


def schema_command(options: Namespace) -> int:
    """Run `gmetui schema`."""
    write_json(json_schema())
    return 0
