"""`gmetui coverage`, `changes`, `edition` and `schema`: about the data as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...catalog.catalog import Catalog
from ...catalog.completeness import COUNTED_FIELDS, FieldCoverage, coverage, field_totals
from ...catalog.confirmation import InstitutionConfirmation, confirmation
from ...catalog.facts import NOT_STATED
from ...catalog.program_diff import Change, diff_catalogs
from ...catalog.schema import PROGRAM
from ...catalog.vocabulary import KIND_LABELS
from ...datafiles.files import read_catalog as read_data
from ...datafiles.json_schema import json_schema
from ...errors import FileError
from ...lean_typing import TYPE_CHECKING
from ...reports.json_report import institution_reference_json
from ...text import format_date, plural, sanitize
from ..context import find_institution, read_catalog
from ..output import flush_output, print_line, print_page, print_status, write_json, write_table
from ..record_output import columns_of, wants_json, write_records, write_records_json
from ..table_output import RecordTable
from ..terminal import is_output_for_people

if TYPE_CHECKING:
    from argparse import Namespace

_NUMBER_FIELDS = frozenset(field.key for field in PROGRAM if field.shape == "integer")
_LABELS = {field.key: field.label for field in COUNTED_FIELDS}


def coverage_command(options: Namespace) -> int:
    """Run `gmetui coverage`."""
    catalog = read_catalog(options)
    shares, institutions = coverage(catalog, options.older_than), confirmation(catalog)
    if options.id:
        institution_id = find_institution(catalog, options.id).id
        shares = [share for share in shares if share.institution == institution_id]
        institutions = [row for row in institutions if row.institution == institution_id]
    if wants_json(options):
        document = {
            "older_than": options.older_than,
            "institutions": [_with_institution(catalog, row._asdict()) for row in institutions],
            "coverage": [_with_institution(catalog, share._asdict()) for share in shares],
        }
        write_records_json(options, document, "coverage")
        return 0
    rows = shares
    if is_output_for_people() and options.columns is None:
        _write_confirmation(institutions)
        print_line()
        rows = shares if options.id else field_totals(shares)
    headings = (
        "Institution",
        "Field",
        "Stated",
        "Share",
        "Third party",
        "Date unknown",
        f"Before {options.older_than}",
    )
    columns = columns_of(*headings, numbers=headings[3:])
    write_records(options, RecordTable(columns, [_coverage_row(share) for share in rows]))
    flush_output()
    stated, total = sum(share.stated for share in shares), sum(share.programs for share in shares)
    print_status(f"{stated:,} of {total:,} facts stated ({stated / total:.0%})" if total else "no programs")
    return 0


def _with_institution(catalog: Catalog, row: dict[str, Any]) -> dict[str, Any]:
    return row | {"institution": institution_reference_json(catalog, row["institution"])}


def _write_confirmation(institutions: list[InstitutionConfirmation]) -> None:
    """Print how many programs are useful and how many facts are confirmed, by institution and in all."""
    headings = ("Institution", "Useful programs", "Share", "Useful residencies", "Share", "Confirmed facts", "Share")
    totals = []
    if len(institutions) > 1:
        totals = [
            InstitutionConfirmation("all", *(sum(column) for column in list(zip(*institutions, strict=True))[1:]))
        ]
    rows = [
        (
            row.institution,
            *_count_and_share(row.useful, row.programs),
            *_count_and_share(row.useful_residencies, row.residencies),
            *_count_and_share(row.confirmed, row.facts),
        )
        for row in (*institutions, *totals)
    ]
    write_table(RecordTable(columns_of(*headings, numbers=headings[1:]), rows))


def _count_and_share(count: int, total: int) -> tuple[str, str]:
    return f"{count:,} of {total:,}", f"{count / total:.0%}" if total else ""


def _coverage_row(share: FieldCoverage) -> tuple[str, ...]:
    percentage = f"{share.stated / share.programs:.0%}" if share.programs else ""
    counts = (share.third_party, share.undated, share.older)
    stated = f"{share.stated:,} of {share.programs:,}"
    return share.institution, _LABELS[share.field], stated, percentage, *map(str, counts)


def changes_command(options: Namespace) -> int:
    """Run `gmetui changes`: compare a data directory with another, or with the bundled data."""
    is_json = wants_json(options)
    old = read_data([options.old], bundled=False)
    new = read_data([options.new], bundled=False) if options.new else read_data()
    changes = diff_catalogs(old, new)
    if is_json:
        documents = [_change_json(change) for change in changes]
        write_records_json(options, {"total": len(changes), "changes": documents}, "changes")
        return 0
    print_page("".join(f"{_sentence(change)}\n" for change in changes))
    flush_output()
    print_status(plural(len(changes), "difference"))
    return 0


def _change_json(change: Change) -> dict[str, Any]:
    """Return a difference; `field` is null where a program came or went, and numbers are numbers."""
    is_number = change.field in _NUMBER_FIELDS
    before, after = (
        [int(text) if is_number and text.isdecimal() else text for text in texts]
        for texts in (change.before, change.after)
    )
    return {
        "program": change.program,
        "what": change.what,
        "field": change.field or None,
        "before": before,
        "after": after,
    }


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
        edition = catalog.edition
        write_json(
            {
                "version": edition.version,
                "date": edition.date,
                "title": edition.title,
                "read_by": edition.read_by,
                **figures(catalog)._asdict(),
                "kinds": _kind_counts(catalog),
            }
        )
    else:
        print_line(summary(figures(catalog)))
    return 0


def _kind_counts(catalog: Catalog) -> dict[str, int]:
    return {kind: sum(program.kind == kind for program in catalog.programs) for kind in KIND_LABELS}


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
    if options.kind == "output":
        from ...tools.output_schema import output_schema

        write_json(output_schema())
    else:
        write_json(json_schema())
    return 0
