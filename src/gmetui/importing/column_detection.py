"""What the columns of other people's lists of programs are: by their headings, and where those say nothing, by content.

Extend `HEADINGS`; nothing else knows a heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from ..text import clean
from .cell_values import addresses_in, plain, state_of
from .identifiers import acgme_ids, match_codes
from .specialty_matcher import SpecialtyMatcher

#: What a column can be, in the order in which people see it -> words for it.
FIELDS: Mapping[str, str] = {
    "acgme": "ACGME id",
    "nrmp": "NRMP code",
    "name": "Program",
    "institution": "Institution",
    "specialty": "Specialty",
    "specialty_code": "Specialty's code",
    "kind": "Kind",
    "track": "Track",
    "city": "City",
    "state": "State",
    "place": "City and state",
    "country": "Country",
    "address": "Office's address",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "positions": "Positions a year",
    "length": "Length in years",
    "start": "Start",
    "status": "Status",
    "status_date": "Date of the status",
    "service": "Apply through",
    "match": "Match",
    "j1": "Sponsors J-1",
    "h1b": "Sponsors H-1B",
    "url": "Page",
    "extra": "kept as it is",
    "nothing": "left out",
    "person": "left out: it names people",
    "import": "import it corrects",
    "made": "program it corrects",
    "row": "row it corrects",
    "says": "what was said of the row",
}
#: Headings in small letters, without signs; the better one stands first where a file has several.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "acgme": (
        "acgme id", "acgme code", "acgme program code", "acgme program id", "acgme number", "acgme program number",
        "accreditation id", "acgme accreditation id", "acgme", "program id", "program code", "program number",
        "program identifier", "id", "code",
    ),
    "nrmp": ("nrmp code", "nrmp program code", "nrmp id", "nrmp", "nrmp codes", "match code", "match id"),
    "name": ("program name", "name", "program title", "name of program", "residency", "residency program", "fellowship",
             "fellowship program", "training program", "city and program", "program", "title"),
    "institution": (
        "institution", "institution name", "sponsoring institution", "sponsoring institution name", "sponsor",
        "sponsor name", "hospital", "hospital name", "school name", "school", "organization", "organization name",
        "facility", "facility name", "where",
    ),
    "specialty": (
        "specialty", "specialty title", "specialty name", "subspecialty", "discipline name", "discipline",
        "designation", "specialty subspecialty", "field", "program specialty", "speciality",
    ),
    "specialty_code": ("specialty code", "discipline code"),
    "kind": ("kind", "program type", "type", "level", "training type", "residency or fellowship"),
    "track": ("track", "track name", "track type", "program track", "position type"),
    "city": ("city", "program city", "city name", "town", "site city", "sponsor city", "institution city",
             "hospital city", "location city", "address city"),
    "state": ("state", "program state", "state province", "st", "province", "state code", "state name", "site state",
              "sponsor state", "institution state", "hospital state", "location state", "address state"),
    "place": ("city state", "location", "program site", "site", "program location", "city and state", "place"),
    "country": ("country", "nation"),
    "address": ("address", "mailing address", "program address", "street address", "office address"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lng", "lon", "long"),
    "positions": (
        "positions offered", "first year positions", "positions", "quota", "positions a year", "positions per year",
        "pgy1 positions", "pgy 1 positions", "number of positions", "spots", "positions available",
    ),
    "length": ("length", "length years", "length in years", "program length", "duration", "years", "required length",
               "accredited length"),
    "start": ("start", "start date", "start month", "program start date", "starts"),
    "status": ("accreditation status", "status", "program status", "participation status", "participating"),
    "status_date": ("status date", "effective date", "accreditation status effective date", "accreditation date"),
    "service": ("application service", "apply through", "applies through", "application system"),
    "match": ("match", "match service", "matching program", "match participation"),
    "j1": ("j1", "j 1", "j1 visa", "j 1 visa", "sponsors j1", "sponsors j 1", "j1 visa sponsored", "accepts j1"),
    "h1b": ("h1b", "h 1b", "h1b visa", "h 1b visa", "sponsors h1b", "sponsors h 1b", "h1b visa sponsored"),
    "url": ("url", "website", "program link", "web site", "program website", "program url", "web address", "link",
            "homepage", "site url", "page", "web"),
    "person": (
        "director", "program director", "director name", "pd", "coordinator", "program coordinator", "coordinator name",
        "contact", "contact name", "contact person", "chair", "chairman", "email", "e mail", "contact email",
        "email address", "director email", "coordinator email", "phone", "telephone", "phone number", "contact phone",
        "fax", "associate director", "program manager", "director first name", "director last name",
    ),
    "import": ("gmetui import",),
    "made": ("gmetui program",),
    "row": ("gmetui row",),
    "says": ("gmetui says",),
}  # fmt: skip
_BY_HEADING = {heading: (field, rank) for field, headings in HEADINGS.items() for rank, heading in enumerate(headings)}
_SEVERAL = frozenset(("extra", "nothing", "person", "url", "specialty", "nrmp", "track", "address"))
_SOME, _LIKELY, _SURE = 0.3, 0.6, 0.8  # of the cells
_SAMPLE = 400
_FEW = 3  # values that show what a column is


class Column(NamedTuple):
    """One column of a file: its heading as it is written, what it is, and why that is thought."""

    title: str
    field: str
    why: str = ""
    examples: tuple[str, ...] = ()


def heading_of(title: str) -> str:
    """Return a heading as the table has it: "acgmeProgramId" and "ACGME_Program-ID" are "acgme program id"."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", clean(title).removeprefix("ï»¿"))
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))[:80]


