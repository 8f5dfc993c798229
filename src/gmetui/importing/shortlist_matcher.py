"""Find the program that a row of a shortlist means: by its ids, its name, or its specialty and hospital.

A specialty and a hospital are enough when one program fits them clearly better than any other, in the state that the
row gives. Otherwise the row keeps its place among the unmatched ones, with the programs that are closest to it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from operator import itemgetter
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.models import Program, Specialty
from ..search import Query, search
from ..search.normalize import fold_key, raw_words
from .cell_values import parse_city_state, parse_state, parse_state_and_city
from .hospital_names import HospitalNames, best_similarity
from .identifiers import find_acgme_ids, find_match_codes, specialty_digits
from .institution_names import InstitutionNameFinder, without_program_words
from .specialty_matcher import SpecialtyMatcher

_MAX_CANDIDATES, _MAX_ABBREVIATION = 4, 7
_MAX_HOSPITALS = 40  # with similar names that are looked at
_MAX_FIELD_LENGTH = 400  # characters
_MAX_TERMS_LENGTH, _MAX_SEARCHES = 200, 500
_MIN_SIMILARITY, _MIN_SIMILARITY_IN_CITY = 0.8, 0.65  # of the hospital
_MIN_LEAD = 0.08  # before the next hospital with such a program
_MIN_CANDIDATE = 0.35
_CITY_BONUS = 0.05
_MIN_NAME_SIMILARITY, _MIN_NAME_LEAD = 88, 5  # of 100
_NAME_GAP = re.compile(r"\s+(?:at|-|–|—|@|\|)\s+|,\s+|\s\(|\)")
_FINAL_PLACE = re.compile(r"[\s,]*\(([^()]{2,60})\)\s*$|,\s*([^,]{2,40},\s*[A-Za-z. ]{2,20})$")
_FINAL_STATE = re.compile(r"(?:,\s*|\s+[-–]\s+|-)([A-Z]{2})$")


class RowMeaning(NamedTuple):
    """What a row says about its program: ids of specialties, names of its hospital, its place, its kind, its name."""

    specialties: tuple[str, ...]
    specialty_name: str
    hospitals: tuple[str, ...]
    city: str
    state: str
    kind: str
    name: str

    @property
    def place(self) -> str:
        """City and state as the row gives them."""
        return ", ".join(filter(None, (self.city, self.state)))


class _Scored(NamedTuple):
    """A program, and how similar its hospital is to that of a row (0 to 1)."""

    program: Program
    similarity: float


class ProgramFinder:
    """Finds the programs of a catalog that rows mean."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._search_count = 0
        self._by_acgme_id = _unambiguous(
            (program.acgme_id, program) for program in catalog.programs if program.acgme_id
        )
        self._by_match_code = _unambiguous(
            (code.code, program) for program in catalog.programs for code in program.nrmp_codes if code.code
        )
        self._by_name = _unambiguous((key, program) for program in catalog.programs for key in self._name_keys(program))

    # Most lists have ids: what the others need is built for the first row that has none.

    @cached_property
    def _matcher(self) -> SpecialtyMatcher:
        return SpecialtyMatcher(self._catalog)

    @cached_property
    def _institution_finder(self) -> InstitutionNameFinder:
        return InstitutionNameFinder(self._matcher)

    @cached_property
    def _hospital_names(self) -> HospitalNames:
        return HospitalNames(self._catalog)

    @cached_property
    def _programs_by_place(self) -> Mapping[tuple[str, str], list[Program]]:
        """The programs of a specialty in a state, or, with "", in all states."""
        programs: dict[tuple[str, str], list[Program]] = {}
        for program in self._catalog.programs:
            for state in {"", self._catalog.location_of(program)[1] or ""}:
                programs.setdefault((program.specialty, state), []).append(program)
        return programs

    def _name_keys(self, program: Program) -> Iterable[str]:
        """Yield a key for each pair of a name of the program and a name of its institution."""
        institution = self._catalog.institution[program.institution]
        institution_names = (institution.name, institution.short_name, *institution.also_called)
        for name in (program.name, *program.other_names):
            yield from (f"{fold_key(name)} {fold_key(institution_name)}" for institution_name in institution_names)

    def find(self, fields: Mapping[str, str], entry_ids: Container[str], section: str = "") -> str:
        """Return the id of the program, or "" for none. A program on the list need not be in the catalog.

        `section` is what names the specialty of rows that don't: a row above, or the sheet.
        """
        program_id = fields.get("id", "")
        if program_id in self._catalog.program or (program_id and program_id in entry_ids):
            return program_id
        codes = f"{fields.get('acgme', '')} {fields.get('nrmp', '')}"  # either may be in the column of the other
        acgme_ids = find_acgme_ids(f"{codes} {program_id}")
        name_key = f"{fold_key(fields.get('name', ''))} {fold_key(fields.get('institution', ''))}"
        matches = (
            *map(self._by_acgme_id.get, acgme_ids),
            *map(self._by_match_code.get, find_match_codes(codes)),
            self._by_name.get(name_key),
        )
        program = next((program for program in matches if program is not None), None)
        if program is None:
            program = self._find_by_meaning(self.meaning(fields, section))
            if program is not None and acgme_ids and program.acgme_id:
                return ""  # the ids differ
        return program.id if program else ""

    def meaning(self, fields: Mapping[str, str], section: str = "") -> RowMeaning:
        """Return what a row says about its program."""
        fields = {field: " ".join(cell[:_MAX_FIELD_LENGTH].split()) for field, cell in fields.items()}
        section = section[:_MAX_FIELD_LENGTH]
        name, hospital = fields.get("name", ""), fields.get("institution", "")
        parts = _NAME_GAP.split(name[:_MAX_TERMS_LENGTH])
        texts = [fields.get("specialty", ""), *map(without_program_words, (name, *parts)), name, section]
        texts = list(filter(None, (*texts, _final_abbreviation(name))))
        exact = ((text, self._matcher.match(text).specialties) for text in texts)
        contained = ((text, self._matcher.find_in(text).specialties) for text in (*texts, hospital))
        matches = (*self._specialties_of_codes(fields), *exact, *contained)
        specialty_name, specialties = next((pair for pair in matches if pair[1]), ("", ()))
        remainder = _without_specialties(name, specialties) if specialties else ""
        names = (hospital, self._institution_finder.find(name), remainder)
        city, state, hospitals = _place_and_hospitals(fields, names)
        state = state or parse_state(section)
        kinds = [kind for kind in ("fellowship", "residency") if kind in f"{name} {fields.get('kind', '')}".casefold()]
        return RowMeaning(
            tuple(specialty.id for specialty in specialties),
            specialties[0].label if len(specialties) == 1 else specialty_name,
            hospitals,
            city,
            state,
            kinds[0] if kinds else "",
            name,
        )

    def _specialties_of_codes(self, fields: Mapping[str, str]) -> list[tuple[str, tuple[Specialty, ...]]]:
        """Return the specialties that the digits of a row's ids and codes identify, each with its code."""
        cells = " ".join(fields.get(field, "") for field in ("acgme", "nrmp"))
        codes = [acgme_id[:3] for acgme_id in find_acgme_ids(cells)]
        codes += [specialty_digits(code) for code in find_match_codes(cells)]
        specialties = ((code, self._matcher.by_code(code)) for code in codes)
        return [(code, (specialty,)) for code, specialty in specialties if specialty]

    def _find_by_meaning(self, meaning: RowMeaning) -> Program | None:
        """Return the program whose hospital is clearly the most similar, or None."""
        minimum = _MIN_SIMILARITY_IN_CITY if meaning.city and meaning.state else _MIN_SIMILARITY
        scored = self._scored(meaning, self._programs_at_hospitals(meaning, minimum - _CITY_BONUS))
        if not scored or scored[0].similarity < minimum:
            return None
        best = [candidate for candidate in scored if candidate.similarity > scored[0].similarity - _MIN_LEAD]
        is_clear = len({candidate.program.institution for candidate in best}) == 1
        return self._by_program_name(meaning, [candidate.program for candidate in best]) if is_clear else None

    def _similarities(self, meaning: RowMeaning) -> list[Mapping[str, float]]:
        return [self._hospital_names.similarities(hospital) for hospital in meaning.hospitals]

    def _programs_at_hospitals(self, meaning: RowMeaning, minimum: float) -> list[Program]:
        """Return the programs of a row's specialties at similar hospitals; without one, those with nearly its name."""
        programs: dict[str, Program] = {}
        for similarities in self._similarities(meaning):
            for institution_id, similarity in nlargest(_MAX_HOSPITALS, similarities.items(), key=itemgetter(1)):
                if similarity >= minimum:
                    programs |= {program.id: program for program in self._catalog.programs_of(institution_id)}
        if meaning.specialties:
            return [program for program in programs.values() if program.specialty in meaning.specialties]
        is_named = bool(meaning.name)
        return [
            program
            for program in programs.values()
            if is_named and _name_similarity(meaning.name, program) >= _MIN_NAME_SIMILARITY
        ]

    def _scored(self, meaning: RowMeaning, programs: Iterable[Program]) -> list[_Scored]:
        """Return the programs in the state of a row, the most similar hospital first."""
        similarities = self._similarities(meaning)
        scored = []
        for program in programs:
            city, state = self._catalog.location_of(program)
            if meaning.state and state and state != meaning.state:
                continue
            similarity = best_similarity(similarities, self._catalog.institutions_of(program))
            is_same_city = bool(meaning.city and city) and fold_key(meaning.city) == fold_key(city or "")
            scored.append(_Scored(program, similarity + _CITY_BONUS * is_same_city))
        return sorted(scored, key=lambda candidate: -candidate.similarity)

    def _by_program_name(self, meaning: RowMeaning, programs: Sequence[Program]) -> Program | None:
        """Return the program of one hospital that a row means: of its kind, with its name or that of the specialty."""
        of_kind = [program for program in programs if program.kind == (meaning.kind or program.kind)]
        usual = [program for program in of_kind if program.kind != "other"] or of_kind or list(programs)
        if len(usual) == 1:
            return usual[0]
        if named := _most_similar(meaning.name, usual):
            return named
        plain = _most_similar(meaning.specialty_name, usual)
        if plain is None:
            return None
        # "Internal Medicine, Primary Care" is not the plain program if another one has "Primary Care" in its name.
        usual_words, written_words = _words_of(plain), set(raw_words(meaning.name))
        is_special = any(written_words & (_words_of(program) - usual_words) for program in usual)
        return None if is_special else plain

    def candidates(self, fields: Mapping[str, str], section: str = "") -> Sequence[Program]:
        """Return the programs that a row may mean, the most likely first: of its specialty and place if it has these.

        There are none for further rows of a hopeless file.
        """
        self._search_count += 1
        if self._search_count > _MAX_SEARCHES:
            return ()
        meaning = self.meaning(fields, section)
        if meaning.specialties:
            near = self._scored(meaning, self._programs_at_hospitals(meaning, _MIN_CANDIDATE))
            programs = [candidate.program for candidate in near] or self._programs_in_place(meaning)
            return programs[:_MAX_CANDIDATES]
        text = " ".join((fields.get("name", ""), fields.get("institution", "")))
        terms = "".join(character if character.isalnum() else " " for character in text[:_MAX_TERMS_LENGTH]).strip()
        if not terms:
            return ()
        matches = search(self._catalog, Query.parse(terms.casefold())).programs(0, _MAX_CANDIDATES)
        return [program for program in matches if self._is_in_state(program, meaning.state)]

    def _programs_in_place(self, meaning: RowMeaning) -> list[Program]:
        """Return the programs of a row's specialties in its state, those in its city first; few if it has no state."""
        by_place = self._programs_by_place
        if not meaning.state:
            programs = [program for specialty in meaning.specialties for program in by_place.get((specialty, ""), ())]
            return programs if len(programs) <= _MAX_CANDIDATES else []
        pairs = [(specialty, meaning.state) for specialty in meaning.specialties]
        in_state = [program for pair in pairs for program in by_place.get(pair, ())]
        city = fold_key(meaning.city)
        return sorted(in_state, key=lambda program: fold_key(self._catalog.location_of(program)[0] or "") != city)

    def is_specialty(self, text: str) -> bool:
        """Return whether a text is the name of one specialty."""
        return self._matcher.match(text).unique is not None

    def lacking_text(self, fields: Mapping[str, str], section: str = "") -> str:
        """Return what the data lack for an unmatched row, such as "no Neurology program in TX", or ""."""
        meaning = self.meaning(fields, section)
        if not meaning.specialties:
            return ""
        return f"no {meaning.specialty_name} program in {meaning.state}" if meaning.state else ""

    def _is_in_state(self, program: Program, state: str) -> bool:
        return not state or self._catalog.location_of(program)[1] in (None, state)


