"""The screen, plain text, Markdown, HTML, and JSON show the same document: none leaves out or adds a value."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.schema import PROGRAM
from gmetui.documents.document import (
    MARK_MEANINGS,
    MARKS,
    Block,
    Checklist,
    DisagreementVersions,
    Document,
    FactRow,
    Group,
    Quotation,
    blocks_within,
    values_in,
)
from gmetui.documents.institution_document import institution_document
from gmetui.documents.program_document import program_document
from gmetui.documents.source_words import short_address
from gmetui.documents.specialty_document import specialty_document
from gmetui.export.html import document_html
from gmetui.export.markdown import document_markdown
from gmetui.reports.document_text import document_text
from gmetui.reports.json_report import program_json, requirements_elsewhere_json
from gmetui.text import sanitize
from gmetui.tui.rendering.document_lines import document_page
from gmetui.tui.rendering.page import PageState
from support import is_harmless

TODAY = date(2026, 11, 22)
CATALOGS = ("catalog", "hostile_catalog")


def all_blocks(document: Document) -> list[Block]:
    return list(blocks_within(block for section in document.sections for block in section.blocks))


def packed(text: str) -> str:
    """Return a text without white space, which every renderer breaks in its own way, and without escapes."""
    return re.sub(r"\s+", "", sanitize(text, keep_newlines=True)).replace("\\", "")


class EveryGroup(frozenset[str]):
    """Contains every group: nothing on the page is closed."""

    def __contains__(self, group: object) -> bool:
        return True


def screen(document: Document, width: int) -> str:
    page = document_page(document, width, PageState(open_groups=EveryGroup()))
    return "\n".join("".join(text for text, _ in line) for line in (*page.heading, *page.lines))


def plain_html(document: Document) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", document_html(document)))


RENDERERS: dict[str, Callable[[Document], str]] = {
    "screen": lambda document: screen(document, 400),
    "text": lambda document: document_text(document, width=400),
    "Markdown": document_markdown,
    "HTML": plain_html,
}


def texts(document: Document, *, is_screen: bool, has_signs: bool) -> Iterator[str]:
    """Yield every text that a renderer must show; with `has_signs` a sign or its meaning stands for some remarks."""
    blocks = all_blocks(document)
    yield document.title
    for value in values_in(block for block in blocks if not isinstance(block, Group)):
        is_address = is_screen and value.link is not None and value.link.kind == "url"
        text = short_address(value.text) if is_address else value.measured_text
        yield f"{text}{value.mark}" if is_screen else text
        for qualifier in value.qualifiers:
            if not has_signs or qualifier.aspect not in MARKS:
                yield qualifier.text
            elif not is_screen:
                yield MARK_MEANINGS[MARKS[qualifier.aspect]]
    for block in blocks:
        if isinstance(block, Quotation):
            yield from (*block.paragraphs, block.note)
        elif isinstance(block, DisagreementVersions):
            yield from (text for version in block.versions for text in version)
        elif isinstance(block, Checklist):
            yield from block.steps
        elif isinstance(block, FactRow) and not is_screen:  # the screen shortens labels
            yield block.label


def documents(catalog: Catalog) -> Iterator[Document]:
    yield from (program_document(catalog, program, TODAY) for program in catalog.programs)
    yield from (institution_document(catalog, institution) for institution in catalog.institutions)
    used = {program.specialty for program in catalog.programs}
    yield from (specialty_document(catalog, specialty) for specialty in catalog.specialties if specialty.id in used)


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("catalog_name", CATALOGS)
def test_every_renderer_shows_every_text(catalog_name: str, renderer: str, request: pytest.FixtureRequest) -> None:
    catalog: Catalog = request.getfixturevalue(catalog_name)
    for document in documents(catalog):
        output = RENDERERS[renderer](document)
        shown = packed(output)
        missing = [
            text
            for text in texts(document, is_screen=renderer == "screen", has_signs=renderer in ("screen", "HTML"))
            if packed(text) not in shown
        ]
        assert not missing, (document.id, missing)


def strings(value: Any) -> Iterator[str]:
    """Yield the texts and numbers in a JSON value."""
    if isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    else:
        yield str(value)


def stored_rows(document: Document) -> Iterator[FactRow]:
    """Yield the rows that show a field of the program itself."""
    keys = {field.key for field in PROGRAM} - {"specialty", "institution", "kind", "accreditation"}
    for section in document.sections:
        if section.id not in ("hospital", "requirements", "pay"):
            yield from (
                block
                for block in blocks_within(section.blocks)
                if isinstance(block, FactRow) and block.key in keys and "hospital" not in _aspects(block)
            )


def _aspects(row: FactRow) -> set[str]:
    return {qualifier.aspect for value in row.values for qualifier in value.qualifiers}


@pytest.mark.parametrize("catalog_name", CATALOGS)
def test_json_has_every_value_and_mark_of_the_document(catalog_name: str, request: pytest.FixtureRequest) -> None:
    catalog: Catalog = request.getfixturevalue(catalog_name)
    for program in catalog.programs:
        document = program_document(catalog, program, TODAY)
        report = program_json(catalog, program, TODAY)
        json.dumps(report)
        found = set(strings(report))
        for row in stored_rows(document):
            for value in row.values:
                assert value.text in found, (program.id, row.key, value.text)
        past = [value for row in stored_rows(document) for value in row.values if value.is_past]
        assert len(past) == sum(item.get("past", False) for item in report["deadlines"] or ())


def test_json_marks_the_rules_of_the_hospital_as_the_page_does(catalog: Catalog) -> None:
    for program in catalog.programs:
        groups = [block for block in all_blocks(program_document(catalog, program, TODAY)) if isinstance(block, Group)]
        name = catalog.institution[program.institution].short_name
        group_blocks = next((group.blocks for group in groups if group.title == f"Required by {name}"), ())
        values = list(values_in(group_blocks))
        rules = [rule for rule in requirements_elsewhere_json(catalog, program) if rule["by"] == "institution"]
        assert sorted(rule["text"] for rule in rules) == sorted(value.text for value in values)
        assert sum("*" in value.mark for value in values) == sum(rule.get("third_party", False) for rule in rules)
        assert sum("?" in value.mark for value in values) == sum(rule.get("unconfirmed", False) for rule in rules)


@pytest.mark.parametrize("width", [20, 36, 44, 60, 78, 120])
@pytest.mark.parametrize("catalog_name", CATALOGS)
def test_lines_fit_at_every_width(catalog_name: str, width: int, request: pytest.FixtureRequest) -> None:
    from gmetui.tui.rendering.spans import cell_width

    catalog: Catalog = request.getfixturevalue(catalog_name)
    for document in documents(catalog):
        page = document_page(document, width, PageState(open_groups=EveryGroup()))
        assert all(cell_width(line) <= width for line in (*page.heading, *page.lines)), document.id
        assert all(0 <= stop.first_line <= stop.last_line < len(page.lines) for stop in page.stops)
        assert is_harmless(screen(document, width))
