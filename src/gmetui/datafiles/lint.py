"""What `gmetui check` reports beyond form: entries that contradict themselves, the reference or the guide."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from typing import Any

from ..catalog.facts import as_texts
from ..catalog.gazetteer import NO_PLACES, Gazetteer
from ..catalog.models import Institution, Program, Specialty
from ..catalog.schema import INSTITUTION, PROGRAM, SPECIALTY, TABLES, Field
from ..catalog.vocabulary import KINDS_IN_FILE_ORDER
from ..text import did_you_mean
from .draft import CatalogDraft, Node
from .needs_lint import lint_needs
from .place_lint import lint_places
from .season_lint import lint_season
from .season_references import season_nodes
from .source_lint import lint_sources

_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])\Z")
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|\[/\w*\]|\[@|&(?:amp|lt|gt|quot|nbsp|#\d+);")
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b")
_MONTH_NAMES = frozenset(calendar.month_name[1:])
_DISPUTABLE_FIELDS = sorted({field.key for field in PROGRAM} | {"mission"})


def lint_draft(draft: CatalogDraft, gazetteer: Gazetteer = NO_PLACES) -> None:
    """Report everything in `draft` that is well formed but wrong, or deserves a look."""
    for program in draft.programs.values():
        _lint_program(program, draft)
    _lint_program_order(draft)
    _lint_sites(draft)
    for institution in draft.institutions.values():
        _lint_institution(institution)
    _lint_duplicates(draft)
    for specialty in draft.specialties.values():
        _lint_texts(specialty, SPECIALTY)
        _lint_specialty(specialty)
        _lint_conditions(specialty)
    for rule in draft.requirements.values():
        _lint_texts(rule, TABLES["requirement"])
        _lint_conditions(rule)
        if not rule.value.provenance.source and "text" not in rule.value.provenance.general_knowledge:
            _report(rule, "source", "is missing", 'name a page, or write general_knowledge = ["text"]')
    for service in draft.services.values():
        _lint_texts(service, TABLES["service"])
    for salary in draft.salaries:
        _lint_texts(salary, TABLES["salary"])
        if not salary.value.provenance.source:
            _report(salary, "source", "is missing", "name the page of the salary table")
    for page in draft.sources.values():
        _lint_texts(page, TABLES["page"])
    for season_node in season_nodes(draft):
        _lint_texts(season_node, TABLES[season_node.table_path.partition("[")[0]])
    lint_season(draft)
    lint_places(draft, gazetteer)
    lint_sources(draft)
    _lint_editions(draft)


def _report(node: Node[Any], key: str, message: str, hint: str, *, doubtful: bool = False) -> None:
    node.report(key, message, hint, fatal=False, doubtful=doubtful)


def _lint_program(node: Node[Program], draft: CatalogDraft) -> None:
    program = node.value
    if not program.id.startswith(f"{program.institution}-"):
        message = f"“{program.id}” does not start with the institution's id"
        _report(node, "id", message, f"write {program.institution}-…")
    _lint_acgme_id(node, draft)
    _lint_length(node, draft)
    _lint_match_codes(node)
    _lint_own_residents(node)
    _lint_disagreements(node)
    _lint_texts(node, PROGRAM)
    _lint_requirements(node)
    _lint_quotations(node)


def _lint_institution(node: Node[Institution]) -> None:
    _lint_texts(node, INSTITUTION)
    _lint_requirements(node)
    _lint_quotations(node)
    if node.value.state and not re.fullmatch(r"[A-Z]{2}", node.value.state):
        _report(node, "state", f"“{node.value.state}” is not a state", "write two capital letters")
    if not node.value.provenance.source:
        _report(node, "source", "is missing", "name the page that the institution's facts were read on")


def _lint_requirements(node: Node[Any]) -> None:
    for index, requirement in enumerate(node.value.requirements):
        if requirement.needs:
            lint_needs(node, f"requirements[{index}].needs", requirement.needs)


def _lint_conditions(node: Node[Any]) -> None:
    if node.value.needs:
        lint_needs(node, "needs", node.value.needs)


def _lint_acgme_id(node: Node[Program], draft: CatalogDraft) -> None:
    """Report an ACGME id that contradicts the specialty (digits 1 to 3) or the state (digits 4 and 5, `acgme.toml`)."""
    acgme_id = node.value.acgme_id
    if acgme_id is None:
        return
    if not re.fullmatch(r"\d{10}", acgme_id):
        _report(node, "acgme_id", f"“{acgme_id}” is not an ACGME id", "write ten digits in quotes")
        return
    specialty_code, state_digits = acgme_id[:3], acgme_id[3:5]
    specialty = draft.specialties.get(node.value.specialty)
    expected_code = specialty.value.code if specialty else None
    if expected_code and specialty_code != expected_code:
        same_code = (other.value.name for other in draft.specialties.values() if other.value.code == specialty_code)
        message = f"{specialty_code} is the code of {next(same_code, 'no specialty')}"
        _report(node, "acgme_id", message, f"the code of {node.value.specialty} is {expected_code}")
    institution = draft.institutions.get(node.value.institution)
    state = draft.acgme_states.get(state_digits)
    expected_state = institution.value.state if institution else None
    if state and expected_state and state != expected_state:
        message = f"digits 4 and 5 ({state_digits}) stand for {state}"
        _report(node, "acgme_id", message, f"the institution is in {expected_state}")


def _lint_duplicates(draft: CatalogDraft) -> None:
    """Report programs that share an ACGME id, and pages that share an address."""
    for nodes, key in ((draft.programs, "acgme_id"), (draft.sources, "url")):
        first_ids: dict[str, str] = {}
        for node_id, node in nodes.items():
            value = getattr(node.value, key)
            if value in first_ids:
                message = f"“{first_ids[value]}” has {value} too"
                hint = "one of them is wrong, or they are the same"
                _report(node, key, message, hint, doubtful=key == "url")
            elif value:
                first_ids[value] = node_id


def _lint_specialty(node: Node[Specialty]) -> None:
    specialty = node.value
    if specialty.code is not None and not re.fullmatch(r"\d{3}", specialty.code):
        _report(node, "code", f"“{specialty.code}” is not an ACGME code", "write three digits in quotes")
    for key in ("apply_from", "read_from", "match_month"):
        month = getattr(specialty, key)
        if month is not None and month not in _MONTH_NAMES:
            _report(node, key, f"“{month}” is not a month", "write its English name")
    shortest, longest = specialty.length_years, specialty.length_years_max
    if shortest and longest and longest <= shortest:
        _report(node, "length_years_max", f"{longest} is not more than length_years", "remove it, or correct one")


def _lint_own_residents(node: Node[Program]) -> None:
    """Report a place for a program's own residents that no page states: nobody may count on it."""
    if node.value.own_residents and "own_residents" in node.value.provenance.general_knowledge:
        _report(node, "own_residents", "has no page", "name the page that states it, or leave it out")


