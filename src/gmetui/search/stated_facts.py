"""The facts that a program can state, under every name people have for them.

`has:` and `no:` accept each name, `name:words` searches what programs state about the fact, and a name typed as a plain
word finds the programs that state it. A fact is stated when it has a text; the text is also the reason for the match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

from ..catalog.vocabulary import UNSTATED_VALUES
from ..lean_typing import TYPE_CHECKING, NamedTuple
from ..text import plural
from .normalize import FoldedWord, fold_key, folded_words

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog
    from ..catalog.models import Program

FactTexts = Callable[["Program", "Catalog"], Iterable[str]]
_MIN_PREFIX_LENGTH = 4  # letters; a shorter start of a name is not taken for it


class StatedFact(NamedTuple):
    """One fact: its name, what a program states about it, and other names.

    `field` is the search field with the same programs, whose values are filtered by `name:value`. `is_word` is False
    for names that mean something else, or nothing, as a plain word.
    """

    name: str
    texts: FactTexts
    synonyms: tuple[str, ...] = ()
    field: str = ""
    is_word: bool = True

    @property
    def keys(self) -> tuple[str, ...]:
        """The data keys of which one must be stated, () where the fact may follow from something else."""
        return getattr(self.texts, "keys", ())


class _KeyTexts:
    """The texts of a data key: those of its items, or the value itself."""

    def __init__(self, key: str) -> None:
        self.keys = (key,)

    def __call__(self, program: Program, _: Catalog) -> Iterator[str]:
        value = getattr(program, self.keys[0])
        if value in UNSTATED_VALUES:
            return
        for item in value if isinstance(value, tuple) else (value,):
            yield str(getattr(item, "text", item))


class _RequirementTexts:
    """The texts of the requirements on a topic, and of those with a condition of `Needs`."""

    keys = ("requirements",)

    def __init__(self, topic: str, condition: str) -> None:
        self._topic, self._condition = topic, condition

    def __call__(self, program: Program, _: Catalog) -> Iterator[str]:
        for requirement in program.requirements:
            has_condition = self._condition and getattr(requirement.needs, self._condition, None)
            if requirement.topic == self._topic or has_condition:
                yield requirement.text


def _texts_of(key: str) -> FactTexts:
    return _KeyTexts(key)


def _requirements_on(topic: str, condition: str = "") -> FactTexts:
    return _RequirementTexts(topic, condition)


def _length(program: Program, _: Catalog) -> Iterator[str]:
    if program.length_years is not None:
        yield plural(program.length_years, "year")


def _positions(program: Program, _: Catalog) -> Iterator[str]:
    if program.positions_per_year is not None:
        yield f"{plural(program.positions_per_year, 'position')} a year"


def _statements(program: Program, _: Catalog) -> Iterator[str]:
    return chain.from_iterable(statement.quote for statement in program.statements)


def _salary(program: Program, catalog: Catalog) -> Iterator[str]:
    """What the program itself states, then its sponsor's pay scale."""
    from ..catalog.pay import pay_scale

    for benefit in program.benefits:
        if benefit.topic == "pay":
            yield benefit.text
    if scale := pay_scale(catalog, program):
        levels = " · ".join(f"{level} ${dollars:,.0f}" for level, dollars in scale.levels)
        yield f"{levels} ({scale.employer}, {scale.year})"


