"""The commands about what programs share: institutions, specialties, sites, and services."""

from __future__ import annotations

from ...lean_typing import TYPE_CHECKING
from ..command import Command, CommandGroup, Example
from ..command_options import DOCUMENT_FORMATS, add_query, add_record_format

if TYPE_CHECKING:
    from ..command_parser import CommandParser

_LIST_FORMATS = ("text", "json", "jsonl", "tsv")


def _institutions(parser: CommandParser) -> None:
    parser.add_argument(
        "id", nargs="?", metavar="INSTITUTION", help="id or name of the one to show (default: list all)"
    )
    add_record_format(parser, (*DOCUMENT_FORMATS, "jsonl", "tsv"))


def _specialties(parser: CommandParser) -> None:
    add_query(parser, "words and filters; a single match is shown in full (default: list all)")
    add_record_format(parser, (*DOCUMENT_FORMATS, "jsonl", "tsv"))


def _sites(parser: CommandParser) -> None:
    parser.add_argument("id", nargs="?", metavar="SITE", help="id or name of the one to show (default: list all)")
    add_record_format(parser, _LIST_FORMATS)


def _services(parser: CommandParser) -> None:
    parser.add_argument("id", nargs="?", metavar="SERVICE", help="id or name of the one to show (default: list all)")
    add_record_format(parser, _LIST_FORMATS)


REFERENCE = CommandGroup(
    "Reference",
    (
        Command(
            "institutions",
            "list institutions, or show one",
            "institutions",
            "institutions_command",
            _institutions,
            (
                Example("institutions", "all of them, with the number of programs"),
                Example("institutions tufts", "mission, salaries, visiting students, programs"),
                Example("institutions tufts -f html > tufts.html", "the same as a web page"),
            ),
        ),
        Command(
            "specialties",
            "search the specialty reference",
            "specialties",
            "specialties_command",
            _specialties,
            (
                Example("specialties", "all of them, with their length and programs"),
                Example("specialties peds cards", "pediatric cardiology in full"),
                Example("specialties kind:fellowship --json id,name,length_years", "fellowships as JSON"),
            ),
        ),
        Command(
            "sites",
            "list training sites, or show one with its programs",
            "sites_services",
            "sites_command",
            _sites,
            (
                Example("sites", "the site with the most programs first"),
                Example("sites boston-childrens-hospital", "the programs that train there"),
            ),
        ),
        Command(
            "services",
            "list application services and matches, or show one with its dates",
            "sites_services",
            "services_command",
            _services,
            (
                Example("services", "ERAS, NRMP, and the others"),
                Example("services eras", "dates, and the specialties that use it"),
            ),
        ),
    ),
)