def _lint_match_codes(node: Node[Program]) -> None:
    for item_index, match_code in enumerate(node.value.nrmp_codes):
        if match_code.code is None:
            message = f"“{match_code.text}” does not start with a match code"
            _report(node, f"nrmp_codes[{item_index}]", message, "write a code such as “1257140C0” first")


def _lint_disagreements(node: Node[Program]) -> None:
    for item_index, disagreement in enumerate(node.value.disagreements):
        field = disagreement.about
        if field and field not in _DISPUTABLE_FIELDS:
            hint = did_you_mean(field, _DISPUTABLE_FIELDS) or "write a key of a program"
            _report(node, f"disagreements[{item_index}].about", f"unknown field “{field}”", hint)
        if len(disagreement.versions) == 1:
            _report(node, f"disagreements[{item_index}].versions", "has only one version", "write two or more, or none")


def _lint_quotations(node: Node[Program] | Node[Institution]) -> None:
    for item_index, statement in enumerate(node.value.statements):
        for text in (*statement.quote, statement.note or ""):
            _lint_text(node, f"statement[{item_index}].quote", text)
    for item_index, route in enumerate(getattr(node.value, "routes", ())):
        for step_index, step in enumerate(route.steps):
            _lint_text(node, f"route[{item_index}].steps[{step_index}]", step)


