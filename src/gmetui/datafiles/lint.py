"""What `gmetui check` looks for beyond form: entries that contradict themselves, the reference or the guide."""

from __future__ import annotations

import calendar
import re
from typing import Any

from ..catalog import schema as f
from ..catalog.facts import in_words
from ..catalog.models import Institution, Program, Specialty
from ..catalog.vocabulary import Field
from ..text import nearest
from .draft import Draft, Placed

_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])\Z")
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|\[/\w*\]|\[@|&(?:amp|lt|gt|quot|nbsp|#\d+);")
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b")
_MONTHS = frozenset(calendar.month_name[1:])
_ORDER = ("residency", "combined", "fellowship", "other")


def audit(draft: Draft) -> None:
    """Complain of everything in `draft` that is well formed and still wrong, or worth a look."""
    for placed in draft.programs.values():
        _id(placed)
        _acgme_id(placed, draft)
        _length(placed, draft)
        _codes(placed)
        _disagreements(placed)
        _texts(placed, f.PROGRAM)
        _quotations(placed)
    _order(draft)
    _sites(draft)
    for home in draft.institutions.values():
        _texts(home, f.INSTITUTION)
        _quotations(home)
        if home.value.state and not re.fullmatch(r"[A-Z]{2}", home.value.state):
            _say(home, "state", f"{home.value.state!r} is no state", "two capital letters")
        if not home.value.provenance.source:
            _say(home, "source", "is missing", "the page the institution's facts stand on")
    _twice(draft)
    for specialty in draft.specialties.values():
        _texts(specialty, f.SPECIALTY)
        _specialty(specialty)
    for rule in draft.requirements.values():
        _texts(rule, f.GENERAL)
        if not rule.value.provenance.source and "text" not in rule.value.provenance.general_knowledge:
            _say(rule, "source", "is missing", 'a page, or general_knowledge = ["text"]')
    for service in draft.services.values():
        _texts(service, f.SERVICE)
    for salary in draft.salaries:
        _texts(salary, f.SALARY)
        if not salary.value.provenance.source:
            _say(salary, "source", "is missing", "the page the table stands on")
    for page in draft.sources.values():
        _texts(page, f.PAGE)
    _edition(draft)


def _say(placed: Placed[Any], key: str, wrong: str, right: str, *, doubtful: bool = False) -> None:
    placed.reader.complain(f"{placed.path}.{key}", wrong, right, fatal=False, doubtful=doubtful)


def _id(placed: Placed[Program]) -> None:
    program = placed.value
    if not program.id.startswith(f"{program.institution}-"):
        _say(placed, "id", f"{program.id!r} does not begin with its institution", f"{program.institution}-…")


def _acgme_id(placed: Placed[Program], draft: Draft) -> None:
    """Digits 1 to 3 are the specialty's code, digits 4 and 5 stand for a state (`data/acgme.toml`)."""
    own = placed.value.acgme_id
    if own is None:
        return
    if not re.fullmatch(r"\d{10}", own):
        _say(placed, "acgme_id", f"{own!r} is no ACGME id", "ten digits in quotes")
        return
    specialty = draft.specialties.get(placed.value.specialty)
    code = specialty.value.code if specialty else None
    if code and own[:3] != code:
        known = next((s.value.name for s in draft.specialties.values() if s.value.code == own[:3]), "no specialty")
        _say(placed, "acgme_id", f"{own[:3]} is the code of {known}", f"{code} for {placed.value.specialty}")
    home = draft.institutions.get(placed.value.institution)
    state, here = draft.acgme_states.get(own[3:5]), home.value.state if home else None
    if state and here and state != here:
        _say(placed, "acgme_id", f"digits 4 and 5 ({own[3:5]}) stand for {state}", f"the institution is in {here}")


def _twice(draft: Draft) -> None:
    """No two programs have one ACGME id, no two pages one address."""
    for group, key in ((draft.programs, "acgme_id"), (draft.sources, "url")):
        owners: dict[str, str] = {}
        for own, placed in group.items():
            value = getattr(placed.value, key)
            if value in owners:
                wrong, right = f"{value} is that of {owners[value]} too", "one of them is wrong, or they are one"
                _say(placed, key, wrong, right, doubtful=key == "url")
            elif value:
                owners[value] = own


def _specialty(placed: Placed[Specialty]) -> None:
    code = placed.value.code
    if code is not None and not re.fullmatch(r"\d{3}", code):
        _say(placed, "code", f"{code!r} is no ACGME code", "three digits in quotes")
    for key in ("apply_from", "read_from", "match_month"):
        month = getattr(placed.value, key)
        if month is not None and month not in _MONTHS:
            _say(placed, key, f"{month!r} is no month", "its English name")
    least, most = placed.value.length_years, placed.value.length_years_max
    if least and most and most <= least:
        _say(placed, "length_years_max", f"{most} is not more than length_years", "leave it out, or correct one")


def _codes(placed: Placed[Program]) -> None:
    """A code of the match: seven digits, of which characters 5 to 7 are the specialty's, a letter and a digit."""
    for number, item in enumerate(placed.value.nrmp_codes):
        if item.code is None:
            _say(placed, f"nrmp_codes[{number}]", f"{item.text!r} begins with no match code", 'such as "1257140C0"')


def _disagreements(placed: Placed[Program]) -> None:
    known = {field.key for field in f.PROGRAM} | {"mission"}
    for number, item in enumerate(placed.value.disagreements):
        if item.about and item.about not in known:
            near = nearest(item.about, sorted(known))
            right = f"did you mean {near!r}?" if near else "a key of a program"
            _say(placed, f"disagreements[{number}].about", f"{item.about!r} is no field", right)
        if len(item.versions) == 1:
            _say(placed, f"disagreements[{number}].versions", "has one version", "two or more, or none")


def _quotations(placed: Placed[Program] | Placed[Institution]) -> None:
    for number, statement in enumerate(placed.value.statements):
        for text in (*statement.quote, statement.note or ""):
            _say_if_dirty(placed, f"statement[{number}].quote", text)
    for number, route in enumerate(getattr(placed.value, "routes", ())):
        for place, text in enumerate(route.steps):
            _say_if_dirty(placed, f"route[{number}].steps[{place}]", text)


def _say_if_dirty(placed: Placed[Any], key: str, text: str) -> None:
    if _MARKUP.search(text):
        _say(placed, key, "looks like markup", "plain text; it would be shown as it stands")
    if _CONTACT.search(text):
        _say(placed, key, "holds a mail address or a telephone number", "an office's own, in contact_office")


def _length(placed: Placed[Program], draft: Draft) -> None:
    specialty, years = draft.specialties.get(placed.value.specialty), placed.value.length_years
    if specialty is None or years is None or placed.value.length_note:
        return
    usual = _usual(specialty.value)
    if usual and years not in usual:
        range_ = f"{usual[0]}" if len(usual) == 1 else f"{usual[0]} to {usual[-1]}"
        _say(placed, "length_years", f"{years} is unusual ({range_})", "say why in length_note", doubtful=True)


def _usual(specialty: Specialty) -> range | None:
    if specialty.length_years is None:
        return None
    least = min(specialty.length_years, specialty.program_years or specialty.length_years)
    return range(least, (specialty.length_years_max or specialty.length_years) + 1)


def _texts(placed: Placed[Any], declared: tuple[Field, ...]) -> None:
    for field in declared:
        seen: set[str] = set()
        value = getattr(placed.value, field.key, None)
        for number, text in enumerate(in_words(value)):
            key = f"{field.key}[{number}]" if isinstance(value, tuple) else field.key
            if field.shape not in ("address", "id") and field.key != "contact_office":
                _say_if_dirty(placed, key, text)
            if text in seen and isinstance(value, tuple):
                _say(placed, key, "stands here twice", "leave one out")
            seen.add(text)


def _sites(draft: Draft) -> None:
    """A site may belong to an institution that is not in the data; but not when the others are (`--no-bundled`)."""
    homes = {site.value.institution for site in draft.sites.values() if site.value.institution}
    if not homes & draft.institutions.keys():
        return
    for site in draft.sites.values():
        own = site.value.institution
        if own and own not in draft.institutions:
            _say(
                site, "institution", f"no institution has the id {own!r}", "add it, or leave the key out", doubtful=True
            )


def _order(draft: Draft) -> None:
    """Programs of one file stand by kind and name, so that a person finds them."""
    last: dict[str, tuple[int, str]] = {}
    for placed in draft.programs.values():
        file, program = placed.reader.file, placed.value
        here = (_ORDER.index(program.kind), program.name.casefold())
        if file in last and here < last[file]:
            _say(placed, "name", "is out of order", f"by kind ({', '.join(_ORDER)}), then by name")
        last[file] = max(here, last.get(file, here))


def _edition(draft: Draft) -> None:
    for placed in draft.editions:
        edition = placed.value
        if not _DATE.match(edition.date):
            _say(placed, "date", f"{edition.date!r} is no date", "YYYY-MM-DD")
        if edition.read_by and not _MONTH.match(edition.read_by):
            _say(placed, "read_by", f"{edition.read_by!r} is no month", "YYYY-MM")
