"""What an archive holds of a catalog: the catalog itself, its index, and what commands print of programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from .catalog.catalog import Catalog
from .catalog.models import Program
from .compiled.sections import Section, encode_archive, json_part
from .datafiles.program_parts import FILES_PART, START_PART
from .datafiles.snapshot import catalog_sections
from .datafiles.snapshot_key import FileStamp
from .documents.start_choices import dated_pages
from .progress import ReportShare, ignore_share, part_of
from .reports.stored_fields import encode_fields, field_keys_section
from .search.documents import program_texts
from .search.engine import index_of
from .search.identifiers import identity_sections
from .search.index_builder import Survey, build_index
from .search.stored_index import index_sections
from .search.stored_scans import scan_sections
from .search.stored_texts import encode_program_texts

_REPORT_INTERVAL = 1_000  # programs
#: The share of the time that the look at each program takes, and about how many sections there are.
_SURVEY_SHARE, _SECTION_COUNT = 0.6, 360


def archive_sections(catalog: Catalog, report_progress: ReportShare = ignore_share) -> Iterator[Section]:
    """Yield the sections of an archive that holds a catalog and its index.

    Programs are looked at one after the other, and none is held.
    """
    report_survey = part_of(report_progress, 0, _SURVEY_SHARE)
    report_sections = part_of(report_progress, _SURVEY_SHARE, 1)
    for number, section in enumerate(_all_sections(catalog, report_survey)):
        yield section
        report_sections(number / _SECTION_COUNT)


def _all_sections(catalog: Catalog, report_survey: ReportShare) -> Iterator[Section]:
    yield from _surveyed_sections(catalog, report_survey)
    yield from identity_sections(catalog)


def _surveyed_sections(catalog: Catalog, report_survey: ReportShare) -> Iterator[Section]:
    """Yield the sections for which one look at each program is enough."""
    survey, size = Survey(catalog), len(catalog.programs)

    def more_parts(number: int, program: Program) -> tuple[bytes, bytes]:
        if number % _REPORT_INTERVAL == 0:
            report_survey(number / size)
        own_texts = list(program_texts(program, catalog))
        survey.add(number, program, own_texts)
        return encode_program_texts(program, own_texts), encode_fields(program, catalog)

    surveyed_catalog = yield from catalog_sections(catalog, more_parts)
    yield field_keys_section(catalog)
    yield from scan_sections(survey.scans, size)
    yield from index_sections(build_index(surveyed_catalog, survey))


def encode_compiled(catalog: Catalog, key: str, stamps: Iterable[FileStamp]) -> Iterator[bytes]:
    """Yield the bytes of the archive of a catalog."""
    return encode_archive(key, chain(archive_sections(catalog), (files_section(stamps),)))


def encode_start_pages(catalog: Catalog, key: str, stamps: Iterable[FileStamp]) -> Iterator[bytes]:
    """Yield the bytes of an archive with the first screens, which a start reads before the catalog."""
    return encode_archive(key, (files_section(stamps), json_part(START_PART, dated_pages(index_of(catalog)))))


def files_section(stamps: Iterable[FileStamp]) -> Section:
    """Return the section of an archive that holds the stamps of the user's files."""
    return json_part(FILES_PART, list(stamps))