def _lint_text(node: Node[Any], key: str, text: str) -> None:
    if _MARKUP.search(text):
        _report(node, key, "looks like markup", "write plain text; markup is shown as it is")
    if _CONTACT.search(text):
        message = "contains an e-mail address or a phone number"
        _report(node, key, message, "an office's own belongs in contact_office")


def _lint_length(node: Node[Program], draft: CatalogDraft) -> None:
    specialty, years = draft.specialties.get(node.value.specialty), node.value.length_years
    if specialty is None or years is None or node.value.length_note:
        return
    usual = _usual_length(specialty.value)
    if usual and years not in usual:
        usual_text = f"{usual[0]}" if len(usual) == 1 else f"{usual[0]} to {usual[-1]}"
        message = f"{years} is unusual for the specialty ({usual_text})"
        _report(node, "length_years", message, "explain it in length_note", doubtful=True)


def _usual_length(specialty: Specialty) -> range | None:
    if specialty.length_years is None:
        return None
    shortest = min(specialty.length_years, specialty.program_years or specialty.length_years)
    return range(shortest, (specialty.length_years_max or specialty.length_years) + 1)


def _lint_texts(node: Node[Any], fields: Sequence[Field]) -> None:
    """Report markup, contacts and repetitions in every text of a table."""
    for field in fields:
        value = getattr(node.value, field.key, None)
        earlier_texts: set[str] = set()
        for item_index, text in enumerate(as_texts(value)):
            key = f"{field.key}[{item_index}]" if isinstance(value, tuple) else field.key
            if field.shape not in ("address", "id") and field.key != "contact_office":
                _lint_text(node, key, text)
            if text in earlier_texts and isinstance(value, tuple):
                _report(node, key, "repeats an earlier text", "remove one")
            earlier_texts.add(text)


def _lint_sites(draft: CatalogDraft) -> None:
    """Report sites of unknown institutions, unless the institutions of all sites are absent (`--no-bundled`)."""
    institution_ids = {node.value.institution for node in draft.sites.values() if node.value.institution}
    if not institution_ids & draft.institutions.keys():
        return
    for node in draft.sites.values():
        institution_id = node.value.institution
        if institution_id and institution_id not in draft.institutions:
            message = f"unknown institution “{institution_id}”"
            _report(node, "institution", message, "add it, or leave the key out", doubtful=True)


def _lint_program_order(draft: CatalogDraft) -> None:
    """Report programs that are not sorted by kind and name within their file."""
    last_keys: dict[str, tuple[int, str]] = {}
    for node in draft.programs.values():
        file, program = node.reader.file, node.value
        sort_key = (KINDS_IN_FILE_ORDER.index(program.kind), program.name.casefold())
        if file in last_keys and sort_key < last_keys[file]:
            _report(node, "name", "is out of order", f"sort by kind ({', '.join(KINDS_IN_FILE_ORDER)}), then by name")
        last_keys[file] = max(sort_key, last_keys.get(file, sort_key))


def _lint_editions(draft: CatalogDraft) -> None:
    for node in draft.editions:
        edition = node.value
        if not _DATE.match(edition.date):
            _report(node, "date", f"“{edition.date}” is not a date", "write YYYY-MM-DD")
        if edition.read_by and not _MONTH.match(edition.read_by):
            _report(node, "read_by", f"“{edition.read_by}” is not a month", "write YYYY-MM")
