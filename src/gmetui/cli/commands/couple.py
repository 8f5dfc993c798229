"""`gmetui couple`: the rows of two lists for the Couples Match."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from ...errors import DamagedFileError, FileError, UnknownIdError, UsageError
from ...planning.couple_lists import PARTNERS, Partner, ranked_choices
from ...planning.couples import CoupleChoices, CouplePlan, plan_couple, with_rule
from ...storage.couples import CoupleFile, PartnerSource, read_couple, read_partner_list, write_couple
from ...storage.output_file import is_regular_output, output_path, write_output
from ...storage.paths import user_paths
from ...storage.shortlist_store import list_exists, list_names
from ...text import did_you_mean, plural, sanitize
from ..context import open_existing_list, read_catalog, require_list_name
from ..output import print_status, write_bytes, write_json
from ..prompts import require_consent
from ..terminal import is_terminal
from .season import season_of

if TYPE_CHECKING:
    from argparse import Namespace

    from ...catalog.catalog import Catalog
    from ...shortlist.entries import Shortlist
    from ...storage.paths import Paths

_STANDARD_OUTPUT = ("-", "/dev/stdout")
#: Formats of a file by its extension.
_FORMATS_BY_EXTENSION = {"csv": "csv", "tsv": "tsv", "xlsx": "xlsx", "txt": "text", "json": "json"}


def couple_command(options: Namespace) -> int:
    """Run `gmetui couple`."""
    season = season_of(options.season)
    format_name = _file_format(options) if options.output else options.format
    catalog = read_catalog(options)
    shortlist = open_existing_list(options).shortlist
    paths = user_paths()
    couple = _couple(options, paths)
    partner_list = _partner_list(paths, couple.partner, options.file or "")
    plan = plan_couple(
        catalog, ranked_choices(catalog, shortlist), ranked_choices(catalog, partner_list), couple.choices
    )
    if options.save:
        write_couple(paths.couple(options.list), couple)
        print_status(f"saved your partner and the choices for the list “{shortlist.name}”")
    if plan.refusal and format_name != "json":
        raise UsageError(f"gmetui: {plan.refusal[:1].lower()}{plan.refusal[1:].removesuffix('.')}")
    if options.output:
        _write_file(catalog, plan, format_name, options)
    else:
        _print(catalog, plan, season, couple.partner.label, options)
    return 0


def _couple(options: Namespace, paths: Paths) -> CoupleFile:
    """Return the partner and the choices of the command line, else those that are stored for the list.

    Raises `UsageError` if nothing says who the partner is.
    """
    couple = read_couple(paths.couple(options.list))
    partner = _partner(options)
    if partner is not None and partner != couple.partner:
        couple = CoupleFile(partner)
    if couple.partner == PartnerSource():
        raise UsageError("gmetui: who is your partner? name the exported list: gmetui couple --with partner.toml")
    return couple._replace(choices=_choices(options, couple.choices))


def _partner(options: Namespace) -> PartnerSource | None:
    if options.file and options.with_list:
        raise UsageError("gmetui: --with and --with-list exclude each other")
    if options.file:
        return PartnerSource(file=str(Path(options.file).absolute()))
    if options.with_list:
        require_list_name(options.with_list)
        paths = user_paths()
        if options.with_list != "default" and not list_exists(paths.shortlist(options.with_list)):
            raise UnknownIdError("list", options.with_list, list_names(paths.shortlists))
        return PartnerSource(list_name=options.with_list)
    return None


def _partner_list(paths: Paths, partner: PartnerSource, typed_path: str) -> Shortlist:
    """Return the partner's list. Raises `FileError` and `DamagedFileError`, which name the file as it was typed."""
    try:
        return read_partner_list(paths, partner)
    except (DamagedFileError, FileError) as error:
        message = str(error).removeprefix("gmetui: ")
        if typed_path:
            message = message.replace(sanitize(partner.file), sanitize(typed_path))
        raise type(error)(f"gmetui: {message}") from error


def _choices(options: Namespace, stored: CoupleChoices) -> CoupleChoices:
    """Return the stored choices with those of the command line in their place."""
    choices = with_rule(stored, options.order) if options.order else stored
    if options.miles is not None:
        choices = choices._replace(miles=options.miles)
    if options.no_match is not None:
        choices = choices._replace(no_match=_no_match(options.no_match))
    return choices._replace(allows_advanced=choices.allows_advanced or options.advanced)


def _no_match(text: str) -> tuple[Partner, ...]:
    """Return whose programs get No Match rows, in the order in which they were named. Raises `UsageError`."""
    partners: list[Partner] = []
    for word in filter(None, (part.strip() for part in text.split(","))):
        known = [partner for partner in PARTNERS if partner == word]
        if not known:
            hint = did_you_mean(word, get_args(Partner)) or "use mine, theirs or mine,theirs"
            raise UsageError(f"gmetui: --no-match: unknown word “{sanitize(word)}”; {hint}")
        partners += known
    return tuple(dict.fromkeys(partners))


def _print(catalog: Catalog, plan: CouplePlan, season: str, partner_name: str, options: Namespace) -> None:
    if options.format == "json":
        from ...reports.couple_json import couple_json

        write_json(couple_json(plan))
    elif options.half or options.format in ("csv", "tsv"):
        write_bytes(_content(catalog, plan, options.format, options.half))
    else:
        from ...documents.couple_document import couple_document
        from ..document_output import print_document

        print_document(couple_document(catalog, plan, season, partner_name), catalog, options.format)


def _content(catalog: Catalog, plan: CouplePlan, format_name: str, half: Partner | None) -> bytes:
    from ...export.couple import COUPLE_WRITERS, CoupleTable

    writer = COUPLE_WRITERS.get(format_name)
    if writer is None:
        raise UsageError(f"gmetui: --half cannot be {format_name}; use {', '.join(COUPLE_WRITERS)}")
    return writer(CoupleTable(catalog, plan, (half,) if half else PARTNERS))


def _file_format(options: Namespace) -> str:
    """Return the format of a file by its extension. Raises `UsageError` for another one."""
    if options.output in _STANDARD_OUTPUT:
        return str(options.format)
    extension = output_path(options.output).suffix.removeprefix(".").casefold()
    if extension not in _FORMATS_BY_EXTENSION:
        extensions = ", ".join(f".{known}" for known in _FORMATS_BY_EXTENSION)
        raise UsageError(f"gmetui: cannot write rows to “{sanitize(options.output)}”; use {extensions}")
    return _FORMATS_BY_EXTENSION[extension]


def _write_file(catalog: Catalog, plan: CouplePlan, format_name: str, options: Namespace) -> None:
    content = _content(catalog, plan, format_name, options.half)
    if options.output in _STANDARD_OUTPUT:
        if format_name == "xlsx" and is_terminal(sys.stdout):
            raise UsageError("gmetui: cannot print a workbook on a terminal; use --output FILE.xlsx")
        write_bytes(content)
        return
    path = output_path(options.output)
    if is_regular_output(path):
        if path.is_file():
            require_consent(options.output, is_forced=options.force)
        if format_name == "csv":
            from codecs import BOM_UTF8  # Excel needs it to detect UTF-8

            content = BOM_UTF8 + content
    write_output(path, content)
    halves = {"mine": "your half of ", "theirs": "your partner's half of "}
    half = halves[options.half] if options.half else ""
    print_status(f"exported {half}{plural(len(plan.rows), 'row')} to {options.output}")
