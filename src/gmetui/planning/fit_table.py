"""Every program judged for one profile: its verdict, and what of the profile would change answers.

Each distinct requirement is judged once, then each distinct combination of them, so that 14,000 programs take
milliseconds. Nothing is decoded or read per program.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.demands import Demand, DemandTable, demands_of
from .application_year import ApplicationYear, start_of
from .findings import AGAINST, MEETS, UNKNOWN, FitFinding, ProfileQuestion, State, distinct, question_order
from .personal_findings import needs_visa
from .profile import Profile
from .program_fit import Verdict, verdict_of
from .requirement_fit import JudgedItem, judge_requirement
from .visa_fit import visa_finding

#: What `fits:` names: each value, and the verdicts it covers. One program can have two.
FIT_VALUES: tuple[str, ...] = ("meets", "cant-tell", "nothing-stated", "no", "not-yet")
_VALUES_OF_STATE: Mapping[State, str] = {MEETS: "meets", UNKNOWN: "cant-tell", AGAINST: "no"}
_RESIDENCY_MONTH = 9


class MissingAnswer(NamedTuple):
    """What the profile does not tell, and how many programs' answers it would change."""

    question: ProfileQuestion
    program_count: int


def application_year(profile: Profile, today: date) -> ApplicationYear:
    """Return the application that a profile is about; the month differs from program to program."""
    return ApplicationYear(start_of(profile.aim.start if profile.aim else None, today), _RESIDENCY_MONTH, today)


class FitTable:
    """The verdicts of all programs of a catalog, by the number of the program."""

    def __init__(self, demands: DemandTable, judge: _DemandJudge) -> None:
        self.demands = demands
        self.verdicts: Sequence[Verdict] = [verdict_of(judge.findings(demand)) for demand in demands.demands]
        self._judge = judge

    @cached_property
    def questions(self) -> Sequence[tuple[ProfileQuestion, ...]]:
        """What of the profile would change an answer about each demand."""
        return [self._judge.questions(demand) for demand in self.demands.demands]

    def verdict(self, number: int) -> Verdict:
        """Return the verdict of a program, by its number in the catalog."""
        return self.verdicts[self.demands.numbers[number]]

    @cached_property
    def programs_by_value(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the programs with each of `FIT_VALUES`, ascending."""
        values = [values_of(verdict) for verdict in self.verdicts]
        members: dict[str, list[int]] = defaultdict(list)
        for number, demand_number in enumerate(self.demands.numbers):
            for value in values[demand_number]:
                members[value].append(number)
        return {value: members[value] for value in FIT_VALUES if value in members}

    def missing_answers(self, numbers: Iterable[int] | None = None) -> tuple[MissingAnswer, ...]:
        """Return what the profile would have to tell about some programs, or all: most useful first."""
        chosen = self.demands.numbers if numbers is None else map(self.demands.numbers.__getitem__, numbers)
        counts: Counter[ProfileQuestion] = Counter()
        for demand_number, program_count in Counter(chosen).items():
            for question in self.questions[demand_number]:
                counts[question] += program_count
        answers = (MissingAnswer(question, count) for question, count in counts.items())
        return tuple(sorted(answers, key=lambda answer: (-answer.program_count, question_order(answer.question))))


def values_of(verdict: Verdict) -> tuple[str, ...]:
    """Return the values of `fits:` that a verdict has: "no" and "not-yet", "cant-tell" and "nothing-stated"."""
    value = _VALUES_OF_STATE[verdict.state]
    finer = "not-yet" if verdict.is_open else "nothing-stated" if verdict.is_bare else ""
    return (value, finer) if finer else (value,)


def judge_all(catalog: Catalog, profile: Profile, today: date) -> FitTable:
    """Return the verdicts of all programs. Takes time by the number of distinct requirements, not of programs."""
    demands = demands_of(catalog)
    return FitTable(demands, _DemandJudge(catalog, profile, demands, application_year(profile, today)))


class _JudgedRequirement(NamedTuple):
    """What matters of a requirement for verdicts: its finding, if it is judged, and what the profile does not tell."""

    finding: FitFinding | None
    questions: tuple[ProfileQuestion, ...]


class _DemandJudge:
    """Judges demands, each distinct requirement and combination of visa statements once."""

    def __init__(self, catalog: Catalog, profile: Profile, demands: DemandTable, year: ApplicationYear) -> None:
        self._catalog = catalog
        self._profile = profile
        self._demands = demands
        self._year = year
        self._judged: dict[tuple[int, int], _JudgedRequirement] = {}
        self._visas: dict[tuple[tuple[int, ...], bool], FitFinding | None] = {}
        self._asks_visa = needs_visa(profile) is None

    def _requirement(self, number: int, month: int) -> _JudgedRequirement:
        judged = self._judged.get((number, month))
        if judged is None:
            year = self._year._replace(application_month=month)
            requirement = self._demands.requirements[number]
            judged = self._as_judged(judge_requirement(requirement, self._profile, year, self._catalog))
            self._judged[number, month] = judged
        return judged

    def _as_judged(self, item: JudgedItem) -> _JudgedRequirement:
        if item.group == "judged":
            return _JudgedRequirement(item.finding, item.finding.questions)
        needs = item.requirement.needs
        asks_letters = item.group == "to-do" and needs and needs.letters and self._profile.letters is None
        return _JudgedRequirement(None, (ProfileQuestion("letters"),) if asks_letters else ())

    def _visa(self, demand: Demand) -> FitFinding | None:
        key = demand.visas, demand.has_institution_visa
        if key not in self._visas:
            statements = [self._demands.visas[number] for number in demand.visas]
            judged = visa_finding(statements, has_institution_visa=demand.has_institution_visa, profile=self._profile)
            self._visas[key] = judged.finding if judged else None
        return self._visas[key]

    def findings(self, demand: Demand) -> list[FitFinding]:
        """Return what was judged of a demand: its requirements, and the visa row."""
        month = demand.application_month
        judged = (self._requirement(number, month).finding for number in demand.requirements)
        return [finding for finding in (*judged, self._visa(demand)) if finding]

    def questions(self, demand: Demand) -> tuple[ProfileQuestion, ...]:
        """Return what of the profile would change an answer about a demand."""
        month = demand.application_month
        asked = [question for number in demand.requirements for question in self._requirement(number, month).questions]
        visa = self._visa(demand)
        asked += visa.questions if visa else ()
        if self._asks_visa:
            asked.append(ProfileQuestion("visa"))
        return tuple(distinct(asked))
