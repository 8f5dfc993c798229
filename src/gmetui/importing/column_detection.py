"""Detect what the columns of a program list are: by their headings, or by their cells where the headings are unknown.

To recognize another heading, add it to `FIELD_HEADINGS`; no other module lists them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from ..text import sanitize
from .cell_values import clean_cell, find_urls, parse_state
from .identifiers import find_acgme_ids, find_match_codes
from .personal_data import is_personal, is_personal_heading
from .specialty_matcher import SpecialtyMatcher

#: The fields that a column can have, in display order -> label.
FIELD_LABELS: Mapping[str, str] = {
    "acgme": "ACGME id",
    "nrmp": "NRMP code",
    "name": "Program",
    "institution": "Institution",
    "specialty": "Specialty",
    "specialty_code": "Specialty code",
    "kind": "Kind",
    "track": "Track",
    "city": "City",
    "state": "State",
    "place": "City and state",
    "country": "Country",
    "address": "Office address",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "positions": "Positions a year",
    "length": "Length in years",
    "start": "Start",
    "status": "Status",
    "status_date": "Status date",
    "service": "Apply through",
    "match": "Match",
    "j1": "Sponsors J-1",
    "h1b": "Sponsors H-1B",
    "url": "Web page",
    "source_url": "Address of the source",
    "source_title": "Title of the source",
    "publisher": "Publisher of the source",
    "as_of": "Date of the source",
    "extra": "other, kept as is",
    "nothing": "ignored",
    "person": "ignored: personal data",
    "import": "list that the row corrects",
    "made": "program that the row corrects",
    "row": "row that it corrects",
    "says": "problem with the row",
}
#: Field -> its headings in lower case without punctuation; an earlier one wins when a file has several.
FIELD_HEADINGS: Mapping[str, tuple[str, ...]] = {
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
    "source_url": ("source url", "source link", "source page", "source", "sources", "source address", "reference",
                   "reference url", "citation"),
    "source_title": ("source title", "source name", "page title"),
    "publisher": ("publisher", "source publisher", "published by"),
    "as_of": ("as of", "source date", "date of source", "last checked", "last verified", "last updated", "retrieved",
              "accessed", "date checked"),
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
_BY_HEADING = {
    heading: (field, rank) for field, headings in FIELD_HEADINGS.items() for rank, heading in enumerate(headings)
}
#: Fields that several columns of a file may have.
_REPEATABLE = frozenset(("extra", "nothing", "person", "url", "specialty", "nrmp", "track", "address", "status"))
_SOME, _LIKELY, _SURE = 0.3, 0.6, 0.8  # shares of the cells
_SAMPLE_ROWS = 400
_SAMPLE_CELL_LENGTH = 400
_MAX_SAMPLE_CELLS, _MIN_SAMPLE_ROWS = 24_000, 48
_MAX_EXAMPLES = 3
_MAX_HEADING_LENGTH, _MAX_HEADING_KEY = 400, 80
_USER_RANK, _CONTENT_RANK = -1, 99
_REPEATED_HEADING = re.compile(r" \(\d{1,3}\)$")


class DetectedColumn(NamedTuple):
    """One column of a file: its heading as written, its field, the reason for it, and its first values."""

    title: str
    field: str
    reason: str = ""
    examples: tuple[str, ...] = ()


def normalize_heading(title: str) -> str:
    """Return a heading as `FIELD_HEADINGS` lists it: "acgmeProgramId" and "ACGME_Program-ID" are "acgme program id"."""
    text = _REPEATED_HEADING.sub("", sanitize(title[:_MAX_HEADING_LENGTH]).removeprefix("ï»¿"))
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))[:_MAX_HEADING_KEY]


def is_known_heading(title: str) -> bool:
    """Return whether a heading is in `FIELD_HEADINGS`."""
    return normalize_heading(title) in _BY_HEADING


def layout_key(titles: Iterable[str]) -> str:
    """Return a key for the headings of a file, in any order, under which its column overrides are remembered."""
    headings = sorted(heading for heading in map(normalize_heading, titles) if not heading.startswith("gmetui"))
    return sha256("\0".join(headings).encode()).hexdigest()[:16]


def detect_columns(
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    matcher: SpecialtyMatcher,
    overrides: Mapping[str, str],
) -> tuple[DetectedColumn, ...]:
    """Return the field of each column. `rows` is a sample; `overrides` are the user's fields by heading."""
    sample_rows = rows[: max(_MIN_SAMPLE_ROWS, _MAX_SAMPLE_CELLS // max(1, len(titles)))]  # wide files take longer
    samples = [_sample_cells(sample_rows, index) for index in range(len(titles))]
    shares = [_ContentShares(sample, matcher) for sample in samples]
    guesses = [_guess_by_heading(title, share) for title, share in zip(titles, shares, strict=True)]
    _guess_specialty_in_names(guesses, shares)
    _guess_institution_among_names(guesses, shares)
    _guess_by_content(guesses, shares)
    user_fields = {normalize_heading(title): field for title, field in overrides.items()}
    for index, title in enumerate(titles):
        if user_field := user_fields.get(normalize_heading(title)):
            guesses[index] = _Guess(user_field, "you chose it", _USER_RANK)
    best_indexes: dict[str, int] = {}
    for index, guess in enumerate(guesses):
        if guess.field not in best_indexes or guess.rank < guesses[best_indexes[guess.field]].rank:
            best_indexes[guess.field] = index
    columns = []
    for index, (title, guess) in enumerate(zip(titles, guesses, strict=True)):
        if guess.field not in _REPEATABLE and best_indexes[guess.field] != index:
            guess = _Guess("extra", f"another column fits {FIELD_LABELS[guess.field].casefold()} better", 0)
        examples = tuple(dict.fromkeys(samples[index]))[:_MAX_EXAMPLES]
        columns.append(DetectedColumn(title, guess.field, guess.reason, examples))
    return tuple(columns)


class _Guess(NamedTuple):
    """The field that a column may have, and why; the lowest rank wins when several columns compete for a field."""

    field: str
    reason: str
    rank: int


def _sample_cells(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    cells = (clean_cell(row[index][:_SAMPLE_CELL_LENGTH]) for row in rows[:_SAMPLE_ROWS] if index < len(row))
    return [cell for cell in cells if cell]


class _ContentShares:
    """The shares of a column's cells (0 to 1) that look like each field."""

    def __init__(self, sample: Sequence[str], matcher: SpecialtyMatcher) -> None:
        self._sample = sample
        self._matcher = matcher

    @property
    def has_cells(self) -> bool:
        return bool(self._sample)

    def _share(self, looks_right: Callable[[str], object]) -> float:
        return sum(bool(looks_right(cell)) for cell in self._sample) / len(self._sample) if self._sample else 0.0

    @property
    def acgme(self) -> float:
        return self._share(lambda cell: len(cell) < 40 and any(map(self._is_acgme_id, find_acgme_ids(cell))))

    def _is_acgme_id(self, acgme_id: str) -> bool:
        return self._matcher.by_code(acgme_id[:3]) is not None

    @property
    def nrmp(self) -> float:
        return self._share(find_match_codes)

    @property
    def url(self) -> float:
        return self._share(find_urls)

    @property
    def state(self) -> float:
        return self._share(lambda cell: parse_state(cell) if len(cell) < 30 else "")

    @property
    def specialty(self) -> float:
        return self._share(lambda cell: self._matcher.match(cell).unique)

    @property
    def name(self) -> float:
        return self._share(_PROGRAM_NAME.search) * (self.institution > _LIKELY)

    @property
    def institution(self) -> float:
        return self._share(is_institution_name)

    @property
    def contained_specialty(self) -> float:
        return self._share(lambda cell: self._matcher.find_in(cell).specialties)

    @property
    def person(self) -> float:
        return self._share(is_personal)

    @property
    def city(self) -> float:
        return self._share(lambda cell: _CITY.fullmatch(cell) and not parse_state(cell))


_PROGRAM_NAME = re.compile(r"\b(?:program|residency|fellowship)\W*$", re.IGNORECASE)
#: Words in the names of institutions, and of programs named after them.
INSTITUTION_WORD = re.compile(
    r"hospital|universit|medical|health|college|clinic|school|center|centre|institute|program|residency|fellowship",
    re.IGNORECASE,
)
_MAX_NAME_LENGTH = 150


def is_institution_name(cell: str) -> bool:
    """Return whether a cell is written like a name and has a word of institutions; a comment is neither."""
    if not 5 < len(cell) <= _MAX_NAME_LENGTH or not INSTITUTION_WORD.search(cell):
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", cell) if len(word) > 3]
    return bool(words) and sum(word[0].isupper() for word in words) > len(words) / 2


_CITY = re.compile(r"[A-Z][A-Za-z.'’ -]{2,25}")
#: From this heading on, headings of ACGME ids are so general that the content must confirm them.
_FIRST_GENERAL_ID_RANK = FIELD_HEADINGS["acgme"].index("program id")


def _guess_by_heading(title: str, shares: _ContentShares) -> _Guess:
    heading = normalize_heading(title)
    field, rank = _BY_HEADING.get(heading, ("extra", 0))
    if field == "extra":
        is_about_people = shares.person >= _LIKELY or is_personal_heading(heading)
        return _Guess("person", "it has personal data", 0) if is_about_people else _Guess("extra", "", 0)
    if field == "acgme" and shares.has_cells and shares.acgme < _LIKELY:
        if shares.nrmp >= _LIKELY:
            return _Guess("nrmp", "its cells are match codes", rank)
        if rank >= _FIRST_GENERAL_ID_RANK:
            return _Guess("extra", "", 0)
    return _Guess(field, "by its heading", rank)


def _guess_specialty_in_names(guesses: list[_Guess], shares: Sequence[_ContentShares]) -> None:
    """Without a specialty column, take a column of names for it when these are specialties: "Anesthesiology"."""
    if not any(guess.field == "specialty" for guess in guesses):
        for index, guess in enumerate(guesses):
            if guess.field == "name" and shares[index].specialty >= _SURE:
                guesses[index] = _Guess("specialty", "its cells are specialties", _CONTENT_RANK - 9)


def _guess_institution_among_names(guesses: list[_Guess], shares: Sequence[_ContentShares]) -> None:
    """Of two columns called "name" without one of institutions, the one that names no specialty is of institutions."""
    if any(guess.field == "institution" for guess in guesses):
        return
    named = [index for index, guess in enumerate(guesses) if guess.field == "name"]
    candidates = [index for index in named if shares[index].institution >= _LIKELY]
    if len(named) > 1 and candidates:
        best = min(candidates, key=lambda index: shares[index].contained_specialty)
        guesses[best] = _Guess("institution", "its cells are institution names", _CONTENT_RANK)


def _guess_by_content(guesses: list[_Guess], shares: Sequence[_ContentShares]) -> None:
    """Guess the fields of columns with unknown headings from their cells."""
    for field, reason in (
        ("acgme", "its cells are ACGME ids"),
        ("nrmp", "its cells are match codes"),
        ("specialty", "its cells are specialties"),
        ("state", "its cells are states"),
        ("url", "its cells are web addresses"),
    ):
        if not any(guess.field == field for guess in guesses):
            _assign_best_column(guesses, shares, field, reason, _SURE)
    if any(guess.field in ("name", "institution") for guess in guesses):
        return
    _assign_best_column(guesses, shares, "name", "its cells are program names", _SOME)
    _assign_best_column(guesses, shares, "institution", "its cells are institution names", _LIKELY)
    state_index = next((index for index, guess in enumerate(guesses) if guess.field == "state"), 0)
    if state_index and guesses[state_index - 1].field == "extra" and shares[state_index - 1].city >= _SURE:
        guesses[state_index - 1] = _Guess("city", "it is the column before the states", _CONTENT_RANK)


def _assign_best_column(
    guesses: list[_Guess], shares: Sequence[_ContentShares], field: str, reason: str, minimum: float
) -> None:
    """Assign a field to the unknown column whose cells look most like it, if their share is at least `minimum`."""
    candidates = [
        (getattr(share, field), index)
        for index, share in enumerate(shares)
        if guesses[index].field == "extra" and share.has_cells
    ]
    best_share, best_index = max(candidates, default=(0.0, 0))
    if candidates and best_share >= minimum:
        guesses[best_index] = _Guess(field, reason, _CONTENT_RANK)