def is_known(title: str) -> bool:
    """Tell whether a heading stands in the table."""
    return heading_of(title) in _BY_HEADING


def shape_of(titles: Iterable[str]) -> str:
    """Return what stands for the headings of a file, in any order: a correction is remembered under it."""
    own = sorted(heading for heading in map(heading_of, titles) if not heading.startswith("gmetui"))
    return sha256("\0".join(own).encode()).hexdigest()[:16]


def columns_of(
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    matcher: SpecialtyMatcher,
    said: Mapping[str, str],
) -> tuple[Column, ...]:
    """Return what each column is. `rows` are the first ones, `said` is what a person says of columns, by heading."""
    samples = [_sample(rows, place) for place in range(len(titles))]
    shares = [_Shares(sample, matcher) for sample in samples]
    guesses = [_by_heading(title, own) for title, own in zip(titles, shares, strict=True)]
    _names_or_specialties(guesses, shares)
    _by_content(guesses, shares)
    corrected = {heading_of(title): field for title, field in said.items()}
    for place, title in enumerate(titles):
        if own := corrected.get(heading_of(title)):
            guesses[place] = _Guess(own, "as you said", -1)
    best: dict[str, int] = {}
    for place, guess in enumerate(guesses):
        if guess.field not in best or guess.rank < guesses[best[guess.field]].rank:
            best[guess.field] = place
    columns = []
    for place, (title, guess) in enumerate(zip(titles, guesses, strict=True)):
        examples = tuple(dict.fromkeys(samples[place]))[:_FEW]
        if guess.field not in _SEVERAL and best[guess.field] != place:
            guess = _Guess("extra", f"there is a better column for {FIELDS[guess.field].casefold()}", 0)
        columns.append(Column(title, guess.field, guess.why, examples))
    return tuple(columns)


class _Guess(NamedTuple):
    """What a column may be, why, and how good a heading that is: the lower the rank, the better."""

    field: str
    why: str
    rank: int


