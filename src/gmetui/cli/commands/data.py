"""`gmetui coverage`, `changes`, `edition` and `schema`: about the data as a whole."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ...catalog.catalog import Catalog
from ...catalog.completeness import COUNTED_FIELDS, FieldCoverage, coverage
from ...catalog.confirmation import InstitutionConfirmation, confirmation
from ...catalog.facts import NOT_STATED
from ...catalog.program_diff import Change, diff_catalogs
from ...datafiles.files import read_catalog as read_data
from ...datafiles.json_schema import json_schema
from ...errors import FileError
from ...text import format_date, plural, sanitize
from ..context import read_catalog
from ..output import print_line, print_status, write_json, write_table

_LABELS = {field.key: field.label for field in COUNTED_FIELDS}


def coverage_command(options: Namespace) -> int:
    """Run `gmetui coverage`."""
    catalog = read_catalog(options)
    shares, institutions = coverage(catalog, options.older_than), confirmation(catalog)
    if options.format == "json":
        document = {
            "older_than": options.older_than,
            "institutions": [row._asdict() for row in institutions],
            "coverage": [share._asdict() for share in shares],
        }
        write_json(document)
        return 0
    _write_confirmation(institutions, no_color=options.no_color)
    headings = (
        "Institution",
        "Field",
        "Stated",
        "Share",
        "Third party",
        "Date unknown",
        f"Before {options.older_than}",
    )
    write_table(headings, [_coverage_row(share) for share in shares], no_color=options.no_color)
    stated, total = sum(share.stated for share in shares), sum(share.programs for share in shares)
    print_status(f"{stated:,} of {total:,} facts stated ({stated / total:.0%})" if total else "no programs")
    return 0


def _write_confirmation(institutions: list[InstitutionConfirmation], *, no_color: bool) -> None:
    """Print how many programs are useful and how many facts are confirmed, by institution and in all."""
    headings = ("Institution", "Useful programs", "Share", "Useful residencies", "Share", "Confirmed facts", "Share")
    total = InstitutionConfirmation("all", *(sum(column) for column in list(zip(*institutions, strict=True))[1:]))
    rows = [
        (
            row.institution,
            *_count_and_share(row.useful, row.programs),
            *_count_and_share(row.useful_residencies, row.residencies),
            *_count_and_share(row.confirmed, row.facts),
        )
        for row in (*institutions, total)
    ]
    write_table(headings, rows, no_color=no_color)


def _count_and_share(count: int, total: int) -> tuple[str, str]:
    return f"{count:,} of {total:,}", f"{count / total:.0%}" if total else ""


def _coverage_row(share: FieldCoverage) -> tuple[str, ...]:
    percentage = f"{share.stated / share.programs:.0%}" if share.programs else ""
    counts = (share.third_party, share.undated, share.older)
    stated = f"{share.stated} of {share.programs}"
    return share.institution, _LABELS[share.field], stated, percentage, *map(str, counts)


def changes_command(options: Namespace) -> int:
    """Run `gmetui changes`: compare a data directory with another, or with the bundled data."""
    old = read_data([options.old], bundled=False)
    new = read_data([options.new], bundled=False) if options.new else read_data()
    changes = diff_catalogs(old, new)
    if options.format == "json":
        write_json({"total": len(changes), "changes": [change._asdict() for change in changes]})
        return 0
    for change in changes:
        print_line(_sentence(change))
    print_status(plural(len(changes), "difference"))
    return 0


def _sentence(change: Change) -> str:
    if not change.field:
        return f"{change.program}: {change.what}"
    before, after = ("; ".join(values) or NOT_STATED for values in (change.before, change.after))
    return f"{change.program}: {change.field}: {before} → {after}"


def edition_command(options: Namespace) -> int:
    """Run `gmetui edition`: show the figures of the data, or (`--write`) update the files of a source tree."""
    from ...tools.release_data import figures, summary

    catalog = read_data(options.data, bundled=not options.no_bundled)  # imported lists are not part of the edition
    if options.write:
        _write_edition(catalog, options)
    elif options.format == "json":
        write_json(figures(catalog)._asdict())
    else:
        print_line(summary(figures(catalog)))
    return 0


def _write_edition(catalog: Catalog, options: Namespace) -> None:
    from ...tools.release_data import write_edition

    old = read_data([options.since], bundled=False) if options.since else None
    version, day = options.version_name or catalog.edition.version, options.day or catalog.edition.date
    try:
        written = write_edition(Path(options.write), old, catalog, version, day, options.title)
    except OSError as error:
        raise FileError(f"gmetui: cannot write {sanitize(str(error.filename))}: {error.strerror}") from error
    print_status(f"edition {version} of {format_date(day)}: updated {', '.join(written)}")


def schema_command(options: Namespace) -> int:
    """Run `gmetui schema`."""
    write_json(json_schema())
    return 0
