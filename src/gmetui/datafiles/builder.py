"""Tables of many files to one `Catalog`: later layers replace earlier ones by id, and every reference must hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ..catalog.catalog import Catalog
from ..catalog.ids import InstitutionId
from ..catalog.import_record import ImportRecord
from ..catalog.models import (
    Ambiguity,
    Edition,
    GeneralRequirement,
    Institution,
    Program,
    Salary,
    Service,
    Site,
    Source,
    Specialty,
)
from ..catalog.schema import TABLES
from ..catalog.season import Fee, Guidance, SeasonDate, SeasonGap, SeasonRule, SignalAllotment
from ..errors import DataError, Problem
from ..progress import ReportShare, ignore_share, part_of
from ..text import did_you_mean, sanitize
from .data_documents import DataDocument, remaining_documents
from .draft import CatalogDraft, Node, ProgramNodes
from .program_merge import SpecialtyKey, merge_programs
from .reader import Table, TableReader
from .references import link_references
from .season_merge import merge_dates

#: Tables of the reference, which remain when `--no-bundled` drops institutions and programs.
REFERENCE_TABLES = (
    "specialty",
    "unlisted",
    "ambiguous",
    "service",
    "boards",
    "requirement",
    "site",
    "page",
    "date",
    "fee",
    "signal",
    "rule",
    "guidance",
    "not_found",
    "acgme_states",
    "publishers",
)
_NAME_TABLES = ("boards", "acgme_states", "publishers")  # tables of `short = "name"`
_READING_SHARE = 0.6  # of the time that a long list takes until it is a catalog
_TOP_LEVEL_TABLES = (*(name for name in TABLES if "." not in name), *_NAME_TABLES)

ModelT = TypeVar("ModelT", bound=Struct)


def build_catalog(
    layers: Iterable[Sequence[DataDocument]],
    inspect: Callable[[CatalogDraft], None] | None = None,
    *,
    draft: CatalogDraft | None = None,
    report_progress: ReportShare = ignore_share,
) -> tuple[Catalog, list[Problem]]:
    """Return the catalog that `layers` make, collected in `draft`, and the problems that do not prevent it.

    `inspect` may report more problems of the complete draft. Raises `DataError` with all fatal problems, and with
    `inspect` the others too.
    """
    draft, readers = draft or CatalogDraft(), []
    report_reading = part_of(report_progress, 0, _READING_SHARE)
    for layer in layers:
        ids_of_layer: set[tuple[str, str]] = set()
        for document in layer:
            reader = TableReader(document.file, document.text, locator=document.blocks)
            readers.append(reader)
            if "import" in document.tables:
                _add_imported_list(draft, reader, chain((document,), remaining_documents(document, report_reading)))
            else:
                _check_table_names(reader, document.tables)
                _DocumentLoader(draft, reader, document.tables, ids_of_layer).add_all()
    catalog = link_references(draft, part_of(report_progress, _READING_SHARE, 1))
    if inspect is not None:
        inspect(draft)
    problems = [problem for reader in readers for problem in reader.problems]
    if any(problem.fatal for problem in problems):
        raise DataError([problem for problem in problems if problem.fatal or inspect is not None])
    return catalog, problems


def _check_table_names(reader: TableReader, names: Iterable[str]) -> None:
    for name in names:
        if name not in _TOP_LEVEL_TABLES:
            hint = did_you_mean(name, _TOP_LEVEL_TABLES) or f"known tables: {', '.join(_TOP_LEVEL_TABLES)}"
            reader.report(sanitize(name), "unknown table", hint)


def _add_imported_list(draft: CatalogDraft, reader: TableReader, documents: Iterable[DataDocument]) -> None:
    """Add a list that was imported, given in parts: it adds to what is there and replaces nothing."""
    imported = CatalogDraft(programs=ProgramNodes(draft.programs.spool), sources=draft.sources)
    title = "a list"
    dates: list[Node[SeasonDate]] = []
    used_ids: set[tuple[str, str]] = set()
    specialty_counts: Counter[SpecialtyKey] = Counter()
    checked_names: set[str] = set()
    for document in documents:
        _check_table_names(reader, [name for name in document.tables if name not in checked_names])
        checked_names.update(document.tables)
        loader = _DocumentLoader(imported, reader, document.tables, used_ids, specialty_counts)
        title = next((record.value.title for record in loader.nodes("import", ImportRecord)), title)
        loader.add_listed()
        dates += loader.nodes("date", SeasonDate)
        reader.finish_part(document.tables)
    draft.institutions = {**imported.institutions, **draft.institutions}
    draft.specialties = {**imported.specialties, **draft.specialties}
    merge_programs(draft, imported.programs, specialty_counts, title)
    merge_dates(draft, dates)
    reader.soften_problems()  # a wrong table of a list falls out alone


@dataclass(slots=True)
class _DocumentLoader:
    """Adds the tables of one file to a draft. `used_ids` are those of the layer, by table.

    The programs of an imported list are marked as listed in it, and counted in `specialty_counts`.
    """

    draft: CatalogDraft
    reader: TableReader
    tables: Table
    used_ids: set[tuple[str, str]]
    specialty_counts: Counter[SpecialtyKey] | None = None

    def add_all(self) -> None:
        """Add every table of an ordinary data file."""
        institution = self._add_institutions()
        self._add_programs(institution)
        self._add_pages()
        for site in self.nodes("site", Site):
            self._put(self.draft.sites, "site", site.value.id, site)
        self._add_specialties()
        for service in self.nodes("service", Service):
            self._put(self.draft.services, "service", service.value.id, service)
        for rule in self.nodes("requirement", GeneralRequirement):
            self._put(self.draft.requirements, "requirement", rule.value.id, rule)
        self.draft.salaries += self.nodes("salary", Salary)
        self._add_season()
        for ambiguity in self.nodes("ambiguous", Ambiguity):
            self.draft.ambiguities[ambiguity.value.token] = ambiguity.value
        self.draft.editions += self.nodes("edition", Edition)
        self._add_names("boards", self.draft.boards)
        self._add_names("acgme_states", self.draft.acgme_states)
        self._add_names("publishers", self.draft.publishers)

    def _add_season(self) -> None:
        """Add the dates, fees and signals of services, and what goes with them."""
        for date in self.nodes("date", SeasonDate):
            self._put(self.draft.season_dates, "date", date.value.id, date)
        for fee in self.nodes("fee", Fee):
            self._put(self.draft.fees, "fee", fee.value.id, fee)
        for rule in self.nodes("rule", SeasonRule):
            self._put(self.draft.season_rules, "rule", rule.value.id, rule)
        self.draft.signals += self.nodes("signal", SignalAllotment)
        self.draft.guidance += self.nodes("guidance", Guidance)
        self.draft.season_gaps += self.nodes("not_found", SeasonGap)

    def add_listed(self) -> None:
        """Add the tables that an imported list may have, except its dates."""
        self._add_institutions()
        self._add_specialties()
        self._add_programs(None)
        self._add_pages()

    def nodes(
        self,
        table_name: str,
        model: type[ModelT],
        nested_tables: Sequence[str] = ("sources",),
        defaults: Mapping[str, Any] = MappingProxyType({}),
    ) -> Iterator[Node[ModelT]]:
        """Yield each table of a kind as a value of its model class; one that is wrong is reported and skipped."""
        for table_path, table in self.reader.tables(self.tables, table_name):
            values = self.reader.values(table_path, table, TABLES[table_name], nested_tables)
            if values is None:
                continue
            if "provenance" in model.__struct_fields__:
                provenance = self.reader.provenance(table_path, table, values)
                is_listed = self.specialty_counts is not None and model is Program
                values["provenance"] = replace(provenance, listed_in=provenance.source) if is_listed else provenance
            if "statement" in nested_tables:
                values["statements"] = self.reader.statements(table_path, table)
            if "route" in nested_tables:
                values["routes"] = self.reader.routes(table_path, table)
            yield Node(model(**{**defaults, **values}), self.reader, table_path)

    def _put(self, nodes: MutableMapping[str, Node[ModelT]], table_name: str, node_id: str, node: Node[ModelT]) -> None:
        if (table_name, node_id) in self.used_ids:
            node.report("id", f"id “{node_id}” is used twice", "ids are unique; rename one")
        self.used_ids.add((table_name, node_id))
        nodes[node_id] = node

    def _add_institutions(self) -> InstitutionId | None:
        """Add the institution of the file and return its id, even when its table has problems."""
        institution_id = None
        for node in self.nodes("institution", Institution, ("sources", "statement", "route")):
            institution_id = node.value.id
            self._put(self.draft.institutions, "institution", institution_id, node)
        if institution_id is None and isinstance(self.tables.get("institution"), Mapping):
            return InstitutionId(str(self.tables["institution"].get("id", "")))
        return institution_id

    def _add_programs(self, institution: InstitutionId | None) -> None:
        """Add the programs of the file; those that name no institution belong to `institution`."""
        for node in self.nodes("program", Program, ("sources", "statement"), {"institution": institution or ""}):
            if node.value.institution:
                if self.specialty_counts is not None and node.value.id not in self.draft.programs:
                    self.specialty_counts[node.value.institution, node.value.specialty] += 1
                self._put(self.draft.programs, "program", node.value.id, node)
            else:
                node.report("institution", "is missing", "name one, or add an [institution] table to this file")

    def _add_pages(self) -> None:
        for page in self.nodes("page", Source):
            self._put(self.draft.sources, "page", page.value.id, page)

    def _add_specialties(self) -> None:
        for table_name in ("specialty", "unlisted"):
            for node in self.nodes(table_name, Specialty):
                listed = node.replaced(listed=table_name == "specialty")
                self._put(self.draft.specialties, "specialty", node.value.id, listed)

    def _add_names(self, table_name: str, names: dict[str, str]) -> None:
        """Add the rows of a table of `short = "name"` to `names`."""
        table = self.tables.get(table_name, {})
        hint = 'write short = "name"'
        if not isinstance(table, Mapping):
            self.reader.report(table_name, "expected a table", hint)
            return
        for short, name in table.items():
            if isinstance(name, str):
                names[sanitize(short)] = sanitize(name)
            else:
                self.reader.report(f"{table_name}.{sanitize(short)}", "expected text", hint)