_NAMED_FACTS = (
    StatedFact("visa", _texts_of("visa"), ("visa information", "visa policy", "visa status"), "visa"),
    StatedFact("length", _length, ("duration", "how long", "length years"), "length"),
    StatedFact(
        "positions", _positions, ("slots", "spots", "openings", "class size", "number of positions"), "positions"
    ),
    StatedFact("accreditation", _texts_of("accreditation"), ("accredited",), "accreditation"),
    StatedFact("match", _texts_of("match"), field="match"),
    StatedFact("service", _texts_of("application_service"), ("application service", "how to apply"), "service", False),
    StatedFact("tracks", _texts_of("tracks"), field="track"),
    StatedFact("sites", _texts_of("sites"), ("training sites",)),
    StatedFact("deadline", _texts_of("deadlines"), ("dates", "due dates", "application deadline", "application dates")),
    StatedFact("start", _texts_of("start"), ("start date", "starting date")),
    StatedFact("mission", _statements, ("mission statement", "statements")),
    StatedFact("salary", _salary, ("pay", "stipend", "compensation", "wage", "pgy salary")),
    StatedFact("benefits", _texts_of("benefits"), ("perks",)),
    StatedFact("curriculum", _texts_of("curriculum"), ("curricula",)),
    StatedFact("highlights", _texts_of("highlights")),
    StatedFact("requirements", _texts_of("requirements"), ("eligibility", "qualifications", "criteria")),
    StatedFact(
        "letters",
        _requirements_on("letters", "letters"),
        ("lor", "lors", "recommendation", "reference letters", "letters of recommendation", "recommendation letters"),
    ),
    StatedFact("exams", _requirements_on("exam", "examinations"), ("exam", "examination", "test scores", "scores")),
    StatedFact("degree", _requirements_on("degree", "degrees")),
    StatedFact(
        "prior-training", _requirements_on("prior training", "trained_in"), ("prerequisite", "previous training")
    ),
    StatedFact("documents", _requirements_on("documents"), ("paperwork",)),
    StatedFact("license", _requirements_on("license", "license"), ("licence", "licensure")),
    StatedFact(
        "international-graduates",
        _requirements_on("international graduates"),
        ("img", "imgs", "fmg", "international medical graduates", "foreign graduates"),
    ),
    StatedFact(
        "recency",
        _requirements_on("recency", "years_since_graduation"),
        ("graduation year", "year of graduation", "yog"),
    ),
    StatedFact(
        "clinical-experience",
        _requirements_on("clinical experience"),
        ("usce", "us experience", "us clinical experience"),
    ),
    StatedFact("language", _requirements_on("language")),
    StatedFact("application", _requirements_on("application"), ("application materials",)),
    StatedFact("selection", _requirements_on("selection"), ("selection criteria",)),
    StatedFact("contact", _texts_of("contact_office"), ("contact office", "office contact")),
    StatedFact("page", _texts_of("url"), ("url", "website", "web page"), is_word=False),
    StatedFact("nrmp", _texts_of("nrmp_codes"), ("nrmp codes",), is_word=False),
    StatedFact("acgme-id", _texts_of("acgme_id"), field="acgme", is_word=False),
)


#: The facts above with the folded words of their names, the main one first.
_FOLDED_NAMES: Sequence[tuple[StatedFact, list[list[FoldedWord]]]] = [
    (fact, [folded_words(name) for name in (fact.name, *fact.synonyms)]) for fact in _NAMED_FACTS
]


def _named_facts_by_key() -> dict[str, StatedFact]:
    facts: dict[str, StatedFact] = {}
    for fact, folded_names in _FOLDED_NAMES:
        for words in folded_names:
            facts.setdefault("".join(words), fact)
    return facts


#: The facts above by each of their names, as `fold_key` folds it.
_NAMED_FACTS_BY_KEY: Mapping[str, StatedFact] = _named_facts_by_key()


@cache
def facts_by_key() -> Mapping[str, StatedFact]:
    """Return every fact by each of its names, as `fold_key` folds it: those above, and every key of the data files.

    A search for plain words needs no key of the data files, and doesn't import the model to learn them.
    """
    from ..catalog.schema import PROGRAM

    facts = dict(_NAMED_FACTS_BY_KEY)
    for field in PROGRAM:
        if not field.required:
            facts.setdefault(fold_key(field.key), StatedFact(field.key, _texts_of(field.key), is_word=False))
    return facts


#: The facts that a plain word or a run of plain words can name.
WORD_FACTS: Mapping[str, StatedFact] = {key: fact for key, fact in _NAMED_FACTS_BY_KEY.items() if fact.is_word}
#: The folded words of their names: a typo of one can be corrected although no text has it.
FACT_WORDS: frozenset[FoldedWord] = frozenset(
    word for fact, folded_names in _FOLDED_NAMES if fact.is_word for words in folded_names for word in words
)
_NAME_KEYS: Mapping[str, StatedFact] = {"".join(names[0]): fact for fact, names in _FOLDED_NAMES if fact.is_word}


def fact_started_by(text: str) -> StatedFact | None:
    """Return the fact whose name starts with `text`, four letters or more, if there is exactly one."""
    key = fold_key(text)
    if len(key) < _MIN_PREFIX_LENGTH:
        return None
    facts = {fact.name: fact for name, fact in _NAME_KEYS.items() if name.startswith(key)}
    return facts.popitem()[1] if len(facts) == 1 else None