def _final_abbreviation(name: str) -> str:
    """Return the abbreviation at the end of a name, which may be of a specialty: "IM" of "MGH IM"."""
    first_words, _, last_word = without_program_words(name).rpartition(" ")
    return last_word if first_words and last_word.isupper() and len(last_word) <= _MAX_ABBREVIATION else ""


def _without_specialties(name: str, specialties: Iterable[Specialty]) -> str:
    """Return a name without the words of specialties: "Elm Neurology" is at Elm."""
    names = (
        specialty_name
        for specialty in specialties
        for specialty_name in (specialty.name, specialty.label, *specialty.synonyms, *specialty.abbreviations)
    )
    specialty_words = {word for specialty_name in names for word in raw_words(specialty_name)}
    words = without_program_words(name).split()
    return " ".join(word for word in words if not specialty_words.issuperset(raw_words(word)))


def _words_of(program: Program) -> set[str]:
    return {word for name in (program.name, *program.other_names) for word in raw_words(name)}


def _most_similar(name: str, programs: Sequence[Program]) -> Program | None:
    """Return the program whose name is nearly `name`, clearly more than those of the others, or None."""
    ranked = sorted(((_name_similarity(name, program), program.id, program) for program in programs), reverse=True)
    (best, _id, program), (second, *_other) = ranked[0], ranked[1]
    return program if best >= _MIN_NAME_SIMILARITY and best >= second + _MIN_NAME_LEAD else None