def _sample(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    cells = (plain(row[place][:400]) for row in rows[:_SAMPLE] if place < len(row))
    return [cell for cell in cells if cell]


class _Shares:
    """How much of a column looks like what."""

    def __init__(self, sample: Sequence[str], matcher: SpecialtyMatcher) -> None:
        self._sample = sample
        self._matcher = matcher
        self.any = bool(sample)

    def _share(self, test: Callable[[str], object]) -> float:
        return sum(bool(test(cell)) for cell in self._sample) / len(self._sample) if self._sample else 0.0

    @property
    def acgme(self) -> float:
        return self._share(lambda cell: len(cell) < 40 and any(map(self._is_id, acgme_ids(cell))))

    def _is_id(self, own: str) -> bool:
        return self._matcher.of_code(own[:3]) is not None

    @property
    def nrmp(self) -> float:
        return self._share(match_codes)

    @property
    def url(self) -> float:
        return self._share(addresses_in)

    @property
    def state(self) -> float:
        return self._share(lambda cell: state_of(cell) if len(cell) < 30 else "")

    @property
    def specialty(self) -> float:
        return self._share(lambda cell: self._matcher.named(cell).one)

    @property
    def name(self) -> float:
        return self._share(_PROGRAM.search) * (self.institution > _LIKELY)

    @property
    def institution(self) -> float:
        return self._share(lambda cell: len(cell) > 5 and INSTITUTION.search(cell))

    @property
    def person(self) -> float:
        return self._share(_PERSON.fullmatch)

    @property
    def city(self) -> float:
        return self._share(lambda cell: _CITY.fullmatch(cell) and not state_of(cell))


#: Words of headings below which people or their numbers stand.
_PEOPLE = frozenset(("director", "coordinator", "email", "mail", "phone", "telephone", "fax", "chair", "faculty"))
_PERSON = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b")
_PROGRAM = re.compile(r"\b(?:program|residency|fellowship)\W*$", re.IGNORECASE)
#: Words that institutions have in their names, and programs that are called after them.
INSTITUTION = re.compile(
    r"hospital|universit|medical|health|college|clinic|school|center|centre|institute|program|residency|fellowship",
    re.IGNORECASE,
)
_CITY = re.compile(r"[A-Z][A-Za-z.'’ -]{2,25}")


def _by_heading(title: str, shares: _Shares) -> _Guess:
    heading = heading_of(title)
    field, rank = _BY_HEADING.get(heading, ("extra", 0))
    if field == "extra":
        named = shares.person >= _LIKELY or not _PEOPLE.isdisjoint(heading.split())
        return _Guess("person", "it names people", 0) if named else _Guess("extra", "", 0)
    if field == "acgme" and shares.any and shares.acgme < _LIKELY:
        if shares.nrmp >= _LIKELY:
            return _Guess("nrmp", "its cells are codes of a match", rank)
        if rank >= _plain_ids():
            return _Guess("extra", "", 0)  # "id" and "code" may be anything
    return _Guess(field, "by its heading", rank)


def _names_or_specialties(found: list[_Guess], shares: Sequence[_Shares]) -> None:
    """Where no column is called specialty, one of names may be it: "Program: Anesthesiology"."""
    if not any(own.field == "specialty" for own in found):
        for place, own in enumerate(found):
            if own.field == "name" and shares[place].specialty >= _SURE:
                found[place] = _Guess("specialty", "its cells name specialties", 90)


def _plain_ids() -> int:
    return HEADINGS["acgme"].index("program id")


def _by_content(found: list[_Guess], shares: Sequence[_Shares]) -> None:
    """Say what columns are whose headings say nothing, as far as their cells do."""
    for field, words in (
        ("acgme", "its cells are ACGME ids"),
        ("nrmp", "its cells are codes of a match"),
        ("specialty", "its cells name specialties"),
        ("state", "its cells are states"),
        ("url", "its cells are addresses"),
    ):
        if not any(own.field == field for own in found):
            _find(found, shares, field, words, _SURE)
    if any(own.field in ("name", "institution") for own in found):
        return
    _find(found, shares, "name", "its cells name programs", _SOME)
    _find(found, shares, "institution", "its cells name institutions", _LIKELY)
    place = next((place for place, own in enumerate(found) if own.field == "state"), 0)
    if place and found[place - 1].field == "extra" and shares[place - 1].city >= _SURE:
        found[place - 1] = _Guess("city", "it stands before the states", 99)


def _find(found: list[_Guess], shares: Sequence[_Shares], field: str, words: str, least: float) -> None:
    """Take the unknown column whose cells are most like those of a field for it, if they are enough so."""
    likely = [
        (getattr(own, field), place) for place, own in enumerate(shares) if found[place].field == "extra" and own.any
    ]
    if likely and max(likely)[0] >= least:
        found[max(likely)[1]] = _Guess(field, words, 99)