def _name_similarity(name: str, program: Program) -> float:
    """Return how similar a name is to those of a program, from 0 to 100, without the words that all programs have."""
    from rapidfuzz import fuzz

    wanted = without_program_words(name).casefold()
    names = (without_program_words(own_name).casefold() for own_name in (program.name, *program.other_names))
    return max(fuzz.token_sort_ratio(wanted, program_name) for program_name in names)


def _place_and_hospitals(fields: Mapping[str, str], hospitals: Iterable[str]) -> tuple[str, str, tuple[str, ...]]:
    """Return the city and the state of a row, and the names of its hospital without them."""
    state, city = parse_state_and_city(fields.get("state", ""))
    place_city, place_state = parse_city_state(fields.get("place", ""))
    city = fields.get("city", "") or city or place_city
    state = state or place_state or parse_state(fields.get("place", ""))
    plain_names = []
    for hospital in filter(None, hospitals):
        name_city, name_state, plain_name = _without_place(hospital)
        city, state = city or name_city, state or name_state
        plain_names += [plain_name]
    return city, state, tuple(dict.fromkeys(plain_names))


def _without_place(hospital: str) -> tuple[str, str, str]:
    """Return the city and the state at the end of a name, and the name without them."""
    place = _FINAL_PLACE.search(hospital)
    if place:
        city, state = parse_city_state(place[1] or place[2])
        if state := state or parse_state(place[1] or ""):
            return city, state, hospital[: place.start()].rstrip()
    ending = _FINAL_STATE.search(hospital)
    if ending and (state := parse_state(ending[1])):
        return "", state, hospital[: ending.start()].rstrip()
    return "", "", hospital


def _unambiguous(pairs: Iterable[tuple[str, Program]]) -> dict[str, Program]:
    """Return the programs by key, without keys that several programs share."""
    programs: dict[str, Program | None] = {}
    for key, program in pairs:
        programs[key] = program if programs.get(key, program) is program else None
    return {key: program for key, program in programs.items() if program is not None}
